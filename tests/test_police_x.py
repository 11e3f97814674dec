"""A second force by files alone: small, made up and marked so; nothing of the shipped one stands in what it says."""

import re
import shutil
from pathlib import Path

import pytest

from metrics.cli import main
from metrics.narrative import Wording
from metrics.narrative.wording import FEET
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "police-x"
SHIPPED = re.compile(r"London|\bMet\b|[Bb]orough")

PATHS = ("path to 2,700", "by now the plan needed", "would both look like this", "The target of 2,700", "Getting worse since the baseline")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The example's configuration with a database of its own, built once."""
    folder = tmp_path_factory.mktemp("police-x")
    shutil.copytree(EXAMPLE / "data", folder / "data", symlinks=False)
    text = (EXAMPLE / "config.yaml").read_text(encoding="utf-8").replace("../../build/police-x", "db")
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    assert main(["--config", str(folder / "config.yaml"), "build"]) == 0
    return folder / "config.yaml"


def test_it_is_checked(built, capsys):
    assert main(["--config", str(built), "check"]) == 0
    assert capsys.readouterr().out.startswith("all is well: 4 measures, 4 places, 1 meetings")


def test_its_answers_speak_its_own_words(built, capsys):
    assert main(["--config", str(built), "findings"]) == 0
    out = capsys.readouterr().out
    assert "burglary, millbrook, since the plan began: Down" in out
    assert not SHIPPED.search(out)


def test_a_claim_is_answered(built, capsys):
    assert main(["--config", str(built), "claim", "burglary in Millbrook is down since 2024"]) == 0
    out = capsys.readouterr().out
    assert "The figures show it: it is a clear change." in out
    assert not SHIPPED.search(out)


def test_whatever_has_a_foot_says_that_the_force_is_made_up():
    text = Wording(EXAMPLE / "data" / "wording.yaml").text
    assert all(text[section][name].startswith("Exshire does not exist") for section, name in FEET)
    shipped = Wording(ROOT / "data" / "wording.yaml").text
    assert not any("does not exist" in shipped[section][name] for section, name in FEET)


def test_its_published_pages_hold_no_word_of_another_force(built, tmp_path):
    assert main(["--config", str(built), "publish", str(tmp_path)]) == 0
    pages = list((tmp_path / "current").rglob("*.html"))
    assert pages
    assert [path.name for path in pages if SHIPPED.search(path.read_text(encoding="utf-8"))] == []
    page = (tmp_path / "current/measures/vehicle-crime/index.html").read_text(encoding="utf-8")
    assert "2,700 by March 2027" in page and "target, a month" in page
    assert any(words in page for words in PATHS)


def test_its_pack_is_made_in_its_own_words(built, tmp_path):
    assert main(["--config", str(built), "pack", "millbrook", "--meeting", "2026-06-10", "--out", str(tmp_path)]) == 0
    pages = list(tmp_path.glob("*.html"))
    assert len(pages) == 2
    assert [path.name for path in pages if SHIPPED.search(path.read_text(encoding="utf-8"))] == []
