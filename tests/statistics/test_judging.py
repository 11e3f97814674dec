"""Judging all places at once gives what the peer-checked functions give for one place at a time."""

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.domain.periods import days, shift, span
from metrics.statistics import baseline, chart_points, year_on_year
from metrics.statistics.count_change import same_quarter, twelve_months
from metrics.statistics.individuals_chart import with_limits, with_signals
from metrics.statistics.parameters import REVISION_SHARE
from metrics.statistics.rates import dispersion
from metrics.statistics.revisions import provisional, typical_revision
from metrics.statistics.seasonality import adjusted, per_day, run_rules_hold, seasonal_factors, usable_months
from metrics.store import SQL, signals

FIRST, LAST = "2021-07", "2023-06"
PLACES = ["london", "brent", "ealing", "sutton"]
steadily = settings(deadline=None, derandomize=True, max_examples=60)


def drawn_counts(seed: int, start: str, months: int, *, gaps: float = 0.0, bunched: float = 1.0) -> pd.DataFrame:
    """Counts of months from a start in four places, from rare to common, with a season; some months are missing everywhere."""
    random = np.random.default_rng(seed)
    index = pd.Index(span(start, shift(start, months - 1)), name="period")
    season = 1 + 0.2 * np.sin(2 * np.pi * np.array([int(month[5:]) for month in index]) / 12)
    levels = np.array([300.0, *random.choice([0.2, 1, 4, 6, 9, 11, 40, 200], 3)])
    expected = np.outer(season, levels)
    values = random.poisson(random.gamma(expected / bunched, bunched)).astype(float)
    lost = random.random(months) < gaps
    lost[[0, -1]] = False
    values[lost] = np.nan
    return pd.DataFrame(values, index, pd.Index(PLACES, name="place"))


counts_of_some_months = st.builds(
    drawn_counts,
    st.integers(0, 10**6),
    st.sampled_from(["2017-05", "2018-01", "2020-02", "2021-08", "2022-11"]),
    st.integers(26, 100),
    gaps=st.sampled_from([0.0, 0.0, 0.03]),
    bunched=st.sampled_from([0.5, 2.0]),
)


def usual_of(counts: pd.DataFrame, **more) -> baseline.Usual:
    return baseline.usual(counts, total="london", first=FIRST, last=LAST, **more)


def one(counts: pd.DataFrame, place: str) -> pd.DataFrame:
    return counts[place].rename("value").rename_axis("period").reset_index()


def alike(found: float, expected: float) -> bool:
    return (np.isnan(found) and np.isnan(expected)) or found == pytest.approx(expected, rel=1e-9)


# What is usual


def test_the_plan_s_24_months_set_what_is_usual():
    counts = drawn_counts(1, "2018-01", 100)
    how = usual_of(counts)
    assert how.baseline == span(FIRST, LAST)
    assert (how.judged_from, how.segment_from) == (FIRST, "2018-01")


def test_months_of_covid_restrictions_set_neither_the_level_nor_the_seasons():
    counts = drawn_counts(1, "2018-01", 100)
    strange = counts.copy()
    strange.loc["2020-03":"2021-06"] *= 7
    pd.testing.assert_series_equal(usual_of(counts).factors, usual_of(strange).factors)
    assert baseline.usual(counts, total="london", first="2021-01", last="2022-12").baseline == span("2021-07", "2022-12")


@steadily
@given(counts_of_some_months, st.integers(1, 24))
def test_what_is_usual_does_not_move_when_months_are_added(counts, added):
    before, after = usual_of(counts), usual_of(counts.iloc[: max(len(counts) - added, 1)])
    assume(counts.index[0] <= FIRST and counts.index[-1 - added] >= LAST)
    assert before.baseline == after.baseline
    assert (before.factors is None) == (after.factors is None)
    assert before.factors is None or (before.factors == after.factors).all()


def test_a_measure_that_starts_later_has_its_own_first_24_months():
    counts = drawn_counts(1, "2018-01", 100)
    assert usual_of(counts, start="2022-03").baseline == span("2022-03", "2024-02")
    assert usual_of(counts, start="2019-03").baseline == span(FIRST, LAST)


def test_nothing_before_a_refused_break_sets_what_is_usual():
    counts = drawn_counts(1, "2018-01", 100)
    how = usual_of(counts, start="2022-03", refused="2024-03")
    assert how.baseline == span("2024-03", "2026-02")
    assert (how.judged_from, how.segment_from) == ("2024-03", "2024-03")
    assert how.factors is None


