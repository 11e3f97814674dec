"""
A chart over time, or of places by size, drawn once for a page, a picture, a slide or a sheet.

Everything stands at fractions of the plot and is moved by pixels from there, so the letters keep their size whatever the width.
Words stand outside the plot: values at the right of the newest figure, months and years below, changes of recording as numbered flags
above with their key under the chart. Inside stand only words that are clear of every line and mark at every width.
"""

from dataclasses import dataclass
from typing import assert_never

from metrics.charts import style
from metrics.charts.render import chart_key, plot_words
from metrics.charts.render import frame as frames
from metrics.charts.render.canvas import Canvas, Drawing, joined, mark, stroke, width, words
from metrics.charts.render.frame import NARROWEST, Frame, month
from metrics.charts.render.plot_words import Room, named_points, words_inside
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import UNUSUAL, Band, Bars, Interval, Layer, Level, Line, Meeting, Note, Points, Rule, Span
from metrics.narrative import number_format

ROW = 20
"""How far apart two rows of flags stand, in pixels."""
FLAG_RADIUS, FLAG_GAP = 9, 3
NO_FLAGS = 12
BOTTOM = 26
LEAST, LEAST_LEFT, LEAST_RIGHT = 16, 34, 124
RADIUS = {"circle": 3.4, "diamond": 5.0, "triangle-up": 4.2, "triangle-down": 4.2, "square": 5.0}
NEWEST, PROVISIONAL, LONE = 5.5, 4.0, 2.4


@dataclass(frozen=True)
class Plot:
    """The inside of a plot, and the room in pixels that it needs around it."""

    inner: str
    top: int
    right: int
    narrow: int
    left: int
    flags: tuple[chart_key.Flag, ...]
    bracketed: bool


def plot(chart: Chart, canvas: Canvas) -> Plot:
    """Draw a chart on a canvas."""
    if chart.flipped or chart.panels:
        raise ValueError(f"{chart.title}: a strip and small multiples have drawings of their own")
    where = frames.frame(chart)
    signs = chart_key.flags(chart if _has_axis(chart) else chart.since(None), where)
    drawn = joined(_layer(layer, chart, where, canvas) for layer in chart.layers)
    room = _taken(chart, where, signs)
    inside, bracketed = words_inside(chart, where, canvas, room)
    names = named_points(chart, where, canvas, room)
    side, narrow, right = plot_words.beside(chart, where, canvas)
    parts = (_grid(chart, where, canvas), _flag_lines(signs, canvas), canvas.curves(drawn.curves), _years(where, canvas), drawn.marks)
    inner = "".join(parts) + inside + names + side + _signs(signs, canvas)
    return Plot(inner, _top(signs), max(right, _least_right(chart)), max(narrow, LEAST), _left(chart, where), signs, bracketed)


def margins(chart: Chart, canvas: Canvas) -> tuple[int, int, int]:
    """The room left of a plot, right of it, and right of it on a phone, without drawing the plot."""
    where = frames.frame(chart)
    _, narrow, right = plot_words.beside(chart, where, canvas)
    return _left(chart, where), max(right, _least_right(chart)), max(narrow, LEAST)


def _left(chart: Chart, where: Frame) -> int:
    return max([LEAST_LEFT, *(round(width(tick.words)) + 10 for tick in where.up)]) if _has_axis(chart) else 8


def _has_axis(chart: Chart) -> bool:
    return not any(isinstance(layer, Bars) for layer in chart.layers)


def _least_right(chart: Chart) -> int:
    return LEAST_RIGHT if chart.x.kind == "period" and _has_axis(chart) else LEAST


def _top(signs: tuple[chart_key.Flag, ...]) -> int:
    rows = max((flag.row for flag in signs), default=-1) + 1
    return NO_FLAGS + 16 + ROW * (rows - 1) if rows else NO_FLAGS


def _grid(chart: Chart, where: Frame, canvas: Canvas) -> str:
    """Level lines at round values, the foot in ink where it is zero, and their figures left of the plot."""
    if not _has_axis(chart):
        return _level(canvas, 1, style.INK)
    lines = "".join(_level(canvas, where.y(tick.at), style.INK if tick.at == 0 else style.GRID) for tick in where.up)
    foot = "" if any(tick.at == where.low for tick in where.up) else _level(canvas, 1, style.EDGE)
    figures = "".join(canvas.at(0, where.y(tick.at), words(tick.words, -8, 4.5)) for tick in where.up)
    return f'{lines}{foot}<g text-anchor="end" fill="{style.MUTED}">{figures}</g>'


def _level(canvas: Canvas, y: float, colour: str) -> str:
    return canvas.level(0, 1, y, f'stroke="{colour}"')


