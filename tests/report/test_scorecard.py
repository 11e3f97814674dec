"""The scorecard: which rows it holds, what its sentence says, and that nothing is counted twice or when it is old."""

from dataclasses import replace
from pathlib import Path

import pytest

from metrics.domain import Measure, Place
from metrics.narrative import Wording
from metrics.report import row_text
from metrics.report.scorecard import Answer, Row, hero, standing_out, tally

WORDING = Wording(Path(__file__).parents[2] / "data" / "wording.yaml")
TEXT, VERDICTS = WORDING.text["scorecard"], WORDING.text["verdicts"]
CRIME = Measure("c", "Crime", "?", "crime", "proposed", "count", "lower", "count", ("area",), "d", "o")
PLACE = Place("brent", "Brent", "area")


def row(plan="no clear change", year="no clear change", **more) -> Row:
    return replace(Row(CRIME, PLACE, None, "447", "Apr to Jun 2026", False, Answer("year", year), Answer("plan", plan)), **more)


def test_hero_counts_both_answers_in_at_most_25_words():
    rows = [row("clear improvement"), row("clear worsening", "clear worsening"), row(), row()]
    said = hero(TEXT, rows)
    assert said == "One of 4 measures is clearly better than before the plan, one clearly worse. On a year before: none better, one worse."
    assert len(said.split()) <= 25


@pytest.mark.parametrize("better", [0, 1, 12])
@pytest.mark.parametrize("worse", [0, 1, 12])
def test_every_form_of_the_hero_keeps_to_25_words(better, worse):
    rows = [row("clear improvement", "clear improvement")] * better + [row("clear worsening", "clear worsening")] * worse + [row()]
    assert len(hero(TEXT, rows).split()) <= 25


def test_hero_says_that_nothing_new_is_held():
    assert hero(TEXT, []) == TEXT["hero_nothing"]


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


def test_range_is_unclear_where_it_holds_no_change():
    assert row_text.change({"low": -1.0, "high": 0.0, "now": 100.0, "before": 101.0}, CRIME) == "not clear"


def test_small_counts_stand_as_two_numbers_and_never_as_a_percentage():
    assert row_text.change({"low": -60.0, "high": -10.0, "now": 18.0, "before": 66.0}, CRIME) == "18 after 66"
