"""
What changed in a count: against the same quarter last year, and against the twelve months before.

Months are compared only with the same months of another year, so that neither the season nor
the length of the month passes for change. A window that crosses a break is not compared.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from metrics.domain import BETTER
from metrics.domain.periods import days, shift, span
from metrics.statistics.parameters import SMALL_COUNT
from metrics.statistics.ratios import Comparison, exact_conditional, rate_ratio

OUTCOMES = ("compared", "too few", "not enough data", "cannot be compared")
METHODS = ("rate ratio", "exact", "none")
COUNTED = ("count", "flow")
YEAR = 12
QUARTER = 3
NOTHING = Comparison(math.nan, math.nan, math.nan, math.nan)


@dataclass(frozen=True)
class Change:
    """
    Two windows of one series and what can be said of their difference.

    `now` and `before` are totals over `now_span` and `before_span` (first and last period). `ratio`
    is new over old per day (and per head, where the population was given) with limits `low` and
    `high`; missing where there is none. `base` is how many events the comparison rests on.
    """

    outcome: str
    method: str
    better: str
    now: float
    before: float
    now_span: tuple[str, str] | None
    before_span: tuple[str, str] | None
    ratio: float = math.nan
    low: float = math.nan
    high: float = math.nan
    p: float = math.nan
    base: float = math.nan
    note: str = ""

    @property
    def direction(self) -> str:
        """`improvement`, `worsening`, `rise` or `fall` where the limits leave no doubt, else `none`."""
        if not (self.low > 1 or self.high < 1):
            return "none"
        rise = self.low > 1
        if self.better == "neither":
            return "rise" if rise else "fall"
        return "improvement" if rise == (self.better == "higher") else "worsening"


def same_quarter(
    series: pd.DataFrame,
    *,
    better: str,
    kind: str,
    dispersion: float,
    population: Mapping[str, float] | None = None,
    breaks: Sequence[str] = (),
) -> Change:
    """
    Compare the latest complete calendar quarter with the same quarter of the year before.

    Parameters
    ----------
    series
        One measure and place: period, and value in events a month; missing stays missing.
    better
        `higher`, `lower` or `neither`.
    kind
        `count` or `flow`: only events are compared as rates.
    dispersion
        How much more the counts vary than independent events, from `rates.dispersion`.
    population
        People in each period; None compares counts per day. Give the same denominator year for
        both windows, or say that the rate rests on two.
    breaks
        The first period of each new meaning across which comparison is refused.

    Returns
    -------
    Change

    Raises
    ------
    ValueError
        A measure that does not count events, a period that comes twice, or a missing population.

    Source
    ------
    Log-normal rate ratio with dispersion; the exact conditional test where a count is below 10;
    no test where both together are below 10.

    Examples
    --------
    >>> months = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 7)]
    >>> series = pd.DataFrame({"period": months, "value": [104.0] * 6 + [78.0] * 6})
    >>> change = same_quarter(series, better="lower", kind="count", dispersion=1.0)
    >>> change.now_span, change.before_span, change.now, change.before, change.direction
    (('2025-04', '2025-06'), ('2024-04', '2024-06'), 234.0, 312.0, 'improvement')
    """
    values = _values(series, kind, better)
    ends = [end for end in values if int(end[5:]) % QUARTER == 0 and _whole(values, months_to(end, QUARTER))]
    return _compare(values, max(ends, default=None), QUARTER, better, dispersion, population, breaks)


def twelve_months(
    series: pd.DataFrame,
    *,
    better: str,
    kind: str,
    dispersion: float,
    population: Mapping[str, float] | None = None,
    breaks: Sequence[str] = (),
) -> Change:
    """
    Compare the latest twelve months with the twelve before them.

    Parameters, returns and errors are those of `same_quarter`.

    Examples
    --------
    >>> months = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
    >>> few = pd.DataFrame({"period": months, "value": [0] * 12 + [1] * 4 + [0] * 8})
    >>> change = twelve_months(few, better="lower", kind="count", dispersion=1.0)
    >>> change.outcome, change.now, change.before, change.note
    ('too few', 4.0, 0.0, 'from none to 4')
    """
    values = _values(series, kind, better)
    return _compare(values, max(values, default=None), YEAR, better, dispersion, population, breaks)


def by_period(series: pd.DataFrame) -> dict[str, float]:
    """
    The known values of one measure and place by period, oldest first; missing ones are left out.

    Raises
    ------
    ValueError
        A period that comes twice.

    Examples
    --------
    >>> by_period(pd.DataFrame({"period": ["2025-02", "2025-01"], "value": [7, 5]}))
    {'2025-01': 5, '2025-02': 7}
    """
    if series["period"].duplicated().any():
        raise ValueError("a period comes twice: one measure and place at a time")
    known = series[series["value"].notna()].sort_values("period")
    return dict(zip(known["period"], known["value"].to_list(), strict=True))


def months_to(end: str, length: int) -> list[str]:
    """
    So many periods up to and including the last.

    Examples
    --------
    >>> months_to("2025-02", 3)
    ['2024-12', '2025-01', '2025-02']
    """
    return span(shift(end, 1 - length), end)


def _compare(values, end, length, better, dispersion, population, breaks):
    if end is None:
        return _unsaid("not enough data", better, None, None, values)
    now_months, before_months = months_to(end, length), months_to(shift(end, -YEAR), length)
    if not _whole(values, now_months) or not _whole(values, before_months):
        return _unsaid("not enough data", better, now_months, before_months, values)
    if any(before_months[0] < period <= now_months[-1] for period in breaks):
        return _unsaid("cannot be compared", better, now_months, before_months, values)
    now, before = (sum(values[period] for period in months) for months in (now_months, before_months))
    exposed_now, exposed_before = (_exposure(months, population) for months in (now_months, before_months))
    outcome, method, ratio = _tested(now, before, exposed_now, exposed_before, dispersion)
    note = f"from none to {now:g}" if before == 0 and now > 0 else ""
    estimate = ratio.estimate if before > 0 else math.nan
    now_span, before_span = (now_months[0], now_months[-1]), (before_months[0], before_months[-1])
    low, high, p = (float(part) for part in (ratio.low, ratio.high, ratio.p))
    return Change(outcome, method, better, now, before, now_span, before_span, float(estimate), low, high, p, now + before, note)


def _tested(now, before, t1, t0, dispersion):
    if now + before < SMALL_COUNT:
        return "too few", "none", NOTHING
    if min(now, before) < SMALL_COUNT:
        return "compared", "exact", exact_conditional(now, t1, before, t0)
    return "compared", "rate ratio", rate_ratio(now, t1, before, t0, dispersion)


def _unsaid(outcome, better, now_months, before_months, values):
    totals = [_total(values, months) for months in (now_months, before_months)]
    spans = [(months[0], months[-1]) if months else None for months in (now_months, before_months)]
    return Change(outcome, "none", better, *totals, *spans)


def _total(values, months):
    return sum(values[period] for period in months) if months and _whole(values, months) else math.nan


def _exposure(months, population):
    if population is None:
        return float(sum(days(period) for period in months))
    missing = [period for period in months if period not in population]
    if missing:
        raise ValueError(f"no population for {', '.join(missing)}")
    return float(sum(days(period) * population[period] for period in months))


def _values(series, kind, better):
    if kind not in COUNTED:
        raise ValueError(f"kind {kind!r}: only {' and '.join(COUNTED)} are compared as rates")
    if better not in BETTER:
        raise ValueError(f"better {better!r}: one of {', '.join(BETTER)}")
    return {period: float(value) for period, value in by_period(series).items()}


def _whole(values, months):
    return all(period in values for period in months)
