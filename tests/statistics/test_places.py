import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.comparisons import wilson
from metrics.statistics.funnel import funnel, funnel_limits, overdispersion, phi_and_tau2

GOLDEN = Path(__file__).parent.parent / "golden"
AREAS = pd.read_csv(GOLDEN / "phe-funnel-proportions.csv", comment="#").rename_axis("place").reset_index()
LIMITS = json.loads((GOLDEN / "phe-funnel-proportion-limits.json").read_text())
BCG = json.loads((GOLDEN / "bcg-trials.json").read_text())
BANDS = ["lower_95", "upper_95", "lower_998", "upper_998"]


def boroughs(counts, bases):
    return pd.DataFrame(
        {"place": [f"borough {number}" for number in range(len(counts))], "count": counts, "base": bases}
    )


def against_plain_limits(seen):
    beyond = [seen["figure"] > seen["upper_998"], seen["figure"] < seen["lower_998"]]
    outside = [seen["figure"] > seen["upper_95"], seen["figure"] < seen["lower_95"]]
    return np.select(
        [*beyond, *outside], ["High (0.001)", "Low (0.001)", "High (0.025)", "Low (0.025)"], "Not significant"
    )


def test_303_areas_are_labelled_as_public_health_england_labels_them():
    assert against_plain_limits(funnel(AREAS, kind="proportion")).tolist() == AREAS["label"].to_list()


def test_with_ordinary_differences_two_of_the_260_areas_are_beyond_plain_limits():
    seen = funnel(AREAS, kind="proportion")
    assert AREAS["label"].str.contains("0.001").sum() == 260
    assert seen["outside"].value_counts().to_dict() == {"within": 301, "lower": 2}


def test_so_many_differences_that_no_place_may_be_singled_out():
    seen = funnel(AREAS, kind="proportion")
    assert seen["phi"].iloc[0] > 10 and not seen["can_single_out"].any()


