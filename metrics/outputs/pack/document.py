"""The pack: slides, handout, tables and figures in one HTML file that asks for nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from metrics.charts.render.svg import LEAST_PLOT
from metrics.charts.render.table import table
from metrics.meetings.briefing import Brief, Item
from metrics.outputs.meeting_facts import Telling
from metrics.outputs.pack import handout, inlining
from metrics.outputs.page.piece import Piece
from metrics.outputs.qr import code_svg
from metrics.outputs.slides.meeting_slides import body_lines, key_lines, slides_of
from metrics.outputs.slides.numbered_marks import Marked, marked, picture
from metrics.outputs.slides.slide import Slide

STYLES, SCRIPT = ("pack.css", "a4.css", "a3.css"), "pack.js"
SHORT = 260
WIDTH, NARROWEST = 700, 262
"""A chart's units on a slide 1280 wide; its letters are then 32 high, which is 24 points."""
LOWEST = 120
LINE = 38.4
TALL = re.compile(r'viewBox="0 0 \d+ (\d+)"')
PLAIN = re.compile(r"[A-Za-z0-9 ,.:-]")


@dataclass(frozen=True)
class Drawn:
    """A slide with its picture and its table drawn."""

    slide: Slide
    number: int
    picture: Piece
    table: Piece
    key: str = ""

    @property
    def is_short(self) -> bool:
        """Whether so little stands on it that it can be written larger."""
        return self.slide.kind == "text" and sum(map(len, self.slide.points)) < SHORT


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
    telling = Telling(brief, address, contact)
    code = Piece(code_svg(telling.url, alt=telling.code_alt)) if telling.url else Piece()
    slides = slides_of(brief, items, address=address, contact=contact)
    running = running_foot(telling)
    return inlining.environment().get_template("pack.html").render(
        telling=telling, slides=[_drawn(slide, number, code) for number, slide in enumerate(slides, 1)], code=code,
        missions=handout.by_mission(brief), tables=handout.tables(telling), sources=handout.sources(brief), running=running,
        policy=inlining.policy([*map(inlining.inline, STYLES), running], [inlining.inline(SCRIPT)]), words=telling.words,
    )


def running_foot(telling: Telling) -> Piece:
    """The line at the foot of every printed page, as a style sheet: which place, up to when, from which build."""
    words = "".join(one if PLAIN.match(one) else f"\\{ord(one):x} " for one in f"{telling.brief.place.name}. {telling.stands}")
    return Piece(f'@page {{ @bottom-left {{ content: "{words}" }} }}')


def _drawn(slide: Slide, number: int, code: Piece) -> Drawn:
    rows = Piece(_rows(slide)) if slide.rows else Piece()
    if slide.chart is None:
        return Drawn(slide, number, code if slide.kind == "code" else Piece(), rows)
    bare = marked(slide.chart)
    room = body_lines(slide.title, slide.source) - key_lines(bare.key)
    return Drawn(slide, number, Piece(_fitted(bare, room * LINE, number)), rows, " ".join(bare.key))


def _fitted(bare: Marked, room: float, number: int) -> str:
    """A chart as high as its slide lets it be; its letters keep their size, so that what is around the plot does too."""
    size = {"width": WIDTH, "narrowest": NARROWEST, "key": f"slide-{number}-chart"}
    drawn = picture(bare, height=int(room), **size)
    over = int(TALL.search(drawn)[1]) - room
    return drawn if over <= 0 else picture(bare, height=max(LOWEST, int(room - over / LEAST_PLOT) - 1), **size)


def _rows(slide: Slide) -> str:
    head, *rows = slide.rows
    return table(pd.DataFrame(rows, columns=list(head)), slide.title, units=dict.fromkeys(head, "text"))
