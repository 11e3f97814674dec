"""
Personal names in text that will be published: found where they can be, so that a resident is never named by mistake.

Found are a title or rank before a capitalised word, a common given name before a capitalised word, an initial before
a surname, an e-mail address or account, and a telephone number. A name of another form is not found: this is a net,
and whoever writes is still asked to write none. Given names come from the lists of the library Faker, in the languages
that Londoners' names come from; it is imported only where a text holds two capitalised words in a row.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache
from itertools import pairwise

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
}
LISTS = ("first_names", "first_names_male", "first_names_female")
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

    Parameters
    ----------
    text
        One line of plain text.
    allowed
        Full names of people who may be named; their title or rank may stand before their surname too.
    ordinary
        Words in small letters that are no given names here, such as the words of boroughs' names.

    Examples
    --------
    >>> named("Mrs Jones of Victoria Road asks for more patrols"), named("Louder music on Charlotte Street, near St Helier")
    ('Mrs Jones', '')
    >>> named("Opened by Aisha Khan"), named("Opened by Aisha Khan", allowed=["Aisha Khan"])
    ('Aisha Khan', '')
    """
    reached = ADDRESS.search(text) or TELEPHONE.search(text)
    if reached:
        return reached[0]
    surnames = {surname_of(name) for name in allowed}
    for name in sorted(allowed, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", " , ", text)
    with_initial = INITIAL.search(text)
    if with_initial:
        return with_initial[0]
    for run in RUN.finditer(DOT.sub(r"\1", text)):
        found = _in_run(run[0].split(), surnames, ordinary)
        if found:
            return found
    return ""


def names_given(text: str, ordinary: Collection[str] = ()) -> str:
    """
    The first capitalised given name, even without a surname, or nothing: for a text that should be a role.

    Examples
    --------
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
        titled = _is_title(before) and word not in surnames and not (_bare(before) in PEERS | RANKS and _bare(word) in ordinary)
        if titled and not (_bare(before) in PEERS and _is_place(after)):
            return f"{before} {word}"
        if not _is_place(after) and _is_given(before, ordinary):
            return f"{before} {word}"
    return ""


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
    """A word without case and accents."""
    apart = unicodedata.normalize("NFKD", word)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


@cache
def given_names() -> frozenset[str]:
    """Given names of one word in small letters without accents."""
    from faker.providers.person import (
        en_GB,
        en_IE,
        en_IN,
        en_KE,
        en_NG,
        en_PK,
        en_US,
        es_ES,
        fr_FR,
        ha_NG,
        ig_NG,
        it_IT,
        pl_PL,
        pt_PT,
        ro_RO,
        sw,
        tr_TR,
        yo_NG,
    )

    languages = [en_GB, en_IE, en_IN, en_KE, en_NG, en_PK, en_US, es_ES, fr_FR, ha_NG, ig_NG, it_IT, pl_PL, pt_PT, ro_RO, sw, tr_TR, yo_NG]
    providers = [language.Provider for language in languages]
    names = {name for provider in providers for title in LISTS for name in getattr(provider, title, ())}
    return frozenset(name for name in map(_bare, names) if len(name.split()) == 1)
