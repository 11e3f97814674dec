"""
Recorded crime: the Metropolitan Police's wide borough files, one column a month.

The header has changed its words four times and the categories three times; both are matched by meaning.
A row that is absent had no offence in the file's months, so absent means zero, but only inside the file.
A category that one file of a release has no row of, although another says that its months go on, looks odd. Files of one generation share
nearly all of their names; where more have changed, a category may stand under another.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import permutations
from pathlib import Path

import numpy as np

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, Refused, areas_of, periods, total_of
from metrics.ingest.contract import Account, Tidy, frame, plain, series_by_name
from metrics.ingest.reading import AREAS, WITH_OUTSIDE, SourceCells, check_unsorted, columns, place_of, spans

FEW_GONE, A_MONTH = 0.1, 100
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
    account, twins = Account(), {}
    read_files = [_BoroughFile(csv_reader.read(file), dataset, places) for file in files]
    months = check_months(read_files)
    check_mapped(read_files, dataset)
    records = [record for file in read_files for record in file.records(account, twins)]
    if dataset.keep_from and min(months) < dataset.keep_from:
        account.notes.append(f"months {min(months)} to {periods.shift(dataset.keep_from, -1)} read and not kept")
    odd = [line for file in read_files for line in file.lone_figures()]
    odd += categories_of_one_file(read_files)
    located = tuple(file.located() for file in read_files if file.kept)
    return Tidy(frame(records), account, twins=twins, odd=tuple(odd), source_cells=located)


def known_roles(dataset: Dataset) -> dict[str, str]:
    """Each category, reduced by `plain`, to what it is: a series, counted in the total only, or left out."""
    known = series_by_name(dataset)
    known |= {plain(name): TOTAL_ONLY for name in dataset.counted_in_total_only}
    return known | {plain(name): LEFT_OUT for name in dataset.left_out}


class WideFile:
    """One file: its months, and the count of each category and place month by month, with the lines that they stand on."""

    def __init__(self, sheet: csv_reader.Sheet, dataset: Dataset, first: int):
        self.sheet, self.dataset, self.first = sheet, dataset, first
        self.months, self.roles = months_of(sheet, first), known_roles(dataset)
        check_unsorted(sheet, range(first, len(sheet.header)))
        self.counts: dict[tuple[str, str], np.ndarray] = {}
        self.lines: dict[tuple[str, str], list[int]] = defaultdict(list)

    @property
    def kept(self) -> list[int]:
        """Which of the months are kept, by their number."""
        return [i for i, month in enumerate(self.months) if month >= (self.dataset.keep_from or "")]

    def row(self, line: int, cells: list[str]) -> np.ndarray:
        """The counts of a line of the file."""
        named = zip(cells[self.first :], self.sheet.header[self.first :], strict=True)
        return np.array([csv_reader.whole(self.sheet, line, cell, month) for cell, month in named])

    def series(self, category: str) -> set[str]:
        """The series that a category is counted in: its own and the total; none where it is left out."""
        role, total = self.roles[plain(category)], self.dataset.total
        return set() if role == LEFT_OUT else {role, total} & {*self.dataset.series, total}

    def source_cells(self, places_of: Callable[[str], Iterable[str]]) -> SourceCells:
        """Where the figures of this file stand, each in the places that `places_of` its own place: the lines that were added up."""
        lines, kept = defaultdict(list), self.kept
        for category, place in self.counts:
            for series in self.series(category):
                for where in places_of(place):
                    lines[series, where] += self.lines[category, place]
        column = len(self.sheet.header) - len(self.months) + 1 + kept[0]
        named = {key: spans(each) for key, each in lines.items()}
        return SourceCells(self.sheet.file.name, self.months[kept[0]], self.months[kept[-1]], column, named)

    @cached_property
    def categories(self) -> dict[str, np.ndarray]:
        """How much its months hold of each category that is not left out, once every row is read."""
        sums: dict[str, np.ndarray] = {}
        for (category, _), row in self.counts.items():
            if self.roles[plain(category)] != LEFT_OUT:
                sums[plain(category)] = sums.get(plain(category), 0) + row
        return sums

    @cached_property
    def totals(self) -> dict[str, int]:
        """The same in all months that are kept, of the categories with any figure there."""
        return {category: total for category, row in self.categories.items() if (total := int(row[self.kept].sum()))}


def categories_of_one_file(files: Sequence[WideFile]) -> Iterator[str]:
    """
    Categories of a file that another file of the same generation of names has no row of, each in one line.

    One that turns up under another name of the same role has not gone.
    """
    for file, other in permutations([file for file in files if file.kept], 2):
        gone, carried_on = file.totals.keys() - other.totals.keys(), {file.roles[name] for name in other.totals.keys() - file.totals.keys()}
        if len(gone) <= FEW_GONE * len(file.totals):
            for name in sorted(name for name in gone if file.roles[name] not in carried_on):
                if file.totals[name] >= A_MONTH * len(file.kept) and _has_month_beside(file, other, name):
                    yield f"{name}: {file.totals[name]:,} in {file.sheet.file.name}, and no row in {other.sheet.file.name}"


def _has_month_beside(file: WideFile, other: WideFile, name: str) -> bool:
    """Whether a file has a category in its month nearest to the other file's: a name that came in or went out later has none there."""
    nearest = file.kept[0] if other.months[0] < file.months[0] else file.kept[-1]
    return bool(file.categories[name][nearest])