@steadily
@given(counts_of_some_months)
def test_the_seasons_are_london_s_from_36_months_or_more(counts):
    known = [month for month in usable_months(counts.index, "2000-01", LAST) if not np.isnan(counts["london"][month])]
    how = usual_of(counts)
    if len(known) < 36 or len({month[5:] for month in known}) < 12:
        assert how.factors is None
        return
    expected = seasonal_factors(per_day(one(counts, "london")), baseline=known)
    np.testing.assert_allclose(how.factors, expected, rtol=1e-12)


# Comparable months, settled months


@steadily
@given(counts_of_some_months)
def test_comparable_months_are_those_of_the_pure_functions(counts):
    how = usual_of(counts)
    found = baseline.comparable(counts, how)
    for place in PLACES:
        flat = per_day(one(counts, place))
        expected = flat if how.factors is None else adjusted(flat, how.factors)
        np.testing.assert_allclose(found[place], expected["value"], rtol=1e-12)


@steadily
@given(counts_of_some_months, st.integers(0, 4), st.lists(st.tuples(st.integers(0, 4), st.floats(0, 40)), max_size=8))
def test_a_newest_month_is_settled_where_its_usual_revision_is_known_and_small(counts, newest, revised):
    how, as_at = usual_of(counts), shift(counts.index[-1], 1)
    known = pd.DataFrame([(place, age, typical + 3 * i) for i, place in enumerate(PLACES) for age, typical in dict(revised).items()],
                         columns=["place", "age", "typical"])
    found = chart_points.settled(counts, how, known, newest=newest, as_at=as_at)
    flat = baseline.comparable(counts, how)
    for place in PLACES:
        series = one(flat, place)
        limits = with_limits(series, baseline=series["period"].isin(how.baseline).to_numpy())
        moving_range = (limits["upper"] - limits["centre"]).iloc[-1] / 2.66
        typical = known[known["place"] == place]
        marks = provisional(series, typical, as_at=as_at, moving_range=moving_range if moving_range > 0 else 0.0)
        expected = ~marks["provisional"].fillna(True).to_numpy(dtype=bool)
        expected[: len(expected) - newest] = True
        assert found[place].to_list() == expected.tolist()


def test_without_provisional_months_all_are_settled():
    counts = drawn_counts(1, "2018-01", 100)
    assert chart_points.settled(counts, usual_of(counts), no_revisions(), newest=0, as_at="2026-05").to_numpy().all()


def test_a_month_whose_usual_revision_is_not_known_is_not_settled():
    counts = drawn_counts(1, "2018-01", 100)
    found = chart_points.settled(counts, usual_of(counts), no_revisions(), newest=2, as_at="2026-05")
    assert found.all(axis=1).to_list() == [True] * 98 + [False] * 2


@pytest.mark.parametrize(("share", "settled"), [(0.99, True), (1.01, False)])
def test_a_revision_of_a_short_month_is_measured_as_its_movements_are(share, settled):
    """February counts for more a day: its revision is set against a third of the range of months made equally long."""
    counts = drawn_counts(1, "2018-01", 98)
    assert counts.index[-1] == "2026-02"
    how = usual_of(counts)
    flat = one(baseline.comparable(counts, how), "ealing")
    limits = with_limits(flat, baseline=flat["period"].isin(how.baseline).to_numpy())
    third = (limits["upper"] - limits["centre"]).iloc[-1] / 2.66 / 3
    typical = pd.DataFrame({"place": ["ealing"], "age": [1], "typical": [100 * share * third / flat["value"].iloc[-1]]})
    found = chart_points.settled(counts, how, typical, newest=1, as_at="2026-03")
    assert bool(found["ealing"].iloc[-1]) == settled


