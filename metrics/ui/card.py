"""
Cards on a page: sentences first, then picture, table, download and about.

Cards that stand together are one piece of HTML, made once for each build and replayed: a page of forty cards then costs a
visitor hardly more than an empty one. The one card of a measure's own page has tabs and a chart that can be explored.
"""

from datetime import date

import streamlit as st

from metrics.cards import Card
from metrics.drawing import html, plotly_figure
from metrics.drawing.table import table
from metrics.model import Measure, Place
from metrics.outlook import restated
from metrics.ui import addresses, reads
from metrics.ui.plain import header
from metrics.ui.reads import Seen, drawn_once

TABS = ["Chart", "Table", "Download", "About"]
MORE, ABOUT, DOWNLOAD = "Chart, table and about", "About", "Download the figures (CSV)"


@drawn_once
def together(seen: Seen, place: str, measures: tuple[str, ...], shown: date | None = None) -> None:
    """Several cards of a place. `shown`: what was known then is drawn dotted."""
    st.html("".join(_small(seen, place, measure, shown) for measure in measures))


def show_large(seen: Seen, measure: Measure, place: Place, *, as_rate: bool, shown: date | None = None) -> None:
    """A card with a chart that can be explored."""
    card = reads.card(seen, measure.id, place.id, as_rate, True, shown)
    st.html(_said(seen, card, level=2))
    if card.chart is None:
        st.html(html.definition_list(card.about))
        return
    tabs = st.tabs(TABS, key="tab", on_change="rerun")
    if tabs[0].open:
        with tabs[0]:
            _chart(seen, measure.id, place.id, as_rate, shown)
    if tabs[1].open:
        tabs[1].html(table(card.chart, caption=f"{card.measure.title}, {card.place.name}"))
    if tabs[2].open:
        tabs[2].html(html.links([(DOWNLOAD, addresses.of_figures(seen, measure.id, place.id, as_rate=as_rate))]))
    if tabs[3].open:
        tabs[3].html(html.definition_list(card.about))


@drawn_once
def from_every_baseline(seen: Seen, measure: str, place: str) -> None:
    """The same change from every sensible baseline, and whether they agree."""
    chart = reads.reading(seen).strip(measure, place)
    if chart is None:
        return
    words = reads.wording(seen.build)
    header("From every baseline")
    agree = words.signs(reads.reading(seen).against(place)[measure]["change"])
    st.html(html.paragraphs(words.text["page"]["strip"], agree))
    st.html(reads.strip_picture(seen, measure, place) + html.paragraphs(chart.source, kind="source"))
    with st.expander("The same as a table"):
        st.html(table(chart, caption=f"{chart.title}, {reads.known(seen.build).places[place].name}, from every baseline"))


@drawn_once
def corrections(seen: Seen, measure: str, place: str) -> None:
    """Figures that are not what they were when first published: corrections, never changes."""
    rows = reads.reading(seen).restated(measure, place)
    if rows.empty:
        return
    text, one = reads.wording(seen.build).text, reads.known(seen.build).measures[measure]
    header("Restated by the publisher")
    said = [restated(text, one, row.period, row.first, row.now) for row in rows.itertuples()]
    st.html(html.bullets(said))


@drawn_once
def _chart(seen: Seen, measure: str, place: str, as_rate: bool, shown: date | None) -> None:
    figure = reads.figure(seen, measure, place, as_rate, shown)
    alt = reads.card(seen, measure, place, as_rate, True, shown).chart.alt
    st.plotly_chart(figure, theme=None, alt=alt, config=plotly_figure.CONFIG)


def _small(seen: Seen, place: str, measure: str, shown: date | None) -> str:
    """A card as HTML: what can be said, the picture, and where the rest stands."""
    card = reads.card(seen, measure, place, shown=shown)
    picture = reads.picture(seen, measure, place, shown) if card.chart else ""
    rest = [(MORE if card.chart else ABOUT, addresses.of_measure(seen, measure, place))]
    rest += [(DOWNLOAD, addresses.of_figures(seen, measure, place))] if card.chart else []
    return html.boxed("whole", _said(seen, card, level=3), picture, html.boxed("more", html.links(rest)))


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
