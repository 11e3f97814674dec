"""
The short texts of one row of a scorecard: the newest figure, its period, the range of a change, its direction.

A row is read in a second, so each text is at most a few words; the sentences stand in `metrics/narrative`.
"""

import math

from metrics.domain import Measure, periods
from metrics.narrative import SURVEYS, number_format

FEWEST_FOR_A_PERCENTAGE = 30
"""No percentage where either window holds fewer events than this."""
DOUBLED = 100.0
"""No range ends above so many per cent more: both numbers say it better."""
WAYS = {"count": ("fewer", "more"), "share": ("lower", "higher")}
YEAR = 12


def newest(value: float, measure: Measure) -> str:
    """
    The newest figure as a row shows it; empty where none is held.

    Examples
    --------
    >>> from metrics.domain.measure import Measure
    >>> trust = Measure("t", "T", "?", "trust", "proposed", "percent", "higher", "survey_rolling_year", ("borough",), "d", "o")
    >>> newest(51.6, trust), newest(float("nan"), trust)
    ('52 in 100', '')
    """
    if number_format.is_missing(value):
        return ""
    if measure.kind in SURVEYS or measure.unit == "percent":
        return f"{number_format.number(value, 'count', decimals=0)} in 100"
    return number_format.number(value, measure.unit)


def period(first: str, last: str, measure: Measure) -> str:
    """
    The months of a figure in few letters.

    Examples
    --------
    >>> from metrics.domain.measure import Measure
    >>> crime = Measure("c", "C", "?", "crime", "proposed", "count", "lower", "count", ("borough",), "d", "o")
    >>> period("2026-04", "2026-06", crime), period("2025-12", "2026-02", crime), period("2025-07", "2026-06", crime)
    ('Apr to Jun 2026', 'Dec 2025 to Feb 2026', 'year to Jun 2026')
    >>> period("2026-07", "2026-07", crime), period("", "", crime)
    ('Jul 2026', '')
    """
    if not last:
        return ""
    if measure.kind == "survey_rolling_year" or periods.between(first, last) == YEAR - 1:
        return f"year to {short(last)}"
    if first == last:
        return short(last)
    return f"{short(first).split()[0] if first[:4] == last[:4] else short(first)} to {short(last)}"


def short(month: str) -> str:
    """
    A month with its name cut to three letters.

    Examples
    --------
    >>> short("2026-06")
    'Jun 2026'
    """
    name, year = periods.say(month).split()
    return f"{name[:3]} {year}"


def direction(way: str, measure: Measure) -> str:
    """
    The word for a difference that a comparison found: counts are fewer or more, shares lower or higher.

    Parameters
    ----------
    way
        `up`, `down` or nothing.

    Examples
    --------
    >>> from metrics.domain.measure import Measure
    >>> crime = Measure("c", "C", "?", "crime", "proposed", "count", "lower", "count", ("borough",), "d", "o")
    >>> direction("down", crime), direction("", crime)
    ('fewer', '')
    """
    words = WAYS["share" if measure.unit == "percent" else "count"]
    return {"down": words[0], "up": words[1]}.get(way, "")


def change(answer: dict, measure: Measure) -> str:
    """
    The range of a change in a few words; `not clear` where it holds no change; empty where there is no range.

    Parameters
    ----------
    answer
        `low`, `high`: per cent for counts, points for shares; `now`, `before`: the two figures compared.

    Examples
    --------
    >>> from metrics.domain.measure import Measure
    >>> crime = Measure("c", "C", "?", "crime", "proposed", "count", "lower", "count", ("borough",), "d", "o")
    >>> change({"low": -38.6, "high": -11.2, "now": 447.0, "before": 603.0}, crime)
    '11 to 39% fewer'
    >>> change({"low": -30.0, "high": 3.0, "now": 447.0, "before": 527.0}, crime)
    'not clear'
    >>> change({"low": 25.0, "high": 117.0, "now": 413.0, "before": 250.0}, crime)
    '413 after 250'
    """
    low, high = answer["low"], answer["high"]
    if number_format.is_missing(low) or number_format.is_missing(high):
        return _difference(answer, measure)
    if low <= 0 <= high:
        return "not clear"
    if measure.unit == "percent":
        return _points(low, high)
    if high > DOUBLED or min(answer["now"], answer["before"]) < FEWEST_FOR_A_PERCENTAGE:
        return f"{newest(answer['now'], measure)} after {newest(answer['before'], measure)}"
    return f"{_ends(low, high, '%')} {'more' if low > 0 else 'fewer'}"


def _difference(answer: dict, measure: Measure) -> str:
    """A count of everyone in post has no range: the difference itself is the answer."""
    if measure.kind != "stock" or number_format.is_missing(answer["now"]) or number_format.is_missing(answer["before"]):
        return ""
    more = answer["now"] - answer["before"]
    return f"{newest(abs(more), measure)} {'more' if more > 0 else 'fewer'}" if more else "the same"


def _points(low: float, high: float) -> str:
    ends = _ends(low, high, "")
    return f"{ends} point{'' if ends == '1' else 's'} {'up' if low > 0 else 'down'}"


def _ends(low: float, high: float, sign: str) -> str:
    """Both ends without their sign, the nearer to no change first, each at least 1."""
    least, most = sorted(max(1, math.floor(abs(end) + 0.5)) for end in (low, high))
    return f"{least}{sign}" if least == most else f"{least} to {most}{sign}"
