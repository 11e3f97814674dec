"""Every sentence about a figure: both numbers, the period, and no word too many."""

import re
import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from metrics.definitions import yaml_reader
from metrics.domain import KINDS, Measure, Place
from metrics.narrative import Wording
from metrics.narrative.phrases import spoken
from metrics.statistics import verdict

SHIPPED = Path(__file__).parents[2] / "data" / "wording.yaml"
WORDING = Wording(SHIPPED)
NOT_A_NUMBER = float("nan")
AS_AT = date(2026, 8, 31)
SUTTON = Place("sutton", "Sutton", "area", "E09000029")
THEFT = Measure("theft", "Theft", "How much?", "crime", "proposed", "count", "lower", "count", ("force", "area"), "d", "o")
TRUST = replace(THEFT, id="trust", title="Trust", mission="trust", unit="percent", better="higher", kind="survey_rolling_year")
STAFF = replace(THEFT, id="staff", title="Staff", mission="standards", kind="stock", levels=("force",))
FOUND = {
    "place": "sutton", "outcome": "compared", "verdict": "no clear change", "method": "ratio", "now": 236.0, "before": 312.0,
    "first": "2026-04", "last": "2026-06", "change": -0.28, "low": -0.5, "high": 0.06, "signal": 0.0, "rule": "", "step": "month",
    "at": "2026-06", "caution": "", "changed": "", "needed": NOT_A_NUMBER, "luck": 2.0, "among": 32.0, "charted": True, "months": 24.0,
    "usual_first": "2021-07", "usual_last": "2023-06", "base": 548.0,
}  # fmt: skip
SURVEYED = FOUND | {"now": 52.2, "before": 56.4, "base": 400.0, "first": "2026-06", "change": -4.2, "low": -11.0, "high": 3.0}


def sentences(node) -> list[str]:
    """Every text of the wording file."""
    if isinstance(node, str):
        return [str(node)]
    inner = node.values() if isinstance(node, dict) else node
    return [text for one in inner for text in sentences(one)]


def said(measure: Measure = THEFT, found: dict = FOUND, **changed) -> str:
    return WORDING.finding(measure, SUTTON, found | changed, AS_AT)


# The file.


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_measure_has_its_sentences(kind):
    measure = replace(THEFT, kind=kind)
    assert "2026" in WORDING.level(measure, 12.0, 10.0, "2026-06")
    assert "held" in WORDING.level(measure, 12.0, NOT_A_NUMBER, "2026-06")


def test_every_verdict_has_its_words_and_no_other_is_spoken_of():
    closed = {value for name, value in vars(verdict).items() if name.isupper() and isinstance(value, str) and " " in value}
    assert set(WORDING.text["verdicts"]) == {
        "clear improvement", "clear worsening", "clear rise", "clear fall", "possible change", "no clear change", "not enough data",
        "cannot be compared",
    }  # fmt: skip
    assert closed <= set(WORDING.text["verdicts"])


def test_no_sentence_about_a_figure_says_significant_or_because_or_shows_an_arrow():
    forbidden = re.compile(r"significan|\bbecause\b|\bdue to\b|\bcaused?\b|[←-⇿▲▼]", re.IGNORECASE)
    of_figures = {part: said for part, said in yaml_reader.load(SHIPPED).items() if part != "method"}
    assert [text for text in sentences(of_figures) if forbidden.search(text)] == []


def test_every_name_in_braces_is_a_plain_name():
    names = [name for text in sentences(yaml_reader.load(SHIPPED)) for _, name, *_ in string.Formatter().parse(text) if name is not None]
    assert names
    assert [name for name in names if not name.isidentifier()] == []


# Levels, rates, reasons.


def test_a_level_says_both_numbers_and_the_period():
    assert WORDING.level(THEFT, 2033.0, 2029.0, "2026-06") == "2,033 recorded in the 12 months to June 2026; 2,029 in the 12 months before."
    assert WORDING.level(TRUST, 52.4, 54.5, "2026-03") == "About 52 in 100 in the 12 months to March 2026; about 55 in 100 a year before."
    assert WORDING.level(STAFF, 33000.0, 34000.0, "2026-07") == "33,000 at the end of July 2026; 34,000 a year before."


