"""The pack: slides, handout, tables and figures in one HTML file that asks for nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from metrics.meetings.briefing import Brief, Item
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.pack import handout, inlining, pictures
from metrics.outputs.page.templating import Piece
from metrics.outputs.qr import code_svg
from metrics.outputs.slides.meeting_slides import slides_of
from metrics.outputs.slides.slide import Overview, OverviewRow, Slide

STYLES, SCRIPT = ("parts.css", "pack.css", "slides.css", "a4.css", "a3.css"), "pack.js"
ROW_HIGH = 40
PLAIN = re.compile(r"[A-Za-z0-9 ,.:-]")


@dataclass(frozen=True)
class DrawnSlide:
    """A slide with its picture drawn, or the pictures of its rows."""

    slide: Slide
    number: int
    picture: Piece
    rows: tuple[tuple[OverviewRow, Piece], ...] = ()


def pack_html(brief: Brief, items: Iterable[Item], *, address: str, contact: str = "") -> str:
    """
    The whole pack as one file.

    Parameters
    ----------
    brief, items, address, contact
        As `slides_of` takes them.

    Returns
    -------
    str
        HTML that opens from a disk without a network: its styles, pictures and script stand in it, and nothing else may
        load. The same brief gives the same bytes.
    """
    facts = MeetingFacts(brief, address, contact)
    code = Piece(code_svg(facts.url, alt=facts.code_alt)) if facts.url else Piece()
    slides = slides_of(brief, items, address=address, contact=contact)
    running = running_foot(facts)
    drawn = [_drawn(facts, slide, number) for number, slide in enumerate(slides, 1)]
    missions = handout.by_mission(facts)
    located = {measure.row.measure.id for _, measures in missions for measure in measures if measure.read}
    pictured = "".join([*(slide.picture for slide in drawn), *(measure.picture for _, measures in missions for measure in measures)])
    styles = [*map(inlining.inline, STYLES), pictures.rooms(pictured), running]
    return inlining.environment().get_template("pack.html").render(
        facts=facts, slides=drawn, code=code, missions=missions, tables=handout.tables(facts), sources=handout.sources(brief),
        running=running, rooms=pictures.rooms(pictured), policy=inlining.policy(styles, [inlining.inline(SCRIPT)]), words=facts.words,
        located=located, files=handout.files(missions),
    )


def running_foot(facts: MeetingFacts) -> Piece:
    """The line at the foot of every printed page, as a style sheet: which place, up to when, from which build."""
    line = f"{facts.brief.place.name}. {facts.stands}"
    words = "".join(letter if PLAIN.match(letter) else f"\\{ord(letter):x} " for letter in line)
    return Piece(f'@page {{ @bottom-left {{ content: "{words}" }} }}')


def _drawn(facts: MeetingFacts, slide: Slide, number: int) -> DrawnSlide:
    body = slide.body
    rows = tuple((row, pictures.row(row.picture, body.clock, ROW_HIGH)) for row in body.rows) if isinstance(body, Overview) else ()
    return DrawnSlide(slide, number, pictures.of_slide(facts, slide), rows)
