"""The form for what was asked and promised at a meeting; it becomes that meeting's file, checked like one written by hand."""

from datetime import date

import streamlit as st

from metrics import definitions
from metrics.build import database
from metrics.charts.render import html
from metrics.domain import Meeting, Place, Refused, editions
from metrics.domain.spelling import hint
from metrics.meetings import minutes
from metrics.web.streamlit import cached_reads, writing
from metrics.web.streamlit.cached_reads import Seen
from metrics.web.streamlit.plain_text import plain, title

PARTS = "|"
CONCERNS = "What was raised, one a line: theme | what was asked | measures that answer it, if any (ids, commas between)"
COMMITMENTS = "What was promised, one a line: what | whose role | by which month, such as 2027-03"
NEXT = "The next meeting was promised by (month, such as 2027-03)"
HOW = (
    "Write what was said, never by whom: roles and not names. A line that is not understood is refused with its number, and nothing "
    "is kept. What is kept stands in a file that can be read and corrected by hand, and the next agenda opens with it."
)


def form(seen: Seen, place: Place) -> None:
    """Ask for the minutes of one area's meeting, put them on record and build again."""
    title("Record a meeting")
    if writing.role() is None:
        st.html(html.paragraphs(writing.HOW))
        return
    st.html(html.paragraphs(HOW))
    if place.level != "area":
        st.html(html.paragraphs("Choose the area first."))
        return
    with st.form("minutes", border=False):
        day = st.date_input(f"Day of the meeting in {plain(place.name)}", value=None, format="DD/MM/YYYY")
        source = st.text_input("Where this can be read (minutes, a notice, a report)")
        concerns = st.text_area(CONCERNS, height=160)
        commitments = st.text_area(COMMITMENTS, height=160)
        promised = st.text_input(NEXT)
        sent = st.form_submit_button("Put on record")
    if sent:
        _keep(seen, place, day, source, concerns, commitments, promised)


def _keep(seen: Seen, place: Place, day: date | None, source: str, concerns: str, commitments: str, promised: str) -> None:
    try:
        kept = _recorded(seen, place, day, source, concerns, commitments, promised)
    except Refused as refusal:
        st.error(plain(str(refusal)))
        return
    said = f"On record: {kept.id}, {len(kept.concerns)} concerns and {len(kept.commitments)} promises. The pages show it from now on."
    st.success(plain(said))


def _recorded(seen: Seen, place: Place, day: date | None, source: str, concerns: str, commitments: str, promised: str) -> Meeting:
    config = cached_reads.config()
    editions.only_in_full(config)
    role = writing.as_whom()
    if day is None:
        raise Refused("say on which day the meeting was held")
    known = definitions.definitions(config.data, config.plan)
    kept = minutes.record(
        config.data, known, place.id, day, source=source, today=date.today(), role=role,
        concerns=[concern(number, line, list(known.measures)) for number, line in _lines(concerns)],
        commitments=[commitment(number, line) for number, line in _lines(commitments)],
        promised_next={"by": promised.strip(), "text": "Another meeting."} if promised.strip() else None,
    )
    with st.spinner("Working out the findings for this meeting"):
        database.build(config.data, config.database, definitions.definitions(config.data, config.plan), cited_from=config.cited_from)
    return kept


def concern(number: int, line: str, measures: list[str]) -> dict[str, object]:
    """
    A line of what was raised as an entry of the record.

    Raises
    ------
    Refused
        It has no theme or text, or names a measure that is not known.

    Examples
    --------
    >>> concern(1, "Parks | Lighting in the park | good-job", ["good-job"])
    {'theme': 'Parks', 'text': 'Lighting in the park', 'measures': ['good-job']}
    """
    parts = [part.strip() for part in line.split(PARTS)]
    if len(parts) not in (2, 3) or not all(parts[:2]):
        raise Refused(f"what was raised, line {number}: write theme {PARTS} what was asked")
    named = [name.strip() for name in parts[2].split(",") if name.strip()] if len(parts) == 3 else []
    for name in named:
        if name not in measures:
            raise Refused(f"what was raised, line {number}: no measure called {name!r}{hint(name, measures)}")
    return {"theme": parts[0], "text": parts[1], "measures": named}


def commitment(number: int, line: str) -> dict[str, str]:
    """
    A line of what was promised as an entry of the record.

    Raises
    ------
    Refused
        It is not made of a promise, a role and, if there is one, a month.

    Examples
    --------
    >>> commitment(1, "Walk the park each week | ward sergeant | 2027-03")
    {'text': 'Walk the park each week', 'owner': 'ward sergeant', 'due': '2027-03'}
    """
    parts = [part.strip() for part in line.split(PARTS)]
    if len(parts) not in (2, 3) or not all(parts[:2]):
        raise Refused(f"what was promised, line {number}: write what {PARTS} whose role {PARTS} by which month")
    return dict(zip(("text", "owner", "due"), parts, strict=False))


def _lines(text: str) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
