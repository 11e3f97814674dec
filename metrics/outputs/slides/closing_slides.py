"""The last slides: one measure in every area, what chance explains, what cannot be said, and where to look it up."""

from collections import Counter

from metrics.domain import periods
from metrics.narrative import number_format, number_words
from metrics.narrative.phrases import better_and_worse
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.slides.finding_slides import asked
from metrics.outputs.slides.short_text import short
from metrics.outputs.slides.slide import Chance, Close, Comparison, Gaps, Slide
from metrics.report.scorecard import Row

MOST_GAPS = 5
NAME_ROOM = (8, 54)
"""Most words and letters of a measure in the list of what cannot be said."""


def comparison(facts: MeetingFacts, row: Row) -> Slide:
    """One measure's verdict in every area, as a map that points out the own."""
    text, words = facts.slides["comparison"], facts.words["verdicts"]
    question, answers = asked(row), facts.brief.now.answers_of(row.measure.id)
    areas = [area.id for area in facts.brief.now.known.areas if area.id in answers]
    verdicts = {area: answers[area][question]["verdict"] for area in areas}
    many = Counter(verdicts.values())
    counts = tuple((verdict, many[verdict], words[verdict].lower()) for verdict in words if many[verdict])
    title = better_and_worse(text["titles"], many, among=len(verdicts))
    kicker = text["kicker"][question].format(measure=row.measure.title)
    alt = text["alt"].format(measure=row.measure.title, counts=", ".join(f"{n} {word}" for _, n, word in counts))
    place = facts.brief.place.id
    body = Comparison(tuple(sorted(verdicts.items())), counts, _luck(facts, answers[place][question]), place, alt, facts.outlines)
    outlines = facts.outlines.source.partition(",")[0] if facts.outlines else ""
    source = text["source"] + (text["outlines"].format(source=outlines) if outlines else "")
    return Slide(title, body, short(kicker, 10, 70), source, (facts.words["page"]["compare"], facts.text["reading"]), row.measure.id)


def chance(facts: MeetingFacts) -> Slide:
    """A dot for each charted measure: how many newly stand out, and how many would by chance alone."""
    text, charted = facts.slides["chance"], [row.lead for row in facts.brief.counted if row.lead["signal_charted"]]
    out = sum(bool(lead["signal"] and lead["signal_new"]) for lead in charted)
    luck = sum(lead["signal_by_luck"] / lead["signal_charted"] for lead in charted)
    expected = round(luck)
    title = text["title" if charted else "none"].format(among=len(charted), out=out or number_words.few(0), luck=number_words.about(luck))
    bracket = text["bracket"].format(luck=number_words.about(luck)) if charted else ""
    body = Chance(len(charted), out, expected, bracket, text["sentence" if out else "none_out" if charted else "none_sentence"])
    plan = facts.brief.now.known.plan
    return Slide(title, body, text["kicker"], text["source"].format(plan=plan.title), (*facts.luck, facts.text["reading"]))


def gaps(facts: MeetingFacts) -> Slide:
    """What cannot be said here: headline measures without figures, then old ones; the whole list stands in the handout."""
    text, old = facts.slides["gaps"], [row for row in facts.scorecard.headline_rows if row.is_old]
    missing = [measure.title for measure, _ in facts.scorecard.missing if measure.headline]
    rows = [(short(title, *NAME_ROOM), text["missing"]) for title in missing]
    rows = [*((short(row.measure.title, *NAME_ROOM), text["old"].format(period=row.period)) for row in old[:2]), *rows][:MOST_GAPS]
    notes = [f"{measure.title}: {why}" for measure, why in facts.scorecard.missing]
    title = text["title" if rows else "none"].format(missing=len(missing), old=len(old))
    return Slide(title, Gaps(tuple(rows)), text["kicker"], text["source"], tuple(notes))


def close(facts: MeetingFacts) -> Slide:
    """Where every figure stands, and when the next meeting is."""
    text = facts.slides["close"]
    address = facts.url.removeprefix("https://").rstrip("/")
    lines = (
        (address or text["no_address"], text["every_figure"]),
        (text["next"], _next(facts)),
        (text["tell"], short(facts.contact, 8, 50) if facts.contact else ""),
    )
    return Slide(text["title"], Close(facts.url, facts.code_alt if facts.url else "", lines), "", facts.disclaimer,
                 (facts.scan, facts.ask, facts.stands))


def _next(facts: MeetingFacts) -> str:
    """When the next meeting is, or since when it is due."""
    coming, text = facts.brief.next, facts.slides["close"]["when"]
    by = periods.say_day(coming.day) if coming.day else periods.say(coming.by) if coming.by else ""
    return text[coming.kind].format(by=by)


def _luck(facts: MeetingFacts, finding: dict) -> str:
    """How many areas moved the same way by more than chance, and how many luck alone would give."""
    text = facts.slides["comparison"]
    if not finding["areas_tested"] or number_format.is_missing(finding["by_luck"]):
        return text["no_luck"]
    luck = number_words.about(finding["by_luck"])
    return text["luck"].format(areas=int(finding["areas"]), tested=int(finding["areas_tested"]), luck=luck)
