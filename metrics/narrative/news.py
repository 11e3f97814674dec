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
UNKNOWN_THEN = "nothing known then"
WORTH_TELLING = (NEW_CLEAR, NO_LONGER, NEW_SIGNAL)


def row_words(text: dict, kind: str, answer: dict, then: dict | None) -> str:
    """
    What is new, in the few words of a row of the scorecard.

    `answer`: the answer that it is news of, with its words: `direction_word`, `signal_words`; `then` the same of that day.
    """
    return text["row"][_told(kind, then)].format(direction=answer["direction_word"], usual=answer["signal_words"]).strip()


def sentence(text: dict, kind: str, now: dict, then: dict | None, day: date) -> str:
    """
    What is new since a day, in a sentence that follows the answer's own title.

    `now`, `then`: the same answer as known now and on that day, with their words; none where nothing was known then.
    """
    facts = {"question": text["questions"][now["question"]], "day": periods.say_day(day)}
    facts |= {"then": small(then["title"]) if then else "", "last": periods.say(now["now_to"]) if now["now_to"] else ""}
    return text["sentence"][_told(kind, then)].format(**facts)


def _told(kind: str, then: dict | None) -> str:
    """The kind of news that is told: of what was not known then neither that it changed nor that it stayed."""
    return UNKNOWN_THEN if kind in (NEW_CLEAR, NEW_SIGNAL, NOTHING) and not (then and then["now_to"]) else kind
