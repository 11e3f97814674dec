"""The strokes of an SVG: where a figure stands, and how each layer is drawn there, in as few bytes as will do."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from metrics.charts import style
from metrics.charts.render.scale import Scales, smallest_step
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Band, Bars, Interval, Layer, Level, Line, Points
from metrics.narrative import number_format

SHAPES = {
    "square": ((-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45)),
    "diamond": ((0, -0.6), (0.6, 0), (0, 0.6), (-0.6, 0)),
    "triangle-up": ((0, -0.6), (0.55, 0.45), (-0.55, 0.45)),
    "triangle-down": ((0, 0.6), (0.55, -0.45), (-0.55, -0.45)),
}


@dataclass(frozen=True)
class Canvas:
    """The plot within the picture: turns figures into coordinates and back."""

    scales: Scales
    left: float
    right: float
    top: float
    bottom: float
    size: float

    def place(self, position: str | float) -> float:
        """A position of the chart as a number along its axis."""
        return self.scales.place(position)

    def across(self, at: float) -> float:
        """A number along the axis of positions as a horizontal coordinate."""
        return self.left + self.scales.across.fraction(at) * (self.right - self.left)

    def y(self, value: float) -> float:
        """A figure as a vertical coordinate."""
        return self.bottom - self.scales.up.fraction(value) * (self.bottom - self.top)

    def value_at(self, y: float) -> float:
        """The figure that stands at a vertical coordinate."""
        up = self.scales.up
        return up.low + (self.bottom - y) / (self.bottom - self.top) * (up.high - up.low)

    def px(self, pixels: float) -> str:
        """So many pixels beside 16-pixel text, in the picture's units."""
        return f"{pixels * self.size / style.TEXT_SIZE:.3g}"

    def dash(self, stroke: style.Stroke) -> str:
        """The dashes of a stroke in the picture's units."""
        return " ".join(self.px(part) for part in stroke.dash)


def text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = "", halo: float = 0.0) -> str:
    """Words at a point, escaped; a halo keeps them readable over lines."""
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    ink = f' fill="{colour}"' if colour and colour != style.TEXT else ""
    behind = f' stroke="{style.PAPER}" stroke-width="{halo:.3g}" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{where}{ink}{behind}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line that takes its stroke from the group around it."""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def text_width(words: str, size: float) -> float:
    """About how wide words are at a size of text."""
    return len(words) * size * style.LETTER


def drawn(layer: Layer, board: Canvas, chart: Chart) -> str:
    """One layer as SVG; rules, spans and notes are drawn with the words around the plot."""
    if isinstance(layer, Line):
        return _stroked(_joined(((board.across(board.place(x)), y) for x, y in piece) for piece in layer.pieces), layer.style, board)
    if isinstance(layer, Band):
        edges = [[(x, row[side]) for x, *row in piece] for side in (0, 1) for piece in layer.pieces]
        return _stroked(_joined(((board.across(board.place(x)), y) for x, y in edge) for edge in edges), layer.style, board)
    if isinstance(layer, Interval):
        ends = [[(x, low), (x, high)] for x, low, high in layer.points]
        return _stroked(_joined(((board.across(board.place(x)), y) for x, y in pair) for pair in ends), layer.style, board)
    if isinstance(layer, Level):
        return _stroked([[(board.left, layer.y), (board.right, layer.y)]], layer.style, board)
    if isinstance(layer, Points):
        return marks([(board.across(board.place(x)), board.y(y)) for x, y in layer.points if y is not None], layer, board)
    if isinstance(layer, Bars):
        return _bars(layer, board, chart)
    return ""


def marks(spots: list[tuple[float, float]], layer: Points, board: Canvas) -> str:
    """The marks of a layer at these coordinates: solid dots as one path, hollow ones as rings, shapes as outlines."""
    look = style.MARKS[layer.style]
    size = float(board.px(look.size))
    if layer.hollow:
        rings = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size / 2 + 1:.3g}"/>' for x, y in spots)
        return f'<g fill="{style.PAPER}" stroke="{look.colour}" stroke-width="{board.px(1.6)}">{rings}</g>'
    if look.shape == "circle":
        dots = path_of([[spot] for spot in spots])
        return f'<path d="{dots}" stroke="{look.colour}" stroke-width="{size:.3g}" stroke-linecap="round"/>'
    shapes = "".join(_shape(x, y, size, SHAPES[look.shape]) for x, y in spots)
    return f'<path d="{shapes}" fill="{look.colour}"/>'