def _years(where: Frame, canvas: Canvas) -> str:
    ticks = [tick for tick in where.across if canvas.shows("" if tick.narrow else "odd")]
    drawn = "".join(
        canvas.at(where.fraction(tick.at), 1, f'<path d="M0 0v5" stroke="{style.INK}"/>' + words(tick.words, 0, 19),
                  "" if tick.narrow else "odd")
        for tick in ticks
    )
    return f'<g text-anchor="middle" fill="{style.MUTED}">{drawn}</g>'


def _flag_lines(signs: tuple[chart_key.Flag, ...], canvas: Canvas) -> str:
    return "".join(canvas.upright(flag.x, _height(flag, signs) - FLAG_RADIUS, stroke(_meaning(flag))) for flag in signs)


def _signs(signs: tuple[chart_key.Flag, ...], canvas: Canvas) -> str:
    return "".join(canvas.at(flag.x, 0, _sign(flag, -_height(flag, signs))) for flag in signs)


def _sign(flag: chart_key.Flag, y: float) -> str:
    fill, ink, line = (style.BLUE, style.PAPER, style.BLUE) if flag.meeting else (style.PAPER, style.INK, style.INK)
    lettering = f'text-anchor="middle" font-size="{style.FLAG_LETTERING}" font-weight="700" fill="{ink}"'
    circle = f'<circle cy="{y:g}" r="{FLAG_RADIUS}" fill="{fill}" stroke="{line}" stroke-width="1.2"/>'
    return circle + words(flag.sign, 0, y + 4.5, lettering)


def sign_in_key(sign: str) -> str:
    """A flag as it stands before its words in a key that is drawn."""
    return f'<g transform="translate({FLAG_RADIUS} 6)">{_sign(chart_key.Flag(sign, 0, "", meeting=sign == "M"), 0)}</g>'


def _height(flag: chart_key.Flag, signs: tuple[chart_key.Flag, ...]) -> float:
    """How many pixels above the plot a flag's middle stands: the first row is the upper one."""
    rows = max(other.row for other in signs)
    return FLAG_RADIUS + FLAG_GAP + ROW * (rows - flag.row)


def _meaning(flag: chart_key.Flag) -> str:
    return "meeting" if flag.meeting else "break"


def _layer(layer: Layer, chart: Chart, where: Frame, canvas: Canvas) -> Drawing:
    match layer:
        case Line():
            return _line(layer, where, canvas)
        case Band():
            return Drawing(curves=_band(layer, where, canvas))
        case Interval():
            spans = [[(where.x(x), where.y(low)), (where.x(x), where.y(high))] for x, low, high in layer.points if None not in (low, high)]
            return Drawing(curves=canvas.path(spans, stroke(layer.style)))
        case Points():
            return Drawing(marks=_points(layer, chart, where, canvas))
        case Bars():
            return Drawing(marks=bars_drawn(layer, chart, where, canvas))
        case Level():
            return Drawing(curves=canvas.path([[(0, where.y(layer.y)), (1, where.y(layer.y))]], stroke(layer.style)))
        case Rule() | Meeting() | Span() | Note():
            return Drawing()
        case _:
            assert_never(layer)


def _line(layer: Line, where: Frame, canvas: Canvas) -> Drawing:
    runs = [[(where.x(x), where.y(y)) for x, y in piece if y is not None] for piece in layer.pieces]
    lone = [run[0] for run in runs if len(run) == 1 and layer.columns]
    dots = "".join(canvas.at(x, y, mark("series", LONE)) for x, y in lone)
    return Drawing(curves=canvas.path([run for run in runs if len(run) > 1], stroke(layer.style)), marks=dots)


def _band(layer: Band, where: Frame, canvas: Canvas) -> str:
    known = [[(x, low, high) for x, low, high in piece if None not in (low, high)] for piece in layer.pieces]
    upper = [[(where.x(x), where.y(high)) for x, _, high in piece] for piece in known if piece]
    lower = [[(where.x(x), where.y(low)) for x, low, _ in piece] for piece in known if piece]
    areas = [above + below[::-1] for above, below in zip(upper, lower, strict=True)]
    return canvas.path(areas, f'fill="{style.BAND}"', closed=True) + canvas.path(upper + lower, stroke(layer.style))


def _points(layer: Points, chart: Chart, where: Frame, canvas: Canvas) -> str:
    """Marks that mean something: normal months have none, the newest figure has a larger one than the others."""
    _, newest, value = frames.newest(chart)
    spots = [(x, y) for x, y in layer.points if y is not None]
    if layer.hollow:
        return "".join(canvas.at(where.x(x), where.y(y), mark("series", PROVISIONAL, hollow=True)) for x, y in spots)
    if layer.style in ("none", "series") and not layer.names:
        return "".join(_newest(x, y, layer.style, where, canvas) for x, y in spots if (x, y) == (newest, value))
    drawn = ""
    for x, y in spots:
        if (x, y) == (newest, value) and not layer.names:
            drawn += _newest(x, y, layer.style, where, canvas)
        else:
            drawn += canvas.at(where.x(x), where.y(y), mark(layer.style, _radius(layer)))
    return drawn


