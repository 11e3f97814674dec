"""Numbers, verdicts and levels as a sentence says them."""

from collections import Counter

from metrics.domain import SURVEYS, Measure
from metrics.narrative import number_format

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
    The sentence of how many are clearly better and clearly worse: of `both`, `better`, `worse` and `none` the one that is true.

    >>> better_and_worse({"better": "{better} of {among} better"}, Counter({"clear improvement": 2}), among=9)
    '2 of 9 better'
    """
    better, worse = verdicts["clear improvement"], verdicts["clear worsening"]
    kind = "both" if better and worse else "better" if better else "worse" if worse else "none"
    return texts[kind].format(better=better, worse=worse, **facts)


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
