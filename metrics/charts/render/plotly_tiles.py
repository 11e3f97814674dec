"""Small charts as one Plotly figure: a pair of axes per place, where the place lies in London, all on one scale."""

from metrics.charts import style
from metrics.charts.render.plotly_traces import axis, base_layout, date_of, note, traces
from metrics.charts.render.scale import Scales, scales
from metrics.charts.render.svg_tiles import scale_words
from metrics.charts.spec.chart import Chart, Panel
from metrics.charts.spec.layers import Points

TILE = 76
GAP = 0.12
NAME = 0.3


def figure(chart: Chart) -> dict:
    """The grid of tiles."""
    where = scales(chart)
    rows, columns = [panel.row for panel in chart.panels], [panel.column for panel in chart.panels]
    down, across = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    layout = base_layout(TILE * down + 56, {"l": 4, "r": 4, "t": 4, "b": 52})
    layout["annotations"] = [
        note(scale_words(chart, where), 0, 0, x_on="paper", y_on="paper", up=-4, anchor="left", stand="top", colour=style.MUTED),
        note(chart.y.label, 0, 0, x_on="paper", y_on="paper", up=-26, anchor="left", stand="top", colour=style.MUTED),
    ]
    data: list[dict] = []
    for index, panel in enumerate(chart.panels, start=1):
        own = "" if index == 1 else str(index)
        left, top = (panel.column - min(columns)) / across, 1 - (panel.row - min(rows)) / down
        layout |= _axes(own, left, top, 1 / across, 1 / down, where)
        layout["annotations"].append(_name(panel, left, top))
        for layer in panel.layers:
            data += [trace | {"xaxis": f"x{own}", "yaxis": f"y{own}"} for trace in traces(layer, chart, where)]
    return {"data": data, "layout": layout}


def _axes(own: str, left: float, top: float, wide: float, tall: float, where: Scales) -> dict:
    bare = {"showgrid": False, "showticklabels": False}
    xs, ys = [left, left + wide * (1 - GAP)], [max(0.0, top - tall * (1 - GAP)), top - tall * NAME]
    ends = [date_of(where.across.low), date_of(where.across.high)]
    bare_ground = bare | {"type": "date", "showline": True, "linecolor": style.GRID}
    return {
        f"xaxis{own}": axis(ends, []) | bare_ground | {"domain": xs, "anchor": f"y{own}"},
        f"yaxis{own}": axis([where.up.low, where.up.high], []) | bare | {"domain": ys, "anchor": f"x{own}"},
    }


def _name(panel: Panel, left: float, top: float) -> dict:
    chosen = any(isinstance(layer, Points) and layer.style == "chosen" for layer in panel.layers)
    colour = style.IMPROVEMENT if chosen else style.TEXT
    return note(panel.short, left, top, x_on="paper", y_on="paper", anchor="left", stand="top", colour=colour)
