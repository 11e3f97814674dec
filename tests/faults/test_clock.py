"""What is served and published depends on no clock: not on the day, not on the time zone, not when the clocks change."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

CLOCKS = {"today", "now", "utcnow", "st_mtime", "st_ctime"}
OF_TIME = {"date", "datetime", "Timestamp"}
ALLOWED = {
    "metrics/cli": "the day on which files were fetched or a meeting is put on record is today unless it is given",
    "metrics/definitions/change_log.py": "a change of the record is noted with its time",
    "metrics/meetings/meeting_file.py": "what a meeting's file said before a change is kept under the time of the change",
    "metrics/refresh": "when a file was fetched is kept with it, and a slow answer is given up",
    "metrics/web/server/visitor_limits.py": "messages of a socket are counted by the second",
    "metrics/web/streamlit/minutes_form.py": "a meeting is put on record today",
    "metrics/web/server/site_pages.py": "when a file was written is told to browsers, so that they need not fetch it again",
}
MOMENTS = {
    "a leap day, a day ahead": ("Pacific/Kiritimati", "2028-02-29T00:00:01"),
    "the hour that is not there": ("Europe/London", "2027-03-28T01:30:00"),
    "a clock that was never set": ("America/Los_Angeles", "1970-01-01T00:00:00"),
}


def clocks_read(path: Path) -> int:
    """How often a file looks at a clock."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    looks = [node for node in nodes if isinstance(node, ast.Attribute) and node.attr in CLOCKS]
    imported = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    of_files = sum(node.attr.startswith("st_") for node in looks)
    return of_files + sum(getattr(node.value, "id", getattr(node.value, "attr", "")) in OF_TIME for node in looks) + imported.count("time")


def test_nothing_that_serves_or_publishes_reads_a_clock():
    paths = sorted([*(ROOT / "metrics").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"])
    read = [name for name, path in ((str(path.relative_to(ROOT)), path) for path in paths) if clocks_read(path)]
    assert [name for name in read if not name.startswith(tuple(ALLOWED))] == []
    assert all(any(name.startswith(place) for name in read) for place in ALLOWED)


@pytest.fixture(scope="module")
def at_each_moment(served, small) -> dict[str, dict[str, str]]:
    """What a build, a page and an edition say at each moment, each in a process of its own whose clocks stand at it."""
    script = Path(__file__).parent / "at_a_moment.py"
    running = {
        name: subprocess.Popen(
            [sys.executable, script, moment, served, small], cwd=ROOT, env={"PYTHONPATH": str(ROOT), "TZ": zone}, stdout=-1, text=True
        )
        for name, (zone, moment) in MOMENTS.items()
    }
    printed = {name: process.communicate(timeout=240)[0] for name, process in running.items()}
    assert {process.returncode for process in running.values()} == {0}
    return {name: json.loads(text.splitlines()[-1]) for name, text in printed.items()}


def test_every_clock_was_replaced_and_every_zone_was_another(at_each_moment):
    assert all(moment["clocks"] > 20 for moment in at_each_moment.values())
    assert len({tuple(moment["zone"]) for moment in at_each_moment.values()}) == len({zone for zone, _ in MOMENTS.values()})


@pytest.mark.parametrize("what", ["build", "figures", "page", "edition"])
def test_the_same_is_built_shown_and_published_at_every_moment(at_each_moment, what):
    assert len({moment[what] for moment in at_each_moment.values()}) == 1, {name: moment[what] for name, moment in at_each_moment.items()}
