"""The table can be reached, heard and trusted; the file beside it runs nothing in a spreadsheet."""

import csv
import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from metrics.charts.render.table import REQUIRED, csv_text, file_name, table
from metrics.narrative import number_format

UNITS = {"Borough": "text", "Offences": "count"}


def test_the_table_is_a_named_region_that_the_keyboard_reaches(chart):
    html = table(chart, "Offences & more")
    assert html.startswith('<div class="table" role="region" tabindex="0" aria-label="Offences &amp; more">')
    assert "<caption>Offences &amp; more</caption>" in html


def test_every_column_and_every_row_has_a_header(chart):
    html = table(chart, "Offences")
    assert html.count('scope="col"') == len(chart.columns())
    assert html.count('scope="row"') == len(chart.rows())


def test_markup_in_a_name_or_a_cell_stays_words():
    html = table(pd.DataFrame({"Borough": ["<img src=x>"], "Offences": [1]}), '"><script>', units=UNITS)
    assert "<img" not in html
    assert "<script" not in html


def test_a_missing_figure_says_so(samples):
    assert "not published" in table(samples["bars"], "Offences")


def test_a_column_of_a_frame_without_a_unit_is_refused():
    with pytest.raises(ValueError, match="Offences"):
        table(pd.DataFrame({"Borough": ["Brent"], "Offences": [1]}), "Offences", units={"Borough": "text"})


PREAMBLE = {"Source": "MPS, data store", "Area": "Brent", "Period": "June 2023", "As at": "7 August 2023", "Licence": "OGL v3.0"}
RISKY = ("=", "+", "-", "@", "\t", "\r")


def written(frame: pd.DataFrame, preamble: dict[str, str] = PREAMBLE) -> str:
    return csv_text(frame, preamble, units={name: "text" if frame[name].dtype == "str" else "count" for name in frame})


def cells(frame: pd.DataFrame) -> list[list[str]]:
    """The header and the rows, without the lines that say what they are."""
    return [row for row in csv.reader(io.StringIO(written(frame), newline="")) if not row[:1] or not row[0].startswith("# ")]


def test_the_first_lines_say_what_the_figures_are_each_in_one_cell(chart):
    rows = list(csv.reader(io.StringIO(csv_text(chart, PREAMBLE), newline="")))
    assert rows[:5] == [
        ["# Source: MPS, data store"],
        ["# Area: Brent"],
        ["# Period: June 2023"],
        ["# As at: 7 August 2023"],
        ["# Licence: OGL v3.0"],
    ]
    units = {number_format.UNIT_WORDS[kind] for kind in chart.columns().values() if kind not in ("text", "period")}
    assert set(rows[5][0].removeprefix("# Unit: ").split(", ")) == {word for unit in units for word in unit.split(", ")}


def test_no_figure_has_more_digits_than_a_reader_can_use():
    frame = pd.DataFrame({"limit": [8.490534069856485, 717000.123456], "published": [56.25, 1234567]})
    assert cells(frame)[1:] == [["8.491", "56.25"], ["717000.123", "1234567"]]


@pytest.mark.parametrize("lacking", REQUIRED)
def test_a_download_that_does_not_say_where_it_comes_from_is_refused(chart, lacking):
    with pytest.raises(ValueError, match=lacking):
        csv_text(chart, PREAMBLE | {lacking: " "})


@pytest.mark.parametrize("start", [*RISKY, " =", "\N{FULLWIDTH EQUALS SIGN}"])
def test_text_that_would_run_as_a_formula_is_behind_an_apostrophe(start):
    frame = pd.DataFrame({"note": [f"{start}cmd|' /C calc'!A0"]})
    assert cells(frame)[1] == [f"'{start}cmd|' /C calc'!A0"]


def test_a_header_that_would_run_as_a_formula_is_behind_an_apostrophe():
    assert cells(pd.DataFrame({"=1+1": ["a"]}))[0] == ["'=1+1"]


def test_negative_figures_stay_figures():
    frame = pd.DataFrame({"change": [-2.5, 3.0, None], "count": [-1, 2, 3]})
    assert cells(frame)[1:] == [["-2.5", "-1"], ["3", "2"], ["", "3"]]


def test_the_first_lines_cannot_break_out_of_their_line_or_run():
    text = written(pd.DataFrame({"a": [1]}), PREAMBLE | {"Area": 'Brent\n=1, "=2", @3;+4'})
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == ['# Area: Brent =1, "=2", @3;+4']
    assert text.splitlines()[1].startswith('"#')


@settings(deadline=None, derandomize=True)
@given(some.text(max_size=20))
def test_no_text_cell_ever_begins_with_a_risky_sign(words):
    cell = cells(pd.DataFrame({"a": ["x"], "note": [words]}))[1][1]
    assert not cell.startswith(RISKY)
    assert cell in (words, f"'{words}")


def test_the_name_of_the_file_says_measure_area_period_and_as_at():
    name = file_name("violence-injury", "Kingston upon Thames", ("2018-01", "2026-03"), date(2026, 4, 30))
    assert name == "violence-injury_kingston-upon-thames_2018-01-to-2026-03_as-at-2026-04-30.csv"


def test_the_name_of_the_file_cannot_leave_its_folder():
    assert "/" not in file_name("../../etc", "a/b\\c", ("2018-01", "2018-02"), date(2026, 4, 30))
