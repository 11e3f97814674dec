"""Claims compare what the pages compare: the same months, the same figures, for every measure in every place."""

import re
from dataclasses import replace
from datetime import date

import pytest

from metrics.build.answers import answers
from metrics.claims.answering import Speaker
from metrics.claims.claim import Claim, Period
from metrics.claims.windows import comparisons

DAYS = (date(2023, 8, 7), date(2025, 12, 4), date(2026, 8, 31))


def has_two_figures(row: dict) -> bool:
    """Whether an answer compares two figures that are held."""
    return row["now"] == row["now"] and row["before"] == row["before"] and row["before_to"] < row["now_to"]


@pytest.mark.parametrize("day", DAYS)
def test_since_the_plan_is_the_pair_of_the_stored_answer_or_nothing(check, day):
    kept = check.store.whole("answers", as_at=day)
    rows = kept[kept["question"] == "plan"].to_dict("records")
    assert {row["measure"] for row in rows} == set(check.known.measures)
    figures = {measure: check.figures(measure, day) for measure in check.known.measures}
    for row in rows:
        tried = comparisons(Period("plan"), figures[row["measure"]], row["place"])[:1]
        pairs = [(pair.window[1], pair.then[1], pair.now, pair.before) for pair in tried]
        assert pairs == ([(row["now_to"], row["before_to"], row["now"], row["before"])] if has_two_figures(row) else []), row


def linked_rows(check) -> list[dict]:
    """The answers of areas that compare like for like."""
    kept = check.store.whole("answers", as_at=DAYS[-1])
    return kept[kept["linked"] & (kept["outcome"] == "compared")].to_dict("records")


def test_like_for_like_is_what_the_pages_compare(check):
    rows = linked_rows(check)
    assert len(rows) > 300
    figures = {measure: check.figures(measure) for measure in {row["measure"] for row in rows}}
    for row in rows:
        comparison = figures[row["measure"]].of_answer(row["place"], row)
        assert comparison.linked == pytest.approx((row["linked_now"], row["linked_before"])), row


def test_a_range_of_its_own_is_as_wide_as_that_of_the_answer(check):
    """By the other answer of the same place alone: whoever compared other counts, or took another spread, would get another range."""
    rows = [row for row in linked_rows(check) if row["method"] == "rate ratio" and not row["small"] and row["question"] == "plan"]
    assert len(rows) > 200
    whole = {measure: check.figures(measure) for measure in {row["measure"] for row in rows}}
    for row in rows:
        year = whole[row["measure"]].answers[row["place"]]["year"]
        figures = replace(whole[row["measure"]], answers={row["place"]: {"year": year}})
        comparison = figures.of_answer(row["place"], row)
        assert comparison.basis in ("range", "untested")
        if comparison.basis == "range":
            assert (comparison.low, comparison.high) == pytest.approx((row["low"], row["high"])), row


def test_every_answer_is_said_in_25_words_with_the_range_of_its_page(check):
    kept = check.store.whole("answers", as_at=DAYS[-1])
    rows = kept[(kept["outcome"] == "compared") & kept["now"].notna()].to_dict("records")
    assert len([row for row in rows if row["direction"]]) > 300
    speakers = {
        name: Speaker(check.figures(name), check.known, check.wording.text["claims"], check.wording.text["answers"])
        for name in check.known.measures
    }
    for row in rows:
        speaker = speakers[row["measure"]]
        sentence = speaker.compared(speaker.figures.of_answer(row["place"], row), Claim("", row["measure"], row["place"]), 25)
        assert len(sentence.split()) <= 25, sentence
        if row["direction"]:
            sizes = re.findall(r"[\d,]+%?", check.wording.answer(check.known, row)["title"])
            assert [size for size in sizes if size.removesuffix("%") not in sentence] == [], sentence


def test_on_a_day_that_is_not_kept_the_answers_are_worked_out(check):
    day = date(2025, 12, 1)
    assert day not in [kept.date() for kept in check.store.ask("judged_days")["as_at"]]
    every = answers(check.store.ask, check.known, day).set_index(["measure", "place", "question"])
    figures = check.figures("shoplifting", day)
    names = ["verdict", "direction", "linked_before"]
    for place, both in figures.answers.items():
        for question, row in both.items():
            assert [row[name] for name in names] == every.loc[("shoplifting", place, question), names].tolist()
    answer = check.only("Shoplifting in Enfield is up since the plan", day)
    assert (answer.outcome, dict(answer.facts)["basis"]) == ("supported", "answer")
    assert "1,199 in the" in answer.summary


def test_a_day_on_which_the_same_was_known_as_on_a_day_that_is_kept_has_its_answers(check):
    kept, same = (check.only("Shoplifting in Enfield is up since the plan", date(2025, 12, day)) for day in (4, 2))
    assert kept.outcome == "supported" and kept.facts == same.facts


def test_everyone_in_post_since_the_plan_is_since_the_month_of_the_launch(check):
    """34,363 officers in July 2023 and 34,411 in June; of officers and PCSOs 35,590, of staff 10,420."""
    for size, outcome in (("3,352", "supported"), ("3,399", "not supported")):
        assert check.outcome(f"Police officers are down by {size} since the plan") == outcome
    assert check.outcome("Officers and PCSOs are down by 3,213 since the plan") == "supported"
    assert check.outcome("Police staff are up by 1,102 since the plan") == "supported"
    assert "34,363 at the end of July 2023: 3,352 fewer" in check.only("Police officers are down by 3,400 since the plan").summary


def test_where_a_page_has_no_answer_since_the_plan_claims_have_none(check):
    answer = check.only("Calls about anti-social behaviour in London are up since the plan")
    assert answer.outcome == "cannot be checked"
    assert answer.summary.startswith("The figures held, January 2018 to March 2024, do not give a time before the plan began")
