"""
What importers share when they take a sheet apart: its columns, the place and the period of a row, the order of its dates, and where each
figure stands.

A date such as 3/1/2025 can be read in two ways. It is never guessed row by row: figures stand at the first or at the last
day of a month, and the order in which every date of the file does so is the order of the file.

A file either has a column for each month, so that a series and place keep their lines, or one column of figures, so that each period has
lines of its own. Lines are counted as a spreadsheet does, with the header as the first; those of a table of a database are its row numbers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, starmap
from operator import ge, le
from pathlib import Path

from metrics.definitions.csv_reader import Sheet
from metrics.domain import LEVELS, Place, Refused, periods
from metrics.domain.names import place_named

ORDERS = ("dmy", "mdy")
NUMERIC = re.compile(r"\s*(\d{1,2})[/.](\d{1,2})[/.](?:\d\d|\d{4})\s*")
PLAIN = re.compile(r"\d+(?:[.]\d+)?")
FEWEST_SORTED = 30
AREAS = LEVELS[-1:]
OUTSIDE = "outside"
WITH_OUTSIDE = (*AREAS, OUTSIDE)


def only(files: list[Path]) -> Path:
    """The file of a release that is one file."""
    if len(files) != 1:
        raise Refused("a release of this is one file; import one at a time", file=files[1])
    return files[0]


def columns(sheet: Sheet, wanted: dict[str, set[str]], what: str) -> dict[str, int]:
    """Where each part of a row stands, by any of the names that it has had."""
    names = [name.lower() for name in sheet.header]
    where = {part: i for i, name in enumerate(names) for part, words in wanted.items() if name in words}
    missing = [part for part in wanted if part not in where]
    if missing:
        expected = ", ".join(" or ".join(sorted(wanted[part])) for part in missing)
        raise sheet.refuse(f"header not known for {what}: {','.join(sheet.header)[:60]!r} has no {expected}", 1)
    return where


def expect_header(sheet: Sheet, header: list[str], what: str) -> None:
    """Refuse a sheet whose header is another; columns without a name or a cell are harmless."""
    if named(sheet) != header:
        raise sheet.refuse(f"header not known for {what}: {','.join(sheet.header)[:80]!r}; expected {','.join(header)}", 1)


def named(sheet: Sheet) -> list[str]:
    """The header in lower case without the nameless columns at its end."""
    names = [name.lower() for name in sheet.header]
    while names and not names[-1]:
        names.pop()
    return names


def check_unsorted(sheet: Sheet, figures: Iterable[int]) -> None:
    """Refuse columns of figures that stand in the order of their size: sorted without the rest of their rows."""
    for column in figures:
        in_order = any(all(starmap(order, pairwise(_figures(sheet, column)))) for order in (le, ge))
        if in_order and len(set(_figures(sheet, column))) >= FEWEST_SORTED:
            raise sheet.refuse(f"the column {sheet.header[column]!r} is sorted by size, without the rest of its rows", 1)


def _figures(sheet: Sheet, column: int) -> Iterator[float]:
    cells = (cells[column].strip().replace(",", ".") for _, cells in sheet.rows)
    return (float(cell) for cell in cells if PLAIN.fullmatch(cell))


def place_of(file: Path, line: int | None, text: str, places: dict[str, Place], levels: Iterable[str] = AREAS) -> Place:
    """
    The place that a cell names.

    Raises Refused: nothing has that name, or it is not one of the levels that the file is about.
    """
    try:
        place = place_named(places, text)
    except Refused as error:
        raise Refused(str(error), file=file, line=line) from error
    if place.level not in levels:
        raise Refused(f"{text!r} is none of the areas that such a file is about", file=file, line=line)
    return place


def check_code(sheet: Sheet, line: int, place: Place, code: str, places: dict[str, Place]) -> None:
    """Refuse the code of another area beside a place: names that were swapped or sorted without the rest of their rows."""
    other = next((area for area in places.values() if area.level in AREAS and area.code == code.strip()), place)
    if other is not place:
        raise sheet.refuse(f"{code.strip()} is the code of {other.name}, and {place.name} stands beside it", line)


def period_of(sheet: Sheet, line: int, text: str, order: str = "dmy") -> str:
    """The period that a cell names, or a refusal with its line."""
    try:
        return periods.parse(text, order=order)
    except ValueError as error:
        raise sheet.refuse(str(error), line) from error


def order_of(sheet: Sheet, column: int) -> str:
    """
    The order of day and month in a column of dates, settled by the whole file.

    Returns: `dmy` or `mdy`: the order in which every date of numbers is the first or every one the last day of its month.
    Raises Refused: no order does, or both do and the months differ.
    """
    dates = {cells[column]: line for line, cells in reversed(sheet.rows) if _is_date(cells[column])}
    fitting = [order for order in ORDERS if _fits(dates, order)]
    if dates and not fitting:
        text = _first_that_fits_nothing(dates)
        raise sheet.refuse(f"neither the first nor the last day of a month: {text!r}", dates[text])
    for text, line in dates.items():
        if len({periods.parse(text, order=order) for order in fitting}) > 1:
            raise sheet.refuse(f"{text!r} can be read in two ways, and no other date of the file settles which: write 2025-03", line)
    return fitting[0] if fitting else ORDERS[0]


def _is_date(text: str) -> bool:
    """Whether a cell is a date of numbers that some order reads; what none does is refused where it is read."""
    return bool(NUMERIC.fullmatch(text)) and any(_period(text, order) for order in ORDERS)


def _period(text: str, order: str) -> str | None:
    try:
        return periods.parse(text, order=order)
    except ValueError:
        return None


def _fits(dates: Iterable[str], order: str) -> bool:
    days = [_day(text, order) for text in dates]
    return None not in days and (all(day == "first" for day in days) or all(day == "last" for day in days))


def _day(text: str, order: str) -> str | None:
    """Whether a date is the first or the last day of a month in an order; None where it is neither."""
    period, numbers = _period(text, order), NUMERIC.fullmatch(text)
    if period is None or numbers is None:
        return None
    day = int(numbers[1 if order == "dmy" else 2])
    return "first" if day == 1 else "last" if day == periods.days(period) else None


def _first_that_fits_nothing(dates: dict[str, int]) -> str:
    """The date to point at: the topmost that fits no order by itself, else the topmost of all."""
    ordered = sorted(dates, key=lambda text: dates[text])
    return next((text for text in ordered if not any(_day(text, order) for order in ORDERS)), ordered[0])


@dataclass(frozen=True)
class SourceCells:
    """
    The cells of one file: its name, its first and last month that were kept, the column, and, by series and place, the lines added up.

    `column` is the number of the column, counted from 1 (of the first month where months stand side by side), or its name in a file whose
    columns have no order. `periods` is empty where months stand side by side; else the lines are those of each of these periods in turn,
    divided by semicolons.
    """

    file: str
    first: str
    last: str
    column: int | str
    lines: dict[tuple[str, str], str]
    periods: tuple[str, ...] = ()

    def renamed(self, places: dict[str, str]) -> "SourceCells":
        """The same with other names for some places."""
        return replace(self, lines={(series, places.get(place, place)): lines for (series, place), lines in self.lines.items()})


def spans(lines: Iterable[int]) -> str:
    """
    Numbers of lines with runs drawn together.

    >>> spans([7, 2, 3, 4])
    '2-4, 7'
    """
    runs = [[line for _, line in run] for _, run in groupby(enumerate(sorted(lines)), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def downwards(file: Path, column: int | str, lines: Mapping[tuple[str, str, str], Iterable[int] | str]) -> SourceCells:
    """
    The cells of a file that has one column of figures.

    `lines`: by series, place and period, the numbers of the lines that were added up, or what they are called where they have none.

    >>> downwards(Path("a.csv"), 4, {("rape", "brent", "2024-02"): [7], ("rape", "brent", "2024-04"): [9, 8]}).lines
    {('rape', 'brent'): '7;8-9'}
    """
    months = tuple(sorted({period for _, _, period in lines}))
    named = {cell: each if isinstance(each, str) else spans(each) for cell, each in lines.items()}
    rows = dict.fromkeys((series, place) for series, place, _ in lines)
    joined = {key: ";".join(named.get((*key, period), "") for period in months) for key in rows}
    return SourceCells(file.name, months[0], months[-1], column, joined, months)


def standing(cells: Iterable[SourceCells], cell: tuple[str, str, str]) -> tuple[str | None, int | None]:
    """
    The file in which the figure of a series, place and period stands, and its line where it was not added up from several.

    >>> standing([downwards(Path("a.csv"), 4, {("rape", "brent", "2024-02"): [7]})], ("rape", "brent", "2024-02"))
    ('a.csv', 7)
    """
    series, place, period = cell
    for part in cells:
        lines = part.lines.get((series, place), "") if part.first <= period <= part.last else ""
        if part.periods:
            lines = dict(zip(part.periods, lines.split(";"), strict=False)).get(period, "")
        if lines:
            return part.file, int(lines) if lines.isdecimal() else None
    return None, None
