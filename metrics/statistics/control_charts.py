"""
One measure's counts in every place laid out for the control charts, and a signal of these as a dated note with a direction, *below usual
since December 2025*, and how many would come by luck alone.

A signal is of now: it reaches into the newest months of the series, and no month after it lies on the other side of the usual level.
*Since* is said of marked months that follow one another up to the newest that is judged; one month is dated by itself.

Signals of one side that lie no farther apart than two quarters belong together: a lasting change is *new* once, though a single
ordinary month falls among them. It is new where the chart could first have shown it in the newest two quarters: a month far out or two
of three by themselves, a run of seven only with its seventh month.

A frozen chart of independent months signals at a known rate. Where neighbouring months are alike, because a high month is followed by
another or because levels wander, runs come more easily. How alike the months are is measured on each series as it is charted (season and
length of month taken out); the rate at each likeness was found by simulation (`bench/answers.py`). One series' likeness is itself
uncertain, so the mean over a measure's areas is used.
"""

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import QUARTER, months_to
from metrics.statistics.baseline import MONTHLY_FROM, QUARTERLY_FROM, Usual, comparable, run_rules_hold
from metrics.statistics.count_answers import Counts
from metrics.statistics.parameters import (
    AUTOCORRELATION_MOST,
    CLAIM_MINIMUM,
    REVISION_SHARE,
    SCREENING_FACTOR,
    SHIFT_POINTS,
    SIGNAL_GAP,
    TOLERANCE,
    TREND_POINTS,
)

NEWEST = {"month": 3, "quarter": 1}
"""How many of the newest settled points speak at a meeting: those that came since the last one."""

REACH = {"month": 3, "quarter": 4}
"""How many of the newest points, judged or not, the newest figure is of: what does not reach into them is no signal of now."""

ALONE = "astronomical"
"""The rule that one point meets by itself; every other is about a run of points."""


def chart_input(
    counts: pd.DataFrame, usual: Usual, *, better: str, settled: pd.DataFrame, charted: pd.DataFrame | None = None
) -> pd.DataFrame:
    """
    Every place's series laid out for the control charts: by the month, by the quarter, or not at all.

    `charted`: what is charted where that is not the counts themselves: the same grid, like for like.
    `settled`: true where a figure is not provisional; same shape as `counts`.
    Returns: `series` (the place), `ordinal`, `period`, `segment`, `value`, `in_baseline`, `judged`, `better`, `run_rules`, `step` (`month`
        or `quarter`); nothing for places with fewer than 8 baseline points. Without seasons no point is judged: a season would pass for a
        signal.
    """
    level = counts.reindex(usual.baseline).mean()
    flat = comparable(counts if charted is None else charted, usual)
    monthly = _laid_out(flat, usual, usual.baseline, settled, level[level >= MONTHLY_FROM].index, "month")
    rare = level[(level >= QUARTERLY_FROM) & (level < MONTHLY_FROM)].index
    by_quarter = _by_quarter(flat[rare], usual, settled[rare]) if len(rare) else pd.DataFrame()
    parts = [part for part in (monthly, by_quarter) if len(part)]
    return pd.concat(parts, ignore_index=True).assign(better=better) if parts else pd.DataFrame()


def settled(counts: pd.DataFrame, usual: Usual, typical: pd.DataFrame, *, newest: int, as_at: str) -> pd.DataFrame:
    """
    Which figures will hardly move any more.

    A month is provisional among the newest ones, unless its typical revision is known to be small beside the
    series' own ups and downs.

    `typical`: `place`, `age` in months at publication, `typical` revision in per cent (missing where unknown).
    `newest`: how many of the newest months are provisional by default.
    `as_at`: the month of the newest publication.
    """
    flat, firm = comparable(counts, usual), np.ones(counts.shape, dtype=bool)
    swing = REVISION_SHARE * _moving_range(_only(flat, usual.baseline)).to_numpy()
    for back in range(1, min(newest, len(counts)) + 1):
        age = periods.between(counts.index[-back], as_at)
        known = typical[typical["age"] == age].set_index("place")["typical"].reindex(counts.columns).to_numpy(dtype=float)
        firm[-back] = known / 100 * flat.iloc[-back].to_numpy() < swing
    return pd.DataFrame(firm, counts.index, counts.columns)


