"""
A project's data are changed by one process at a time, and each change is noted with its time and the role of the person who made it.

One line each in `data/changes.csv`, never changed after; roles and not people, for who has which role is for the force to know.
The folder itself is locked, so that no file of the lock's own is left behind. The system lets go when a process ends, however it
ends. A thread may ask again for what it holds: a publish builds, and a build locks too.
"""

import csv
import fcntl
import io
import logging
import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from metrics.domain import Refused
from metrics.durable_file import force

_threads: defaultdict[Path, threading.RLock] = defaultdict(threading.RLock)
_depths: defaultdict[Path, int] = defaultdict(int)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """
    Wait until nobody else holds this folder, and hold it meanwhile.

    Raises Refused: the folder is not there, or cannot be read.

    >>> with alone(Path(".")), alone(Path(".")):
    ...     print("asked twice by the same thread")
    asked twice by the same thread
    """
    key = folder.resolve()
    with _threads[key]:
        if _depths[key]:
            yield
            return
        with _locked(folder):
            _depths[key] += 1
            try:
                yield
            finally:
                _depths[key] -= 1


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror}); nothing was changed", file=folder) from error
    try:
        _held(handle, folder)
        yield
    finally:
        os.close(handle)


def _held(handle: int, folder: Path) -> None:
    """Lock an open folder; a process that has to wait says so."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        logging.getLogger(__name__).warning("waiting: somebody else is writing to %s", folder.name)
        fcntl.flock(handle, fcntl.LOCK_EX)


NAME = "changes.csv"
HEADER = ("time", "role", "file")
COMMAND_LINE = "command line"


def note(data: Path, role: str, path: Path) -> None:
    """
    Add that a file below `data` was written.

    >>> import tempfile
    >>> data = Path(tempfile.mkdtemp())
    >>> note(data, COMMAND_LINE, data / "meetings" / "brent" / "2027-01-18.yaml")
    >>> header, line = (data / NAME).read_text().splitlines()
    >>> header, line.partition(",")[2]
    ('time,role,file', 'command line,meetings/brent/2027-01-18.yaml')
    """
    log, now = data / NAME, datetime.now(UTC).isoformat(timespec="seconds")
    with alone(data):
        rows = [*([] if log.exists() else [HEADER]), (now, role, path.relative_to(data).as_posix())]
        with log.open("ab") as file:
            force(file, _lines(rows).encode())


def _lines(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
