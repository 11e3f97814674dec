"""
What the figures say of one claim, by rules that are fixed before anyone has seen the figures.

1. A claim of a direction stands where a comparison of its time is a clear change that way. A quarter and 12 months are both
   tried: where only the less likely of the two shows it, or the other goes clearly against it, the claim stands in part.
   Where only the numbers go that way and chance could do as much, it does not stand; where it is more than chance by itself but
   one of many areas, it stands in part.
2. A size stands where it rounds to what the figures give for a clear change, to the digits claimed. One that lies in the range
   but is not what the figures give stands in part; one outside the range does not stand. Where no time is named and the ranges
   of several hold it, the nearest leads.
3. A number stands where it rounds to the figure of just that measure, place and time. One that is the figure of another
   measure, of those that are taken for this one, does not stand, and the answer says whose it is.
4. No change is never supported, only that there is no clear one. A cause is never supported: the figures cannot say why.
5. A record stands where nothing held since the time named is higher (or lower), by 12 months or in part by the quarters of every
   season; `ever` in part at most, for not all is held.
6. Two places are compared by their own ranges, and never ranked. What is claimed of every area stands where it is clear in each.
7. Ranks, what is to come, other places, single kinds of person or case, times that are not held, measures without figures,
   and whatever lies across a break that forbids comparing cannot be checked.
8. Numbers and a change in one claim are judged apart; where one stands and the other does not, the claim stands in part.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from metrics.claims.claim import CANNOT, NOT_SUPPORTED, OTHER, PARTLY, SUPPORTED, Amount, Claim
from metrics.claims.figures import Comparison, Figures, Window, year_before
from metrics.claims.windows import ON_A_YEAR_BEFORE, comparisons, level_windows, trailing
from metrics.domain import periods
from metrics.domain.periods import QUARTER, YEAR
from metrics.statistics.parameters import STOCK_MATTERS

EPSILON = 1e-9
OF_PLACES = {"clear": "clear places", "chance": "chance places", "other way": "other way places", "changed": "clear places"}
UNSETTLED = "denied unsettled"
SETTLED = ("other way", "clear other way", "size ruled out", "other size")


@dataclass(frozen=True)
class Grade:
    """One judgement: its outcome, the rule that gave it with the facts of the rule's sentence, and the comparison or time it rests on."""

    outcome: str
    reason: str
    facts: dict = field(default_factory=dict)
    comparison: Comparison | None = None
    window: Window | None = None


@dataclass(frozen=True)
class Judged:
    """An outcome, the judgements that gave it, and every comparison that was tried."""

    outcome: str
    grades: tuple[Grade, ...]
    tried: tuple[Comparison, ...] = ()

    @property
    def comparison(self) -> Comparison | None:
        """The comparison that the outcome rests on."""
        return next((grade.comparison for grade in self.grades if grade.comparison is not None), None)

    @property
    def window(self) -> Window | None:
        """The months that a number or a record rests on."""
        return next((grade.window for grade in self.grades if grade.window is not None), None)


def cannot(reason: str, **facts) -> Judged:
    """What cannot be checked, and why."""
    return Judged(CANNOT, (Grade(CANNOT, reason, facts),))


def judge(claim: Claim, figures: Figures) -> Judged:
    """
    Hold one claim against the figures of its measure.

    >>> cannot("days").outcome
    'cannot be checked'
    """
    way = _way(claim, figures)
    if way is None:
        return cannot("no better")
    claim = replace(claim, way=way)
    if not figures.newest(claim.place):
        whole_only = claim.place != figures.total and "area" not in figures.measure.levels
        return cannot("whole only") if whole_only else _published_once(claim, figures)
    if claim.other:
        return _caused(claim, _places(claim, figures))
    if claim.areas is not None:
        return _caused(claim, _areas(claim, figures))
    if claim.record:
        return _caused(claim, _record(claim, figures))
    return _caused(claim, _numbers_and_change(claim, figures))


def _way(claim: Claim, figures: Figures) -> str | None:
    """Up or down for better or worse, as the measure declares it; none where neither is better."""
    if claim.way not in ("better", "worse"):
        return claim.way
    better = {"higher": "up", "lower": "down"}.get(figures.measure.better)
    return better if better is None or claim.way == "better" else OTHER[better]


def _caused(claim: Claim, judged: Judged) -> Judged:
    """A cause takes full support away and never gives any."""
    if not claim.cause:
        return judged
    cause = Grade(NOT_SUPPORTED, "cause", {"words": claim.cause})
    return replace(judged, outcome=PARTLY if judged.outcome == SUPPORTED else judged.outcome, grades=(*judged.grades, cause))


