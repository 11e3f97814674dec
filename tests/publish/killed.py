"""
Publishes an edition of two hundred files again and again and is killed at another call each time; tells what was left each time.

Run by `test_publishing.py` with the folder to publish in. Every publish is a process of its own that ends itself with
signal 9 before its n-th call of a function of the system or the interpreter, whatever thread makes it.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from metrics.publish import editions, publish, verify
from tests.tries import spread, tries

FIRST = 6
"""Publishes that live, so that there are editions to clear away."""
START, LAST_FILE, POINTING = range(3)
"""From where the calls of a publish are counted: its start, its last file on, or the making of the new pointer."""
RANDOM, EACH, LAST = tries(30), tries(40), 40
"""Moments anywhere from the start, as many from the last file, and then calls from the making of the pointer to the fortieth after."""


def edition(turn: int) -> dict[str, bytes]:
    """Two hundred files, a quarter of them other than a turn before; every page says which edition it is of."""
    pages = {f"p{n}/index.html": f'<main id="m"><a href="../">{n}</a>'.encode() + b"x" * 300 for n in range(100)}
    figures = {f"p{n}/figures.csv": b"place,value\n" + f"a,{turn if n % 2 else 0}\n".encode() * 30 for n in range(99)}
    return {"index.html": f"<p>{turn}</p>".encode(), **pages, **figures}


def publish_counting(folder: Path, turn: int, stop_at: int | None, since: int) -> int:
    """Publish in this process; gives how many calls it made, if it lives."""
    calls, counting = 0, since == START

    def count(_frame: object, event: str, called: object) -> None:
        nonlocal calls, counting
        counting = counting or (since == POINTING and getattr(called, "__name__", "") == "symlink")
        calls += counting and event == "c_call"
        if calls == stop_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def files() -> Iterator[tuple[str, bytes]]:
        nonlocal counting
        yield from edition(turn).items()
        counting = counting or since == LAST_FILE

    threading.setprofile(count)
    sys.setprofile(count)
    publish(folder, files(), name=f"e{turn}", keep=3)
    sys.setprofile(None)
    threading.setprofile(None)
    return calls


def in_a_process(folder: Path, turn: int, stop_at: int | None, since: int) -> int:
    """The same in a process of its own; gives its calls, or 0 if it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.write(writing, str(publish_counting(folder, turn, stop_at, since)).encode())
        os._exit(0)
    os.close(writing)
    received = os.read(reading, 20)
    os.close(reading)
    os.waitpid(child, 0)
    return int(received or 0)


def main() -> None:
    """Print one line for each time: which edition was current before and after, or what was wrong."""
    folder, chance = Path(sys.argv[1]), np.random.default_rng(2023)
    totals = [in_a_process(folder, turn, None, turn % 3) for turn in range(1, FIRST + 1)][-3:]
    totals = {(turn % 3): total for turn, total in zip(range(FIRST - 2, FIRST + 1), totals, strict=True)}
    moments = [(since, int(chance.integers(1, totals[since]))) for since in (START, LAST_FILE) for _ in range(RANDOM)]
    moments += [(POINTING, call) for call in spread(LAST, EACH)]
    for turn, (since, moment) in enumerate(moments, FIRST + 1):
        before = editions.current(folder)
        killed = not in_a_process(folder, turn, moment, since)
        after = editions.current(folder)
        for name in {path.name for path in (folder / editions.EDITIONS).iterdir()}:
            verify(folder, name)
        whole = (folder / editions.POINTER / "index.html").read_bytes() == f"<p>{after.removeprefix('e')}</p>".encode()
        print(before, f"e{turn}", after, "killed" if killed else "lived", "whole" if whole else "MIXED")
    in_a_process(folder, 1000, None, START)


if __name__ == "__main__":
    main()
