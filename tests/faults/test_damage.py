"""A damaged database is refused or gives the right answer, a thousand times; the build before is still there."""

import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from metrics import building
from metrics.store import Store, current
from tests.conftest import ROOT, Project
from tests.faults import damaged
from tests.shapes import SLUGS, keep

SCRIPT = Path(damaged.__file__)


def figures(step: int) -> list[tuple]:
    """A release in which every cell differs from its neighbours; `step` tells releases apart."""
    places = ["london", *SLUGS]
    months = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]
    return [
        (part, place, month, 1000 * i + 20 * p + m + step, None)
        for i, part in enumerate(damaged.MEASURES)
        for p, place in enumerate(places)
        for m, month in enumerate(months)
    ]


@pytest.fixture(scope="module")
def twice(tmp_path_factory) -> Project:
    """A project with two builds, the second in use."""
    project = Project(tmp_path_factory.mktemp("twice"))
    for step, day in enumerate((date(2024, 4, 18), date(2024, 5, 16))):
        keep(project.data, "recorded-crime", day, figures(step))
        building.build(project.data, project.database, project.definitions, judge=False)
    return project


def test_a_thousand_turned_bits_and_a_hundred_cuts_give_the_right_answer_or_a_refusal_in_one_line(twice, tmp_path):
    command = [sys.executable, SCRIPT, twice.database, tmp_path]
    workers = [subprocess.Popen([*command, f"{part}/2"], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=-1, text=True) for part in (0, 1)]
    seen = Counter()
    for worker in workers:
        out, _ = worker.communicate(timeout=300)
        assert worker.returncode == 0, "a damaged database brought its reader down"
        seen += Counter({name: int(count) for count, name in (line.split(" ", 1) for line in out.splitlines())})
    assert set(seen) <= {"right", "refused", "cut right", "cut refused"}
    assert seen["right"] + seen["refused"] == damaged.FLIPS and seen["cut right"] + seen["cut refused"] == damaged.CUTS
    assert seen["refused"] > damaged.FLIPS / 4 and seen["cut refused"] > damaged.CUTS / 2


def test_where_the_newest_build_is_damaged_its_readers_go_on_and_the_one_before_answers_once_it_is_named(twice, tmp_path):
    whole, hurt = tmp_path / "whole", tmp_path / "hurt"
    for copy in (whole, hurt):
        shutil.copytree(twice.database, copy)
    reader = Store(whole)
    right = damaged.answers(reader)
    for folder in (whole, hurt):
        newest = folder / current(folder)
        half = newest.read_bytes()[: newest.stat().st_size // 2]
        newest.unlink()
        newest.write_bytes(half)
    assert all(one.equals(other) for one, other in zip(damaged.answers(reader), right, strict=True))
    assert damaged.outcome(hurt, right) == "refused"
    (hurt / "CURRENT").write_text(min(path.name for path in hurt.glob("*.duckdb")) + "\n", encoding="utf-8")
    assert (damaged.answers(Store(hurt))[0]["value"] + 1).tolist() == right[0]["value"].tolist()
