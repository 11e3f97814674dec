"""The page of a ward, and the wards of an area as a section of its page: a map and a list, from A to Z."""

from collections.abc import Mapping

from metrics.domain import periods
from metrics.outputs.page import maps, templating
from metrics.outputs.page.pen import Pen, Routes
from metrics.outputs.page.templating import NOTHING, Piece
from metrics.report import ward_origins
from metrics.report.snapshot import Snapshot
from metrics.report.wards import WardCard

MAP_WIDTH, MAP_HEIGHT = 300, 340
"""The most that the map of an area's wards takes, in pixels."""


def ward(snapshot: Snapshot, card: WardCard, pen: Pen, routes: Routes, *, image: bool = False) -> str:
    """The body of the page of one ward."""
    known, outlines = snapshot.known, snapshot.known.ward_outlines
    wards = known.wards_of(card.area.id)
    label = f"Map of the wards of {card.area.name}, {card.ward.name} marked"
    drawn = maps.small(outlines.only(ward.code for ward in wards), wards, card.ward, label, image=image) if outlines else NOTHING
    datasets = [dataset for dataset in known.datasets.values() if dataset.level == "ward"]
    residents = f"{card.ward.residents:,}" if card.ward.residents else "none"
    return templating.body(
        "ward.html", card=card, pen=pen, routes=routes, map=drawn, text=snapshot.wording.text["ward"], datasets=datasets,
        read=snapshot.wording.text["origins"], every_origin=ward_origins.origins(snapshot, card),
        residents=residents, outlines=outlines, span=f"{periods.say(card.first)} to {periods.say(card.last)}",
        published=periods.say(card.published[:7]), areas_word=known.force.area_singular,
        questions=snapshot.wording.text["scorecard"]["questions"],
    )


def section(snapshot: Snapshot, cards: Mapping[str, WardCard], routes: Routes, *, image: bool = False) -> Piece:
    """The wards of an area: a map to choose on and their names; nothing where none is known."""
    if not cards:
        return NOTHING
    outlines = snapshot.known.ward_outlines
    wards = [card.ward for card in cards.values()]
    area = next(iter(cards.values())).area
    to = {ward.code: routes.ward(ward) for ward in wards}
    label = f"Map of the {len(wards)} wards of {area.name}"
    shown = outlines.only(to) if outlines else None
    drawn = maps.picker(shown, wards, to.__getitem__, label, image=image) if shown else NOTHING
    wide = min(MAP_WIDTH, round(MAP_HEIGHT * shown.width / shown.height)) if shown else MAP_WIDTH
    listed = [(ward.name, to[ward.code]) for ward in wards]
    text = snapshot.wording.text["ward"]
    return Piece(templating.body("wards.html", area=area, wards=listed, map=drawn, wide=wide, text=text, post=routes.postcode()))

