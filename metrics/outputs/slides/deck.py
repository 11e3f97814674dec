"""
Slides as a PowerPoint file: the layouts of the pack, charts that can be edited, notes for the presenter.

The same slides give the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from metrics.outputs.slides import bodies
from metrics.outputs.slides.canvas import MUTED, PAPER, write
from metrics.outputs.slides.master import KICKER, blank_deck, layout_of
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
    """
    Write a presentation.

    Parameters
    ----------
    slides
        In the order in which they are shown.
    facts
        What the file says of itself.

    Returns
    -------
    bytes
        A .pptx file; the same slides and facts give the same bytes.

    Raises
    ------
    ValueError
        A chart has nothing to draw.
    """
    presentation, every = blank_deck(facts), tuple(slides)
    for number, slide in enumerate(every, 1):
        _add(presentation, slide, f"{facts.stands}   {number} of {len(every)}")
    out = io.BytesIO()
    presentation.save(out)
    return reproducible(out.getvalue())


def _add(presentation, slide: Slide, stands: str) -> None:
    name, draw = DRAWN[slide.kind]
    layout = layout_of(presentation, name)
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

    Examples
    --------
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
