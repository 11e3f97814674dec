"""Small drawings on a slide as plain shapes: a verdict's chip, the map of the areas, a row's picture on the clock that all rows share."""

from collections.abc import Iterable

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE

from metrics.charts.render.frame import Clock
from metrics.charts.render.slide_chart import PIXEL, Box
from metrics.charts.render.slide_columns import Column, columns
from metrics.charts.spec import Bars, Chart
from metrics.charts.style import BAND, BLUE, EDGE, INK, MUTED, ORANGE, ORANGE_TINT, PAPER, PLUM, PLUM_TINT, QUIET_BAR, RUST, SHADE
from metrics.domain.geography import Boundaries
from metrics.outputs.slides import canvas
from metrics.outputs.slides.slide import Chip

LETTER, QUIET_LETTER = 0.53, 0.54
"""How wide a letter is on average, bold and not, in sizes of the letters."""
BOXES = {
    "clear improvement": (BLUE, BLUE, False), "clear worsening": (ORANGE_TINT, ORANGE, False), "clear rise": (PLUM_TINT, PLUM, False),
    "clear fall": (PLUM_TINT, PLUM, False), "possible change": (PAPER, MUTED, True), "no clear change": (SHADE, "", False),
}
"""Fill, outline, and whether that is dashed; verdicts that tell nothing have no box."""
COLOURS = {"clear improvement": PAPER, "clear rise": PLUM, "clear fall": PLUM, "not enough data": MUTED, "cannot be compared": MUTED}
UNMARKED = ("no clear change", "not enough data", "cannot be compared")


def width(chip: Chip, size: float) -> float:
    """How wide a chip is, in pixels, for letters of a size."""
    letters = len(chip.words) + (len(chip.way) + 1.5 if chip.way else 0)
    return round(size * (2.3 + letters * (QUIET_LETTER if chip.verdict in UNMARKED else LETTER)), 1)


def add_chip(shapes, chip: Chip, place: tuple[float, float], size: float, *, most: float) -> None:
    """Put a chip at left and top on a slide as one group that reads as its words, smaller where it would be wider than allowed."""
    size = min(size, size * most / width(chip, size))
    group, (left, top) = shapes.add_group_shape(), place
    high, wide = 1.7 * size, width(chip, size)
    fill, outline, dashed = BOXES.get(chip.verdict, ("", "", False))
    look = {"fill": fill, "outline": outline, "width": 2.5, "dashed": dashed}
    box = canvas.figure(group.shapes, MSO_SHAPE.ROUNDED_RECTANGLE, (left, top, wide, high), **look)
    box.adjustments[0] = 0.16
    colour = COLOURS.get(chip.verdict, INK)
    shape(group.shapes, chip.verdict, (left + 0.5 * size, top + 0.38 * size, 0.94 * size, 0.94 * size), colour)
    runs = [(chip.words, colour, chip.verdict not in UNMARKED), *([(f"  {chip.way}", colour, False)] if chip.way else [])]
    canvas.text(group.shapes, (left + 1.75 * size, top, wide - 1.7 * size, high), runs, size, middle=True)
    canvas.describe(group, "Verdict", f"{chip.words} {chip.way}".strip())


def shape(shapes, verdict: str, box: Box, colour: str) -> None:
    """The drawn shape of a verdict in a square box."""
    left, top, side, _ = box
    match verdict:
        case "clear improvement":
            canvas.figure(shapes, MSO_SHAPE.OVAL, box, fill=colour)
        case "clear worsening":
            canvas.figure(shapes, MSO_SHAPE.DIAMOND, box, fill=ORANGE, outline=RUST)
        case "clear rise" | "clear fall":
            triangle = canvas.figure(shapes, MSO_SHAPE.ISOSCELES_TRIANGLE, box, fill=colour)
            triangle.rotation = 180 if verdict == "clear fall" else 0
        case "possible change":
            canvas.figure(shapes, MSO_SHAPE.OVAL, box, fill=PAPER, outline=colour, width=2.5)
            half = canvas.figure(shapes, MSO_SHAPE.CHORD, box, fill=colour)
            half.adjustments[0], half.adjustments[1] = 54.0, 162.0
        case "no clear change":
            canvas.figure(shapes, MSO_SHAPE.OVAL, box, fill=PAPER, outline=colour, width=2.5)
        case "not enough data":
            canvas.line(shapes, (left, top + side / 2, left + side, top + side / 2), colour, 3)
        case _:
            canvas.line(shapes, (left, top, left + side, top + side), colour, 3)
            canvas.line(shapes, (left, top + side, left + side, top), colour, 3)


