"""The card on a page: sentences first, then Chart, Table, Download and About."""

from datetime import date

import streamlit as st

from metrics.cards import Card
from metrics.drawing import html, plotly_figure
from metrics.drawing.table import table
from metrics.model import Measure, Place
from metrics.outlook import restated
from metrics.ui import reads
from metrics.ui.plain import header
from metrics.ui.reads import Seen

TABS = ["Chart", "Table", "Download", "About"]


@st.fragment
def show(seen: Seen, measure: Measure, place: Place, shown: date | None = None) -> None:
    """A card with a small picture; a fragment, so that opening a tab draws this card only. `shown`: what was known then, dotted."""
    card = reads.card(seen, measure.id, place.id, shown=shown)
    st.html(_said(seen, card, level=3))
    if card.chart is None:
        with st.expander("About", key=f"about-{measure.id}"):
            st.html(html.definition_list(card.about))
        return
    tabs = st.tabs(TABS, key=f"tab-{measure.id}", on_change="rerun")
    if tabs[0].open:
        tabs[0].html(reads.picture(seen, measure.id, place.id, shown))
    _rest(card, tabs)


def show_large(seen: Seen, measure: Measure, place: Place, *, as_rate: bool, shown: date | None = None) -> None:
    """A card with a chart that can be explored."""
    card = reads.card(seen, measure.id, place.id, as_rate, True, shown)
    st.html(_said(seen, card, level=2))
    if card.chart is None:
        st.html(html.definition_list(card.about))
        return
    tabs = st.tabs(TABS, key="tab", on_change="rerun")
    if tabs[0].open:
        figure = reads.figure(seen, measure.id, place.id, as_rate, shown)
        tabs[0].plotly_chart(figure, theme=None, alt=card.chart.alt, key="chart", config=plotly_figure.CONFIG)
    _rest(card, tabs)


def from_every_baseline(seen: Seen, measure: Measure, place: Place) -> None:
    """The same change from every sensible baseline, and whether they agree."""
    chart = reads.reading(seen).strip(measure.id, place.id)
    if chart is None:
        return
    words = reads.wording(seen.build)
    header("From every baseline")
    st.html(html.paragraphs(words.text["page"]["strip"], words.signs(reads.reading(seen).against(place.id)[measure.id]["change"])))
    st.html(reads.strip_picture(seen, measure.id, place.id) + html.paragraphs(chart.source, kind="source"))
    with st.expander("The same as a table"):
        st.html(table(chart, caption=f"{measure.title}, {place.name}, from every baseline"))


def corrections(seen: Seen, measure: Measure, place: Place) -> None:
    """Figures that are not what they were when first published: corrections, never changes."""
    rows = reads.reading(seen).restated(measure.id, place.id)
    if rows.empty:
        return
    text = reads.wording(seen.build).text
    header("Restated by the publisher")
    said = [restated(text, measure, row.period, row.first, row.now) for row in rows.itertuples()]
    st.html(html.bullets(said))


def _rest(card: Card, tabs) -> None:
    _, rows, download, about = tabs
    if rows.open:
        rows.html(table(card.chart, caption=f"{card.measure.title}, {card.place.name}"))
    if download.open:
        words, key = "Download the figures (CSV)", f"csv-{card.measure.id}"
        download.download_button(words, card.csv, card.file, "text/csv", key=key, on_click="ignore")
    if about.open:
        about.html(html.definition_list(card.about))


def _said(seen: Seen, card: Card, level: int) -> str:
    source = html.paragraphs(card.chart.source, kind="source") if card.chart else ""
    return html.boxed(
        "card",
        html.heading(level, card.measure.title),
        html.verdict(card.verdict, reads.wording(seen.build).text["verdicts"][card.verdict]),
        html.paragraphs(card.measure.question, kind="question"),
        html.paragraphs(*card.sentences),
        source,
    )
