"""The words of the two answers: titles, findings, details, and the short words of a scorecard's row."""

import math
import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from metrics.domain import Break, Measure, Place, SingleFigure
from metrics.narrative import Wording, answer_text, change_range
from metrics.narrative.answer_text import details
from metrics.narrative.comparison import Comparison
from tests.conftest import ROOT
from tests.narrative.reading_grade import grade, syllables

WORDING = Wording(ROOT / "data" / "wording.yaml")
TEXT = WORDING.text["answers"]
LAUNCHED = date(2023, 7, 17)
SUTTON, LONDON = Place("sutton", "Sutton", "area"), Place("london", "London", "force")
COUNT = Measure("m", "M", "?", "crime", "proposed", "count", "lower", "count", ("force", "area"), "d", "o", rate="residents")
SURVEY = replace(COUNT, mission="trust", unit="percent", better="higher", kind="survey_rolling_year")
SHARE, STOCK = replace(SURVEY, kind="share"), replace(COUNT, better="higher", kind="stock")
NONE = math.nan

QUARTER = {"now_from": "2026-04", "now_to": "2026-06", "before_from": "2025-04", "before_to": "2025-06"}
PLAN = {"question": "plan", "now_from": "2025-07", "now_to": "2026-06", "before_from": "2022-07", "before_to": "2023-06"}
ROW = QUARTER | {
    "question": "year", "as_at": date(2026, 8, 31), "verdict": "no clear change", "outcome": "compared", "now": 447.0, "before":
    527.0, "change": -15.0, "low": -30.0, "high": 3.0, "areas": 5, "areas_tested": 32, "by_luck": 1.2, "signal": "", "signal_new":
    False, "signal_since": "", "signal_rule": "", "signal_step": "", "signal_at": "", "signal_areas": 7, "signal_charted": 30,
    "signal_by_luck": 2.1,
    "breaks": "", "refused_by": "", "areas_clear": 3, "control": -3.0, "control_low": -8.0, "control_high": 2.0, "control_verdict":
    "", "linked": False, "linked_now": NONE, "linked_before": NONE, "stale": False, "base": NONE,
}  # fmt: skip
BELOW = {"signal": "below", "signal_rule": "shift", "signal_step": "month", "signal_since": "2025-12", "signal_at": "2026-06",
    "signal_new": True}  # fmt: skip
CLEAR = {"verdict": "clear improvement", "low": -15.0, "high": -2.0}
SURVEYED = {"now": 52.0, "before": 54.0, "change": -2.0, "low": -10.0, "high": 6.0, "base": 400.0, "now_from": "2026-03",
    "now_to": "2026-03", "before_from": "2025-03", "before_to": "2025-03"}  # fmt: skip
POSTS = {"now": 32377.0, "before": 33891.0, "low": NONE, "high": NONE, "verdict": "clear worsening", "now_from": "2026-07",
    "now_to": "2026-07", "before_from": "2025-07", "before_to": "2025-07"}  # fmt: skip


def answer(measure: Measure = COUNT, place: Place = SUTTON, **changed) -> Comparison:
    return Comparison(TEXT, measure, place, ROW | changed, LAUNCHED, place is LONDON)


def in_words(measure: Measure = COUNT, place: Place = SUTTON, **changed) -> tuple[str, str]:
    compared = answer(measure, place, **changed)
    return answer_text.title(compared), answer_text.finding(compared)


def test_a_figure_is_never_set_beside_itself():
    older = {"question": "plan", "verdict": "not enough data", "outcome": "not begun", "now": 61.0, "before": 61.0, "before_to": "2026-03"}
    _, finding = in_words(SURVEY, LONDON, **(SURVEYED | older))
    assert finding == "61 in 100 in the year to March 2026. That was before the plan began."


def test_a_quarter_is_compared_with_a_quarter_and_never_called_a_year():
    quarterly = replace(SURVEY, kind="survey_quarter")
    row = SURVEYED | {"question": "plan", "now": 61.0, "before": 64.0, "before_to": "2023-06"}
    title, finding = in_words(quarterly, LONDON, **row)
    assert title == "No clear change on the quarter to June 2023"
    assert finding.startswith("61 in 100 in the quarter to March 2026; 64 in the quarter to June 2023.")
    assert " a year before." in in_words(quarterly, LONDON, **row | {"question": "year", "before_to": "2025-03"})[1]
    assert in_words(SURVEY, LONDON, **row)[0] == "No clear change on the year before the plan"


