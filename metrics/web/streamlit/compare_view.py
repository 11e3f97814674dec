"""The 32 boroughs side by side: what is found in each, where they lie, and how they differ beyond chance."""

from collections import Counter

import pandas as pd
import streamlit as st

from metrics.charts.render import html
from metrics.charts.render.table import table
from metrics.domain import Definitions, Measure, Place
from metrics.narrative import counted, number_format
from metrics.narrative.outlook import among_boroughs
from metrics.report.cards import LONDON
from metrics.report.snapshot import FUNNEL, LINES
from metrics.web.streamlit import cached_reads
from metrics.web.streamlit.cached_reads import Seen
from metrics.web.streamlit.plain_text import header, title

TILES = "What is found in each borough"


def heading(seen: Seen, measure: Measure) -> None:
    """What the page is, what it is not, and how many boroughs have which verdict."""
    words = cached_reads.wording(seen.build).text
    found = _boroughs(seen, measure)
    title(f"{measure.title}: the 32 boroughs")
    tally = counted(Counter(found["verdict"]), words["verdicts"])
    st.html(html.paragraphs(words["page"]["compare"], words["page"]["compare_counts"].format(measure=measure.title, counts=tally)))
    luck = found["luck"].dropna()
    if len(luck) and luck.iloc[0] >= 0.5:
        facts = {"luck": number_format.number(luck.iloc[0], "count", decimals=0), "among": found["among"].max(),
            "flagged": found["flagged"].max()}
        st.html(html.paragraphs(words["page"]["compare_luck"].format(**facts)))


def tiles(seen: Seen, measure: Measure) -> None:
    """Each borough's verdict where it lies on the map, and in alphabetical order with its sentence."""
    header(TILES)
    known, words = cached_reads.known(seen.build), cached_reads.wording(seen.build).text["verdicts"]
    found = _boroughs(seen, measure).set_index("place")
    rows = [(one.row, one.column, one.name, found.at[one.id, "verdict"], words[found.at[one.id, "verdict"]]) for one in known.boroughs]
    st.html(html.tiles(rows, f"{measure.title}: {TILES.lower()}"))
    said = [
        {"Borough": one.name, "Verdict": words[found.at[one.id, "verdict"]], "What can be said": found.at[one.id, "sentence"]}
        for one in known.boroughs
    ]
    with st.expander("The same as a table, with the sentences"):
        st.html(table(pd.DataFrame(said), caption=f"{measure.title}, {TILES.lower()}", units=dict.fromkeys(said[0], "text")))


def lines(seen: Seen, measure: Measure, place: Place) -> None:
    """Every borough's figures over time on one scale."""
    header(LINES)
    chart = cached_reads.reading(seen).map_chart(measure.id, place.id)
    st.html(cached_reads.map_picture(seen, measure.id, place.id))
    st.html(html.paragraphs(chart.source, kind="source"))


def funnel(seen: Seen, measure: Measure, place: Place) -> None:
    """Every borough against the range to expect for its size."""
    words = cached_reads.wording(seen.build).text["page"]
    places = cached_reads.reading(seen).funnel(measure.id)
    if places.empty:
        return
    header(FUNNEL)
    chart = cached_reads.reading(seen).funnel_chart(measure.id, place.id)
    st.html(html.paragraphs(words["funnel"], *_standing(seen, places, place)))
    st.html(cached_reads.funnel_picture(seen, measure.id, place.id) + html.paragraphs(chart.source, kind="source"))
    with st.expander("The same as a table"):
        st.html(table(chart, caption=f"{measure.title}, {FUNNEL.lower()}"))


def _standing(seen: Seen, places: pd.DataFrame, place: Place) -> list[str]:
    """Where the chosen borough lies; that none can be singled out, where that is so."""
    text, able = cached_reads.wording(seen.build).text, bool(places["can_single_out"].all())
    here = places[places["place"] == place.id]
    if able and here.empty:
        return []
    outside = "none" if here.empty else here["outside"].iloc[0]
    return [among_boroughs(text, place.name, outside, can_single_out=able)]


def measures(known: Definitions) -> list[Measure]:
    """The measures that have figures for boroughs."""
    return [one for one in known.measures.values() if one.source and not one.missing and "area" in one.levels]


def _boroughs(seen: Seen, measure: Measure) -> pd.DataFrame:
    found = cached_reads.reading(seen).found_of(measure.id)
    return found[found["place"] != LONDON]
