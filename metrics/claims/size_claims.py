"""How much something is claimed to have changed, against how much the figures of just these months give."""

from metrics.claims.claim import NOT_SUPPORTED, PARTLY, SUPPORTED, Amount
from metrics.claims.evidence import Held, Pair
from metrics.claims.level_claims import Grade
from metrics.narrative import SURVEYS


def sized(size: Amount, held: Held, pair: Pair, direction: Grade) -> Grade:
    """A direction that stands, with its size; where only what stands out goes that way, the numbers have no such size."""
    if pair.way != direction.facts.get("way", pair.way):
        return Grade(NOT_SUPPORTED, "other way")
    if rounds(size, held, pair):
        return direction
    if _in_range(size, held, pair):
        return Grade(PARTLY if direction.outcome == SUPPORTED else NOT_SUPPORTED, "size near")
    if _has_range(size, held, pair):
        return Grade(NOT_SUPPORTED, "size ruled out")
    return Grade(NOT_SUPPORTED, "other size", {"pair": pair})


def rounds(size: Amount, held: Held, pair: Pair) -> bool:
    """Whether the figures' own change is what was claimed, to the digits given."""
    if size.unit == "number":
        return size.holds(round(abs(pair.now - pair.before), 6))
    if size.unit == "points" and held.measure.kind in (*SURVEYS, "share"):
        return size.holds(round(abs(pair.now - pair.before), 6))
    if size.unit == "percent" and pair.before > 0:
        return size.holds(round(abs(100 * (pair.now / pair.before - 1)), 6))
    return False


def _has_range(size: Amount, held: Held, pair: Pair) -> bool:
    """Whether there is a range of just that unit: one of per cent says nothing of a number of offences."""
    unit = "percent" if held.counts else "points"
    return size.unit == unit and held.measure.kind != "stock" and pair.tested in ("finding", "baseline", "sample") and bool(pair.apart)


def _in_range(size: Amount, held: Held, pair: Pair) -> bool:
    if not _has_range(size, held, pair):
        return False
    nearer, farther = sorted((abs(pair.low), abs(pair.high)))
    if size.bound == "at least":
        return size.number <= farther
    if size.bound == "at most":
        return size.number >= nearer
    return nearer <= size.number <= farther
