"""
One text, several claims: sentences and their halves, each with what it leaves to its neighbours to say.

In `burglary is down 6% in Bromley and robbery up`, the second half says its own measure and way and takes the place
from the first. What was taken stands in no part's own words, so a part with words of its own that are not understood
is never taken for the neighbour's claim.
"""

from dataclasses import dataclass, replace

from metrics.claims.claim import Amount
from metrics.claims.phrases import Phrase, about

JOINS = (("and",), ("but",), ("while",), ("whereas",), ("with",), ("then",))
MEASURE = ("measure", "ambiguous", "likely")
CHANGE = ("way", "record", "superlative")
SAYS = (*MEASURE, *CHANGE, "place", "areas", "amount")
POINTING = ("it", "this", "that", "they", "these", "which")
CONTENT = (*SAYS, "period", "bound", "cause", "denial", "doubt", "beyond", "other")
CHANGES = ("percent", "points")


@dataclass(frozen=True)
class Part:
    """
    The phrases of one claim, own ones and taken ones.

    `first` to `end` are the tokens that are its own; `taken` holds what its neighbours say for it; `cause` the words of a reason.
    """

    phrases: tuple[Phrase, ...]
    first: int
    end: int
    taken: tuple[Phrase, ...] = ()
    cause: str = ""

    def all_of(self, *kinds: str) -> list[Phrase]:
        """Its own phrases of some kinds; where it has none, those taken from a neighbour."""
        own = [phrase for phrase in self.phrases if phrase.kind in kinds]
        return own or [phrase for phrase in self.taken if phrase.kind in kinds]

    def has(self, *kinds: str) -> bool:
        """Whether it says anything of some kinds itself."""
        return any(phrase.kind in kinds for phrase in self.phrases)

    def values(self, *kinds: str) -> list:
        """The different values of its phrases of some kinds, in order."""
        return list(dict.fromkeys(phrase.value for phrase in self.all_of(*kinds)))


def parts_of(phrases: list[Phrase]) -> list[Part]:
    """The claims of a text, each whole: what one leaves out is taken from the part before it, else from the one after."""
    parts: list[Part] = []
    before: list[Part] = []
    for sentence in _split(phrases, lambda phrase: phrase.kind == "stop"):
        reason, rest = _without_reason(sentence)
        pieces = _split(rest, lambda phrase: phrase.kind == "pause" or (phrase.kind == "harmless" and phrase.words in JOINS))
        joined = _joined([Part(tuple(piece), piece[0].first, piece[-1].end) for piece in pieces])
        whole = [replace(part, cause=reason) for part in _completed(joined)]
        before = [_from_before(part, before) for part in whole] or before
        parts += before if whole else []
    return parts


def amounts_of(part: Part, *, survey: bool) -> dict[str, Amount] | None:
    """
    The amounts of a claim by their role, `size`, `start` or `level`; None where two have the same.

    `survey`: whether the measure is a percentage itself, so that an amount without a way is where it stands.
    """
    amounts: dict[str, Amount] = {}
    for index, phrase in enumerate(part.phrases):
        if phrase.kind != "amount" or phrase in counted_areas(part):
            continue
        role = _role(phrase, part, survey)
        if role in amounts:
            return None
        before = part.phrases[index - 1] if index else None
        amount = _bounded(phrase.value, before.value if before is not None and before.kind == "bound" else phrase.value.bound)
        rate = role == "level" and amount.unit == "number" and "per_1000" in part.values("unit")
        amounts[role] = replace(amount, unit="per_1000") if rate else amount
    if amounts or part.has(*CHANGE):
        return amounts
    return {"size" if phrase.value.unit in CHANGES else "level": phrase.value for phrase in part.taken if phrase.kind == "amount"}


def counted_areas(part: Part) -> list[Phrase]:
    """The amounts that count areas: `in 28 of 32 areas`."""
    before: list[Phrase] = []
    for phrase in part.phrases:
        if phrase.kind == "areas":
            return before if phrase.value == "areas" else []
        if phrase.kind == "amount":
            before.append(phrase)
        elif phrase.kind not in ("harmless", "bound"):
            before = []
    return []


def bound_of(part: Part, amount: Phrase) -> str:
    """The bound that stands before an amount."""
    return next((phrase.value for phrase in part.phrases if phrase.kind == "bound" and phrase.end == amount.first), "exact")


def _split(phrases: list[Phrase], ends) -> list[list[Phrase]]:
    pieces: list[list[Phrase]] = [[]]
    for phrase in phrases:
        if ends(phrase):
            pieces.append([])
        else:
            pieces[-1].append(phrase)
    return [piece for piece in pieces if any(phrase.kind in CONTENT for phrase in piece)]


