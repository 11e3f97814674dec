"""The frame: which pages there are, in which order, and what every page has."""

from collections.abc import Mapping
from copy import copy
from functools import lru_cache

import streamlit as st

from metrics.domain import editions
from metrics.web.streamlit import cached_reads, page_parts, pickers

NAME = "A New Met for London, followed"
PAGES = {
    "meeting": "Since the last meeting",
    "plan": "The plan",
    "borough": "Your borough",
    "measure": "One measure",
    "compare": "Compare",
    "claim": "Check a claim",
    "minutes": "Record a meeting",
    "sources": "Sources",
    "method": "Method",
}
ONLY_IN_FULL = frozenset({"minutes"})
"""Pages that write or present: the public edition does not have them."""


def served() -> dict[str, str]:
    """The pages of this edition, each with its title."""
    return editions.pages_of(cached_reads.config(), PAGES, ONLY_IN_FULL)


def main() -> None:
    """Show the page that the address names, the first one if it names none."""
    page = st.navigation(menu(served()), position="top")
    st.set_page_config(page_title=f"{page.title} – {NAME}", layout="wide")
    pickers.arrive(page.title)
    page_parts.instead()
    page.run()


def menu(titles: Mapping[str, str]) -> list[st.Page]:
    """
    Pages by their titles, the first one to be shown where no other is named.

    A run takes copies: Streamlit looks for a page's file when it is made, and notes in it that it may be run now.
    """
    return [copy(page) for page in _pages(tuple(titles.items()))]


@lru_cache(maxsize=2)
def _pages(titles: tuple[tuple[str, str], ...]) -> tuple[st.Page, ...]:
    folder, first = cached_reads.ROOT / "pages", titles[0][0]
    return tuple(st.Page(folder / f"{name}.py", title=title, default=name == first) for name, title in titles)
