"""
Findings: what can be said of every measure in every place, as known on a date.

The recipe: ask what was known, make it comparable, chart it, test it against a year ago, judge all boroughs
together, put it into a sentence. It runs when the database is built; pages read the answers.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from metrics import periods
from metrics.analysis import baselines, judging, kinds, usual, year_ago
from metrics.analysis.change import YEAR
from metrics.analysis.comparisons import expected_by_luck
from metrics.analysis.thresholds import CONFIDENCE, DESIGN_EFFECT, z_of
from metrics.analysis.verdict import LONDON, NOT_ENOUGH, POSSIBLE, with_verdict
from metrics.model import Definitions, Measure
from metrics.store import Ask, signals
from metrics.words import SURVEYS, Wording

COUNTS = ("count", "flow")
OLDEST = 3
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
        Answers a question of `metrics/sql/`: `Store.ask`, or the same of a build in the making.
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
    laid = _laid_out(ask, known, day, _known_on(ask, known, day))
    monthly = [one.chart[one.chart["step"] == "month"] for one in laid.values() if len(one.chart)]
    if not monthly:
        return pd.DataFrame(columns=POINT)
    every = pd.concat(monthly, ignore_index=True)
    points = signals(every).merge(every[["series", "ordinal", "period", "judged"]], on=["series", "ordinal"])
    points[["measure", "place"]] = points["series"].str.split("|", expand=True)
    by_measure = points.groupby("measure")
    parts = [judging.as_counted(part, laid[name].counts, laid[name].how) for name, part in by_measure]
    return pd.concat(parts, ignore_index=True)[POINT]


def against_each(ask: Ask, known: Definitions, day: date) -> pd.DataFrame:
    """
    The newest change of every measure and place from each sensible baseline, as known on a day.

    Returns
    -------
    DataFrame
        `measure, place, against, change, low, high`: per cent for counts, points for surveys.
    """
    by_measure, before = _known_on(ask, known, day), known.plan.baseline_last
    parts = []
    for name, laid in _laid_out(ask, known, day, by_measure).items():
        refused = _first_refused(laid)
        tests = year_ago.year_ago(laid.counts, laid.how, refused=refused)
        parts.append(baselines.of_counts(laid.counts, tests, before=before, refused=refused).assign(measure=name))
    surveys = [name for name in by_measure if known.measures[name].kind in SURVEYS]
    parts += [baselines.of_survey(by_measure[name], before=before, deff=DESIGN_EFFECT).assign(measure=name) for name in surveys]
    held = [part for part in parts if len(part)]
    return pd.concat(held, ignore_index=True)[AGAINST] if held else pd.DataFrame(columns=AGAINST)


def _as_at(ask: Ask, known: Definitions, wording: Wording, day: date) -> pd.DataFrame:
    by_measure = _known_on(ask, known, day)
    laid = _laid_out(ask, known, day, by_measure)
    counts = [known.measures[name] for name in laid]
    newest = _signalled(laid).set_index("series")
    parts = [_of_count(m, laid[m.id], newest) for m in counts]
    parts += [kinds.of_survey(m, by_measure[m.id]) for m in known.measures.values() if m.id in by_measure and m.kind in SURVEYS]
    parts += [kinds.of_share(m, by_measure[m.id], known.plan) for m in known.measures.values() if m.id in by_measure and m.kind == "share"]
    parts += [kinds.of_stock(m, by_measure[m.id]) for m in known.measures.values() if m.id in by_measure and m.kind == "stock"]
    nothing = pd.DataFrame(columns=["measure", "place", *FACTS])
    judged = pd.concat([_judged(part, known) for part in parts], ignore_index=True) if parts else nothing
    return _worded(_whole(judged, known), known, wording, day)


def _hindsight(ask: Ask, question: str, **parameters) -> pd.DataFrame:
    """The same questions, but figures as they are known now, of the periods that were known then."""
    return ask("with_hindsight" if question == "series_of_places" else question, **parameters)


def _places(known: Definitions) -> list[str]:
    return [LONDON, *(borough.id for borough in known.boroughs)]


def _known_on(ask: Ask, known: Definitions, day: date) -> dict[str, pd.DataFrame]:
    """What was known of each measure in London and the boroughs."""
    figures = ask("series_of_places", measures=list(known.measures), places=_places(known), as_at=day)
    return dict(tuple(figures.groupby("measure")))


def _laid_out(ask: Ask, known: Definitions, day: date, by_measure: dict[str, pd.DataFrame]) -> dict[str, "_Laid"]:
    """Every measure that counts events, made ready."""
    typical = ask("typical_revision", oldest=OLDEST, as_at=day)
    counts = [one for one in known.measures.values() if one.id in by_measure and one.kind in COUNTS]
    return {one.id: _prepared(one, by_measure[one.id], typical, known) for one in counts}


class _Laid:
    """One measure's counts, made ready: the grid, what is usual, and the input of its charts."""

    def __init__(self, counts, how, chart):
        self.counts, self.how, self.chart = counts, how, chart


def _prepared(measure: Measure, figures: pd.DataFrame, typical: pd.DataFrame, known: Definitions) -> _Laid:
    counts = usual.grid(figures)
    refused = _refused(measure, known, counts.index[-1])
    plan = known.plan
    how = usual.usual(
        counts, first=plan.baseline_first, last=plan.baseline_last, start=measure.baseline_from, refused=refused
    )
    newest = known.datasets[measure.source.dataset].provisional_months
    calm = judging.settled(
        counts, how, typical[typical["measure"] == measure.id], newest=newest, as_at=f"{figures['published'].max():%Y-%m}"
    )
    chart = judging.chart_input(counts, how, better=measure.better, settled=calm)
    return _Laid(counts, how, chart.assign(series=measure.id + "|" + chart["series"]) if len(chart) else chart)


