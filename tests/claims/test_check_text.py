"""What a text is answered: an outcome with its sentence, its months, its date and its source, or a question."""

import re
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.claims import Answer, Claim, Question
from metrics.domain import Refused

YES, PARTLY, NO, CANNOT = "supported", "partly supported", "not supported", "cannot be checked"
RULES = [
    # A clear change on a year before: Hackney's shoplifting is 956 against 530; knife crime in London 3,232 against 4,213.
    ("Shoplifting in Hackney is up", YES, "clear"),
    ("shoplifting in Hackney is up 80% on last year", YES, "clear"),
    ("Shoplifting in Hackney jumped by nearly 80%", YES, "clear"),
    ("shoplifting up more than 50% in Hackney compared with a year ago", YES, "clear"),
    ("shoplifting in Hackney is up by less than 10% in the last quarter", NO, "size ruled out"),
    ("shoplifting in Hackney went up by 60% in the last quarter", PARTLY, "size near"),
    ("shoplifting in Hackney went up by 10% in the last quarter", NO, "size ruled out"),
    ("shoplifting in Hackney went up by 426", YES, "clear"),
    ("shoplifting in Hackney went up by 500", NO, "other size"),
    ("Shoplifting is falling in Hackney", NO, "clear other way"),
    ("shoplifting in Hackney has got worse", YES, "clear"),
    ("shoplifting in Hackney is unchanged", NO, "changed"),
    ("Shoplifting in Hackney has halved", NO, "clear other way"),
    ("knife crime fell by a quarter in London", YES, "clear"),
    ("knife crime has improved across London", YES, "clear"),
    ("trust in the police has risen in London", YES, "clear"),
    # Chance, and too few.
    ("residential burglary is down 6% in Bromley", NO, "chance"),
    ("knife crime in Barnet is up", NO, "other way"),
    ("Trust in the Met is unchanged in Kingston", PARTLY, "not the same"),
    ("no clear change in trust in the Met in Kingston", YES, "no clear change"),
    ("violence with injury is falling in London", PARTLY, "other months"),
    # Other times than a year ago.
    ("Shoplifting has more than doubled in Hackney since June 2023", YES, "clear"),
    ("trust in the Met has improved in London over the last two years", YES, "clear"),
    ("knife crime fell from 1,500 in 2023 to 1,400 in 2025 in Camden", NO, "other numbers"),
    ("knife crime in London fell in April to June 2026", CANNOT, "not held"),
    ("knife crime in London fell in 1999", CANNOT, "not held"),
    ("knife crime in London is down since the last meeting", CANNOT, "no meeting"),
    ("knife crime in London is down this week", CANNOT, "days"),
    ("police officers are down in London since July 2023", YES, "clear"),
    ("fewer cops in London than in July 2023", YES, "clear"),
    # What cannot be checked.
    ("There are more officers in Ealing", CANNOT, "whole only"),
    ("999 calls answered within 10 seconds are up in London", CANNOT, "no figures"),
    ("misconduct is up in London", CANNOT, "no figures"),
    ("domestic abuse is better in Newham", CANNOT, "no better"),
    ("domestic abuse is up in London since 2023", CANNOT, "break"),
    ("Recorded rape in Kingston is up since 2019", CANNOT, "break"),
    ("Bromley is the safest borough in London", CANNOT, "rank"),
    ("Knife crime will fall in London next year", CANNOT, "future"),
    ("Knife crime is down in Manchester", CANNOT, "elsewhere"),
    ("Knife crime is down in the City of London", CANNOT, "elsewhere"),
    ("Shoplifting arrests are up in Hackney", CANNOT, "aspect"),
    ("Knife crime fell year after year in London", CANNOT, "run"),
    ("Trust in Lambeth is lower than in Kingston since the plan", CANNOT, "places in time"),
    ("There were 400 shoplifting offences in every borough in 2025", CANNOT, "areas"),
    # A cause is never supported.
    ("Knife crime is down in London because of the plan", PARTLY, "cause"),
    ("Thanks to the new officers, knife crime is down in London", PARTLY, "cause"),
    ("The Met has cut knife crime in London", PARTLY, "cause"),
    ("The plan halved knife crime in London", NO, "cause"),
    ("knife crime is up in London due to the plan", NO, "cause"),
    # What must be asked first.
    ("60% of shoplifting in Hackney", "asks: no way", ""),
    ("there were 400 points of shoplifting in Hackney up", "asks: percent", ""),
    ("burglary is down 6% in Bromley", "asks: measure", ""),
    ("down 6% in Bromley", "asks: no measure", ""),
    ("trust in the Met is up 5% in Kingston", "asks: points", ""),
    ("shoplifting in Hackney is hardly down", "asks: negation", ""),
    ("shoplifting in Hackney", "asks: nothing said", ""),
    ("400 shoplifting offences in Hackney", "asks: no time", ""),
    ("shoplifting up down in Hackney", "asks: two ways", ""),
    ("shoplifting fell from 100 to 200 in Hackney", "asks: two ways", ""),
    ("shoplifting is up in purple Hackney", "asks: words", ""),
    ("crime is up in Narnia", "asks: no place", ""),
    ("bananas and sprouts", "asks: nothing", ""),
    ("good morning", "asks: nothing", ""),
]


