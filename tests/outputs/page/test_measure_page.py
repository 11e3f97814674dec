"""The page of a measure: the day that is marked in its chart; and in every area, what its title says of the shipped build."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from metrics.charts.spec import Meeting as MeetingLine
from metrics.domain import Meeting
from metrics.outputs.page import measure_page
from tests.charts.render.conftest import every_chart


@pytest.fixture(scope="module")
def compared(now):
    """The rows of every measure that has figures in the areas, each with its title."""
    rows = [measure_page.rows_of(now, measure) for name, measure in now.known.measures.items() if now.answers_of(name)]
    return [(measure_page.compare_title(now, areas), areas) for areas in rows if any(row.has_figures for row in areas)]


def shown(areas) -> set[str]:
    return {row.plan.verdict for row in areas}


def test_a_title_says_a_rise_or_a_fall_wherever_its_map_shows_one(compared):
    moved = [(title, shown(areas) & {"clear rise", "clear fall"}) for title, areas in compared]
    moved = {title: ways for title, ways in moved if ways}
    assert len(moved) > 3
    for title, ways in moved.items():
        assert ("clearly up" in title, title.endswith("down")) == ("clear rise" in ways, "clear fall" in ways), title


def test_a_title_says_no_clear_change_only_where_some_area_could_be_told(compared):
    untold = [title for title, areas in compared if shown(areas) <= {"not enough data", "cannot be compared"}]
    assert len(untold) > 3 and [title for title in untold if ": cannot be told" not in title] == []


def test_a_title_of_old_figures_says_that_they_are_old_and_no_title_is_long(compared):
    for title, areas in compared:
        assert title.endswith(" (old figures)") == all(row.is_old for row in areas), title
        assert len(title.split()) <= 12, title


def test_a_subtitle_names_the_months_before_only_where_there_are_some(now, compared):
    subtitles = [measure_page.compare_subtitle(now, areas) for _, areas in compared]
    assert "Year to Dec 2025. From A to Z, never ranked." in subtitles
    assert [text for text in subtitles if "against ." in text] == []


TEXT = {"scorecard": {"meeting": "the meeting of {day}", "launch": "the launch of the plan, {day}"}}


def label(known, meeting: date | None = None) -> str:
    """What the line M of a chart is called."""
    snapshot = SimpleNamespace(known=known, as_at=date(2026, 8, 31), wording=SimpleNamespace(text=TEXT))
    layers = measure_page.marked(snapshot, every_chart()["over"], "bromley", meeting).layers
    return next(layer.label for layer in layers if isinstance(layer, MeetingLine))


def test_the_line_of_a_meeting_held_on_the_day_of_the_launch_is_called_a_meeting(shipped_definitions):
    none, launched = replace(shipped_definitions, meetings=()), shipped_definitions.plan.launched
    assert label(none).startswith("The launch of the plan, ")
    assert label(replace(none, meetings=(Meeting("bromley", launched, "held", "Minutes"),))).startswith("The meeting of ")
    assert label(none, date(2025, 12, 4)) == "The meeting of 4 December 2025"
