"""
From a text to what is claimed in it, by rules: measure, place, way, size and time; or the question that must be answered first.

A word that is not understood could change what is claimed, so it is never passed over: the claim is put back, and asked. What
is taken for granted, a misspelt word or a place that is not named, is kept with the claim and told with its answer.
"""

from dataclasses import dataclass, replace
from datetime import date

from metrics.claims.claim import OTHER, Amount, Claim, Period
from metrics.claims.parts import CHANGE, MEASURE, Part, amounts_of, bound_of, counted_areas, parts_of
from metrics.claims.phrases import Line, Phrase, phrases_of
from metrics.claims.vocabulary import Token, Vocabulary, guessed, plain_text, tokens_of
from metrics.domain import COUNTED, Definitions, Refused

LONGEST = 500
MOST = 6
"""Claims of one text that are answered."""
SHARES = ("survey_rolling_year", "survey_quarter", "share")
COMPARING = ("above", "below", "than", "as", "versus", "vs", "against", "compared")
YEARLY = ("year ago", "newest year", "newest quarter")
WHOLE = 100.0


@dataclass(frozen=True)
class Unsure:
    """
    A claim that is not sure yet: `key` names what must be asked, of which `options` or strange `words`.

    `span` is where the claim stands in the text, `spot` where what is asked about does.
    """

    key: str
    claim: Claim
    span: tuple[int, int] = (0, 0)
    options: tuple[str, ...] = ()
    spot: tuple[int, int] = (0, 0)
    words: tuple[str, ...] = ()
    as_at: date | None = None


@dataclass(frozen=True)
class Text:
    """A text in plain writing, everything that is claimed in it, and whether there is more than is answered."""

    text: str
    claims: tuple[Claim | Unsure, ...]
    more: bool = False


@dataclass(frozen=True)
class Reader(Line):
    """One text while it is read: its plain writing, its tokens as written and as read, and what is known."""

    plain: str
    written: tuple[Token, ...]
    known: Definitions

    def as_written(self, part: Phrase | Part) -> str:
        """The words of a phrase or a part, as written."""
        return self.plain[self.tokens[part.first].start : self.tokens[part.end - 1].end]

    def span(self, part: Phrase | Part) -> tuple[int, int]:
        """Where a phrase or a part stands in the text."""
        return self.tokens[part.first].start, self.tokens[part.end - 1].end

    def guesses(self, part: Part) -> tuple[tuple[str, str, str], ...]:
        """The misspelt words of a part, each with what it is taken for."""
        pairs = zip(self.written[part.first : part.end], self.tokens[part.first : part.end], strict=True)
        return tuple(("guess", before.written, _cased(after.text, before.written)) for before, after in pairs if before.text != after.text)


def _cased(word: str, written: str) -> str:
    return word.capitalize() if written[:1].isupper() else word


def read(text: str, known: Definitions, vocabulary: Vocabulary, as_at: date) -> Text:
    """
    Read what a text claims.

    `text`: at most 500 characters, of one or more claims.
    `as_at`: the day by which `this year` and `last year` are meant.
    Raises Refused: more than 500 characters.
    """
    if len(text) > LONGEST:
        raise Refused(f"a claim of {len(text):,} characters: at most {LONGEST} can be checked at once")
    plain = plain_text(text)[: 2 * LONGEST]
    written = tokens_of(plain)
    reader = Reader(guessed(written, vocabulary), vocabulary, as_at, plain, written, known)
    parts = parts_of(_places_settled(phrases_of(reader), reader))
    claims = list(dict.fromkeys(_placed(_claim(part, reader), part, reader) for part in parts[: MOST + 1]))
    return Text(plain, tuple(claims[:MOST]), len(claims) > MOST)


def _placed(claim: Claim | Unsure, part: Part, reader: Reader) -> Claim | Unsure:
    """What is not sure, with where it stands in the text."""
    return claim if isinstance(claim, Claim) else replace(claim, span=reader.span(part), as_at=reader.as_at)


