"""
A meeting's brief and its chosen items as slides, 11 to 15 of them, with the first and the last ones that every meeting has.

The order of the items is kept: promises stand together where the first is, and so do concerns; each measure has a slide.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from metrics.domain import periods
from metrics.meetings.agenda import Item, balance
from metrics.meetings.brief import Brief
from metrics.narrative import number_format
from metrics.narrative.phrases import better_and_worse
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.slides import item_slides
from metrics.outputs.slides.slide import Chance, Close, Comparison, Cover, Gaps, Overview, OverviewRow, Slide, short
from metrics.report.scorecard import Row
from metrics.statistics.questions import QUESTIONS

MOST_SLIDES, LEAST_FINDINGS = 15, 4
FOOT_WORDS, FOOT_LETTERS = 24, 104
AROUND = 6
"""The slides that every deck has beside promises, concerns and findings."""
TOGETHER = ("promise", "concern")


def slides_of(brief: Brief, items: Iterable[Item], *, address: str = "", contact: str = "") -> tuple[Slide, ...]:
    """Every slide of a meeting, in order."""
    facts, chosen = MeetingFacts(brief, address, contact), tuple(items)
    middle = list(_middle(facts, chosen))
    compared = _compared(facts, chosen)
    slides = (
        cover(facts, balance(brief, chosen)), overview(facts), *middle,
        *([comparison(facts, compared)] if compared else []),
        chance(facts), gaps(facts), close(facts),
    )
    return tuple(replace(slide, source=_footed(facts, slide)) for slide in slides)


def _footed(facts: MeetingFacts, slide: Slide) -> str:
    """The footer of a slide on one line; a made-up force says first that it is one."""
    foot = facts.slides["foot"].strip()
    return slide.source if not foot or foot in slide.source else short(f"{foot} {slide.source}", FOOT_WORDS, FOOT_LETTERS)


def _middle(facts: MeetingFacts, chosen: tuple[Item, ...]) -> Iterator[Slide]:
    """Promises, concerns and findings, in the order of the items."""
    groups = {kind: tuple(item for item in chosen if item.kind == kind) for kind in TOGETHER}
    concerns, measures = item_slides.concerns(facts, groups["concern"]), _measures(facts, chosen)
    if not groups["promise"]:
        yield item_slides.promises(facts, ())
    for item in chosen:
        if item.kind == "promise" and item is groups["promise"][0]:
            yield item_slides.promises(facts, groups["promise"])
        elif item.kind == "concern" and item is groups["concern"][0]:
            yield from concerns
        elif item.id in measures:
            yield item_slides.finding(facts, measures.pop(item.id), item)
    yield from (item_slides.finding(facts, row) for row in measures.values())


@dataclass(frozen=True)
class Room:
    """What of an agenda has no room on the slides, and the titles of the measures that they show besides."""

    left_out: tuple[Item, ...]
    besides: tuple[str, ...]

    def sentences(self, text: dict) -> tuple[str, ...]:
        """Both in words; `text` is the section `slides > agenda` of `data/wording.yaml`."""
        titles = {"left_out": [item.title.rstrip(".") for item in self.left_out], "besides": self.besides}
        return tuple(text[name].format(titles="; ".join(which)) for name, which in titles.items() if which)


def room(brief: Brief, items: Iterable[Item]) -> Room:
    """What the slides of an agenda hold of it, by the rules that make them."""
    facts, chosen = MeetingFacts(brief), tuple(items)
    measures = _measures(facts, chosen)
    promised = item_slides.promises_shown(facts, tuple(item for item in chosen if item.kind == "promise"))
    raised = [item.id for item in chosen if item.kind == "concern"][: item_slides.MOST_CONCERNS]
    left = tuple(item for item in chosen if item.id not in (*measures, *promised, *raised))
    own = {item.id for item in chosen}
    return Room(left, tuple(row.measure.title for name, row in measures.items() if name not in own))


def _most_measures(chosen: tuple[Item, ...]) -> int:
    """How many measures there is room for beside the slides of concerns."""
    concerns = min(sum(item.kind == "concern" for item in chosen), item_slides.MOST_CONCERNS)
    return MOST_SLIDES - AROUND - 1 - math.ceil(concerns / item_slides.CONCERNS_A_SLIDE)


def _measures(facts: MeetingFacts, chosen: tuple[Item, ...]) -> dict[str, Row]:
    """The rows of the measures chosen, by item, as many as there is room for; headline measures where fewer than four are."""
    rows = {row.measure.id: row for row in facts.scorecard.rows if row.picture is not None}
    wanted = {item.id: rows[item.card.measure.id] for item in chosen if item.kind not in TOGETHER and _has_row(item, rows)}
    wanted = dict(list(wanted.items())[: _most_measures(chosen)])
    used = {row.measure.id for row in wanted.values()}
    fill = [row for row in (*facts.scorecard.stands_out, *facts.scorecard.headline_rows) if row.measure.id not in used]
    lacking = max(0, LEAST_FINDINGS - len(wanted))
    return wanted | {f"also-{row.measure.id}": row for row in [row for row in fill if row.counts and row.picture is not None][:lacking]}


def _has_row(item: Item, rows: dict[str, Row]) -> bool:
    return item.card is not None and item.card.measure.id in rows


def _compared(facts: MeetingFacts, chosen: tuple[Item, ...]) -> Row | None:
    """The measure that is set beside other areas: the first on the agenda, else the first headline measure that is judged by months."""
    rows = {row.measure.id: row for row in facts.scorecard.rows if row.counts}
    named = [item.card.measure.id for item in chosen if item.card is not None and item.kind not in TOGETHER]
    points = facts.brief.now.points(facts.brief.place.id)
    charted = [row.measure.id for row in facts.scorecard.headline_rows if row.measure.id in points]
    return next((rows[name] for name in (*named, *charted) if name in rows), None)


MOST_ROWS = 7
"""So many rows fit below a title of two lines, each high enough to be read from the last row of a hall."""
OVERVIEW_ROOM = (14, 84)


def cover(facts: MeetingFacts, warning: str) -> Slide:
    """The title page; its notes warn where the items chosen all point one way."""
    brief, text = facts.brief, facts.slides["cover"]
    meeting = text["meeting" if brief.dated else "undated"].format(day=periods.say_day(brief.day))
    warned = facts.text["warning"].format(warning=warning) if warning else ""
    notes = tuple(filter(None, (facts.looked_back, facts.stands, facts.restated, warned)))
    title = short(facts.scorecard.heading, 14, 90)
    return Slide(title, Cover(facts.site, meeting, brief.place.id, facts.outlines), source=facts.disclaimer, notes=notes)


def overview(facts: MeetingFacts) -> Slide:
    """The headline measures with new figures here, as rows on one clock, below the first sentence of the place."""
    card, text = facts.scorecard, facts.slides["overview"]
    rows = [row for row in card.headline_rows if row.has_figures]
    new = [row for row in rows if not row.is_old] or rows
    columns = (*text["columns"], *(facts.words["scorecard"]["questions"][name] for name in QUESTIONS))
    body = Overview(columns, tuple(_row(facts, row) for row in new[:MOST_ROWS]), facts.clock)
    more = new[MOST_ROWS:]
    notes = [card.hero, facts.brief.tally, *([text["more"].format(names="; ".join(row.measure.title for row in more))] if more else [])]
    source = text["source"].format(mark=card.mark_text)
    title = short(card.hero.partition(". ")[0], *OVERVIEW_ROOM)
    return Slide(title, body, text["kicker"], source, (*notes, *old_rows(text, rows), facts.text["reading"]))


def old_rows(text: dict, rows: list[Row]) -> list[str]:
    """Which of the rows are old."""
    old = [f"{row.measure.title}, {row.period}" for row in rows if row.is_old]
    return [text["old"].format(names="; ".join(old))] if old else []


def _row(facts: MeetingFacts, row: Row) -> OverviewRow:
    """Both answers without their directions, for which there is no room."""
    chips = tuple(replace(facts.chip(answer), way="") for answer in row.answers)
    return OverviewRow(short(row.measure.title, 6, 34), row.newest, chips, row.picture, row.measure.id)


MOST_GAPS = 5
NAME_ROOM = (8, 54)
"""Most words and letters of a measure in the list of what cannot be said."""


def comparison(facts: MeetingFacts, row: Row) -> Slide:
    """One measure's verdict in every area, as a map that points out the own."""
    text, words = facts.slides["comparison"], facts.words["verdicts"]
    question, answers = item_slides.answer(facts, row)["question"], facts.brief.now.answers_of(row.measure.id)
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
    text, (charted, out, luck) = facts.slides["chance"], facts.brief.signals
    which = "title_one" if out == 1 else "title" if charted else "none"
    title = text[which].format(among=charted, out=out or number_format.few(0), luck=number_format.about(luck))
    bracket = text["bracket"].format(luck=number_format.about(luck)) if charted else ""
    body = Chance(charted, out, round(luck), bracket, text["sentence" if out else "none_out" if charted else "none_sentence"])
    plan = facts.brief.now.known.plan
    return Slide(title, body, text["kicker"], text["source"].format(plan=plan.title), (*facts.luck, facts.text["reading"]))


