"""
What a page says first: how many measures changed clearly, since the plan and on a year before, and how many to ask about.

All of it counts one set, the measures with figures newer than a year that are not part of another; what is left out is said apart.
"""

from collections import Counter
from collections.abc import Iterable

from metrics.narrative import number_words
from metrics.narrative.phrases import capital

IMPROVEMENT, WORSENING = "clear improvement", "clear worsening"


def hero(text: dict, plan: Iterable[str], year: Iterable[str], *, asked: int) -> str:
    """
    The first sentences of a place: at most 25 words.

    `text`: the section `hero` of `data/wording.yaml`.
    `plan`, `year`: the verdict of each measure that is counted, on each question.
    `asked`: how many new signals there are to ask about.
    """
    since, before = Counter(plan), Counter(year)
    if not since.total():
        return text["nothing"]
    sentences = [_side(text["plan"], since, since.total()), _side(text["year"], before, before.total())]
    if asked:
        sentences.append(text["ask"].format(asked=number_words.few(asked)))
    return " ".join(sentences)


def counted(text: dict, among: int, kinds: dict[str, int]) -> str:
    """Which measures are counted, and how many of what kind are not."""
    return f"{text['counted'].format(among=among)} {left_out(text, kinds)}".strip()


def left_out(text: dict, kinds: dict[str, int]) -> str:
    """Which measures no count holds, and how many of each kind; empty where every one is counted."""
    named = [text["left_out"][kind].format(many=number_words.few(number)) for kind, number in kinds.items() if number]
    return text["without"].format(which=", ".join(named)) if named else ""


def _side(texts: dict[str, str], verdicts: Counter, among: int) -> str:
    """One question: how many are better and how many worse, both said whichever there are."""
    better, worse = verdicts[IMPROVEMENT], verdicts[WORSENING]
    if not better and not worse:
        return texts["none"].format(among=among)
    facts = {"better": number_words.few(better), "worse": number_words.few(worse), "among": among}
    which = "first_worse" if not better else "both"
    sentence = texts[which].format(**facts, verb="is" if (better or worse) == 1 else "are")
    return capital(sentence)
