"""
The words of a plot: the few inside it, each only where it is clear of every line, mark and word at every width, and those at its right.

Those inside stand in a group of their own, which a page that draws a plot lower than it was laid out can leave out.
What finds no room is said elsewhere: the bracket's words in the key line, the earlier figure in the finding, a place in the table.

Whether words have room is worked out for every width that a plot can have: clear of lines, marks and other words, and inside its edges.
What is drawn in the plot is kept as segments in fractions; each try is in pixels for the plots of a phone, half a page and a page.

At the right stand the newest figure and its month, the usual level, and whose line runs beside. The newest figure stands at its own height.
What would stand nearer to it than a line of words on the lowest plot is moved above or below it by pixels, so that nothing meets at any
height. A phone has room for the newest figure alone.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from metrics.charts import style
from metrics.charts.render.canvas import Canvas, width, words
from metrics.charts.render.frame import HALF, NARROWEST, Frame, compared, newest
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Bars, Level, Line, Points, Span
from metrics.domain import periods
from metrics.narrative import number_format

PLOTS = ((NARROWEST, 240.0), (290.0, 240.0), (HALF, 270.0), (560.0, 270.0), (740.0, 300.0), (1040.0, 300.0))
"""Width and height of the plots that are tried, in pixels."""
CLEAR = 3.0


@dataclass(frozen=True)
class Box:
    """Words in pixels around a place of the plot: from left to right and from top to bottom of it."""

    x: float
    y: float
    left: float
    top: float
    right: float
    bottom: float

    def at(self, plot: tuple[float, float]) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in the pixels of a plot."""
        x, y = self.x * plot[0], self.y * plot[1]
        return x + self.left, y + self.top, x + self.right, y + self.bottom


@dataclass
class Room:
    """What is in a plot already: segments of lines as (x, y, x, y) in fractions, marks as (x, y, pixels), and words."""

    segments: list[tuple[float, float, float, float]] = field(default_factory=list)
    marks: list[tuple[float, float, float]] = field(default_factory=list)
    words: list[Box] = field(default_factory=list)

    def add_runs(self, runs: Iterable[Iterable[tuple[float, float]]]) -> None:
        """Take up room with lines."""
        for run in runs:
            spots = list(run)
            self.segments += [(*before, *after) for before, after in itertools.pairwise(spots)]

    def fits(self, box: Box) -> bool:
        """Whether the words are clear of everything in every plot."""
        return all(self._clear(box, plot) for plot in PLOTS)

    def _clear(self, box: Box, plot: tuple[float, float]) -> bool:
        own = box.at(plot)
        if own[0] < 0 or own[2] > plot[0] or own[1] < 0 or own[3] > plot[1]:
            return False
        grown = (own[0] - CLEAR, own[1] - CLEAR, own[2] + CLEAR, own[3] + CLEAR)
        lines = ((x1 * plot[0], y1 * plot[1], x2 * plot[0], y2 * plot[1]) for x1, y1, x2, y2 in self._near(grown, plot))
        marks = ((x * plot[0], y * plot[1], radius) for x, y, radius in self.marks)
        return not (
            any(crosses(line, grown) for line in lines)
            or any(_covers(mark, grown) for mark in marks)
            or any(_meet(other.at(plot), grown) for other in self.words)
        )

    def _near(self, box: tuple[float, float, float, float], plot: tuple[float, float]) -> list[tuple[float, float, float, float]]:
        """The segments that are not wholly on one side of a box: a glance that spares most of them the cutting."""
        left, right, top, bottom = box[0] / plot[0], box[2] / plot[0], box[1] / plot[1], box[3] / plot[1]
        return [
            line for line in self.segments
            if max(line[0], line[2]) >= left and min(line[0], line[2]) <= right and max(line[1], line[3]) >= top
            and min(line[1], line[3]) <= bottom
        ]


