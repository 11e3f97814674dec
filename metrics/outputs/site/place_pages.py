"""The pages of places: the whole force area, each area, ward and meeting on record, with figures and a feed; and of each outward code."""

from collections.abc import Iterator, Mapping
from itertools import groupby

import pandas as pd

from metrics.charts.render.table import csv_text
from metrics.domain import Commitment, Concern, Dataset, Definitions, Meeting, Place, periods
from metrics.domain.geography import Postcodes
from metrics.meetings.brief import Brief, brief
from metrics.meetings.calendar import DUE, NONE, PROMISED, looked_back_on, next_meeting
from metrics.outputs import shared_picture
from metrics.outputs.page import area_page, templating
from metrics.outputs.page.pen import Routes
from metrics.outputs.page.templating import Piece
from metrics.outputs.site import addresses, feeds, page_frame
from metrics.outputs.site.addresses import POSTCODES, SiteRoutes
from metrics.outputs.site.page_frame import Shown, Site
from metrics.report.scorecard import Row, Scorecard, answered, assembled
from metrics.report.wards import ward_cards, wards_with_figures

COLUMNS = (
    "measure", "title", "newest", "period", "old", "on_a_year_before", "change_on_a_year", "since_the_plan", "change_since_the_plan",
    "source",
)


def pages(site: Site, place: Place, every: Mapping[str, Shown]) -> Iterator[tuple[str, bytes]]:
    """A place's own page, its figures and its feed; of the whole force area the first page too. `every` is every measure there, by id."""
    looked_back = brief(site.reading, place)
    card = card_of(site, looked_back, every)
    if place.level == "force":
        yield _first(site, looked_back, card)
    yield _own(site, looked_back, card)
    yield addresses.of_card(place.id), shared_picture.png(shared_picture.of_place(site.reading, card))
    yield f"{place.id}/figures.csv", _figures(site, card)
    yield feeds.of_place(site, place, every)


def card_of(site: Site, looked_back: Brief, every: Mapping[str, Shown]) -> Scorecard:
    """The scorecard of the rows that have been made already."""
    rows = {name: shown.row for name, shown in every.items()}
    day, is_meeting = looked_back_on(site.reading.known, looked_back.place.id, site.reading.as_at)
    return assembled(site.reading, looked_back.place, rows, day, meeting=is_meeting)


def _own(site: Site, looked_back: Brief, card: Scorecard) -> tuple[str, bytes]:
    place, at = looked_back.place, f"{looked_back.place.id}/"
    known = site.reading.known
    routes = site.routes(at)
    meetings = _meetings(site, place, routes)
    body = area_page.area(looked_back, card, site.pen, routes)
    return site.page(
        at, "area.html", title=f"{place.name}: what changed", description=f"{place.name}. {card.hero}", place=place, body=Piece(body),
        area_word=known.force.area_singular, meetings=[*meetings, ("Every meeting on record", routes.page("meetings"))],
        on_record=f"{len(meetings) or 'None'} on record here",
        areas=[(other.name, routes.root + f"{other.id}/") for other in (known.places[known.force.total], *known.areas)],
        card=addresses.of_card(place.id),
    )


def _meetings(site: Site, place: Place, routes: SiteRoutes) -> list[tuple[str, str]]:
    """The meetings of a place, the last first, each with its page."""
    meetings = [meeting for meeting in reversed(site.reading.known.meetings) if meeting.area == place.id]
    return [(f"What was said on {periods.say_day(meeting.date)}", routes.meeting(meeting.area, meeting.date)) for meeting in meetings]


def _first(site: Site, looked_back: Brief, card: Scorecard) -> tuple[str, bytes]:
    known = site.reading.known
    routes = site.routes("")
    body = area_page.force(looked_back, card, site.pen, routes, search="explore/")
    description = f"What changed in {known.force.total_name} and its {len(known.areas)} {known.force.area_plural}. {card.hero}"
    card_at = addresses.of_card(looked_back.place.id)
    return site.page("", "body.html", title=site.name, description=description, body=Piece(body), card=card_at)


