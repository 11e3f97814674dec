"""
What is usual for a measure: the months that set it, London's seasons, and counts made comparable by both.

Everything works on a grid: one row a month, one column a place. What is usual is set by the months before the plan
and frozen; a month's season is London's.

Every area is adjusted by the whole force's factors from frozen months: an area's own factors would fit its chance ups and downs. Months
of Covid restrictions are never used.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import YEAR
from metrics.statistics.parameters import AUTOCORRELATION_CEILING, BASELINE_MONTHS, COVID_FIRST, COVID_LAST, MONTH_DAYS, SEASON_MONTHS


def usable_months(periods: Iterable[str], first: str, last: str) -> list[str]:
    """
    The periods from first to last, both included, without the Covid months.

    >>> usable_months(["2020-01", "2020-02", "2020-03", "2021-06", "2021-07"], "2020-02", "2023-06")
    ['2020-02', '2021-07']
    """
    return [period for period in periods
            if first <= period <= last and not COVID_FIRST <= period <= COVID_LAST]


def autocorrelation(values: Iterable[float]) -> float:
    """
    How alike neighbouring values are: the lag-1 autocorrelation, between -1 and 1.

    `values`: one series in order, one entry per period, missing where nothing is published (no pair crosses a gap). Use the adjusted
        baseline.
    Returns: missing if fewer than three values are published or they do not vary.

    >>> autocorrelation([1.0, 2.0, 3.0, 4.0])
    0.25
    """
    known = np.asarray(list(values), dtype=float)
    apart = known - np.nanmean(known) if np.isfinite(known).sum() > 2 else np.zeros(0)
    spread = np.nansum(apart**2)
    return float(np.nansum(apart[1:] * apart[:-1]) / spread) if spread > 0 else float("nan")


def run_rules_hold(values: Iterable[float]) -> bool:
    """
    Whether runs mean anything in this series: lag-1 autocorrelation of at most 0.3.

    A series too short or too constant to measure has no limits either, so nothing is dropped.

    >>> run_rules_hold([5.0, 7.0, 4.0, 6.0, 5.0]), run_rules_hold(range(24))
    (True, False)
    """
    return not autocorrelation(values) > AUTOCORRELATION_CEILING


MONTHLY_FROM, QUARTERLY_FROM = 10.0, 5.0
"""A control chart by the month needs this mean a month in the baseline; by the quarter, this."""


@dataclass(frozen=True)
class Usual:
    """What is usual for a measure: the baseline's months, London's seasons if known, the months judged."""

    baseline: list[str]
    factors: pd.Series | None
    judged_from: str
    segment_from: str


def grid(figures: pd.DataFrame) -> pd.DataFrame:
    """
    Figures by month and place, every month from the first to the last, missing where nothing is published.

    >>> rows = pd.DataFrame({"place": ["a", "a"], "period": ["2023-01", "2023-03"], "value": [1.0, 2.0]})
    >>> grid(rows)["a"].to_list()
    [1.0, nan, 2.0]
    """
    wide = figures.pivot(index="period", columns="place", values="value")
    return wide.reindex(periods.span(wide.index[0], wide.index[-1]))


def usual_of(counts: pd.DataFrame, *, total: str, first: str, last: str, start: str | None = None, refused: str | None = None) -> Usual:
    """
    Set what is usual, once, from months that will not change any more.

    `first`, `last`: the plan's baseline, usually the 24 months before its launch.
    `start`: for a measure that starts later: its baseline is the first 24 months from there.
    `refused`: the first month of the newest meaning of the measure, if comparison across it is refused.
    Returns: `factors` is None where the total has fewer than 36 usable months before the baseline's end.
    """
    begin = max(filter(None, [start, refused]), default=None)
    if begin and begin > first:
        first, last = begin, periods.shift(begin, BASELINE_MONTHS - 1)
    months = [month for month in counts.index if not begin or month >= begin]
    baseline = usable_months(months, first, last)
    known = usable_months(months, counts.index[0], last)
    return Usual(baseline, seasonal_factors(counts, total, known), first, refused or counts.index[0])


def comparable(counts: pd.DataFrame, usual: Usual) -> pd.DataFrame:
    """Counts as if every month had the same length and no season."""
    return counts.div(weights(list(counts.index), usual) / MONTH_DAYS, axis=0)


def weights(months: list[str], usual: Usual) -> np.ndarray:
    """How many events each month brings beside others, nothing changing: its days, times its season."""
    if usual.factors is None:
        return days(months)
    return days(months) * usual.factors.loc[[int(month[5:]) for month in months]].to_numpy()


def days(months: list[str]) -> np.ndarray:
    """How many days each month has."""
    return np.array([periods.days(month) for month in months], dtype=float)


def seasonal_factors(counts: pd.DataFrame, total: str, known: list[str]) -> pd.Series | None:
    """
    How much higher or lower than usual each calendar month is across the force, learnt from the `known` months alone.

    Returns: twelve floats, mean 1, by the month's number: the mean of the month over the years, over the mean of all twelve; none where
        fewer than 36 months are published, a calendar month never is, or the mean of one is not above 0.

    >>> months = periods.span("2017-01", "2019-12")
    >>> counts = pd.DataFrame({"all": [periods.days(month) * (12.0 if month.endswith("12") else 9.0) for month in months]}, months)
    >>> seasonal_factors(counts, "all", months).round(3).loc[[1, 12]].to_list()
    [0.973, 1.297]
    """
    if total not in counts:
        return None
    values = (counts[total] * MONTH_DAYS / days(list(counts.index))).reindex(known).dropna().astype(float)
    means = values.groupby(values.index.str[5:7].astype(int)).mean()
    if len(values) < SEASON_MONTHS or len(means) < YEAR or not (means > 0).all():
        return None
    return means / means.mean()
