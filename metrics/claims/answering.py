"""
Every sentence of a claim's answer, from what was judged and the section `claims` of `data/wording.yaml`.

First what the figures support, in at most 25 words; apart from it why, and every comparison that was tried with its range.

So is a claim that is said back, in plain words that read as the same claim, and what must be asked before it is checked.
"""

import math
from dataclasses import dataclass, replace
from datetime import date

from metrics.claims.claim import SUPPORTED, Amount, Answer, Choice, Claim, Period, Question
from metrics.claims.figures import Comparison, Figures, Window, year_before
from metrics.claims.judging import Grade, Judged
from metrics.claims.reading import Text, Unsure
from metrics.domain import Definitions, periods
from metrics.domain.periods import YEAR
from metrics.narrative import Wording, change_range, number_format
from metrics.narrative import comparison as narrative
from metrics.narrative.answer_text import MOST_WORDS
from metrics.narrative.phrases import spoken
from metrics.statistics.parameters import PERCENT_FROM
from metrics.statistics.verdict import NO_CHANGE

HARDLY = 0.5
"""A smaller percentage would be written as none."""
MOST = 100.0
"""A larger rise is said as a multiple, and no range goes further."""


@dataclass(frozen=True)
class Speaker:
    """Says numbers, times and comparisons of one measure in the words of `wording.yaml`; `pages` are those of an answer on a page."""

    figures: Figures | None
    known: Definitions
    text: dict
    pages: dict

    def number(self, value: float) -> str:
        """A figure as a sentence says it."""
        words = spoken(value, self.figures.measure)
        return f"{words} in 100" if self.figures.survey else words

    def level(self, value: float, window: Window, form: str = "sentences") -> str:
        """A figure with its time: `83,927 recorded in the 12 months to June 2026`."""
        kind = "survey" if self.figures.survey else self.figures.measure.kind
        kind = kind if kind in ("survey", "stock", "share") else "count"
        return self.text[form][kind].format(now=spoken(value, self.figures.measure), span=self.span(window), last=periods.say(window[1]))

    def span(self, window: Window) -> str:
        """Months as a sentence says them; of a survey those of its interviews."""
        window = window if self.figures is None else self.figures.covered(window)
        return number_format.window(*window)

    def compared(self, comparison: Comparison, claim: Claim, most: float = math.inf) -> str:
        """Two numbers, how they differ, and the range of that as far as there is room in so many words."""
        sentences = [self._compared(comparison, claim, allowed) for allowed in (self.allowed(comparison), "")]
        return next((sentence for sentence in sentences if len(sentence.split()) <= most), sentences[-1])

    def _compared(self, comparison: Comparison, claim: Claim, allowed: str) -> str:
        words = self.text["sentences"]
        if comparison.other:
            return self._places(comparison, claim, allowed)
        later, earlier = comparison.decisive if comparison.linked is None else map(round, comparison.linked)
        before = self.level(earlier, comparison.then, "before")
        if comparison.then == year_before(comparison.window):
            before = words["year_before"].format(before=spoken(earlier, self.figures.measure))
        if comparison.linked is not None:
            before = words["like_for_like"].format(before=before)
        # What is like for like says so in place of being recorded.
        now = self.level(later, comparison.window, "sentences" if comparison.linked is None else "before")
        difference = self._with(self.difference(comparison), allowed)
        return words["compared" if difference else "two"].format(now=now, before=before, difference=difference)

    def difference(self, comparison: Comparison) -> str:
        """How two times differ: a clear rise of so much, no clear change, or nothing where it was not tested."""
        words = self.text["differences"]
        if comparison.basis == "everyone":
            size = number_format.number(abs(comparison.now - comparison.before), self.figures.measure.unit)
            return words[comparison.way].format(size=size)
        if comparison.clear:
            return words["clear " + comparison.clear].format(size=self._size(comparison)).strip(" ,")
        return words.get({"answer": "none", "range": "none"}.get(comparison.basis, comparison.basis), "")

    def allowed(self, comparison: Comparison) -> str:
        """What chance allows of a difference, as pages say it: of a clear one how far it goes; nothing where no range was worked out."""
        if not comparison.ranged:
            return ""
        clear = {"up": "clear rise", "down": "clear fall"}.get(comparison.clear, NO_CHANGE)
        row = {"verdict": clear, "low": comparison.low, "high": comparison.high, "now": comparison.now, "before": comparison.before}
        worded = narrative.Comparison(self.pages, self.figures.measure, self.known.total, row, self.known.plan.launched)
        if not comparison.clear:
            return change_range.allowed(worded)
        return change_range.size(worded, self.text["differences"]["percent" if self.figures.counts else "points"])

    def _with(self, difference: str, allowed: str) -> str:
        return self.text["differences"]["ranged"].format(difference=difference, allowed=allowed) if allowed and difference else difference

    def ranged(self, comparison: Comparison) -> str:
        """The range of a difference in a sentence of its own; nothing where none was worked out."""
        if not comparison.ranged:
            return ""
        if not self.figures.counts:
            ends = [number_format.fall_or_rise(end) for end in (comparison.low, comparison.high)]
        else:
            ends = [self._end(end, comparison.clear) for end in (comparison.low, comparison.high)]
        if ends[0] == ends[1]:
            return self.text["sentences"]["range_all"].format(end=ends[0])
        return self.text["sentences"]["range"].format(low=ends[0], high=ends[1])

    def beside(self, comparison: Comparison, claim: Claim) -> str:
        """What stands beside a comparison: the earlier figure as published, and what changed in the way of recording meanwhile."""
        published = ""
        if comparison.linked is not None:
            published = self._as_published(comparison)
        titles = "; ".join(self.figures.cautions(claim.place, comparison)) if not comparison.other else ""
        caution = self.text["sentences"]["caution"].format(titles=titles) if titles else ""
        return " ".join(filter(None, (published, caution)))

    def _as_published(self, comparison: Comparison) -> str:
        """Which of two counts that are compared like for like were published otherwise, and how."""
        (now, before), window, then = comparison.linked, comparison.window, comparison.then
        differ = [(comparison.now, window)] * (now != comparison.now) + [(comparison.before, then)] * (before != comparison.before)
        levels = " and ".join(self.level(value, months, "before") for value, months in differ)
        return self.text["sentences"]["as_published"].format(before=levels)

    def clear_elsewhere(self, judged: Judged, claim: Claim) -> str:
        """An answer of the place's own that is clear the way that was claimed, where the claim compared other times; else nothing."""
        if judged.outcome == SUPPORTED or not claim.way or claim.other or self.figures is None:
            return ""
        if judged.comparison is not None and judged.comparison.clear == claim.way:
            return ""
        answers = self.figures.answers.get(claim.place, {})
        clear = {question: self.figures.of_answer(claim.place, row) for question, row in answers.items() if row["direction"] == claim.way}
        other = next((question for question, comparison in clear.items() if comparison != judged.comparison), None)
        return self.text["clear_elsewhere"][other].format(sentence=self.compared(clear[other], claim)) if other else ""

    def _end(self, percent: float, clear: str) -> str:
        if percent > MOST:
            return self.text["differences"]["more than double"]
        hardly = clear and abs(percent) < HARDLY
        return self.text["differences"]["hardly"] if hardly else number_format.lower_or_higher(math.log1p(percent / 100))

    def _size(self, comparison: Comparison) -> str:
        words = self.text["differences"]
        if not self.figures.counts:
            points = number_format.number(abs(comparison.now - comparison.before), "points", decimals=0)
            return words["about"].format(size=points)
        if min(comparison.decisive) < PERCENT_FROM:
            return ""
        if comparison.percent > MOST:
            return words["times"].format(times=f"{1 + comparison.percent / 100:.1f}")
        return words["size"].format(size=number_format.number(abs(comparison.percent), "percent"))

    def _places(self, comparison: Comparison, claim: Claim, allowed: str) -> str:
        """Two places over the same time."""
        words, names = self.text["places"], self.known.places
        unit = "each" if comparison.each else "survey" if self.figures.survey else "count"
        values = [number_format.number(value, "per_1000") if comparison.each else spoken(value, self.figures.measure)
                  for value in (comparison.now, comparison.before)]
        how = words["clear " + comparison.clear] if comparison.clear else words.get(comparison.basis, words["none"])
        return words[unit].format(now=values[0], before=values[1], place=names[claim.place].name, other=names[claim.other].name,
                                  span=self.span(comparison.window), how=self._with(how, allowed))