def gaps(facts: MeetingFacts) -> Slide:
    """What cannot be said here: headline measures without figures, then old ones; the whole list stands in the handout."""
    text, old = facts.slides["gaps"], [row for row in facts.scorecard.headline_rows if row.is_old]
    missing = [measure.title for measure, _ in facts.scorecard.missing if measure.headline]
    rows = [(short(title, *NAME_ROOM), text["missing"]) for title in missing]
    old_first = sorted(old, key=lambda row: row.clear is None)[:2]
    rows = [*((short(row.measure.title, *NAME_ROOM), _old(facts, row)) for row in old_first), *rows][:MOST_GAPS]
    notes = [f"{measure.title}: {why}" for measure, why in facts.scorecard.missing]
    title = text["title" if rows else "none"].format(missing=len(missing), old=len(old))
    return Slide(title, Gaps(tuple(rows)), text["kicker"], text["source"], tuple(notes))


def _old(facts: MeetingFacts, row: Row) -> str:
    """Of when the newest figures are, and what was clear by then."""
    text = facts.slides["gaps"]
    if row.clear is None:
        return text["old"].format(period=row.period)
    return text["old_clear"].format(verdict=facts.words["verdicts"][row.clear.verdict], period=row.period)


def close(facts: MeetingFacts) -> Slide:
    """Where every figure stands, and when the next meeting is."""
    text = facts.slides["close"]
    address = facts.url.removeprefix("https://").rstrip("/")
    lines = (
        (address or text["no_address"], text["every_figure"]),
        (text["next"], _next(facts)),
        *([(text["tell"], short(facts.contact, 8, 50))] if facts.contact else []),
    )
    return Slide(text["title"], Close(facts.url, facts.code_alt if facts.url else "", lines), "", facts.disclaimer,
                 (facts.scan, facts.ask, facts.stands))


def _next(facts: MeetingFacts) -> str:
    """When the next meeting is, or since when it is due."""
    coming = facts.brief.next
    return facts.slides["close"]["when"][coming.kind].format(by=coming.when)


def _luck(facts: MeetingFacts, finding: dict) -> str:
    """How many areas changed the same way by more than chance, and how many luck alone would give."""
    text, ways = facts.slides["comparison"], facts.words["answers"]["details"]["moved"]
    if not finding["areas_tested"] or any(map(number_format.is_missing, (finding["by_luck"], finding["change"]))):
        return text["no_luck"]
    words = {"moved": ways["up" if finding["change"] > 0 else "down"], "luck": number_format.about(finding["by_luck"])}
    return text["luck"].format(areas=int(finding["areas"]), tested=int(finding["areas_tested"]), **words)
