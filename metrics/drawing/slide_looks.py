"""How the parts of a native chart look: strokes, marks, letters, formats and places, from the project's own style."""

import re
from collections.abc import Iterable
from math import ceil, floor

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from metrics import style
from metrics.drawing.scale import Scale
from metrics.drawing.slide_room import SIZE, Room
from metrics.drawing.slide_series import IN_WORDS

FONT = "Arial"
WIDER = 1.25
"""How much wider strokes and marks are than beside text of 16 pixels on a page: to be seen from the last row."""
SIDES = {"t": XL_LABEL_POSITION.ABOVE, "b": XL_LABEL_POSITION.BELOW, "l": XL_LABEL_POSITION.LEFT, "r": XL_LABEL_POSITION.RIGHT}
MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "square": XL_MARKER_STYLE.SQUARE,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "triangle-down": XL_MARKER_STYLE.X,  # a native chart has no triangle that points down
    "dash": XL_MARKER_STYLE.DASH,
}


def ink(colour: str) -> RGBColor:
    """A colour of `metrics.style` as slides have it."""
    return RGBColor.from_string(colour[1:])


def fill(look, colour: str) -> None:
    """Fill a shape's format with a colour."""
    look.fill.solid()
    look.fill.fore_color.rgb = ink(colour)


def stroke(line, look: style.Stroke | None) -> None:
    """Draw a line in the stroke of a meaning; none leaves it out."""
    if look is None:
        line.fill.background()
        return
    line.width = Pt(round(look.width * WIDER, 2))
    line.color.rgb = ink(look.colour)
    if look.dash:
        dotted = look.dash[0] < look.dash[1]
        line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT if dotted else MSO_LINE_DASH_STYLE.DASH


def mark(series, look: style.Mark | None, hollow: bool = False) -> None:
    """Give a series the mark of a meaning; none leaves it without."""
    if look is None:
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    series.marker.style = XL_MARKER_STYLE.CIRCLE if hollow else MARKERS[look.shape]
    series.marker.size = round((look.size + 2.5 * hollow) * WIDER)
    fill(series.marker.format, style.GRID if hollow else look.colour)
    open_shape = hollow or look.shape in ("triangle-down", "dash")
    series.marker.format.line.color.rgb = ink(look.colour)
    series.marker.format.line.width = Pt(2 if open_shape else 0.75)


def letters(native) -> None:
    """Letters of one size and colour, in the project's language, on plain paper with square corners."""
    native.font.size, native.font.name = Pt(SIZE), FONT
    native.font.color.rgb = ink(style.TEXT)
    space = native._chartSpace
    for run in space.iter(qn("a:endParaRPr"), qn("a:rPr")):
        run.set("lang", "en-GB")
    for tag, value in (("c:roundedCorners", "0"), ("c:lang", "en-GB")):
        for old in space.findall(qn(tag)):
            space.remove(old)
        first = int(space.find(qn("c:date1904")) is not None)
        space.insert(first, parse_xml(f'<{tag} {nsdecls("c")} val="{value}"/>'))


def number_format(figures: Iterable[str], unit: str, *, signed: bool = False) -> str:
    """
    The format in which a chart writes figures as `metrics.style` has written these.

    Examples
    --------
    >>> number_format([style.tick(2000, "count", 500)], "count"), number_format(["8.1", "10"], "per_1000")
    ('#,##0;"−"#,##0', '#,##0.0;"−"#,##0.0')
    >>> number_format(["+3"], "points", signed=True), number_format(["57%"], "percent")
    ('"+"#,##0;"−"#,##0;0', '#,##0"%";"−"#,##0"%"')
    """
    decimals = max((len(found[1]) for figure in figures if (found := re.search(r"\.(\d+)", figure))), default=0)
    places = f".{'0' * decimals}" if decimals else ""
    digits = f"#,##0{places}" + ('"%"' if unit == "percent" else "")
    return f'"+"{digits};"{style.MINUS}"{digits};0' if signed else f'{digits};"{style.MINUS}"{digits}'


def place_plot(native, where: Room) -> None:
    """Where the plot stands, its words not counted."""
    area = native._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}>{_manual(*where.plot, inner=True)}</c:layout>"))


