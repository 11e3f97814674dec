"""
Periods, the way the files write them and the way people say them.

A period is the text `YYYY-MM`: the last month that a figure covers. A monthly count for
June 2023 and a survey figure for the 12 months to June 2023 both carry `2023-06`; the
measure's kind says how far back the figure reaches.
"""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
NAMES = tuple(calendar.month_name)
YEAR, QUARTER = 12, 3
"""Months of each."""


def parse(label: str, *, order: str = "dmy") -> str:
    """
    Read a month or quarter label as official files write it.

    `label`: `201004`, `2023-06`, `2023-06-30`, `30/6/2023`, `01.06.23`, `Jun-23`, `Jun-2023`, `Q1_2324` (financial quarter; its last month
        is the period) or `45078` (a day as Excel numbers it).
    `order`: `dmy` (British) or `mdy` (American) for labels with slashes or dots.
    Raises ValueError: the label is none of these; the message quotes it.

    >>> parse("201004"), parse("31/12/2014"), parse("1/12/2026", order="mdy"), parse("Q4_1415")
    ('2010-04', '2014-12', '2026-01', '2015-03')
    """
    text = label.strip()
    readers = (_iso, _compact, _named, _financial, _excel) if text.isascii() else ()
    for reader in readers:
        period = reader(text)
        if period:
            return period
    period = _numeric(text, order) if text.isascii() else None
    if period is None:
        raise ValueError(f"month label not understood: {label!r}")
    return period


def shift(period: str, months: int) -> str:
    """
    The period so many months later (earlier if negative).

    >>> shift("2023-11", 3), shift("2023-01", -1)
    ('2024-02', '2022-12')
    """
    year, month = divmod(_count(period) + months, 12)
    return f"{year:04d}-{month + 1:02d}"


def between(first: str, last: str) -> int:
    """
    Months from the first period to the last: 0 for the same one.

    >>> between("2023-11", "2024-02")
    3
    """
    return _count(last) - _count(first)


def span(first: str, last: str) -> list[str]:
    """
    Every period from first to last, both included.

    >>> span("2023-11", "2024-01")
    ['2023-11', '2023-12', '2024-01']
    """
    return [shift(first, step) for step in range(between(first, last) + 1)]


def days(period: str) -> int:
    """
    How many days the month has.

    >>> days("2024-02"), days("2023-02")
    (29, 28)
    """
    return calendar.monthrange(int(period[:4]), int(period[5:]))[1]


def last_day(period: str) -> date:
    """
    The last day of the month.

    >>> last_day("2024-02").isoformat()
    '2024-02-29'
    """
    return date(int(period[:4]), int(period[5:]), days(period))


def say(period: str) -> str:
    """
    The period as people say it.

    >>> say("2023-06")
    'June 2023'
    """
    return f"{NAMES[int(period[5:])]} {period[:4]}"


def say_short(period: str) -> str:
    """
    The same with the month's name cut to three letters.

    >>> say_short("2023-06")
    'Jun 2023'
    """
    name, year = say(period).split()
    return f"{name[:3]} {year}"


def say_day(day: date) -> str:
    """
    A day as people say it.

    >>> say_day(date(2023, 8, 7))
    '7 August 2023'
    """
    return f"{day.day} {NAMES[day.month]} {day.year}"


@lru_cache(maxsize=4096)
def _count(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:]) - 1


def _iso(text: str) -> str | None:
    match = re.fullmatch(r"(20\d\d-(?:0[1-9]|1[0-2]))(?:-(\d\d))?(?:[T ]00:00(?::00)?)?", text)
    if not match or not 1 <= int(match[2] or 1) <= days(match[1]):
        return None
    return match[1]


def _compact(text: str) -> str | None:
    match = re.fullmatch(r"(20\d\d)(0[1-9]|1[0-2])", text)
    return f"{match[1]}-{match[2]}" if match else None


def _named(text: str) -> str | None:
    match = re.fullmatch(r"([A-Za-z]{3})[-\s](\d\d|20\d\d)", text)
    if not match or match[1].lower() not in MONTHS:
        return None
    return f"{_century(match[2])}-{MONTHS[match[1].lower()]:02d}"


def _financial(text: str) -> str | None:
    match = re.fullmatch(r"Q([1-4])_(\d\d)(\d\d)", text)
    if not match or (int(match[2]) + 1) % 100 != int(match[3]):
        return None
    return shift(f"20{match[2]}-03", 3 * int(match[1]))


def _excel(text: str) -> str | None:
    """A spreadsheet counts days from 30 December 1899; 36526 is the first day of 2000."""
    if not re.fullmatch(r"\d{5}", text) or not 36526 <= int(text) < 73051:
        return None
    return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()[:7]


def _numeric(text: str, order: str) -> str | None:
    match = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](20\d\d|\d\d)", text)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    day, month = (first, second) if order == "dmy" else (second, first)
    year = int(_century(match[3]))
    in_calendar = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return f"{year}-{month:02d}" if in_calendar else None


def _century(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def months_to(end: str, length: int) -> list[str]:
    """
    So many periods up to and including the last.

    >>> months_to("2025-02", 3)
    ['2024-12', '2025-01', '2025-02']
    """
    return span(shift(end, 1 - length), end)
