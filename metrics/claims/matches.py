"""
What the words of a text stand for: the longest phrase at each place, from left to right, and nothing twice.

A time and an amount have grammar, so they have readers of their own; every other phrase stands in the vocabulary.
"""

from dataclasses import dataclass
from datetime import date

from metrics.claims import amounts, time_phrases
from metrics.claims.claim_words import Vocabulary
from metrics.claims.tokens import Token

NUMBERS = ("factor", "fraction", "numeral")


@dataclass(frozen=True)
class Hit:
    """What some tokens stand for: `kind` and `value`, from the token `first` up to but not including `end`."""

    kind: str
    value: object
    first: int
    end: int


def hits_of(tokens: tuple[Token, ...], heard: Vocabulary, as_at: date) -> list[Hit]:
    """
    Everything that the tokens stand for; a token that stands for nothing is a hit of the kind `other`.

    Parameters
    ----------
    as_at
        Which year `this year` is.
    """
    found: list[Hit] = []
    at = 0
    while at < len(tokens):
        hit = _hit_at(tokens, at, heard, as_at)
        found.append(hit)
        at = hit.end
    return _with_places_settled(found)


def _hit_at(tokens: tuple[Token, ...], at: int, heard: Vocabulary, as_at: date) -> Hit:
    if tokens[at].kind in ("stop", "pause"):
        return Hit(tokens[at].kind, tokens[at].text, at, at + 1)
    read = [_phrase(tokens, at, heard), time_phrases.read(tokens, at, as_at), amounts.read(tokens, at, heard)]
    held = [hit for hit in read if hit is not None]
    # The longest reading; where two are as long, the vocabulary's word goes before the grammars'.
    kind, value, end = max(held, key=lambda hit: hit[2]) if held else ("other", tokens[at].text, at + 1)
    if kind == "period" and isinstance(value, str):
        kind, value = time_phrases.named(value, as_at)
    return Hit(kind, value, at, end)


def _phrase(tokens: tuple[Token, ...], at: int, heard: Vocabulary) -> tuple[str, object, int] | None:
    most = min(heard.longest, len(tokens) - at)
    for length in range(most, 0, -1):
        meaning, end = heard.phrases.get(tuple(token.text for token in tokens[at : at + length])), at + length
        if meaning is None or meaning[0] in NUMBERS or (meaning[0] == "unit" and meaning[1] != "per_1000"):
            continue
        if meaning[0] != "bound" or (end < len(tokens) and amounts.read(tokens, end, heard) is not None):
            return *meaning, end
        # `More than` bounds an amount; before anything else it is `more`, and `over` or `about` say nothing of their own.
        if length == 1:
            return "harmless", "", end
    return None


def _with_places_settled(found: list[Hit]) -> list[Hit]:
    """`Bromley, London` is Bromley: London right after a borough only says where that lies."""
    settled: list[Hit] = []
    for hit in found:
        before = [one for one in settled[-3:] if one.kind not in ("pause", "harmless")]
        near = before[-1] if before else None
        if hit.kind == "place" and hit.value == "london" and near and near.kind == "place":
            if near.value != "london":
                settled = settled[: settled.index(near) + 1]
            settled.append(Hit("harmless", "", hit.first, hit.end))
        else:
            settled.append(hit)
    return settled
