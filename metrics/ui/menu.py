"""The menu of pages. Streamlit runs the frame as a script, anew for every visitor; what is kept here outlives the run."""

from collections.abc import Mapping
from copy import copy
from functools import lru_cache

import streamlit as st

from metrics.ui import reads


def menu(titles: Mapping[str, str]) -> list[st.Page]:
    """
    Pages by their titles, the first one to be shown where no other is named.

    A run takes copies: Streamlit looks for a page's file when it is made, and notes in it that it may be run now.
    """
    return [copy(page) for page in _pages(tuple(titles.items()))]


@lru_cache(maxsize=2)
def _pages(titles: tuple[tuple[str, str], ...]) -> tuple[st.Page, ...]:
    folder, first = reads.ROOT / "pages", titles[0][0]
    return tuple(st.Page(folder / f"{name}.py", title=title, default=name == first) for name, title in titles)