def _refused(measure: Measure, known: Definitions, last: str) -> str | None:
    """The newest break up to the last period that no comparison may cross."""
    return max((brk.period for brk in known.breaks_of(measure.id) if brk.rule == "refuse" and brk.period <= last), default=None)


def _signalled(laid: dict[str, _Laid]) -> pd.DataFrame:
    """The newest signals of every series of every measure, from one statement."""
    charts = [one.chart for one in laid.values() if len(one.chart)]
    if not charts:
        return pd.DataFrame(columns=["series", "step", "signal", "rule", "at", "far"])
    every = pd.concat([chart[chart["judged"] | chart["in_baseline"]] for chart in charts], ignore_index=True)
    return judging.newest_signals(signals(every), every)


def _of_count(measure: Measure, laid: _Laid, newest: pd.DataFrame) -> pd.DataFrame:
    tests = year_ago.year_ago(laid.counts, laid.how, refused=_first_refused(laid))
    keys = measure.id + "|" + tests["place"]
    by_series = newest.reindex(keys)
    needed = np.exp(z_of(CONFIDENCE) * np.sqrt(tests["dispersion"] * 2 / tests["before"].where(tests["before"] > 0)))
    return tests.assign(
        measure=measure.id,
        charted=by_series["step"].notna().to_numpy(),
        step=by_series["step"].to_numpy(),
        signal=by_series["signal"].fillna(0).astype(int).to_numpy(),
        rule=by_series["rule"].fillna("none").to_numpy(),
        at=by_series["at"].fillna("").to_numpy(),
        far=by_series["far"].fillna(0).to_numpy(),
        base=tests["now"] + tests["before"],
        changed=laid.how.segment_from,
        usual_first=laid.how.baseline[0] if laid.how.baseline else "",
        usual_last=laid.how.baseline[-1] if laid.how.baseline else "",
        months=laid.counts.notna().sum().reindex(tests["place"]).to_numpy(),
        needed=needed.where(tests["method"] == "rate ratio"),
    )


def _first_refused(laid: _Laid) -> str | None:
    return laid.how.segment_from if laid.how.segment_from != laid.counts.index[0] else None


def _judged(tests: pd.DataFrame, known: Definitions) -> pd.DataFrame:
    measure = known.measures[tests["measure"].iloc[0]]
    judged = with_verdict(tests, better=measure.better)
    step = judged["step"].dropna()
    charted = int((judged["charted"] & (judged["place"] != LONDON)).sum())
    luck = expected_by_luck(charted, "month" if (step == "month").any() else "quarter") if charted else np.nan
    flagged = int(((judged["verdict"] == POSSIBLE) & (judged["place"] != LONDON)).sum())
    return judged.assign(luck=luck, flagged=flagged, among=charted, caution=_caution(measure, judged, known))


def _caution(measure: Measure, judged: pd.DataFrame, known: Definitions) -> list[str]:
    """The breaks between what is compared, where they call for caution and not for silence."""
    cautions = [brk for brk in known.breaks_of(measure.id) if brk.rule == "caution"]
    back = -2 * YEAR + 1 if measure.kind in SURVEYS else -YEAR
    said = []
    for row in judged.itertuples():
        charted = row.signal and row.verdict == POSSIBLE
        start = row.usual_last if charted else periods.shift(row.first, back) if row.first else ""
        end = row.at if charted else row.last
        said.append("; ".join(dict.fromkeys(brk.title for brk in cautions if start and start < brk.period <= end)))
    return said


def _whole(judged: pd.DataFrame, known: Definitions) -> pd.DataFrame:
    """A row for every measure and place: what cannot be said is a finding too."""
    every = pd.MultiIndex.from_product([list(known.measures), _places(known)], names=["measure", "place"]).to_frame(index=False)
    whole = every.merge(judged, on=["measure", "place"], how="left")
    whole = whole.astype(dict.fromkeys(["base", "low", "high", "now", "before", "change", "needed", "luck"], float))
    empty = dict.fromkeys(["caution", "first", "last"], "") | dict.fromkeys(["method", "rule"], "none")
    empty |= dict.fromkeys(["signal", "flagged", "among"], 0) | {"charted": False}
    return whole.fillna(empty | {"verdict": NOT_ENOUGH, "outcome": "no figures"})


def _worded(judged: pd.DataFrame, known: Definitions, wording: Wording, day: date) -> pd.DataFrame:
    rows = judged.to_dict("records")
    sentences = [wording.finding(known.measures[row["measure"]], known.places[row["place"]], row, day) for row in rows]
    return judged.assign(sentence=sentences, as_at=day, **_limits_shown(judged, known))


def _limits_shown(judged: pd.DataFrame, known: Definitions) -> dict[str, pd.Series]:
    """Limits as people read them: log ratios of counts become per cent, a survey's points stay."""
    counted = judged["measure"].map(lambda name: known.measures[name].kind in COUNTS)
    return {name: judged[name].where(~counted, 100 * np.expm1(judged[name].where(counted))) for name in ("low", "high", "change")}
