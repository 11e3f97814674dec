"""How the numbers inside a sentence are said: spans of months, percentages of a log ratio, points of a survey."""

import math

from metrics import periods, style


def span(first: str, last: str) -> str:
    """
    Months from the first to the last, as people say them.

    Examples
    --------
    >>> span("2026-04", "2026-06"), span("2025-12", "2026-02"), span("2025-07", "2026-06")
    ('April to June 2026', 'December 2025 to February 2026', 'the 12 months to June 2026')
    """
    if periods.between(first, last) == 11:
        return f"the 12 months to {periods.say(last)}"
    start = periods.say(first).split()[0] if first[:4] == last[:4] else periods.say(first)
    return f"{start} to {periods.say(last)}"


def percent(log_ratio: float) -> str:
    """
    A log ratio as a whole percentage without its sign.

    Examples
    --------
    >>> percent(math.log(0.76)), percent(math.log(1.4))
    ('24%', '40%')
    """
    return style.number(abs(100 * math.expm1(log_ratio)), "percent")


def lower_or_higher(log_ratio: float) -> str:
    """
    A log ratio as a side of a range.

    Examples
    --------
    >>> lower_or_higher(math.log(0.69)), lower_or_higher(math.log(1.07)), lower_or_higher(0.001)
    ('31% lower', '7% higher', 'no different')
    """
    if percent(log_ratio) == "0%":
        return "no different"
    return f"{percent(log_ratio)} {'higher' if log_ratio > 0 else 'lower'}"


def fall_or_rise(points: float) -> str:
    """
    A difference of percentages as a side of a range.

    Examples
    --------
    >>> fall_or_rise(-21.3), fall_or_rise(10.0), fall_or_rise(0.2)
    ('a fall of 21 points', 'a rise of 10 points', 'no change')
    """
    size = style.number(abs(points), "points")
    if size.startswith("0 "):
        return "no change"
    return f"a {'rise' if points > 0 else 'fall'} of {size}"


def ends(low: float, high: float) -> tuple[float, float]:
    """
    The ends of an interval that does not hold nought, nearer one first.

    Examples
    --------
    >>> ends(-0.5, -0.1), ends(0.1, 0.5)
    ((-0.1, -0.5), (0.1, 0.5))
    """
    return (high, low) if high < 0 else (low, high)
