"""The bodies of slides that are a picture: the headline rows, a measure's chart with its figures, the map of every area."""

from pptx.enum.shapes import MSO_SHAPE

from metrics.charts.render.lettering import width
from metrics.charts.render.slide_chart import BRACKET_LETTERS, FLAG, ROW, Placed, add_chart
from metrics.charts.render.slide_columns import BAND, SIGNALS, columns
from metrics.charts.spec import Chart
from metrics.charts.spec.limits import SIGNAL_WORDS
from metrics.outputs.slides import canvas, small_shapes
from metrics.outputs.slides.canvas import BLUE, INK, MARGIN, MUTED, PAPER, PIXEL, PLUM
from metrics.outputs.slides.draw_texts import HEAD, fill, table
from metrics.outputs.slides.master import BEFORE, BEFORE_PERIOD, BIG, FULL, PERIOD, SENTENCE, SIDE, TEXT
from metrics.outputs.slides.slide import Comparison, Finding, Overview, Slide

SHAPES = {"clear improvement": BLUE, "clear rise": PLUM, "clear fall": PLUM}
ROWS_TOP, ROWS_FOOT = 134, 660
PICTURE = (MARGIN, 160, 796, 466)
FACTS = (BIG, PERIOD, BEFORE, BEFORE_PERIOD, SENTENCE)
TITLE_SIZE, SECOND_LINE = 44, 50
"""Of the letters of a title, and how far its second line moves what is below it, in pixels."""
SHORT_FIGURE, LONG_FIGURE = 6, 68
"""Letters of a figure that stand in the largest size, and the size in pixels of a longer one."""
NAMES, PICTURES, NEWEST = 432, 220, 158
BRACKETED = "usual range, set by the bracketed months"


def overview(shown, slide: Slide) -> None:
    """A table of names and newest figures, each row's picture and verdict laid over it."""
    body: Overview = slide.body
    high = min(56.0, (ROWS_FOOT - ROWS_TOP - HEAD) / max(1, len(body.rows)))
    rows = [body.columns, *((row.name, "", row.newest, "") for row in body.rows)]
    widths = (NAMES, PICTURES, NEWEST, FULL - NAMES - PICTURES - NEWEST)
    box = (MARGIN, ROWS_TOP, FULL, HEAD + high * len(body.rows))
    cells = table(shown, rows, box, widths, name=slide.title, sizes=(21, 26), middle=True)
    for at, row in enumerate(body.rows, 1):
        top = ROWS_TOP + HEAD + high * (at - 1)
        cells.cell(at, 2).text_frame.paragraphs[0].runs[0].font.bold = True
        if row.picture is not None:
            place = (MARGIN + NAMES + 4, top + 8, PICTURES - 40, high - 16)
            small_shapes.add_row(shown.shapes, row.picture, place, body.clock)
        place = (MARGIN + NAMES + PICTURES + NEWEST, top + (high - 40) / 2)
        small_shapes.add_chip(shown.shapes, row.chip, place, 23, most=FULL - NAMES - PICTURES - NEWEST)


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
    down = SECOND_LINE if width(slide.title, TITLE_SIZE, bold=True) > FULL else 0
    for place in shown.placeholders:
        if place.placeholder_format.idx in FACTS:
            place.top, place.left, place.width, place.height = place.top + down * PIXEL, place.left, place.width, place.height
    _chart(shown.shapes, shown, body, (PICTURE[0], PICTURE[1] + down, PICTURE[2], PICTURE[3] - down))
    top = (418 if body.before else 306) + down
    small_shapes.add_chip(shown.shapes, body.chip, (SIDE, top), 24, most=380)
    sentence = next(place for place in shown.placeholders if place.placeholder_format.idx == SENTENCE)
    canvas.place(sentence, (SIDE, top + 62, 346, 660 - top - 62))
    _after(shown)


def _chart(shapes, shown, body: Finding, box: canvas.Box) -> None:
    """The native chart with its flags, its bracket, and what both and its marks mean."""
    placed = add_chart(shown, body.chart, box)
    _flags(shapes, placed)
    _bracket(shapes, placed)
    _key(shapes, body.chart, box, bracketed=placed.bracket is not None and not placed.bracket.words)
    if body.flags:
        canvas.text(shapes, (MARGIN, 630, 800, 28), [(body.flags, MUTED, False)], 20)


def _smaller(shown) -> None:
    """A figure of many letters, such as a share of 100 people, on one line."""
    place = next(place for place in shown.placeholders if place.placeholder_format.idx == BIG)
    place.text_frame.paragraphs[0].runs[0].font.size = canvas.points(LONG_FIGURE)


def _after(shown) -> None:
    """Text is read after the chart it is about."""
    for place in list(shown.placeholders):
        if place.placeholder_format.idx in FACTS:
            shown.shapes._spTree.append(place._element)


def _flags(shapes, placed: Placed) -> None:
    """Numbered circles on their lines, above the plot."""
    _, top, _, high = placed.plot
    for flag in placed.flags:
        meeting = flag.text == "M"
        y = top - 14 - FLAG - flag.row * ROW
        canvas.line(shapes, (flag.x, y + FLAG, flag.x, top + high), BLUE if meeting else INK, 2.4 if meeting else 2, dashed=not meeting)
        circle = canvas.figure(shapes, MSO_SHAPE.OVAL, (flag.x - FLAG / 2, y, FLAG, FLAG), fill=BLUE if meeting else PAPER,
                               outline=BLUE if meeting else INK, width=2)
        canvas.bare(circle.text_frame, middle=True)
        canvas.write(circle.text_frame, [(flag.text, PAPER if meeting else INK, True)], 18, centre=True)
        canvas.describe(circle, f"Flag {flag.text}", flag.label)


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


def _key(shapes, chart: Chart, box: canvas.Box, *, bracketed: bool) -> None:
    """What the marks are, in one line above the chart, each with its mark, and what sets the usual range where its bracket has no words."""
    drawn = columns(chart)
    if not drawn.dated:
        return
    kinds = {column.kind for column in drawn.columns}
    named = [name for name in SIGNAL_WORDS if any(column.look.colour == SIGNALS[name] and column.name in (SIGNAL_WORDS[name], name)
                                                  for column in drawn.columns)]
    runs = [("\N{EM DASH} ", INK, True), ("each month   " if drawn.heading == "Month" else "each quarter   ", MUTED, False)]
    for name in named[:2]:
        runs += [("\N{BLACK CIRCLE} ", SIGNALS[name][1:], True), (f"{SIGNAL_WORDS[name]}   ", MUTED, False)]
    if "range" in kinds:
        runs += [("\N{BLACK SQUARE} ", BAND[1:], True), (BRACKETED if bracketed else "usual range", MUTED, False)]
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
    place = next(place for place in shown.placeholders if place.placeholder_format.idx == TEXT)
    canvas.place(place, (746, top + 30, 478, 640 - top))
    fill(shown, TEXT, body.sentence)
