"""
Recorded crime by ward: the Metropolitan Police's wide ward files, one column a month.

A ward is known by its code alone; the area beside it must be the one that the code lies in, or none that is judged (an airport). A ward
that the publisher books under two such areas is added up, and said. A row that is absent had no offence in the file's months.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from metrics.definitions import csv_reader
from metrics.domain import PLACE_LEVELS, Dataset, Place, Refused, Ward
from metrics.ingest.contract import Account, Tidy, frame, plain
from metrics.ingest.importers.recorded_crime import (
    LEFT_OUT,
    MANY,
    WideFile,
    categories_of_one_file,
    check_mapped,
    check_months,
    is_lost,
)
from metrics.ingest.reading import AREAS, columns, place_of

COLUMNS = {
    "major": {"majortext", "group"},
    "minor": {"minortext", "subgroup"},
    "name": {"wardname"},
    "code": {"wardcode"},
    "area": {"lookup_boroughname", "boroughname", "bocu"},
}
ANY_LEVEL = (*PLACE_LEVELS, "ward")
STUB = 0.1
"""A first month with less than this share of the second's offences is the rest of an older file, and no month."""


class _WardFile(WideFile):
    """A file with a row for each category and ward, and one more where the ward stands beside two areas: `beside` holds each."""

    def __init__(self, sheet: csv_reader.Sheet, dataset: Dataset, places: dict[str, Place], wards: dict[str, Ward]):
        where = columns(sheet, COLUMNS, "recorded crime by ward")
        if sorted(where.values()) != list(range(len(COLUMNS))):
            raise sheet.refuse("header not known for recorded crime by ward: category, ward and borough come first", 1)
        super().__init__(sheet, dataset, len(COLUMNS))
        self.beside: dict[tuple[str, str], dict[str, np.ndarray]] = defaultdict(dict)
        names: dict[str, str] = {}
        for line, cells in sheet.rows:
            minor, name, code, area = (cells[where[part]].strip() for part in ("minor", "name", "code", "area"))
            _check_ward(sheet, line, (name, code, area), places, wards)
            if plain(names.setdefault(code, name)) != plain(name):
                raise sheet.refuse(f"{code} is called {names[code]!r} above and {name!r} here: one ward has one name", line)
            if plain(area) in self.beside[minor, code]:
                raise sheet.refuse(f"{minor} in {name} ({code}) stands twice: two sheets stacked would be added up", line)
            self.beside[minor, code][plain(area)] = self.row(line, cells)
            self.lines[minor, code].append(line)
        self.counts = {key: sum(rows.values()) for key, rows in self.beside.items()}


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """
    Tidy rows of one release: any number of ward files whose months do not overlap.

    `places`: the known places by id, the wards among them by code.
    """
    account = Account()
    wards = {code: ward for code, ward in places.items() if isinstance(ward, Ward) and places[ward.area].level in AREAS}
    if not wards:
        raise Refused("no wards are known: bring them with `python -m metrics wards`", file=files[0])
    read_files = [_WardFile(csv_reader.read(file), dataset, places, wards) for file in files]
    for file in read_files:
        _check_wards(file, wards)
        account.rows_read += len(file.sheet.rows)
        _drop_stub(file, account)
    check_months(read_files)
    check_mapped(read_files, dataset)
    records = [record for file in read_files for record in _records(file, wards, account)]
    located = tuple(file.source_cells(lambda code: (code,)) for file in read_files if file.kept)
    odd = [line for file in read_files for line in _lone_figures(file, wards)]
    odd += categories_of_one_file(read_files)
    return Tidy(frame(records), account, odd=tuple(odd), source_cells=located)


def _lone_figures(file: _WardFile, wards: dict[str, Ward]) -> Iterator[str]:
    """Figures of one category and ward far below the months beside them: a digit lost. A ward may have a carnival."""
    for (minor, code), counts in file.counts.items():
        row = counts.tolist()
        for i in (i for i in file.kept if max(row) >= MANY and is_lost(row, i)):
            yield f"{minor}, {wards[code].name} ({code}), {file.months[i]}: {row[i]:,}, far from the months around it"


def _check_ward(sheet: csv_reader.Sheet, line: int, ward: tuple[str, str, str], places: dict[str, Place], wards: dict[str, Ward]) -> None:
    name, code, area = ward
    if code not in wards:
        raise sheet.refuse(f"{code!r} ({name}) is no ward of wards.csv: a code of another year?", line)
    named = place_of(sheet.file, line, area, places, ANY_LEVEL)
    if named.level in AREAS and named.id != wards[code].area:
        raise sheet.refuse(f"{code} ({name}) lies in {places[wards[code].area].name}, and {named.name} stands beside it", line)


def _check_wards(file: _WardFile, wards: dict[str, Ward]) -> None:
    """Every ward has rows; areas beside one ward have figures of their own, else the ward stands twice."""
    absent = wards.keys() - {code for _, code in file.counts}
    if absent:
        named = ", ".join(sorted(absent)[:3])
        raise file.sheet.refuse(f"no row for {len(absent)} of {len(wards)} wards ({named}): the file may be cut short")
    split = [list(rows.values()) for rows in file.beside.values() if len(rows) > 1]
    if split and all((rows[0] == row).all() for rows in split for row in rows):
        raise file.sheet.refuse("a ward stands under two areas with the same figures: two sheets stacked would be added up")


def _drop_stub(file: _WardFile, account: Account) -> None:
    """Leave out a first month that holds only a few late offences of an older file."""
    totals = sum(file.counts.values())
    if len(file.months) > 1 and totals[0] < STUB * totals[1]:
        account.notes.append(f"{file.months[0]} left out of {file.sheet.file.name}: {totals[0]:,} offences are no whole month")
        file.months, file.counts = file.months[1:], {key: row[1:] for key, row in file.counts.items()}


def _records(file: _WardFile, wards: dict[str, Ward], account: Account) -> list[tuple]:
    """Tidy rows of one file, every ward in every month, and its part of the account."""
    kept = file.kept
    if not kept:
        return []
    every = {*file.dataset.series, file.dataset.total} - {None}
    sums = {(series, code): np.zeros(len(file.months), dtype=int) for series in every for code in wards}
    for (minor, code), row in file.counts.items():
        role = account.mapped[minor] = file.roles[plain(minor)]
        where = account.left_out if role == LEFT_OUT else account.totals
        where[minor] = where.get(minor, 0) + int(row[kept].sum())
        for series in file.series(minor) & every:
            sums[series, code] += row
    split = sorted({code for (_, code), rows in file.beside.items() if len(rows) > 1})
    account.notes += [f"{wards[code].name} ({code}) stands under two areas in {file.sheet.file.name}: added up" for code in split]
    return [(series, code, file.months[i], row[i], None) for (series, code), row in sums.items() for i in kept]
