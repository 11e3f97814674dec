"""
What a name or a word was meant to be: places by whatever name a file or a person gives them, and words that are misspelt.

Official files write the same place in several ways; all of them come down to one key here. A place that another
force polices is refused by name, so that it is never taken for a spelling mistake.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from metrics.domain import Definitions, Place, Refused

NEAR = 0.65
TIE = 0.04
PARTLY = 0.95
LONGEST = 120
"""A longer word is no misspelling of anything, and comparing it would take long."""


def hint(word: str, choices: Iterable[str]) -> str:
    """
    The end of an error message: the nearest known words, or nothing where none is near.

    `choices`: what could have been written. A choice may be longer than the word: its beginning counts too.

    >>> hint("beter", ["unit", "better", "kind"])
    ': did you mean better?'
    >>> hint("Kingstn", ["Kingston upon Thames", "Kensington and Chelsea"])
    ': did you mean Kingston upon Thames?'
    >>> hint("zebra", ["unit", "better", "kind"])
    ''
    """
    if len(word) > LONGEST:
        return ""
    scores = {choice: _closeness(word.lower(), choice.lower()) for choice in choices}
    best = max(scores.values(), default=0)
    near = [choice for choice, score in scores.items() if score >= max(NEAR, best - TIE)]
    near.sort(key=lambda choice: -scores[choice])
    return f": did you mean {' or '.join(near[:3])}?" if near else ""


def _closeness(word: str, choice: str) -> float:
    whole = SequenceMatcher(None, word, choice).ratio()
    beginning = SequenceMatcher(None, word, choice[: len(word) + 1]).ratio()
    return max(whole, PARTLY * beginning)


ELSEWHERE = "elsewhere"
LONGEST_NAME = 100
SHOWN = ("area", "force")
"""The levels of the places that pages show."""


def place_named(places: dict[str, Place], text: str) -> Place:
    """
    The place that a name, an alias, a GSS code, a command unit's code or an id stands for.

    `text`: as a file or a person writes it: case, outer spaces, `&` for `and` and a last word that says what such a place is called make no
        difference.

    >>> kingston = Place("kingston-upon-thames", "Kingston upon Thames", "area", "E09000021")
    >>> known = {kingston.id: kingston}
    >>> place_named(known, "KINGSTON UPON THAMES ") is place_named(known, "E09000021 ") is kingston
    True
    >>> place_named(known, "Kingstn")
    Traceback (most recent call last):
    metrics.domain.Refused: no place called 'Kingstn': did you mean Kingston upon Thames?
    """
    if len(text) > LONGEST_NAME:
        raise Refused(f"no place has a name of {len(text):,} letters")
    key = key_of(text)
    place = places.get(key.replace(" ", "-")) or next((place for place in places.values() if key in _with_level(place)), None)
    if place is None:
        raise Refused(f"no place called {text!r}{hint(text, [place.name for place in places.values() if place.level != ELSEWHERE])}")
    if place.level == ELSEWHERE:
        raise Refused(f"{text.strip()!r}: {place.name} is policed by another force and has no figures here")
    return place


def place_shown(known: Definitions, text: str) -> Place:
    """
    The place that a name stands for, if pages show it: an area, or the whole force area.

    Raises Refused: no place has that name, or it is one that is only counted: a unit, or what a file gives beside the areas.
    """
    place = place_named(known.places, text)
    if place.level not in SHOWN:
        raise Refused(f"{place.name} has no page: figures are shown for {known.force.total_name} and for its {known.force.area_plural}")
    return place


def key_of(text: str) -> str:
    """
    A place's name reduced to what tells it from others.

    >>> key_of(" City of Westminster "), key_of("Hammersmith  & Fulham")
    ('city of westminster', 'hammersmith and fulham')
    """
    return " ".join(text.lower().replace("&", " and ").split())


@lru_cache(maxsize=256)
def keys_of(place: Place) -> frozenset[str]:
    """Every key that stands for a place: of its id, name, code and aliases."""
    return frozenset(key_of(name) for name in (place.id, place.name, place.code, *place.aliases) if name)


@lru_cache(maxsize=256)
def _with_level(place: Place) -> frozenset[str]:
    """The keys of a place, each also with what such a place is called behind it: `brent`, `brent area`."""
    keys = keys_of(place)
    return keys | {f"{key} {place.called}" for key in keys} if place.called else keys


def slug(words: str) -> str:
    """
    Words as they stand in an address or in the name of a file.

    >>> slug("Barking & Dagenham")
    'barking-dagenham'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
