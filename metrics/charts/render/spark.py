"""
The picture of a row: a chart without a letter, on the clock that it shares with every other row of the page.

It draws the same description as the full chart and leaves out what needs words: axis, gridlines, breaks, the usual level, what was
known before. What the numbers beside it say is drawn strongest: the unusual run, the newest figure, the two figures compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import assert_never
from urllib.parse import quote

from metrics.charts import style
from metrics.charts.render.canvas import Canvas, Drawing, Fixed, Fluid, joined, mark, percent, stroke
from metrics.charts.render.frame import Clock
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import UNUSUAL, Band, Bars, Interval, Layer, Level, Line, Meeting, Note, Points, Rule, Span

HEIGHT = 34
GRID = 400
"""The square that the curves of a small picture are written in: a step of it is less than a third of a pixel."""
JOINED = 'stroke-linejoin="round"'
"""No corner of a line reaches further than its figure."""
HEADROOM = 1.06
FREE = 0.07
"""What stays free above and below the curves, as a share of the height."""
WIDTHS = {"series": 1.2, "joined": 1.2, "provisional": 1.2, "faint": 1.3}
RUN_WIDTH = 2.4
DOT, DIAMOND = 3.4, 4.6
LEFT_OUT = ("centre", "ghost", "beside", "limit")
COVERS_THE_YEAR = 0.8
LAST_PLACE = 0.94
"""Where M stands at most, so that it does not reach over the next column; a meeting may be later than the newest month."""
BAR_SHARE = 0.72


@dataclass(frozen=True)
class Row:
    """Where a figure stands in the picture of a row."""

    canvas: Canvas
    clock: Clock
    low: float
    high: float
    newest: str
    standing: str = "series"

    def up(self, value: float) -> float:
        """How far from the top a value stands."""
        return 1 - FREE - (1 - 2 * FREE) * (value - self.low) / (self.high - self.low)

    def spot(self, period: str, value: float) -> tuple[float, float]:
        """Where a figure stands, as fractions from the left and from the top."""
        return self.clock.across(period), self.up(value)


def spark(chart: Chart, clock: Clock, *, height: int = HEIGHT, width: float | None = None) -> str:
    """
    The picture of a row as inline SVG, hidden from those who do not see it: the words beside it say the same.

    `clock`: the months of the page; what lies outside them is left out.
    `height`, `width`: in pixels; without a width the picture is as wide as its place on the page.
    """
    inner = _inner(chart, clock, Fluid(GRID) if width is None else Fixed(width, height))
    wide = "100%" if width is None else f"{width:g}"
    return f'<svg class="spark" width="{wide}" height="{height}" {JOINED} overflow="visible" aria-hidden="true">{inner}</svg>'


def spark_file(chart: Chart, clock: Clock, *, height: int = HEIGHT) -> str:
    """The same as a file of its own, without words."""
    inner = _inner(chart, clock, Fluid(GRID))
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{height}" {JOINED}>{inner}</svg>'


def spark_image(chart: Chart, clock: Clock, *, height: int = HEIGHT) -> str:
    """The same as an image that carries its drawing in its address, for pages that take no inline SVG."""
    address = data_address(spark_file(chart, clock, height=height))
    return f'<img class="spark" alt="" width="100%" height="{height}" src="{address}">'


def spark_at(address: str) -> str:
    """
    The same as an image that is asked for once a reader comes near it.

    >>> spark_at("picture/brent/rape.0123.svg?row=2023-08-07")
    '<img class="spark" alt="" width="100%" height="34" loading="lazy" src="picture/brent/rape.0123.svg?row=2023-08-07">'
    """
    return f'<img class="spark" alt="" width="100%" height="{HEIGHT}" loading="lazy" src="{escape(address)}">'


def clock_head(clock: Clock) -> str:
    """
    The years at both ends of the clock and the meeting between them, for the head of a column of pictures.

    Where the meeting stands so near the end that its letter would cover the year, the year is left out.

    >>> clock_head(Clock("2018-01", "2026-06"))
    '<span class="clock"><i>2018</i><i class="end">2026</i></span>'
    """
    meeting, end = "", f'<i class="end">{clock.last[:4]}</i>'
    if clock.meeting:
        meeting = f'<b class="flag meeting" style="{meeting_left(clock)}">M</b>'
        end = end if clock.across(clock.meeting) < COVERS_THE_YEAR else ""
    return f'<span class="clock"><i>{clock.first[:4]}</i>{meeting}{end}</span>'


def meeting_left(clock: Clock) -> str:
    """Where M stands in the head of a column, as a rule of style: on its line, and never beyond the column."""
    return f"left:{percent(min(clock.across(clock.meeting), LAST_PLACE))}"


def data_address(svg: str) -> str:
    """
    A drawing as an address that holds it, escaped rather than in base64, which does not compress.

    >>> data_address("<svg fill='#fff'/>")
    "data:image/svg+xml,%3Csvg fill='%23fff'/%3E"
    """
    return "data:image/svg+xml," + quote(svg.replace('"', "'"), safe=" '=:/,;()!*-._~")


def _inner(chart: Chart, clock: Clock, canvas: Canvas) -> str:
    row = _row(chart, clock, canvas)
    drawn = joined(_layer(layer, row) for layer in chart.since(clock.meeting).layers)
    return drawn.behind + canvas.curves(drawn.curves) + drawn.marks


def _row(chart: Chart, clock: Clock, canvas: Canvas) -> Row:
    """
    Where figures stand: counts from zero, shares over their own range and a quarter of it on either side.

    A picture of nothing keeps its place on the page.
    """
    values = [y for layer in chart.layers for x, y in _figures(layer) if clock.has(x)]
    if not values:
        return Row(canvas, clock, 0.0, 1.0, "")
    low, high = min(values), max(values)
    share = chart.y.unit == "percent" or not chart.y.from_zero
    bottom, top = (low - (high - low) / 4, high + (high - low) / 4) if share else (min(low, 0.0), high * HEADROOM)
    top = top if top > bottom else bottom + 1
    series = [x for layer in chart.layers if isinstance(layer, Line | Bars) and layer.columns for x, _ in _figures(layer)]
    newest = max((x for x in series if clock.has(x)), default="")
    return Row(canvas, clock, bottom, top, newest, _standing(chart, newest))


def _figures(layer: Layer) -> Iterable[tuple[str, float]]:
    """The figures of a layer that the picture of a row shows."""
    match layer:
        case Line(style=meaning) if meaning in LEFT_OUT:
            return []
        case Interval(style=meaning) if meaning != "compared":
            return []
        case Line() | Points() | Band() | Bars() | Interval():
            return [(x, y) for x, values in layer.data() for y in values if y is not None]
        case Rule() | Meeting() | Span() | Level() | Note():
            return []
        case _:
            assert_never(layer)


def _standing(chart: Chart, newest: str) -> str:
    """What the newest figure means: unusual in a way, or nothing in particular."""
    marked = (layer for layer in chart.layers if isinstance(layer, Points) and layer.style in UNUSUAL)
    return next((layer.style for layer in marked if any(x == newest for x, _ in layer.points)), "series")


def _layer(layer: Layer, row: Row) -> Drawing:
    match layer:
        case Band():
            return Drawing(curves=_band(layer, row))
        case Line():
            return _line(layer, row)
        case Interval():
            return Drawing(curves=_ranges(layer, row))
        case Points():
            return Drawing(marks=_dots(layer, row))
        case Bars():
            return Drawing(behind=_bars(layer, row))
        case Meeting():
            x = row.clock.across(layer.day)
            return Drawing(behind=row.canvas.upright(x, 0, stroke("meeting", 1)) if 0 <= x <= 1 else "")
        case Rule() | Span() | Level() | Note():
            return Drawing()
        case _:
            assert_never(layer)


def _line(layer: Line, row: Row) -> Drawing:
    if layer.style in LEFT_OUT:
        return Drawing()
    width = WIDTHS.get(layer.style, RUN_WIDTH)
    runs = [[row.spot(x, y) for x, y in piece if y is not None and row.clock.has(x)] for piece in layer.pieces]
    curves = row.canvas.path([run for run in runs if len(run) > 1], stroke(layer.style, width))
    newest = [y for x, (y,) in layer.data() if x == row.newest and y is not None and layer.columns]
    dotted = newest and layer.style != "faint"
    return Drawing(curves=curves, marks=_dot(row, row.newest, newest[0], row.standing) if dotted else "")


def _band(layer: Band, row: Row) -> str:
    upper, lower = [], []
    for piece in layer.pieces:
        known = [(x, low, high) for x, low, high in piece if None not in (low, high) and row.clock.has(x)]
        upper.append([row.spot(x, high) for x, _, high in known])
        lower.append([row.spot(x, low) for x, low, _ in known])
    areas = [above + below[::-1] for above, below in zip(upper, lower, strict=True)]
    return row.canvas.path([area for area in areas if area], stroke("limit", 0.8, fill=style.BAND), closed=True)


def _ranges(layer: Interval, row: Row) -> str:
    if layer.style != "compared":
        return ""
    known = [(x, low, high) for x, low, high in layer.points if None not in (low, high) and row.clock.has(x)]
    return row.canvas.path([[row.spot(x, low), row.spot(x, high)] for x, low, high in known], stroke("compared", 1.6))


def _dots(layer: Points, row: Row) -> str:
    """The two figures compared, or where none are a survey's newest; of every other line only the newest, which it draws itself."""
    if layer.style == "estimate":
        return "".join(_dot(row, x, y, "series") for x, y in layer.points if x == row.newest and y is not None)
    if layer.style != "compared":
        return ""
    meanings = {x: row.standing if x == row.newest and row.standing in UNUSUAL else "compared" for x, _ in layer.points}
    return "".join(_dot(row, x, y, meanings[x]) for x, y in layer.points if y is not None and row.clock.has(x))


def _dot(row: Row, period: str, value: float, meaning: str) -> str:
    x, y = row.spot(period, value)
    return row.canvas.at(x, y, mark(meaning, DIAMOND if style.MARKS[meaning].shape != "circle" else DOT))


def _bars(layer: Bars, row: Row) -> str:
    width = BAR_SHARE * 12 * row.clock.month
    return "".join(_bar(layer, row, x, y, width) for x, y in layer.points if y is not None and row.clock.has(x))


def _bar(layer: Bars, row: Row, period: str, value: float, width: float) -> str:
    """A bar of twelve months that ends with its newest one; a bar of zero keeps a foot, so that it is not taken for a gap."""
    right = row.clock.across(period) + row.clock.month / 2
    top = min(row.up(value), row.up(0) - 0.02)
    fill = style.BARS["compared" if period in layer.compared else "series"]
    c = row.canvas
    return f'<rect x="{c.x(right - width)}" y="{c.y(top)}" width="{c.x(width)}" height="{c.y(row.up(0) - top)}" fill="{fill}"/>'
