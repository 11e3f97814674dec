"""A borough: what stands out, then every measure under its mission. And each of its measures on a page of its own."""

from collections.abc import Iterator

from metrics import periods
from metrics.cards import LONDON
from metrics.drawing.table import table
from metrics.editions.public import addresses, downloads, feeds, meetings, showing
from metrics.editions.public.frame import Site, titled
from metrics.editions.public.showing import Shown
from metrics.model import Place


def pages(site: Site, place: Place, every: dict[str, Shown]) -> Iterator[tuple[str, bytes]]:
    """A place's own page, its feed, and for each measure its figures, what others embed and, for a borough, a page."""
    yield _place(site, place, every)
    yield feeds.of_place(site, place, every)
    for one in every.values():
        yield from downloads.of_card(one)
        yield _embed(site, one)
        if place.id != LONDON:
            yield _measure(site, one)


def _place(site: Site, place: Place, every: dict[str, Shown]) -> tuple[str, bytes]:
    said = showing.tally(site, place, [one.card.measure for one in every.values()])
    return site.page(
        f"{place.id}/", "place.html", title=f"{place.name}: what changed", description=f"{place.name}. {said[0]}", place=place, said=said,
        standing_out=[one for one in every.values() if one.stands_out], missions=showing.in_missions(site, every),
        to_come=meetings.to_come(site, place.id, place.name) if place.id != LONDON else "",
        meetings=[one for one in site.reading.known.meetings if one.borough == place.id][::-1],
    )


def _measure(site: Site, one: Shown) -> tuple[str, bytes]:
    card = one.card
    return site.page(
        one.at, "measure.html", title=titled(card.measure.title, card.place.name), description=f"{card.place.name}. {card.sentences[0]}",
        one=one, **beside(site, one),
    )


def beside(site: Site, one: Shown) -> dict:
    """What a measure's own page says besides its card: earlier baselines, corrections, how to cite it, what belongs to it."""
    card, known = one.card, site.reading.known
    strip = showing.strip(site, one)
    agree = site.reading.wording.signs(site.reading.against(card.place.id)[card.measure.id]["change"]) if strip else ""
    return {
        "strip": table(strip, caption=f"{one.caption}, from every baseline") if strip else "",
        "agree": agree,
        "restated": showing.restated(site, card.measure, card.place.id) if card.chart else [],
        "citation": addresses.of_citation(card.measure.id, card.place.id, site.reading.as_at),
        "day": periods.say_day(site.reading.as_at),
        "embed": addresses.of_embed(card.measure.id, card.place.id),
        "related": [known.measures[name] for name in card.measure.related if card.place.level in known.measures[name].levels],
    }


def _embed(site: Site, one: Shown) -> tuple[str, bytes]:
    card = one.card
    at = addresses.of_embed(card.measure.id, card.place.id)
    title = titled(card.measure.title, card.place.name, " (chart)")
    return site.page(at, "embed.html", title=title, description=f"{card.place.name}. {card.sentences[0]}", one=one)
