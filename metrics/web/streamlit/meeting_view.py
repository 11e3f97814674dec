"""The agenda that the evidence proposes, below what changed: the presenter puts it in order."""

from datetime import date

import streamlit as st

from metrics.charts.render import html
from metrics.meetings.agenda import Item, balance
from metrics.meetings.brief import Brief
from metrics.web.streamlit import bodies, cached_reads, pickers
from metrics.web.streamlit.cached_reads import Seen
from metrics.web.streamlit.page_parts import header, plain

ITEMS, CHOICE = "Items, in the order of the slides", "items"


def agenda(seen: Seen, place: str, since: date | None, day: date | None) -> None:
    """The agenda that the evidence proposes, for the presenter to choose from and put in order; what the slides cannot hold is said."""
    asked = (seen, place, since, day)
    brief, items = cached_reads.brief(*asked), cached_reads.items(*asked)
    header("Agenda")
    chosen = pickers.on_agenda(items, cached_reads.proposed(*asked), aloud=True)
    warning = balance(brief, chosen)
    if warning:
        st.warning(plain(warning))
    names = [item.id for item in chosen]
    _choice({item.id: item.title for item in items}, names)
    text = brief.now.wording.text["slides"]["agenda"]
    for sentence in (*cached_reads.room(*asked, tuple(names)).sentences(text), text["always"]):
        st.caption(plain(sentence))
    for number, item in enumerate(chosen):
        _row(seen, brief, item, names, number)
    if brief.place.level == "area":
        st.html(html.links([(brief.now.wording.text["scorecard"]["ways"]["minutes"][0], f"minutes?area={place}")]))


def _choice(offered: dict[str, str], names: list[str]) -> None:
    """Every item that can be presented, by id; those chosen stand in their order."""
    st.session_state[CHOICE] = names
    st.multiselect(ITEMS, list(offered), format_func=offered.get, key=CHOICE, on_change=_write, select_all=False)


def _write() -> None:
    pickers.set_agenda(st.session_state[CHOICE])


def _row(seen: Seen, brief: Brief, item: Item, names: list[str], place: int) -> None:
    """One item: its claim, and where to move it; what it means and its chart once it is opened."""
    with st.container(horizontal=True, vertical_alignment="top", key=f"row-{item.id}"):
        with st.expander(plain(f"{place + 1}. {item.title}"), key=f"item-{item.id}", on_change="rerun") as row:
            if row.open:
                bodies.show(opened(seen, brief, item))
        moved = [*names[: place - 1], names[place], names[place - 1], *names[place + 1 :]]
        first = [names[place], *names[:place], *names[place + 1 :]]
        for label, order, meaning in (("Up", moved, "Move up"), ("Top", first, "Move to the top")):
            settings = {"key": f"{label.lower()}-{item.id}", "disabled": place == 0, "help": f"{meaning}: {item.title}"}
            st.button(label, on_click=pickers.set_agenda, args=(order,), **settings)


def opened(seen: Seen, brief: Brief, item: Item) -> str:
    """What an item shows: the verdict, what it means, and the chart with its source."""
    words = brief.now.wording.text["verdicts"]
    about = (html.verdict(item.verdict, words[item.verdict]) if item.verdict else "") + html.paragraphs(*item.points)
    if item.card is None or item.card.chart is None:
        return about
    drawn = bodies.chart_of(seen, item.card.measure.id, item.card.place.id, item.card.question)
    return about + drawn + html.paragraphs(item.card.chart.source, kind="source")
