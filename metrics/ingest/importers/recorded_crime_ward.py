"""
Recorded crime by ward: the Metropolitan Police's wide ward files, one column a month.

A ward is known by its code alone; the area beside it must be the one that the code lies in, or none that is judged (an airport). A ward
that the publisher books under two such areas is added up, and said. A row that is absent had no offence in the file's months.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from metrics.definitions import csv_reader
from metrics.domain import PLACE_LEVELS, Dataset, Place, Refused, Ward
from metrics.ingest.contract import Account, Tidy, frame, plain
from metrics.ingest.importers.recorded_crime import LEFT_OUT, MANY, CategoryFile, categories_of_one_file, is_lost, known_roles, months_of
from metrics.ingest.reading import AREAS, check_unsorted, columns, place_of
from metrics.ingest.source_cells import SourceCells, spans

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


@dataclass
class Block:
    """One file: its months, and the counts and lines of each category and ward, a row beside each area that the file names there."""

    sheet: csv_reader.Sheet
    months: list[str]
    counts: dict[tuple[str, str], dict[str, np.ndarray]] = field(default_factory=lambda: defaultdict(dict))
    lines: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """
    Tidy rows of one release: any number of ward files whose months do not overlap.

    `places`: the known places by id, the wards among them by code.
    """
    account = Account()
    wards = {code: ward for code, ward in places.items() if isinstance(ward, Ward) and places[ward.area].level in AREAS}
    if not wards:
        raise Refused("no wards are known: bring them with `python -m metrics wards`", file=files[0])
    blocks = [_block(csv_reader.read(file), places, wards, account) for file in files]
    seen: dict[str, str] = {}
    for block in blocks:
        for month in block.months:
            if seen.setdefault(month, block.sheet.file.name) != block.sheet.file.name:
                raise block.sheet.refuse(f"{month} is also in {seen[month]}", 1)
    records = [record for block in blocks for record in _records(block, dataset, wards, account)]
    located = tuple(_located(block, dataset) for block in blocks if _kept(block, dataset))
    odd = [line for block in blocks for line in _lone_figures(block, dataset, wards)]
    odd += categories_of_one_file([_categories(block, dataset) for block in blocks], known_roles(dataset))
    return Tidy(frame(records), account, odd=tuple(odd), source_cells=located)


def _categories(block: Block, dataset: Dataset) -> CategoryFile:
    """What a file's months hold of each category that is not left out."""
    kept, roles = _kept(block, dataset), known_roles(dataset)
    sums: dict[str, np.ndarray] = {}
    for (minor, _), rows in block.counts.items() if kept else ():
        if roles[plain(minor)] != LEFT_OUT:
            sums[plain(minor)] = sums.get(plain(minor), 0) + sum(rows.values())
    return CategoryFile(block.sheet.file.name, block.months, kept, sums)


def _lone_figures(block: Block, dataset: Dataset, wards: dict[str, Ward]) -> Iterator[str]:
    """Figures of one category and ward far below the months beside them: a digit lost. A ward may have a carnival."""
    for (minor, code), rows in block.counts.items():
        row = sum(rows.values()).tolist()
        for i in (i for i in _kept(block, dataset) if max(row) >= MANY and is_lost(row, i)):
            yield f"{minor}, {wards[code].name} ({code}), {block.months[i]}: {row[i]:,}, far from the months around it"


def _kept(block: Block, dataset: Dataset) -> list[int]:
    """Which of a file's months are kept, by their number."""
    return [i for i, month in enumerate(block.months) if month >= (dataset.keep_from or "")]


def _located(block: Block, dataset: Dataset) -> SourceCells:
    """Where the figures of a file stand: the lines that were added up."""
    roles, lines, kept = known_roles(dataset), defaultdict(list), _kept(block, dataset)
    for (minor, code), each in block.lines.items():
        role = roles[plain(minor)]
        for series in {role, dataset.total} & {*dataset.series, dataset.total} if role != LEFT_OUT else ():
            lines[series, code] += each
    column = len(block.sheet.header) - len(block.months) + 1 + kept[0]
    named = {key: spans(each) for key, each in lines.items()}
    return SourceCells(block.sheet.file.name, block.months[kept[0]], block.months[kept[-1]], column, named)


