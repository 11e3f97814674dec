"""
Counts and rates: how sure they are, and how much more than chance they vary.

Exact limits use scipy, which is imported only when they are asked for: the served app reads
findings that were computed when it was built and never loads it.
"""

import numpy as np

from metrics.statistics.parameters import CONFIDENCE, SMALL_COUNT, z_of


def count_limits(x, confidence: float = CONFIDENCE):
    """
    The limits of the expected count, where this many independent events were seen.

    Parameters
    ----------
    x
        Events, number or array, not negative; missing stays missing.
    confidence
        Share of such intervals that hold the true value.

    Returns
    -------
    tuple
        Lower and upper limit, in events. A lower limit that would be negative is missing.

    Raises
    ------
    ValueError
        A negative count.

    Source
    ------
    Below 10 exact (Garwood 1936, from chi-squared), from 10 Byar's approximation (Breslow and
    Day 1987, *Statistical Methods in Cancer Research* II, p. 69), as Public Health England does.

    Examples
    --------
    >>> lower, upper = count_limits([0, 15])
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.0, 8.3893], [3.6889, 24.7416])
    """
    x = np.asarray(x, dtype=float)
    if np.any(x < 0):
        raise ValueError("a count is not negative")
    lower, upper = byar_limits(np.maximum(x, SMALL_COUNT), confidence)
    few = x < SMALL_COUNT
    if np.any(few):
        exact_lower, exact_upper = exact_limits(np.where(few, x, 0.0), confidence)
        lower, upper = np.where(few, exact_lower, lower), np.where(few, exact_upper, upper)
    return np.asarray(lower)[()], np.asarray(upper)[()]


def exact_limits(x, confidence: float = CONFIDENCE):
    """
    The exact limits of a Poisson mean; `x` need not be whole.

    Source
    ------
    Garwood (1936), Biometrika 28:437-442.

    Examples
    --------
    >>> lower, upper = exact_limits(9)
    >>> round(float(lower), 4), round(float(upper), 4)
    (4.1154, 17.0848)
    """
    from scipy.special import gammainccinv, gammaincinv

    x, tail = np.asarray(x, dtype=float), (1 - confidence) / 2
    lower = np.where(x == 0, 0.0, gammaincinv(np.where(x == 0, 1.0, x), tail))
    return lower[()], gammainccinv(x + 1, tail)[()]


def byar_limits(x, confidence: float = CONFIDENCE):
    """
    Byar's approximate limits of a Poisson mean, for counts of ten or more.

    Returns
    -------
    tuple
        Lower and upper limit; a lower one that would be negative, as below ten it can, is missing.

    Source
    ------
    Breslow and Day (1987), *Statistical Methods in Cancer Research* II, p. 69.

    Examples
    --------
    >>> lower, upper = byar_limits(1045)
    >>> round(float(lower), 3), round(float(upper), 3)
    (982.593, 1110.331)
    """
    x, z = np.asarray(x, dtype=float), z_of(confidence)
    more = x + 1
    lower = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(lower < 0, np.nan, lower)[()], upper[()]


def rate(x, n, per: float = 1000, confidence: float = CONFIDENCE):
    """
    Events per so many people, with limits.

    Parameters
    ----------
    x
        Events, number or array.
    n
        People, or another exposure; above zero.
    per
        The rate is per this many.

    Returns
    -------
    tuple
        Rate, lower and upper limit.

    Raises
    ------
    ValueError
        A negative count, or an exposure that is not above zero.

    Examples
    --------
    >>> [round(float(part), 4) for part in rate(15, 400, per=1)]
    [0.0375, 0.021, 0.0619]
    """
    x, n = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    if np.any(n <= 0):
        raise ValueError("an exposure is above zero")
    lower, upper = count_limits(x, confidence)
    return (per * x / n)[()], (per * lower / n)[()], (per * upper / n)[()]


def dispersion(counts, expected, parameters: int = 1) -> float:
    """
    How much more counts vary around what was expected than independent events would.

    Parameters
    ----------
    counts, expected
        Counts of the baseline periods and their fitted values; pairs with a missing count do
        not take part.
    parameters
        How many numbers were estimated from the counts to fit them.

    Returns
    -------
    float
        At least 1, which is the variation of independent events.

    Raises
    ------
    ValueError
        Too few counts, or an expected count that is not above zero.

    Source
    ------
    Pearson's chi-squared over its degrees of freedom (McCullagh and Nelder 1989).

    Examples
    --------
    >>> dispersion([90, 110, 130, 70], [100, 100, 100, 100])
    6.666666666666667
    >>> dispersion([99, 101, 100], [100, 100, 100])
    1.0
    """
    counts, expected = np.broadcast_arrays(np.asarray(counts, dtype=float), np.asarray(expected, dtype=float))
    known = ~np.isnan(counts)
    if known.sum() <= parameters:
        raise ValueError(f"{known.sum()} counts: more than {parameters} are needed")
    if not np.all(expected[known] > 0):
        raise ValueError("an expected count is above zero")
    chi_squared = ((counts[known] - expected[known]) ** 2 / expected[known]).sum()
    return max(1.0, float(chi_squared / (known.sum() - parameters)))
