import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.periods import days, shift, span
from metrics.statistics.count_change import METHODS, OUTCOMES, same_quarter, twelve_months
from metrics.statistics.ratios import exact_conditional, rate_ratio


def monthly(first, values):
    return pd.DataFrame({"period": span(first, shift(first, len(values) - 1)), "value": values})


def quarter(series, **options):
    return same_quarter(series, **{"better": "lower", "kind": "count", "dispersion": 1.0} | options)


def year(series, **options):
    return twelve_months(series, **{"better": "lower", "kind": "count", "dispersion": 1.0} | options)


def test_the_latest_complete_calendar_quarter_is_compared_with_its_own_quarter_last_year():
    change = quarter(monthly("2024-01", [*range(100, 117)]))
    assert (change.now_span, change.before_span) == (("2025-01", "2025-03"), ("2024-01", "2024-03"))
    assert (change.now, change.before, change.base) == (112 + 113 + 114, 100 + 101 + 102, 642)


def test_a_quarter_counts_once_its_last_month_is_known():
    assert quarter(monthly("2024-01", [100] * 18)).now_span == ("2025-04", "2025-06")


def test_a_quarter_with_a_missing_month_is_not_complete():
    series = monthly("2024-01", [100.0] * 18)
    gap = series.assign(value=series["value"].where(series["period"] != "2025-05"))
    assert quarter(gap).now_span == ("2025-01", "2025-03")


def test_a_missing_month_last_year_leaves_not_enough_data():
    series = monthly("2024-01", [100] * 18)
    change = quarter(series[series["period"] != "2024-05"])
    assert (change.outcome, change.method, change.now) == ("not enough data", "none", 300)
    assert math.isnan(change.before) and math.isnan(change.ratio) and change.direction == "none"


def test_no_figures_are_not_enough_data():
    for change in (quarter(monthly("2024-01", [])), year(monthly("2024-01", []))):
        assert change.outcome == "not enough data" and change.now_span is None


def test_twelve_months_are_compared_with_the_twelve_before_without_overlap():
    change = year(monthly("2023-02", [10] * 13 + [20] * 12))
    assert (change.now_span, change.before_span) == (("2024-03", "2025-02"), ("2023-03", "2024-02"))
    assert (change.now, change.before) == (240, 120)


def test_twenty_three_months_are_not_enough_for_two_years():
    assert year(monthly("2023-02", [10] * 23)).outcome == "not enough data"


def test_the_ratio_is_per_day():
    change = quarter(monthly("2024-01", [100] * 15))
    assert change.ratio == pytest.approx(91 / 90)
    expected = rate_ratio(300, 90, 300, 91, 1.0)
    assert (change.low, change.high, change.p) == pytest.approx((expected.low, expected.high, expected.p))
    assert change.method == "rate ratio"


def test_the_ratio_is_per_head_where_the_population_is_known():
    months = span("2024-01", "2025-03")
    people = {period: 1000 if period < "2025" else 1100 for period in months}
    change = quarter(monthly("2024-01", [100] * 15), population=people)
    assert change.ratio == pytest.approx(91 / 90 / 1.1)


def test_a_month_without_a_population_is_refused():
    with pytest.raises(ValueError, match="no population for 2025-03"):
        quarter(monthly("2024-01", [100] * 15), population=dict.fromkeys(span("2024-01", "2025-02"), 1000))


def test_dispersion_widens_the_limits():
    narrow, wide = (quarter(monthly("2024-01", [100] * 15), dispersion=phi) for phi in (1.0, 4.0))
    assert math.log(wide.high / wide.low) == pytest.approx(2 * math.log(narrow.high / narrow.low))


@pytest.mark.parametrize(
    ("month", "outcome"),
    [
        ("2024-01", "compared"),
        ("2024-02", "cannot be compared"),
        ("2024-09", "cannot be compared"),
        ("2025-03", "cannot be compared"),
        ("2025-04", "compared"),
    ],
)
def test_a_window_that_crosses_a_break_is_not_compared(month, outcome):
    assert quarter(monthly("2024-01", [100] * 15), breaks=[month]).outcome == outcome


