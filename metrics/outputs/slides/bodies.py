"""
The bodies of slides: as pictures the headline rows, a measure's chart with its figures and the map of every area; as text the title page,
promises, concerns, chance, gaps, and the last.
"""

import io

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

from metrics.charts.render.canvas import width
from metrics.charts.render.slide_chart import BRACKET_LETTERS, FLAG, PIXEL, ROW, Box, Placed, add_chart
from metrics.charts.render.slide_columns import SIGNALS, columns
from metrics.charts.spec import Chart
from metrics.charts.spec.layers import UNUSUAL
from metrics.charts.style import BAND, BLUE, EDGE, GRID, INK, MUTED, PAPER, PLUM, RUST
from metrics.outputs.qr import code_png
from metrics.outputs.slides import canvas, small_shapes
from metrics.outputs.slides.canvas import BEFORE, BEFORE_PERIOD, BIG, FULL, KICKER, MARGIN, MEETING, PERIOD, SENTENCE, SIDE, TEXT
from metrics.outputs.slides.slide import Chance, Close, Comparison, Concerns, Cover, Finding, Gaps, Overview, PromiseRow, Promises, Slide

SHAPES = {"clear improvement": BLUE, "clear rise": PLUM, "clear fall": PLUM}
ROWS_TOP, ROWS_FOOT = 134, 660
PICTURE = (MARGIN, 160, 796, 466)
FACTS = (BIG, PERIOD, BEFORE, BEFORE_PERIOD, SENTENCE)
TITLE_SIZE, SECOND_LINE = 44, 50
"""Of the letters of a title, and how far its second line moves what is below it, in pixels."""
SHORT_FIGURE, LONG_FIGURE = 6, 68
"""Letters of a figure that stand in the largest size, and the size in pixels of a longer one."""
NAMES, PICTURES, NEWEST, VERDICT = 318, 150, 140, 280
BRACKETED = "usual range, set by the bracketed months"


def overview(shown, slide: Slide) -> None:
    """A table of names and newest figures, each row's picture and verdict laid over it."""
    body: Overview = slide.body
    first = ROWS_TOP + _second_line(slide)
    high = min(68.0, (ROWS_FOOT - first - HEAD) / max(1, len(body.rows)))
    rows = [body.columns, *((row.name, "", row.newest, "", "") for row in body.rows)]
    widths = (NAMES, PICTURES, NEWEST, VERDICT, VERDICT)
    box = (MARGIN, first, FULL, HEAD + high * len(body.rows))
    cells = table(shown, rows, box, widths, name=slide.title, sizes=(21.4, 25), middle=True)
    for at, row in enumerate(body.rows, 1):
        top = first + HEAD + high * (at - 1)
        cells.cell(at, 2).text_frame.paragraphs[0].runs[0].font.bold = True
        if row.picture is not None:
            place = (MARGIN + NAMES + 4, top + 12, PICTURES - 34, high - 24)
            small_shapes.add_row(shown.shapes, row.picture, place, body.clock)
        for chip, left in zip(row.chips, (FULL - 2 * VERDICT, FULL - VERDICT), strict=True):
            small_shapes.add_chip(shown.shapes, chip, (MARGIN + left, top + (high - 40) / 2), 22, most=VERDICT - 12)


def _second_line(slide: Slide) -> int:
    """How far a title of two lines moves what is below it."""
    return SECOND_LINE if width(slide.title, TITLE_SIZE, bold=True) > FULL else 0


def finding(shown, slide: Slide) -> None:
    """The chart left; right of it the newest figure, the one before, the verdict, one sentence."""
    body: Finding = slide.body
    fill(shown, BIG, body.newest)
    if len(body.newest) > SHORT_FIGURE:
        _smaller(shown)
    fill(shown, PERIOD, body.period)
    fill(shown, BEFORE, body.before)
    fill(shown, BEFORE_PERIOD, body.before_period)
    fill(shown, SENTENCE, body.sentence)
    down = _second_line(slide)
    for place in map(shown.placeholders.__getitem__, FACTS):
        place.top, place.left, place.width, place.height = place.top + down * PIXEL, place.left, place.width, place.height
    _chart(shown.shapes, shown, body, (PICTURE[0], PICTURE[1] + down, PICTURE[2], PICTURE[3] - down))
    top = (418 if body.before else 306) + down
    small_shapes.add_chip(shown.shapes, body.chip, (SIDE, top), 24, most=380)
    canvas.place(shown.placeholders[SENTENCE], (SIDE, top + 62, 346, 660 - top - 62))
    _after(shown)