def _figures(site: Site, card: Scorecard) -> bytes:
    """Every row of a scorecard as a table for machines, under lines that say what it is."""
    datasets = site.reading.known.datasets
    sources = {row.measure.id: datasets[row.measure.source.dataset] for row in card.rows if row.measure.source}
    preamble = {
        "Area": card.place.name, "Period": "of each measure, in the column period", "As at": site.reading.as_at.isoformat(),
        "Source": "of each measure, in the column source",
        "Licence": ", ".join(sorted({f"{dataset.licence} ({dataset.licence_url})" for dataset in sources.values()})),
    }
    rows = [_line(row, sources.get(row.measure.id)) for row in card.rows]
    return csv_text(pd.DataFrame(rows, columns=COLUMNS), preamble, units=dict.fromkeys(COLUMNS, "text")).encode("utf-8")


def _line(row: Row, dataset: Dataset | None) -> tuple[str, ...]:
    answers = [part for answer in row.answers for part in (answer.verdict, answer.change)]
    source = f"{dataset.publisher}, {dataset.title}" if dataset else ""
    return row.measure.id, row.measure.title, row.newest, row.period, "yes" if row.is_old else "no", *answers, source


def ward_pages(site: Site, area: Place) -> Iterator[tuple[str, bytes]]:
    """The page of each ward of an area; none where nothing is known of wards there."""
    for card in ward_cards(site.reading, area).values():
        at = addresses.of_ward(card.ward)
        body = area_page.ward(site.reading, card, site.pen, site.routes(at))
        yield site.page(
            at, "body.html", title=f"{card.ward.name}, {card.area.name}", description=f"{card.title}. {card.hero}", body=Piece(body),
        )


def postcode_pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every page of postcodes; none where the force has brought no list."""
    known, text = site.reading.known, site.words["postcode"]
    postcodes = known.postcodes
    if postcodes is None:
        return
    shown = wards_with_figures(site.reading)
    routes = site.routes(POSTCODES)
    body = index(postcodes, text, routes, search=f"{routes.root}explore/")
    yield site.page(POSTCODES, "body.html", title=text["title"], description=text["lede"], body=Piece(body))
    for code in postcodes.outward:
        at = f"{POSTCODES}{code.lower()}/"
        routes = site.routes(at)
        body = outward(known, postcodes, code, text, routes, shown)
        title = text["outward"].format(code=code)
        yield site.page(at, "body.html", title=title, description=f"{title}. {text['find_yours']}", body=Piece(body))


def outward(known: Definitions, postcodes: Postcodes, code: str, text: dict, routes: Routes, shown: frozenset[str]) -> str:
    """The body of the page of one outward code: where each of its inward codes lies; a ward not `shown` leads nowhere."""
    groups = []
    for ward_code, inward in postcodes.wards(code).items():
        ward, area = known.wards[ward_code], known.places[known.wards[ward_code].area]
        here = area.level == "area"
        sectors = [(sector, " ".join(each[1:] for each in codes)) for sector, codes in groupby(inward, key=lambda each: each[0])]
        groups.append({
            "ward": ward.name, "area": area.name, "to": routes.ward(ward) if here and ward_code in shown else "", "here": here,
            "to_area": routes.place(area.id) if here else "", "sectors": sectors,
        })
    groups.sort(key=lambda group: (group["area"], group["ward"]))
    return templating.body("outward.html", code=code, groups=groups, text=text, routes=routes, postcodes=postcodes)


def index(postcodes: Postcodes, text: dict, routes: Routes, *, search: str) -> str:
    """The body of the page of every outward code; `search` is where the form leads, where the app stands beside the pages."""
    letters = [(area, list(codes)) for area, codes in groupby(sorted(postcodes.outward, key=order), key=lambda code: order(code)[0])]
    return templating.body("postcodes.html", letters=letters, text=text, routes=routes, search=search, postcodes=postcodes)


def order(code: str) -> tuple[str, int, str]:
    """
    What puts outward codes in the order that people expect: by letters, then by number.

    >>> sorted(["KT10", "KT2", "E1W", "E1"], key=order)
    ['E1', 'E1W', 'KT2', 'KT10']
    """
    letters = code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if code[-1].isalpha() else code
    area = "".join(letter for letter in letters if letter.isalpha())
    return area, int(letters[len(area) :]), code


def meeting_pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list of meetings, and a page for each."""
    meetings = site.reading.known.meetings[::-1]
    names = {area.id: area.name for area in site.reading.known.areas}
    listed = [
        (meeting, names[meeting.area], addresses.of_meeting(meeting.area, meeting.date), _to_come_after(site, meeting, names[meeting.area]))
        for meeting in meetings
    ]
    past = [meeting for meeting in meetings if meeting.status == "held"]
    lede = site.words["public"]["meetings"].format(held=len(past))
    yield site.page("meetings/", "meetings.html", title="Meetings on record", description=lede, lede=lede, listed=listed)
    for meeting in meetings:
        yield _meeting(site, meeting, names[meeting.area])


