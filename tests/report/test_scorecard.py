"""The scorecard: which rows it holds, what its sentence says, and that nothing is counted twice or when it is old."""

from dataclasses import replace
from pathlib import Path

import pytest

from metrics.domain import Measure, Place
from metrics.narrative import Wording
from metrics.report.scorecard import Answer, Row, standing_out, tally

WORDING = Wording(Path(__file__).parents[2] / "data" / "wording.yaml")
VERDICTS = WORDING.text["verdicts"]
CRIME = Measure("c", "Crime", "?", "crime", "proposed", "count", "lower", "count", ("area",), "d", "o")
PLACE = Place("brent", "Brent", "area")


def row(plan="no clear change", year="no clear change", **more) -> Row:
    return replace(Row(CRIME, PLACE, None, "447", "Apr to Jun 2026", False, Answer("year", year), Answer("plan", plan)), **more)


def test_tally_keeps_the_order_of_the_closed_set():
    rows = [row("no clear change"), row("clear worsening"), row("clear improvement"), row("clear worsening")]
    assert list(tally(VERDICTS, rows, "plan").items()) == [("clear improvement", 1), ("clear worsening", 2), ("no clear change", 1)]


@pytest.mark.parametrize("why", [{"is_old": True}, {"part_of": "more-crime"}, {"newest": ""}])
def test_old_figures_parts_and_empty_rows_neither_count_nor_stand_out(why):
    hidden = row("clear worsening", **why)
    assert (hidden.counts, hidden.stands_out) == (False, False)


def test_standing_out_takes_worse_and_better_in_turn_then_signals():
    better, worse, signal = row("clear improvement"), row("clear worsening"), row(signal="above usual", signal_new=True)
    newer = row("clear improvement", is_new=True)
    assert standing_out([better, signal, newer, worse]) == (worse, newer, better, signal)


def test_a_clear_answer_leads_that_of_the_plan_first_else_that_on_a_year_before():
    assert row("clear fall", "clear rise").leading.question == "plan"
    assert row("no clear change", "clear rise").leading.question == "year"
    assert row("not enough data", "no clear change").leading.question == "year"
