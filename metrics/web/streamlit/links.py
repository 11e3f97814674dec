"""Where links lead in the app: beside the page that links, so that they hold under any path the app is served at."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from metrics.domain import Ward
from metrics.web.streamlit.cached_reads import Seen

PAGES = {
    "plan": "plan", "measures": "measures", "compare": "compare", "claims": "claim", "about": "about", "sources": "sources",
    "method": "method", "meetings": "sources",
}

NO_ANSWER = "none"
"""In an address: that a chart stands under no answer, so that nothing is marked in it as compared."""
CELLS = "cells"
"""In an address: that the cells are named which the figures were read from."""


def of_measure(seen: Seen, measure: str, place: str, *, total: str, as_rate: bool = False, since: date | None = None) -> str:
    """
    One measure's own page, of the whole force area where no area is named; `since` draws what was known then besides.

    >>> of_measure(Seen("b"), "rape", "brent", total="london")
    'measure?measure=rape&area=brent'
    """
    chosen = {"measure": measure} | ({"area": place} if place != total else {}) | ({"since": since.isoformat()} if since else {})
    return f"measure{_query(chosen | _chosen(seen, as_rate=as_rate))}"


def of_shared(seen: Seen, measure: str, place: str, ending: str, *, as_rate: bool = False) -> str:
    """
    A chart as a picture that says itself what it is, to be sent around.

    >>> of_shared(Seen("b"), "rape", "brent", "png", as_rate=True)
    'share/brent/rape.png?show=rate'
    """
    return f"share/{place}/{measure}.{ending}{_query(_chosen(seen, as_rate=as_rate))}"


def of_picture(seen: Seen, measure: str, place: str, digest: str, shown: date | None, *, as_rate: bool, question: str = "") -> str:
    """
    A card's chart as a file; with the digest of what it holds, so that it can be kept for good; `question` is that of the answer told.

    >>> of_picture(Seen("b"), "rape", "brent", "0123abcd", date(2025, 12, 4), as_rate=False)
    'picture/brent/rape.0123abcd.svg?shown=2025-12-04'
    """
    chosen = _chosen(seen) | ({"shown": shown.isoformat()} if shown else {}) | _chosen(seen, as_rate=as_rate)
    return f"picture/{place}/{measure}.{digest}.svg{_query(chosen | ({'answer': question} if question else {}))}"


def of_row(seen: Seen, measure: str, place: str, digest: str, mark: date | None) -> str:
    """
    The small picture of a row, with the day of its line M, as a file.

    >>> of_row(Seen("b"), "rape", "brent", "0123abcd", date(2023, 8, 7))
    'picture/brent/rape.0123abcd.svg?row=2023-08-07'
    """
    return f"picture/{place}/{measure}.{digest}.svg" + _query(_chosen(seen) | {"row": mark.isoformat() if mark else ""})


def _query(chosen: dict[str, str]) -> str:
    return f"?{urlencode(chosen)}" if chosen else ""


def _chosen(seen: Seen, *, as_rate: bool = False) -> dict[str, str]:
    """The day and the scale that are looked at, where they are not the usual ones."""
    return ({"as-at": seen.as_at.isoformat()} if seen.as_at else {}) | ({"show": "rate"} if as_rate else {})


@dataclass(frozen=True)
class AppRoutes:
    """
    The links of a page that shows what is seen.

    >>> routes = AppRoutes(Seen("b"), "london")
    >>> routes.place("brent"), routes.measure("rape", "brent"), routes.page("plan"), routes.figures("rape", "brent")
    ('./?area=brent', 'measure?measure=rape&area=brent', 'plan', 'figures/brent/rape.csv')
    """

    seen: Seen
    total: str

    def place(self, place: str) -> str:
        """A place's own page."""
        return f"./{self._seen(area=place)}"

    def ward(self, ward: Ward) -> str:
        """A ward's own page."""
        return f"ward{self._seen(ward=ward.code)}"

    def postcode(self) -> str:
        """Nowhere: a postcode is typed where an area is chosen, above every page."""
        return ""

    def measure(self, measure: str, place: str) -> str:
        """A measure in a place."""
        return of_measure(self.seen, measure, place, total=self.total)

    def cells(self, measure: str, place: str) -> str:
        """
        The cells that a measure's figures in a place were read from: named above its chart.

        Streamlit fills a page after the browser has looked for a place on it, so an anchor would lead to its head.
        """
        return f"{self.measure(measure, place)}&{CELLS}=shown"

    def compare(self, measure: str) -> str:
        """A measure in all areas."""
        return f"compare{self._seen(measure=measure)}"

    def page(self, name: str) -> str:
        """A page by its name."""
        return PAGES[name] + self._seen()

    def plan_part(self, name: str) -> str:
        """A mission, a reform, a priority, or another plan."""
        return f"plan{self._seen(part=name)}"

    def meeting(self, place: str, day: date) -> str:
        """A place as it was known at a meeting."""
        return f"./?{urlencode({'area': place, 'as-at': day.isoformat()})}"

    def figures(self, measure: str, place: str) -> str:
        """The figures of a measure in a place."""
        return f"figures/{place}/{measure}.csv{_query(_chosen(self.seen))}"

    def _seen(self, **chosen: str) -> str:
        return _query(chosen | _chosen(self.seen))
