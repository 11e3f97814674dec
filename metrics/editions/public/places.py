"""A borough, or London: what stands out, then every measure under its mission, and a feed of it."""

from collections.abc import Iterator, Mapping

from metrics.cards import LONDON
from metrics.editions.public import feeds, meetings, showing
from metrics.editions.public.frame import Site
from metrics.editions.public.showing import Shown
from metrics.model import Place


def pages(site: Site, place: Place, every: Mapping[str, Shown]) -> Iterator[tuple[str, bytes]]:
    """A place's own page and its feed; `every` is every measure there, by id."""
    said = showing.tally(site, every.values())
    yield site.page(
        f"{place.id}/", "place.html", title=f"{place.name}: what changed", description=f"{place.name}. {said[0]}", place=place, said=said,
        standing_out=[one for one in every.values() if one.stands_out], missions=showing.in_missions(site, every),
        to_come=meetings.to_come(site, place.id, place.name) if place.id != LONDON else "",
        meetings=[one for one in site.reading.known.meetings if one.borough == place.id][::-1],
    )
    yield feeds.of_place(site, place, every)
