"""
The words in which people claim things, read from `data/claims.yaml` and checked against what is known.

Every phrase has one meaning. Titles and ids of measures and the names of places are words too, unless the file gives the
same phrase a meaning of its own.
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from metrics.claims.words import near_words, words_of
from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_file import load
from metrics.domain import Definitions, Place
from metrics.domain.names import hint, keys_of

HEADINGS = {
    "ways": ("up", "down", "none", "better", "worse"), "records": ("up", "down", "either"), "superlatives": ("up", "down"),
    "areas": ("every", "all but one", "most", "none", "areas"), "bounds": ("at least", "at most", "about"),
    "units": ("percent", "points", "per_1000", "each"), "beyond": ("rank", "future", "elsewhere", "aspect", "run"),
    "periods": ("year ago", "newest year", "newest quarter", "this year", "last year", "this month", "last month", "plan", "meeting",
                "not held"),
}
LISTED = {"measures": "measure", "places": "place", "ways": "way", "records": "record", "superlatives": "superlative", "areas": "areas",
          "bounds": "bound", "units": "unit", "periods": "period", "beyond": "beyond", "events": "event"}
SINGLE = {"causes": "cause", "denials": "denial", "doubts": "doubt", "majorities": "majority", "harmless": "harmless"}
NUMBERED = {"fractions": "fraction", "numbers": "numeral", "shares": "share"}
NAMES, GUESSED = ("measure", "ambiguous", "likely", "place"), ("way", "factor", "record", "superlative")
ELSEWHERE = "elsewhere"
Words = tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """The file, field by field."""

    measures: dict[str, tuple[str, ...]]
    ambiguous: dict[str, tuple[str, ...]]
    likely: dict[str, str]
    places: dict[str, tuple[str, ...]]
    areas: dict[str, tuple[str, ...]]
    ways: dict[str, tuple[str, ...]]
    records: dict[str, tuple[str, ...]]
    superlatives: dict[str, tuple[str, ...]]
    factors_up: dict[str, float]
    factors_down: dict[str, float]
    fractions: dict[str, float]
    numbers: dict[str, float]
    shares: dict[str, float]
    majorities: tuple[str, ...]
    bounds: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    periods: dict[str, tuple[str, ...]]
    events: dict[str, tuple[str, ...]]
    beyond: dict[str, tuple[str, ...]]
    causes: tuple[str, ...]
    doers: tuple[str, ...]
    deeds: tuple[str, ...]
    denials: tuple[str, ...]
    doubts: tuple[str, ...]
    harmless: tuple[str, ...]
    mistaken: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """
    Phrases and what they mean.

    `phrases` maps the words of a phrase to its kind and meaning; `doers` and `deeds` together claim a cause; `mistaken` names
    the measures that one is taken for; `events` the first month of what happened; `longest` is the number of words of the longest
    phrase; `words` are all that are understood, and `near` those that a misspelt one can be, `pairs` the words that stand beside one
    another in a name.
    """

    phrases: dict[Words, tuple[str, object]]
    doers: frozenset[Words]
    deeds: frozenset[Words]
    mistaken: dict[str, tuple[str, ...]]
    events: dict[str, str]
    longest: int
    words: frozenset[str]
    near: dict[str, frozenset[str]]
    pairs: frozenset[tuple[str, str]]


def read(path: Path, known: Definitions) -> Vocabulary:
    """
    Read the words of claims.

    Raises Refused: a field, measure, place or break that is not known, or a phrase with two meanings; with file and line.
    """
    value = load(path)
    whole = Spot(value, path, value.line)
    written = noun(Written, whole)
    _check_names(whole, known)
    phrases = _meanings(whole, written, known)
    doers, deeds = (frozenset(map(words_of, names)) for names in (written.doers, written.deeds))
    words = frozenset(word for phrase in (*phrases, *doers, *deeds) for word in phrase)
    guessable = [phrase for phrase, (kind, _) in phrases.items() if kind in NAMES or (kind in GUESSED and len(phrase) == 1)]
    near = near_words({word for phrase in guessable for word in phrase})
    pairs = frozenset(pair for phrase in guessable for pair in pairwise(phrase))
    events = {broken.id: broken.period for broken in known.breaks if broken.id in written.events}
    return Vocabulary(phrases, doers, deeds, written.mistaken, events, max(map(len, phrases)), words, near, pairs)


def _meanings(whole: Spot, written: Written, known: Definitions) -> dict[Words, tuple[str, object]]:
    phrases: dict[Words, tuple[str, object]] = {}
    for spot, phrase, meaning in _phrases(whole, written):
        words = words_of(_with_area_words(phrase, known))
        if not words:
            spot.refuse(f"{phrase!r} holds no word")
        if phrases.setdefault(words, meaning) != meaning:
            spot.refuse(f"{phrase!r} already means {phrases[words][0]}")
    for words, meaning in _known_names(known):
        phrases.setdefault(words, meaning)
    return phrases


def _with_area_words(phrase: str, known: Definitions) -> str:
    """`Every [area]`, as the areas are called here."""
    for name, word in known.force.words(len(known.areas)).items():
        phrase = phrase.replace(f"[{name}]", word)
    return phrase


def _check_names(whole: Spot, known: Definitions) -> None:
    """Every measure, place and break that the file names is one, and every heading is understood."""
    places = [place.id for place in (known.total, *known.areas)]
    allowed = {"measures": known.measures, "mistaken": known.measures, "places": places, "events": [broken.id for broken in known.breaks]}
    for name, choices in (allowed | HEADINGS).items():
        for key in whole.value[name]:
            if key not in choices:
                whole.at(name).at(key).refuse(f"no such name{hint(key, list(choices))}")
    for name in ("ambiguous", "mistaken", "likely"):
        for key, listed in whole.value[name].items():
            spot = whole.at(name).at(key)
            for index, measure in enumerate([listed] if isinstance(listed, str) else listed):
                if measure not in known.measures:
                    (spot if isinstance(listed, str) else spot.at(index)).refuse(
                        f"no measure called {measure!r}{hint(measure, list(known.measures))}")


def _phrases(whole: Spot, written: Written):
    """Every phrase of the file with its spot and its meaning."""
    for name, kind in LISTED.items():
        for key, phrases in getattr(written, name).items():
            yield from ((whole.at(name).at(key), phrase, (kind, key)) for phrase in phrases)
    for name, kind in SINGLE.items():
        yield from ((whole.at(name), phrase, (kind, "")) for phrase in getattr(written, name))
    for name in ("ambiguous", "likely"):
        yield from ((whole.at(name).at(phrase), phrase, (name, meant)) for phrase, meant in getattr(written, name).items())
    for name, way in (("factors_up", "up"), ("factors_down", "down")):
        yield from ((whole.at(name).at(phrase), phrase, ("factor", (way, number))) for phrase, number in getattr(written, name).items())
    for name, kind in NUMBERED.items():
        yield from ((whole.at(name).at(phrase), phrase, (kind, number)) for phrase, number in getattr(written, name).items())


def _known_names(known: Definitions):
    """Titles and ids of measures, and every name of a place that has figures, but not its code."""
    for measure in known.measures.values():
        yield words_of(measure.title), ("measure", measure.id)
        yield words_of(measure.id), ("measure", measure.id)
    for place in (known.total, *known.areas):
        yield from ((words_of(name), ("place", place.id)) for name in _names(place))
    for place in known.places.values():
        if place.level == ELSEWHERE:
            yield from ((words_of(name), ("beyond", "elsewhere")) for name in _names(place))


def _names(place: Place) -> list[str]:
    return [name for name in keys_of(place) if name != place.code.lower()]
