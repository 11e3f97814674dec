"""A claim said back in plain words that read as the same claim, and the questions that must be answered before one is checked."""

from dataclasses import replace

from metrics.claims.claim import Amount, Choice, Claim, Period, Question
from metrics.claims.parsing import Heard, Unsure
from metrics.domain import Definitions, periods
from metrics.narrative import number_words

ASKED_WAYS = ("up", "down", "none")


def claim_said(claim: Claim, known: Definitions, text: dict) -> str:
    """A claim in plain words; the words it came in where its measure or its place is not known."""
    if not claim.measure or not claim.place:
        return claim.text
    words = text["claim"]
    whole = words["whole"].format(
        measure=known.measures[claim.measure].title, place=known.places[claim.place].name,
        change=_change(claim, words), period=_period(claim.period, words["periods"]),
    )
    return " ".join(whole.split()).rstrip(" :")


def _change(claim: Claim, words: dict) -> str:
    said = []
    if claim.size is not None and claim.size.way and not claim.size.said[:1].isdecimal():
        said.append(words["bounds"][claim.size.bound].format(amount=claim.size.said))
    elif claim.way:
        said.append(words["ways"]["clearly" if claim.clearly else claim.way])
        said += [words["by"].format(amount=amount_said(claim.size, words))] if claim.size is not None else []
    if claim.start is not None:
        said.append(words["from"].format(amount=amount_said(claim.start, words)))
    if claim.level is not None:
        which = "to" if claim.way else "at" if claim.level.bound == "exact" else "bare"
        said.append(words[which].format(amount=amount_said(claim.level, words)))
    return " ".join(said)


def amount_said(amount: Amount, words: dict) -> str:
    """An amount with its bound, as it was said."""
    said = words["rate"].format(amount=amount.said) if amount.unit == "per_1000" and "per" not in amount.said else amount.said
    return words["bounds"][amount.bound].format(amount=said)


def _period(period: Period, words: dict) -> str:
    return words[period.kind].format(
        time=_time(period.first, period.last), then=_time(period.then_first, period.then_last), years=period.months // 12
    )


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


def question(unsure: Unsure, heard: Heard, known: Definitions, text: dict) -> Question:
    """What must be asked, with the whole text as each answer would have it."""
    names = [known.measures[one].title if one in known.measures else known.places[one].name for one in unsure.options]
    asked = text["questions"][unsure.key].format(options=", ".join(names), words=", ".join(unsure.words))
    return Question(unsure.key, asked, tuple(_choices(unsure, heard, known, text)))


def _choices(unsure: Unsure, heard: Heard, known: Definitions, text: dict) -> list[Choice]:
    key = unsure.key
    # A text of one claim is said anew as a whole; of several, only this one is.
    alone = len(heard.found) == 1
    start, end = unsure.span
    if key == "measure":
        (here,) = unsure.spans
        return [_choice(known.measures[one].title, heard.text, here, known.measures[one].title) for one in unsure.options]
    if key == "no measure":
        return [_choice(one.title, heard.text, (start, start), f"{one.title} ") for one in known.measures.values()]
    if key == "no place":
        places = [known.places["london"], *known.boroughs]
        return [_choice(one.name, heard.text, (end, end), f" in {one.name}") for one in places]
    said = [claim_said(one, known, text) for one in _alternatives(unsure)]
    return [_choice(words, heard.text, (0, len(heard.text)) if alone else (start, end), words) for words in dict.fromkeys(said)]


def _alternatives(unsure: Unsure) -> list[Claim]:
    """What a claim can mean, each whole."""
    key, claim = unsure.key, unsure.claim
    if key == "words":
        return [claim]
    if key in ("no way", "nothing said", "negation"):
        ways = [way for way in ASKED_WAYS if key != "no way" or way != "none"]
        return [replace(claim, way=way, size=_without_way(claim.size) if way != "none" else None) for way in ways if way != claim.way]
    if key in ("points", "percent"):
        unit = {"points": " points", "percent": "%"}[key]
        number = f"{claim.size.number:g}"
        return [replace(claim, size=replace(claim.size, unit=key, said=f"{number}{unit}", way=""))]
    if key == "no time":
        year = unsure.as_at.year
        years = [Period("within", f"{one}-01", f"{one}-12") for one in (year, year - 1)]
        return [replace(claim, period=one) for one in (Period("newest year"), *years)]
    return []


def _without_way(size: Amount | None) -> Amount | None:
    """A size that says its own way, such as `doubled`, is no size of the other way."""
    return None if size is not None and size.way else size


def _choice(label: str, whole: str, span: tuple[int, int], put: str) -> Choice:
    start, end = span
    return Choice(label, whole[:start] + put + whole[end:])