def test_one_spike_in_the_baseline_does_not_settle_a_month():
    """Screened, the mean range is 2, and a third of it less than a revision of 1; unscreened it would be more."""
    counts = pd.DataFrame({"london": 100.0, "brent": 100.0}, index=span("2018-01", "2026-04"))
    for month in counts.index[::2]:
        counts.loc[month, "brent"] += 2
    counts.loc["2022-06", "brent"] = 200.0
    even = pd.Series([30.4375 / days(f"2023-{month:02d}") for month in range(1, 13)], range(1, 13))
    how = baseline.Usual(span(FIRST, LAST), even, FIRST, "2018-01")
    level = baseline.comparable(counts, how)["brent"].iloc[-1]
    typical = pd.DataFrame({"place": ["brent"], "age": [1], "typical": [100 / level]})
    assert not chart_points.settled(counts, how, typical, newest=1, as_at="2026-05")["brent"].iloc[-1]
    counts.loc["2022-06", "brent"] = 102.0
    typical["typical"] = 100 * 0.5 / level
    assert REVISION_SHARE * 2 > 0.5
    assert chart_points.settled(counts, how, typical, newest=1, as_at="2026-05")["brent"].iloc[-1]


def no_revisions() -> pd.DataFrame:
    return pd.DataFrame({"place": [], "age": [], "typical": []})


# How far figures were revised: the statement and the pure function


@st.composite
def releases_of_one_measure(draw) -> pd.DataFrame:
    """A release a month, each with the newest months again and perhaps another value."""
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    rows = []
    for number, month in enumerate(span("2024-06", shift("2024-06", draw(st.integers(1, 14))))):
        for back in range(1, 1 + draw(st.integers(1, 5))):
            for place in ("brent", "london"):
                value = float(random.integers(0, 8)) if random.random() < 0.7 else np.round(random.random() * 50, 1)
                if random.random() < 0.9:
                    rows.append(("m", place, shift(month, -back), f"{month}-{10 + number % 18}", value, random.random() < 0.05))
    return pd.DataFrame(rows, columns=["measure", "place", "period", "published", "value", "second_hand"])


@steadily
@given(releases_of_one_measure(), st.sampled_from(["2024-12-31", "2025-06-30", "9999-12-31"]))
def test_the_statement_finds_the_typical_revisions_of_the_pure_function(observation, as_at):
    held = observation[(observation["published"] <= as_at) & ~observation["second_hand"]]
    pure = typical_revision(held)
    expected = pure[pure["age"] <= 3].set_index(["place", "age"])["typical"]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE observation AS SELECT * REPLACE (published::DATE AS published) FROM observation")
        question = (SQL / "typical_revision.sql").read_text(encoding="utf-8")
        found = connection.execute(question, {"as_at": as_at, "oldest": 3}).df().set_index(["place", "age"])["typical"]
    pd.testing.assert_series_equal(found, expected.sort_index(), check_dtype=False, check_index_type=False)


# Charts


@steadily
@given(counts_of_some_months, st.sampled_from(["higher", "lower", "neither"]), st.integers(0, 10**6))
def test_charts_of_all_places_are_those_of_the_pure_functions(counts, better, seed):
    how = usual_of(counts)
    calm = pd.DataFrame(np.random.default_rng(seed).random(counts.shape) > 0.05, counts.index, counts.columns)
    laid = chart_points.chart_input(counts, how, better=better, settled=calm)
    assume(len(laid))
    found = signals(laid).set_index(["series", "ordinal"])
    for (place, step), given_rows in laid.groupby(["series", "step"]):
        chart = given_rows.drop(columns="series")
        used = chart["in_baseline"].to_numpy()
        assert chart["run_rules"].unique().tolist() == [how.factors is not None and run_rules_hold(chart["value"].where(used))]
        pure = with_signals(with_limits(chart, baseline=used), better=better, run_rules=bool(chart["run_rules"].iloc[0]))
        mine = found.loc[place]
        np.testing.assert_allclose(mine[["centre", "lower", "upper"]].astype(float), pure[["centre", "lower", "upper"]], rtol=1e-9)
        assert mine["rule"].to_list() == pure["rule"].to_list()
        assert mine["signal"].to_list() == pure["signal"].to_list()
        flat = baseline.comparable(counts, how)[place]
        if step == "month":
            np.testing.assert_array_equal(chart["value"], flat)
        else:
            months = months_of_quarter(chart["period"].iloc[-1])
            assert chart["value"].iloc[-1] == pytest.approx(flat[months].sum(skipna=False), nan_ok=True)


def months_of_quarter(end: str) -> list[str]:
    return span(shift(end, -2), end)


def steady_counts(level: float, months: int = 100) -> pd.DataFrame:
    """The same number every month in Brent, and a London that has all its months."""
    return pd.DataFrame({"london": 300.0, "brent": level}, index=span("2018-01", shift("2018-01", months - 1)))


