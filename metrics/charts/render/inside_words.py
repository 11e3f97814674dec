"""
The few words inside a plot, each only where it is clear of every line, mark and word at every width.

They stand in a group of their own, which a page that draws a plot lower than it was laid out can leave out.
What finds no room is said elsewhere: the bracket's words in the key line, the earlier figure in the finding, a place in the table.
"""

from metrics.charts import style
from metrics.charts.render.canvas import Canvas, words
from metrics.charts.render.frame import Frame, compared, newest
from metrics.charts.render.lettering import width
from metrics.charts.render.room import Box, Room
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Points, Span
from metrics.narrative import number_format

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
