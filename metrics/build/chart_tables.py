"""
The tables that charts are drawn from: control charts of a day, the change from every sensible baseline, the areas side by side.

Each area has its place among all, never an order. Counts stand as rates of the last 12 months per 1,000 residents; survey figures as
shares of the interviews.
"""

import numpy as np
import pandas as pd

from metrics.build.answers import as_read, plan_start, survey_figures, with_breaks
from metrics.build.inputs import Inputs, measure_and_place, stacked
from metrics.domain import SURVEYS, Definitions, Measure, periods
from metrics.statistics import control_charts
from metrics.statistics.comparisons import design_effect
from metrics.statistics.count_answers import COMPARED, count_changes
from metrics.statistics.funnel import funnel, funnel_limits
from metrics.statistics.level_answers import survey_changes
from metrics.statistics.levels import latest, with_levels

AGAINST = ["measure", "place", "question", "now_to", "against", "months", "change", "low", "high", "linked"]
POINT = ["measure", "place", "period", "centre", "lower", "upper", "rule", "signal", "judged"]


def charts(inputs: Inputs) -> pd.DataFrame:
    """
    The control charts of every monthly count in every place, as known on a day.

    Returns: `measure, place, period, centre, lower, upper, rule, signal, judged`, limits on the scale of the months as counted.
    """
    every, prepared = inputs.chart, inputs.prepared
    if not len(every) or not (monthly := every["step"] == "month").any():
        return pd.DataFrame(columns=POINT)
    points = inputs.points.merge(every.loc[monthly, ["series", "ordinal", "period", "judged"]], on=["series", "ordinal"])
    by_measure = measure_and_place(points).groupby("measure")
    parts = [control_charts.as_counted(part, prepared[name].counts) for name, part in by_measure]
    return pd.concat(parts, ignore_index=True)[POINT]


def against_each(inputs: Inputs, known: Definitions) -> pd.DataFrame:
    """
    The newest change of every measure and place from each sensible baseline, as known on a day.

    Returns: `measure, place, question, now_to, against, months, change, low, high`: per cent for counts, points for surveys; `linked` where
        linked figures decide. The rows of `question` `year` and `plan` are those answers, with their windows, to the last digit. What may
        not be compared, or has too few for a percentage, has no row, and no two rows compare the same months.
    """
    start, force = plan_start(known.plan), known.total.id
    parts = [count_changes(of.counts, start, factors=of.factors).assign(measure=name) for name, of in inputs.prepared.items()]
    surveys = [name for name in inputs.figures if known.measures[name].kind in SURVEYS]
    if surveys:
        figures = [survey_figures(known.measures[name], inputs.figures[name]) for name in surveys]
        parts.append(survey_changes(pd.concat(figures, ignore_index=True), start, force=force))
    if not parts:
        return pd.DataFrame(columns=AGAINST)
    tests = as_read(known, with_breaks(known, pd.concat(parts, ignore_index=True)))
    shown = tests[(tests["outcome"] == COMPARED) & tests[["change", "low", "high"]].notna().all(axis=1)]
    months = [periods.between(first, last) + 1 for first, last in zip(shown["now_from"], shown["now_to"], strict=True)]
    rows = shown.assign(against=shown["before_to"], months=months)[AGAINST]
    return rows.drop_duplicates(["measure", "place", "against", "months"], keep="last", ignore_index=True)


POINTS_OF_LIMITS = 40
FUNNEL = {"measure": str, "place": str, "period": str, "base": float, "value": float, "outside": str}
FUNNEL |= {"can_single_out": bool, "target": float}
FUNNEL_LIMIT = {"measure": str, "base": float, "lower": float, "upper": float}
LIMITS = {"adjusted_lower_998": "lower", "adjusted_upper_998": "upper"}


def funnels(known: Definitions, by_measure: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """
    Every area against the range to expect, for each measure that has one.

    Returns: `funnel`: `measure, place, period, base, value, outside` (`high`, `low` or `none`), `can_single_out`, `target`; `funnel_limit`:
        `measure, base, lower, upper`, the 99.8% limits with ordinary differences allowed for.
    """
    areas = {name: figures[figures["place"] != known.total.id] for name, figures in by_measure.items()}
    seen = [_of_measure(known.measures[name], figures) for name, figures in areas.items() if len(figures)]
    kept = [pair for pair in seen if pair is not None]
    return {
        "funnel": stacked([places for places, _ in kept], FUNNEL),
        "funnel_limit": stacked([limits for _, limits in kept], FUNNEL_LIMIT),
    }


def _of_measure(measure: Measure, figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    newest = latest(with_levels(figures, kind=measure.kind))
    newest = newest[newest["period"] == newest["period"].max()]
    survey = measure.kind in SURVEYS
    if len(newest) < len(figures["place"].unique()) or not (survey or measure.rate == "residents"):
        return None
    base = newest["base"] / design_effect(measure) if survey else newest["residents"]
    count = newest["level"] / 100 * base if survey else newest["level"]
    kind = "proportion" if survey else "rate"
    given = pd.DataFrame({"place": newest["place"], "count": count, "base": base, "period": newest["period"]})
    # Where residents are not known, or every place has the same base, there is nothing to set the figures against.
    if given["count"].sum() == 0 or given["base"].isna().any() or given["base"].nunique() == 1:
        return None
    return _shown(measure, funnel(given, kind=kind), kind)


def _shown(measure: Measure, judged: pd.DataFrame, kind: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    scale = 100 if kind == "proportion" else 1
    outside = judged["outside"].map({"higher": "high", "lower": "low"}).fillna("none")
    outside = outside.where(judged["can_single_out"], "none")
    places = judged.assign(measure=measure.id, value=judged["figure"] * scale, outside=outside, target=judged["target"] * scale)
    reach = np.linspace(judged["base"].min() * 0.95, judged["base"].max() * 1.05, POINTS_OF_LIMITS)
    tau2 = float(judged["tau2"].iloc[0])
    limits = funnel_limits(reach, kind=kind, target=float(judged["target"].iloc[0]), tau2=tau2)[list(LIMITS)].rename(columns=LIMITS) * scale
    return places[list(FUNNEL)], limits.assign(measure=measure.id, base=reach)[list(FUNNEL_LIMIT)]
