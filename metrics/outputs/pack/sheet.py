"""A councillor's sheet: one page of A4 with the headline figures and their pictures, what stands out, what was promised."""

import re

from metrics.charts.render import chips
from metrics.meetings.briefing import Brief
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.pack import handout, inlining, pictures
from metrics.outputs.page.templating import Piece
from metrics.outputs.qr import code_svg
from metrics.outputs.slides import record_slides
from metrics.outputs.slides.finding_slides import claim
from metrics.outputs.slides.short_text import short

HIGH, WIDE = 20, 96
"""A row's picture, in pixels."""
FLEX = re.compile(r'class="(\w+)" style="flex:(\d+)"')
MOST_OUT, MOST_PROMISES, MOST_MISSING = 4, 3, 12


def sheet_html(brief: Brief, *, address: str = "", contact: str = "") -> str:
    """
    One page: the sentence of the place, its tally, a row with a picture for each headline measure, what stands out, promises.

    Parameters
    ----------
    address, contact
        Where the public edition stands and whom to ask; either may be empty.
    """
    facts = MeetingFacts(brief, address, contact)
    card, clock, questions = facts.scorecard, facts.clock, facts.text["questions"]
    groups = [(group, [(row, pictures.row(row.picture, clock, HIGH, WIDE)) for row in group.rows]) for group in card.groups]
    tallies = [(questions[name], tally(counts, questions[name])) for name, counts in card.tally.items()]
    promised = record_slides.open_promises(facts)[:MOST_PROMISES]
    styles = [inlining.inline("parts.css"), inlining.inline("sheet.css"), widths(facts)]
    return inlining.environment().get_template("sheet.html").render(
        facts=facts, groups=[group for group in groups if group[1]], tallies=tallies, clock=pictures.head(facts.clock),
        standing_out=_standing_out(facts), missing=_missing(facts), old=Piece(chips.old_tag()), sources=source_line(facts),
        map=Piece(pictures.pointed_out(facts.outlines, brief.place.id)) if facts.outlines else Piece(),
        promises=record_slides.promise_rows(facts, promised), words=facts.words, styles=styles,
        next_meeting="" if record_slides.NEXT_MEETING in promised else brief.next_said,
        code=Piece(code_svg(facts.url, alt=facts.code_alt)) if facts.url else Piece(), policy=inlining.policy(styles),
    )


def tally(counts: dict[str, int], label: str) -> Piece:
    """A tally whose widths are named by class, as the page's policy lets no attribute style anything."""
    return Piece(FLEX.sub(r'class="\1 of-\2"', chips.tally(counts, label)))


def widths(facts: MeetingFacts) -> Piece:
    """How wide each part of the tallies is, and where M stands, as a style sheet."""
    many = sorted({count for counts in facts.scorecard.tally.values() for count in counts.values()})
    return Piece("".join(f".of-{count}{{flex:{count}}}" for count in many) + pictures.head_style(facts.clock))


def source_line(facts: MeetingFacts) -> str:
    """Every publisher and licence behind the place's figures."""
    datasets = handout.datasets(facts.brief)
    publishers, licences = (dict.fromkeys(getattr(dataset, name) for dataset in datasets) for name in ("publisher", "licence"))
    return facts.text["sources"].format(publishers="; ".join(publishers), licences=", ".join(licences)) if datasets else ""


def _standing_out(facts: MeetingFacts) -> list[tuple[str, str, str]]:
    """The measures that stand out: verdict, name, claim."""
    rows = facts.scorecard.stands_out[:MOST_OUT]
    return [(row.clear.verdict if row.clear else "possible change", short(row.measure.title, 8, 48), claim(facts, row)) for row in rows]


def _missing(facts: MeetingFacts) -> str:
    """The headline measures without figures here, by name."""
    names = [short(measure.title, 9, 64) for measure, _ in facts.scorecard.missing if measure.headline]
    return facts.text["no_figures"].format(names="; ".join(names[:MOST_MISSING])) if names else ""
