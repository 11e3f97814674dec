"""
The figures of a slide's chart: one row a month or a total, one column a line, with how each is drawn; and the workbook that holds them.

A second sheet of the workbook has the chart's table and its source.
"""

import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from metrics.charts import style
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Band, Bars, Interval, Layer, Line, Points, Value
from metrics.domain import periods
from metrics.narrative import number_format

WIDTH = "Width of the usual range"
SIGNALS = {"improvement": style.BLUE, "concern": style.RUST, "high": style.PLUM, "low": style.PLUM}
SHAPES = {"concern": "diamond", "high": "triangle", "low": "triangle"}
HEAVY, MAIN, THIN = 4.5, 2.25, 1.0
LINES = {
    "series": (style.INK, MAIN, ""), "joined": (style.INK, MAIN, ""), "provisional": (style.INK, MAIN, "sysDash"),
    "faint": (style.GREY_LINE, 1.5, ""), "centre": (style.GREY_LINE, 1.25, "sysDot"), "ghost": (style.INK, 1.25, "sysDot"),
    "beside": (style.COMPARISON, 1.75, "dash"),
}
"""Colour, width in points and dashes of each meaning of a line."""


@dataclass(frozen=True)
class Look:
    """How a column is drawn: colour and width of its line (none where it has none), dashes, marker with its size, whether hollow."""

    colour: str = style.INK
    width: float = 0.0
    dash: str = ""
    marker: str = "none"
    size: int = 0
    hollow: bool = False


@dataclass(frozen=True)
class Column:
    """
    One column: its heading, its figures by row, and its look; `kind` is `line`, `base`, `range` or `bar`.

    `ends` names the columns in which the range of its figures ends; `label_last` writes the newest figure beside its mark.
    """

    name: str
    values: tuple[Value, ...]
    look: Look = Look()
    kind: str = "line"
    ends: tuple[str, str] | None = None
    label_last: bool = False


@dataclass(frozen=True)
class Columns:
    """The positions of the rows, the columns, and whether the rows stand along an axis of months."""

    heading: str
    positions: tuple[str, ...]
    columns: tuple[Column, ...]
    dated: bool

    @property
    def start(self) -> str:
        """Where an axis of months begins: in a January, as the years named along it are read as beginning at their marks."""
        return f"{self.positions[0][:4]}-01"

    def of(self, name: str) -> Column:
        """The first column of a name."""
        return next(column for column in self.columns if column.name == name)


def columns(chart: Chart) -> Columns:
    """A chart of periods as columns."""
    figures = [(x, value) for layer in chart.layers for x, values in _data(layer) for value in values]
    if chart.x.kind != "period" or all(value is None for _, value in figures):
        raise ValueError(f"{chart.title}: a slide has no chart of this kind, or nothing is published")
    months, bars = sorted({x for x, _ in figures}), any(isinstance(layer, Bars) for layer in chart.layers)
    positions = tuple(months) if bars else tuple(periods.span(months[0], months[-1]))[:: _step(months)]
    order = {period: row for row, period in enumerate(positions)}
    drawn = [column for layer in chart.layers for column in _columns(layer, order)]
    return Columns(chart.x.label, positions, tuple(_label_last(_without_double_marks(drawn))), not bars)


def _step(months: list[str]) -> int:
    """How many months lie between two rows: those of quarterly figures stand three apart."""
    return math.gcd(*(periods.between(months[0], period) for period in months)) or 1


def _data(layer: Layer) -> Iterable[tuple]:
    return layer.data() if isinstance(layer, Line | Points | Interval | Band | Bars) else ()


def _columns(layer: Layer, order: dict[str, int]) -> Iterator[Column]:
    if isinstance(layer, Band):
        yield from _band(layer, order)
    elif isinstance(layer, Line):
        yield from _tracks(layer, order)
    elif isinstance(layer, Interval):
        yield from (_placed(name, ((x, ends[side]) for x, ends in layer.data()), order) for side, name in enumerate(layer.columns))
    elif isinstance(layer, Bars):
        yield replace(_placed(layer.columns[0], layer.points, order), kind="bar", look=Look(style.INK))
    elif isinstance(layer, Points):
        yield from _points(layer, order)


