"""Text, lines and boxes on a slide, in the pixels of a canvas 1280 wide and 720 high."""

from collections.abc import Iterable

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

PIXEL = 9525
WIDTH, HEIGHT, MARGIN = 1280, 720, 56
INK, MUTED, PAPER, BLUE, TEAL = "0B0C0C", "505A5F", "FFFFFF", "12436D", "28A197"
ORANGE, RUST, PLUM, EDGE, GRID, RULE, SHADE = "F46A25", "A8410B", "801650", "8A9297", "DEE0E2", "B1B4B6", "F3F4F5"
Box = tuple[float, float, float, float]
Run = tuple[str, str, bool]
"""A text, its colour, and whether it is bold."""


def place(shape, box: Box) -> None:
    """Put a shape at left, top, width and height."""
    shape.left, shape.top, shape.width, shape.height = (Emu(round(side * PIXEL)) for side in box)


def points(pixels: float) -> Pt:
    """A size of letters given in pixels."""
    return Pt(round(pixels * 0.75, 1))


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
            run.font.color.rgb = RGBColor.from_string(colour)


def text(shapes, box: Box, runs: Iterable[Run], size: float, *, middle: bool = False, right: bool = False, centre: bool = False):
    """A box of text that begins at its very edges and is never shrunk."""
    shape = shapes.add_textbox(0, 0, 0, 0)
    place(shape, box)
    bare(shape.text_frame, middle=middle)
    write(shape.text_frame, runs, size, right=right, centre=centre)
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
    shape.line.color.rgb, shape.line.width = RGBColor.from_string(colour), points(width)
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
        shape.fill.fore_color.rgb = RGBColor.from_string(fill)
    else:
        shape.fill.background()
    if outline:
        shape.line.color.rgb, shape.line.width = RGBColor.from_string(outline), points(width)
        if dashed:
            shape.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    else:
        shape.line.fill.background()


def _without_style(shape) -> None:
    """Take away what the theme adds to a shape, such as a shadow."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)


def describe(shape, name: str, words: str = "") -> None:
    """The name of a shape and the words that stand for it; without words it is decoration."""
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("name", name)
    about.set("descr", words)
