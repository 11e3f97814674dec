"""The bodies of slides that are text: the title page, promises, concerns, chance, gaps, and the last."""

import io

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

from metrics.charts.render.lettering import width
from metrics.outputs.qr import code_png
from metrics.outputs.slides import canvas, small_shapes
from metrics.outputs.slides.canvas import BLUE, EDGE, GRID, INK, MARGIN, MUTED, PIXEL, RUST
from metrics.outputs.slides.master import FULL, KICKER, SAID, TEXT
from metrics.outputs.slides.slide import Chance, Close, Concerns, Cover, Gaps, PromiseRow, Promises, Slide

RULED = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own style of a table without lines and fills."""
TOP, ROW, CONCERN = 170, 122, 222
CODE = 380
HEAD = 44
BOX = 44


def fill(shown, number: int, words: str) -> None:
    """Write words into a place of the layout."""
    place = next(place for place in shown.placeholders if place.placeholder_format.idx == number)
    if words:
        canvas.write(place.text_frame, [(words, "", False)], None)


def cover(shown, slide: Slide) -> None:
    """Whose site, and which meeting."""
    body: Cover = slide.body
    fill(shown, KICKER, body.site)
    fill(shown, SAID, body.meeting)
    if body.outlines:
        small_shapes.pointed_out(shown.shapes, body.outlines, (716, 110, 508, 500), body.place)


def promises(shown, slide: Slide) -> None:
    """A box for each promise, drawn by its status, with its day and its status in words."""
    body: Promises = slide.body
    for at, row in enumerate(body.rows):
        top = TOP + at * ROW
        high = 78 if width(row.text, 32) > 770 else 40
        above = (ROW - 8 - high - (34 if row.due else 0)) / 2
        _box(shown.shapes, row, MARGIN, top + 35)
        canvas.text(shown.shapes, (MARGIN + 70, top + above, 780, high), [(row.text, INK, False)], 32)
        if row.due:
            canvas.text(shown.shapes, (MARGIN + 70, top + above + high, 780, 34), [(row.due, MUTED, False)], 24)
        canvas.text(shown.shapes, (MARGIN + 860, top + 37, FULL - 860, 40), [(row.status, INK, True)], 28, right=True)
        canvas.line(shown.shapes, (MARGIN, top + ROW - 8, MARGIN + FULL, top + ROW - 8), GRID, 1.5)


def _box(shapes, row: PromiseRow, left: float, top: float) -> None:
    open_ = row.mark == "open"
    colour = MUTED if open_ else BLUE if row.mark == "done" else RUST
    place = (left, top, BOX, BOX)
    box = canvas.figure(shapes, MSO_SHAPE.ROUNDED_RECTANGLE, place, outline=colour, width=3, dashed=open_)
    canvas.describe(box, f"Box: {row.status}")
    if row.mark == "done":
        canvas.figure(shapes, MSO_SHAPE.RECTANGLE, (left + 11, top + 11, BOX - 22, BOX - 22), fill=BLUE)
    elif not open_:
        canvas.line(shapes, (left + 5, top + 5, left + BOX - 5, top + BOX - 5), RUST, 4)
        canvas.line(shapes, (left + 5, top + BOX - 5, left + BOX - 5, top + 5), RUST, 4)


def concerns(shown, slide: Slide) -> None:
    """You said, we did: a table of a row for each concern, the verdicts laid over its last column."""
    body: Concerns = slide.body
    rows = [(*body.columns, ""), *((row.text, row.done, row.figure, "") for row in body.rows)]
    cells = table(shown, rows, (MARGIN, 146, FULL, HEAD + CONCERN * len(body.rows)), (356, 200, 290, 322), name=slide.title, sizes=(24, 30))
    # A cell that holds even a space becomes a second line of the head, which pushes the rows from under their verdicts.
    cells.cell(0, 3).text_frame.clear()
    cells.cell(0, 2).merge(cells.cell(0, 3))
    for at, row in enumerate(body.rows, 1):
        first = cells.cell(at, 0).text_frame.paragraphs[0].runs[0]
        first.font.bold = True
        frame = cells.cell(at, 2).text_frame
        frame.paragraphs[0].runs[0].font.bold = True
        if row.detail:
            run = frame.add_paragraph().add_run()
            run.text, run.font.size, run.font.name = row.detail, canvas.points(25), "Arial"
            run.font.color.rgb = RGBColor.from_string(MUTED)
        if row.chip:
            small_shapes.add_chip(shown.shapes, row.chip, (MARGIN + FULL - 322, 146 + HEAD + CONCERN * (at - 1) + 12), 22, most=322)


def gaps(shown, slide: Slide) -> None:
    """What cannot be said, and why."""
    body: Gaps = slide.body
    rows = [("Measure", "Why"), *body.rows]
    cells = table(shown, rows, (MARGIN, 196, FULL, HEAD + 70 * len(body.rows)), (760, FULL - 760), name=slide.title, sizes=(24, 30))
    for at in range(1, len(rows)):
        cells.cell(at, 1).text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(MUTED)


def chance(shown, slide: Slide) -> None:
    """A dot for each charted measure, filled where it stands out, over a bracket of as many as chance gives."""
    body: Chance = slide.body
    if body.among:
        _dots(shown.shapes, body, slide.title)
        canvas.text(shown.shapes, (MARGIN, 338, FULL, 44), [(body.bracket, INK, False)], 32)
    canvas.text(shown.shapes, (MARGIN, 436, FULL, 90), [(body.sentence, INK, False)], 32)


def _dots(shapes, body: Chance, words: str) -> None:
    step = min(69.0, FULL / max(1, body.among))
    side = step * 0.81
    group = shapes.add_group_shape()
    for at in range(body.among):
        box = (MARGIN + at * step, 240, side, side)
        on = at < body.stand_out
        canvas.figure(group.shapes, MSO_SHAPE.OVAL, box, fill=INK if on else "", outline=INK if on else EDGE, width=4)
    right = MARGIN + max(1, body.expected) * step - (step - side)
    for ends in ((MARGIN, 312, MARGIN, 325), (MARGIN, 325, right, 325), (right, 312, right, 325)):
        canvas.line(group.shapes, ends, INK, 3)
    canvas.describe(group, "A dot for each charted measure", words)


def close(shown, slide: Slide) -> None:
    """The square code, the address, the next meeting."""
    body: Close = slide.body
    left = MARGIN + CODE + 60 if body.url else MARGIN
    place = next(place for place in shown.placeholders if place.placeholder_format.idx == TEXT)
    canvas.place(place, (left, 170, MARGIN + FULL - left, 470))
    frame = place.text_frame
    for number, (name, words) in enumerate(pair for pair in body.lines if pair[0]):
        for at, (text, bold) in enumerate(((name, True), (words, False))):
            paragraph = frame.paragraphs[0] if number == at == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.bold = text, bold
            paragraph.space_after = canvas.points(18) if at else canvas.points(0)
    if body.url:
        code = shown.shapes.add_picture(io.BytesIO(code_png(body.url)), *(Emu(side * PIXEL) for side in (MARGIN, 160, CODE, CODE)))
        code._element.nvPicPr.cNvPr.set("descr", body.alt)


def table(shown, rows: list[tuple], box: canvas.Box, widths: tuple[float, ...], *, name: str, sizes: tuple[float, float],
          middle: bool = False):
    """A native table without fills, ruled below each row, its first row the head; `sizes` are those of its head and of its rows."""
    frame = shown.shapes.add_table(len(rows), len(rows[0]), *(Emu(round(side * PIXEL)) for side in box))
    frame._element.nvGraphicFramePr.cNvPr.set("name", name)
    grid = frame.table
    grid.horz_banding = False
    grid._tbl.tblPr.find(qn("a:tableStyleId")).text = RULED
    for column, across in zip(grid.columns, widths, strict=True):
        column.width = Emu(round(across * PIXEL))
    for at, row in enumerate(rows):
        grid.rows[at].height = Emu(round((HEAD if at == 0 else (box[3] - HEAD) / (len(rows) - 1)) * PIXEL))
        for column, words in enumerate(row):
            _cell(grid.cell(at, column), words, sizes[at > 0], head=at == 0, middle=middle)
    return grid


def _cell(cell, words: str, size: float, *, head: bool, middle: bool) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    cell.margin_left, cell.margin_right = Emu(0), Emu(16 * PIXEL)
    cell.margin_top = cell.margin_bottom = Emu((2 if head or middle else 8) * PIXEL)
    canvas.write(cell.text_frame, [(words or " ", MUTED if head else INK, False)], size)
    ink = f'<a:solidFill><a:srgbClr val="{INK if head else GRID}"/></a:solidFill>'
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<a:lnB {nsdecls("a")} w="14288">{ink}</a:lnB>'))
