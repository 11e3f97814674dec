"""
From a figure to its source: for each stretch of a series the release, the publisher's file with its SHA-256, and the cells in it.

A ward's figures are few, so that one entry for each file names the rows of every measure: the months that its page rests on, each in the
newest release that gives it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from metrics.domain import Dataset, Measure, Place, Ward, periods
from metrics.narrative import origin_text
from metrics.report.snapshot import Located, Snapshot, SourceFile, kept
from metrics.report.wards import WardCard


@dataclass(frozen=True)
class Origin:
    """
    Where a stretch of a series was read: its first and last period, the release's day, the files, and the cells.

    `cells` is what is told of them; `columns` and `rows` are empty where the release was kept before cells were recorded. Where a file
    has one column of figures, `by_period` has the rows of each period, the newest first, and `rows` is empty.
    """

    first: str
    last: str
    published: date
    files: tuple[SourceFile, ...]
    cells: str
    columns: tuple[str, str] = ("", "")
    rows: str = ""
    by_period: Mapping[str, str] = field(default_factory=dict)

    @property
    def span(self) -> str:
        """Its first and last period in words."""
        return " to ".join(dict.fromkeys(map(periods.say, (self.first, self.last))))

    def in_short(self, text: dict) -> str:
        """The cells in a few words: of periods one below the other the newest alone, for the rest is for machines."""
        return origin_text.down(text, self.columns[0], self.by_period, room=0) if self.by_period else self.cells

    def in_full(self, text: dict) -> str:
        """The same in one line, in the words of the section `origins` of `data/wording.yaml`."""
        files = "; ".join(text["file"].format(name=file.name, sha256=file.sha256) for file in self.files)
        return text["line"].format(span=self.span, cells=self.in_short(text), files=files, day=periods.say_day(self.published))

    def machine(self) -> dict:
        """The same for a machine."""
        return {
            "first": self.first, "last": self.last, "published": self.published.isoformat(), "columns": list(filter(None, self.columns)),
            "rows": dict(self.by_period) or self.rows, "cells": self.cells,
            "files": [file.machine() for file in self.files],
        }


def origins(snapshot: Snapshot, measure: Measure, place: Place) -> tuple[Origin, ...]:
    """Where the figures of a measure in a place were read, the newest first; nothing where none is held."""
    return _of_series(snapshot, measure.id, place.id)


@kept(80)
def _of_series(snapshot: Snapshot, measure_id: str, place_id: str) -> tuple[Origin, ...]:
    """The same by ids: every page and file of a series asks in turn."""
    measure, place = snapshot.known.measures[measure_id], snapshot.known.places[place_id]
    figures = snapshot.everywhere(measure_id).get(place_id)
    if figures is None:
        return ()
    runs = groupby(zip(figures["period"], figures["published"], strict=True), key=lambda pair: pair[1])
    stretches = [(published.date(), [period for period, _ in run]) for published, run in runs]
    made = [origin for published, months in stretches for origin in _of_stretch(snapshot, measure, place, published, months)]
    return tuple(reversed(made))


def _of_stretch(snapshot: Snapshot, measure: Measure, place: Place, published: date, months: list[str]) -> Iterator[Origin]:
    """One for each column, or file of columns, that months of a release were read from; one in words where cells were not recorded."""
    files, text = snapshot.files_of(measure.source.dataset, published), snapshot.wording.text["origins"]
    located = snapshot.source_cells(measure.id)
    own, every = ([part for part in located.get(name, ()) if part.published == published] for name in (place.id, snapshot.known.total.id))
    blocks: dict[tuple, list[Located]] = {part.block: [] for part in (own if any(part.periods for part in own) else [*every, *own])}
    for part in own:
        blocks[part.block].append(part)
    if not blocks:
        names = snapshot.known.datasets[measure.source.dataset].series
        named = [name for series in measure.source.series for name in names.get(series, ())]
        yield Origin(months[0], months[-1], published, tuple(files.values()), origin_text.unlocated(text, named, place.name))
    for block, parts in blocks.items():
        file, column, first, last, given = block
        within = [month for month in months if (month in given if given else first <= month <= last)]
        if within:
            yield _located(text, published, files[file], within, (column, first), parts)


def _located(text: dict, published: date, file: SourceFile, months: list[str], begins: tuple[str, str], parts: list[Located]) -> Origin:
    """The cells of some months in one file, whose columns begin with a column and month."""
    column, first = begins
    if parts and parts[0].periods:
        by_period = {month: ", ".join(filter(None, (part.rows(month) for part in parts))) for month in reversed(months)}
        name = origin_text.column(int(column)) if column.isdigit() else column
        words = origin_text.down(text, name, by_period)
        return Origin(months[0], months[-1], published, (file,), words, (name, name), by_period=by_period)
    columns = tuple(origin_text.column(int(column) + periods.between(first, month)) for month in (months[0], months[-1]))
    rows = ", ".join(part.lines for part in parts)
    return Origin(months[0], months[-1], published, (file,), origin_text.located(text, columns, rows), columns, rows)


MonthsOfRelease = tuple[date, tuple[str, ...]]
"""The day of a release, and the months that it gives and none after it."""


def ward_origins(snapshot: Snapshot, card: WardCard) -> list[tuple[Dataset, list[Origin]]]:
    """Where the figures of a ward were read, the newest first, by dataset of wards."""
    every, measures = snapshot.known.datasets.values(), [row.measure for row in card.rows]
    of_wards = [dataset for dataset in every if dataset.level == "ward"]
    made = ((dataset, list(_of_dataset(snapshot, dataset, card.ward, measures, card.months))) for dataset in of_wards)
    return [(dataset, parts) for dataset, parts in made if parts]


def _of_dataset(snapshot: Snapshot, dataset: Dataset, ward: Ward, measures: Sequence[Measure], months: frozenset[str]) -> Iterator[Origin]:
    named = [(measure.title, measure.source) for measure in measures if measure.source]
    series = {title: source.series for title, source in named if source.dataset == dataset.names_from}
    for release in _releases(snapshot, dataset.id, months) if series else ():
        located = [part for part in _of_area(snapshot, dataset.id, ward.area)[ward.code] if part.published == release[0]]
        yield from _of_release(snapshot, dataset, release, series, located) if located else [_unlocated(snapshot, dataset, release, ward)]


@kept(4)
def _releases(snapshot: Snapshot, dataset: str, months: frozenset[str]) -> tuple[MonthsOfRelease, ...]:
    """The releases that some months are read from, the newest first."""
    rows, rest, made = snapshot.releases(), set(months), []
    for row in rows[rows["dataset"] == dataset].sort_values("published", ascending=False).itertuples():
        report = json.loads(row.report)
        given = sorted(rest & set(periods.span(report["first"], report["last"])))
        rest -= set(given)
        made += [(row.published.date(), tuple(given))] if given else []
    return tuple(made)


def _unlocated(snapshot: Snapshot, dataset: Dataset, release: MonthsOfRelease, ward: Ward) -> Origin:
    published, months = release
    words = origin_text.unlocated(snapshot.wording.text["origins"], (), ward.name)
    return Origin(months[0], months[-1], published, tuple(snapshot.files_of(dataset.id, published).values()), words)


def _of_release(
    snapshot: Snapshot, dataset: Dataset, release: MonthsOfRelease, series: Mapping[str, Sequence[str]], located: Sequence[Located]
) -> Iterator[Origin]:
    """One for each file that months of a release were read from, the newest first."""
    (published, months), files, text = release, snapshot.files_of(dataset.id, release[0]), snapshot.wording.text["origins"]
    for block in sorted({part.block for part in located}, key=lambda block: block[3], reverse=True):
        file, column, first, last, _ = block
        within = [month for month in months if first <= month <= last]
        if within:
            columns = tuple(origin_text.column(int(column) + periods.between(first, month)) for month in (within[0], within[-1]))
            lines = {part.series: part.lines for part in located if part.block == block}
            rows = {title: ", ".join(filter(None, map(lines.get, names))) for title, names in series.items()}
            yield Origin(within[0], within[-1], published, (files[file],), origin_text.by_measure(text, columns, rows), columns)


@kept(4)
def _of_area(snapshot: Snapshot, dataset: str, area: str) -> Mapping[str, list[Located]]:
    """Where the figures of an area's wards stand, by ward."""
    described, codes = snapshot.known.datasets[dataset], [ward.code for ward in snapshot.known.wards_of(area)]
    by_ward: dict[str, list[Located]] = {code: [] for code in codes}
    for part in snapshot.located(dataset, filter(None, (*described.series, described.total)), codes):
        by_ward[part.place].append(part)
    return by_ward
