"""
A text as words with their place in it, so that no name is ever found inside another word.

Case, accents' spelling, hyphens between letters, `&` and a final `'s` make no difference; numbers keep their digits.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TOKEN = re.compile(
    r"(?P<number>(?<![\w.,])[+\-−–]?\d+(?:,\d{3})*(?:\.\d+)?(?![\d,]*\d))"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d.,]*[^\W_]*|[^\W_]+)"
    r"|(?P<sign>[%&/+\-−–])"
    r"|(?P<stop>[.;!?\n\r]+)"
    r"|(?P<pause>,)"
)
END, PAUSE = "stop", "pause"
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

    Examples
    --------
    >>> plain_text("Bromley’s\\u00a0up\\t6\\uff05")
    "Bromley's up 6%"
    """
    one = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in one).strip()


@lru_cache(maxsize=256)
def tokens_of(text: str) -> tuple[Token, ...]:
    """
    The tokens of a plain text, in order; hyphens between letters and all other marks are left out.

    Examples
    --------
    >>> [token.text for token in tokens_of("Burglary's down 1,200 (-6.5%) in Hammersmith & Fulham.")]
    ['burglary', 'down', '1200', '-6.5', '%', 'in', 'hammersmith', 'and', 'fulham', '.']
    """
    found = [_token(match) for match in TOKEN.finditer(text)]
    return tuple(token for token in found if token is not None)


@lru_cache(maxsize=8192)
def words_of(phrase: str) -> tuple[str, ...]:
    """
    A phrase as the words by which it is found in a text.

    Examples
    --------
    >>> words_of("Anti-social behaviour"), words_of("per 1,000"), words_of("999 calls: answered")
    (('anti', 'social', 'behaviour'), ('per', '1000'), ('999', 'calls', 'answered'))
    """
    return tuple(token.text for token in tokens_of(plain_text(phrase)) if token.kind not in (END, PAUSE) and token.text not in MINUS)


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
