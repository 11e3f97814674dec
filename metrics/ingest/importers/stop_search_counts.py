"""
Stop and search by day: counts of police.uk's records, made by a third party from the point and the date of each search.

Two JSON files, `{day: searches}` for the force and `{day: {borough: searches}}` for the searches that carry a point. A month that
the publisher gave only in part is missing and not a fall: such months stand in the dataset's `left_out`.
"""

import calendar
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from metrics.domain import Dataset, Place, Refused, total_of
from metrics.ingest.contract import Account, Tidy, frame
from metrics.ingest.reading import SourceCells, downwards, place_of

SERIES = "stop-search"
MOST = 100_000
"""More than any day or month has of searches."""
LEAST_PLACED = 0.8
"""The share of a month's searches that carry a point in a borough: 0.89 was the least."""
CITY, VALUE = "City of London", "Value"
"""What a spreadsheet that takes in an object of days calls the column of their figures."""


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """Tidy rows: searches by month, in London and by the borough of their point."""
    totals, boroughs = _both(files)
    account = Account(rows_read=len(totals[1]), mapped=dict.fromkeys(dataset.series[SERIES], SERIES))
    months = _whole_months(totals, dataset, account)
    london = _by_month(totals[0], totals[1], months)
    records = [(SERIES, total_of(places).id, month, count, None) for month, count in london.items()]
    placed: dict[tuple[str, str], int] = defaultdict(int)
    named: dict[str, set[str]] = defaultdict(set)
    for day, areas in boroughs[1].items():
        for name, count in areas.items():
            if day[:7] in months and name != CITY:
                place = place_of(boroughs[0], None, name, places).id
                placed[place, day[:7]] += _count(boroughs[0], day, count)
                named[place].add(name)
    records += [(SERIES, place, month, count, None) for (place, month), count in placed.items()]
    _account(boroughs[0], account, london, placed)
    odd = tuple(_unplaced(london, placed))
    located = [downwards(totals[0], VALUE, {(SERIES, total_of(places).id, month): _days_of(month) for month in london})]
    located += [_located(boroughs[0], place, names, placed) for place, names in sorted(named.items())]
    return Tidy(frame(records), account, second_hand=True, odd=odd, source_cells=tuple(located))


def _located(file: Path, place: str, names: set[str], placed: Iterable[tuple[str, str]]) -> SourceCells:
    """Where a borough's figures stand: under its name, in the days of each month."""
    days = {(SERIES, place, month): _days_of(month) for where, month in placed if where == place}
    return downwards(file, " or ".join(sorted(names)), days)


def _days_of(month: str) -> str:
    """The days of a month, which are the names of the file's entries."""
    return f"{month}-01 to {month}-{calendar.monthrange(int(month[:4]), int(month[5:]))[1]}"


def _both(files: list[Path]) -> tuple[tuple[Path, dict], tuple[Path, dict]]:
    """The file of totals and the file of boroughs, told apart by what they hold."""
    if len(files) != 2:
        raise Refused("stop and search is two files: totals by day, and boroughs by day", file=files[0])
    read_files = [(file, _days(file)) for file in files]
    nested = [isinstance(next(iter(days.values())), dict) for _, days in read_files]
    if sorted(nested) != [False, True]:
        raise Refused("one file of totals and one of boroughs is expected", file=files[0])
    totals, boroughs = read_files[nested.index(False)], read_files[nested.index(True)]
    if broken := [day for day, areas in boroughs[1].items() if not isinstance(areas, dict) or not areas]:
        raise Refused(f"{broken[0]}: no boroughs on that day", file=boroughs[0])
    if lacking := sorted(set(totals[1]) ^ set(boroughs[1])):
        raise Refused(f"{lacking[0]} stands in one file only ({len(lacking)} such days): a file may be cut short", file=boroughs[0])
    return totals, boroughs


def _days(file: Path) -> dict:
    try:
        days = json.loads(file.read_bytes(), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Refused(f"JSON is expected: {error}", file=file) from error
    if not isinstance(days, dict) or not days:
        raise Refused("an object of days is expected", file=file)
    return days


def _once(pairs: list[tuple[str, object]]) -> dict:
    """An object of which no name stands twice: the second would be taken for the first."""
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ValueError(f"{next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)!r} stands twice")
    return names


def _whole_months(totals: tuple[Path, dict], dataset: Dataset, account: Account) -> set[str]:
    """Months with every day; a stub at either end is dropped, one that the publisher is known to have cut is left out."""
    file, days = totals
    by_month: dict[str, set[str]] = defaultdict(set)
    for day in days:
        by_month[_month(file, day)].add(day)
        if _count(file, day, days[day]) == 0:
            raise Refused(f"{day}: no search on a whole day", file=file)
    ends, whole = {min(by_month), max(by_month)}, set()
    for month in sorted(by_month):
        count = sum(_count(file, day, days[day]) for day in by_month[month])
        if month in dataset.left_out:
            account.left_out[f"{month}, short at the publisher"] = count
        elif len(by_month[month]) == calendar.monthrange(int(month[:4]), int(month[5:]))[1]:
            whole.add(month)
        elif month in ends:
            account.left_out[f"{month}, {len(by_month[month])} days only"] = count
        else:
            raise Refused(f"{month} has {len(by_month[month])} days only; name it in left_out if the publisher cut it", file=file)
    return whole


def _month(file: Path, day: str) -> str:
    year, _, rest = day.partition("-")
    if len(day) != 10 or not (year + rest.replace("-", "")).isdigit():
        raise Refused(f"not a day: {day!r}", file=file)
    return day[:7]


def _count(file: Path, day: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0 or value > MOST:
        raise Refused(f"{day}: {value!r} is no count", file=file)
    return value


def _by_month(file: Path, days: dict, months: set[str]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for day, value in days.items():
        if day[:7] in months:
            counts[day[:7]] += _count(file, day, value)
    return counts


def _unplaced(london: dict[str, int], placed: dict[tuple[str, str], int]) -> Iterator[str]:
    """Months of whose searches far fewer than usual are in the boroughs: days are missing there."""
    for month, total in london.items():
        located = sum(count for (_, when), count in placed.items() if when == month)
        if located < LEAST_PLACED * total:
            yield f"{month}: {located:,} of {total:,} searches are in the boroughs, and {LEAST_PLACED:.0%} at least usually"


def _account(file: Path, account: Account, london: dict[str, int], placed: dict[tuple[str, str], int]) -> None:
    """How many searches carry no point in a borough: boroughs never add up to more than the total."""
    for month, total in london.items():
        located = sum(count for (_, when), count in placed.items() if when == month)
        if located > total:
            raise Refused(f"{month}: boroughs add up to {located:,}, the total is {total:,}", file=file)
    rest = sum(london.values()) - sum(placed.values())
    account.totals[SERIES] = sum(london.values())
    account.notes.append(f"{rest:,} searches carry no point, or one in the City of London: they are in London's figure alone")
