"""One row of the form for minutes: what was raised, or what was promised, from its boxes to an entry of the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from metrics.domain import COMMITMENT_STATUSES, Commitment, Concern, Refused, periods
from metrics.meetings import meeting_file
from metrics.meetings.minutes import NO_MEASURE
from metrics.web.streamlit.page_parts import plain

NOTHING_NEW = "Nothing new"
WRITTEN, LEFT = "Choose, or write one and press Enter", "Choose, or leave empty"
"""What an empty box asks for: what is written without Enter, Streamlit throws away."""
MONTHS_AHEAD = 60
Entry = dict[str, object]


@dataclass(frozen=True)
class Choices:
    """What a row may choose from: measures by id and title, themes and wards by name, months, and concerns by id and text."""

    measures: Mapping[str, str]
    themes: tuple[str, ...]
    wards: tuple[str, ...]
    months: tuple[str, ...]
    concerns: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """A row as it is filled: its text, its id where it is on record, and the entry of the record that it makes, or why it makes none."""

    text: str
    id: str
    entry: Callable[[], Entry]


def months_from(day: date) -> tuple[str, ...]:
    """
    The months in which what is promised on a day may fall due.

    >>> months_from(date(2026, 11, 5))[:3]
    ('2026-11', '2026-12', '2027-01')
    """
    first = day.isoformat()[:7]
    return tuple(periods.span(first, periods.shift(first, MONTHS_AHEAD)))


def concern(number: int, kept: Concern | None, key: str, choices: Choices) -> Row | None:
    """Ask for one thing that was raised; None where nothing is written or it is taken off."""
    label = f"Concern {number}"
    with _frame(number, kept):
        text = st.text_area(f"{label}: what was raised", kept.text if kept else "", height=68, key=f"{key}-text")
        with st.container(horizontal=True):
            theme = _choice(f"{label}: theme", choices.themes, kept.theme if kept else None, f"{key}-theme", new=True)
            ward = _choice(f"{label}: ward, if it is about one", choices.wards, kept.ward if kept else None, f"{key}-ward")
        measures = st.multiselect(
            f"{label}: measures that answer it", list(choices.measures), kept.measures if kept else (), choices.measures.get,
            key=f"{key}-measures", placeholder="Choose from the list",
        )
        none = st.checkbox(f"{label}: no measure answers this", bool(kept and not kept.measures), key=f"{key}-none")
        gap = st.text_input(f"{label}: what no measure tells, if anything", _gap(kept), key=f"{key}-gap")
        off = st.checkbox(f"{label}: take it off the record", key=f"{key}-off") if kept else False
    if off or not text.strip():
        return None
    facts = {"text": text, "theme": theme, "ward": ward, "measures": measures, "none": none, "gap": gap}
    return Row(text, kept.id if kept else "", partial(concern_entry, number, _before(kept), **facts))


def concern_entry(number: int, before: Entry, *, text: str, theme: str, ward: str, measures: list[str], none: bool, gap: str) -> Entry:
    """
    What was raised, as an entry of the record.

    Raises Refused: it has no theme; or neither measures nor the word that none answers it; or both.

    >>> concern_entry(1, {}, text="Lights", theme="Parks", ward="", measures=[], none=True, gap="")["gap"]
    'No measure here answers this.'
    >>> concern_entry(2, {}, text="Lights", theme="Parks", ward="", measures=[], none=False, gap="")
    Traceback (most recent call last):
    metrics.domain.Refused: concern 2: choose the measures that answer it, or that no measure does
    """
    if not theme.strip():
        raise Refused(f"concern {number}: choose a theme, or write one and press Enter")
    if none == bool(measures):
        raise Refused(f"concern {number}: choose the measures that answer it, or that no measure does")
    return {**before, "text": text, "theme": theme, "ward": ward, "measures": measures, "gap": gap.strip() or (NO_MEASURE if none else "")}


def promise(number: int, kept: Commitment | None, key: str, choices: Choices, today: date) -> Row | None:
    """Ask for one thing that was promised; None where nothing is written or it is taken off."""
    label = f"Promise {number}"
    with _frame(number, kept):
        text = st.text_area(f"{label}: what was promised", kept.text if kept else "", height=68, key=f"{key}-text")
        with st.container(horizontal=True):
            owner = st.text_input(f"{label}: whose role", kept.owner if kept else "", key=f"{key}-owner", placeholder="Ward sergeant")
            due = _choice(f"{label}: due by the end of", choices.months, kept.due if kept else None, f"{key}-due", shown=periods.say)
        answers = _choice(
            f"{label}: which concern it answers", tuple(choices.concerns), kept.concern if kept else None, f"{key}-concern",
            shown=lambda concern: choices.concerns.get(concern, concern),
        )
        step = _step(label, kept, key, today) if kept else None
        off = st.checkbox(f"{label}: take it off the record", key=f"{key}-off") if kept else False
    if off or not text.strip():
        return None
    facts = {"text": text, "owner": owner, "due": due, "concern": answers, "step": step}
    return Row(text, kept.id if kept else "", partial(promise_entry, number, _before(kept), **facts))


def promise_entry(number: int, before: Entry, *, text: str, owner: str, due: str, concern: str, step: Entry | None) -> Entry:
    """
    What was promised, as an entry of the record.

    >>> promise_entry(1, {}, text="Walk", owner="", due="2027-03", concern="", step=None)
    Traceback (most recent call last):
    metrics.domain.Refused: promise 1: say whose role it is
    """
    if not owner.strip() and not before:
        raise Refused(f"promise {number}: say whose role it is")
    if step and step["date"] is None:
        raise Refused(f"promise {number}: say on which day it was reported")
    history = [*before.get("history", []), *([step] if step else [])]
    return {**before, "text": text, "owner": owner, "due": due, "concern": concern, "history": history}


def _frame(number: int, kept: Concern | Commitment | None):
    """What is on record stands folded under its words; what is new stands open."""
    return st.expander(f"{number}. {plain(kept.text)}") if kept else st.container(border=True)


def _step(label: str, kept: Commitment, key: str, today: date) -> Entry | None:
    """What became of a promise that is on record, as one more step of its history."""
    for past in kept.history:
        st.caption(plain(f"{periods.say_day(past.date)}: {past.status}"))
    status = st.selectbox(f"{label}: what became of it", (NOTHING_NEW, *COMMITMENT_STATUSES), key=f"{key}-status")
    if status == NOTHING_NEW:
        return None
    with st.container(horizontal=True):
        reported = st.date_input(f"{label}: reported on", None, max_value=today, format="DD/MM/YYYY", key=f"{key}-reported")
        words = st.text_input(f"{label}: what was reported", key=f"{key}-words")
        source = st.text_input(f"{label}: where that can be read", key=f"{key}-source")
    return {"date": reported, "status": status} | {name: text for name, text in (("said", words), ("source", source)) if text.strip()}


def _choice(label: str, options: tuple[str, ...], kept: str | None, key: str, *, new: bool = False, shown=str) -> str:
    """One of the options or what is on record; empty where nothing is chosen."""
    every = [*options, *([kept] if kept and kept not in options else [])]
    index = every.index(kept) if kept else None
    return st.selectbox(label, every, index, shown, key=key, placeholder=WRITTEN if new else LEFT, accept_new_options=new) or ""


def _gap(kept: Concern | None) -> str:
    return kept.gap if kept and kept.gap != NO_MEASURE else ""


def _before(kept: Concern | Commitment | None) -> Entry:
    return meeting_file.as_written(kept) if kept else {}
