"""
Is a measure moving fast enough to reach its target?

Two end points without their uncertainty would call most flat survey measures improving or worsening, so the label depends on what the data
can rule out. "Cannot tell yet" is the honest label for most areas in the first two years.
"""

import math
from typing import TypeGuard

from metrics.statistics.parameters import CONFIDENCE, QUARTERS_FOR_A_PATH, z_of

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
