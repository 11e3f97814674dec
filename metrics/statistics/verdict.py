"""
The verdict on an answer: a closed set of words, each change with its direction, chosen by rule from a test.

An area is one of many, so its change is clear only where it still stands out when all areas are looked at together
(Benjamini and Hochberg, within one measure and one question; an area that could not be tested is not in the family). The whole force is
one series: its interval decides alone. Beside every answer stands how many areas show such a change by themselves, and how many would by
luck if nothing had changed.
"""

import numpy as np
import pandas as pd

from metrics.statistics.parameters import CONFIDENCE, FALSE_DISCOVERY


def benjamini_hochberg(p) -> np.ndarray:
    """
    The smallest share of false discoveries at which each comparison would be called clear.

    `p`: two-sided p of each comparison in one family; missing where none could be made.
    Returns: adjusted p in the same order; missing stays missing.
    Source: Benjamini and Hochberg (1995), J R Stat Soc B 57:289-300.

    >>> benjamini_hochberg([0.01, 0.04, float("nan"), 0.03]).round(4).tolist()
    [0.03, 0.04, nan, 0.04]
    """
    p = np.asarray(p, dtype=float)
    if np.any((p < 0) | (p > 1)):
        raise ValueError("a p lies between 0 and 1")
    adjusted, tested = np.full(p.shape, np.nan), np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return adjusted


IMPROVEMENT, WORSENING = "clear improvement", "clear worsening"
CLEAR = (IMPROVEMENT, WORSENING, "clear rise", "clear fall")
POSSIBLE, NO_CHANGE = "possible change", "no clear change"
NOT_ENOUGH, NOT_COMPARED = "not enough data", "cannot be compared"
VERDICTS = (*CLEAR, POSSIBLE, NO_CHANGE, NOT_ENOUGH, NOT_COMPARED)
ANSWERS = (*CLEAR, NO_CHANGE, NOT_ENOUGH, NOT_COMPARED)
COMPARED, REFUSED = "compared", "cannot be compared"
LUCK_ONE_WAY = (1 - CONFIDENCE) / 2
"""The share of unchanging series whose interval lies wholly above zero, and the share wholly below."""


def with_verdicts(tests: pd.DataFrame, *, force: str) -> pd.DataFrame:
    """
    Judge tests in every place, each family by itself: one measure and one question.

    `tests`: one row a test: `family`, `place`, `better` (`higher`, `lower` or `neither`), `outcome` (`compared`, `cannot be compared`, or
        why there is too little), `change` (above 0 for a rise), `low`, `high`, `p`, `control_p` (of differing from the rest of the force;
        missing where there is no rest), and `stale`, whether the figure is old.
    Returns: the same rows with `adjusted_p`, `verdict`, `direction` (`up`, `down`, or nothing where no change is clear), `control_verdict`
        (`apart`, `with`, or nothing), `areas` (whose own interval shows a change the same way), `areas_clear`, `areas_tested` and
        `by_luck`. Old figures take no part in the counts.

    >>> rows = [("all", -0.3, -0.4, -0.2, 0.001), ("a", -0.3, -0.5, -0.1, 0.01), ("b", 0.1, -0.1, 0.3, 0.4)]
    >>> tests = pd.DataFrame(rows, columns=["place", "change", "low", "high", "p"])
    >>> tests = tests.assign(family="m", better="lower", outcome="compared", control_p=0.9, stale=False)
    >>> with_verdicts(tests, force="all")[["verdict", "direction", "areas", "areas_tested", "by_luck"]].values.tolist()
    ... # doctest: +NORMALIZE_WHITESPACE
    [['clear improvement', 'down', 1, 2, 0.05], ['clear improvement', 'down', 1, 2, 0.05], ['no clear change', '', 0, 2, 0.05]]
    """
    family = pd.factorize(tests["family"])[0]
    outcome, better = (tests[name].to_numpy(dtype=object) for name in ("outcome", "better"))
    compared, whole = outcome == COMPARED, tests["place"].to_numpy(dtype=object) == force
    change, low, high = (tests[name].to_numpy(dtype=float) for name in ("change", "low", "high"))
    adjusted, control = (_among(tests[name], family, compared, whole) for name in ("p", "control_p"))
    apart = compared & ((low > 0) | (high < 0))
    clear = apart & (whole | (adjusted <= FALSE_DISCOVERY))
    words = np.select([clear, compared, outcome == REFUSED], [_clear(change > 0, better), NO_CHANGE, NOT_COMPARED], NOT_ENOUGH)
    areas, fresh = ~whole, ~tests["stale"].to_numpy(dtype=bool)
    return tests.assign(
        adjusted_p=adjusted, verdict=words, direction=np.where(clear, np.where(change > 0, "up", "down"), ""),
        control_verdict=np.select([control <= FALSE_DISCOVERY, np.isfinite(control)], ["apart", "with"], ""),
        areas=_same_way(family, apart & areas, change, fresh), areas_clear=_same_way(family, clear & areas, change, fresh),
        **_luck(family, compared & areas, fresh),
    )


def _among(p: pd.Series, family: np.ndarray, compared: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Each area's p among the areas of its family that were tested; the whole force's own, for it is not one of many."""
    adjusted = np.where(compared, p.to_numpy(dtype=float), np.nan)
    for each in range(family.max(initial=-1) + 1):
        areas = np.flatnonzero((family == each) & ~whole)
        adjusted[areas] = benjamini_hochberg(adjusted[areas])
    return adjusted


def _same_way(family: np.ndarray, which: np.ndarray, change: np.ndarray, fresh: np.ndarray) -> np.ndarray:
    """For each row, how many areas of its family with figures that are not old changed its way."""
    groups, rise = family.max(initial=-1) + 1, (change > 0).astype(int)
    counts = np.bincount(family * 2 + rise, weights=which & fresh, minlength=2 * groups)
    return np.where(fresh & np.isfinite(change), counts[family * 2 + rise], 0).astype(int)


def _luck(family: np.ndarray, tested: np.ndarray, fresh: np.ndarray) -> dict[str, np.ndarray]:
    """How many areas were tested, and how many of them luck alone would show as changed one way."""
    many = np.where(fresh, np.bincount(family, weights=tested & fresh, minlength=family.max(initial=-1) + 1)[family], 0).astype(int)
    return {"areas_tested": many, "by_luck": np.where(many > 0, (LUCK_ONE_WAY * many).round(6), np.nan)}


def _clear(rise: np.ndarray, better: np.ndarray) -> np.ndarray:
    good = np.where(rise == (better == "higher"), "clear improvement", "clear worsening")
    return np.where(better == "neither", np.where(rise, "clear rise", "clear fall"), good)
