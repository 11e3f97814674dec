"""Population: mid-year estimates of residents, one row per area and year. The period is June, when they hold."""

import re
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, Refused
from metrics.domain.place_names import place_named
from metrics.ingest.contract import Account, Tidy, frame, plain

HEADER = ["borough", "year", "population"]
MOST_GROWTH = 1.5


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """
    Tidy rows of one release: residents by borough and mid-year; `london` is the 32 boroughs added up.

    Raises
    ------
    Refused
        Unknown header or area, a year that is no year, a row that stands twice, a borough missing from a year
        or half as large again as in another.
    """
    account, counts = Account(), {}
    for file in files:
        sheet = csv_reader.read(file, final_newline=False)
        if [name.lower() for name in sheet.header] != HEADER:
            raise sheet.refuse(f"header not known for population: {','.join(sheet.header)[:80]!r}", 1)
        _collect(sheet, dataset, places, account, counts)
    _check_steady(sheet, counts)
    return Tidy(frame(_with_london(sheet, counts, places)), _described(account, counts))


def _collect(sheet, dataset, places, account, counts) -> None:
    left_out = {plain(name) for name in dataset.left_out}
    for line, (area, year, people) in sheet.rows:
        account.rows_read += 1
        number = csv_reader.whole(sheet, line, people, "population")
        if plain(area) in left_out:
            account.left_out[area] = number
            continue
        key = _borough(sheet, line, area, places), _period(sheet, line, year)
        if key in counts:
            raise sheet.refuse(f"{area} {year} stands twice", line)
        counts[key] = number


def _borough(sheet, line, area, places) -> str:
    try:
        place = place_named(places, area)
    except Refused as error:
        raise sheet.refuse(str(error), line) from error
    if place.level != "area":
        raise sheet.refuse(f"{area!r} is not a borough", line)
    return place.id


def _period(sheet, line, year: str) -> str:
    if not re.fullmatch(r"20[0-9]{2}", year.strip()):
        raise sheet.refuse(f"year not understood: {year!r}", line)
    return f"{year.strip()}-06"


def _check_steady(sheet, counts) -> None:
    """No borough grows or shrinks by half in these years: a figure that does has lost or gained a digit."""
    for place in sorted({place for place, _ in counts}):
        years = {period: value for (where, period), value in counts.items() if where == place}
        least, most = min(years, key=years.get), max(years, key=years.get)
        if years[most] > MOST_GROWTH * years[least]:
            few, many = f"{years[least]:,} in {least[:4]}", f"{years[most]:,} in {most[:4]}"
            raise sheet.refuse(f"{place}: {few} but {many}: the file may be cut short")


def _with_london(sheet, counts, places) -> list[tuple]:
    boroughs = {place.id for place in places.values() if place.level == "area"}
    records = [("residents", place, period, value, None) for (place, period), value in counts.items()]
    for period in sorted({period for _, period in counts}):
        missing = boroughs - {place for place, when in counts if when == period}
        if missing:
            raise sheet.refuse(f"no figure for {', '.join(sorted(missing))} in {period[:4]}: the file may be cut short")
        records.append(("residents", "london", period, sum(counts[place, period] for place in boroughs), None))
    return records


def _described(account: Account, counts) -> Account:
    years = sorted({period for _, period in counts})
    account.first, account.last, account.mapped = years[0], years[-1], {"population": "residents"}
    return account
