"""
Many comparisons at once: what luck alone would show, and what stands out beyond it.

One family is one measure's areas at one meeting. An area that could not be tested is not
in the family.
"""

import numpy as np


def benjamini_hochberg(p) -> np.ndarray:
    """
    The smallest share of false discoveries at which each comparison would be called clear.

    Parameters
    ----------
    p
        Two-sided p of each comparison in one family; missing where none could be made.

    Returns
    -------
    ndarray
        Adjusted p in the same order; missing stays missing.

    Raises
    ------
    ValueError
        A p outside 0 to 1.

    Source
    ------
    Benjamini and Hochberg (1995), J R Stat Soc B 57:289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, float("nan"), 0.03]).round(4).tolist()
    [0.03, 0.04, nan, 0.04]
    """
    p = np.asarray(p, dtype=float)
    if np.any((p < 0) | (p > 1)):
        raise ValueError("a p lies between 0 and 1")
    adjusted, tested = np.full(p.shape, np.nan), np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return adjusted
