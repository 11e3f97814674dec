"""
What was known on a day, arranged once for everything that is worked out of it.

Figures by measure; counts with their grid, what is usual and their charts; and the points of every chart, from one statement.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.domain import COUNTED, Break, Definitions, Measure
from metrics.statistics import baseline, control_charts
from metrics.statistics.baseline import Usual
from metrics.statistics.count_answers import Counts, linked, variance_factors
from metrics.store import LATEST, Ask, signals

OLDEST = 3
PARTED = "|"
"""What parts measure and place in the name of a series."""


@dataclass(frozen=True)
class Prepared:
    """One measure's counts, made ready: `counts` with what is usual, and `chart`, the input of its charts, linked where counts are."""

    counts: Counts
    chart: pd.DataFrame

    @cached_property
    def factors(self) -> pd.Series:
        """How much more than independent events the counts of each place vary, by place."""
        return variance_factors(self.counts)


@dataclass(frozen=True)
class Inputs:
    """
    Everything that was known on a day.

    `figures`: the series of the judged places, by measure; nothing for measures of which nothing was known.
    `prepared`: the measures that count events, made ready.
    """

    day: date
    figures: dict[str, pd.DataFrame]
    prepared: dict[str, Prepared]

    @cached_property
    def chart(self) -> pd.DataFrame:
        """The input of all charts, one below the other."""
        charts = [prepared.chart for prepared in self.prepared.values() if len(prepared.chart)]
        return pd.concat(charts, ignore_index=True) if charts else pd.DataFrame(columns=["series", "judged", "in_baseline"])

    @cached_property
    def points(self) -> pd.DataFrame:
        """The points of all charts: `series, ordinal, segment, value, centre, lower, upper, rule, signal`."""
        return signals(self.chart) if len(self.chart) else pd.DataFrame(columns=["series", "ordinal"])


def judged_places(known: Definitions) -> list[str]:
    """The whole force area and the areas: the places that are judged."""
    return [known.total.id, *(area.id for area in known.areas)]


def known_on(ask: Ask, known: Definitions, day: date, *, hindsight: bool = False) -> Inputs:
    """
    What was known on a day, without the months that their publisher had not finished.

    `hindsight`: the same periods, but each figure as it is known now.
    """
    judged = judged_places(known)
    beside = sorted({brk.link.shared for brk in known.breaks if brk.link})
    wanted = {"measures": list(known.measures), "places": [*judged, *beside], "as_at": day, "judged": True}
    every = ask("series_of_places", **wanted, **({"known_on": LATEST} if hindsight else {}))
    whole = every["place"].isin(judged)
    figures = dict(tuple(every[whole].groupby("measure")))
    return Inputs(day, figures, _prepared(ask, known, day, figures, every[~whole]))


def _prepared(ask: Ask, known: Definitions, day: date, by_measure: dict[str, pd.DataFrame], shared: pd.DataFrame) -> dict[str, Prepared]:
    """Every measure that counts events, made ready; `shared` are the figures of places that are shared out among the areas."""
    typical = ask("typical_revision", oldest=OLDEST, as_at=day)
    of_measure, unknown = dict(tuple(typical.groupby("measure"))), typical.head(0)
    counts = [measure for measure in known.measures.values() if measure.id in by_measure and measure.kind in COUNTED]
    return {
        measure.id: _of_measure(measure, by_measure[measure.id], of_measure.get(measure.id, unknown), known, shared) for measure in counts
    }


def _of_measure(measure: Measure, figures: pd.DataFrame, typical: pd.DataFrame, known: Definitions, shared: pd.DataFrame) -> Prepared:
    counts = baseline.grid(figures)
    refused = _refused(measure, known, counts.index[-1])
    plan = known.plan
    usual = baseline.usual_of(
        counts, total=known.total.id, first=plan.baseline_first, last=plan.baseline_last, start=measure.baseline_from, refused=refused
    )
    newest = known.datasets[measure.source.dataset].provisional_months
    settled = control_charts.settled(counts, usual, typical, newest=newest, as_at=f"{figures['published'].max():%Y-%m}")
    ready = _linked(measure.id, counts, usual, known, shared)
    charted = _charted(measure.id, ready, known)
    chart = control_charts.chart_input(counts, usual, better=measure.better, settled=settled, charted=charted)
    return Prepared(ready, as_series(measure.id, chart))


def _charted(measure: str, counts: Counts, known: Definitions) -> pd.DataFrame:
    """The counts that charts judge: like for like, and none in an area from a break on that even so forbids the comparison."""
    brk = link_of(known, measure, counts.published.index[-1])
    if brk is None or measure not in brk.link.refused:
        return counts.like_for_like
    across = np.outer(counts.published.index >= brk.period, counts.published.columns != counts.force)
    return counts.like_for_like.mask(across)


def _linked(measure: str, counts: pd.DataFrame, usual: Usual, known: Definitions, shared: pd.DataFrame) -> Counts:
    """The counts of a measure, with their linked series where a break asks for one."""
    brk, force = link_of(known, measure, counts.index[-1]), known.total.id
    unknown = shared[(shared["measure"] == measure) & (shared["place"] == brk.link.shared)] if brk else []
    if not len(unknown):
        return Counts(counts, usual, force)
    until = brk.until or brk.period
    return Counts(counts, usual, force, linked(counts, unknown.set_index("period")["value"], force=force, until=until), (brk.period, until))


def link_of(known: Definitions, measure: str, last: str) -> Break | None:
    """The break that links a measure's areas, once its figures reach so far."""
    linking = [brk for brk in known.breaks_of(measure) if brk.link and brk.period <= last]
    return linking[-1] if linking else None


def _refused(measure: Measure, known: Definitions, last: str) -> str | None:
    """The newest break up to the last period that no comparison may cross."""
    return max((brk.period for brk in known.breaks_of(measure.id) if brk.rule == "refuse" and brk.period <= last), default=None)


def as_series(measure: str, chart: pd.DataFrame) -> pd.DataFrame:
    """The input of a measure's charts with series named by measure and place, so that those of all measures are told apart."""
    return chart.assign(series=measure + PARTED + chart["series"]) if len(chart) else chart


def measure_and_place(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of such series with the `measure` and the `place` of each."""
    parts = frame["series"].str.split(PARTED, expand=True) if len(frame) else pd.DataFrame(columns=[0, 1])
    return frame.assign(measure=parts[0], place=parts[1])


def stacked(parts: list[pd.DataFrame], kinds: dict[str, type]) -> pd.DataFrame:
    """One frame below the other, with these columns; where there is none, the columns without a row."""
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
    return pd.concat(parts, ignore_index=True)[list(kinds)] if parts else empty
