"""What was known on a day, made ready to be judged: figures by measure, and counts with their grid, what is usual, and their charts."""

from datetime import date

import pandas as pd

from metrics.statistics import baseline, chart_points
from metrics.domain import Definitions, Measure
from metrics.store import Ask

COUNTS = ("count", "flow")
OLDEST = 3


class Laid:
    """One measure's counts, made ready: the grid, what is usual, and the input of its charts."""

    def __init__(self, counts, how, chart, settled):
        self.counts, self.how, self.chart, self.settled = counts, how, chart, settled


def judged_places(known: Definitions) -> list[str]:
    """The whole force area and the areas: the places that are judged."""
    return [known.total.id, *(area.id for area in known.areas)]


def known_on(ask: Ask, known: Definitions, day: date) -> dict[str, pd.DataFrame]:
    """What was known of each measure in the places that are judged."""
    figures = ask("series_of_places", measures=list(known.measures), places=judged_places(known), as_at=day)
    return dict(tuple(figures.groupby("measure")))


def laid_out(ask: Ask, known: Definitions, day: date, by_measure: dict[str, pd.DataFrame]) -> dict[str, Laid]:
    """Every measure that counts events, made ready."""
    typical = ask("typical_revision", oldest=OLDEST, as_at=day)
    counts = [one for one in known.measures.values() if one.id in by_measure and one.kind in COUNTS]
    return {one.id: _prepared(one, by_measure[one.id], typical, known) for one in counts}


def first_refused(laid: Laid) -> str | None:
    """The month before which nothing may be compared; none where every month may be."""
    return laid.how.segment_from if laid.how.segment_from != laid.counts.index[0] else None


def _prepared(measure: Measure, figures: pd.DataFrame, typical: pd.DataFrame, known: Definitions) -> Laid:
    counts = baseline.grid(figures)
    refused = _refused(measure, known, counts.index[-1])
    plan = known.plan
    how = baseline.usual(
        counts, total=known.total.id, first=plan.baseline_first, last=plan.baseline_last, start=measure.baseline_from, refused=refused
    )
    newest = known.datasets[measure.source.dataset].provisional_months
    calm = chart_points.settled(
        counts, how, typical[typical["measure"] == measure.id], newest=newest, as_at=f"{figures['published'].max():%Y-%m}"
    )
    chart = chart_points.chart_input(counts, how, better=measure.better, settled=calm)
    return Laid(counts, how, chart.assign(series=measure.id + "|" + chart["series"]) if len(chart) else chart, calm)


def _refused(measure: Measure, known: Definitions, last: str) -> str | None:
    """The newest break up to the last period that no comparison may cross."""
    return max((brk.period for brk in known.breaks_of(measure.id) if brk.rule == "refuse" and brk.period <= last), default=None)
