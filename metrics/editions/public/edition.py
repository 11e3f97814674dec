"""
Every file of the edition, one after the other, in parts that can be made apart from each other.

A part is all that belongs to one place, to one measure, or to none of them; whoever makes it, its files are the same.
"""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from metrics.cards import LONDON
from metrics.editions.public import citations, feeds, lists, machines, measures, meetings, notes, places, showing
from metrics.editions.public.frame import Site, site_of
from metrics.model import Definitions
from metrics.reading import Reading

LOOKS, LISTS, PLACE, MEASURE, REST = "looks", "lists", "place", "measure", "rest"


class Part(NamedTuple):
    """What is made at one go: its kind, and the id of its place or measure."""

    kind: str
    of: str = ""


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
    for part in parts(reading.known):
        yield from files_of(made, part)


def parts(known: Definitions) -> list[Part]:
    """Every part of the edition, in the order of its files."""
    of_places = [Part(PLACE, one.id) for one in (known.places[LONDON], *known.boroughs)]
    return [Part(LOOKS), Part(LISTS), *of_places, *(Part(MEASURE, name) for name in known.measures), Part(REST)]


def files_of(made: Site, part: Part) -> Iterator[tuple[str, bytes]]:
    """The files of one part."""
    known = made.reading.known
    if part.kind == LOOKS:
        return machines.looks(made)
    if part.kind == LISTS:
        return chain(lists.pages(made, showing.of_place(made, known.places[LONDON])), notes.pages(made), meetings.pages(made))
    if part.kind == PLACE:
        place = known.places[part.of]
        return chain(places.pages(made, place, showing.of_place(made, place)), citations.pages(made, place))
    if part.kind == MEASURE:
        measure = known.measures[part.of]
        return measures.pages(made, measure, showing.shown(made, measure, known.places[LONDON]))
    return chain(feeds.files(made), machines.files(made))
