"""The first screen: what changed here since the last meeting, what is due, what was corrected, and the agenda."""

from datetime import date

import streamlit as st

from metrics.charts.render import html
from metrics.charts.render.svg import svg
from metrics.charts.render.table import table
from metrics.domain import periods
from metrics.meetings.briefing import Brief, Item, balance
from metrics.meetings.briefing.agenda import promise_said
from metrics.meetings.calendar import Promise
from metrics.web.streamlit import cached_reads, card_view, footer, links, pickers
from metrics.web.streamlit.cached_reads import NARROWEST, Seen, drawn_once
from metrics.web.streamlit.plain_text import header, plain

SHOWN = 5
CARDS = 6
REPLAYS = "This page as it was known at a meeting"
SPLIT_KINDS = ("count", "text", "count", "text", "count", "count", "count", "count")


@drawn_once
def opening(seen: Seen, place: str, since: date | None) -> None:
    """What changed since that day, in three or four sentences, and how many measures have which verdict."""
    st.html(_opening(cached_reads.brief(seen, place, since)))


@drawn_once
def body(seen: Seen, place: str, since: date | None) -> None:
    """What stands out, what was promised, corrected and raised, and what cannot be said."""
    st.html(_body(seen, place, since))


@drawn_once
def whole(seen: Seen, place: str, since: date | None) -> None:
    """The opening, the body and the footing in one piece, for an edition that has nothing to stand between them."""
    st.html(_opening(cached_reads.brief(seen, place, since)) + _body(seen, place, since) + footer.footing(seen))


def _opening(brief: Brief) -> str:
    page = brief.now.wording.text["page"]
    return (
        html.heading(1, brief.heading)
        + html.paragraphs(page["whose"], kind="source")
        + html.boxed("card", html.bullets(brief.lead), html.paragraphs(brief.tally))
        + html.paragraphs(brief.next_said, page["data_date"].format(day=periods.say_day(brief.now.as_at)))
    )


def _body(seen: Seen, place: str, since: date | None) -> str:
    brief = cached_reads.brief(seen, place, since)
    raised = _concerns(brief, cached_reads.items(seen, place, since))
    return _standing_out(seen, brief) + _promises(brief) + _corrections(brief) + raised + _unsaid(brief) + _replays(seen, place, since)


def _standing_out(seen: Seen, brief: Brief) -> str:
    """The clear changes and the possible ones as cards; those beyond the first by name."""
    shown = [*brief.clear, *brief.possible]
    if not shown:
        return ""
    day = None if brief.before.knows_nothing else brief.then
    cards = card_view.together(seen, brief.place.id, [one.measure.id for one in shown[:CARDS]], day)
    rest = html.bullets(f"{one.measure.title}: {brief.said.verdict(one.verdict)}" for one in shown[CARDS:])
    return html.heading(2, "What stands out") + cards + rest


def _promises(brief: Brief) -> str:
    """What was promised here, and what the plan's promises have come to, with the date of every status."""
    own, plans = ([one for one in brief.promises if bool(one.meeting) is here] for here in (True, False))
    none = html.paragraphs(brief.said.text["promises"]["none"].format(place=brief.place.name))
    said = _kept(brief, own) if own else none
    return html.heading(2, "Promises") + said + html.folded("What the plan promised", _kept(brief, plans))


def _kept(brief: Brief, promises: list[Promise]) -> str:
    return html.definition_list((one.commitment.text, " ".join(promise_said(brief, one))) for one in promises)


def _concerns(brief: Brief, items: tuple[Item, ...]) -> str:
    """What residents raised, what answers it, and what no figure answers."""
    raised = "".join(html.heading(3, item.title) + html.bullets(item.points) for item in items if item.kind == "concern")
    none = html.paragraphs(brief.said.text["promises"]["no_concerns"].format(place=brief.place.name))
    return html.heading(2, "You said") + (raised or none)


def _corrections(brief: Brief) -> str:
    """What was shown then and has been restated; and why every total differs, in three parts that sum exactly."""
    said = brief.corrections or (brief.said.text["nothing_then"].format(day=periods.say_day(brief.then)),)
    rest = html.folded(f"All {len(said)} corrections", html.bullets(said)) if len(said) > SHOWN else ""
    return html.heading(2, "Corrections") + html.bullets(said[:SHOWN]) + rest + _splits(brief)


def _splits(brief: Brief) -> str:
    if not len(brief.splits):
        return ""
    words = brief.said.text["split"]["heading"]
    units = dict(zip(brief.splits.columns, ("text", *SPLIT_KINDS), strict=True))
    return html.folded(words, table(brief.splits, caption=words, units=units))


def _unsaid(brief: Brief) -> str:
    """What cannot be said, and why."""
    reasons = html.definition_list((one.measure.title, why) for one, why in brief.unsaid)
    return html.heading(2, "What cannot be said") + html.folded(f"{len(brief.unsaid)} measures, each with its reason", reasons)


def _replays(seen: Seen, place: str, since: date | None) -> str:
    """The same page as it was known at each meeting on record: links, as every view is an address."""
    held = pickers.held(cached_reads.known(seen.build))
    return html.folded(REPLAYS, html.links((said, links.of_first(place, since, day)) for day, said in held.items()))


@st.fragment
def agenda(seen: Seen, place: str, since: date | None) -> None:
    """The agenda that the evidence proposes, for the presenter to put in order."""
    brief, items = cached_reads.brief(seen, place, since), cached_reads.items(seen, place, since)
    header("Agenda")
    chosen = pickers.on_agenda(items, aloud=True)
    warning = balance(brief, chosen)
    if warning:
        st.warning(plain(warning))
    names = [item.id for item in chosen]
    for number, item in enumerate(chosen):
        _row(brief, item, names, number)
    rest = {item.id: f"{brief.said.text['agenda']['kinds'][item.kind]}: {item.title}" for item in items if item.id not in names}
    added = st.selectbox("Add to the agenda", list(rest), format_func=rest.get, index=None, key=f"add-{'.'.join(names)}")
    if added:
        pickers.set_agenda([*names, added])
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
        st.button("Up", key=f"up-{item.id}", on_click=pickers.set_agenda, args=(moved,), disabled=place == 0, help=f"Move up: {item.title}")
        left = [name for name in names if name != item.id]
        st.button("Leave out", key=f"out-{item.id}", on_click=pickers.set_agenda, args=(left,), help=f"Leave out: {item.title}")


def _verdict(brief: Brief, verdict: str) -> str:
    return html.verdict(verdict, brief.now.wording.text["verdicts"][verdict]) if verdict else ""
