"""
Everything that is made of one measure, in the whole force area and in every area: its pages, its figures, and what citations of it lead to,
which stays.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd

from metrics.charts.render.table import csv_text, table
from metrics.charts.render.whole_chart import figure
from metrics.charts.spec import Chart
from metrics.domain import SURVEYS, Measure, Place, periods
from metrics.narrative import number_format
from metrics.outputs import shared_picture
from metrics.outputs.page import measure_page
from metrics.outputs.page.measure_page import Around, Pictures
from metrics.outputs.page.templating import Piece
from metrics.outputs.site import addresses, page_frame
from metrics.outputs.site.addresses import SiteRoutes
from metrics.outputs.site.page_frame import Shown, Site, titled
from metrics.report.cards import Card, source_line, source_words
from metrics.report.origins import origins
from metrics.report.snapshot import FUNNEL, LINES, Snapshot, leading

FILES = {LINES: shared_picture.OVER_TIME, FUNNEL: shared_picture.AREAS}
"""What the files of the charts of all areas are called: figures and pictures."""
NAMES = {LINES: "The small pictures", FUNNEL: "The funnel"}


def pages(site: Site, card: Card, shown: dict[str, Shown], drawn: Piece) -> Iterator[tuple[str, bytes]]:
    """
    A measure's page in a place; the whole force area's has the figures of all areas.

    `shown` is what is shown of the measure in every place, `drawn` its chart here.
    """
    own, measure = shown[card.place.id], card.measure
    whole = card.place.level == "force"
    yield site.page(
        own.at, "measure.html", title=_title(site, card), description=f"{card.place.name}. {own.sentences[0]}", own=own,
        body=Piece(_body(site, card, shown, drawn)), place=card.place, offered=_offered(site, measure), whole=whole,
        measures=_measures(site, card),
    )
    if whole:
        for what, chart in measure_page.area_charts(site.reading, measure).items():
            yield f"{own.at}{FILES[what]}.csv", csv_text(chart, _preamble(site, measure, what, chart)).encode("utf-8")
        for name, drawing in shared_picture.of_areas(site.reading, measure, f"{site.name}, {site.address}/{own.at}").items():
            yield f"{own.at}{name}.svg", drawing.encode("utf-8")


def _title(site: Site, card: Card) -> str:
    force = site.reading.known.force
    if card.place.level == "force":
        return f"{card.measure.title}: {force.total_name} and its {force.area_plural}"
    return titled(card.measure.title, card.place.name)


def _body(site: Site, card: Card, shown: dict[str, Shown], drawn: Piece) -> str:
    own = shown[card.place.id]
    routes = site.routes(own.at)
    return measure_page.measure(site.reading, own.row, card, site.pen, routes, _around(site, card, shown, routes, drawn))


def _around(site: Site, card: Card, shown: dict[str, Shown], routes: SiteRoutes, drawn: Piece) -> Around:
    own, force, strip = shown[card.place.id], site.reading.known.force, site.reading.strip_of(card)
    elsewhere = card.place.level != "force" and "force" in card.measure.levels
    return Around(
        drawing=drawn, strip=Piece(figure(strip)) if strip else Piece(), strip_files=_strip_files(card, routes),
        folds=_cite(site, card, own, routes),
        more=_areas(site, card, shown, routes), areas=routes.measure(own.measure, force.total) if elsewhere else "",
        areas_words=f"The same for {force.total_name} and the other {force.area_plural}",
    )


def _strip_files(card: Card, routes: SiteRoutes) -> tuple[tuple[str, str], ...]:
    """The change from every baseline as a picture, which the explorer makes when it is asked for."""
    address = partial(addresses.of_shared, card.measure.id, card.place.id, shared_picture.BASELINES)
    return tuple((f"Picture as {ending.upper()}", routes.root + address(ending)) for ending in ("png", "svg"))


def _areas(site: Site, card: Card, shown: dict[str, Shown], routes: SiteRoutes) -> Piece:
    """Every area beside each other, below the whole force area's own figures; nothing where none is published."""
    rows = [shown[area.id].row for area in site.reading.known.areas if area.id in shown]
    if card.place.level != "force" or not any(row.has_figures for row in rows):
        return Piece()
    drawn = pictures(site, card.measure, "")
    return Piece(measure_page.compare(site.reading, rows, site.pen, routes, drawn, level=2))


def _cite(site: Site, card: Card, shown: Shown, routes: SiteRoutes) -> Piece:
    """The chart as a picture, how to cite the figures and to show them on another page; nothing where none is held."""
    if card.chart is None:
        return Piece()
    embed = addresses.of_embed(shown.measure, card.place.id)
    citation = addresses.of_citation(shown.measure, card.place.id, site.reading.as_at)
    made = site.environment.get_template("cite.html")
    return Piece(made.render(
        site=site, shown=shown, root=routes.root, citation=citation, embed=embed, day=periods.say_day(site.reading.as_at),
        files=f"{routes.root}{shown.at}data", picture=f"{routes.root}{shown.at}{addresses.PICTURE}",
        png=f"{routes.root}{addresses.of_png(shown.measure, card.place.id)}", alt=card.chart.alt,
    ))


