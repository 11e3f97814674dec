"""
The figures that a claim is held against: what was found, what changed from each baseline, and the months themselves.

A comparison that the findings test is taken from them. Any other has only the least range that chance alone would make,
or, for a survey, the range of its sample; it can rule a claim out, and it can never rule one in alone.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.domain import Break, Dataset, Measure, Place, periods
from metrics.narrative import SURVEYS
from metrics.narrative.number_format import is_missing
from metrics.statistics.levels import YEAR
from metrics.statistics.parameters import DESIGN_EFFECT, SMALL_COUNT
from metrics.statistics.ratios import rate_ratio
from metrics.statistics.rolling_years import with_difference

COUNTS = ("count", "flow")


@dataclass(frozen=True)
class Held:
    """
    Everything held of one measure in one place, as known on a day.

    `finding` has the fields of `metrics.build.findings`; `against` is `against, change, low, high` by the last month of the earlier
    time; `series` is `value, base, residents` by period; `others` the series of measures that this one is taken for.
    """

    measure: Measure
    place: Place
    as_at: date
    finding: dict
    against: pd.DataFrame
    series: pd.DataFrame
    dataset: Dataset | None = None
    breaks: tuple[Break, ...] = ()
    plan_before: str = ""
    meetings: tuple[date, ...] = ()
    others: tuple[tuple[Measure, pd.DataFrame], ...] = ()
    source: str = ""

    @property
    def counts(self) -> bool:
        """Whether months are added up."""
        return self.measure.kind in COUNTS

    @property
    def newest(self) -> str:
        """The newest month that is held."""
        return self.series.index[-1] if len(self.series) else ""


@dataclass(frozen=True)
class Pair:
    """
    Two numbers and their months; `low` and `high` are per cent for counts and points for surveys, missing where nothing was tested.

    `tested` is `finding`, `baseline`, `sample` (a survey's range), `least` (a count's least range), `plain` (everyone is
    counted), `few` or `none`.
    """

    now: float
    before: float
    first: str
    last: str
    then_first: str
    then_last: str
    tested: str
    low: float = float("nan")
    high: float = float("nan")

    @property
    def way(self) -> str:
        """Which way the numbers themselves go."""
        return "up" if self.now > self.before else "down" if self.now < self.before else "none"

    @property
    def apart(self) -> str:
        """Which way the whole range goes; nothing where it holds no change, or there is none."""
        return "up" if self.low > 0 else "down" if self.high < 0 else ""


def amount_in(held: Held, first: str, last: str, series: pd.DataFrame | None = None) -> float:
    """
    What is held for the months from first to last: counts added up, any other figure as it stood at the end; else missing.

    A survey's figure covers 12 months, so the months before the last do not matter to it.
    """
    values = (held.series if series is None else series)["value"]
    if not held.counts:
        return float(values.get(last, float("nan")))
    months = periods.span(first, last)
    return float(values.reindex(months).sum(min_count=len(months), skipna=False)) if set(months) <= set(values.index) else float("nan")


def found_pair(held: Held) -> Pair:
    """The comparison that the finding rests on: with the same months a year before."""
    found = held.finding
    then = [periods.shift(found[end], -YEAR) for end in ("first", "last")] if found["last"] else ["", ""]
    return Pair(found["now"], found["before"], found["first"], found["last"], *then, "finding", found["low"], found["high"])


def pair_of(held: Held, now: tuple[str, str], then: tuple[str, str]) -> Pair:
    """
    Two times compared, by the finding where it compares just these, else by the kept baseline, else as far as can be told.
    """
    found = found_pair(held)
    if found.last and (found.first, found.last, found.then_last) == (*now, then[1]):
        return found
    values = amount_in(held, *now), amount_in(held, *then)
    whole = Pair(*values, *now, *then, "none")
    if any(map(is_missing, values)):
        return whole
    rows = held.against[held.against["against"] == then[1]]
    if now == (found.first, found.last) and len(rows):
        return Pair(*values, *now, *then, "baseline", float(rows["low"].iloc[0]), float(rows["high"].iloc[0]))
    return _tested(held, whole)


def _tested(held: Held, pair: Pair) -> Pair:
    known = {name: getattr(pair, name) for name in ("now", "before", "first", "last", "then_first", "then_last")}
    if held.measure.kind == "stock":
        return Pair(**known, tested="plain")
    if held.measure.kind in SURVEYS:
        return _sampled(held, known)
    if not held.counts:
        return pair
    if min(pair.now, pair.before) < SMALL_COUNT:
        return Pair(**known, tested="few")
    exposures = [sum(map(periods.days, periods.span(*ends))) for ends in ((pair.first, pair.last), (pair.then_first, pair.then_last))]
    ratio = rate_ratio(pair.now, exposures[0], pair.before, exposures[1], 1.0)
    return Pair(**known, tested="least", low=100 * (float(ratio.low) - 1), high=100 * (float(ratio.high) - 1))


def _sampled(held: Held, known: dict) -> Pair:
    bases = [held.series["base"].get(known[end], float("nan")) for end in ("last", "then_last")]
    if any(map(is_missing, bases)):
        return Pair(**known, tested="none")
    row = {"value": [known["now"]], "base": [bases[0]], "value_before": [known["before"]], "base_before": [bases[1]]}
    tested = with_difference(pd.DataFrame(row), deff=DESIGN_EFFECT)
    return Pair(**known, tested="sample", low=float(tested["lower"].iloc[0]), high=float(tested["upper"].iloc[0]))


def refused_between(held: Held, pair: Pair) -> Break | None:
    """The newest break between two times that nothing may be compared across."""
    crossed = [one for one in held.breaks if one.rule == "refuse" and pair.then_first < one.period <= pair.last]
    return crossed[-1] if crossed else None


def cautions_between(held: Held, pair: Pair) -> list[str]:
    """What changed in the way of recording between two times, where that calls for caution."""
    return list(dict.fromkeys(one.title for one in held.breaks if one.rule == "caution" and pair.then_first < one.period <= pair.last))
