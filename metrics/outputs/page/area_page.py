"""The pages of places: an area and the whole force area, with scorecard, record and places like it; a ward, with a map and a list."""

from dataclasses import dataclass

from metrics.domain import Commitment, Concern, Place, periods
from metrics.meetings import calendar
from metrics.meetings.brief import Brief
from metrics.narrative.phrases import capital
from metrics.outputs.meeting_facts import concern_rows, row_title, split_table
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen, Routes, clock
from metrics.outputs.page.templating import NOTHING, Piece
from metrics.report.neighbours import NeighbourCard, NeighbourRow, neighbour_card
from metrics.report.origins import ward_origins
from metrics.report.safety import safety
from metrics.report.scorecard import Row, Scorecard
from metrics.report.snapshot import Snapshot
from metrics.report.wards import WardCard, ward_cards
from metrics.statistics.verdict import IMPROVEMENT, WORSENING

SIGNS = {"done": "✓", "not done": "×", "dropped": "×"}


@dataclass(frozen=True)
class Promised:
    """A promise as a list shows it: a sign, what was promised, how it stands."""

    sign: str
    text: str
    status: str


@dataclass(frozen=True)
class Answered:
    """A concern with what was promised since, the measures with figures that answer it, by title, and whether any does."""

    text: str
    promises: tuple[str, ...]
    rows: tuple[tuple[str, Row], ...]
    has_measures: bool


def area(brief: Brief, card: Scorecard, pen: Pen, routes: Routes) -> str:
    """The body of the page of one area."""
    return templating.body(
        "area.html", **_shared(brief, card, pen, routes), map=small_map(brief, pen), **_record(brief, card, routes),
        neighbours=neighbour_section(brief.now, brief.place, pen, routes), wards=ward_section(brief.now, brief.place, pen, routes),
    )


def force(brief: Brief, card: Scorecard, pen: Pen, routes: Routes, *, search: str = "") -> str:
    """
    The body of the first screen of the whole force area.

    `search`: where the form that looks for an area by its name leads; none where a picker stands above.
    """
    known = brief.now.known
    text = brief.now.wording.text
    out = card.stands_out
    return templating.body(
        "force.html", **_shared(brief, card, pen, routes), map=picker_map(brief, pen, routes), areas=known.areas,
        area_word=known.force.area_singular, areas_word=known.force.area_plural, search=search, whose=text["page"]["whose"],
        lede=text["scorecard"]["lede"], better=[row for row in out if row.clear and row.clear.verdict == IMPROVEMENT],
        worse=[row for row in out if row.clear and row.clear.verdict == WORSENING],
    )


def small_map(brief: Brief, pen: Pen) -> Piece:
    """Where a place lies among the areas; nothing of the whole force area, which is every one of them."""
    if brief.place.level != "area":
        return NOTHING
    known = brief.now.known
    label = f"Map of the {len(known.areas)} {known.force.area_plural}, {brief.place.name} marked"
    return pen.small_map(known.outlines, known.areas, brief.place, label)


def picker_map(brief: Brief, pen: Pen, routes: Routes) -> Piece:
    """The map on which an area is chosen."""
    known = brief.now.known
    label = f"Map of the {len(known.areas)} {known.force.area_plural}"
    return pen.picker_map(known.outlines, known.areas, routes.place, label)


def _shared(brief: Brief, card: Scorecard, pen: Pen, routes: Routes) -> dict:
    """What both templates name."""
    return {
        "card": card, "pen": pen, "routes": routes, "text": brief.now.wording.text["scorecard"],
        "safety": safety(brief.now, brief.place), "news": (brief.new, brief.luck, brief.left_out),
        "clock": clock(brief.now.known, brief.now.as_at, card.mark), "since": card.since,
    }


def _record(brief: Brief, card: Scorecard, routes: Routes) -> dict:
    """What is on record of the place: facts, promises, concerns, corrections, meetings, how to reach its team."""
    force = brief.now.known.force
    reach = [*force.contact, *([force.local_teams] if force.local_teams else [])]
    return {
        "facts": facts(brief), "promises": promises(brief),
        "concerns": [_answered(brief, card, raised.concern) for raised in brief.concerns],
        "corrections": brief.corrections or (brief.nothing_then,),
        "corrected": [row.measure for row in brief.corrected],
        "splits": Piece(split_table(brief, brief.sentences.text["split"]["heading"])),
        "contact": [(line.text, line.url) for line in reach],
        "meetings": [
            (periods.say_day(meeting.date), routes.meeting(meeting.area, meeting.date))
            for meeting in reversed(brief.now.known.meetings) if meeting.area == brief.place.id
        ],
    }


def facts(brief: Brief) -> list[tuple[str, str]]:
    """What is known of the place itself: its unit, its next meeting, up to when its figures look."""
    known = brief.now.known
    unit = next((place.name for place in known.places.values() if place.level == "unit" and place.code == brief.place.unit), "")
    named = [(capital(known.force.levels["unit"].singular), unit)] if unit else []
    return [*named, ("Next meeting", next_meeting(brief)), ("Figures as at", periods.say_day(brief.now.as_at))]


def next_meeting(brief: Brief) -> str:
    """The next meeting in a few words."""
    when = brief.next.when
    return {calendar.NONE: "None on record", calendar.DUE: f"Due since {when}", calendar.PROMISED: when}[brief.next.kind]


