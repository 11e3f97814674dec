"""A claim said back in plain words that read as the same claim, and the questions that must be answered before one is checked."""

from dataclasses import replace

from metrics.claims.claim import Amount, Choice, Claim, Period, Question
from metrics.claims.reading import Text, Unsure
from metrics.domain import Definitions, periods
from metrics.narrative import number_words

ASKED_WAYS = ("up", "down", "none")


def claim_said(claim: Claim, known: Definitions, text: dict) -> str:
    """A claim in plain words; the words it came in where its measure or its place is not known."""
    if not claim.measure or not claim.place or claim.beyond is not None:
        return claim.text
    words = text["claim"]
    form = "areas" if claim.areas is not None else "places" if claim.other else "whole"
    sentence = words[form].format(
        measure=known.measures[claim.measure].title, place=known.places[claim.place].name, change=_change(claim, words),
        period=_period(claim.period, words["periods"]), other=known.places[claim.other].name if claim.other else "",
        areas=words["bounds"][claim.areas.bound].format(amount=claim.areas.text) if claim.areas else "",
        each=words["each"] if claim.each else "",
    )
    return " ".join(sentence.split()).rstrip(" :")


def amount_said(amount: Amount, words: dict) -> str:
    """An amount with its bound, as it was said."""
    written = words["rate"].format(amount=amount.text) if amount.unit == "per_1000" and "per" not in amount.text else amount.text
    return words["bounds"][amount.bound].format(amount=written)


def question(unsure: Unsure, text_read: Text, known: Definitions, text: dict, assumed: tuple[str, ...]) -> Question:
    """What must be asked, with the whole text as each answer would have it."""
    names = [known.measures[name].title if name in known.measures else known.places[name].name for name in unsure.options]
    asked = text["questions"][unsure.key].format(options=", ".join(names), words=", ".join(unsure.words))
    return Question(unsure.key, " ".join([*assumed, asked]), tuple(_choices(unsure, text_read, known, text)))


def _change(claim: Claim, words: dict) -> str:
    if claim.record:
        return words["records"][claim.record if claim.period.kind != "unsaid" else f"{claim.record} ever"]
    parts = []
    if claim.size is not None and claim.size.way and not claim.size.text[:1].isdecimal():
        parts.append(words["bounds"][claim.size.bound].format(amount=claim.size.text))
    elif claim.way:
        ways = words["place_ways" if claim.other else "ways"]
        parts.append(ways["clearly" if claim.clearly else claim.way])
        parts += [words["by"].format(amount=amount_said(claim.size, words))] if claim.size is not None else []
    if claim.start is not None:
        parts.append(words["from"].format(amount=amount_said(claim.start, words)))
    if claim.level is not None:
        which = "to" if claim.way else "at" if claim.level.bound == "exact" and not claim.level.worded else "bare"
        parts.append(words[which].format(amount=amount_said(claim.level, words)))
    return " ".join([words["denied"], *parts] if claim.denied else parts)


def _period(period: Period, words: dict) -> str:
    time, then = _time(period.first, period.last), _time(period.then_first, period.then_last)
    return words[period.kind].format(time=time, then=then, years=period.months // 12, months=period.months)


def _time(first: str, last: str) -> str:
    """
    Months by the name that people give them.

    Examples
    --------
    >>> _time("2025-01", "2025-12"), _time("2024-04", "2025-03"), _time("2026-06", "2026-06"), _time("2025-07", "2026-06")
    ('2025', '2024/25', 'June 2026', 'the 12 months to June 2026')
    """
    if not last:
        return ""
    if first == last:
        return periods.say(last)
    if periods.between(first, last) == 11 and first[5:] in ("01", "04"):
        return first[:4] if first[5:] == "01" else f"{first[:4]}/{last[2:4]}"
    return number_words.span(first, last)


def _choices(unsure: Unsure, text_read: Text, known: Definitions, text: dict) -> list[Choice]:
    whole, (start, end) = text_read.text, unsure.span
    if unsure.key == "measure":
        titles = [known.measures[name].title for name in unsure.options]
        return [_choice(title, whole, unsure.spot, title) for title in titles]
    if unsure.key == "no measure":
        return [_choice(measure.title, whole, (start, start), f"{measure.title} ") for measure in known.measures.values()]
    if unsure.key == "no place":
        return [_choice(place.name, whole, unsure.spot, place.name) for place in (known.total, *known.areas)]
    # A text of one claim is said again as a whole; of several, only this one is.
    span = (0, len(whole)) if len(text_read.claims) == 1 else (start, end)
    rewordings = dict.fromkeys(claim_said(claim, known, text) for claim in _alternatives(unsure))
    return [_choice(words, whole, span, words) for words in rewordings]


def _alternatives(unsure: Unsure) -> list[Claim]:
    """What a claim can mean, each whole."""
    key, claim = unsure.key, replace(unsure.claim, denied=False)
    if key == "words":
        return [unsure.claim]
    if key in ("no way", "nothing said", "negation"):
        ways = [way for way in ASKED_WAYS if key != "no way" or way != "none"]
        return [replace(claim, way=way, size=_without_way(claim.size) if way != "none" else None) for way in ways if way != claim.way]
    if key in ("points", "percent"):
        unit = {"points": " points", "percent": "%"}[key]
        return [replace(claim, size=replace(claim.size, unit=key, text=f"{claim.size.number:g}{unit}", way=""))]
    if key == "no time":
        years = [Period("within", f"{year}-01", f"{year}-12") for year in (unsure.as_at.year, unsure.as_at.year - 1)]
        return [replace(claim, period=period) for period in (Period("newest year"), *years)]
    return []


def _without_way(size: Amount | None) -> Amount | None:
    """A size that says its own way, such as `doubled`, is no size of the other way."""
    return None if size is not None and size.way else size


def _choice(label: str, whole: str, span: tuple[int, int], put: str) -> Choice:
    start, end = span
    return Choice(label, whole[:start] + put + whole[end:])
