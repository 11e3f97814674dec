"""Every file of the edition: those of each measure, then the pages that show many measures beside each other."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from metrics.outputs.site import feeds, index_pages, machine_files, meeting_pages, note_pages, place_pages, postcode_pages
from metrics.outputs.site.fragments import Shown
from metrics.outputs.site.measure_files import Subject
from metrics.outputs.site.page_frame import Site


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
