"""
A chart over time, or of places by size, as a plain Plotly dictionary, for readers who want to point at figures.

It looks like the drawn chart, which a page shows first: 13-pixel letters, the usual range as a band, numbered flags whose key stands
under it, nothing to zoom by accident. Plain dictionaries are built in a fraction of the time of Plotly's own objects.
"""

from html import escape
from typing import assert_never

from metrics.charts import style
from metrics.charts.render import chart_key
from metrics.charts.render.frame import ORIGIN, Frame, frame
from metrics.charts.spec.chart import OWN, Chart
from metrics.charts.spec.layers import UNUSUAL, Band, Bars, Interval, Layer, Level, Line, Meeting, Note, Points, Rule, Span
from metrics.domain import periods
from metrics.narrative import number_format

DAY = 86_400_000
MONTH = 30.4375 * DAY
YEAR = 12
BAR = 0.7
"""How wide a bar is of the twelve months that it stands over, which end with its own."""


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
    has_mark = layer.style in UNUSUAL or layer.hollow or layer.names or layer.style in ("compared", "estimate")
    texts = [hover(x, y, chart, name) + tail for name, (x, y) in zip(names, layer.points, strict=True)]
    return {
        "type": "scatter", "mode": "markers", "x": [x for x, _ in layer.points], "y": [y for _, y in layer.points],
        "marker": _marker(style.MARKS[layer.style], layer.hollow) if has_mark else {"size": 6, "opacity": 0, "color": style.INK},
        "hoverinfo": "text" if layer.mark or layer.names else "skip", "hovertext": texts, "cliponaxis": False,
    }


def _marker(look: style.Mark, hollow: bool) -> dict:
    if hollow:
        return {"symbol": "circle", "size": 8, "color": style.PAPER, "line": {"color": style.INK, "width": 1.6}}
    outline = {"line": {"color": look.outline, "width": 1}} if look.outline else {}
    return {"symbol": look.shape, "size": look.size, "color": look.colour} | outline


def _bars(layer: Bars, chart: Chart) -> dict:
    colours = [style.BARS["compared" if x in layer.compared else "series"] for x, _ in layer.points]
    return {
        "type": "bar", "x": [x for x, _ in layer.points], "y": [y for _, y in layer.points], "width": BAR * YEAR * MONTH,
        "offset": (1 - YEAR + (1 - BAR) / 2 * YEAR) * MONTH,
        "marker": {"color": colours}, "hoverinfo": "text", "hovertext": [hover(x, y, chart) for x, y in layer.points],
        "text": ["" if y is None else number_format.number(y, chart.y.unit) for _, y in layer.points], "textposition": "outside",
    }


CONFIG = {"displayModeBar": False, "responsive": True}
PLOT_HEIGHT = 300
MARGINS = {"l": 48, "r": 16, "t": 44, "b": 40, "pad": 0}
TICKS, FLAG_STEP = 10, 22


def figure(chart: Chart) -> dict:
    """
    Draw a chart as a Plotly figure; its title is the heading of the page.

    Returns: `data` and `layout` as Plotly's JSON has them; show it with `CONFIG` and no theme.
    """
    if chart.flipped or chart.panels:
        raise ValueError(f"{chart.title}: a strip and small multiples are drawn, not explored")
    where = frame(chart)
    signs = chart_key.flags(chart, where) if where.dated else ()
    return {"data": [trace for layer in chart.layers for trace in traces(layer, chart, where)], "layout": _layout(chart, where, signs)}


def _layout(chart: Chart, where: Frame, signs: tuple[chart_key.Flag, ...]) -> dict:
    rows = max((flag.row for flag in signs), default=0)
    top = MARGINS["t"] + FLAG_STEP * rows
    return {
        "height": top + PLOT_HEIGHT + MARGINS["b"], "margin": MARGINS | {"t": top},
        "font": {"family": style.FONT, "size": style.LETTERING, "color": style.INK},
        "hoverlabel": {"font": {"size": 14, "family": style.FONT}, "align": "left"}, "hovermode": "x unified" if where.dated else "closest",
        "paper_bgcolor": style.PAPER, "plot_bgcolor": style.PAPER, "showlegend": False, "dragmode": False, "uirevision": chart.key,
        "xaxis": _across(where), "yaxis": _up(where), "shapes": [*(_flag_line(flag, where) for flag in signs), *_levels(chart)],
        "annotations": [_flag(flag, where, rows) for flag in signs],
    }


def _across(where: Frame) -> dict:
    common = {"fixedrange": True, "showgrid": False, "zeroline": False, "ticks": "outside", "autotickangles": [0], "nticks": TICKS}
    if not where.dated:
        return common | {"range": [where.left, where.right], "showline": False}
    ends = [date_of(where.left - 0.5), date_of(where.right - 0.5)]
    return common | {"type": "date", "range": ends, "ticklabelmode": "period", "showline": False, "rangeslider": {"visible": False}}


def _up(where: Frame) -> dict:
    return {
        "range": [where.low, where.high], "tickvals": [tick.at for tick in where.up], "ticktext": [tick.words for tick in where.up],
        "fixedrange": True, "gridcolor": style.GRID, "zeroline": where.low <= 0 <= where.high, "zerolinecolor": style.INK,
        "zerolinewidth": 1,
    }


def _flag_line(flag: chart_key.Flag, where: Frame) -> dict:
    look = style.LINES["meeting" if flag.meeting else "break"]
    at = _at(flag.x, where)
    return {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": stroke(look)}


def _flag(flag: chart_key.Flag, where: Frame, rows: int) -> dict:
    fill, ink = (style.BLUE, style.PAPER) if flag.meeting else (style.PAPER, style.INK)
    return {
        "text": flag.sign, "hovertext": escape(flag.words, quote=False), "x": _at(flag.x, where), "y": 1, "yref": "paper",
        "yshift": 4 + FLAG_STEP * (rows - flag.row), "yanchor": "bottom", "showarrow": False,
        "font": {"size": style.FLAG_LETTERING, "color": ink}, "bgcolor": fill, "bordercolor": style.BLUE if flag.meeting else style.INK,
        "borderpad": 3,
    }


def _levels(chart: Chart) -> list[dict]:
    levels = [layer for layer in chart.layers if isinstance(layer, Level) and chart.x.kind == "period"]
    ends = {"type": "line", "x0": 0, "x1": 1, "xref": "paper"}
    return [ends | {"y0": level.y, "y1": level.y, "line": stroke(style.LINES[level.style])} for level in levels]


def _at(fraction: float, where: Frame) -> str:
    """A place across the plot as a day; Plotly sets a month's figure at its first day, the plot at its middle."""
    return date_of(where.at(fraction) - 0.5)


def date_of(at: float) -> str:
    """
    A day for a number of months since January 2000 that is not whole.

    >>> date_of(0.5), date_of(11.0)
    ('2000-01-16', '2000-12-01')
    """
    whole = int(at // 1)
    return f"{periods.shift(ORIGIN, whole)}-{1 + int((at - whole) * 30):02d}"
