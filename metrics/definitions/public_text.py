"""
Texts that residents will read: short, few, and naming nobody but the office-holders who spoke in public.

A concern belongs to everyone who shares it, so it carries no name at all; the owner of a commitment is a role, which
stays when its holder moves on.

Personal names are noticed where they can be, so that a resident is not named by mistake. Refused are a title or rank before a capitalised
word, a common given name before a capitalised word, a family name beside a given name, an initial before a surname, an e-mail address or
account, and a telephone number. Where it is only a guess, because the word is also a flower, a street or a short word, it is a warning. A
name of another form is not noticed: this is a net, and people are still asked to write none. The lists of names stand beside this module,
open to correction.
"""

import logging
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from metrics.definitions.schema import Spot
from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import Place

LONGEST = 400
MOST = 100
NOBODY = ("concerns.", "speakers.role", "commitments.owner")
NO_WORDS = ("id", "area", "status", "url", "by", "due", "reform", "concern", "measure", "measures", "name")


def check_size(spot: Spot) -> None:
    """Refuse a list of more than 100 entries, or a text of more than 400 characters, anywhere below a spot."""
    for each in _below(spot):
        what = each.name.split(".")[-1]
        if isinstance(each.value, Items) and len(each.value) > MOST:
            each.refuse(f"{len(each.value):,} {what}: at most {MOST} are taken; keep what was agreed on, and the rest in the minutes")
        if isinstance(each.value, str) and len(each.value) > LONGEST:
            each.refuse(f"{len(each.value):,} characters: at most {LONGEST}; keep the point, and link the rest as a source")


def check_names(spot: Spot, speakers: Collection[str], ordinary: Collection[str]) -> None:
    """
    Refuse a text below a spot that names or reaches a person.

    `speakers`: full names of the office-holders who may be named, though not in a concern and not as an owner.
    `ordinary`: words in small letters that are no given names here; see `place_words`.
    """
    for each in _below(spot):
        if isinstance(each.value, str) and each.name.split(".")[-1] not in NO_WORDS:
            _check_text(each, speakers, ordinary)


def place_words(places: Iterable[Place]) -> frozenset[str]:
    """
    The words of places' names, which are no given names.

    >>> sorted(place_words([Place("kensington-and-chelsea", "Kensington and Chelsea", "area")]))
    ['and', 'chelsea', 'kensington']
    """
    return frozenset(word.casefold() for place in places for name in (place.name, *place.aliases) for word in name.split())


def _check_text(spot: Spot, speakers: Collection[str], ordinary: Collection[str]) -> None:
    text, nobody = str(spot.value), spot.name.startswith(NOBODY)
    if spot.name.endswith(".ward"):  # wards are called after people: Lee Green, Dorothy
        ordinary = {*ordinary, *text.casefold().split()}
    name = named(text, allowed=() if nobody else speakers, ordinary=ordinary)
    if nobody and not name:
        surnames = {surname_of(name) for name in speakers}
        name = next((word for word in text.replace(",", " ").split() if word in surnames), "")
    if spot.name == "commitments.owner" and not name:
        name = names_given(text, ordinary)
    if name:
        instead = "write the role, such as a resident or the ward sergeant"
        more = "" if nobody else ", or list an office-holder who spoke in public under speakers"
        spot.refuse(f"{name!r} looks like a person's name or address: {instead}{more}")
    guess = guessed_name(text, allowed=speakers, ordinary=ordinary)
    if guess:
        _warn(f"{spot.file.name}, line {spot.line}: {spot.name}: is {guess!r} a person's name? No resident may be named")


@lru_cache(maxsize=256)
def _warn(text: str) -> None:
    """Say something once, however often a file is read."""
    logging.getLogger(__name__).warning(text)


def _below(spot: Spot) -> Iterator[Spot]:
    """A spot and every spot below it, as they stand in the file."""
    yield spot
    keys = spot.value if isinstance(spot.value, Fields) else range(len(spot.value)) if isinstance(spot.value, Items) else ()
    for key in keys:
        yield from _below(spot.at(key))


