"""
Slides as a PowerPoint file: wide, four layouts (title, finding, table, picture), charts that can be edited, notes for the presenter.

The same slides give the same bytes, with nobody's name in them.
"""

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime, time

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

from metrics.charts.render.slide_chart import PIXEL
from metrics.charts.style import BLUE, INK, MUTED, PAPER, RULE, TEAL
from metrics.outputs.slides import bodies
from metrics.outputs.slides.canvas import FULL, HEIGHT, KICKER, LAYOUTS, MARGIN, TITLE, WIDTH, write
from metrics.outputs.slides.slide import Facts, Slide

DRAWN = {
    "cover": ("Title", bodies.cover), "overview": ("Table", bodies.overview), "promises": ("Table", bodies.promises),
    "concerns": ("Table", bodies.concerns), "finding": ("Finding", bodies.finding),
    "comparison": ("Picture", bodies.comparison), "chance": ("Table", bodies.chance), "gaps": ("Table", bodies.gaps),
    "close": ("Picture", bodies.close),
}
"""The layout of each kind of slide, and what draws its body."""
FIRST = "[Content_Types].xml"
DAY = (1980, 1, 1, 0, 0, 0)
INSIDE = (".xlsx",)


def deck(slides: Iterable[Slide], facts: Facts) -> bytes:
    """Slides, in the order in which they are shown, as the bytes of a .pptx file."""
    presentation, every = blank_deck(facts), tuple(slides)
    for number, slide in enumerate(every, 1):
        _add(presentation, slide, f"{facts.stands}   {number} of {len(every)}")
    out = io.BytesIO()
    presentation.save(out)
    return reproducible(out.getvalue())


def _add(presentation, slide: Slide, stands: str) -> None:
    name, draw = DRAWN[slide.kind]
    layout = presentation.slide_layouts.get_by_name(name)
    shown = presentation.slides.add_slide(layout)
    write(shown.shapes.title.text_frame, [(slide.title, "", True)], None)
    if slide.kind != "cover":
        bodies.fill(shown, KICKER, slide.kicker)
    draw(shown, slide)
    _drop_empty(shown)
    _foot(shown, layout, slide, stands)
    if slide.notes:
        _notes(shown.notes_slide.notes_text_frame, slide.notes)


def _drop_empty(shown) -> None:
    """A place that nothing was written into would show its prompt when the slide is edited."""
    for place in list(shown.placeholders):
        if not place.text_frame.text:
            place._element.getparent().remove(place._element)


def _foot(shown, layout, slide: Slide, stands: str) -> None:
    """Source and number are places of the layout, which a new slide does not have by itself."""
    for place in layout.placeholders:
        kind = place.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        shown.shapes._spTree.append(deepcopy(place._element))
        own = shown.shapes[-1]
        own._element.nvSpPr.cNvPr.set("id", str(max(other.shape_id for other in shown.shapes) + 1))
        for paragraph in own._element.txBody.findall(qn("a:p")):
            for part in list(paragraph):
                paragraph.remove(part)
        text = slide.source if kind == PP_PLACEHOLDER.FOOTER else stands
        write(own.text_frame, [(text, PAPER if slide.kind == "cover" else MUTED, False)], 18)


def _notes(frame, notes: tuple[str, ...]) -> None:
    for number, note in enumerate(notes):
        (frame.paragraphs[0] if number == 0 else frame.add_paragraph()).add_run().text = note


def reproducible(packed: bytes) -> bytes:
    """
    Pack a zip again: the list of contents first, everything else by name, dated to the first day a zip knows.

    >>> out = io.BytesIO()
    >>> with zipfile.ZipFile(out, "w") as archive:
    ...     archive.writestr("b.xml", "B")
    ...     archive.writestr("a.xml", "A")
    >>> zipfile.ZipFile(io.BytesIO(reproducible(out.getvalue()))).namelist()
    ['a.xml', 'b.xml']
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != FIRST, name)):
            content = old.read(name)
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(entry, reproducible(content) if name.endswith(INSIDE) else content, compresslevel=9)
    return out.getvalue()


FOOT = (MARGIN, 674, 890, 26)
STANDS = (MARGIN + 900, 674, FULL - 900, 26)
UNNEEDED = (RT.THUMBNAIL, RT.EXTENDED_PROPERTIES)
PRINTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/printerSettings"


def blank_deck(facts: Facts) -> Presentation:
    """A presentation with nothing but its own properties and its layouts."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH * PIXEL), Emu(HEIGHT * PIXEL)
    for layout in list(deck.slide_layouts)[len(LAYOUTS):]:
        deck.slide_layouts.remove(layout)
    _draw_master(deck.slide_master)
    for layout, (name, places) in zip(deck.slide_layouts, LAYOUTS.items(), strict=True):
        _draw_layout(layout, name, places)
    _in_arial(deck)
    _unburden(deck)
    _named(deck, facts)
    return deck