def crosses(line: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """
    Whether a segment passes through a box, by cutting it at each of its sides.

    >>> crosses((0, 0, 10, 10), (4, 4, 6, 6)), crosses((0, 0, 10, 0), (4, 4, 6, 6))
    (True, False)
    """
    x, y, dx, dy = line[0], line[1], line[2] - line[0], line[3] - line[1]
    enters, leaves = 0.0, 1.0
    for step, low, high, start in ((dx, box[0], box[2], x), (dy, box[1], box[3], y)):
        if step == 0:
            if not low <= start <= high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        enters, leaves = max(enters, near), min(leaves, far)
    return enters <= leaves


def _covers(mark: tuple[float, float, float], box: tuple[float, float, float, float]) -> bool:
    x, y, radius = mark
    return box[0] - radius < x < box[2] + radius and box[1] - radius < y < box[3] + radius


def _meet(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


FOOT, TICK = 9, 5
"""How far above the foot a bracket stands and how far its ends turn up, in pixels."""
ASCENT, DESCENT = 0.78, 0.24
"""How far letters reach above and below their line, as shares of their size."""


def words_inside(chart: Chart, where: Frame, canvas: Canvas, room: Room) -> tuple[str, bool]:
    """The bracket of the months that set the usual range and the earlier of two figures compared; whether the bracket is named there."""
    spans = [layer for layer in chart.layers if isinstance(layer, Span)]
    named = [_bracket(layer, where, canvas, room) for layer in spans]
    drawn = "".join(each for each, _ in named) + _earlier(chart, where, canvas, room)
    return f'<g class="inside">{drawn}</g>' if drawn else "", all(has_words for _, has_words in named)


def named_points(chart: Chart, where: Frame, canvas: Canvas, room: Room) -> str:
    """The names of points that have room: the chosen place first, then those that stand out."""
    drawn = ""
    layers = [layer for layer in chart.layers if isinstance(layer, Points) and layer.names and layer.named]
    for layer in sorted(layers, key=lambda layer: layer.named != "always"):
        for name, (x, y) in zip(layer.names, layer.points, strict=True):
            drawn += "" if y is None else _name(name, where.x(x), where.y(y), layer.named == "always", canvas, room)
    return drawn


def _bracket(layer: Span, where: Frame, canvas: Canvas, room: Room) -> tuple[str, bool]:
    first, last = max(0.0, where.start(layer.first)), min(1.0, where.x(layer.last) + where.fraction(0.5) - where.fraction(0))
    if last <= first:
        return "", True
    line = f'stroke="{style.MUTED}" fill="none"'
    ends = "".join(canvas.at(x, 1, f'<path d="M0 {-FOOT}v{-TICK}" {line}/>') for x in (first, last))
    bar = canvas.level(first, last, 1, line, -FOOT)
    box = Box(last, 1, -3 - width(layer.label), -FOOT - 6 - 13 * ASCENT, -3, -FOOT - 6 + 13 * DESCENT)
    if not room.fits(box):
        return bar + ends, False
    room.words.append(box)
    return bar + ends + canvas.at(last, 1, words(layer.label, -3, -FOOT - 6, f'text-anchor="end" fill="{style.MUTED}"')), True


def _earlier(chart: Chart, where: Frame, canvas: Canvas, room: Room) -> str:
    """The figure that the newest survey figure is set against, above its bar or below it."""
    _, last, _ = newest(chart)
    drawn = ""
    for layer in (layer for layer in chart.layers if isinstance(layer, Points) and layer.style == "compared"):
        for x, y in layer.points:
            drawn += "" if y is None or x == last else _figure(chart, where, canvas, room, x, y)
    return drawn


def _figure(chart: Chart, where: Frame, canvas: Canvas, room: Room, x: str, y: float) -> str:
    size, text = style.VALUE_LETTERING, number_format.number(y, chart.y.unit)
    half = width(text, size, bold=True) / 2
    reach = _reach(chart, x, y)
    for end, dy in ((max(reach), -7.0), (min(reach), 7.0 + size * ASCENT)):
        box = Box(where.x(x), where.y(end), -half, dy - size * ASCENT, half, dy)
        if room.fits(box):
            room.words.append(box)
            look = f'text-anchor="middle" font-size="{size}" font-weight="700" fill="{style.INK}"'
            return canvas.at(where.x(x), where.y(end), words(text, 0, dy, look))
    return ""


def _reach(chart: Chart, x: str, y: float) -> tuple[float, float]:
    return next(((low, high) for period, low, high in compared(chart) if period == x), (y, y))


def _name(name: str, x: float, y: float, always: bool, canvas: Canvas, room: Room) -> str:
    size, weight = style.LETTERING, ' font-weight="700"' if always else ""
    long = width(name, size, bold=always)
    up, down = -size * ASCENT, size * DESCENT
    around = ((dx, dy, "middle") for dy in (-10.0, 18.0, -24.0, 32.0) for dx in (0.0, long / 2, -long / 2))
    tries = [(9.0, 4.5, "start"), (-9.0, 4.5, "end"), *around]
    for dx, dy, anchor in tries:
        left = {"start": dx, "end": dx - long, "middle": dx - long / 2}[anchor]
        box = Box(x, y, left, dy + up, left + long, dy + down)
        if room.fits(box):
            room.words.append(box)
            return canvas.at(x, y, words(name, dx, dy, f'text-anchor="{anchor}" fill="{style.INK}"{weight}'))
    return ""


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
    others = _apart(_named_lines(chart, where, period), where.y(value))
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
    return periods.say_short(period)


def _named_lines(chart: Chart, where: Frame, newest_period: str) -> list[Words]:
    """Whose lines run beside, and the usual level where it reaches to the newest figure."""
    labels = []
    for layer in chart.layers:
        match layer:
            case Line(style="centre") if layer.pieces and layer.pieces[-1][-1][0] == newest_period:
                y = layer.pieces[-1][-1][1]
                labels.append(Words(where.y(y), f"usual: {number_format.number(y, chart.y.unit, decimals=_decimals(chart))}"))
            case Line(style="beside") if layer.label and layer.pieces:
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
