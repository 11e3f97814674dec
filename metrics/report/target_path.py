"""
Where a measure stands on the way to its published target, in the whole force area: the path, and what chance still allows.

The newest 12 months (or the newest share) are set beside the target. How sure that is comes from the interval of the answer since the
plan began, or of that on a year before where there is none: half of it, shared out between its two windows, is one window's error.
"""

import math
from dataclasses import dataclass

from metrics.domain import SURVEYS, Measure, Place, Target, periods
from metrics.domain.periods import QUARTER
from metrics.narrative import number_format
from metrics.report.snapshot import Snapshot
from metrics.statistics.levels import with_levels
from metrics.statistics.parameters import CONFIDENCE, z_of
from metrics.statistics.trajectory import required_so_far, trajectory


@dataclass(frozen=True)
class TargetPath:
    """The target in words, the status as `metrics.statistics.trajectory` labels it, and its sentence."""

    target: str
    label: str
    sentence: str


def target_path(snapshot: Snapshot, measure: Measure, place: Place) -> TargetPath | None:
    """
    The status of a measure with a published target; none for one without, and for any place but the whole force area.

    A count is compared by its 12 months, a survey by its newest share.
    """
    target = measure.target
    if target is None or place.level != "force":
        return None
    newest = _newest(snapshot, measure, place)
    if newest is None:
        return None
    period, level = newest
    passed, whole = (periods.between(target.baseline_period, end) for end in (period, target.by))
    share = min(1.0, max(0.0, passed / whole))
    errors = [_error(snapshot, measure, place, value) for value in (target.baseline_value, level)]
    broken = _changed_its_meaning(snapshot, measure, target.baseline_period, period)
    label = trajectory(target.baseline_value, level, *errors, target.value, share, measure.better, passed // QUARTER, break_between=broken)
    moved = None if measure.better == "neither" else required_so_far(target.baseline_value, target.value, share, measure.better)
    return TargetPath(_in_words(target, measure), label, snapshot.wording.on_path(label, measure, moved_by=moved))


def _newest(snapshot: Snapshot, measure: Measure, place: Place) -> tuple[str, float] | None:
    levels = with_levels(snapshot.series(measure.id, place.id), kind=measure.kind)
    known = levels[levels["level"].notna()]
    return (known["period"].iloc[-1], float(known["level"].iloc[-1])) if len(known) else None


def _changed_its_meaning(snapshot: Snapshot, measure: Measure, since: str, last: str) -> bool:
    """Whether a break that forbids comparing the whole force's figures lies after the baseline, up to the newest figure."""
    breaks = [brk for brk in snapshot.known.breaks_of(measure.id) if brk.rule == "refuse" and brk.reaches(whole=True)]
    return any(since < brk.period <= last for brk in breaks)


def _error(snapshot: Snapshot, measure: Measure, place: Place, value: float) -> float:
    """The standard error of a window's figure, in the measure's unit; missing where no answer has an interval."""
    answers = snapshot.answers(place.id)[measure.id]
    low, high = next(((answer["low"], answer["high"]) for answer in (answers["plan"], answers["year"]) if answer["low"] == answer["low"]),
                     (math.nan, math.nan))
    if measure.kind in SURVEYS:
        return (high - low) / 2 / z_of(CONFIDENCE) / math.sqrt(2)
    return value * math.log((100 + high) / (100 + low)) / 2 / z_of(CONFIDENCE) / math.sqrt(2)


def _in_words(target: Target, measure: Measure) -> str:
    """
    A target as people read it.

    >>> m = Measure("m", "M", "?", "crime", "proposed", "count", "lower", "count", ("force",), "d", "o")
    >>> _in_words(Target(2700, "2027-03", "2024-03", 3600, "The plan"), m)
    '2,700 by March 2027'
    """
    return f"{number_format.number(target.value, measure.unit)} by {periods.say(target.by)}"
