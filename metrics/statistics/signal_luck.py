"""
How many control charts would show a new signal if nothing had happened but what always happens.

A frozen chart of independent months signals at a known rate. Where neighbouring months are alike, because a high month is followed by
another or because levels wander, runs come more easily. How alike the months are is measured on each series as it is charted (season and
length of month taken out); the rate at each likeness was found by simulation (`bench/answers.py`). One series' likeness is itself
uncertain, so the mean over a measure's series is used.
"""

import numpy as np
import pandas as pd

from metrics.statistics.parameters import AUTOCORRELATION_MOST

ALIKE = (0.0, 0.3, 0.6, 0.8)
MONTHLY = (0.05, 0.09, 0.11, 0.12)
QUARTERLY = 0.03


def shares_by_luck(chart: pd.DataFrame) -> pd.Series:
    """
    The chance of a new signal by luck, for each series.

    Parameters
    ----------
    chart
        `series, ordinal, value, step`: what is charted, in order of time.

    Returns
    -------
    Series
        A share for each series.
    """
    likeness = alike(chart)
    quarterly = chart.groupby("series")["step"].first().reindex(likeness.index) == "quarter"
    return pd.Series(share_by_luck(likeness, quarterly=quarterly), likeness.index)


def alike(chart: pd.DataFrame) -> pd.Series:
    """The lag-1 autocorrelation of each series about its own mean, mended for so few points."""
    by_series = chart.groupby("series")["value"]
    apart = chart["value"] - by_series.transform("mean")
    following = apart * apart.groupby(chart["series"]).shift(-1)
    keys = chart["series"]
    raw = following.groupby(keys).sum() / (apart**2).groupby(keys).sum()
    many = by_series.count()
    return ((raw + 1 / many) / (1 - 3 / many)).clip(upper=AUTOCORRELATION_MOST)


def share_by_luck(autocorrelation, *, quarterly=False) -> np.ndarray:
    """
    The share of series with a new signal by luck at a likeness of neighbouring months; missing counts as none.

    Examples
    --------
    >>> share_by_luck([0.0, 0.3]).round(3).tolist()
    [0.05, 0.09]
    """
    known = np.nan_to_num(np.asarray(autocorrelation, dtype=float))
    return np.where(quarterly, QUARTERLY, np.interp(known, ALIKE, MONTHLY))
