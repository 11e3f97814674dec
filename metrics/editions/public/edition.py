"""Every file of the edition, one after the other."""

from collections.abc import Iterator

from metrics.cards import LONDON
from metrics.editions.public import citations, feeds, lists, machines, measures, meetings, notes, places, showing
from metrics.editions.public.frame import site_of
from metrics.reading import Reading


def site(reading: Reading, *, address: str, contact: str) -> Iterator[tuple[str, bytes]]:
    """
    Every file of the public edition of a reading.

    Parameters
    ----------
    address
        Where the edition will stand, `https://example.org`: for canonical links, feeds, citations and what others embed.
        Links between pages do not use it, so that an edition can also lie in a folder or on a memory stick.
    contact
        Whom a reader should ask or tell about a mistake.

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
    made = site_of(reading, address, contact)
    known = reading.known
    yield from machines.looks(made)
    london = showing.of_place(made, known.places[LONDON])
    yield from lists.pages(made, london)
    yield from notes.pages(made)
    yield from meetings.pages(made)
    yield from places.pages(made, known.places[LONDON], london)
    for borough in known.boroughs:
        yield from places.pages(made, borough, showing.of_place(made, borough))
    for measure in known.measures.values():
        yield from measures.pages(made, measure, london[measure.id])
    yield from citations.pages(made)
    yield from feeds.files(made)
    yield from machines.files(made)
