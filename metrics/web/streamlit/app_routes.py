"""Where links lead in the app: beside the page that links, so that they hold under any path the app is served at."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from metrics.domain import Ward
from metrics.web.streamlit import links
from metrics.web.streamlit.cached_reads import Seen

PAGES = {
    "plan": "plan", "measures": "measures", "compare": "compare", "claims": "claim", "about": "about", "sources": "sources",
    "method": "method", "meetings": "sources",
}


@dataclass(frozen=True)
class AppRoutes:
    """
    The links of a page that shows what is seen.

    Examples
    --------
    >>> routes = AppRoutes(Seen("b"), "london")
    >>> routes.place("brent"), routes.measure("rape", "brent"), routes.page("plan"), routes.compare("rape")
    ('./?area=brent', 'measure?measure=rape&area=brent', 'plan', 'compare?measure=rape')
    """

    seen: Seen
    total: str

    def place(self, place: str) -> str:
        """A place's own page."""
        return f"./{self._query(area=place)}"

    def ward(self, ward: Ward) -> str:
        """A ward's own page."""
        return f"ward{self._query(ward=ward.code)}"

    def postcode(self) -> str:
        """Nowhere: a postcode is typed where an area is chosen, above every page."""
        return ""

    def measure(self, measure: str, place: str) -> str:
        """A measure in a place."""
        return links.of_measure(self.seen, measure, place, total=self.total)

    def compare(self, measure: str) -> str:
        """A measure in all areas."""
        return f"compare{self._query(measure=measure)}"

    def page(self, name: str) -> str:
        """A page by its name."""
        return PAGES[name] + self._query()

    def plan_part(self, name: str) -> str:
        """A mission, a reform, or another plan."""
        return f"plan{self._query(part=name)}"

    def meeting(self, place: str, day: date) -> str:
        """A place as it was known at a meeting."""
        return f"./?{urlencode({'area': place, 'as-at': day.isoformat()})}"

    def figures(self, measure: str, place: str) -> str:
        """The figures of a measure in a place."""
        return links.of_figures(self.seen, measure, place)

    def _query(self, **chosen: str) -> str:
        every = chosen | ({"as-at": self.seen.as_at.isoformat()} if self.seen.as_at else {})
        return f"?{urlencode(every)}" if every else ""
