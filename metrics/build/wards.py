"""
Wards, worked out when the database is built: figures of 12 months, rates, and the two answers, as now known.

A measure is known in wards where a dataset of wards takes its names from the measure's dataset and keeps all its series. The wards are
judged together, one measure and question at a time; the area beside them is its own wards added up, so that both count the same.
"""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from metrics.build.answers import plan_start
from metrics.build.inputs import stacked
from metrics.domain import Dataset, Definitions, Measure, Release, periods
from metrics.domain.periods import YEAR
from metrics.statistics.baseline import grid
from metrics.statistics.parameters import STALE_MONTHS
from metrics.statistics.small_places import drawn_rates, small_answers
from metrics.statistics.verdict import with_verdicts
from metrics.store import Ask

PER = 1000
LEVEL = ["measure", "place", "area", "first", "last", "count", "residents", "rate", "drawn", "low", "high", "area_rate", "published"]
ANSWER = ["measure", "place", "question", "verdict", "direction", "now", "before", "now_from", "now_to", "before_from", "before_to"]
ANSWER += ["change", "low", "high", "areas", "areas_tested", "by_luck", "area_now", "area_before", "outcome"]
TEXTS = {"measure", "place", "area", "first", "last", "question", "verdict", "direction", "outcome", "published"}
TEXTS |= {"now_from", "now_to", "before_from", "before_to"}


def ward_tables(known: Definitions, ward_releases: list[tuple[Release, Path]], ask: Ask, day: date) -> dict[str, pd.DataFrame]:
    """
    What is known of wards on a day.

    `ward_releases`: the releases of wards with the files that keep their rows, oldest first. Series by series: all together are too many to
        hold.
    Returns: `ward_level`: a row a measure and ward, the newest 12 months as count and as rate per 1,000 residents, drawn to its area's and
        with its range; `ward_answer`: a row a measure, ward and question, changes as log ratios.
    """
    measured = [(measure, dataset) for dataset in known.datasets.values() for measure in _measures(known, dataset)]
    parts = [_of_measure(known, measure, _rows(ward_releases, ask, measure, dataset), ask, day) for measure, dataset in measured]
    kept = [part for part in parts if part is not None]
    return {
        "ward_level": stacked([level for level, _ in kept], _kinds(LEVEL)),
        "ward_answer": stacked([answers for _, answers in kept], _kinds(ANSWER)),
    }


def _kinds(columns: list[str]) -> dict[str, type]:
    return {name: str if name in TEXTS else float for name in columns}


def _measures(known: Definitions, dataset: Dataset) -> list[Measure]:
    """The measures that a dataset of wards can show."""
    series = {*dataset.series, dataset.total}
    shown = [measure for measure in known.measures.values() if measure.source and set(measure.source.series) <= series]
    return [measure for measure in shown if measure.source and measure.source.dataset == dataset.names_from]


def _rows(ward_releases: list[tuple[Release, Path]], ask: Ask, measure: Measure, dataset: Dataset) -> dict[date, pd.DataFrame]:
    """What each release of a dataset says of a measure, by its publication."""
    series, of_dataset = list(measure.source.series), [(release, file) for release, file in ward_releases if release.dataset == dataset.id]
    return {release.published: ask("rows_of_release", file=str(file), series=series) for release, file in of_dataset}


def _of_measure(
    known: Definitions, measure: Measure, rows: dict[date, pd.DataFrame], ask: Ask, day: date
) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Figures and answers of one measure in every ward, from its rows by publication; none where no release gives 12 months."""
    if not rows:
        return None
    every = pd.concat(rows.values()).drop_duplicates(["measure", "place", "period"], keep="last")
    counts = grid(every.groupby(["place", "period"], as_index=False)["value"].sum())
    counts = counts.loc[:, counts.iloc[-YEAR:].notna().all()].dropna()
    if len(counts) < YEAR:
        return None
    tests = small_answers(counts, _whole_force(ask, known, measure), plan_start(known.plan))
    published = max(rows).isoformat()
    area_of = pd.Series({code: ward.area for code, ward in known.wards.items()})
    levels = _levels(known, counts, area_of).assign(measure=measure.id, published=published)
    return levels, _answers(measure, tests, counts.index[-1], area_of, day)


def _whole_force(ask: Ask, known: Definitions, measure: Measure) -> pd.Series:
    table = ask("series_of_places", measures=[measure.id], places=[known.total.id], judged=True)
    return table.set_index("period")["value"]


def _levels(known: Definitions, counts: pd.DataFrame, area_of: pd.Series) -> pd.DataFrame:
    newest = counts.iloc[-YEAR:]
    table = pd.DataFrame({"place": counts.columns, "count": newest.sum().to_numpy(dtype=float)})
    table = table.assign(area=table["place"].map(area_of), first=newest.index[0], last=newest.index[-1])
    table["residents"] = [float(known.wards[code].residents) for code in table["place"]]
    peopled = table[table["residents"] > 0]
    for _, wards in peopled.groupby("area"):
        drawn = drawn_rates(wards["count"], wards["residents"]) * PER
        table.loc[wards.index, ["drawn", "low", "high"]] = drawn.T
        table.loc[wards.index, "area_rate"] = PER * wards["count"].sum() / wards["residents"].sum()
        table.loc[wards.index, "rate"] = PER * wards["count"] / wards["residents"]
    return table


def _answers(measure: Measure, tests: pd.DataFrame, last: str, area_of: pd.Series, day: date) -> pd.DataFrame:
    stale = periods.between(last, day.isoformat()[:7]) > STALE_MONTHS
    tests = tests.assign(better=measure.better, control_p=np.nan, stale=stale, measure=measure.id)
    judged = with_verdicts(tests.assign(family=tests["question"]), force="")
    groups = [judged["question"], judged["place"].map(area_of)]
    return judged.assign(**{f"area_{name}": judged[name].groupby(groups).transform("sum") for name in ("now", "before")})
