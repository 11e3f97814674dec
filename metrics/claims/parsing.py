"""
From a text to what is claimed in it, by rules: measure, place, way, size and time; or the question that must be answered first.

A word that is not understood could change what is claimed, so it is never passed over: the claim is said back, and asked.
"""

from dataclasses import dataclass, replace
from datetime import date

from metrics.claims.claim import Claim, Period
from metrics.claims.claim_words import Vocabulary
from metrics.claims.clauses import Part, parts_of
from metrics.claims.matches import hits_of
from metrics.claims.roles import amounts_of
from metrics.claims.tokens import plain_text, tokens_of
from metrics.domain import Definitions, Refused

LONGEST = 500
SURVEYS = ("survey_rolling_year", "survey_quarter", "share")
MOST = 6
"""Claims of one text that are answered."""


@dataclass(frozen=True)
class Unsure:
    """
    A claim that is not sure yet: `key` names what must be asked, of which `options` or strange `words`.

    `span` is where the claim stands in the text, `spans` where what is asked about does.
    """

    key: str
    claim: Claim
    span: tuple[int, int] = (0, 0)
    options: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    words: tuple[str, ...] = ()
    as_at: date | None = None


@dataclass(frozen=True)
class Heard:
    """A text in plain writing, and everything that is claimed in it."""

    text: str
    found: tuple[Claim | Unsure, ...]
    more: bool = False


def parse(text: str, known: Definitions, heard: Vocabulary, as_at: date) -> Heard:
    """
    Read what a text claims.

    Parameters
    ----------
    text
        At most 500 characters, of one or more claims.
    as_at
        The day by which `this year` and `last year` are meant.

    Raises
    ------
    Refused
        More than 500 characters.
    """
    if len(text) > LONGEST:
        raise Refused(f"a claim of {len(text):,} characters: at most {LONGEST} can be checked at once")
    plain = plain_text(text)[: 2 * LONGEST]
    tokens = tokens_of(plain)
    words = [token.text for token in tokens]
    parts = parts_of(hits_of(tokens, heard, as_at), words)
    read = [(_read(part, plain, tokens, known, heard), part) for part in parts[: MOST + 1]]
    found = [_placed(one, part, tokens, as_at) for one, part in read]
    once = list(dict.fromkeys(found))
    return Heard(plain, tuple(once[:MOST]), len(once) > MOST)


def _placed(found: Claim | Unsure, part: Part, tokens, as_at: date) -> Claim | Unsure:
    """What is not sure, with where it stands in the text."""
    if isinstance(found, Claim):
        return found
    span = tokens[part.first].start, tokens[part.end - 1].end
    return replace(found, span=span, as_at=as_at)


def _read(part: Part, plain: str, tokens, known: Definitions, heard: Vocabulary) -> Claim | Unsure:
    text = plain[tokens[part.first].start : tokens[part.end - 1].end]
    claim = Claim(text, cause=part.cause or _done_by(part, tokens, heard))
    beyond = next((hit for hit in part.hits if hit.kind == "beyond"), None)
    if beyond is not None:
        said = " ".join(token.text for token in tokens[beyond.first : beyond.end])
        return _known_part(replace(claim, beyond=(beyond.value, said)), part)
    named = _named(claim, part, tokens)
    if isinstance(named, Unsure):
        return named
    return _changed(named, part, tokens, known)


def _known_part(claim: Claim, part: Part) -> Claim:
    """What is plain of a claim that is not checked."""
    measures, places = ({hit.value for hit in part.all_of(kind)} for kind in ("measure", "place"))
    only = [next(iter(found)) if len(found) == 1 else "" for found in (measures, places)]
    return replace(claim, measure=only[0], place=only[1])


def _named(claim: Claim, part: Part, tokens) -> Claim | Unsure:
    """The claim with its measure and its place, or which of them must be asked."""
    vague = part.all_of("ambiguous")
    measures = list(dict.fromkeys(hit.value for hit in part.all_of("measure")))
    claim = _known_part(claim, part)
    if vague and not part.has("measure"):
        spans = ((tokens[vague[0].first].start, tokens[vague[0].end - 1].end),)
        return Unsure("measure", claim, options=tuple(vague[0].value), spans=spans)
    if len(measures) > 1:
        return Unsure("two measures", claim, options=tuple(measures))
    if not measures:
        return Unsure("no measure" if part.all_of("way", "amount", "place") else "nothing", claim)
    places = list(dict.fromkeys(hit.value for hit in part.all_of("place")))
    if len(places) > 1:
        places = [one for one in places if one != "london"] if len(places) == 2 and "london" in places else places
    if len(places) > 1 and any(token.text == "than" for token in tokens[part.first : part.end]):
        return replace(claim, beyond=("rank", "than"))
    if len(places) > 1:
        return Unsure("two places", claim, options=tuple(places))
    if not places:
        return Unsure("no place", claim)
    return replace(claim, place=places[0])