def test_twelve_months_do_not_cross_a_break_either():
    series = monthly("2023-01", [10] * 24)
    assert year(series, breaks=["2024-02"]).outcome == "cannot be compared"
    assert year(series, breaks=["2023-01", "2025-01"]).outcome == "compared"


def test_nothing_is_estimated_across_a_break_but_the_totals_are_shown():
    change = quarter(monthly("2024-01", [100] * 15), breaks=["2024-09"])
    assert (change.now, change.before) == (300, 300)
    assert math.isnan(change.ratio) and math.isnan(change.low) and math.isnan(change.p) and change.direction == "none"


def test_small_counts_get_the_exact_test():
    change = quarter(monthly("2024-01", [3] * 3 + [0] * 9 + [8] * 3))
    expected = exact_conditional(24, 90.0, 9, 91.0)
    assert change.method == "exact"
    assert (change.ratio, change.low, change.high, change.p) == pytest.approx(expected)


def test_ten_on_both_sides_is_not_small():
    assert quarter(monthly("2024-01", [10, 0, 0, *[0] * 9, 10, 0, 0])).method == "rate ratio"


def test_fewer_than_ten_together_are_not_tested():
    change = quarter(monthly("2024-01", [2, 1, 1, *[0] * 9, 2, 2, 1]))
    assert (change.outcome, change.method, change.now, change.before) == ("too few", "none", 5, 4)
    assert math.isnan(change.p)
    assert quarter(monthly("2024-01", [2, 1, 2, *[0] * 9, 2, 2, 1])).outcome == "compared"


def test_from_none_has_no_ratio():
    change = quarter(monthly("2024-01", [0] * 12 + [4] * 3))
    assert math.isnan(change.ratio) and change.note == "from none to 12" and change.low > 1
    assert change.method == "exact"


@pytest.mark.parametrize(
    ("better", "more", "fewer"),
    [("higher", "improvement", "worsening"), ("lower", "worsening", "improvement"), ("neither", "rise", "fall")],
)
def test_the_direction_is_the_measures_and_only_where_the_limits_leave_no_doubt(better, more, fewer):
    assert quarter(monthly("2024-01", [50] * 12 + [100] * 3), better=better).direction == more
    assert quarter(monthly("2024-01", [100] * 12 + [50] * 3), better=better).direction == fewer
    assert quarter(monthly("2024-01", [100] * 12 + [97] * 3), better=better).direction == "none"


@pytest.mark.parametrize(
    ("options", "reason"),
    [({"kind": "stock"}, "stock"), ({"kind": "survey_rolling_year"}, "survey"), ({"better": "up"}, "better")],
)
def test_only_events_with_a_known_direction_are_compared_as_rates(options, reason):
    with pytest.raises(ValueError, match=reason):
        quarter(monthly("2024-01", [100] * 15), **options)


def test_a_period_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        year(pd.concat([monthly("2024-01", [1]), monthly("2024-01", [2])]))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=1, max_size=40), st.randoms())
def test_the_order_of_the_rows_does_not_matter_and_the_outcome_is_in_the_closed_set(values, random):
    series = monthly("2022-05", values).astype({"value": float})
    before, mixed = series.copy(), series.sample(frac=1, random_state=random.randint(0, 99))
    for compare in (quarter, year):
        change = compare(series)
        assert repr(change) == repr(compare(mixed))
        assert change.outcome in OUTCOMES and change.method in METHODS
        assert (change.outcome == "compared") == (change.method != "none") == (not math.isnan(change.p))
    pd.testing.assert_frame_equal(series, before)


def test_the_exposure_of_a_leap_february():
    change = year(monthly("2023-03", [10] * 24))
    assert sum(days(period) for period in span(*change.before_span)) == 366
    assert change.ratio == pytest.approx(366 / 365)