def as_counted(points: pd.DataFrame, counts: Counts) -> pd.DataFrame:
    """
    The limits of monthly charts back on the scale of the months as counted, so that they stand beside published figures.

    Each published count stands to its limits as the count that was judged stood to them: limits follow the length and season of a month,
    and the part of its events whose area was known.

    `points`: of one measure, by the month: `place, period, value, centre, lower, upper, rule, signal`.
    Returns: the same rows; a limit below zero is zero, and a month that is set against nothing has none.
    """
    scale = _as_counted(counts).stack().reindex(pd.MultiIndex.from_frame(points[["period", "place"]])).to_numpy()
    limits = {name: (points[name] * scale).where(points["value"].notna()) for name in ("centre", "lower", "upper")}
    return points.assign(**limits | {"lower": limits["lower"].clip(lower=0)})


def _as_counted(counts: Counts) -> pd.DataFrame:
    """What a charted value is multiplied by to be the published count, by month and place; the same for all areas of a month."""
    months = counts.published.index
    whole = pd.DataFrame(1.0, months, counts.published.columns)
    scale = whole / comparable(whole, counts.usual)
    if counts.linked is None:
        return scale
    known = (counts.published / counts.linked).drop(columns=counts.force).max(axis=1).fillna(1.0)
    return scale.mul(known, axis=0).assign(**{counts.force: scale[counts.force]})


def _laid_out(flat: pd.DataFrame, usual: Usual, baseline: list[str], settled: pd.DataFrame, places, step: str) -> pd.DataFrame:
    if len(baseline) < CLAIM_MINIMUM or not len(places):
        return pd.DataFrame()
    months, count = flat.index.to_numpy(), len(places)
    value = flat[places].to_numpy().T.ravel()
    seasonal = usual.factors is not None
    runs = [seasonal and run_rules_hold(column) for column in _only(flat[places], baseline).to_numpy().T]
    speaks = settled[places].to_numpy(dtype=bool).T.ravel() & np.isfinite(value) & seasonal
    return pd.DataFrame(
        {
            "series": np.repeat(np.asarray(places, dtype=object), len(months)),
            "period": np.tile(months, count),
            "value": value,
            "ordinal": np.tile(np.arange(len(months), dtype="int32"), count),
            "segment": np.tile((months >= usual.segment_from).astype("int32"), count),
            "in_baseline": np.tile(np.isin(months, baseline), count),
            "judged": np.tile(months >= usual.judged_from, count) & speaks,
            "run_rules": np.repeat(np.array(runs, dtype=bool), len(months)),
            "step": step,
        }
    )


def _by_quarter(flat: pd.DataFrame, usual: Usual, settled: pd.DataFrame) -> pd.DataFrame:
    """A quarter is settled when all its months are, and sets what is usual when all of them do."""
    quarters, whole = _quarters(flat, usual), _quarters(settled.astype(float), usual) == QUARTER
    baseline = [end for end in quarters.index if set(months_to(end, QUARTER)) <= set(usual.baseline)]
    return _laid_out(quarters, usual, baseline, whole, flat.columns, "quarter")


def _quarters(flat: pd.DataFrame, usual: Usual) -> pd.DataFrame:
    """Sums of whole calendar quarters, named by their last month; missing where a break falls inside one."""
    sums = flat.rolling(QUARTER, min_periods=QUARTER).sum()
    sums.loc[usual.segment_from : periods.shift(usual.segment_from, QUARTER - 2)] = np.nan
    return sums[[int(month[5:]) % QUARTER == 0 for month in sums.index]]


def _only(flat: pd.DataFrame, baseline: list[str]) -> pd.DataFrame:
    """The same grid with a gap at every month outside the baseline."""
    return flat.where(np.broadcast_to(np.isin(flat.index, baseline)[:, None], flat.shape))


