"""
A backup comes back to the byte and gives the same build; a data folder of the first version is brought up whole: every figure as it was,
every release to the byte, every earlier word kept.

`first_version` is such a folder as that version shipped it, cut down to five areas, two releases of counts, and what goes with them.
"""

import shutil
import zipfile
from datetime import date
from itertools import product

import pandas as pd
import pytest

from metrics import definitions
from metrics.build import database
from metrics.cli import main
from metrics.ingest import releases
from metrics.store import Store
from tests.conftest import ROOT, Project
from tests.ingest.samples import recorded_crime


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of a project with a release, its build, and a backup of it; nobody changes it."""
    project = Project(tmp_path_factory.mktemp("made"))
    crime = project.put("crime.csv", recorded_crime())
    for words in (("import", "recorded-crime", crime, "--published", "2024-04-18"), ("build",), ("backup", project.root / "kept.zip")):
        assert main(["--config", str(project.config), *map(str, words)]) == 0
    return project.root


@pytest.fixture
def backed_up(project, made):
    """The same project, to change, and its backup."""
    shutil.copytree(made, project.root, dirs_exist_ok=True)
    return project.root / "kept.zip"


def contents(folder) -> dict:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build_name(project) -> str:
    """The part of the name of the build that stands for everything that went in."""
    return (project.database / "CURRENT").read_text(encoding="utf-8").split("-")[1]


def test_backup_wipe_restore_and_build_give_the_same(project, backed_up):
    before, name = contents(project.data), build_name(project)
    for folder in (project.data, project.database):
        shutil.rmtree(folder)
    project.config.unlink()
    status, out, err = project.run("restore", backed_up)
    assert (status, err) == (0, "")
    assert "with 1 releases" in out
    assert contents(project.data) == before
    assert project.run("build")[0] == 0
    assert build_name(project) == name


def test_nothing_is_restored_over_data_that_is_there(project, backed_up, refused):
    refused("restore", backed_up, says="data: is not empty; move it away first")


def test_a_backup_is_never_written_over(project, backed_up, refused):
    refused("backup", backed_up, says="is there already")


def test_a_backup_inside_what_it_keeps_is_refused(project, backed_up, refused):
    refused("backup", project.data / "a.zip", says="which is backed up")


def spoilt(file, change) -> None:
    """The backup written again with its contents changed, and its sums as they were."""
    with zipfile.ZipFile(file) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    change(kept)
    with zipfile.ZipFile(file, "w") as archive:
        for name, raw in kept.items():
            archive.writestr(name, raw)


CHANGES = {
    "a byte more": lambda kept: kept.update({"data/places.csv": kept["data/places.csv"] + b" "}),
    "a file gone": lambda kept: kept.pop("data/places.csv"),
    "a file too many": lambda kept: kept.update({"data/../../escaped": b"x"}),
    "no sums": lambda kept: kept.pop("SHA256SUMS"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_backup_that_was_changed_is_refused(project, backed_up, refused, change):
    spoilt(backed_up, change)
    shutil.rmtree(project.data)
    project.data.mkdir()
    refused("restore", backed_up, says="nothing was changed")


def test_a_backup_that_was_cut_is_refused(project, backed_up, refused):
    backed_up.write_bytes(backed_up.read_bytes()[:-400])
    refused("restore", backed_up, says="not a backup, or cut short")


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