@pytest.mark.parametrize(("text", "outcome", "rule"), RULES, ids=[text for text, *_ in RULES])
def test_a_claim_gets_the_outcome_of_its_rule(check, text, outcome, rule):
    answers = check(text)
    first = answers[0]
    assert (f"asks: {first.key}" if isinstance(first, Question) else first.outcome) == outcome
    if rule:
        assert set(rule.split("|")) & set(dict(first.facts)["rules"]), first


def test_every_answer_carries_its_sentence_its_date_and_its_source(check):
    answers = [answer for text, *_ in RULES for answer in check(text) if isinstance(answer, Answer)]
    assert {answer.outcome for answer in answers} == {YES, PARTLY, NO, CANNOT}
    for answer in answers:
        assert answer.as_at == date(2026, 8, 31)
        assert (answer.reasons or answer.outcome == CANNOT) and answer.read_as and answer.summary
        if answer.outcome != CANNOT:
            assert answer.period and answer.summary and "Open Government Licence" in answer.source


def test_no_word_that_the_project_never_says(check):
    answers = [answer for text, *_ in RULES for answer in check(text) if isinstance(answer, Answer)]
    text = " ".join(part for answer in answers for part in (answer.summary, *answer.reasons, *answer.details))
    assert not re.search(r"significan|because", text, re.IGNORECASE)


def test_a_measure_without_figures_says_why(check):
    (answer,) = check("misconduct is up in London")
    assert check.known.measures["misconduct"].missing in answer.details[-1]


def test_a_figure_published_once_is_an_answer_where_no_series_is_held(check):
    answer = check.only("86.2% of 999 calls answered within 10 seconds in 2024 in London")
    assert answer.outcome == YES
    assert "86.2%" in answer.summary


def test_several_claims_are_each_answered(check):
    text = "Shoplifting is up 80% in Hackney and down in Kingston; knife crime is down in London. It fell by 10% in Barnet."
    answers = check(text)
    named = [(answer.claim.measure, answer.claim.place, answer.claim.way) for answer in answers]
    assert named == [("shoplifting", "hackney", "up"), ("shoplifting", "kingston-upon-thames", "down"), ("knife-crime", "london", "down"),
                     ("knife-crime", "barnet", "down")]
    assert [answer.outcome for answer in answers] == [YES, NO, YES, NO]


def test_a_name_with_and_in_it_is_one_name(check):
    text = "stalking and harassment is up in Hammersmith and Fulham and in Kensington & Chelsea"
    assert [(claim.measure, claim.place) for claim in check.parsed(text).claims] == [
        ("stalking", "hammersmith-and-fulham"), ("stalking", "kensington-and-chelsea")]


def test_what_is_not_understood_is_never_the_claim_of_its_neighbour(check):
    answers = check("Shoplifting is up in Hackney and house prices fell 6%")
    assert [type(answer) for answer in answers] == [Answer, Question]


