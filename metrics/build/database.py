"""
Build: everything in `data/` becomes one database, or nothing changes.

The steps: read the releases' descriptions, make the small tables, write, point. A build whose inputs
have not changed is not made again.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

import pandas as pd

from metrics.build import definition_files
from metrics.build.answers import COLUMNS, EMPTY, answers_of, since_another_plan
from metrics.build.chart_tables import against_each, charts, funnels
from metrics.build.input_digest import digest
from metrics.build.inputs import Inputs, known_on
from metrics.build.wards import ward_tables
from metrics.definitions import definitions as defined
from metrics.definitions.change_log import alone
from metrics.domain import Config, Definitions, Refused, Release, periods
from metrics.ingest import releases
from metrics.ingest.reading import SourceCells
from metrics.store import Ask, Store
from metrics.store.writer import folder, write

RESIDENTS = "residents"
PART = ["part", "dataset", "published", "file", "first_month", "last_month", "column_name", "periods"]
LOCATED = ["part", "series", "place", "lines"]
Watch = Callable[[list[date]], Iterable[date]]


@dataclass(frozen=True)
class Built:
    """The build in use, and whether it was there before."""

    name: str
    already_current: bool


def build(data: Path, database: Path, definitions: Definitions, *, again: bool = False, judge: bool = True) -> Built:
    """
    Build the database from `data` into the folder `database`, by definitions that were read before.

    `judge`: work out the findings too: as now known, and as known at every recorded meeting.
    Raises Refused: a release that cannot be taken; the build before stays current.
    """
    with alone(folder(database)):
        with alone(data):
            taken = _taken(data, definitions, judge, None)
        return _built(database, taken, again, list)


def build_project(config: Config, *, again: bool = False, watched: Watch = list) -> Built:
    """
    Build what a project's data say by the time that nobody else builds: no build is of older data than the one before it.

    `watched`: hands on the dates that are judged one by one, so that a bar can follow.
    """
    with alone(folder(config.database)):
        with alone(config.data):
            known = defined(config.data, config.plan)
            definition_files.check_wording(config.data)
            taken = _taken(config.data, known, judge=True, cited_from=config.cited_from)
        return _built(config.database, taken, again, watched)


@dataclass(frozen=True)
class _Taken:
    """What a build is made of, read while nobody writes; a release stands for its file, which never changes."""

    data: Path
    definitions: Definitions
    areas: list[Release]
    wards: list[Release]
    files: dict[str, pd.DataFrame]
    digest: str
    judge: bool
    cited_from: date | None


def _taken(data: Path, definitions: Definitions, judge: bool, cited_from: date | None) -> _Taken:
    all_releases = releases.all_of(data)
    areas, wards = ([release for release in all_releases if _level(release, definitions) == level] for level in ("area", "ward"))
    if not areas:
        raise Refused("there are no releases: import one with `python -m metrics import`", file=data / "releases")
    made_of = digest(data, all_releases, definitions, judge=judge, cited_from=cited_from)
    return _Taken(data, definitions, areas, wards, definition_files.table(data, definitions), made_of, judge, cited_from)


def _built(database: Path, taken: _Taken, again: bool, watched: Watch) -> Built:
    name = None if again else _in_use(database)
    if name and name.endswith(f"-{taken.digest}.duckdb"):
        return Built(name, already_current=True)
    files, apart = ([_path(taken, release) for release in those] for those in (taken.areas, taken.wards))
    dates = judged_dates(taken.areas, taken.definitions, taken.cited_from)
    derive = partial(_derived, taken, dates, watched) if taken.judge else None
    every = [*taken.areas, *taken.wards]
    tables = _tables(every, taken.definitions) | _source_cells(taken.data, every)
    return Built(write(database, taken.digest, files, tables | taken.files, derive, apart=apart), already_current=False)


def _path(taken: _Taken, release: Release) -> Path:
    """The file that keeps a release's figures."""
    return releases.path_of(taken.data, release.dataset, release.published)