def test_a_rate_says_of_what_it_is_one():
    by_residents, by_other = replace(THEFT, rate="residents"), replace(THEFT, rate="hate-crime")
    assert WORDING.rate(11.84, by_residents) == "11.8 for every 1,000 residents."
    assert WORDING.rate(11.84, by_other, "recorded hate crime") == "11.8 for every 100 of: recorded hate crime."
    assert WORDING.beside(by_residents, 23.7, "2026-06") == "London: 23.7 for every 1,000 residents in the 12 months to June 2026."
    assert WORDING.beside(TRUST, 46.4, "2025-09") == "London: about 46 in 100 in the 12 months to September 2025."


def test_a_missing_figure_has_its_reason_and_the_nearest_one_first():
    assert WORDING.missing(replace(THEFT, missing="The file is not held."), "area") == "No figures here yet. The file is not held."
    assert WORDING.missing(STAFF, "area") == "Published for London only."
    assert WORDING.missing(THEFT, "area", "31 August 2026") == "Nothing had been published by 31 August 2026."
    assert WORDING.missing(THEFT, "area") == "No figures here yet."


def test_a_survey_speaks_of_whole_people_and_a_count_of_all_its_digits():
    assert [spoken(52.5, TRUST), spoken(0.4, TRUST), spoken(1234.0, THEFT)] == ["53", "0", "1,234"]


# Findings.


def test_no_clear_change_says_both_numbers_and_the_range_that_chance_allows():
    assert said() == (
        "236 recorded in April to June 2026, 312 in April to June 2025: no clear change. "
        "Numbers here go up and down this much without anything changing (possible range: from 39% lower to 6% higher)."
    )


def test_a_clear_change_says_between_what_and_what():
    clear = said(verdict="clear improvement", low=-0.5, high=-0.1, signal=-1.0, rule="shift")
    assert clear.startswith("236 recorded in April to June 2026, 312 in April to June 2025: a clear fall, ")
    assert "10%" in clear and "39%" in clear


def test_a_possible_change_is_worth_asking_about_and_says_how_many_luck_would_give():
    possible = said(verdict="possible change", signal=-1.0, rule="shift")
    assert possible.startswith("All of the last seven months, up to June 2026, were below what was usual")
    assert "Worth asking about; about 2 of 32 boroughs would show this by chance alone." in possible
    assert "clear" not in possible


def test_small_numbers_get_no_percentage():
    for changed in ({"verdict": "no clear change"}, {"verdict": "clear fall"}, {"verdict": "possible change", "charted": False}):
        assert "%" not in said(method="exact", now=3.0, before=11.0, low=-2.4, high=-0.1, **changed)


def test_from_none_is_said_as_numbers_and_never_as_a_percentage():
    few = said(outcome="too few", verdict="not enough data", now=3.0, before=0.0)
    assert few == "3 recorded in April to June 2026, none in April to June 2025 (from none to 3). Too few to say whether this is changing."


def test_what_cannot_be_compared_says_since_when_and_shows_no_number():
    apart = said(outcome="cannot be compared", verdict="cannot be compared", changed="2024-03")
    changed = "The way this is recorded changed and had not settled before March 2024."
    assert apart == f"{changed} Figures before and after cannot be compared yet."


def test_a_change_of_recording_between_the_numbers_is_said_but_not_where_nothing_is_compared():
    assert said(caution="New recording system").endswith("(New recording system): part of any difference can be that.")
    assert "New recording system" not in said(caution="New recording system", outcome="too few", verdict="not enough data")


def test_a_survey_says_both_shares_the_interviews_and_the_range():
    assert said(TRUST, SURVEYED) == (
        "About 52 in 100 in the 12 months to June 2026, about 56 a year before. "
        "With about 400 interviews a year this could be anything from a fall of 11 points to a rise of 3 points: no clear change."
    )


def test_shares_that_are_apart_never_sound_alike():
    apart = said(TRUST, SURVEYED | {"now": 52.4, "before": 51.6, "verdict": "clear improvement", "change": 0.8, "low": 0.1, "high": 1.5})
    assert "52.4 in 100" in apart and "51.6" in apart


def test_an_old_figure_says_how_old_it_is():
    assert "The newest figure held here is for June 2025." in said(first="2025-04", last="2025-06")
    assert "newest figure held" not in said()


def test_nothing_known_yet_says_by_when():
    assert said(outcome="no figures", verdict="not enough data", last="") == "Nothing had been published by 31 August 2026."
