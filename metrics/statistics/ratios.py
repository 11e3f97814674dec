"""
Two rates or two administrative percentages: how they compare, and how sure that is.

Events recorded by the police come in bunches, so their counts vary more than independent ones
would. Every comparison therefore asks how much more, and none assumes it. Small counts are
compared exactly, in `exact_counts`. The bases of percentages, such as calls answered in time, are in the thousands, so chance alone
would allow hardly any movement; how much more ordinary months move is taken from the baseline (Laney) and widens the range.
"""

from typing import NamedTuple

import numpy as np

from metrics.statistics.parameters import BASELINE_MINIMUM, CONFIDENCE, two_sided, z_of


class Comparison(NamedTuple):
    """A ratio or a difference, its limits, and the two-sided p of there being none."""

    estimate: float
    low: float
    high: float
    p: float


def rate_ratio(c1, t1, c0, t0, dispersion) -> Comparison:
    """
    The ratio of a new rate to an old one, where neither count is small.

    `t1`, `t0`: their exposures, in the same unit: days, or days times people.
    `dispersion`: how much more than independent events the counts vary; 1 only for events known to be independent.
    Returns: missing throughout where a count is zero: there is no ratio then.
    Source: Log-normal limits with the variance of the log ratio multiplied by the dispersion.

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
    reach = z_of(CONFIDENCE) * error
    return Comparison(np.exp(log), np.exp(log - reach), np.exp(log + reach), two_sided(log / error))


def share_difference(p1, n1, p0, n0, sigma_z: float) -> Comparison:
    """
    The difference `p1 - p0` of two administrative percentages with bases in the thousands.

    `p1`, `p0`: new and old share, 0 to 1.
    `sigma_z`: how much more the shares of the baseline vary than chance alone allows (Laney); a value below 1 counts as 1.
    Source: Pooled two-proportion limits, widened as in Laney's P' chart (Laney 2002, Qual Eng 14:531-537).

    >>> change = share_difference(0.80, 4000, 0.82, 4000, sigma_z=3.0)
    >>> round(float(change.low), 4), round(float(change.high), 4)
    (-0.0716, 0.0316)
    """
    p1, n1, p0, n0 = (np.asarray(value, dtype=float) for value in (p1, n1, p0, n0))
    pooled = (p1 * n1 + p0 * n0) / (n1 + n0)
    error = np.maximum(1.0, sigma_z) * np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0))
    difference, reach = p1 - p0, z_of(CONFIDENCE) * error
    p = two_sided(difference / np.where(error > 0, error, np.nan))
    return Comparison(difference[()], difference - reach, difference + reach, p)


MEAN_RANGE_OF_NORMAL = 1.128
"""The mean moving range of a standard Normal process (Laney 2002; Wheeler 1993)."""


def laney_sigma_z(p, n) -> float:
    """
    How much more the shares of a baseline vary than chance alone allows.

    `p`, `n`: shares between 0 and 1 and what they are shares of, one a month in order.
    Returns: Laney's sigma z; missing with fewer than 12 months or where shares do not vary by chance at all (0 or 1).
    Source: Laney (2002), Quality Engineering 14:531-537.

    >>> to_and_fro = [0.80, 0.82] * 6
    >>> round(laney_sigma_z(to_and_fro, [1000] * 12), 2)
    1.43
    """
    p, n = np.asarray(p, dtype=float), np.asarray(n, dtype=float)
    centre = (p * n).sum() / n.sum() if n.sum() > 0 else np.nan
    if len(p) < BASELINE_MINIMUM or not 0 < centre < 1:
        return float("nan")
    z = (p - centre) / np.sqrt(centre * (1 - centre) / n)
    return float(np.abs(np.diff(z)).mean() / MEAN_RANGE_OF_NORMAL)
