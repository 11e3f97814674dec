"""Running does not depend on `data`: whatever has happened to it since the build, a restarted explorer shows what the build says."""

import shutil

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from metrics.refresh import state
from metrics.refresh.state import State, Waiting
from metrics.web.streamlit import cached_reads, claim_view, page_parts
from tests.tries import tries
from tests.web.streamlit.conftest import SCRIPT, Page

SEED, WAYS = 15, tries(50)
MEETING = "area: brent\ndate: 2024-05-01\nstatus: held\nsource: Minutes\n"


def restart() -> None:
    """Forget everything that a process keeps."""
    for kept in (*vars(cached_reads).values(), *vars(claim_view).values(), *vars(page_parts).values()):
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()
    cached_reads.st.cache_resource.clear()


def shown(**address: str) -> str:
    """The words of the first page."""
    return Page(AppTest.from_file(str(SCRIPT), default_timeout=60)).go("meeting", **address).text


def removed(path) -> None:
    path.unlink()


def cut(path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])


def misspelt(path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "mispelt: true\n", encoding="utf-8")


def noise(path) -> None:
    path.write_bytes(b"\xff\xfe\x00 no text")


def emptied(path) -> None:
    path.write_bytes(b"")


def a_folder(path) -> None:
    path.unlink()
    path.mkdir()


SPOILERS = (removed, cut, misspelt, noise, emptied, a_folder)


@pytest.fixture
def running(project, monkeypatch):
    """A project that is built and served."""
    file = project.put("t.csv", "measure,place,period,value,base,note\nanswer-999,london,2025-03,88.5,,x\n")
    project.take("template", file, published="2025-04-30")
    assert project.run("build")[0] == 0
    monkeypatch.setenv("METRICS_CONFIG", str(project.config))
    restart()
    yield project
    restart()


def test_definitions_broken_in_many_ways_change_no_page_of_a_restarted_explorer(running, tmp_path):
    chance, before = np.random.default_rng(SEED), shown(area="brent")
    assert page_parts.behind() == []
    whole = shutil.copytree(running.data, tmp_path / "whole")
    lines: list[str] = []
    files = sorted(path for path in running.data.rglob("*") if path.is_file() and "releases" not in path.parts)
    for turn in range(WAYS):
        spoil = SPOILERS[turn % len(SPOILERS)]
        for path in {files[n] for n in chance.integers(0, len(files), chance.integers(1, 4))}:
            spoil(path)
        restart()
        assert shown(area="brent") == before, spoil
        lines += page_parts.behind()
        shutil.rmtree(running.data)
        shutil.copytree(whole, running.data)
    assert len(lines) > WAYS / 2
    assert all("of the data are not as in the build: run `python -m metrics build`" in line for line in lines)


def test_no_data_at_all_changes_no_page(running):
    before = shown(area="brent")
    shutil.rmtree(running.data)
    restart()
    assert shown(area="brent") == before
    assert len(page_parts.behind()) == 1


def test_a_meeting_on_record_and_not_built_changes_no_page_and_health_says_so(running):
    before, file = shown(area="brent"), running.data / "meetings/brent/2024-05-01.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(MEETING, encoding="utf-8")
    restart()
    assert shown(area="brent") == before
    assert page_parts.behind() == ["1 files of the data are not as in the build: run `python -m metrics build`"]
    assert running.run("build")[0] == 0
    assert page_parts.behind() == []


def test_another_plan_in_the_configuration_waits_for_the_next_build(running):
    before = shown(area="brent")
    running.config.write_text(running.config.read_text(encoding="utf-8").replace("new-met-2023", "new-met-2025"), encoding="utf-8")
    restart()
    assert shown(area="brent") == before
    assert "another plan" in page_parts.behind()[0]


@pytest.mark.parametrize("spoil", [removed, emptied, lambda path: path.write_text("000009-0123456789ab.duckdb\n")])
def test_without_a_pointer_the_newest_build_answers_and_that_is_said(running, spoil):
    before, build = shown(area="brent"), cached_reads.store().build
    spoil(running.database / "CURRENT")
    restart()
    assert (cached_reads.store().build, cached_reads.store().instead_of) == (build, "CURRENT")
    now = shown(area="brent")
    assert "CURRENT" in now and set(before.splitlines()) <= set(now.splitlines())


def test_a_comment_is_no_change(running):
    path = running.data / "wording.yaml"
    path.write_text("# A comment.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    restart()
    assert page_parts.behind() == []


def test_what_refresh_left_open_is_said_and_a_damaged_memory_fails_nothing(running):
    running.config.write_text(running.config.read_text(encoding="utf-8") + "refresh: {folder: refresh}\n", encoding="utf-8")
    restart()
    assert page_parts.behind() == []
    folder = running.root / "refresh"
    state.write(folder, State(waiting={"vawg": Waiting({})}, troubles={"population": "answered 403", "vawg": "cut"}))
    trouble, waits = sorted(page_parts.behind())
    assert trouble.startswith("population: a newer release could not be had")
    assert waits.startswith("vawg: a newer release waits for a person")
    (folder / state.NAME).write_text("7", encoding="utf-8")
    assert page_parts.behind() == ["refresh: what it remembers cannot be read: `python -m metrics refresh` says why"]
