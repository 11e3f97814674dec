"""The workbook inside a slide's chart: the columns that are drawn, and on a second sheet the chart's table and its source."""

import io
from collections.abc import Iterable
from datetime import datetime

from xlsxwriter import Workbook

from metrics.charts.render.slide_sheet import IN_WORDS, Series, Sheet, day
from metrics.charts.spec.chart import Chart
from metrics.domain import periods
from metrics.narrative import number_format

DRAWN, TABLE = "Sheet1", "Table and source"
UNDATED = datetime(2000, 1, 1)
"""A workbook names a day of its making, and the same chart gives the same bytes."""
Spread = list[float | None]


def workbook(chart: Chart, drawn: Sheet | None, blocks: Iterable[tuple[str, tuple]] = ()) -> bytes:
    """
    The workbook of a chart.

    Parameters
    ----------
    drawn
        The columns of a chart of periods or categories.
    blocks
        For a chart of numbers against numbers, in its place: each series' name and its (x, y), one below the other.
    """
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": chart.title, "created": UNDATED})
    first = book.add_worksheet(DRAWN)
    if drawn is not None:
        _columns(first, drawn, book.add_format({"num_format": IN_WORDS}))
    else:
        _blocks(first, blocks)
    _table(book.add_worksheet(TABLE), chart)
    book.close()
    return out.getvalue()


def spread(drawn: Sheet, one: Series) -> tuple[Spread, Spread]:
    """How far a series' range reaches above and below each of its figures."""
    low, high = (drawn.series[at].values for at in one.ends)
    return _less(high, one.values), _less(one.values, low)


def spread_columns(drawn: Sheet) -> tuple[int, int]:
    """Where the two columns of distances stand, counted from nought: after all others."""
    return len(drawn.series) + 1, len(drawn.series) + 2


def _less(more, less) -> Spread:
    return [None if None in pair else pair[0] - pair[1] for pair in zip(more, less, strict=True)]


def _columns(sheet, drawn: Sheet, in_words) -> None:
    sheet.write_string(0, 0, drawn.heading)
    sheet.set_column(0, 0, 24)
    for row, (words, at) in enumerate(zip(drawn.words, drawn.positions, strict=True), start=1):
        if drawn.dated:
            sheet.write_datetime(row, 0, day(at), in_words)
        else:
            sheet.write_string(row, 0, words)
    for column, one in enumerate(drawn.series, start=1):
        sheet.write_string(0, column, one.name)
        for row, value in enumerate(one.values, start=1):
            if value is not None:
                sheet.write_number(row, column, value)
    for one in (one for one in drawn.series if one.ends):
        _distances(sheet, drawn, one)


def _distances(sheet, drawn: Sheet, one: Series) -> None:
    """The lengths of the range's two arms, as formulas, so that they follow whoever edits an end of it."""
    own = drawn.series.index(one)
    columns = spread_columns(drawn)
    for column, heading in zip(columns, ("Above", "Below"), strict=True):
        sheet.write_string(0, column, heading)
    above, below = spread(drawn, one)
    for row, pair in enumerate(zip(above, below, strict=True), start=2):
        if None in pair:
            continue
        low, high, value = (f"{letter(at + 1)}{row}" for at in (*one.ends, own))
        sheet.write_formula(row - 1, columns[0], f"={high}-{value}", None, pair[0])
        sheet.write_formula(row - 1, columns[1], f"={value}-{low}", None, pair[1])


def letter(column: int) -> str:
    """
    A column's letters, counted from nought.

    Examples
    --------
    >>> letter(0), letter(25), letter(26), letter(33)
    ('A', 'Z', 'AA', 'AH')
    """
    before, last = divmod(column, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def _blocks(sheet, blocks: Iterable[tuple[str, tuple]]) -> None:
    row = 0
    for name, points in blocks:
        sheet.write_string(row, 1, name)
        for x, y in points:
            row += 1
            sheet.write_number(row, 0, x)
            if y is not None:
                sheet.write_number(row, 1, y)
        row += 2


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


HEAD = 4
"""The row of the table's headings, counted from nought, below its title, its span and its source."""


def _cell(sheet, row: int, column: int, cell, kind: str) -> None:
    if number_format.is_missing(cell):
        return
    if kind == "period":
        sheet.write_string(row, column, periods.say(cell))
    elif kind == "text":
        sheet.write_string(row, column, str(cell))
    else:
        sheet.write_number(row, column, cell)
