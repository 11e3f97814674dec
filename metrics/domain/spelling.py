"""What a misspelt word was probably meant to be."""

from collections.abc import Iterable
from difflib import SequenceMatcher

NEAR = 0.65
TIE = 0.04
PARTLY = 0.95
LONGEST = 120
"""A longer word is no misspelling of anything, and comparing it would take long."""


def hint(word: str, choices: Iterable[str]) -> str:
    """
    The end of an error message: the nearest known words, or nothing where none is near.

    Parameters
    ----------
    word
        What was written.
    choices
        What could have been written. A choice may be longer than the word: its beginning counts too.

    Examples
    --------
    >>> hint("beter", ["unit", "better", "kind"])
    ': did you mean better?'
    >>> hint("Kingstn", ["Kingston upon Thames", "Kensington and Chelsea"])
    ': did you mean Kingston upon Thames?'
    >>> hint("zebra", ["unit", "better", "kind"])
    ''
    """
    if len(word) > LONGEST:
        return ""
    scores = {choice: _closeness(word.lower(), choice.lower()) for choice in choices}
    best = max(scores.values(), default=0)
    near = [choice for choice, score in scores.items() if score >= max(NEAR, best - TIE)]
    near.sort(key=lambda choice: -scores[choice])
    return f": did you mean {' or '.join(near[:3])}?" if near else ""


def _closeness(word: str, choice: str) -> float:
    whole = SequenceMatcher(None, word, choice).ratio()
    beginning = SequenceMatcher(None, word, choice[: len(word) + 1]).ratio()
    return max(whole, PARTLY * beginning)