def _newest(x: str, y: float, meaning: str, where: Frame, canvas: Canvas) -> str:
    shown = meaning if meaning in UNUSUAL else "series"
    return canvas.at(where.x(x), where.y(y), mark(shown, NEWEST if style.MARKS[shown].shape == "circle" else 6.5, ring=True))


def _radius(layer: Points) -> float:
    if layer.names:
        return 5.0 if layer.style == "chosen" else 4.0
    return {"compared": 5.0, "estimate": 3.2}.get(layer.style, RADIUS[style.MARKS[layer.style].shape])


def _taken(chart: Chart, where: Frame, signs: tuple[chart_key.Flag, ...]) -> Room:
    """What stands in the plot already: every line, bar of chance, mark and flag."""
    room = Room()
    for layer in chart.layers:
        _take(room, layer, where)
    room.add_runs([(flag.x, 0.0), (flag.x, 1.0)] for flag in signs)
    return room


def _take(room: Room, layer: Layer, where: Frame) -> None:
    match layer:
        case Line():
            room.add_runs([(where.x(x), where.y(y)) for x, y in piece if y is not None] for piece in layer.pieces)
        case Band():
            for side in (1, 2):
                room.add_runs([(where.x(row[0]), where.y(row[side])) for row in piece if row[side] is not None] for piece in layer.pieces)
        case Interval():
            known = [(x, low, high) for x, low, high in layer.points if None not in (low, high)]
            room.add_runs([(where.x(x), where.y(low)), (where.x(x), where.y(high))] for x, low, high in known)
        case Points():
            room.marks += [(where.x(x), where.y(y), _radius(layer)) for x, y in layer.points if y is not None]
        case Level():
            room.add_runs([[(0, where.y(layer.y)), (1, where.y(layer.y))]])
        case Bars() | Rule() | Meeting() | Span() | Note():
            return
        case _:
            assert_never(layer)


MONTHS, SHARE = 12, 0.74
RISE = 7
HALO = f'stroke="{style.PAPER}" stroke-width="4" paint-order="stroke"'
"""Around a figure, so that the line down from a flag passes behind it."""
LEAST_BAR = 0.006
"""How high the bar of a zero is drawn, as a share of the plot, so that it is not taken for a gap."""


def bars_drawn(layer: Bars, chart: Chart, where: Frame, canvas: Canvas) -> str:
    """The bars of a layer, each ending with its newest month."""
    slot = NARROWEST * (where.fraction(MONTHS) - where.fraction(0))
    figures = {x: _figure(y, chart) for x, y in layer.points}
    large = all(width(figures[x], style.VALUE_LETTERING, bold=True) + 4 < slot for x in layer.compared if x in figures)
    drawn = ""
    for x, y in layer.points:
        compared = x in layer.compared
        size = style.VALUE_LETTERING if compared and large else style.LETTERING
        fits = width(figures[x], size, bold=compared) + 2 < slot or x == max(figures)
        drawn += _bar(x, y, compared, where, canvas) + _words(x, y or 0.0, figures[x], compared, size, fits, where, canvas)
    return drawn


def _figure(value: float | None, chart: Chart) -> str:
    return "none" if value is None else number_format.number(value, chart.y.unit)


def _bar(x: str, value: float | None, compared: bool, where: Frame, canvas: Canvas) -> str:
    if value is None:
        return ""
    wide = SHARE * (where.fraction(MONTHS) - where.fraction(0))
    left, top = _middle(x, where) - wide / 2, min(where.y(value), 1 - LEAST_BAR)
    fill = style.BARS["compared" if compared else "series"]
    corners = [(left, 1), (left, top), (left + wide, top), (left + wide, 1)]
    return canvas.curves(canvas.path([corners], f'fill="{fill}"', closed=True))


def _middle(x: str, where: Frame) -> float:
    return where.fraction(month(x) + 1 - MONTHS / 2)


def _words(x: str, value: float, figure: str, compared: bool, size: int, fits: bool, where: Frame, canvas: Canvas) -> str:
    kind = "" if fits else "wide"
    if not canvas.shows(kind):
        return ""
    weight = ' font-weight="700"' if compared else ""
    shown = words(figure, 0, -RISE, f'text-anchor="middle" font-size="{size}" fill="{style.INK}" {HALO}{weight}')
    return canvas.at(_middle(x, where), min(where.y(value), 1 - LEAST_BAR), shown, kind)