@pytest.mark.parametrize("case", LIMITS["limits"], ids=lambda case: str(case["base"]))
def test_the_limits_of_a_proportion_are_those_public_health_england_published(case):
    seen = funnel_limits([case["base"]], kind="proportion", target=LIMITS["average"] / 100, tau2=0.0).iloc[0]
    assert (100 * seen[BANDS]).to_list() == pytest.approx([case[band] for band in BANDS], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("logs", ["log_risk_ratio", "log_odds_ratio"])
def test_tau_squared_is_that_of_dersimonian_and_laird(logs):
    trials = pd.DataFrame(BCG["trials"]).astype(float)
    treated, control = trials["tpos"] + trials["tneg"], trials["cpos"] + trials["cneg"]
    if logs == "log_risk_ratio":
        y = np.log(trials["tpos"] / treated / (trials["cpos"] / control))
        variance = 1 / trials["tpos"] - 1 / treated + 1 / trials["cpos"] - 1 / control
    else:
        y = np.log(trials["tpos"] * trials["cneg"] / (trials["tneg"] * trials["cpos"]))
        variance = (1 / trials).sum(axis=1)
    mean = (y / variance).sum() / (1 / variance).sum()
    phi, tau2 = phi_and_tau2((y - mean) / np.sqrt(variance), np.sqrt(variance))
    assert phi * len(y) == pytest.approx(BCG[logs]["Q"], abs=5e-5)
    assert tau2 == pytest.approx(BCG[logs]["tau2"], abs=5e-5)


def test_of_32_boroughs_the_outer_three_at_each_end_do_not_count_towards_the_spread():
    z, s = np.linspace(-4, 4, 32), np.linspace(0.05, 0.2, 32)
    assert overdispersion(z[::-1], s[::-1], kind="rate") == pytest.approx(phi_and_tau2(z[3:-3], s[3:-3]))
    assert overdispersion(z, s, kind="rate") == pytest.approx(phi_and_tau2(z[3:-3], s[3:-3]))


def test_of_ten_places_the_outermost_do_not_count():
    z, s = np.arange(10.0), np.full(10, 0.1)
    assert overdispersion(z, s, kind="rate") == pytest.approx(phi_and_tau2(z[1:-1], s[1:-1]))


def test_of_proportions_the_outermost_are_pulled_in():
    z, s = np.array([-100.0, *np.linspace(-1, 1, 9), 100.0]), np.full(11, 0.1)
    pulled = np.array([-1.0, *np.linspace(-1, 1, 9), 1.0])
    assert overdispersion(z, s, kind="proportion") == pytest.approx(phi_and_tau2(pulled, s))


def test_places_that_differ_less_than_chance_have_no_ordinary_differences():
    assert phi_and_tau2([0.1, -0.2, 0.3], [0.1] * 3) == pytest.approx((0.14 / 3, 0))
    seen = funnel(boroughs([100] * 12, [100] * 12), kind="rate")
    assert (seen["tau2"] == 0).all()
    assert seen["adjusted_upper_95"].iloc[0] == pytest.approx(1000 * math.exp(1.959963985 / 10))


def test_the_adjusted_limits_of_a_proportion_by_hand():
    seen = funnel_limits([100.0], kind="proportion", target=0.3, tau2=0.01).iloc[0]
    angle, reach = math.asin(math.sqrt(0.3)), 3.090232306 * math.sqrt(1 / 400 + 0.01)
    expected = [math.sin(angle - reach) ** 2, math.sin(angle + reach) ** 2]
    assert seen[["adjusted_lower_998", "adjusted_upper_998"]].to_list() == pytest.approx(expected, rel=1e-8)


def test_the_adjusted_limits_of_a_rate_by_hand():
    seen = funnel_limits([100.0], kind="rate", target=1000.0, tau2=0.01).iloc[0]
    reach = 1.959963985 * math.sqrt(1 / 100 + 0.01)
    assert seen[["adjusted_lower_95", "adjusted_upper_95"]].to_list() == pytest.approx([1000 * math.exp(-reach), 1000 * math.exp(reach)])


def test_the_adjusted_limits_of_a_proportion_never_leave_the_scale():
    seen = funnel_limits([5.0], kind="proportion", target=0.02, tau2=1.0).iloc[0]
    assert seen["adjusted_lower_998"] == 0 and seen["adjusted_upper_998"] == 1


def test_a_rate_has_exact_limits_around_what_was_expected():
    seen = funnel_limits([9.0], kind="rate", target=1000.0, tau2=0.0).iloc[0]
    assert (9 * seen[BANDS] / 1000).to_list() == pytest.approx([4.11537405, 17.08479966, 2.452425215, 22.65737951], rel=1e-6)


def test_a_proportion_is_outside_where_its_own_wilson_limits_leave_out_the_target():
    seen = funnel(AREAS, kind="proportion")
    lower, upper = wilson(AREAS["count"] / AREAS["base"], AREAS["base"])
    left_out = (lower > seen["target"]) | (upper < seen["target"])
    assert (((seen["figure"] > seen["upper_95"]) | (seen["figure"] < seen["lower_95"])) == left_out).all()


def test_a_rate_is_judged_as_the_count_its_people_lead_one_to_expect():
    counts, people = [300, 250, 410, 380, 120, 900], [200_000, 180_000, 260_000, 300_000, 90_000, 210_000]
    rates = funnel(boroughs(counts, people), kind="rate")
    target = 1000 * sum(counts) / sum(people)
    ratios = funnel(boroughs(counts, [target * number / 1000 for number in people]), kind="rate")
    assert rates["target"].iloc[0] == pytest.approx(target)
    assert rates["figure"].to_list() == pytest.approx([1000 * c / n for c, n in zip(counts, people, strict=True)])
    assert (rates[BANDS] / target).to_numpy() == pytest.approx(ratios[BANDS].to_numpy() / 1000)
    assert rates["outside"].to_list() == ratios["outside"].to_list()


def test_one_borough_far_above_31_others_is_pointed_out():
    seen = funnel(boroughs([100, 95, 105, 98] * 8 + [200], [100] * 33), kind="rate")
    assert seen["outside"].to_list() == ["within"] * 32 + ["higher"]
    assert seen["can_single_out"].all()


def test_beyond_95_but_within_the_outermost_limits_is_within():
    seen = funnel(boroughs([100] * 32 + [125, 75], [100] * 34), kind="rate")
    last = seen.iloc[-2:]
    assert (last["figure"] > last["adjusted_upper_95"]).to_list() == [True, False]
    assert last["outside"].to_list() == ["within", "within"]


def test_a_place_without_figures_keeps_its_row_and_takes_no_part():
    counts = [100, 95, 105, 98] * 8
    full = funnel(boroughs(counts, [100] * 32), kind="rate")
    gap = funnel(boroughs([*counts, np.nan], [100] * 33), kind="rate")
    assert gap["tau2"].iloc[0] == full["tau2"].iloc[0]
    assert gap["outside"].iloc[-1] is None and np.isnan(gap["figure"].iloc[-1])
    assert gap["outside"].iloc[:-1].to_list() == full["outside"].to_list()


def test_where_many_places_have_none_nothing_is_said_of_any():
    seen = funnel(boroughs([0, 0, 0, 0, 3, 1, 2, 5, 4, 2], [3] * 10), kind="rate")
    assert seen["phi"].isna().all() and seen["outside"].isna().all() and not seen["can_single_out"].any()


def test_a_single_place_with_none_is_trimmed_and_the_rest_are_judged():
    seen = funnel(boroughs([0, *[20] * 20], [20] * 21), kind="rate")
    assert seen["outside"].to_list() == ["lower"] + ["within"] * 20


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 400), st.integers(400, 5000)), min_size=3, max_size=33), st.randoms())
def test_rows_keep_their_order_and_nothing_is_a_rank(places, random):
    frame = boroughs(*zip(*places, strict=True)).set_axis(range(100, 100 + len(places)))
    before, mixed = frame.copy(), frame.sample(frac=1, random_state=random.randint(0, 999))
    seen, shuffled = funnel(frame, kind="proportion"), funnel(mixed, kind="proportion")
    assert seen.index.to_list() == frame.index.to_list() and shuffled.index.to_list() == mixed.index.to_list()
    pd.testing.assert_frame_equal(seen, shuffled.sort_index())
    pd.testing.assert_frame_equal(frame, before)
    assert not [name for name in seen.columns if "rank" in name]
    assert set(seen["outside"]) <= {"higher", "lower", "within"}
