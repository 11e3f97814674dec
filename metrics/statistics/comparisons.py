"""
Two rates, two counts, two shares of a survey or two administrative percentages: how they compare, and how sure that is.

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

Shares of a survey run from 0 to 1; their bases are effective ones, which need not be whole.
"""

from collections.abc import Sequence

import numpy as np

from metrics.domain import Measure
from metrics.statistics.parameters import BASELINE_MINIMUM, CONFIDENCE, DESIGN_EFFECT, two_sided, z_of


def log_ratio(now: np.ndarray, before: np.ndarray, days: Sequence[float], factor: np.ndarray) -> tuple[np.ndarray, ...]:
    """
    The logarithm of a rate over an earlier one, its limits, and the two-sided p.

    Source: Log-normal limits; the variance is `factor` times that of independent events, 1 / now + 1 / before.

    >>> change, low, high, p = log_ratio(np.array([236.0]), np.array([312.0]), [1, 1], np.array([1.7]))
    >>> np.exp([change[0], low[0], high[0]]).round(2).tolist()
    [0.76, 0.61, 0.94]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.log(now / days[0]) - np.log(before / days[1])
        error = np.sqrt(factor * (1 / now + 1 / before))
    reach = z_of(CONFIDENCE) * error
    return change, change - reach, change + reach, two_sided(change / error)


def share_difference(p1, n1, p0, n0, sigma_z: float) -> tuple[float, float, float, float]:
    """
    The difference `p1 - p0` of two administrative percentages with bases in the thousands.

    `p1`, `p0`: new and old share, 0 to 1.
    `sigma_z`: how much more the shares of the baseline vary than chance alone allows (Laney); a value below 1 counts as 1.
    Returns: the difference, its lower and upper limit, and the two-sided p of there being none.
    Source: Pooled two-proportion limits, widened as in Laney's P' chart (Laney 2002, Qual Eng 14:531-537).

    >>> [round(float(part), 4) for part in share_difference(0.80, 4000, 0.82, 4000, sigma_z=3.0)[1:3]]
    [-0.0716, 0.0316]
    """
    p1, n1, p0, n0 = (np.asarray(value, dtype=float) for value in (p1, n1, p0, n0))
    pooled = (p1 * n1 + p0 * n0) / (n1 + n0)
    error = np.maximum(1.0, sigma_z) * np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0))
    difference, reach = p1 - p0, z_of(CONFIDENCE) * error
    p = two_sided(difference / np.where(error > 0, error, np.nan))
    return difference[()], difference - reach, difference + reach, p


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


def count_ratios(
    now: np.ndarray, before: np.ndarray, exposures: Sequence[float], factor: np.ndarray, *, many: np.ndarray, few: np.ndarray
) -> np.ndarray:
    """
    The four rows of `log_ratio` where there are `many` events, of `exact_ratios` where there are `few`; missing elsewhere.

    `exposures`: of the newer and of the earlier counts, in the same unit: days, or days times a share.
    """
    values = np.full((4, len(now)), np.nan)
    values[:, many] = log_ratio(now[many], before[many], exposures, factor[many])
    values[:, few] = exact_ratios(np.rint(now[few]), exposures[0], np.rint(before[few]), exposures[1])
    return values


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
