"""
Charts that set places, or baselines, side by side; never ranked.

Small multiples stand in alphabetical order with full names, on one scale, each place against its own average. A strip of changes sets
the newest figure against each earlier one, a row each, with the range that chance allows and a line at no change. Its names stand in
a column of their own, so that no words meet a line; the axis has the few figures that have room beside "no change".
"""

import math
from html import escape

from metrics.charts import style
from metrics.charts.render.canvas import Canvas, Fixed, Fluid, mark, stroke, width, words
from metrics.charts.render.chips import shape
from metrics.charts.render.frame import Frame, Tick, frame, newest, number_ticks
from metrics.charts.spec.chart import Chart, Panel
from metrics.charts.spec.layers import OF_VERDICT, Interval, Level, Line, Meeting, Points
from metrics.domain import periods
from metrics.narrative import number_format

SMALL_HEIGHT = 40
SHAPE = 12
SMALL_ROOM = 0.965
"""How much of its width the lines of a small chart take: the mark at the newest figure needs the rest, or an image would cut it."""
COLUMNS, GAP, ABOVE, CELL = 3, 20, 36, 92
"""In a picture of fixed size: columns, pixels between them, pixels of words above each small chart, and of a row in all."""


def multiples(chart: Chart) -> str:
    """Every panel as an item of a list, one pointed out by a frame around it, under a line that says what all share."""
    where = frame(chart)
    cells = "".join(_cell(panel, chart, where) for panel in _listed(chart))
    return f'<p class="source">{escape(shared_words(chart))}</p><ul class="multiples">{cells}</ul>'


def fixed_multiples(chart: Chart, wide: float) -> tuple[str, float]:
    """The inside of a picture so many pixels wide, and its height: the same in columns, to be read along the rows."""
    where, across = frame(chart), (wide - GAP * (COLUMNS - 1)) / COLUMNS
    drawn = ""
    for index, panel in enumerate(_listed(chart)):
        row, column = divmod(index, COLUMNS)
        drawn += f'<g transform="translate({column * (across + GAP):.5g} {row * CELL})">{_fixed_cell(panel, chart, where, across)}</g>'
    return drawn, CELL * math.ceil(len(chart.panels) / COLUMNS)


def _listed(chart: Chart) -> list[Panel]:
    return sorted(chart.panels, key=lambda panel: panel.title)


def _fixed_cell(panel: Panel, chart: Chart, where: Frame, across: float) -> str:
    """A small chart under its place and what is found there."""
    verdict = shape(panel.verdict, size=SHAPE).replace("<svg", '<svg y="20"', 1) if panel.verdict else ""
    label = words(panel.verdict, SHAPE + 4, 30, f'font-size="{SHAPE}" fill="{style.MUTED}"') if panel.verdict else ""
    small = f'<g transform="translate(0 {ABOVE})">{_small(panel, chart, where, Fixed(across, SMALL_HEIGHT))}</g>'
    return words(panel.title, 0, 14, 'font-weight="700"') + verdict + label + small


def shared_words(chart: Chart) -> str:
    """What every small chart runs from and to, and what its lines are."""
    stands = sorted({x for layer in chart.drawn if isinstance(layer, Line) for x, _ in layer.data()})
    values = [y for layer in chart.drawn if isinstance(layer, Line) for _, (y,) in layer.data() if y is not None]
    low, high = (number_format.number(end, chart.y.unit) for end in (min(values), max(values)))
    label = f"{chart.y.label}. Dotted line: own average, {stands[0][:4]} to {stands[-1][:4]}."
    meetings = [layer for layer in chart.layers if isinstance(layer, Meeting)]
    marked = "".join(f" Vertical line: {periods.say_day(layer.day)}." for layer in meetings[:1])
    return f"{label}{marked} One scale for all, {low} to {high}."


