"""One measure since a meeting: both answers now, what of them is new, its newest months beside those before the meeting."""

import math
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.domain import Measure, periods
from metrics.narrative import SURVEYS, news, number_words
from metrics.report.changes import Change
from metrics.report.news import PLAN, YEAR, News
from metrics.report.scorecard import CLEAR


@dataclass(frozen=True)
class Since:
    """
    One measure in one place since a day.

    `answers` are both answers as known now, by question; `news` is what is new of them; `change` splits the difference of
    the figures; `against`, `low` and `high` set the newest window, of `months`, beside the last such window that ended before the
    day, in per cent for counts and points for surveys.
    """

    measure: Measure
    answers: dict[str, dict]
    news: News
    change: Change
    against: str = ""
    months: int = 0
    low: float = math.nan
    high: float = math.nan

    @property
    def lead(self) -> dict:
        """The answer that is told: that which is news, else a clear one, that of the plan first, else that on a year before."""
        if self.news.is_news:
            return self.news.now
        clear = [self.answers[question] for question in (PLAN, YEAR) if self.answers[question]["verdict"] in CLEAR]
        return next(iter(clear), self.answers[YEAR])

    @property
    def verdict(self) -> str:
        """The verdict that is told, as known now."""
        return self.lead["shown"]

    @property
    def is_clear(self) -> bool:
        """Whether either answer is a clear change."""
        return any(answer["verdict"] in CLEAR for answer in self.answers.values())

    @property
    def has_figures(self) -> bool:
        """Whether any figure is held."""
        return bool(self.answers[YEAR]["now_to"]) and self.answers[YEAR]["outcome"] != news.NO_FIGURES

    @property
    def is_stale(self) -> bool:
        """Whether the newest figure is more than a year older than the day."""
        return self.answers[YEAR]["stale"]

    @property
    def counts(self) -> bool:
        """Whether it stands in a tally: no old figures, and nothing that another measure counts too."""
        return self.has_figures and not self.is_stale and not self.answers[YEAR]["part_of"]

    @property
    def is_newer(self) -> bool:
        """Whether a figure newer than those known on the day is held."""
        return self.news.kind != news.NOT_NEWER

    @property
    def overturned(self) -> bool:
        """Whether the verdict of then would have been another with its figures as they are known now."""
        return self.news.corrected

    @property
    def stands_apart(self) -> bool:
        """Whether the interval since before the meeting leaves no change out."""
        return self.low > 0 or self.high < 0

    def window_before(self) -> str:
        """The months before the meeting that the newest are set beside, as people say them."""
        if self.measure.kind in SURVEYS:
            return periods.say(self.against)
        return number_words.span(periods.shift(self.against, 1 - self.months), self.against)

    def ends(self) -> tuple[str, str]:
        """Both ends of the interval, in words."""
        if self.measure.kind in SURVEYS:
            return number_words.fall_or_rise(self.low), number_words.fall_or_rise(self.high)
        return tuple(number_words.lower_or_higher(math.log1p(end / 100)) for end in (self.low, self.high))


def since(
    measure: Measure, answers: dict[str, dict], new: News, change: Change, rows: pd.DataFrame | None, day: date
) -> Since:
    """
    Put together what is known of one measure since a day.

    Parameters
    ----------
    rows
        The change from every sensible baseline: `against, months, change, low, high`; None where there is none. They are of the published
        figures, so none is told where linked ones decide.
    """
    earlier = rows[rows["against"] < f"{day:%Y-%m}"] if rows is not None else None
    bridged = any(answer["linked"] for answer in answers.values())
    if earlier is None or earlier.empty or bridged:
        return Since(measure, answers, new, change)
    row = earlier.loc[earlier["against"].idxmax()]
    return Since(measure, answers, new, change, row["against"], int(row["months"]), float(row["low"]), float(row["high"]))
