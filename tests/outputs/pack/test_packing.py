"""The files of a meeting are written whole, the same every time, and refused in one line where they cannot be."""

import io
import os
import subprocess
import sys

import pytest
from pptx import Presentation

from metrics.cli import main
from metrics.domain import Refused
from metrics.narrative import number_format
from metrics.outputs import pack
from metrics.outputs.slides import deck
from tests.conftest import ROOT
from tests.outputs.pack.conftest import MEETING
from tests.outputs.pack.reading import Read

PLACE, CONTACT = "kingston-upon-thames", "The tests"
STEM = f"{PLACE}_2026-11-25_as-at-2026-08-31"


@pytest.fixture(scope="module")
def packed(brief_of, tmp_path_factory):
    return pack.write(brief_of(PLACE), tmp_path_factory.mktemp("packs"), contact=CONTACT)


def test_the_names_say_borough_meeting_and_as_at_date(packed):
    assert [path.name for path in packed] == [f"{STEM}_{name}" for name in ("pack.html", "slides.pptx", "sheet.html")]
    assert sorted(packed[0].parent.iterdir()) == sorted(packed)


def test_the_command_in_another_process_writes_the_same_bytes_and_says_how_many(served, packed, tmp_path):
    words = ["--config", served, "pack", "Kingston upon Thames", "--meeting", MEETING.isoformat(), "--out", tmp_path]
    environment = os.environ | {"PYTHONHASHSEED": "1"}
    done = subprocess.run([sys.executable, "-m", "metrics", *words], cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {path.name: path.read_bytes() for path in packed}
    sizes = dict(line.split("  ") for line in done.stdout.splitlines()[:3])
    assert sizes == {str(path): f"{path.stat().st_size / 1000:,.0f} kB" for path in tmp_path.iterdir()}


def test_the_charts_of_the_slides_hold_the_figures_of_the_tables_of_the_pack(packed):
    tables = Read(packed[0].read_text(encoding="utf-8")).tables
    compared = 0
    for slide in Presentation(io.BytesIO(packed[1].read_bytes())).slides:
        for shape in (shape for shape in slide.shapes if shape.has_chart):
            chart = shape.chart
            for plot in chart.plots:
                for series in plot.series:
                    if series.name == "Kingston upon Thames":
                        drawn = {number_format.number(value, "count", decimals=0) for value in series.values if value is not None}
                        compared += any(drawn <= _figures(rows, series.name) for rows in tables.values() if series.name in rows[0])
    assert compared >= 5


def _figures(rows, column: str) -> set[str]:
    return {row[rows[0].index(column)].removesuffix("%") for row in rows[1:]}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["Narnia", "--meeting", "2026-11-25"], "no place called 'Narnia'"),
        (["london", "--meeting", "2026-11-25"], "a pack is for one of the boroughs, and London is none"),
        (["bromley", "--meeting", "2026-04-05"], "no findings are kept for 2026-04-05"),
        (["bromley", "--meeting", "2026-11-25", "--since", "2026-04-05"], "no findings are kept for 2026-04-05"),
        (["bromley", "--meeting", "soon"], "'soon' is not a day"),
        (["bromley"], "--meeting"),
    ],
    ids=["no such borough", "not a borough", "a day not kept", "a day to look back on not kept", "no day", "no meeting"],
)
def test_what_cannot_be_packed_is_refused_in_one_line(served, tmp_path, capsys, words, says):
    capsys.readouterr()
    assert main(["--config", str(served), "pack", *words, "--out", str(tmp_path / "out")]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and says in err
    assert not (tmp_path / "out").exists()


@pytest.fixture
def quickly(monkeypatch):
    """What stands in the files is made in no time; where they go is not changed."""
    for maker in ("pack_html", "sheet_html"):
        monkeypatch.setattr(pack, maker, lambda *_, **__: "another text")
    monkeypatch.setattr(deck, "deck", lambda *_, **__: b"other slides")


def test_a_folder_that_cannot_be_written_is_refused(brief_of, quickly, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(Refused, match=r"^file: cannot be written \(File exists\)$"):
        pack.write(brief_of(PLACE), tmp_path / "file")


def test_a_file_that_is_there_already_is_replaced_whole(brief_of, quickly, tmp_path, monkeypatch):
    first = pack.write(brief_of(PLACE), tmp_path)[0]
    first.write_bytes(b"what was there before")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        with pytest.raises(Refused, match="No space left on device"):
            pack.write(brief_of(PLACE), tmp_path)
    assert first.read_bytes() == b"what was there before"
    assert pack.write(brief_of(PLACE), tmp_path)[0].read_bytes() == b"another text"
