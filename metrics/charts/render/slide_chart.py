"""
A chart as a native chart on a slide, with its flags and its bracket laid over it as shapes that move with nothing but themselves.

Its readers can change the look and the figures: months are rows of a workbook, lines are its columns.
"""

from dataclasses import dataclass, replace

from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu

from metrics.charts.render import chart_key
from metrics.charts.render.canvas import width
from metrics.charts.render.frame import frame, month
from metrics.charts.render.slide_columns import Columns, columns, workbook
from metrics.charts.render.slide_xml import chart_xml, value_axis
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Span

PIXEL = 9525
LEFT, RIGHT, TOP, BOTTOM = 76, 96, 100, 40
"""Room around the plot in pixels of a slide 1280 wide: figures of the axis, the newest figure, flags, years."""
FLAG, ROW = 30, 32
BRACKET_LETTERS, BRACKET_HEIGHT = 19, 56
"""Size of the words over a bracket, and how far above the foot of the plot they reach with a little room, in pixels."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Bracket:
    """The months that set the usual range: its ends in pixels from the slide's left, and its words, none where a line would cross them."""

    left: float
    right: float
    words: str


@dataclass(frozen=True)
class Placed:
    """A chart on a slide: its plot in pixels of the slide, its flags with `x` from the slide's left, and its bracket if it has one."""

    plot: Box
    flags: tuple[chart_key.Flag, ...]
    bracket: Bracket | None = None


@dataclass(frozen=True)
class _Data:
    """What python-pptx asks of the data of a chart."""

    xml: bytes
    xlsx_blob: bytes

    def xml_bytes(self, _: object) -> bytes:
        """The whole chart part."""
        return self.xml


def add_chart(slide, chart: Chart, box: Box) -> Placed:
    """
    Put a chart on a slide.

    `box`: left, top, width and height, in pixels of a slide 1280 wide.
    """
    drawn = columns(chart)
    left, top, across, height = box
    inside = (LEFT, TOP if drawn.dated else BOTTOM, across - LEFT - RIGHT, height - (TOP if drawn.dated else BOTTOM) - BOTTOM)
    if not drawn.dated:
        inside = (8, BOTTOM, across - 16, height - 2 * BOTTOM)
    shares = (inside[0] / across, inside[1] / height, inside[2] / across, inside[3] / height)
    data = _Data(chart_xml(chart, drawn, shares), workbook(chart, drawn))
    shown = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *(Emu(round(side * PIXEL)) for side in box), data)
    shown.name = chart.title
    shown._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    plot = (left + inside[0], top + inside[1], inside[2], inside[3])
    return Placed(plot, flags(chart, drawn, plot), _bracket(chart, drawn, plot))


def flags(chart: Chart, drawn: Columns, plot: Box) -> tuple[chart_key.Flag, ...]:
    """The flags that the drawn chart has, each over its day on the axis of the slide."""
    if not drawn.dated:
        return ()
    where = frame(chart)
    return tuple(replace(flag, x=_across(drawn, where.at(flag.x) - 0.5, plot)) for flag in chart_key.flags(chart, where))


def _bracket(chart: Chart, drawn: Columns, plot: Box) -> Bracket | None:
    """The months that set the usual range, and what they are called where that has room."""
    span = next((layer for layer in chart.layers if isinstance(layer, Span)), None)
    if span is None or not drawn.dated:
        return None
    left, right = _across(drawn, month(span.first) - 0.5, plot), _across(drawn, month(span.last) + 0.5, plot)
    words = (right - width(span.label, BRACKET_LETTERS), right)
    return Bracket(left, right, span.label if _lowest(chart, drawn, plot, words) > BRACKET_HEIGHT else "")


def _lowest(chart: Chart, drawn: Columns, plot: Box, between: tuple[float, float]) -> float:
    """How far above the foot of the plot the lowest line lies between two places, in pixels."""
    low, high, _ = value_axis(drawn, from_zero=chart.y.from_zero, percent=chart.y.unit == "percent")
    rows = [row for row, period in enumerate(drawn.positions) if between[0] <= _across(drawn, month(period), plot) <= between[1]]
    lines = [column.values for column in drawn.columns if column.kind != "range"]
    values = [value for line in lines for value in (line[row] for row in rows) if value is not None]
    return plot[3] * (min(values, default=high) - low) / (high - low)


def _across(drawn: Columns, at: float, plot: Box) -> float:
    """Where the figure of a month, counted from January 2000, stands from the slide's left; never outside the plot."""
    first, last = month(drawn.start), month(drawn.positions[-1])
    return plot[0] + plot[2] * min(1.0, max(0.0, (at - first) / max(1, last - first)))
