"""The first two slides: what this is, and the headline measures in one picture."""

from collections import Counter

from metrics.domain import periods
from metrics.narrative.phrases import better_and_worse
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.slides.short_text import short
from metrics.outputs.slides.slide import Cover, Overview, OverviewRow, Slide
from metrics.report.scorecard import Row

MOST_ROWS = 9
"""So many rows fit below a title of two lines, each high enough to be read from the last row of a hall."""


def cover(facts: MeetingFacts, warning: str) -> Slide:
    """The title page; its notes warn where the items chosen all point one way."""
    brief, text = facts.brief, facts.slides["cover"]
    meeting = text["meeting" if brief.dated else "undated"].format(day=periods.say_day(brief.day))
    warned = facts.text["warning"].format(warning=warning) if warning else ""
    notes = tuple(filter(None, (facts.looked_back, facts.stands, facts.restated, warned)))
    title = short(facts.scorecard.heading, 14, 90)
    return Slide(title, Cover(facts.site, meeting, brief.place.id, facts.outlines), source=facts.disclaimer, notes=notes)


def overview(facts: MeetingFacts) -> Slide:
    """Every headline measure that has figures here, as rows on one clock."""
    card, text = facts.scorecard, facts.slides["overview"]
    rows = [row for row in card.headline_rows if row.has_figures]
    shown = tuple(_row(facts, row) for row in rows[:MOST_ROWS])
    body = Overview(tuple(text["columns"]), shown, facts.clock)
    more = rows[MOST_ROWS:]
    notes = [facts.brief.tally, *([text["more"].format(names="; ".join(row.measure.title for row in more))] if more else [])]
    source = text["source"].format(mark=card.mark_text)
    return Slide(_title(text["titles"], rows), body, text["kicker"], source, (*notes, *old_rows(text, rows), facts.text["reading"]))


def old_rows(text: dict, rows: list[Row]) -> list[str]:
    """Which of the rows are old."""
    old = [f"{row.measure.title}, {row.period}" for row in rows if row.is_old]
    return [text["old"].format(names="; ".join(old))] if old else []


def _title(text: dict, rows: list[Row]) -> str:
    """How many headline measures are clearly different from before the plan; old figures are left out of it."""
    verdicts = [row.plan.verdict for row in rows if row.counts]
    return better_and_worse(text, Counter(verdicts), among=len(verdicts))


def _row(facts: MeetingFacts, row: Row) -> OverviewRow:
    return OverviewRow(short(row.measure.title, 6, 34), row.newest, facts.chip(row.plan), row.picture, row.measure.id)
