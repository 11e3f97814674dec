"""Amounts as people claim them: `1,200`, `6.5%`, `5 points`, `45 in 100`, `a third`, `doubled`; each with how exact it is."""

from metrics.claims.claim import Amount
from metrics.claims.claim_words import Vocabulary
from metrics.claims.tokens import Token

LARGEST = 1e9
TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
OUT_OF = (("in",), ("out", "of"), ("in", "every"), ("of", "every"))
OF_SO_MANY = (*range(2, 11), 100)
COARSEST = 0.05
"""A round number stands for what rounds to it only where that is no more than one in twenty away."""
WIDEST = 5.0
"""`One in three`: within so many points."""
ROUGH = 0.1
"""`A third`, `doubled`: near enough within a tenth of it."""


def read(tokens: tuple[Token, ...], at: int, heard: Vocabulary) -> tuple[str, Amount, int] | None:
    """The amount that begins at a token, and where it ends; none where there is none."""
    worded = _worded(tokens, at, heard)
    if worded is not None:
        kind, value, end = worded
        if kind == "factor":
            way, percent = value
            return "amount", Amount(percent, "percent", percent * ROUGH, said=_said(tokens, at, end), way=way), end
        if kind == "fraction":
            return "amount", Amount(value, "percent", value * ROUGH, said=_said(tokens, at, end)), end
        return _with_unit(tokens, at, end, value, 0, heard)
    if tokens[at].kind != "number":
        return None
    return _digits(tokens, at, heard)


def near_count(number: float) -> float:
    """
    How far from a round number a figure may lie and still round to it.

    Examples
    --------
    >>> near_count(412), near_count(1200), near_count(400), near_count(0)
    (0.5, 50.0, 5.0, 0.5)
    """
    step = 1.0
    while number and number % (10 * step) == 0 and 5 * step <= COARSEST * number:
        step *= 10
    return step / 2


def _worded(tokens: tuple[Token, ...], at: int, heard: Vocabulary) -> tuple[str, object, int] | None:
    most = min(heard.longest, len(tokens) - at)
    for length in range(most, 0, -1):
        meaning = heard.phrases.get(tuple(token.text for token in tokens[at : at + length]))
        if meaning is not None and meaning[0] in ("factor", "fraction", "numeral"):
            return *meaning, at + length
    return None


def _digits(tokens: tuple[Token, ...], at: int, heard: Vocabulary) -> tuple[str, Amount, int] | None:
    text, end = tokens[at].text, at + 1
    number, decimals = float(text), len(text.partition(".")[2])
    if end < len(tokens) and tokens[end].text in TIMES:
        number, end = number * TIMES[tokens[end].text], end + 1
    if abs(number) >= LARGEST:
        return None
    return _with_unit(tokens, at, end, number, decimals, heard)


def _with_unit(tokens, at: int, end: int, number: float, decimals: int, heard: Vocabulary) -> tuple[str, Amount, int]:
    way = {"-": "down", "+": "up"}.get(tokens[at].text[0], "")
    size = abs(number)
    whole = _out_of(tokens, end, size, heard)
    if whole is not None:
        of, stop = whole
        return "amount", Amount(100 * size / of, "percent", min(50 / of, WIDEST), said=_said(tokens, at, stop)), stop
    unit, stop = _unit(tokens, end, heard)
    near = 0.5 * 10.0**-decimals
    if unit == "number" and not decimals:
        near = near_count(size)
    return "amount", Amount(size, unit, near, said=_said(tokens, at, stop), way=way), stop


def _out_of(tokens, end: int, size: float, heard: Vocabulary) -> tuple[float, int] | None:
    """`in 100`, `out of ten`: of how many, and where that ends."""
    for words in OUT_OF:
        stop = end + len(words)
        if tuple(token.text for token in tokens[end:stop]) != words or stop >= len(tokens):
            continue
        worded = _worded(tokens, stop, heard)
        text = tokens[stop].text
        many = worded[1] if worded and worded[0] == "numeral" else float(text) if tokens[stop].kind == "number" else 0
        if many in OF_SO_MANY and size <= many:
            return many, worded[2] if worded and worded[0] == "numeral" else stop + 1
    return None


def _unit(tokens, end: int, heard: Vocabulary) -> tuple[str, int]:
    most = min(heard.longest, len(tokens) - end)
    for length in range(most, 0, -1):
        meaning = heard.phrases.get(tuple(token.text for token in tokens[end : end + length]))
        if meaning is not None and meaning[0] == "unit":
            return meaning[1], end + length
    return "number", end


def _said(tokens, at: int, end: int) -> str:
    """The words as they were said, put together again."""
    words = [token.written if token.kind == "number" else token.text for token in tokens[at:end]]
    return " ".join(words).replace(" %", "%").lstrip("+-−–")
