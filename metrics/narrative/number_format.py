"""
Numbers as people read them in a table, beside a mark or on an axis, as a machine reads them, and as a sentence says them: spans of months,
per cent of a log ratio, points of a survey, and constants of the method.
"""

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from metrics.domain import periods
from metrics.statistics import baseline, parameters

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


DOUBLED = 2
"""No side of a range is a rise of more than 100%."""
FEW = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def span(first: str, last: str) -> str:
    """
    Months from the first to the last, as people say them.

    >>> span("2026-04", "2026-06"), span("2025-12", "2026-02"), span("2025-07", "2026-06")
    ('April to June 2026', 'December 2025 to February 2026', 'the 12 months to June 2026')
    """
    if periods.between(first, last) == 11:
        return f"the 12 months to {periods.say(last)}"
    start = periods.say(first).split()[0] if first[:4] == last[:4] else periods.say(first)
    return f"{start} to {periods.say(last)}"


def window(first: str, last: str) -> str:
    """
    Months from the first to the last inside a short sentence: twelve of them are a year, one is named alone.

    >>> window("2026-04", "2026-06"), window("2025-07", "2026-06"), window("2026-07", "2026-07")
    ('April to June 2026', 'the year to June 2026', 'July 2026')
    """
    if first == last:
        return periods.say(last)
    return f"the year to {periods.say(last)}" if periods.between(first, last) == 11 else span(first, last)


def few(many: float) -> str:
    """
    A whole number inside a sentence: a word up to nine, digits above.

    >>> few(0), few(4), few(10)
    ('none', 'four', '10')
    """
    return FEW[int(many)] if 0 <= many < len(FEW) else whole(many)


def whole(many: float) -> str:
    """
    A number of things without decimals.

    >>> whole(5.0), whole(1234.4)
    ('5', '1,234')
    """
    return number(many, "count", decimals=0)


def about(many: float) -> str:
    """
    How many luck would give, which is never a whole number.

    >>> about(0.3), about(2.08)
    ('fewer than 1', 'about 2')
    """
    return "fewer than 1" if many < 0.5 else f"about {whole(many)}"


def percent(log_ratio: float) -> str:
    """
    A log ratio as a whole percentage without its sign.

    >>> percent(math.log(0.76)), percent(math.log(1.4))
    ('24%', '40%')
    """
    return number(abs(100 * math.expm1(log_ratio)), "percent")


def lower_or_higher(log_ratio: float) -> str:
    """
    A log ratio as a side of a range.

    >>> lower_or_higher(math.log(0.69)), lower_or_higher(math.log(1.07)), lower_or_higher(0.001)
    ('31% lower', '7% higher', 'no different')
    """
    if percent(log_ratio) == "0%":
        return "no different"
    if log_ratio > math.log(DOUBLED):
        return "more than double"
    return f"{percent(log_ratio)} {'higher' if log_ratio > 0 else 'lower'}"


def fall_or_rise(points: float) -> str:
    """
    A difference of percentages as a side of a range.

    >>> fall_or_rise(-21.3), fall_or_rise(10.0), fall_or_rise(0.2)
    ('a fall of 21 points', 'a rise of 10 points', 'no change')
    """
    size = number(abs(points), "points")
    if size.startswith("0 "):
        return "no change"
    return f"a {'rise' if points > 0 else 'fall'} of {size}"


def constants() -> dict[str, str]:
    """
    Every constant that the method note names, as it is said there.

    >>> constants()["shift_points"], constants()["false_discovery"]
    ('7', '10%')
    """
    return {
        "baseline_months": str(parameters.BASELINE_MONTHS), "covid_first": periods.say(parameters.COVID_FIRST),
        "covid_last": periods.say(parameters.COVID_LAST), "season_months": str(parameters.SEASON_MONTHS),
        "limit_factor": f"{parameters.LIMIT_FACTOR:g}", "screening_factor": f"{parameters.SCREENING_FACTOR:g}",
        "trend_points": str(parameters.TREND_POINTS), "shift_points": str(parameters.SHIFT_POINTS),
        "autocorrelation": f"{parameters.AUTOCORRELATION_CEILING:g}", "monthly_from": number(baseline.MONTHLY_FROM, "count"),
        "design_effect": f"{parameters.DESIGN_EFFECT:g}", "percent_from": str(parameters.PERCENT_FROM),
        "false_discovery": number(100 * parameters.FALSE_DISCOVERY, "percent"),
        "confidence": number(100 * parameters.CONFIDENCE, "percent"),
    }
