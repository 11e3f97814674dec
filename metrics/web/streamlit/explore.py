"""The chart that can be pointed at, loaded only where a reader asks for it: it weighs more than the rest of the page."""

from datetime import date

import streamlit as st

from metrics.charts.render import plotly_figure
from metrics.domain import Measure, Place
from metrics.web.streamlit import bodies, cached_reads
from metrics.web.streamlit.cached_reads import Seen, drawn_once

EXPLORE = "Explore: point at any month"


def chart(seen: Seen, measure: Measure, place: Place, as_rate: bool, shown: date | None) -> None:
    """A button, and the chart once it is pressed; nothing where nothing is held."""
    if not bodies.has_figures(seen, measure, place):
        return
    if st.toggle(EXPLORE, key="explore"):
        _plotly(seen, measure.id, place.id, as_rate, shown)


@drawn_once
def _plotly(seen: Seen, measure: str, place: str, as_rate: bool, shown: date | None) -> None:
    figure = cached_reads.figure(seen, measure, place, as_rate, shown)
    alt = cached_reads.card(seen, measure, place, as_rate, True, shown).chart.alt
    st.plotly_chart(figure, theme=None, alt=alt, config=plotly_figure.CONFIG)
