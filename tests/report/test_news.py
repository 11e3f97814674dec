"""What is new of a measure: each kind of news once, a correction told apart, the most telling of both answers first."""

import pytest

from metrics.narrative import news
from metrics.report.news import new_since

THEN = {
    "measure": "theft", "place": "sutton", "question": "year", "verdict": "no clear change", "direction": "", "now_to": "2025-10",
    "stale": False, "signal": "", "signal_new": False, "signal_since": "",
}  # fmt: skip
NOW = THEN | {"now_to": "2026-06"}
UP, DOWN = {"verdict": "clear worsening", "direction": "up"}, {"verdict": "clear improvement", "direction": "down"}
ABOVE = {"signal": "above", "signal_new": True, "signal_since": "2026-05"}


def news_of(now: dict, then: dict | None = None, again: dict | None = None, plan: dict | None = None) -> object:
    both = {"year": NOW | now, "plan": NOW | (plan or {}) | {"question": "plan"}}
    unknown = {"now_to": "", "verdict": "not enough data"}
    before = {"theft": {name: THEN | (unknown if then is None else then if name == "year" else {}) | {"question": name} for name in both}}
    hindsight = {"theft": before["theft"] | {"year": THEN | again}} if again is not None else {}
    return new_since({"theft": both}, before, hindsight, "2025-12")["theft"]


@pytest.mark.parametrize(("now", "then", "kind"), [
    (UP, {}, news.NEW_CLEAR),
    (UP, DOWN, news.NEW_CLEAR),
    (UP, UP, news.STILL_CLEAR),
    ({}, UP, news.NO_LONGER),
    (ABOVE, {}, news.NEW_SIGNAL),
    (ABOVE | {"signal_new": False}, {}, news.NOTHING),
    (ABOVE, ABOVE | {"signal_since": "2025-06"}, news.NEW_SIGNAL),
    (ABOVE | {"signal_since": "2025-06"}, ABOVE | {"signal_since": "2025-06"}, news.NOTHING),
    ({}, {}, news.NOTHING),
    (UP, None, news.NEW_CLEAR),
])  # fmt: skip
def test_each_kind_of_news(now, then, kind):
    assert news_of(now, then).kind == kind


@pytest.mark.parametrize("old", [{"now_to": "2025-10"}, {"stale": True}, {"now_to": "2025-12"}])
def test_figures_that_are_not_newer_are_no_news(old):
    assert news_of(UP | old, {}, plan=UP | old).kind == news.NOT_NEWER


def test_a_measure_without_figures_says_so():
    nothing = {"now_to": "", "verdict": "not enough data"}
    assert news_of(nothing, nothing, plan=nothing).kind == news.NO_FIGURES


def test_a_verdict_that_a_correction_overturned_is_no_news_but_marked():
    overturned = news_of(UP, {}, again=UP)
    assert (overturned.kind, overturned.corrected) == (news.STILL_CLEAR, True)
    assert not news_of(UP, UP, again=UP).corrected


def test_the_most_telling_answer_is_told():
    assert news_of(ABOVE, {}, plan=DOWN).now["question"] == "plan"
    assert news_of(ABOVE, {}, plan={}).now["question"] == "year"