def _offered(site: Site, measure: Measure) -> list[tuple[str, str]]:
    """The same measure in other places, each with its address from the root."""
    known = site.reading.known
    every = (known.places[known.force.total], *known.areas)
    return [(place.name, site.of_measure(measure.id, place.id)) for place in every if place.level in measure.levels]


def _measures(site: Site, card: Card) -> list[tuple[str, str]]:
    """Other measures in the same place, each with its address from the root."""
    every = sorted(site.reading.every_measure(card.place), key=lambda measure: measure.title)
    return [(measure.title, site.of_measure(measure.id, card.place.id)) for measure in every]


def pictures(site: Site, measure: Measure, below: str) -> Pictures:
    """What is drawn of all areas; `below` is the way to the files of the measure."""
    made = measure_page.area_charts(site.reading, measure)
    return Pictures(
        multiples=Piece(figure(made[LINES])) if LINES in made else Piece(),
        funnel=Piece(figure(made[FUNNEL])) if FUNNEL in made else Piece(),
        funnel_table=Piece(table(made[FUNNEL], caption=f"{measure.title}: {FUNNEL.lower()}")) if FUNNEL in made else Piece(),
        files=tuple(link for what in made for link in _files(site, measure, what, below)),
    )


def _files(site: Site, measure: Measure, what: str, below: str) -> Iterator[tuple[str, str]]:
    """The figures of a chart of all areas, and its picture, which the explorer also makes of pixels when it is asked for."""
    name, root = FILES[what], addresses.to_root(site.of_measure(measure.id, site.reading.known.force.total))
    yield f"{NAMES[what]} as CSV", f"{below}{name}.csv"
    yield f"{NAMES[what]} as SVG", f"{below}{name}.svg"
    yield f"{NAMES[what]} as PNG", root + addresses.of_shared(measure.id, site.reading.known.force.total, name, "png")


def _preamble(site: Site, measure: Measure, what: str, chart: Chart) -> dict[str, str]:
    dataset, known = site.reading.known.datasets[measure.source.dataset], site.reading.known
    figures = site.reading.areas(measure.id)
    first, last = _months(site.reading, measure, what)
    return {
        "Measure": f"{chart.title} ({measure.id})", "Area": f"{len(known.areas)} {known.force.area_plural}", "Period": f"{first} to {last}",
        "As at": site.reading.as_at.isoformat(), "Source": source_words(dataset, figures, site.reading.as_at),
        "Licence": f"{dataset.licence} ({dataset.licence_url})",
    }


def _months(reading: Snapshot, measure: Measure, what: str) -> tuple[str, str]:
    """The first and last month of a chart of all areas: a funnel is of the newest level alone."""
    if what == FUNNEL:
        last = reading.funnel(measure.id)["period"].max()
        return periods.shift(last, 1 - measure.level_months), last
    figures = reading.areas(measure.id)
    return figures["period"].min(), figures["period"].max()


UNITS = {"Period": "period", "Interviews": "count"}


def citation_pages(site: Site, measure: Measure, place: Place) -> Iterator[tuple[str, bytes]]:
    """A page for each date on which a figure of a measure in a place was known."""
    now = site.reading.everywhere(measure.id).get(place.id)
    for reading in (site.reading, *site.reading.earlier()):
        here = reading.everywhere(measure.id).get(place.id)
        if here is not None:
            newer = reading is not site.reading and not _same(here, now)
            yield _cited(site, reading, measure, place, here, newer=newer)


def _same(then: pd.DataFrame, now: pd.DataFrame) -> bool:
    """Whether the figures themselves are the same, whenever they were published."""
    return then["period"].to_list() == now["period"].to_list() and then["value"].to_list() == now["value"].to_list()


def _cited(site: Site, reading: Snapshot, measure: Measure, place: Place, here: pd.DataFrame, *, newer: bool) -> tuple[str, bytes]:
    answer, day = leading(reading.answers_of(measure.id)[place.id]), periods.say_day(reading.as_at)
    at = addresses.of_citation(measure.id, place.id, reading.as_at)
    dataset = reading.known.datasets[measure.source.dataset]
    notice = site.words["public"]["newer" if newer else "newest"].format(day=day)
    return site.page(
        at, "citation.html", title=f"Cite {addresses.code(measure.id, place.id, reading.as_at)}",
        description=f"{measure.title}, {place.name}, as at {day}. {answer['sentence']}",
        measure=measure, place=place, day=day, answer=answer, newer=newer, notice=notice, now=site.of_measure(measure.id, place.id),
        source=source_line(dataset, here, reading.as_at), dataset=dataset, table=_cited_table(here, measure, place, day),
        read=Piece(measure_page.cells(reading, measure, place)),
        span=f"{periods.say(here['period'].iloc[0])} to {periods.say(here['period'].iloc[-1])}",
    )