def test_single_readings_are_told_only_of_what_is_published_in_no_other_way():
    """A month that lacks among many is no single reading, nor is what was not yet published, or not for this level."""
    read, none = replace(COUNT, readings=(SingleFigure("2025-09", "13.0", "A table"),)), {"now": NONE, "before": NONE, "now_to": ""}
    lacking = none | {"verdict": "not enough data", "outcome": "no figures"}
    gap = in_words(read, LONDON, **lacking | {"outcome": "gap", "now_to": "2025-05"})
    assert gap == ("A month is missing", "A month of the newest figures is not held.")
    assert in_words(replace(read, missing="In no open file."), LONDON, **lacking)[0] == "Only single readings are held"
    assert in_words(read, LONDON, **lacking) == ("No figures held", "Nothing had been published by 31 August 2026.")
    assert in_words(replace(read, levels=("force",)), SUTTON, **lacking)[0] == "No figures held"


def every_answer() -> list[Comparison]:
    """Every way in which an answer can come out, for each question and kind of measure."""
    ways = [
        {}, CLEAR, CLEAR | {"verdict": "clear fall", "high": -0.2}, {"verdict": "clear rise", "now": 900.0, "low": 3.0, "high": 138.0},
        {"verdict": "clear rise", "now": 1900.0, "low": 120.0, "high": 300.0}, {"low": -30.0, "high": -4.0},
        {"now": 3.0, "before": 14.0, "low": -90.0, "high": math.inf}, {"before": NONE, "verdict": "not enough data"},
        {"now": 0.0, "before": 1.0, "verdict": "not enough data", "outcome": "too few"},
        {"now": NONE, "before": NONE, "verdict": "not enough data", "outcome": "no figures"},
        {"before": NONE, "verdict": "not enough data", "outcome": "too soon"},
        {"verdict": "cannot be compared", "outcome": "cannot be compared"},
        {"verdict": "not enough data", "outcome": "spread unknown", "low": NONE, "high": NONE},
    ]  # fmt: skip
    extras = [{}, BELOW, BELOW | {"signal": "above", "signal_new": False}, {"stale": True}, {"control_verdict": "with"},
        {"control_verdict": "apart"}, {"linked": True, "linked_before": 561.0}]  # fmt: skip
    kinds = [(COUNT, {}), (SURVEY, SURVEYED), (SHARE, SURVEYED), (STOCK, POSTS)]
    long = {"now_from": "2025-10", "now_to": "2025-12"}
    cases = product(kinds, ways, extras, ({}, PLAN, long, PLAN | long), (SUTTON, LONDON))
    return [answer(measure, place, **own | way | extra | when) for (measure, own), way, extra, when, place in cases]


EVERY = every_answer()
WORDS = {"recorded": 3, "before": 2, "chance": 1, "chances": 2, "making": 2, "moved": 1, "gives": 1, "whole": 1, "little": 2, "447": 1}


def test_no_title_is_longer_than_twelve_words_and_none_ends_with_a_stop():
    given = {answer_text.title(compared) for compared in EVERY}
    assert max(len(text.split()) for text in given) <= 12
    assert not [text for text in given if text.endswith(".") or text[0].islower() or "{" in text]


def test_no_finding_is_longer_than_25_words_or_two_sentences():
    given = {answer_text.finding(compared) for compared in EVERY}
    assert max(len(text.split()) for text in given) <= 25
    assert not [text for text in given if text.count(". ") > 1 or not text.endswith(".") or "{" in text or "nan" in text]


def test_every_finding_is_read_at_grade_eight_or_below():
    graded = {text: grade(text) for text in {answer_text.finding(compared) for compared in EVERY}}
    assert {text: round(grade, 1) for text, grade in graded.items() if grade > 8} == {}


def test_the_grade_is_that_of_known_texts():
    assert [syllables(word) for word in WORDS] == list(WORDS.values())
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade("Neighbourhood policing accountability arrangements demonstrate considerable inconsistency.") > 20


def test_no_words_say_why_or_significant():
    words = " ".join(f"{answer_text.title(answer)} {answer_text.finding(answer)} {details(answer)}" for answer in EVERY).lower()
    assert not [word for word in ("because", "due to", "caused", "significan", "none%", " nan", " inf ") if word in words]


