"""
The pages: each reads what its address names, names its window where the title depends on that, and shows a body.

A page arranges and does not decide: no arithmetic, no statement, no colour and no state stand here. What a bar holds at the head of a page
is at its left what is chosen, and at its right what can be done with it.
"""

from datetime import date

import streamlit as st

from metrics.definitions import configuration
from metrics.domain import Definitions, Measure, Place
from metrics.web.streamlit import bodies, cached_reads, claim_view, meeting_view, minutes_form, pack_download, page_parts, pickers
from metrics.web.streamlit.cached_reads import Seen
from metrics.web.streamlit.page_parts import titled


def meeting() -> None:
    """The first screen: what changed in a place since its last meeting; of the whole force area until a place is chosen."""
    seen, known = _read()
    place, since = _place_bar(seen, known)
    titled(known.force.site_name, "What changed", place.name)
    if not _presents():
        bodies.of_place(seen, place.id, since, foot=True)
        return
    bodies.of_place(seen, place.id, since, foot=False)
    meeting_view.agenda(seen, place.id, since)
    page_parts.footing(seen)


def plan() -> None:
    """The plan: how its headline measures stand, what it promised, and what is known of that; or the one part that the address names."""
    seen = pickers.seen()
    part = pickers.plan_part(seen)
    if part is None:
        bodies.of_plan(seen)
    else:
        bodies.of_plan_part(seen, part)


def measures() -> None:
    """Every measure under its mission, with its picture and what is found, in the whole force area or in the place that was chosen."""
    seen, known = _read()
    bodies.of_measures(seen, pickers.place(known).id)


def compare() -> None:
    """One measure in every area, side by side, without a league table."""
    seen, known = _read()
    measure, place = _comparison_bar(known)
    titled(known.force.site_name, f"Compare: {measure.title}")
    bodies.of_compare(seen, measure.id, place.id)


def claim() -> None:
    """A claim that someone made, checked against the figures."""
    seen = pickers.seen()
    text = claim_view.typed(seen)
    if text:
        claim_view.answers(seen, text)
    claim_view.examples(seen)
    page_parts.footing(seen)


def about() -> None:
    """What this site is, whose it is not, and the way to its sources, its method and the record of meetings."""
    bodies.about(pickers.seen(), records=_presents())


def measure() -> None:
    """One measure over time, in one place: drawn at once, and to be explored where a reader asks for it."""
    seen, known = _read()
    with _bar():
        chosen = pickers.measure(known)
        place, as_rate = pickers.place(known), pickers.rate(chosen, known.force.total_name)
    then = pickers.shown_then(known, seen)
    titled(known.force.site_name, chosen.title, place.name)
    bodies.measure_head(seen, chosen.id, place.id, as_rate, then, pickers.with_cells())
    bodies.explorable(seen, chosen, place, as_rate, then)
    bodies.measure_rest(seen, chosen.id, place.id, as_rate)


def ward() -> None:
    """One ward: its 12 months of recorded crime beside its area's."""
    seen, known = _read()
    with _bar():
        chosen = pickers.ward(known)
    if chosen is not None:
        titled(known.force.site_name, chosen.name, known.places[chosen.area].name)
        bodies.of_ward(seen, chosen.code)
        return
    titled(known.force.site_name, "One ward")
    page_parts.title("One ward")
    page_parts.footing(seen)


def minutes() -> None:
    """What was asked and promised at a meeting, put on record."""
    seen, known = _read()
    minutes_form.form(seen, pickers.place(known))
    page_parts.footing(seen)


def sources() -> None:
    """Every release, what it restated, what is missing, and how to add one."""
    bodies.of_sources(pickers.seen(), tuple(page_parts.open_matters().items()))


def method() -> None:
    """How the dashboard decides what changed, in plain words."""
    bodies.of_method(pickers.seen())


EVERY = (meeting, plan, measures, compare, claim, about, measure, ward, minutes, sources, method)
"""Each is served at an address of its own name, the first one at the root too."""


def _read() -> tuple[Seen, Definitions]:
    """What is seen, and the definitions that its build was made with."""
    seen = pickers.seen()
    return seen, cached_reads.known(seen.build)


def _place_bar(seen: Seen, known: Definitions) -> tuple[Place, date | None]:
    """The place and the day looked back on; presenting and the pack where this edition has them and a place is chosen."""
    with _bar():
        place = pickers.place(known)
        since = pickers.since(known, place, seen)
        if _presents():
            st.space("stretch")
            pack_download.buttons(seen, place, since)
    return place, since


def _comparison_bar(known: Definitions) -> tuple[Measure, Place]:
    """The measure that is compared, and the area that is pointed out."""
    offered = [measure for measure in known.measures.values() if measure.source and not measure.missing and "area" in measure.levels]
    first = next((measure.id for measure in known.headlines if measure in offered and measure.kind == "count"), offered[0].id)
    with _bar():
        return pickers.measure(known, among=offered, first=first), pickers.place(known)


def _presents() -> bool:
    """Whether this edition presents meetings and puts them on record."""
    return not configuration.is_public(cached_reads.config())


def _bar():
    return st.container(horizontal=True, vertical_alignment="bottom", key="toolbar")
