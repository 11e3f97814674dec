"""
How files are spoilt between a publisher and their import: by a bad line, a spreadsheet, a mail, a hand that slipped.

Each spoiler takes the bytes of a file and gives other bytes, or None where the file has nothing to be spoilt in that way. Those of
`HARMLESS` change how a figure is written and not what it is. Which cells are figures, areas and categories is told from the file.
"""

import csv
import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

Cells = list[list[str]]
Spoiler = Callable[[bytes], bytes | None]
NUMBER = re.compile(r"\d{1,7}(?:[.,]\d{1,4})?")
LARGE = 1000
AREA_NAMES = ("Barnet", "Brent", "Sutton")


def cells_of(raw: bytes) -> Cells:
    """The cells of a CSV file."""
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def bytes_of(rows: Cells, separator: str = ",") -> bytes:
    """Cells as a CSV file with LF."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def figure_columns(rows: Cells) -> list[int]:
    """The columns that hold figures: numbers in nearly every row, and more than a year or a date."""
    some = rows[1 : len(rows) : max(1, len(rows) // 200)]
    counts = [sum(bool(NUMBER.fullmatch(row[i])) for row in some) for i in range(len(rows[0]))]
    dates = [i for i, name in enumerate(rows[0]) if name.lower() in ("date", "year", "month_year", "fy_fyindex", "mps")]
    return [i for i, count in enumerate(counts) if count > 0.9 * len(some) and i not in dates]


def is_wide(rows: Cells) -> bool:
    """Whether each month is a column."""
    return sum(bool(re.fullmatch(r"\d{6}", name)) for name in rows[0]) > 1


def area_column(rows: Cells) -> int | None:
    """The first column in which an area's name stands."""
    return next((i for i in range(len(rows[0])) if any(row[i] == AREA_NAMES[0] for row in rows)), None)


def kind_column(rows: Cells) -> int | None:
    """The column that tells one category, question or measure from another."""
    names = ("minor category", "minortext", "subgroup", "crime subtype", "offence subgroup", "measure", "metric")
    lower = [name.lower() for name in rows[0]]
    return next((lower.index(name) for name in names if name in lower), None)


def date_column(rows: Cells) -> int | None:
    """The column of dates of a tall file."""
    lower = [name.lower() for name in rows[0]]
    return next((lower.index(name) for name in ("month_year", "date", "year", "period") if name in lower), None)


def of_rows(change: Callable[[Cells], Cells | None]) -> Spoiler:
    """A spoiler of bytes from one of cells."""

    def spoil(raw: bytes) -> bytes | None:
        changed = change(cells_of(raw))
        return None if changed is None else bytes_of(changed)

    spoil.__name__ = change.__name__
    return spoil


def with_figures(rows: Cells, change: Callable[[str], str], columns: list[int] | None = None) -> Cells:
    """The rows with each figure written another way."""
    wanted = set(figure_columns(rows) if columns is None else columns)
    return [rows[0], *([change(cell) if i in wanted else cell for i, cell in enumerate(row)] for row in rows[1:])]


def newest(rows: Cells) -> tuple[list[int], set[int]]:
    """The columns and rows of the newest month's figures."""
    if is_wide(rows):
        return [len(rows[0]) - 1], set(range(1, len(rows)))
    date = date_column(rows)
    dates = pd.to_datetime(pd.Series([row[date] for row in rows[1:]]), format="mixed", dayfirst=True)
    return figure_columns(rows), {i + 1 for i in dates.index[dates == dates.max()]}


def newest_figures(rows: Cells, change: Callable[[str], str]) -> Cells:
    """The rows with the newest month's figures changed."""
    columns, lines = newest(rows)
    return [
        [change(cell) if i in lines and j in columns and NUMBER.fullmatch(cell) else cell for j, cell in enumerate(row)]
        for i, row in enumerate(rows)
    ]


def times(cell: str, factor: float) -> str:
    """A figure times a factor, written as it was."""
    value = float(cell.replace(",", ".")) * factor
    if re.fullmatch(r"\d+", cell):
        return str(round(value))
    return f"{value:.4g}".replace(".", "," if "," in cell else ".")


def largest_cell(rows: Cells) -> tuple[int, int]:
    """Where the largest figure stands."""
    columns = figure_columns(rows)
    return max(((i, j) for i in range(1, len(rows)) for j in columns if NUMBER.fullmatch(rows[i][j])),
               key=lambda at: float(rows[at[0]][at[1]].replace(",", ".")))


