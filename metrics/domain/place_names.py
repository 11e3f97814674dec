"""
The places that figures are about, by whatever name a file or a person gives them.

Official files write the same borough in several ways; all of them come down to one key here. The City
of London has its own police force and is refused by name, so that it is never taken for a spelling mistake.
"""

import re
from functools import lru_cache

from metrics.domain import Place, Refused
from metrics.domain.spelling import hint

CITY = ("city of london", "e09000001")


def place_named(places: dict[str, Place], text: str) -> Place:
    """
    The place that a name, an alias, a GSS code, a command unit's code or an id stands for.

    Parameters
    ----------
    places
        Every known place by id.
    text
        As a file or a person writes it: case, outer spaces, `&` for `and`, a last word `Borough`
        and `City of` before Westminster make no difference.

    Raises
    ------
    Refused
        No place has that name; the message says which is meant, if any is near.

    Examples
    --------
    >>> kingston = Place("kingston-upon-thames", "Kingston upon Thames", "borough", "E09000021")
    >>> known = {kingston.id: kingston}
    >>> place_named(known, "KINGSTON UPON THAMES ") is place_named(known, "E09000021 ") is kingston
    True
    >>> place_named(known, "Kingstn")
    Traceback (most recent call last):
    metrics.domain.Refused: no place called 'Kingstn': did you mean Kingston upon Thames?
    """
    key = key_of(text)
    direct = places.get(key.replace(" ", "-"))
    if direct is not None:
        return direct
    if key.replace("-", " ") in CITY:
        raise Refused(f"{text.strip()!r}: the City of London is policed by its own force and has no figures here")
    for place in places.values():
        if key in keys_of(place):
            return place
    raise Refused(f"no place called {text!r}{hint(text, [place.name for place in places.values()])}")


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """
    A place's name reduced to what tells it from others.

    Examples
    --------
    >>> key_of(" City of Westminster "), key_of("Hammersmith  & Fulham Borough"), key_of("City of London")
    ('westminster', 'hammersmith and fulham', 'city of london')
    """
    key = " ".join(text.lower().replace("&", " and ").split())
    return re.sub(r"^city of (?=westminster$)", "", key.removesuffix(" borough"))


@lru_cache(maxsize=256)
def keys_of(place: Place) -> frozenset[str]:
    """Every key that stands for a place: of its id, name, code and aliases."""
    return frozenset(key_of(name) for name in (place.id, place.name, place.code, *place.aliases) if name)
