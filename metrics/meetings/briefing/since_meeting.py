"""One measure since a meeting: what it reads now and read then, its newest months beside those before the meeting."""

import math
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.domain import Measure, periods
from metrics.narrative import STALE_AFTER, SURVEYS, number_words
from metrics.report.changes import Change

CLEAR = ("clear worsening", "clear improvement", "clear rise", "clear fall")
POSSIBLE = "possible change"
NO_FIGURES = "no figures"


@dataclass(frozen=True)
class Since:
    """
    One measure in one place since a day.

    `found` and `before` are findings, now and then (None where nothing was known then); `change` splits the
    difference of the figures; `against`, `low` and `high` set the newest window beside the last such window that
    ended before the day, in per cent for counts and points for surveys.
    """

    measure: Measure
    found: dict
    before: dict | None
    change: Change
    hindsight: str | None = None
    against: str = ""
    low: float = math.nan
    high: float = math.nan

    @property
    def verdict(self) -> str:
        """The verdict as known now."""
        return self.found["verdict"]

    @property
    def has_figures(self) -> bool:
        """Whether any figure is held."""
        return self.found["outcome"] != NO_FIGURES

    def is_stale(self, as_at: date) -> bool:
        """Whether the newest figure is more than a year older than what else is known."""
        last = self.found["last"]
        return bool(last) and periods.between(last, f"{as_at:%Y-%m}") > STALE_AFTER

    def is_newer_than(self, day: date) -> bool:
        """Whether a figure for a month after the day's own is held."""
        return self.found["last"] > f"{day:%Y-%m}"

    @property
    def overturned(self) -> bool:
        """Whether the verdict of then would have been another with its figures as they are known now."""
        return self.before is not None and self.hindsight not in (None, self.before["verdict"])

    @property
    def stands_apart(self) -> bool:
        """Whether the interval since before the meeting leaves no change out."""
        return self.low > 0 or self.high < 0

    def window_before(self) -> str:
        """The months before the meeting that the newest are set beside, as people say them."""
        if self.measure.kind in SURVEYS:
            return periods.say(self.against)
        length = periods.between(self.found["first"], self.found["last"])
        return number_words.span(periods.shift(self.against, -length), self.against)

    def ends(self) -> tuple[str, str]:
        """Both ends of the interval, in words."""
        if self.measure.kind in SURVEYS:
            return number_words.fall_or_rise(self.low), number_words.fall_or_rise(self.high)
        return tuple(number_words.lower_or_higher(math.log1p(end / 100)) for end in (self.low, self.high))


def since(
    measure: Measure, found: dict, before: dict | None, change: Change, hindsight: str | None, rows: pd.DataFrame | None, day: date
) -> Since:
    """
    Put together what is known of one measure since a day.

    Parameters
    ----------
    rows
        The change from every sensible baseline: `against, change, low, high`; None where there is none.
    """
    earlier = rows[rows["against"] < f"{day:%Y-%m}"] if rows is not None else None
    if earlier is None or earlier.empty:
        return Since(measure, found, before, change, hindsight)
    row = earlier.loc[earlier["against"].idxmax()]
    return Since(measure, found, before, change, hindsight, row["against"], float(row["low"]), float(row["high"]))
