"""
Where pages stand, and where links between them lead. Addresses are made to last for years: an area, a measure, a date in plain words.

An address is written from the root without its first slash: `brent/trust-met/`; the first page is the empty text. Links lead by the way
through the root, so that an edition lies in any folder.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from metrics.domain import Definitions, Place, Ward
from metrics.domain.names import slug
from metrics.report import wards

PICTURE = "picture.svg"
"""The picture of a measure in a place, beside its page."""
POSTCODES = "postcode/"
PAGES = {name: f"{name}/" for name in ("plan", "measures", "compare", "claims", "about", "sources", "method", "meetings")}


def file_of(at: str) -> str:
    """
    The file that is served at an address.

    >>> file_of("brent/"), file_of(""), file_of("404.html")
    ('brent/index.html', 'index.html', '404.html')
    """
    return f"{at}index.html" if at.endswith("/") or not at else at


def to_root(at: str) -> str:
    """
    The way from a page to the root, so that an edition can lie in any folder.

    >>> to_root("brent/trust-met/"), to_root("")
    ('../../', './')
    """
    return "../" * at.count("/") or "./"


def of_measure(measure: str, place: str, total: str) -> str:
    """
    One measure in one place; that of the whole force area, `total`, stands with the areas side by side.

    >>> of_measure("trust-met", "brent", "london"), of_measure("trust-met", "london", "london")
    ('brent/trust-met/', 'measures/trust-met/')
    """
    return f"measures/{measure}/" if place == total else f"{place}/{measure}/"


def of_card(place: str) -> str:
    """The picture that stands for a place's page where its link is sent."""
    return f"{place}/card.png"


def of_embed(measure: str, place: str) -> str:
    """One measure in one place without anything around it."""
    return f"embed/{place}/{measure}/"


def of_png(measure: str, place: str) -> str:
    """The picture of a measure in a place as PNG: the explorer makes it when it is asked for."""
    return f"explore/share/{place}/{measure}.png"


def of_shared(measure: str, place: str, name: str, ending: str) -> str:
    """Another chart of a measure in a place as a picture, made likewise."""
    return f"explore/share/{place}/{measure}.{name}.{ending}"


def of_ward(ward: Ward) -> str:
    """
    A ward, below its area.

    >>> of_ward(Ward("E05013946", "St. Helier East", "ward", area="sutton"))
    'sutton/wards/st-helier-east/'
    """
    return f"{ward.area}/wards/{slug(ward.name)}/"


def typed(known: Definitions, text: str, words: Mapping[str, str]) -> str:
    """
    The page that a name or a postcode leads to: that of its ward where it is one alone, else that of its area.

    `words`: the section `postcode` of `data/wording.yaml`.
    Raises Refused: nothing here has that name.
    """
    place, among = wards.place_typed(known, text, words)
    if len(among) == 1:
        return of_ward(among[0])
    return "" if place == known.force.total else f"{place}/"


def code(measure: str, place: str, day: date) -> str:
    """
    What stands for a measure in a place as at a date, in words that a person can read.

    >>> code("trust-met", "brent", date(2026, 8, 31))
    'trust-met.brent.2026-08-31'
    """
    return f"{measure}.{place}.{day.isoformat()}"


def of_citation(measure: str, place: str, day: date) -> str:
    """The page that a citation leads to."""
    return f"cite/{code(measure, place, day)}/"


def of_plan_part(name: str) -> str:
    """
    A mission, a reform, a priority, or another plan, below the plan that is followed.

    >>> of_plan_part("culture-change")
    'plan/culture-change/'
    """
    return f"plan/{name}/"


def of_meeting(area: str, day: date) -> str:
    """One meeting on record."""
    return f"{area}/meetings/{day.isoformat()}/"


def short_names(place: Place) -> list[str]:
    """
    Other addresses that lead to a place: its aliases, its code, and its name up to `and` or `upon`.

    >>> short_names(Place("kingston-upon-thames", "Kingston upon Thames", "area", "E09000021", aliases=("RBK & co",)))
    ['rbk-co', 'E09000021', 'kingston']
    """
    names = [slug(alias) for alias in place.aliases] + [place.code]
    first = slug(re.split(r" (?:and|upon) ", place.name)[0])
    return [name for name in dict.fromkeys([*names, first]) if name and name != place.id]


@dataclass(frozen=True)
class SiteRoutes:
    """
    The links of a page that stands so far from the root.

    >>> routes = SiteRoutes("../", "london")
    >>> routes.measure("rape", "brent"), routes.measure("rape", "london"), routes.page("plan"), routes.place("brent")
    ('../brent/rape/', '../measures/rape/', '../plan/', '../brent/')
    """

    root: str
    total: str
    postcodes: bool = False

    def place(self, place: str) -> str:
        """A place's own page; the whole force area's is the first."""
        return self.root if place == self.total else f"{self.root}{place}/"

    def ward(self, ward: Ward) -> str:
        """A ward's own page."""
        return self.root + of_ward(ward)

    def postcode(self) -> str:
        """The page on which a postcode is looked for."""
        return f"{self.root}{POSTCODES}" if self.postcodes else ""

    def measure(self, measure: str, place: str) -> str:
        """A measure in a place."""
        return self.root + of_measure(measure, place, self.total)

    def cells(self, measure: str, place: str) -> str:
        """The cells that a measure's figures in a place were read from: a fold of its page."""
        return f"{self.measure(measure, place)}#read"

    def compare(self, measure: str) -> str:
        """A measure in all areas."""
        return f"{self.root}measures/{measure}/#areas"

    def page(self, name: str) -> str:
        """A page by its name."""
        return self.root + PAGES[name]

    def plan_part(self, name: str) -> str:
        """A mission, a reform, a priority, or another plan."""
        return self.root + of_plan_part(name)

    def meeting(self, place: str, day: date) -> str:
        """A meeting on record."""
        return self.root + of_meeting(place, day)

    def figures(self, measure: str, place: str) -> str:
        """The figures of a measure in a place."""
        return f"{self.root}{of_measure(measure, place, self.total)}data.csv"