def _without_reason(sentence: list[Phrase]) -> tuple[str, list[Phrase]]:
    """A sentence without the reason that it gives: up to the next comma where it opens with one, else to its end."""
    where = next((index for index, phrase in enumerate(sentence) if phrase.kind == "cause"), None)
    if where is None:
        return "", sentence
    opening = not any(phrase.kind in SAYS for phrase in sentence[:where])
    pause = next((index for index, phrase in enumerate(sentence) if phrase.kind == "pause" and index > where), None)
    end = pause if opening and pause is not None else len(sentence)
    return " ".join(sentence[where].words), sentence[:where] + sentence[end:]


def _joined(parts: list[Part]) -> list[Part]:
    """Parts that claim nothing themselves, such as a time between commas, added to the part after, else to the one before."""
    whole: list[Part] = []
    waiting: tuple[Phrase, ...] = ()
    for part in parts:
        if part.has(*SAYS, "beyond"):
            whole.append(_with_more(part, waiting))
            waiting = ()
        elif whole:
            whole[-1] = _with_more(whole[-1], part.phrases)
        else:
            waiting += part.phrases
    return [*whole, Part(waiting, waiting[0].first, waiting[-1].end)] if waiting else whole


def _with_more(part: Part, phrases: tuple[Phrase, ...]) -> Part:
    if not phrases:
        return part
    both = sorted((*part.phrases, *phrases), key=lambda phrase: phrase.first)
    return replace(part, phrases=tuple(both), first=both[0].first, end=both[-1].end)


def _completed(parts: list[Part]) -> list[Part]:
    """Each part with what it takes from the others of its sentence."""
    return [replace(part, taken=tuple(_taken(part, [*reversed(parts[:index]), *parts[index + 1 :]]))) for index, part in enumerate(parts)]


def _taken(part: Part, others: list[Part]) -> list[Phrase]:
    """From the nearest before, else the nearest after: a measure, a place, a time; a way and a size only where it has neither."""
    taken: list[Phrase] = []
    strange = part.has("other")
    if not strange and not part.has(*MEASURE):
        taken += _nearest(others, *MEASURE)
    for kinds in (("place", "areas"), ("period",)):
        if not part.has(*kinds):
            taken += _nearest(others, *kinds)
    if not part.has(*CHANGE):
        amounts = [phrase for phrase in part.phrases if phrase.kind == "amount"]
        if not amounts and not strange:
            taken += _nearest(others, *CHANGE, "amount")
        elif any(_is_change(phrase.value) for phrase in amounts):
            taken += _nearest(others, "way")
    return taken


def _is_change(amount: Amount) -> bool:
    return amount.unit in CHANGES and not amount.way


def _nearest(others: list[Part], *kinds: str) -> list[Phrase]:
    return next((phrases for part in others if (phrases := [phrase for phrase in part.phrases if phrase.kind in kinds])), [])


def _from_before(part: Part, before: list[Part]) -> Part:
    """A sentence takes the one place of the sentence before; its one measure only where it points back: `it fell by 6%`."""
    taken = list(part.taken)
    if not part.all_of("place", "areas"):
        taken += _only(before, "place")
    points = any(word in POINTING for phrase in part.phrases for word in phrase.words)
    if points and not part.has("other") and not part.all_of(*MEASURE):
        taken += _only(before, *MEASURE)
    return replace(part, taken=tuple(taken))


def _only(before: list[Part], *kinds: str) -> list[Phrase]:
    """What a sentence says of some kinds, if that is a single thing."""
    phrases = [phrase for part in before for phrase in part.all_of(*kinds)]
    return phrases[:1] if len({phrase.value for phrase in phrases}) == 1 else []


def _role(phrase: Phrase, part: Part, survey: bool) -> str:
    before = [other for other in part.phrases if other.end <= phrase.first and other.kind != "bound"]
    word = before[-1].words[-1] if before else ""
    amount = phrase.value
    if word == "from":
        return "start"
    if word in ("to", "at"):
        return "level"
    if word == "by" or amount.way or amount.unit == "points":
        return "size"
    if amount.unit == "percent":
        return "level" if (survey or not amount.number) and not part.all_of("way") else "size"
    return "size" if amount.unit == "number" and _touches_a_way(phrase, part) else "level"


def _touches_a_way(phrase: Phrase, part: Part) -> bool:
    """`Down 400`, `400 more`, `400 fewer`: a number that touches its direction says how much."""
    return any(other.kind == "way" and (other.end == phrase.first or other.first == phrase.end) for other in part.phrases)


def _bounded(amount: Amount, bound: str) -> Amount:
    """An amount with `about`, `at least` or `at most` before it."""
    return replace(amount, bound=bound, near=about(amount) if bound == "about" and amount.above is None else amount.near)
