"""A refresh that is killed at any moment, with no time to clean up, loses nothing: the next one goes on, and the release is kept once."""

import os
import shutil
import signal
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import FrameType

import numpy as np
import pytest

from metrics import definitions
from metrics.ingest import releases
from metrics.refresh import refresh, state
from metrics.refresh.download import Client
from tests.conftest import Project
from tests.ingest.samples import offences, recorded_crime
from tests.refresh.conftest import listed
from tests.refresh.publisher import Publisher
from tests.tries import tries

TIMES = tries(100)
"""How often each of three kinds of work is killed: `KILLS=34` makes it more than a hundred moments."""
ROOMS = ("metrics/refresh/", "metrics/ingest/releases.py", "metrics/definitions/change_log.py", "metrics/durable_file.py")
"""What fetches, remembers and keeps: only there could anything be lost."""
TODAY = date(2026, 11, 27)
CRIME = "/api/dataset/crime"
BOTH = {"force-strength", "recorded-crime"}


@dataclass
class Killable:
    """A project of two datasets, one of whose files is cut on its first way here, and what is done with it."""

    project: Project
    publisher: Publisher

    def __post_init__(self):
        self.config, self.known = definitions.load(self.project.config), self.project.definitions
        self.folder = self.config.refresh.folder

    def put_up(self, more: int) -> None:
        """A file of recorded crime with so many more of everything, under a key of its own."""
        text = recorded_crime(months=("202403",), count=lambda category, area, month: offences(category, area, month) + more)
        self.publisher.catalogue(CRIME, [self.publisher.file(f"/b{more}/borough.csv", text, cut_after=4000, cuts=1)])

    def look(self) -> None:
        refresh.refresh(self.config, self.known, Client("The tests", self.config.refresh), TODAY)

    def take(self) -> None:
        refresh.take(self.config, self.known, TODAY, [])

    def kept(self) -> set[str]:
        """The datasets of which a release is kept, each checked."""
        return {release.dataset for release in releases.all_of(self.config.data)}

    def waiting(self) -> dict[str, str]:
        """What waits, with what came of trying it."""
        return {name: release.verdict for name, release in state.read(self.folder).waiting.items()}


@pytest.fixture
def killable(asking, publisher) -> Killable:
    listed(asking, "recorded-crime", publisher.address + CRIME, "{words: [borough]}")
    made = Killable(asking, publisher)
    made.put_up(0)
    return made


@cache
def _ours(file: str) -> bool:
    return any(room in file for room in ROOMS)


def calls_of(work, stop_at: int | None = None) -> int:
    """How many functions of the system `ROOMS` call in a process of its own that is killed before one of them; 0 where it was."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        calls = 0

        def count(frame: FrameType, event: str, _called: object) -> None:
            nonlocal calls
            calls += event == "c_call" and _ours(frame.f_code.co_filename)
            if calls == stop_at:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        try:
            work()
        finally:
            sys.setprofile(None)
            os.write(writing, str(calls).encode())
            os._exit(0)
    os.close(writing)
    progress = os.read(reading, 20)
    os.close(reading)
    os.waitpid(child, 0)
    return int(progress or 0)


def test_a_refresh_that_is_killed_goes_on_the_next_time(killable):
    chance, calls = np.random.default_rng(16), calls_of(killable.look)
    killed = 0
    for turn in range(TIMES):
        killable.put_up(turn + 1)
        killed += calls_of(killable.look, int(chance.integers(1, calls))) == 0
        assert killable.kept() == set()
        assert killable.waiting().keys() == BOTH
    assert killed > TIMES / 2
    killable.look()
    assert killable.waiting() == dict.fromkeys(BOTH, state.CLEAR)
    assert not (killable.folder / "trial").exists()


def test_a_first_refresh_that_is_killed_goes_on_the_next_time(killable):
    chance, calls = np.random.default_rng(17), calls_of(killable.look)
    for _ in range(TIMES):
        (killable.folder / state.NAME).unlink(missing_ok=True)
        calls_of(killable.look, int(chance.integers(1, calls)))
        assert killable.waiting().keys() <= BOTH
        killable.look()
        assert killable.waiting() == dict.fromkeys(BOTH, state.CLEAR)


def test_a_take_that_is_killed_goes_on_the_next_time(killable, tmp_path):
    killable.look()
    parts, aside = (killable.config.data, killable.folder), tmp_path / "aside"
    for part in parts:
        shutil.copytree(part, aside / part.name)
    chance, calls = np.random.default_rng(18), calls_of(killable.take)
    for _ in range(TIMES):
        for part in parts:
            shutil.rmtree(part)
            shutil.copytree(aside / part.name, part)
        calls_of(killable.take, int(chance.integers(1, calls)))
        assert killable.kept() | killable.waiting().keys() == BOTH
        killable.take()
        assert (killable.kept(), killable.waiting()) == (BOTH, {})
