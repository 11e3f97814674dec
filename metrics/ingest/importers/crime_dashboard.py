"""
The monthly crime dashboard: tall files, one row per month, area and subtype, rows of nought left out.

Borough and ward rows each add up to the full total, so only borough rows are read. Subtypes nest or overlap
and are never added: a series is exactly one crime type, subtype and measure.
"""

import re
from collections import defaultdict
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, Refused, periods
from metrics.domain.place_names import place_named
from metrics.ingest.contract import Account, Tidy, frame, plain

COLUMNS = {
    "month": {"month_year"},
    "level": {"area type"},
    "borough": {"borough_snt"},
    "area": {"area name"},
    "code": {"area code"},
    "type": {"crime type", "offence group"},
    "subtype": {"crime subtype", "offence subgroup"},
    "measure": {"measure"},
    "count": {"count"},
}
OUTCOMES = {"outcomes", "sanction detections", "positive outcomes"}
WARD_LEVELS = {"safer neighbourhood teams", "ward"}
KEY = ("month", "level", "borough", "area", "code", "type", "subtype", "measure")
SEPARATOR = " / "


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """
    Tidy rows of one release of the dashboard.

    Parameters
    ----------
    files
        Dashboard files; the same series may stand in only one of them.
    dataset
        Its `series` name a crime type, subtype and measure each; `left_out` the known rest.
    places
        The known places by id.

    Returns
    -------
    Tidy
        Counts by series, place and month; an absent row within the crime type's months is nought.

    Raises
    ------
    Refused
        Unknown header, area, crime type or measure; a cell that is no count; a row that stands twice.
    """
    account, counts, months = Account(), defaultdict(int), defaultdict(set)
    origin: dict[str, Path] = {}
    for file in files:
        sheet = csv_reader.read(file)
        for series, place, month, value in _rows(sheet, dataset, places, account, months):
            if series and origin.setdefault(series, file) != file:
                raise sheet.refuse(f"{series} is also in {origin[series].name}")
            if series:
                counts[series, place.id, month] += value
                counts[series, "london", month] += value
    return Tidy(frame(_filled(counts, months, dataset, places, account)), account)


def _rows(sheet, dataset, places, account, months):
    column = _columns(sheet)
    series_of, left_out = _roles(dataset)
    seen = set()
    for line, cells in sheet.rows:
        row = {part: cells[i].strip() for part, i in column.items()}
        key = tuple(row[part] for part in KEY)
        if key in seen:
            raise sheet.refuse("the row stands twice: " + ", ".join(key[:1] + key[2:]), line)
        seen.add(key)
        account.rows_read += 1
        month = _month(sheet, line, row["month"])
        value = csv_reader.whole(sheet, line, row["count"], "Count")
        if row["level"].lower() in WARD_LEVELS:
            account.left_out["ward rows"] = account.left_out.get("ward rows", 0) + value
        elif row["level"].lower() == "borough":
            months[plain(row["type"])].add(month)
            series = _series(sheet, line, row, series_of, left_out, account)
            yield series, _place(sheet, line, row, places), month, value
        else:
            raise sheet.refuse(f"area type not known: {row['level']!r}", line)


def _series(sheet, line, row, series_of, left_out, account) -> str | None:
    """The series a row belongs to, or None where the subtype is known and left out."""
    name = SEPARATOR.join((row["type"], row["subtype"], row["measure"]))
    pair = plain(row["type"]), plain(row["subtype"])
    series = series_of.get((*pair, _measure(sheet, line, row["measure"])))
    if series:
        account.mapped[name] = series
        return series
    if pair not in left_out:
        total = _total(sheet, row)
        raise sheet.refuse(f"crime type not mapped in datasets/crime-dashboard.yaml: {name!r} ({total:,} counted)", line)
    account.left_out[name] = account.left_out.get(name, 0) + int(row["count"])
    return None


def _total(sheet, like: dict[str, str]) -> int:
    """All that the file counts under the same type, subtype and measure in boroughs."""
    column = _columns(sheet)
    alike = [
        cells[column["count"]].strip()
        for _, cells in sheet.rows
        if all(cells[column[part]].strip() == like[part] for part in ("level", "type", "subtype", "measure"))
    ]
    return sum(int(count) for count in alike if count.isascii() and count.isdigit())


def _measure(sheet, line, text: str) -> str:
    if text.lower() == "offences":
        return "offences"
    if text.lower() in OUTCOMES:
        return "positive outcomes"
    raise sheet.refuse(f"measure not known: {text!r}", line)


def _roles(dataset: Dataset) -> tuple[dict[tuple, str], set[tuple]]:
    parts = {series: names[0].split(SEPARATOR) for series, names in dataset.series.items()}
    series_of = {tuple(plain(part) for part in name): series for series, name in parts.items()}
    return series_of, {tuple(plain(part) for part in name.split(SEPARATOR)) for name in dataset.left_out}


def _place(sheet, line, row, places) -> Place:
    try:
        place = place_named(places, row["borough"])
    except Refused as error:
        raise sheet.refuse(str(error), line) from error
    if place.level not in ("area", "outside"):
        raise sheet.refuse(f"{row['borough']!r} is not a borough", line)
    return place


def _month(sheet, line, text: str) -> str:
    try:
        return periods.parse(text, order=_order(text))
    except ValueError as error:
        raise sheet.refuse(str(error), line) from error


def _order(text: str) -> str:
    """Every row is of the first of a month: of two numbers, the day is the one that is 1."""
    found = re.match(r"\s*(\d{1,2})[/.](\d{1,2})[/.]", text)
    if found and 1 not in (int(found[1]), int(found[2])):
        raise ValueError(f"not the first of a month: {text!r}")
    return "dmy" if not found or int(found[1]) == 1 else "mdy"


def _columns(sheet: csv_reader.Sheet) -> dict[str, int]:
    names = [name.lower() for name in sheet.header]
    found = {part: i for i, name in enumerate(names) for part, words in COLUMNS.items() if name in words}
    missing = sorted(set(COLUMNS) - set(found))
    if missing:
        raise sheet.refuse(f"header not known for the crime dashboard: no column for {', '.join(missing)}", 1)
    return found


def _filled(counts, months, dataset, places, account) -> list[tuple]:
    """Every place and month of each series, noughts filled in; the account told of areas and totals."""
    boroughs = [place.id for place in places.values() if place.level == "area"]
    records = []
    for series in sorted({name for name, _, _ in counts}):
        window = sorted(months[plain(dataset.series[series][0].split(SEPARATOR)[0])])
        outside = sorted({place for name, place, _ in counts if name == series} - {*boroughs, "london"})
        for place in ["london", *boroughs, *outside]:
            records += [(series, place, month, counts.get((series, place, month), 0), None) for month in window]
        account.totals[series] = sum(counts.get((series, "london", month), 0) for month in window)
        for place in outside:
            name = places[place].name
            account.outside[name] = account.outside.get(name, 0) + sum(counts.get((series, place, m), 0) for m in window)
    every = sorted(set().union(*months.values()))
    if every:
        account.first, account.last = every[0], every[-1]
        account.gaps += [f"{month}: in none of the files" for month in sorted(set(periods.span(every[0], every[-1])) - set(every))]
    return records
