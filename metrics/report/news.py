"""
What is new of every measure of a place since a day: the two answers and the signal as known then, set beside those of now.

A verdict of then that corrections have overturned is not news but a correction: it is compared as it would have been with the
figures as they are known now, and marked.
"""

from dataclasses import dataclass

from metrics.narrative import news

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


def new_since(now: dict[str, dict], then: dict[str, dict], hindsight: dict[str, dict], month: str) -> dict[str, News]:
    """
    What is new of each measure of one place.

    Parameters
    ----------
    now, then
        The answers of now and of a day, by measure and question.
    hindsight
        What the answers of that day would have been with its figures as they are known now.
    month
        The month of that day, as 2023-08.
    """
    return {name: _of_measure(name, both, then.get(name, {}), hindsight.get(name, {}), month) for name, both in now.items()}


def _of_measure(name: str, now: dict[str, dict], then: dict[str, dict], hindsight: dict[str, dict], month: str) -> News:
    """The most telling of a measure's news, in the order in which kinds of news are told."""
    every = [_of_answer(name, now[question], then.get(question), hindsight.get(question), month) for question in QUESTIONS]
    return min(every, key=lambda found: news.KINDS.index(found.kind))


def _of_answer(name: str, now: dict, then: dict | None, hindsight: dict | None, month: str) -> News:
    return News(name, _kind(now, hindsight or then, month), now, then, hindsight)


def _kind(now: dict, then: dict | None, month: str) -> str:
    if now["stale"] or (then and then["now_to"] and now["now_to"] <= then["now_to"]) or now["now_to"] <= month:
        return news.NOT_NEWER
    was = then["direction"] if then else ""
    if now["direction"]:
        return news.STILL_CLEAR if now["direction"] == was else news.NEW_CLEAR
    if now["question"] == YEAR and now["signal"] and (now["signal_new"] or now["signal_seen"] > month):
        return news.NEW_SIGNAL
    return news.NO_LONGER if was else news.NOTHING