@pytest.mark.parametrize(
    ("level", "step"), [(10.0, ["month"]), (9.96, ["quarter"]), (5.0, ["quarter"]), (4.96, []), (0.0, [])]
)
def test_the_mean_of_the_baseline_decides_whether_a_chart_is_by_the_month_or_the_quarter_or_not_at_all(level, step):
    counts = steady_counts(level)
    laid = chart_points.chart_input(counts, usual_of(counts), better="lower", settled=counts.notna())
    assert laid.loc[laid["series"] == "brent", "step"].unique().tolist() == step


def test_a_quarterly_chart_has_the_baseline_s_eight_whole_quarters():
    counts = steady_counts(6.0)
    laid = chart_points.chart_input(counts, usual_of(counts), better="lower", settled=counts.notna())
    brent = laid[laid["series"] == "brent"]
    assert brent.loc[brent["in_baseline"], "period"].to_list() == [shift("2021-09", 3 * n) for n in range(8)]
    assert brent.loc[brent["judged"], "period"].iloc[0] == "2021-09"


def test_a_quarter_is_judged_only_when_each_of_its_months_is_settled():
    counts = steady_counts(6.0, months=99)
    calm = counts.notna()
    calm.loc["2026-02"] = False
    laid = chart_points.chart_input(counts, usual_of(counts), better="lower", settled=calm)
    assert laid.loc[laid["series"] == "brent"].set_index("period")["judged"].tail(2).to_list() == [True, False]


def test_no_quarter_reaches_across_a_refused_break():
    counts = drawn_counts(3, "2018-01", 99).assign(brent=6.0)
    for refused, lost in (("2022-02", ["2022-03"]), ("2022-03", ["2022-03"]), ("2022-04", []), ("2022-01", [])):
        how = baseline.Usual(span("2022-04", "2024-03"), pd.Series(1.0, range(1, 13)), "2022-04", refused)
        laid = chart_points.chart_input(counts, how, better="lower", settled=counts.notna())
        brent = laid[laid["series"] == "brent"].set_index("period")
        assert brent.index[brent["value"].isna()].to_list() == lost
        assert brent["segment"].loc["2022-06":].eq(1).all()
        assert brent["segment"].loc[:"2021-12"].eq(0).all()


def test_fewer_than_eight_points_make_no_chart():
    counts = drawn_counts(3, "2022-12", 30)
    assert len(usual_of(counts).baseline) == 7
    assert chart_points.chart_input(counts, usual_of(counts), better="lower", settled=counts.notna()).empty


def test_without_seasons_a_chart_has_limits_and_nothing_on_it_is_judged():
    counts = drawn_counts(3, "2021-08", 50)
    how = usual_of(counts)
    laid = chart_points.chart_input(counts, how, better="lower", settled=counts.notna())
    assert how.factors is None
    assert not laid["judged"].any()
    assert signals(laid)["upper"].notna().any()
    assert chart_points.newest_signals(signals(laid), laid).empty


def test_provisional_and_older_points_are_drawn_and_not_judged():
    counts = drawn_counts(3, "2018-01", 100)
    calm = counts.notna()
    calm.iloc[-2:] = False
    laid = chart_points.chart_input(counts, usual_of(counts), better="lower", settled=calm)
    london = laid[laid["series"] == "london"].set_index("period")
    assert london["value"].notna().all()
    assert london.index[london["judged"]].to_list() == span(FIRST, counts.index[-3])


@steadily
@given(counts_of_some_months)
def test_limits_as_counted_leave_the_same_months_outside(counts):
    how = usual_of(counts)
    laid = chart_points.chart_input(counts, how, better="lower", settled=counts.notna())
    assume(len(laid) and (laid["step"] == "month").any())
    monthly = laid[laid["step"] == "month"]
    points = signals(monthly).merge(monthly[["series", "ordinal", "period"]], on=["series", "ordinal"]).rename(columns={"series": "place"})
    before = points[points["place"] != "london"]
    shown = chart_points.as_counted(before, counts, how)
    counted = np.array([counts.loc[period, place] for period, place in zip(shown["period"], shown["place"], strict=True)])
    known = np.isfinite(counted) & counts["london"].reindex(shown["period"]).gt(0).to_numpy()
    same = np.isclose(counted / shown["upper"], before["value"] / before["upper"], rtol=1e-9, atol=1e-9, equal_nan=True)
    assert same[known].all()
    assert (shown["lower"].dropna() >= 0).all()