def _chart(shapes, shown, body: Finding, box: Box) -> None:
    """The native chart with its flags, its bracket, and what both and its marks mean."""
    placed = add_chart(shown, body.chart, box)
    _flags(shapes, placed)
    _bracket(shapes, placed)
    _key(shapes, body.chart, box, bracketed=placed.bracket is not None and not placed.bracket.words)
    if body.flags:
        canvas.text(shapes, (MARGIN, 630, 800, 28), [(body.flags, MUTED, False)], 20)


def _smaller(shown) -> None:
    """A figure of many letters, such as a share of 100 people, on one line."""
    shown.placeholders[BIG].text_frame.paragraphs[0].runs[0].font.size = canvas.points(LONG_FIGURE)


def _after(shown) -> None:
    """Text is read after the chart it is about."""
    for number in FACTS:
        shown.shapes._spTree.append(shown.placeholders[number]._element)


def _flags(shapes, placed: Placed) -> None:
    """Numbered circles on their lines, above the plot."""
    _, top, _, high = placed.plot
    for flag in placed.flags:
        y = top - 14 - FLAG - flag.row * ROW
        line, fill, ink = (BLUE, BLUE, PAPER) if flag.meeting else (INK, PAPER, INK)
        canvas.line(shapes, (flag.x, y + FLAG, flag.x, top + high), line, 2.4 if flag.meeting else 2, dashed=not flag.meeting)
        circle = canvas.figure(shapes, MSO_SHAPE.OVAL, (flag.x - FLAG / 2, y, FLAG, FLAG), fill=fill, outline=line, width=2)
        canvas.bare(circle.text_frame, middle=True)
        canvas.write(circle.text_frame, [(flag.sign, ink, True)], 18, centre=True)
        canvas.describe(circle, f"Flag {flag.sign}", flag.words)


def _bracket(shapes, placed: Placed) -> None:
    """The months that set the usual range, at the foot of the plot."""
    if placed.bracket is None:
        return
    left, right = placed.bracket.left, placed.bracket.right
    foot = placed.plot[1] + placed.plot[3] - 14
    for ends in ((left, foot - 8, left, foot), (left, foot, right, foot), (right, foot - 8, right, foot)):
        canvas.line(shapes, ends, MUTED, 1.5)
    if placed.bracket.words:
        canvas.text(shapes, (right - 320, foot - 36, 320, 26), [(placed.bracket.words, MUTED, False)], BRACKET_LETTERS, right=True)


def _key(shapes, chart: Chart, box: Box, *, bracketed: bool) -> None:
    """What the marks are, in one line above the chart, each with its mark, and what sets the usual range where its bracket has no words."""
    drawn = columns(chart)
    if not drawn.dated:
        return
    kinds = {column.kind for column in drawn.columns}
    named = [name for name in UNUSUAL if any(column.look.colour == SIGNALS[name] and column.name in (UNUSUAL[name], name)
                                                  for column in drawn.columns)]
    runs = [("\N{EM DASH} ", INK, True), ("each month   " if drawn.heading == "Month" else "each quarter   ", MUTED, False)]
    for name in named[:2]:
        runs += [("\N{BLACK CIRCLE} ", SIGNALS[name], True), (f"{UNUSUAL[name]}   ", MUTED, False)]
    if "range" in kinds:
        runs += [("\N{BLACK SQUARE} ", BAND, True), (BRACKETED if bracketed else "usual range", MUTED, False)]
    elif any(column.ends for column in drawn.columns):
        runs += [("\N{BLACK CIRCLE} ", INK, True), ("compared, with what chance allows", MUTED, False)]
    canvas.text(shapes, (box[0], box[1] - 12, box[2], 28), runs, 20)


