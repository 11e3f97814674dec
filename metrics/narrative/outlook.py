"""
Sentences on where a measure is heading and where a place stands: the path to a target, one area among all, and figures that the
publisher has restated.
"""

from metrics.domain import Measure, periods
from metrics.narrative import number_format


def on_path(text: dict, label: str, measure: Measure, *, moved_by: float | None = None) -> str:
    """
    Where a measure stands on its path to a published target.

    Parameters
    ----------
    text
        The whole of `data/wording.yaml`.
    label
        One of `metrics.statistics.trajectory.LABELS`.
    moved_by
        What the plan needed by now, in the measure's unit.

    Raises
    ------
    KeyError
        There is no sentence for the label.
    """
    sentence = text["outlook"]["path"][label]
    target = measure.target
    facts = {"target": number_format.number(target.value, measure.unit), "by": periods.say(target.by)} if target else {}
    way = {"higher": "rise", "lower": "fall"}.get(measure.better, "")
    moved = "" if moved_by is None else number_format.number(abs(moved_by), "points" if measure.unit == "percent" else measure.unit)
    return sentence.format(**facts, way=way, moved=moved)


def among_areas(text: dict, place: str, outside: str, *, can_single_out: bool) -> str:
    """Where one area lies among all: `high`, `low` or `none` of the range to expect."""
    if not can_single_out:
        return text["outlook"]["among"]["cannot"]
    return text["outlook"]["among"][outside].format(place=place)


def restated(text: dict, measure: Measure, period: str, then: float, now: float) -> str:
    """What was said of a period at first, and what the source says now: a correction, never a change."""
    facts = {"then": number_format.number(then, measure.unit), "now": number_format.number(now, measure.unit),
        "period": periods.say(period)}
    return text["outlook"]["restated"].format(**facts, way="rise" if now > then else "fall")
