"""The meeting as files: to present in the browser, to take along on a stick, to print, to hand out."""

from datetime import date
from mimetypes import guess_type
from urllib.parse import urlencode

import streamlit as st

from metrics.definitions import configuration
from metrics.domain import Definitions, Place, Refused
from metrics.domain.names import hint, place_shown
from metrics.meetings import calendar
from metrics.meetings.agenda import agenda as proposed
from metrics.meetings.agenda import arranged
from metrics.meetings.brief import brief
from metrics.outputs import pack, shared_picture
from metrics.outputs.pack import pack_html
from metrics.report.snapshot import Snapshot
from metrics.statistics.questions import QUESTIONS
from metrics.web.streamlit import cached_reads, links, pickers, sign_in
from metrics.web.streamlit.cached_reads import Picture, Seen, Small

LABELS = ("The pack, one file for any laptop", "Slides for PowerPoint", "One sheet for councillors")
CHOICES = ("since", pickers.AS_AT, pickers.AGENDA, pickers.MEETING)
ANSWERS = (*QUESTIONS, links.NO_ANSWER)


def buttons(seen: Seen, place: Place, since: date | None, day: date | None) -> None:
    """Present, or take the pack along, for a meeting on a day that can be set."""
    asked = (seen, place.id, since, day)
    looked_back, chosen = cached_reads.brief(*asked), pickers.on_agenda(cached_reads.items(*asked), cached_reads.proposed(*asked))
    if not sign_in.is_set_up():
        st.link_button("Present", address(place, dict(st.query_params)), type="primary")
    with st.popover("Download pack"):
        if not seen.as_at:
            pickers.day_field(day, calendar.first_day(looked_back.now.known, place, looked_back.now.as_at, since))
        for (name, make), label in zip(pack.parts(looked_back, chosen, **_whom()).items(), LABELS, strict=True):
            kind = guess_type(name)[0]
            st.download_button(label, make, name, kind, key=f"take-{label}", on_click="ignore", icon=":material/download:")


def address(place: Place, chosen: dict[str, str]) -> str:
    """
    Where the slides of what the address shows stand, beside the pages.

    >>> address(Place("brent", "Brent", "area"), {"area": "brent", "since": "2023-08-07", "agenda": "a.b"})
    'present/brent?since=2023-08-07&agenda=a.b'
    """
    kept = {name: chosen[name] for name in CHOICES if name in chosen}
    return f"present/{place.id}" + (f"?{urlencode(kept)}" if kept else "")


def presentation(area: str, chosen: dict[str, str]) -> str:
    """
    The whole pack that an address names.

    Raises Refused: a place, a day or a build that is not there; or this is the public edition.
    """
    config = cached_reads.config()
    configuration.only_in_full(config)
    store = cached_reads.store()
    known, wording = cached_reads.known(store.build), cached_reads.wording(store.build)
    place = place_shown(known, area)
    days = {name: _day(known, chosen[name]) for name in CHOICES[:2] if chosen.get(name)}
    now = Snapshot(store, known, wording, days.get(pickers.AS_AT))
    day = days.get(pickers.AS_AT)
    if day is None and chosen.get(pickers.MEETING):
        day = calendar.coming_day(chosen[pickers.MEETING], calendar.first_day(known, place, now.as_at, days.get("since")))
    looked_back = brief(now, place, day=day, since=days.get("since"))
    offered = proposed(looked_back)
    named = chosen.get(pickers.AGENDA)
    items = arranged(offered, named.split(".")) if named is not None else pack.chosen(looked_back)
    return pack_html(looked_back, items, **_whom())


def figures(place: str, measure: str, chosen: dict[str, str]) -> tuple[str, str]:
    """
    The name and the text of a card's download.

    Raises Refused: a place, a measure or a day that is not there, or a measure without figures.
    """
    seen, where = _looked_at(place, measure, chosen)
    card = cached_reads.card(seen, measure, where.id, chosen.get("show") == "rate")
    if card.chart is None:
        raise Refused(f"no figures of {measure} in {where.name} are held here")
    return card.file, card.csv


def picture(place: str, measure: str, digest: str, chosen: dict[str, str]) -> Picture | Small:
    """
    A card's chart as a page shows it: `as-at` as on the page, `shown` the day that is drawn dotted, `told` the question whose answer
    stands above it; a row's with `row`, the day of M.

    Raises Refused: a place, a measure or a day that is not there, or a picture that is not this one any more.
    """
    seen, where = _looked_at(place, measure, chosen)
    known = cached_reads.known(seen.build)
    days = {name: _day(known, chosen[name], known.plan.launched) if chosen.get(name) else None for name in ("shown", "row")}
    if "row" in chosen:
        drawing: Picture | Small | None = cached_reads.small(seen, measure, where.id, days["row"])
    else:
        question = next((each for each in ANSWERS if each == chosen.get("answer")), "")
        drawing = cached_reads.picture(seen, measure, where.id, days["shown"], chosen.get("show") == "rate", question)
    if drawing is None or drawing.digest != digest:
        raise Refused(f"this is not the picture of {measure} in {where.name} any more: open the page again")
    return drawing


def shared(place: str, file: str, chosen: dict[str, str]) -> tuple[str, bytes]:
    """
    The name and the bytes of a chart as a picture with its title and source inside: `file` is the measure, `.png` or `.svg`.

    Another chart has its name between them, as in `rape.baselines.png`; those of all areas are found at the whole force area.

    Raises Refused: a place, a measure, a day or an ending that is not there, or a measure without figures.
    """
    stem, _, ending = file.rpartition(".")
    measure, _, name = stem.partition(".")
    if ending not in ("png", "svg"):
        raise Refused(f"no picture called {file!r}: {measure or file}.png or .svg")
    seen, where = _looked_at(place, measure, chosen)
    of_areas = name in (shared_picture.AREAS, shared_picture.OVER_TIME) and where.level == "force"
    if name and name != shared_picture.BASELINES and not of_areas:
        raise Refused(f"no picture called {file!r} of {where.name}")
    drawn = cached_reads.shared(seen, measure, where.id, chosen.get("show") == "rate", name)
    if drawn is None:
        raise Refused(f"no figures of {measure} in {where.name} are held here")
    return f"{where.id}-{file}", drawn.png if ending == "png" else drawn.svg.encode()


def _looked_at(place: str, measure: str, chosen: dict[str, str]) -> tuple[Seen, Place]:
    """What a file's address asks to look at, and where."""
    build = cached_reads.store().build
    known = cached_reads.known(build)
    where = place_shown(known, place)
    if measure not in known.measures:
        raise Refused(f"no measure called {measure!r}{hint(measure, list(known.measures))}")
    return Seen(build, _day(known, chosen[pickers.AS_AT]) if chosen.get(pickers.AS_AT) else None), where


def _whom() -> dict[str, str]:
    """Where the public pages stand and whom to ask, as slides say it."""
    return configuration.filled(cached_reads.config())


def _day(known: Definitions, text: str, *more: date) -> date:
    past = [meeting.date for meeting in known.meetings if meeting.status == "held"]
    days = [day.isoformat() for day in (*more, *past)]
    if text not in days:
        raise Refused(f"no meeting on record was held on {text!r}{hint(text, days)}")
    return date.fromisoformat(text)