def answer(claim: Claim, judged: Judged, figures: Figures | None, known: Definitions, wording: Wording, as_at: date | None) -> Answer:
    """The answer to a claim, in words."""
    text = wording.text["claims"]
    speaker = Speaker(figures, known, text, wording.text["answers"])
    first, *more = dict.fromkeys(_reason(speaker, grade) for grade in judged.grades)
    summary = _summary(speaker, judged, claim)
    reasons = filter(None, (*([first] if summary else []), *more, speaker.clear_elsewhere(judged, claim)))
    return Answer(
        claim, judged.outcome, claim_in_words(claim, known, text), summary or first, _assumptions(claim, known, text), tuple(reasons),
        _details(speaker, judged, claim), _period(speaker, judged), as_at,
        figures.source if figures is not None else "", _facts(claim, judged), _question(claim, judged, figures),
    )


def _question(claim: Claim, judged: Judged, figures: Figures | None) -> str:
    """The question whose answer compares the two times that the outcome rests on; empty where they are others."""
    row = figures.answer(claim.place, judged.comparison) if figures is not None and judged.comparison is not None else None
    return row["question"] if row else ""


def _assumptions(claim: Claim, known: Definitions, text: dict) -> tuple[str, ...]:
    """What was taken for granted in reading a claim, aloud."""
    return tuple(text["assumed"][key].format(words=words, meant=_named(meant, known)) for key, words, meant in claim.assumed)