def test_a_signal_the_other_way_than_the_numbers_is_never_without_a_word():
    opposed = [compared for compared in EVERY if compared.signal_opposes and compared.verdict != "cannot be compared"]
    assert len(opposed) > 100
    assert [answer.row for answer in opposed if f"yet {answer.signal} usual" not in answer_text.finding(answer)] == []


def test_no_percentage_is_above_a_hundred_and_small_numbers_have_none():
    assert [text for text in map(words_of, EVERY) if max(percentages(text), default=0) > 100] == []
    small = [compared for compared in EVERY if compared.few and not compared.row["control_verdict"]]
    assert len(small) > 10
    assert [text for text in map(words_of, small) if percentages(text)] == []


def words_of(compared: Comparison) -> str:
    parts = (answer_text.title(compared), answer_text.finding(compared), change_range.range_words(compared), *details(compared).values())
    return " ".join(parts)


def percentages(text: str) -> list[int]:
    return [int(share) for share in re.findall(r"(\d+)%", text)]


@pytest.mark.parametrize(("changed", "title", "finding"), [
    ({}, "No clear change on a year before",
     "447 recorded in April to June 2026; 527 a year before. Chance allows anything from 30% fewer to 3% more."),
    (CLEAR, "Down between 2% and 15% on a year before",
     "447 recorded in April to June 2026; 527 a year before. Chance alone would seldom do this."),
    (CLEAR | {"control_verdict": "apart"}, "Down between 2% and 15% on a year before",
     "447 recorded in April to June 2026; 527 a year before. Unlike the rest of London."),
    (BELOW, "Below usual for seven months running",
     "447 recorded in April to June 2026; 527 a year before. New in 7 of 30 boroughs; luck alone gives about 2."),
    (BELOW | {"now": 600.0}, "Below usual for seven months running",
     "600 recorded in April to June 2026; 527 a year before. Up on that year, yet below usual since December 2025."),
    (BELOW | {"signal_new": False}, "No clear change on a year before",
     "447 recorded in April to June 2026; 527 a year before. Chance allows anything from 30% fewer to 3% more."),
    (BELOW | {"signal_since": "2025-11"}, "Below usual since November 2025",
     "447 recorded in April to June 2026; 527 a year before. New in 7 of 30 boroughs; luck alone gives about 2."),
    ({"low": -30.0, "high": -4.0}, "No clear change on a year before",
     "447 recorded in April to June 2026; 527 a year before. Among 32 boroughs luck alone would show some like it."),
    ({"now": 3.0, "before": 14.0, "verdict": "clear improvement", "high": -5.0}, "Clearly fewer than a year before",
     "3 recorded in April to June 2026; 14 a year before. Chance alone would seldom do this."),
    ({"now": 0.0, "before": 1.0, "verdict": "not enough data", "outcome": "too few"}, "Too few to tell",
     "None recorded in April to June 2026; 1 a year before. Too few to say more."),
    (PLAN | CLEAR, "Down between 2% and 15% on the year before the plan",
     "447 recorded in the year to June 2026; 527 in the year before the plan. Chance alone would seldom do this."),
    (PLAN | CLEAR | {"linked": True, "linked_before": 560.6}, "Down between 2% and 15% on the year before the plan",
     "447 recorded in the year to June 2026; 561 in the year before the plan, like for like. Chance alone would seldom do this."),
    (PLAN | {"before_to": "2022-06", "before_from": "2021-07"}, "No clear change on the year to June 2022",
     "447 recorded in the year to June 2026; 527 in the year to June 2022. Chance allows anything from 30% fewer to 3% more."),
    ({"verdict": "clear rise", "now": 900.0, "low": 3.0, "high": 138.0}, "Up by at least 3% on a year before",
     "900 recorded in April to June 2026; 527 a year before. Chance alone would seldom do this."),
    ({"verdict": "clear rise", "now": 1900.0, "low": 120.0, "high": 300.0}, "More than doubled on a year before",
     "1,900 recorded in April to June 2026; 527 a year before. Chance alone would seldom do this."),
    ({"stale": True}, "No clear change on a year before",
     "447 recorded in April to June 2026; 527 a year before. These figures are over a year old."),
    ({"verdict": "cannot be compared"}, "Cannot be compared: recorded a new way",
     "447 recorded in April to June 2026. Before that it was recorded in another way, so no change can be told."),
    ({"before": NONE, "verdict": "not enough data", "outcome": "no earlier figure"}, "Not enough is held to tell",
     "447 recorded in April to June 2026. The same time a year before is not held."),
    ({"now": NONE, "before": NONE, "verdict": "not enough data"}, "No figures held", "Nothing had been published by 31 August 2026."),
])  # fmt: skip
def test_counts(changed, title, finding):
    assert in_words(**changed) == (title, finding)


