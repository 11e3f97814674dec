"""
The short texts of one row of a scorecard: the newest figure and its period.

A row is read in a second, so each text is at most a few words; what is found stands in `metrics/narrative`.
"""

from collections.abc import Mapping

from metrics.domain import SURVEYS, Measure, periods
from metrics.domain.periods import YEAR
from metrics.narrative import number_format
from metrics.narrative.comparison import REFUSED


def newest(value: float, measure: Measure) -> str:
    """
    The newest figure as a row shows it; empty where none is held.

    >>> from metrics.domain.measure import Measure
    >>> trust = Measure("t", "T", "?", "trust", "proposed", "percent", "higher", "survey_rolling_year", ("area",), "d", "o")
    >>> newest(51.6, trust), newest(float("nan"), trust)
    ('52 in 100', '')
    """
    if number_format.is_missing(value):
        return ""
    if measure.kind in SURVEYS or measure.unit == "percent":
        return f"{number_format.number(value, 'count', decimals=0)} in 100"
    return number_format.number(value, measure.unit)


def compared(finding: Mapping, name: str, measure: Measure) -> str:
    """
    One of the two figures of a finding, `now` or `before`, as they are compared: the linked one where that decides, a count whole.

    Where no comparison may be made the figure before is empty.

    >>> from metrics.domain.measure import Measure
    >>> crime = Measure("c", "C", "?", "crime", "proposed", "count", "lower", "count", ("area",), "d", "o")
    >>> finding = {"verdict": "no clear change", "before": 68.0, "linked_before": 77.8, "linked": True}
    >>> compared(finding, "before", crime), compared(finding | {"linked": False}, "before", crime)
    ('78', '68')
    >>> compared(finding | {"verdict": "cannot be compared"}, "before", crime)
    ''
    """
    if name == "before" and finding["verdict"] == REFUSED:
        return ""
    linked = finding.get(f"linked_{name}")
    value = linked if finding.get("linked") and not number_format.is_missing(linked) else finding[name]
    return newest(value if measure.unit != "count" or number_format.is_missing(value) else round(value), measure)


def period(first: str, last: str, measure: Measure) -> str:
    """
    The months of a figure in few letters.

    >>> from metrics.domain.measure import Measure
    >>> crime = Measure("c", "C", "?", "crime", "proposed", "count", "lower", "count", ("area",), "d", "o")
    >>> period("2026-04", "2026-06", crime), period("2025-12", "2026-02", crime), period("2025-07", "2026-06", crime)
    ('Apr to Jun 2026', 'Dec 2025 to Feb 2026', 'year to Jun 2026')
    >>> period("2026-07", "2026-07", crime), period("", "", crime)
    ('Jul 2026', '')
    >>> period("", "2026-06", crime)
    ''
    """
    if not (first and last):
        return ""
    if measure.kind == "survey_rolling_year" or periods.between(first, last) == YEAR - 1:
        return f"year to {periods.say_short(last)}"
    if first == last:
        return periods.say_short(last)
    return f"{periods.say_short(first).split()[0] if first[:4] == last[:4] else periods.say_short(first)} to {periods.say_short(last)}"