def _together(outcomes: list[str]) -> str:
    """Several judgements as a single one: alike, that; some that stand beside some that do not, in part."""
    if len(set(outcomes)) == 1:
        return outcomes[0]
    return PARTLY if SUPPORTED in outcomes or PARTLY in outcomes else NOT_SUPPORTED


def _numbers_and_change(claim: Claim, figures: Figures) -> Judged:
    numbers = _numbers(claim, figures) if claim.level or claim.start else None
    if not claim.way:
        return Judged(numbers.outcome, (numbers,))
    tried = comparisons(claim.period, figures, claim.place)
    matched = numbers.comparison if numbers is not None and claim.period.kind in ON_A_YEAR_BEFORE else None
    # Where the numbers claimed are those of one comparison, the change is that of the same months.
    change = _denied(claim, _change(claim, figures, [matched] if matched is not None else tried))
    grades = tuple(grade for grade in (numbers, change) if grade is not None)
    return Judged(_together([grade.outcome for grade in grades]), grades, tuple(tried))


def _change(claim: Claim, figures: Figures, tried: list[Comparison]) -> Grade:
    """A claim of a change by every comparison that it can mean."""
    if not tried:
        return Grade(CANNOT, _why_none(claim, figures))
    grades = [_graded(claim, figures, comparison) for comparison in tried]
    grades = [grade for grade in grades if grade.outcome != CANNOT] or grades[:1]
    first, best = grades[0], next((grade for grade in grades if grade.outcome == SUPPORTED), None)
    if best is None:
        return _nearest(claim, figures, grades) or first
    against = [grade for grade in grades if grade.comparison.clear == OTHER.get(claim.way)]
    if against:
        return replace(best, outcome=PARTLY, reason="contradicted", facts={"against": against[0].comparison})
    return best if _rests(claim, figures, best, grades) else replace(best, outcome=PARTLY, reason="other months")


def _nearest(claim: Claim, figures: Figures, grades: list[Grade]) -> Grade | None:
    """Where no time is named, of the comparisons whose range holds a size the one that lies nearest to it."""
    near = [grade for grade in grades if grade.reason == "size near"]
    if claim.period.kind != "unsaid" or not near or grades[0].reason not in ("size near", "size ruled out"):
        return None
    changes = [grade.comparison.percent if figures.counts else grade.comparison.now - grade.comparison.before for grade in near]
    return min(zip(changes, near, strict=True), key=lambda pair: abs(abs(pair[0]) - claim.size.number))[1]


def _rests(claim: Claim, figures: Figures, best: Grade, grades: list[Grade]) -> bool:
    """Whether a claim stands: an area is one of many, so there it is the answer, judged among all areas, that must show it."""
    if claim.way == "none":
        return True
    if claim.period.kind not in (*ON_A_YEAR_BEFORE, "plan"):
        return best is grades[0]
    whole = claim.place == figures.total or best.comparison.basis not in ("answer", "range")
    asked = [grade.comparison for grade in grades if _asked(claim, grade.comparison)]
    return best is grades[0] and (whole or any(comparison.basis == "answer" and comparison.clear == claim.way for comparison in asked))


def _asked(claim: Claim, comparison: Comparison) -> bool:
    """Whether a comparison is one of those that the question asks for which a claim answers."""
    return claim.period.kind == "plan" or comparison.then == year_before(comparison.window)


def _why_none(claim: Claim, figures: Figures) -> str:
    if claim.period.kind == "plan":
        return "no plan"
    return "no meeting" if claim.period.kind == "meeting" and not figures.meetings.get(claim.place) else "not held"


def _denied(claim: Claim, grade: Grade) -> Grade:
    """A change that is denied: what supports the change refutes it, what rules the change out supports it."""
    if not claim.denied or grade.outcome == CANNOT or grade.comparison is None:
        return grade
    if grade.outcome == SUPPORTED or (grade.outcome == PARTLY and grade.reason not in ("other months", "contradicted", "among many")):
        return replace(grade, outcome=NOT_SUPPORTED if grade.outcome == SUPPORTED else PARTLY, reason="denied")
    ruled_out = grade.comparison.clear == OTHER[claim.way] or (claim.size is not None and grade.reason in SETTLED)
    return replace(grade, outcome=SUPPORTED, reason="denied rightly") if ruled_out else replace(grade, outcome=PARTLY, reason=UNSETTLED)