def promises(brief: Brief) -> list[Promised]:
    """What was promised at the place's own meetings, the next meeting first."""
    coming = brief.next
    status = {calendar.DUE: f"due since {coming.when}", calendar.PROMISED: coming.when}
    first = [Promised("–", coming.text or "Another meeting", status[coming.kind])] if coming.kind in status else []
    return first + [_promised(promise.commitment, brief) for promise in brief.promises if promise.meeting]


def _promised(commitment: Commitment, brief: Brief) -> Promised:
    return Promised(SIGNS.get(commitment.status_on(brief.day), "–"), commitment.text, _status(commitment, brief))


def _status(commitment: Commitment, brief: Brief) -> str:
    step = commitment.step_on(brief.day)
    since = f", {periods.say_day(step.date)}" if step else ""
    due = f"; due {periods.say(commitment.due)}" if commitment.due else ""
    return f"{commitment.status_on(brief.day)}{since}{due}"


def _answered(brief: Brief, card: Scorecard, concern: Concern) -> Answered:
    answers = [promise.commitment for promise in brief.promises if promise.meeting and promise.commitment.concern == concern.id]
    promised = tuple(f"{commitment.text.rstrip('.')}: {_status(commitment, brief)}." for commitment in answers)
    rows = tuple((row_title(row, brief.place), row) for row in concern_rows(brief, concern, card))
    return Answered(concern.text, promised, rows, bool(concern.measures))


def neighbour_section(snapshot: Snapshot, place: Place, pen: Pen, routes: Routes) -> Piece:
    """The section of one area; nothing where the force has brought no list of neighbours."""
    card = neighbour_card(snapshot, place)
    if card is None:
        return NOTHING
    text = snapshot.wording.text["neighbours"]
    others = [(title, [area.name for area in areas]) for title, areas in list(card.models.items())[1:]]
    return Piece(templating.body(
        "neighbours.html", card=card, pen=pen, routes=routes, text=text, finding=neighbour_finding(card, text), others=others,
        likeness=next(iter(card.models)), question=snapshot.wording.text["scorecard"]["questions"]["plan"],
        rows=[(row, _bar(row), unit(row, snapshot, text)) for row in card.rows],
        fold=text["fold" if card.rows else "fold_without"].format(place=place.name, many=len(card.areas)),
    ))


def neighbour_finding(card: NeighbourCard, text: dict) -> str:
    """How many places there are, in at most 25 words."""
    which = "none" if not card.areas else "few" if card.are_few else "some"
    return text["finding"][which].format(many=len(card.areas), listed=card.source.listed)


def unit(row: NeighbourRow, snapshot: Snapshot, text: dict) -> str:
    """What a figure is of."""
    other = snapshot.known.measures[row.measure.rate].title.lower() if row.of == "measure" else ""
    return text["of"][row.of].format(other=other)


def _bar(row: NeighbourRow) -> dict[str, str]:
    """Where the range begins, how wide it is and where the area's own mark stands, in per cent of the scale."""
    places = {"left": row.low, "width": row.high - row.low, "mark": row.value}
    return {name: f"{100 * value / row.top:.1f}" for name, value in places.items()}


MAP_WIDTH, MAP_HEIGHT = 300, 340
"""The most that the map of an area's wards takes, in pixels."""


def ward(snapshot: Snapshot, card: WardCard, pen: Pen, routes: Routes) -> str:
    """The body of the page of one ward."""
    known, outlines = snapshot.known, snapshot.known.ward_outlines
    wards = known.wards_of(card.area.id)
    label = f"Map of the wards of {card.area.name}, {card.ward.name} marked"
    drawn = pen.small_map(outlines.only(ward.code for ward in wards), wards, card.ward, label) if outlines else NOTHING
    datasets = [dataset for dataset in known.datasets.values() if dataset.level == "ward"]
    residents = f"{card.ward.residents:,}" if card.ward.residents else "none"
    return templating.body(
        "ward.html", card=card, pen=pen, routes=routes, map=drawn, text=snapshot.wording.text["ward"], datasets=datasets,
        read=snapshot.wording.text["origins"], every_origin=ward_origins(snapshot, card),
        residents=residents, outlines=outlines, span=f"{periods.say(card.first)} to {periods.say(card.last)}",
        published=periods.say(card.published[:7]), areas_word=known.force.area_singular,
        questions=snapshot.wording.text["scorecard"]["questions"],
    )


def ward_section(snapshot: Snapshot, area: Place, pen: Pen, routes: Routes) -> Piece:
    """The wards of an area: a map to choose on and their names; nothing where none is known."""
    wards = [card.ward for card in ward_cards(snapshot, area).values()]
    if not wards:
        return NOTHING
    outlines = snapshot.known.ward_outlines
    to = {ward.code: routes.ward(ward) for ward in wards}
    label = f"Map of the {len(wards)} wards of {area.name}"
    shown = outlines.only(to) if outlines else None
    drawn = pen.picker_map(shown, wards, to.__getitem__, label, large=False) if shown else NOTHING
    wide = min(MAP_WIDTH, round(MAP_HEIGHT * shown.width / shown.height)) if shown else MAP_WIDTH
    listed = [(ward.name, to[ward.code]) for ward in wards]
    text = snapshot.wording.text["ward"]
    return Piece(templating.body("wards.html", area=area, wards=listed, map=drawn, wide=wide, text=text, post=routes.postcode()))
