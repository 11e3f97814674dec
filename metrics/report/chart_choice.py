"""
Which picture shows which kind of figure.

Counts that are judged by the month have their usual range; rare events stand as totals of 12 months; a survey
has the range that chance allows; a count of everyone is a plain line.
"""

from dataclasses import replace

import pandas as pd

from metrics.charts import spec
from metrics.charts.spec import Chart
from metrics.charts.spec.layers import OF_VERDICT
from metrics.domain import SURVEYS, Break, Measure, Place, Plan, periods
from metrics.domain.periods import YEAR
from metrics.narrative import phrases
from metrics.statistics.comparisons import design_effect, effective_base, wilson
from metrics.statistics.questions import SINCE_PLAN

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def judged(
    here: pd.DataFrame, points: pd.DataFrame | None, measure: Measure, place: Place, plan: Plan, words: dict, *,
    shown: tuple[pd.DataFrame, str] | None = None, verdict: str = "",
) -> Chart:
    """
    The picture behind a finding.

    `here`: one place: `period, value, base, level, provisional`.
    `points`: its monthly control chart, or None: `period, centre, lower, upper, rule, signal, judged`.
    `words`: what every chart takes: `title, subtitle, alt, source, breaks`.
    `shown`: what was known on an earlier day (`period, value`) and the label of its dotted line; totals of 12 months have none.
    `verdict`: on the newest survey figure against the one a year before; it decides the shape of the newest dot.
    """
    if measure.kind in SURVEYS:
        signal = OF_VERDICT.get(verdict, "none")
        return spec.survey_with_intervals(_with_chance(here, measure), measure, label=place.name, signal=signal, shown=shown, **words)
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
        return spec.twelve_month_bars(_year_ends(here), measure, label=place.name, **{k: v for k, v in words.items() if k != "breaks"})
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


def _with_chance(here: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Survey figures with the range chance allows; every fourth, counted from the newest, shares no interviews with another."""
    low, high = wilson(here["value"].to_numpy() / 100, effective_base(here["base"].to_numpy(), design_effect(measure)))
    back = [periods.between(period, here["period"].iloc[-1]) for period in here["period"]]
    return here.assign(low=100 * low, high=100 * high, judged=[months % YEAR == 0 for months in back])


def _year_ends(here: pd.DataFrame) -> pd.DataFrame:
    """Totals of 12 months, every one ending a whole number of years before the newest."""
    present = here[here["level"].notna()]
    back = [periods.between(period, present["period"].iloc[-1]) % YEAR == 0 for period in present["period"]]
    return present[back].assign(value=lambda each: each["level"])


def _after(when: pd.Series, breaks: list[Break]) -> pd.Series:
    """Which stretch each period belongs to, between the breaks that no comparison may cross."""
    return sum((when >= brk.period for brk in breaks if brk.rule == "refuse"), start=pd.Series(0, when.index)).astype(int)
