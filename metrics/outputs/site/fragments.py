"""What pages say and draw of one measure in one place, and what they count of many."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from metrics.charts.render.svg import svg
from metrics.charts.render.table import table
from metrics.charts.spec import Chart
from metrics.domain import Measure, Place
from metrics.narrative import counted, number_format, outlook
from metrics.outputs.site import addresses
from metrics.outputs.site.page_frame import Site
from metrics.report.cards import Card, source_line
from metrics.statistics.multiple_testing import expected_by_luck

NARROWEST = 288
"""What a window of 320 pixels leaves for a picture, in pixels."""
CLEAR = "clear"
STANDS_OUT = (CLEAR, "possible")


@dataclass(frozen=True)
class Shown:
    """
    One measure in one place in words and drawings, for every page that shows it: text only, so that it can be kept.

    `charted` says whether its months have limits, `signal` whether the newest lie beyond them. `source`, `span`, `published`,
    `picture` and `table` are empty where nothing is held.
    """

    measure: str
    title: str
    question: str
    at: str
    caption: str
    verdict: str
    sentences: tuple[str, ...]
    opened: bool
    charted: bool
    signal: bool
    source: str = ""
    span: str = ""
    published: date | None = None
    picture: str = ""
    table: str = ""

    @property
    def stands_out(self) -> bool:
        """Whether its verdict is a clear or a possible change."""
        return self.verdict.startswith(STANDS_OUT)


def shown(site: Site, card: Card) -> Shown:
    """A card, its picture and its table drawn."""
    measure, place, found = card.measure, card.place, site.reading.found(card.place.id)[card.measure.id]
    said = Shown(
        measure.id, measure.title, measure.question, addresses.of_measure(measure.id, place.id), f"{measure.title}, {place.name}",
        card.verdict, card.sentences, opened(card), charted=bool(found["charted"]), signal=bool(found["signal"]),
    )
    if card.chart is None:
        return said
    return replace(
        said, source=card.chart.source, span=card.preamble["Period"],
        published=site.reading.series(measure.id, place.id)["published"].max().date(),
        picture=drawing(card.chart, measure.id), table=table(card.chart, caption=said.caption),
    )


def opened(card: Card) -> bool:
    """Whether a page of many measures draws it: headline measures and clear changes, in a borough possible ones too."""
    out = card.verdict.startswith(STANDS_OUT if card.place.level == "area" else CLEAR)
    return card.chart is not None and bool(card.measure.headline or out)


def drawing(chart: Chart, key: str, *, width: int = 640, narrowest: int = NARROWEST) -> str:
    """A chart as inline SVG."""
    return svg(chart, width=width, narrowest=narrowest, key=f"chart-{key}")


def tally(site: Site, every: Iterable[Shown]) -> list[str]:
    """How many measures of a place have which verdict, and how many would stand out by luck alone; never an average."""
    found, words = list(every), site.words["page"]
    said = [words["counted"].format(measures=len(found), counts=counts(site, [one.verdict for one in found]))]
    charted = [one for one in found if one.charted]
    if charted:
        luck = number_format.number(expected_by_luck(len(charted), "month"), "count")
        said.append(words["luck"].format(among=len(charted), luck=luck, signals=sum(one.signal for one in charted)))
    return said


def restated(site: Site, measure: Measure, place: str) -> list[str]:
    """The newest figures of a measure in a place that are not what they were when first published, in sentences."""
    rows = site.reading.restated(measure.id, place).itertuples()
    return [outlook.restated(site.words, measure, row.period, row.first, row.now) for row in rows]


def source(site: Site, measure: Measure, place: Place) -> str:
    """Where the figures of a measure in a place come from; nothing where none is held."""
    here = site.reading.series(measure.id, place.id)
    return source_line(site.reading.known.datasets[measure.source.dataset], here, site.reading.as_at) if len(here) else ""


def counts(site: Site, verdicts: Iterable[str]) -> str:
    """How many have which verdict, in the order of the closed set."""
    return counted(Counter(verdicts), site.words["verdicts"])


def in_boroughs(site: Site, measure: Measure) -> pd.DataFrame:
    """What is found of a measure in each borough, by place."""
    found = site.reading.found_of(measure.id).set_index("place")
    return found.loc[[one.id for one in site.reading.known.boroughs]]


def in_missions(site: Site, every: Mapping[str, Shown]) -> list[tuple[str, str, list[Shown]]]:
    """A place's measures, by id, under their missions: title, line and what is shown."""
    known = site.reading.known
    return [
        (mission.title, mission.text, [one for one in every.values() if known.measures[one.measure].mission == name])
        for name, mission in known.plan.missions.items()
    ]