def digit_less(cell: str) -> str:
    """A figure without its last digit, a proportion without its first."""
    whole, mark, decimals = cell.partition("," if "," in cell else ".")
    return f"{whole}{mark}{decimals[1:] or '0'}" if mark else cell[:-1] or "0"


# Cut, doubled, replaced.


def cut_in_half(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def cut_at_a_line(raw: bytes) -> bytes:
    return raw[: raw.rindex(b"\n", 0, len(raw) * 6 // 10) + 1]


def without_the_last_lines(raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    return b"".join(lines[: len(lines) * 9 // 10])


def without_the_first_lines(raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    return b"".join([lines[0], *lines[len(lines) // 10 :]])


def a_web_page(raw: bytes) -> bytes:
    return b"<!DOCTYPE html><html><body>Sign in to download</body></html>\n"


def nothing(raw: bytes) -> bytes:
    return b""


def twice_over(raw: bytes) -> bytes:
    return raw + raw


def rows_twice(raw: bytes) -> bytes:
    return raw + raw.split(b"\n", 1)[1]


# Saved again.


def in_utf_16(raw: bytes) -> bytes:
    return raw.decode("utf-8-sig").encode("utf-16")


def with_semicolons(raw: bytes) -> bytes:
    return bytes_of(cells_of(raw), ";")


def with_tabs(raw: bytes) -> bytes:
    return bytes_of(cells_of(raw), "\t")


def with_carriage_returns(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r")


def crlf(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def with_a_mark(raw: bytes) -> bytes:
    return b"\xef\xbb\xbf" + raw


def empty_rows_at_the_end(raw: bytes) -> bytes:
    return raw.rstrip(b"\r\n") + b"\n" + b"," * (len(cells_of(raw)[0]) - 1) + b"\n"


@of_rows
def empty_columns_at_the_end(rows: Cells) -> Cells:
    return [[*row, "", ""] for row in rows]


@of_rows
def names_with_spaces(rows: Cells) -> Cells:
    area = area_column(rows)
    return None if area is None else [rows[0], *([f"{cell} " if i == area else cell for i, cell in enumerate(row)] for row in rows[1:])]


@of_rows
def names_in_capitals(rows: Cells) -> Cells | None:
    area = area_column(rows)
    return None if area is None else [rows[0], *([cell.upper() if i == area else cell for i, cell in enumerate(row)] for row in rows[1:])]


@of_rows
def thousands_separated(rows: Cells) -> Cells | None:
    if not any(re.fullmatch(r"\d{4,}", cell) for i in figure_columns(rows) for cell in (row[i] for row in rows[1:])):
        return None
    return with_figures(rows, lambda cell: f"{int(cell):,}" if re.fullmatch(r"\d{4,}", cell) else cell)


@of_rows
def thousands_apart(rows: Cells) -> Cells | None:
    if not any(re.fullmatch(r"\d{4,}", cell) for i in figure_columns(rows) for cell in (row[i] for row in rows[1:])):
        return None
    return with_figures(rows, lambda cell: f"{int(cell):,}".replace(",", " ") if re.fullmatch(r"\d{4,}", cell) else cell)


@of_rows
def counts_as_decimals(rows: Cells) -> Cells:
    return with_figures(rows, lambda cell: f"{cell}.0" if re.fullmatch(r"\d+", cell) else cell)


@of_rows
def counts_in_thousands(rows: Cells) -> Cells:
    return with_figures(rows, lambda cell: f"{int(cell) / LARGE:.3f}" if re.fullmatch(r"\d+", cell) else cell)


@of_rows
def scientific(rows: Cells) -> Cells:
    return with_figures(rows, lambda cell: f"{float(cell):.2E}" if re.fullmatch(r"\d{3,}", cell) else cell)


@of_rows
def months_as_words(rows: Cells) -> Cells | None:
    if not is_wide(rows):
        return None
    return [[pd.Timestamp(f"{c[:4]}-{c[4:]}-01").strftime("%b-%y") if re.fullmatch(r"\d{6}", c) else c for c in rows[0]], *rows[1:]]


@of_rows
def dates_turned_about(rows: Cells) -> Cells | None:
    """ISO dates become d/m/y in the first half and m/d/y in the second."""
    date, half = date_column(rows), len(rows) // 2
    if date is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", rows[1][date]):
        return None
    turned = []
    for i, row in enumerate(rows[1:]):
        year, month, day = row[date].split("-")
        text = f"{day}/{month}/{year}" if i < half else f"{month}/{day}/{year}"
        turned.append([text if j == date else cell for j, cell in enumerate(row)])
    return [rows[0], *turned]


# Gone.


@of_rows
def a_row_gone(rows: Cells) -> Cells:
    i, _ = largest_cell(rows)
    return [row for line, row in enumerate(rows) if line != i]


@of_rows
def an_area_gone(rows: Cells) -> Cells | None:
    area = area_column(rows)
    return None if area is None else [row for row in rows if row[area] != AREA_NAMES[0]]


@of_rows
def a_category_gone(rows: Cells) -> Cells | None:
    kind = kind_column(rows)
    if kind is None:
        return None
    names = pd.Series([row[kind] for row in rows[1:]]).value_counts()
    return [row for row in rows if row[kind] != names.index[0]]


@of_rows
def a_month_gone(rows: Cells) -> Cells | None:
    if is_wide(rows):
        return [row[:-4] + row[-3:] for row in rows]
    date = date_column(rows)
    months = list(dict.fromkeys(row[date] for row in rows[1:]))
    return None if len(months) < 4 else [row for row in rows if row[date] != months[-3]]


@of_rows
def a_column_gone(rows: Cells) -> Cells:
    return [row[:-1] for row in rows] if not is_wide(rows) else [row[1:] for row in rows]


@of_rows
def cells_gone(rows: Cells) -> Cells:
    i, j = largest_cell(rows)
    return [[("" if (a, b) == (i, j) else cell) for b, cell in enumerate(row)] for a, row in enumerate(rows)]


# Shifted, swapped, renamed.


@of_rows
def figures_a_row_down(rows: Cells) -> Cells:
    columns = figure_columns(rows)
    above = [rows[-1], *rows[1:-1]]
    return [rows[0], *([up[j] if j in columns else cell for j, cell in enumerate(row)] for row, up in zip(rows[1:], above, strict=True))]


@of_rows
def one_column_sorted(rows: Cells) -> Cells:
    column = figure_columns(rows)[-1]
    values = sorted((row[column] for row in rows[1:]), key=lambda cell: float(cell.replace(",", ".") or 0) if NUMBER.fullmatch(cell) else 0)
    return [rows[0], *([values[i] if j == column else cell for j, cell in enumerate(row)] for i, row in enumerate(rows[1:]))]


@of_rows
def figures_a_month_on(rows: Cells) -> Cells | None:
    if not is_wide(rows):
        return None
    first = next(i for i, name in enumerate(rows[0]) if re.fullmatch(r"\d{6}", name))
    return [rows[0], *([*row[:first], row[-1], *row[first:-1]] for row in rows[1:])]


@of_rows
def two_months_swapped(rows: Cells) -> Cells | None:
    if not is_wide(rows):
        return None
    return [rows[0], *([*row[:-4], row[-1], *row[-3:-1], row[-4]] for row in rows[1:])]


@of_rows
def newest_month_is_the_one_before(rows: Cells) -> Cells | None:
    return [rows[0], *([*row[:-1], row[-2]] for row in rows[1:])] if is_wide(rows) else None


@of_rows
def newest_month_is_that_of_a_year_before(rows: Cells) -> Cells | None:
    return [rows[0], *([*row[:-1], row[-13]] for row in rows[1:])] if is_wide(rows) and len(rows[0]) > 16 else None


@of_rows
def an_area_renamed(rows: Cells) -> Cells | None:
    area = area_column(rows)
    return None if area is None else [["Barnett Vale" if cell == "Barnet" else cell for cell in row] for row in rows]


@of_rows
def an_area_as_another(rows: Cells) -> Cells | None:
    area = area_column(rows)
    return None if area is None else [[AREA_NAMES[1] if cell == AREA_NAMES[0] else cell for cell in row] for row in rows]


@of_rows
def two_areas_swapped(rows: Cells) -> Cells | None:
    swap = {AREA_NAMES[0]: AREA_NAMES[2], AREA_NAMES[2]: AREA_NAMES[0]}
    return None if area_column(rows) is None else [[swap.get(cell, cell) for cell in row] for row in rows]


@of_rows
def a_category_renamed(rows: Cells) -> Cells | None:
    kind = kind_column(rows)
    return None if kind is None else [[cell + " (NEW)" if j == kind and cell == rows[1][kind] else cell for j, cell in enumerate(row)]
                                      for row in rows]


@of_rows
def two_categories_swapped(rows: Cells) -> Cells | None:
    kind = kind_column(rows)
    if kind is None:
        return None
    often = pd.Series([row[kind] for row in rows[1:]]).value_counts().index
    swap = dict(zip(often[:2], often[1::-1], strict=True)) if len(often) > 1 else {}
    return [[swap.get(cell, cell) if j == kind else cell for j, cell in enumerate(row)] for row in rows] if swap else None


# Figures that are others.


@of_rows
def rounded_to_fives(rows: Cells) -> Cells:
    return with_figures(rows, lambda cell: str(5 * round(int(cell) / 5)) if re.fullmatch(r"\d+", cell) else cell)


@of_rows
def newest_month_zero(rows: Cells) -> Cells:
    return newest_figures(rows, lambda cell: "0")


@of_rows
def newest_month_cut(rows: Cells) -> Cells:
    return newest_figures(rows, lambda cell: times(cell, 1 / 3))


@of_rows
def newest_month_tenfold(rows: Cells) -> Cells:
    return newest_figures(rows, lambda cell: times(cell, 10))


@of_rows
def a_digit_lost(rows: Cells) -> Cells:
    i, j = largest_cell(rows)
    return [[digit_less(cell) if (a, b) == (i, j) else cell for b, cell in enumerate(row)] for a, row in enumerate(rows)]


@of_rows
def a_digit_gained(rows: Cells) -> Cells:
    i, j = largest_cell(rows)
    return [[cell + "0" if (a, b) == (i, j) else cell for b, cell in enumerate(row)] for a, row in enumerate(rows)]


@of_rows
def a_digit_lost_in_the_newest_month(rows: Cells) -> Cells | None:
    columns, lines = newest(rows)
    i = max(lines, key=lambda line: float(rows[line][columns[0]].replace(",", ".") or 0) if NUMBER.fullmatch(rows[line][columns[0]]) else 0)
    return [[digit_less(cell) if (a, b) == (i, columns[0]) else cell for b, cell in enumerate(row)] for a, row in enumerate(rows)]


@of_rows
def all_times_ten(rows: Cells) -> Cells:
    return with_figures(rows, lambda cell: times(cell, 10) if NUMBER.fullmatch(cell) else cell)


@of_rows
def all_times_a_hundred(rows: Cells) -> Cells:
    return with_figures(rows, lambda cell: times(cell, 100) if NUMBER.fullmatch(cell) else cell)


@of_rows
def all_by_a_hundred(rows: Cells) -> Cells:
    return with_figures(rows, lambda cell: times(cell, 0.01) if NUMBER.fullmatch(cell) else cell)


@of_rows
def a_minus(rows: Cells) -> Cells:
    i, j = largest_cell(rows)
    return [[f"-{cell}" if (a, b) == (i, j) else cell for b, cell in enumerate(row)] for a, row in enumerate(rows)]


@of_rows
def a_star(rows: Cells) -> Cells:
    i, j = largest_cell(rows)
    return [["*" if (a, b) == (i, j) else cell for b, cell in enumerate(row)] for a, row in enumerate(rows)]


@of_rows
def a_formula(rows: Cells) -> Cells:
    i, j = largest_cell(rows)
    return [[f"={cell}+0" if (a, b) == (i, j) else cell for b, cell in enumerate(row)] for a, row in enumerate(rows)]


# Databases, JSON and Parquet.


def changed_database(raw: bytes, statement: str) -> bytes:
    """A SQLite file after one statement for each of its tables that the statement fits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        path.write_bytes(raw)
        connection = sqlite3.connect(path)
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            figures = next((column for column in columns if column.lower() in ("y", "yval", "value")), None)
            date = next((column for column in columns if column.lower() in ("xd", "xvardt", "timeperiod_label")), None)
            if figures and date:
                connection.execute(statement.format(table=f'"{name}"', value=f'"{figures}"', date=f'"{date}"'))
        connection.commit()
        connection.close()
        return path.read_bytes()


def database_tenfold(raw: bytes) -> bytes:
    return changed_database(raw, "UPDATE {table} SET {value} = {value} * 10")


def database_by_a_hundred(raw: bytes) -> bytes:
    return changed_database(raw, "UPDATE {table} SET {value} = {value} / 100.0")


def database_half_gone(raw: bytes) -> bytes:
    return changed_database(raw, "DELETE FROM {table} WHERE rowid % 2 = 0")


def database_emptied(raw: bytes) -> bytes:
    return changed_database(raw, "DELETE FROM {table}")


def database_as_text(raw: bytes) -> bytes:
    return changed_database(raw, "UPDATE {table} SET {value} = 'n/a' WHERE rowid = 5")


def database_newest_zero(raw: bytes) -> bytes:
    return changed_database(raw, "UPDATE {table} SET {value} = 0 WHERE {date} = (SELECT max({date}) FROM {table})")


def parquet_changed(raw: bytes, change: Callable[[pd.DataFrame], pd.DataFrame]) -> bytes:
    """A Parquet file with its frame changed."""
    out = io.BytesIO()
    change(pd.read_parquet(io.BytesIO(raw))).to_parquet(out, index=False)
    return out.getvalue()


def parquet_twice_over(raw: bytes) -> bytes:
    return parquet_changed(raw, lambda table: pd.concat([table, table]))


def parquet_half_gone(raw: bytes) -> bytes:
    return parquet_changed(raw, lambda table: table.iloc[::2])


def parquet_area_gone(raw: bytes) -> bytes:
    area = next(name for name in pd.read_parquet(io.BytesIO(raw)).columns if "borough" in name.lower())
    return parquet_changed(raw, lambda table: table[table[area] != AREA_NAMES[0]])


def parquet_column_gone(raw: bytes) -> bytes:
    return parquet_changed(raw, lambda table: table.iloc[:, 1:])


def parquet_newest_gone(raw: bytes) -> bytes:
    """The newest month with a third of its rows."""
    def change(table: pd.DataFrame) -> pd.DataFrame:
        date = next(name for name in table.columns if "month" in name.lower() or "date" in name.lower())
        last = table[date] == table[date].max()
        return table[~last | (table.reset_index().index % 3 == 0)]

    return parquet_changed(raw, change)


def json_changed(raw: bytes, change: Callable) -> bytes:
    return json.dumps(change(json.loads(raw))).encode()


def json_cut_short(raw: bytes) -> bytes:
    return json_changed(raw, lambda value: dict(list(value.items())[: len(value) // 2]))


def json_a_list(raw: bytes) -> bytes:
    return json_changed(raw, lambda value: [value])


def json_emptied(raw: bytes) -> bytes:
    return json_changed(raw, lambda value: type(value)())


def json_tenfold(raw: bytes) -> bytes:
    def tenfold(value):
        if isinstance(value, dict):
            return {key: tenfold(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [tenfold(inner) for inner in value]
        return value * 10 if isinstance(value, int) and not isinstance(value, bool) else value

    return json_changed(raw, tenfold)


HARMLESS: tuple[Spoiler, ...] = (
    crlf, with_a_mark, empty_rows_at_the_end, empty_columns_at_the_end, names_with_spaces, names_in_capitals,
)
ANY: tuple[Spoiler, ...] = (cut_in_half, a_web_page, nothing)
CSV: tuple[Spoiler, ...] = (
    *ANY, cut_at_a_line, without_the_last_lines, without_the_first_lines, twice_over, rows_twice, in_utf_16, with_semicolons, with_tabs,
    with_carriage_returns, thousands_separated, thousands_apart, counts_as_decimals, counts_in_thousands, scientific, months_as_words,
    dates_turned_about, a_row_gone, an_area_gone, a_category_gone, a_month_gone, a_column_gone, cells_gone, figures_a_row_down,
    one_column_sorted, figures_a_month_on, two_months_swapped,
    newest_month_is_the_one_before, newest_month_is_that_of_a_year_before, rounded_to_fives,
    an_area_renamed, an_area_as_another,
    two_areas_swapped, a_category_renamed, two_categories_swapped, newest_month_zero, newest_month_cut, newest_month_tenfold,
    a_digit_lost, a_digit_gained, a_digit_lost_in_the_newest_month, all_times_ten, all_times_a_hundred, all_by_a_hundred, a_minus, a_star,
    a_formula, *HARMLESS,
)
DATABASE: tuple[Spoiler, ...] = (
    *ANY, database_tenfold, database_by_a_hundred, database_half_gone, database_emptied, database_as_text, database_newest_zero,
)
PARQUET: tuple[Spoiler, ...] = (*ANY, parquet_twice_over, parquet_half_gone, parquet_area_gone, parquet_column_gone, parquet_newest_gone)
JSON: tuple[Spoiler, ...] = (*ANY, json_cut_short, json_a_list, json_emptied, json_tenfold)
BY_ENDING = {".csv": CSV, ".db": DATABASE, ".sqlite": DATABASE, ".parquet": PARQUET, ".json": JSON}