def _named(meant: str, known: Definitions) -> str:
    return known.measures[meant].title if meant in known.measures else known.places[meant].name if meant in known.places else meant


def _period(speaker: Speaker, judged: Judged) -> str:
    window = judged.comparison.window if judged.comparison is not None else judged.window
    return speaker.span(window) if window is not None and window[1] else ""


def _summary(speaker: Speaker, judged: Judged, claim: Claim) -> str:
    """What the figures support, in at most 25 words; nothing where they say nothing of the claim."""
    sentences, first = speaker.text["sentences"], judged.grades[0]
    if first.reason == "published once":
        return sentences["published"].format(**first.facts)
    if first.reason.startswith("areas "):
        return _areas_sentence(speaker, first)
    if "record" in first.facts:
        return _record_sentence(speaker, first)
    if judged.comparison is not None and first.reason != "break":
        return speaker.compared(judged.comparison, claim, MOST_WORDS)
    if judged.window is None or speaker.figures is None:
        return ""
    if first.facts.get("unit") == "per_1000":
        rate = number_format.number(first.facts["value"], "per_1000")
        return sentences["rate"].format(rate=rate, span=speaker.span(judged.window))
    value = speaker.figures.amount(claim.place, judged.window)
    return speaker.level(value, judged.window) + "."


def _areas_sentence(speaker: Speaker, grade: Grade) -> str:
    comparison, words = grade.comparison, speaker.text["areas"]
    yearly = comparison.then == year_before(comparison.window)
    then = words["year_before"] if yearly else speaker.span(comparison.then)
    span = speaker.span(comparison.window)
    return words["said"].format(**grade.facts | {"way": words[grade.facts["way"]], "span": span[0].upper() + span[1:], "then": then})


def _record_sentence(speaker: Speaker, grade: Grade) -> str:
    facts, words = grade.facts, speaker.text["records"]
    number = spoken(round(facts["most"]) if facts["linked"] else facts["most"], speaker.figures.measure)
    number = speaker.text["sentences"]["like_for_like"].format(before=number) if facts["linked"] else number
    return words["said"].format(now=speaker.level(facts["now"], grade.window), which=words[facts["record"]],
                                first=periods.say(facts["first"]), most=number, other=speaker.span(facts["other"]))


def _reason(speaker: Speaker, grade: Grade) -> str:
    facts = dict(grade.facts)
    if grade.reason in ("not held", "no plan", "short", "places in time"):
        months = [month for values in speaker.figures.series.values() for month in values] if speaker.figures else []
        facts |= {"first": periods.say(min(months)), "last": periods.say(max(months))} if months else {"first": "", "last": ""}
    if "claimed" in facts:
        facts["claimed"] = amount_in_words(facts["claimed"], speaker.text["claim"])
    if "value" in facts:
        rate = facts["unit"] == "per_1000"
        facts["value"] = number_format.number(facts["value"], "per_1000") if rate else speaker.number(facts["value"])
    if "other" in facts and isinstance(facts["other"], str):
        facts["other"] = speaker.known.measures[facts["other"]].title
    return speaker.text["reasons"][grade.reason].format(**facts)


def _details(speaker: Speaker, judged: Judged, claim: Claim) -> tuple[str, ...]:
    """Every comparison that was tried, with its range; figures published once; and what to bear in mind."""
    if speaker.figures is None:
        return ()
    figures, sentences = speaker.figures, speaker.text["sentences"]
    chosen = [judged.comparison] if judged.comparison is not None and not judged.grades[0].reason.startswith("areas ") else []
    lines = [" ".join(filter(None, (speaker.ranged(comparison), speaker.beside(comparison, claim))))
             for comparison in chosen if not figures.refused(claim.place, comparison)]
    others = [comparison for comparison in judged.tried if comparison not in chosen and not figures.refused(claim.place, comparison)]
    lines += [f"{speaker.compared(comparison, claim)} {speaker.beside(comparison, claim)}".strip() for comparison in others]
    lines += [sentences["published_once"].format(text=reading.text, source=reading.source) for reading in figures.measure.readings]
    lines += [figures.measure.missing] if figures.measure.missing and not figures.series else []
    if claim.other and figures.counts:
        lines.append(sentences["residents"])
    newest = figures.newest(claim.place)
    if newest and periods.between(newest, f"{figures.as_at:%Y-%m}") > YEAR:
        lines.append(sentences["old"].format(last=periods.say(newest)))
    return tuple(filter(None, lines))


