"""Small charts as SVG, each where its place lies in London, all on one scale."""

from metrics.charts import style
from metrics.charts.render.scale import Scales, scales
from metrics.charts.render.svg_marks import Canvas, drawn, text
from metrics.charts.spec.chart import Chart, Panel
from metrics.charts.spec.layers import Line, Points
from metrics.domain import periods
from metrics.narrative import number_format

GAP = 0.12


def body(chart: Chart, width: int, size: float) -> tuple[str, float]:
    """The inside of the picture and how high it is."""
    where = scales(chart)
    foot = max(tile.bottom for tile in (board_of(chart, panel, where, width, size) for panel in chart.panels)) + size * 1.5
    tiles = [_tile(chart, panel, board_of(chart, panel, where, width, size)) for panel in chart.panels]
    said = text(0, foot, scale_words(chart, where), colour=style.MUTED)
    more = text(0, foot + size * 1.25, chart.y.label, colour=style.MUTED)
    return "".join(tiles) + said + more, foot + size * 1.7


def board_of(chart: Chart, panel: Panel, where: Scales, width: int, size: float) -> Canvas:
    """Where the figures of one panel stand in the picture."""
    rows, columns = [each.row for each in chart.panels], [each.column for each in chart.panels]
    cell = width / (max(columns) - min(columns) + 1)
    tall = max(cell, size * 2.6)
    left, top = (panel.column - min(columns)) * cell, (panel.row - min(rows)) * tall
    return Canvas(where, left + cell * GAP / 2, left + cell * (1 - GAP / 2), top + size * 1.15, top + tall * (1 - GAP), size)


def scale_words(chart: Chart, where: Scales) -> str:
    """What every tile runs from and to, in place of ticks."""
    found = sorted({x for layer in chart.drawn if isinstance(layer, Line) for x, _ in layer.data()})
    top = number_format.tick(where.up.ticks[-1][0], chart.y.unit, _step(where))
    bottom = number_format.tick(where.up.ticks[0][0], chart.y.unit, _step(where))
    return f"{periods.say(found[0])} to {periods.say(found[-1])}; {bottom} to {top}"


def _step(where: Scales) -> float:
    ticks = where.up.ticks
    return ticks[1][0] - ticks[0][0] if len(ticks) > 1 else 1.0


def _tile(chart: Chart, panel: Panel, board: Canvas) -> str:
    chosen = any(isinstance(layer, Points) and layer.style == "chosen" for layer in panel.layers)
    box = (
        f'<rect x="{board.left:.1f}" y="{board.top:.1f}" width="{board.right - board.left:.1f}" '
        f'height="{board.bottom - board.top:.1f}" fill="{style.SHADE}"/>'
    )
    name = text(board.left, board.top - board.size * 0.2, panel.short, colour=style.IMPROVEMENT if chosen else style.TEXT)
    return box + name + "".join(drawn(layer, board, chart) for layer in panel.layers)
