"""
When will we know? How much longer figures must be gathered before a real change of a given size would be told from chance.

It starts from what a clear change would have needed this time, which already holds how much a place's figures vary.
"""

import math

from metrics.statistics.parameters import CONFIDENCE, z_of

POWER = 0.80
"""The share of real changes of that size that would be told from chance by then."""

LONGEST_QUARTERS = 12
LONGEST_YEARS = 3
"""Beyond these it is only said that it takes longer."""


def windows_for(needed: float, change: float, longest: int = LONGEST_QUARTERS) -> int | None:
    """
    Quarters (or years, where years are compared) that must lie on each side before a real change would be told.

    `needed`: the ratio that one window against one would have needed, above 1.
    `change`: the real change as a share: -0.1 for a fall of 10 in 100, 0.1 for a rise.
    Returns: whole windows, at least 1; None where it takes more than the longest.
    Source: The usual sample size for a comparison of two rates: the standard error shrinks with the square root of the windows.

    >>> windows_for(1.10, -0.10), windows_for(1.25, -0.10), windows_for(2.0, -0.10)
    (2, 10, None)
    """
    if not needed > 1 or not change > -1 or change == 0:
        raise ValueError(f"a ratio above 1 and a change between -1 and 0 or above 0 are needed, not {needed} and {change}")
    return _steps(math.log(needed), abs(math.log1p(change)), longest)


def years_for(needed: float, points: float) -> int | None:
    """
    Years of interviews that must lie on each side before a real change of a survey's figure would be told.

    `needed`: the points that one year against one would have needed.

    >>> years_for(7.0, 10.0), years_for(1.3, 5.0), years_for(7.0, 5.0)
    (2, 1, None)
    """
    if not needed > 0 or not points > 0:
        raise ValueError(f"points above zero are needed, not {needed} and {points}")
    return _steps(needed, points, LONGEST_YEARS)


def _steps(needed: float, change: float, longest: int) -> int | None:
    error = needed / z_of(CONFIDENCE)
    steps = math.ceil(((z_of(CONFIDENCE) + z_of(2 * POWER - 1)) * error / change) ** 2)
    return steps if steps <= longest else None
