"""
The Public Attitude Survey: the official borough sheet, and second-hand extracts of the public dashboard.

Every figure covers the 12 months to the end of a quarter. The official sheet has decimal commas and repeats
London's figure beside each borough's; the extracts come in three shapes and are marked second-hand.
"""

import re
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, Refused, periods
from metrics.ingest.contract import Account, Tidy, frame, plain, series_by_name
from metrics.ingest.reading import SourceCells, check_unsorted, downwards, named, period_of, place_of

OFFICIAL = ["date", "survey", "borough", "measure", "proportion", "mps"]
BOROUGH_EXTRACT = ["date", "quarter", "borough", "metric", "metric_value"]
LONDON_EXTRACT = ["date", "measure", "proportion"]
FIGURES = ("proportion", "metric_value")
LONDON = "MPS"
QUARTER_ENDS = ("03", "06", "09", "12")


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """
    Tidy rows of one release: percentages by question, place and last month of the 12.

    `files`: either official sheets or second-hand extracts, never both at once.
    `dataset`: its `series` map the published names of questions; `base` gives the interviews behind a figure by level.
    Returns: percentages from 0 to 100. `second_hand` is set for extracts.
    Raises Refused: unknown header, area, question or date; a proportion outside 0 to 1; official figures for one cell that differ (those of
        extracts are handed on in `conflicts`: an official figure may settle them).
    """
    account, cells, conflicts, kinds, located = Account(), {}, {}, set(), []
    for file in files:
        sheet = csv_reader.read(file, final_newline=False)
        reader = _reader(sheet)
        kinds.add(reader is _official)
        here: dict[tuple[str, str, str], float] = {}
        where: dict[tuple[str, str, str], tuple[int, int]] = {}
        for line, column, question, area, period, value in reader(sheet, account):
            key = _cell(sheet, line, question, area, period, dataset, places, account)
            clash = _clash(key, here.get(key, cells.get(key)), value)
            if clash and reader is _official:
                raise sheet.refuse(clash, line)
            if clash:
                conflicts.setdefault(key, str(sheet.refuse(clash, line)))
            elif key in here:
                account.notes.append(f"{', '.join(key)} stands twice with the same figure: kept once")
            here[key], where[key] = value, where.get(key, (line, column))
        account.rows_read += len(sheet.rows)
        cells |= here
        located += _located(file, where)
    if len(kinds) > 1:
        raise Refused("an official sheet and an extract are different releases: import them one after the other", file=files[0])
    rows = frame([(*cell, value, dataset.base[places[cell[1]].level]) for cell, value in cells.items()])
    return Tidy(rows, account, second_hand=kinds == {False}, conflicts=conflicts, source_cells=tuple(located))


def _located(file: Path, where: dict[tuple[str, str, str], tuple[int, int]]) -> list[SourceCells]:
    """Where the figures of a file stand: a part for each column that they stand in."""
    used = sorted({column for _, column in where.values()})
    return [downwards(file, each + 1, {key: [line] for key, (line, column) in where.items() if column == each}) for each in used]


def _clash(key, before: float | None, value: float) -> str | None:
    if before is None or before == value:
        return None
    return f"{', '.join(key)}: {value:g} here, {before:g} before: two figures for one cell"


def _reader(sheet: csv_reader.Sheet):
    for header, reader in ((OFFICIAL, _official), (BOROUGH_EXTRACT, _borough_extract), (LONDON_EXTRACT, _london_extract)):
        if named(sheet) == header:
            check_unsorted(sheet, [i for i, name in enumerate(header) if name in FIGURES])
            return reader
    raise sheet.refuse(f"header not known for the Public Attitude Survey: {','.join(sheet.header)[:80]!r}", 1)


def _official(sheet: csv_reader.Sheet, account: Account):
    london: dict[tuple[str, str], tuple[int, float]] = {}
    for line, row in sheet.rows:
        date, _, area, question, proportion, force = row[:6]
        if any(cell.strip() for cell in row[6:]):
            account.notes.append(f"line {line}: stray cells after the last named column, not read: {' '.join(row[6:]).strip()}")
        period = _quarter_end(sheet, line, date)
        yield line, OFFICIAL.index("proportion"), question, area, period, _share(sheet, line, proportion.replace(",", "."))
        key, value = (question, period), _share(sheet, line, force.replace(",", "."))
        if london.setdefault(key, (line, value))[1] != value:
            raise sheet.refuse(f"MPS column: {value:g} here, {london[key][1]:g} on an earlier line for the same quarter", line)
    for (question, period), (line, value) in london.items():
        yield line, OFFICIAL.index("mps"), question, LONDON, period, value


def _borough_extract(sheet: csv_reader.Sheet, account: Account):
    for line, row in sheet.rows:
        date, quarter, area, question, proportion = row[:5]
        first, period = period_of(sheet, line, date, "mdy"), period_of(sheet, line, quarter)
        if periods.shift(first, 2) != period:
            raise sheet.refuse(f"{date} is not the first day of {quarter}", line)
        yield line, BOROUGH_EXTRACT.index("metric_value"), question, area, period, _share(sheet, line, proportion)


def _london_extract(sheet: csv_reader.Sheet, account: Account):
    for line, (date, question, percent, *_) in sheet.rows:
        value = csv_reader.whole(sheet, line, percent, "proportion")
        if value > 100:
            raise sheet.refuse(f"{value} is above 100 per cent", line)
        yield line, LONDON_EXTRACT.index("proportion"), question, LONDON, period_of(sheet, line, date), float(value)


def _share(sheet, line, text: str) -> float:
    share = csv_reader.decimal(sheet, line, text, "proportion")
    if share > 1:
        raise sheet.refuse(f"proportion: {text!r} is not between 0 and 1", line)
    return round(share * 100, 6)


def _quarter_end(sheet, line, text: str) -> str:
    """The period of a date that must be the last day of a quarter: in another order of day and month it is not."""
    period = period_of(sheet, line, text)
    day = re.match(r"\s*(\d{1,2})[/.]", text)
    if period[5:] not in QUARTER_ENDS or (day and int(day[1]) != periods.days(period)):
        raise sheet.refuse(f"not the last day of a quarter: {text!r}", line)
    return period


def _cell(sheet, line, question, area, period, dataset, places, account) -> tuple[str, str, str]:
    series = series_by_name(dataset).get(plain(question))
    if series is None:
        raise sheet.refuse(f"question not mapped in datasets/{dataset.id}.yaml: {question!r}", line)
    account.mapped[question] = series
    return series, place_of(sheet.file, line, area, places, dataset.base).id, period
