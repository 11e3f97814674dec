"""Every file of the edition: those of each measure, then the pages that show many measures beside each other."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from metrics.domain.boundaries import Boundaries
from metrics.outputs.site import feeds, index_pages, machine_files, meeting_pages, note_pages, place_pages, postcode_pages
from metrics.outputs.site.fragments import Shown
from metrics.outputs.site.measure_files import Subject, subject
from metrics.outputs.site.page_frame import Site, site_of
from metrics.report.snapshot import Snapshot


def site(
    reading: Snapshot, *, address: str, contact: str, outlines: Boundaries | None = None
) -> Iterator[tuple[str, bytes]]:
    """
    Every file of the public edition of a reading.

    Parameters
    ----------
    address
        Where the edition will stand, `https://example.org`: for canonical links, feeds, citations and what others embed.
        Links between pages do not use it, so that an edition can also lie in a folder or on a memory stick.
    contact
        Whom a reader should ask or tell about a mistake.
    outlines
        Of the areas, for the map; without them it is made of tiles.

    Yields
    ------
    tuple
        A file's path from the root and its bytes. The same reading, address and contact give the same files in the same
        order; no clock is read.

    Raises
    ------
    Refused
        The address is none, or a sentence of `wording.yaml` cannot be filled in.
    """
    made = site_of(reading, address, contact, outlines)
    return assembled(made, (subject(made, name) for name in reading.known.measures))


def assembled(made: Site, subjects: Iterable[Subject]) -> Iterator[tuple[str, bytes]]:
    """The files of all subjects, whoever made them, and of all that is made of several."""
    shown: dict[str, Mapping[str, Shown]] = {}
    known = made.reading.known
    places = iter((known.places[known.force.total], *known.areas))
    for of_measure in subjects:
        yield from of_measure.files
        shown[of_measure.measure] = of_measure.shown
        # Wards need no measure's rows: they are made here while other processes are at the next measures.
        for place in islice(places, 1):
            yield from place_pages.ward_pages(made, place)
    for place in places:
        yield from place_pages.ward_pages(made, place)
    every = {
        place.id: {measure.id: shown[measure.id][place.id] for measure in made.reading.every_measure(place)}
        for place in (known.places[known.force.total], *known.areas)
    }
    for place in every:
        yield from place_pages.pages(made, known.places[place], every[place])
    yield from postcode_pages.pages(made)
    yield from index_pages.pages(made, every)
    yield from note_pages.pages(made)
    yield from meeting_pages.pages(made)
    yield from feeds.files(made, every)
    yield from machine_files.files(made)
