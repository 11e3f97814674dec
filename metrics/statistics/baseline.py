"""
What is usual for a measure: the months that set it, London's seasons, and counts made comparable by both.

Everything works on a grid: one row a month, one column a place. What is usual is set by the months before the plan
and frozen; a month's season is London's.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import YEAR
from metrics.statistics.parameters import BASELINE_MONTHS, MONTH_DAYS, SEASON_MONTHS
from metrics.statistics.seasonality import seasonal_factors, usable_months

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

    Examples
    --------
    >>> rows = pd.DataFrame({"place": ["a", "a"], "period": ["2023-01", "2023-03"], "value": [1.0, 2.0]})
    >>> grid(rows)["a"].to_list()
    [1.0, nan, 2.0]
    """
    wide = figures.pivot(index="period", columns="place", values="value")
    return wide.reindex(periods.span(wide.index[0], wide.index[-1]))


def usual(counts: pd.DataFrame, *, total: str, first: str, last: str, start: str | None = None, refused: str | None = None) -> Usual:
    """
    Set what is usual, once, from months that will not change any more.

    Parameters
    ----------
    counts
        The grid.
    total
        The column of the whole force area, which gives the seasons.
    first, last
        The plan's baseline, usually the 24 months before its launch.
    start
        For a measure that starts later: its baseline is the first 24 months from there.
    refused
        The first month of the newest meaning of the measure, if comparison across it is refused.

    Returns
    -------
    Usual
        `factors` is None where the total has fewer than 36 usable months before the baseline's end.
    """
    begin = max(filter(None, [start, refused]), default=None)
    if begin and begin > first:
        first, last = begin, periods.shift(begin, BASELINE_MONTHS - 1)
    months = [month for month in counts.index if not begin or month >= begin]
    baseline = usable_months(months, first, last)
    known = usable_months(months, counts.index[0], last)
    return Usual(baseline, _factors(counts, total, known), first, refused or counts.index[0])


def comparable(counts: pd.DataFrame, how: Usual) -> pd.DataFrame:
    """Counts as if every month had the same length and no season."""
    return counts.div(weights(list(counts.index), how) / MONTH_DAYS, axis=0)


def weights(months: list[str], how: Usual) -> np.ndarray:
    """How many events each month brings beside others, nothing changing: its days, times its season."""
    if how.factors is None:
        return days(months)
    return days(months) * how.factors.loc[[int(month[5:]) for month in months]].to_numpy()


def days(months: list[str]) -> np.ndarray:
    """How many days each month has."""
    return np.array([periods.days(month) for month in months], dtype=float)


def _factors(counts: pd.DataFrame, total: str, known: list[str]) -> pd.Series | None:
    if total not in counts:
        return None
    whole = counts[total] * MONTH_DAYS / days(list(counts.index))
    values = whole.reindex(known).dropna()
    means = values.groupby(values.index.str[5:]).mean()
    if len(values) < SEASON_MONTHS or len(means) < YEAR or not (means > 0).all():
        return None
    return seasonal_factors(values.rename("value").rename_axis("period").reset_index(), baseline=known)