def _level(release: Release, definitions: Definitions) -> str:
    """What a release's places are; a dataset that nobody describes is taken for one of areas, and refused as such."""
    known = definitions.datasets.get(release.dataset)
    return known.level if known else "area"


def judged_dates(area_releases: list[Release], definitions: Definitions, cited_from: date | None = None) -> list[date]:
    """
    The dates that findings are kept for: every meeting on record, the launch of the plan, to which a place without a meeting looks
    back, the newest publication, and those that can be cited.
    """
    published = {release.published for release in area_releases}
    cited = {day for day in published if cited_from and day >= cited_from}
    launch = {definitions.plan.launched} if definitions.plan.launched <= max(published) else set()
    return sorted({max(published), *launch, *cited, *(meeting.date for meeting in definitions.meetings if meeting.status == "held")})


def known_days(area_releases: list[Release], dates: Iterable[date]) -> list[date]:
    """
    The publications that were the newest on each of some dates: two dates with none between them know the same.

    Dates before the first publication know nothing and have none.
    """
    before = [[release.published for release in area_releases if release.published <= day] for day in dates]
    return sorted({max(published) for published in before if published})


def _derived(taken: _Taken, dates: list[date], watched: Watch, ask: Ask) -> Iterator[dict[str, pd.DataFrame]]:
    """All that is worked out of what was published, part by part, so that none is held while the next is made."""
    definitions, newest = taken.definitions, dates[-1]
    of_wards = [(release, _path(taken, release)) for release in taken.wards]
    yield ward_tables(definitions, of_wards, ask, day=newest)
    # Of the newest day alone, for every other day would cost as much again.
    for plan in definitions.plans:
        if plan != definitions.plan.id:
            yield {"answer_of_plan": since_another_plan(ask, definitions, plan, newest)}
    yield from _of_days(taken, dates, watched, ask)
    # Where there is no earlier day there is no hindsight, and where there is no other plan none of its answers: the columns alone.
    empty = pd.DataFrame(columns=COLUMNS).astype(EMPTY)
    yield {"answer_with_hindsight": empty, "answer_of_plan": empty.assign(plan=pd.Series(dtype="str"))}
    yield {"figure": _figures(ask, definitions, newest)}


def _of_days(taken: _Taken, dates: list[date], watched: Watch, ask: Ask) -> Iterator[dict[str, pd.DataFrame]]:
    """What was known on each of some dates, and what is said of it with hindsight."""
    days = known_days(taken.areas, dates)
    newest = groupby(dates, key=lambda date: max((day for day in days if day <= date), default=date))
    same = {day: list(those) for day, those in newest}
    for day in watched(list(same)):
        yield _of_day(known_on(ask, taken.definitions, day), taken.definitions, same[day], known=day in days)
        if day in days[:-1]:
            yield {"answer_with_hindsight": answers_of(known_on(ask, taken.definitions, day, hindsight=True), taken.definitions, [day])}


def _of_day(inputs: Inputs, definitions: Definitions, dates: list[date], *, known: bool) -> dict[str, pd.DataFrame]:
    """
    All that is worked out of what was known on a day: the answers on each of some dates, and the charts, changes from every
    baseline and funnels of the day, if anything was known.
    """
    answers = {"answer": answers_of(inputs, definitions, dates)}
    if not known:
        return answers
    tables = {"point": charts(inputs), "against": against_each(inputs, definitions)} | funnels(definitions, inputs.figures)
    return answers | {name: table.assign(as_at=inputs.day) for name, table in tables.items()}


def _figures(ask: Ask, definitions: Definitions, day: date) -> pd.DataFrame:
    """What is now known, sorted once as pages ask for it: place by place."""
    places = [place.id for place in definitions.places.values() if place.level != "outside"]
    every = ask("series_of_places", measures=list(definitions.measures), places=places, as_at=day)
    return every.sort_values(["place", "measure", "period"], ignore_index=True)


def _in_use(database: Path) -> str | None:
    """The build in use; none where nothing was built, the pointer leads nowhere or it is damaged, so that a new build replaces it."""
    try:
        store = Store(database)
    except Refused:
        return None
    return None if store.instead_of else store.build