def _facts(claim: Claim, judged: Judged) -> tuple[tuple[str, object], ...]:
    facts: dict[str, object] = {"measure": claim.measure, "place": claim.place, "rules": tuple(grade.reason for grade in judged.grades)}
    comparison = judged.comparison
    if comparison is not None:
        facts |= {"now": comparison.now, "before": comparison.before, "window": comparison.window, "then": comparison.then,
                  "low": comparison.low, "high": comparison.high, "basis": comparison.basis}
    return tuple(facts.items())


ASKED_WAYS = ("up", "down", "none")


def claim_in_words(claim: Claim, known: Definitions, text: dict) -> str:
    """A claim in plain words; the words it came in where its measure or its place is not known."""
    if not claim.measure or not claim.place or claim.beyond is not None:
        return claim.text
    words, place = text["claim"], known.places[claim.place].name
    form = "areas" if claim.areas is not None else "places" if claim.other else "whole"
    sentence = words[form].format(
        measure=known.measures[claim.measure].title.removesuffix(f", {place}"), place=place, change=_change(claim, words),
        period=_period_words(claim.period, words["periods"]), other=known.places[claim.other].name if claim.other else "",
        areas=words["bounds"][claim.areas.bound].format(amount=claim.areas.text) if claim.areas else "",
        each=words["each"] if claim.each else "",
    )
    return " ".join(sentence.split()).rstrip(" :")


def amount_in_words(amount: Amount, words: dict) -> str:
    """An amount with its bound, as it was said."""
    written = words["rate"].format(amount=amount.text) if amount.unit == "per_1000" and "per" not in amount.text else amount.text
    return words["bounds"][amount.bound].format(amount=written)


def question(unsure: Unsure, text_read: Text, known: Definitions, wording: Wording) -> Question:
    """What must be asked, with what was taken for granted before it, and the whole text as each answer would have it."""
    text = wording.text["claims"]
    names = [known.measures[name].title if name in known.measures else known.places[name].name for name in unsure.options]
    asked = text["questions"][unsure.key].format(options=", ".join(names), words=", ".join(unsure.words))
    sentences = [*_assumptions(unsure.claim, known, text), asked]
    return Question(unsure.key, " ".join(sentences), tuple(_choices(unsure, text_read, known, text)))


def _change(claim: Claim, words: dict) -> str:
    if claim.record:
        return words["records"][claim.record if claim.period.kind != "unsaid" else f"{claim.record} ever"]
    parts = []
    if claim.size is not None and claim.size.way and not claim.size.text[:1].isdecimal():
        parts.append(words["bounds"][claim.size.bound].format(amount=claim.size.text))
    elif claim.way:
        ways = words["place_ways" if claim.other else "ways"]
        parts.append(ways["clearly" if claim.clearly else claim.way])
        parts += [words["by"].format(amount=amount_in_words(claim.size, words))] if claim.size is not None else []
    if claim.start is not None:
        parts.append(words["from"].format(amount=amount_in_words(claim.start, words)))
    if claim.level is not None:
        which = "to" if claim.way else "at" if claim.level.bound == "exact" and not claim.level.worded else "bare"
        parts.append(words[which].format(amount=amount_in_words(claim.level, words)))
    return " ".join([words["denied"], *parts] if claim.denied else parts)


def _period_words(period: Period, words: dict) -> str:
    time, then = _time(period.first, period.last), _time(period.then_first, period.then_last)
    return words[period.kind].format(time=time, then=then, years=period.months // 12, months=period.months)


def _time(first: str, last: str) -> str:
    """
    Months by the name that people give them.

    >>> _time("2025-01", "2025-12"), _time("2024-04", "2025-03"), _time("2026-06", "2026-06"), _time("2025-07", "2026-06")
    ('2025', '2024/25', 'June 2026', 'the 12 months to June 2026')
    """
    if not last:
        return ""
    if first == last:
        return periods.say(last)
    if periods.between(first, last) == 11 and first[5:] in ("01", "04"):
        return first[:4] if first[5:] == "01" else f"{first[:4]}/{last[2:4]}"
    return number_format.span(first, last)


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
    rewordings = dict.fromkeys(claim_in_words(claim, known, text) for claim in _alternatives(unsure))
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
