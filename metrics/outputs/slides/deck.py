"""
Plain slides as a PowerPoint file: charts that can be edited, notes for whoever presents, the same bytes for the same slides.

A slide reads title, chart, text, footer. Whatever does not fit at 24 points goes on, on a slide of the same title.
"""

import io
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches, Pt

from metrics.charts import style
from metrics.charts.render.slide_chart import add_chart
from metrics.outputs.reproducible_zip import same_bytes
from metrics.outputs.slides import slide_table
from metrics.outputs.slides.fitting import pages
from metrics.outputs.slides.lettering import HIGH, Area, area, lines
from metrics.outputs.slides.master import HEIGHT, LEAST, MARGIN, NUMBER, WIDTH, blank_deck, place
from metrics.outputs.slides.slide import Facts, Slide

TITLES, BESIDE_CHARTS, TEXTS = (40, 36, 32, 28, LEAST), (32, 28, LEAST), (32, 28, LEAST)
FULL = WIDTH - 2 * MARGIN
TOP, BELOW, GAP = 0.3, 0.2, 0.3
CHART, PICTURE = 7.6, 4.0
AFTER = 0.35
"""What follows a point before the next, in lines."""
MOST_TITLE = 3.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Plan:
    """Where the parts of one slide stand, in inches: the title with its size, the footer's top, and what is left for the rest."""

    size: int
    title: Box
    foot: float
    body: Box


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
        A title or a footer is too long for any slide, or a chart has nothing to draw.
    """
    made = blank_deck(facts)
    for slide in slides:
        told = replace(slide, source=_footer(slide, facts))
        for part in _parts(told):
            _add(made, part)
    out = io.BytesIO()
    made.save(out)
    return same_bytes(out.getvalue())


def plan(slide: Slide) -> Plan:
    """
    Leave room for every line of the title and the footer.

    Raises
    ------
    ValueError
        They leave no room.

    Examples
    --------
    >>> plan(Slide("Trust fell", source="A survey")).size
    40
    """
    sizes, two = (BESIDE_CHARTS, 28) if slide.chart else (TITLES, 36)
    size = next((size for size in sizes if len(lines(slide.title, size, 72 * FULL)) <= 1 + (size <= two)), LEAST)
    high = len(lines(slide.title, size, 72 * FULL)) * size * HIGH / 72
    foot = HEIGHT - BELOW - len(lines(slide.source, LEAST, 72 * (FULL - NUMBER))) * LEAST * HIGH / 72
    if high > MOST_TITLE or foot < HEIGHT / 2:
        raise ValueError(f"the title and the footer of a slide leave no room: {slide.title[:60]}")
    top = TOP + high + GAP / 2
    return Plan(size, (MARGIN, TOP, FULL, high), foot, (MARGIN, top, FULL, foot - GAP / 2 - top))


def _footer(slide: Slide, facts: Facts) -> str:
    return slide.source if facts.build in slide.source else f"{slide.source} {facts.stands}".strip()


def _parts(slide: Slide) -> Iterator[Slide]:
    """A slide as it is, or as several where its text or table is too long for one."""
    where = plan(slide)
    if slide.rows:
        for rows in slide_table.parts(slide.rows, where.body):
            yield replace(slide, rows=rows, points=(), picture=None)
        slide = replace(slide, rows=())
        if not slide.points and slide.picture is None:
            return
    _, _, width, height = where.body
    beside = area(72 * _text_box(slide, where.body)[2], 72 * height, LEAST)
    texts = pages(slide.points, beside, area(72 * width, 72 * height, LEAST))
    yield replace(slide, points=texts[0])
    yield from (replace(slide, points=points, chart=None, picture=None) for points in texts[1:])


def _text_box(slide: Slide, body: Box) -> Box:
    """Right of a chart, left of a picture, else all there is."""
    left, top, width, height = body
    if slide.chart is not None:
        return left + CHART + GAP, top, width - CHART - GAP, height
    if slide.picture is not None:
        return left, top, width - PICTURE - GAP, height
    return body


def _add(made, slide: Slide) -> None:
    where, shown = plan(slide), made.slides.add_slide(made.slide_layouts[0])
    title, body = shown.shapes.title, shown.placeholders[1]
    place(title, where.title)
    _write(title.text_frame, (slide.title,), where.size, style.TEXT)
    left, top, width, height = where.body
    if slide.chart is not None:
        add_chart(shown, slide.chart, (left, top, CHART if slide.points else width, height))
    if slide.rows:
        slide_table.add(shown, slide.rows, where.body, name=slide.title)
    shown.shapes._spTree.append(body._element)  # text is read after what it is about
    if not slide.points:
        shown.shapes._spTree.remove(body._element)
    else:
        _points(body, slide, _text_box(slide, where.body))
    if slide.picture is not None:
        _picture(shown, slide, where.body)
    _foot(shown, made.slide_layouts[0], slide, where)
    if slide.notes:
        _write(shown.notes_slide.notes_text_frame, slide.notes, None, None)


def _points(body, slide: Slide, box: Box) -> None:
    """The points at the largest size that holds them all."""
    place(body, box)
    rooms: list[Area] = [area(72 * box[2], 72 * box[3], size) for size in TEXTS]
    size = next((room.size for room in rooms if room.holds(slide.points)), LEAST)
    _write(body.text_frame, slide.points, size, style.TEXT)


def _picture(shown, slide: Slide, body: Box) -> None:
    left, top, width, height = body
    side = min(PICTURE, height)
    picture = shown.shapes.add_picture(io.BytesIO(slide.picture), Inches(left + width - side), Inches(top), height=Inches(side))
    picture._element.nvPicPr.cNvPr.set("descr", slide.picture_alt or slide.title)


def _foot(shown, layout, slide: Slide, where: Plan) -> None:
    """Footer and number are placeholders of the layout, which a new slide does not have by itself."""
    high = HEIGHT - BELOW - where.foot
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        shown.shapes._spTree.append(deepcopy(shape._element))
        own = shown.shapes[-1]
        own._element.nvSpPr.cNvPr.set("id", str(max(other.shape_id for other in shown.shapes) + 1))
        if kind == PP_PLACEHOLDER.FOOTER:
            place(own, (MARGIN, where.foot, FULL - NUMBER, high))
            _write(own.text_frame, (slide.source,), LEAST, style.MUTED)
        else:
            place(own, (WIDTH - MARGIN - NUMBER, where.foot, NUMBER, high))


def _write(frame, texts: Iterable[str], size: float | None, colour: str | None) -> None:
    """Write texts, one a paragraph; without a size and colour in those of the place."""
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = text
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
        if size is not None:
            run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(colour[1:])
            paragraph.space_after, paragraph.space_before, paragraph.line_spacing = Pt(round(AFTER * size)), Pt(0), 1.0
