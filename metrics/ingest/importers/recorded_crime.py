"""
Recorded crime: the Metropolitan Police's wide borough files, one column a month.

The header has changed its words four times and the categories three times; both are matched by meaning.
A row that is absent had no offence in the file's months, so absent means zero, but only inside the file.
A category that one file of a release has no row of, although another says that its months go on, looks odd. Files of one generation share
nearly all of their names; where more have changed, a category may stand under another.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, Refused, periods
from metrics.ingest.contract import Account, Tidy, areas_of, frame, plain, series_by_name, total_of
from metrics.ingest.reading import AREAS, WITH_OUTSIDE, check_unsorted, columns, place_of
from metrics.ingest.source_cells import SourceCells, spans

FEW_GONE, A_MONTH = 0.1, 100


@dataclass(frozen=True)
class CategoryFile:
    """One file: its name, its months, the numbers of those that are kept, and how much of each category they hold, month by month."""

    name: str
    months: Sequence[str]
    kept: Sequence[int]
    categories: Mapping[str, Sequence[int]]

    def total(self, category: str) -> int:
        """What the months that are kept hold of a category."""
        return sum(int(self.categories[category][i]) for i in self.kept) if category in self.categories else 0

    @property
    def counted(self) -> set[str]:
        """The categories with any figure."""
        return {category for category in self.categories if self.total(category)}


def categories_of_one_file(files: Sequence[CategoryFile], roles: Mapping[str, str]) -> Iterator[str]:
    """
    Categories of a file that another file of the same generation of names has no row of, each in one line.

    `roles`: what each category counts as: one that turns up under another name of the same role has not gone.

    >>> older, newer = ({name: [500] for name in map(str, range(10))} for _ in range(2))
    >>> files = [CategoryFile("a.csv", ["2024-01"], [0], older), CategoryFile("b.csv", ["2024-02"], [0], newer)]
    >>> del newer["7"]
    >>> list(categories_of_one_file(files, dict.fromkeys(older, "")))
    ['7: 500 in a.csv, and no row in b.csv']
    """
    for file, other in permutations([file for file in files if file.kept], 2):
        gone, come = file.counted - other.counted, other.counted - file.counted
        carried_on = {roles[name] for name in come}
        if len(gone) <= FEW_GONE * len(file.counted):
            for name in sorted(name for name in gone if roles[name] not in carried_on):
                if file.total(name) >= A_MONTH * len(file.kept) and _has_month_beside(file, other, name):
                    yield f"{name}: {file.total(name):,} in {file.name}, and no row in {other.name}"


def _has_month_beside(file: CategoryFile, other: CategoryFile, name: str) -> bool:
    """Whether a file has a category in its month nearest to the other file's: a name that came in or went out later has none there."""
    nearest = file.kept[0] if other.months[0] < file.months[0] else file.kept[-1]
    return bool(file.categories[name][nearest])


COLUMNS = {
    "major": {"major category", "majortext", "group"},
    "minor": {"minor category", "minortext", "subgroup"},
    "area": {"borough", "boroughname", "lookup_boroughname", "bocu"},
}
FEWEST_BOROUGHS, USUAL_A_MONTH = 28, 4
APART, MANY = 7, 100
"""How many times a figure must be away from the months beside it, and how large the larger must be, to look odd."""
LEAST_APART = 4
"""As many times do where it is below the months on both sides."""
AIRPORTS = ("airports", "aviation-security")
TOTAL_ONLY, LEFT_OUT = "counted in the total only", "left out"


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """
    Tidy rows of one release: any number of files whose months do not overlap.

    `dataset`: its `series`, `counted_in_total_only` and `left_out` say what each category is.
    `places`: the known places by id; areas that are not boroughs keep their own rows.
    Returns: counts by series, place and month; `london` is every area of the file added up.
    """
    account, seen, twins = Account(), {}, {}
    blocks = [_Block(csv_reader.read(file), dataset, places) for file in files]
    for block in blocks:
        for month in block.months:
            if month in seen:
                raise block.sheet.refuse(f"{month} is also in {seen[month]}", 1)
            seen[month] = block.sheet.file.name
    _check_mapped(blocks, dataset)
    records = [record for block in blocks for record in block.records(account, twins)]
    if dataset.keep_from and min(seen) < dataset.keep_from:
        account.notes.append(f"months {min(seen)} to {periods.shift(dataset.keep_from, -1)} read and not kept")
    odd = [line for block in blocks for line in block.lone_figures()]
    odd += categories_of_one_file([block.categories() for block in blocks], known_roles(dataset))
    located = tuple(block.source_cells() for block in blocks if block.kept)
    return Tidy(frame(records), account, twins=twins, odd=tuple(odd), source_cells=located)


