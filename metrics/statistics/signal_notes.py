"""
A control chart's signal as a dated note with a direction, *below usual since December 2025*, and how many would come by luck alone.

Signals of one side that lie no farther apart than two quarters belong together: a lasting change is one signal, though a single
ordinary month falls among them. It dates from its first signalling month. It is *new* where the chart could first have shown it in
the newest two quarters: a month far out or two of three by themselves, a run of seven only with its seventh month.

A frozen chart of independent months signals at a known rate. Where neighbouring months are alike, because a high month is followed by
another or because levels wander, runs come more easily. How alike the months are is measured on each series as it is charted (season and
length of month taken out); the rate at each likeness was found by simulation (`bench/answers.py`). One series' likeness is itself
uncertain, so the mean over a measure's areas is used.
"""

import numpy as np
import pandas as pd

from metrics.statistics.chart_points import ALONE, NEWEST
from metrics.statistics.parameters import AUTOCORRELATION_MOST, SHIFT_POINTS, SIGNAL_GAP, TREND_POINTS

COLUMNS = ["series", "signal", "signal_rule", "signal_since", "signal_seen", "signal_at", "signal_new", "charted"]
LATER = {"shift": SHIFT_POINTS - 1, "trend": TREND_POINTS - 1}
"""How many points after its first one a run is complete."""


def dated_signals(points: pd.DataFrame, chart: pd.DataFrame) -> pd.DataFrame:
    """
    The signal that each series shows now, with its direction and its dates.

    `points`: the charts' points: `series, ordinal, value, centre, rule`.
    `chart`: what `chart_points.chart_input` gave, in the same keys: `period`, `judged`, `step`.
    Returns: one row a series: `signal` (`above`, `below` or nothing), `signal_rule`, `signal_since` (its first month), `signal_seen` (the
        month in which it could first be seen), `signal_at` (its newest month), `signal_new`, and `charted`: whether the chart could show a
        signal at all.
    """
    if not len(chart):
        return pd.DataFrame(columns=COLUMNS)
    judged = chart.loc[chart["judged"], ["series", "ordinal", "period", "step"]].sort_values(["series", "ordinal"])
    both = judged.merge(points[["series", "ordinal", "value", "centre", "rule"]], on=["series", "ordinal"])
    both = both.assign(
        back=both.groupby("series").cumcount(ascending=False),
        side=np.sign(both["value"] - both["centre"]),
        gap=both["step"].map(SIGNAL_GAP).astype(int),
        newest=both["step"].map(NEWEST).astype(int),
    )
    flagged = _episodes(both[(both["rule"] != "none") & (both["side"] != 0)])
    speaks = (flagged["back"] < flagged["newest"]) & ((flagged["rule"] == ALONE) | (flagged["back"] == 0))
    last = flagged[speaks].groupby("series").tail(1)
    return _noted(last, both, sorted(chart["series"].unique()))


def _episodes(flagged: pd.DataFrame) -> pd.DataFrame:
    """Signalling points, each with when its stretch began and when that could first be seen."""
    same = (flagged["series"] == flagged["series"].shift()) & (flagged["side"] == flagged["side"].shift())
    near = flagged["ordinal"] - flagged["ordinal"].shift() <= flagged["gap"]
    seen = flagged["ordinal"] + flagged["rule"].map(LATER).fillna(0).astype(int)
    flagged = flagged.assign(stretch=(~(same & near)).cumsum(), seen=seen)
    first = flagged.groupby("stretch").agg(since=("period", "first"), seen=("seen", "min"))
    return flagged.drop(columns="seen").join(first, on="stretch")


def _noted(last: pd.DataFrame, both: pd.DataFrame, every: list[str]) -> pd.DataFrame:
    newest = both.groupby("series")["ordinal"].max()
    at = last.set_index("series")
    age = newest.reindex(at.index) - at["seen"]
    months = both.set_index(["series", "ordinal"])["period"]
    seen = months.reindex(pd.MultiIndex.from_arrays([at.index, at["seen"]])).to_numpy()
    notes = pd.DataFrame(
        {
            "signal": np.where(at["side"] > 0, "above", "below"), "signal_rule": at["rule"], "signal_since": at["since"],
            "signal_seen": pd.Series(seen, at.index).fillna(at["period"]), "signal_at": at["period"], "signal_new": age < at["gap"],
        },
        index=at.index,
    )
    whole = notes.reindex(every).assign(charted=pd.Series(every, every).isin(newest.index))
    whole["signal_new"] = whole["signal_new"].eq(True)
    return whole.fillna(dict.fromkeys(COLUMNS[1:6], "")).rename_axis("series").reset_index()[COLUMNS]


ALIKE = (-0.1, 0.0, 0.3, 0.46, 0.6, 0.9)
MONTHLY = (0.05, 0.058, 0.105, 0.139, 0.15, 0.07)
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
    [0.058, 0.105]
    """
    known = np.nan_to_num(np.asarray(autocorrelation, dtype=float))
    return np.where(quarterly, QUARTERLY, np.interp(known, ALIKE, MONTHLY))