def _places_settled(phrases: list[Phrase], reader: Reader) -> list[Phrase]:
    """`Bromley, London` is Bromley: the whole force area right after an area only says where that lies."""
    total, settled = reader.known.total.id, []
    for phrase in phrases:
        before = [other for other in settled[-3:] if other.kind not in ("pause", "harmless")]
        near = before[-1] if before else None
        compared = near is not None and any(word in COMPARING for word in reader.words[near.end : phrase.first])
        if phrase.kind == "place" and phrase.value == total and near and near.kind == "place" and not compared:
            if near.value != total:
                settled = settled[: settled.index(near) + 1]
            settled.append(replace(phrase, kind="harmless", value=""))
        else:
            settled.append(phrase)
    return settled


def _claim(part: Part, reader: Reader) -> Claim | Unsure:
    claim = Claim(reader.as_written(part), cause=part.cause or _doer(part, reader), assumed=reader.guesses(part))
    beyond = _beyond(part, reader)
    if beyond is not None:
        return _plain_of(replace(claim, beyond=beyond), part)
    claim = _measured(claim, part, reader)
    claim = claim if isinstance(claim, Unsure) else _located(claim, part, reader)
    claim = claim if isinstance(claim, Unsure) else _published_there(claim, reader)
    return claim if isinstance(claim, Unsure) else _changed(claim, part, reader)


def _beyond(part: Part, reader: Reader) -> tuple[str, str] | None:
    """What is not checked here, and the words that show it; `highest` without a time is a rank among places."""
    beyond = next((phrase for phrase in part.phrases if phrase.kind == "beyond"), None)
    if beyond is not None:
        return beyond.value, reader.as_written(beyond).lower()
    timed = any(period.kind in ("since", "back", "plan", "newest year") for period in part.values("period"))
    ranked = next((phrase for phrase in part.phrases if phrase.kind == "superlative"), None)
    return None if ranked is None or timed or part.has("record") else ("rank", reader.as_written(ranked).lower())


def _plain_of(claim: Claim, part: Part) -> Claim:
    """What is plain of a claim that is not checked."""
    measures, places = part.values("measure", "likely"), part.values("place")
    return replace(claim, measure=measures[0] if len(measures) == 1 else "", place=places[0] if len(places) == 1 else "")


def _measured(claim: Claim, part: Part, reader: Reader) -> Claim | Unsure:
    vague, likely = part.all_of("ambiguous"), part.all_of("likely")
    named = part.has("measure")
    if vague and not named:
        return Unsure("measure", _plain_of(claim, part), options=tuple(vague[0].value), spot=reader.span(vague[0]))
    measures = part.values("measure") if named or not likely else part.values("likely")
    if len(measures) > 1:
        return Unsure("two measures", claim, options=tuple(measures))
    if not measures:
        return Unsure("no measure" if part.all_of(*CHANGE, "amount", "place") else "nothing", _plain_of(claim, part))
    assumed = () if named or not likely else (("likely", " ".join(likely[0].words), measures[0]),)
    return replace(claim, measure=measures[0], assumed=claim.assumed + assumed)


def _located(claim: Claim, part: Part, reader: Reader) -> Claim | Unsure:
    """The claim with its place or its places; where none is named, of the whole force area."""
    total, places = reader.known.total.id, part.values("place")
    areas = _areas(part, len(reader.known.areas), reader)
    if areas is not None:
        return replace(claim, place=total, areas=areas)
    vague = part.all_of("areas")
    if vague and not places:
        return Unsure("no place", claim, words=(reader.as_written(vague[0]),), spot=reader.span(vague[0]))
    if len(places) == 2:
        other = _other_place(part, reader)
        if other:
            return replace(claim, place=next(place for place in places if place != other), other=other, each="each" in part.values("unit"))
        places = [place for place in places if place != total]
    if len(places) > 1:
        return Unsure("two places", claim, options=tuple(places))
    if places:
        return replace(claim, place=places[0])
    strange = _strange(part, claim)
    if strange:
        names = [phrase for phrase in part.phrases if phrase.kind == "other"]
        return Unsure("no place", claim, words=strange, spot=(reader.span(names[0])[0], reader.span(names[-1])[1]))
    return replace(claim, place=total, assumed=(*claim.assumed, ("no place", "", total)))


