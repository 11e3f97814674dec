"""Where links lead on the plain pages: from one page to another, by the way through the root, so that an edition lies in any folder."""

from dataclasses import dataclass
from datetime import date

from metrics.domain import Ward
from metrics.outputs.site import addresses

POSTCODES = "postcode/"
PAGES = {name: f"{name}/" for name in ("plan", "measures", "compare", "claims", "about", "sources", "method", "meetings")}


@dataclass(frozen=True)
class SiteRoutes:
    """
    The links of a page that stands so far from the root.

    Examples
    --------
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
        return self.root + addresses.of_ward(ward)

    def postcode(self) -> str:
        """The page on which a postcode is looked for."""
        return f"{self.root}{POSTCODES}" if self.postcodes else ""

    def measure(self, measure: str, place: str) -> str:
        """A measure in a place."""
        return self.root + addresses.of_measure(measure, place, self.total)

    def compare(self, measure: str) -> str:
        """A measure in all areas."""
        return f"{self.root}measures/{measure}/#areas"

    def page(self, name: str) -> str:
        """A page by its name."""
        return self.root + PAGES[name]

    def plan_part(self, name: str) -> str:
        """A mission, a reform, or another plan."""
        return self.root + addresses.of_plan_part(name)

    def meeting(self, place: str, day: date) -> str:
        """A meeting on record."""
        return self.root + addresses.of_meeting(place, day)

    def figures(self, measure: str, place: str) -> str:
        """The figures of a measure in a place."""
        return f"{self.root}{addresses.of_measure(measure, place, self.total)}data.csv"