MR = {"mr", "mrs", "ms", "miss", "mx", "cllr", "councillor", "prof", "professor", "rev", "revd", "reverend", "rabbi", "imam"}
RANKS = {
    *("pc", "wpc", "pcso", "dc", "ps", "ds", "di", "dci", "dcs", "sgt", "sergeant", "insp", "inspector", "supt", "superintendent"),
    *("constable", "detective", "chief", "ch", "cmdr", "commander", "commissioner"),
}
PEERS = {"sir", "dame", "lord", "lady", "baroness", "baron", "dr", "doctor"}  # places are called after these
TITLES = MR | RANKS | PEERS
STREETS = {
    *("academy", "avenue", "centre", "close", "college", "court", "crescent", "drive", "estate", "gardens", "hospital", "house", "lane"),
    *("library", "mews", "park", "place", "road", "roundabout", "school", "square", "station", "street", "terrace", "way", "wharf"),
}
PLACES = STREETS | {
    *("arena", "bridge", "common", "cemetery", "council", "dock", "docks", "grove", "harbour", "line", "market", "neighbourhood"),
    *("police", "theatre", "tower", "town", "village", "valley", "ward"),
    *("arms", "arch", "broadway", "church", "chapel", "circus", "club", "corner", "cross", "embankment", "farm", "field", "fields"),
    *("friars", "gate", "green", "hall", "heath", "hill", "hotel", "inn", "island", "junction", "lodge", "mosque", "mount", "palace"),
    *("parade", "rise", "row", "temple", "trust", "vale", "villas", "walk", "wood", "woods", "yard"),
}
NAMES = Path(__file__).parent / "names"
FEWEST_LETTERS = 4
"""A shorter given name is as often a word."""
EITHER = {
    *("angel", "ashley", "austin", "autumn", "chase", "chelsea", "china", "daisy", "dale", "desta", "drew", "glen"),
    *("grace", "grant", "hazel", "heather", "holly", "india", "iris", "jasmine", "lavender", "lily", "long", "olive"),
    *("paris", "poppy", "robin", "rose", "rowan", "ruby", "shirley", "stanley", "sydney", "violet", "wing"),
    *("albert", "alexandra", "charlotte", "victoria"),
}
"""Given names that are as often a flower, a word or the name of a place: with a family name alone they are a person's."""
# Words that are a given name somewhere, and far more often a word.
WORDS = {
    *("april", "may", "june", "july", "august", "autumn", "summer", "christian", "faith", "hope", "job", "man", "max", "said"),
    *("server", "sol", "sole", "sunday", "toy", "us", "dev", "eta", "fancy"),
    # Words that begin many names of halls and reports: with them the lists are seldom asked.
    *("memorial", "new", "public", "safer", "the", "town"),
}
ADDRESS = re.compile(r"\S+@\S+|(?<!\w)@\w+")
TELEPHONE = re.compile(r"(?<![\w-])(?:\+\d|0)(?:[\s().-]{0,2}\d){9,13}(?![\w-])")
INITIAL = re.compile(r"(?!^[QA]\.)(?<![\w.])(?:[A-Z]\.\s?)+[A-Z][\w'’-]+")
DOT = re.compile(rf"\b({'|'.join(sorted(TITLES, key=len, reverse=True))})\.(?=\s)", re.IGNORECASE)
RUN = re.compile(r"[^\W_][\w'’-]*(?:[^\S\n]+[^\W_][\w'’-]*)*")


def named(text: str, *, allowed: Iterable[str] = (), ordinary: Collection[str] = ()) -> str:
    """
    The first words of a text that name or reach a person, or nothing.

    `text`: one line of plain text.
    `allowed`: full names of people who may be named; their title or rank may stand before their surname too.
    `ordinary`: words in small letters that are no given names here, such as the words of areas' names.

    >>> named("Mrs Jones of Victoria Road asks for more patrols"), named("Louder music on Charlotte Street, near St Helier")
    ('Mrs Jones', '')
    >>> named("Opened by Aisha Khan"), named("Opened by Aisha Khan", allowed=["Aisha Khan"])
    ('Aisha Khan', '')
    """
    reached = ADDRESS.search(text) or TELEPHONE.search(text)
    if reached:
        return reached[0]
    surnames = {surname_of(name) for name in allowed}
    text = _without(allowed, text)
    with_initial = INITIAL.search(text)
    if with_initial:
        return with_initial[0]
    for run in RUN.finditer(DOT.sub(r"\1", text)):
        words = _in_run(run[0].split(), surnames, ordinary)
        if words:
            return words
    return ""


