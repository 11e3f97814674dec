"""
Sentences on where a measure is heading and where a place stands: the path to a target, one area among all, how many areas
changed beside how many luck alone would give, and figures that the publisher has restated.
"""

from collections.abc import Iterable

from metrics.domain import Measure, periods
from metrics.narrative import number_format


def on_path(text: dict, label: str, measure: Measure, *, moved_by: float | None = None) -> str:
    """
    Where a measure stands on its path to a published target.

    `label`: one of `metrics.statistics.levels.LABELS`.
    `moved_by`: what the plan needed by now, in the measure's unit.
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


def area_luck(text: dict, answers: Iterable[dict]) -> str:
    """
    How many areas changed by more than chance, each way, and how many luck alone would give; nothing where no area was tested.

    `answers`: rows of the answers table, without that of the whole force.
    """
    tested = [row for row in answers if row["areas_tested"] and not number_format.is_missing(row["by_luck"])]
    if not tested:
        return ""
    ways = {"up": [row["areas"] for row in tested if _rose(row)], "down": [row["areas"] for row in tested if not _rose(row)]}
    facts = {name: number_format.few(max(counts, default=0)) for name, counts in ways.items()}
    question = text["questions"][tested[0]["question"]]
    luck = number_format.about(tested[0]["by_luck"])
    return text["area_luck"].format(**facts, question=question, tested=number_format.whole(tested[0]["areas_tested"]), luck=luck)


def _rose(row: dict) -> bool:
    """Which way the counts of a row are of: a row of more than before counts those that rose."""
    return row["linked_now"] > row["linked_before"]
