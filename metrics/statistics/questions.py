"""
The two questions asked of every measure, and the months that answer them.

*On a year before*: is it different from the same time last year? *Since the plan began*: has the level moved from the year before
the plan? Each has two windows of the same length and the same months of the year, so that no season passes for a change.
"""

from dataclasses import dataclass

from metrics.domain import periods
from metrics.domain.periods import QUARTER, YEAR, months_to

YEAR_BEFORE, SINCE_PLAN = "year", "plan"
QUESTIONS = (YEAR_BEFORE, SINCE_PLAN)


@dataclass(frozen=True)
class Windows:
    """The months now and the months before that are compared; `reason` says why there are none."""

    now: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    reason: str = ""

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
    """The month in which the plan was launched, and the last whole month before the launch."""

    launched: str
    last_before: str

    def year_before(self) -> list[str]:
        """The 12 months before the launch."""
        return months_to(self.last_before, YEAR)


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

    >>> start = PlanStart("2023-07", "2023-06")
    >>> years_to_plan("2026-06", start), years_to_plan("2025-09", start), years_to_plan("2023-03", start)
    (3, 3, 1)
    """
    return max(1, -(-periods.between(start.last_before, end) // YEAR))


def plan_windows(end: str, start: PlanStart) -> Windows:
    """
    The 12 months to `end` and the 12 before the launch; none where fewer than 12 months have passed since.

    >>> start = PlanStart("2023-07", "2023-06")
    >>> plan_windows("2026-06", start).before[0], plan_windows("2024-05", start).reason, plan_windows("2023-06", start).reason
    ('2022-07', 'too soon', 'not begun')
    """
    if end <= start.last_before:
        return Windows(reason="not begun")
    now = months_to(end, YEAR)
    if now[0] <= start.last_before:
        return Windows(reason="too soon")
    return Windows(tuple(now), tuple(start.year_before()))


def quarter_end(months: list[str], whole: list[bool]) -> str | None:
    """
    The newest calendar quarter of which every month is whole, by its last month; none where there is none.

    >>> quarter_end(periods.span("2025-01", "2025-07"), [True] * 7)
    '2025-06'
    """
    ends = (i for i in range(len(months) - 1, QUARTER - 2, -1) if int(months[i][5:]) % QUARTER == 0)
    return next((months[i] for i in ends if all(whole[i - QUARTER + 1 : i + 1])), None)
