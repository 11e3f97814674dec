"""
A text as words with their place in it, so that no name is ever seen inside another word; a misspelt one as the word it is near.

Case, accents' spelling, hyphens between letters, `&` and a final `'s` make no difference; numbers keep their digits. A word is
taken for another only where it begins alike and differs by one slip of the pen, by two where it is long.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

TOKEN = re.compile(
    r"(?P<number>(?<![\w.,])[+\-−–]?\d+(?:,\d{3})*(?:\.\d+)?(?![\d,]*\d))"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d.,]*[^\W_]*|[^\W_]+)"
    r"|(?P<sign>[%&/+\-−–])"
    r"|(?P<stop>[.;!?\n\r]+)"
    r"|(?P<pause>,)"
)
STOP, PAUSE = "stop", "pause"
MINUS = ("-", "−", "–")
SHORT, SHORTEST, LONG, LONGEST_GUESSED = 4, 5, 8, 16
"""Letters of a word that is guessed only beside its neighbour, of one guessed with one slip, of one with two, and the most."""


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


def near_words(words: Iterable[str]) -> dict[str, frozenset[str]]:
    """The words that can be guessed, by each of them with one letter left out, of long ones two."""
    near: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for shorter in _shortened(word):
            near[shorter].add(word)
    return {shorter: frozenset(longer) for shorter, longer in near.items()}


def guessed(
    tokens: tuple[Token, ...], known: frozenset[str], near: dict[str, frozenset[str]], pairs: frozenset[tuple[str, str]]
) -> tuple[Token, ...]:
    """The tokens, each misspelt one read as the one word that it is nearest to; a short one only where its neighbour goes with that."""
    read = []
    for at, token in enumerate(tokens):
        strange = token.kind == "word" and token.text not in known and SHORT <= len(token.text) <= LONGEST_GUESSED
        guess = _guess(token.text, near) if strange else token.text
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        read.append(replace(token, text=guess) if len(token.text) >= SHORTEST or (guess, after) in pairs else token)
    return tuple(read)


def _guess(word: str, near: dict[str, frozenset[str]]) -> str:
    candidates = {other for shorter in _shortened(word) for other in near.get(shorter, ()) if other[0] == word[0]}
    slips = {other: _slips(word, other) for other in candidates}
    allowed = 2 if len(word) >= LONG else 1
    fewest = min(slips.values(), default=allowed + 1)
    nearest = [other for other, many in slips.items() if many == fewest <= allowed]
    return nearest[0] if len(nearest) == 1 else word


def _shortened(word: str) -> set[str]:
    """A word, and what is left of it without one letter; without two where it is long."""
    if not SHORT <= len(word) <= LONGEST_GUESSED:
        return set()
    most = 2 if len(word) >= LONG else 1
    gaps = [gap for many in range(most + 1) for gap in combinations(range(len(word)), many)]
    return {"".join(letter for at, letter in enumerate(word) if at not in gap) for gap in gaps}


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