QUIET_AREA = "#33618A"
FILLS = {"clear improvement": BLUE, "clear worsening": ORANGE, "clear rise": PLUM, "clear fall": PLUM, "no clear change": BAND}
RING = 20


def pointed_out(shapes, outlines: Boundaries, box: Box, place: str) -> None:
    """Every area in quiet blue, one of them white."""
    group = shapes.add_group_shape()
    for area in outlines.areas:
        for ring in outlines.rings(area):
            canvas.paint(_area(group.shapes, outlines, box, ring), fill=PAPER if area == place else QUIET_AREA, outline=BLUE, width=2)
    canvas.describe(group, "Map", "Map of every area, with this one in white")


def _sign(shapes, verdict: str, at: tuple[float, float]) -> None:
    """What tells a filled area apart in grey: a diamond for the worse, a triangle for a rise or a fall."""
    box = (at[0] - 7, at[1] - 7, 14, 14)
    if verdict == "clear worsening":
        canvas.figure(shapes, MSO_SHAPE.DIAMOND, box, fill=PAPER, outline=RUST)
    elif verdict in ("clear rise", "clear fall"):
        shape(shapes, verdict, box, PAPER)


def filled(shapes, outlines: Boundaries, box: Box, verdicts: dict[str, str], place: str, alt: str) -> None:
    """Every area filled by its verdict, worse ones with a diamond, those that rose or fell with a triangle, and a ring on one."""
    group = shapes.add_group_shape()
    for area in outlines.areas:
        verdict = verdicts.get(area, "")
        for ring in outlines.rings(area):
            outlined = _area(group.shapes, outlines, box, ring)
            canvas.paint(outlined, fill=FILLS.get(verdict, PAPER), outline=INK, width=1.2)
            if verdict == "possible change":
                _hatch(outlined)
        if area != place:
            _sign(group.shapes, verdict, _middle(outlines, box, area))
    if place in outlines.areas:
        x, y = _middle(outlines, box, place)
        canvas.figure(group.shapes, MSO_SHAPE.OVAL, (x - RING / 2, y - RING / 2, RING, RING), fill=PAPER, outline=INK, width=4)
    canvas.describe(group, "Map", alt)


def _hatch(shape) -> None:
    shape.fill.patterned()
    shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    shape.fill.fore_color.rgb, shape.fill.back_color.rgb = canvas.rgb(MUTED), canvas.rgb(PAPER)


def _area(shapes, outlines: Boundaries, box: Box, ring: list[tuple[int, int]]):
    way = [_spot(outlines, box, *at) for at in ring]
    builder = shapes.build_freeform(*(round(side * PIXEL) for side in way[0]), scale=1.0)
    builder.add_line_segments([(round(x * PIXEL), round(y * PIXEL)) for x, y in way[1:]], close=True)
    return builder.convert_to_shape()


def _spot(outlines: Boundaries, box: Box, x: float, y: float) -> tuple[float, float]:
    """A place of the grid in pixels of the slide, its proportions kept."""
    left, top, width, height = box
    scale = min(width / outlines.width, height / outlines.height)
    return left + (width - scale * outlines.width) / 2 + x * scale, top + (height - scale * outlines.height) / 2 + y * scale


def _middle(outlines: Boundaries, box: Box, area: str) -> tuple[float, float]:
    """The middle of the corners of an area's longest outline."""
    ring = max(outlines.rings(area), key=len)
    return _spot(outlines, box, sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))


Spot = tuple[float, float]


def add_row(shapes, chart: Chart, box: Box, clock: Clock) -> None:
    """
    Draw a row's picture.

    `clock`: the months that every row shows, and the day of the line M.
    """
    group = shapes.add_group_shape()
    left, top, width, height = box
    x = left + width * clock.across(clock.meeting)
    drawn = columns(chart)
    low, high = _ends(drawn.columns, from_zero=chart.y.unit != "percent")
    row = _Row(box, clock, low, high or 1.0)
    if drawn.dated:
        row.lines(group.shapes, drawn.positions, drawn.columns)
    else:
        row.bars(group.shapes, drawn.positions, drawn.columns[0], chart)
    canvas.line(group.shapes, (x, top, x, top + height), BLUE, 1.5)
    canvas.describe(group, chart.title, chart.alt)


def _ends(every: Iterable[Column], *, from_zero: bool) -> tuple[float, float]:
    """Lowest and highest figure drawn; shares have a quarter of their range above and below."""
    figures = [value for column in every if column.kind != "range" for value in column.values if value is not None]
    low, high = min(figures), max(figures)
    return (min(0.0, low), high) if from_zero else (low - (high - low) / 4, high + (high - low) / 4)