def _changed(claim: Claim, part: Part, tokens, known: Definitions) -> Claim | Unsure:
    """The claim with its way, its amounts and its time."""
    measure = known.measures[claim.measure]
    ways = list(dict.fromkeys(hit.value for hit in part.all_of("way")))
    timed = _time(part)
    if timed is None or len(ways) > 1:
        return Unsure("two times" if timed is None else "two ways", claim)
    claim = replace(claim, period=timed, way=ways[0] if ways else "", clearly=_clearly(part, tokens))
    counted = _with_amounts(claim, part, tokens, measure.kind in SURVEYS)
    if isinstance(counted, Unsure):
        return counted
    if part.has("negation"):
        return Unsure("negation", counted)
    if counted.size is not None and not counted.way:
        return Unsure("no way", counted)
    if not counted.way and counted.level is None:
        return Unsure("nothing said", counted)
    return _settled(counted, part, tokens, measure.kind)


def _settled(claim: Claim, part: Part, tokens, kind: str) -> Claim | Unsure:
    """The claim, unless its unit, its time or a word of it is not understood."""
    if claim.size is not None and claim.size.unit == "percent" and kind in SURVEYS:
        return Unsure("points", claim)
    if claim.size is not None and claim.size.unit == "points" and kind not in SURVEYS:
        return Unsure("percent", claim)
    if claim.level is not None and claim.period.kind == "unsaid" and kind in ("count", "flow") and not claim.way:
        return Unsure("no time", claim)
    words = [tokens[hit.first].text for hit in part.hits if hit.kind == "other"]
    strange = tuple(word for word in words if word not in claim.cause.split())
    return Unsure("words", claim, words=strange) if strange else claim


def _time(part: Part) -> Period | None:
    """The one time of a claim; two times are the later one against the earlier, where they are times of that kind."""
    said = list(dict.fromkeys(hit.value for hit in part.all_of("period")))
    if not said:
        return Period()
    if len(said) == 1:
        return said[0]
    within = sorted((one for one in said if one.kind == "within"), key=lambda one: one.last)
    if len(said) == 2 and len(within) == 2:
        return Period("between", within[1].first, within[1].last, within[0].first, within[0].last)
    since = [one for one in said if one.kind == "since"]
    if len(said) == 2 and len(within) == len(since) == 1 and since[0].last < within[0].last:
        return Period("between", within[0].first, within[0].last, since[0].first, since[0].last)
    yearly = [one for one in said if one.kind in ("year ago", "newest year", "newest quarter")]
    if len(said) == 2 and len(yearly) == 1 and within:
        # "In June 2026, compared with a year ago" is what a time within a year is compared with anyway.
        return within[0]
    return yearly[0] if len(yearly) == len(said) and {one.kind for one in yearly} == {"year ago", "newest quarter"} else None


def _with_amounts(claim: Claim, part: Part, tokens, survey: bool) -> Claim | Unsure:
    """Each amount as what it is, and the way that numbers give by themselves; what contradicts itself is asked about."""
    amounts = amounts_of(part, tokens, survey=survey)
    if amounts is None:
        return Unsure("two amounts", claim)
    claim = replace(claim, **amounts)
    signed = claim.size.way if claim.size is not None else ""
    if claim.start is not None and claim.level is not None:
        more = claim.level.number - claim.start.number
        signed = signed or ("up" if more > 0 else "down" if more < 0 else "none")
    if signed and claim.way in ("up", "down", "none") and claim.way != signed:
        return Unsure("two ways", claim)
    return replace(claim, way=claim.way or signed)


def _clearly(part: Part, tokens) -> bool:
    """Whether it is claimed that there is no clear change, and not that there is none."""
    return any("clear" in [token.text for token in tokens[hit.first : hit.end]] for hit in part.all_of("way"))


def _done_by(part: Part, tokens, heard: Vocabulary) -> str:
    """`The plan cut burglary`: a doer with a deed at most three words on claims a cause; one inside a measure's name does nothing."""
    named = {at for hit in part.all_of("measure", "ambiguous") for at in range(hit.first, hit.end)}
    words = ["" if at in named else tokens[at].text for at in range(part.first, part.end)]
    for doer in sorted(heard.doers, key=len, reverse=True):
        for at in range(len(words) - len(doer) + 1):
            near = words[at + len(doer) : at + len(doer) + 4]
            if tuple(words[at : at + len(doer)]) == doer and _has_deed(near, heard):
                return " ".join(doer)
    return ""


def _has_deed(words: list[str], heard: Vocabulary) -> bool:
    return any(tuple(words[at : at + len(deed)]) == deed for deed in heard.deeds for at in range(len(words)))
