"""The chart of a slide carries the figures of the chart it was made of, and every word that was taken out of it stands in its key."""

import re

import pytest

from metrics.charts.render.svg import svg
from metrics.charts.spec import Axis, Chart, Line, Note, Points, Rule, Span
from metrics.outputs.slides.numbered_marks import marked, picture

SIZE = {"width": 700, "height": 360, "narrowest": 262, "key": "one"}
MONTHS = [f"{year}-{month:02}" for year in range(2017, 2025) for month in range(1, 13)]


@pytest.fixture
def chart() -> Chart:
    """Eight years of months with two breaks close together, a usual level and one unusual month."""
    line = Line((tuple(zip(MONTHS, map(float, range(10, 106)), strict=True)),), columns=("Brent",))
    usual = Line((tuple((month, 15.0) for month in MONTHS),), label="usual level", style="centre", columns=("Usual level",))
    unusual = Points((("2024-12", 105.0),), style="concern", mark="unusual, for the worse")
    rules = Rule("2024-05", "New <system>"), Rule("2024-06", "New codes")
    layers = (line, usual, unusual, *rules, Span("2021-07", "2023-06", "sets the usual level"), Note("Beware."))
    return Chart("T", layers, Axis("Month", "period"), Axis("Number"), alt="a", source="s")


def test_every_word_that_was_taken_out_stands_in_the_key(chart):
    assert " ".join(marked(chart).key) == (
        "1: New <system>. 2: New codes. Shaded: sets the usual level. Beware. Grey line: usual level. "
        "Orange diamond: unusual, for the worse."
    )


def test_the_words_are_not_in_the_picture_and_the_numbers_are(chart):
    drawn = picture(marked(chart), **SIZE)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert {"1", "2"} <= set(texts)
    assert not [text for text in texts if "New" in text or "usual" in text or "Beware" in text]


def test_two_numbers_never_cover_each_other(chart):
    at = [float(x) for x, word in re.findall(r'<text x="([\d.]+)"[^>]*>([12])</text>', picture(marked(chart), **SIZE)) if word]
    assert len(at) == 2
    assert at[1] - at[0] > 20


def test_the_figures_are_drawn_as_they_were(chart):
    assert svg(marked(chart).chart, **SIZE).count("<circle") == svg(chart, **SIZE).count("<circle")
    assert [list(layer.data()) for layer in marked(chart).chart.layers[:3]] == [list(layer.data()) for layer in chart.layers[:3]]