def _band(layer: Band, order: dict[str, int]) -> Iterator[Column]:
    """The two edges as lines, and the range between them as an area on top of one that is not drawn."""
    lower, upper = (_placed(name, ((x, ends[side]) for x, ends in layer.data()), order) for side, name in enumerate(layer.columns))
    width = tuple(None if None in pair else pair[1] - pair[0] for pair in zip(lower.values, upper.values, strict=True))
    edge = Look(style.EDGE, THIN)
    yield replace(lower, kind="base")
    yield Column(WIDTH, width, Look(style.BAND), "range")
    yield replace(lower, look=edge)
    yield replace(upper, look=edge)


def _tracks(layer: Line, order: dict[str, int]) -> list[Column]:
    """The pieces of a line in as few columns as keep them apart: one that follows the one before at once goes into another column."""
    name = layer.columns[0] if layer.columns else layer.label or layer.style
    tracks: list[list[Value]] = []
    ends: list[int] = []
    for piece in layer.pieces:
        first = order[piece[0][0]]
        free = next((at for at, end in enumerate(ends) if end < first - 1), len(ends))
        if free == len(ends):
            tracks.append([None] * len(order))
            ends.append(-2)
        for x, y in piece:
            tracks[free][order[x]] = y
        ends[free] = order[piece[-1][0]]
    return [Column(name, tuple(track), _line_look(layer.style)) for track in tracks]


def _line_look(meaning: str) -> Look:
    if meaning in SIGNALS:
        return Look(SIGNALS[meaning], HEAVY)
    return Look(*LINES[meaning])


def _points(layer: Points, order: dict[str, int]) -> Iterator[Column]:
    """Marks that mean something: unusual months, survey figures with their range, figures that may still change."""
    if layer.style in SIGNALS:
        look = Look(SIGNALS[layer.style], marker=SHAPES.get(layer.style, "circle"), size=7)
        yield replace(_placed(layer.mark or layer.style, layer.points, order), look=look)
    elif layer.hollow:
        yield replace(_placed(layer.mark, layer.points, order), look=Look(style.INK, marker="circle", size=7, hollow=True))
    elif layer.style in ("estimate", "compared"):
        colour = style.INK if layer.style == "compared" or layer.mark else style.EDGE
        ends = ("Could be as low as", "Could be as high as")
        yield replace(_placed(layer.mark or "Each year", layer.points, order), look=Look(colour, marker="circle", size=9), ends=ends)


def _placed(name: str, points: Iterable[tuple[str, Value]], order: dict[str, int]) -> Column:
    values: list[Value] = [None] * len(order)
    for x, y in points:
        values[order[x]] = y
    return Column(name, tuple(values))


def _without_double_marks(drawn: list[Column]) -> list[Column]:
    """Columns of one name that are only the ends of ranges are joined, so that every range stands in one pair of columns."""
    joined: dict[str, Column] = {}
    kept = []
    for column in drawn:
        bare = column.kind == "line" and not column.look.width and column.look.marker == "none"
        if bare and column.name in joined:
            old = joined[column.name]
            values = tuple(new if before is None else before for before, new in zip(old.values, column.values, strict=True))
            kept[kept.index(old)] = joined[column.name] = replace(old, values=values)
            continue
        if bare:
            joined[column.name] = column
        kept.append(column)
    return kept


def _label_last(drawn: list[Column]) -> list[Column]:
    """Tell the last column that holds the newest figure, and is no limit, to write it."""
    own = [at for at, column in enumerate(drawn) if column.kind == "line" and column.look.colour != style.EDGE and _drawn(column)]
    own = [at for at in own if drawn[at].look.dash != "sysDot"]
    newest = max((row for at in own for row, value in enumerate(drawn[at].values) if value is not None), default=-1)
    last = next((at for at in reversed(own) if drawn[at].values[newest] is not None), None) if newest >= 0 else None
    return [replace(column, label_last=at == last) for at, column in enumerate(drawn)]


def _drawn(column: Column) -> bool:
    return bool(column.look.width) or column.look.marker != "none"


DRAWN, TABLE = "Sheet1", "Table and source"
UNDATED = datetime(2000, 1, 1)
"""A workbook names a day of its making, and the same chart gives the same bytes."""
IN_WORDS = "[$-809]mmmm yyyy"
HEAD = 4
"""The row of the table's headings, counted from 0, below its title, its span and its source."""


