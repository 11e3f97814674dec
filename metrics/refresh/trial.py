"""
The trial: what waits is imported into a copy of the data, and both answers on everything are worked out once more.

Nothing of the project's own is touched, so that a release can be looked at before it is kept for good.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from metrics.build import database
from metrics.build.answers import answers
from metrics.domain import Config, Definitions, Refused, periods
from metrics.ingest import pipeline
from metrics.refresh.state import CLEAR, ODD, REFUSED, File, State
from metrics.store import Store

FOLDER, ON_TRIAL = "trial", "on trial"
ANSWER = ["measure", "place", "question"]
SAID = ["verdict", "direction"]


def run(state: State, config: Config, folder: Path, known: Definitions, today: date) -> pd.DataFrame | None:
    """
    Try everything that waits, and note of each what came of it.

    Returns: the answers that would change: `measure, place, question, verdict, direction`, the last two also with `_before`; None where no
        build is there to set them beside.
    """
    with _copy(config.data, folder) as data:
        for dataset, release in state.waiting.items():
            release.verdict, release.lines = _tried(dataset, release.files.values(), folder, data, known, today)
        return _changed(config, data, known)


@contextmanager
def _copy(data: Path, folder: Path) -> Iterator[Path]:
    there = folder / FOLDER
    shutil.rmtree(there, ignore_errors=True)
    try:
        yield Path(shutil.copytree(data, there / "data"))
    finally:
        shutil.rmtree(there, ignore_errors=True)


def _tried(dataset: str, files: Iterable[File], folder: Path, data: Path, known: Definitions, today: date) -> tuple[str, list[str]]:
    """What came of importing files into the copy; what is odd is taken there too, to see what it would change."""
    try:
        return CLEAR, list(pipeline.account_of(bring_in(dataset, files, folder, data, known, today).release))
    except pipeline.LooksOdd:
        taken = bring_in(dataset, files, folder, data, known, today, accept=ON_TRIAL).release
        return ODD, list(pipeline.account_of(replace(taken, accepted="", odd=()))) + [f"  looks odd: {line}" for line in taken.odd]
    except Refused as refusal:
        return REFUSED, [str(refusal)]


def bring_in(
    dataset: str, files: Iterable[File], folder: Path, data: Path, known: Definitions, today: date, *, accept: str = ""
) -> pipeline.Imported:
    """Import fetched files as a release of the day that their publisher gives, or of this month where none is given."""
    files = list(files)
    days = [file.published for file in files if file.published]
    retrieved = min(today, *(date.fromisoformat(file.retrieved[:10]) for file in files))
    return pipeline.bring_in(
        [folder / file.path for file in files],
        dataset=dataset,
        published=min(date.fromisoformat(max(days)), retrieved) if days else periods.last_day(f"{retrieved:%Y-%m}"),
        approximate=not days,
        retrieved=retrieved,
        definitions=known,
        data=data,
        accept=accept,
        came_from={folder / file.path: {"address": file.address, "retrieved": file.retrieved} for file in files},
    )


def _changed(config: Config, data: Path, known: Definitions) -> pd.DataFrame | None:
    try:
        before = _newest(Store(config.database))
    except Refused:
        return None
    built = data.with_name("db")
    database.build(data, built, known, judge=False)
    store = Store(built)
    after = answers(store.ask, known, [store.ask("newest")["published"].iloc[0].date()])
    both = after.merge(before, on=ANSWER, suffixes=("", "_before"))
    return both[(both[SAID].to_numpy() != both[[f"{name}_before" for name in SAID]].to_numpy()).any(axis=1)]


def _newest(store: Store) -> pd.DataFrame:
    day = store.ask("newest")["published"].iloc[0].date()
    return store.ask("answers", as_at=day)[[*ANSWER, *SAID]]