def _block(sheet: csv_reader.Sheet, places: dict[str, Place], wards: dict[str, Ward], account: Account) -> Block:
    where = columns(sheet, COLUMNS, "recorded crime by ward")
    first = len(COLUMNS)
    if sorted(where.values()) != list(range(first)):
        raise sheet.refuse("header not known for recorded crime by ward: category, ward and borough come first", 1)
    check_unsorted(sheet, range(first, len(sheet.header)))
    block, names = Block(sheet, months_of(sheet, first)), {}
    for line, cells in sheet.rows:
        minor, name, code, area = (cells[where[part]].strip() for part in ("minor", "name", "code", "area"))
        _check_ward(sheet, line, (name, code, area), places, wards)
        if plain(names.setdefault(code, name)) != plain(name):
            raise sheet.refuse(f"{code} is called {names[code]!r} above and {name!r} here: one ward has one name", line)
        if plain(area) in block.counts[minor, code]:
            raise sheet.refuse(f"{minor} in {name} ({code}) stands twice: two sheets stacked would be added up", line)
        row = [csv_reader.whole(sheet, line, cell, month) for cell, month in zip(cells[first:], sheet.header[first:], strict=True)]
        block.counts[minor, code][plain(area)] = np.array(row)
        block.lines[minor, code].append(line)
    _check_wards(block, wards)
    account.rows_read += len(sheet.rows)
    return _without_stub(block, account)


def _check_ward(sheet: csv_reader.Sheet, line: int, ward: tuple[str, str, str], places: dict[str, Place], wards: dict[str, Ward]) -> None:
    name, code, area = ward
    if code not in wards:
        raise sheet.refuse(f"{code!r} ({name}) is no ward of wards.csv: a code of another year?", line)
    named = place_of(sheet.file, line, area, places, ANY_LEVEL)
    if named.level in AREAS and named.id != wards[code].area:
        raise sheet.refuse(f"{code} ({name}) lies in {places[wards[code].area].name}, and {named.name} stands beside it", line)


def _check_wards(block: Block, wards: dict[str, Ward]) -> None:
    """Every ward has rows; areas beside one ward have figures of their own, else the ward stands twice."""
    absent = wards.keys() - {code for _, code in block.counts}
    if absent:
        named = ", ".join(sorted(absent)[:3])
        raise block.sheet.refuse(f"no row for {len(absent)} of {len(wards)} wards ({named}): the file may be cut short")
    split = [list(rows.values()) for rows in block.counts.values() if len(rows) > 1]
    if split and all((rows[0] == row).all() for rows in split for row in rows):
        raise block.sheet.refuse("a ward stands under two areas with the same figures: two sheets stacked would be added up")


def _without_stub(block: Block, account: Account) -> Block:
    """The file without a first month that holds only a few late offences of an older file."""
    totals = sum(row for rows in block.counts.values() for row in rows.values())
    if len(block.months) < 2 or totals[0] >= STUB * totals[1]:
        return block
    account.notes.append(f"{block.months[0]} left out of {block.sheet.file.name}: {totals[0]:,} offences are no whole month")
    counts = {key: {area: row[1:] for area, row in rows.items()} for key, rows in block.counts.items()}
    return Block(block.sheet, block.months[1:], counts, block.lines)


def _records(block: Block, dataset: Dataset, wards: dict[str, Ward], account: Account) -> list[tuple]:
    """Tidy rows of one file, every ward in every month, and its part of the account."""
    kept = _kept(block, dataset)
    if not kept:
        return []
    _check_mapped(block, dataset)
    roles, sums = known_roles(dataset), {}
    for series in (*dataset.series, dataset.total):
        sums |= {(series, code): np.zeros(len(block.months), dtype=int) for code in wards if series}
    for (minor, code), rows in block.counts.items():
        role, row = roles[plain(minor)], sum(rows.values())
        account.mapped[minor] = role
        where = account.left_out if role == LEFT_OUT else account.totals
        where[minor] = where.get(minor, 0) + int(row[kept].sum())
        for series in {role, dataset.total if role != LEFT_OUT else role} & {*dataset.series, dataset.total}:
            sums[series, code] += row
    _note_split(block, wards, account)
    return [(series, code, block.months[i], row[i], None) for (series, code), row in sums.items() for i in kept]


def _check_mapped(block: Block, dataset: Dataset) -> None:
    roles = known_roles(dataset)
    unknown: dict[str, int] = defaultdict(int)
    for (minor, _), rows in block.counts.items():
        if plain(minor) not in roles:
            unknown[minor] += sum(int(row.sum()) for row in rows.values())
    if unknown:
        names = "; ".join(f"{category!r} ({total:,} offences)" for category, total in sorted(unknown.items()))
        raise block.sheet.refuse(f"category not mapped in datasets/{dataset.names_from or dataset.id}.yaml: {names}")


def _note_split(block: Block, wards: dict[str, Ward], account: Account) -> None:
    split = sorted({code for (_, code), rows in block.counts.items() if len(rows) > 1})
    account.notes += [f"{wards[code].name} ({code}) stands under two areas in {block.sheet.file.name}: added up" for code in split]
