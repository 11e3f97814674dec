"""
The two questions asked of every measure, the months that answer them, and when an answer could be had where there is none yet.

*On a year before*: is it different from the same time last year? *Since the plan began*: has the level moved from the year before
the plan? Each has two windows of the same length and the same months of the year, so that no season passes for a change.

How much longer figures must be gathered before a real change would be told from chance starts from what a clear change would have needed
this time, which already holds how much a place's figures vary.
"""

import math
from dataclasses import dataclass

from metrics.domain import periods
from metrics.domain.periods import QUARTER, YEAR, months_to
from metrics.statistics.parameters import CONFIDENCE, z_of

YEAR_BEFORE, SINCE_PLAN = "year", "plan"
QUESTIONS = (YEAR_BEFORE, SINCE_PLAN)


@dataclass(frozen=True)
class Windows:
    """The months now and the months before that are compared; `reason` says why there are none."""

    now: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    reason: str = ""

    @property
    def ends(self) -> tuple[str, str, str, str]:
        """The first and the last month of now, and of before."""
        return self.now[0], self.now[-1], self.before[0], self.before[-1]

    def straddle(self, first: str, until: str) -> bool:
        """
        Whether a break that begins in `first`, and is over by `until`, lies between or within the two windows.

        >>> windows = Windows(("2025-01",), ("2024-01",))
        >>> windows.straddle("2024-02", "2024-02"), windows.straddle("2024-01", "2024-01"), windows.straddle("2025-02", "2025-02")
        (True, False, False)
        >>> windows.straddle("2023-11", "2024-03")
        True
        """
        return bool(self.now) and self.before[0] < until and first <= self.now[-1]


@dataclass(frozen=True)
class PlanStart:
    """The month in which the plan was launched."""

    launched: str

    @property
    def last_before(self) -> str:
        """The last whole month before the launch."""
        return periods.shift(self.launched, -1)


def year_windows(end: str, length: int, years: int = 1) -> Windows:
    """
    So many months to `end` and the same of the year before, or of some years before.

    >>> year_windows("2026-06", 3).before, year_windows("2026-06", 3, 2).before[-1]
    (('2025-04', '2025-05', '2025-06'), '2024-06')
    """
    return Windows(tuple(months_to(end, length)), tuple(months_to(periods.shift(end, -YEAR * years), length)))


def years_to_plan(end: str, start: PlanStart) -> int:
    """
    How many years back the months to `end` first ended before the launch; at least 1.

    >>> start = PlanStart("2023-07")
    >>> years_to_plan("2026-06", start), years_to_plan("2025-09", start), years_to_plan("2023-03", start)
    (3, 3, 1)
    """
    return max(1, -(-periods.between(start.last_before, end) // YEAR))


def plan_windows(end: str, start: PlanStart) -> Windows:
    """
    The 12 months to `end` and the 12 before the launch; none where fewer than 12 months have passed since.

    >>> start = PlanStart("2023-07")
    >>> plan_windows("2026-06", start).before[0], plan_windows("2024-05", start).reason, plan_windows("2023-06", start).reason
    ('2022-07', 'too soon', 'not begun')
    """
    if end <= start.last_before:
        return Windows(reason="not begun")
    now = months_to(end, YEAR)
    if now[0] <= start.last_before:
        return Windows(reason="too soon")
    return Windows(tuple(now), tuple(months_to(start.last_before, YEAR)))


def quarter_end(months: list[str], whole: list[bool]) -> str | None:
    """
    The newest calendar quarter of which every month is whole, by its last month; none where there is none.

    >>> quarter_end(periods.span("2025-01", "2025-07"), [True] * 7)
    '2025-06'
    """
    ends = (i for i in range(len(months) - 1, QUARTER - 2, -1) if int(months[i][5:]) % QUARTER == 0)
    return next((months[i] for i in ends if all(whole[i - QUARTER + 1 : i + 1])), None)


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
