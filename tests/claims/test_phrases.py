"""Amounts and times as people claim them, and how wide each is."""

from datetime import date

import pytest

from metrics import claims
from metrics.claims.claim import Amount, Period
from metrics.claims.phrases import Line, about, phrases_of
from metrics.claims.vocabulary import tokens_of
from tests.conftest import ROOT

DAY = date(2026, 8, 31)


@pytest.fixture(scope="module")
def vocabulary(shipped_definitions):
    return claims.read_vocabulary(ROOT / "data" / "claims.yaml", shipped_definitions)


def values(vocabulary, text: str, kind: str) -> list:
    return [phrase.value for phrase in phrases_of(Line(tokens_of(text), vocabulary, DAY)) if phrase.kind == kind]


@pytest.mark.parametrize(("text", "period"), [
    ("in five years", Period("back", months=60)), ("over the past decade", Period("back", months=120)),
    ("in the last 24 months", Period("back", months=24)), ("than two years ago", Period("back", months=24)),
    ("in the last six months", Period("newest months", months=6)), ("on the same quarter last year", Period("year ago")),
    ("since before the pandemic", Period("since", "2019-03", "2020-02")), ("since 2023", Period("since", "2023-01", "2023-12")),
    ("compared with last year", Period("year ago")), ("since the plan began", Period("plan")), ("as last year", Period("year ago")),
    ("in 2024/25", Period("within", "2024-04", "2025-03")),
    ("between June 2023 and June 2026", Period("between", "2026-06", "2026-06", "2023-06", "2023-06")),
])
def test_a_span_of_time_is_a_time_and_no_number(vocabulary, text, period):
    assert values(vocabulary, text, "period") == [period]
    assert values(vocabulary, text, "amount") == []


@pytest.mark.parametrize("text", ["five weeks", "12 days", "for the third year", "two hours", "seven quarters"])
def test_a_number_of_days_or_weeks_is_no_amount(vocabulary, text):
    assert values(vocabulary, text, "amount") == []


@pytest.mark.parametrize(("text", "fits", "misses"), [
    ("doubled", (90, 129, 165), (80, 200)), ("trebled", (190, 290), (150, 350)), ("halved", (45, 50, 58), (40, 65)),
    ("a third", (30.5, 36), (25, 40)), ("23%", (22.5, 23.4), (22.4, 23.5)), ("100%", (98.5, 101), (97, 103)),
    ("one in four", (20, 29.9), (19, 31)), ("nobody", (0.4,), (1, 9)), ("most people", (50, 74, 100), (49, 32)),
    ("1,200", (1150, 1249), (1149, 1251)), ("412", (412,), (411, 413)),
])
def test_an_amount_is_as_wide_as_people_mean_it(vocabulary, text, fits, misses):
    (amount,) = values(vocabulary, text, "amount")
    assert all(amount.holds(figure) for figure in fits)
    assert not any(amount.holds(figure) for figure in misses)


@pytest.mark.parametrize(("number", "unit", "width"), [
    (90_000, "number", 5000.0), (93_000, "number", 1860.0), (100, "number", 10.0), (30, "number", 3.0), (12, "number", 1.0),
    (3, "number", 0.5),
    (20, "percent", 2.5), (23, "percent", 1.0), (50, "percent", 5.0),
])
def test_about_is_as_wide_as_the_number_is_round(number, unit, width):
    assert about(Amount(number, unit, 0.5, text=f"{number}")) == width


def test_a_bound_is_strict():
    assert [Amount(100, "percent", 10, "at least").holds(figure) for figure in (99.9, 100, 129)] == [False, True, True]
    assert [Amount(100, "percent", 10, "at most").holds(figure) for figure in (99.9, 100, 100.1)] == [True, True, False]
