"""
What the words of a text stand for: the longest phrase at each place, from left to right, and nothing twice.

A time and an amount have grammar, so they have readers of their own; every other phrase stands in the vocabulary. Amounts
are read as people claim them, `1,200`, `6.5%`, `45 in 100`, `a third`, `doubled`, each with how exact it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from metrics.claims import times
from metrics.claims.claim import Amount
from metrics.claims.vocabulary import PAUSE, STOP, Token, Vocabulary

Read = tuple[str, object, int]
"""A kind, a value, and the token after."""
LARGEST = 1e9
TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
OUT_OF = (("in",), ("out", "of"), ("in", "every"), ("of", "every"))
OF_SO_MANY = (*range(2, 11), 100)
COARSEST = 0.05
"""A round number stands for what rounds to it only where that is no more than one in twenty away."""
WIDEST = 5.0
"""`One in three`: within so many points."""
ROUGH = 0.1
"""`A third`: near enough within a tenth of it."""
TENS = 2.5
"""`About 20%` goes up to half way to 25%."""
LOOSE = 0.15
"""`About a fifth`: nearer to it than to the fractions beside it."""
FEWER, MORE = 0.05, 0.35
"""`Doubled` is said from 1.9 times to 2.7 times: a twentieth less and a third more of what it multiplies by."""
ROUND = 50
"""Whole fifties of per cent are round numbers, near enough within 1 for each."""
AMOUNTS = ("factor", "fraction", "numeral", "share", "majority")
HALF = 50.0


@dataclass(frozen=True)
class Phrase:
    """What some tokens stand for: `kind` and `value`, from the token `first` up to but not including `end`, with their `words`."""

    kind: str
    value: object
    first: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """Tokens, what their words are looked up in, and the day by which `this year` is meant."""

    tokens: tuple[Token, ...]
    vocabulary: Vocabulary
    as_at: date

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The text of every token."""
        return tuple(token.text for token in self.tokens)

    def meanings(self, at: int) -> Iterator[Read]:
        """Every phrase that begins at a token, the longest first."""
        for end in range(min(at + self.vocabulary.longest, len(self.words)), at, -1):
            if meaning := self.vocabulary.phrases.get(self.words[at:end]):
                yield *meaning, end

    def longest(self, at: int, kinds: tuple[str, ...]) -> Read | None:
        """The longest phrase of some kinds that begins at a token."""
        return next((meaning for meaning in self.meanings(at) if meaning[0] in kinds), None)

    def text_of(self, at: int, end: int) -> str:
        """The words as they were written, put together again."""
        words = [token.written if token.kind == "number" else token.text for token in self.tokens[at:end]]
        return " ".join(words).replace(" %", "%").lstrip("+-−–")


def phrases_of(line: Line) -> list[Phrase]:
    """Everything that the tokens stand for; a token that stands for nothing is a phrase of the kind `other`."""
    phrases: list[Phrase] = []
    at = 0
    while at < len(line.tokens):
        phrases.append(_at(line, at))
        at = phrases[-1].end
    return phrases


def near_count(number: float) -> float:
    """
    How far from a round number a figure may lie and still round to it.

    >>> near_count(412), near_count(1200), near_count(400), near_count(0)
    (0.5, 50.0, 5.0, 0.5)
    """
    step = 1.0
    while number and number % (10 * step) == 0 and 5 * step <= COARSEST * number:
        step *= 10
    return step / 2


def near_percent(number: float, decimals: int = 0) -> float:
    """
    How far from a percentage a figure may lie and still be called that.

    >>> near_percent(23), near_percent(6.5, 1), near_percent(100), near_percent(50)
    (0.5, 0.05, 2.0, 1.0)
    """
    return 0.5 * 10.0**-decimals if decimals or not number or number % ROUND else number / ROUND


def about(amount: Amount) -> float:
    """
    How far from `about` a number a figure may lie: half of its last digit that is not zero, but from a fiftieth to a tenth of it.

    >>> about(Amount(90_000, "number", 500)), about(Amount(93_000, "number", 500)), about(Amount(23, "percent", 0.5, text="23%"))
    (5000.0, 1860.0, 1.0)
    """
    if amount.worded:
        return amount.number * LOOSE
    step = 1.0
    while amount.number and amount.number % (10 * step) == 0:
        step *= 10
    least = max(amount.near, amount.number / 50, 1.0 if amount.unit != "per_1000" and amount.number >= 10 else 0.0)
    return max(least, min(step / 2, max(amount.number / 10, TENS if amount.unit == "percent" else 0.0)))


