"""Every sentence of a claim's answer, from what was found and the section `claims` of `data/wording.yaml`."""

import math

from metrics.claims.checking import Checked
from metrics.claims.claim import Answer, Claim
from metrics.claims.evidence import Held, Pair, cautions_between
from metrics.claims.level_claims import Grade
from metrics.claims.paraphrase import amount_said, claim_said
from metrics.domain import Definitions, periods
from metrics.narrative import SURVEYS, Wording, number_format, number_words
from metrics.narrative.phrases import spoken
from metrics.statistics.levels import YEAR


def answer(claim: Claim, checked: Checked, held: Held | None, known: Definitions, wording: Wording, as_at) -> Answer:
    """
    The answer to a claim, in words.

    Raises
    ------
    KeyError
        A sentence of `wording.yaml` is missing.
    """
    text = wording.text["claims"]
    span = _about(checked, held)
    reasons = tuple(dict.fromkeys(_reason(text, grade, held) for grade in checked.reasons))
    return Answer(
        claim, checked.outcome, claim_said(claim, known, text), reasons, _sentences(wording, checked, held), span, as_at,
        held.source if held is not None else "", _facts(claim, checked),
    )


def said_span(first: str, last: str) -> str:
    """
    Months as a sentence says them.

    Examples
    --------
    >>> said_span("2026-06", "2026-06"), said_span("2026-04", "2026-06")
    ('June 2026', 'April to June 2026')
    """
    return periods.say(last) if first == last else number_words.span(first, last)


def _about(checked: Checked, held: Held | None) -> str:
    """The months that the answer rests on."""
    if held is None:
        return ""
    if checked.pair is not None and checked.pair.last:
        window = checked.pair.first, checked.pair.last
    else:
        window = checked.window or (held.finding["first"], held.finding["last"])
    if not window[1]:
        return ""
    return said_span(periods.shift(window[1], 1 - YEAR), window[1]) if held.measure.kind in SURVEYS else said_span(*window)


def _reason(text: dict, grade: Grade, held: Held | None) -> str:
    facts = dict(grade.facts)
    if grade.reason in ("not held", "no baseline"):
        months = held.series.index
        facts = {"first": periods.say(months[0]), "last": periods.say(months[-1])} if len(months) else {"first": "", "last": ""}
    if "pair" in facts:
        pair = facts["pair"]
        facts = {"span": said_span(pair.first, pair.last), "now": _number(held, pair.now), "before": _number(held, pair.before)}
    if "claimed" in facts:
        facts["claimed"] = amount_said(facts["claimed"], text["claim"])
    if "value" in facts:
        facts["value"] = number_format.number(facts["value"], "per_1000") if facts["unit"] == "per_1000" else _number(held, facts["value"])
    if "other" in facts:
        facts["other"] = facts["other"].title
    return text["reasons"][grade.reason].format(**facts)


def _number(held: Held, value: float) -> str:
    said = spoken(value, held.measure)
    return f"{said} in 100" if held.measure.kind in SURVEYS else said


def _sentences(wording: Wording, checked: Checked, held: Held | None) -> tuple[str, ...]:
    """What the figures would stand behind: of the months claimed, and the finding's own sentence."""
    if held is None:
        return ()
    text, said = wording.text["claims"]["sentences"], []
    rate = next((grade for grade in checked.reasons if grade.facts.get("unit") == "per_1000"), None)
    if rate is not None:
        value = number_format.number(rate.facts["value"], "per_1000")
        said.append(text["one"].format(now=text["rate"].format(rate=value, span=said_span(*rate.window))))
    pair = checked.pair
    if pair is not None and pair.tested != "finding" and not number_format.is_missing(pair.now + pair.before):
        said.append(_pair_said(wording, held, pair))
    elif rate is None and checked.window is not None and not _is_found(held, checked):
        said += _levels_said(text, held, checked.window)
    said += [text["published_once"].format(text=one.text, source=one.source) for one in held.measure.readings]
    return (*said, held.finding["sentence"])


def _is_found(held: Held, checked: Checked) -> bool:
    """Whether the finding's own sentence already says the number."""
    found = held.finding
    return checked.window == (found["first"], found["last"]) or (not held.counts and checked.window[1] == found["last"])


def _levels_said(text: dict, held: Held, window: tuple[str, str]) -> list[str]:
    from_figures = held.series["value"].reindex(periods.span(*window)) if held.counts else held.series["value"].reindex([window[1]])
    if from_figures.isna().any():
        return []
    return [text["one"].format(now=_level(text, held, float(from_figures.sum()), *window))]


def _level(text: dict, held: Held, value: float, first: str, last: str) -> str:
    kind = "survey" if held.measure.kind in SURVEYS else held.measure.kind if held.measure.kind in ("stock", "share") else "count"
    return text[kind].format(now=spoken(value, held.measure), span=said_span(first, last), last=periods.say(last))


def _pair_said(wording: Wording, held: Held, pair: Pair) -> str:
    """Both numbers with their months; how much only where the kept range of the change holds no nought."""
    text = wording.text["claims"]["sentences"]
    now = _level(text, held, pair.now, pair.first, pair.last)
    before = _level(text, held, pair.before, pair.then_first, pair.then_last)
    before = before[0].lower() + before[1:]
    titles = "; ".join(cautions_between(held, pair))
    caution = wording.text["finding"]["caution"].format(titles=titles) if titles else ""
    if pair.tested not in ("baseline", "sample") or not pair.apart:
        return text["two"].format(now=now, before=before) + caution
    way = "rise" if pair.apart == "up" else "fall"
    return text["sized"].format(now=now, before=before, way=way, size=_size(held, pair)) + caution


def _size(held: Held, pair: Pair) -> str:
    if held.counts:
        return number_words.size(math.log1p(pair.low / 100), math.log1p(pair.high / 100), "percent")
    return number_words.size(pair.low, pair.high, "points")


def _facts(claim: Claim, checked: Checked) -> tuple[tuple[str, object], ...]:
    facts: dict[str, object] = {"measure": claim.measure, "place": claim.place, "rules": tuple(grade.reason for grade in checked.reasons)}
    if checked.pair is not None:
        names = ("now", "before", "first", "last", "then_first", "then_last", "low", "high", "tested")
        facts |= {name: getattr(checked.pair, name) for name in names}
    return tuple(facts.items())
