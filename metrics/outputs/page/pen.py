"""
How pages draw and where their links lead: the same chips, small pictures and charts, as drawings in the page or as images.

The plain pages and the app each have their own addresses for the same things.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from metrics.charts.render import area_map, chips, spark
from metrics.charts.render.frame import Clock
from metrics.charts.spec import Chart
from metrics.domain import Definitions, Ward
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
        drawn = area_map.swatch(verdict)
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