def _graded(claim: Claim, figures: Figures, comparison: Comparison) -> Grade:
    """A claim of a change by one comparison."""
    if figures.refused(claim.place, comparison):
        return Grade(CANNOT, "break", comparison=comparison)
    grade = _direction(claim, comparison)
    if claim.size is not None and grade.outcome in (SUPPORTED, PARTLY):
        grade = _sized(claim.size, figures, comparison, grade)
    if comparison.short:
        ruled_out = grade.outcome == NOT_SUPPORTED and comparison.basis not in ("few", "untested")
        grade = Grade(NOT_SUPPORTED if ruled_out else CANNOT, "short" if ruled_out else "not held")
    return replace(grade, comparison=comparison)


def _direction(claim: Claim, comparison: Comparison) -> Grade:
    if claim.way == "none":
        return _unchanged(claim, comparison)
    if comparison.clear == OTHER[claim.way]:
        return Grade(NOT_SUPPORTED, "clear other way")
    if comparison.way != claim.way:
        return Grade(NOT_SUPPORTED, "same number" if comparison.way == "none" else "other way")
    if comparison.basis == "everyone":
        return Grade(SUPPORTED, "clear") if _matters(comparison) else Grade(PARTLY, "hardly")
    if comparison.basis in ("few", "untested"):
        return Grade(CANNOT, "too few" if comparison.basis == "few" else "untested")
    if comparison.clear:
        return Grade(SUPPORTED, "clear")
    return Grade(PARTLY, "among many") if comparison.apart == claim.way else Grade(NOT_SUPPORTED, "chance")


def _unchanged(claim: Claim, comparison: Comparison) -> Grade:
    """No change can be refuted; it is supported only where everyone is counted, or where no clear change is what was claimed."""
    if comparison.clear or (comparison.basis == "everyone" and _matters(comparison)):
        return Grade(NOT_SUPPORTED, "changed")
    if comparison.basis == "everyone":
        return Grade(SUPPORTED if claim.clearly or comparison.way == "none" else PARTLY, "hardly")
    if comparison.basis in ("few", "untested"):
        return Grade(CANNOT, "too few" if comparison.basis == "few" else "untested")
    return Grade(SUPPORTED, "no clear change") if claim.clearly else Grade(PARTLY, "not the same")


def _matters(comparison: Comparison) -> bool:
    """Of everyone in post less than 1 in 100 is hardly a change."""
    return abs(comparison.now - comparison.before) >= STOCK_MATTERS * comparison.before - EPSILON


def _sized(size: Amount, figures: Figures, comparison: Comparison, direction: Grade) -> Grade:
    if _rounds(size, figures, comparison):
        return direction
    if size.way and not math.isnan(comparison.percent) and abs(comparison.percent) > size.number:
        return Grade(PARTLY, "size passed")
    if not _has_range(size, figures, comparison) or (size.worded and size.bound == "exact"):
        return Grade(NOT_SUPPORTED, "other size")
    nearer, farther = sorted((abs(comparison.low), abs(comparison.high)))
    inside = {"at least": size.number <= farther, "at most": size.number >= nearer}.get(size.bound, nearer <= size.number <= farther)
    return Grade(PARTLY, "size near", {"claimed": size}) if inside else Grade(NOT_SUPPORTED, "size ruled out")


def _rounds(size: Amount, figures: Figures, comparison: Comparison) -> bool:
    """Whether the figures' own change is what was claimed, to the digits given."""
    pairs = [(comparison.now, comparison.before), comparison.decisive]
    if size.unit == "number" or (size.unit == "points" and not figures.counts and figures.measure.kind != "stock"):
        return any(size.holds(round(abs(now - before), 6)) for now, before in pairs)
    changes = [100 * abs(now / before - 1) for now, before in pairs if before > 0]
    return size.unit == "percent" and any(size.holds(round(change, 6)) for change in changes)


def _has_range(size: Amount, figures: Figures, comparison: Comparison) -> bool:
    """Whether there is a range of just that unit: one of per cent says nothing of a number of offences."""
    unit = "percent" if figures.counts else "points"
    return size.unit == unit and comparison.ranged and bool(comparison.apart)


def _numbers(claim: Claim, figures: Figures) -> Grade:
    """The numbers of a claim: where it stands, and where it stood before."""
    amounts = [amount for amount in (claim.level, claim.start) if amount is not None]
    if any(not _fits(amount, figures) for amount in amounts):
        return Grade(CANNOT, "unit")
    return _stood_and_stands(claim, figures) if claim.start is not None else _stands(claim.level, claim, figures)


