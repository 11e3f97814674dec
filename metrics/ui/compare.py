"""The 32 boroughs side by side: what is found in each, where they lie, and how they differ beyond chance."""

from collections import Counter

import pandas as pd
import streamlit as st

from metrics import cards, pictures, style
from metrics.cards import LONDON
from metrics.charts import Chart
from metrics.drawing import html
from metrics.drawing.svg import svg
from metrics.drawing.table import table
from metrics.model import Definitions, Measure, Place
from metrics.outlook import among_boroughs
from metrics.ui import reads
from metrics.ui.plain import header, title
from metrics.ui.reads import kept
from metrics.words import counted

TILES, LINES, FUNNEL = "What is found in each borough", "Twelve months at a time", "Beyond chance and ordinary differences"


def heading(build: str, measure: Measure) -> None:
    """What the page is, what it is not, and how many boroughs have which verdict."""
    words = reads.wording(build).text
    found = _boroughs(build, measure)
    title(f"{measure.title}: the 32 boroughs")
    tally = counted(Counter(found["verdict"]), words["verdicts"])
    st.html(html.paragraphs(words["page"]["compare"], words["page"]["compare_counts"].format(measure=measure.title, counts=tally)))
    luck = found["luck"].dropna()
    if len(luck) and luck.iloc[0] >= 0.5:
        facts = {"luck": style.number(luck.iloc[0], "count", decimals=0), "among": found["among"].max(), "flagged": found["flagged"].max()}
        st.html(html.paragraphs(words["page"]["compare_luck"].format(**facts)))


def tiles(build: str, measure: Measure) -> None:
    """Each borough's verdict where it lies on the map, and in alphabetical order with its sentence."""
    header(TILES)
    known, words = reads.known(build), reads.wording(build).text["verdicts"]
    found = _boroughs(build, measure).set_index("place")
    rows = [(one.row, one.column, one.name, found.at[one.id, "verdict"], words[found.at[one.id, "verdict"]]) for one in known.boroughs]
    st.html(html.tiles(rows, f"{measure.title}: {TILES.lower()}"))
    said = [
        {"Borough": one.name, "Verdict": words[found.at[one.id, "verdict"]], "What can be said": found.at[one.id, "sentence"]}
        for one in known.boroughs
    ]
    with st.expander("The same as a table, with the sentences"):
        st.html(table(pd.DataFrame(said), caption=f"{measure.title}, {TILES.lower()}", units=dict.fromkeys(said[0], "text")))


def lines(build: str, measure: Measure, place: Place) -> None:
    """Every borough's figures over time on one scale."""
    header(LINES)
    chart = _map(build, measure.id, place.id)
    st.html(html.image(svg(chart, width=1100), alt=chart.alt))
    st.html(html.paragraphs(chart.source, kind="source"))


def funnel(build: str, measure: Measure, place: Place) -> None:
    """Every borough against the range to expect for its size."""
    words = reads.wording(build).text["page"]
    places = _funnel(build, measure.id)
    if places.empty:
        return
    header(FUNNEL)
    chart = _funnel_chart(build, measure.id, place.id)
    st.html(html.paragraphs(words["funnel"], *_standing(build, places, place)))
    st.html(html.image(svg(chart), alt=chart.alt) + html.paragraphs(chart.source, kind="source"))
    with st.expander("The same as a table"):
        st.html(table(chart, caption=f"{measure.title}, {FUNNEL.lower()}"))


def _standing(build: str, places: pd.DataFrame, place: Place) -> list[str]:
    """Where the chosen borough lies; that none can be singled out, where that is so."""
    text, able = reads.wording(build).text, bool(places["can_single_out"].all())
    here = places[places["place"] == place.id]
    if able and here.empty:
        return []
    outside = "none" if here.empty else here["outside"].iloc[0]
    return [among_boroughs(text, place.name, outside, can_single_out=able)]


def measures(known: Definitions) -> list[Measure]:
    """The measures that have figures for boroughs."""
    return [one for one in known.measures.values() if one.source and not one.missing and "borough" in one.levels]


def _boroughs(build: str, measure: Measure) -> pd.DataFrame:
    found = reads.found_of(build, measure.id)
    return found[found["place"] != LONDON]


@kept(64)
def _all_places(build: str, measure: str) -> pd.DataFrame:
    return reads.store().ask("series_of_places", measures=[measure], places=[one.id for one in reads.known(build).boroughs])


@kept(64)
def _funnel(build: str, measure: str) -> pd.DataFrame:
    return reads.store().ask("funnel", measure=measure)


@kept(256)
def _funnel_chart(build: str, measure: str, place: str) -> Chart:
    known = reads.known(build)
    names = {one.id: one.name for one in known.boroughs}
    places = _funnel(build, measure)
    limits = reads.store().ask("funnel_limits", measure=measure)
    named = places.assign(place=places["place"].map(names))
    return pictures.among_boroughs(named, limits, known.measures[measure], names.get(place), _words(build, measure, FUNNEL))


@kept(256)
def _map(build: str, measure: str, place: str) -> Chart:
    known = reads.known(build)
    boroughs = {one.id: one for one in known.boroughs}
    figures = cards.yearly(_all_places(build, measure), known.measures[measure])
    tiled = figures.assign(
        row=[boroughs[one].row for one in figures["place"]],
        column=[boroughs[one].column for one in figures["place"]],
        place=[boroughs[one].name for one in figures["place"]],
    )
    chosen = boroughs[place].name if place in boroughs else None
    return pictures.on_the_map(tiled, known.measures[measure], chosen, _words(build, measure, LINES))


def _words(build: str, measure: str, what: str) -> dict[str, str]:
    known = reads.known(build)
    here = _all_places(build, measure)
    one = known.measures[measure]
    source = cards.source_line(known.datasets[one.source.dataset], here, reads.as_at(build))
    alt = f"{one.title}, 32 boroughs: {what.lower()}. The table says the same."
    return {"title": f"{one.title}: {what.lower()}", "alt": alt, "source": source}
