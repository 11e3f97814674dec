"""A strip of changes as a Plotly figure: words and figures of each baseline above its mark and range."""

from metrics.charts import style
from metrics.charts.render.plotly_traces import axis, base_layout, marker, note, said, stroke
from metrics.charts.render.scale import Scales, scales
from metrics.charts.render.svg_strip import figures
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Interval, Layer, Level, Points

ROW = 84
LINE = 20


def figure(chart: Chart) -> dict:
    """The strip, its first row at the top."""
    where = scales(chart)
    rows = len(where.across.ticks)
    layout = base_layout(ROW * rows + 90, {"l": 12, "r": 12, "t": 28, "b": 62})
    layout["xaxis"] = axis([where.up.low, where.up.high], where.up.ticks) | {"showgrid": False}
    layout["yaxis"] = axis([rows - 0.5, -0.5], []) | {"showgrid": False, "visible": False}
    levels = [layer for layer in chart.layers if isinstance(layer, Level)]
    layout["shapes"] = [_upright(level) for level in levels]
    layout["annotations"] = [
        *(note(level.label, level.y, 1, y_on="paper", colour=style.MUTED) for level in levels),
        *(words for row in chart.rows() for words in _words(row, chart, where)),
        note(chart.y.label, 0, 0, x_on="paper", y_on="paper", up=-34, anchor="left", stand="top", colour=style.MUTED),
    ]
    return {"data": [trace for layer in chart.layers for trace in _traces(layer, chart, where)], "layout": layout}


def _upright(level: Level) -> dict:
    return {"type": "line", "x0": level.y, "x1": level.y, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": style.TEXT, "width": 1.2}}


def _words(row: dict, chart: Chart, where: Scales) -> list[dict]:
    at = where.place(row[chart.x.label])
    behind = {"bgcolor": "rgba(255,255,255,0.75)", "borderpad": 0}
    name = note(row[chart.x.label], 0, at, x_on="paper", up=LINE, anchor="left")
    return [name | behind, note(figures(row, chart), 0, at, x_on="paper", anchor="left") | behind]


def _traces(layer: Layer, chart: Chart, where: Scales) -> list[dict]:
    if isinstance(layer, Interval):
        known = [(where.place(x) + 0.2, low, high) for x, low, high in layer.points if None not in (low, high)]
        xs = [end for _, low, high in known for end in (low, high, None)]
        ys = [at for row, _, _ in known for at in (row, row, None)]
        return [{"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": stroke(style.LINES["interval"]), "hoverinfo": "skip"}]
    if isinstance(layer, Points):
        return [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [y for _, y in layer.points],
                "y": [where.place(x) + 0.2 for x, _ in layer.points],
                "marker": marker(style.MARKS[layer.style], layer.hollow),
                "hoverinfo": "text",
                "hovertext": [said(x, y, chart) for x, y in layer.points],
            }
        ]
    return []
