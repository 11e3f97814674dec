"""
What the figures say of one claim, by rules that are fixed before anyone has seen the figures.

1. A claim of a direction stands only where the finding is a clear change that way; or, of another time than a year ago,
   where the kept range of that comparison holds no change and the finding is not the other way. A possible change is at
   most partly a support. Where only the numbers go that way and chance could do as much, the claim is not supported.
2. A size stands where it rounds to what the figures give for that time, to the digits claimed, and lies in the range. One
   that lies in the range but is not what the figures give is partly supported; one outside the range is not supported.
3. A number stands where it rounds to the figure of just that measure, place and time. One that is the figure of another
   measure, of those that are taken for this one, is not supported, and the answer says whose it is.
4. A comparison that nothing was tested for can be ruled out, and at most partly supported.
5. No change is never supported, only that there is no clear one. A cause is never supported: the figures cannot say why.
6. Ranks, what is to come, other places, single kinds of person or case, times that are not held, measures without figures,
   and whatever lies across a break that forbids comparing cannot be checked.
7. Numbers and a change in one claim are judged apart; where one stands and the other does not, the claim stands in part.
"""

from dataclasses import dataclass, replace

from metrics.claims import windows
from metrics.claims.claim import CANNOT, NOT_SUPPORTED, PARTLY, SUPPORTED, Claim
from metrics.claims.evidence import Held, Pair, found_pair, refused_between
from metrics.claims.level_claims import Grade, levels_graded
from metrics.claims.size_claims import rounds, sized
from metrics.statistics.parameters import STOCK_MATTERS
from metrics.statistics.verdict import CLEAR, POSSIBLE

OTHER = {"up": "down", "down": "up"}
EPSILON = 1e-9


@dataclass(frozen=True)
class Checked:
    """An outcome, the rules that gave it with the facts of their sentences, and the comparison or the months it is about."""

    outcome: str
    reasons: tuple[Grade, ...]
    pair: Pair | None = None
    window: tuple[str, str] | None = None


def check(claim: Claim, held: Held | None) -> Checked:
    """
    Hold one claim against the figures.

    Parameters
    ----------
    held
        Everything held of the claim's measure and place; not needed for what is never checked.
    """
    if claim.beyond is not None:
        return _cannot(claim.beyond[0], words=claim.beyond[1])
    if held.finding["outcome"] == "no figures":
        return _cannot("no figures")
    way = _way(claim, held)
    if way is None:
        return _cannot("no better")
    claim = replace(claim, way=way)
    numbers = levels_graded(claim, held) if claim.level or claim.start else None
    change, pair = _change(claim, held) if claim.way else (None, None)
    if numbers is not None and numbers.pair is not None and change is not None and claim.period.kind in windows.YEARLY:
        change, pair = _retold(claim, held, numbers.pair, change, pair)
    grades = [grade for grade in (numbers, change) if grade is not None]
    outcome = _together([grade.outcome for grade in grades])
    caused = _caused(claim)
    outcome = PARTLY if caused and outcome == SUPPORTED else outcome
    window = numbers.window if numbers is not None else None
    return Checked(outcome, (*grades, *caused), pair or (numbers.pair if numbers else None), window)


def _cannot(reason: str, **facts) -> Checked:
    return Checked(CANNOT, (Grade(CANNOT, reason, facts),))


def _way(claim: Claim, held: Held) -> str | None:
    """Up or down for better or worse, as the measure declares it; none where neither is better."""
    if claim.way not in ("better", "worse"):
        return claim.way
    better = {"higher": "up", "lower": "down"}.get(held.measure.better)
    return better if better is None or claim.way == "better" else OTHER[better]


def _caused(claim: Claim) -> tuple[Grade, ...]:
    return (Grade(NOT_SUPPORTED, "cause", {"words": claim.cause}),) if claim.cause else ()


def _together(outcomes: list[str]) -> str:
    """Several judgements as one: alike, that; some that stands beside some that does not, in part."""
    if len(set(outcomes)) == 1:
        return outcomes[0]
    if SUPPORTED in outcomes or PARTLY in outcomes:
        return PARTLY
    return NOT_SUPPORTED


def _change(claim: Claim, held: Held) -> tuple[Grade, Pair | None]:
    """The claim of a change, with the comparison that it makes."""
    pair = windows.pair_for(claim.period, held)
    if isinstance(pair, str):
        return Grade(CANNOT, pair), None
    broken = refused_between(held, pair)
    if broken is not None or (held.finding["outcome"] == "cannot be compared" and pair.tested == "finding"):
        return Grade(CANNOT, "break"), None
    direction = _direction(claim, held, pair)
    if claim.size is None or direction.outcome in (NOT_SUPPORTED, CANNOT):
        return direction, pair
    grade = sized(claim.size, held, pair, direction)
    if grade.reason in ("size ruled out", "size near", "other size") and claim.period.kind in windows.YEARLY:
        return _over_a_year(claim, held, grade), pair
    return grade, pair


