"""
Cached reads. Every function takes what is seen, a build and an as-at date, so that no old cache hides new figures.

What is only looked at is shared by all visitors; nothing that comes from here is ever changed.
"""

import gzip
import hashlib
from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from inspect import signature
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from metrics import definitions
from metrics.build.definition_files import of_build
from metrics.charts.render import plotly_figure
from metrics.charts.render.spark import spark_file
from metrics.charts.render.whole_chart import heights_of, image_svg
from metrics.domain import Config, Definitions, periods
from metrics.meetings import brief as briefs
from metrics.meetings.agenda import Item, agenda, arranged
from metrics.meetings.brief import Brief
from metrics.narrative import Wording
from metrics.outputs import pack, shared_picture
from metrics.outputs.page import measure_page
from metrics.outputs.page.pen import clock
from metrics.outputs.site import addresses
from metrics.outputs.slides.meeting_slides import Room
from metrics.outputs.slides.meeting_slides import room as slides_room
from metrics.report.cards import Card
from metrics.report.scorecard import row_of
from metrics.report.snapshot import Snapshot
from metrics.store import Store
from metrics.web.server import MOST, Turns, asking

ROOT = Path(__file__).parents[3]
TURNS = Turns()
WIDEST = 1104
"""How wide a chart is shown at most, in pixels."""
DIGITS = 16


class Seen(NamedTuple):
    """What a page shows: a build, as at a day, or as now known."""

    build: str
    as_at: date | None = None


class Picture(NamedTuple):
    """A drawing, compressed; the digest of what it holds, its words, and the room that it takes."""

    packed: bytes
    digest: str
    alt: str
    width: int
    height: int
    wide_height: int


class Small(NamedTuple):
    """The picture of a row, compressed, and the digest of what it holds."""

    packed: bytes
    digest: str


class Shared(NamedTuple):
    """A chart with its title and source inside, as a drawing and as pixels."""

    svg: str
    png: bytes


def kept(entries: int) -> Callable[[Callable], Callable]:
    """
    Keep so many answers of a function for every visitor.

    Streamlit's cache makes visitors who ask for the same at once wait for one answer. The plain cache before it
    finds what is there in a fraction of the time: a page asks for eighty things.
    """
    return lambda make: lru_cache(maxsize=entries)(_waited_for(make, entries))


def costly(entries: int) -> Callable[[Callable], Callable]:
    """The same of what takes long to make: made one at a time, each address that asks in its turn."""
    def in_turn(make: Callable) -> Callable:
        """The function that waits for its turn where its answer is not kept yet."""
        made = _waited_for(make, entries)

        @lru_cache(maxsize=entries)
        @wraps(make)
        def answer(*asked, **more):
            # The turn comes first and Streamlit's lock second: the other way round two that ask for the same could wait for each other.
            with TURNS.taken(*_who()):
                return made(*asked, **more)

        return answer

    return in_turn


def _waited_for(make: Callable, entries: int) -> Callable:
    return st.cache_resource(make, max_entries=entries, show_spinner=False)


def _who() -> tuple[str, int | None]:
    """Who asks, and how many of theirs may wait: of files a few, of pages as many as there are, as each is somebody's own."""
    address = asking.get()
    if address is not None:
        return address, MOST
    return str(st.context.ip_address or st.context.headers.get("X-Real-IP") or ""), None


def drawn_once(draw: Callable[..., None]) -> Callable[..., None]:
    """
    What such a function draws is replayed to every visitor who asks for the same: hardly more than an empty page costs.

    Streamlit reads the whole signature again for each argument that it is given by place, and for none that it is given by name.
    """
    made = st.cache_resource(draw, max_entries=512, show_spinner=False)
    names = tuple(signature(draw).parameters)

    @wraps(draw)
    def drawn(*asked, **more) -> None:
        made(**dict(zip(names, asked, strict=False)), **more)

    return drawn


def config() -> Config:
    """What the configuration chooses."""
    return _config(definitions.path_of())


def store() -> Store:
    """The build in use now; its connection is kept for as long as the build is."""
    return Store(config().database)


@kept(2)
def known(build: str) -> Definitions:
    """The definitions that a build was made with."""
    return meaning(build)[0]


def plain_page(text: str) -> str:
    """The address of the plain page that a name or a postcode leads to, by the build in use."""
    build = store().build
    return addresses.typed(known(build), text, wording(build).text["postcode"])


@kept(2)
def wording(build: str) -> Wording:
    """The sentences that a build was made with."""
    return meaning(build)[1]


@kept(2)
def meaning(build: str) -> tuple[Definitions, Wording]:
    """The definitions and sentences of a build, read out of it: what `data` says by now waits for the next build."""
    return of_build(store().whole)


