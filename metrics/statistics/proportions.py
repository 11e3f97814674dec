"""
Administrative percentages, such as calls answered in time: a year apart, with a range as wide as the figures vary.

Their bases are in the thousands, so chance alone would allow hardly any movement; ordinary months move more than
that. How much more is taken from the baseline (Laney) and widens the range; without it nothing is claimed.
"""

import numpy as np

from metrics.statistics.parameters import BASELINE_MINIMUM

MEAN_RANGE_OF_NORMAL = 1.128
"""The mean moving range of a standard Normal process (Laney 2002; Wheeler 1993)."""


def spread(p, n) -> float:
    """
    How much more the shares of a baseline vary than chance alone allows.

    Parameters
    ----------
    p, n
        Shares between 0 and 1 and what they are shares of, one a month in order.

    Returns
    -------
    float
        Laney's sigma z; missing with fewer than 12 months or where shares do not vary by chance at all (0 or 1).

    Source
    ------
    Laney (2002), Quality Engineering 14:531-537.

    Examples
    --------
    >>> to_and_fro = [0.80, 0.82] * 6
    >>> round(spread(to_and_fro, [1000] * 12), 2)
    1.43
    """
    p, n = np.asarray(p, dtype=float), np.asarray(n, dtype=float)
    centre = (p * n).sum() / n.sum() if n.sum() > 0 else np.nan
    if len(p) < BASELINE_MINIMUM or not 0 < centre < 1:
        return float("nan")
    z = (p - centre) / np.sqrt(centre * (1 - centre) / n)
    return float(np.abs(np.diff(z)).mean() / MEAN_RANGE_OF_NORMAL)