def _over_a_year(claim: Claim, held: Held, grade: Grade) -> Grade:
    """A size that no time was named for can be that of the newest 12 months; what is true of those is partly a support."""
    for other in windows.yearly_pairs(held)[1:2]:
        if not refused_between(held, other) and claim.way == other.way and rounds(claim.size, held, other):
            return Grade(PARTLY, "size of other months", {"pair": other})
    return grade


def _retold(claim: Claim, held: Held, told: Pair, change: Grade, pair: Pair | None) -> tuple[Grade, Pair | None]:
    """Where the numbers claimed are those of other months than the finding's, the change is that of the same months."""
    if (pair is not None and (told.first, told.last) == (pair.first, pair.last)) or refused_between(held, told):
        return change, pair
    direction = _direction(claim, held, told)
    stands = claim.size is not None and direction.outcome in (SUPPORTED, PARTLY)
    return (sized(claim.size, held, told, direction) if stands else direction), told


def _direction(claim: Claim, held: Held, pair: Pair) -> Grade:
    if pair.tested == "finding":
        return _by_finding(claim, held, pair)
    if pair.tested == "plain":
        return _of_everyone(claim, pair)
    if claim.way == "none":
        return _unchanged(claim, pair)
    if pair.way != claim.way:
        return Grade(NOT_SUPPORTED, "other way" if pair.way != "none" else "same number")
    if pair.tested in ("few", "none"):
        return Grade(NOT_SUPPORTED if pair.tested == "few" else CANNOT, "few" if pair.tested == "few" else "untested")
    if pair.apart != claim.way:
        return Grade(NOT_SUPPORTED, "chance")
    if pair.tested == "least":
        return Grade(PARTLY, "least")
    contrary = _found_ways(held) == {OTHER[claim.way]}
    return Grade(PARTLY, "contradicted") if contrary else Grade(SUPPORTED, "baseline")


def _by_finding(claim: Claim, held: Held, pair: Pair) -> Grade:
    """The direction by the finding's own verdict."""
    found = held.finding
    verdict, seen = found["verdict"], _found_ways(held)
    if held.measure.kind == "stock" and verdict == "no clear change":
        return _of_everyone(claim, pair)
    if verdict in CLEAR or verdict == POSSIBLE:
        if claim.way == "none":
            return Grade(NOT_SUPPORTED, "changed" if verdict in CLEAR else "stands out")
        if claim.way not in seen:
            return Grade(NOT_SUPPORTED, "clear other way" if verdict in CLEAR else "possible other way")
        return Grade(SUPPORTED, "clear") if verdict in CLEAR else _possible(claim, pair, seen)
    if verdict != "no clear change":
        return Grade(CANNOT, "too few" if found["outcome"] == "too few" else "not enough")
    if claim.way == "none":
        return _no_clear(claim)
    return Grade(NOT_SUPPORTED, "chance" if pair.way == claim.way else "same number" if pair.way == "none" else "other way")


def _possible(claim: Claim, pair: Pair, seen: set[str]) -> Grade:
    """A possible change; what stands out from the usual says nothing of a year ago, where that was claimed."""
    if claim.period.kind != "unsaid" and pair.way != claim.way:
        return Grade(NOT_SUPPORTED, "other way")
    return Grade(PARTLY, "possible" if len(seen) == 1 else "mixed", {"way": claim.way})


def _found_ways(held: Held) -> set[str]:
    """Which way a clear or a possible change goes: of a possible one, what stands out and what is apart from a year ago."""
    found = held.finding
    if found["verdict"] not in (*CLEAR, POSSIBLE):
        return set()
    if found["verdict"] != POSSIBLE or not found["signal"]:
        return {"up" if found["change"] > 0 else "down"}
    apart = found_pair(held).apart
    return {"up" if found["signal"] > 0 else "down", *([apart] if apart else [])}


def _no_clear(claim: Claim) -> Grade:
    return Grade(SUPPORTED, "no clear change") if claim.clearly else Grade(PARTLY, "not the same")


def _unchanged(claim: Claim, pair: Pair) -> Grade:
    if pair.tested == "none":
        return Grade(CANNOT, "untested")
    return Grade(NOT_SUPPORTED, "changed") if pair.apart else _no_clear(claim)


def _of_everyone(claim: Claim, pair: Pair) -> Grade:
    """A count of everyone in post: chance plays no part, and less than 1 in 100 is hardly a change."""
    apart = abs(pair.now - pair.before) >= STOCK_MATTERS * pair.before - EPSILON
    if claim.way == "none":
        return Grade(NOT_SUPPORTED, "changed") if apart else Grade(SUPPORTED if claim.clearly or pair.way == "none" else PARTLY, "hardly")
    if pair.way != claim.way:
        return Grade(NOT_SUPPORTED, "same number" if pair.way == "none" else "other way")
    return Grade(SUPPORTED, "clear") if apart else Grade(PARTLY, "hardly")
