"""
Publishing the public edition of the build in use: every file of it, made by all processors at once, put in its place as a whole.

The files of each measure come first, then the pages that show many of them. What goes to a process is plain data, and no connection:
a database that is open must not be taken along into another process.
"""

import gc
import hashlib
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path

from metrics.build.definition_files import of_build
from metrics.domain import Config, Definitions, Refused
from metrics.narrative import Wording
from metrics.outputs.site import feeds, general_pages, place_pages
from metrics.outputs.site.measure_pages import Subject, subject
from metrics.outputs.site.page_frame import Shown, Site, site_of
from metrics.publish import Published, editions, publish, verify
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


def files(reading: Snapshot, database: Path, *, address: str, contact: str, processes: int | None = None) -> Iterator[tuple[str, bytes]]:
    """
    Every file of the public edition of a snapshot: its path from the root and its bytes; no clock is read.

    `address`: where the edition will stand, `https://example.org`: for canonical links, feeds, citations and what others embed. Links
        between pages do not use it, so that an edition can also lie in a folder or on a memory stick.
    Raises Refused: the address is none, or a sentence of `wording.yaml` cannot be filled in; and where another build has come into use, or
        a process was ended, before the last one was made.
    """
    of = Made(database, reading.store.build, reading.known, reading.wording, reading.as_at, address, contact)
    with begun(of, list(reading.known.measures), processes or len(os.sched_getaffinity(0))) as subjects:
        yield from assembled(site_of(reading, address, contact), subjects)


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

    Raises Refused: another build has come into use, or a process was ended, before the last one was made.
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
    return site_of(Snapshot(store, of.known, of.wording, of.as_at), of.address, of.contact)


SOURCE = Path(__file__).parents[2]
WRITTEN = {".py", ".sql", ".html", ".css", ".svg", ".xml", ".atom"}
LIBRARIES = ("brotli", "duckdb", "jinja2", "markupsafe", "numpy", "pandas", "resvg-py", "scipy", "segno", "tinycss2")
SECURITY = ".well-known/security.txt"


def publish_site(config: Config, folder: Path, watch: Callable[[], object] = lambda: None, *, processes: int | None = None) -> Published:
    """
    Publish every public page of the build in use; none is made where just that is published already.

    `watch`: called once for each file that is made.
    Raises Refused: there is no build, the configuration has no address, or the edition cannot be taken; the one before stays.
    """
    store = Store(config.database)
    reading = Snapshot(store, *of_build(store.ask))
    name = name_of(reading, config)
    there = _as_published(folder, name)
    if there:
        return Published(name, written=0, unchanged=there, removed=0)
    made = files(reading, config.database, address=config.address or "", contact=config.contact, processes=processes)
    with uninterrupted():
        return publish(folder, _watched(chain(made, security_file(config, reading.as_at)), watch), name=name)


def name_of(reading: Snapshot, config: Config) -> str:
    """An edition's name: its as-at date, and eight digits that stand for everything it is made of."""
    whole = repr((program(), reading.build, config.address, config.contact, config.security, reading.known, reading.wording.text))
    return f"{reading.as_at.isoformat()}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def security_file(config: Config, as_at: date) -> Iterator[tuple[str, bytes]]:
    """
    Whom to tell about a hole, in the form of RFC 9116, where the configuration says it; good for a year from the newest figures.

    >>> from types import SimpleNamespace
    >>> config = SimpleNamespace(security="mailto:a@example.org", address="https://progress.example.org")
    >>> print(next(security_file(config, date(2026, 8, 31)))[1].decode(), end="")
    Contact: mailto:a@example.org
    Expires: 2027-08-31T00:00:00Z
    Preferred-Languages: en
    Canonical: https://progress.example.org/.well-known/security.txt
    """
    if not config.security:
        return
    expires = as_at + timedelta(days=365)
    lines = (
        f"Contact: {config.security}", f"Expires: {expires.isoformat()}T00:00:00Z", "Preferred-Languages: en",
        f"Canonical: {config.address}/{SECURITY}",
    )
    yield SECURITY, ("\n".join(lines) + "\n").encode()


def program() -> str:
    """What makes the pages: our own code and templates, Python and the libraries that write, as one digest."""
    whole = hashlib.sha256()
    for path in sorted(path for path in SOURCE.rglob("*") if path.suffix in WRITTEN):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    whole.update(repr((*sys.version_info[:3], *map(version, LIBRARIES))).encode())
    return whole.hexdigest()


def _as_published(folder: Path, name: str) -> int:
    """How many files the edition in use has, if it has this name and every byte is as it was published; 0 otherwise."""
    try:
        return verify(folder, name) if editions.current(folder) == name else 0
    except Refused:
        return 0


def _watched(made: Iterable[tuple[str, bytes]], watch: Callable[[], object]) -> Iterator[tuple[str, bytes]]:
    for file in made:
        watch()
        yield file