def comparison(shown, slide: Slide) -> None:
    """How many areas have which verdict, and the map where there is one."""
    body: Comparison = slide.body
    if body.outlines:
        small_shapes.filled(shown.shapes, body.outlines, (MARGIN, 190, 650, 466), dict(body.verdicts), body.place, body.alt)
    top = 206
    for verdict, many, words in body.counts:
        small_shapes.shape(shown.shapes, verdict, (746, top + 6, 32, 32), SHAPES.get(verdict, INK))
        canvas.text(shown.shapes, (794, top, 440, 44), [(f"{many}  ", INK, True), (words, INK, False)], 32)
        top += 54
    canvas.place(shown.placeholders[TEXT], (746, top + 30, 478, 640 - top))
    fill(shown, TEXT, body.sentence)


RULED = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own style of a table without lines and fills."""
TOP, PROMISE, CONCERN = 170, 122, 222
CODE = 380
HEAD = 44
BOX = 44


def fill(shown, number: int, words: str) -> None:
    """Write words into a place of the layout."""
    if words:
        canvas.write(shown.placeholders[number].text_frame, [(words, "", False)], None)


def cover(shown, slide: Slide) -> None:
    """Whose site, and which meeting."""
    body: Cover = slide.body
    fill(shown, KICKER, body.site)
    fill(shown, MEETING, body.meeting)
    if body.outlines:
        small_shapes.pointed_out(shown.shapes, body.outlines, (716, 110, 508, 500), body.place)


def promises(shown, slide: Slide) -> None:
    """A box for each promise, drawn by its status, with its day and its status in words."""
    body: Promises = slide.body
    for at, row in enumerate(body.rows):
        top = TOP + at * PROMISE
        high = 78 if width(row.text, 32) > 770 else 40
        above = (PROMISE - 8 - high - (34 if row.due else 0)) / 2
        _box(shown.shapes, row, MARGIN, top + 35)
        canvas.text(shown.shapes, (MARGIN + 70, top + above, 780, high), [(row.text, INK, False)], 32)
        if row.due:
            canvas.text(shown.shapes, (MARGIN + 70, top + above + high, 780, 34), [(row.due, MUTED, False)], 24)
        canvas.text(shown.shapes, (MARGIN + 860, top + 37, FULL - 860, 40), [(row.status, INK, True)], 28, right=True)
        canvas.line(shown.shapes, (MARGIN, top + PROMISE - 8, MARGIN + FULL, top + PROMISE - 8), GRID, 1.5)


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
            run.font.color.rgb = canvas.rgb(MUTED)
        if row.chip:
            top = 146 + HEAD + CONCERN * (at - 1) + 12
            small_shapes.add_chip(shown.shapes, row.chip, (MARGIN + FULL - 322, top), 22, most=322)
            if row.question:
                canvas.text(shown.shapes, (MARGIN + FULL - 322, top + 44, 322, 84), [(row.question, MUTED, False)], 25)


def gaps(shown, slide: Slide) -> None:
    """What cannot be said, and why."""
    body: Gaps = slide.body
    rows = [("Measure", "Why"), *body.rows]
    cells = table(shown, rows, (MARGIN, 196, FULL, HEAD + 70 * len(body.rows)), (760, FULL - 760), name=slide.title, sizes=(24, 30))
    for at in range(1, len(rows)):
        cells.cell(at, 1).text_frame.paragraphs[0].runs[0].font.color.rgb = canvas.rgb(MUTED)


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
    place = shown.placeholders[TEXT]
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


def table(shown, rows: list[tuple], box: Box, widths: tuple[float, ...], *, name: str, sizes: tuple[float, float],
          middle: bool = False):
    """A native table without fills, ruled below each row, its first row the head; `sizes` are those of its head and of its rows."""
    frame = shown.shapes.add_table(len(rows), len(rows[0]), *(Emu(round(side * PIXEL)) for side in box))
    frame.name = name
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
    ink = f'<a:solidFill><a:srgbClr val="{(INK if head else GRID)[1:]}"/></a:solidFill>'
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<a:lnB {nsdecls("a")} w="14288">{ink}</a:lnB>'))
