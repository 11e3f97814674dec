"""The title of an answer: at most twelve words, chosen by rule, with neither the measure's name nor a full stop."""

from metrics.domain import periods
from metrics.narrative import change_range, number_words
from metrics.narrative.comparison import COUNT, NOT_ENOUGH, POSSIBLE, REFUSED, STOCK, Comparison
from metrics.narrative.phrases import capital

RUN_POINTS = 7
POINTS = {"astronomical": 1, "two_of_three": 3, "shift": RUN_POINTS, "trend": RUN_POINTS}
"""How many points of the chart each rule takes in."""
SOON = ("too soon", "not begun")
STEP_MONTHS = {"month": 1, "quarter": 3}


def title(comparison: Comparison) -> str:
    """
    What an answer says in a few words.

    A clear change comes first; then, on a year before, a new signal of the control chart; then what cannot be told.
    """
    text = comparison.text["titles"]
    if comparison.is_clear:
        return capital(_clear(comparison, text))
    if comparison.shown == POSSIBLE:
        return _signal(comparison, text["signals"])
    if comparison.verdict in (NOT_ENOUGH, REFUSED):
        return text[_lacking(comparison)]
    return text["steady"].format(than=comparison.than)


def _clear(comparison: Comparison, text: dict) -> str:
    facts = {"way": change_range.way(comparison), "than": comparison.than}
    if comparison.family == STOCK:
        return text["stock"].format(size=change_range.range_words(comparison), than=comparison.in_than)
    if comparison.few or not comparison.has_range:
        return text["few"].format(direction=change_range.direction_word(comparison), than=comparison.in_than)
    return change_range.size(comparison, text["percent" if comparison.family == COUNT else "points"], **facts)


def _lacking(comparison: Comparison) -> str:
    """Which title says why there is no verdict."""
    if comparison.verdict == REFUSED:
        brk = comparison.refused
        return "refused" if brk is None or brk.reaches(whole=True) else "refused_areas"
    if comparison.reason in SOON:
        return "too_soon"
    if not comparison.has_now:
        return "missing"
    return "too_few" if comparison.has_both and comparison.few else "not_enough"


def _signal(comparison: Comparison, text: dict) -> str:
    """What the newest points of the control chart show; from when on, where that is longer than the rule that it met."""
    row = comparison.row
    words = {"usual": change_range.signal_words(comparison), "rising": "rising" if comparison.signal == "above" else "falling"}
    words |= {"step": comparison.step, "run": number_words.few(RUN_POINTS), "since": periods.say(row["signal_since"])}
    points = periods.between(row["signal_since"], row["signal_at"]) // STEP_MONTHS[comparison.step] + 1
    rule = row["signal_rule"] if points <= POINTS.get(row["signal_rule"], 0) else "since"
    words["at"] = comparison.text["when"]["survey_quarter"].format(last=words["since"]) if comparison.step == "quarter" else words["since"]
    return capital(text[rule].format(**words))
