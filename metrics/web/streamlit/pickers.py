"""
Pickers. The choice is the address, so every view is a link; a name that is not known is said.

Streamlit's own binding of a picker to the address passes its default off as the answer to a misspelt
question and forgets the choice from page to page; so the address is read and written here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import streamlit as st

from metrics.domain import Definitions, Measure, Place, Refused, Ward, periods
from metrics.domain.geography import postcode_parts
from metrics.domain.names import hint
from metrics.meetings import calendar
from metrics.meetings.agenda import Item, arranged
from metrics.narrative.phrases import capital
from metrics.outputs.page import general_pages
from metrics.report import wards
from metrics.web.streamlit import cached_reads, page_parts
from metrics.web.streamlit.cached_reads import Seen
from metrics.web.streamlit.links import CELLS
from metrics.web.streamlit.page_parts import plain

SHOWN = {False: "numbers", True: "rate"}
"""What a count is drawn as, by whether its switch is on."""
LONGEST_SAID = 300
LONGEST_CHOICE, LONGEST_AGENDA = 200, 4096
"""Letters of a choice in the address that are looked at: a longer one is no choice of ours, whatever it says."""
WIDTH = 260
"""Of a picker, in pixels."""
SINCE = "Since"
AS_AT, AGENDA, MEETING = "as-at", "agenda", "meeting"


def arrive(page: str) -> None:
    """Notice whether this run is the first on a page: only then is a choice brought along from the page before."""
    st.session_state["arrived"] = st.session_state.get("page") != page
    st.session_state["page"] = page


def seen() -> Seen:
    """The build in use, as now known or as known at the meeting that the address names; what takes its place is said above the page."""
    store = cached_reads.store()
    page_parts.instead(store)
    build, known = store.build, cached_reads.known(store.build)
    chosen = _chosen(AS_AT, lambda text: _meeting_day(known, text))
    if chosen is None:
        return Seen(build)
    words = cached_reads.wording(build).text["meeting"]["replay"]
    st.info(plain(words.format(day=periods.say_day(date.fromisoformat(chosen)))), icon=":material/history:")
    st.button("Back to what is now known", on_click=_forget, args=(AS_AT,))
    return Seen(build, date.fromisoformat(chosen))


def since(known: Definitions, place: Place, seen: Seen) -> date | None:
    """The day of the meeting that is looked back on; none until one is chosen."""
    day, then = seen.as_at or date.max, shown_then(known, seen)
    earlier = [meeting for meeting in calendar.offered(known, place.id, day) if meeting.date < day]
    names = {meeting.date.isoformat(): f"{periods.say_day(meeting.date)}, {known.places[meeting.area].name}" for meeting in earlier}
    last = calendar.last_held(known, place.id, day)
    first = last.date if last else known.plan.launched
    _picker("since", SINCE, names, then.isoformat() if then else None, periods.say_day(first))
    return then


def shown_then(known: Definitions, seen: Seen) -> date | None:
    """The day of the meeting that the address, or the page before, looks back on from what is seen."""
    chosen = _chosen("since", lambda text: _meeting_day(known, text, before=seen.as_at))
    return date.fromisoformat(chosen) if chosen else None


def meeting_day(known: Definitions, place: Place, seen: Seen, since: date | None) -> date | None:
    """The day of the meeting that is prepared; none until the address names it, and none where a meeting on record is shown."""
    if seen.as_at:
        return None
    first = calendar.first_day(known, place, cached_reads.reading(seen).as_at, since)
    chosen = _chosen(MEETING, lambda text: calendar.coming_day(text, first).isoformat())
    return date.fromisoformat(chosen) if chosen else None


def day_field(chosen: date | None, first: date) -> None:
    """Where the day of the meeting is set."""
    st.session_state[MEETING] = chosen
    limits = {"min_value": first, "max_value": calendar.last_day(first)}
    st.date_input("Day of the meeting", None, **limits, format="DD/MM/YYYY", key=MEETING, on_change=_write_day)


def _write_day() -> None:
    day = st.session_state[MEETING]
    st.session_state[f"last {MEETING}"] = day.isoformat() if day else None
    if day:
        st.query_params[MEETING] = day.isoformat()
    else:
        st.query_params.pop(MEETING, None)


def on_agenda(offered: Iterable[Item], proposed: Iterable[Item], *, aloud: bool = False) -> tuple[Item, ...]:
    """The agenda that the address names, in its order; the one the evidence proposes until it is changed. `aloud` says what is gone."""
    offered = tuple(offered)
    if AGENDA not in st.query_params:
        return tuple(proposed)
    named = st.query_params[AGENDA][:LONGEST_AGENDA].split(".")
    gone = [name for name in named if name and name not in {item.id for item in offered}]
    if gone and aloud:
        st.warning(plain(f"not on the agenda any more: {', '.join(gone)}"[:LONGEST_SAID]))
    return arranged(offered, named)


def set_agenda(names: Iterable[str]) -> None:
    """Write an agenda into the address."""
    st.query_params[AGENDA] = ".".join(names)


def place(known: Definitions) -> Place:
    """The area that the address or the picker names, by `area` or the force's own word; the whole force area until one is chosen."""
    names, word = {area.id: area.name for area in known.areas}, known.force.area_singular
    if word in st.query_params:
        st.query_params["area"] = st.query_params.pop(word)
    chosen = _chosen("area", lambda text: text if text in names else _area_typed(known, text), names)
    if known.postcodes is None:
        _picker("area", word.capitalize(), names, chosen, f"Type a few letters of a {word}")
    else:
        _picker("area", f"{word.capitalize()} or postcode", names, chosen, f"{word.capitalize()}, ward or postcode", free=True)
    return known.places[chosen or known.force.total]


