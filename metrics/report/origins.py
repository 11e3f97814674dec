"""From a figure to its source: for each stretch of a series the release, the publisher's file with its SHA-256, and the cells in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from metrics.domain import Measure, Place, periods
from metrics.narrative import origin_text
from metrics.report.snapshot import Snapshot, kept


@dataclass(frozen=True)
class Origin:
    """
    Where a stretch of a series was read: its first and last period, the release's day, the files with their SHA-256, and the cells.

    `cells` is what is told of them; `columns` and `rows` are empty where the release was kept before cells were recorded.
    """

    first: str
    last: str
    published: date
    files: tuple[tuple[str, str], ...]
    cells: str
    columns: tuple[str, str] = ("", "")
    rows: str = ""

    def machine(self) -> dict:
        """The same for a machine."""
        return {
            "first": self.first, "last": self.last, "published": self.published.isoformat(), "columns": list(filter(None, self.columns)),
            "rows": self.rows, "cells": self.cells, "files": [{"name": name, "sha256": sha256} for name, sha256 in self.files],
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
    """One for each file that months of a release were read from; one in words where cells were not recorded."""
    files = snapshot.files_of(measure.source.dataset, published)
    located = snapshot.source_cells(measure.id)
    own, every = ([part for part in located.get(name, ()) if part.published == published] for name in (place.id, snapshot.known.total.id))
    if not every:
        names = snapshot.known.datasets[measure.source.dataset].series
        named = [name for series in measure.source.series for name in names.get(series, ())]
        words = origin_text.unlocated(snapshot.wording.text["origins"], named, place.name)
        yield Origin(months[0], months[-1], published, tuple(files.items()), words)
        return
    for part in every:
        within = [month for month in months if part.first <= month <= part.last]
        if within:
            columns = tuple(origin_text.column(part.column + periods.between(part.first, month)) for month in (within[0], within[-1]))
            rows = ", ".join(each.lines for each in own if each.file == part.file)
            words = origin_text.located(snapshot.wording.text["origins"], columns, rows)
            yield Origin(within[0], within[-1], published, ((part.file, files[part.file]),), words, columns, rows)
