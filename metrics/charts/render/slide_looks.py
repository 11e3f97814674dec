"""How the parts of a native chart look: strokes, marks, letters, formats and places, from the project's own style."""

from collections.abc import Iterable

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from metrics.charts import style
from metrics.charts.render.slide_room import SIZE, Room

FONT = "Arial"
WIDER = 1.25
"""How much wider strokes are than beside text of 16 pixels on a page: to be seen from the last row."""
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
    """A colour of `metrics.charts.style` as slides have it."""
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
    series.marker.size = round(look.size + 2.5 * hollow)
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
