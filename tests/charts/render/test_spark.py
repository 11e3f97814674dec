"""The picture of a row: one clock for every row, no letter, the strongest mark for what the numbers beside it say."""

import re
from datetime import date
from urllib.parse import unquote

import pytest

from metrics.charts.render.frame import INSET, Clock
from metrics.charts.render.spark import GRID, clock_head, spark, spark_image
from metrics.charts.spec import Meeting

CLOCK = Clock("2019-01", "2026-06", date(2023, 8, 7))
KINDS = ["over", "limits", "survey", "bars"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_of_a_row_has_no_letter(samples, kind):
    assert "<text" not in spark(samples[kind], CLOCK)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_has_the_meeting_at_the_same_place(samples, kind):
    line = re.search(r'<line x1="([\d.]+)%" x2="\1%" y1="0" y2="100%"[^>]*stroke="#12436D"', spark(samples[kind], CLOCK))
    assert f"left:{line[1]}%" in clock_head(CLOCK)


def test_a_meeting_of_the_chart_itself_gives_way_to_that_of_the_clock(samples):
    other = samples["limits"].since(date(2020, 1, 1), "another day")
    assert spark(other, CLOCK) == spark(samples["limits"], CLOCK)
    assert not any(isinstance(layer, Meeting) for layer in other.since(None).layers)


def test_a_meeting_so_late_that_its_letter_would_cover_the_year_leaves_it_out():
    head = clock_head(Clock("2019-01", "2026-06", date(2025, 12, 4)))
    assert "2019" in head and "2026" not in head and "2026" in clock_head(CLOCK)


def test_what_lies_outside_the_clock_is_left_out(samples):
    late = Clock("2022-01", "2026-06")
    across = [float(x) / 100 for x in re.findall(r'\bx="([\d.]+)%"', spark(samples["bars"], late))]
    assert across and min(across) > INSET - 0.1
    starts = [int(x) for x in re.findall(r'd="M(-?\d+)', spark(samples["limits"], late))]
    assert starts and min(starts) >= GRID * INSET


def test_an_unusual_month_on_its_own_has_no_run_and_two_have_one(samples):
    assert 'stroke-width="2.4"' not in spark(samples["limits"], CLOCK)
    layers = samples["limits"].layers
    assert not any(getattr(layer, "style", "") == "improvement" and hasattr(layer, "pieces") for layer in layers)


def test_the_two_figures_compared_have_their_chance_bars(samples):
    drawn = spark(samples["survey"], CLOCK)
    assert drawn.count("<circle") == 2 and drawn.count('stroke-width="1.6"') == 1


def test_an_image_carries_the_same_drawing_in_its_address(samples):
    image = spark_image(samples["limits"], CLOCK)
    drawing = unquote(re.search(r'src="data:image/svg\+xml,([^"]+)"', image)[1])
    inner = re.search(r"<svg class.*?>(.*)</svg>$", spark(samples["limits"], CLOCK))[1]
    assert inner.replace('"', "'") in drawing and 'alt=""' in image


def test_a_fixed_picture_has_no_per_cent(samples):
    drawn = spark(samples["limits"], CLOCK, width=200, height=34)
    assert "%" not in drawn and "vector-effect" not in drawn


def test_a_bar_of_zero_can_still_be_seen(samples):
    heights = re.findall(r'height="([\d.]+)%" fill', spark(samples["bars"], CLOCK))
    assert len(heights) == 3 and all(float(height) >= 2 for height in heights)
