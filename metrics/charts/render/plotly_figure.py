"""
A chart as a plain Plotly dictionary, for the app: no template, nothing that needs a pointer, nothing to zoom by accident.

Plain dictionaries are built in a fraction of the time of Plotly's own objects and weigh a third.
"""

from html import escape

from metrics.charts import style
from metrics.charts.render import labels, plotly_strip, plotly_tiles
from metrics.charts.render.plotly_traces import axis, base_layout, date_of, note, shape_line, traces
from metrics.charts.render.scale import ORIGIN, Scales, scales
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Span
from metrics.domain import periods

CONFIG = {"displayModeBar": False, "responsive": True}
PLOT_HEIGHT = 280
LINE = 20


def figure(chart: Chart, *, titled: bool = False) -> dict:
    """
    Draw a chart as a Plotly figure.

    Parameters
    ----------
    chart
        What is seen.
    titled
        Whether the title stands in the figure; a page has it as its heading.

    Returns
    -------
    dict
        `data` and `layout` as Plotly's JSON has them; show it with `CONFIG` and no theme.

    Raises
    ------
    ValueError
        Nothing in the chart is published.
    """
    if chart.panels:
        drawn = plotly_tiles.figure(chart)
    elif chart.flipped:
        drawn = plotly_strip.figure(chart)
    else:
        drawn = _plot(chart)
    if titled:
        drawn["layout"]["title"] = {"text": escape(chart.title, quote=False), "x": 0, "xref": "container", "yref": "container", "y": 0.99}
        drawn["layout"]["margin"]["t"] += 2 * LINE
    return drawn


def _plot(chart: Chart) -> dict:
    where = scales(chart)
    headings, notes = labels.headings(chart, where), labels.notes(chart, where)
    left = max(len(words) for _, words in where.up.ticks) * 10 + 12
    top = LINE * (1 + sum(len(heading.lines) for heading in headings)) + 12
    titled_axis = chart.x.kind == "number" or chart.x.label != "Month"
    bottom = LINE * (1 + len(notes) + titled_axis) + 16
    layout = base_layout(top + PLOT_HEIGHT + bottom, {"l": left, "r": 22, "t": top, "b": bottom})
    layout["xaxis"] = _positions(chart, where)
    layout["yaxis"] = axis([where.up.low, where.up.high], where.up.ticks) | {"gridcolor": style.GRID, "showgrid": True}
    layout["shapes"] = _shapes(chart, where)
    layout["annotations"] = [
        note(chart.y.label, 0, 1, x_on="paper", y_on="paper", up=top - LINE, left=-left, anchor="left", colour=style.MUTED),
        *_headings(headings, where, chart),
        *(_spot(spot, chart) for spot in labels.spots(chart, where)),
        *_under(chart, notes, titled_axis, left),
    ]
    return {"data": [trace for layer in chart.layers for trace in traces(layer, chart, where)], "layout": layout}


def _positions(chart: Chart, where: Scales) -> dict:
    ticks = [(_at(at, chart), words) for at, words in where.across.ticks]
    pad = 0 if chart.x.kind == "period" else (where.across.high - where.across.low) / 50
    ends = [_at(where.across.low - pad, chart), _at(where.across.high + pad, chart)]
    kind = {"type": "date"} if chart.x.kind == "period" else {}
    return axis(ends, ticks) | kind | {"showgrid": False, "showline": True, "linecolor": style.TEXT, "ticks": "outside"}


def _at(at: float, chart: Chart) -> str | float:
    if chart.x.kind != "period":
        return at
    return periods.shift(ORIGIN, int(at)) if float(at).is_integer() else date_of(at)


def _shapes(chart: Chart, where: Scales) -> list[dict]:
    found = []
    for layer in chart.layers:
        if isinstance(layer, Span):
            ends = date_of(where.place(layer.first) - 0.5), date_of(where.place(layer.last) + 0.5)
            found.append(
                {"type": "rect", "x0": ends[0], "x1": ends[1], "y0": 0, "y1": 1, "yref": "paper", "fillcolor": style.SHADE}
                | {"line": {"width": 0}, "layer": "below"}
            )
        else:
            found += shape_line(layer, where)
    return found


def _headings(headings: list[labels.Heading], where: Scales, chart: Chart) -> list[dict]:
    rest, found = sum(len(heading.lines) for heading in headings), []
    for heading in headings:
        rest -= len(heading.lines)
        words, anchor = "<br>".join(escape(part, quote=False) for part in heading.lines), "left" if heading.at_start else "right"
        place = note("", _at(heading.x, chart), 1, y_on="paper", up=rest * LINE, anchor=anchor)
        found.append(place | {"text": words, "align": anchor})
    return found


def _spot(spot: labels.Spot, chart: Chart) -> dict:
    up = (4 + labels.NARROW_LINE * PLOT_HEIGHT * spot.step) * (1 if spot.above else -1)
    stand, anchor = ("bottom" if spot.above else "top"), ("right" if spot.at_end else "left")
    words = note(spot.text, _at(spot.x, chart), spot.y, up=up, anchor=anchor, stand=stand, colour=spot.colour)
    if spot.leader and spot.step:
        return words | {"yshift": 0, "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": style.MUTED, "ax": 0, "ay": -up}
    return words | {"bgcolor": "rgba(255,255,255,0.75)", "borderpad": 0}


def _under(chart: Chart, notes: list[str], titled_axis: bool, left: int) -> list[dict]:
    rows = []
    if titled_axis:
        rows.append(note(chart.x.label, 1, 0, x_on="paper", y_on="paper", up=-30, anchor="right", stand="top", colour=style.MUTED))
    for row, words in enumerate(notes, start=1 + titled_axis):
        low = -10 - LINE * row
        rows.append(note(words, 0, 0, x_on="paper", y_on="paper", up=low, left=-left, anchor="left", stand="top", colour=style.MUTED))
    return rows
