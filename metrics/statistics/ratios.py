"""
Two rates or two administrative percentages: how they compare, and how sure that is.

Events recorded by the police come in bunches, so their counts vary more than independent ones
would. Every comparison therefore asks how much more, and none assumes it. The exact test uses
scipy, which is imported only when it is called.
"""

import math
from typing import NamedTuple

import numpy as np

from metrics.statistics.parameters import CONFIDENCE, two_sided, z_of


class Comparison(NamedTuple):
    """A ratio or a difference, its limits, and the two-sided p of there being none."""

    estimate: float
    low: float
    high: float
    p: float


def rate_ratio(c1, t1, c0, t0, dispersion, confidence: float = CONFIDENCE) -> Comparison:
    """
    The ratio of a new rate to an old one, where neither count is small.

    Parameters
    ----------
    c1, c0
        New and old count, numbers or arrays.
    t1, t0
        Their exposures, in the same unit: days, or days times people.
    dispersion
        From `dispersion`; 1 only for events known to be independent.

    Returns
    -------
    Comparison
        Missing throughout where a count is zero: there is no ratio then.

    Raises
    ------
    ValueError
        A negative count, an exposure not above zero, or a dispersion below 1.

    Source
    ------
    Log-normal limits with the variance of the log ratio multiplied by the dispersion.

    Examples
    --------
    >>> ratio = rate_ratio(236, 1, 312, 1, dispersion=1.7)
    >>> round(float(ratio.estimate), 3), round(float(ratio.low), 2), round(float(ratio.high), 2)
    (0.756, 0.61, 0.94)
    """
    c1, t1, c0, t0 = (np.asarray(value, dtype=float) for value in (c1, t1, c0, t0))
    if np.any(c1 < 0) or np.any(c0 < 0) or np.any(t1 <= 0) or np.any(t0 <= 0):
        raise ValueError("counts are not negative and exposures are above zero")
    if np.any(np.asarray(dispersion) < 1):
        raise ValueError("a dispersion below 1 would claim more certainty than independent events allow")
    c1, c0 = np.where(c1 > 0, c1, np.nan), np.where(c0 > 0, c0, np.nan)
    log, error = np.log((c1 / t1) / (c0 / t0)), np.sqrt(dispersion * (1 / c1 + 1 / c0))
    reach = z_of(confidence) * error
    return Comparison(np.exp(log), np.exp(log - reach), np.exp(log + reach), two_sided(log / error))


def exact_conditional(c1: int, t1: float, c0: int, t0: float, confidence: float = CONFIDENCE) -> Comparison:
    """
    The ratio of a new rate to an old one, where a count is small.

    Given the sum of both counts, the new one is binomial. Where the old count is zero the ratio
    and the upper limit are infinite, and no sentence may print either.

    Parameters
    ----------
    c1, c0
        New and old count, whole, not both zero.
    t1, t0
        Their exposures, in the same unit.

    Raises
    ------
    ValueError
        Both counts zero, a count that is negative or not whole, or an exposure not above zero.

    Source
    ------
    Clopper and Pearson (1934) limits of the binomial share; the p adds every outcome that is no
    likelier than the one seen, as R's `poisson.test` does.

    Examples
    --------
    >>> ratio = exact_conditional(11, 800, 21, 3011)
    >>> round(ratio.estimate, 4), round(ratio.low, 4), round(ratio.high, 4), round(ratio.p, 5)
    (1.9715, 0.8584, 4.2773, 0.07967)
    """
    from scipy.stats import binomtest

    if min(c1, c0) < 0 or c1 + c0 == 0 or c1 != int(c1) or c0 != int(c0) or min(t1, t0) <= 0:
        raise ValueError("counts are whole, not negative and not both zero; exposures are above zero")
    test = binomtest(int(c1), int(c1 + c0), t1 / (t1 + t0))
    share = test.proportion_ci(confidence, method="exact")
    low, high = (math.inf if limit == 1 else limit / (1 - limit) * t0 / t1 for limit in (share.low, share.high))
    estimate = (c1 / t1) / (c0 / t0) if c0 else math.inf
    return Comparison(float(estimate), float(low), float(high), float(test.pvalue))


def share_difference(p1, n1, p0, n0, sigma_z: float, confidence: float = CONFIDENCE) -> Comparison:
    """
    The difference `p1 - p0` of two administrative percentages with bases in the thousands.

    Parameters
    ----------
    p1, p0
        New and old share, 0 to 1.
    n1, n0
        What they are shares of.
    sigma_z
        How much more the shares of the baseline vary than chance alone allows (Laney); a value
        below 1 counts as 1.

    Source
    ------
    Pooled two-proportion limits, widened as in Laney's P' chart (Laney 2002, Qual Eng 14:531-537).

    Examples
    --------
    >>> change = share_difference(0.80, 4000, 0.82, 4000, sigma_z=3.0)
    >>> round(float(change.low), 4), round(float(change.high), 4)
    (-0.0716, 0.0316)
    """
    p1, n1, p0, n0 = (np.asarray(value, dtype=float) for value in (p1, n1, p0, n0))
    pooled = (p1 * n1 + p0 * n0) / (n1 + n0)
    error = np.maximum(1.0, sigma_z) * np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0))
    difference, reach = p1 - p0, z_of(confidence) * error
    p = two_sided(difference / np.where(error > 0, error, np.nan))
    return Comparison(difference[()], difference - reach, difference + reach, p)