def check_months(files: Sequence[WideFile]) -> dict[str, str]:
    """The file of each month; a month in two files is refused."""
    seen: dict[str, str] = {}
    for file in files:
        for month in file.months:
            if month in seen:
                raise file.sheet.refuse(f"{month} is also in {seen[month]}", 1)
            seen[month] = file.sheet.file.name
    return seen


def check_mapped(files: Sequence[WideFile], dataset: Dataset) -> None:
    """One refusal names what nobody mapped in any file, with its total; a file of which nothing is kept needs no mapping."""
    unknown: dict[str, int] = defaultdict(int)
    kept = [file for file in files if file.kept]
    for file in kept:
        for (category, _), row in file.counts.items():
            if plain(category) not in file.roles:
                unknown[category] += int(row.sum())
    if unknown:
        names = "; ".join(f"{category!r} ({total:,} offences)" for category, total in sorted(unknown.items()))
        where = kept[0].sheet.file if len(kept) == 1 else None
        raise Refused(f"category not mapped in datasets/{dataset.names_from or dataset.id}.yaml: {names}", file=where)


class _BoroughFile(WideFile):
    """A file with a row for each category and area."""

    def __init__(self, sheet: csv_reader.Sheet, dataset: Dataset, places: dict[str, Place]):
        where = _columns(sheet)
        super().__init__(sheet, dataset, len(COLUMNS))
        self.places, self.whole = places, total_of(places).id
        self.place_of: dict[str, Place] = {}
        for line, cells in sheet.rows:
            key = (cells[where["minor"]].strip(), self._area(line, cells[where["area"]]))
            if key in self.counts:
                raise sheet.refuse(f"{key[0]} in {cells[where['area']]} stands twice", line)
            self.counts[key], self.lines[key] = self.row(line, cells), [line]

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
        self._check_whole()
        sums = self._sums(account)
        return [(series, place, self.months[i], row[i], None) for (series, place), row in sums.items() for i in self.kept]

    def located(self) -> SourceCells:
        """Where the figures stand, those of the whole force too; of no row that is a twin's."""
        return self.source_cells(lambda area: (self.place_of[area].id, self.whole))

    def lone_figures(self) -> Iterator[str]:
        """Figures of one category and area that are far from the months on either side: a digit lost or gained."""
        for (category, area), counts in self.counts.items():
            row = counts.tolist()
            if self.kept and max(row) >= MANY and self.place_of[area].level in AREAS:
                for i in (i for i in self.kept if is_lost(row, i) or _is_gained(row, i)):
                    yield f"{category}, {area}, {self.months[i]}: {row[i]:,}, far from the months around it"

    def _check_whole(self) -> None:
        """A category that nearly every borough has every month must have a row for each: else rows are missing."""
        boroughs = set(areas_of(self.places))
        for category in dict.fromkeys(category for category, _ in self.counts):
            rows = {area: int(row.sum()) for (name, area), row in self.counts.items() if name == category and area in boroughs}
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
                rows[area][category] = row.tolist()
        first_of: dict[str, str] = {}
        for area, figures in sorted(rows.items(), key=lambda item: self.place_of[item[0]].id not in self.dataset.outside):
            twin = first_of.setdefault(repr(sorted(figures.items())), area)
            if twin != area:
                account.notes.append(f"{area} repeats {twin} in {self.sheet.file.name}: counted once")
                twins[self.place_of[twin].id] = self.place_of[area].id
                self.counts = {key: row for key, row in self.counts.items() if key[1] != area}

    def _sums(self, account: Account) -> dict[tuple[str, str], np.ndarray]:
        here = areas_of(self.places)
        here += sorted({self.place_of[area].id for _, area in self.counts}.union(self.dataset.outside).difference(here))
        wanted = sorted({self.roles[plain(category)] for category, _ in self.counts} & self.dataset.series.keys())
        nothing = np.zeros(len(self.months), dtype=int)
        sums = {(series, place): nothing for series in [*wanted, self.dataset.total] for place in [*here, self.whole]}
        for (category, area), row in self.counts.items():
            self._note(account, category, self.place_of[area], int(row[self.kept].sum()))
            for series in self.series(category):
                for where in (self.place_of[area].id, self.whole):
                    sums[series, where] = sums[series, where] + row
        return sums

    def _note(self, account: Account, category: str, place: Place, total: int) -> None:
        account.mapped[category] = self.roles[plain(category)]
        if account.mapped[category] == LEFT_OUT:
            account.left_out[category] = account.left_out.get(category, 0) + total
            return
        if place.level == "outside":
            account.outside[place.name] = account.outside.get(place.name, 0) + total
        account.totals[category] = account.totals.get(category, 0) + total


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
