"""
A strip of changes: the newest figure set against each earlier one, a row each, with the range that chance allows and a line at no change.

Names stand in a column of their own, so that no words meet a line; the axis has the few figures that have room beside "no change".
"""

from html import escape

from metrics.charts import style
from metrics.charts.render.canvas import Canvas, Fixed, Fluid, mark, stroke, words
from metrics.charts.render.frame import Tick, number_ticks
from metrics.charts.render.lettering import width
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Interval, Level, Points
from metrics.narrative import number_format

ROW = 46
FOOT = 26
NAMES = 150
"""How wide the column of names is, in pixels."""
NARROWEST = 110.0
"""The narrowest plot beside it."""
PHONE = 560
"""How wide a picture is at least that is no phone's."""
ROOM = 0.06


def strip(chart: Chart) -> str:
    """The names as words of the page beside a fluid plot."""
    names = _names(chart)
    items = "".join(f"<li>{_name(name)}</li>" for name in names)
    svg = (
        f'<svg width="100%" height="{ROW * len(names)}" overflow="visible" role="img" aria-label="{escape(chart.alt)}" '
        f'stroke-linejoin="round" font-family="{style.FONT}" font-size="{style.LETTERING}">'
        f'<g aria-hidden="true">{_drawn(chart, names, Fluid())}</g></svg>'
    )
    return f'<div class="strip"><ul class="strip-names">{items}</ul><div class="strip-plot">{svg}</div></div>'


def fixed(chart: Chart, wide: float) -> tuple[str, float]:
    """The inside of a picture so many pixels wide, and its height."""
    names = _names(chart)
    column = max(NAMES, *(width(part) + 16 for name in names for part in _parts(name)))
    canvas = Fixed(wide - column - 24, ROW * len(names), phone=wide < PHONE)
    labels = "".join(_fixed_name(name, index) for index, name in enumerate(names))
    inner = f'{labels}<g transform="translate({column:g} 0)">{_drawn(chart, names, canvas)}</g>'
    return inner, ROW * len(names) + FOOT


def _names(chart: Chart) -> list[str]:
    return list(dict.fromkeys(row[chart.x.label] for row in chart.rows()))


def _parts(name: str) -> tuple[str, str]:
    first, _, rest = name.partition(", ")
    return first, rest


def _name(name: str) -> str:
    first, rest = _parts(name)
    return escape(first) + (f"<small>{escape(rest)}</small>" if rest else "")


def _fixed_name(name: str, index: int) -> str:
    first, rest = _parts(name)
    top = ROW * index + (20 if rest else 27)
    return words(first, 0, top, f'fill="{style.INK}"') + (words(rest, 0, top + 16, f'fill="{style.MUTED}"') if rest else "")


def _extent(chart: Chart) -> tuple[float, float]:
    layers = [layer for layer in chart.layers if isinstance(layer, Interval | Points)]
    values = [y for layer in layers for _, cells in layer.data() for y in cells if y is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    room = ROOM * ((high - low) or 1.0)
    return low - room, high + room


def _drawn(chart: Chart, names: list[str], canvas: Canvas) -> str:
    low, high = _extent(chart)
    rows = {name: (index + 0.5) / len(names) for index, name in enumerate(names)}
    levels = {layer.y: layer.label for layer in chart.layers if isinstance(layer, Level)}
    ticks = [tick for tick in number_ticks(low, high, chart.y.unit) if tick.at not in levels]
    drawn = "".join(_tick(tick, _at(tick.at, low, high), levels, (low, high), chart, canvas) for tick in ticks)
    drawn += "".join(_level(label, _at(y, low, high), canvas) for y, label in levels.items())
    for layer in chart.layers:
        if isinstance(layer, Interval):
            runs = [[(_at(low_end, low, high), rows[x]), (_at(high_end, low, high), rows[x])] for x, low_end, high_end in layer.points
                    if None not in (low_end, high_end)]
            drawn += canvas.curves(canvas.path(runs, stroke("compared")))
        elif isinstance(layer, Points):
            spots = [(_at(y, low, high), rows[x]) for x, y in layer.points if y is not None]
            drawn += "".join(canvas.at(x, y, mark("unclear", 6)) for x, y in spots)
    return drawn


def _at(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low)


def _tick(tick: Tick, x: float, levels: dict[float, str], ends: tuple[float, float], chart: Chart, canvas: Canvas) -> str:
    shown = number_format.tick(tick.at, chart.y.unit, 1) if chart.y.unit == "percent" else tick.words
    near = any(abs(x - _at(y, *ends)) * NARROWEST < (width(label) + width(shown)) / 2 + 8 for y, label in levels.items())
    edge = width(shown) / 2 > 24 + min(x, 1 - x) * NARROWEST
    kind = "wide" if near or edge else ""
    line = canvas.upright(x, 0, f'stroke="{style.GRID}"')
    return line + (canvas.at(x, 1, words(shown, 0, 18, f'text-anchor="middle" fill="{style.MUTED}"'), kind) if canvas.shows(kind) else "")


def _level(label: str, x: float, canvas: Canvas) -> str:
    line = canvas.upright(x, 0, f'stroke="{style.INK}" stroke-width="2"')
    return line + canvas.at(x, 1, words(label, 0, 18, f'text-anchor="middle" fill="{style.INK}"'))
