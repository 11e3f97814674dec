"""
A chart as inline SVG: no script, no style sheet, readable on a phone and on paper.

Text is sized so that it is never below 12 pixels at the narrowest width the picture is
shown at; everything else keeps its proportion to the text.
"""

from dataclasses import dataclass
from html import escape

from metrics.charts import style
from metrics.charts.render import labels, svg_strip, svg_tiles
from metrics.charts.render.scale import Scales, scales
from metrics.charts.render.svg_marks import Canvas, drawn, line, text, text_width
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Rule, Span

LEADING = 1.25
LEAST_PLOT = 0.65


@dataclass(frozen=True)
class Margins:
    """How much the words around the plot take, in units of the picture."""

    top: float
    left: float
    bottom: float
    right: float


def svg(chart: Chart, *, width: int = 640, height: int = 320, narrowest: int = 320, key: str | None = None) -> str:
    """
    Draw a chart as one `<svg>` element that scales to the width it is given.

    Parameters
    ----------
    chart
        What is seen.
    width, height
        The picture's own units; a chart with many headings, a strip or tiles is as high as it needs.
    narrowest
        The narrowest the picture will be shown, in pixels: text is 12 pixels high there.
    key
        Prefix of the ids of its title and description; the chart's own key unless the page shows the chart twice.

    Returns
    -------
    str
        The element, with `role="img"`, the title and the alternative text; every word escaped.

    Raises
    ------
    ValueError
        Nothing in the chart is published.
    """
    size = style.SMALLEST_TEXT * width / narrowest
    if chart.panels:
        body, tall = svg_tiles.body(chart, width, size)
    elif chart.flipped:
        body, tall = svg_strip.body(chart, width, size)
    else:
        body, tall = _plot(chart, width, height, size)
    return _element(chart, body, width, tall, size, key or chart.key)


def canvas(chart: Chart, *, width: int = 640, height: int = 320, narrowest: int = 320) -> Canvas:
    """Where figures stand in the picture of a chart through time or along a base: coordinates, and back."""
    size = style.SMALLEST_TEXT * width / narrowest
    where = scales(chart)
    edges = _margins(chart, where, width, size)
    tall = max(height, edges.top + edges.bottom + LEAST_PLOT * height)
    return Canvas(where, edges.left, width - edges.right, edges.top, tall - edges.bottom, size)


def _element(chart: Chart, body: str, width: int, tall: float, size: float, key: str) -> str:
    name = escape(key, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {tall:.0f}" role="img" '
        f'aria-labelledby="{name}-title {name}-alt" class="chart" font-family="{style.FONT}" font-size="{size:g}" fill="{style.TEXT}">'
        f'<title id="{name}-title">{escape(chart.title)}</title><desc id="{name}-alt">{escape(chart.alt)}</desc>'
        f'<g aria-hidden="true">{body}</g></svg>'
    )


def _plot(chart: Chart, width: int, height: int, size: float) -> tuple[str, float]:
    board = canvas(chart, width=width, height=height, narrowest=round(style.SMALLEST_TEXT * width / size))
    where = board.scales
    below = labels.notes(chart, where, _letters(width, size))
    tall = board.bottom + _below(chart, below) * size * LEADING + size * 0.3
    parts = [
        text(0, size, chart.y.label, colour=style.MUTED),
        _shades(chart, board),
        _axes(chart, board),
        _headings(chart, board),
        *(drawn(layer, board, chart) for layer in chart.layers),
        *(_spot(spot, board) for spot in labels.spots(chart, where)),
        *(text(0, tall - size * (0.5 + LEADING * (len(below) - row)), words, colour=style.MUTED) for row, words in enumerate(below, 1)),
    ]
    return "".join(parts), tall


def _letters(width: float, size: float) -> int:
    return int(width / text_width("n", size))


def _below(chart: Chart, notes: list[str]) -> int:
    return 1 + len(notes) + (chart.x.kind == "number" or chart.x.label != "Month")


def _margins(chart: Chart, where: Scales, width: int, size: float) -> Margins:
    lines = sum(len(heading.lines) for heading in labels.headings(chart, where))
    top = size * LEADING * (1 + lines) + size * 0.4
    left = max(text_width(words, size) for _, words in where.up.ticks) + size * 0.8
    bottom = size * LEADING * _below(chart, labels.notes(chart, where, _letters(width, size))) + size * 0.3
    return Margins(top, left, bottom, size * 0.4)


def _axes(chart: Chart, board: Canvas) -> str:
    size = board.size
    grid = "".join(line(board.left, board.y(at), board.right, board.y(at)) for at, _ in board.scales.up.ticks)
    values = "".join(text(board.left - size * 0.4, board.y(at) + size * 0.35, words, anchor="end") for at, words in board.scales.up.ticks)
    foot = board.bottom + size * 1.15
    stands = board.scales.across.ticks
    marks = "".join(line(board.across(at), board.bottom, board.across(at), board.bottom + size * 0.25) for at, _ in stands)
    places = "".join(_place_label(board, at, words, foot) for at, words in stands)
    under = "" if chart.x.label == "Month" else text(board.right, foot + size * LEADING, chart.x.label, anchor="end", colour=style.MUTED)
    ground = line(board.left, board.bottom, board.right, board.bottom)
    return f'<g stroke="{style.GRID}">{grid}</g><g stroke="{style.TEXT}">{ground}{marks}</g>{values}{places}{under}'


def _place_label(board: Canvas, at: float, words: str, foot: float) -> str:
    x, half = board.across(at), text_width(words, board.size) / 2
    if x + half > board.right:
        return text(board.right, foot, words, anchor="end")
    return text(max(x, half), foot, words, anchor="middle")


def _shades(chart: Chart, board: Canvas) -> str:
    found = ""
    for layer in chart.layers:
        if isinstance(layer, Span):
            first, last = board.across(board.place(layer.first) - 0.5), board.across(board.place(layer.last) + 0.5)
            found += (
                f'<rect x="{first:.1f}" y="{board.top:.1f}" width="{last - first:.1f}" '
                f'height="{board.bottom - board.top:.1f}" fill="{style.SHADE}"/>'
            )
    return found


def _headings(chart: Chart, board: Canvas) -> str:
    size, row, found = board.size, 1, ""
    rules = [layer for layer in chart.layers if isinstance(layer, Rule)]
    look = style.LINES["break"]
    for heading in labels.headings(chart, board.scales):
        x, anchor = board.across(heading.x), "start" if heading.at_start else "end"
        top = size * LEADING * row + size * 0.2
        for words in heading.lines:
            row += 1
            found += text(x + size * (0.25 if heading.at_start else -0.25), size * LEADING * row - size * 0.25, words, anchor=anchor)
        if any(board.place(rule.x) - 0.5 == heading.x for rule in rules):
            found += f'<g stroke="{look.colour}" stroke-width="{board.px(look.width)}" stroke-dasharray="{board.dash(look)}">'
            found += line(x, top, x, board.bottom) + "</g>"
    return found


def _spot(spot: labels.Spot, board: Canvas) -> str:
    size = board.size
    y = board.y(spot.y) + (-0.5 - LEADING * spot.step if spot.above else 1.15 + LEADING * spot.step) * size
    y = min(max(y, board.top + size * 0.8), board.bottom - size * 0.3)
    x, anchor = min(board.across(spot.x), board.right), "end" if spot.at_end else "start"
    thread = f'<g stroke="{style.MUTED}">{line(x, board.y(spot.y), x, y)}</g>' if spot.leader and spot.step else ""
    return thread + text(x, y, spot.text, anchor=anchor, colour=spot.colour, halo=size / 4)
