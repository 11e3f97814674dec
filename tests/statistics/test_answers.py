"""The two answers: variance, windows, linking, tests, verdicts, dated signals and news, each rule against cases worked by hand."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from metrics.domain import periods
from metrics.statistics import baseline
from metrics.statistics.baseline import Variance, inflation, pooled_autocorrelation, pooled_dispersion, trend_residuals, variance
from metrics.statistics.control_charts import dated_signals, luck_by_series, share_by_luck
from metrics.statistics.count_answers import Counts, count_answers, linked, variance_factors
from metrics.statistics.level_answers import stock_answers, survey_answers
from metrics.statistics.news import news
from metrics.statistics.questions import PlanStart, Windows, plan_windows, quarter_end, year_windows
from metrics.statistics.verdict import with_verdicts
from tests.conftest import ROOT

START = PlanStart("2023-07")
MONTHS = periods.span("2018-01", "2026-06")
GOLDEN = ROOT / "tests" / "golden"


def counts(levels: dict[str, float], changed: dict[str, float] | None = None) -> Counts:
    """Steady months that alternate a little, with another level from the launch on where one is given."""
    wave = np.where(np.arange(len(MONTHS)) % 2, 1.02, 0.98)
    later = np.array([month >= START.launched for month in MONTHS])
    grid = pd.DataFrame({name: level * wave for name, level in levels.items()}, index=MONTHS)
    for name, level in (changed or {}).items():
        grid[name] = np.where(later, level, levels[name]) * wave
    grid.insert(0, "whole", grid.sum(axis=1))
    usual = baseline.usual_of(grid, total="none", first="2021-07", last="2023-06")
    return Counts(grid.round(), usual, "whole")


def answered(given: Counts, question: str) -> pd.DataFrame:
    return count_answers(given, question, START, factors=variance_factors(given)).set_index("place")


# Variance


def test_a_trend_is_not_noise():
    rising = np.linspace(50, 150, 24)[:, None] + np.zeros((24, 8))
    assert variance(rising, np.ones(24)).dispersion.max() == pytest.approx(1.0)
    assert np.var(rising[:, 0], ddof=1) / 100 > 8


def test_autocorrelation_and_dispersion_are_found_again():
    random = np.random.default_rng(3)
    noise = random.normal(size=(24, 400))
    for month in range(1, 24):
        noise[month] = 0.45 * noise[month - 1] + np.sqrt(1 - 0.45**2) * noise[month]
    residuals = trend_residuals(1000 + np.sqrt(3 * 1000) * noise, np.ones(24))
    alike = pooled_autocorrelation(residuals)
    assert alike == pytest.approx(0.45, abs=0.04)
    assert pooled_dispersion(residuals, alike).mean() == pytest.approx(3, rel=0.08)


def test_at_least_three_tenths_unless_the_figures_show_less():
    random = np.random.default_rng(4)
    assert pooled_autocorrelation(random.normal(size=(24, 32))) < 0.15
    assert pooled_autocorrelation(random.normal(size=(24, 4))) == 0.3
    assert pooled_autocorrelation(np.full((24, 3), np.nan)) == 0.3
    assert inflation(0.3) == pytest.approx(1.3 / 0.7)


def test_what_multiplies_the_variance_holds_dispersion_and_autocorrelation():
    assert Variance(np.array([2.0, 1.0]), 0.3).factor.tolist() == pytest.approx([2.6 / 0.7, 1.3 / 0.7])


def test_areas_are_drawn_to_the_median_only_as_far_as_chance_explains():
    random = np.random.default_rng(5)
    alike = pooled_dispersion(random.normal(size=(24, 32)) * np.sqrt(2), 0.0)
    assert alike.std() < 0.25
    apart = random.normal(size=(24, 32)) * np.sqrt(np.where(np.arange(32) < 16, 1.5, 12.0))
    drawn = pooled_dispersion(apart, 0.0)
    assert drawn[16:].mean() > 4 * drawn[:16].mean()


def test_a_short_or_empty_series_has_no_dispersion():
    short = np.full((24, 2), 20.0)
    short[7:, 0] = np.nan
    short[:, 1] = 0.0
    assert np.isnan(variance(short, np.ones(24)).dispersion).all()


# Windows


def test_each_question_has_its_windows_by_the_mean_level():
    given = counts({"often": 100.0, "seldom": 7.0, "rarely": 2.0})
    year, plan = answered(given, "year"), answered(given, "plan")
    assert year.loc["often", ["now_from", "now_to", "before_from"]].tolist() == ["2026-04", "2026-06", "2025-04"]
    assert year.loc["seldom", ["now_from", "before_from"]].tolist() == ["2025-07", "2024-07"]
    assert set(plan["before_from"]) == {"2022-07"} and set(plan["before_to"]) == {"2023-06"}
    assert year["method"].to_dict() == {"whole": "rate ratio", "often": "rate ratio", "seldom": "rate ratio", "rarely": "exact"}


def test_before_the_launch_and_soon_after_there_is_a_reason_and_no_answer():
    assert plan_windows("2023-06", START).reason == "not begun"
    assert plan_windows("2024-05", START).reason == "too soon"
    assert plan_windows("2024-06", START).now[0] == "2023-07"
    early = counts({"a": 50.0})
    early = replace(early, published=early.published.loc[:"2023-05"])
    assert set(answered(early, "plan")["outcome"]) == {"not begun"}


def test_a_series_that_began_after_the_plan_has_no_baseline():
    late = counts({"a": 50.0})
    late = replace(late, published=late.published.loc["2023-01":])
    assert set(answered(late, "plan")["outcome"]) == {"no baseline"}


def test_a_break_straddles_only_between_or_within_the_windows():
    windows = year_windows("2025-03", 3)
    assert windows.straddle("2024-06", "2024-06") and not windows.straddle("2023-12", "2023-12")
    assert not windows.straddle("2024-01", "2024-01") and not windows.straddle("2025-04", "2025-04")
    assert windows.straddle("2023-06", "2024-02")
    assert not Windows().straddle("2024-06", "2024-06")


def test_only_a_whole_calendar_quarter_counts():
    months = periods.span("2025-01", "2025-06")
    assert quarter_end(months, [True] * 5 + [False]) == "2025-03"
    assert quarter_end(months[1:4], [True] * 3) is None


# Tests and control


def test_a_step_is_seen_since_the_plan_and_not_on_a_year_before():
    given = counts({f"a{i}": 200.0 for i in range(8)}, {"a0": 300.0})
    plan, year = answered(given, "plan"), answered(given, "year")
    assert np.exp(plan.loc["a0", "change"]) == pytest.approx(1.5, rel=0.01)
    assert plan.loc["a0", "p"] < 1e-6 and year.loc["a0", "p"] > 0.5
    assert plan.loc["a0", "control_p"] < 1e-3 and plan.loc["a1", "control_p"] > 0.05
    assert plan.loc["a1", "control"] > 0.05 and abs(plan.loc["a0", "control"]) < 0.01
    assert np.isnan(plan.loc["whole", "control"])


def test_fewer_than_ten_in_both_windows_are_too_few():
    assert answered(counts({"a": 100.0, "b": 0.3}), "year").loc["b", "outcome"] == "too few"


# Linked


def test_unknown_events_are_shared_out_until_the_break_and_the_total_stays():
    grid = pd.DataFrame({"whole": [110.0, 110.0], "a": [60.0, 66.0], "b": [40.0, 44.0]}, index=["2024-09", "2024-10"])
    series = linked(grid, pd.Series([10.0, 0.0], grid.index), force="whole", until="2024-10")
    assert series.loc["2024-09", ["a", "b"]].tolist() == pytest.approx([66.0, 44.0])
    assert series["whole"].tolist() == [110.0, 110.0] and series.loc["2024-10", "a"] == 66.0
    assert series.loc["2024-09", ["a", "b"]].sum() == grid.loc["2024-09", "whole"]


def test_linked_figures_decide_only_across_the_break():
    given = counts({"a": 100.0, "b": 100.0})
    more = given.published.copy()
    more.loc[:"2024-09", ["a", "b"]] *= 1.1
    across = replace(given, linked=more, link=("2024-03", "2024-10"))
    plan, year = answered(across, "plan"), answered(across, "year")
    assert plan.loc["a", "linked"] and plan.loc["a", "change"] == pytest.approx(-np.log(1.1), abs=0.01)
    assert plan.loc["a", "before"] < plan.loc["a", "linked_before"]
    assert not year["linked"].any() and not plan.loc["whole", "linked"]


# Surveys and stocks


def test_a_survey_equals_newcombe_on_its_effective_base():
    golden = json.loads((GOLDEN / "newcombe-1998-table-ii.json").read_text(encoding="utf-8"))
    rows = [("m", "a", "2025-06", 100 * 48 / 80, 80.0 * 2), ("m", "a", "2026-06", 100 * 56 / 70, 70.0 * 2)]
    figures = pd.DataFrame(rows, columns=["measure", "place", "period", "value", "base"]).assign(deff=2.0, months=12)
    row = survey_answers(figures, "year", START, force="whole").iloc[0]
    assert [row["low"], row["high"]] == pytest.approx([5.24, 33.39], abs=0.01)
    assert "0.0524" in json.dumps(golden)


def test_neighbouring_rolling_years_that_share_interviews_are_too_soon():
    rows = [("m", "a", "2023-06", 50.0, 400.0), ("m", "a", "2024-03", 40.0, 400.0)]
    figures = pd.DataFrame(rows, columns=["measure", "place", "period", "value", "base"]).assign(deff=1.0, months=12)
    assert survey_answers(figures, "plan", START, force="whole")["outcome"].tolist() == ["too soon"]


def test_a_stock_is_compared_with_the_month_of_the_launch():
    rows = [("a", "2023-07", 1000.0), ("a", "2025-06", 995.0), ("a", "2026-06", 996.0)]
    figures = pd.DataFrame(rows, columns=["place", "period", "value"])
    plan, year = (stock_answers(figures, question, START).iloc[0] for question in ("plan", "year"))
    assert (plan["before_to"], plan["change"], plan["p"]) == ("2023-07", -4.0, 1.0)
    assert (year["before_to"], year["change"]) == ("2025-06", 1.0)


# Verdicts


def family(p: list[float], changes: list[float], **columns) -> pd.DataFrame:
    rows = pd.DataFrame({"place": [f"a{i}" for i in range(len(p))], "p": p, "change": changes})
    rows = rows.assign(low=rows["change"] - 0.1, high=rows["change"] + 0.1, family="f", better="lower", outcome="compared")
    return rows.assign(control_p=np.nan, stale=False).assign(**columns)


def test_benjamini_hochberg_decides_among_areas_and_the_interval_for_the_force():
    golden = json.loads((GOLDEN / "multiple-testing.json").read_text(encoding="utf-8"))
    assert golden
    tests = family([0.001, 0.03, 0.2, 0.9, 0.04], [-0.5, -0.3, 0.05, 0.01, 0.3], place=["a", "b", "c", "d", "whole"])
    verdicts = with_verdicts(tests, force="whole")
    assert verdicts["adjusted_p"].tolist() == pytest.approx([0.004, 0.06, 0.8 / 3, 0.9, 0.04])
    assert verdicts["verdict"].tolist() == ["clear improvement"] * 2 + ["no clear change"] * 2 + ["clear worsening"]
    assert verdicts["direction"].tolist() == ["down", "down", "", "", "up"]
    assert verdicts["areas"].tolist() == [2, 2, 0, 0, 0] and verdicts["areas_tested"].tolist() == [4] * 5
    assert verdicts["by_luck"].tolist() == pytest.approx([0.1] * 5)


def test_one_family_does_not_correct_another():
    both = pd.concat([family([0.06] + [0.9] * 9, [-0.5] + [0.01] * 9), family([0.06], [-0.5], family="g")], ignore_index=True)
    verdicts = with_verdicts(both, force="whole")
    assert verdicts["verdict"].iloc[0] == "no clear change" and verdicts["verdict"].iloc[-1] == "clear improvement"


def test_old_figures_take_no_part_in_the_counts():
    verdicts = with_verdicts(family([0.001, 0.001], [-0.5, -0.5], stale=[True, False]), force="whole")
    assert verdicts["areas"].tolist() == [0, 1] and verdicts["areas_tested"].tolist() == [0, 1]
    assert np.isnan(verdicts["by_luck"].iloc[0])


def test_what_is_neither_better_nor_worse_rises_or_falls():
    verdicts = with_verdicts(family([0.001, 0.001], [-0.5, 0.5], better="neither"), force="whole")
    assert verdicts["verdict"].tolist() == ["clear fall", "clear rise"]
    refused = with_verdicts(family([np.nan], [np.nan], outcome="cannot be compared"), force="whole")
    assert refused["verdict"].tolist() == ["cannot be compared"]


# Signals


def noted(rules: list[str], sides: list[int], *, provisional: int = 0, ways: list[int] | None = None, step: str = "month") -> pd.Series:
    """The note of a chart by its rules and sides; its newest points may be provisional, and its marks go another way than the sides."""
    months = periods.span("2024-01", periods.shift("2024-01", len(rules) - 1))
    values = np.array(sides, dtype=float)
    chart = pd.DataFrame({"series": "s", "ordinal": range(len(rules)), "period": months, "value": values, "step": step, "better": "lower"})
    chart["judged"] = chart["ordinal"] < len(rules) - provisional
    points = chart[["series", "ordinal"]].assign(centre=0.0, rule=rules)
    marks = zip(rules, ways or sides, strict=True)
    points["signal"] = ["none" if rule == "none" else "concern" if way > 0 else "improvement" for rule, way in marks]
    return dated_signals(points, chart).iloc[0]


def test_a_shift_is_dated_from_its_first_month_and_new_when_its_seventh_is():
    row = noted(["none"] * 5 + ["shift"] * 7, [1] * 5 + [-1] * 7)
    assert (row["signal"], row["signal_since"], row["signal_seen"], row["signal_new"]) == ("below", "2024-06", "2024-12", True)
    old = noted(["none"] * 5 + ["shift"] * 13, [1] * 5 + [-1] * 13)
    assert (old["signal_since"], old["signal_new"]) == ("2024-06", False)


def test_an_ordinary_month_does_not_make_a_lasting_change_new_and_ends_since():
    row = noted(["shift"] * 7 + ["none"] + ["shift"] * 7, [1] * 7 + [-1] + [1] * 7)
    assert (row["signal"], row["signal_since"], row["signal_seen"], row["signal_new"]) == ("above", "2024-09", "2024-07", False)


def test_a_signal_of_the_other_side_begins_anew_and_an_old_point_does_not_speak():
    row = noted(["shift"] * 7 + ["astronomical"], [1] * 7 + [-1])
    assert (row["signal"], row["signal_since"], row["signal_new"]) == ("below", "2024-08", True)
    assert noted(["astronomical"] + ["none"] * 6, [1] * 7)["signal"] == ""


def test_a_month_that_others_have_followed_is_dated_by_itself():
    row = noted(["none"] * 8 + ["astronomical", "astronomical", "none"], [1] * 11)
    assert (row["signal_since"], row["signal_at"]) == ("2024-10", "2024-10")
    newest = noted(["none"] * 9 + ["astronomical", "astronomical"], [1] * 11)
    assert (newest["signal_since"], newest["signal_at"]) == ("2024-10", "2024-11")


@pytest.mark.parametrize("provisional", [0, 1, 2])
def test_no_signal_stands_once_a_newer_month_lies_on_the_other_side(provisional):
    rules = ["none"] * 8 + ["astronomical", "none", "none"]
    assert noted(rules, [1] * 11, provisional=provisional)["signal"] == "above"
    assert noted(rules, [1] * 9 + [1, -1], provisional=provisional)["signal"] == ""
    assert noted(rules, [1] * 9 + [-1, 1], provisional=provisional)["signal"] == ""


def test_a_signal_reaches_into_the_newest_months_though_none_of_them_is_judged():
    """Months that are held and cannot be judged are newer all the same: what was judged last is of long ago."""
    rules, sides = ["none"] * 3 + ["shift"] * 7, [1] * 3 + [-1] * 7
    assert noted([*rules, "none", "none"], [*sides, -1, -1], provisional=2)["signal"] == "below"
    old = noted([*rules, "none", "none", "none"], [*sides, -1, -1, -1], provisional=3)
    assert (old["signal"], old["signal_new"], old["charted"]) == ("", False, False)
    by_quarter = noted([*rules, "none", "none", "none"], [*sides, -1, -1, -1], provisional=3, step="quarter")
    assert (by_quarter["signal"], by_quarter["charted"]) == ("below", True)


def test_a_trend_towards_the_usual_level_stands_apart_on_no_side():
    rules = ["none"] * 3 + ["trend"] * 7
    assert noted(rules, [1] * 10)["signal"] == "above"
    assert noted(rules, [1] * 10, ways=[-1] * 10)["signal"] == ""


def test_luck_rises_with_how_alike_the_months_are():
    assert share_by_luck(0.3) > share_by_luck(0.0) > 0.03
    random = np.random.default_rng(6)
    chart = pd.DataFrame({"series": np.repeat(["m|a", "m|b"], 60), "value": random.normal(size=120), "step": "month"})
    luck = luck_by_series(chart, pd.Series({"m|a": "m", "m|b": "m"}))
    assert luck["m|a"] == luck["m|b"] == pytest.approx(0.035, abs=0.02)


# News


ROW = {"measure": "m", "place": "a", "question": "year", "verdict": "no clear change", "direction": "", "now_to": "2026-03", "signal": "",
       "signal_seen": "", "signal_new": False}
FALL = {"verdict": "clear improvement", "direction": "down"}
RISE = {"verdict": "clear worsening", "direction": "up"}
ABOVE = {"signal": "above", "signal_new": True}


@pytest.mark.parametrize(
    ("then", "now", "wanted"),
    [
        ({}, {}, "nothing new"), ({}, FALL, "new clear change"), (FALL, FALL, "still clear"), (RISE, FALL, "new clear change"),
        (FALL, {}, "no longer clear"), ({}, ABOVE | {"signal_seen": "2026-01"}, "new signal"),
        ({}, ABOVE | {"signal_seen": "2025-11", "signal_new": False}, "nothing new"),
        (ABOVE, ABOVE | {"signal_seen": "2025-05"}, "nothing new"), (ABOVE, ABOVE | {"signal_seen": "2026-01"}, "new signal"),
        (ABOVE | {"signal": "below"}, ABOVE | {"signal_seen": "2025-05"}, "new signal"),
        (FALL, FALL | {"now_to": "2025-09"}, "no newer figure"), ({}, {"now_to": ""}, "no figures"),
    ],
)  # fmt: skip
def test_news_by_what_was_said_then(then, now, wanted):
    before, after = pd.DataFrame([ROW | {"now_to": "2025-09"} | then]), pd.DataFrame([ROW | now])
    assert news(before, after)["news"].tolist() == [wanted]


def test_a_correction_is_not_news():
    then, again, now = (pd.DataFrame([ROW | {"now_to": end} | way]) for end, way in (("2025-09", FALL), ("2025-09", {}), ("2026-03", {})))
    row = news(then, now, again).iloc[0]
    assert (row["news"], row["corrected"], row["verdict_then"]) == ("nothing new", True, "clear improvement")
