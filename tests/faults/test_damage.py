"""A damaged database is refused or gives the right answer, wherever a bit turned; where the build before is kept, that one goes on."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from metrics.build import database
from metrics.domain import Refused
from metrics.store import Store, in_use, writer
from tests.conftest import ROOT, Project
from tests.faults import damaged
from tests.ingest.samples import SLUGS, keep

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
        database.build(project.data, project.database, project.definitions, judge=False)
    return project


def test_turned_bits_and_cuts_are_refused_or_read_right_and_the_build_before_goes_on(twice, tmp_path):
    command = [sys.executable, SCRIPT, twice.database, tmp_path]
    workers = [subprocess.Popen([*command, f"{part}/2"], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=-1, text=True) for part in (0, 1)]
    seen = Counter()
    for worker in workers:
        out, _ = worker.communicate()
        assert worker.returncode == 0, "a damaged database brought its reader down"
        seen += Counter({name: int(count) for count, name in (line.split(" ", 1) for line in out.splitlines())})
    assert seen.pop("the one before") == damaged.FLIPS + damaged.CUTS
    assert set(seen) <= {"right", "refused", "cut right", "cut refused"}
    assert seen["right"] + seen["refused"] == damaged.FLIPS and seen["cut right"] + seen["cut refused"] == damaged.CUTS
    assert seen["refused"] > damaged.FLIPS / 4 and seen["cut refused"] > damaged.CUTS / 2


@pytest.fixture
def copied(twice, tmp_path) -> Path:
    """The folder of the two builds, to be spoilt."""
    return Path(shutil.copytree(twice.database, tmp_path / "db"))


def cut(path: Path, parts: int = 2) -> None:
    """Leave the first part of a file: its first half."""
    left = path.read_bytes()[: path.stat().st_size // parts]
    path.unlink()
    path.write_bytes(left)


def test_a_damaged_newest_build_is_read_on_and_newcomers_read_the_build_before(copied, caplog):
    newest, reader = in_use(copied)[0], Store(copied)
    right = damaged.answers(reader)
    cut(copied / newest)
    assert all(answer.equals(wanted) for answer, wanted in zip(damaged.answers(reader), right, strict=True))
    for _ in range(2):
        store = Store(copied)
        assert (store.build[:6], store.instead_of) == ("000001", newest)
        assert (damaged.answers(store)[0]["value"] + 1).tolist() == right[0]["value"].tolist()
    (message,) = caplog.messages
    assert newest in message and f"until then the figures are those of {store.build}" in message


def test_where_every_build_is_damaged_the_one_in_use_is_refused_in_one_line(copied):
    for path in copied.glob("*.duckdb"):
        cut(path)
    with pytest.raises(Refused, match=rf"^{re.escape(in_use(copied)[0])}: not a database that can be read \(its SHA-256"):
        Store(copied)


def test_nobody_is_led_to_a_build_that_was_gone_back_from(copied):
    oldest = min(path.name for path in copied.glob("*.duckdb"))
    (copied / "CURRENT").write_text(oldest + "\n", encoding="utf-8")
    assert (Store(copied).build, Store(copied).instead_of) == (oldest, None)
    cut(copied / oldest)
    with pytest.raises(Refused, match=oldest):
        Store(copied)


@pytest.mark.parametrize("hurt", [False, True])
def test_a_build_without_a_sum_is_of_an_earlier_version_and_read_where_it_can_be(copied, hurt):
    for path in copied.glob("*.sha256"):
        path.unlink()
    if hurt:
        cut(copied / in_use(copied)[0], parts=1000)
    assert Store(copied).instead_of == (in_use(copied)[0] if hurt else None)


def test_the_next_build_mends_a_damaged_one_though_nothing_else_has_changed(twice, copied):
    mended = {}
    for hurt in (False, True):
        if hurt:
            cut(copied / in_use(copied)[0])
        mended[hurt] = database.build(twice.data, copied, twice.definitions, judge=False)
    assert mended[False].already_current and not mended[True].already_current
    assert (Store(copied).build, Store(copied).instead_of) == (mended[True].name, None)


def test_a_build_damaged_while_it_is_written_is_never_pointed_to(twice, copied, monkeypatch):
    before = in_use(copied)[0]
    fill = writer._fill

    def spoilt(path: Path, *given, **named) -> None:
        fill(path, *given, **named)
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 3 :: 4096] = bytes(len(range(len(raw) // 3, len(raw), 4096)))
        path.write_bytes(raw)

    monkeypatch.setattr(writer, "_fill", spoilt)
    with pytest.raises(Refused):
        database.build(twice.data, copied, twice.definitions, again=True, judge=False)
    assert in_use(copied)[0] == before == Store(copied).build
    assert sorted(path.name for path in copied.iterdir()) == sorted(path.name for path in twice.database.iterdir())


def test_the_sum_is_the_one_that_anybody_can_check(copied):
    for path in copied.glob("*.duckdb"):
        output = subprocess.run(["sha256sum", "-c", f"{path.name}.sha256"], cwd=copied, capture_output=True, text=True, check=False)
        assert (output.returncode, output.stdout) == (0, f"{path.name}: OK\n")
