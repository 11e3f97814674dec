"""Backup and restore: what was backed up comes back to the byte, and gives the same build."""

import shutil
import zipfile

import pytest

from metrics.cli import main
from tests.conftest import Project
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
