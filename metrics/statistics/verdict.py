"""
The verdict: one of a closed set of outcomes, chosen by rule from tests, never from the sign of a difference.

Two tiers guard against luck. A signal on the control chart, or a comparison with a year ago that chance alone
would seldom give, is a *possible change*: worth asking about. Only both together, in the same direction and
still standing when all 32 areas are looked at at once, are a *clear change*. London is one series and is
not one of many: there the interval of the comparison takes the place of the correction for many.
"""

import numpy as np
import pandas as pd

from metrics.statistics.multiple_testing import benjamini_hochberg
from metrics.statistics.parameters import FALSE_DISCOVERY

CLEAR = ("clear improvement", "clear worsening", "clear rise", "clear fall")
POSSIBLE, NO_CHANGE = "possible change", "no clear change"
NOT_ENOUGH, NOT_COMPARED = "not enough data", "cannot be compared"
VERDICTS = (*CLEAR, POSSIBLE, NO_CHANGE, NOT_ENOUGH, NOT_COMPARED)
UNTESTED = {"too few": NOT_ENOUGH, "not enough data": NOT_ENOUGH, "cannot be compared": NOT_COMPARED}


def with_verdict(tests: pd.DataFrame, *, better: str, total: str) -> pd.DataFrame:
    """
    Judge one measure in every place at once.

    Parameters
    ----------
    tests
        One row a place: `place`; `outcome` (`compared`, `too few`, `not enough data`, `cannot be compared`);
        `change`, above 0 for a rise; `low` and `high`, its limits in the same unit; `p`, two-sided;
        `charted`, whether a control chart belongs to this series; `signal`, +1 or -1 where the newest
        months signal a high or low level, else 0.
    better
        `higher`, `lower` or `neither`.
    total
        The place that is the whole force area: one series, and no one of many.

    Returns
    -------
    DataFrame
        The same rows with `adjusted_p` (Benjamini-Hochberg over the areas tested; the total's own p)
        and `verdict`.

    Raises
    ------
    ValueError
        An outcome outside the closed set.

    Examples
    --------
    >>> row = dict(place="elm", outcome="compared", change=-0.3, low=-0.4, high=-0.1, p=0.001, charted=True)
    >>> with_verdict(pd.DataFrame([row | {"signal": -1}]), better="lower", total="all")["verdict"].to_list()
    ['clear improvement']
    >>> with_verdict(pd.DataFrame([row | {"signal": 0}]), better="lower", total="all")["verdict"].to_list()
    ['possible change']
    """
    unknown = set(tests["outcome"]) - {"compared", *UNTESTED}
    if unknown:
        raise ValueError(f"no such outcome: {', '.join(sorted(unknown))}")
    column = {name: tests[name].to_numpy() for name in ("outcome", "place", "change", "low", "high", "signal", "charted")}
    compared, whole = column["outcome"] == "compared", column["place"] == total
    adjusted = _adjusted(tests["p"].to_numpy(dtype=float), compared, whole)
    apart = compared & ((column["low"] > 0) | (column["high"] < 0))
    # The total is one series: its interval alone decides. An area must also stand among the many.
    holds = apart & (whole | (adjusted <= FALSE_DISCOVERY))
    charted, signals = column["charted"].astype(bool), column["signal"] != 0
    agrees = signals & (np.sign(column["change"]) == column["signal"])
    clear = holds & (agrees | ~charted)
    possible = signals | holds | (apart & ~charted)
    words = [_clear(change > 0, better) for change in column["change"]]
    untested = [UNTESTED.get(outcome, NO_CHANGE) for outcome in column["outcome"]]
    told = [clear, possible & (column["outcome"] != NOT_COMPARED)]
    return tests.assign(adjusted_p=adjusted, verdict=np.select(told, [words, POSSIBLE], untested))


def _adjusted(p: np.ndarray, compared: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Each area's p among the areas that were tested; the total's own, for it is no one of many."""
    adjusted = np.where(compared, p, np.nan)
    adjusted[~whole] = benjamini_hochberg(adjusted[~whole])
    return adjusted


def _clear(rise: bool, better: str) -> str:
    if better == "neither":
        return "clear rise" if rise else "clear fall"
    return "clear improvement" if rise == (better == "higher") else "clear worsening"
