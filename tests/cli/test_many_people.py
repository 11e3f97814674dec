"""Whoever records, imports and builds at the same time loses nothing, leaves nothing half and goes back to nothing older."""

import os
import subprocess
import sys

import numpy as np
import pytest

from metrics.build.input_digest import digest
from metrics.ingest import releases
from metrics.store import Store
from tests.conftest import ROOT

SEED, AREAS, DAYS = 20, ("brent", "barnet", "camden", "brent"), ("2025-04-30", "2025-05-31")
FIGURES = "measure,place,period,value,base,note\nanswer-999,london,{month},88.5,,x\n"
MINUTES = "kind,text,theme,ward,measure,owner,due\nconcern,{text},Streets,,,,\n"


def commands(project) -> list[list[str]]:
    """What everybody does, in an order of chance; two of them record the same meeting."""
    doing = [["build"], ["build"]]
    for number, area in enumerate(AREAS):
        file = project.put(f"m{number}.csv", MINUTES.format(text=f"Better lighting at corner {number}"))
        doing.append(["meeting", "record", area, "2026-05-05", str(file), "--source", "Minutes"])
    for day in DAYS:
        file = project.put(f"{day}.csv", FIGURES.format(month=day[:7].replace("-04", "-03").replace("-05", "-04")))
        doing.append(["import", "template", str(file), "--published", day])
    return [doing[n] for n in np.random.default_rng(SEED).permutation(len(doing))]


@pytest.fixture
def begun(project):
    """A project with one release and a build."""
    file = project.put("first.csv", FIGURES.format(month="2025-02"))
    project.take("template", file, published="2025-03-31")
    assert project.run("build")[0] == 0
    return project


def test_what_many_do_at_once_is_all_there_and_nothing_is_half(begun):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    start = [[sys.executable, "-m", "metrics", "--config", str(begun.config), *words] for words in commands(begun)]
    going = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for words in start]
    ended = [(process.communicate(timeout=300), process.returncode) for process in going]
    assert [(said, status) for said, status in ended if status] == []
    assert {one.area: len(one.concerns) for one in begun.definitions.meetings} == {"brent": 2, "barnet": 1, "camden": 1}
    assert [str(one.published) for one in releases.all_of(begun.data)] == ["2025-03-31", *DAYS]
    assert [path.name for path in begun.data.rglob("*") if path.name.startswith(".")] == []
    assert len((begun.data / "changes.csv").read_text(encoding="utf-8").splitlines()) == 1 + 1 + len(AREAS) + len(DAYS)
    assert begun.run("build")[0] == 0
    made_of = digest(begun.data, releases.all_of(begun.data), begun.definitions, judge=True, cited_from=None)
    assert Store(begun.database).build.endswith(f"-{made_of}.duckdb")
    assert not list(begun.database.glob("unfinished-*"))