def _at(line: Line, at: int) -> Phrase:
    token = line.tokens[at]
    if token.kind in (STOP, PAUSE):
        return Phrase(token.kind, token.text, at, at + 1, line.words[at : at + 1])
    readings = [_phrase(line, at), times.read(line.words, at, line.as_at), _amount(line, at)]
    readings = [reading for reading in readings if reading is not None]
    # The longest reading; where two are as long, the vocabulary's word goes before the grammars'.
    kind, value, end = max(readings, key=lambda reading: reading[2]) if readings else ("other", token.text, at + 1)
    if kind == "period" and isinstance(value, str):
        kind, value = times.named(value, line.as_at)
    if kind == "event":
        kind, value = "period", times.year_before(line.vocabulary.events[value])
    return Phrase(kind, value, at, end, line.words[at:end])


def _phrase(line: Line, at: int) -> Read | None:
    for kind, value, end in line.meanings(at):
        if kind in AMOUNTS or (kind == "unit" and value in ("percent", "points")):
            continue
        if kind != "bound" or (end < len(line.words) and _amount(line, end) is not None):
            return kind, value, end
        # `More than` bounds an amount; before anything else it is `more`, and `over` or `about` say nothing of their own.
        if end == at + 1:
            return "harmless", "", end
    return None


def _amount(line: Line, at: int) -> Read | None:
    """The amount that begins at a token; a number of years or months is none."""
    worded = line.longest(at, AMOUNTS)
    if worded is not None:
        return _worded(line, at, *worded)
    if line.tokens[at].kind != "number":
        return None
    text, end = line.words[at], at + 1
    number, decimals = float(text), len(text.partition(".")[2])
    if end < len(line.words) and line.words[end] in TIMES:
        number, end = number * TIMES[line.words[end]], end + 1
    return None if abs(number) >= LARGEST or times.is_span(line.words, end) else _with_unit(line, at, end, number, decimals)


def _worded(line: Line, at: int, kind: str, value, end: int) -> Read | None:
    text = line.text_of(at, end)
    if kind in ("numeral", "fraction") and times.is_span(line.words, end):
        return None
    if kind == "numeral":
        return _with_unit(line, at, end, value, 0)
    amounts = {
        "factor": lambda: _factor(*value, text), "fraction": lambda: Amount(value, "percent", value * ROUGH, text=text),
        "share": lambda: Amount(value, "percent", 0.5, text=f"{value:g}%"),
        "majority": lambda: Amount(HALF, "percent", 0.0, text=text, above=HALF + 1),
    }
    return "amount", amounts[kind](), end


def _factor(way: str, percent: float, text: str) -> Amount:
    """`Doubled`, `halved`: as wide as people mean it."""
    if way == "down":
        return Amount(percent, "percent", 100 * FEWER, text=text, way=way, above=100 * ROUGH)
    times_as_many = 100 + percent
    return Amount(percent, "percent", FEWER * times_as_many, text=text, way=way, above=MORE * times_as_many)


def _with_unit(line: Line, at: int, end: int, number: float, decimals: int) -> Read:
    way = {"-": "down", "+": "up"}.get(line.words[at][0], "")
    size = abs(number)
    whole = _out_of(line, end, size)
    if whole is not None:
        of, stop = whole
        return "amount", Amount(100 * size / of, "percent", min(50 / of, WIDEST), text=line.text_of(at, stop)), stop
    unit = line.longest(end, ("unit",)) if end < len(line.words) else None
    name, stop = unit[1:] if unit is not None and unit[1] != "each" else ("number", end)
    near = near_count(size) if name == "number" and not decimals else 0.5 * 10.0**-decimals
    near = near_percent(size, decimals) if name == "percent" else near
    return "amount", Amount(size, name, near, text=line.text_of(at, stop), way=way), stop


def _out_of(line: Line, end: int, size: float) -> tuple[float, int] | None:
    """`in 100`, `out of ten`: of how many, and where that ends."""
    for words in OUT_OF:
        stop = end + len(words)
        if line.words[end:stop] != words or stop >= len(line.words):
            continue
        worded = line.longest(stop, ("numeral",))
        many = worded[1] if worded else float(line.words[stop]) if line.tokens[stop].kind == "number" else 0
        after = worded[2] if worded else stop + 1
        if many in OF_SO_MANY and size <= many and not times.is_span(line.words, after):
            return many, after
    return None
