"""
How much there was lately, the same time a year before, and whether that moves fast enough to reach a target.

A monthly count's level is the sum of 12 months, because a single month says little and months differ by season. A survey's rolling year
and a stock are levels as they stand. Levels are two numbers, and no judgement.

Of the path to a target two end points without their uncertainty would call most flat survey measures improving or worsening, so the label
depends on what the data can rule out. "Cannot tell yet" is the honest label for most areas in the first two years.
"""

import math
from typing import TypeGuard

import numpy as np
import pandas as pd

from metrics.domain import COUNTED, periods
from metrics.domain.periods import YEAR
from metrics.statistics.parameters import CONFIDENCE, QUARTERS_FOR_A_PATH, z_of


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


NO_TARGET = "no measurable target"
NOT_ENOUGH = "not enough data"
MET = "target met"
AT_TARGET = "at target this year, not yet certain"
WORSE = "getting worse"
NO_CHANGE = "off track: no clear change"
CANNOT_TELL = "cannot tell yet"
TOO_SLOW = "improving, but too slowly"
AHEAD = "ahead of the path"
ON_TRACK = "improving, on track"
LABELS = (NO_TARGET, NOT_ENOUGH, MET, AT_TARGET, WORSE, NO_CHANGE, CANNOT_TELL, TOO_SLOW, AHEAD, ON_TRACK)

SIGNS = {"higher": 1, "lower": -1}


def trajectory(
    baseline: float | None,
    current: float | None,
    se_baseline: float,
    se_current: float,
    target: float | None,
    elapsed_share: float,
    better: str,
    quarters_since: int,
    *,
    break_between: bool = False,
) -> str:
    """
    Say where a measure stands on its path from baseline to target.

    `baseline`, `current`: the measure over two windows of the same length that do not overlap, in its own unit; None where there is none.
    `se_baseline`, `se_current`: their standard errors, in the same unit; missing where they are not known, which says nothing either way.
    `elapsed_share`: how much of the time from baseline to target has passed, 0 to 1.
    `better`: `higher`, `lower` or `neither`; a measure without a better direction has no path.
    Returns: one of `LABELS`.

    >>> trajectory(55, 55.4, 0.9, 0.9, 65, 0.5, "higher", 8)
    'off track: no clear change'
    >>> trajectory(55, 56, 2.5, 2.5, 65, 0.25, "higher", 4)
    'cannot tell yet'
    """
    if better != "neither" and better not in SIGNS:
        raise ValueError(f"better {better!r}")
    if not 0 <= elapsed_share <= 1 or min(se_baseline, se_current) < 0:
        raise ValueError("an elapsed share lies between 0 and 1 and a standard error is not negative")
    if better == "neither" or not _present(target):
        return NO_TARGET
    if not (_present(baseline) and _present(current) and _present(se_baseline) and _present(se_current)):
        return NOT_ENOUGH
    if break_between or quarters_since < QUARTERS_FOR_A_PATH:
        return NOT_ENOUGH
    sign, z = SIGNS[better], z_of(CONFIDENCE)
    beyond = sign * (current - target)
    if beyond >= 0:
        return MET if beyond - z * se_current > 0 else AT_TARGET
    moved, reach = sign * (current - baseline), z * math.hypot(se_baseline, se_current)
    needed = required_so_far(baseline, target, elapsed_share, better)
    return _label(moved - reach, moved + reach, needed)


def required_so_far(baseline: float, target: float, elapsed_share: float, better: str) -> float:
    """
    How far the measure should have moved in the better direction by now, in its unit; 0 where the baseline was already at the target.

    >>> required_so_far(55, 65, 0.5, "higher")
    5.0
    """
    return elapsed_share * max(0, SIGNS[better] * (target - baseline))


def _label(low, high, needed):
    if high < 0:
        return WORSE
    if low <= 0:
        return CANNOT_TELL if high >= needed else NO_CHANGE
    if high < needed:
        return TOO_SLOW
    return AHEAD if low > needed else ON_TRACK


def _present(value: float | None) -> TypeGuard[float]:
    return value is not None and not math.isnan(value)
