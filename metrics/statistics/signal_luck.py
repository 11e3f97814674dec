"""
How many control charts would show a new signal if nothing had happened but what always happens.

A frozen chart of independent months signals at a known rate. Where neighbouring months are alike, because a high month is followed by
another or because levels wander, runs come more easily. How alike the months are is measured on each series as it is charted (season and
length of month taken out); the rate at each likeness was found by simulation (`bench/answers.py`). One series' likeness is itself
uncertain, so the mean over a measure's areas is used.
"""

import numpy as np
import pandas as pd

from metrics.statistics.parameters import AUTOCORRELATION_MOST

ALIKE = (-0.1, 0.0, 0.3, 0.46, 0.6, 0.9)
MONTHLY = (0.05, 0.058, 0.105, 0.139, 0.15, 0.07)
"""The share of charts with a new signal at each likeness. Where levels wander far, most signals are old ones."""
QUARTERLY = 0.045


def luck_by_series(chart: pd.DataFrame, families: pd.Series) -> pd.Series:
    """
    The chance of a new signal by luck, for each series: that of its family.

    Parameters
    ----------
    chart
        `series, ordinal, value, step`: what is charted, in order of time.
    families
        The family of each series, by series: those of one measure are alike.

    Returns
    -------
    Series
        A share for each series of `families`.
    """
    likeness = alike(chart[["series", "value"]]).reindex(families.index)
    quarterly = chart.groupby("series")["step"].first().reindex(families.index) == "quarter"
    usual = likeness.groupby(families).transform("mean")
    return pd.Series(share_by_luck(usual, quarterly=quarterly), families.index)


def alike(chart: pd.DataFrame) -> pd.Series:
    """
    The lag-1 autocorrelation of each series about its own mean, mended for so few points (Kendall 1954).

    Examples
    --------
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

    Examples
    --------
    >>> share_by_luck([0.0, 0.3]).round(3).tolist()
    [0.058, 0.105]
    """
    known = np.nan_to_num(np.asarray(autocorrelation, dtype=float))
    return np.where(quarterly, QUARTERLY, np.interp(known, ALIKE, MONTHLY))
