"""The first sentences of a place, and what is new in a few words: every way in which they can come out."""

from datetime import date
from itertools import product

import pytest

from metrics.narrative import Wording, news
from metrics.narrative.phrases import counted_and_left_out, hero, left_out, opposed
from tests.conftest import ROOT
from tests.narrative.reading_grade import grade

TEXT = Wording(ROOT / "data" / "wording.yaml").text


def verdicts(better: int, worse: int, steady: int, rises: int = 0, falls: int = 0) -> list[str]:
    neither = ["clear rise"] * rises + ["clear fall"] * falls
    return ["clear improvement"] * better + ["clear worsening"] * worse + neither + ["no clear change"] * steady


def test_the_first_sentences_have_at_most_25_words_and_read_at_grade_eight():
    sides = [verdicts(*side) for side in product((0, 1, 12), (0, 1, 11), (12,), (0, 1), (0, 12))]
    given = {hero(TEXT["hero"], plan, year, asked=asked) for plan, year, asked in product(sides, sides, (0, 1, 14))}
    assert max(len(text.split()) for text in given) <= 25
    assert {text for text in given if grade(text) > 8} == set()
    assert not [text for text in given if "{" in text]


@pytest.mark.parametrize(("plan", "year", "asked", "words"), [
    (verdicts(9, 3, 12), verdicts(2, 1, 21), 4, ("Nine of 24 up-to-date measures are clearly better than before the plan, three worse. "
         "On a year before: two better, one worse. Ask about four.")),
    (verdicts(1, 0, 23), verdicts(0, 0, 24), 0, ("One of 24 up-to-date measures is clearly better than before the plan, none worse. "
         "None differs clearly from a year before.")),
    (verdicts(0, 2, 2), verdicts(0, 1, 3), 0, ("Two of 4 up-to-date measures are clearly worse than before the plan, none better. "
         "On a year before: none better, one worse.")),
    (verdicts(3, 1, 17), verdicts(0, 0, 19, 1, 1), 1, (
        "Three of 21 up-to-date measures are clearly better than before the plan, one worse. "
        "On a year before: one rose, one fell. Ask about one.")),
    (verdicts(0, 0, 20, 0, 1), verdicts(0, 0, 21), 0, (
        "Since before the plan, none of 21 up-to-date measures clearly rose, one fell. None differs clearly from a year before.")),
    ([], [], 0, "No figure newer than a year is held here, so nothing can be said of what changed."),
])  # fmt: skip
def test_both_ways_are_said_whichever_there_are(plan, year, asked, words):
    assert hero(TEXT["hero"], plan, year, asked=asked) == words


def test_which_measures_are_counted_is_said_with_what_is_left_out():
    text = counted_and_left_out(TEXT["hero"], 24, {"old": 3})
    assert text == "Counted: 24 measures with figures newer than a year. Left out: three with old figures."


def test_what_stands_in_no_count_is_said_and_nothing_where_all_is_counted():
    assert left_out(TEXT["hero"], {"parts": 5, "old": 0, "missing": 10}) == "Left out: five counted in another, 10 without figures."
    assert left_out(TEXT["hero"], {"parts": 0, "old": 0, "missing": 0}) == ""


@pytest.mark.parametrize("kind", news.KINDS)
def test_every_kind_of_news_has_its_words(kind):
    answer = {"question": "year", "title": "Down between 2% and 15% on a year before", "now_to": "2026-06", "signal_since": "2025-12",
        "signal_words": "below usual", "direction_word": "fewer"}  # fmt: skip
    text = news.sentence(TEXT["news"], kind, answer, answer, date(2023, 8, 7))
    assert text[0].isupper() and text.endswith(".") and "{" not in text and len(text.split()) <= 25
    assert 0 < len(news.row_words(TEXT["news"], kind, answer, answer).split()) <= 3


@pytest.mark.parametrize("kind", [news.NEW_CLEAR, news.NEW_SIGNAL, news.NOTHING, news.NOT_NEWER])
def test_of_what_was_not_held_then_nothing_else_is_told(kind):
    now, day = {"question": "year", "now_to": "2025-12", "signal_words": "", "direction_word": ""}, date(2025, 12, 4)
    for then in (None, now | {"now_to": "", "title": "No figures held"}):
        assert news.row_words(TEXT["news"], kind, now, then) == "then not held"
        assert news.sentence(TEXT["news"], kind, now, then, day) == "What was known of it on 4 December 2025 is not held here."


def test_news_says_where_the_figures_of_today_give_another_verdict_then():
    now = {"question": "year", "title": "No clear change on a year before", "now_to": "2025-10", "signal_words": "above usual"}
    then, day = now | {"now_to": "2025-09", "signal_words": ""}, date(2025, 12, 4)
    assert news.sentence(TEXT["news"], news.NO_LONGER, now, then, day) == "On 4 December 2025 it was no clear change on a year before."
    corrected = {kind: news.sentence(TEXT["news"], kind, now, then, day, corrected=True) for kind in news.KINDS}
    assert corrected[news.NO_LONGER] == "With today's figures it was clear on 4 December 2025."
    assert corrected[news.NEW_CLEAR] == "With today's figures this was not clear on 4 December 2025."
    assert corrected[news.STILL_CLEAR] == "With today's figures this was clear on 4 December 2025 too."
    assert corrected[news.NOT_NEWER] == "Nothing newer can be compared: the last is for October 2025."
    stood = news.sentence(TEXT["news"], news.NEW_SIGNAL, now, then | {"signal_words": "below usual"}, day)
    assert stood == "On 4 December 2025 other months stood below usual."


@pytest.mark.parametrize(("plan", "year", "words"), [
    ("clear rise", "clear fall", "On a year before: clear fall."),
    ("clear improvement", "clear worsening", "On a year before: clear worsening."),
    ("clear rise", "clear rise", ""),
    ("clear rise", "no clear change", ""),
    ("no clear change", "clear fall", ""),
])  # fmt: skip
def test_a_clear_answer_names_another_that_says_otherwise(plan, year, words):
    answers = {question: {"question": question, "verdict": verdict} for question, verdict in (("year", year), ("plan", plan))}
    assert opposed(TEXT, answers, answers["plan"]) == words
