"""
The menu on a phone: links in a fold of their own, closed again on the page that a choice opens.

Streamlit's menu for narrow windows stays open over the page that was chosen, and keeps so in the browser for every later visit.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from metrics.charts.render import html

KEPT = ("area", "as-at")
"""Choices of the address that go along to the next page."""
LONGEST = 200


def show(titles: Mapping[str, str], current: str, first: str) -> None:
    """Put the menu into the band at the head of the page; where there is room Streamlit's own links stand there instead."""
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    query = urlencode({name: value for name, value in kept.items() if len(value) <= LONGEST})
    rows = [(title, ("./" if name == first else name) + (f"?{query}" if query else "")) for name, title in titles.items()]
    st.html(html.menu("Menu", rows, current))
