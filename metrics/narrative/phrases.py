"""
Numbers, verdicts and levels as a sentence says them, and the first sentences of a page, which count verdicts.

What a page says first counts one set, the measures with figures newer than a year that are not part of another; what is left out is said
apart.
"""

from collections import Counter
from collections.abc import Iterable

from metrics.domain import SURVEYS, Measure
from metrics.narrative import number_format
from metrics.statistics.verdict import CLEAR, NOT_COMPARED, NOT_ENOUGH

FEWEST_FOR_A_RATE = 10


def spoken(value: float, measure: Measure) -> str:
    """
    A number as a sentence says it: a survey's percentage as whole people in 100.

    >>> from dataclasses import replace
    >>> trust = Measure("t", "T", "?", "trust", "proposed", "percent", "higher", "survey_rolling_year", ("force",), "d", "o")
    >>> spoken(52.4, trust), spoken(1234.0, replace(trust, unit="count", kind="count"))
    ('52', '1,234')
    """
    return number_format.number(value, "count", decimals=0) if measure.kind in SURVEYS else number_format.number(value, measure.unit)


def counted(verdicts: dict[str, int], words: dict[str, str]) -> str:
    """
    How many have which verdict, in the order of the closed set; never an average.

    >>> counted({"no clear change": 3, "clear fall": 1}, {"clear fall": "Clear fall", "no clear change": "No clear change"})
    '1 clear fall, 3 no clear change'
    """
    return ", ".join(f"{verdicts[name]} {word.lower()}" for name, word in words.items() if verdicts.get(name))


def better_and_worse(texts: dict[str, str], verdicts: Counter[str], **facts) -> str:
    """
    The sentence of how many are clearly better and clearly worse, up and down where neither is better, or that none can be told.

    `texts`: `both`, `better`, `worse` and `none`; where they are of measures without a better way also `up_and_down`, `up`, `down` and
        `untold`.

    >>> better_and_worse({"better": "{better} of {among} better"}, Counter({"clear improvement": 2}), among=9)
    '2 of 9 better'
    >>> better_and_worse({"up": "{up} clearly up", "none": "none"}, Counter({"clear rise": 2, "no clear change": 30}))
    '2 clearly up'
    """
    counts = {way: verdicts[verdict] for way, verdict in zip(("better", "worse", "up", "down"), CLEAR, strict=True)}
    return texts[_which(texts, counts, verdicts)].format(**counts, **facts)


def _which(texts: dict[str, str], counts: dict[str, int], verdicts: Counter[str]) -> str:
    """The first of the sentences that there are which is true."""
    answered = verdicts.total() - verdicts[NOT_ENOUGH] - verdicts[NOT_COMPARED]
    tried = {
        "both": counts["better"] and counts["worse"], "better": counts["better"], "worse": counts["worse"],
        "up_and_down": counts["up"] and counts["down"], "up": counts["up"], "down": counts["down"], "untold": not answered,
    }  # fmt: skip
    return next((name for name, true in tried.items() if true and name in texts), "none")


def capital(text: str) -> str:
    """
    A text with its first letter large, as a sentence begins.

    >>> capital("no evidence recorded")
    'No evidence recorded'
    """
    return text[:1].upper() + text[1:]


def small(title: str) -> str:
    """A title within a sentence."""
    return title[:1].lower() + title[1:]


def opposed(text: dict, answers: dict[str, dict], lead: dict) -> str:
    """
    The answer that does not lead, in a few words, where both are clear and it says otherwise; else nothing.

    `text`: all of the wording; `answers`: both, by question; `lead`: that of them which leads.
    """
    clear = [answer for answer in answers.values() if answer["verdict"] in CLEAR]
    others = [answer for answer in clear if answer["verdict"] != lead["verdict"]]
    if not others or lead["verdict"] not in CLEAR:
        return ""
    words, other = text["scorecard"], others[0]
    return words["opposed"].format(question=words["questions"][other["question"]], verdict=small(text["verdicts"][other["verdict"]]))


def hero(text: dict, plan: Iterable[str], year: Iterable[str], *, asked: int) -> str:
    """
    The first sentences of a place: at most 25 words.

    `plan`, `year`: the verdict of each measure that is counted, on each question.
    """
    since, before = Counter(plan), Counter(year)
    if not since.total():
        return text["nothing"]
    sentences = [_side(text["plan"], since, since.total()), _side(text["year"], before, before.total())]
    if asked:
        sentences.append(text["ask"].format(asked=number_format.few(asked)))
    return " ".join(sentences)


def counted_and_left_out(text: dict, among: int, kinds: dict[str, int]) -> str:
    """Which measures are counted, and how many of what kind are not."""
    return f"{text['counted'].format(among=among)} {left_out(text, kinds)}".strip()


def left_out(text: dict, kinds: dict[str, int]) -> str:
    """Which measures no count holds, and how many of each kind; empty where every one is counted."""
    named = [text["left_out"][kind].format(many=number_format.few(number)) for kind, number in kinds.items() if number]
    return text["without"].format(which=", ".join(named)) if named else ""


def _side(texts: dict[str, str], verdicts: Counter, among: int) -> str:
    """One question: how many are better and how many worse, both said whichever there are; where none is, how many rose and fell."""
    better, worse, up, down = (verdicts[clear] for clear in CLEAR)
    which = "both" if better else "first_worse" if worse else "moved" if up or down else "none"
    facts = dict(zip(("better", "worse", "up", "down"), map(number_format.few, (better, worse, up, down)), strict=True))
    return capital(texts[which].format(**facts, among=among, verb="is" if (better or worse) == 1 else "are"))
