"""
The words in which people claim things, read from `data/claims.yaml` and checked against what is known; and a text as such words.

Every phrase has one meaning. Titles and ids of measures and the names of places are words too, unless the file gives the
same phrase a meaning of its own.

A text becomes words with their place in it, so that no name is ever seen inside another word. Case, accents' spelling, hyphens between
letters, `&` and a final `'s` make no difference; numbers keep their digits. A misspelt word is read as the one it is near, where it begins
alike and differs by one slip of the pen, by two where it is long.
"""

import re
import unicodedata
from dataclasses import dataclass, make_dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_file import load
from metrics.domain import Definitions, Place
from metrics.domain.names import hint, keys_of

TOKEN = re.compile(
    r"(?P<number>(?<![\w.,])[+\-−–]?\d+(?:,\d{3})*(?:\.\d+)?(?![\d,]*\d))"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d.,]*[^\W_]*|[^\W_]+)"
    r"|(?P<sign>[%&/+\-−–])"
    r"|(?P<stop>[.;!?\n\r]+)"
    r"|(?P<pause>,)"
)
STOP, PAUSE = "stop", "pause"
MINUS = ("-", "−", "–")

@dataclass(frozen=True)
class Token:
    """One word, number, sign or stop: how it reads and is written, of which kind, and from where to where it stands."""

    text: str
    written: str
    kind: str
    start: int
    end: int


def plain_text(text: str) -> str:
    """
    A text in one way of writing letters, spaces and apostrophes.

    >>> plain_text("Bromley’s\\u00a0up\\t6\\uff05")
    "Bromley's up 6%"
    """
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in plain).strip()


@lru_cache(maxsize=256)
def tokens_of(text: str) -> tuple[Token, ...]:
    """
    The tokens of a plain text, in order; hyphens between letters and all other marks are left out.

    >>> [token.text for token in tokens_of("Burglary's down 1,200 (-6.5%) in Hammersmith & Fulham.")]
    ['burglary', 'down', '1200', '-6.5', '%', 'in', 'hammersmith', 'and', 'fulham', '.']
    """
    tokens = [_token(match) for match in TOKEN.finditer(text)]
    return tuple(token for token in tokens if token is not None)


@lru_cache(maxsize=8192)
def words_of(phrase: str) -> tuple[str, ...]:
    """
    A phrase as the words by which it is known in a text.

    >>> words_of("Anti-social behaviour"), words_of("per 1,000"), words_of("999 calls: answered")
    (('anti', 'social', 'behaviour'), ('per', '1000'), ('999', 'calls', 'answered'))
    """
    return tuple(token.text for token in tokens_of(plain_text(phrase)) if token.kind not in (STOP, PAUSE) and token.text not in MINUS)


def _token(match: re.Match) -> Token | None:
    kind, text = match.lastgroup, match.group().lower()
    if kind == "word":
        text = text.removesuffix("'s")
    if kind == "number":
        text = text.replace(",", "").replace("−", "-").replace("–", "-")
    if text == "&":
        kind, text = "word", "and"
    if kind == "sign" and text in ("+", *MINUS):
        return None
    return Token(text, match.group(), kind, match.start(), match.end())


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
FACTORS = {"factors_up": "up", "factors_down": "down"}
NAMES, GUESSED = ("measure", "ambiguous", "likely", "place"), ("way", "factor", "record", "superlative")
ELSEWHERE = "elsewhere"
Words = tuple[str, ...]
SHORT, SHORTEST, LONG, LONGEST_GUESSED = 4, 5, 8, 16
"""Letters of a word that is guessed only beside its neighbour, of one guessed with one slip, of one with two, and the most."""
Written = make_dataclass("Written", (
    dict.fromkeys((*LISTED, "ambiguous", "mistaken"), dict[str, Words]) | {"likely": dict[str, str]}
    | dict.fromkeys((*SINGLE, "doers", "deeds"), Words) | dict.fromkeys((*NUMBERED, *FACTORS), dict[str, float])
).items(), frozen=True)
"""The file, field by field."""


@dataclass(frozen=True)
class Vocabulary:
    """
    Phrases and what they mean.

    `phrases` maps the words of a phrase to its kind and meaning; `doers` and `deeds` together claim a cause; `mistaken` names
    the measures that one is taken for; `events` the first month of what happened; `longest` is the number of words of the longest
    phrase; `words` are all that are understood, and `guessable` those that a misspelt one can be, `pairs` the words that stand beside
    one another in a name.
    """

    phrases: dict[Words, tuple[str, object]]
    doers: frozenset[Words]
    deeds: frozenset[Words]
    mistaken: dict[str, tuple[str, ...]]
    events: dict[str, str]
    longest: int
    words: frozenset[str]
    guessable: frozenset[str]
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
    names = [phrase for phrase, (kind, _) in phrases.items() if kind in NAMES or (kind in GUESSED and len(phrase) == 1)]
    guessable = frozenset(word for phrase in names for word in phrase if SHORT <= len(word) <= LONGEST_GUESSED)
    pairs = frozenset(pair for phrase in names for pair in pairwise(phrase))
    events = {broken.id: broken.period for broken in known.breaks if broken.id in written.events}
    return Vocabulary(phrases, doers, deeds, written.mistaken, events, max(map(len, phrases)), words, guessable, pairs)


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
    for name, way in FACTORS.items():
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


def guessed(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens, each misspelt one read as the one word that it is nearest to; a short one only where its neighbour goes with that."""
    read = []
    for at, token in enumerate(tokens):
        strange = token.kind == "word" and token.text not in vocabulary.words and SHORT <= len(token.text) <= LONGEST_GUESSED
        guess = _guess(token.text, vocabulary.guessable) if strange else token.text
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        read.append(replace(token, text=guess) if len(token.text) >= SHORTEST or (guess, after) in vocabulary.pairs else token)
    return tuple(read)


def _guess(word: str, guessable: frozenset[str]) -> str:
    allowed = 2 if len(word) >= LONG else 1
    alike = [other for other in guessable if other[0] == word[0] and abs(len(other) - len(word)) <= allowed]
    slips = {other: _slips(word, other) for other in alike}
    fewest = min(slips.values(), default=allowed + 1)
    nearest = [other for other, many in slips.items() if many == fewest <= allowed]
    return nearest[0] if len(nearest) == 1 else word


def _slips(word: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or changed places with their neighbour (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for at, letter in enumerate(word, 1):
        row = [at]
        for there, wanted in enumerate(other, 1):
            cost = min(row[-1] + 1, rows[-1][there] + 1, rows[-1][there - 1] + (letter != wanted))
            if at > 1 and there > 1 and letter == other[there - 2] and word[at - 2] == wanted:
                cost = min(cost, rows[-2][there - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
