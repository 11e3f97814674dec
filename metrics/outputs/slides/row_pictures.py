"""The picture of a row on a slide: the chart's line, range or bars as plain shapes on the clock that all rows share."""

from collections.abc import Iterable

from pptx.enum.shapes import MSO_SHAPE

from metrics.charts.render.clock import Clock
from metrics.charts.render.slide_columns import Column, columns
from metrics.charts.spec import Chart
from metrics.outputs.slides import canvas
from metrics.outputs.slides.canvas import BLUE, EDGE, INK, PIXEL, Box

BAND, QUIET = "E4E7EA", "A9AFB3"
Spot = tuple[float, float]


def add(shapes, chart: Chart, box: Box, clock: Clock) -> None:
    """
    Draw a row's picture.

    Parameters
    ----------
    box
        Left, top, width and height in pixels.
    clock
        The months that every row shows, and the day of the line M.
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
        row.bars(group.shapes, drawn.positions, drawn.columns[0])
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
            if column.ends:
                self._estimates(shapes, positions, column, every)
        self._last(shapes, positions, every)

    def bars(self, shapes, positions: tuple[str, ...], column: Column) -> None:
        """A bar for each total of twelve months, the newest two in ink."""
        wide = 8.6 * self.width * self.clock.month
        for at, (period, value) in enumerate(zip(positions, column.values, strict=True)):
            if value is None or not self.clock.has(period):
                continue
            x, y = self.spot(period, value)
            box = (x - wide, y, wide, max(1.5, self.top + self.height - y))
            canvas.figure(shapes, MSO_SHAPE.RECTANGLE, box, fill=INK if at >= len(positions) - 2 else QUIET)

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
                canvas.paint(_freeform(shapes, stretch, close=False), outline=column.look.colour[1:], width=width)
            stretch = []

    def _estimates(self, shapes, positions: tuple[str, ...], column: Column, every: tuple[Column, ...]) -> None:
        """The newest two figures compared, each with the range that chance allows."""
        ends = [next(other for other in every if other.name == name).values for name in column.ends]
        rows = [at for at, value in enumerate(column.values) if value is not None][-2:]
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
        canvas.figure(shapes, MSO_SHAPE.OVAL, (x - 4.5, y - 4.5, 9, 9), fill=column.look.colour[1:])


def _freeform(shapes, way: list[Spot], *, close: bool):
    builder = shapes.build_freeform(round(way[0][0] * PIXEL), round(way[0][1] * PIXEL), scale=1.0)
    builder.add_line_segments([(round(x * PIXEL), round(y * PIXEL)) for x, y in way[1:]], close=close)
    return builder.convert_to_shape()
