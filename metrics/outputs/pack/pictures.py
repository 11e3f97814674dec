"""The pictures of slides, handout and sheets: full charts, charts of a row, maps and codes, as HTML that needs nothing else."""

import re
from html import escape

from metrics.charts.render import chips, whole_chart
from metrics.charts.render.area_map import Shown, map_picture
from metrics.charts.render.canvas import path_of
from metrics.charts.render.frame import Clock
from metrics.charts.render.spark import clock_head, meeting_left, spark
from metrics.charts.spec import Chart
from metrics.domain.geography import Boundaries
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.page.templating import Piece
from metrics.outputs.slides.slide import Chip, Close, Comparison, Cover, Finding, Slide

PLACED = re.compile(r'class="flag meeting" style="left:[^"]*"')
ROOM = re.compile(r'class="plot" style="--top:(-?\d+)px;--right:(-?\d+)px;--narrow:(-?\d+)px;--left:(-?\d+)px"')
ROOMED = re.compile(r'class="plot (room-(-?\d+)-(-?\d+)-(-?\d+)-(-?\d+))"')


def of_slide(facts: MeetingFacts, slide: Slide) -> Piece:
    """The one picture of a slide; nothing where it has none."""
    match slide.body:
        case Finding(chart=chart):
            return full(chart)
        case Close():
            return facts.code
        case Cover(place=place) if facts.outlines:
            return Piece(pointed_out(facts.outlines, place))
        case Comparison(verdicts=verdicts, place=place, alt=alt) if facts.outlines:
            return _filled(facts.outlines, dict(verdicts), place, alt)
        case _:
            return Piece()


def full(chart: Chart) -> Piece:
    """A chart whose letters never scale: key line, plot and flags; its room named by class, as the page's policy wants it."""
    drawn = whole_chart.figure(chart)
    return Piece(ROOM.sub(r'class="plot room-\1-\2-\3-\4"', drawn))


def rooms(drawn: str) -> Piece:
    """The room around every plot in a page, as a style sheet."""
    margins = sorted(set(ROOMED.findall(drawn)))
    return Piece("".join(
        f".{name}{{--top:{top}px;--right:{right}px;--narrow:{narrow}px;--left:{left}px}}" for name, top, right, narrow, left in margins
    ))


def pointed_out(outlines: Boundaries, place: str) -> str:
    """Every area without letters, one of them told apart by its class."""
    kinds = {area: "on" if area == place else "area" for area in outlines.areas}
    paths = "".join(path_of(outlines.rings(area), (1, 1), f'class="{kind}"', closed=True) for area, kind in kinds.items())
    return f'<svg viewBox="-2 -2 {outlines.width + 4} {outlines.height + 4}" aria-hidden="true">{paths}</svg>'


def _filled(outlines: Boundaries, verdicts: dict[str, str], place: str, alt: str) -> Piece:
    drawn = map_picture(outlines, Shown({}, verdicts, chosen=place if place in outlines.areas else ""))
    return Piece(drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" ', 1))


def row(chart: Chart | None, clock: Clock, height: int, width: float | None = None) -> Piece:
    """The picture of a row, on the clock that all rows share; the words beside it say the same."""
    return Piece(spark(chart, clock, height=height, width=width)) if chart is not None else Piece()


def head(clock: Clock) -> Piece:
    """The years of the clock and M between them, for the head of a column of pictures."""
    return Piece(PLACED.sub('class="flag meeting clock-meeting"', clock_head(clock)))


def head_style(clock: Clock) -> str:
    """Where M stands in the head of a column of pictures, as a rule of a style sheet."""
    return f".clock-meeting{{{meeting_left(clock)}}}" if clock.meeting else ""


def chip(shown: Chip) -> Piece:
    """A verdict with its direction."""
    return Piece(chips.chip(shown.verdict, shown.way, word=shown.words))
