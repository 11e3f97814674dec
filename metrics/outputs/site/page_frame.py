"""
What every page has: a title of its own, whose site it is, the way to the other pages, and the day up to which it looks.

Its style sheet is that of all pages, without the rules that nothing on it can match.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment
from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize

from metrics.charts.render import chips
from metrics.domain import Refused, periods
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen
from metrics.outputs.page.templating import Piece
from metrics.outputs.site import addresses
from metrics.outputs.site.addresses import SiteRoutes
from metrics.report.snapshot import Snapshot

LONGEST_TITLE = 64
LONGEST_DESCRIPTION = 155
ROOT = 16
"""Pixels of a letter where a reader has set nothing."""
LETTERS = re.compile(r"((?:font-size|line-height|font):) *([0-9.]+)px")
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
        return addresses.file_of(at), styled(made, self.sheet).encode("utf-8")

    def data(self, at: str, template: str, **facts) -> tuple[str, bytes]:
        """One file that is no page."""
        return at, self.environment.get_template(template).render(at=at, site=self, words=self.words, **facts).encode("utf-8")

    @cached_property
    def sheet(self) -> str:
        """The looks of all pages together: those of bodies that the app has too, then those of the plain pages' own frame."""
        return in_rem(templating.sheet() + self.environment.get_template("public.css").render())

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


CLASSES = re.compile(r'class="([^"]+)"')
EMPTY = "<style></style>"


class Rule(NamedTuple):
    """A rule of a sheet: what it says, the classes that each of its selectors names, the rules within it."""

    head: str
    body: str
    needs: tuple[frozenset[str], ...]
    within: tuple["Rule", ...]


def in_rem(sheet: str) -> str:
    """
    A sheet whose letters and lines grow with the size that a reader has set in the browser; a pixel is a sixteenth of that.

    >>> in_rem("p{font-size:13px;line-height: 20px;margin:4px}b{font:16px/1.4 Arial}")
    'p{font-size:.8125rem;line-height:1.25rem;margin:4px}b{font:1rem/1.4 Arial}'
    """
    return LETTERS.sub(lambda size: f"{size[1]}{float(size[2]) / ROOT:.6g}rem".replace(":0.", ":."), sheet)


def styled(page: str, sheet: str) -> str:
    """
    A page with the rules of a sheet that it can use in its empty style element.

    Only classes are looked at: what a rule asks of elements, states and places in the page is left to the browser.

    >>> styled('<style></style><p class="old">1</p>', 'p{margin:0}.old,.new{color:red}.new b{color:blue}')
    '<style>p{margin:0}.old,.new{color:red}</style><p class="old">1</p>'
    """
    classes = frozenset(" ".join(CLASSES.findall(page)).split())
    return page.replace(EMPTY, f"<style>{_for_classes(sheet, classes)}</style>", 1)


@lru_cache(maxsize=1024)
def _for_classes(sheet: str, classes: frozenset[str]) -> str:
    return "".join(_kept(_rules(sheet), classes))


@lru_cache(maxsize=8)
def _rules(sheet: str) -> tuple[Rule, ...]:
    return tuple(map(_rule, parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))


def _rule(node) -> Rule:
    head = serialize(node.prelude).strip()
    if node.type == "qualified-rule":
        return Rule(head, serialize(node.content).strip(), tuple(_needs(node.prelude)), ())
    head = f"@{node.at_keyword} {head}".strip()
    inner = parse_blocks_contents(node.content or [], skip_comments=True, skip_whitespace=True)
    if any(each.type != "qualified-rule" for each in inner):
        return Rule(head, serialize(node.content).strip(), (frozenset(),), ())
    return Rule(head, "", (), tuple(map(_rule, inner)))


def _needs(prelude: list) -> Iterator[frozenset[str]]:
    """The classes of each selector; those within `:not()` and its like are not asked for."""
    needs: set[str] = set()
    for before, part in zip([None, *prelude], prelude, strict=False):
        if part == ",":
            yield frozenset(needs)
            needs = set()
        elif before == "." and part.type == "ident":
            needs.add(part.value)
    yield frozenset(needs)


def _kept(rules: tuple[Rule, ...], classes: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        body = rule.body if any(needs <= classes for needs in rule.needs) else "".join(_kept(rule.within, classes))
        if body:
            yield f"{rule.head}{{{body}}}"
