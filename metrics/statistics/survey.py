"""
Shares from a survey: how sure they are, and when two of them differ.

Shares run from 0 to 1. Bases are effective ones, which need not be whole.
"""

import numpy as np

from metrics.domain import Measure
from metrics.statistics.parameters import CONFIDENCE, DESIGN_EFFECT, two_sided, z_of


def design_effect(measure: Measure) -> float:
    """How much weighting and clustering widen the variance of a survey question: its own factor, else the one assumed of all."""
    return measure.design_effect or DESIGN_EFFECT


def effective_base(n, deff):
    """
    How many simple random answers the interviews are worth.

    `deff`: design effect of the survey: how much weighting and clustering widen its variance.
    Source: Kish (1965), *Survey Sampling*.

    >>> effective_base(400, 1.6)
    250.0
    """
    if np.any(np.asarray(deff) <= 0):
        raise ValueError(f"design effect {deff}: must be above zero")
    return n / deff


def wilson(p, n_eff, confidence: float = CONFIDENCE):
    """
    The limits within which the true share lies, as far as chance in sampling goes.

    `p`: share, 0 to 1, number or array.
    `n_eff`: effective base; missing limits where it is zero.
    Returns: lower and upper limit, 0 to 1.
    Source: Wilson (1927), J Am Stat Assoc 22:209-212, without continuity correction.

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

    `p1`, `p2`: shares, 0 to 1, numbers or arrays.
    Returns: lower and upper limit, -1 to 1. The difference is clear if zero is outside them.
    Source: Newcombe (1998), Stat Med 17:873-890, method 10 (hybrid score, no continuity correction).

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


def difference_p(p1, n1, p2, n2):
    """
    The chance that two independent shares which are the same look as different as these, for comparing many places.

    `p1`, `p2`: shares, 0 to 1, numbers or arrays.
    `n1`, `n2`: their effective bases; missing answers where one is zero.
    Returns: the two-sided p; 1 where both shares are 0, or both 1.
    Source: The score test of two proportions with a pooled share.

    >>> round(float(difference_p(56 / 70, 70, 48 / 80, 80)), 4)
    0.008
    """
    p1, n1, p2, n2 = (np.asarray(value, dtype=float) for value in (p1, n1, p2, n2))
    n1, n2 = np.where(n1 > 0, n1, np.nan), np.where(n2 > 0, n2, np.nan)
    pooled = (p1 * n1 + p2 * n2) / (n1 + n2)
    error = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / n1 + 1 / n2))
    return two_sided(np.where(p1 == p2, 0.0 * error, (p1 - p2) / np.where(error > 0, error, np.nan))[()])
