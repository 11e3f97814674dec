"""
How many control charts would show a new signal if nothing had changed.

The share depends on how alike neighbouring months are: runs come more easily where they are. The shares here were found by
simulation (`bench/answers.py`) and are read off for each measure's own autocorrelation.
"""

import numpy as np

ALIKE = (0.0, 0.15, 0.3, 0.45, 0.6)
MONTHLY = (0.065, 0.08, 0.10, 0.125, 0.15)
QUARTERLY = 0.03


def share_by_luck(autocorrelation, *, quarterly=False) -> np.ndarray:
    """
    The share of unchanging series with a new signal.

    Parameters
    ----------
    autocorrelation
        Lag 1, of a series or of several; missing counts as none.
    quarterly
        Whether the chart goes by quarters.

    Examples
    --------
    >>> share_by_luck([0.0, 0.3]).round(3).tolist()
    [0.065, 0.1]
    """
    known = np.nan_to_num(np.asarray(autocorrelation, dtype=float))
    return np.where(quarterly, QUARTERLY, np.interp(known, ALIKE, MONTHLY))
