"""
A chart as a native chart on a slide: whoever gets the slide can change its look and its figures.

Periods and categories become rows of a workbook, and lines and kinds of mark its columns. Two kinds are drawn
otherwise than on a page, as no native chart draws them so: the changes of a strip are bars with their ranges, and
small multiples are lines on the same axes, the chosen place's above the others. What a funnel sets side by side is
a chart of points.
"""

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from metrics.charts import style
from metrics.charts.render import slide_axes as axes
from metrics.charts.render import slide_looks as looks
from metrics.charts.render import slide_points
from metrics.charts.render.scale import Scale, scales
from metrics.charts.render.slide_arms import arms
from metrics.charts.render.slide_room import SIZE, Room, every, room, unit_lines
from metrics.charts.render.slide_rules import shapes
from metrics.charts.render.slide_series import sheet
from metrics.charts.render.slide_sheet import Sheet, day
from metrics.charts.render.slide_workbook import workbook
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Bars, Level, Points
from metrics.domain import periods
from metrics.narrative import number_format

SHAPES = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
BAR_GAP, STRIP_GAP = 45, 110


def add_chart(slide, chart: Chart, box: tuple[float, float, float, float]):
    """
    Put a chart on a slide.

    Parameters
    ----------
    slide
        Of a presentation of python-pptx.
    box
        Left, top, width and height, in inches.

    Returns
    -------
    GraphicFrame
        The chart's frame, which carries its alternative text.

    Raises
    ------
    ValueError
        Nothing in the chart is published.
    """
    frame = slide_points.add(slide, chart, box) if chart.x.kind == "number" else _add(slide, chart, box)
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("name", chart.title)
    about.set("descr", chart.alt)
    return frame


def _add(slide, chart: Chart, box: tuple[float, float, float, float]):
    """A chart of rows and columns: lines, bars, or a strip's bars from left to right."""
    drawn, up = sheet(chart), scales(chart).up
    named = drawn.names if len(drawn.names) > 1 and not chart.panels else []
    where = room(chart, drawn, up, named, (box[2] * 72, box[3] * 72))
    frame = slide.shapes.add_chart(_kind(chart), *(Inches(side) for side in box), _data(drawn))
    native = frame.chart
    looks.letters(native)
    looks.place_plot(native, where)
    looks.legend(native, where, drawn.unnamed)
    native.has_title = False
    if not chart.flipped:
        axes.title_values(native, unit_lines(chart, up, where.width))
    _values(native.value_axis, chart, up, where)
    _positions(native.category_axis, chart, drawn, where)
    _series(native, chart, drawn)
    native.part.chart_workbook.update_from_xlsx_blob(workbook(chart, drawn))
    _overlay(native, shapes(drawn, where))
    return frame


def _kind(chart: Chart):
    if chart.flipped:
        return XL_CHART_TYPE.BAR_CLUSTERED
    bars = any(isinstance(layer, Bars) for layer in chart.layers)
    return XL_CHART_TYPE.COLUMN_CLUSTERED if bars else XL_CHART_TYPE.LINE_MARKERS


def _data(drawn: Sheet) -> CategoryChartData:
    data = CategoryChartData()
    data.categories = [day(at) for at in drawn.positions] if drawn.dated else drawn.words
    for one in drawn.series:
        data.add_series(one.name, one.values)
    return data


def _values(axis, chart: Chart, up: Scale, where: Room) -> None:
    """The axis of values; a strip's says below it what it measures."""
    axes.plain_axis(axis, up, chart.y.unit, signed=chart.signed)
    if chart.flipped:
        levels = [layer for layer in chart.layers if isinstance(layer, Level)]
        words = "; ".join(f"{number_format.tick(level.y, 'count', 1)}: {level.label}" for level in levels)
        axis._element.crosses.val = XL_AXIS_CROSSES.MAXIMUM  # at the foot, as rows are read from the top
        axes.title_axis(axis, f"{chart.y.label} ({words})", 0.01, 1 - 1.4 * SIZE / where.height)


def _positions(axis, chart: Chart, drawn: Sheet, where: Room) -> None:
    """The axis of rows: as many of its words as fit, never turned."""
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = XL_TICK_MARK.NONE if chart.flipped else XL_TICK_MARK.OUTSIDE
    axes.axis_line(axis, style.Stroke(style.TEXT, 1), grid=False)
    axis.tick_labels.font.size = Pt(SIZE)
    if chart.flipped:
        axis.reverse_order = True
        axis._element.txPr.bodyPr.set("rot", "0")  # level words are broken into lines; others are not
        return
    if drawn.dated:
        axes.months(axis, every(periods.between(drawn.positions[0], drawn.positions[-1]) + 1, where.across))
    if chart.x.label != "Month":
        axes.title_axis(axis, chart.x.label, where.left / where.width, 1 - (where.legend + 1.2 * SIZE) / where.height)


def _series(native, chart: Chart, drawn: Sheet) -> None:
    plot = native.plots[0]
    for at, (one, own) in enumerate(zip(drawn.series, plot.series, strict=True)):
        if chart.flipped or (one.line is None and one.mark is None):
            own.invert_if_negative = False
            _bar(own, one.hidden)
        else:
            looks.stroke(own.format.line, one.line)
            looks.mark(own, one.mark, one.hollow)
            own.smooth = False
        if one.said:
            looks.call(own, one.said)
        if one.last:
            looks.name_point(own, max(row for row, value in enumerate(one.values) if value is not None), one.name, "r")
        if one.ends:
            look = style.Stroke(style.TEXT, 2) if chart.flipped else style.LINES["interval"]
            arms(own, drawn, at, look, across=chart.flipped)
    if chart.flipped:
        plot.gap_width, plot.overlap = STRIP_GAP, 100
        _by_signal(plot.series[0], chart, drawn)
    elif drawn.series[0].line is None and drawn.series[0].mark is None:
        plot.gap_width = BAR_GAP
        _figures(plot, chart, drawn)


def _bar(own, hidden: bool) -> None:
    if hidden:
        own.format.fill.background()
        own.format.line.fill.background()
    else:
        looks.fill(own.format, style.BARS["series"])


def _by_signal(own, chart: Chart, drawn: Sheet) -> None:
    """Each bar of a strip in the colour of what was found of it."""
    for layer in chart.layers:
        for at, _ in layer.points if isinstance(layer, Points) else ():
            looks.fill(own.points[drawn.positions.index(at)].format, style.MARKS[layer.style].colour)


def _figures(plot, chart: Chart, drawn: Sheet) -> None:
    """The figure of each bar above it, where the bars are few."""
    if len(drawn.words) > style.FEW_BARS:
        return
    plot.has_data_labels = True
    written = (number_format.number(value, chart.y.unit) for one in drawn.series for value in one.values if value is not None)
    plot.data_labels.number_format = axes.number_format(written, chart.y.unit)
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = Pt(SIZE)


def _overlay(native, drawing: bytes) -> None:
    """Lay shapes over a chart, as a part of its own."""
    if not drawing:
        return
    package = native.part.package
    name = PackURI(native.part.partname.replace("/charts/chart", "/drawings/drawing"))
    link = native.part.relate_to(Part(name, SHAPES, package, drawing), RT.CHART_USER_SHAPES)
    native._chartSpace.append(parse_xml(f'<c:userShapes {nsdecls("c", "r")} r:id="{link}"/>'))
