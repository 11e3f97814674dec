"""
Two rates, two counts or two administrative percentages: how they compare, and how sure that is.

Events recorded by the police come in bunches, so their counts vary more than independent ones would. Every comparison of large counts
therefore asks how much more, and none assumes it. The bases of percentages, such as calls answered in time, are in the thousands, so
chance alone would allow hardly any movement; how much more ordinary months move is taken from the baseline (Laney) and widens the range.

Small counts are compared exactly: given the sum of both, the newer count is binomial. On the scale of the logarithm and for arrays, because
a measure of rare events asks it of every area. scipy is imported only when it is called, and of it the plain functions alone:
`scipy.stats` takes four times the memory.

Rare events, such as killings in one area, get this test or an honest "too few", and no chart of the days between events. Releases hold
months, not days, so such a chart (g or t) could not be drawn from them. Nor would it tell much more. Simulated, 600 runs, probability
limits of 0.135% and runs of seven, a false signal a meeting and a doubling found within a year: 3 events a year 1.6% and 20% (this test
on 12 months: 0.1%, and 5% at a meeting); 6 a year 2.1% and 40% (2.0% and 22%); 15 a year 2.5% and 49% (3.4% and 59%). Over two measures
in 32 areas that would be one false alarm at every meeting, about deaths.
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


def exact_limits(x, confidence: float = CONFIDENCE):
    """
    The exact limits of a Poisson mean; `x` need not be whole.

    Source: Garwood (1936), Biometrika 28:437-442.

    >>> lower, upper = exact_limits(9)
    >>> round(float(lower), 4), round(float(upper), 4)
    (4.1154, 17.0848)
    """
    from scipy.special import gammainccinv, gammaincinv

    x, tail = np.asarray(x, dtype=float), (1 - confidence) / 2
    lower = np.where(x == 0, 0.0, gammaincinv(np.where(x == 0, 1.0, x), tail))
    return lower[()], gammainccinv(x + 1, tail)[()]


ROUNDING = 1e-7
"""Outcomes as likely as the one seen, up to rounding, count as no likelier (as R's `binom.test` does)."""


def exact_ratios(now: np.ndarray, days_now: float, before: np.ndarray, days_before: float) -> np.ndarray:
    """
    Log ratios of two rates with exact limits and p.

    `now`, `before`: whole counts, not both zero.
    Returns: four rows: log ratio, lower and upper limit (infinite where a count is zero), two-sided p.
    Source: Clopper and Pearson (1934) limits of the binomial share; the p adds every outcome that is no likelier than the one seen, as R's
        `poisson.test` does.

    >>> change, low, high, p = exact_ratios(np.array([11]), 800, np.array([21]), 3011)[:, 0]
    >>> np.exp([change, low, high]).round(4).tolist(), round(float(p), 5)
    ([1.9715, 0.8584, 4.2773], 0.07967)
    """
    from scipy.special import betaincinv

    now, total = np.asarray(now, dtype=float), np.asarray(now, dtype=float) + np.asarray(before, dtype=float)
    if not len(now):
        return np.empty((4, 0))
    tail, share = (1 - CONFIDENCE) / 2, days_now / (days_now + days_before)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = np.where(now > 0, betaincinv(now, total - now + 1, tail), 0.0)
        upper = np.where(now < total, betaincinv(now + 1, total - now, 1 - tail), 1.0)
        logs = [np.log(part / (1 - part)) + np.log(days_before / days_now) for part in (now / total, lower, upper)]
    every = np.arange(total.max() + 1)[:, None]
    chances, seen = _chance(every, total, share), _chance(now, total, share)
    p = np.where(chances <= seen * (1 + ROUNDING), chances, 0.0).sum(axis=0)
    return np.array([*logs, np.minimum(1.0, p)])


def _chance(events: np.ndarray, total: np.ndarray, share: float) -> np.ndarray:
    """The binomial chance of each number of events; none beyond the total."""
    from scipy.special import gammaln, xlog1py, xlogy

    rest = np.maximum(total - events, 0)
    logs = gammaln(total + 1) - gammaln(events + 1) - gammaln(rest + 1) + xlogy(events, share) + xlog1py(rest, -share)
    return np.where(events <= total, np.exp(logs), 0.0)