@pytest.mark.parametrize(("changed", "title", "finding"), [
    ({}, "No clear change on a year before",
     "52 in 100 in the year to March 2026; 54 a year before. Chance allows anything from 10 points down to 6 points up."),
    ({"question": "plan", "before_to": "2023-06"}, "No clear change on the year before the plan",
     "52 in 100 in the year to March 2026; 54 in the year before the plan. Chance allows 10 points down to 6 points up."),
    ({"now": 16.0, "before": 28.0, "low": -18.9, "high": -5.0, "verdict": "clear worsening", "now_to": "2023-12", "stale": True},
     "Down 5 to 19 points on a year before",
     "16 in 100 in the year to December 2023; 28 a year before. These figures are over a year old."),
    ({"now": 52.4, "before": 51.6, "low": 0.1, "high": 1.4, "verdict": "clear improvement"},
     "Clearly up, at most 1 point, on a year before",
     "52.4 in 100 in the year to March 2026; 51.6 a year before. Chance alone would seldom do this."),
])  # fmt: skip
def test_surveys(changed, title, finding):
    assert in_words(SURVEY, **SURVEYED | changed) == (title, finding)


@pytest.mark.parametrize(("changed", "title"), [
    ({"signal_rule": "astronomical", "signal_since": "2026-06"}, "Far below usual in June 2026"),
    ({"signal_rule": "astronomical", "signal_since": "2026-04"}, "Below usual since April 2026"),
    ({"signal_rule": "two_of_three", "signal_since": "2026-05"}, "Well below usual in two of three months"),
    ({"signal_rule": "trend"}, "Falling for seven months running"),
    ({"signal_rule": "trend", "signal": "above"}, "Rising for seven months running"),
    ({"signal_rule": "two_of_three", "signal_since": "2026-04"}, "Below usual since April 2026"),
    ({"signal_step": "quarter", "signal_since": "2024-12"}, "Below usual for seven quarters running"),
    ({"signal_step": "quarter", "signal_since": "2023-12"}, "Below usual since the quarter to December 2023"),
    ({"signal_step": "quarter", "signal_rule": "astronomical", "signal_since": "2026-06"}, "Far below usual in the quarter to June 2026"),
])  # fmt: skip
def test_a_new_signal_says_which_rule_it_met_or_since_when_it_lasts(changed, title):
    assert answer_text.title(answer(**BELOW | changed)) == title


@pytest.mark.parametrize(("changed", "dated"), [
    ({}, "Below usual since December 2025"),
    ({"signal_rule": "astronomical", "signal_since": "2026-06"}, "Below usual in June 2026"),
    ({"signal_rule": "astronomical", "signal_since": "2026-05"}, "Below usual since May 2026"),
    ({"signal_rule": "two_of_three", "signal_since": "2026-06"}, "Below usual in two of three months"),
    ({"signal_step": "quarter", "signal_rule": "astronomical", "signal_since": "2026-06"}, "Below usual in the quarter to June 2026"),
])  # fmt: skip
def test_since_is_said_of_more_than_a_month_and_of_no_two_of_three(changed, dated):
    compared = answer(**BELOW | {"now": 600.0} | changed)
    assert details(compared)["signal"].startswith(f"{dated}, set against the months before the plan.")
    if compared.step == "month":
        assert answer_text.finding(compared).endswith(f"yet {dated[0].lower()}{dated[1:]}.")


def test_why_there_is_no_figure_is_said_by_the_nearest_reason():
    nothing = {"now": NONE, "before": NONE, "verdict": "not enough data", "outcome": "no figures"}
    assert in_words(replace(COUNT, missing="The file is not held."), **nothing)[1] == "No figures are held here."
    only = replace(answer(replace(COUNT, levels=("force",)), **nothing), levels="London")
    assert answer_text.finding(only) == "Published for London only."


def test_both_ways_of_the_areas_stand_beside_what_luck_would_give():
    rows = [ROW | {"linked_now": 5.0, "linked_before": 9.0, "areas": 9}, ROW | {"linked_now": 9.0, "linked_before": 5.0, "areas": 0}]
    sentences = WORDING.area_luck(rows)
    assert sentences == (
        "On a year before, each borough by itself: none of 32 rose and nine fell by more than chance. "
        "Luck alone would give about 1 each way."
    )
    assert WORDING.area_luck([row | {"areas_tested": 0} for row in rows]) == ""