def _tables(all_releases: list[Release], definitions: Definitions) -> dict[str, pd.DataFrame]:
    return {
        "release": _release_table(all_releases).assign(level=[_level(release, definitions) for release in all_releases]),
        "part": pd.DataFrame(_parts(definitions), columns=["measure", "dataset", "series"]),
        "known_series": pd.DataFrame(_series(definitions), columns=["dataset", "series"]),
        "redefined": _redefined(definitions),
        "place": pd.DataFrame([(p.id, p.level) for p in definitions.places.values()], columns=["id", "level"]),
    }


def _release_table(all_releases: list[Release]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "number": pd.Series(range(len(all_releases)), dtype="int16"),
            "dataset": [release.dataset for release in all_releases],
            "published": pd.Series([release.published for release in all_releases], dtype=object),
            "retrieved": pd.Series([release.retrieved for release in all_releases], dtype=object),
            "approximate": [release.approximate for release in all_releases],
            "second_hand": [release.second_hand for release in all_releases],
            "rows": [release.rows for release in all_releases],
            "note": [_note(release) for release in all_releases],
            "unfinished": [release.unfinished for release in all_releases],
            "files": [", ".join(file["name"] for file in release.files) for release in all_releases],
            "origins": [json.dumps(release.files) for release in all_releases],
            "report": [json.dumps(release.report) for release in all_releases],
        }
    )


def _source_cells(data: Path, all_releases: list[Release]) -> dict[str, pd.DataFrame]:
    """Where in the publisher's files each figure was read, as far as that was recorded: a part of a file by number, and its cells."""
    parts = list(enumerate((release, part) for release in all_releases for part in releases.cells_of(data, release)))
    described = [(number, *_described(release, part)) for number, (release, part) in parts]
    located = [(number, series, place, lines) for number, (_, part) in parts for (series, place), lines in part.lines.items()]
    return {"source_part": _texts(described, PART), "source_cells": _texts(located, LOCATED)}


def _texts(rows: list[tuple], columns: list[str]) -> pd.DataFrame:
    """Rows of texts below a number each, with the same kinds of columns where there is no row."""
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:], "str") | {columns[0]: "int64"})


def _described(release: Release, part: SourceCells) -> tuple[str, ...]:
    return release.dataset, release.published.isoformat(), part.file, part.first, part.last, str(part.column), ";".join(part.periods)


def _note(release: Release) -> str:
    """What a reader should know of a release: where it came from, and why it was taken although it looked odd."""
    odd = f" ({'; '.join(release.odd)})" if release.odd else ""
    notes = [release.note, f"Accepted: {release.accepted}{odd}" if release.accepted else ""]
    if release.unfinished:
        notes.append(f"{periods.say(release.unfinished)} was not finished by its publisher: shown, and judged by nothing")
    return "; ".join(filter(None, notes))


def _parts(definitions: Definitions) -> list[tuple[str, str, str]]:
    parts = [
        (measure.id, measure.source.dataset, series)
        for measure in definitions.measures.values()
        if measure.source
        for series in measure.source.series
    ]
    return [*parts, (RESIDENTS, "population", RESIDENTS)]


def _redefined(definitions: Definitions) -> pd.DataFrame:
    """From which month of publication which series of a dataset are counted in a new way, and so the measures made of them."""
    rows = [
        (dataset.id, series, measure.id, brk.redefined)
        for dataset in definitions.datasets.values()
        for measure in definitions.measures.values()
        if measure.source and measure.source.dataset == (dataset.names_from or dataset.id)
        for series in measure.source.series
        for brk in definitions.breaks_of(measure.id)
        if brk.redefined
    ]
    return pd.DataFrame(rows, columns=["dataset", "series", "measure", "month"], dtype="str")


def _series(definitions: Definitions) -> list[tuple[str, str]]:
    kept = {(dataset.id, series) for dataset in definitions.datasets.values() for series in dataset.series}
    kept |= {(dataset.id, dataset.total) for dataset in definitions.datasets.values() if dataset.total}
    return sorted(kept | {(dataset, series) for _, dataset, series in _parts(definitions)})