def legend(native, where: Room, unnamed: Iterable[int]) -> None:
    """Names along the foot of the chart, without those of some series."""
    if not where.legend:
        native.has_legend = False
        return
    native.has_legend = True
    native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    native.legend.font.size = Pt(SIZE)
    words = native.legend._element
    for index in reversed(list(unnamed)):
        entry = f'<c:legendEntry {nsdecls("c")}><c:idx val="{index}"/><c:delete val="1"/></c:legendEntry>'
        words.find(qn("c:legendPos")).addnext(parse_xml(entry))
    for old in words.findall(qn("c:layout")):
        words.remove(old)
    share = where.legend / where.height
    layout = parse_xml(f"<c:layout {nsdecls('c')}>{_manual(0, 1 - share, 1, share)}</c:layout>")
    words.find(qn("c:overlay")).addprevious(layout)


def title_axis(axis, words: str, x: float, y: float) -> None:
    """What an axis measures, beginning at shares of the chart's width and height."""
    axis.has_title = True
    _title(axis.axis_title, [words], x, y)


def title_values(native, lines: list[str]) -> None:
    """What the values are, above their axis: as the chart's title, since that of an axis is broken after a few letters."""
    native.has_title = True
    _title(native.chart_title, lines, 0, 0)
    native.chart_title.include_in_layout = False


def _title(found, lines: list[str], x: float, y: float) -> None:
    frame = found.text_frame
    frame.text = "\n".join(lines)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(SIZE), False, FONT
        paragraph.font.color.rgb = ink(style.TEXT)
    element = found._element
    for old in element.findall(qn("c:layout")):
        element.remove(old)
    place = f'<c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{x:.5f}"/><c:y val="{y:.5f}"/></c:manualLayout>'
    element.find(qn("c:tx")).addnext(parse_xml(f"<c:layout {nsdecls('c')}>{place}</c:layout>"))


def plain_axis(axis, scale: Scale, unit: str, *, signed: bool = False) -> None:
    """Ends, steps and format of an axis of figures, its grid alone drawn; a native axis counts its ticks from its low end."""
    step = scale.ticks[1][0] - scale.ticks[0][0] if len(scale.ticks) > 1 else 1.0
    axis.minimum_scale, axis.maximum_scale = floor(scale.low / step + 1e-9) * step, ceil(scale.high / step - 1e-9) * step
    if scale.ticks[-1][1] == "100%":
        axis.maximum_scale = 100.0
    axis.major_unit = step
    axis.tick_labels.number_format = number_format((words for _, words in scale.ticks), unit, signed=signed)
    axis.tick_labels.number_format_is_linked = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis_line(axis, None, grid=True)


def months(axis, step: int) -> None:
    """An axis of months in words, of which every so many are named; the native axis would count in days."""
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = IN_WORDS, False
    element = axis._element
    for tag in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    for tag, value in (("c:baseTimeUnit", "months"), ("c:majorUnit", step), ("c:majorTimeUnit", "months")):
        element.append(parse_xml(f'<{tag} {nsdecls("c")} val="{value}"/>'))


def axis_line(axis, look: style.Stroke | None, grid: bool) -> None:
    """An axis with or without its own line and its grid."""
    stroke(axis.format.line, look)
    axis.has_major_gridlines = grid
    if grid:
        axis.major_gridlines.format.line.color.rgb = ink(style.GRID)
        axis.major_gridlines.format.line.width = Pt(1)


def call(series, name: str) -> None:
    """Name a series otherwise than the heading of its column."""
    words = series._element.find(qn("c:tx"))
    for old in list(words):
        words.remove(old)
    etree.SubElement(words, qn("c:v")).text = name


def name_point(series, row: int, words: str, side: str) -> None:
    """Write words beside one point of a series: `t`, `b`, `l` or `r` of it."""
    label = series.points[row].data_label
    label.text_frame.text = words
    for paragraph in label.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.name = Pt(SIZE), FONT
        paragraph.font.color.rgb = ink(style.TEXT)
    label.position = SIDES[side]


def _manual(x: float, y: float, width: float, height: float, *, inner: bool = False) -> str:
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    ends = "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in zip("xywh", (x, y, width, height), strict=True))
    return f'<c:manualLayout>{target}<c:xMode val="edge"/><c:yMode val="edge"/>{ends}</c:manualLayout>'
