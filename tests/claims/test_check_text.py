"""What a text is told: an outcome with its sentence, its months, its date and its source, or a question."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.claims import Answer, Question
from metrics.claims.claim import OUTCOMES
from metrics.domain import Refused

YES, PARTLY, NO, CANNOT = "supported", "partly supported", "not supported", "cannot be checked"
RULES = [
    # A clear change: Hackney's shoplifting is 956 against 530; knife crime in London 3,232 against 4,213.
    ("Shoplifting in Hackney is up", YES, "clear"),
    ("shoplifting in Hackney is up 80% on last year", YES, "clear"),
    ("Shoplifting in Hackney jumped by nearly 80%", YES, "clear"),
    ("shoplifting up more than 50% in Hackney compared with a year ago", YES, "clear"),
    ("shoplifting in Hackney is up by less than 40%", PARTLY, "size of other months"),
    ("shoplifting in Hackney is up by less than 10%", NO, "size ruled out"),
    ("shoplifting in Hackney went up by 60%", PARTLY, "size near"),
    ("shoplifting in Hackney went up by 10%", NO, "size ruled out"),
    ("shoplifting in Hackney went up by 426", YES, "clear"),
    ("shoplifting in Hackney went up by 500", NO, "other size"),
    ("Shoplifting is falling in Hackney", NO, "clear other way"),
    ("shoplifting in Hackney has got worse", YES, "clear"),
    ("shoplifting in Hackney is unchanged", NO, "changed"),
    ("Shoplifting in Lewisham has more than doubled", YES, "clear"),
    ("Shoplifting in Lewisham has halved", NO, "clear other way"),
    ("knife crime fell by a quarter in London", YES, "clear"),
    ("knife crime in London fell by 23%", YES, "clear"),
    ("knife crime has improved across London", YES, "clear"),
    ("Trust in the Met is down 11 points in Hackney", YES, "clear"),
    ("Trust in the Met is down 12 points in Hackney", PARTLY, "size near"),
    ("Trust in the Met is down 30 points in Hackney", NO, "size ruled out"),
    ("trust in the police has risen in London", YES, "clear"),
    # A possible change, chance, and too few.
    ("stalking is up in London", PARTLY, "possible"),
    ("theft from the person is down 21% in London", PARTLY, "mixed"),
    ("bicycle theft is down in London", PARTLY, "possible"),
    ("bicycle theft is down 1% in London", NO, "other way"),
    ("bicycle theft is down in London compared with a year ago", NO, "other way"),
    ("shoplifting in Kingston is down", NO, "possible other way"),
    ("no change in shoplifting in Kingston", NO, "stands out"),
    ("residential burglary is down 6% in Bromley", NO, "chance"),
    ("knife crime in Barnet is down", NO, "chance"),
    ("knife crime in Barnet is up", NO, "other way"),
    ("Trust in the Met is up 5 points in Kingston", NO, "other way"),
    ("Trust in the Met is unchanged in Kingston", PARTLY, "not the same"),
    ("no clear change in trust in the Met in Kingston", YES, "no clear change"),
    ("homicide is down in Kingston", CANNOT, "too few"),
    ("the number of police staff is up in London", PARTLY, "hardly"),
    # Other times than a year ago.
    ("Shoplifting has more than doubled in Hackney since June 2023", YES, "baseline"),
    ("shoplifting is up in Hackney since the plan", YES, "baseline"),
    ("trust in the Met has improved in London over the last two years", YES, "baseline"),
    ("knife crime has fallen by a third since 2023 across London", NO, "size ruled out"),
    ("knife crime has fallen since 2023 across London", YES, "baseline"),
    ("knife crime in Camden fell in 2025", PARTLY, "least"),
    ("knife crime in Camden rose in 2025", NO, "other way"),
    ("knife crime in London fell 17% in 2025", PARTLY, "least"),
    ("knife crime fell from 1,500 in 2023 to 1,400 in 2025 in Camden", NO, "other numbers"),
    ("knife crime in London fell in April to June 2026", CANNOT, "not held"),
    ("knife crime in London fell in 1999", CANNOT, "not held"),
    ("knife crime in London is down since the last meeting", CANNOT, "no meeting"),
    ("knife crime in London is down this week", CANNOT, "days"),
    ("police officers are down in London since July 2023", YES, "clear"),
    # What cannot be checked.
    ("There are more officers in Ealing", CANNOT, "no figures"),
    ("999 calls answered within 10 seconds are up in London", CANNOT, "no figures"),
    ("stop and search is up in Brent", CANNOT, "no figures"),
    ("domestic abuse is better in Newham", CANNOT, "no better"),
    ("domestic abuse is up in London since 2023", CANNOT, "break"),
    ("domestic abuse positive outcomes are up in London", CANNOT, "break"),
    ("Bromley is the safest borough in London", CANNOT, "rank"),
    ("Knife crime is lower in Barnet than in Brent", CANNOT, "rank"),
    ("Knife crime will fall in London next year", CANNOT, "future"),
    ("Knife crime is down in Manchester", CANNOT, "elsewhere"),
    ("Knife crime is down in the City of London", CANNOT, "elsewhere"),
    ("Shoplifting arrests are up in Hackney", CANNOT, "aspect"),
    ("60% of shoplifting in Hackney", "asks: no way", ""),
    ("there were 400 points of shoplifting in Hackney up", "asks: percent", ""),
    # A cause is never supported.
    ("Knife crime is down in London because of the plan", PARTLY, "cause"),
    ("Thanks to the new officers, knife crime is down in London", PARTLY, "cause"),
    ("The Met has cut knife crime in London", PARTLY, "cause"),
    ("The plan halved knife crime in London", NO, "cause"),
    ("knife crime is up in London due to the plan", NO, "cause"),
    # What must be asked first.
    ("burglary is down 6% in Bromley", "asks: measure", ""),
    ("there were 412 robberies in Brent last year", "asks: measure", ""),
    ("shoplifting doubled", "asks: no place", ""),
    ("crime is up in Surbiton", "asks: no place", ""),
    ("down 6% in Bromley", "asks: no measure", ""),
    ("trust in the Met is up 5% in Kingston", "asks: points", ""),
    ("shoplifting in Hackney is not down", "asks: negation", ""),
    ("shoplifting in Hackney", "asks: nothing said", ""),
    ("400 shoplifting offences in Hackney", "asks: no time", ""),
    ("shoplifting up down in Hackney", "asks: two ways", ""),
    ("shoplifting fell from 100 to 200 in Hackney", "asks: two ways", ""),
    ("shoplifting is up in purple Hackney", "asks: words", ""),
    ("barnets and brentwood sprouts", "asks: nothing", ""),
    ("good morning", "asks: nothing", ""),
]


@pytest.mark.parametrize(("text", "outcome", "rule"), RULES, ids=[text for text, *_ in RULES])
def test_a_claim_gets_the_outcome_of_its_rule(told, text, outcome, rule):
    answers = told(text)
    first = answers[0]
    assert (f"asks: {first.key}" if isinstance(first, Question) else first.outcome) == outcome
    if rule:
        assert set(rule.split("|")) & set(dict(first.facts)["rules"]), first


def test_every_answer_carries_its_sentence_its_date_and_its_source(told):
    answers = [one for text, *_ in RULES for one in told(text) if isinstance(one, Answer)]
    assert {one.outcome for one in answers} == set(OUTCOMES)
    for one in answers:
        assert one.as_at == date(2026, 8, 31)
        assert one.reasons and one.read_as
        if one.outcome != CANNOT:
            assert one.period and one.sentences and "Open Government Licence" in one.source


def test_the_finding_is_what_the_figures_stand_behind(told):
    for text in ("shoplifting in Hackney is up", "Trust in the Met is up 5 points in Kingston", "knife crime in Camden fell in 2025"):
        answer = told.one(text)
        row = told.verdict(answer.claim.measure, answer.claim.place)
        assert answer.sentences[-1] == row["sentence"]


def test_no_word_that_the_project_never_says(told):
    said = " ".join(part for text, *_ in RULES for one in told(text) if isinstance(one, Answer) for part in (*one.reasons, *one.sentences))
    assert not re.search(r"significan|because", said, re.IGNORECASE)


def test_a_measure_without_figures_says_why(told):
    (answer,) = told("stop and search is up in Brent")
    assert told.known.measures["stop-search"].missing in answer.sentences[-1]


def test_a_figure_published_once_is_told_where_no_series_is_held(told):
    answer = told.one("86.2% of 999 calls answered within 10 seconds in 2024 in London")
    assert answer.outcome == CANNOT
    assert any("86.2%" in sentence for sentence in answer.sentences)


def test_several_claims_are_each_answered(told):
    text = "Shoplifting is up 80% in Hackney and down in Kingston; knife crime is down in London. It fell by 10% in Barnet."
    answers = told(text)
    named = [(one.claim.measure, one.claim.place, one.claim.way) for one in answers]
    assert named == [("shoplifting", "hackney", "up"), ("shoplifting", "kingston-upon-thames", "down"), ("knife-crime", "london", "down"),
                     ("knife-crime", "barnet", "down")]
    assert [one.outcome for one in answers] == [YES, NO, YES, NO]


def test_a_name_with_and_in_it_is_one_name(told):
    text = "stalking and harassment is up in Hammersmith and Fulham and in Kensington & Chelsea"
    assert [(one.measure, one.place) for one in told.parsed(text).found] == [
        ("stalking", "hammersmith-and-fulham"), ("stalking", "kensington-and-chelsea")]


def test_what_is_not_understood_is_never_the_claim_of_its_neighbour(told):
    answers = told("Shoplifting is up in Hackney and house prices fell 6%")
    assert [type(one) for one in answers] == [Answer, Question]


@pytest.mark.parametrize("place", [
    "Kingston", "kingston upon thames", "KINGSTON-UPON-THAMES", "the Royal Borough of Kingston upon Thames", "Kingston, London",
])
def test_a_place_is_known_by_every_name(told, place):
    assert told.one(f"shoplifting is down in {place}").claim.place == "kingston-upon-thames"


def test_every_choice_leads_on_until_the_claim_is_answered(told):
    for text, outcome, _ in RULES:
        if not outcome.startswith("asks"):
            continue
        for choice in told.one(text).choices[:2]:
            waiting, steps = choice.text, 0
            while isinstance(answer := told(waiting)[0], Question) and answer.choices:
                waiting, steps = answer.choices[0].text, steps + 1
                assert steps < 4, (text, waiting)
            assert isinstance(answer, Answer), (text, waiting, answer)


def bare(claim):
    """What is claimed, without the words it came in."""
    amounts = {name: (round(one.number, 6), one.unit, one.bound) if one else None
               for name in ("size", "start", "level") for one in [getattr(claim, name)]}
    return claim.measure, claim.place, claim.way, amounts, claim.period, claim.clearly


def test_a_claim_said_back_is_the_same_claim(told):
    answers = [one for text, *_ in RULES for one in told(text) if isinstance(one, Answer) and not one.claim.beyond]
    assert len(answers) > 40
    for one in answers:
        (again,) = told.parsed(one.read_as).found
        assert bare(again) == bare(one.claim), one.read_as


def test_it_can_be_asked_as_at_an_earlier_day(told):
    now, then = (told.one("knife crime in Camden is down", day) for day in (date(2026, 8, 31), date(2025, 9, 1)))
    assert (now.outcome, then.outcome) == (YES, NO)
    assert then.as_at == date(2025, 9, 1)
    assert told.one("knife crime in Camden is down", date(2020, 1, 1)).outcome == CANNOT


# Hostile and meaningless texts

HOSTILE = [
    "<script>alert(1)</script> shoplifting is up in Hackney", "shoplifting in Hackney is up'; DROP TABLE finding; --",
    "{measure} {0} %s shoplifting is up in Hackney",
    "[shoplifting](javascript:alert(1)) is up in Hackney", "\x00shoplifting\x1b[31m up in Hackney",
    "shoplifting up " + "9" * 400 + "% in Hackney", "shoplifting \udcff up in Hackney", "\u202eshoplifting up in Hackney",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_as_plain_text(told, text):
    for one in told(text):
        asked = [one.text, *(choice.text for choice in one.choices)] if isinstance(one, Question) else []
        said = asked or [one.read_as, *one.reasons, *one.sentences]
        assert all(part.isprintable() for part in said)


@pytest.mark.parametrize("text", ["shoplifting is up in Hackney " * 700, "x" * 20_000, "\n" * 501])
def test_a_long_text_is_refused_in_one_line(told, text):
    with pytest.raises(Refused, match=r"characters: at most 500"):
        told(text)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(text=st.text(max_size=500))
def test_no_text_ends_in_an_error(told, text):
    for one in told(text):
        assert isinstance(one, Question) or one.outcome in (NO, CANNOT)


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
def test_no_row_of_words_ends_in_an_error(told, words):
    for one in told(" ".join(words)):
        assert isinstance(one, Question) or one.outcome in OUTCOMES


@settings(deadline=None, derandomize=True, max_examples=200)
@given(words=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_nothing_is_supported_where_no_measure_is_named(told, words):
    for one in told(" ".join(words)):
        assert isinstance(one, Question) or one.outcome == CANNOT
