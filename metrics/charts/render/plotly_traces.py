"""The layers of a chart as Plotly's traces, in the same colours and shapes as the drawn chart, with every figure at its place."""

from html import escape
from typing import assert_never

from metrics.charts import style
from metrics.charts.render.frame import Frame
from metrics.charts.spec.chart import OWN, Chart
from metrics.charts.spec.layers import Band, Bars, Interval, Layer, Level, Line, Meeting, Note, Points, Rule, Span
from metrics.domain import periods
from metrics.narrative import number_format

DAY = 86_400_000
MONTH = 30.4375 * DAY
YEAR = 12
SHAPES = {"circle": "circle", "square": "square", "diamond": "diamond", "triangle-up": "triangle-up", "triangle-down": "triangle-down"}
UNUSUAL = ("improvement", "concern", "high", "low")


def traces(layer: Layer, chart: Chart, where: Frame) -> list[dict]:
    """One layer as traces; what is a line across the plot or words is a shape or an annotation instead."""
    match layer:
        case Line():
            return [_line(layer, chart)]
        case Band():
            return [trace for piece in layer.pieces for trace in _band(piece)]
        case Interval():
            runs = [[(x, low), (x, high)] for x, low, high in layer.points]
            return [_silent(runs, layer.style)]
        case Points():
            return [_points(layer, chart)]
        case Bars():
            return [_bars(layer, chart)]
        case Level():
            return [_silent([[(where.left, layer.y), (where.right, layer.y)]], layer.style)] if not where.dated else []
        case Rule() | Meeting() | Span() | Note():
            return []
        case _:
            assert_never(layer)


def stroke(look: style.Stroke) -> dict:
    """A stroke as Plotly writes it."""
    dash = {"dash": ",".join(f"{part}px" for part in look.dash)} if look.dash else {}
    return {"color": look.colour, "width": look.width} | dash


def hover(x: str | float, y: float | None, chart: Chart, name: str = "") -> str:
    """What a pointer shows of a figure: whose, which period, how much."""
    where = name or (periods.say(x) if chart.x.kind == "period" else str(x))
    return escape(f"{where}: {number_format.number(y, chart.y.unit, signed=chart.signed)}", quote=False)


def _spaced(runs) -> tuple[list, list]:
    """The places of runs one after the other, with a gap between two."""
    xs, ys = [], []
    for run in runs:
        xs += [None] * bool(xs) + [x for x, _ in run]
        ys += [None] * bool(ys) + [y for _, y in run]
    return xs, ys


def _silent(runs, meaning: str) -> dict:
    xs, ys = _spaced(runs)
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": stroke(style.LINES[meaning]), "hoverinfo": "skip"}


def _line(layer: Line, chart: Chart) -> dict:
    """A line; the pointer shows the figures of those that carry some, and repeats none."""
    trace = _silent(layer.pieces, layer.style)
    if not layer.columns or layer.style == "provisional" or chart.x.kind != "period":
        return trace
    name = "" if layer.style in OWN else f"{layer.label}, "
    texts = [None if x is None else escape(name, quote=False) + hover(x, y, chart) for x, y in zip(trace["x"], trace["y"], strict=True)]
    return trace | {"hoverinfo": "text", "hovertext": texts}


def _band(piece) -> list[dict]:
    """The lower edge, then the upper one with the fill between them."""
    edges = [[[(row[0], row[side])] for row in piece] for side in (1, 2)]
    lower, upper = (_silent([[spot for spots in edge for spot in spots]], "limit") for edge in edges)
    return [lower, upper | {"fill": "tonexty", "fillcolor": style.BAND}]


def _points(layer: Points, chart: Chart) -> dict:
    names = layer.names or [""] * len(layer.points)
    tail = f", {escape(layer.mark, quote=False)}" if layer.mark else ""
    marked = layer.style in UNUSUAL or layer.hollow or layer.names or layer.style in ("compared", "estimate")
    texts = [hover(x, y, chart, name) + tail for name, (x, y) in zip(names, layer.points, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in layer.points],
        "y": [y for _, y in layer.points],
        "marker": _marker(style.MARKS[layer.style], layer.hollow) if marked else {"size": 6, "opacity": 0, "color": style.INK},
        "hoverinfo": "text" if layer.mark or layer.names else "skip",
        "hovertext": texts,
        "cliponaxis": False,
    }


def _marker(look: style.Mark, hollow: bool) -> dict:
    if hollow:
        return {"symbol": "circle", "size": 8, "color": style.PAPER, "line": {"color": style.INK, "width": 1.6}}
    outline = {"line": {"color": look.outline, "width": 1}} if look.outline else {}
    return {"symbol": SHAPES[look.shape], "size": look.size, "color": look.colour} | outline


def _bars(layer: Bars, chart: Chart) -> dict:
    colours = [style.BARS["compared" if x in layer.compared else "series"] for x, _ in layer.points]
    return {
        "type": "bar",
        "x": [x for x, _ in layer.points],
        "y": [y for _, y in layer.points],
        "width": 0.7 * YEAR * MONTH,
        "marker": {"color": colours},
        "hoverinfo": "text",
        "hovertext": [hover(x, y, chart) for x, y in layer.points],
        "text": ["" if y is None else number_format.number(y, chart.y.unit) for _, y in layer.points],
        "textposition": "outside",
    }
