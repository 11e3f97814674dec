"""
Findings: what can be said of every measure in every place, as known on a date.

The recipe: ask what was known, make it comparable, chart it, test it against a year ago, judge all boroughs
together, put it into a sentence. It runs when the database is built; pages read the answers.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial

import pandas as pd

from metrics.statistics import baselines, chart_points, year_on_year, yearly_change
from metrics.statistics.parameters import DESIGN_EFFECT
from metrics.build.findings.count_tests import of_count, signalled
from metrics.build.findings.judgement import with_caution, with_what_cannot_be_said, worded
from metrics.build.findings.inputs import first_refused, known_on, laid_out
from metrics.domain import Definitions
from metrics.store import LATEST, Ask, signals
from metrics.narrative import SURVEYS, Wording

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
    held = [day.date() for day in ask("publications")["published"]]
    made: dict[tuple[date, ...], pd.DataFrame] = {}
    parts = []
    for day in dates:
        # Two dates with no publication between them know the same, so it is worked out once.
        key = tuple(published for published in held if published <= day) or (day,)
        if key not in made:
            made[key] = _as_at(ask, known, wording, max(key))
        parts.append(made[key].assign(as_at=day))
    return pd.concat(parts, ignore_index=True)[COLUMNS].astype({"signal": int, "flagged": int, "among": int, "charted": bool})


def with_hindsight(ask: Ask, known: Definitions, wording: Wording, day: date) -> pd.DataFrame:
    """
    What would have been found on an earlier day, had its figures been known as they are now.

    Where that differs from what was found, a correction or a changed definition has overturned it.

    Returns
    -------
    DataFrame
        One row a measure and place: `measure, place, verdict`.
    """
    return _as_at(partial(_hindsight, ask), known, wording, day)[["measure", "place", "verdict"]]


def charts(ask: Ask, known: Definitions, day: date) -> pd.DataFrame:
    """
    The control charts of every monthly count in every place, as known on a day.

    Returns
    -------
    DataFrame
        `measure, place, period, centre, lower, upper, rule, signal, judged`, limits on the scale of the months as counted.
    """
    laid = laid_out(ask, known, day, known_on(ask, known, day))
    monthly = [one.chart[one.chart["step"] == "month"] for one in laid.values() if len(one.chart)]
    if not monthly:
        return pd.DataFrame(columns=POINT)
    every = pd.concat(monthly, ignore_index=True)
    points = signals(every).merge(every[["series", "ordinal", "period", "judged"]], on=["series", "ordinal"])
    points[["measure", "place"]] = points["series"].str.split("|", expand=True)
    by_measure = points.groupby("measure")
    parts = [chart_points.as_counted(part, laid[name].counts, laid[name].how) for name, part in by_measure]
    return pd.concat(parts, ignore_index=True)[POINT]


def against_each(ask: Ask, known: Definitions, day: date) -> pd.DataFrame:
    """
    The newest change of every measure and place from each sensible baseline, as known on a day.

    Returns
    -------
    DataFrame
        `measure, place, against, change, low, high`: per cent for counts, points for surveys.
    """
    by_measure, before = known_on(ask, known, day), known.plan.baseline_last
    parts = []
    for name, laid in laid_out(ask, known, day, by_measure).items():
        refused = first_refused(laid)
        tests = year_on_year.year_ago(laid.counts, laid.how, refused=refused)
        parts.append(baselines.of_counts(laid.counts, tests, before=before, refused=refused).assign(measure=name))
    surveys = [name for name in by_measure if known.measures[name].kind in SURVEYS]
    parts += [baselines.of_survey(by_measure[name], before=before, deff=DESIGN_EFFECT).assign(measure=name) for name in surveys]
    held = [part for part in parts if len(part)]
    return pd.concat(held, ignore_index=True)[AGAINST] if held else pd.DataFrame(columns=AGAINST)


def _as_at(ask: Ask, known: Definitions, wording: Wording, day: date) -> pd.DataFrame:
    by_measure = known_on(ask, known, day)
    laid = laid_out(ask, known, day, by_measure)
    counts = [known.measures[name] for name in laid]
    newest = signalled(laid).set_index("series")
    parts = [of_count(m, laid[m.id], newest) for m in counts]
    parts += [yearly_change.of_survey(m, by_measure[m.id]) for m in known.measures.values() if m.id in by_measure and m.kind in SURVEYS]
    parts += [yearly_change.of_share(m, by_measure[m.id], known.plan) for m in known.measures.values() if m.id in by_measure and m.kind == "share"]
    parts += [yearly_change.of_stock(m, by_measure[m.id]) for m in known.measures.values() if m.id in by_measure and m.kind == "stock"]
    nothing = pd.DataFrame(columns=["measure", "place", *FACTS])
    judged = pd.concat([with_caution(part, known) for part in parts], ignore_index=True) if parts else nothing
    return worded(with_what_cannot_be_said(judged, known), known, wording, day)


def _hindsight(ask: Ask, question: str, **parameters) -> pd.DataFrame:
    """The same questions, but figures as they are known now, of the periods that were known then."""
    if question == "series_of_places":
        parameters["known_on"] = LATEST
    return ask(question, **parameters)
