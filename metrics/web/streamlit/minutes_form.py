"""
The form for what was raised and promised at a meeting: rows to fill, a look at what would change, then the record.

What is on record opens in the same rows, to be corrected or taken off; what its file said before is kept.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from metrics import definitions
from metrics.build import database
from metrics.charts.render import html
from metrics.definitions import configuration
from metrics.domain import Config, Definitions, Meeting, Place, Refused, periods
from metrics.meetings import meeting_file, minutes
from metrics.meetings.meeting_file import changes
from metrics.narrative.phrases import capital
from metrics.web.streamlit import cached_reads, minutes_rows, sign_in
from metrics.web.streamlit.cached_reads import Seen
from metrics.web.streamlit.minutes_rows import Choices, Entry, Row
from metrics.web.streamlit.page_parts import header, plain, title

HOW = "Write what was said and promised, never by whom: roles, not names. Nothing is kept until you have looked at it."
ANOTHER = "A meeting that is not on record"
NEXT_TEXT = "Another meeting."
VERSION, REVIEWED, DONE = "minutes-version", "minutes-reviewed", "minutes-done"


@dataclass(frozen=True)
class Filled:
    """What the form holds: the meeting's day, where it can be read, its entries, and the next meeting."""

    day: date
    source: str
    concerns: tuple[Row, ...]
    commitments: tuple[Row, ...]
    next_by: str
    next_day: date | None
    read: Meeting | None

    @property
    def promised_next(self) -> Entry | None:
        """The next meeting as an entry of the record: by the month of its day, where that is set."""
        by = self.next_day.isoformat()[:7] if self.next_day else self.next_by
        words = self.read.next.text if self.read and self.read.next else NEXT_TEXT
        return {"by": by, "text": words} if by else None


def form(seen: Seen, place: Place) -> None:
    """Ask for the minutes of one area's meeting, show what would change, put it on record and build again."""
    title("Record a meeting")
    if sign_in.role_here() is None:
        st.html(html.paragraphs(sign_in.HOW))
    elif place.level != "area":
        st.html(html.paragraphs(f"Choose the {cached_reads.known(seen.build).force.area_singular} first."))
    else:
        _done(place)
        st.html(html.paragraphs(HOW))
        _told(lambda: _rows(seen, place))


def _told(work: Callable[[], None]) -> None:
    """Do something and say why, where it is refused; who fills in a form knows of no file and no line."""
    try:
        work()
    except Refused as refusal:
        st.error(plain(capital(refusal.reason)))


def _done(place: Place) -> None:
    """What was put on record by the run before, and where it is seen."""
    words = st.session_state.pop(DONE, None)
    if words:
        st.success(plain(words))
        st.html(html.links([(f"The agenda of {place.name}", f"./?area={place.id}")]))


def _rows(seen: Seen, place: Place) -> None:
    config = cached_reads.config()
    known = definitions.with_meetings(config.data, cached_reads.known(seen.build))
    filled = _filled(known, place)
    if not filled:
        return
    st.button("Look at what would change", on_click=_look)
    if st.session_state.get(REVIEWED) and filled.source:
        _review(config, known, place, filled)
    if filled.read:
        _taking_off(config, known, place, filled.read)


def _look() -> None:
    st.session_state[REVIEWED] = True


def _filled(known: Definitions, place: Place) -> Filled | None:
    """The form, and what it holds; None while no day is chosen."""
    own = {meeting.id: meeting for meeting in known.meetings if meeting.area == place.id}
    options = (ANOTHER, *reversed(own))
    chosen = st.selectbox("Which meeting", options, format_func=lambda name: _named(own.get(name)), key=f"{place.id}-which")
    key = f"{st.session_state.get(VERSION, 0)}-{place.id}-{chosen}"
    kept, today = own.get(chosen), date.today()
    day = kept.date if kept else st.date_input("Day of the meeting", None, max_value=today, format="DD/MM/YYYY", key=f"{key}-day")
    source = st.text_input("Where this can be read: minutes, a notice, a report", kept.source if kept else "", key=f"{key}-source").strip()
    if st.session_state.get(REVIEWED) and not source:
        st.error("Say where this can be read: nothing goes on record without its source.")
    if day is None:
        st.html(html.paragraphs("Choose the day of the meeting and go on to the next field: then the rows open."))
        return None
    concerns, commitments = _entries(known, place, kept, key, day, today)
    return Filled(day, source, concerns, commitments, *_next(kept, key, day), read=kept or minutes.on_record(known, place.id, day))


def _named(meeting: Meeting | None) -> str:
    return f"{periods.say_day(meeting.date)}, {meeting.status}" if meeting else ANOTHER


def _entries(known: Definitions, place: Place, kept: Meeting | None, key: str, day: date, today: date) -> tuple[tuple[Row, ...], ...]:
    """The rows of concerns and of promises, each as long as it was asked to be."""
    choices = _choices(known, place, day)
    header("What was raised")
    concerns = _asked("concern", kept.concerns if kept else (), key, lambda *row: minutes_rows.concern(*row, choices))
    choices = replace(choices, concerns=choices.concerns | _told_apart(concerns))
    header("What was promised")
    promises = _asked("promise", kept.commitments if kept else (), key, lambda *row: minutes_rows.promise(*row, choices, today))
    return concerns, promises


def _told_apart(concerns: tuple[Row, ...]) -> dict[str, str]:
    """The words of concerns by what a promise names them by; those of the same text with their ids."""
    many = Counter(row.text for row in concerns)
    return {row.id or row.text: f"{row.text} ({row.id})" if row.id and many[row.text] > 1 else row.text for row in concerns}


