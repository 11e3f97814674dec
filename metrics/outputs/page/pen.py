"""
How pages draw and where their links lead: the same chips, small pictures, charts and maps, as drawings in the page or as images.

A map shows the outlines of the areas where they are held, else tiles of one size. The plain pages and the app each have their own addresses
for the same things.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Protocol

from metrics.charts import style
from metrics.charts.render import chips, spark
from metrics.charts.render.area_map import FILLS, Shown, area_map, map_image, map_picture, swatch
from metrics.charts.render.frame import Clock
from metrics.charts.spec import Chart
from metrics.domain import Definitions, Place, Ward
from metrics.domain.geography import Boundaries
from metrics.outputs.page.templating import Piece
from metrics.report.scorecard import Answer, Row


class Routes(Protocol):
    """The addresses that a body of a page needs, each as it is written in a link on that page; `total` is the whole force area's id."""

    @property
    def total(self) -> str:
        """The id of the whole force area."""

    def place(self, place: str) -> str:
        """A place's own page."""

    def ward(self, ward: Ward) -> str:
        """A ward's own page."""

    def postcode(self) -> str:
        """Where a ward is looked for by a postcode; nothing where none is known."""

    def measure(self, measure: str, place: str) -> str:
        """A measure in a place."""

    def cells(self, measure: str, place: str) -> str:
        """The cells that a measure's figures in a place were read from."""

    def compare(self, measure: str) -> str:
        """A measure in all areas side by side."""

    def page(self, name: str) -> str:
        """A page by its name: `plan`, `measures`, `compare`, `claims`, `about`, `sources`, `method`, `meetings`."""

    def plan_part(self, name: str) -> str:
        """A part of the plan by its id: a mission, a reform, a priority, or another plan."""

    def meeting(self, place: str, day: date) -> str:
        """A meeting on record."""

    def figures(self, measure: str, place: str) -> str:
        """The figures of a measure in a place as a file."""


