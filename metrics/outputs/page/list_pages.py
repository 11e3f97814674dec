"""Pages that lead to others, and the note on method: every measure with its picture, and what stands under About."""

from metrics.domain import periods
from metrics.narrative import Wording
from metrics.narrative.number_words import constants
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen, Routes, clock
from metrics.report.scorecard import Scorecard
from metrics.report.snapshot import Snapshot


def measures(snapshot: Snapshot, card: Scorecard, pen: Pen, routes: Routes) -> str:
    """Every measure of a place under its mission."""
    text = snapshot.wording.text["scorecard"]
    return templating.body(
        "measures.html", card=card, pen=pen, routes=routes, clock=clock(snapshot.known, snapshot.as_at, card.mark), text=text,
        title=text["every_measure"].format(place=card.place.name), since=periods.say_short(f"{card.mark:%Y-%m}"),
    )


def about(snapshot: Snapshot, ways: list[tuple[str, str, str]]) -> str:
    """Whose site this is not, and the ways from here: words, address, what is there."""
    whose = snapshot.wording.text["page"]["whose"]
    return templating.body("about.html", whose=whose, as_at=snapshot.as_at, ways=ways)


def method(wording: Wording) -> str:
    """How change is judged, and what is said of small counts."""
    named = constants()
    sections = [
        (section["title"], [text.format(**named) for text in section.get("text", ())], section.get("links", ()))
        for section in wording.text["method"]
    ]
    return templating.body("method.html", sections=sections, small_counts=wording.text["public"]["small_counts"])
