"""
What the Streamlit pages share: cached reads, pickers whose choice is the address, and the card.

Every cached function takes the build's name, so that new figures are never hidden behind an old cache.
"""

from datetime import date
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from metrics import cards, definitions, periods
from metrics.cards import LONDON, Card
from metrics.drawing import plotly_figure
from metrics.drawing.svg import svg
from metrics.drawing.table import table
from metrics.model import Config, Definitions, Measure, Place, Refused
from metrics.places import place_named
from metrics.store import Store
from metrics.words import Wording

ROOT = Path(__file__).parent.parent
STYLE = ROOT / "metrics" / "drawing" / "page.css"
TABS = ["Chart", "Table", "Download", "About"]


@st.cache_resource
def config() -> Config:
    """What `config.yaml` chooses."""
    return definitions.load(ROOT / "config.yaml")


def store() -> Store:
    """The build in use now; its connection is kept for as long as the build is."""
    return Store(config().database)


@st.cache_resource(max_entries=2)
def known(build: str) -> Definitions:
    """The definitions that belong to a build."""
    return definitions.definitions(config().data, config().plan)


@st.cache_resource(max_entries=2)
def wording(build: str) -> Wording:
    """The sentences that belong to a build."""
    return Wording(config().data / "wording.yaml")


@st.cache_data(max_entries=2)
def as_at(build: str) -> date:
    """The publication date of the newest release held."""
    return store().ask("newest")["published"].iloc[0].date()


@st.cache_data(max_entries=64)
def figures(build: str, place: str, measures: tuple[str, ...]) -> pd.DataFrame:
    """The newest figures of some measures in one place and in London."""
    return store().ask("series_of_places", measures=list(measures), places=sorted({place, LONDON}))


@st.cache_data(max_entries=4096)
def card_of(build: str, measure: str, place: str, as_rate: bool = True) -> Card:
    """One card, made once for each build."""
    here = known(build)
    every = tuple(here.measures)
    return cards.card(
        here.measures[measure], here.places[place], figures(build, place, every), here, wording(build),
        as_at=as_at(build), as_rate=as_rate,
    )


@st.cache_data(max_entries=4096)
def picture_of(build: str, measure: str, place: str) -> str:
    """A card's chart as SVG, drawn once for each build."""
    return svg(card_of(build, measure, place).chart)


@st.cache_data(max_entries=512)
def figure_of(build: str, measure: str, place: str, as_rate: bool) -> dict:
    """A card's chart as a Plotly dictionary, made once for each build."""
    return plotly_figure.figure(card_of(build, measure, place, as_rate).chart)


def choose_place(here: Definitions, *, london: bool = True) -> Place:
    """The borough that the address or the picker names; London until one is chosen. A name not known is said."""
    told_of_wrong_name("borough", lambda name: place_named(here.places, name))
    options = [place.name for place in here.boroughs]
    name = st.selectbox("Borough", options, index=None, key="borough", bind="query-params", placeholder="Type a few letters of your borough")
    return place_named(here.places, name or LONDON)


def choose_measure(here: Definitions) -> Measure:
    """The measure that the address or the picker names; the first headline measure until one is chosen."""
    titles = {measure.title: measure for measure in here.measures.values()}
    told_of_wrong_name("measure", lambda name: _titled(titles, name))
    name = st.selectbox("Measure", sorted(titles), index=None, key="measure", bind="query-params", placeholder="Type a few letters of a measure")
    return titles.get(name, here.headlines[0])


def told_of_wrong_name(key: str, read) -> None:
    """Say so where the address names something unknown: a default must never pass for an answer."""
    given = st.query_params.get(key)
    if given:
        try:
            read(given)
        except Refused as refusal:
            st.warning(escape(str(refusal)).replace("`", "'"))


def show_card(build: str, measure: Measure, place: Place) -> None:
    """A card with a small picture, in its own fragment: opening a tab draws this card only."""
    _card_fragment(build, measure.id, place.id)


@st.fragment
def _card_fragment(build: str, measure: str, place: str) -> None:
    card = card_of(build, measure, place)
    st.html(_heading(card))
    if card.chart is None:
        with st.expander("About"):
            st.html(_about(card))
        return
    chart, rows, download, about = st.tabs(TABS, key=f"tab-{measure}", on_change="rerun")
    if chart.open:
        chart.image(picture_of(build, measure, place), alt=card.chart.alt, width=640)
    _rest(card, rows, download, about)


def show_large_card(build: str, measure: Measure, place: Place, *, as_rate: bool) -> None:
    """A card with a chart that can be explored."""
    card = card_of(build, measure.id, place.id, as_rate)
    st.html(_heading(card, level=2))
    if card.chart is None:
        st.html(_about(card))
        return
    chart, rows, download, about = st.tabs(TABS, key="tab", on_change="rerun")
    if chart.open:
        figure = figure_of(build, measure.id, place.id, as_rate)
        chart.plotly_chart(figure, theme=None, alt=card.chart.alt, key="chart", config=plotly_figure.CONFIG)
    _rest(card, rows, download, about)


def _rest(card: Card, rows, download, about) -> None:
    if rows.open:
        rows.html(table(card.chart, caption=f"{card.measure.title}, {card.place.name}. {card.chart.source}"))
    if download.open:
        download.download_button("Download the figures (CSV)", card.csv, card.file, "text/csv", key=f"csv-{card.measure.id}", on_click="ignore")
    if about.open:
        about.html(_about(card))


def _heading(card: Card, level: int = 3) -> str:
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in card.sentences)
    source = f'<p class="source">{escape(card.chart.source)}</p>' if card.chart else ""
    return f'<div class="card"><h{level}>{escape(card.measure.title)}</h{level}><p class="question">{escape(card.measure.question)}</p>{said}{source}</div>'


def _about(card: Card) -> str:
    return definition_list(card.about)


def definition_list(rows) -> str:
    """Terms and what is said of each, escaped."""
    return "<dl>" + "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in rows) + "</dl>"


def paragraphs(*texts: str, kind: str = "") -> None:
    """Plain paragraphs, escaped."""
    attribute = f' class="{kind}"' if kind else ""
    st.html("".join(f"<p{attribute}>{escape(text)}</p>" for text in texts))


def footing(build: str) -> None:
    """Whose site this is, how fresh it is, whom to ask."""
    st.html(
        f"<footer><p>Independent of the Metropolitan Police Service: this is not its official view. Figures as at "
        f"{periods.say_day(as_at(build))}, build {escape(build.removesuffix('.duckdb'))}. Questions and mistakes: {escape(config().contact)}.</p></footer>"
    )