def plan_part(seen: Seen) -> str | None:
    """The mission, reform, priority or other plan that the address names; none where it is the plan itself."""
    offered = general_pages.part_names(cached_reads.reading(seen))
    given = st.query_params.get("part")
    if not given or given in offered:
        return given or None
    st.warning(plain(f"no part of the plan called {given[:LONGEST_CHOICE]!r}{hint(given[:LONGEST_CHOICE], offered)}"[:LONGEST_SAID]))
    return None


def ward(known: Definitions) -> Ward | None:
    """The ward that the address or the picker names, by its code; none until one is chosen."""
    here = [ward for ward in known.wards.values() if known.places[ward.area].level == "area"]
    names = {ward.code: f"{ward.name}, {known.places[ward.area].name}" for ward in sorted(here, key=lambda ward: ward.name)}
    chosen = _chosen("ward", lambda text: _ward_code(names, text))
    _picker("ward", "Ward", names, chosen, "Type a few letters of a ward")
    return known.wards[chosen] if chosen else None


def measure(known: Definitions, among: Iterable[Measure] | None = None, first: str | None = None) -> Measure:
    """The measure that the address or the picker names; the first headline measure until one is chosen."""
    offered = known.measures.values() if among is None else among
    names = dict(sorted(((measure.id, measure.title) for measure in offered), key=lambda pair: pair[1]))
    chosen = _chosen("measure", lambda text: _measure_id(known, text))
    _picker("measure", "Measure", names, chosen, "Type a few letters of a measure")
    return known.measures[chosen if chosen in names else first or known.headlines[0].id]


def with_cells() -> bool:
    """Whether the address asks for the cells that figures were read from; another choice asks for them no more."""
    return CELLS in st.query_params


def rate(measure: Measure, total: str) -> bool:
    """Whether a count is drawn as a rate beside that of the whole force area, called `total`, or as counted with its usual range."""
    if measure.rate != "residents":
        return False
    as_rate = _chosen("show", _shown) == SHOWN[True]
    st.session_state["show"] = as_rate
    st.toggle(f"For every 1,000 residents, beside {total}", key="show", on_change=_write, args=("show", SHOWN))
    return as_rate


def _picker(key: str, label: str, names: dict[str, str], chosen: str | None, placeholder: str, *, free: bool = False) -> None:
    """A picker; a `free` one also takes what somebody types, which is then understood as the address is."""
    st.session_state[key] = names.get(chosen)
    options = {"index": None, "key": key, "placeholder": placeholder, "on_change": _write, "args": (key, _ids(names)), "width": WIDTH}
    st.selectbox(label, list(names.values()), accept_new_options=free, **options)


