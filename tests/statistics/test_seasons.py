"""Months made comparable: lengths, London's seasons, and likeness of neighbours."""

import numpy as np
import pandas as pd
import pytest

from metrics.domain.periods import span
from metrics.statistics.baseline import autocorrelation, run_rules_hold, seasonal_factors, usable_months

MONTHS = span("2018-01", "2023-06")
USABLE = usable_months(MONTHS, "2018-01", "2023-06")
WAVE = 1 + 0.2 * np.sin(2 * np.pi * np.arange(12) / 12)


def london(level: float = 1000.0, months: list[str] = MONTHS) -> pd.DataFrame:
    wave = [level * WAVE[int(month[5:]) - 1] for month in months]
    return pd.DataFrame({"period": months, "value": wave})


def test_the_covid_months_are_never_usable():
    assert len(USABLE) == 50
    assert {"2020-02", "2021-07", "2018-01", "2023-06"} <= set(USABLE)
    assert not set(USABLE) & set(span("2020-03", "2021-06"))


def test_the_factors_of_a_pure_season_are_that_season():
    factors = seasonal_factors(london(), baseline=USABLE)
    assert factors.index.to_list() == list(range(1, 13))
    assert factors.to_numpy() == pytest.approx(WAVE)
    assert factors.mean() == pytest.approx(1)


def test_later_and_covid_figures_never_move_a_factor():
    later = london(months=span("2018-01", "2025-12"))
    late = later["period"] > "2023-06"
    covid = later["period"].between("2020-03", "2021-06")
    moved = later.assign(value=later["value"].where(~(late | covid), 9e9))
    pd.testing.assert_series_equal(
        seasonal_factors(moved, baseline=USABLE), seasonal_factors(london(), baseline=USABLE))


def test_an_unequal_number_of_years_leaves_the_mean_at_one():
    noisy = london().assign(value=lambda frame: frame["value"] + np.arange(len(frame)))
    assert seasonal_factors(noisy, baseline=USABLE).mean() == pytest.approx(1)


def test_fewer_than_36_published_months_give_no_factors():
    months = span("2020-07", "2023-06")
    short = london(months=months)
    assert seasonal_factors(short, baseline=months).size == 12
    with pytest.raises(ValueError, match="36 published months"):
        seasonal_factors(short, baseline=months[1:])
    short.loc[5, "value"] = None
    with pytest.raises(ValueError, match="35 months"):
        seasonal_factors(short, baseline=months)


def test_a_calendar_month_that_never_appears_gives_no_factors():
    without = [month for month in MONTHS if not month.endswith("-08")]
    with pytest.raises(ValueError, match="11 calendar months"):
        seasonal_factors(london(), baseline=without)


def test_a_month_that_is_always_zero_gives_no_factors():
    empty = london()
    empty.loc[empty["period"].str.endswith("-08"), "value"] = 0.0
    with pytest.raises(ValueError, match="above 0"):
        seasonal_factors(empty, baseline=USABLE)


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
