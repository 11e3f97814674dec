"""
One text, several claims: sentences and their halves, each with what it leaves to its neighbours to say.

In `burglary is down 6% in Bromley and robbery up`, the second half says its own measure and way and takes the place
from the first. What was taken stands in no part's own words, so a part with words of its own that are not understood
is never taken for the neighbour's claim.
"""

from dataclasses import dataclass, replace

from metrics.claims.claim import Amount
from metrics.claims.matches import Hit

JOINS = ("and", "but", "while", "whereas", "with", "then")
SAYS = ("measure", "ambiguous", "place", "way", "amount")
POINTING = ("it", "this", "that", "they", "these", "which")
CONTENT = (*SAYS, "period", "bound", "cause", "negation", "beyond", "other")


@dataclass(frozen=True)
class Part:
    """
    The hits of one claim, own ones and taken ones.

    `first` to `end` are the tokens that are its own; `taken` holds what its neighbours said for it; `cause` the words of a reason.
    """

    hits: tuple[Hit, ...]
    first: int
    end: int
    taken: tuple[Hit, ...] = ()
    cause: str = ""

    def all_of(self, *kinds: str) -> list[Hit]:
        """Its own hits of some kinds; where it has none, those taken from a neighbour."""
        own = [hit for hit in self.hits if hit.kind in kinds]
        return own or [hit for hit in self.taken if hit.kind in kinds]

    def has(self, *kinds: str) -> bool:
        """Whether it says anything of some kinds itself."""
        return any(hit.kind in kinds for hit in self.hits)


def parts_of(hits: list[Hit], words: list[str]) -> list[Part]:
    """
    The claims of a text, each whole: what one leaves out is taken from the part before it, else from the one after.

    Parameters
    ----------
    words
        The text of every token.
    """
    found: list[Part] = []
    before: list[Part] = []
    for sentence in _split(hits, lambda hit: hit.kind == "stop"):
        reason, rest = _without_reason(sentence, words)
        pieces = _split(rest, lambda hit: hit.kind == "pause" or (hit.kind == "harmless" and _join(hit, words)))
        parts = _joined([Part(tuple(piece), piece[0].first, piece[-1].end) for piece in pieces])
        whole = [replace(part, cause=reason) for part in _completed(parts)]
        before = [_from_before(part, before, words) for part in whole] or before
        found += before if whole else []
    return found


def _split(hits: list[Hit], at) -> list[list[Hit]]:
    pieces: list[list[Hit]] = [[]]
    for hit in hits:
        if at(hit):
            pieces.append([])
        else:
            pieces[-1].append(hit)
    return [piece for piece in pieces if any(hit.kind in CONTENT for hit in piece)]


def _join(hit: Hit, words: list[str]) -> bool:
    return hit.end - hit.first == 1 and words[hit.first] in JOINS


def _without_reason(sentence: list[Hit], words: list[str]) -> tuple[str, list[Hit]]:
    """A sentence without the reason that it gives: up to the next comma where it opens with one, else to its end."""
    where = next((index for index, hit in enumerate(sentence) if hit.kind == "cause"), None)
    if where is None:
        return "", sentence
    opening = not any(hit.kind in SAYS for hit in sentence[:where])
    pause = next((index for index, hit in enumerate(sentence) if hit.kind == "pause" and index > where), None)
    end = pause if opening and pause is not None else len(sentence)
    said = " ".join(words[sentence[where].first : sentence[where].end])
    return said, sentence[:where] + sentence[end:]


def _joined(parts: list[Part]) -> list[Part]:
    """Parts that claim nothing themselves, such as a time between commas, added to the part after, else to the one before."""
    whole: list[Part] = []
    waiting: tuple[Hit, ...] = ()
    for part in parts:
        if part.has(*SAYS, "beyond"):
            whole.append(_with_more(part, waiting))
            waiting = ()
        elif whole:
            whole[-1] = _with_more(whole[-1], part.hits)
        else:
            waiting += part.hits
    if waiting:
        whole.append(Part(waiting, waiting[0].first, waiting[-1].end))
    return whole


def _with_more(part: Part, hits: tuple[Hit, ...]) -> Part:
    if not hits:
        return part
    both = sorted((*part.hits, *hits), key=lambda hit: hit.first)
    return replace(part, hits=tuple(both), first=both[0].first, end=both[-1].end)


def _completed(parts: list[Part]) -> list[Part]:
    """Each part with what it takes from the others of its sentence."""
    return [replace(part, taken=tuple(_taken(part, [*reversed(parts[:index]), *parts[index + 1 :]]))) for index, part in enumerate(parts)]


def _taken(part: Part, others: list[Part]) -> list[Hit]:
    """From the nearest before, else the nearest after: a measure, a place, a time; a way and a size only where it has neither."""
    taken: list[Hit] = []
    strange = part.has("other")
    if not strange and not part.has("measure", "ambiguous"):
        taken += _nearest(others, "measure", "ambiguous")
    for kind in ("place", "period"):
        if not part.has(kind):
            taken += _nearest(others, kind)
    if not part.has("way"):
        amounts = [hit for hit in part.hits if hit.kind == "amount"]
        if not amounts and not strange:
            taken += _nearest(others, "way", "amount")
        elif any(_is_change(hit.value) for hit in amounts):
            taken += _nearest(others, "way")
    return taken


def _is_change(amount: Amount) -> bool:
    return amount.unit in ("percent", "points") and not amount.way


def _nearest(others: list[Part], *kinds: str) -> list[Hit]:
    return next((found for part in others if (found := [hit for hit in part.hits if hit.kind in kinds])), [])


def _from_before(part: Part, before: list[Part], words: list[str]) -> Part:
    """A sentence takes the one place of the sentence before; its one measure only where it points back: `it fell by 6%`."""
    taken = list(part.taken)
    if not part.all_of("place"):
        taken += _only(before, "place")
    points = any(word in POINTING for word in words[part.first : part.end])
    if points and not part.has("other") and not part.all_of("measure", "ambiguous"):
        taken += _only(before, "measure", "ambiguous")
    return replace(part, taken=tuple(taken))


def _only(before: list[Part], *kinds: str) -> list[Hit]:
    """What a sentence says of some kinds, if that is one thing."""
    found = [hit for part in before for hit in part.all_of(*kinds)]
    return found[:1] if len({hit.value for hit in found}) == 1 else []