# The newest signals


def signalled(rules: list[str], *, better: str = "lower", signal: str = "concern", judged: list[bool] | None = None, step: str = "month"):
    """What is found of one series whose last points meet these rules."""
    many = len(rules)
    laid = pd.DataFrame({
        "series": "brent", "ordinal": range(many), "period": span("2025-01", shift("2025-01", many - 1)),
        "judged": judged or [True] * many, "better": better, "step": step,
    })
    points = laid[["series", "ordinal"]].assign(value=1.0, rule=rules, signal=[signal if rule != "none" else "none" for rule in rules])
    found = chart_points.newest_signals(points, laid)
    return found.set_index("series").loc["brent"] if len(found) else None


@pytest.mark.parametrize(
    ("better", "signal", "way"),
    [
        ("lower", "concern", 1), ("lower", "improvement", -1), ("higher", "concern", -1), ("higher", "improvement", 1),
        ("neither", "high", 1), ("neither", "low", -1),
    ],
)
def test_a_signal_has_a_way_whatever_it_means(better, signal, way):
    found = signalled(["none", "none", "shift"], better=better, signal=signal)
    assert (found["signal"], found["rule"], found["at"], found["step"]) == (way, "shift", "2025-03", "month")


def test_no_rule_is_no_signal():
    found = signalled(["astronomical", "none", "none", "none"])
    assert (found["signal"], found["rule"], found["at"], found["far"]) == (0, "none", "", 0)


@pytest.mark.parametrize(("rules", "at", "far"), [
    (["none", "astronomical", "none", "none"], "2025-02", 1),
    (["none", "none", "none", "astronomical"], "2025-04", 1),
    (["astronomical", "astronomical", "none", "none"], "2025-02", 1),
    (["astronomical", "astronomical", "astronomical", "none"], "2025-03", 2),
    (["none", "astronomical", "astronomical", "astronomical"], "2025-04", 3),
])
def test_a_month_far_out_counts_among_the_newest_three(rules, at, far):
    found = signalled(rules)
    assert (found["signal"], found["rule"], found["at"], found["far"]) == (1, "astronomical", at, far)


@pytest.mark.parametrize("rule", ["trend", "two_of_three", "shift"])
def test_a_run_counts_only_while_it_goes_on(rule):
    assert signalled(["none", "none", rule])["signal"] == 1
    assert signalled(["none", rule, "none"])["signal"] == 0
    assert signalled(["none", rule, "none"])["rule"] == "none"


def test_only_points_that_are_judged_are_newest():
    found = signalled(["none", "none", "astronomical", "none", "none"], judged=[True, True, True, True, False])
    assert found["at"] == "2025-03"
    assert signalled(["none", "none", "astronomical"], judged=[True, True, False])["signal"] == 0


def test_of_quarters_only_the_newest_counts():
    assert signalled(["none", "astronomical", "none"], step="quarter")["signal"] == 0
    assert signalled(["none", "none", "astronomical"], step="quarter")["signal"] == 1


def test_a_series_with_nothing_judged_has_no_chart():
    assert signalled(["astronomical", "none"], judged=[False, False]) is None


# Against a year ago


@steadily
@given(counts_of_some_months, st.sampled_from([None, None, "2023-05", "2024-03", "2025-01"]))
def test_every_place_is_compared_as_the_pure_functions_compare_it(counts, refused):
    how = usual_of(counts)
    found = year_on_year.year_ago(counts, how, refused=refused).set_index("place")
    level = counts.reindex(how.baseline).mean()
    assert sorted(found.index) == sorted(PLACES)
    for place, row in found.iterrows():
        compare = same_quarter if level[place] >= 10 else twelve_months
        known = not np.isnan(row["dispersion"])
        pure = compare(one(counts, place), better="lower", kind="count", dispersion=row["dispersion"] if known else 1.0,
                       breaks=[refused] if refused else [])
        assert alike(row["now"], pure.now) and alike(row["before"], pure.before)
        if pure.now_span and row["last"]:
            assert (row["first"], row["last"]) == pure.now_span
        if pure.method == "rate ratio" and not known:
            assert (row["outcome"], row["method"]) == ("not enough data", "none")
            continue
        assert (row["outcome"], row["method"]) == (pure.outcome, pure.method)
        assert pure.before == 0 or alike(np.exp(row["change"]), pure.ratio)
        assert alike(np.exp(row["low"]), pure.low) and alike(np.exp(row["high"]), pure.high) and alike(row["p"], pure.p)


