"""Individuals charts against published results, a plain restatement of the rules, and the guards."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.periods import span
from metrics.statistics.parameters import LIMIT_FACTOR, NEAR_SHARE
from tests.reference.individuals_chart import (
    baseline_points,
    with_limits,
)
from tests.reference.runs import joined, with_segments
from tests.reference.special_causes import level_step, with_signals

GOLDEN = Path(__file__).parents[1] / "golden"
PUBLISHED = json.loads((GOLDEN / "individuals-charts.json").read_text())
TRUSTS = pd.read_csv(GOLDEN / "nhs-three-trusts.csv")
RULE = {"Above UCL": "astronomical", "Below LCL": "astronomical", "2 in 3 Above CL": "two_of_three",
        "2 in 3 Below CL": "two_of_three", "7 Points Above CL": "shift", "7 Points Below CL": "shift",
        "Common Cause": "none"}
SIGNAL = {"special_cause_improvement": "improvement", "special_cause_concern": "concern", "common_cause": "none"}
NAMED = [pytest.param(case, id=case["name"]) for case in PUBLISHED["limits"]]
PLAIN = settings(deadline=None, derandomize=True, max_examples=300)


def values(*numbers: float | None) -> pd.DataFrame:
    return pd.DataFrame({"value": pd.Series(numbers, dtype=float)})


def chart(*numbers: float | None, centre: float = 0.0, width: float = 9.0) -> pd.DataFrame:
    """Values with given limits: near is beyond 6 of 9, outside beyond 9."""
    return values(*numbers).assign(centre=centre, lower=centre - width, upper=centre + width)


def rules(frame: pd.DataFrame, **choices: object) -> list[str]:
    return with_signals(frame, better="higher", **choices)["rule"].to_list()


def signals(frame: pd.DataFrame, better: str = "higher") -> list[str]:
    return with_signals(frame, better=better)["signal"].to_list()


# Published results


@pytest.mark.parametrize("trust", ["RA4", "RA9", "RAS"])
def test_limits_are_those_of_plot_the_dots(trust):
    expected = TRUSTS[TRUSTS["org_code"] == trust]
    drawn = with_limits(expected[["org_code", "period", "value"]])
    published = expected[["mean", "lpl", "upl"]].to_numpy()
    np.testing.assert_allclose(drawn[["centre", "lower", "upper"]].to_numpy(), published, rtol=1e-9)


@pytest.mark.parametrize("trust", ["RA4", "RA9", "RAS"])
def test_rules_and_signals_are_those_of_plot_the_dots(trust):
    expected = TRUSTS[TRUSTS["org_code"] == trust]
    judged = with_signals(with_limits(expected[["period", "value"]]), better="lower")
    assert judged["rule"].to_list() == expected["special_cause_type"].map(RULE).to_list()
    assert judged["signal"].to_list() == expected["point_type"].map(SIGNAL).to_list()


@pytest.mark.parametrize("case", NAMED)
def test_limits_are_those_printed_in_books_and_packages(case):
    limits = with_limits(values(*case["values"]), screen=case["screen"]).iloc[0]
    factor = LIMIT_FACTOR if case["factor"] == "2.66" else 3 / 1.128
    width = (limits["upper"] - limits["centre"]) * factor / LIMIT_FACTOR
    limits_of_chart = [limits["centre"], limits["centre"] - width, limits["centre"] + width]
    assert limits_of_chart == pytest.approx([case["centre"], case["lower"], case["upper"]], rel=0, abs=case["within"])


def test_the_loan_cost_chart_with_the_rounded_factor():
    case = next(case for case in PUBLISHED["limits"] if "loan" in case["name"])
    assert with_limits(values(*case["values"]))["lower"].iloc[0] == pytest.approx(279.78, abs=1e-9)


def test_screening_narrows_wheelers_verification_chart():
    upper = with_limits(values(*PUBLISHED["limits"][0]["values"]))["upper"].iloc[0]
    assert upper == pytest.approx(4819.88, abs=0.005)


@pytest.mark.parametrize("case", PUBLISHED["beyond_given_limits"], ids=lambda case: case["name"])
def test_points_beyond_given_limits_are_those_of_wheeler(case):
    frame = values(*case["values"]).assign(
        lower=case["lower"], upper=case["upper"], centre=(case["lower"] + case["upper"]) / 2)
    positions = [place for place, rule in enumerate(rules(frame)) if rule == "astronomical"]
    assert positions == case["beyond"]


@pytest.mark.parametrize("case", PUBLISHED["trends"], ids=lambda case: str(case["values"]))
def test_trends_are_those_of_plot_the_dots(case):
    positions = [place for place, rule in enumerate(rules(chart(*case["values"], width=99))) if rule == "trend"]
    assert positions == case["points"]


# The rules, one at a time


def test_a_point_on_the_limit_is_inside_and_one_beyond_it_is_astronomical():
    assert rules(chart(9, 9.01, -9, -9.01)) == ["none", "astronomical", "none", "astronomical"]


def test_seven_points_on_one_side_are_a_shift_and_six_are_not():
    assert rules(chart(1, 2, 1, 2, 1, 2, -1)) == ["none"] * 7
    assert rules(chart(-1, 1, 2, 1, 2, 1, 2, 1, -1)) == ["none", *["shift"] * 7, "none"]
    assert rules(chart(*[-1, -2] * 4)) == ["shift"] * 8


def test_a_point_on_the_centre_breaks_a_shift():
    assert rules(chart(1, 2, 1, 2, 0, 1, 2, 1, 2)) == ["none"] * 9
    assert rules(chart(*[0] * 9)) == ["none"] * 9


def test_a_point_within_rounding_of_the_centre_is_on_it():
    frame = chart(*[250.3 + step for step in (1, 2, 1, 0, 1, 2, 1)], centre=250.3 - 1e-8)
    assert rules(frame) == ["none"] * 7
    assert set(rules(frame.assign(centre=250.3 - 1e-6))) == {"shift"}


def test_six_rises_in_a_row_are_a_trend_and_a_tie_breaks_it():
    assert rules(chart(-3, -2, -1, 0, 1, 2, 3)) == ["trend"] * 7
    assert rules(chart(-3, -2, -1, 0, 0, 1, 2)) == ["none"] * 7


def test_a_trend_needs_no_side_of_the_centre():
    assert signals(chart(-3, -2, -1, 0, 1, 2, 3)) == ["improvement"] * 7
    assert signals(chart(3, 2, 1, 0, -1, -2, -3)) == ["concern"] * 7


def test_the_peak_of_two_trends_points_the_way_of_the_second():
    frame = chart(-3, -2, -1, 0, 1, 2, 3, 2, 1, 0, -1, -2, -3)
    assert rules(frame) == ["trend"] * 13
    assert signals(frame) == ["improvement"] * 6 + ["concern"] * 7


def test_a_trend_that_ends_points_the_way_it_came():
    assert signals(chart(-3, -2, -1, 0, 1, 2, 3, -4))[6:] == ["improvement", "none"]


def test_a_tie_between_two_trends_leaves_the_direction_it_came_with():
    frame = chart(-4, -3, -2, -1, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8)
    assert rules(frame) == ["trend"] * 14
    assert signals(frame) == ["improvement"] * 14


def test_two_of_three_near_one_limit_mark_only_the_near_points():
    assert rules(chart(-1, 7, 1, 7, -1)) == ["none", "two_of_three", "none", "two_of_three", "none"]
    assert rules(chart(-1, 1, -7, -7, -1, 1)) == ["none", "none", *["two_of_three"] * 2, "none", "none"]


def test_two_near_points_are_not_enough_when_the_third_is_on_the_other_side():
    assert rules(chart(-1, 7, 7, -1)) == ["none"] * 4
    assert rules(chart(1, 7, -7, 1)) == ["none"] * 4
    assert rules(chart(7, 0, 7)) == ["none"] * 3


def test_two_near_points_four_apart_are_not_two_of_three():
    assert rules(chart(7, 1, 1, 7)) == ["none"] * 4


def test_near_is_beyond_two_thirds_and_not_on_it():
    assert rules(chart(6, 6, 6)) == ["none"] * 3
    assert rules(chart(6.01, 1, 6.01)) == ["two_of_three", "none", "two_of_three"]


def test_a_point_beyond_the_limit_does_not_count_as_near():
    assert rules(chart(10, 7, 1)) == ["astronomical", "none", "none"]


def test_one_label_per_point_in_the_published_order():
    rising = chart(-3, -2, -1, 6.5, 7, 8, 9.5)
    assert rules(rising) == [*["trend"] * 6, "astronomical"]
    assert rules(chart(1, 2, 7, 8, 1, 2, 1)) == [*["shift"] * 2, *["two_of_three"] * 2, *["shift"] * 3]
    assert rules(chart(1, 2, 3, 4, 5, 5.5, 5.8)) == ["trend"] * 7


@pytest.mark.parametrize(("better", "expected"), [
    ("higher", ["improvement", "concern", "none"]),
    ("lower", ["concern", "improvement", "none"]),
    ("neither", ["high", "low", "none"])])
def test_what_a_signal_means_depends_on_which_way_is_better(better, expected):
    assert signals(chart(10, -10, 1), better) == expected


@pytest.mark.parametrize("better", ["lower", "neither"])
def test_falling_trends_are_named_too(better):
    assert set(signals(chart(3, 2, 1, 0, -1, -2, -3), better)) == {"improvement" if better == "lower" else "low"}


def test_a_direction_that_is_not_declared_is_refused():
    with pytest.raises(ValueError, match="'up'"):
        with_signals(chart(1.0), better="up")


def test_without_run_rules_only_points_beyond_the_limits_count():
    assert rules(chart(1, 2, 3, 4, 7, 8, 10), run_rules=False) == [*["none"] * 6, "astronomical"]


# The plain restatement: every window of points looked at in turn


def looked_at(frame: pd.DataFrame, better: str) -> list[tuple[str, str]]:
    """The rules as the method states them, one window at a time; a missing value cuts the series."""
    rows = frame[["value", "centre", "lower", "upper"]].to_numpy()
    labels = [("none", "none")] * len(rows)
    pieces, piece = [], []
    for place, row in enumerate(rows):
        if np.isnan(row).any():
            pieces, piece = [*pieces, piece], []
        else:
            piece.append(place)
    for places in [*pieces, piece]:
        for place, label in zip(places, looked_at_piece([rows[place] for place in places], better), strict=True):
            labels[place] = label
    return labels


def looked_at_piece(rows: list[np.ndarray], better: str) -> list[tuple[str, str]]:
    many = len(rows)
    y = [row[0] for row in rows]
    side = [0 if abs(v - c) <= 1e-9 * max(1, abs(c)) else (1 if v > c else -1) for v, c, _, _ in rows]
    out = [v > up or v < low for v, _, low, up in rows]
    near = [not o and (v > c + (up - c) * 2 / 3 or v < c - (c - low) * 2 / 3)
            for (v, c, low, up), o in zip(rows, out, strict=True)]
    shift, trend, two = set(), set(), set()
    for window in (range(start, start + 7) for start in range(many - 6)):
        if abs(sum(side[i] for i in window)) == 7:
            shift |= set(window)
        steps = [y[i + 1] - y[i] for i in window[:-1]]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            trend |= set(window)
    for window in (range(start, start + 3) for start in range(many - 2)):
        if abs(sum(side[i] for i in window)) == 3 and sum(near[i] for i in window) >= 2:
            two |= {i for i in window if near[i]}
    labels = []
    for i in range(many):
        way = side[i]
        rule = ("astronomical" if out[i] else "trend" if i in trend else "two_of_three" if i in two
                else "shift" if i in shift else "none")
        if rule == "trend":
            onward = i + 1 in trend and y[i + 1] != y[i]
            way = np.sign(y[i + 1] - y[i] if onward else y[i] - y[i - 1])
        good = {"higher": way, "lower": -way, "neither": way}[better]
        up, down = ("high", "low") if better == "neither" else ("improvement", "concern")
        labels.append((rule, "none" if rule == "none" else up if good > 0 else down))
    return labels


@PLAIN
@given(numbers=st.lists(st.one_of(st.none(), st.integers(-11, 11)), max_size=30),
       better=st.sampled_from(["higher", "lower", "neither"]))
def test_signals_are_what_looking_at_every_window_gives(numbers, better):
    frame = chart(*numbers, width=9.5)
    judged = with_signals(frame, better=better)
    assert list(zip(judged["rule"], judged["signal"], strict=True)) == looked_at(frame, better)


@PLAIN
@given(steps=st.lists(st.sampled_from([-1, 1, 1, 1, 1, 1, 1, 0]), min_size=7, max_size=30))
def test_trends_are_what_looking_at_every_window_gives(steps):
    frame = chart(*np.cumsum(steps), width=25)
    judged = with_signals(frame, better="higher")
    assert list(zip(judged["rule"], judged["signal"], strict=True)) == looked_at(frame, "higher")


@PLAIN
@given(numbers=st.lists(st.floats(-1e4, 1e4), min_size=3, max_size=30))
def test_a_mirrored_series_has_mirrored_limits_and_signals(numbers):
    upright, mirrored = with_limits(values(*numbers)), with_limits(values(*[-number for number in numbers]))
    np.testing.assert_allclose(upright["upper"], -mirrored["lower"], rtol=1e-12, atol=1e-9)
    assert signals(upright, "higher") == signals(mirrored, "lower")
    assert rules(upright) == rules(mirrored)


# The baseline


def test_a_frozen_baseline_keeps_the_past_when_a_month_is_added():
    numbers = [10, 12, 9, 11, 13, 10, 12, 9, 11, 13, 10, 12]
    before = with_signals(with_limits(values(*numbers), baseline=12), better="higher")
    after = with_signals(with_limits(values(*numbers, 90), baseline=12), better="higher")
    pd.testing.assert_frame_equal(before, after.iloc[:12])
    assert after["signal"].iloc[12] == "improvement"


def test_a_baseline_may_be_marked_row_by_row():
    numbers = values(99, 98, 10, 12, 11, 50)
    marks = pd.Series([False, False, True, True, True, False])
    limits = with_limits(numbers, baseline=marks)
    assert limits["centre"].to_list() == [11.0] * 6
    assert limits["upper"].iloc[0] == pytest.approx(11 + 2.66 * 1.5)


def test_no_range_is_taken_between_two_stretches_of_baseline():
    numbers = values(10, 12, 40, 80, 82)
    limits = with_limits(numbers, baseline=np.array([True, True, False, True, True]))
    assert limits["upper"].iloc[0] - limits["centre"].iloc[0] == pytest.approx(2.66 * 2)


def test_first_points_are_published_points():
    numbers = values(10, None, 11, 12, 80)
    assert baseline_points(numbers, baseline=3).to_list() == [True, False, True, True, False]


@pytest.mark.parametrize("baseline", [0, -1, True, [True], np.array([1, 0, 1]), pd.Series(["a", "b", "c"])])
def test_a_baseline_that_is_not_one_is_refused(baseline):
    with pytest.raises(ValueError, match="baseline"):
        with_limits(values(1, 2, 3), baseline=baseline)


def test_points_not_judged_have_no_rule_and_take_no_part_in_runs():
    frame = chart(10, 1, 1, 2, 1, 2, 1, 2, 1)
    assert rules(frame) == ["astronomical", *["shift"] * 8]
    assert rules(frame.assign(judged=[False] * 3 + [True] * 6)) == ["none"] * 9
    assert rules(frame.assign(judged=[False] * 2 + [True] * 7)) == ["none", "none", *["shift"] * 7]


def test_outliers_stay_in_the_centre():
    limits = with_limits(values(*[10, 11] * 10, 90)).iloc[0]
    assert limits["centre"] == pytest.approx((210 + 90) / 21)
    assert limits["upper"] - limits["centre"] == pytest.approx(2.66)


def test_ranges_are_screened_once_only():
    numbers = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 6, 0, 1, 0, 100, 0]
    ranges = np.abs(np.diff(numbers))
    kept = ranges[ranges < 3.267 * ranges.mean()]
    assert (kept >= 3.267 * kept.mean()).any()
    limits = with_limits(values(*numbers)).iloc[0]
    assert limits["upper"] - limits["centre"] == pytest.approx(2.66 * kept.mean())


@pytest.mark.parametrize(("ranges", "mean"), [((3267, 733, 0, 0), 733 / 3), ((3266, 734, 0, 0), 1000)])
def test_a_range_of_3267_thousandths_of_the_mean_is_left_out_and_a_smaller_one_kept(ranges, mean):
    limits = with_limits(values(*np.cumsum([0, *ranges]))).iloc[0]
    assert limits["upper"] - limits["centre"] == pytest.approx(2.66 * mean)


# The guards


def test_a_constant_series_has_no_limits_and_no_signals():
    judged = with_signals(with_limits(values(*[5.0] * 12)), better="higher")
    assert judged["centre"].to_list() == [5.0] * 12
    assert judged[["lower", "upper"]].isna().all(axis=None)
    assert set(judged["rule"]) == set(judged["signal"]) == {"none"}


def test_a_series_constant_but_for_rounding_has_no_limits():
    assert with_limits(values(*[0.1 + 0.2, 0.3] * 10))["upper"].isna().all()


@pytest.mark.parametrize("numbers", [(), (5.0,), (5.0, None), (None, None)])
def test_fewer_than_two_published_points_have_no_limits(numbers):
    judged = with_signals(with_limits(values(*numbers)), better="higher")
    assert judged[["centre", "lower", "upper"]].isna().all(axis=None)
    assert judged["rule"].to_list() == ["none"] * len(numbers)


def test_one_spike_in_a_constant_series_uses_the_ranges_unscreened():
    judged = with_signals(with_limits(values(*[5.0] * 15, 20.0, *[5.0] * 8)), better="lower")
    assert judged["upper"].iloc[0] - judged["centre"].iloc[0] == pytest.approx(2.66 * 30 / 23)
    assert judged["rule"].to_list().count("astronomical") == 1


def test_no_range_is_taken_across_a_missing_value_or_a_skipped_period():
    skipped = values(10, 12, 50, 52).assign(period=["2023-01", "2023-02", "2023-04", "2023-05"])
    for gap in (values(10, 12, None, 50, 52), skipped):
        limits = with_limits(gap).iloc[0]
        assert limits["upper"] - limits["centre"] == pytest.approx(2.66 * 2)


def test_a_row_joins_the_one_before_only_if_both_are_published():
    assert joined(values(5, 6, None, 7, 8)).tolist() == [False, True, False, False, True]


def test_a_missing_value_a_skipped_period_and_a_new_segment_restart_runs():
    whole = chart(1, 2, 1, 2, 1, 2, 1, 2)
    assert rules(whole) == ["shift"] * 8
    assert rules(chart(1, 2, 1, 2, None, 2, 1, 2)) == ["none"] * 8
    assert rules(whole.assign(period=[*span("2023-01", "2023-04"), *span("2023-06", "2023-09")])) == ["none"] * 8
    assert rules(whole.assign(segment=[0] * 4 + [1] * 4)) == ["none"] * 8


def test_quarters_follow_each_other():
    quarters = ["2023-03", "2023-06", "2023-09", "2023-12", "2024-03", "2024-06", "2024-09"]
    assert rules(chart(1, 2, 1, 2, 1, 2, 1).assign(period=quarters)) == ["shift"] * 7


def test_without_limits_even_a_trend_is_no_signal():
    later = values(5, 5, 5, 6, 7, 8, 9, 10, 11, 12)
    assert rules(with_limits(later, baseline=3)) == ["none"] * 10


def test_a_level_step_is_dated_by_its_newest_run():
    months = span("2022-01", "2023-12")
    stepped = values(*[10, 12] * 6, *[30, 32] * 6).assign(period=months)
    assert level_step(with_signals(with_limits(stepped), better="lower")) == "2023-01"
    steady = values(*[10, 12] * 12).assign(period=months)
    assert level_step(with_signals(with_limits(steady), better="lower")) is None


# Segments


def test_a_rebase_starts_at_the_first_period_on_or_after_its_date():
    series = values(1, 2, 3, 4).assign(period=["2023-01", "2023-02", "2023-04", "2023-05"])
    assert with_segments(series, starts=["2023-03"])["segment"].to_list() == [0, 0, 1, 1]
    assert with_segments(series, starts=["2023-02", "2023-05"])["segment"].to_list() == [0, 1, 1, 2]
    assert with_segments(series, starts=["2024-01"])["segment"].to_list() == [0] * 4


def test_each_segment_has_its_own_limits():
    numbers = values(10, 12, 11, 50, 54, 52).assign(segment=[0, 0, 0, 1, 1, 1])
    limits = with_limits(numbers, baseline=2)
    assert limits["centre"].to_list() == [11.0] * 3 + [52.0] * 3
    assert (limits["upper"] - limits["centre"]).round(6).to_list() == [5.32] * 3 + [10.64] * 3


@pytest.mark.parametrize("starts", [["2023-05", "2023-02"], ["2023-02", "2023-02"], ["May 2023"], ["2023-02-01"]])
def test_starts_out_of_order_or_not_periods_are_refused(starts):
    with pytest.raises(ValueError, match="segment"):
        with_segments(values(1).assign(period="2023-01"), starts=starts)


# What is refused, and what is left alone


@pytest.mark.parametrize(("column", "contents", "reason"), [
    ("place", ["camden", "barnet"], "one place at a time"),
    ("measure", ["burglary", "robbery"], "one measure at a time"),
    ("period", ["2023-02", "2023-01"], "periods are out of order"),
    ("period", ["2023-02", "2023-02"], "periods are out of order"),
    ("period", ["2023-02", "March"], "'March'"),
    ("segment", [1, 0], "segments are out of order")])
def test_rows_that_are_not_one_series_in_order_are_refused(column, contents, reason):
    with pytest.raises(ValueError, match=reason):
        with_limits(values(1, 2).assign(**{column: contents}))
    with pytest.raises(ValueError, match=reason):
        with_signals(chart(1, 2).assign(**{column: contents}), better="higher")


def test_the_input_is_never_changed_and_its_index_is_kept():
    given_frame = values(10, 12, None, 11).assign(place="london").set_axis([7, 3, 9, 1])
    kept = given_frame.copy(deep=True)
    judged = with_signals(with_limits(given_frame), better="higher")
    pd.testing.assert_frame_equal(given_frame, kept)
    assert judged.index.to_list() == [7, 3, 9, 1]
    assert list(judged.columns) == ["value", "place", "centre", "lower", "upper", "rule", "signal"]


def test_near_is_two_thirds_of_the_way():
    assert NEAR_SHARE * 3 == 2