def _draw_master(master) -> None:
    """Title, body, footer and number where every layout has them, under a band of blue and a line of teal."""
    _empty(master)
    tree = master.shapes._spTree
    for number, (box, colour) in enumerate((((0, 0, WIDTH, 12), BLUE), ((0, 12, WIDTH, 5), TEAL), ((MARGIN, 664, FULL, 1.5), RULE)), 2):
        tree.append(parse_xml(_rectangle(number, box, colour)))
    for number, place in enumerate((TITLE, ("body", 1, "Text", (MARGIN, 190, FULL, 460), 32, False, INK), *_feet(MUTED)), 10):
        tree.append(parse_xml(_placeholder(number, place)))


def _draw_layout(layout, name: str, places: tuple) -> None:
    _empty(layout)
    cover = name == "Title"
    layout._element.cSld.set("name", name)
    layout._element.attrib.pop("type", None)
    tree, number = layout.shapes._spTree, 2
    if cover:
        layout._element.set("showMasterSp", "0")
        ink = f'<p:bg {nsdecls("p", "a")}><p:bgPr><a:solidFill><a:srgbClr val="{BLUE[1:]}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        layout._element.cSld.insert(0, parse_xml(ink))
        for number, box in ((2, (MARGIN, 234, 370, 5)), (3, (MARGIN, 664, FULL, 1))):
            tree.append(parse_xml(_rectangle(number, box, TEAL if number == 2 else "#5A7D9C")))
    for at, place in enumerate((*places, *_feet(PAPER if cover else MUTED)), number + 1):
        tree.append(parse_xml(_placeholder(at, place)))


def _feet(colour: str) -> tuple:
    return ("ftr", 8, "Source", FOOT, 18, False, colour), ("sldNum", 9, "As at and number", STANDS, 18, False, colour)


def _empty(sheet) -> None:
    for shape in list(sheet.shapes):
        shape._element.getparent().remove(shape._element)


def _rectangle(number: int, box: tuple, colour: str) -> str:
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="Band {number}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{_frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _placeholder(number: int, place: tuple) -> str:
    """A place for text: begins at its edges, is never shrunk, has no bullets."""
    kind, index, name, box, size, bold, colour = place
    aligned = "r" if kind == "sldNum" else "l"
    ink = f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill><a:latin typeface="Arial"/>'
    level = (
        f'<a:lvl1pPr marL="0" indent="0" algn="{aligned}"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:buNone/><a:defRPr lang="en-GB" sz="{round(size * 75)}" b="{int(bold)}">{ink}</a:defRPr></a:lvl1pPr>'
    )
    field = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/><a:t>1</a:t></a:fld>'
    inside = field if kind == "sldNum" else f'<a:r><a:rPr lang="en-GB"/><a:t>{name}</a:t></a:r>'
    which = 'type="title"' if kind == "title" else f'type="{kind}" sz="quarter" idx="{index}"'
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph {which}/></p:nvPr></p:nvSpPr><p:spPr>{_frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{level}</a:lstStyle><a:p>{inside}</a:p></p:txBody></p:sp>"
    )


def _frame(box: tuple) -> str:
    left, top, width, height = (round(side * PIXEL) for side in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _in_arial(deck) -> None:
    theme = deck.slide_master.part.part_related_by(RT.THEME)
    theme._blob = theme.blob.replace(b'latin typeface="Calibri"', b'latin typeface="Arial"')
    title = deck.slide_master._element.find(qn("p:txStyles")).find(qn("p:titleStyle"))
    title.find(qn("a:lvl1pPr")).set("algn", "l")


def _unburden(deck) -> None:
    """Leave out what the template brings along: a picture of itself, who made it with what, a printer."""
    for owner, kinds in ((deck.part.package, UNNEEDED), (deck.part, (PRINTER,))):
        for key in [key for key, link in owner._rels.items() if link.reltype in kinds]:
            owner._rels.pop(key)


def _named(deck, facts: Facts) -> None:
    about, day = deck.core_properties, datetime.combine(facts.as_at, time())
    about.title, about.subject, about.author, about.last_modified_by = facts.title, facts.subject, facts.project, facts.project
    about.created, about.modified, about.revision = day, day, 1
    about.language, about.version, about.keywords = "en-GB", facts.build, ""