TAGS = re.compile(r"<(/?)svg\b[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
YEARS_BEFORE = 5
"""Every small picture begins in the January so many years before the launch of the plan."""


@dataclass(frozen=True)
class Pen:
    """
    What templates draw with.

    `image`: whether drawings stand in images that carry them in their address.
    `address`: where the picture of a row within a fold stands, on a given clock: it is asked for once the fold is opened. Without one it
        stands in the page.
    """

    image: bool = False
    words: dict[str, str] = field(default_factory=dict)
    address: Callable[[Row, Clock], str] | None = None

    def chip(self, answer: Answer) -> Piece:
        """A verdict with its direction."""
        return Piece(chips.chip(answer.verdict, answer.direction, word=self.words.get(answer.verdict, ""), image=self.image))

    def verdict(self, verdict: str, direction: str = "") -> Piece:
        """A verdict by its name."""
        return Piece(chips.chip(verdict, direction, word=self.words.get(verdict, ""), image=self.image))

    def shape(self, verdict: str, size: int = 14) -> Piece:
        """The shape of a verdict, in pixels."""
        return Piece(chips.shape(verdict, size=size, image=self.image))

    def swatch(self, verdict: str) -> Piece:
        """The fill of a verdict as the key of a map shows it."""
        drawn = swatch(verdict)
        return Piece(as_images(drawn) if self.image else drawn)

    def kind(self, verdict: str) -> str:
        """The class of a verdict's colours."""
        return chips.KINDS[verdict]

    def row(self, row: Row, clock: Clock, height: int = spark.HEIGHT) -> Piece:
        """The picture of a row; nothing where none is held."""
        return self.small(row.picture, clock, height) if row.picture else Piece()

    def folded(self, row: Row, clock: Clock) -> Piece:
        """The picture of a row within a fold."""
        return Piece(spark.spark_at(self.address(row, clock))) if self.address and row.picture else self.row(row, clock)

    def small(self, chart: Chart, clock: Clock, height: int) -> Piece:
        """A chart without a letter; the words beside it say what it shows."""
        draw = spark.spark_image if self.image else spark.spark
        return Piece(draw(chart, clock, height=height))

    def head(self, clock: Clock) -> Piece:
        """The years at both ends of every small picture, and M."""
        return Piece(spark.clock_head(clock))

    def flag(self, sign: str) -> Piece:
        """A flag as it stands in a line of words."""
        return Piece(chips.flag(sign))

    def old(self) -> Piece:
        """The tag of an old figure."""
        return Piece(chips.OLD_TAG)

    def small_map(self, outlines: Boundaries | None, areas: Iterable[Place], chosen: Place, label: str) -> Piece:
        """Where one area lies, without a letter."""
        if outlines is None:
            return tile_map(areas, label, chosen=chosen.id, image=self.image)
        shown = Shown(_names(areas), chosen=chosen.id)
        if self.image:
            return Piece(f'<div class="map">{map_image(outlines, shown, label)}</div>')
        return Piece(f'<div class="map" role="img" aria-label="{escape(label)}">{map_picture(outlines, shown)}</div>')

    def picker_map(
        self, outlines: Boundaries | None, areas: Iterable[Place], to: Callable[[str], str], label: str, *, large: bool = True
    ) -> Piece:
        """The map on which an area is chosen; an image that is not `large` leads nowhere, as its areas are too small to press."""
        if outlines is None:
            return tile_map(areas, label, to=None if self.image else to, image=self.image)
        names = _names(areas)
        links = {name: to(name) for name in names} if large or not self.image else {}
        return self._map(outlines, Shown(names, links=links, fill=style.MIST), label)

    def answer_map(
        self, outlines: Boundaries | None, areas: Iterable[Place], verdicts: Mapping[str, str], chosen: str, label: str
    ) -> Piece:
        """Every area filled by what is found there, one of them pointed out."""
        if outlines is None:
            return tile_map(areas, label, chosen=chosen, verdicts=verdicts, image=self.image)
        names = _names(areas)
        return self._map(outlines, Shown(names, verdicts, chosen=chosen if chosen in names else ""), label)

    def _map(self, outlines: Boundaries, shown: Shown, label: str) -> Piece:
        draw = map_image if self.image else area_map
        return Piece(f'<div class="map">{draw(outlines, shown, label)}</div>')


def as_images(html: str) -> str:
    """
    HTML with each drawing in it as an image that carries the drawing in its address, for pages that take no drawings.

    >>> as_images('<b>1</b><svg class="spark" height="40"><svg></svg></svg>').split(" src=")[0]
    '<b>1</b><img class="spark" height="40" alt=""'
    """
    return "".join(_image(part) if part.startswith("<svg") else part for part in _parted(html))


def _parted(html: str) -> Iterator[str]:
    """HTML cut before and after each drawing; a drawing within a drawing belongs to it."""
    depth = start = 0
    for tag in TAGS.finditer(html):
        if depth == 0 and tag[1] == "":
            yield html[start : tag.start()]
            start = tag.start()
        depth += -1 if tag[1] else 0 if tag[0].endswith("/>") else 1
        if depth == 0 and tag[1]:
            yield html[start : tag.end()]
            start = tag.end()
    yield html[start:]


def _image(drawing: str) -> str:
    drawn = dict(ATTRIBUTE.findall(drawing[: drawing.index(">")]))
    attributes = {name: drawn[name] for name in ("class", "width", "height") if name in drawn}
    attributes |= {"alt": drawn.get("aria-label", ""), "src": spark.data_address(drawing.replace("<svg", f"<svg {NAMESPACE}", 1))}
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f"<img {written}>"


def clock(known: Definitions, as_at: date, mark: date) -> Clock:
    """The one clock of every small picture of a page."""
    return Clock(f"{known.plan.launched.year - YEARS_BEFORE}-01", f"{as_at:%Y-%m}", mark)


def _names(areas: Iterable[Place]) -> dict[str, str]:
    return {area.id: area.name for area in areas}


SIDE, GAP = 40, 4
HATCH = (
    f'<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="8" height="8" fill="{style.PAPER}"/><rect width="2.5" height="8" fill="{style.MUTED}"/></pattern></defs>'
)


def tile_map(
    areas: Iterable[Place], label: str, *, chosen: str = "", verdicts: Mapping[str, str] | None = None,
    to: Callable[[str], str] | None = None, image: bool = False,
) -> Piece:
    """
    The map as one drawing.

    `verdicts`: what is found, by area: the tiles are filled by it.
    """
    placed = [area for area in areas if area.row and area.column]
    if not placed:
        return Piece()
    tiles = "".join(_tile(area, chosen, verdicts or {}, to) for area in placed)
    size = f'viewBox="0 0 {_edge(max(area.column for area in placed))} {_edge(max(area.row for area in placed))}"'
    if image:
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{HATCH}{tiles}</svg>'
        return Piece(f'<img class="map" alt="{escape(label)}" src="{spark.data_address(drawn)}">')
    role = "group" if to else "img"
    return Piece(f'<svg class="map" {size} role="{role}" aria-label="{escape(label)}">{HATCH if verdicts else ""}{tiles}</svg>')


def _tile(area: Place, chosen: str, verdicts: Mapping[str, str], to: Callable[[str], str] | None) -> str:
    fill = FILLS[chips.KINDS[verdicts[area.id]]] if area.id in verdicts else style.BLUE if area.id == chosen else style.RULE
    outline = f' stroke="{style.INK}" stroke-width="{4 if area.id == chosen else 1}"' if verdicts else ""
    spot = f'x="{_edge(area.column - 1) + GAP}" y="{_edge(area.row - 1) + GAP}" width="{SIDE}" height="{SIDE}" rx="3"'
    drawn = f'<rect {spot} fill="{fill}"{outline}><title>{escape(area.name)}</title></rect>'
    return f'<a href="{escape(to(area.id))}" aria-label="{escape(area.name)}">{drawn}</a>' if to else drawn


def _edge(tiles: int) -> int:
    return tiles * (SIDE + GAP)
