"""
Counts and rates: how sure they are, and how much more than chance they vary.

Exact limits use scipy, which is imported only when they are asked for: the served app reads
findings that were computed when it was built and never loads it.
"""

import numpy as np

from metrics.statistics.parameters import CONFIDENCE


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
