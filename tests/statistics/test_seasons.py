"""Months made comparable: lengths, London's seasons, and likeness of neighbours."""

import numpy as np
import pandas as pd
import pytest

from metrics.domain.periods import days, span
from metrics.statistics.baseline import autocorrelation, run_rules_hold, seasonal_factors, usable_months

MONTHS = span("2018-01", "2023-06")
USABLE = usable_months(MONTHS, "2018-01", "2023-06")
WAVE = 1 + 0.2 * np.sin(2 * np.pi * np.arange(12) / 12)


def london(level: float = 1000.0, months: list[str] = MONTHS) -> pd.DataFrame:
    """A grid of one place whose every day is alike but for the wave of the year."""
    return pd.DataFrame({"all": [level * days(month) * WAVE[int(month[5:]) - 1] for month in months]}, months)


def test_the_covid_months_are_never_usable():
    assert len(USABLE) == 50
    assert {"2020-02", "2021-07", "2018-01", "2023-06"} <= set(USABLE)
    assert not set(USABLE) & set(span("2020-03", "2021-06"))


def test_the_factors_of_a_pure_season_are_that_season():
    factors = seasonal_factors(london(), "all", USABLE)
    assert factors.index.to_list() == list(range(1, 13))
    assert factors.to_numpy() == pytest.approx(WAVE)
    assert factors.mean() == pytest.approx(1)


def test_later_and_covid_figures_never_move_a_factor():
    moved = london(months=span("2018-01", "2025-12"))
    moved.loc[(moved.index > "2023-06") | ((moved.index >= "2020-03") & (moved.index <= "2021-06"))] = 9e9
    pd.testing.assert_series_equal(seasonal_factors(moved, "all", USABLE), seasonal_factors(london(), "all", USABLE))


def test_an_unequal_number_of_years_leaves_the_mean_at_one():
    noisy = london().add(np.arange(len(MONTHS)), axis=0)
    assert seasonal_factors(noisy, "all", USABLE).mean() == pytest.approx(1)


def test_fewer_than_36_published_months_give_no_factors():
    months = span("2020-07", "2023-06")
    short = london(months=months)
    assert seasonal_factors(short, "all", months).size == 12
    assert seasonal_factors(short, "all", months[1:]) is None
    short.iloc[5] = None
    assert seasonal_factors(short, "all", months) is None


def test_a_calendar_month_that_never_appears_gives_no_factors():
    without = [month for month in MONTHS if not month.endswith("-08")]
    assert seasonal_factors(london(), "all", without) is None


def test_a_month_that_is_always_zero_gives_no_factors():
    empty = london()
    empty.loc[empty.index.str.endswith("-08")] = 0.0
    assert seasonal_factors(empty, "all", USABLE) is None


def test_without_the_whole_force_there_are_no_factors():
    assert seasonal_factors(london(), "none", USABLE) is None


def test_autocorrelation_is_the_textbook_one():
    numbers = np.array([47, 64, 23, 71, 38, 64, 55, 41, 59, 48])
    apart = numbers - numbers.mean()
    assert autocorrelation(numbers) == pytest.approx((apart[1:] * apart[:-1]).sum() / (apart**2).sum())


def test_autocorrelation_takes_no_pair_across_a_gap():
    assert autocorrelation([1.0, 3.0, np.nan, 1.0, 3.0]) == pytest.approx(-0.5)


@pytest.mark.parametrize("numbers", [[], [1.0], [1.0, 2.0], [1.0, np.nan, 2.0], [5.0] * 24])
def test_too_few_or_constant_values_have_no_autocorrelation_and_drop_nothing(numbers):
    assert np.isnan(autocorrelation(numbers))
    assert run_rules_hold(numbers)


def test_run_rules_are_dropped_above_three_tenths():
    drifting, alternating = list(range(24)), [1.0, 2.0] * 12
    assert autocorrelation(drifting) > 0.3
    assert not run_rules_hold(drifting)
    assert run_rules_hold(alternating)
