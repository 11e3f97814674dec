"""The pieces of a Plotly figure: each layer as traces or shapes, and the few settings that every figure shares."""

from html import escape

from metrics.charts import style
from metrics.charts.render.scale import ORIGIN, Scales, smallest_step
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Band, Bars, Interval, Layer, Level, Line, Points, Rule
from metrics.domain import periods
from metrics.narrative import number_format

DAY = 86_400_000
WITH_POINTS = ("series", "joined")


def base_layout(height: float, margin: dict) -> dict:
    """The settings of every figure: plain paper, text at reading size, no legend, no dragging."""
    return {
        "height": height,
        "margin": margin | {"pad": 0},
        "font": {"family": style.FONT, "size": style.TEXT_SIZE, "color": style.TEXT},
        "paper_bgcolor": style.PAPER,
        "plot_bgcolor": style.PAPER,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
    }


def axis(ends: list, ticks) -> dict:
    """An axis from one end to the other with these ticks only."""
    return {
        "range": ends,
        "tickvals": [at for at, _ in ticks],
        "ticktext": [words for _, words in ticks],
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "fixedrange": True,
        "zeroline": False,
    }


def note(words: str, x, y, *, x_on="x", y_on="y", up=0.0, left=0.0, anchor="center", stand="bottom", colour=style.TEXT) -> dict:
    """Words at a point, shifted by pixels, escaped."""
    return {
        "text": escape(words, quote=False),
        "x": x,
        "y": y,
        "xref": x_on,
        "yref": y_on,
        "xshift": left,
        "yshift": up,
        "xanchor": anchor,
        "yanchor": stand,
        "showarrow": False,
        "font": {"color": colour},
    }


def date_of(at: float) -> str:
    """
    A day for a number of months that is not whole, as a date axis needs for what stands between two months.

    Examples
    --------
    >>> date_of(0.5), date_of(11.0)
    ('2000-01-16', '2000-12-01')
    """
    whole = int(at // 1)
    return f"{periods.shift(ORIGIN, whole)}-{1 + int((at - whole) * 30):02d}"


def traces(layer: Layer, chart: Chart, where: Scales) -> list[dict]:
    """One layer as traces; rules, spans, levels and notes are shapes and words instead."""
    if isinstance(layer, Line):
        return [_line(_spaced(layer.pieces, 0), layer.style, chart, None if layer.style in WITH_POINTS else layer.label)]
    if isinstance(layer, Band):
        return [_line(_spaced(layer.pieces, side), layer.style, chart, layer.label[side == 0]) for side in (0, 1)]
    if isinstance(layer, Interval):
        return [_line(_spaced([[(x, low), (x, high)] for x, low, high in layer.points], 0), layer.style, chart, None)]
    if isinstance(layer, Points):
        return [_points(layer, chart)]
    if isinstance(layer, Bars):
        return [_bars(layer, chart, where)]
    return []


def shape_line(layer: Layer, where: Scales) -> list[dict]:
    """A rule or a level as a shape."""
    if isinstance(layer, Rule):
        at, look = date_of(where.place(layer.x) - 0.5), style.LINES["break"]
        ends = {"x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}
    elif isinstance(layer, Level):
        look = style.LINES[layer.style]
        ends = {"x0": 0, "x1": 1, "xref": "paper", "y0": layer.y, "y1": layer.y}
    else:
        return []
    return [{"type": "line", "line": stroke(look)} | ends]


def stroke(look: style.Stroke) -> dict:
    """A stroke as Plotly writes it."""
    dash = {"dash": ",".join(f"{part}px" for part in look.dash)} if look.dash else {}
    return {"color": look.colour, "width": look.width} | dash


def marker(look: style.Mark, hollow: bool) -> dict:
    """A mark as Plotly writes it."""
    if hollow:
        return {"symbol": "circle", "size": look.size + 2.5, "color": style.PAPER, "line": {"color": look.colour, "width": 1.6}}
    return {"symbol": look.shape, "size": look.size, "color": look.colour}


def said(x: str | float, y: float | None, chart: Chart, name: str = "") -> str:
    """What a pointer shows of a figure: whose, which period, how much."""
    where = name or (periods.say(x) if chart.x.kind == "period" else str(x))
    return escape(f"{where}: {number_format.number(y, chart.y.unit, signed=chart.signed)}", quote=False)


def _spaced(pieces, side: int) -> tuple[list, list]:
    xs, ys = [], []
    for piece in pieces:
        if xs:
            xs.append(None)
            ys.append(None)
        xs += [point[0] for point in piece]
        ys += [point[1 + side] for point in piece]
    return xs, ys


def _line(points: tuple[list, list], meaning: str, chart: Chart, label: str | None) -> dict:
    xs, ys = points
    trace = {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": stroke(style.LINES[meaning])}
    if label is None or chart.x.kind != "period":
        return trace | {"hoverinfo": "skip"}
    lead = f"{escape(label, quote=False)}, " if label else ""
    texts = [None if x is None else lead + said(x, y, chart) for x, y in zip(xs, ys, strict=True)]
    return trace | {"hoverinfo": "text", "hovertext": texts}


def _points(layer: Points, chart: Chart) -> dict:
    names = layer.names or [""] * len(layer.points)
    tail = f", {escape(layer.mark, quote=False)}" if layer.mark else ""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in layer.points],
        "y": [y for _, y in layer.points],
        "marker": marker(style.MARKS[layer.style], layer.hollow),
        "hoverinfo": "text",
        "hovertext": [said(x, y, chart, name) + tail for name, (x, y) in zip(names, layer.points, strict=True)],
        "cliponaxis": False,
    }


def _bars(layer: Bars, chart: Chart, where: Scales) -> dict:
    months = smallest_step(where.place(x) for x, _ in layer.points)
    few = {"text": ["" if y is None else number_format.number(y, chart.y.unit) for _, y in layer.points], "textposition": "outside"}
    return {
        "type": "bar",
        "x": [x for x, _ in layer.points],
        "y": [y for _, y in layer.points],
        "width": 0.7 * months * 30.4375 * DAY,
        "marker": {"color": style.BARS[layer.style]},
        "hoverinfo": "text",
        "hovertext": [said(x, y, chart) for x, y in layer.points],
    } | (few if len(layer.points) <= style.FEW_BARS else {})
