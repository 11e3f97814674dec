"""Population: mid-year estimates of residents, one row per area and year. The period is June, when they hold."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, areas_of, periods, total_of
from metrics.ingest.contract import Account, Tidy, frame, plain
from metrics.ingest.reading import SourceCells, check_unsorted, downwards, expect_header, place_of

HEADER = ["borough", "year", "population"]
SERIES = "residents"
MOST_GROWTH, USUAL_GROWTH = 1.5, 1.1
"""How many times its residents an area may have in any other year of a file, and in the next: 1.04 was the most."""


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """Tidy rows of one release: residents by area and mid-year; the total is the areas added up."""
    account, counts, located = Account(mapped={"population": SERIES}), {}, []
    for file in files:
        sheet = csv_reader.read(file, final_newline=False)
        expect_header(sheet, HEADER, "population")
        check_unsorted(sheet, [HEADER.index("population")])
        located.append(_collect(sheet, dataset, places, account, counts))
    _check_steady(sheet, counts)
    rows = frame(_with_total(sheet, counts, places))
    return Tidy(rows, account, odd=tuple(_grown(counts)), source_cells=tuple(located))


def _collect(sheet, dataset, places, account, counts) -> SourceCells:
    """The figures of a file into `counts`; where they stand."""
    left_out, lines = {plain(name) for name in dataset.left_out}, defaultdict(list)
    for line, (area, year, people, *_) in sheet.rows:
        account.rows_read += 1
        number = csv_reader.whole(sheet, line, people, "population")
        if plain(area) in left_out:
            account.left_out[area] = number
            continue
        key = place_of(sheet.file, line, area, places).id, _period(sheet, line, year)
        if key in counts:
            raise sheet.refuse(f"{area} {year} stands twice", line)
        counts[key] = number
        for place in (key[0], total_of(places).id):
            lines[SERIES, place, key[1]].append(line)
    return downwards(sheet.file, HEADER.index("population") + 1, lines)


def _period(sheet, line, year: str) -> str:
    if not re.fullmatch(r"20[0-9]{2}", year.strip()):
        raise sheet.refuse(f"year not understood: {year!r}", line)
    return f"{year.strip()}-06"


def _check_steady(sheet, counts) -> None:
    """No area grows or shrinks by half in these years: a figure that does has lost or gained a digit."""
    years = defaultdict(dict)
    for (place, period), value in counts.items():
        years[place][period] = value
    for place, values in sorted(years.items()):
        least, most = min(values, key=values.get), max(values, key=values.get)
        if values[most] > MOST_GROWTH * values[least]:
            few, many = f"{values[least]:,} in {least[:4]}", f"{values[most]:,} in {most[:4]}"
            raise sheet.refuse(f"{place}: {few} but {many}: the file may be cut short")


def _grown(counts) -> Iterator[str]:
    """Areas that grew or shrank from a year to the next as none does."""
    for (place, period), value in sorted(counts.items()):
        before = counts.get((place, periods.shift(period, -periods.YEAR)), value)
        if max(value, before) > USUAL_GROWTH * min(value, before):
            yield f"{place}: {before:,} residents, and {value:,} a year later, in {period[:4]}"


def _with_total(sheet, counts, places) -> list[tuple]:
    areas, records = areas_of(places), [(SERIES, *key, value, None) for key, value in counts.items()]
    for period in sorted({period for _, period in counts}):
        missing = [area for area in areas if (area, period) not in counts]
        if missing:
            raise sheet.refuse(f"no figure for {', '.join(sorted(missing))} in {period[:4]}: the file may be cut short")
        records.append((SERIES, total_of(places).id, period, sum(counts[area, period] for area in areas), None))
    return records
