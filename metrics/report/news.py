"""
What is new of every measure of a place since a day: in its answers and its signal, and in the figures themselves.

A verdict of then that corrections have overturned is not news but a correction: it is compared as it would have been with the
figures as they are known now, and marked. Figures are split into new ones, corrections and changed definitions; the three parts are never
merged and sum exactly to the difference.
"""

from dataclasses import dataclass

import pandas as pd

from metrics.domain import COUNTED, Break, Definitions, Measure, periods
from metrics.domain.periods import YEAR
from metrics.narrative import news
from metrics.statistics import news as statistics_news
from metrics.statistics.news import Split, split_since
from metrics.statistics.questions import SINCE_PLAN, YEAR_BEFORE
from metrics.statistics.verdict import CLEAR

Answers = dict[str, dict[str, dict]]
"""Answers by measure and question."""
LEADING = (SINCE_PLAN, YEAR_BEFORE)
"""The questions in the order in which their answers are told."""


def told_first(both: dict[str, dict]) -> dict:
    """The answer that leads: a clear one, that since the plan first; else that on a year before."""
    return next((both[question] for question in LEADING if both[question]["verdict"] in CLEAR), both[YEAR_BEFORE])


@dataclass(frozen=True)
class News:
    """
    One measure since a day.

    `kind` is one of `metrics.narrative.news.KINDS`, `now` the answer that it is told of and `then` the same answer of that day (none
    where nothing was known); `again` is what that answer would have been with the figures as they are known now.
    """

    measure: str
    kind: str
    now: dict
    then: dict | None
    again: dict | None = None

    @property
    def corrected(self) -> bool:
        """Whether the figures known now would have given another verdict that day."""
        return bool(self.then and self.again and self.again["verdict"] != self.then["verdict"])

    @property
    def was_known(self) -> bool:
        """Whether a figure of it was known that day."""
        return bool(self.then and self.then["now_to"])

    @property
    def can_be_compared(self) -> bool:
        """Whether a newer figure is held than one that was known that day."""
        return self.was_known and self.kind not in (news.NOT_NEWER, news.NO_FIGURES)

    @property
    def is_news(self) -> bool:
        """Whether there is something to tell of it."""
        return self.kind in news.WORTH_TELLING


def new_since(now: Answers, then: Answers, again: Answers, month: str) -> dict[str, News]:
    """
    What is new of each measure of one place: the most telling of its two answers, in the order in which kinds of news are told.

    `now`, `then`: the answers of now and of a day, by measure and question.
    `again`: what the answers of that day would have been with its figures as they are known now; empty where that is not kept.
    """
    rows = statistics_news.news(_frame(then), _frame(now), _frame(again) if again else None)
    by_measure: dict[str, News] = {}
    for row in sorted(rows.itertuples(), key=lambda row: LEADING.index(row.question)):
        answer = now[row.measure][row.question]
        both = (then.get(row.measure, {}).get(row.question), again.get(row.measure, {}).get(row.question))
        news_of = News(row.measure, _kind(row.news, answer, month), answer, *both)
        first = by_measure.get(row.measure, news_of)
        by_measure[row.measure] = min(first, news_of, key=lambda each: news.KINDS.index(each.kind))
    return by_measure


def _frame(answers: Answers) -> pd.DataFrame:
    return pd.DataFrame([row for both in answers.values() for row in both.values()])


def _kind(kind: str, answer: dict, month: str) -> str:
    """An old figure, or one of months before the day, is never news; a signal is of the question on a year before alone."""
    if kind != news.NO_FIGURES and (answer["stale"] or answer["now_to"] <= month):
        return news.NOT_NEWER
    return news.NOTHING if kind == news.NEW_SIGNAL and answer["question"] != YEAR_BEFORE else kind


NOTHING_THEN, NOTHING_NOW, TOO_SHORT, NO_FIGURES = "nothing then", "nothing now", "too short", "no figures"


@dataclass(frozen=True)
class Change:
    """One measure's figures on two days: the split of the difference, or why there is none."""

    measure: str
    split: Split | None
    why: str = ""

    @property
    def corrected(self) -> bool:
        """Whether a figure that was shown has been restated."""
        return self.split is not None and self.split.corrections != 0

    @property
    def redefined(self) -> bool:
        """Whether a figure that was shown is counted under another definition now."""
        return self.split is not None and self.split.definitions != 0


def changes(known: Definitions, then: dict[str, pd.DataFrame], now: dict[str, pd.DataFrame]) -> dict[str, Change]:
    """
    The change of every measure in a place between two as-at dates.

    `then`, `now`: what was known of each measure there on both days: `period, value, published` in the order of the periods.
    Returns: a `Change` for each measure: of 12 months for what is counted by the month, of the newest figure for surveys, shares and
        stocks.
    """
    return {name: _change(measure, then.get(name), now.get(name), known) for name, measure in known.measures.items()}


def _change(measure: Measure, then: pd.DataFrame | None, now: pd.DataFrame | None, known: Definitions) -> Change:
    if measure.missing and now is None:
        return Change(measure.id, None, NO_FIGURES)
    if then is None or now is None:
        return Change(measure.id, None, NOTHING_NOW if now is None else NOTHING_THEN)
    window = YEAR if measure.kind in COUNTED else 1
    if not (_whole(then, window) and _whole(now, window)):
        return Change(measure.id, None, TOO_SHORT)
    redefining = [brk for brk in known.breaks_of(measure.id) if brk.redefined]
    return Change(measure.id, split_since(then, now, _definitions(then, redefining), _definitions(now, redefining), window))


def _whole(figures: pd.DataFrame, window: int) -> bool:
    """Whether the newest periods of a window are all there."""
    last = figures["period"].max()
    return {periods.shift(last, -back) for back in range(window)} <= set(figures["period"])


def _definitions(figures: pd.DataFrame, redefining: list[Break]) -> dict[str, str]:
    """The definition that each figure was counted under, by its period: the redefinitions published by its release."""
    if not redefining:
        return dict.fromkeys(figures["period"], "")
    months = figures["published"].dt.strftime("%Y-%m")
    named = ["+".join(brk.id for brk in redefining if brk.redefined <= month) for month in months]
    return dict(zip(figures["period"], named, strict=True))
