"""
The verdict on an answer: a closed set of words, each change with its direction, chosen by rule from a test.

An area is one of many, so its change is clear only where it still stands out when all areas are looked at together
(Benjamini and Hochberg, within one measure and one question). The whole force is one series: its interval decides alone.
Beside every answer stands how many areas show such a change by themselves, and how many would by luck if nothing had changed.
"""

import numpy as np
import pandas as pd

from metrics.statistics.multiple_testing import benjamini_hochberg
from metrics.statistics.parameters import CONFIDENCE, FALSE_DISCOVERY
from metrics.statistics.verdict import CLEAR, NO_CHANGE, NOT_COMPARED, NOT_ENOUGH

ANSWERS = (*CLEAR, NO_CHANGE, NOT_ENOUGH, NOT_COMPARED)
COMPARED, REFUSED = "compared", "cannot be compared"
LUCK_ONE_WAY = round((1 - CONFIDENCE) / 2, 6)
"""The share of unchanging series whose interval lies wholly above nought, and the share wholly below."""


def with_verdicts(tests: pd.DataFrame, *, force: str, better: str) -> pd.DataFrame:
    """
    Judge one measure in every place, for one question.

    Parameters
    ----------
    tests
        One row a place: `place`, `outcome` (`compared`, `cannot be compared`, or why there is too little), `change` (above 0 for
        a rise), `low`, `high`, `p`, `control_p` (of differing from the rest of the force; missing where there is no rest), and
        `stale`, whether the figure is old.
    force
        The place that is the whole force.
    better
        `higher`, `lower` or `neither`.

    Returns
    -------
    DataFrame
        The same rows with `adjusted_p`, `verdict`, `direction` (`up`, `down`, or nothing where no change is clear),
        `control_verdict` (`apart`, `with`, or nothing), `areas` (whose own interval shows a change the same way), `areas_clear`,
        `areas_tested` and `by_luck`. Old figures take no part in the counts.

    Examples
    --------
    >>> rows = [("all", -0.3, -0.4, -0.2, 0.001), ("a", -0.3, -0.5, -0.1, 0.01), ("b", 0.1, -0.1, 0.3, 0.4)]
    >>> tests = pd.DataFrame(rows, columns=["place", "change", "low", "high", "p"]).assign(outcome="compared", control_p=0.9, stale=False)
    >>> with_verdicts(tests, force="all", better="lower")[["verdict", "direction", "areas", "areas_tested", "by_luck"]].values.tolist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [['clear improvement', 'down', 1, 2, 0.05], ['clear improvement', 'down', 1, 2, 0.05], ['no clear change', '', 0, 2, 0.05]]
    """
    compared, whole = (tests["outcome"] == COMPARED).to_numpy(), (tests["place"] == force).to_numpy()
    change, low, high = (tests[name].to_numpy(dtype=float) for name in ("change", "low", "high"))
    adjusted = _among(tests["p"], compared, ~whole)
    apart = compared & ((low > 0) | (high < 0))
    clear = apart & (whole | (adjusted <= FALSE_DISCOVERY))
    words = np.where(clear, _clear(change > 0, better), np.where(compared, NO_CHANGE, NOT_ENOUGH))
    words = np.where((tests["outcome"] == REFUSED).to_numpy(), NOT_COMPARED, words)
    direction = np.where(clear, np.where(change > 0, "up", "down"), "")
    control = _among(tests["control_p"], compared, ~whole)
    beside = np.where(control <= FALSE_DISCOVERY, "apart", np.where(np.isfinite(control), "with", ""))
    judged = tests.assign(adjusted_p=adjusted, verdict=words, direction=direction, control_verdict=beside)
    return judged.assign(**_counted(judged, apart, clear, ~whole))


def _among(p: pd.Series, compared: np.ndarray, areas: np.ndarray) -> np.ndarray:
    """Each area's p among the areas that were tested; the whole force's own, for it is not one of many."""
    adjusted = np.where(compared, p.to_numpy(dtype=float), np.nan)
    adjusted[areas] = benjamini_hochberg(adjusted[areas])
    return adjusted


def _counted(judged: pd.DataFrame, apart: np.ndarray, clear: np.ndarray, areas: np.ndarray) -> dict[str, np.ndarray]:
    """How many areas changed the way this place did, and how many luck alone would show."""
    fresh = ~judged["stale"].to_numpy(dtype=bool)
    rise = judged["change"].to_numpy(dtype=float) > 0
    counts = {name: [(which & areas & fresh & (rise == way)).sum() for way in (False, True)]
              for name, which in (("areas", apart), ("areas_clear", clear))}
    tested = int((areas & fresh & (judged["outcome"] == COMPARED).to_numpy()).sum())
    shown = {name: np.where(fresh, np.where(rise, both[1], both[0]), 0) for name, both in counts.items()}
    by_luck = np.where(fresh & (tested > 0), LUCK_ONE_WAY * tested, np.nan)
    return shown | {"areas_tested": np.where(fresh, tested, 0), "by_luck": by_luck}


def _clear(rise: np.ndarray, better: str) -> np.ndarray:
    if better == "neither":
        return np.where(rise, "clear rise", "clear fall")
    return np.where(rise == (better == "higher"), "clear improvement", "clear worsening")
