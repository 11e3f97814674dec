"""A strip of changes as SVG: each baseline in words, its figures beside them, and below them its mark and range."""

from metrics.charts import style
from metrics.charts.render.scale import scales
from metrics.charts.render.svg_marks import Canvas, line, marks, stroked_path, text
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Interval, Level, Points
from metrics.narrative import number_format

ROW = 4.0


def board_of(chart: Chart, width: int, size: float) -> Canvas:
    """Where a figure stands from left to right: the value axis is the horizontal one."""
    where = scales(chart)
    return Canvas(where, size * 0.8, width - size * 0.8, size * 1.5, size * (1.5 + ROW * len(where.across.ticks)), size)


def across(board: Canvas, value: float) -> float:
    """A figure as a horizontal coordinate."""
    return board.left + board.scales.up.fraction(value) * (board.right - board.left)


def body(chart: Chart, width: int, size: float) -> tuple[str, float]:
    """The inside of the picture and how high it is."""
    board = board_of(chart, width, size)
    zero = [across(board, layer.y) for layer in chart.layers if isinstance(layer, Level)]
    rows = {name: board.top + (index + 0.8) * ROW * size for index, (_, name) in enumerate(board.scales.across.ticks)}
    foot = board.bottom + size * 1.4
    upright = "".join(line(x, board.top, x, board.bottom) for x in zero)
    parts = [f'<g stroke="{style.TEXT}" stroke-width="{board.px(1.2)}">{upright}</g>']
    parts += [text(across(board, at), foot, words, anchor="middle") for at, words in board.scales.up.ticks]
    parts += [text(0, foot + size * 1.3, chart.y.label, colour=style.MUTED)]
    parts += [_layer(layer, board, rows) for layer in chart.layers]
    parts += [_words(row, chart, board, rows[row[chart.x.label]]) for row in chart.rows()]
    parts += [text(x, size, layer.label, anchor="middle", colour=style.MUTED) for x, layer in _levels(chart, zero)]
    return "".join(parts), foot + size * 1.8


def figures(row: dict, chart: Chart) -> str:
    """
    The range of a change beside the words of a row, and the change itself only where the range leaves no doubt of its sign.

    Examples
    --------
    >>> from metrics.charts.spec import Axis
    >>> percentages = Chart("Change", (), Axis(""), Axis("", unit="percent"), alt="A fall.", source="A survey")
    >>> figures({"Change": -3.0, "Could be as low as": -7.0, "Could be as high as": 1.0}, percentages)
    'between −7% and +1%'
    >>> figures({"Change": -3.0, "Could be as low as": -7.0, "Could be as high as": -1.0}, percentages)
    '−3% (−7% to −1%)'
    """
    change, low, high = (row[name] for name in ("Change", "Could be as low as", "Could be as high as"))
    said = number_format.number(change, chart.y.unit, signed=True)
    if number_format.is_missing(low) or number_format.is_missing(high):
        return said
    low_word, high_word = (number_format.number(end, chart.y.unit, signed=True) for end in (low, high))
    if chart.y.unit in ("points", "minutes"):
        low_word = low_word.split()[0]
    return f"between {low_word} and {high_word}" if low <= 0 <= high else f"{said} ({low_word} to {high_word})"


def _levels(chart: Chart, zero: list[float]) -> list[tuple[float, Level]]:
    return list(zip(zero, (layer for layer in chart.layers if isinstance(layer, Level)), strict=True))


def _layer(layer, board: Canvas, rows: dict[str, float]) -> str:
    if isinstance(layer, Interval):
        known = [(rows[x], low, high) for x, low, high in layer.points if None not in (low, high)]
        path = "".join(f"M{across(board, low):.1f} {y:.1f}H{across(board, high):.1f}" for y, low, high in known)
        return stroked_path(path, "interval", board)
    if isinstance(layer, Points):
        spots = [(across(board, y), rows[x]) for x, y in layer.points if y is not None]
        return marks(spots, layer, board)
    return ""


def _words(row: dict, chart: Chart, board: Canvas, y: float) -> str:
    lower, halo = y - board.size * 0.75, board.size / 3
    return text(0, lower - board.size * 1.2, row[chart.x.label], halo=halo) + text(0, lower, figures(row, chart), halo=halo)
