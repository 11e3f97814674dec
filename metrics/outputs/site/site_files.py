"""
Every file of the edition: those of each measure, made by several processes at once, then the pages that show many of them.

What goes to a process is plain data, and no connection: a database that is open must not be taken along into another process.
"""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

from metrics.domain import Definitions, Refused
from metrics.domain.geography import Boundaries
from metrics.narrative import Wording
from metrics.outputs.site import feeds, general_pages, place_pages
from metrics.outputs.site.fragments import Shown
from metrics.outputs.site.measure_files import Subject, subject
from metrics.outputs.site.page_frame import Site, site_of
from metrics.report.snapshot import Snapshot
from metrics.store import Store


def assembled(made: Site, subjects: Iterable[Subject]) -> Iterator[tuple[str, bytes]]:
    """The files of all subjects, made by any process, and of all that is made of several."""
    shown: dict[str, Mapping[str, Shown]] = {}
    known = made.reading.known
    places = iter((known.places[known.force.total], *known.areas))
    for of_measure in subjects:
        yield from of_measure.files
        shown[of_measure.measure] = of_measure.shown
        # Wards need no measure's rows: they are made here while other processes are at the next measures.
        for place in islice(places, 1):
            yield from place_pages.ward_pages(made, place)
    for place in places:
        yield from place_pages.ward_pages(made, place)
    every = {
        place.id: {measure.id: shown[measure.id][place.id] for measure in made.reading.every_measure(place)}
        for place in (known.places[known.force.total], *known.areas)
    }
    for place in every:
        yield from place_pages.pages(made, known.places[place], every[place])
    yield from place_pages.postcode_pages(made)
    yield from general_pages.pages(made, every)
    yield from general_pages.note_pages(made)
    yield from place_pages.meeting_pages(made)
    yield from feeds.files(made, every)
    yield from feeds.machine_files(made)


def files(
    reading: Snapshot, database: Path, *, address: str, contact: str, outlines: Boundaries | None = None, processes: int | None = None
) -> Iterator[tuple[str, bytes]]:
    """
    Every file of the public edition of a snapshot: its path from the root and its bytes; no clock is read.

    Parameters
    ----------
    database
        The folder of builds that the snapshot is of.
    address
        Where the edition will stand, `https://example.org`: for canonical links, feeds, citations and what others embed.
        Links between pages do not use it, so that an edition can also lie in a folder or on a memory stick.
    contact
        Whom a reader should ask or tell about a mistake.
    outlines
        Of the areas, for the map; without them it is made of tiles.
    processes
        How many make the pages of measures at once, as many as the machine has processors unless given.

    Raises
    ------
    Refused
        The address is none, or a sentence of `wording.yaml` cannot be filled in; and where another build has come into use, or a
        process was ended, before the last one was made.
    """
    of = Made(database, reading.store.build, reading.known, reading.wording, reading.as_at, address, contact, outlines)
    with begun(of, list(reading.known.measures), processes or len(os.sched_getaffinity(0))) as subjects:
        yield from assembled(site_of(reading, address, contact, outlines), subjects)


AHEAD = 4
"""Subjects that each process may be ahead of the process that takes them, so that they do not pile up."""


@dataclass(frozen=True)
class Made:
    """What an edition is made of, to be handed from process to process: the build by its name, and all that is read besides."""

    database: Path
    build: str
    known: Definitions = field(compare=False)  # a process of its own makes one edition, and never meets others
    wording: Wording = field(compare=False)
    as_at: date
    address: str
    contact: str
    outlines: Boundaries | None = field(default=None, compare=False)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Without collecting garbage, a tenth of the time: hardly any of what a publish makes is garbage before its end."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def begun(of: Made, wanted: list[str], processes: int) -> Iterator[Iterator[Subject]]:
    """
    The subjects of some measures, in their order; the processes begin at once, whenever the first is taken.

    Raises
    ------
    Refused
        Another build has come into use, or a process was ended, before the last one was made.
    """
    pool = ProcessPoolExecutor(max(1, min(processes, len(wanted) // 2)), multiprocessing.get_context("spawn"))
    try:
        # All is handed over with each name: what a process is given to begin with, it must have read before we may go on.
        first = deque(pool.submit(_subject, of, name) for name in wanted[: AHEAD * processes])
        rest = (pool.submit(_subject, of, name) for name in wanted[AHEAD * processes :])
        yield _in_order(first, rest)
    except BrokenProcessPool as error:
        raise Refused("a process that makes pages was ended before it was done") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _in_order(waiting: deque[Future], rest: Iterator[Future]) -> Iterator[Subject]:
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(islice(rest, 1))


def _subject(of: Made, measure: str) -> Subject:
    with uninterrupted():
        return subject(_site(of), measure)


@lru_cache(maxsize=1)
def _site(of: Made) -> Site:
    """Opened with the first subject and not when the process begins, so that a refusal comes back with its words."""
    store = Store(of.database)
    if store.build != of.build:
        raise Refused(f"another build came into use while the edition was made: {store.build}, no longer {of.build}")
    return site_of(Snapshot(store, of.known, of.wording, of.as_at), of.address, of.contact, of.outlines)
