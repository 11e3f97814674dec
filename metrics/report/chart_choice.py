"""
Which picture shows which kind of figure.

Counts that are judged by the month have their usual range; rare events stand as totals of 12 months; a survey
has the range that chance allows; a count of everyone is a plain line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from metrics.charts import spec
from metrics.charts.spec import Chart
from metrics.charts.spec.layers import OF_VERDICT
from metrics.domain import SURVEYS, Break, Measure, Place, Plan, periods
from metrics.domain.periods import YEAR
from metrics.narrative import phrases
from metrics.statistics.comparisons import design_effect, effective_base, wilson
from metrics.statistics.questions import SINCE_PLAN
from metrics.statistics.verdict import COMPARED

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True)
class Compared:
    """
    What an answer sets against each other: the last months of the two figures, how many `months` each holds, and the verdict.

    Where it compares nothing, or like for like what is drawn as published, there are no periods; `refused_by` is the break that forbids it.
    """

    periods: tuple[str, ...] = ()
    months: int = 0
    verdict: str = ""
    refused_by: str = ""


def compared(answer: Mapping) -> Compared:
    """
    What an answer sets against each other.

    >>> compared({"outcome": "cannot be compared", "refused_by": "connect"})
    Compared(periods=(), months=0, verdict='', refused_by='connect')
    """
    if answer.get("outcome") != COMPARED or answer["linked"]:
        return Compared(refused_by=answer.get("refused_by", ""))
    months = periods.between(answer["now_from"], answer["now_to"]) + 1
    return Compared((answer["before_to"], answer["now_to"]), months, answer["shown"])


def judged(
    here: pd.DataFrame, points: pd.DataFrame | None, measure: Measure, place: Place, plan: Plan, words: dict, *,
    shown: tuple[pd.DataFrame, str] | None = None, compared: Compared,
) -> Chart:
    """
    The picture behind a finding.

    `here`: one place: `period, value, base, level, provisional`.
    `points`: its monthly control chart, or None: `period, centre, lower, upper, rule, signal, judged`.
    `words`: what every chart takes: `title, subtitle, alt, source, breaks`.
    `shown`: what was known on an earlier day (`period, value`) and the label of its dotted line; totals of 12 months have none.
    `compared`: what the answer that is told sets against each other: nothing else is marked; its verdict decides the shape of the newest
        dot of a survey.
    """
    if measure.kind in SURVEYS:
        frame, signal = _with_chance(here, measure, compared), OF_VERDICT.get(compared.verdict, "none")
        return spec.survey_with_intervals(
            frame, measure, label=place.name, pair=compared.periods, signal=signal, shown=shown, **words
        )
    if points is not None and len(points):
        start = max(plan.baseline_first, measure.baseline_from or plan.baseline_first)
        frame = here.merge(points, on="period", how="left").assign(
            segment=lambda each: _after(each["period"], words["breaks"]),
            provisional=lambda each: each["provisional"] & ~each["judged"].fillna(False).astype(bool),
        )
        last = periods.shift(start, periods.between(plan.baseline_first, plan.baseline_last))
        drawn = spec.series_with_limits(frame, measure, label=place.name, baseline=(start, last), shown=shown, **words)
        return _with_target(drawn, measure, place)
    if measure.kind == "count" and here["level"].notna().any():
        forbidding = [brk for brk in words["breaks"] if brk.id == compared.refused_by]
        pair = compared.periods if compared.months == YEAR else ()
        return spec.twelve_month_bars(_year_ends(here, compared), measure, label=place.name, pair=pair, **words | {"breaks": forbidding})
    return spec.series_over_time(here, measure, label=place.name, from_zero=False, shown=shown, **words)


def rates(drawn: pd.DataFrame, measure: Measure, place: Place, whole: Place, words: dict) -> Chart:
    """Monthly rates per 1,000 residents of a place, beside those of the whole force area."""
    rated = drawn.assign(value=drawn["value"] * 1000 / drawn["residents"])
    here = rated[rated["place"] == place.id]
    beside = rated[(rated["place"] == whole.id) & rated["period"].between(here["period"].iloc[0], here["period"].iloc[-1])]
    beside = beside if place.id != whole.id and len(beside) else None
    return spec.series_over_time(here, measure, label=place.name, unit="per_1000", beside=beside, beside_label=whole.name, **words)


def among_areas(places: pd.DataFrame, limits: pd.DataFrame, measure: Measure, chosen: str | None, words: dict) -> Chart:
    """Every area at its size, and the range to expect there: `place` (its name), `base, value, outside, target`."""
    survey = measure.kind in SURVEYS
    return spec.funnel(
        places, measure, limits=limits, centre=float(places["target"].iloc[0]), place=chosen, centre_label="all together",
        base_label="Interviews that count" if survey else "Residents", unit=None if survey else "per_1000", **words,
    )


def side_by_side(figures: pd.DataFrame, measure: Measure, chosen: str | None, words: dict, verdicts: dict[str, str] | None = None) -> Chart:
    """One small line an area, in alphabetical order: `place` (its name), `period, value`; verdicts by name."""
    unit = None if measure.kind in SURVEYS else "index"
    return spec.small_multiples(figures, measure, unit=unit, place=chosen, verdicts=verdicts or {}, **words)


def from_every_baseline(against: pd.DataFrame, measure: Measure, words: dict) -> Chart:
    """The newest change from every baseline, the answers among them: `question, now_to, against, months, change, low, high, linked`."""
    labels = [_baseline_words(row, measure) for row in against.itertuples()]
    return spec.baseline_strip(against.assign(label=labels), unit="points" if measure.kind in SURVEYS else "percent", **words)


def _baseline_words(row, measure: Measure) -> str:
    """A baseline in a few words: which it is, and its months."""
    years = periods.between(row.against, row.now_to) // YEAR
    many = "A year" if years == 1 else f"{NUMBERS[years] if years < len(NUMBERS) else years} years"
    name = "Before the plan" if row.question == SINCE_PLAN else f"{many} before"
    months = phrases.short_months(periods.shift(row.against, 1 - row.months), row.against, measure)
    return f"{name}, {'like for like, ' if row.linked else ''}{months}"


def _with_target(chart: Chart, measure: Measure, place: Place) -> Chart:
    """The months of a year's target as a level of the whole force area's chart; the chart as it is where there is no target."""
    if measure.target is None or place.level != "force":
        return chart
    return replace(chart, layers=(*chart.layers, spec.Level(measure.target.value / YEAR, "target, a month", style="path")))


def _with_chance(here: pd.DataFrame, measure: Measure, compared: Compared) -> pd.DataFrame:
    """Survey figures with the range chance allows; those that are judged share no interviews with one another."""
    low, high = wilson(here["value"].to_numpy() / 100, effective_base(here["base"].to_numpy(), design_effect(measure)))
    return here.assign(low=100 * low, high=100 * high, judged=_years_apart(here["period"].tolist(), compared))


def _year_ends(here: pd.DataFrame, compared: Compared) -> pd.DataFrame:
    """Totals of 12 months that share no month with one another."""
    present = here[here["level"].notna()]
    return present[_years_apart(present["period"].tolist(), compared)].assign(value=lambda each: each["level"])


def _years_apart(ends: list[str], compared: Compared) -> list[bool]:
    """
    Which periods stand whole years before the newest, and from the earlier of the two compared back before that, so that none is less
    than a year from another.

    >>> ends = ["2022-06", "2022-09", "2023-06", "2023-09", "2024-09", "2025-09"]
    >>> _years_apart(ends, Compared(("2023-06", "2025-09")))
    [True, False, True, False, True, True]
    """
    newest = ends[-1]
    earlier = next((period for period in compared.periods[:1] if period in ends), newest)
    back = [periods.between(period, earlier if period <= earlier else newest) for period in ends]
    apart = [period <= earlier or periods.between(earlier, period) >= YEAR for period in ends]
    return [far and months % YEAR == 0 for far, months in zip(apart, back, strict=True)]


def _after(when: pd.Series, breaks: list[Break]) -> pd.Series:
    """Which stretch each period belongs to, between the breaks that no comparison may cross."""
    return sum((when >= brk.period for brk in breaks if brk.rule == "refuse"), start=pd.Series(0, when.index)).astype(int)