def _fits(amount: Amount, figures: Figures) -> bool:
    if amount.unit == "per_1000":
        return figures.measure.rate == "residents" and figures.counts
    if figures.counts or figures.measure.kind == "stock":
        return amount.unit == "number"
    return amount.unit in ("percent", "number") and amount.number <= 100


def _figure(figures: Figures, place: str, window: Window, unit: str) -> float:
    return round(figures.rate(place, window) if unit == "per_1000" else figures.amount(place, window), 6)


def _stands(amount: Amount, claim: Claim, figures: Figures) -> Grade:
    values = [(window, _figure(figures, claim.place, window, amount.unit)) for window in level_windows(claim.period, figures, claim.place)]
    values = [(window, value) for window, value in values if not math.isnan(value)]
    if not values:
        return Grade(CANNOT, "not held")
    for window, value in values:
        if amount.holds(value):
            return Grade(SUPPORTED, "number", {"value": value, "unit": amount.unit}, _comparison_at(window, claim, figures), window)
    window, value = values[0]
    exact = amount.bound == "exact" and amount.above is None
    other = _taken_for(amount, window, figures) if exact else ""
    if other:
        return Grade(NOT_SUPPORTED, "mistaken", {"other": other}, None, window)
    return Grade(NOT_SUPPORTED, "other number", {"value": value, "unit": amount.unit, "claimed": amount}, None, window)


def _comparison_at(window: Window, claim: Claim, figures: Figures) -> Comparison | None:
    """The comparison of the months that a number is of, where a claim without a time goes on to a change."""
    if claim.period.kind not in ON_A_YEAR_BEFORE or not claim.way:
        return None
    return next((comparison for comparison in comparisons(claim.period, figures, claim.place) if comparison.window == window), None)


def _stood_and_stands(claim: Claim, figures: Figures) -> Grade:
    """`From 1,200 to 1,100`: both numbers must be those of one comparison, the earlier as published or like for like."""
    tried = comparisons(claim.period, figures, claim.place)
    for comparison in tried:
        ends = [(claim.start, comparison.then), *([(claim.level, comparison.window)] if claim.level else [])]
        if all(amount.holds(_figure(figures, claim.place, window, amount.unit)) for amount, window in ends):
            return Grade(SUPPORTED, "both numbers" if comparison.linked is None else "both published", {}, comparison, comparison.window)
        if comparison.linked is not None and all(_like_for_like(claim, *comparison.linked)):
            return Grade(SUPPORTED, "like for like", {}, comparison, comparison.window)
    return Grade(NOT_SUPPORTED, "other numbers", {}, None, tried[0].window) if tried else Grade(CANNOT, "not held")


def _like_for_like(claim: Claim, now: float, before: float) -> Iterator[bool]:
    """Whether the numbers of a claim are those that a page gives where it shares out what had no area."""
    yield claim.start.unit == "number" and claim.start.holds(round(before))
    yield claim.level is None or claim.level.holds(round(now))


def _taken_for(amount: Amount, window: Window, figures: Figures) -> str:
    """The measure, of those that this one is taken for, whose figure the number is."""
    months = periods.span(*window) if figures.counts else [window[1]]
    for measure, values in figures.others.items():
        whole = amount.unit != "per_1000" and all(month in values for month in months)
        if whole and amount.holds(round(sum(values[month][0] for month in months), 6)):
            return measure
    return ""


def _published_once(claim: Claim, figures: Figures) -> Judged:
    """A measure without a series: a number can be that of a single published figure."""
    readings = figures.measure.readings
    if claim.period.kind == "within":
        readings = tuple(reading for reading in readings if claim.period.first <= reading.period <= claim.period.last)
    if not readings or claim.level is None or claim.way or claim.other or claim.areas is not None or claim.start is not None:
        return cannot("no figures")
    newest = max(readings, key=lambda reading: reading.period)
    fits = [reading for reading in readings if claim.level.holds(_value_of(reading.text))]
    outcome = SUPPORTED if newest in fits else PARTLY if fits else NOT_SUPPORTED
    return Judged(outcome, (Grade(outcome, "published once", {"text": max(fits or [newest], key=lambda reading: reading.period).text}),))


def _value_of(text: str) -> float:
    """The number that a single published figure opens with."""
    digits = text.split()[0].rstrip("%").replace(",", "") if text.split() else ""
    return float(digits) if digits.replace(".", "", 1).isdecimal() and digits.isascii() else math.nan


