"""The day that is looked back on is named alike on every face."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from metrics.charts.spec import Meeting as MeetingLine
from metrics.domain import Meeting
from metrics.outputs.page import measure_page
from tests.charts.render.conftest import every_chart

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