def path_of(runs: list[list[tuple[float, float]]]) -> str:
    """
    Runs of points as one path, each run joined; a run of one is a dot.

    Written in steps from point to point, to a tenth, which takes half the bytes of coordinates and
    gathers no rounding; points along a level line are left out.

    Examples
    --------
    >>> path_of([[(1.0, 2.0), (3.26, 2.5)], [(4.0, 4.0)]])
    'M1 2l2.3.5m.7 1.5h0'
    """
    path, at = "", None
    for run in runs:
        spots = [(round(x * 10), round(y * 10)) for x, y in run]
        spots = [spot for index, spot in enumerate(spots) if not _level(spots, index)]
        path += _move(at, spots[0]) + ("h0" if len(spots) == 1 else "l")
        path += "".join(_pair(x - x0, y - y0, index > 0) for index, ((x0, y0), (x, y)) in enumerate(itertools.pairwise(spots)))
        at = spots[-1]
    return path


def stroked_path(path: str, meaning: str, board: Canvas) -> str:
    """A path in the stroke of a meaning."""
    look = style.LINES[meaning]
    dash = f' stroke-dasharray="{board.dash(look)}"' if look.dash else ""
    return f'<path d="{path}" fill="none" stroke="{look.colour}" stroke-width="{board.px(look.width)}"{dash}/>'


def _stroked(runs: Iterable[list[tuple[float, float]]], meaning: str, board: Canvas) -> str:
    path = path_of([[(x, board.y(y)) for x, y in run] for run in runs])
    return stroked_path(path, meaning, board) if path else ""


def _level(spots: list[tuple[int, int]], index: int) -> bool:
    return 0 < index < len(spots) - 1 and spots[index - 1][1] == spots[index][1] == spots[index + 1][1]


def _move(at: tuple[int, int] | None, to: tuple[int, int]) -> str:
    if at is None:
        return "M" + _pair(*to, False)
    return "m" + _pair(to[0] - at[0], to[1] - at[1], False)


def _pair(x: int, y: int, follows: bool) -> str:
    first, second = _tenths(x), _tenths(y)
    gap = " " if follows and not first.startswith("-") else ""
    between = "" if second.startswith("-") or (second.startswith(".") and "." in first) else " "
    return gap + first + between + second


def _tenths(number: int) -> str:
    whole, tenth = divmod(abs(number), 10)
    digits = f"{whole or ''}.{tenth}" if tenth else str(whole)
    return f"-{digits}" if number < 0 else digits


def _joined(pieces: Iterable[Iterable[tuple[float, float | None]]]) -> list[list[tuple[float, float]]]:
    known = [[(x, y) for x, y in piece if y is not None] for piece in pieces]
    return [piece for piece in known if len(piece) > 1]


def _shape(x: float, y: float, size: float, corners: tuple[tuple[float, float], ...]) -> str:
    return "M" + "L".join(f"{x + dx * size:.1f} {y + dy * size:.1f}" for dx, dy in corners) + "Z"


def _bars(layer: Bars, board: Canvas, chart: Chart) -> str:
    known = [(board.across(board.place(x)), y) for x, y in layer.points if y is not None]
    step = smallest_step(board.place(x) for x, _ in layer.points)
    width = 0.7 * (board.across(step) - board.across(0.0))
    zero = board.y(0.0)
    shapes = "".join(f"M{x - width / 2:.1f} {zero:.1f}V{board.y(y):.1f}h{width:.1f}V{zero:.1f}Z" for x, y in known)
    figures = [(x, board.y(y) - board.size * 0.35, number_format.number(y, chart.y.unit)) for x,
        y in known] if len(known) <= style.FEW_BARS else []
    words = "".join(text(x, y, figure, anchor="middle") for x, y, figure in figures)
    return f'<path d="{shapes}" fill="{style.BARS[layer.style]}"/>{words}'