def _places(claim: Claim, figures: Figures) -> Judged:
    """Two places over the same time: as they are, and for each resident; never more than these two."""
    each = claim.each or figures.total in (claim.place, claim.other)
    if claim.level is not None or claim.start is not None or claim.period.kind not in ON_A_YEAR_BEFORE:
        return cannot("places in time")
    by_number = figures.compare_places(claim.place, claim.other, each=False)
    by_rate = figures.compare_places(claim.place, claim.other, each=True)
    chosen, beside = (by_rate, by_number) if figures.counts and each else (by_number, by_rate)
    if math.isnan(chosen.now + chosen.before):
        return cannot("no figures there")
    grade = replace(_denied(claim, _graded(claim, figures, chosen)), comparison=chosen)
    grade = replace(grade, reason=OF_PLACES.get(grade.reason, grade.reason))
    against = not each and beside.clear == OTHER.get(claim.way) and grade.outcome == SUPPORTED
    grade = replace(grade, outcome=PARTLY, reason="for each the other way") if against else grade
    tried = tuple(comparison for comparison in (chosen, beside) if not math.isnan(comparison.now + comparison.before))
    return Judged(grade.outcome, (grade,), tried)


def _areas(claim: Claim, figures: Figures) -> Judged:
    """In how many areas the numbers go the way claimed, and in how many clearly."""
    if claim.way not in OTHER or claim.level is not None or claim.start is not None:
        return cannot("areas")
    firsts = {place: comparisons(claim.period, figures, place, 1) for place in figures.series if place != figures.total}
    compared = [tried[0] for place, tried in firsts.items() if tried and not figures.refused(place, tried[0])]
    if not compared:
        return cannot("break" if any(firsts.values()) else "not held")
    that_way = [comparison for comparison in compared if comparison.way == claim.way]
    clearly = [comparison for comparison in compared if comparison.clear == claim.way]
    holds = [claim.areas.holds(len(those)) for those in (that_way, clearly)]
    outcome = SUPPORTED if all(holds) else PARTLY if any(holds) else NOT_SUPPORTED
    facts = {"areas": len(compared), "that_way": len(that_way), "clearly": len(clearly), "way": claim.way}
    return Judged(outcome, (Grade(outcome, "areas " + outcome, facts, compared[0]),))


def _record(claim: Claim, figures: Figures) -> Judged:
    """Whether the newest figure is the highest, or the lowest, of those held since the time named."""
    first = _record_from(claim, figures)
    held_from = figures.oldest(claim.place)
    grades = [_record_of(claim, figures, length, max(first, held_from)) for length in ((YEAR, QUARTER) if figures.counts else (1,))]
    grades = [grade for grade in grades if grade is not None]
    if not grades:
        return cannot("not held")
    best = next((grade for grade in grades if grade.outcome == SUPPORTED), None)
    if best is None:
        return Judged(grades[0].outcome, (grades[0],))
    whole = best is grades[0] and first >= held_from
    return Judged(SUPPORTED if whole else PARTLY, (best if whole else replace(best, outcome=PARTLY, reason="record held"),))


def _record_from(claim: Claim, figures: Figures) -> str:
    """The first month of the time that a record is claimed for; empty for ever."""
    period = claim.period
    if period.kind == "back":
        return periods.shift(figures.newest(claim.place), -period.months)
    return {"since": period.first, "plan": periods.shift(figures.plan_before, 1)}.get(period.kind, "")


def _record_of(claim: Claim, figures: Figures, length: int, first: str) -> Grade | None:
    every = trailing(figures, claim.place, length, first)
    compared = [comparison for comparison in every if not figures.refused(claim.place, comparison)]
    if len(compared) < 2:
        return Grade(CANNOT, "break") if len(every) > len(compared) else None
    newest, most = compared[-1].decisive[1], max if claim.record == "up" else min
    extreme = most(comparison.decisive[1] for comparison in compared)
    other = next(comparison for comparison in reversed(compared) if comparison.decisive[1] == extreme)
    if newest == extreme and len(every) > len(compared):
        return Grade(CANNOT, "break")
    first = first if len(every) == len(compared) else compared[0].then[0]
    facts = {"record": claim.record, "now": newest, "most": extreme, "other": other.then, "first": first}
    facts |= {"linked": other.linked is not None}
    stands = (SUPPORTED, "record") if newest == extreme else (NOT_SUPPORTED, "no record")
    return Grade(*stands, facts, None, compared[-1].window)
