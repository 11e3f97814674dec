"""Every finding of the shipped build, and what is new and what can be said of safety on it, as readers see them."""

from datetime import date

import pytest

from metrics.domain import periods
from metrics.narrative.phrases import compared_figure as compared
from metrics.narrative.wording import comparison
from metrics.report.safety import safety
from metrics.report.scorecard import scorecard
from metrics.report.snapshot import Snapshot
from tests.narrative.reading_grade import grade


@pytest.fixture(scope="module")
def every_answer(now) -> list[dict]:
    """Both answers on every measure and place on every kept day, with their words."""
    days = [day.date() for day in now.store.ask("judged_days")["as_at"]]
    rows = [row for day in days for row in now.store.ask("answers", as_at=day).to_dict("records")]
    return [now.wording.answer(now.known, row) for row in rows]


def test_no_finding_of_the_build_is_too_long_or_too_hard(every_answer):
    findings, titles = ({answer[name] for answer in every_answer} for name in ("finding", "title"))
    assert len(findings) > 1000
    assert max(len(text.split()) for text in findings) <= 25
    assert max(len(text.split()) for text in titles) <= 12
    assert max(map(grade, findings)) <= 8


def test_no_signal_of_the_build_points_the_other_way_than_its_numbers_without_a_word(now, every_answer):
    text = now.wording.text["answers"]
    opposed = [answer for answer in every_answer if comparison(text, now.known, answer).signal_opposes]
    assert opposed
    assert [answer["finding"] for answer in opposed if f"yet {answer['signal_words']}" not in answer["finding"]] == []


def test_what_is_like_the_rest_changed_as_the_rest_did(every_answer):
    like = [answer for answer in every_answer if "Much like the rest" in answer["finding"]]
    assert len(like) > 100
    for answer in like:
        assert answer["low"] <= answer["control"] <= answer["high"] and answer["control_low"] * answer["control_high"] > 0


def test_the_figure_before_is_the_one_that_the_finding_compares(now, every_answer):
    shown = [(answer, compared(answer, "before", now.known.measures[answer["measure"]])) for answer in every_answer]
    assert [finding for answer, before in shown if before.removesuffix(" in 100") not in (finding := answer["finding"])] == []
    assert any(answer["linked"] and before for answer, before in shown)
    assert {before for answer, before in shown if answer["verdict"] == "cannot be compared"} == {""}


def test_a_figure_before_that_is_not_the_one_published_says_so(now):
    place = now.known.places["barking-and-dagenham"]
    rows = {row.measure.id: row for row in scorecard(now, place).rows}
    assert rows["neighbourhood-crime"].plan.before == "5,025 like for like"
    both = [(row.answers, now.answers(place.id)[name]) for name, row in rows.items()]
    assert [
        answer.finding for answers, findings in both for answer in answers
        if answer.before and ("like for like" in answer.before) != findings[answer.question]["linked"]
    ] == []


def test_every_direction_stands_with_its_word_and_no_clear_change_has_none(every_answer):
    for answer in every_answer:
        assert bool(answer["direction_word"]) == bool(answer["direction"]) == answer["verdict"].startswith("clear")
        assert answer["shown"] != "possible change" or answer["signal_words"] in ("above usual", "below usual")
        assert not (answer["stale"] and answer["shown"] == "possible change")


def test_a_break_is_named_only_where_its_windows_lie_on_either_side(now, every_answer):
    named = [answer for answer in every_answer if "breaks" in answer["details"]]
    assert named
    for answer in named:
        titles = answer["details"]["breaks"].split(": ", 1)[1].rsplit(". Part", 1)[0].split("; ")
        between = [brk.title for brk in now.known.breaks_of(answer["measure"]) if lies_between(brk, answer)]
        assert set(titles) <= set(between)


def lies_between(brk, answer: dict) -> bool:
    """Whether months of the windows lie on either side of a break."""
    return answer["before_from"] < (brk.until or brk.period) and brk.period <= answer["now_to"]


@pytest.mark.parametrize("place", ["london", "kingston-upon-thames", "westminster"])
def test_safety_is_told_in_one_breath_with_what_it_cannot_say(now, place):
    about_safety = safety(now, now.known.places[place])
    assert len(about_safety.lead.split()) <= 25 and grade(about_safety.lead) <= 8
    assert len(about_safety.lines) == 2
    assert "cannot say how safe you are" in about_safety.cannot
    assert ("Many more people are in Westminster" in about_safety.cannot) == (place == "westminster")


def test_a_rate_of_a_place_that_many_visit_says_so_in_its_details(now):
    assert "reads high" in now.answers("camden")["all-crime"]["year"]["details"]["visitors"]
    assert "visitors" not in now.answers("camden")["trust-met"]["year"]["details"]
    assert "visitors" not in now.answers("brent")["all-crime"]["year"]["details"]


def test_a_past_day_is_answered_with_what_was_known_then(now):
    then = Snapshot(now.store, now.known, now.wording, date(2025, 12, 4))
    for both in then.answers("bromley").values():
        assert all(answer["now_to"] <= "2025-12" for answer in both.values())
    assert {answer["now_to"] for both in now.answers("bromley").values() for answer in both.values()} - {""}


def test_news_is_told_of_figures_newer_than_the_day(now):
    changed = now.new_since("bromley", date(2025, 12, 4))
    assert set(changed) == set(now.known.measures)
    assert all(row.now["now_to"] > "2025-12" for row in changed.values() if row.is_news)
    assert all(periods.between(row.now["now_to"], "2026-08") <= 12 for row in changed.values() if row.is_news)
