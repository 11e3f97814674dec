"""
Subjects made by several processes at once: each opens the build for itself and makes one after the other.

What goes to a process is plain data, and no connection: a database that is open must not be taken along into another process.
"""

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

from metrics.editions.public.frame import Site, site_of
from metrics.editions.public.subjects import Subject, subject
from metrics.model import Definitions, Refused
from metrics.reading import Reading
from metrics.store import Store
from metrics.words import Wording

AHEAD = 4
"""Subjects that each process may be ahead of whoever takes them, so that they do not pile up."""


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


@contextmanager
def begun(of: Made, wanted: list[str], processes: int) -> Iterator[Iterator[Subject]]:
    """
    The subjects of some measures, in their order; the processes begin at once, whenever the first is taken.

    Raises
    ------
    Refused
        Another build has come into use, or a process was ended, before the last one was made.
    """
    pool = ProcessPoolExecutor(min(processes, len(wanted) or 1), multiprocessing.get_context("spawn"), _given, (of,))
    try:
        first = deque(pool.submit(_subject, name) for name in wanted[: AHEAD * processes])
        yield _in_order(pool, first, iter(wanted[AHEAD * processes :]))
    except BrokenProcessPool as error:
        raise Refused("a process that makes pages was ended before it was done") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, waiting: deque[Future], rest: Iterator[str]) -> Iterator[Subject]:
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(pool.submit(_subject, name) for name in islice(rest, 1))


_GIVEN: list[Made] = []
"""In a process of its own: what all its subjects are made of."""


def _given(of: Made) -> None:
    _GIVEN[:] = [of]


def _subject(measure: str) -> Subject:
    return subject(_site(), measure)


@lru_cache(maxsize=1)
def _site() -> Site:
    """Opened with the first subject and not when the process begins, so that a refusal comes back with its words."""
    (of,) = _GIVEN
    store = Store(of.database)
    if store.build != of.build:
        raise Refused(f"another build came into use while the edition was made: {store.build}, no longer {of.build}")
    return site_of(Reading(store, of.known, of.wording, of.as_at), of.address, of.contact)
