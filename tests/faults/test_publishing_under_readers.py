"""New figures and new pages are put in place under readers: nobody meets an error, and nobody sees two at once."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Semaphore

from metrics.build import database
from metrics.publish import publish
from tests.conftest import ROOT
from tests.faults import reader
from tests.ingest.samples import keep
from tests.web.server.conftest import PATIENCE, plainly, serving

BUILDS, EDITIONS, READERS = 8, 20, 2
PATHS = ("/", "/brent/", "/brent/figures.csv", "/style.0123abcd.css")


def figures(step: int) -> list[tuple]:
    """A release whose every figure is a whole thousand and its step."""
    months = [f"2024-{month:02d}" for month in range(1, 7)]
    return [(part, place, month, 1000 + step, None) for part in reader.MEASURES for place in ("london", "brent") for month in months]


def test_a_database_built_repeatedly_under_readers_is_never_refused_or_mixed(project, shipped_definitions):
    def build(step: int) -> None:
        keep(project.data, "recorded-crime", date(2024, 7, 1) + timedelta(days=step), figures(step))
        database.build(project.data, project.database, shipped_definitions, judge=False)

    build(1)
    command = [sys.executable, Path(reader.__file__), project.database]
    readers = [
        subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdin=-1, stdout=-1, text=True) for _ in range(READERS)
    ]
    assert [process.stdout.readline() for process in readers] == ["reading\n"] * READERS
    for step in range(2, BUILDS + 1):
        build(step)
    accounts = [json.loads(process.communicate("", timeout=60)[0]) for process in readers]
    for seen in accounts:
        assert (seen["refused"], seen["mixed"]) == ([], 0)
        assert seen["reads"] > BUILDS and seen["steps"] == sorted(seen["steps"]) and seen["steps"][-1] == BUILDS
    assert len({step for seen in accounts for step in seen["steps"]}) > BUILDS / 2


def edition(number: int) -> dict[str, bytes]:
    """An edition whose every file says its number in every line."""
    line = f"<p>edition {number}</p>\n".encode()
    page = b"<!doctype html>" + line * 2000
    return {
        "index.html": page,
        "404.html": page,
        "brent/index.html": page,
        "brent/figures.csv": line * 2000,
        "style.0123abcd.css": line * 2000,
    }


def test_editions_published_under_readers_are_never_missing_and_never_mixed(tmp_path, public_config):
    folder, over, answered = tmp_path / "public", Event(), Semaphore(0)
    publish(folder, edition(1), name="e1", keep=3)

    def read(port: int) -> list[tuple[int, bytes]]:
        seen = []
        while not over.is_set():
            for path in PATHS:
                answer = plainly(port, path)
                seen.append((answer.status, answer.body))
                answered.release()
        return seen

    with serving(folder, public_config, tmp_path / "log.txt") as port, ThreadPoolExecutor(READERS) as pool:
        reading = [pool.submit(read, port) for _ in range(READERS)]
        for number in range(2, EDITIONS + 1):
            assert all(answered.acquire(timeout=PATIENCE) for _ in range(READERS))
            publish(folder, edition(number), name=f"e{number}", keep=3)
        over.set()
        seen = [future.result() for future in reading]
    for answers in seen:
        assert len(answers) > len(PATHS)
        numbers = [_number(body) for status, body in answers if status == 200]
        assert len(numbers) == len(answers), "a page was not there"
        assert numbers == sorted(numbers)
    assert sum(len(answers) for answers in seen) > EDITIONS


def _number(body: bytes) -> int:
    """The edition that every line of a file names; two would be a mixture."""
    (line,) = set(body.removeprefix(b"<!doctype html>").splitlines())
    assert body.count(b"\n") == 2000, "a file was cut short"
    return int(line.removeprefix(b"<p>edition ").removesuffix(b"</p>"))