@steadily
@given(counts_of_some_months)
def test_the_spread_of_every_place_is_the_pure_function_s(counts):
    how = usual_of(counts)
    found = year_on_year.year_ago(counts, how, refused=None).set_index("place")["dispersion"]
    lengths = np.array([days(month) for month in how.baseline], dtype=float)
    weight = lengths if how.factors is None else lengths * how.factors.loc[[int(month[5:]) for month in how.baseline]].to_numpy()
    for place in PLACES:
        seen = counts[place].reindex(how.baseline).to_numpy()
        known = np.isfinite(seen)
        if known.sum() < 8 or seen[known].sum() == 0:
            assert np.isnan(found[place])
        else:
            assert found[place] == pytest.approx(dispersion(seen, weight * seen[known].sum() / weight[known].sum()), rel=1e-9)


def test_how_much_counts_vary_is_never_guessed():
    """With no month before the plan nothing says how much is usual, and no interval is given."""
    counts = steady_counts(50.0).loc["2023-07":]
    found = year_on_year.year_ago(counts, usual_of(counts), refused=None).set_index("place")
    assert found["outcome"].to_list() == ["not enough data"] * 2
    assert found.loc["brent", ["now", "before"]].to_list() == [600.0, 600.0]
    assert found[["dispersion", "low", "high", "p"]].isna().all(axis=None)


def test_a_place_without_the_newest_quarter_is_not_compared_over_an_older_one():
    counts = steady_counts(50.0, months=99)
    counts.loc["2026-02", "brent"] = np.nan
    found = year_on_year.year_ago(counts, usual_of(counts), refused=None).set_index("place")
    assert found["outcome"].to_dict() == {"london": "compared", "brent": "not enough data"}
    assert found["last"].unique().tolist() == ["2026-03"]


def test_a_quarter_that_no_place_has_whole_gives_way_to_the_one_before():
    counts = steady_counts(50.0, months=99)
    counts.loc["2026-02"] = np.nan
    found = year_on_year.year_ago(counts, usual_of(counts), refused=None)
    assert found["outcome"].to_list() == ["compared"] * 2
    assert found[["first", "last"]].drop_duplicates().to_numpy().tolist() == [["2025-10", "2025-12"]]


@pytest.mark.parametrize(
    ("now", "before", "outcome", "method"),
    [
        (4, 5, "too few", "none"), (5, 5, "compared", "exact"), (0, 10, "compared", "exact"), (9, 200, "compared", "exact"),
        (200, 9, "compared", "exact"), (10, 200, "compared", "rate ratio"), (10, 10, "compared", "rate ratio"),
    ],
)
def test_counts_below_ten_have_an_exact_test_and_below_ten_together_none(now, before, outcome, method):
    counts = steady_counts(1.0, months=99)
    counts.loc["2024-04":, "brent"] = 0.0
    counts.loc["2025-03", "brent"], counts.loc["2026-03", "brent"] = before, now
    row = year_on_year.year_ago(counts, usual_of(counts), refused=None).set_index("place").loc["brent"]
    assert (row["now"], row["before"], row["outcome"], row["method"]) == (now, before, outcome, method)


def test_a_gap_in_the_newest_twelve_months_is_not_stepped_over():
    counts = steady_counts(1.0, months=99)
    counts.loc["2025-08", "brent"] = np.nan
    found = year_on_year.year_ago(counts, usual_of(counts), refused=None).set_index("place").loc["brent"]
    assert (found["outcome"], found["last"]) == ("not enough data", "2026-03")


def test_the_grid_has_every_month_and_a_gap_where_nothing_is_published():
    rows = pd.DataFrame({"place": ["a", "b", "a"], "period": ["2023-11", "2023-11", "2024-02"], "value": [1.0, 2.0, 3.0]})
    found = baseline.grid(rows)
    assert found.index.to_list() == span("2023-11", "2024-02")
    assert found["a"].to_list() == pytest.approx([1, np.nan, np.nan, 3], nan_ok=True)
