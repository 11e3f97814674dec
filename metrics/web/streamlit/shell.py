"""
The frame: which pages there are, in which order, what every page has, and the bar above it, with what is chosen at its left and what can be
done with it at its right.
"""

from collections.abc import Mapping
from copy import copy
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from metrics.charts.render import chips, html
from metrics.definitions import configuration
from metrics.domain import Definitions, Measure, Place, Refused, Ward
from metrics.outputs.page import templating
from metrics.web.streamlit import cached_reads, pack_download, pickers, sign_in
from metrics.web.streamlit.cached_reads import Seen

KEPT = ("area", "as-at")
"""Choices of the address that go along to the next page."""
LONGEST = 200

NO_BUILD = "No figures yet"
APP_STYLE = Path(__file__).with_name("app.css")
PAGES = {
    "meeting": "What changed",
    "plan": "The plan",
    "measures": "Measures",
    "compare": "Compare",
    "claim": "Claims",
    "about": "About",
    "measure": "One measure",
    "ward": "One ward",
    "minutes": "Record a meeting",
    "sources": "Sources",
    "method": "Method",
}
ONLY_IN_FULL = frozenset({"minutes"})
"""Pages that write or present: the public edition does not have them."""
TITLED = frozenset({"meeting", "compare", "measure", "ward"})
"""Pages whose title names what they show: they give it themselves, as two titles cost a visitor twice."""
NAVIGATION = ("meeting", "plan", "measures", "compare", "claim", "about")
"""What the bar names; every other page is reached from one of these and keeps its address."""


def served() -> dict[str, str]:
    """The pages of this edition, each with its title."""
    public = configuration.is_public(cached_reads.config())
    return {name: title for name, title in PAGES.items() if not (public and name in ONLY_IN_FULL)}


def name() -> str:
    """What the site is called, as its build says; a server that starts before the first build has no name yet, and its health says why."""
    try:
        build = cached_reads.store().build
    except Refused:
        return NO_BUILD
    return cached_reads.known(build).force.site_name


def looks() -> str:
    """The style sheet of every page: Streamlit's parts as we want them, then the bodies that the plain pages have too."""
    band = f'[data-testid="stHeader"]::before{{content:"{in_css(name())}"}}'
    return APP_STYLE.read_text(encoding="utf-8") + templating.sheet() + chips.shapes_style() + band


def in_css(text: str) -> str:
    r"""
    A text as a style sheet takes it between quotes, whatever it holds.

    >>> print(in_css('A "site"'))
    A\000020\000022site\000022
    """
    return "".join(letter if letter.isalnum() else rf"\{ord(letter):06x}" for letter in text)


def main() -> None:
    """Show the page that the address names, the first one if it names none."""
    titles = served()
    page = st.navigation(menu(titles), position="top")
    if page.title not in {PAGES[name] for name in TITLED}:
        titled(name(), page.title)
    sign_in.required()
    pickers.arrive(page.title)
    _menu({name: title for name, title in titles.items() if name in NAVIGATION}, page.title, NAVIGATION[0])
    page.run()


def titled(site: str, *words: str) -> None:
    """The title of the window: what the page shows, then the site by its name."""
    st.set_page_config(page_title=f"{', '.join(words)} – {site}", layout="wide")


def menu(titles: Mapping[str, str]) -> list[st.Page]:
    """
    Pages by their titles, the first one to be shown where no other is named.

    A run takes copies: Streamlit looks for a page's file when it is made, and notes in it that it may be run now.
    """
    return [copy(page) for page in _pages(tuple(titles.items()))]


@lru_cache(maxsize=2)
def _pages(titles: tuple[tuple[str, str], ...]) -> tuple[st.Page, ...]:
    folder, first = cached_reads.ROOT / "pages", titles[0][0]
    shown = {name: "visible" if name in NAVIGATION else "hidden" for name, _ in titles}
    return tuple(st.Page(folder / f"{name}.py", title=title, default=name == first, visibility=shown[name]) for name, title in titles)


def _menu(titles: Mapping[str, str], current: str, first: str) -> None:
    """Put the menu into the band at the head of the page; where there is room Streamlit's own links stand there instead."""
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    query = urlencode({name: value for name, value in kept.items() if len(value) <= LONGEST})
    rows = [(title, ("./" if name == first else name) + (f"?{query}" if query else "")) for name, title in titles.items()]
    st.html(html.menu("Menu", rows, current))


def place_bar(seen: Seen, known: Definitions) -> tuple[Place, date | None, date | None]:
    """The place, the day looked back on and that of the meeting; presenting and the pack where this edition has them."""
    with _bar():
        place = pickers.place(known)
        since = pickers.since(known, place, seen)
        if not presents():
            return place, since, None
        day = pickers.meeting_day(known, place, seen, since)
        st.space("stretch")
        pack_download.buttons(seen, place, since, day)
    return place, since, day


def measure_bar(known: Definitions) -> tuple[Measure, Place, bool]:
    """The measure, the place, and whether a count is drawn as a rate."""
    with _bar():
        measure = pickers.measure(known)
        return measure, pickers.place(known), pickers.rate(measure, known.force.total_name)


def comparison_bar(known: Definitions) -> tuple[Measure, Place]:
    """The measure that is compared, and the area that is pointed out."""
    offered = [measure for measure in known.measures.values() if measure.source and not measure.missing and "area" in measure.levels]
    first = next((measure.id for measure in known.headlines if measure in offered and measure.kind == "count"), offered[0].id)
    with _bar():
        return pickers.measure(known, among=offered, first=first), pickers.place(known)


def ward_bar(known: Definitions) -> Ward | None:
    """The ward; none until one is chosen."""
    with _bar():
        return pickers.ward(known)


def presents() -> bool:
    """Whether a meeting can be presented from here."""
    return not configuration.is_public(cached_reads.config())


def _bar():
    return st.container(horizontal=True, vertical_alignment="bottom", key="toolbar")
