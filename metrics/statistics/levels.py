"""
How much there was lately, and the same time a year before.

A monthly count's level is the sum of 12 months, because a single month says little and months differ by season. A survey's rolling year
and a stock are levels as they stand. Levels are two numbers, and no judgement.
"""

import numpy as np
import pandas as pd

from metrics.domain import COUNTED, periods
from metrics.domain.periods import YEAR


def with_levels(series: pd.DataFrame, *, kind: str) -> pd.DataFrame:
    """
    Add the level at each period, and the level a year before.

    `series`: one measure, any number of places: `place, period, value`, and `residents` where known.
    Returns: the same rows with `level` and `before` in the measure's unit, missing where any of their months is.

    >>> months = periods.span("2022-01", "2023-12")
    >>> counts = pd.DataFrame({"place": "sutton", "period": months, "value": [1.0] * 12 + [2.0] * 12})
    >>> with_levels(counts, kind="count").tail(1)[["level", "before"]].to_numpy().tolist()
    [[24.0, 12.0]]
    """
    if series.empty:
        return series.assign(level=[], before=[])
    place, month = pd.factorize(series["place"])[0], _numbered(series["period"])
    order = np.lexsort((month, place))
    series, place, month = series.iloc[order].reset_index(drop=True), place[order], month[order]
    every = np.full((YEAR + month.max() + 1, place.max() + 1), np.nan)
    every[YEAR + month, place] = series["value"].to_numpy(dtype=float)
    level = pd.DataFrame(every).rolling(YEAR, min_periods=YEAR).sum().to_numpy() if kind in COUNTED else every
    return series.assign(level=level[YEAR + month, place], before=level[month, place])


def latest(levels: pd.DataFrame) -> pd.DataFrame:
    """
    The newest row of each place that has a level.

    >>> latest(pd.DataFrame({"place": ["a", "a"], "period": ["2023-01", "2023-02"], "level": [1.0, None]}))["period"].to_list()
    ['2023-01']
    """
    known = levels[levels["level"].notna()].sort_values("period", kind="stable")
    return known.drop_duplicates("place", keep="last", ignore_index=True)


def per(value: float, residents: float, *, of: float = 1000.0) -> float:
    """
    A rate: so many of each `of`.

    >>> per(20, 1000), per(5, float("nan"))
    (20.0, nan)
    """
    return value * of / residents if residents > 0 else float("nan")


def _numbered(period: pd.Series) -> np.ndarray:
    """Each month as a number: 0 for the first of all."""
    which, every = pd.factorize(period)
    first = min(every)
    return np.array([periods.between(first, month) for month in every])[which]
