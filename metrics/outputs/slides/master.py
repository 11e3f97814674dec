"""A presentation without slides: wide, one layout of title, text, footer and number, Arial, nobody's name in it."""

from datetime import datetime, time

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches

from metrics.outputs.slides.slide import Facts

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.5
NUMBER = 0.7
LEAST = 24
"""The smallest letters outside a chart, in points."""
FOOT = 6.5
LAYOUT = "Title and Content"
BOXES = {
    PP_PLACEHOLDER.TITLE: (MARGIN, 0.3, WIDTH - 2 * MARGIN, 1.0),
    PP_PLACEHOLDER.BODY: (MARGIN, 1.5, WIDTH - 2 * MARGIN, 4.8),
    PP_PLACEHOLDER.OBJECT: (MARGIN, 1.5, WIDTH - 2 * MARGIN, 4.8),
    PP_PLACEHOLDER.FOOTER: (MARGIN, FOOT, WIDTH - 2 * MARGIN - NUMBER, 0.8),
    PP_PLACEHOLDER.SLIDE_NUMBER: (WIDTH - MARGIN - NUMBER, FOOT, NUMBER, 0.8),
}
UNNEEDED = (RT.THUMBNAIL, RT.EXTENDED_PROPERTIES)
PRINTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/printerSettings"


def blank_deck(facts: Facts) -> Presentation:
    """A presentation with nothing but its own properties and its layout."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in [layout for layout in made.slide_layouts if layout.name != LAYOUT]:
        made.slide_layouts.remove(layout)
    for sheet in (made.slide_master, made.slide_layouts[0]):
        _lay_out(sheet)
    _in_arial(made)
    _unburden(made)
    _named(made, facts)
    return made


def place(shape, box: tuple[float, float, float, float]) -> None:
    """Put a shape at left, top, width and height in inches."""
    shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in box)


def _lay_out(sheet) -> None:
    for shape in list(sheet.placeholders):
        kind = shape.placeholder_format.type
        if kind not in BOXES:
            shape._element.getparent().remove(shape._element)
            continue
        place(shape, BOXES[kind])
        _plain(shape)
    for style in sheet._element.iter(qn("a:defRPr"), qn("a:rPr"), qn("a:endParaRPr")):
        if style.get("sz") is not None:
            style.set("sz", str(max(100 * LEAST, int(style.get("sz")))))
        if style.get("lang") is not None:
            style.set("lang", "en-GB")


def _plain(shape) -> None:
    """Words that begin at the edges of their box, at its top, and are never shrunk by the program that shows them."""
    body = shape._element.txBody.find(qn("a:bodyPr"))
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")
    body.set("anchor", "t")
    for fit in list(body):
        body.remove(fit)
    for paragraph in shape._element.txBody.iter(qn("a:lvl1pPr")):
        if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            paragraph.set("algn", "l")


def _in_arial(made) -> None:
    theme = made.slide_master.part.part_related_by(RT.THEME)
    theme._blob = theme.blob.replace(b'latin typeface="Calibri"', b'latin typeface="Arial"')
    title = made.slide_master._element.find(qn("p:txStyles")).find(qn("p:titleStyle"))
    title.find(qn("a:lvl1pPr")).set("algn", "l")


def _unburden(made) -> None:
    """Leave out what the template brings along: a picture of itself, who made it with what, a printer."""
    for owner, kinds in ((made.part.package, UNNEEDED), (made.part, (PRINTER,))):
        for key in [key for key, link in owner._rels.items() if link.reltype in kinds]:
            owner._rels.pop(key)


def _named(made, facts: Facts) -> None:
    about, day = made.core_properties, datetime.combine(facts.as_at, time())
    about.title, about.subject, about.author, about.last_modified_by = facts.title, facts.subject, facts.project, facts.project
    about.created, about.modified, about.revision = day, day, 1
    about.language, about.version, about.keywords = "en-GB", facts.build, ""