class _Row:
    """Where figures stand in one row's picture."""

    def __init__(self, box: Box, clock: Clock, low: float, high: float):
        self.left, self.top, self.width, self.height = box
        self.clock, self.low, self.reach = clock, low, max(high - low, 1e-9)

    def spot(self, period: str, value: float) -> Spot:
        """A figure's place in pixels."""
        down = 1 - (value - self.low) / self.reach
        return self.left + self.width * self.clock.across(period), self.top + self.height * down

    def lines(self, shapes, positions: tuple[str, ...], every: tuple[Column, ...]) -> None:
        """The usual range, then each line, then the newest figure as a dot."""
        lower, upper = ([column for column in every if column.kind == kind] for kind in ("base", "range"))
        if lower:
            self._band(shapes, positions, lower[0], upper[0])
        for column in every:
            if column.kind == "line" and column.look.width and column.look.dash != "sysDot" and column.look.width != 1.0:
                self._line(shapes, positions, column)
        for column in every:
            if column.ends and column.look.colour == INK:
                self._compared(shapes, positions, column, every)
        self._last(shapes, positions, every)

    def bars(self, shapes, positions: tuple[str, ...], column: Column, chart: Chart) -> None:
        """A bar for each total of twelve months, those compared in ink."""
        wide = 8.6 * self.width * self.clock.month
        compared = {period for layer in chart.layers if isinstance(layer, Bars) for period in layer.compared}
        for period, value in zip(positions, column.values, strict=True):
            if value is None or not self.clock.has(period):
                continue
            x, y = self.spot(period, value)
            box = (x - wide, y, wide, max(1.5, self.top + self.height - y))
            canvas.figure(shapes, MSO_SHAPE.RECTANGLE, box, fill=INK if period in compared else QUIET_BAR)

    def _band(self, shapes, positions: tuple[str, ...], lower: Column, width: Column) -> None:
        points = [(at, low, low + more) for at, low, more in zip(positions, lower.values, width.values, strict=True) if low is not None]
        points = [point for point in points if self.clock.has(point[0])]
        way = [self.spot(at, high) for at, _, high in points] + [self.spot(at, low) for at, low, _ in reversed(points)]
        if way:
            canvas.paint(_freeform(shapes, way, close=True), fill=BAND, outline=EDGE, width=1)

    def _line(self, shapes, positions: tuple[str, ...], column: Column) -> None:
        """Each stretch of figures without a gap."""
        stretch: list[Spot] = []
        for period, value in (*zip(positions, column.values, strict=True), ("", None)):
            if value is not None and self.clock.has(period):
                stretch.append(self.spot(period, value))
                continue
            if len(stretch) > 1:
                width = 4 if column.look.width > 4 else 1.8
                canvas.paint(_freeform(shapes, stretch, close=False), outline=column.look.colour, width=width)
            stretch = []

    def _compared(self, shapes, positions: tuple[str, ...], column: Column, every: tuple[Column, ...]) -> None:
        """The two figures compared, each with the range that chance allows."""
        ends = [next(other for other in every if other.name == name).values for name in column.ends]
        rows = [at for at, value in enumerate(column.values) if value is not None and self.clock.has(positions[at])]
        for at in rows:
            x, y = self.spot(positions[at], column.values[at])
            (_, bottom), (_, top) = (self.spot(positions[at], side[at]) for side in ends)
            canvas.line(shapes, (x, top, x, bottom), INK, 3)
            canvas.figure(shapes, MSO_SHAPE.OVAL, (x - 4.5, y - 4.5, 9, 9), fill=INK)

    def _last(self, shapes, positions: tuple[str, ...], every: tuple[Column, ...]) -> None:
        column = next((column for column in every if column.label_last), None)
        if column is None or column.ends:
            return
        at = max(row for row, value in enumerate(column.values) if value is not None)
        x, y = self.spot(positions[at], column.values[at])
        canvas.figure(shapes, MSO_SHAPE.OVAL, (x - 4.5, y - 4.5, 9, 9), fill=column.look.colour)


def _freeform(shapes, way: list[Spot], *, close: bool):
    builder = shapes.build_freeform(round(way[0][0] * PIXEL), round(way[0][1] * PIXEL), scale=1.0)
    builder.add_line_segments([(round(x * PIXEL), round(y * PIXEL)) for x, y in way[1:]], close=close)
    return builder.convert_to_shape()
