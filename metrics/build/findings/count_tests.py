"""Measures that count events: the newest signal of every chart, and the change from a year ago."""

import numpy as np
import pandas as pd

from metrics.build.findings.inputs import Inputs, Laid
from metrics.domain import Measure
from metrics.statistics import chart_points
from metrics.statistics.parameters import CONFIDENCE, z_of


def signalled(inputs: Inputs) -> pd.DataFrame:
    """The newest signals of every series of every measure."""
    if not len(inputs.chart):
        return pd.DataFrame(columns=["series", "step", "signal", "rule", "at", "far"])
    return chart_points.newest_signals(inputs.points, inputs.chart)


def of_count(measure: Measure, laid: Laid, newest: pd.DataFrame) -> pd.DataFrame:
    """The change from a year ago of one measure in every place, with the newest signal of its chart."""
    tests = laid.year_ago
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
