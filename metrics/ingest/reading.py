"""
What importers share when they take a sheet apart: its columns, the place and the period of a row, and the order of its dates.

A date such as 3/1/2025 can be read in two ways. It is never guessed row by row: figures stand at the first or at the last
day of a month, and the order in which every date of the file does so is the order of the file.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, starmap
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
