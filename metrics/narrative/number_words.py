"""How the numbers inside a sentence are said: spans of months, per cent of a log ratio, points of a survey, and constants of the method."""

import math

from metrics.domain import periods
from metrics.narrative import number_format
from metrics.statistics import baseline, parameters

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
    return number_format.number(many, "count", decimals=0)


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
    return number_format.number(abs(100 * math.expm1(log_ratio)), "percent")


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
    size = number_format.number(abs(points), "points")
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
        "autocorrelation": f"{parameters.AUTOCORRELATION_CEILING:g}", "monthly_from": number_format.number(baseline.MONTHLY_FROM, "count"),
        "design_effect": f"{parameters.DESIGN_EFFECT:g}", "percent_from": str(parameters.PERCENT_FROM),
        "false_discovery": number_format.number(100 * parameters.FALSE_DISCOVERY, "percent"),
        "confidence": number_format.number(100 * parameters.CONFIDENCE, "percent"),
    }