def test_staff_in_post():
    assert in_words(STOCK, LONDON, **POSTS) == ("1,514 fewer than a year before",
        "32,377 at the end of July 2026; 33,891 a year before. All are counted, so this is not chance.")  # fmt: skip
    assert in_words(STOCK, LONDON, **POSTS | {"question": "plan", "before_to": "2023-07"})[0] == "1,514 fewer than when the plan began"


@pytest.mark.parametrize(("measure", "changed", "words"), [
    (COUNT, CLEAR | {"low": -39.0, "high": -11.0}, "11 to 39% fewer"),
    (COUNT, {}, "not clear"),
    (COUNT, CLEAR | {"now": 3.0}, "fewer"),
    (COUNT, {"verdict": "clear rise", "now": 900.0, "low": 3.0, "high": 138.0}, "at least 3% more"),
    (COUNT, {"verdict": "clear rise", "now": 1900.0, "low": 120.0, "high": 300.0}, "more than doubled"),
    (SURVEY, {"verdict": "clear improvement", "now": 73.0, "before": 64.0, "low": 1.2, "high": 17.0}, "1 to 17 points up"),
    (STOCK, POSTS, "1,514 fewer"),
    (COUNT, {"verdict": "cannot be compared"}, "cannot be compared"),
])  # fmt: skip
def test_a_row_of_the_scorecard_says_the_range_in_a_few_words(measure, changed, words):
    assert change_range.range_words(answer(measure, **changed)) == words


def test_details_stand_apart_and_only_where_there_is_something_to_say():
    assert details(answer()) == {
        "range": "Chance allows anything from 30% fewer to 3% more.",
        "windows": "April to June 2026 beside April to June 2025.",
        "luck": "5 of 32 boroughs fell by more than chance. Luck alone would give about 1. In three it is clear.",
    }
    assert list(details(answer(place=LONDON))) == ["range", "windows"]


def test_what_luck_gives_is_said_as_both_numbers():
    below = details(answer(**BELOW))
    assert below["luck"].endswith("7 of 30 boroughs newly stand apart from what was usual. Luck alone would give about 2.")
    assert below["signal"] == "Below usual since December 2025, set against the months before the plan."


def test_the_rest_of_the_area_stands_beside_with_whether_the_two_differ():
    rest = "Allowing for chance, the change in the rest of London is: 8% fewer to 2% more. "
    assert details(answer(control_verdict="apart"))["control"] == rest + "The two differ clearly."
    assert details(answer(control_verdict="with"))["control"] == rest + "The two do not differ clearly."
    outside = details(answer(control_verdict="with", low=-30.0, high=-9.0))
    assert outside["control"] == rest + "Among 32 boroughs luck alone would show some such difference."


@pytest.mark.parametrize(("rest", "words"), [
    ((-6.0, -10.0, -2.0), "Much like the rest of London."),
    ((-1.0, -5.0, -0.5), "No clear difference from the rest of London."),
    ((-3.0, -8.0, 2.0), "No clear difference from the rest of London."),
    ((4.0, 3.0, 5.0), "No clear difference from the rest of London."),
])  # fmt: skip
def test_a_change_is_like_the_rest_only_where_the_rest_changed_so_too(rest, words):
    control = dict(zip(("control", "control_low", "control_high"), rest, strict=True), control_verdict="with")
    assert in_words(**(CLEAR | control))[1] == f"447 recorded in April to June 2026; 527 a year before. {words}"


def test_luck_names_the_way_and_says_nothing_where_there_is_none():
    assert details(answer(change=2.0))["luck"].startswith("5 of 32 boroughs rose by more than chance.")
    assert "luck" not in details(answer(change=NONE))


def test_a_break_is_named_where_the_row_names_it_and_no_linked_series_bridges_it():
    system = Break("system", "2025-07", "New system", "n", "caution", ("m",), "s")
    moved = replace(system, id="moved", title="Given an area", touches="areas")
    row = {"breaks": "system moved"}
    assert "(" not in details(answer(**row), breaks=[system, moved])["breaks"]
    assert "New system; Given an area" in details(answer(**row), breaks=[system, moved])["breaks"]
    assert "Given an area" not in details(answer(**row, linked=True, linked_before=530.0), breaks=[system, moved])["breaks"]
    assert "breaks" not in details(answer(), breaks=[system, moved])