def _check_mapped(blocks: list["_Block"], dataset: Dataset) -> None:
    """One refusal names what nobody mapped in any file, with its total; a file of which nothing is kept needs no mapping."""
    known = known_roles(dataset)
    unknown: dict[str, int] = defaultdict(int)
    for block in blocks:
        for (category, _), row in block.counts.items():
            if block.kept and plain(category) not in known:
                unknown[category] += sum(row)
    if unknown:
        names = "; ".join(f"{category!r} ({total:,} offences)" for category, total in sorted(unknown.items()))
        files = [block.sheet.file for block in blocks if block.kept]
        raise Refused(f"category not mapped in datasets/{dataset.id}.yaml: {names}", file=files[0] if len(files) == 1 else None)


def known_roles(dataset: Dataset) -> dict[str, str]:
    """Each category, reduced by `plain`, to what it is: a series, counted in the total only, or left out."""
    known = series_by_name(dataset)
    known |= {plain(name): TOTAL_ONLY for name in dataset.counted_in_total_only}
    return known | {plain(name): LEFT_OUT for name in dataset.left_out}


class _Block:
    """One file: its months, and the count of each category, area and month."""

    def __init__(self, sheet: csv_reader.Sheet, dataset: Dataset, places: dict[str, Place]):
        self.sheet, self.dataset, self.places = sheet, dataset, places
        self.column = _columns(sheet)
        self.months = months_of(sheet, len(COLUMNS))
        check_unsorted(sheet, range(len(COLUMNS), len(sheet.header)))
        self.place_of: dict[str, Place] = {}
        self.line_of: dict[tuple[str, str], int] = {}
        self.kept = [i for i, month in enumerate(self.months) if not dataset.keep_from or month >= dataset.keep_from]
        self.counts = self._counts()

    def _counts(self) -> dict[tuple[str, str], list[int]]:
        counts: dict[tuple[str, str], list[int]] = {}
        minor, area = self.column["minor"], self.column["area"]
        first = len(self.column)
        for line, cells in self.sheet.rows:
            key = (cells[minor].strip(), self._area(line, cells[area]))
            if key in counts:
                raise self.sheet.refuse(f"{key[0]} in {cells[area]} stands twice", line)
            self.line_of[key] = line
            counts[key] = [
                csv_reader.whole(self.sheet, line, cell, name)
                for cell, name in zip(cells[first:], self.sheet.header[first:], strict=True)
            ]
        return counts

    def _area(self, line: int, text: str) -> str:
        """The area's id, or an outside area's own name, so that two spellings of an area are noticed."""
        place = place_of(self.sheet.file, line, text, self.places, WITH_OUTSIDE)
        area = place.id if place.level in AREAS else text.strip()
        self.place_of[area] = place
        return area

    def records(self, account: Account, twins: dict[str, str]) -> list[tuple]:
        """Tidy rows of this file, and its part of the account."""
        account.rows_read += len(self.sheet.rows)
        if not self.kept:
            return []
        self._drop_twins(account, twins)
        known = known_roles(self.dataset)
        role = {category: known[plain(category)] for category, _ in self.counts}
        self._check_whole(role)
        sums = self._sums(role, account)
        return [
            (series, place, self.months[i], row[i], None)
            for (series, place), row in sums.items()
            for i in self.kept
        ]

    def source_cells(self) -> SourceCells:
        """Where the figures of this file stand: of those that were added up, and of no row that is a twin's."""
        known, lines = known_roles(self.dataset), defaultdict(list)
        for category, area in self.counts:
            role = known[plain(category)]
            for series in {role, self.dataset.total} & {*self.dataset.series, self.dataset.total} if role != LEFT_OUT else ():
                for where in (self.place_of[area].id, total_of(self.places).id):
                    lines[series, where].append(self.line_of[category, area])
        column = len(self.column) + 1 + self.kept[0]
        named = {key: spans(each) for key, each in lines.items()}
        return SourceCells(self.sheet.file.name, self.months[self.kept[0]], self.months[self.kept[-1]], column, named)

    def categories(self) -> CategoryFile:
        """What its months hold of each category that is not left out."""
        role, sums = known_roles(self.dataset), {}
        for (category, _), row in self.counts.items():
            if self.kept and role[plain(category)] != LEFT_OUT:
                before = sums.get(plain(category), [0] * len(row))
                sums[plain(category)] = [sum(pair) for pair in zip(before, row, strict=True)]
        return CategoryFile(self.sheet.file.name, self.months, self.kept, sums)

    def lone_figures(self) -> Iterator[str]:
        """Figures of one category and area that are far from the months on either side: a digit lost or gained."""
        for (category, area), row in self.counts.items():
            if self.kept and max(row) >= MANY and self.place_of[area].level in AREAS:
                for i in (i for i in self.kept if is_lost(row, i) or _is_gained(row, i)):
                    yield f"{category}, {area}, {self.months[i]}: {row[i]:,}, far from the months around it"

    def _check_whole(self, role: dict[str, str]) -> None:
        """A category that nearly every borough has every month must have a row for each: else rows are missing."""
        boroughs = set(areas_of(self.places))
        for category in role:
            rows = {area: sum(row) for (name, area), row in self.counts.items() if name == category and area in boroughs}
            missing = boroughs - set(rows)
            common = len(rows) >= FEWEST_BOROUGHS and min(rows.values()) >= USUAL_A_MONTH * len(self.months)
            if missing and common:
                raise self.sheet.refuse(f"no row for {category!r} in {', '.join(sorted(missing))}: the file may be cut short")
        absent = boroughs - {area for _, area in self.counts}
        if absent:
            raise self.sheet.refuse(f"no row for {', '.join(sorted(absent))}: the file may be cut short")

    def _drop_twins(self, account: Account, twins: dict[str, str]) -> None:
        """A file may book the airports under two names with the same figures: count them once, under the usual name, and say so."""
        rows: dict[str, dict] = defaultdict(dict)
        for (category, area), row in self.counts.items():
            if self.place_of[area].id in AIRPORTS:
                rows[area][category] = row
        first_of: dict[str, str] = {}
        for area, figures in sorted(rows.items(), key=lambda item: self.place_of[item[0]].id not in self.dataset.outside):
            twin = first_of.setdefault(repr(sorted(figures.items())), area)
            if twin != area:
                account.notes.append(f"{area} repeats {twin} in {self.sheet.file.name}: counted once")
                twins[self.place_of[twin].id] = self.place_of[area].id
                self.counts = {key: row for key, row in self.counts.items() if key[1] != area}

    def _sums(self, role: dict[str, str], account: Account) -> dict[tuple[str, str], list[int]]:
        sums: dict[tuple[str, str], list[int]] = {}
        here = areas_of(self.places)
        here += sorted({self.place_of[area].id for _, area in self.counts}.union(self.dataset.outside).difference(here))
        wanted = sorted({series for series in role.values() if series in self.dataset.series})
        for series in [*wanted, self.dataset.total]:
            for place in [*here, total_of(self.places).id]:
                sums[series, place] = [0] * len(self.months)
        for (category, area), row in self.counts.items():
            self._add(sums, role[category], self.place_of[area], row, account, category)
        return sums

    def _add(self, sums, role: str, place: Place, row: list[int], account: Account, category: str) -> None:
        total = sum(row[i] for i in self.kept)
        account.mapped[category] = role
        if role == LEFT_OUT:
            account.left_out[category] = account.left_out.get(category, 0) + total
            return
        if place.level == "outside":
            account.outside[place.name] = account.outside.get(place.name, 0) + total
        account.totals[category] = account.totals.get(category, 0) + total
        for series in {role, self.dataset.total} & {*self.dataset.series, self.dataset.total}:
            for where in (place.id, total_of(self.places).id):
                sums[series, where] = [a + b for a, b in zip(sums[series, where], row, strict=True)]