@pytest.mark.parametrize("place", [
    "Kingston", "kingston upon thames", "KINGSTON-UPON-THAMES", "the Royal Borough of Kingston upon Thames", "Kingston, London",
])
def test_a_place_is_known_by_every_name(check, place):
    assert check.only(f"shoplifting is down in {place}").claim.place == "kingston-upon-thames"


def test_every_choice_leads_on_until_the_claim_is_answered(check):
    for text, outcome, _ in RULES:
        if not outcome.startswith("asks"):
            continue
        for choice in check.only(text).choices[:2]:
            waiting, steps = choice.text, 0
            while isinstance(answer := check(waiting)[0], Question) and answer.choices:
                waiting, steps = answer.choices[0].text, steps + 1
                assert steps < 4, (text, waiting)
            assert isinstance(answer, Answer), (text, waiting, answer)


def bare(claim):
    """What is claimed, without the words it came in."""
    amounts = {name: (round(part.number, 6), part.unit, part.bound) if part else None
               for name in ("size", "start", "level") for part in [getattr(claim, name)]}
    return claim.measure, claim.place, claim.way, amounts, claim.period, claim.clearly, claim.other, claim.each, claim.record, claim.denied


def test_a_claim_said_back_is_the_same_claim(check):
    answers = [answer for text, *_ in RULES for answer in check(text) if isinstance(answer, Answer) and not answer.claim.beyond]
    assert len(answers) > 40
    for answer in answers:
        (again,) = check.parsed(answer.read_as).claims
        assert bare(again) == bare(answer.claim), answer.read_as


def test_it_can_be_asked_as_at_an_earlier_day(check):
    now, then = (check.only("knife crime in Camden is down", day) for day in (date(2026, 8, 31), date(2025, 9, 1)))
    assert (now.outcome, then.outcome) == (YES, NO)
    assert then.as_at == date(2025, 9, 1)
    assert check.only("knife crime in Camden is down", date(2020, 1, 1)).outcome == CANNOT


# Hostile and meaningless texts