def _published_there(claim: Claim, reader: Reader) -> Claim:
    """The claim of the measure that is published for such places, where several of the same thing differ in their levels alone."""
    measures, level = reader.known.measures, reader.known.places[claim.place].level
    named = measures[claim.measure]
    alike = [named, *(measures[name] for name in named.related if measures[name].definition == named.definition)]
    there = sorted((measure for measure in alike if level in measure.levels), key=lambda measure: bool(measure.missing))
    return replace(claim, measure=there[0].id) if there else claim


def _areas(part: Part, many: int, reader: Reader) -> Amount | None:
    phrase = next(iter(part.all_of("areas")), None)
    counted = counted_areas(part)
    if phrase is None or (phrase.value == "areas" and not counted):
        return None
    text = reader.as_written(phrase).lower()
    if counted:
        amount = counted[0].value
        share = many / WHOLE if amount.unit == "percent" else 1.0
        return Amount(amount.number * share, "number", 0.5 / min(share, 1.0), bound_of(part, counted[0]), f"{amount.text} {text}")
    number = {"every": many, "all but one": many - 1, "none": 0, "most": many // 2 + 1}[phrase.value]
    return Amount(number, "number", 0.0, text=text, above=many + 1 if phrase.value == "most" else 0.5)


def _other_place(part: Part, reader: Reader) -> str:
    """The place that another is compared with: `than in Camden`."""
    marks = [at for at in range(part.first, part.end) if reader.words[at] in COMPARING]
    after = [phrase.value for mark in marks for phrase in part.all_of("place") if 0 < phrase.first - mark <= 5]
    return after[0] if after else ""


def _changed(claim: Claim, part: Part, reader: Reader) -> Claim | Unsure:
    measure = reader.known.measures[claim.measure]
    ways, period = part.values("way"), _time(part)
    if period is None or len(ways) > 1:
        return Unsure("two times" if period is None else "two ways", claim)
    clearly = any("clear" in reader.as_written(phrase).lower().split() for phrase in part.all_of("way"))
    claim = replace(claim, period=period, way=ways[0] if ways else "", clearly=clearly)
    records = part.values("record", "superlative")
    if records:
        return _record(claim, records, part)
    claim = _with_amounts(claim, part, measure.kind in SHARES)
    claim = claim if isinstance(claim, Unsure) else _denied(claim, part, reader, measure.kind in SHARES)
    return claim if isinstance(claim, Unsure) else _settled(claim, part, measure.kind)


def _record(claim: Claim, records: list[str], part: Part) -> Claim | Unsure:
    record = next((record for record in records if record != "either"), claim.way)
    if record not in ("up", "down") or part.has("denial", "doubt"):
        return Unsure("negation" if part.has("denial", "doubt") else "no way", claim)
    strange = _strange(part, claim)
    claim = replace(claim, record=record, way="")
    return Unsure("words", claim, words=strange) if strange else claim


def _denied(claim: Claim, part: Part, reader: Reader, share: bool) -> Claim | Unsure:
    """A denial as what it says: of a change, of a share of people, of any case at all; where that is not plain, it is asked."""
    if part.has("doubt"):
        return Unsure("negation", claim)
    if not part.has("denial"):
        return claim
    if claim.way in (*OTHER, "better", "worse") and claim.level is None and claim.start is None:
        return replace(claim, denied=True)
    if share and claim.level is not None and not claim.way:
        level = replace(claim.level, number=WHOLE - claim.level.number, text=f"{WHOLE - claim.level.number:.0f} in 100")
        return replace(claim, level=level, assumed=(*claim.assumed, ("denied share", claim.level.text, level.text)))
    if _is_none_at_all(claim, part, reader):
        return replace(claim, level=Amount(0.0, "number", 0.5, text="0"))
    return Unsure("negation", claim)


def _is_none_at_all(claim: Claim, part: Part, reader: Reader) -> bool:
    """`No homicides in Sutton`."""
    before = [phrase.end for phrase in part.phrases if phrase.kind == "denial" and reader.as_written(phrase).lower() == "no"]
    return not claim.way and claim.level is None and any(phrase.first in before for phrase in part.all_of(*MEASURE))


def _settled(claim: Claim, part: Part, kind: str) -> Claim | Unsure:
    """The claim, unless its direction, its unit, its time or a word of it is not understood."""
    if claim.size is not None and not claim.way:
        return Unsure("no way", claim)
    if not claim.way and claim.level is None:
        return Unsure("nothing said", claim)
    if claim.size is not None and claim.size.unit == "percent" and kind in SHARES and any(map(str.isdecimal, claim.size.text)):
        return Unsure("points", claim)
    if claim.size is not None and claim.size.unit == "points" and kind not in SHARES:
        return Unsure("percent", claim)
    if claim.level is not None and claim.period.kind == "unsaid" and kind in COUNTED and not claim.way:
        return Unsure("no time", claim)
    strange = _strange(part, claim)
    return Unsure("words", claim, words=strange) if strange else claim


def _strange(part: Part, claim: Claim) -> tuple[str, ...]:
    """The words of a part that are not understood; who is said to have caused something is."""
    words = [word for phrase in part.phrases if phrase.kind == "other" for word in phrase.words]
    return tuple(word for word in words if word not in claim.cause.split())


def _time(part: Part) -> Period | None:
    """The one time of a claim; two times are the later one against the earlier, where they are times of that kind."""
    times = part.values("period")
    if len(times) < 2:
        return times[0] if times else Period()
    within = sorted((time for time in times if time.kind == "within"), key=lambda time: time.last)
    since = [time for time in times if time.kind == "since"]
    if len(times) == 2 and len(within) == 2:
        return Period("between", within[1].first, within[1].last, within[0].first, within[0].last)
    if len(times) == 2 and len(within) == len(since) == 1 and since[0].last < within[0].last:
        return Period("between", within[0].first, within[0].last, since[0].first, since[0].last)
    yearly = [time for time in times if time.kind in YEARLY]
    if len(times) == 2 and len(yearly) == 1 and within:
        # "In June 2026, compared with a year ago" is what a time within a year is compared with anyway.
        return within[0]
    return yearly[0] if len(yearly) == len(times) and {time.kind for time in yearly} == {"year ago", "newest quarter"} else None


def _with_amounts(claim: Claim, part: Part, survey: bool) -> Claim | Unsure:
    """Each amount as what it is, and the way that numbers give by themselves; what contradicts itself is asked about."""
    amounts = amounts_of(part, survey=survey)
    if amounts is None:
        return Unsure("two amounts", claim)
    claim = replace(claim, **amounts)
    if claim.level is not None and claim.level.number == 0 and not survey:
        claim = replace(claim, level=replace(claim.level, unit="number", text="0"))
    signed = claim.size.way if claim.size is not None else ""
    if claim.start is not None and claim.level is not None:
        more = claim.level.number - claim.start.number
        signed = signed or ("up" if more > 0 else "down" if more < 0 else "none")
    if signed and claim.way in ("up", "down", "none") and claim.way != signed:
        return Unsure("two ways", claim)
    return replace(claim, way=claim.way or signed)


def _doer(part: Part, reader: Reader) -> str:
    """`The plan cut burglary`: a doer with a deed at most three words on claims a cause; one inside a measure's name does nothing."""
    named = {at for phrase in part.all_of(*MEASURE) for at in range(phrase.first, phrase.end)}
    words = ["" if at in named else reader.words[at] for at in range(part.first, part.end)]
    for doer in sorted(reader.vocabulary.doers, key=len, reverse=True):
        for at in range(len(words) - len(doer) + 1):
            if tuple(words[at : at + len(doer)]) == doer and _does(words[at + len(doer) : at + len(doer) + 4], reader.vocabulary):
                return " ".join(doer)
    return ""


def _does(words: list[str], vocabulary: Vocabulary) -> bool:
    return any(tuple(words[at : at + len(deed)]) == deed for deed in vocabulary.deeds for at in range(len(words)))
