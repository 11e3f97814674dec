"""The frame: which pages there are, in which order, and what every page has."""

import streamlit as st

from metrics import editing
from metrics.ui import choose, parts, reads
from metrics.ui.menu import menu

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
    return editing.pages_of(reads.config(), PAGES, ONLY_IN_FULL)


def main() -> None:
    """Show the page that the address names, the first one if it names none."""
    page = st.navigation(menu(served()), position="top")
    st.set_page_config(page_title=f"{page.title} – {NAME}", layout="wide")
    choose.arrive(page.title)
    parts.instead()
    page.run()


if __name__ == "__main__":
    main()