def _moving_range(baseline: pd.DataFrame) -> pd.Series:
    """The mean moving range that sets the limits, place by place: screened once, as `metrics/store/sql/signals.sql` does."""
    steps, rounding = baseline.diff().abs(), TOLERANCE * np.maximum(1.0, baseline.mean().abs())
    kept = steps[steps < SCREENING_FACTOR * steps.mean()].mean()
    return kept.where(kept > rounding, steps.mean())


DATES = ["signal", "signal_rule", "signal_step", "signal_since", "signal_seen", "signal_at"]
COLUMNS = ["series", *DATES, "signal_new", "charted"]
LATER = {"shift": SHIFT_POINTS - 1, "trend": TREND_POINTS - 1}
"""How many points after its first one a run is complete."""


def dated_signals(points: pd.DataFrame, chart: pd.DataFrame) -> pd.DataFrame:
    """
    The signal that each series shows now, with its direction and its dates.

    `points`: the charts' points: `series, ordinal, centre, rule, signal`.
    `chart`: what `chart_input` gave, in the same keys: `period`, `value`, `judged`, `step`, `better`.
    Returns: one row a series: `signal` (`above`, `below` or nothing), `signal_rule`, `signal_step` (`month` or `quarter`), `signal_since`
        (the first of the months that the chart marks that way without a break up to `signal_at`), `signal_seen` (the month in which it
        could first be seen), `signal_at` (its newest month), `signal_new`, and `charted`: whether the chart could show a signal at all.
    """
    if not len(chart):
        return pd.DataFrame(columns=COLUMNS)
    every = _placed(points, chart)
    judged = every[every["judged"].astype(bool)]
    judged = judged.assign(back=judged.groupby("series").cumcount(ascending=False))
    marked = _dated(judged[judged["marked"]])
    newest, of_now = marked["back"] < marked["step"].map(NEWEST), marked["reaches"] & ~marked["left"]
    speaks = newest & of_now & ((marked["rule"] == ALONE) | (marked["back"] == 0))
    return _noted(marked[speaks].groupby("series").tail(1), judged, sorted(chart["series"].unique()))


def _placed(points: pd.DataFrame, chart: pd.DataFrame) -> pd.DataFrame:
    """
    Every charted month with its `side` of the usual level (1, -1 or 0).

    `marked` says whether the chart marks it that way, `reaches` whether it is one of the newest, and `left` whether a later month lies on
    the other side.
    """
    every = chart[["series", "ordinal", "period", "value", "judged", "step", "better"]]
    every = every.merge(points[["series", "ordinal", "centre", "rule", "signal"]], on=["series", "ordinal"])
    every = every.sort_values(["series", "ordinal"], ignore_index=True)
    side = np.sign(every["value"] - every["centre"]).fillna(0).astype(int)
    back = every.groupby("series").cumcount(ascending=False)
    later = {way: _later(side == way, every["series"]) for way in (1, -1)}
    return every.assign(
        side=side, marked=(side != 0) & (side == _way(every)), reaches=back < every["step"].map(REACH).astype(int),
        left=np.where(side > 0, later[-1], later[1]) > 0,
    )  # fmt: skip


def _later(true: pd.Series, series: pd.Series) -> pd.Series:
    """How many later points of its series are so."""
    return true.groupby(series).transform("sum") - true.groupby(series).cumsum()


def _way(points: pd.DataFrame) -> np.ndarray:
    """Which way the chart marks each point: 1, -1, or 0 where it does not."""
    good = np.where(points["better"] == "higher", 1, -1)
    signal = points["signal"]
    return np.select([signal == "high", signal == "low", signal == "improvement", signal == "concern"], [1, -1, good, -good], 0)


