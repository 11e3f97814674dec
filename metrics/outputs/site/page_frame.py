"""
What every page is made of: the edition, one measure in one place as every page shows it, and the frame of a page: a title of its own, whose
site it is, the way to the other pages, and the day up to which it looks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment

from metrics.charts.render import chips
from metrics.domain import Measure, Place, Refused, periods
from metrics.meetings import calendar
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen
from metrics.outputs.page.templating import Piece
from metrics.outputs.site import addresses
from metrics.outputs.site.addresses import SiteRoutes
from metrics.report.cards import Card, source_line
from metrics.report.scorecard import Row, row_of
from metrics.report.snapshot import Snapshot

LONGEST_TITLE = 64
LONGEST_DESCRIPTION = 155
TEMPLATES = Path(__file__).with_name("templates")
MENU = {
    "": "What changed", "plan/": "The plan", "measures/": "Measures", "compare/": "Compare", "claims/": "Claims", "about/": "About",
}
SMALL = {
    "sources/": "Sources", "method/": "Method", "meetings/": "Meetings", "using/": "Using and citing", "accessibility/": "Accessibility",
    "privacy/": "Privacy",
}


@dataclass(frozen=True)
class Site:
    """An edition in the making: what is read, where it will stand, and whom readers ask."""

    reading: Snapshot
    address: str
    contact: str
    environment: Environment

    @property
    def name(self) -> str:
        """What the site is called."""
        return self.reading.known.force.site_name

    @property
    def words(self) -> dict:
        """Every sentence of `data/wording.yaml`."""
        return self.reading.wording.text

    @property
    def pen(self) -> Pen:
        """What the pages draw with."""
        return Pen(words=self.words["verdicts"])

    def routes(self, at: str) -> SiteRoutes:
        """The links of the page at an address."""
        known = self.reading.known
        return SiteRoutes(addresses.to_root(at), known.force.total, known.postcodes is not None)

    def of_measure(self, measure: str, place: str) -> str:
        """The address of a measure in a place."""
        return addresses.of_measure(measure, place, self.reading.known.force.total)

    @property
    def host(self) -> str:
        """The name that identifiers carry."""
        return urlsplit(self.address).netloc

    def page(self, at: str, template: str, *, title: str, description: str, card: str = "", **facts) -> tuple[str, bytes]:
        """
        One page: its file and its bytes.

        `at`: its address from the root, `brent/`.
        `title`: what the window and a list of results show; the site's name follows where there is room.
        `card`: the address of the picture that stands for it where its link is sent, from the root.
        """
        made = self.environment.get_template(template).render(
            at=at, root=addresses.to_root(at), title=whole_title(title, self.name), name=title, site=self, words=self.words,
            force=self.reading.known.force, description=shortened(description, LONGEST_DESCRIPTION), menu=MENU, small=SMALL,
            section=section(at), card=card, **facts,
        )
        return addresses.file_of(at), templating.styled(made, self.sheet).encode("utf-8")

    def data(self, at: str, template: str, **facts) -> tuple[str, bytes]:
        """One file that is no page."""
        return at, self.environment.get_template(template).render(at=at, site=self, words=self.words, **facts).encode("utf-8")

    @cached_property
    def sheet(self) -> str:
        """The looks of all pages together: those of bodies that the app has too, then those of the plain pages' own frame."""
        return templating.in_rem(templating.sheet() + self.environment.get_template("public.css").render())

    def footing(self) -> str:
        """Up to when this looks, and whom to ask."""
        return self.words["public"]["footing"].format(day=periods.say_day(self.reading.as_at))


def site_of(reading: Snapshot, address: str, contact: str) -> Site:
    """
    An edition of a reading.

    Raises Refused: the address is none that a browser could open.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise Refused(f"{address!r} is no address of a site: https://example.org was expected")
    return Site(reading, address.rstrip("/"), contact, _environment(reading))


def section(at: str) -> str:
    """
    The item of the menu that a page belongs to.

    >>> section("measures/trust-met/"), section("brent/"), section("method/")
    ('measures/', '', 'about/')
    """
    first = f"{at.split('/')[0]}/"
    return "about/" if first in SMALL else first if first in MENU else ""


def whole_title(title: str, name: str) -> str:
    """
    A title with the site's name behind it, where it is another and a list of search results has room for both.

    >>> whole_title("Brent", "A plan, followed"), whole_title("A plan, followed", "A plan, followed")
    ('Brent – A plan, followed', 'A plan, followed')
    """
    if title == name:
        return name
    both = f"{title} – {name}"
    return both if len(both) <= LONGEST_TITLE else shortened(title, LONGEST_TITLE)


def titled(measure: str, place: str, more: str = "") -> str:
    """
    The title of a measure in a place: where there is too little room, the measure's own is cut and never the place.

    >>> titled("Trust in the Met", "Brent")
    'Trust in the Met, Brent'
    >>> len(titled("Rape and serious sexual offences: positive outcomes", "Hammersmith and Fulham"))
    64
    """
    rest = f", {shortened(place, LONGEST_TITLE // 2)}{more}"
    return shortened(measure, LONGEST_TITLE - len(rest)) + rest


def shortened(words: str, most: int) -> str:
    """
    Words of at most so many letters, with the sign that some are left out.

    >>> shortened("one two three", 8)
    'one two…'
    """
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _environment(reading: Snapshot) -> Environment:
    made = templating.strict(TEMPLATES)
    made.globals |= {"site_name": reading.known.force.site_name, "whole_name": reading.known.force.total_name}
    made.filters |= {"verdict": _verdict(reading.wording.text["verdicts"]), "periods": _periods}
    return made


def _verdict(words: dict[str, str]) -> Callable[[str], str]:
    return lambda outcome: Piece(chips.chip(outcome, word=words[outcome]))


def _periods(span: str) -> str:
    """The months of a download's first lines, in words."""
    return " to ".join(periods.say(period) for period in span.split(" to "))


@dataclass(frozen=True)
class Shown:
    """
    One measure in one place, for every page that shows it: its row, its sentences, and where its figures come from.

    `source`, `span` and `published` are empty where nothing is held.
    """

    row: Row
    at: str
    sentences: tuple[str, ...]
    source: str = ""
    span: str = ""
    published: date | None = None

    @property
    def measure(self) -> str:
        """The measure's id."""
        return self.row.measure.id

    @property
    def caption(self) -> str:
        """The measure and the place."""
        return f"{self.row.measure.title}, {self.row.place.name}"

    @property
    def verdict(self) -> str:
        """The verdict of the answer that leads."""
        return self.row.leading.verdict


def shown(site: Site, card: Card) -> Shown:
    """A card with its row, looked back on the place's last meeting."""
    measure, place = card.measure, card.place
    at = site.of_measure(measure.id, place.id)
    day, _ = calendar.looked_back_on(site.reading.known, place.id, site.reading.as_at)
    row = row_of(site.reading, place, measure, day, card)
    if card.chart is None:
        return Shown(row, at, card.sentences)
    published = site.reading.series(measure.id, place.id)["published"].max().date()
    return Shown(row, at, card.sentences, card.chart.source, card.preamble["Period"], published)


def source(site: Site, measure: Measure, place: Place) -> str:
    """Where the figures of a measure in a place come from; nothing where none is held."""
    here = site.reading.series(measure.id, place.id)
    return source_line(site.reading.known.datasets[measure.source.dataset], here, site.reading.as_at) if len(here) else ""
