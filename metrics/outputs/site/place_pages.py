"""A borough, or London: what stands out, then every measure under its mission, and a feed of it."""

from collections.abc import Iterator, Mapping

from metrics.domain import Place
from metrics.outputs.site import feeds, fragments, meeting_pages
from metrics.outputs.site.fragments import Shown
from metrics.outputs.site.page_frame import Site
from metrics.report.cards import LONDON


def pages(site: Site, place: Place, every: Mapping[str, Shown]) -> Iterator[tuple[str, bytes]]:
    """A place's own page and its feed; `every` is every measure there, by id."""
    said = fragments.tally(site, every.values())
    yield site.page(
        f"{place.id}/", "place.html", title=f"{place.name}: what changed", description=f"{place.name}. {said[0]}", place=place, said=said,
        standing_out=[one for one in every.values() if one.stands_out], missions=fragments.in_missions(site, every),
        to_come=meeting_pages.to_come(site, place.id, place.name) if place.id != LONDON else "",
        meetings=[one for one in site.reading.known.meetings if one.borough == place.id][::-1],
    )
    yield feeds.of_place(site, place, every)
