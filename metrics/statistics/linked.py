"""
A linked series: what each area would have had, had every event had an area.

Where the events of unknown area became few, every area rises with nothing happening. Up to that time each area is therefore
given its part of the month's unknown events: as large as its part of those whose area is known. The published figures stay
as they are; what is linked is used to compare, and is marked where it decides.
"""

import numpy as np
import pandas as pd


def linked(counts: pd.DataFrame, shared: pd.Series, *, force: str, until: str) -> pd.DataFrame:
    """
    Counts with the events of unknown area shared out among the areas.

    `counts`: the grid: a row a month, a column a place; the column `force` is the total of everything.
    `shared`: events of unknown area by month.
    `until`: the first month that stays as it is.
    Returns: the same grid; the force's column is not touched. A month whose share is not known stays as it is.

    >>> counts = pd.DataFrame({"all": [100.0, 100.0], "a": [60.0, 70.0], "b": [20.0, 30.0]}, index=["2024-09", "2024-10"])
    >>> linked(counts, pd.Series([20.0, 0.0], counts.index), force="all", until="2024-10")["a"].to_list()
    [75.0, 70.0]
    """
    total, unknown = counts[force], shared.reindex(counts.index)
    known = total - unknown
    factor = (total / known.where(known > 0)).where(counts.index < until).fillna(1.0).to_numpy()
    factors = np.repeat(factor[:, None], counts.shape[1], axis=1)
    factors[:, counts.columns == force] = 1.0
    return counts * factors
