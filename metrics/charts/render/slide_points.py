"""Numbers against numbers on a slide: a funnel as a native chart of points, the limits and the level as lines through some."""

from dataclasses import dataclass

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Inches

from metrics.charts import style
from metrics.charts.render import labels
from metrics.charts.render import slide_axes as axes
from metrics.charts.render import slide_looks as looks
from metrics.charts.render.scale import Scale, Scales, scales
from metrics.charts.render.slide_room import SIZE, Room, room, unit_lines
from metrics.charts.render.slide_workbook import workbook
from metrics.charts.spec.chart import Axis, Chart
from metrics.charts.spec.layers import Level, Line, Points

LIMITS = "Limits"
REST = "Every other place"


@dataclass(frozen=True)
class Cloud:
    """Some (x, y) with one look; `names` are those of the points that are written beside them."""

    name: str
    points: tuple[tuple[float, float], ...]
    line: style.Stroke | None = None
    mark: style.Mark | None = None
    names: tuple[str, ...] = ()


def clouds(chart: Chart) -> tuple[Cloud, ...]:
    """What a chart of numbers shows, in the order in which it is drawn; a point of which nothing is published is left out."""
    across, found = scales(chart).across, []
    for layer in chart.layers:
        if isinstance(layer, Line):
            points = tuple(point for piece in layer.pieces for point in piece if point[1] is not None)
            found.append(Cloud(layer.label or LIMITS, points, style.LINES[layer.style]))
        elif isinstance(layer, Level):
            ends = ((across.low, layer.y), (across.high, layer.y))
            found.append(Cloud(layer.label, ends, style.LINES[layer.style], names=("", layer.label)))
        elif isinstance(layer, Points):
            found.append(_cloud(layer))
    return tuple(found)


def add(slide, chart: Chart, box: tuple[float, float, float, float]):
    """Put a chart of numbers on a slide, in a box of left, top, width and height in inches."""
    shown, where_to = clouds(chart), scales(chart)
    named = [cloud.name for at, cloud in enumerate(shown) if at not in unnamed(shown)]
    where = room(chart, None, where_to.up, named, (box[2] * 72, box[3] * 72))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *(Inches(side) for side in box), _data(shown))
    native = frame.chart
    looks.letters(native)
    looks.place_plot(native, where)
    looks.legend(native, where, unnamed(shown))
    axes.plain_axis(native.value_axis, where_to.up, chart.y.unit)
    axes.title_values(native, unit_lines(chart, where_to.up, where.width))
    _across(native.category_axis, where_to.across, chart.x, where)
    _draw(native, chart, shown, where_to)
    native.part.chart_workbook.update_from_xlsx_blob(workbook(chart, None, [(cloud.name, cloud.points) for cloud in shown]))
    return frame


def unnamed(shown: tuple[Cloud, ...]) -> list[int]:
    """Which of them the legend leaves out: a name that is there already, or that stands in the chart."""
    names = [cloud.name for cloud in shown]
    return [at for at, name in enumerate(names) if name in names[:at] or name in shown[at].names]


def _cloud(layer: Points) -> Cloud:
    held = [(name, point) for name, point in zip(layer.names, layer.points, strict=True) if point[1] is not None]
    names = tuple(name for name, _ in held)
    chosen = layer.named == "always"
    name = "; ".join(filter(None, (names[0] if chosen else "", layer.mark))) or REST
    return Cloud(name, tuple(point for _, point in held), mark=style.MARKS[layer.style], names=names if layer.named else ())


def _data(shown: tuple[Cloud, ...]) -> XyChartData:
    data = XyChartData()
    for cloud in shown:
        series = data.add_series(cloud.name)
        for x, y in cloud.points:
            series.add_data_point(x, y)
    return data


def _across(axis, across: Scale, kind: Axis, where: Room) -> None:
    axes.plain_axis(axis, across, kind.unit)
    axes.axis_line(axis, style.Stroke(style.TEXT, 1), grid=False)
    axis.tick_label_position, axis.major_tick_mark = XL_TICK_LABEL_POSITION.LOW, XL_TICK_MARK.OUTSIDE
    axes.title_axis(axis, kind.label, where.left / where.width, 1 - (where.legend + 1.2 * SIZE) / where.height)


def _draw(native, chart: Chart, shown: tuple[Cloud, ...], where_to: Scales) -> None:
    """Strokes and marks; the names that have room beside their points."""
    spots = {spot.text: spot for spot in labels.spots(chart, where_to)}
    for cloud, own in zip(shown, native.plots[0].series, strict=True):
        looks.stroke(own.format.line, cloud.line)
        looks.mark(own, cloud.mark)
        for row, name in enumerate(cloud.names):
            if name in spots:
                looks.name_point(own, row, name, "t" if spots[name].above else "b")
