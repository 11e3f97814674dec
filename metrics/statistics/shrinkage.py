"""
Rates of small places, drawn towards the rate of the area that they lie in as far as chance explains the difference.

The count of a place is Poisson around its own rate; the rates of an area's places vary as a gamma distribution does, whose mean and
variance are taken from the counts themselves (empirical Bayes). A place with many residents keeps its own rate; one with few is drawn
to the area's. scipy is imported only when it is called.
"""

import numpy as np

from metrics.statistics.parameters import CONFIDENCE


def drawn_rates(counts, residents) -> np.ndarray:
    """
    The rates of the places of one area, each drawn to the area's, with the range that the figures leave open.

    Parameters
    ----------
    counts
        Events of each place over the same months, not below zero.
    residents
        How many live in each place, above zero.

    Returns
    -------
    ndarray
        Three rows: the rate a resident, and its lower and upper limit (equal tails of the gamma distribution that is left).

    Source
    ------
    Marshall (1991), Applied Statistics 40:283-294, the global estimator; the same as the posterior mean of the gamma-Poisson model of
    Clayton and Kaldor (1987) with its moments. Where counts differ by no more than chance, the variance is that of the area's own rate.

    Examples
    --------
    >>> drawn_rates([2, 30, 10], [1000, 3000, 2000])[0].round(4).tolist()
    [0.0046, 0.0092, 0.0057]
    """
    from scipy.special import gammaincinv

    counts, residents = np.asarray(counts, dtype=float), np.asarray(residents, dtype=float)
    mean = counts.sum() / residents.sum()
    if mean == 0:
        return np.zeros((3, len(counts)))
    variance = max(_between(counts, residents, mean), mean / residents.sum())
    events, people = counts + mean**2 / variance, residents + mean / variance
    tail = (1 - CONFIDENCE) / 2
    return np.array([events / people, *(gammaincinv(events, share) / people for share in (tail, 1 - tail))])


def _between(counts: np.ndarray, residents: np.ndarray, mean: float) -> float:
    """How far the rates vary beyond chance: their variance weighted by residents, without what Poisson counts alone would show."""
    return float((residents * (counts / residents - mean) ** 2).sum() / residents.sum() - mean / residents.mean())