HOSTILE = [
    "<script>alert(1)</script> shoplifting is up in Hackney", "shoplifting in Hackney is up'; DROP TABLE finding; --",
    "{measure} {0} %s shoplifting is up in Hackney",
    "[shoplifting](javascript:alert(1)) is up in Hackney", "\x00shoplifting\x1b[31m up in Hackney",
    "shoplifting up " + "9" * 400 + "% in Hackney", "shoplifting \udcff up in Hackney", "\u202eshoplifting up in Hackney",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_as_plain_text(check, text):
    for answer in check(text):
        asked = [answer.text, *(choice.text for choice in answer.choices)] if isinstance(answer, Question) else []
        texts = asked or [answer.read_as, answer.summary, *answer.reasons, *answer.details]
        assert all(part.isprintable() for part in texts)


@pytest.mark.parametrize("text", ["shoplifting is up in Hackney " * 700, "x" * 20_000, "\n" * 501])
def test_a_long_text_is_refused_in_one_line(check, text):
    with pytest.raises(Refused, match=r"characters: at most 500"):
        check(text)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(text=st.text(max_size=500))
def test_no_text_ends_in_an_error(check, text):
    for answer in check(text):
        assert isinstance(answer, Question) or answer.outcome in (NO, CANNOT)


PIECES = [
    *("up", "down", "fell", "from", "to", "by", "6%", "1,200", "1,100", "a third", "doubled", "since", "2023", "June 2024", "last year"),
    *("in", "Bromley", "London", "and", ",", ".", "than", "not", "more than", "about", "between", "because", "since the plan", "half", "0"),
    *("since the last meeting", "this year", "over the last two years", "points", "per 1,000 residents", "45 in 100", "safest", "will"),
    *("unchanged", "better", "it", "Brent", "2024/25", "quarter", "in the last 12 months", "the 12 months to March 2026", "zebra", "0%"),
    "no clear change",
]
MEASURES = [
    *("shoplifting", "trust in the Met", "homicide", "police officers", "domestic abuse", "good job", "knife crime", "pcsos"),
    "know their local officers",
]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(words=st.lists(st.sampled_from(PIECES + MEASURES + MEASURES), min_size=1, max_size=14))
def test_no_row_of_words_ends_in_an_error(check, words):
    for answer in check(" ".join(words)):
        assert isinstance(answer, Question) or answer.outcome in (YES, PARTLY, NO, CANNOT)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(words=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_nothing_is_supported_where_no_measure_is_named(check, words):
    for answer in check(" ".join(words)):
        assert isinstance(answer, Question) or answer.outcome == CANNOT


def random_texts(vocabulary, many: int):
    """Rows of letters, and of words that are each understood, but not those that measures are called by; the same every time."""
    chance = np.random.default_rng(1)
    named = {word for words, (kind, _) in vocabulary.phrases.items() if kind in ("measure", "likely", "ambiguous") for word in words}
    words = sorted(vocabulary.words - named)
    for number in range(many):
        pieces, between = (list("abcdefghilmnoprstuwy    "), "") if number % 2 else (words, " ")
        yield between.join(pieces[at] for at in chance.integers(0, len(pieces), size=chance.integers(3, 12)))


def test_none_of_10000_random_texts_is_supported(check):
    for text in random_texts(check.vocabulary, 10_000):
        understood = [claim for claim in check.parsed(text).claims if isinstance(claim, Claim) and not claim.beyond]
        assert not understood or YES not in [getattr(answer, "outcome", "") for answer in check(text)], text


def test_the_figure_before_is_the_one_that_the_change_is_worked_out_from(check):
    """Whoever works the percentage out from both numbers gets it, and the page of the measure shows the same earlier figure."""
    answer = check.only("shoplifting in Croydon has risen since the plan began")
    assert answer.summary == (
        "3,471 in the year to June 2026, 2,010 in the year to June 2023, like for like: a clear rise of 73% (at least 42%)."
    )
    assert "As published, 1,963 in the year to June 2023." in answer.details[0]


@pytest.mark.parametrize("text", [
    "{} is up in London", "{} is up in London since the plan", "{} is at its highest since 2022 in London", "61% in London: {}",
    "{} is up in London by 3 points over the last two years", "{} is down in London in 2024",
])
def test_a_survey_of_quarters_is_dated_by_its_quarters(check, text):
    for measure in ("Victim satisfaction", "victim satisfaction online", "victim satisfaction telephone"):
        answer = check.only(text.format(measure))
        whole = " ".join((answer.summary, *answer.reasons, *answer.details, answer.period))
        assert not re.search(r"(12 months|year) to|those to", whole), whole
        assert answer.period == "October to December 2024"
        assert answer.period in answer.summary


def test_the_range_that_a_size_is_held_against_stands_in_the_sentence(check):
    """Of the two that hold it, the 12 months of 25% lie nearer to what was claimed than the quarter of 46%."""
    answer = check.only("Knife crime is down 20% in Camden")
    assert answer.outcome == PARTLY
    assert answer.summary == "448 recorded in the year to February 2026, 598 a year before: a clear fall of 25% (7% to 39%)."
    assert answer.reasons == ("The size claimed, 20%, fits that range, but it is not what the figures give.",)
    assert "98 recorded in October to December 2025, 181 a year before: a clear fall of 46% (17% to 65%)." in answer.details
    quarter = check.only("Knife crime is down 20% in Camden in the last quarter")
    assert (quarter.outcome, "46% (17% to 65%)" in quarter.summary) == (PARTLY, True)


def test_a_clear_change_is_said_with_the_range_that_its_page_gives(check):
    """The page says at least 29%."""
    assert check.only("Shoplifting in London is up since the plan").summary == (
        "93,084 recorded in the year to June 2026, 46,692 in the year to June 2023: a clear rise of 99% (at least 29%)."
    )


def test_where_another_time_shows_what_was_claimed_that_is_said(check):
    answer = check.only("neighbourhood crime in Barnet has fallen since 2023")
    assert answer.outcome == NO
    assert answer.reasons[-1].startswith("But since the plan began it is clear. 7,289 in the year to June 2026, 8,307 in")
    supported = check.only("neighbourhood crime in Barnet has fallen since the plan began")
    assert not [reason for reason in supported.reasons if "it is clear." in reason]
    assert not [reason for reason in check.only("neighbourhood crime in Barnet has risen since 2023").reasons if "it is clear." in reason]