@costly(8)
def reading(seen: Seen) -> Snapshot:
    """Everything that can be said of what is seen."""
    return Snapshot(store(), known(seen.build), wording(seen.build), seen.as_at)


@costly(32)
def card(seen: Seen, measure: str, place: str, as_rate: bool = False, shown: date | None = None, question: str = "") -> Card:
    """One card; `shown` adds a dotted line, `question` names its answer: the leading one unless given, none for `none`."""
    snapshot = reading(seen)
    answer = snapshot.answers(place)[measure].get(question, {}) if question else None
    return snapshot.card(measure, place, answer=answer, as_rate=as_rate, shown=shown)


@costly(4096)
def picture(
    seen: Seen, measure: str, place: str, shown: date | None = None, as_rate: bool = False, question: str = ""
) -> Picture | None:
    """A card's chart, drawn once; none where nothing is held. What is drawn is kept, and not the figures behind it."""
    chart = card(seen, measure, place, as_rate, shown, question).chart
    if chart is None:
        return None
    drawn = image_svg(measure_page.marked(reading(seen), chart, place, shown), width=WIDEST, fills=True)
    return Picture(gzip.compress(drawn.encode(), mtime=0), digest_of(drawn), chart.alt, WIDEST, *heights_of(drawn))


@costly(4096)
def small(seen: Seen, measure: str, place: str, mark: date | None) -> Small | None:
    """The picture of a row with its line M at a day; none where nothing is held."""
    snapshot = reading(seen)
    chart = snapshot.picture(measure, place)
    drawn = spark_file(chart, clock(snapshot.known, snapshot.as_at, mark)) if chart else ""
    return Small(gzip.compress(drawn.encode(), mtime=0), digest_of(drawn)) if drawn else None


def digest_of(drawn: str) -> str:
    """What tells a drawing from every other, short enough for an address."""
    return hashlib.sha256(drawn.encode()).hexdigest()[:DIGITS]


@costly(64)
def shared(seen: Seen, measure: str, place: str, as_rate: bool = False, name: str = "") -> Shared | None:
    """A card's chart as a picture to send around, or another chart of the measure by its name; none where nothing is held."""
    snapshot, drawn = reading(seen), card(seen, measure, place, as_rate)
    if drawn.chart is None:
        return None
    whose = ", ".join(filter(None, (snapshot.known.force.site_name, config().address)))
    if name == shared_picture.BASELINES:
        svg = shared_picture.of_baselines(snapshot, drawn, whose)
    elif name:
        svg = shared_picture.of_areas(snapshot, drawn.measure, whose).get(name, "")
    else:
        row = row_of(snapshot, drawn.place, drawn.measure, snapshot.known.plan.launched, drawn)
        svg = shared_picture.drawing(measure_page.marked(snapshot, drawn.chart, place), row, snapshot.wording, whose)
    return Shared(svg, shared_picture.as_png(svg)) if svg else None


@costly(16)
def figure(seen: Seen, measure: str, place: str, as_rate: bool, shown: date | None = None) -> dict:
    """A card's chart as a Plotly dictionary, made once."""
    return plotly_figure.figure(measure_page.marked(reading(seen), card(seen, measure, place, as_rate, shown).chart, place, shown))


@costly(16)
def brief(seen: Seen, place: str, since: date | None, day: date | None = None) -> Brief:
    """What a meeting needs to know of a place since a day; `day` is that of the meeting, where it is set."""
    return briefs.brief(reading(seen), known(seen.build).places[place], day=seen.as_at or day, since=since)


@costly(16)
def items(seen: Seen, place: str, since: date | None, day: date | None = None) -> tuple[Item, ...]:
    """Everything that could be on the agenda there."""
    return agenda(brief(seen, place, since, day))


@costly(16)
def proposed(seen: Seen, place: str, since: date | None, day: date | None = None) -> tuple[Item, ...]:
    """What is on it until a presenter decides otherwise."""
    return pack.chosen(brief(seen, place, since, day), items(seen, place, since, day))


@costly(64)
def room(seen: Seen, place: str, since: date | None, day: date | None, names: tuple[str, ...]) -> Room:
    """What the slides hold of the items of these ids."""
    return slides_room(brief(seen, place, since, day), arranged(items(seen, place, since, day), names))


@kept(2)
def past_meetings(seen: Seen) -> dict[date, str]:
    """The days of the meetings on record before what is seen, the last first, and how each is named."""
    here = known(seen.build)
    on_record = [meeting for meeting in reversed(here.meetings) if meeting.status == "held" and meeting.date < (seen.as_at or date.max)]
    return {meeting.date: f"{periods.say_day(meeting.date)}, {here.places[meeting.area].name}" for meeting in on_record}


@kept(4)
def _config(path: Path) -> Config:
    return definitions.load(path)
