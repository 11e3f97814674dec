"""
What is usual for a measure: the months that set it, London's seasons, counts made comparable by both, and how much they vary when nothing
happens: the honest variance behind every answer on counts.

Everything works on a grid: one row a month, one column a place. What is usual is set by the months before the plan
and frozen; a month's season is London's.

Every area is adjusted by the whole force's factors from frozen months: an area's own factors would fit its chance ups and downs. Months
of Covid restrictions are never used.

Independent events vary as their mean does. Recorded crime varies more: it comes in bunches (dispersion) and a high month is
followed by another (autocorrelation). Both are measured on the months of the baseline after level, season and a straight trend
are taken out, for a recovery or a decline under way is not noise. One area's 24 months say little by themselves, so its
dispersion is drawn towards the measure's median as far as areas do not differ by more than chance, and one autocorrelation is
taken from all of them.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import YEAR
from metrics.statistics.parameters import (
    AUTOCORRELATION_ASSUMED,
    AUTOCORRELATION_CEILING,
    AUTOCORRELATION_MOST,
    BASELINE_MONTHS,
    CLAIM_MINIMUM,
    CONFIDENCE,
    COVID_FIRST,
    COVID_LAST,
    MONTH_DAYS,
    SEASON_MONTHS,
    z_of,
)


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


FITTED = 2
"""Numbers estimated from each series: its level and its trend. The season is that of all areas together."""
LEAST_EXPECTED = 0.05
"""A falling trend is followed down to this share of the level, never to zero."""
LEAST_FREEDOM = 3
"""However alike the months are, a third of them count as free."""
AREAS_THAT_SHOW = 5
"""From fewer series than this no autocorrelation is believed that is lower than the one assumed."""


@dataclass(frozen=True)
class Variance:
    """The dispersion of each series (missing where the baseline is too short), and the autocorrelation of all."""

    dispersion: np.ndarray
    autocorrelation: float

    @property
    def factor(self) -> np.ndarray:
        """What the variance of independent events is multiplied by: phi (1 + a) / (1 - a)."""
        return self.dispersion * inflation(self.autocorrelation)


def inflation(autocorrelation: float) -> float:
    """
    How much wider autocorrelation makes the variance of a sum over many months.

    Source: Variance of the mean of a first-order autoregressive process (Bayley and Hammersley 1946).

    >>> round(inflation(0.3), 3), inflation(0.0)
    (1.857, 1.0)
    """
    return (1 + autocorrelation) / (1 - autocorrelation)


def variance(counts, weights) -> Variance:
    """
    The variance of several series of one measure.

    `counts`: months of the baseline by series, missing where nothing is published.
    `weights`: what each month brings beside others, nothing changing: its days times its season.

    >>> steady = variance(np.tile([[90.0], [110.0]], (12, 1)), np.ones(24))
    >>> steady.dispersion.round(2).tolist(), steady.autocorrelation
    ([1.18], 0.3)
    """
    residuals = trend_residuals(counts, weights)
    alike = pooled_autocorrelation(residuals)
    return Variance(pooled_dispersion(residuals, alike), alike)


def trend_residuals(counts, weights) -> np.ndarray:
    """
    Pearson residuals of each series around its level, the season and its own straight trend.

    Returns: same shape as `counts`; missing where a count is, and throughout a series with fewer than 8 counts or none above zero.

    >>> rising = np.arange(100.0, 124.0)[:, None]
    >>> bool(np.abs(trend_residuals(rising, np.ones(24))).max() < 1e-9)
    True
    """
    counts, weights = np.asarray(counts, dtype=float), np.asarray(weights, dtype=float)
    known = np.isfinite(counts)
    enough = (known.sum(axis=0) >= CLAIM_MINIMUM) & (np.nansum(counts, axis=0) > 0)
    expected = _fitted(np.where(known, counts, 0.0), np.where(known, weights[:, None], 0.0), weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(known & enough, (counts - expected) / np.sqrt(expected), np.nan)


def _fitted(counts: np.ndarray, used: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The straight line through each series per unit of weight, by least squares with variance in proportion to the weight."""
    time = np.arange(len(weights)) - (len(weights) - 1) / 2
    s0, s1, s2 = (used * (time**power)[:, None] for power in range(3))
    s0, s1, s2 = s0.sum(axis=0), s1.sum(axis=0), s2.sum(axis=0)
    c0, c1 = counts.sum(axis=0), (counts * time[:, None]).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        det = s0 * s2 - s1**2
        level, slope = (s2 * c0 - s1 * c1) / det, (s0 * c1 - s1 * c0) / det
        line = np.maximum(level + slope * time[:, None], LEAST_EXPECTED * c0 / s0)
    return line * weights[:, None]