def _without(allowed: Iterable[str], text: str) -> str:
    """The text with a comma for each name that may stand there, the longest first."""
    for name in sorted(allowed, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", " , ", text)
    return text


def guessed_name(text: str, *, allowed: Iterable[str] = (), ordinary: Collection[str] = ()) -> str:
    """
    The first words of a text that could be a person's name and could be something else, or nothing.

    >>> [guessed_name(text) for text in ("Asked by Violet Featherstone", "Asked by Zebulon Okonkwo", "At Holly Lodge and Austin Friars")]
    ['Violet Featherstone', 'Zebulon Okonkwo', '']
    """
    for run in RUN.finditer(DOT.sub(r"\1", _without(allowed, text))):
        words = run[0].split()
        for here, (before, word) in enumerate(pairwise(words)):
            if _could_be(before, word, ordinary) and not _is_place([word, *words[here + 2 : here + 4]]):
                return f"{before} {word}"
    return ""


def names_given(text: str, ordinary: Collection[str] = ()) -> str:
    """
    The first capitalised given name, even without a surname, or nothing: for a text that should be a role.

    >>> names_given("Joshua, ward sergeant"), names_given("Superintendent, Kingston upon Thames", {"kingston"})
    ('Joshua', '')
    """
    for run in RUN.finditer(text):
        words = run[0].split()
        for word, after in zip(words, [*words[1:], ""], strict=True):
            if _is_given(word, ordinary) and not (_is_capital(after) and _bare(after) in PLACES):
                return word
    return ""


def surname_of(name: str) -> str:
    """The last word of a name."""
    return name.split()[-1]


def _in_run(words: list[str], surnames: set[str], ordinary: Collection[str]) -> str:
    """The first name among words with nothing but spaces between them."""
    for here, (before, word) in enumerate(pairwise(words)):
        if not _is_capital(word) or _bare(word) in TITLES:
            continue
        after = words[here + 1 : here + 4]
        if _are_both(before, word, ordinary):
            return f"{before} {word}"
        titled = _is_title(before) and word not in surnames and not (_bare(before) in PEERS | RANKS and _bare(word) in ordinary)
        if titled and not (_bare(before) in PEERS and _is_place(after)):
            return f"{before} {word}"
        if not _is_place(after) and _is_given(before, ordinary) and _is_sure(before):
            return f"{before} {word}"
    return ""


def _are_both(first: str, second: str, ordinary: Collection[str]) -> bool:
    """A given and a family name, in either order; the words of places are neither."""
    if _bare(second) in PLACES or not (_is_capital(first) and _is_capital(second)):
        return False
    western = _is_given(first, ordinary) and _is_family(second, ordinary)
    return western or (_is_family(first, ordinary) and _is_given(second, ordinary) and _bare(first) not in EITHER)


def _could_be(first: str, second: str, ordinary: Collection[str]) -> bool:
    """A word that may be a given name before any other, or any word before a family name."""
    if not (_is_capital(first) and _is_capital(second)) or {_bare(first), _bare(second)} & (TITLES | WORDS | set(ordinary)):
        return False
    uncertain = _is_given(first, ordinary) and _bare(first) in EITHER
    return uncertain or (_is_family(second, ordinary) and _bare(second) not in given_names() and _bare(first) not in PLACES)


def _is_sure(word: str) -> bool:
    return len(_bare(word)) >= FEWEST_LETTERS and _bare(word) not in EITHER


def _is_place(after: list[str]) -> bool:
    """Whether what follows a first word makes it the name of a place: Park, or Hill Road."""
    first, rest = after[0], after[1:]
    return _bare(first) in PLACES or any(_is_capital(word) and _bare(word) in STREETS for word in rest)


def _is_title(word: str) -> bool:
    """`Mr`, `Cllr`, `PC`; in small letters only what is no word of its own, so that `miss` and `ms` are not."""
    return _bare(word) in TITLES and (_is_capital(word) or word in ("mr", "mrs", "cllr"))


def _is_given(word: str, ordinary: Collection[str]) -> bool:
    bare = _bare(word)
    return _is_capital(word) and len(bare) > 1 and bare not in WORDS and bare not in ordinary and bare.split("-")[0] in given_names()


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def _bare(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


def _is_family(word: str, ordinary: Collection[str]) -> bool:
    return _is_capital(word) and _bare(word) not in ordinary and _bare(word) not in WORDS and _bare(word).split("-")[0] in family_names()


def given_names() -> frozenset[str]:
    """Given names of one word in small letters without accents."""
    return _listed("given.txt")


def family_names() -> frozenset[str]:
    """Family names of one word in small letters without accents."""
    return _listed("family.txt")


@cache
def _listed(name: str) -> frozenset[str]:
    lines = (NAMES / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