def _dated(marked: pd.DataFrame) -> pd.DataFrame:
    """Marked points, each with `since` and with `seen`: when what it belongs to, single ordinary months left out, could first be seen."""
    before = marked[["series", "side", "ordinal"]].shift()
    same, apart = (marked["series"] == before["series"]) & (marked["side"] == before["side"]), marked["ordinal"] - before["ordinal"]
    run, stretch = ((~(same & (apart <= gap))).cumsum() for gap in (1, marked["step"].map(SIGNAL_GAP)))
    seen = marked["ordinal"] + marked["rule"].map(LATER).fillna(0).astype(int)
    unbroken = marked["period"].groupby(run).transform("first")
    return marked.assign(since=unbroken.where(marked["back"] == 0, marked["period"]), seen=seen.groupby(stretch).transform("min"))


def _noted(last: pd.DataFrame, judged: pd.DataFrame, every: list[str]) -> pd.DataFrame:
    newest = judged.groupby("series")["ordinal"].max()
    at = last.set_index("series")
    age = newest.reindex(at.index) - at["seen"]
    months = judged.set_index(["series", "ordinal"])["period"]
    seen = months.reindex(pd.MultiIndex.from_arrays([at.index, at["seen"]])).to_numpy()
    notes = pd.DataFrame(
        {
            "signal": np.where(at["side"] > 0, "above", "below"), "signal_rule": at["rule"], "signal_step": at["step"],
            "signal_since": at["since"],
            "signal_seen": pd.Series(seen, at.index).fillna(at["period"]), "signal_at": at["period"],
            "signal_new": age < at["step"].map(SIGNAL_GAP).astype(int),
        },
        index=at.index,
    )  # fmt: skip
    able = judged.groupby("series")["reaches"].any().reindex(every).eq(True)
    whole = notes.reindex(every).assign(charted=able)
    whole["signal_new"] = whole["signal_new"].eq(True)
    return whole.fillna(dict.fromkeys(DATES, "")).rename_axis("series").reset_index()[COLUMNS]


ALIKE = (-0.1, 0.0, 0.3, 0.46, 0.6, 0.9)
MONTHLY = (0.03, 0.035, 0.076, 0.111, 0.12, 0.105)
"""The share of charts with a new signal at each likeness. Where levels wander far, most signals are old ones."""
QUARTERLY = 0.045


def luck_by_series(chart: pd.DataFrame, families: pd.Series) -> pd.Series:
    """
    The chance of a new signal by luck, for each series: that of its family.

    `chart`: `series, ordinal, value, step`: what is charted, in order of time.
    `families`: the family of each series, by series: those of one measure are alike.
    """
    likeness = alike(chart[["series", "value"]]).reindex(families.index)
    quarterly = chart.groupby("series")["step"].first().reindex(families.index) == "quarter"
    usual = likeness.groupby(families).transform("mean")
    return pd.Series(share_by_luck(usual, quarterly=quarterly), families.index)


def alike(chart: pd.DataFrame) -> pd.Series:
    """
    The lag-1 autocorrelation of each series about its own mean, mended for so few points (Kendall 1954).

    >>> chart = pd.DataFrame({"series": "a", "value": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]})
    >>> alike(chart).round(2).to_dict()
    {'a': 0.9}
    """
    by_series = chart.groupby("series")["value"]
    apart = chart["value"] - by_series.transform("mean")
    following = apart * apart.groupby(chart["series"]).shift(-1)
    raw = following.groupby(chart["series"]).sum() / (apart**2).groupby(chart["series"]).sum()
    many = by_series.count().clip(lower=4)
    return ((raw + 1 / many) / (1 - 3 / many)).clip(upper=AUTOCORRELATION_MOST)


def share_by_luck(autocorrelation, *, quarterly=False) -> np.ndarray:
    """
    The share of series with a new signal by luck at a likeness of neighbouring months; missing counts as none.

    >>> share_by_luck([0.0, 0.3]).round(3).tolist()
    [0.035, 0.076]
    """
    known = np.nan_to_num(np.asarray(autocorrelation, dtype=float))
    return np.where(quarterly, QUARTERLY, np.interp(known, ALIKE, MONTHLY))