def _cited_table(here: pd.DataFrame, measure: Measure, place: Place, day: str) -> str:
    columns = {"period": "Period", "value": place.name}
    columns |= {"base": "Interviews"} if measure.kind in SURVEYS and here["base"].notna().any() else {}
    frame = here[list(columns)].rename(columns=columns)
    return table(frame, caption=f"{measure.title}, {place.name}, as at {day}", units=UNITS | {place.name: measure.unit})


@dataclass(frozen=True)
class Subject:
    """One measure's files, each a path and its bytes, and what is shown of it in each place, by the place's id."""

    measure: str
    files: tuple[tuple[str, bytes], ...]
    shown: dict[str, Shown]


def subject(site: Site, measure: str) -> Subject:
    """Make all of one measure."""
    cards = {place.id: site.reading.card(measure, place.id) for place in _places(site, measure)}
    shown = {place: page_frame.shown(site, card) for place, card in cards.items()}
    made = (file for place, card in cards.items() for file in _in_place(site, card, shown))
    return Subject(measure, tuple(made), shown)


def _places(site: Site, measure: str) -> Iterator[Place]:
    """The whole force area and the areas, as far as the measure is published for them."""
    known = site.reading.known
    every = (known.places[known.force.total], *known.areas)
    return (place for place in every if place.level in known.measures[measure].levels)


def _in_place(site: Site, card: Card, shown: dict[str, Shown]) -> Iterator[tuple[str, bytes]]:
    """A measure in one place: its page, its figures, its picture, what others embed, and what citations of it lead to."""
    own, drawn = shown[card.place.id], Piece(figure(_marked(site, card)) if card.chart else "")
    yield from pages(site, card, shown, drawn)
    read_from = [origin.machine() for origin in origins(site.reading, card.measure, card.place)] if card.chart else []
    yield from _figures(card, own.at, read_from)
    if card.chart is not None:
        yield _picture(site, card, own)
    yield _embed(site, card, own, drawn)
    yield from citation_pages(site, card.measure, card.place)


def _marked(site: Site, card: Card) -> Chart:
    return measure_page.marked(site.reading, card.chart, card.place.id)


def _picture(site: Site, card: Card, shown: Shown) -> tuple[str, bytes]:
    """The chart with its title and source inside, to be sent around."""
    whose = f"{site.name}, {site.address}/{shown.at}"
    drawn = shared_picture.drawing(_marked(site, card), shown.row, site.reading.wording, whose)
    return f"{shown.at}{addresses.PICTURE}", drawn.encode("utf-8")


def _embed(site: Site, card: Card, shown: Shown, drawn: Piece) -> tuple[str, bytes]:
    title = titled(card.measure.title, card.place.name, " (chart)")
    at = addresses.of_embed(shown.measure, card.place.id)
    return site.page(
        at, "embed.html", title=title, description=f"{card.place.name}. {shown.sentences[0]}", shown=shown, card=card,
        drawn=drawn, pen=site.pen,
    )


def _figures(card: Card, at: str, read_from: list[dict]) -> Iterator[tuple[str, bytes]]:
    """A card's figures as CSV and as JSON, beside its page, with where they were read; nothing where it has none."""
    if card.chart is not None:
        yield f"{at}data.csv", card.csv.encode("utf-8")
        about = {"verdict": card.verdict, "sentences": list(card.sentences), "read_from": read_from}
        yield f"{at}data.json", json_bytes(card.chart, card.preamble, **about)


def json_bytes(chart: Chart, preamble: dict[str, str], **about) -> bytes:
    """
    A chart's figures as JSON: what they are, what each column holds, and the rows; null where nothing is published.

    >>> from metrics.charts.spec import Axis
    >>> from metrics.charts.spec.layers import Points
    >>> chart = Chart("Trust", (Points((("2023-06", 56.0), ("2023-09", None)), columns=("London",)),), Axis("Month", "period"),
    ...     Axis("Per cent", unit="percent"), alt="56%.", source="A survey")
    >>> json.loads(json_bytes(chart, {"Source": "A survey"}))["rows"]
    [{'Month': '2023-06', 'London': 56.0}, {'Month': '2023-09', 'London': None}]
    """
    rows = [{name: None if number_format.is_missing(cell) else cell for name, cell in row.items()} for row in chart.rows()]
    lines = ",\n".join(_written(row) for row in rows)
    return f'{{"about": {_written(preamble | about)},\n"columns": {_written(chart.columns())},\n"rows": [\n{lines}\n]}}\n'.encode()


def _written(part: dict) -> str:
    return json.dumps(part, ensure_ascii=False, allow_nan=False, default=float)
