"""
What is new of a measure since a day that is looked back on: one kind of news for each, a few words for a row, a sentence for a hall.

A correction of what was shown then is another thing, and is told apart.
"""

from datetime import date

from metrics.domain import periods
from metrics.narrative.phrases import small
from metrics.statistics.news import LAPSED as NO_LONGER
from metrics.statistics.news import NEW_CLEAR, NEW_SIGNAL, NO_FIGURES, NOTHING
from metrics.statistics.news import NO_NEWER as NOT_NEWER
from metrics.statistics.news import STILL as STILL_CLEAR

KINDS = (NEW_CLEAR, NO_LONGER, NEW_SIGNAL, STILL_CLEAR, NOTHING, NOT_NEWER, NO_FIGURES)
"""In the order in which they are told."""
UNKNOWN_THEN, OTHER_SIGNAL, PUBLISHED_SINCE = "nothing known then", "another signal then", "published since"
WORTH_TELLING = (NEW_CLEAR, NO_LONGER, NEW_SIGNAL)


def row_words(text: dict, kind: str, answer: dict, then: dict | None) -> str:
    """
    What is new, in the few words of a row of the scorecard.

    `answer`: the answer that it is news of, with its words: `direction_word`, `signal_words`; `then` the same of that day.
    """
    return text["row"][_told(kind, then)].format(direction=answer["direction_word"], usual=answer["signal_words"]).strip()


def sentence(text: dict, kind: str, now: dict, then: dict | None, day: date, *, corrected: bool = False) -> str:
    """
    What is new since a day, in a sentence that follows the answer's own title.

    `now`, `then`: the same answer as known now and on that day, with their words; none where nothing was known then.
    `corrected`: whether the figures known now would have given another verdict that day: then it is news beside that one.
    """
    facts = {"question": text["questions"][now["question"]], "day": periods.say_day(day)}
    facts |= {"then": small(then["title"]), "usual": then["signal_words"]} if then else {}
    facts |= {"last": periods.say(now["now_to"]) if now["now_to"] else ""}
    sentences = text["sentence"] | (text["corrected"] if corrected else {})
    return sentences[_in_full(_told(kind, then), now, then)].format(**facts)


def _in_full(kind: str, now: dict, then: dict | None) -> str:
    """The kind with what only a sentence says: that another signal stood then, or that the last figure was not known then."""
    if kind == NEW_SIGNAL and then and then["signal_words"]:
        return OTHER_SIGNAL
    return PUBLISHED_SINCE if kind == NOT_NEWER and now["now_to"] > then["now_to"] else kind


def _told(kind: str, then: dict | None) -> str:
    """The kind of news that is told: of what was not known then neither that it changed nor that it stayed, nor that nothing is newer."""
    return UNKNOWN_THEN if kind in (NEW_CLEAR, NEW_SIGNAL, NOTHING, NOT_NEWER) and not (then and then["now_to"]) else kind
