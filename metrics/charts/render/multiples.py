"""Small charts side by side, in alphabetical order with full names, on one scale: each place against its own average, never ranked."""

import math
from html import escape

from metrics.charts import style
from metrics.charts.render.canvas import Canvas, Fixed, Fluid, mark, stroke, words
from metrics.charts.render.chips import shape
from metrics.charts.render.frame import Frame, frame, newest
from metrics.charts.spec.chart import Chart, Panel
from metrics.charts.spec.layers import Level, Line, Meeting, Points
from metrics.domain import periods
from metrics.narrative import number_format

HEIGHT = 40
SMALL = 12
ROOM = 0.965
"""How much of its width the lines of a small chart take: the mark at the newest figure needs the rest, or an image would cut it."""
COLUMNS, GAP, ABOVE, CELL = 3, 20, 36, 92
"""In a picture of fixed size: columns, pixels between them, pixels of words above each small chart, and of a row in all."""


def grid(chart: Chart) -> str:
    """Every panel as an item of a list, one pointed out by a frame around it, under a line that says what all share."""
    where = frame(chart)
    cells = "".join(_cell(panel, chart, where) for panel in _listed(chart))
    return f'<p class="source">{escape(shared(chart))}</p><ul class="multiples">{cells}</ul>'


def fixed(chart: Chart, wide: float) -> tuple[str, float]:
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
    verdict = shape(panel.verdict, size=SMALL).replace("<svg", '<svg y="20"', 1) if panel.verdict else ""
    label = words(panel.verdict, SMALL + 4, 30, f'font-size="{SMALL}" fill="{style.MUTED}"') if panel.verdict else ""
    small = f'<g transform="translate(0 {ABOVE})">{_drawn(panel, chart, where, Fixed(across, HEIGHT))}</g>'
    return words(panel.title, 0, 14, 'font-weight="700"') + verdict + label + small


def shared(chart: Chart) -> str:
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
    verdict = f'<p class="verdict-word">{shape(panel.verdict, size=SMALL)}{escape(panel.verdict)}</p>' if panel.verdict else ""
    drawn = _drawn(panel, chart, where, Fluid())
    svg = f'<svg class="spark" width="100%" height="{HEIGHT}" overflow="visible" aria-hidden="true">{drawn}</svg>'
    kind = ' class="chosen"' if chosen else ""
    return f"<li{kind}><b>{escape(panel.title)}</b>{verdict}{svg}</li>"


def _drawn(panel: Panel, chart: Chart, where: Frame, canvas: Canvas) -> str:
    days = [ROOM * where.day(layer.day) for layer in chart.layers if isinstance(layer, Meeting)]
    behind = "".join(canvas.upright(x, 0, stroke("meeting", 1)) for x in days if 0 <= x <= ROOM)
    curves = marks = ""
    for layer in panel.layers:
        if isinstance(layer, Level):
            curves += canvas.path([[(0, where.y(layer.y)), (ROOM, where.y(layer.y))]], stroke("centre", 1))
        elif isinstance(layer, Line):
            runs = [[(ROOM * where.x(x), where.y(y)) for x, y in piece if y is not None] for piece in layer.pieces]
            curves += canvas.path([run for run in runs if len(run) > 1], stroke("series", 1.4))
    _, period, value = newest(Chart(panel.title, panel.layers, chart.x, chart.y, alt=panel.title, source=chart.source))
    if value is not None:
        meaning = STANDING.get(panel.verdict, "series")
        marks = canvas.at(ROOM * where.x(period), where.y(value), mark(meaning, 3.4 if style.MARKS[meaning].shape == "circle" else 4.6))
    return behind + canvas.curves(curves) + marks


STANDING = {"clear improvement": "improvement", "clear worsening": "concern", "clear rise": "high", "clear fall": "low"}
