"""Everything that is made of one measure, in the whole force area and in every area: its pages, its figures, and its rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from metrics.charts.spec import Chart
from metrics.domain import Place
from metrics.narrative import number_format
from metrics.outputs import shared_picture
from metrics.outputs.page.templating import Piece
from metrics.outputs.site import addresses, fragments, measure_pages
from metrics.outputs.site.fragments import Shown
from metrics.outputs.site.page_frame import Site, titled
from metrics.report.cards import Card
from metrics.report.origins import origins


@dataclass(frozen=True)
class Subject:
    """One measure's files, each a path and its bytes, and what is shown of it in each place, by the place's id."""

    measure: str
    files: tuple[tuple[str, bytes], ...]
    shown: dict[str, Shown]


def subject(site: Site, measure: str) -> Subject:
    """Make all of one measure."""
    cards = {place.id: site.reading.card(measure, place.id) for place in _places(site, measure)}
    shown = {place: fragments.shown(site, card) for place, card in cards.items()}
    made = (file for place, card in cards.items() for file in _in_place(site, card, shown))
    return Subject(measure, tuple(made), shown)


def _places(site: Site, measure: str) -> Iterator[Place]:
    """The whole force area and the areas, as far as the measure is published for them."""
    known = site.reading.known
    every = (known.places[known.force.total], *known.areas)
    return (place for place in every if place.level in known.measures[measure].levels)


def _in_place(site: Site, card: Card, shown: dict[str, Shown]) -> Iterator[tuple[str, bytes]]:
    """A measure in one place: its page, its figures, its picture, what others embed, and what citations of it lead to."""
    own, drawn = shown[card.place.id], Piece(fragments.drawing(fragments.marked(site, card)) if card.chart else "")
    yield from measure_pages.pages(site, card, shown, drawn)
    read_from = [origin.machine() for origin in origins(site.reading, card.measure, card.place)] if card.chart else []
    yield from _figures(card, own.at, read_from)
    if card.chart is not None:
        yield _picture(site, card, own)
    yield _embed(site, card, own, drawn)
    yield from measure_pages.citation_pages(site, card.measure, card.place)


def _picture(site: Site, card: Card, shown: Shown) -> tuple[str, bytes]:
    """The chart with its title and source inside, to be sent around."""
    whose = f"{site.name}, {site.address}/{shown.at}"
    drawn = shared_picture.drawing(fragments.marked(site, card), shown.row, site.reading.wording, whose)
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

    Examples
    --------
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
