"""
Findings: what can be said of every measure in every place, as known on a date.

The recipe: ask what was known, make it comparable, chart it, test it against a year ago, judge all areas
together, put it into a sentence. It runs when the database is built; pages read the answers.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

import pandas as pd

from metrics.build.findings.count_tests import of_count, signalled
from metrics.build.findings.inputs import Inputs, known_on
from metrics.build.findings.judgement import with_caution, with_what_cannot_be_said, worded
from metrics.domain import Definitions
from metrics.narrative import SURVEYS, Wording
from metrics.statistics import baselines, chart_points, yearly_change
from metrics.statistics.parameters import DESIGN_EFFECT
from metrics.store import Ask

FACTS = ["outcome", "verdict", "method", "base", "low", "high", "now", "before", "change", "first", "last", "signal", "rule"]
FACTS += ["caution", "needed", "luck", "flagged", "charted", "among"]
AGAINST = ["measure", "place", "against", "change", "low", "high"]
POINT = ["measure", "place", "period", "centre", "lower", "upper", "rule", "signal", "judged"]
COLUMNS = [
    "measure", "place", "as_at", "verdict", "sentence", "method", "base", "low", "high", "outcome",
    "now", "before", "change", "first", "last", "signal", "rule", "caution", "needed", "luck", "flagged", "charted", "among",
]


def findings(ask: Ask, known: Definitions, wording: Wording, dates: Iterable[date]) -> pd.DataFrame:
    """
    Everything that can be said as at each of some dates.

    Parameters
    ----------
    ask
        Answers a question of `metrics/store/sql/`: `Store.ask`, or the same of a build in the making.
    dates
        As-at dates; only what had been published by then counts.

    Returns
    -------
    DataFrame
        One row a measure, place and date: `verdict` from the closed set, its `sentence`, `method`, `base`
        (events or interviews it rests on), `low` and `high` (per cent for counts, points for surveys), the
        figures `now` and `before`, and what a change would have needed.
    """
    published = [day.date() for day in ask("publications")["published"]]
    parts = []
    # Dates with no publication between them know the same.
    for newest, same in groupby(dates, key=lambda day: max((when for when in published if when <= day), default=day)):
        parts.append(findings_of(known_on(ask, known, newest), known, wording, list(same)))
    return pd.concat(parts, ignore_index=True)


def findings_of(inputs: Inputs, known: Definitions, wording: Wording, dates: list[date]) -> pd.DataFrame:
    """The same for dates on which the same was known."""
    found = worded(judged(inputs, known), known, wording, inputs.day)
    whole = pd.concat([found.assign(as_at=day) for day in dates], ignore_index=True)
    return whole[COLUMNS].astype({"signal": int, "flagged": int, "among": int, "charted": bool})


def charts(inputs: Inputs) -> pd.DataFrame:
    """
    The control charts of every monthly count in every place, as known on a day.

    Returns
    -------
    DataFrame
        `measure, place, period, centre, lower, upper, rule, signal, judged`, limits on the scale of the months as counted.
    """
    every, laid = inputs.chart, inputs.laid
    if not len(every) or not (monthly := every["step"] == "month").any():
        return pd.DataFrame(columns=POINT)
    points = inputs.points.merge(every.loc[monthly, ["series", "ordinal", "period", "judged"]], on=["series", "ordinal"])
    points[["measure", "place"]] = points["series"].str.split("|", expand=True)
    by_measure = points.groupby("measure")
    parts = [chart_points.as_counted(part, laid[name].counts, laid[name].how) for name, part in by_measure]
    return pd.concat(parts, ignore_index=True)[POINT]


def against_each(inputs: Inputs, known: Definitions) -> pd.DataFrame:
    """
    The newest change of every measure and place from each sensible baseline, as known on a day.

    Returns
    -------
    DataFrame
        `measure, place, against, change, low, high`: per cent for counts, points for surveys.
    """
    by_measure, before = inputs.figures, known.plan.baseline_last
    parts = []
    for name, laid in inputs.laid.items():
        parts.append(baselines.of_counts(laid.counts, laid.year_ago, before=before, refused=laid.refused).assign(measure=name))
    surveys = [name for name in by_measure if known.measures[name].kind in SURVEYS]
    parts += [baselines.of_survey(by_measure[name], before=before, deff=DESIGN_EFFECT).assign(measure=name) for name in surveys]
    held = [part for part in parts if len(part)]
    return pd.concat(held, ignore_index=True)[AGAINST] if held else pd.DataFrame(columns=AGAINST)


def judged(inputs: Inputs, known: Definitions) -> pd.DataFrame:
    """A verdict on every measure in every place, without its sentence."""
    by_measure, laid = inputs.figures, inputs.laid
    counts = [known.measures[name] for name in laid]
    newest = signalled(inputs).set_index("series")
    parts = [of_count(m, laid[m.id], newest) for m in counts]
    parts += [yearly_change.of_survey(m, by_measure[m.id]) for m in known.measures.values() if m.id in by_measure and m.kind in SURVEYS]
    kept = [measure for measure in known.measures.values() if measure.id in by_measure]
    parts += [yearly_change.of_share(m, by_measure[m.id], known.plan) for m in kept if m.kind == "share"]
    parts += [yearly_change.of_stock(m, by_measure[m.id]) for m in kept if m.kind == "stock"]
    nothing = pd.DataFrame(columns=["measure", "place", *FACTS])
    whole = pd.concat([with_caution(part, known) for part in parts], ignore_index=True) if parts else nothing
    return with_what_cannot_be_said(whole, known)
