"""
From the figures of a ward to their source: the months that its page rests on, each in the newest release that gives it.

A ward's figures are few, so that one entry for each file names the rows of every measure.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from metrics.domain import Dataset, Measure, Ward, periods
from metrics.narrative import origin_text
from metrics.report.origins import Origin
from metrics.report.snapshot import Located, Snapshot, kept
from metrics.report.wards import WardCard

MonthsOfRelease = tuple[date, tuple[str, ...]]
"""The day of a release, and the months that it gives and none after it."""


def origins(snapshot: Snapshot, card: WardCard) -> list[tuple[Dataset, list[Origin]]]:
    """Where the figures of a ward were read, the newest first, by dataset of wards."""
    every, measures = snapshot.known.datasets.values(), [row.measure for row in card.rows]
    of_wards = [dataset for dataset in every if dataset.level == "ward"]
    made = ((dataset, list(_of_dataset(snapshot, dataset, card.ward, measures, card.months))) for dataset in of_wards)
    return [(dataset, parts) for dataset, parts in made if parts]


def _of_dataset(
    snapshot: Snapshot, dataset: Dataset, ward: Ward, measures: Sequence[Measure], months: frozenset[str]
) -> Iterator[Origin]:
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
