"""
Everything that is made of one measure, in London and in every borough: its pages, its figures, and what other pages show of it.

Made from a reading of that measure alone, so that it is the same for as long as that measure is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from metrics.charts.render.table import table
from metrics.domain import periods
from metrics.outputs.site import addresses, citations, downloads, fragments, measure_pages
from metrics.outputs.site.fragments import Shown
from metrics.outputs.site.page_frame import Site, titled
from metrics.report.cards import LONDON, Card
from metrics.report.measure_snapshot import Across


@dataclass(frozen=True)
class Subject:
    """One measure's files, each a path and its bytes, and what is shown of it in each place, by the place's id."""

    measure: str
    files: tuple[tuple[str, bytes], ...]
    shown: dict[str, Shown]


def subject(site: Site, measure: str) -> Subject:
    """Make all of one measure."""
    narrow = replace(site, reading=Across(site.reading, measure))
    cards = {place.id: narrow.reading.card(measure, place.id) for place in narrow.reading.places()}
    shown = {place: fragments.shown(narrow, card) for place, card in cards.items()}
    made = (one for place, card in cards.items() for one in _in_place(narrow, card, shown[place]))
    return Subject(measure, tuple(made), shown)


def _in_place(site: Site, card: Card, one: Shown) -> Iterator[tuple[str, bytes]]:
    """A measure in one place: its page, its figures, what others embed, and what citations of it lead to."""
    beside = _beside(site, card, one)
    if card.place.id == LONDON:
        yield from measure_pages.pages(site, card, one, beside)
    else:
        yield _page(site, card, one, beside)
    yield from downloads.of_card(card, one.at)
    yield _embed(site, card, one)
    yield from citations.pages(site, card.measure, card.place)


def _page(site: Site, card: Card, one: Shown, beside: dict) -> tuple[str, bytes]:
    return site.page(
        one.at, "measure.html", title=titled(one.title, card.place.name), description=f"{card.place.name}. {one.sentences[0]}",
        one=one, **beside,
    )


def _beside(site: Site, card: Card, one: Shown) -> dict:
    """What a measure's own page says besides its card: earlier baselines, corrections, how to cite it, what belongs to it."""
    measure, place, strip = card.measure, card.place, site.reading.strip_of(card)
    return {
        "place": place,
        "about": card.about,
        "strip": table(strip, caption=f"{one.caption}, from every baseline") if strip else "",
        "agree": site.reading.wording.signs(site.reading.against(place.id)[measure.id]["change"]) if strip else "",
        "restated": fragments.restated(site, measure, place.id) if card.chart else [],
        "citation": addresses.of_citation(measure.id, place.id, site.reading.as_at),
        "day": periods.say_day(site.reading.as_at),
        "embed": addresses.of_embed(measure.id, place.id),
        "related": [other for other in map(site.reading.known.measures.get, measure.related) if place.level in other.levels],
    }


def _embed(site: Site, card: Card, one: Shown) -> tuple[str, bytes]:
    title = titled(one.title, card.place.name, " (chart)")
    at = addresses.of_embed(one.measure, card.place.id)
    return site.page(at, "embed.html", title=title, description=f"{card.place.name}. {one.sentences[0]}", one=one)
