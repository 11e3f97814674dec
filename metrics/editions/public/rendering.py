"""
The same files, made by several processes at once: each opens the build for itself and makes one subject after the other.

What goes to a process is plain data, and no connection: a database that is open must not be taken along into another process.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from metrics.editions.public.edition import assembled
from metrics.editions.public.frame import Site, site_of
from metrics.editions.public.made_of import digests
from metrics.editions.public.memory import Memory
from metrics.editions.public.subjects import Subject, subject
from metrics.model import Definitions, Refused
from metrics.reading import Reading
from metrics.store import Store
from metrics.words import Wording

AHEAD = 4
"""Subjects that each process may be ahead of whoever takes the files, so that they do not pile up."""

FEW = 2
"""So many are made before a process has begun."""


@dataclass(frozen=True)
class Made:
    """What an edition is made of, to be handed from process to process: the build by its name, and all that is read besides."""

    database: Path
    build: str
    known: Definitions
    wording: Wording
    as_at: date
    address: str
    contact: str


def files(
    reading: Reading, database: Path, *, address: str, contact: str, memory: Memory | None = None, processes: int | None = None
) -> Iterator[tuple[str, bytes]]:
    """
    Every file of the public edition of a reading: those of `metrics.editions.public.site`, in the same order.

    Parameters
    ----------
    database
        The folder of builds that the reading is of.
    memory
        Of subjects made before; those that are still the same are not made again, and the new ones are kept.
    processes
        How many make subjects at once, as many as the machine has processors unless said; 1 makes all of them here.

    Raises
    ------
    Refused
        As `site` does; and where another build has come into use, or a process was ended, before the last one was made.
    """
    made = Made(database, reading.store.build, reading.known, reading.wording, reading.as_at, address, contact)
    site = site_of(reading, address, contact)
    processes = processes or len(os.sched_getaffinity(0))
    if memory is None:
        return assembled(site, _made(site, made, list(reading.known.measures), processes))
    return assembled(site, _recalled(site, made, memory, processes))


def _recalled(site: Site, made: Made, memory: Memory, processes: int) -> Iterator[Subject]:
    """Every subject, from memory where it is there; the others are made, and kept."""
    wanted = digests(site)
    missing = [name for name, digest in wanted.items() if not memory.has(digest)]
    others = _made(site, made, missing, processes)
    for name, digest in wanted.items():
        one = next(others) if name in missing else memory.recall(digest)
        if one is None or name in missing:
            one = one or subject(site, name)
            memory.keep(digest, one)
        yield one
    memory.keep_only(wanted.values())


def _made(site: Site, made: Made, wanted: list[str], processes: int) -> Iterator[Subject]:
    """Subjects in their order, made here where they are few."""
    if processes > 1 and len(wanted) > FEW:
        return _at_once(made, wanted, processes)
    return (subject(site, name) for name in wanted)


def _at_once(made: Made, wanted: list[str], processes: int) -> Iterator[Subject]:
    pool = ProcessPoolExecutor(processes, mp_context=_context(), initializer=_given, initargs=(made,))
    try:
        waiting: deque[Future] = deque()
        for name in wanted:
            waiting.append(pool.submit(_subject, name))
            if len(waiting) > AHEAD * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise Refused("a process that makes pages was ended before it was done") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    """Processes that begin afresh, from one that has loaded the libraries and opened nothing."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


_GIVEN: list[Made] = []
"""In a process of its own: what all its subjects are made of."""


def _given(made: Made) -> None:
    _GIVEN[:] = [made]


def _subject(measure: str) -> Subject:
    return subject(_site(), measure)


@lru_cache(maxsize=1)
def _site() -> Site:
    """Opened with the first subject and not when the process begins, so that a refusal comes back with its words."""
    (made,) = _GIVEN
    store = Store(made.database)
    if store.build != made.build:
        raise Refused(f"another build came into use while the edition was made: {store.build}, no longer {made.build}")
    return site_of(Reading(store, made.known, made.wording, made.as_at), made.address, made.contact)