def _cell(panel: Panel, chart: Chart, where: Frame) -> str:
    chosen = any(isinstance(layer, Points) and layer.style == "chosen" for layer in panel.layers)
    verdict = f'<p class="verdict-word">{shape(panel.verdict, size=SHAPE)}{escape(panel.verdict)}</p>' if panel.verdict else ""
    drawn = _small(panel, chart, where, Fluid())
    svg = f'<svg class="spark" width="100%" height="{SMALL_HEIGHT}" overflow="visible" aria-hidden="true">{drawn}</svg>'
    kind = ' class="chosen"' if chosen else ""
    return f"<li{kind}><b>{escape(panel.title)}</b>{verdict}{svg}</li>"


def _small(panel: Panel, chart: Chart, where: Frame, canvas: Canvas) -> str:
    days = [SMALL_ROOM * where.day(layer.day) for layer in chart.layers if isinstance(layer, Meeting)]
    behind = "".join(canvas.upright(x, 0, stroke("meeting", 1)) for x in days if 0 <= x <= SMALL_ROOM)
    curves = marks = ""
    for layer in panel.layers:
        if isinstance(layer, Level):
            curves += canvas.path([[(0, where.y(layer.y)), (SMALL_ROOM, where.y(layer.y))]], stroke("centre", 1))
        elif isinstance(layer, Line):
            runs = [[(SMALL_ROOM * where.x(x), where.y(y)) for x, y in piece if y is not None] for piece in layer.pieces]
            curves += canvas.path([run for run in runs if len(run) > 1], stroke("series", 1.4))
    _, period, value = newest(Chart(panel.title, panel.layers, chart.x, chart.y, alt=panel.title, source=chart.source))
    if value is not None:
        meaning = OF_VERDICT.get(panel.verdict, "series")
        size = 3.4 if style.MARKS[meaning].shape == "circle" else 4.6
        marks = canvas.at(SMALL_ROOM * where.x(period), where.y(value), mark(meaning, size))
    return behind + canvas.curves(curves) + marks


ROW = 46
FOOT = 26
NAMES = 150
"""How wide the column of names is, in pixels."""
NARROWEST = 110.0
"""The narrowest plot beside it."""
ROOMY = 270.0
"""What a plot must have for figures that need more than that; where the page has less, its style hides them."""
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


def fixed_strip(chart: Chart, wide: float) -> tuple[str, float]:
    """The inside of a picture so many pixels wide, and its height."""
    names = _names(chart)
    column = max(NAMES, *(width(part) + 16 for name in names for part in _parts(name)))
    plot = wide - column - 24
    canvas = Fixed(plot, ROW * len(names), phone=plot < ROOMY)
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
    """A line across, and its figure where it has room beside the names of levels: in any plot, in a wide one, or in none."""
    shown = number_format.tick(tick.at, chart.y.unit, 1) if chart.y.unit == "percent" else tick.words
    line, needed = canvas.upright(x, 0, f'stroke="{style.GRID}"'), _needed(shown, x, {_at(y, *ends): name for y, name in levels.items()})
    kind = "" if needed <= NARROWEST else "wide"
    if needed > ROOMY or not canvas.shows(kind):
        return line
    return line + canvas.at(x, 1, words(shown, 0, 18, f'text-anchor="middle" fill="{style.MUTED}"'), kind)


def _needed(shown: str, x: float, names: dict[float, str]) -> float:
    """How wide a plot must be for a figure at `x` to meet neither its edge nor a name at the same height."""
    beside = [((width(name) + width(shown)) / 2 + 8) / abs(x - at) for at, name in names.items()]
    return max([(width(shown) / 2 - 24) / min(x, 1 - x), *beside])


def _level(label: str, x: float, canvas: Canvas) -> str:
    line = canvas.upright(x, 0, f'stroke="{style.INK}" stroke-width="2"')
    return line + canvas.at(x, 1, words(label, 0, 18, f'text-anchor="middle" fill="{style.INK}"'))
