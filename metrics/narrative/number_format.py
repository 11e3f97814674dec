"""Numbers as people read them in a table, beside a mark, on an axis, or as a machine reads them."""

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

MISSING = "not published"
MINUS = "\N{MINUS SIGN}"

UNIT_WORDS = {
    "count": "Number", "percent": "Per cent", "minutes": "Minutes", "per_1000": "Per 1,000 residents", "points": "Percentage points",
    "index": "Own average = 100",
}
WHOLE_FROM = 100
"""From here on a tenth of an event is more than anyone reads: the ends of a usual range are whole."""


def number(value: float | None, unit: str, *, signed: bool = False, decimals: int | None = None) -> str:
    """
    A figure as people read it in a table or beside a mark.

    `value`: the figure in its unit; None or NaN where nothing is published.
    `unit`: `count`, `percent`, `minutes`, `per_1000`, or `points` for a difference of percentages, `index`.
    `signed`: print a plus before a rise, for changes.
    `decimals`: how many decimals; None takes the unit's own: none for percentages and whole counts, one for rates and minutes, two figures
        for a rate below one.
    Raises ValueError: the unit is none of these.

    >>> number(1234, "count"), number(56.5, "percent"), number(8.12, "per_1000"), number(0.034, "per_1000")
    ('1,234', '57%', '8.1', '0.034')
    >>> number(-1, "points", signed=True), number(None, "count"), number(7.5, "minutes")
    ('−1 point', 'not published', '7.5 minutes')
    """
    if unit not in UNIT_WORDS:
        raise ValueError(f"no number format for the unit {unit!r}; the units are {', '.join(UNIT_WORDS)}")
    if is_missing(value):
        return MISSING
    digits = _digits(value, _decimals(value, unit) if decimals is None else decimals, signed)
    return digits + _suffix(digits, unit)


def tick(value: float, unit: str, step: float) -> str:
    """
    A figure as it stands on an axis whose ticks are so far apart.

    >>> tick(2000, "count", 500), tick(40, "percent", 20), tick(1.5, "per_1000", 0.5), tick(-5, "points", 5)
    ('2,000', '40%', '1.5', '−5')
    """
    decimals = max(0, math.ceil(-math.log10(step) - 1e-9))
    return _digits(value, decimals, False) + ("%" if unit == "percent" else "")


def plain(value: float | None) -> str:
    """
    A figure as a machine reads it: all its digits, no separators, empty where nothing is published.

    >>> plain(1234.0), plain(-0.5), plain(float("nan"))
    ('1234', '-0.5', '')
    """
    if is_missing(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def is_missing(value: object) -> bool:
    """
    Whether nothing is published: None, NaN or pandas' NA.

    >>> is_missing(None), is_missing(float("nan")), is_missing(0)
    (True, True, False)
    """
    return value is None or type(value).__name__ in ("NAType", "NaTType") or value != value


def _decimals(value: float, unit: str) -> int:
    if unit in ("percent", "points", "index"):
        return 0
    if unit == "count":
        return 0 if float(value).is_integer() or abs(value) >= WHOLE_FROM else 1
    if unit == "per_1000" and 0 < abs(value) < 1:
        return 2 if abs(value) >= 0.1 else 3
    return 1


@lru_cache(maxsize=65536)
def _digits(value: float, decimals: int, signed: bool) -> str:
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,f}"


def _suffix(digits: str, unit: str) -> str:
    if unit == "percent":
        return "%"
    words = {"points": (" point", " points"), "minutes": (" minute", " minutes")}.get(unit, ("", ""))
    return words[0] if digits.lstrip("+" + MINUS) in ("1", "1.0") else words[1]
