"""
A meeting's brief and its chosen items as slides, 11 to 15 of them.

The order of the items is kept: promises stand together where the first is, and so do concerns; each measure has a slide.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from metrics.meetings.briefing import Brief, Item, balance
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.slides import closing_slides, finding_slides, opening_slides, record_slides
from metrics.outputs.slides.short_text import short
from metrics.outputs.slides.slide import Slide
from metrics.report.scorecard import Row

MOST_SLIDES, LEAST_FINDINGS = 15, 4
FOOT_WORDS, FOOT_LETTERS = 24, 104
AROUND = 6
"""The slides that every deck has beside promises, concerns and findings."""
TOGETHER = ("promise", "concern")
ELSEWHERE = ("stale", "unsaid")


def slides_of(brief: Brief, items: Iterable[Item], *, address: str = "", contact: str = "") -> tuple[Slide, ...]:
    """
    Every slide of a meeting, in order.

    Parameters
    ----------
    items
        What is on the agenda, as chosen and in that order.
    address, contact
        Where the public edition stands and whom to ask; either may be empty.
    """
    facts, chosen = MeetingFacts(brief, address, contact), tuple(items)
    middle = list(_middle(facts, chosen))
    compared = _compared(facts, chosen)
    slides = (
        opening_slides.cover(facts, balance(brief, chosen)), opening_slides.overview(facts), *middle,
        *([closing_slides.comparison(facts, compared)] if compared else []),
        closing_slides.chance(facts), closing_slides.gaps(facts), closing_slides.close(facts),
    )
    return tuple(replace(slide, source=_footed(facts, slide)) for slide in slides)


def _footed(facts: MeetingFacts, slide: Slide) -> str:
    """The footer of a slide on one line; a made-up force says first that it is one."""
    foot = facts.slides["foot"].strip()
    return slide.source if not foot or foot in slide.source else short(f"{foot} {slide.source}", FOOT_WORDS, FOOT_LETTERS)


def _middle(facts: MeetingFacts, chosen: tuple[Item, ...]) -> Iterator[Slide]:
    """Promises, concerns and findings, in the order of the items."""
    groups = {kind: tuple(item for item in chosen if item.kind == kind) for kind in TOGETHER}
    concerns = record_slides.concerns(facts, groups["concern"])
    measures = _measures(facts, chosen, MOST_SLIDES - AROUND - 1 - len(concerns))
    if not groups["promise"]:
        yield record_slides.promises(facts, ())
    for item in chosen:
        if item.kind == "promise" and item is groups["promise"][0]:
            yield record_slides.promises(facts, groups["promise"])
        elif item.kind == "concern" and item is groups["concern"][0]:
            yield from concerns
        elif item.id in measures:
            yield finding_slides.finding(facts, measures.pop(item.id), item)
    yield from (finding_slides.finding(facts, row) for row in measures.values())


def _measures(facts: MeetingFacts, chosen: tuple[Item, ...], most: int) -> dict[str, Row]:
    """The rows of the measures chosen, by item, as many as there is room for; headline measures where fewer than four are."""
    rows = {row.measure.id: row for row in facts.scorecard.rows if row.picture is not None}
    wanted = {item.id: rows[item.card.measure.id] for item in chosen if item.kind not in (*TOGETHER, *ELSEWHERE) and _has_row(item, rows)}
    wanted = dict(list(wanted.items())[:most])
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
