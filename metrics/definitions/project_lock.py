"""
The lock of a project: whoever changes its data, or builds from it, does so alone, and others wait.

The folder itself is locked, so that no file of the lock's own is left behind. The system lets go when a process ends, however it
ends. A thread may ask again for what it holds: a publish builds, and a build locks too.
"""

import fcntl
import logging
import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from metrics.domain import Refused

_threads: defaultdict[Path, threading.RLock] = defaultdict(threading.RLock)
_depths: defaultdict[Path, int] = defaultdict(int)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """
    Wait until nobody else holds this folder, and hold it meanwhile.

    Raises
    ------
    Refused
        The folder is not there, or cannot be read.

    Examples
    --------
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
    """Lock an open folder; whoever has to wait is told so."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        logging.getLogger(__name__).warning("waiting: somebody else is writing to %s", folder.name)
        fcntl.flock(handle, fcntl.LOCK_EX)
