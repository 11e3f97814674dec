"""The bar above a page: what is chosen at its left, what can be done with it at its right."""

from datetime import date

import streamlit as st

from metrics.definitions import configuration
from metrics.domain import Definitions, Measure, Place, Ward
from metrics.web.streamlit import cached_reads, pack_download, pickers
from metrics.web.streamlit.cached_reads import Seen


def of_place(seen: Seen, known: Definitions) -> tuple[Place, date | None]:
    """The place and the day looked back on; presenting and the pack where this edition has them and a place is chosen."""
    with _bar():
        place = pickers.place(known)
        since = pickers.since(known, place, seen)
        if presents():
            st.space("stretch")
            pack_download.buttons(seen, place, since)
    return place, since


def of_measure(known: Definitions) -> tuple[Measure, Place, bool]:
    """The measure, the place, and whether a count is drawn as a rate."""
    with _bar():
        measure = pickers.measure(known)
        return measure, pickers.place(known), pickers.rate(measure, known.force.total_name)


def of_comparison(known: Definitions) -> tuple[Measure, Place]:
    """The measure that is compared, and the area that is pointed out."""
    offered = [measure for measure in known.measures.values() if measure.source and not measure.missing and "area" in measure.levels]
    first = next((measure.id for measure in known.headlines if measure in offered and measure.kind == "count"), offered[0].id)
    with _bar():
        return pickers.measure(known, among=offered, first=first), pickers.place(known)


def of_ward(known: Definitions) -> Ward | None:
    """The ward; none until one is chosen."""
    with _bar():
        return pickers.ward(known)


def presents() -> bool:
    """Whether a meeting can be presented from here."""
    return not configuration.is_public(cached_reads.config())


def _bar():
    return st.container(horizontal=True, vertical_alignment="bottom", key="toolbar")
