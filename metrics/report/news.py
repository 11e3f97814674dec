"""
What is new of every measure of a place since a day: the two answers and the signal as known then, set beside those of now.

A verdict of then that corrections have overturned is not news but a correction: it is compared as it would have been with the
figures as they are known now, and marked.
"""

from dataclasses import dataclass

import pandas as pd

from metrics.narrative import news
from metrics.statistics import news as statistics_news

Answers = dict[str, dict[str, dict]]
"""Answers by measure and question."""
YEAR, PLAN = "year", "plan"
QUESTIONS = (PLAN, YEAR)


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
    def is_news(self) -> bool:
        """Whether there is something to tell of it."""
        return self.kind in news.WORTH_TELLING


def new_since(now: Answers, then: Answers, again: Answers, month: str) -> dict[str, News]:
    """
    What is new of each measure of one place: the most telling of its two answers, in the order in which kinds of news are told.

    `now`, `then`: the answers of now and of a day, by measure and question.
    `again`: what the answers of that day would have been with its figures as they are known now; empty where that is not kept.
    `month`: the month of that day, as 2023-08.
    """
    rows = statistics_news.news(_frame(then), _frame(now), _frame(again) if again else None, since=month)
    by_measure: dict[str, News] = {}
    for row in sorted(rows.itertuples(), key=lambda row: QUESTIONS.index(row.question)):
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
    return news.NOTHING if kind == news.NEW_SIGNAL and answer["question"] != YEAR else kind
