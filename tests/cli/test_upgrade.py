"""
A data folder of the first version is brought up whole: every figure as it was, every release to the byte, every earlier word kept.

`first_version` is such a folder as that version shipped it, cut down to five areas, two releases of counts, and what goes with them.
"""

import shutil
from datetime import date
from itertools import product

import pandas as pd
import pytest

from metrics import definitions
from metrics.build import database
from metrics.ingest import releases
from metrics.store import Store
from tests.conftest import ROOT, Project

FIRST = ROOT / "tests" / "cli" / "first_version"
PLAN = "new-met-2023"
PLACES = ("london", "brent", "ealing", "camden", "westminster")
MEASURES = ("all-crime", "shoplifting", "good-job")
DAYS = (date(2026, 3, 31), date(2026, 4, 30), date(2026, 12, 31))


@pytest.fixture
def old(tmp_path, capsys) -> Project:
    """A project of the first version, to change."""
    project = Project(tmp_path, capsys)
    shutil.rmtree(project.data)
    shutil.copytree(FIRST / "data", project.data)
    return project


def files(project: Project, folder: str = "") -> dict:
    return {path.relative_to(project.data): path.read_bytes() for path in (project.data / folder).rglob("*") if path.is_file()}


def known_on(day: date) -> dict[tuple[str, ...], float]:
    """Every figure as the first version's releases give it by a day, worked out one release after the other."""
    known: dict[tuple[str, ...], float] = {}
    for path in sorted((FIRST / "data" / "releases").rglob("*.csv"), key=lambda path: path.stem):
        if path.stem <= day.isoformat():
            table = pd.read_csv(path)
            known |= dict(zip(zip(table["measure"], table["place"], table["period"], strict=True), table["value"], strict=True))
    return known


def test_the_first_version_is_told_from_todays_and_what_to_do_is_said(old):
    for words in (("check",), ("build",)):
        status, out, err = old.run(*words)
        assert (status, out) == (1, "")
        assert err == "force.yaml: no such file; a folder of the first version has none: `python -m metrics upgrade` brings it up\n"


def test_every_figure_and_every_release_is_as_it_was(old):
    before = files(old, "releases")
    status, out, err = old.run("upgrade")
    assert (status, err) == (0, "")
    assert out.endswith("5 releases as they were\n")
    assert old.run("check")[0] == 0
    assert files(old, "releases") == before
    database.build(old.data, old.database, definitions.definitions(old.data, PLAN), judge=False)
    store = Store(old.database)
    for day in DAYS:
        wanted = {cell: value for cell, value in known_on(day).items() if cell[0] in MEASURES and cell[1] in PLACES}
        tables = [store.ask("series", measure=measure, place=place, as_at=day) for measure, place in product(MEASURES, PLACES)]
        shown = {(row.measure, row.place, row.period): row.value for table in tables for row in table.itertuples()}
        assert shown == wanted
        assert len(shown) > 100


def test_nothing_is_lost_and_a_second_time_changes_nothing(old):
    before = files(old)
    old.run("upgrade")
    kept = {path.read_bytes() for path in (old.data / "earlier").rglob("*") if path.is_file()}
    after = files(old)
    assert {name for name, raw in before.items() if after[name] != raw and raw not in kept} == set()
    status, out, err = old.run("upgrade")
    assert (status, err) == (0, "")
    assert out.endswith("is of today's form, with 5 releases: nothing to do\n")
    assert files(old) == after


def test_what_was_known_of_a_promise_stands_in_its_history_or_its_note(old):
    old.run("upgrade")
    plan = definitions.definitions(old.data, PLAN).plan
    promises = {promise.id: promise for promise in plan.commitments}
    step = promises["faster-999"].history[0]
    assert (step.status, step.source) == ("under way", "Published source, not held here")
    assert step.said == "Answered within 10 seconds: 77.6% in 2023, 86.2% in 2024."
    assert step.date == max(release.published for release in releases.all_of(old.data))
    assert promises["front-counters"].note.startswith("Later plans for only two 24-hour front counters")
    assert plan.missions["trust"].title == "Trust"


def test_a_folder_that_would_not_hold_together_is_left_as_it_is(old):
    measure = old.data / "measures" / "good-job.yaml"
    measure.write_text(measure.read_text(encoding="utf-8").replace("mission: trust", "mission: nowhere"), encoding="utf-8")
    before = files(old)
    status, _, err = old.run("upgrade")
    assert status == 1
    assert "mission" in err
    assert files(old) == before


def test_the_folder_of_another_force_is_not_given_this_ones_name(old):
    places = old.data / "places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace("london,London,london", "kent,Kent,kent"), encoding="utf-8")
    status, _, err = old.run("upgrade")
    assert status == 1
    assert "write the force.yaml of this one first" in err
