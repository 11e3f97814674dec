"""
The State of London databases: calls about anti-social behaviour, and satisfaction of victims in three channels.

SQLite files of the Greater London Authority, second-hand of the Mayor's Office for Policing and Crime. Each edition has tables
of its own; all give one figure a month of calls and one a quarter of satisfaction, for London.

The file is opened so that nothing can be written, and only where it holds plain tables.
"""

import math
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from metrics.domain import Dataset, Place, Refused, periods, total_of
from metrics.ingest.contract import Account, Tidy, frame, plain, series_by_name
from metrics.ingest.reading import downwards, only

MAGIC = b"SQLite format 3\x00"


class Tables:
    """
    The plain tables of one SQLite file.

    Raises Refused: the file is not SQLite, is damaged, or holds a view, a trigger or a virtual table.
    """

    def __init__(self, file: Path):
        self.file = file
        if file.read_bytes()[: len(MAGIC)] != MAGIC:
            raise Refused("not an SQLite file", file=file)
        kinds = self.rows("SELECT name, type, coalesce(sql, '') FROM sqlite_master WHERE type <> 'index'")
        odd = [name for name, kind, text in kinds if kind != "table" or text.upper().startswith("CREATE VIRTUAL")]
        if odd:
            raise Refused(f"holds more than plain tables: {', '.join(sorted(odd))}", file=file)
        self.names = {name for name, _, _ in kinds}

    def rows(self, statement: str) -> list[tuple]:
        """The answer to one statement; refused where a table or column that it names is not there."""
        address = f"{self.file.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                database.execute("PRAGMA trusted_schema = OFF")
                return database.execute(statement).fetchall()
        except sqlite3.DatabaseError as error:
            raise Refused(f"not an SQLite file that can be read ({error})", file=self.file) from error


CALLS = "calls"
FIGURES = {"chartdat": "y", "ind_dat": "yval", "charts_data": "value"}
# What each edition is asked: dataset, series, period as written, figure, number of the row.
EDITIONS = {
    "chartdat": "SELECT dtst, b, xd, y, rowid FROM chartdat WHERE dtst IN ('sol_asb', 'sol_vctsat')",
    "ind_dat": """SELECT dataset, yvllb, coalesce(nullif(xvarchar, ''), xvardt), yval, rowid FROM ind_dat
                  WHERE dataset IN ('sol_asb', 'sol_vctsat')""",
    "charts_data": """SELECT dataset, area_code, timeperiod_label, value, rowid FROM charts_data
                      WHERE dataset = 'victim_satisfaction' AND area_name = 'London'""",
}
FINANCIAL = re.compile(r"Q([1-4]) (\d\d)-(\d\d)")
CALENDAR = re.compile(r"(20\d\d)Q([1-4])")


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """Tidy rows of one edition: counts of calls by month, percentages of satisfied victims by quarter (its last month)."""
    file, known = only(files), series_by_name(dataset)
    figures: dict[tuple[str, str], float] = {}
    lines: dict[tuple[str, str, str], list[int]] = {}
    tables, total = Tables(file), total_of(places).id
    account, left_out, edition = Account(), {plain(name) for name in dataset.left_out}, _edition(tables)
    for label, period, value, row in _rows(tables, edition):
        if plain(label) in left_out:
            continue
        if plain(label) not in known:
            raise Refused(f"series not known: {label!r}", file=file)
        key = known[plain(label)], _period(file, period)
        if key in figures:
            raise Refused(f"{label}, {period} stands twice", file=file)
        figures[key] = _figure(file, label, period, value)
        lines[key[0], total, key[1]] = [row]
        account.mapped[label] = key[0]
    if not figures:
        raise Refused(f"holds none of {', '.join(dataset.series)}", file=file)
    account.rows_read = len(figures)
    rows = [(series, total, period, value, None) for (series, period), value in figures.items()]
    located = downwards(file, f"{FIGURES[edition]} of the table {edition}", lines)
    return Tidy(frame(rows), account, second_hand=True, source_cells=(located,))


def _edition(tables: Tables) -> str:
    """The table that holds the figures, by which an edition is known."""
    edition = next((table for table in EDITIONS if table in tables.names), None)
    if edition is None:
        raise Refused(f"tables not known: {', '.join(sorted(tables.names))}; expected one of {', '.join(EDITIONS)}", file=tables.file)
    return edition


def _rows(tables: Tables, edition: str) -> Iterator[tuple[str, str, float, int]]:
    """Label of the series, period as written, figure and number of the row, whichever edition it is."""
    for dataset, label, period, value, row in tables.rows(EDITIONS[edition]):
        yield (CALLS if dataset == "sol_asb" else label), period, value, row


def _period(file: Path, text: object) -> str:
    """
    A month, a calendar quarter such as `2023Q2` or a financial quarter such as `Q4 23-24`, by its last month.

    The fourth financial quarter is January to March of its second year, whatever the file sorts it under.

    >>> [_period(Path("sol.db"), text) for text in ("2023-06-01", "2023Q2", "Q1 23-24", "Q4 23-24")]
    ['2023-06', '2023-06', '2023-06', '2024-03']
    """
    if not isinstance(text, str):
        raise Refused(f"no period: {text!r}", file=file)
    calendar, financial = CALENDAR.fullmatch(text), FINANCIAL.fullmatch(text)
    if calendar:
        return f"{calendar[1]}-{3 * int(calendar[2]):02d}"
    if financial and (int(financial[2]) + 1) % 100 == int(financial[3]):
        return periods.shift(f"20{financial[2]}-03", 3 * int(financial[1]))
    try:
        return periods.parse(text)
    except ValueError as error:
        raise Refused(str(error), file=file) from error


def _figure(file: Path, label: str, period: str, value: object) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused(f"{label}, {period}: not a number: {value!r}", file=file)
    if label == CALLS:
        if value < 0 or value != int(value):
            raise Refused(f"calls of {period}: {value:g} is no count", file=file)
        return float(value)
    if not 0 <= value <= 1:
        raise Refused(f"{label}, {period}: {value:g} is no proportion", file=file)
    return round(100 * value, 6)
