"""The first screen: what changed here since the last meeting, what is due, what was corrected, and the agenda."""

from datetime import date

import streamlit as st

from metrics import editing, periods
from metrics.briefing import Brief, Item, balance
from metrics.briefing.agenda import promise_said
from metrics.drawing import html
from metrics.drawing.svg import svg
from metrics.drawing.table import table
from metrics.ui import card, choose, reads
from metrics.ui.plain import header, plain, title
from metrics.ui.reads import NARROWEST, Seen, drawn_once

SHOWN = 5
CARDS = 6
SPLIT_KINDS = ("count", "text", "count", "text", "count", "count", "count", "count")


@drawn_once
def opening(seen: Seen, place: str, since: date | None) -> None:
    """What changed since that day, in three or four sentences, and how many measures have which verdict."""
    brief = reads.brief(seen, place, since)
    title(brief.heading)
    page = brief.now.wording.text["page"]
    st.html(html.paragraphs(page["whose"], kind="source"))
    st.html(html.boxed("card", html.bullets(brief.lead), html.paragraphs(brief.tally)))
    st.html(html.paragraphs(brief.next_said, page["data_date"].format(day=periods.say_day(brief.now.as_at))))


@drawn_once
def body(seen: Seen, place: str, since: date | None) -> None:
    """What stands out, what was promised, corrected and raised, and what cannot be said."""
    brief = reads.brief(seen, place, since)
    _standing_out(seen, brief)
    _promises(brief)
    _corrections(brief)
    _concerns(brief, reads.items(seen, place, since))
    _unsaid(brief)


def _standing_out(seen: Seen, brief: Brief) -> None:
    """The clear changes and the possible ones as cards; those beyond the first by name."""
    shown = [*brief.clear, *brief.possible]
    if not shown:
        return
    header("What stands out")
    day = None if brief.before.knows_nothing else brief.then
    card.together(seen, brief.place.id, tuple(one.measure.id for one in shown[:CARDS]), day)
    if shown[CARDS:]:
        st.html(html.bullets(f"{one.measure.title}: {brief.said.verdict(one.verdict)}" for one in shown[CARDS:]))


def _promises(brief: Brief) -> None:
    """What was promised here, and what the plan's promises have come to, with the date of every status."""
    header("Promises")
    own = [promise for promise in brief.promises if promise.meeting]
    if own:
        st.html(html.definition_list((one.commitment.text, " ".join(promise_said(brief, one))) for one in own))
    else:
        st.html(html.paragraphs(brief.said.text["promises"]["none"].format(place=brief.place.name)))
    with st.expander("What the plan promised"):
        rest = [promise for promise in brief.promises if not promise.meeting]
        st.html(html.definition_list((one.commitment.text, " ".join(promise_said(brief, one))) for one in rest))


def _concerns(brief: Brief, items: tuple[Item, ...]) -> None:
    """What residents raised, what answers it, and what no figure answers."""
    raised = [item for item in items if item.kind == "concern"]
    header("You said")
    if not raised:
        st.html(html.paragraphs(brief.said.text["promises"]["no_concerns"].format(place=brief.place.name)))
        return
    st.html("".join(html.heading(3, item.title) + html.bullets(item.points) for item in raised))


def _corrections(brief: Brief) -> None:
    """What was shown then and has been restated; and why every total differs, in three parts that sum exactly."""
    header("Corrections")
    said = brief.corrections or (brief.said.text["nothing_then"].format(day=periods.say_day(brief.then)),)
    st.html(html.bullets(said[:SHOWN]))
    if len(said) > SHOWN:
        with st.expander(f"All {len(said)} corrections"):
            st.html(html.bullets(said))
    if len(brief.splits):
        with st.expander(brief.said.text["split"]["heading"]):
            units = dict(zip(brief.splits.columns, ("text", *SPLIT_KINDS), strict=True))
            st.html(table(brief.splits, caption=brief.said.text["split"]["heading"], units=units))


def _unsaid(brief: Brief) -> None:
    """What cannot be said, and why."""
    header("What cannot be said")
    with st.expander(f"{len(brief.unsaid)} measures, each with its reason"):
        st.html(html.definition_list((one.measure.title, why) for one, why in brief.unsaid))


@st.fragment
def agenda(seen: Seen, place: str, since: date | None) -> None:
    """The agenda that the evidence proposes, for the presenter to put in order; the public edition has none."""
    if editing.is_public(reads.config()):
        return
    brief, items = reads.brief(seen, place, since), reads.items(seen, place, since)
    header("Agenda")
    chosen = choose.on_agenda(items, aloud=True)
    warning = balance(brief, chosen)
    if warning:
        st.warning(plain(warning))
    names = [item.id for item in chosen]
    for number, item in enumerate(chosen):
        _row(brief, item, names, number)
    rest = {item.id: f"{brief.said.text['agenda']['kinds'][item.kind]}: {item.title}" for item in items if item.id not in names}
    added = st.selectbox("Add to the agenda", list(rest), format_func=rest.get, index=None, key=f"add-{'.'.join(names)}")
    if added:
        choose.set_agenda([*names, added])
        st.rerun()


def _row(brief: Brief, item: Item, names: list[str], place: int) -> None:
    """One item: its claim, what it means, and where to move it."""
    with st.container(horizontal=True, vertical_alignment="top"):
        with st.expander(plain(f"{place + 1}. {item.title}")):
            st.html(_verdict(brief, item.verdict) + html.paragraphs(*item.points))
            if item.card is not None and item.card.chart is not None:
                st.html(html.image(svg(item.card.chart, narrowest=NARROWEST), alt=item.card.chart.alt))
                st.html(html.paragraphs(item.card.chart.source, kind="source"))
        moved = [*names[: place - 1], names[place], names[place - 1], *names[place + 1 :]]
        st.button("Up", key=f"up-{item.id}", on_click=choose.set_agenda, args=(moved,), disabled=place == 0, help=f"Move up: {item.title}")
        left = [name for name in names if name != item.id]
        st.button("Leave out", key=f"out-{item.id}", on_click=choose.set_agenda, args=(left,), help=f"Leave out: {item.title}")


def _verdict(brief: Brief, verdict: str) -> str:
    return html.verdict(verdict, brief.now.wording.text["verdicts"][verdict]) if verdict else ""
