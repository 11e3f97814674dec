"""
Months made comparable: equal lengths, and London's own seasons taken out.

Every area is adjusted by London-wide factors from frozen months: an area's own factors
would fit its chance ups and downs. Months of Covid restrictions are never used.
"""

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

from metrics.statistics.parameters import AUTOCORRELATION_CEILING, COVID_FIRST, COVID_LAST, SEASON_MONTHS


def usable_months(periods: Iterable[str], first: str, last: str) -> list[str]:
    """
    The periods from first to last, both included, without the Covid months.

    Examples
    --------
    >>> usable_months(["2020-01", "2020-02", "2020-03", "2021-06", "2021-07"], "2020-02", "2023-06")
    ['2020-02', '2021-07']
    """
    return [period for period in periods
            if first <= period <= last and not COVID_FIRST <= period <= COVID_LAST]


def seasonal_factors(london: pd.DataFrame, *, baseline: Collection[str]) -> pd.Series:
    """
    How much higher or lower than usual each calendar month is across London.

    Parameters
    ----------
    london
        London's own series: `period` and `value`, counts already through `per_day`.
    baseline
        The periods to learn from, as `usable_months` gives them; later figures never count.

    Returns
    -------
    Series
        Twelve floats, mean 1, indexed 1 (January) to 12: the mean of the month over the years, over
        the mean of all twelve.

    Raises
    ------
    ValueError
        Fewer than 36 published months in the baseline, a calendar month that never appears, or
        a month whose mean is not above 0.

    Examples
    --------
    >>> from metrics.domain.periods import span
    >>> months = span("2017-01", "2019-12")
    >>> totals = [120.0 if month.endswith("12") else 90.0 for month in months]
    >>> london = pd.DataFrame({"period": months, "value": totals})
    >>> seasonal_factors(london, baseline=months).round(3).loc[[1, 12]].to_list()
    [0.973, 1.297]
    """
    used = london[london["period"].isin(list(baseline)) & london["value"].notna()]
    means = used["value"].astype(float).groupby(used["period"].str[5:7].astype(int)).mean()
    if len(used) < SEASON_MONTHS or len(means) < 12:
        raise ValueError(f"seasonal factors need {SEASON_MONTHS} published months and every calendar month; "
                         f"{len(used)} months, {len(means)} calendar months given")
    if (means <= 0).any():
        raise ValueError("seasonal factors need every calendar month's mean above 0")
    return (means / means.mean()).rename_axis("month").rename("factor")


def autocorrelation(values: Iterable[float]) -> float:
    """
    How alike neighbouring values are: the lag-1 autocorrelation, between -1 and 1.

    Parameters
    ----------
    values
        One series in order, one entry per period, missing where nothing is published (no pair
        crosses a gap). Use the adjusted baseline.

    Returns
    -------
    float
        Missing if fewer than three values are published or they do not vary.

    Examples
    --------
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

    Examples
    --------
    >>> run_rules_hold([5.0, 7.0, 4.0, 6.0, 5.0]), run_rules_hold(range(24))
    (True, False)
    """
    return not autocorrelation(values) > AUTOCORRELATION_CEILING
