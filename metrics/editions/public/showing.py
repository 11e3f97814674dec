"""One measure in one place as a page shows it: the card, its picture, its table, and where everything of it stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from metrics import outlook, pictures, style
from metrics.analysis.comparisons import expected_by_luck
from metrics.cards import LONDON, Card, source_line
from metrics.charts import Chart
from metrics.drawing.svg import svg
from metrics.drawing.table import table
from metrics.editions.public import addresses
from metrics.editions.public.frame import Site
from metrics.model import Measure, Place
from metrics.words import counted

NARROWEST = 288
"""What a window of 320 pixels leaves for a picture, in pixels."""
CLEAR = "clear"
STANDS_OUT = (CLEAR, "possible")


@dataclass(frozen=True)
class Shown:
    """A card, with its picture and table drawn once for every page that shows them."""

    card: Card
    at: str
    picture: str = ""
    table: str = ""

    @property
    def stands_out(self) -> bool:
        """Whether its verdict is a clear or a possible change."""
        return self.card.verdict.startswith(STANDS_OUT)

    @property
    def opened(self) -> bool:
        """Whether a page of many measures draws it: headline measures and clear changes, in a borough possible ones too."""
        out = self.stands_out if self.card.place.level == "borough" else self.card.verdict.startswith(CLEAR)
        return self.card.chart is not None and bool(self.card.measure.headline or out)

    @property
    def caption(self) -> str:
        """What its picture and its table hold."""
        return f"{self.card.measure.title}, {self.card.place.name}"


def shown(site: Site, measure: Measure, place: Place) -> Shown:
    """One measure in one place, drawn; London's is kept, because the lists, its own page and the measure's show it."""
    return _london(site, measure.id) if place.id == LONDON else _drawn(site, measure, place)


@lru_cache(maxsize=128)
def _london(site: Site, measure: str) -> Shown:
    return _drawn(site, site.reading.known.measures[measure], site.reading.known.places[LONDON])


def _drawn(site: Site, measure: Measure, place: Place) -> Shown:
    card, at = site.reading.card(measure.id, place.id), addresses.of_measure(measure.id, place.id)
    if card.chart is None:
        return Shown(card, at)
    return Shown(card, at, drawing(card.chart, measure.id), table(card.chart, caption=f"{measure.title}, {place.name}"))


def of_place(site: Site, place: Place) -> dict[str, Shown]:
    """Every measure of a place, by id, mission by mission."""
    return {one.id: shown(site, one, place) for one in site.reading.every_measure(place)}


def drawing(chart: Chart, key: str, *, width: int = 640, narrowest: int = NARROWEST) -> str:
    """A chart as inline SVG."""
    return svg(chart, width=width, narrowest=narrowest, key=f"chart-{key}")


def strip(site: Site, one: Shown) -> Chart | None:
    """The newest change from every sensible baseline, where there are two or more."""
    rows = site.reading.against(one.card.place.id).get(one.card.measure.id)
    if one.card.chart is None or rows is None or len(rows) < 2:
        return None
    words = {"title": one.card.measure.title, "alt": f"{one.caption}: {site.reading.wording.signs(rows['change'])}"}
    return pictures.from_every_baseline(rows, one.card.measure, site.reading.known.plan, words | {"source": one.card.chart.source})


def tally(site: Site, place: Place, measures: Iterable[Measure]) -> list[str]:
    """How many measures have which verdict, and how many would stand out by luck alone; never an average."""
    found = [site.reading.found(place.id)[one.id] for one in measures]
    words = site.words["page"]
    said = [words["counted"].format(measures=len(found), counts=counts(site, [row["verdict"] for row in found]))]
    charted = [row for row in found if row["charted"]]
    if charted:
        luck = style.number(expected_by_luck(len(charted), "month"), "count")
        signals = sum(row["signal"] != 0 for row in charted)
        said.append(words["luck"].format(among=len(charted), luck=luck, signals=signals))
    return said


def restated(site: Site, measure: Measure, place: str) -> list[str]:
    """The newest figures of a measure in a place that are not what they were when first published, in sentences."""
    rows = site.reading.restated(measure.id, place).itertuples()
    return [outlook.restated(site.words, measure, row.period, row.first, row.now) for row in rows]


def source(site: Site, measure: Measure, place: Place) -> str:
    """Where the figures of a measure in a place come from; nothing where none is held."""
    every = site.reading.figures(place.id).get(measure.id)
    here = every[every["place"] == place.id] if every is not None else ()
    return source_line(site.reading.known.datasets[measure.source.dataset], here, site.reading.as_at) if len(here) else ""


def counts(site: Site, verdicts: Iterable[str]) -> str:
    """How many have which verdict, in the order of the closed set."""
    return counted(Counter(verdicts), site.words["verdicts"])


def in_boroughs(site: Site, measure: Measure) -> pd.DataFrame:
    """What is found of a measure in each borough, by place."""
    found = site.reading.found_of(measure.id).set_index("place")
    return found.loc[[one.id for one in site.reading.known.boroughs]]


def in_missions(site: Site, every: dict[str, Shown]) -> list[tuple[str, str, list[Shown]]]:
    """A place's measures under their missions: title, line and what is shown."""
    titles, lines = site.words["public"]["missions"], site.reading.known.plan.missions
    return [(titles[name], line, [one for one in every.values() if one.card.measure.mission == name]) for name, line in lines.items()]
