"""
Cards on a page: sentences first, then picture, table, download and about.

Cards that stand together are part of one piece of HTML, made once for each build and replayed: every piece that Streamlit sends by
itself costs a visitor more than its words do. Their pictures stand at addresses of their own, so that a phone asks for those that
it comes near. The one card of a measure's own page has tabs and a chart that can be explored.
"""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from metrics.charts.render import html, plotly_figure
from metrics.charts.render.svg import svg
from metrics.charts.render.table import table
from metrics.domain import Measure, Place
from metrics.narrative.outlook import restated
from metrics.report.cards import Card
from metrics.web.streamlit import cached_reads, footer, links, pickers
from metrics.web.streamlit.cached_reads import Seen, drawn_once

TABS = ["Chart", "Table", "Download", "About"]
THEN, ONLY_NOW = "Draw what was known at a meeting", "No meeting: only what is known now"
MORE, ABOUT, DOWNLOAD = "Chart, table and about", "About", "Download the figures (CSV)"


def together(seen: Seen, place: str, measures: Iterable[str], shown: date | None = None) -> str:
    """Several cards of a place, as HTML. `shown`: what was known then is drawn dotted."""
    return "".join(_small(seen, place, measure, shown) for measure in measures)


def show_large(seen: Seen, measure: Measure, place: Place, *, as_rate: bool, shown: date | None = None) -> None:
    """Which measure this is, and where; its card, with a chart that can be explored."""
    if not _opening(seen, measure.id, place.id, as_rate, shown):
        return
    tabs = st.tabs(TABS, key="tab", on_change="rerun")
    if tabs[0].open:
        with tabs[0]:
            _chart(seen, measure.id, place.id, as_rate, shown)
    card = cached_reads.card(seen, measure.id, place.id, as_rate, True, shown) if any(tab.open for tab in tabs[1:]) else None
    if tabs[1].open:
        tabs[1].html(table(card.chart, caption=f"{card.measure.title}, {card.place.name}"))
    if tabs[2].open:
        tabs[2].html(html.links([(DOWNLOAD, links.of_figures(seen, measure.id, place.id, as_rate=as_rate))]))
    if tabs[3].open:
        tabs[3].html(html.definition_list(card.about))


@drawn_once
def _opening(seen: Seen, measure: str, place: str, as_rate: bool, shown: date | None) -> bool:
    """The heading and what can be said; without figures, what is known of the measure. Whether there is a chart."""
    card = cached_reads.card(seen, measure, place, as_rate, True, shown)
    about = "" if card.chart else html.definition_list(card.about)
    st.html(html.heading(1, f"{card.measure.title}: {card.place.name}") + _said(seen, card, level=2) + about)
    return card.chart is not None


@drawn_once
def below(seen: Seen, measure: str, place: str, as_rate: bool) -> None:
    """What stands below the card: ways to look back, the change from every baseline, what the publisher restated, whose site this is."""
    said = _from_every_baseline(seen, measure, place) + _corrections(seen, measure, place)
    st.html(_looking_back(seen, measure, place, as_rate) + said + footer.footing(seen))


def _looking_back(seen: Seen, measure: str, place: str, as_rate: bool) -> str:
    """The same chart with what was known at each meeting on record drawn besides: links, as every view is an address."""
    ways = {**pickers.held(cached_reads.known(seen.build), before=seen.as_at), None: ONLY_NOW}
    there = ((said, links.of_measure(seen, measure, place, as_rate=as_rate, since=day)) for day, said in ways.items())
    return html.folded(THEN, html.links(there))


def _from_every_baseline(seen: Seen, measure: str, place: str) -> str:
    """The same change from every sensible baseline, and whether they agree."""
    chart = cached_reads.reading(seen).strip(measure, place)
    if chart is None:
        return ""
    words, name = cached_reads.wording(seen.build), cached_reads.known(seen.build).places[place].name
    agree = words.signs(cached_reads.reading(seen).against(place)[measure]["change"])
    return (
        html.heading(2, "From every baseline")
        + html.paragraphs(words.text["page"]["strip"], agree)
        + html.image(svg(chart, narrowest=cached_reads.NARROWEST), alt=chart.alt)
        + html.paragraphs(chart.source, kind="source")
        + html.folded("The same as a table", table(chart, caption=f"{chart.title}, {name}, from every baseline"))
    )


def _corrections(seen: Seen, measure: str, place: str) -> str:
    """Figures that are not what they were when first published: corrections, never changes."""
    rows = cached_reads.reading(seen).restated(measure, place)
    if rows.empty:
        return ""
    text, one = cached_reads.wording(seen.build).text, cached_reads.known(seen.build).measures[measure]
    said = [restated(text, one, row.period, row.first, row.now) for row in rows.itertuples()]
    return html.heading(2, "Restated by the publisher") + html.bullets(said)


@drawn_once
def _chart(seen: Seen, measure: str, place: str, as_rate: bool, shown: date | None) -> None:
    figure = cached_reads.figure(seen, measure, place, as_rate, shown)
    alt = cached_reads.card(seen, measure, place, as_rate, True, shown).chart.alt
    st.plotly_chart(figure, theme=None, alt=alt, config=plotly_figure.CONFIG)


def _small(seen: Seen, place: str, measure: str, shown: date | None) -> str:
    """A card as HTML: what can be said, the picture, and where the rest stands."""
    card = cached_reads.card(seen, measure, place, shown=shown)
    drawn = cached_reads.picture(seen, measure, place, shown)
    picture = _picture(seen, place, measure, shown, drawn) if drawn else ""
    rest = [(MORE if card.chart else ABOUT, links.of_measure(seen, measure, place))]
    rest += [(DOWNLOAD, links.of_figures(seen, measure, place))] if card.chart else []
    return html.boxed("whole", _said(seen, card, level=3), picture, html.boxed("more", html.links(rest)))


def _picture(seen: Seen, place: str, measure: str, shown: date | None, drawn: cached_reads.Picture) -> str:
    return html.picture(links.of_picture(seen, measure, place, drawn.digest, shown), drawn.alt, drawn.width, drawn.height)


def _said(seen: Seen, card: Card, level: int) -> str:
    source = html.paragraphs(card.chart.source, kind="source") if card.chart else ""
    return html.boxed(
        "card",
        html.heading(level, card.measure.title),
        html.verdict(card.verdict, cached_reads.wording(seen.build).text["verdicts"][card.verdict]),
        html.paragraphs(card.measure.question, kind="question"),
        html.paragraphs(*card.sentences),
        source,
    )
