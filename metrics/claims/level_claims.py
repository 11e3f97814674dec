"""A number that is claimed to stand somewhere, against the figure of just that measure, place and time."""

from dataclasses import dataclass, field

from metrics.claims import windows
from metrics.claims.claim import CANNOT, NOT_SUPPORTED, SUPPORTED, Amount, Claim
from metrics.claims.evidence import Held, Pair, amount_in
from metrics.domain import periods
from metrics.narrative import SURVEYS
from metrics.narrative.number_format import is_missing
from metrics.statistics.levels import YEAR, per

SHARES = (*SURVEYS, "share")


@dataclass(frozen=True)
class Grade:
    """One judgement: its outcome, the rule that gave it, and the facts of the rule's sentence."""

    outcome: str
    reason: str
    facts: dict = field(default_factory=dict)
    pair: Pair | None = None
    window: tuple[str, str] | None = None


def levels_graded(claim: Claim, held: Held) -> Grade:
    """The numbers of a claim: where it stands, and where it stood before."""
    amounts = [amount for amount in (claim.level, claim.start) if amount is not None]
    if any(not _fits(amount, held) for amount in amounts):
        return Grade(CANNOT, "unit")
    return _stood_and_stands(claim, held) if claim.start is not None else _stands(claim.level, claim, held)


def measured(held: Held, window: tuple[str, str], unit: str, value: float) -> float:
    """A figure in the unit of a claim: as it is, or per 1,000 residents over 12 months; missing where it is not that."""
    if unit != "per_1000":
        return value
    whole = periods.between(*window) == YEAR - 1
    residents = held.series["residents"].get(window[1], float("nan"))
    return per(value, residents) if whole and not is_missing(residents) else float("nan")


def _fits(amount: Amount, held: Held) -> bool:
    """Whether the measure has figures of that unit at all."""
    if amount.unit == "per_1000":
        return held.measure.rate == "residents" and held.counts
    if held.measure.kind in SHARES:
        return amount.unit in ("percent", "number") and amount.number <= 100
    return amount.unit == "number"


def _stands(amount: Amount, claim: Claim, held: Held) -> Grade:
    found = windows.level_windows(claim.period, held)
    if claim.period.kind in ("since", "back", "plan", "meeting"):
        pair = windows.pair_for(claim.period, held)
        found = [] if isinstance(pair, str) else [(pair.first, pair.last)]
    values = [(window, measured(held, window, amount.unit, amount_in(held, *window))) for window in found]
    values = [(window, value) for window, value in values if not is_missing(value)]
    if not values:
        return Grade(CANNOT, "not held")
    for window, value in values:
        if amount.holds(round(value, 6)):
            return Grade(SUPPORTED, "number", {"value": value, "unit": amount.unit}, _pair_at(window, claim, held), window)
    window, value = values[0]
    other = _taken_for(amount, window, held)
    if other is not None:
        return Grade(NOT_SUPPORTED, "mistaken", {"other": other}, None, window)
    return Grade(NOT_SUPPORTED, "other number", {"value": value, "unit": amount.unit, "claimed": amount}, None, window)


def _pair_at(window: tuple[str, str], claim: Claim, held: Held) -> Pair | None:
    """The comparison of the months that a number was found in, where a claim without a time goes on to a change."""
    if claim.period.kind not in windows.YEARLY:
        return None
    return next((pair for pair in windows.yearly_pairs(held) if (pair.first, pair.last) == window), None)


def _stood_and_stands(claim: Claim, held: Held) -> Grade:
    """`From 1,200 to 1,100`: both numbers must be those of one comparison."""
    pairs = windows.yearly_pairs(held) if claim.period.kind in windows.YEARLY else [windows.pair_for(claim.period, held)]
    pairs = [pair for pair in pairs if isinstance(pair, Pair) and not is_missing(pair.before)]
    if not pairs:
        return Grade(CANNOT, "not held")
    for pair in pairs:
        if _both(claim, held, pair):
            return Grade(SUPPORTED, "both numbers", {}, pair, (pair.first, pair.last))
    return Grade(NOT_SUPPORTED, "other numbers", {}, None, (pairs[0].first, pairs[0].last))


def _both(claim: Claim, held: Held, pair: Pair) -> bool:
    ends = [(claim.start, pair.before, (pair.then_first, pair.then_last))]
    if claim.level is not None:
        ends.append((claim.level, pair.now, (pair.first, pair.last)))
    figures = [(amount, measured(held, window, amount.unit, value)) for amount, value, window in ends]
    return all(not is_missing(figure) and amount.holds(round(figure, 6)) for amount, figure in figures)


def _taken_for(amount: Amount, window: tuple[str, str], held: Held):
    """The measure, of those that this one is taken for, whose figure the number is."""
    for measure, series in held.others:
        value = amount_in(held, *window, series=series)
        if not is_missing(value) and amount.unit != "per_1000" and amount.holds(round(value, 6)):
            return measure
    return None