def _asked(noun: str, listed: tuple, key: str, ask: Callable[[int, object, str], Row | None]) -> tuple[Row, ...]:
    """The rows on record and as many empty ones as were asked for, each as it is filled; those left empty or taken off left out."""
    empty = st.session_state.setdefault(f"{key}-{noun}", 0 if listed else 1)
    rows = [ask(number, kept, f"{key}-{noun}-{number}") for number, kept in enumerate([*listed, *[None] * empty], 1)]
    st.button(f"Add a {noun}", on_click=_one_more, args=(f"{key}-{noun}",))
    return tuple(filter(None, rows))


def _one_more(key: str) -> None:
    st.session_state[key] += 1


def _choices(known: Definitions, place: Place, day: date) -> Choices:
    earlier = [meeting for meeting in known.meetings if meeting.area == place.id and meeting.date < day]
    return Choices(
        measures={measure.id: measure.title for measure in known.measures.values()},
        themes=tuple(sorted({concern.theme for meeting in known.meetings for concern in meeting.concerns})),
        wards=tuple(sorted(ward.name for ward in known.wards_of(place.id))),
        months=minutes_rows.months_from(day),
        # With their day, for a box tells its options apart by their words alone.
        concerns={concern.id: f"{concern.text} ({periods.say_day(meeting.date)})" for meeting in earlier for concern in meeting.concerns},
    )


def _next(kept: Meeting | None, key: str, day: date) -> tuple[str, date | None]:
    """By which month the next meeting was promised, and its day where that is set."""
    header("The next meeting")
    was = kept.next.by if kept and kept.next else None
    months = minutes_rows.months_from(day)
    with st.container(horizontal=True):
        by = st.selectbox("Promised by the end of", months, months.index(was) if was in months else None, periods.say, key=f"{key}-next")
        on = st.date_input("Its day, where it is set", None, min_value=day, format="DD/MM/YYYY", key=f"{key}-next-day")
    return by or "", on


def _review(config: Config, known: Definitions, place: Place, filled: Filled) -> None:
    """What would change, and the button that changes it."""
    header("What would change")
    would = _revise(config, known, place, filled, keep=False)
    listed = changes(filled.read, would, _names(known, would))
    st.html(html.definition_list([(change.kind, change.whole) for change in listed]) if listed else html.paragraphs("Nothing."))
    if (listed or filled.next_day) and st.button("Put on record", type="primary"):
        _keep(config, known, place, filled)


def _names(known: Definitions, would: Meeting) -> dict[str, str]:
    """The titles of measures and the texts of concerns, by their ids."""
    concerns = [concern for meeting in (*known.meetings, would) for concern in meeting.concerns]
    return {measure.id: measure.title for measure in known.measures.values()} | {concern.id: concern.text for concern in concerns}


def _revise(config: Config, known: Definitions, place: Place, filled: Filled, *, keep: bool) -> Meeting:
    configuration.only_in_full(config)
    entries, many = _all_entries((*filled.concerns, *filled.commitments)), len(filled.concerns)
    return minutes.revise(
        config.data, known, place.id, filled.day, concerns=entries[:many], commitments=entries[many:],
        promised_next=filled.promised_next, source=filled.source, read=filled.read, today=date.today(), role=sign_in.as_whom(), keep=keep,
    )


def _all_entries(rows: Iterable[Row]) -> list[Entry]:
    """
    What every row says.

    Raises Refused: what any of them lacks, all of it at once.
    """
    entries, lacking = [], []
    for row in rows:
        try:
            entries.append(row.entry())
        except Refused as refusal:
            lacking.append(refusal.reason)
    if lacking:
        raise Refused("; ".join(lacking))
    return entries


def _keep(config: Config, known: Definitions, place: Place, filled: Filled) -> None:
    meeting = _revise(config, known, place, filled, keep=True)
    if filled.next_day and not minutes.on_record(known, place.id, filled.next_day):
        meeting_file.begin(config.data, known, place, filled.next_day)
    counted = f"{_many(meeting.concerns, 'concern')} and {_many(meeting.commitments, 'promise')}"
    _rebuild(config, f"On record: {place.name}, {periods.say_day(meeting.date)}, {counted}.")


def _many(entries: tuple, noun: str) -> str:
    return f"{len(entries)} {noun}" if len(entries) == 1 else f"{len(entries)} {noun}s"


def _taking_off(config: Config, known: Definitions, place: Place, meeting: Meeting) -> None:
    """The whole meeting off the record, once it was said twice."""
    with st.expander("Take the whole meeting off the record"):
        sure = st.checkbox(f"Take {_named(meeting)} off; its file is kept", key=f"{meeting.id}-sure")
        if st.button("Take off", disabled=not sure):
            configuration.only_in_full(config)
            minutes.take_off(config.data, known, place.id, meeting.date, sign_in.as_whom())
            _rebuild(config, f"Off the record: {place.name}, {periods.say_day(meeting.date)}. Its file is kept under earlier/.")


def _rebuild(config: Config, words: str) -> None:
    """Work out the answers for the record as it is now, then begin an empty form."""
    with st.spinner("On record. The agenda is being worked out: about half a minute."):
        database.build_project(config)
    st.session_state.update({DONE: words, REVIEWED: False, VERSION: st.session_state.get(VERSION, 0) + 1})
    st.rerun()
