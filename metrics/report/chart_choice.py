"""
Which picture shows which kind of figure.

Counts that are judged by the month have their usual range; rare events stand as totals of 12 months; a survey
has the range that chance allows; a count of everyone is a plain line.
"""

import pandas as pd

from metrics.charts import spec
from metrics.charts.spec import Chart
from metrics.domain import Break, Measure, Place, Plan, periods
from metrics.narrative import SURVEYS
from metrics.statistics.levels import YEAR
from metrics.statistics.parameters import DESIGN_EFFECT
from metrics.statistics.survey import effective_base, wilson

LONDON = "london"
SIGNALS = {"clear improvement": "improvement", "clear worsening": "concern", "clear rise": "high", "clear fall": "low"}
"""What a clear verdict on a survey figure is drawn as; every other is no signal."""


def judged(
    here: pd.DataFrame, points: pd.DataFrame | None, measure: Measure, place: Place, plan: Plan, words: dict, *,
    shown: tuple[pd.DataFrame, str] | None = None, verdict: str = "",
) -> Chart:
    """
    The picture behind a finding.

    Parameters
    ----------
    here
        One place: `period, value, base, level, provisional`.
    points
        Its monthly control chart, or None: `period, centre, lower, upper, rule, signal, judged`.
    words
        What every chart takes: `kicker, title, subtitle, alt, source, breaks`.
    shown
        What was known on an earlier day (`period, value`) and the label of its dotted line; totals of 12 months have none.
    verdict
        On the newest survey figure against the one a year before; it decides the shape of the newest dot.
    """
    before = {"ghost": shown[0], "ghost_label": shown[1]} if shown else {}
    if measure.kind in SURVEYS:
        signal = SIGNALS.get(verdict, "none")
        return spec.survey_with_intervals(_with_chance(here), measure, label=place.name, signal=signal, **words, **before)
    if points is not None and len(points):
        start = max(plan.baseline_first, measure.baseline_from or plan.baseline_first)
        frame = here.merge(points, on="period", how="left").assign(
            segment=lambda each: _after(each["period"], words["breaks"]),
            provisional=lambda each: each["provisional"] & ~each["judged"].fillna(False).astype(bool),
        )
        last = periods.shift(start, periods.between(plan.baseline_first, plan.baseline_last))
        return spec.series_with_limits(
            frame, measure, label=place.name, baseline=(start, last), from_zero=True, **words, **before
        )
    if measure.kind == "count" and here["level"].notna().any():
        return spec.twelve_month_bars(_year_ends(here), measure, label=place.name, **{k: v for k, v in words.items() if k != "breaks"})
    return spec.series_over_time(here, measure, label=place.name, from_zero=False, **words, **before)


def rates(drawn: pd.DataFrame, measure: Measure, place: Place, words: dict) -> Chart:
    """Monthly rates per 1,000 residents of a place, beside London's."""
    rated = drawn.assign(value=drawn["value"] * 1000 / drawn["residents"])
    here = rated[rated["place"] == place.id]
    beside = rated[(rated["place"] == LONDON) & rated["period"].between(here["period"].iloc[0], here["period"].iloc[-1])]
    beside = beside if place.id != LONDON and len(beside) else None
    return spec.series_over_time(here, measure, label=place.name, unit="per_1000", beside=beside, **words)


def among_boroughs(places: pd.DataFrame, limits: pd.DataFrame, measure: Measure, chosen: str | None, words: dict) -> Chart:
    """Every borough at its size, and the range to expect there: `place` (its name), `base, value, outside, target`."""
    survey = measure.kind in SURVEYS
    return spec.funnel(
        places, measure, limits=limits, centre=float(places["target"].iloc[0]), place=chosen, centre_label="All boroughs",
        base_label="Interviews that count" if survey else "Residents", unit=None if survey else "per_1000", **words,
    )


def on_the_map(figures: pd.DataFrame, measure: Measure, chosen: str | None, words: dict) -> Chart:
    """One small line a borough, where it lies: `place` (its name), `row, column, period, value`."""
    return spec.small_multiples(figures, measure, unit=None if measure.kind in SURVEYS else "index", place=chosen, **words)


def from_every_baseline(against: pd.DataFrame, measure: Measure, plan: Plan, words: dict) -> Chart:
    """The newest change set against every earlier year: `against, change, low, high`."""
    window = "12 months to " if measure.kind in SURVEYS else "The same time to "
    before = [" (before the plan)" if end <= plan.baseline_last else "" for end in against["against"]]
    labels = [f"{window}{periods.say(end)}{note}" for end, note in zip(against["against"], before, strict=True)]
    return spec.baseline_strip(against.assign(label=labels), unit="points" if measure.kind in SURVEYS else "percent", **words)


def _with_chance(here: pd.DataFrame) -> pd.DataFrame:
    """Survey figures with the range chance allows; every fourth, counted from the newest, shares no interviews with another."""
    low, high = wilson(here["value"].to_numpy() / 100, effective_base(here["base"].to_numpy(), DESIGN_EFFECT))
    back = [periods.between(period, here["period"].iloc[-1]) for period in here["period"]]
    return here.assign(low=100 * low, high=100 * high, judged=[months % YEAR == 0 for months in back])


def _year_ends(here: pd.DataFrame) -> pd.DataFrame:
    """Totals of 12 months, every one ending a whole number of years before the newest."""
    held = here[here["level"].notna()]
    back = [periods.between(period, held["period"].iloc[-1]) % YEAR == 0 for period in held["period"]]
    return held[back].assign(value=lambda each: each["level"])


def _after(when: pd.Series, breaks: list[Break]) -> pd.Series:
    """Which stretch between breaks each period belongs to."""
    return sum((when >= brk.period for brk in breaks), start=pd.Series(0, when.index)).astype(int)