def to_come(site: Site, area: str, name: str) -> str:
    """What is known of an area's next meeting: announced, promised, due, or nothing."""
    words, coming = site.words["meeting"]["next"], next_meeting(site.reading.known, area, site.reading.as_at)
    by = periods.say(coming.by) if coming.by else periods.say_day(coming.day) if coming.day else ""
    which = {PROMISED: "announced" if coming.day else "promised", DUE: "due", NONE: "none"}[coming.kind]
    return words[which].format(by=by, day=by, place=name)


def _to_come_after(site: Site, meeting: Meeting, name: str) -> str:
    """The same for the last meeting of its area; of an earlier one the later ones are the answer."""
    later = any(other.area == meeting.area and other.date > meeting.date for other in site.reading.known.meetings)
    return "" if later else to_come(site, meeting.area, name)


def _meeting(site: Site, meeting: Meeting, area: str) -> tuple[str, bytes]:
    day = periods.say_day(meeting.date)
    title = f"{area}: meeting of {day}"
    return site.page(
        addresses.of_meeting(meeting.area, meeting.date), "meeting.html", title=title,
        description=f"{title}. What was raised, what was promised and what is known of it since.",
        meeting=meeting, area=area, day=day, promised=_to_come_after(site, meeting, area),
        concerns=[(concern, _answers(site, meeting, concern)) for concern in meeting.concerns],
        commitments=[with_status(site, commitment) for commitment in meeting.commitments],
        raised={concern.id: concern.text for concern in meeting.concerns}, **_shown_then(site, meeting, day),
    )


def _shown_then(site: Site, meeting: Meeting, day: str) -> dict:
    """The verdicts that were shown for the day before the way of judging changed, and the line that says so."""
    measures = site.reading.known.measures
    titles = [(measures[name].title, verdict) for name, verdict in meeting.shown.items() if name in measures]
    return {"shown": sorted(titles), "changed": site.words["news"]["method"].format(day=day)}


def _answers(site: Site, meeting: Meeting, concern: Concern) -> list[tuple]:
    """Each measure that answers a concern: its page, its place, the answer that leads with its question, its sentence and source now."""
    known, answers, questions = site.reading.known, [], site.words["scorecard"]["questions"]
    for name in concern.measures:
        measure = known.measures[name]
        place = known.places[meeting.area if "area" in measure.levels else known.force.total]
        row = answered(site.reading, place, measure, site.reading.answers(place.id)[name])
        sentence, source = site.reading.finding_of(name, place.id)["sentence"], page_frame.source(site, measure, place)
        lead, question = row.leading.verdict, questions[row.leading.question].lower() if row.has_figures else ""
        answers.append((measure, place, site.of_measure(name, place.id), lead, question, sentence, source))
    return answers


def with_status(site: Site, commitment: Commitment) -> dict:
    """A commitment with its status by now, its history in order, and the measure it is linked to."""
    measure = site.reading.known.measures.get(commitment.measure or "")
    history = sorted((step for step in commitment.history if step.date <= site.reading.as_at), key=lambda step: step.date)
    status = commitment.status_on(site.reading.as_at)
    return {"text": commitment.text, "status": status, "history": history, "measure": measure, "is": commitment}
