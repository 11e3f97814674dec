"""
The words at the right of a plot: the newest figure and its month, the usual level, and whose line runs beside.

The newest figure stands at its own height. What would stand nearer to it than a line of words on the lowest plot is moved above or
below it by pixels, so that nothing meets at any height. A phone has room for the newest figure alone.
"""

from dataclasses import dataclass

from metrics.charts import style
from metrics.charts.render.canvas import Canvas, words
from metrics.charts.render.frame import Frame, compared, newest
from metrics.charts.render.lettering import width
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Bars, Level, Line
from metrics.domain import periods
from metrics.narrative import number_format

LOWEST = 240.0
"""The lowest plot that words must not meet in, in pixels."""
GAP = 10
LINE = 16
ABOVE, BELOW = 9.0, 26.0
"""How far the newest figure and its month reach above and below its own height, in pixels."""


@dataclass(frozen=True)
class Words:
    """Words at a height of the plot, moved by pixels: the first line of what stands there."""

    y: float
    text: str
    dy: float = 4.5


def beside(chart: Chart, where: Frame, canvas: Canvas) -> tuple[str, int, int]:
    """The words, and how many pixels they need on a phone and elsewhere."""
    layer, period, value = newest(chart)
    if layer is None or isinstance(layer, Bars) or not where.dated:
        return _levels(chart, where, canvas)
    figure, under = number_format.number(value, chart.y.unit), _under(chart, period)
    others = _apart(_named_lines(chart, where, figure), where.y(value))
    drawn = _text(canvas, 1, where.y(value), figure, 5, f'font-size="{style.VALUE_LETTERING}" font-weight="700" fill="{style.INK}"', "")
    small = f'fill="{style.MUTED}"'
    drawn += _text(canvas, 1, where.y(value), under, 21, small, "wide")
    drawn += "".join(_text(canvas, 1, word.y, word.text, word.dy, small, "wide") for word in others)
    narrow = width(figure, style.VALUE_LETTERING, bold=True) + GAP + 2
    wide = max([narrow, *(width(text) + GAP + 2 for text in (under, *(word.text for word in others)))])
    return drawn, round(narrow + 0.5), round(wide + 0.5)


def _levels(chart: Chart, where: Frame, canvas: Canvas) -> tuple[str, int, int]:
    """The names of levels in a chart that has no newest figure."""
    named = [layer for layer in chart.layers if isinstance(layer, Level) and layer.label]
    drawn = "".join(_text(canvas, 1, where.y(level.y), level.label, 4.5, f'fill="{style.MUTED}"', "") for level in named)
    room = round(max([6.0, *(width(level.label) + GAP + 2 for level in named)]))
    return drawn, room, room


def _under(chart: Chart, period: str) -> str:
    """The range that chance allows where that is known, else the month."""
    ranges = {x: (low, high) for x, low, high in compared(chart)}
    if period in ranges:
        low, high = (number_format.number(end, chart.y.unit) for end in ranges[period])
        return f"{low.rstrip('%')} to {high}"
    words = periods.say(period)
    return f"{words[:3]} {words[-4:]}"


def _named_lines(chart: Chart, where: Frame, figure: str) -> list[Words]:
    labels = []
    for layer in chart.layers:
        match layer:
            case Line(style="centre") if layer.pieces:
                y = layer.pieces[-1][-1][1]
                labels.append(Words(where.y(y), f"usual: {number_format.number(y, chart.y.unit, decimals=_decimals(chart))}"))
            case Line(style="beside" | "path") if layer.label and layer.pieces:
                y = next((y for _, y in reversed(layer.pieces[-1]) if y is not None), None)
                figures = "" if y is None else f": {number_format.number(y, chart.y.unit)}"
                labels += [] if y is None else [Words(where.y(y), f"{layer.label}{figures}")]
            case _:
                continue
    return labels


def _decimals(chart: Chart) -> int | None:
    return 0 if chart.y.unit in ("count", "percent") else None


def _apart(labels: list[Words], y: float) -> list[Words]:
    """Words kept clear of the newest figure and of each other; those that have to move stand in lines above or below it."""
    kept, above, below = [], ABOVE, BELOW
    for word in sorted(labels, key=lambda word: abs(word.y - y)):
        far = (word.y - y) * LOWEST
        if far < 0 and far + 6 > -above:
            kept.append(Words(y, word.text, -above - 3))
            above += LINE
        elif far >= 0 and far - 8 < below:
            kept.append(Words(y, word.text, below + 10))
            below += LINE
        else:
            kept.append(word)
            above, below = (max(above, -far + 8), below) if far < 0 else (above, max(below, far + 8))
    return kept


def _text(canvas: Canvas, x: float, y: float, text: str, dy: float, attributes: str, kind: str) -> str:
    if not text or not canvas.shows(kind):
        return ""
    return canvas.at(x, y, words(text, GAP, dy, attributes), kind)
