"""The table can be reached, heard and trusted."""

import pandas as pd
import pytest

from metrics.charts.render.table import table

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