def workbook(chart: Chart, drawn: Columns) -> bytes:
    """The workbook of a chart, as the bytes of a spreadsheet."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": chart.title, "created": UNDATED})
    _columns_sheet(book.add_worksheet(DRAWN), drawn, book.add_format({"num_format": IN_WORDS}))
    _table_sheet(book.add_worksheet(TABLE), chart)
    book.close()
    return out.getvalue()


def day(period: str) -> date:
    """
    The first day of a month, which stands for it on an axis of months.

    >>> day("2023-06").isoformat()
    '2023-06-01'
    """
    return date(int(period[:4]), int(period[5:]), 1)


def spread(drawn: Columns, column: Column) -> tuple[list[float | None], list[float | None]]:
    """How far the range of a column reaches above and below each of its figures."""
    low, high = (drawn.of(name).values for name in column.ends)
    return _less(high, column.values), _less(column.values, low)


def spread_at(drawn: Columns, column: Column) -> tuple[int, int]:
    """Where the two columns of distances stand, counted from 0: after all others, two for each column with a range."""
    ranged = [each for each in drawn.columns if each.ends]
    first = len(drawn.columns) + 1 + 2 * ranged.index(column)
    return first, first + 1


def _less(more, less) -> list[float | None]:
    return [None if None in pair else pair[0] - pair[1] for pair in zip(more, less, strict=True)]


def _columns_sheet(sheet, drawn: Columns, in_words) -> None:
    sheet.write_string(0, 0, drawn.heading)
    sheet.set_column(0, 0, 24)
    for row, period in enumerate(drawn.positions, start=1):
        if drawn.dated:
            sheet.write_datetime(row, 0, day(period), in_words)
        else:
            sheet.write_string(row, 0, periods.say(period))
    for at, column in enumerate(drawn.columns, start=1):
        _figures(sheet, at, column)
    for column in (column for column in drawn.columns if column.ends):
        _distances(sheet, drawn, column)


def _figures(sheet, at: int, column: Column) -> None:
    """A column of figures; the width of a range is a formula of its two edges, so that it follows an edit of them."""
    sheet.write_string(0, at, column.name)
    for row, value in enumerate(column.values, start=1):
        if value is not None and column.name == WIDTH:
            sheet.write_formula(row, at, f"={xl_col_to_name(at + 2)}{row + 1}-{xl_col_to_name(at + 1)}{row + 1}", None, value)
        elif value is not None:
            sheet.write_number(row, at, value)


def _distances(sheet, drawn: Columns, column: Column) -> None:
    """The lengths of a range's two arms, as formulas of its ends."""
    names = [each.name for each in drawn.columns]
    own = drawn.columns.index(column) + 1
    ends = [names.index(name) + 1 for name in column.ends]
    for at, heading, lengths in zip(spread_at(drawn, column), ("Above", "Below"), spread(drawn, column), strict=True):
        sheet.write_string(0, at, heading)
        more, less = (ends[1], own) if heading == "Above" else (own, ends[0])
        for row, length in enumerate(lengths, start=2):
            if length is not None:
                sheet.write_formula(row - 1, at, f"={xl_col_to_name(more)}{row}-{xl_col_to_name(less)}{row}", None, length)


def _table_sheet(sheet, chart: Chart) -> None:
    kinds = chart.columns()
    for row, words in enumerate(filter(None, (chart.title, chart.subtitle, chart.source))):
        sheet.write_string(row, 0, words)
    sheet.set_column(0, 0, 24)
    for column, name in enumerate(kinds):
        sheet.write_string(HEAD, column, name)
    for row, cells in enumerate(chart.rows(), start=HEAD + 1):
        for column, (name, kind) in enumerate(kinds.items()):
            _cell(sheet, row, column, cells[name], kind)


def _cell(sheet, row: int, column: int, cell, kind: str) -> None:
    if number_format.is_missing(cell):
        return
    if kind == "period":
        sheet.write_string(row, column, periods.say(cell))
    elif kind == "text":
        sheet.write_string(row, column, str(cell))
    else:
        sheet.write_number(row, column, cell)
