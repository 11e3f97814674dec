"""A slide as a canvas 1280 pixels wide and 720 high: the places of its layouts, and text, lines and boxes on it."""

from collections.abc import Iterable

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from metrics.charts.render.slide_chart import PIXEL, Box
from metrics.charts.style import INK, MUTED, PAPER

WIDTH, HEIGHT, MARGIN = 1280, 720, 56
FULL = WIDTH - 2 * MARGIN
SIDE = 878
"""Where what stands right of a chart begins."""
KICKER, MEETING, BIG, PERIOD, BEFORE, BEFORE_PERIOD, SENTENCE, TEXT = range(10, 18)
"""The numbers of the places for text that a slide fills."""
TITLE = ("title", 0, "Title", (MARGIN, 78, FULL, 104), 44, True, INK)
KICK = ("body", KICKER, "Kicker", (MARGIN, 44, FULL, 32), 24, False, MUTED)
LAYOUTS = {
    "Title": (
        ("title", 0, "Title", (MARGIN, 274, 640, 200), 56, True, PAPER),
        ("body", KICKER, "Site", (MARGIN, 190, 640, 34), 26, False, PAPER),
        ("body", MEETING, "Meeting", (MARGIN, 486, 640, 44), 32, False, PAPER),
    ),
    "Finding": (
        TITLE, KICK,
        ("body", BIG, "Newest figure", (SIDE, 142, 370, 100), 88, True, INK),
        ("body", PERIOD, "Its period", (SIDE, 246, 370, 42), 32, False, INK),
        ("body", BEFORE, "Figure before", (SIDE, 300, 370, 62), 52, True, MUTED),
        ("body", BEFORE_PERIOD, "Its period", (SIDE, 362, 370, 40), 32, False, MUTED),
        ("body", SENTENCE, "Sentence", (SIDE, 482, 346, 170), 30, False, INK),
    ),
    "Table": (TITLE, KICK),
    "Picture": (TITLE, KICK, ("body", TEXT, "Text", (746, 400, 478, 240), 32, False, INK)),
}
"""What each layout has besides its foot: kind, number and name of a place, its box, and the size, weight and colour of its letters."""
Run = tuple[str, str, bool]
"""A text, its colour, and whether it is bold."""


def place(shape, box: Box) -> None:
    """Put a shape at left, top, width and height."""
    shape.left, shape.top, shape.width, shape.height = (Emu(round(side * PIXEL)) for side in box)


def points(pixels: float) -> Pt:
    """A size of letters given in pixels."""
    return Pt(round(pixels * 0.75, 1))


def rgb(colour: str) -> RGBColor:
    """A colour of `metrics.charts.style` as PowerPoint has it."""
    return RGBColor.from_string(colour[1:])


def write(frame, runs: Iterable[Run], size: float | None, *, centre: bool = False, right: bool = False) -> None:
    """Write runs of text into the first paragraph of a frame; without a size in that of its place."""
    paragraph = frame.paragraphs[0]
    if centre or right:
        paragraph.alignment = PP_ALIGN.CENTER if centre else PP_ALIGN.RIGHT
    for text, colour, bold in runs:
        run = paragraph.add_run()
        run.text, run.font.language_id = text, MSO_LANGUAGE_ID.ENGLISH_UK
        if size is not None:
            run.font.size, run.font.bold, run.font.name = points(size), bold, "Arial"
            run.font.color.rgb = rgb(colour)


def text(shapes, box: Box, runs: Iterable[Run], size: float, *, middle: bool = False, right: bool = False):
    """A box of text that begins at its very edges and is never shrunk."""
    shape = shapes.add_textbox(0, 0, 0, 0)
    place(shape, box)
    bare(shape.text_frame, middle=middle)
    write(shape.text_frame, runs, size, right=right)
    return shape


def bare(frame, *, middle: bool = False) -> None:
    """A text frame without margins that wraps its words."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP


def line(shapes, ends: Box, colour: str, width: float, *, dashed: bool = False):
    """A straight line from left, top to right, bottom, its width in pixels."""
    shape = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Emu(round(end * PIXEL)) for end in ends))
    _without_style(shape)
    shape.line.color.rgb, shape.line.width = rgb(colour), points(width)
    if dashed:
        shape.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    return shape


def figure(shapes, kind: MSO_SHAPE, box: Box, *, fill: str = "", outline: str = "", width: float = 1.5, dashed: bool = False):
    """A plain shape with a fill, an outline, or both."""
    shape = shapes.add_shape(kind, 0, 0, 0, 0)
    place(shape, box)
    paint(shape, fill=fill, outline=outline, width=width, dashed=dashed)
    return shape


def paint(shape, *, fill: str = "", outline: str = "", width: float = 1.5, dashed: bool = False) -> None:
    """Fill and outline a shape; nothing that its theme would add."""
    _without_style(shape)
    if fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    else:
        shape.fill.background()
    if outline:
        shape.line.color.rgb, shape.line.width = rgb(outline), points(width)
        if dashed:
            shape.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    else:
        shape.line.fill.background()


def _without_style(shape) -> None:
    """Take away what the theme adds to a shape, such as a shadow."""
    for part in shape._element.findall(qn("p:style")):
        shape._element.remove(part)


def describe(shape, name: str, words: str = "") -> None:
    """The name of a shape and the words that stand for it; without words it is decoration."""
    shape.name = name
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