def pooled_dispersion(residuals: np.ndarray, autocorrelation: float) -> np.ndarray:
    """
    Each series' dispersion, drawn towards the median of all, and never below that of independent events.

    The logarithm of a dispersion from f degrees of freedom varies by about 2 / f by chance. What areas differ by beyond that is
    taken as theirs; the rest is drawn to the median. A fitted level and trend take out more of months that are alike: each costs
    (1 + a) / (1 - a) degrees of freedom. The median of such dispersions lies below their mean by (1 - 2 / 9f) cubed, which is put back.

    >>> alike = np.tile([[1.5, 1.5, 1.5, 1.5], [-1.5, -1.5, -1.5, -1.5]], (12, 1))
    >>> pooled_dispersion(alike, 0.0).round(3).tolist()
    [2.53, 2.53, 2.53, 2.53]
    """
    known = np.isfinite(residuals)
    months = known.sum(axis=0)
    freedom = np.where(months > 0, np.maximum(months - FITTED * inflation(autocorrelation), months / LEAST_FREEDOM), 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.where(freedom > 0, np.nansum(residuals**2, axis=0) / freedom, np.nan)
        logs = np.log(np.where(own > 0, own, np.nan))
    if not np.isfinite(logs).any():
        return np.where(np.isfinite(own), 1.0, np.nan)
    usual = float(np.median(freedom[np.isfinite(logs)]))
    middle, chance = np.nanmedian(logs), 2 / usual
    beyond = max(0.0, float(np.nanvar(logs, ddof=1)) - chance) if np.isfinite(logs).sum() > 1 else math.inf
    share = 1.0 if beyond == math.inf else beyond / (beyond + chance)
    low = (1 - 2 / (9 * usual)) ** 3 if np.isfinite(logs).sum() > 1 else 1.0
    drawn = np.exp(middle - (1 - share) * math.log(low) + share * (np.nan_to_num(logs, nan=middle) - middle))
    return np.where(np.isfinite(own), np.maximum(1.0, drawn), np.nan)


def pooled_autocorrelation(residuals: np.ndarray) -> float:
    """
    How alike neighbouring months are in all series together, at least 0.3 unless the series show less.

    Few months after a fitted level and trend look less alike than they are, by about (2 + 4a) / n (Kendall 1954); that is put
    back. The series show less than 0.3 where 0.3 lies beyond the upper limit of their pooled value; one series alone never does.

    >>> random = np.random.default_rng(1)
    >>> pooled_autocorrelation(random.normal(size=(24, 32))) < 0.1
    True
    >>> pooled_autocorrelation(random.normal(size=(24, 1)))
    0.3
    """
    pairs = residuals[1:] * residuals[:-1]
    squares = np.nansum(residuals**2, axis=0)
    used = squares > 0
    if not used.any():
        return AUTOCORRELATION_ASSUMED
    months = np.isfinite(residuals[:, used]).sum(axis=0).mean()
    pooled = np.nansum(pairs[:, used]) / squares[used].sum()
    mended = min((pooled + 2 / months) / (1 - 4 / months), AUTOCORRELATION_MOST)
    each = np.nansum(pairs[:, used], axis=0) / squares[used]
    enough = used.sum() >= AREAS_THAT_SHOW
    sure = z_of(CONFIDENCE) * each.std(ddof=1) / math.sqrt(used.sum()) if enough else math.inf
    return float(max(0.0, mended) if mended + sure < AUTOCORRELATION_ASSUMED else max(AUTOCORRELATION_ASSUMED, mended))
