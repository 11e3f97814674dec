"""Rates are drawn to their area's as published results are, and small places answer only what their counts can carry."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from metrics.domain import periods
from metrics.statistics.questions import PlanStart
from metrics.statistics.small_places import drawn_rates, small_answers

START = PlanStart("2023-07")
MONTHS = periods.span("2022-07", "2026-03")


def grid(**yearly: tuple[float, float, float]) -> pd.DataFrame:
    """Counts by month: the first 24 months, the 9 after them and the newest 12 at so many a month."""
    return pd.DataFrame({name: [a] * 21 + [b] * 12 + [c] * 12 for name, (a, b, c) in yearly.items()}, index=MONTHS, dtype=float)


def test_a_rate_is_the_posterior_mean_of_the_gamma_poisson_model():
    counts, residents = np.array([4, 25, 11, 60]), np.array([900.0, 2500.0, 2000.0, 4000.0])
    mean = counts.sum() / residents.sum()
    between = (residents * (counts / residents - mean) ** 2).sum() / residents.sum() - mean / residents.mean()
    weight = between / (between + mean / residents)
    assert drawn_rates(counts, residents)[0] == pytest.approx(weight * counts / residents + (1 - weight) * mean)


def test_drawn_rates_lie_nearer_the_truth_than_the_rates_as_counted():
    random = np.random.default_rng(7)
    truth = random.gamma(20, 0.008 / 20, size=(200, 20))
    residents = random.integers(5_000, 16_000, size=(200, 20)).astype(float)
    counts = random.poisson(truth * residents)
    drawn = np.array([drawn_rates(*row) for row in zip(counts, residents, strict=True)])
    assert ((drawn[:, 0] - truth) ** 2).mean() < 0.9 * ((counts / residents - truth) ** 2).mean()
    inside = ((drawn[:, 1] <= truth) & (truth <= drawn[:, 2])).mean()
    assert 0.92 < inside < 0.97


def test_places_that_differ_by_chance_alone_share_one_rate():
    rates = drawn_rates([10, 10, 10], [1000, 1000, 1000])
    assert rates[0] == pytest.approx([0.01] * 3) and (rates[1] < 0.01).all() and (rates[2] > 0.01).all()
    assert (drawn_rates([0, 0], [10, 20]) == 0).all()


def test_a_rate_with_many_residents_keeps_its_own():
    far = drawn_rates([1000, 10], [100_000, 200])[0]
    assert far[0] == pytest.approx(0.01, rel=0.01) and 0.01 < far[1] < 0.05


def test_twelve_months_stand_beside_twelve():
    places = grid(a=(10, 10, 20), b=(10, 10, 10))
    answers = small_answers(places, pd.Series(dtype=float), START).set_index(["place", "question"])
    year = answers.loc[("a", "year")]
    assert (year["now"], year["before"], year["before_from"], year["now_to"]) == (240, 120, "2024-04", "2026-03")
    assert answers.loc[("a", "plan"), "before_from"] == "2022-07"
    assert np.exp(year["change"]) == pytest.approx(2.0, rel=0.01) and year["low"] > 0


def test_few_events_are_tested_exactly_and_fewer_not_at_all():
    places = grid(rare=(1, 1, 3), none=(0, 0, 0), one=(0.25, 0.25, 0.25))
    answers = small_answers(places, pd.Series(dtype=float), START).set_index(["place", "question"])
    expected = stats.binomtest(36, 48, 0.5).pvalue
    assert answers.loc[("rare", "year"), "p"] == pytest.approx(expected, rel=0.02)
    assert set(answers.loc[["none", "one"], "outcome"]) == {"too few"}


def test_a_larger_share_of_events_with_a_place_is_no_rise():
    counts = grid(a=(80, 100, 100), b=(80, 100, 100))
    force = pd.Series(200.0, index=MONTHS)
    linked = small_answers(counts, force, START).set_index(["place", "question"])
    assert linked.loc[("a", "plan"), "change"] == pytest.approx(0, abs=0.01)
    alone = small_answers(counts, pd.Series(dtype=float), START).set_index(["place", "question"])
    assert alone.loc[("a", "plan"), "change"] == pytest.approx(np.log(1.25), abs=0.01)


def test_figures_that_do_not_reach_back_are_not_compared():
    late = grid(a=(9, 9, 9)).loc["2023-01":]
    answers = small_answers(late, pd.Series(dtype=float), START).set_index("question")
    assert (answers.loc["plan", "outcome"], answers.loc["year", "outcome"]) == ("no earlier figure", "compared")


def test_where_nothing_changes_hardly_any_interval_says_so():
    random = np.random.default_rng(3)
    means = random.uniform(1, 40, size=600)
    counts = pd.DataFrame(random.poisson(means, size=(len(MONTHS), 600)).astype(float), index=MONTHS)
    answers = small_answers(counts, pd.Series(dtype=float), START)
    compared = answers[answers["outcome"] == "compared"]
    assert ((compared["low"] > 0) | (compared["high"] < 0)).mean() < 0.06
