"""
The words in which people claim things, read from `data/claims.yaml` and checked against what is known.

Every phrase has one meaning. Titles and ids of measures and the names in `places.csv` are words too, unless the file
gives the same phrase a meaning of its own.
"""

from dataclasses import dataclass
from pathlib import Path

from metrics.claims.tokens import words_of
from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_reader import load
from metrics.domain import Definitions
from metrics.domain.place_names import keys_of
from metrics.domain.spelling import hint

LEVELS = ("force", "area")
BOUNDS = ("at least", "at most", "about")
UNITS = ("percent", "points", "per_1000")
PERIODS = ("year ago", "newest year", "newest quarter", "this year", "last year", "this month", "last month", "plan", "meeting", "not held")
BEYOND = ("rank", "future", "elsewhere", "aspect")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """The file, field by field."""

    measures: dict[str, tuple[str, ...]]
    ambiguous: dict[str, tuple[str, ...]]
    places: dict[str, tuple[str, ...]]
    ways: dict[str, tuple[str, ...]]
    factors_up: dict[str, float]
    factors_down: dict[str, float]
    fractions: dict[str, float]
    numbers: dict[str, float]
    bounds: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    periods: dict[str, tuple[str, ...]]
    beyond: dict[str, tuple[str, ...]]
    causes: tuple[str, ...]
    doers: tuple[str, ...]
    deeds: tuple[str, ...]
    negations: tuple[str, ...]
    harmless: tuple[str, ...]
    mistaken: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """
    Phrases and what they mean.

    `phrases` maps the words of a phrase to its kind and meaning; `doers` and `deeds` together claim a cause; `mistaken` names
    the measures that one is taken for; `longest` is the number of words of the longest phrase.
    """

    phrases: dict[Words, tuple[str, object]]
    doers: frozenset[Words]
    deeds: frozenset[Words]
    mistaken: dict[str, tuple[str, ...]]
    longest: int


def read(path: Path, known: Definitions) -> Vocabulary:
    """
    Read the words of claims.

    Raises
    ------
    Refused
        A field, measure or place that is not known, or a phrase with two meanings; with file and line.
    """
    value = load(path)
    whole = Spot(value, path, value.line)
    written = noun(Written, whole)
    _check_names(whole, known)
    phrases: dict[Words, tuple[str, object]] = {}
    for spot, phrase, meaning in _phrases(whole, written):
        words = words_of(phrase)
        if not words:
            spot.refuse(f"{phrase!r} holds no word")
        if phrases.setdefault(words, meaning) != meaning:
            spot.refuse(f"{phrase!r} already means {phrases[words][0]}")
    for words, meaning in _known_names(known):
        phrases.setdefault(words, meaning)
    doers, deeds = (frozenset(map(words_of, names)) for names in (written.doers, written.deeds))
    return Vocabulary(phrases, doers, deeds, written.mistaken, max(map(len, phrases)))


def _check_names(whole: Spot, known: Definitions) -> None:
    """Every measure and place that the file names is one, and every heading is understood."""
    places = [one.id for one in known.places.values() if one.level in LEVELS]
    allowed = {"measures": known.measures, "mistaken": known.measures, "places": places}
    allowed |= {"ways": ("up", "down", "none", "better", "worse"), "bounds": BOUNDS, "units": UNITS, "periods": PERIODS, "beyond": BEYOND}
    for name, choices in allowed.items():
        for key in whole.value[name]:
            if key not in choices:
                whole.at(name).at(key).refuse(f"no such name{hint(key, list(choices))}")
    for name in ("ambiguous", "mistaken"):
        for key, listed in whole.value[name].items():
            for index, one in enumerate(listed):
                if one not in known.measures:
                    whole.at(name).at(key).at(index).refuse(f"no measure called {one!r}{hint(one, list(known.measures))}")


def _phrases(whole: Spot, written: Written):
    """Every phrase of the file with its spot and its meaning."""
    listed = {"measures": "measure", "places": "place", "ways": "way", "bounds": "bound", "units": "unit", "periods": "period"}
    for name, kind in {**listed, "beyond": "beyond"}.items():
        spot = whole.at(name)
        for key, phrases in getattr(written, name).items():
            yield from ((spot.at(key), phrase, (kind, key)) for phrase in phrases)
    for name, kind in (("causes", "cause"), ("negations", "negation"), ("harmless", "harmless")):
        yield from ((whole.at(name), phrase, (kind, "")) for phrase in getattr(written, name))
    for phrase, measures in written.ambiguous.items():
        yield whole.at("ambiguous").at(phrase), phrase, ("ambiguous", measures)
    yield from _numbers(whole, written)


def _numbers(whole: Spot, written: Written):
    for name, way in (("factors_up", "up"), ("factors_down", "down")):
        for phrase, percent in getattr(written, name).items():
            yield whole.at(name).at(phrase), phrase, ("factor", (way, percent))
    for name, kind in (("fractions", "fraction"), ("numbers", "numeral")):
        for phrase, number in getattr(written, name).items():
            yield whole.at(name).at(phrase), phrase, (kind, number)


def _known_names(known: Definitions):
    """Titles and ids of measures, and every name of London and the boroughs but their codes."""
    for measure in known.measures.values():
        yield words_of(measure.title), ("measure", measure.id)
        yield words_of(measure.id), ("measure", measure.id)
    for place in known.places.values():
        if place.level in LEVELS:
            names = {key for key in keys_of(place) if key != "mps"}
            yield from ((words_of(name), ("place", place.id)) for name in names)


