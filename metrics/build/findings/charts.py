"""The control charts of a day, and the change of every measure from every sensible baseline."""

import pandas as pd

from metrics.build.findings.inputs import Inputs
from metrics.domain import Definitions
from metrics.narrative import SURVEYS
from metrics.statistics import baselines, chart_points
from metrics.statistics.parameters import DESIGN_EFFECT

AGAINST = ["measure", "place", "against", "months", "change", "low", "high"]
POINT = ["measure", "place", "period", "centre", "lower", "upper", "rule", "signal", "judged"]


def charts(inputs: Inputs) -> pd.DataFrame:
    """
    The control charts of every monthly count in every place, as known on a day.

    Returns
    -------
    DataFrame
        `measure, place, period, centre, lower, upper, rule, signal, judged`, limits on the scale of the months as counted.
    """
    every, prepared = inputs.chart, inputs.prepared
    if not len(every) or not (monthly := every["step"] == "month").any():
        return pd.DataFrame(columns=POINT)
    points = inputs.points.merge(every.loc[monthly, ["series", "ordinal", "period", "judged"]], on=["series", "ordinal"])
    points[["measure", "place"]] = points["series"].str.split("|", expand=True)
    by_measure = points.groupby("measure")
    parts = [chart_points.as_counted(part, prepared[name].counts, prepared[name].how) for name, part in by_measure]
    return pd.concat(parts, ignore_index=True)[POINT]


def against_each(inputs: Inputs, known: Definitions) -> pd.DataFrame:
    """
    The newest change of every measure and place from each sensible baseline, as known on a day.

    Returns
    -------
    DataFrame
        `measure, place, against, months, change, low, high`: per cent for counts, points for surveys.
    """
    by_measure, before = inputs.figures, known.plan.baseline_last
    parts = []
    for name, prepared in inputs.prepared.items():
        parts.append(baselines.of_counts(prepared.counts, prepared.year_ago, before=before, refused=prepared.refused).assign(measure=name))
    surveys = [name for name in by_measure if known.measures[name].kind in SURVEYS]
    parts += [baselines.of_survey(by_measure[name], before=before, deff=DESIGN_EFFECT).assign(measure=name) for name in surveys]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True)[AGAINST] if filled else pd.DataFrame(columns=AGAINST)
