"""
The two answers of a measure made from the finding and the baselines that a build keeps, for as long as it keeps no answers.

The answer on a year before is the finding; the one since the plan began is the newest change against the last window before it.
"""

from datetime import date

from metrics.domain import Measure, periods
from metrics.report.snapshot import Snapshot

NONE = float("nan")
POSSIBLE, STEADY = "possible change", "no clear change"
SIDES = {1: "above usual", -1: "below usual"}


def of(snapshot: Snapshot, measure: Measure, place: str, since: date) -> dict[str, dict]:
    """Both answers as the table of answers names their fields."""
    found = snapshot.found(place)[measure.id]
    shared = {"now_from": found["first"], "now_to": found["last"], "now": found["now"]}
    year = shared | {
        "question": "year", "verdict": STEADY if found["verdict"] == POSSIBLE else found["verdict"], "before": found["before"],
        "direction": _way(found["change"]), "low": found["low"], "high": found["high"],
        "new_since": _new(snapshot, found, place, since), "is_new": False, "part_of": "", "title": "", "finding": found["sentence"],
        "signal_text": SIDES.get(int(found["signal"] or 0), ""), "signal_new": found["verdict"] == POSSIBLE,
    }
    return {"year": year, "plan": shared | _plan(snapshot, measure, place, found)}


def _plan(snapshot: Snapshot, measure: Measure, place: str, found: dict) -> dict:
    """The newest change from the last window that ended before the launch."""
    rows = snapshot.against(place).get(measure.id)
    before = rows[rows["against"] <= snapshot.known.plan.baseline_last] if rows is not None else None
    untold = found["verdict"] if found["outcome"] != "compared" else "not enough data"
    if before is None or before.empty or untold == "cannot be compared":
        return {"question": "plan", "verdict": untold, "direction": "", "low": NONE, "high": NONE, "before": NONE}
    row = before.loc[before["against"].idxmax()]
    return {
        "question": "plan", "verdict": _verdict(measure, row["low"], row["high"]), "direction": _way(row["change"]),
        "low": float(row["low"]), "high": float(row["high"]), "before": _before(measure, found["now"], row["change"]),
    }


def _before(measure: Measure, now: float, change: float) -> float:
    return now - change if measure.unit == "percent" else float(round(now / (1 + change / 100)))


def _verdict(measure: Measure, low: float, high: float) -> str:
    if low <= 0 <= high:
        return STEADY
    way = "higher" if low > 0 else "lower"
    if measure.better == "neither":
        return "clear rise" if low > 0 else "clear fall"
    return "clear improvement" if measure.better == way else "clear worsening"


def _way(change: float) -> str:
    return "up" if change > 0 else "down" if change < 0 else ""


def _new(snapshot: Snapshot, found: dict, place: str, since: date) -> str:
    """What is new since a day, as far as the months of the newest figure tell it."""
    if not found["last"]:
        return ""
    return "no newer figure" if found["last"] <= f"{since:%Y-%m}" else f"to {periods.say(found['last'])}"
