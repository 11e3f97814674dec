"""One clock for every small picture on a page: the same months at the same place in every row, so that a meeting is one line down."""

from dataclasses import dataclass
from datetime import date

from metrics.domain import periods

INSET = 0.025
"""What stays free at either end, as a share of the width, so that the newest dot is whole."""


@dataclass(frozen=True)
class Clock:
    """
    From the first month to the last, both whole; `meeting` is the day that everything is followed from.

    Examples
    --------
    >>> clock = Clock("2018-01", "2026-06", date(2023, 8, 7))
    >>> round(clock.across("2018-01"), 3), round(clock.across("2026-06"), 3), round(clock.across(clock.meeting), 3)
    (0.03, 0.97, 0.651)
    """

    first: str
    last: str
    meeting: date | None = None

    def across(self, when: str | date) -> float:
        """How far across the picture the middle of a month, or a day, stands: 0 at the left edge, 1 at the right."""
        if isinstance(when, date):
            month = f"{when:%Y-%m}"
            part = (when.day - 1) / periods.days(month)
        else:
            month, part = when, 0.5
        whole = periods.between(self.first, self.last) + 1
        return INSET + (1 - 2 * INSET) * (periods.between(self.first, month) + part) / whole

    def has(self, period: str) -> bool:
        """Whether a month is on the clock."""
        return self.first <= period <= self.last

    @property
    def month(self) -> float:
        """How wide a month is."""
        return (1 - 2 * INSET) / (periods.between(self.first, self.last) + 1)