def is_lost(row: list[int], i: int) -> bool:
    """
    Whether a figure is far below the months beside it.

    >>> is_lost([950, 226, 940], 1), is_lost([950, 226], 1), is_lost([950, 95], 1)
    (True, False, True)
    """
    beside = row[max(i - 1, 0) : i] + row[i + 1 : i + 2]
    return i > 0 and min(beside) >= MANY and (LEAST_APART if beside[1:] else APART) * row[i] < min(beside)


def _is_gained(row: list[int], i: int) -> bool:
    """Whether a figure is so far above the months beside it that no month of its row comes near, as a yearly carnival does."""
    beside = row[max(i - 1, 0) : i] + row[i + 1 : i + 2]
    return i > 0 and row[i] >= MANY and APART * max(beside) < row[i] and 2 * max(row[:i] + row[i + 1 :]) < row[i]


def _columns(sheet: csv_reader.Sheet) -> dict[str, int]:
    if "wardname" in (name.lower() for name in sheet.header):
        raise sheet.refuse("this is the ward file; the borough file is expected", 1)
    where = columns(sheet, COLUMNS, "recorded crime")
    if sorted(where.values()) != [0, 1, 2]:
        raise sheet.refuse(f"header not known for recorded crime: {','.join(sheet.header[:4])!r}; category and area come first", 1)
    return where


def months_of(sheet: csv_reader.Sheet, first: int) -> list[str]:
    """The months that a wide file's columns stand for, from the column `first` on, one after the other."""
    labels = sheet.header[first:]
    months = []
    for label in labels:
        if not re.fullmatch(r"\d{6}", label):
            raise sheet.refuse(f"month label not understood: {label!r}", 1)
        try:
            months.append(periods.parse(label))
        except ValueError as error:
            raise sheet.refuse(str(error), 1) from error
    if not months or months != periods.span(months[0], months[-1]):
        raise sheet.refuse("the month columns skip or repeat a month", 1)
    return months
