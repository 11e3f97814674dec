"""
Shares from a survey: how sure they are, and when two of them differ.

Shares run from 0 to 1. Bases are effective ones, which need not be whole.
"""

import numpy as np
import pandas as pd

from metrics.statistics.parameters import CONFIDENCE, two_sided, z_of


def effective_base(n, deff):
    """
    How many simple random answers the interviews are worth.

    Parameters
    ----------
    n
        Interviews, number or array.
    deff
        Design effect of the survey: how much weighting and clustering widen its variance.

    Raises
    ------
    ValueError
        A design effect that is not above zero.

    Source
    ------
    Kish (1965), *Survey Sampling*.

    Examples
    --------
    >>> effective_base(400, 1.6)
    250.0
    """
    if np.any(np.asarray(deff) <= 0):
        raise ValueError(f"design effect {deff}: must be above zero")
    return n / deff


def wilson(p, n_eff, confidence: float = CONFIDENCE):
    """
    The limits within which the true share lies, as far as chance in sampling goes.

    Parameters
    ----------
    p
        Share, 0 to 1, number or array.
    n_eff
        Effective base; missing limits where it is zero.
    confidence
        Share of such intervals that hold the true value.

    Returns
    -------
    tuple
        Lower and upper limit, 0 to 1.

    Raises
    ------
    ValueError
        A share outside 0 to 1, or a negative base.

    Source
    ------
    Wilson (1927), J Am Stat Assoc 22:209-212, without continuity correction.

    Examples
    --------
    >>> lower, upper = wilson(81 / 263, 263)
    >>> round(float(lower), 4), round(float(upper), 4)
    (0.2553, 0.3662)
    """
    p, n_eff = np.broadcast_arrays(np.asarray(p, dtype=float), np.asarray(n_eff, dtype=float))
    if np.any((p < 0) | (p > 1)) or np.any(n_eff < 0):
        raise ValueError("a share lies between 0 and 1 and a base is not negative")
    z, n = z_of(confidence), np.where(n_eff > 0, n_eff, np.nan)
    middle = 2 * p * n + z**2
    reach = z * np.sqrt(z**2 + 4 * p * n * (1 - p))
    limits = [np.clip((middle + side * reach) / (2 * (n + z**2)), 0, 1) for side in (-1, 1)]
    return limits[0][()], limits[1][()]


def newcombe(p1, n1, p2, n2):
    """
    The limits of the difference `p1 - p2` between two independent shares.

    Parameters
    ----------
    p1, p2
        Shares, 0 to 1, numbers or arrays.
    n1, n2
        Their effective bases.

    Returns
    -------
    tuple
        Lower and upper limit, -1 to 1. The difference is clear if zero is outside them.

    Source
    ------
    Newcombe (1998), Stat Med 17:873-890, method 10 (hybrid score, no continuity correction).

    Examples
    --------
    >>> lower, upper = newcombe(56 / 70, 70, 48 / 80, 80)
    >>> round(float(lower), 4), round(float(upper), 4)
    (0.0524, 0.3339)
    """
    p1, p2 = np.asarray(p1, dtype=float), np.asarray(p2, dtype=float)
    (lower1, upper1), (lower2, upper2) = wilson(p1, n1), wilson(p2, n2)
    difference = p1 - p2
    lower = difference - np.hypot(p1 - lower1, upper2 - p2)
    upper = difference + np.hypot(upper1 - p1, p2 - lower2)
    return lower[()], upper[()]


def difference_z_p(p1, n1, p2, n2):
    """
    How many standard errors apart two independent shares are, for comparing many places.

    Parameters
    ----------
    p1, p2
        Shares, 0 to 1, numbers or arrays.
    n1, n2
        Their effective bases; missing answers where one is zero.

    Returns
    -------
    tuple
        z, and its two-sided p. Where both shares are 0, or both 1, z is 0 and p is 1.

    Source
    ------
    The score test of two proportions with a pooled share.

    Examples
    --------
    >>> z, p = difference_z_p(56 / 70, 70, 48 / 80, 80)
    >>> round(float(z), 4), round(float(p), 4)
    (2.6502, 0.008)
    """
    p1, n1, p2, n2 = (np.asarray(value, dtype=float) for value in (p1, n1, p2, n2))
    n1, n2 = np.where(n1 > 0, n1, np.nan), np.where(n2 > 0, n2, np.nan)
    pooled = (p1 * n1 + p2 * n2) / (n1 + n2)
    error = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / n1 + 1 / n2))
    z = np.where(p1 == p2, 0.0 * error, (p1 - p2) / np.where(error > 0, error, np.nan))[()]
    return z, two_sided(z)


def with_difference(pairs: pd.DataFrame, *, deff: float) -> pd.DataFrame:
    """
    Add how far each pair of percentages of a rolling survey year is apart, and the limits of that difference.

    Neighbouring rolling figures share nine months of interviews, so that their difference says little and looks like much: only the one
    exactly twelve months earlier shares none.

    Parameters
    ----------
    pairs
        As from `twelve_months_apart`: value and value_before in per cent, base and base_before.
    deff
        Design effect of the survey.

    Returns
    -------
    DataFrame
        The same rows with difference, lower, upper (percentage points), z and p.

    Examples
    --------
    >>> pair = pd.DataFrame({"value": [49.0], "base": [400], "value_before": [61.0], "base_before": [400]})
    >>> with_difference(pair, deff=1.3)[["difference", "lower", "upper"]].round(1).values.tolist()
    [[-12.0, -19.7, -4.1]]
    """
    now, before = pairs["value"].to_numpy(float) / 100, pairs["value_before"].to_numpy(float) / 100
    n_now, n_before = effective_base(pairs["base"], deff), effective_base(pairs["base_before"], deff)
    lower, upper = newcombe(now, n_now, before, n_before)
    z, p = difference_z_p(now, n_now, before, n_before)
    points = pairs["value"] - pairs["value_before"]
    return pairs.assign(difference=points, lower=100 * lower, upper=100 * upper, z=z, p=p)
