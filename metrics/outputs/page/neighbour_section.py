"""Places like an area, as a section of its page: how many there are, and folded its figures beside their range; nobody is ranked."""

from metrics.domain import Place
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen
from metrics.outputs.page.routes import Routes
from metrics.outputs.page.templating import NOTHING, Piece
from metrics.report.neighbours import NeighbourCard, NeighbourRow, neighbour_card
from metrics.report.snapshot import Snapshot


def section(snapshot: Snapshot, place: Place, pen: Pen, routes: Routes) -> Piece:
    """The section of one area; nothing where the force has brought no list of neighbours."""
    card = neighbour_card(snapshot, place)
    if card is None:
        return NOTHING
    text = snapshot.wording.text["neighbours"]
    others = [(title, [area.name for area in areas]) for title, areas in list(card.models.items())[1:]]
    return Piece(templating.body(
        "neighbours.html", card=card, pen=pen, routes=routes, text=text, finding=finding(card, text), others=others,
        likeness=next(iter(card.models)), question=snapshot.wording.text["scorecard"]["questions"]["plan"],
        rows=[(row, _bar(row), unit(row, snapshot, text)) for row in card.rows],
        fold=text["fold" if card.rows else "fold_without"].format(place=place.name, many=len(card.areas)),
    ))


def finding(card: NeighbourCard, text: dict) -> str:
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