def _chosen(key: str, understand: Callable[[str], str], names: Mapping[str, str] | None = None) -> str | None:
    """
    The id that the address names, else, on arriving, the one chosen on another page of this visit, else none.

    `names`: by id, of what may be meant where the text is not understood: each becomes a link.
    """
    # Not brought along on every run, or the browser's way back would lead to the choice that it leaves.
    given = st.query_params.get(key) or (st.session_state.get(f"last {key}") if st.session_state["arrived"] else None)
    if not given:
        st.session_state[f"last {key}"] = None
        return None
    try:
        chosen = understand(_bounded(key, given))
    except Refused as refusal:
        st.warning(_linked(plain(capital(str(refusal)[:LONGEST_SAID])), key, names or {}))
        return None
    if st.query_params.get(key) != chosen:
        st.query_params[key] = chosen
    st.session_state[f"last {key}"] = chosen
    return chosen


def _linked(words: str, key: str, names: Mapping[str, str]) -> str:
    """A text in which each of some names is a link that chooses it."""
    for chosen, name in names.items():
        words = words.replace(plain(name), f"[{plain(name)}](?{key}={chosen})")
    return words


def _bounded(key: str, given: str) -> str:
    if len(given) > LONGEST_CHOICE:
        raise Refused(f"{key}: nothing to choose has a name of {len(given):,} letters")
    return given


def _write(key: str, ids: Mapping) -> None:
    """Write a picker's choice into the address."""
    typed = st.session_state[key]
    chosen = ids.get(typed) or _begun(ids, typed) or typed
    st.session_state[f"last {key}"] = chosen
    st.query_params.pop(CELLS, None)
    if chosen:
        st.query_params[key] = chosen
    else:
        st.query_params.pop(key, None)


def _begun(ids: Mapping, typed: str | None) -> str | None:
    """The id of the only name that begins with some letters, as they are typed before Enter; none where several do, or none."""
    begun = [each for name, each in ids.items() if typed and name.lower().startswith(typed.strip().lower())]
    return begun[0] if len(begun) == 1 else None


def _forget(key: str) -> None:
    """Take a choice out of the address and out of this visit."""
    st.session_state[f"last {key}"] = None
    st.query_params.pop(key, None)


def _meeting_day(known: Definitions, text: str, before: date | None = None) -> str:
    past = {meeting.date.isoformat() for meeting in known.meetings if meeting.status == "held" and meeting.date < (before or date.max)}
    if text not in past:
        earlier = f" before {periods.say_day(before)}" if before else ""
        raise Refused(f"no meeting on record was held on {text!r}{earlier}: what was known is shown as at a meeting")
    return text


def _ids(names: dict[str, str]) -> dict[str, str]:
    return {name: key for key, name in names.items()}


def _measure_id(known: Definitions, text: str) -> str:
    by_title = {measure.title.lower(): measure.id for measure in known.measures.values()}
    chosen = text if text in known.measures else by_title.get(text.lower())
    if chosen is None:
        raise Refused(f"no measure called {text!r}{hint(text, [measure.title for measure in known.measures.values()])}")
    return chosen


def _area_typed(known: Definitions, text: str) -> str:
    """The area that a name stands for, or that a postcode or a ward lies in, with a line that leads to the ward."""
    words = cached_reads.wording(cached_reads.store().build).text["postcode"]
    area, among = wards.place_typed(known, text, words)
    if among:
        links = ", ".join(f"[{plain(ward.name)}](ward?ward={ward.code})" for ward in among)
        which = "lies_in" if postcode_parts(text) else "ward_of" if len(among) == 1 else "wards_of"
        st.info(words[which].format(code=plain(text.upper()), ward=links, area=plain(known.places[area].name)))
    return area


def _ward_code(names: dict[str, str], text: str) -> str:
    if text not in names:
        raise Refused(f"no ward has the code {text!r}")
    return text


def _shown(text: str) -> str:
    if text not in SHOWN.values():
        raise Refused(f"nothing to show called {text!r}{hint(text, list(SHOWN.values()))}")
    return text
