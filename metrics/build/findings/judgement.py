"""From tests to findings: the verdict, what calls for caution, a row for whatever cannot be said, and the sentence."""

from datetime import date

import numpy as np
import pandas as pd

from metrics.build.findings.inputs import COUNTS, judged_places
from metrics.domain import Definitions, Measure, periods
from metrics.narrative import SURVEYS, Wording
from metrics.statistics.count_change import YEAR
from metrics.statistics.multiple_testing import expected_by_luck
from metrics.statistics.verdict import NOT_ENOUGH, POSSIBLE, with_verdict


def with_caution(tests: pd.DataFrame, known: Definitions) -> pd.DataFrame:
    """One measure in all places, with its verdict, how many would stand out by luck, and what calls for caution."""
    measure = known.measures[tests["measure"].iloc[0]]
    judged = with_verdict(tests, better=measure.better, total=known.total.id)
    step = judged["step"].dropna()
    charted = int((judged["charted"] & (judged["place"] != known.total.id)).sum())
    luck = expected_by_luck(charted, "month" if (step == "month").any() else "quarter") if charted else np.nan
    flagged = int(((judged["verdict"] == POSSIBLE) & (judged["place"] != known.total.id)).sum())
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


def with_what_cannot_be_said(judged: pd.DataFrame, known: Definitions) -> pd.DataFrame:
    """A row for every measure and place: what cannot be said is a finding too."""
    every = pd.MultiIndex.from_product([list(known.measures), judged_places(known)], names=["measure", "place"]).to_frame(index=False)
    whole = every.merge(judged, on=["measure", "place"], how="left")
    whole = whole.astype(dict.fromkeys(["base", "low", "high", "now", "before", "change", "needed", "luck"], float))
    empty = dict.fromkeys(["caution", "first", "last"], "") | dict.fromkeys(["method", "rule"], "none")
    empty |= dict.fromkeys(["signal", "flagged", "among"], 0) | {"charted": False}
    return whole.fillna(empty | {"verdict": NOT_ENOUGH, "outcome": "no figures"})


def worded(judged: pd.DataFrame, known: Definitions, wording: Wording, day: date) -> pd.DataFrame:
    """Every finding with its sentence and the day, and its limits as people read them."""
    rows = judged.to_dict("records")
    sentences = [wording.finding(known.measures[row["measure"]], known.places[row["place"]], row, day) for row in rows]
    return judged.assign(sentence=sentences, as_at=day, **_limits_shown(judged, known))


def _limits_shown(judged: pd.DataFrame, known: Definitions) -> dict[str, pd.Series]:
    """Limits as people read them: log ratios of counts become per cent, a survey's points stay."""
    counted = judged["measure"].map(lambda name: known.measures[name].kind in COUNTS)
    return {name: judged[name].where(~counted, 100 * np.expm1(judged[name].where(counted))) for name in ("low", "high", "change")}
