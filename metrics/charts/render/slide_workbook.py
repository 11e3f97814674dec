"""The workbook inside a slide's chart: the columns that are drawn, and on a second sheet the chart's table and its source."""

import io
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from metrics.charts.render.slide_columns import WIDTH, Column, Columns
from metrics.charts.spec.chart import Chart
from metrics.domain import periods
from metrics.narrative import number_format

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
    _columns(book.add_worksheet(DRAWN), drawn, book.add_format({"num_format": IN_WORDS}))
    _table(book.add_worksheet(TABLE), chart)
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


def _columns(sheet, drawn: Columns, in_words) -> None:
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


def _table(sheet, chart: Chart) -> None:
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
