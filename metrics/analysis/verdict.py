"""
The verdict: one of a closed set of outcomes, chosen by rule from tests, never from the sign of a difference.

Two tiers guard against luck. A signal on the control chart, or a comparison with a year ago that chance alone
would seldom give, is a *possible change*: worth asking about. Only both together, in the same direction and
still standing when all 32 boroughs are looked at at once, are a *clear change*. London is one series and is
not one of many: there the interval of the comparison takes the place of the correction for many.
"""

import numpy as np
import pandas as pd

from metrics.analysis.comparisons import benjamini_hochberg
from metrics.analysis.thresholds import FALSE_DISCOVERY

CLEAR = ("clear improvement", "clear worsening", "clear rise", "clear fall")
POSSIBLE, NO_CHANGE = "possible change", "no clear change"
NOT_ENOUGH, NOT_COMPARED = "not enough data", "cannot be compared"
VERDICTS = (*CLEAR, POSSIBLE, NO_CHANGE, NOT_ENOUGH, NOT_COMPARED)
LONDON = "london"
UNTESTED = {"too few": NOT_ENOUGH, "not enough data": NOT_ENOUGH, "cannot be compared": NOT_COMPARED}


def with_verdict(tests: pd.DataFrame, *, better: str) -> pd.DataFrame:
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

    Returns
    -------
    DataFrame
        The same rows with `adjusted_p` (Benjamini-Hochberg over the boroughs tested; London's own p)
        and `verdict`.

    Raises
    ------
    ValueError
        An outcome outside the closed set.

    Examples
    --------
    >>> row = dict(place="sutton", outcome="compared", change=-0.3, low=-0.4, high=-0.1, p=0.001, charted=True)
    >>> with_verdict(pd.DataFrame([row | {"signal": -1}]), better="lower")["verdict"].to_list()
    ['clear improvement']
    >>> with_verdict(pd.DataFrame([row | {"signal": 0}]), better="lower")["verdict"].to_list()
    ['possible change']
    """
    unknown = set(tests["outcome"]) - {"compared", *UNTESTED}
    if unknown:
        raise ValueError(f"no such outcome: {', '.join(sorted(unknown))}")
    judged = tests.assign(adjusted_p=_adjusted(tests))
    compared = judged["outcome"] == "compared"
    holds = compared & _holds(judged)
    signals = judged["signal"] != 0
    agrees = signals & (np.sign(judged["change"]) == judged["signal"])
    clear = holds & (agrees | ~judged["charted"])
    possible = signals | holds | (compared & ~judged["charted"] & _apart(judged))
    words = [_clear(change > 0, better) for change in judged["change"]]
    untested = judged["outcome"].map(UNTESTED)
    verdict = np.select([clear, possible & (untested != NOT_COMPARED), compared], [words, POSSIBLE, NO_CHANGE], untested.fillna(NO_CHANGE))
    return judged.assign(verdict=verdict)


def _adjusted(tests: pd.DataFrame) -> pd.Series:
    """Each borough's p among the boroughs that were tested; London's own, for it is no one of many."""
    p = tests["p"].where(tests["outcome"] == "compared").astype(float)
    borough = tests["place"] != LONDON
    adjusted = p.copy()
    adjusted[borough] = benjamini_hochberg(p[borough].to_numpy())
    return adjusted


def _holds(judged: pd.DataFrame) -> pd.Series:
    """Whether a change stands: beyond chance among many for a borough, beyond its own interval for London."""
    among_many = judged["adjusted_p"] <= FALSE_DISCOVERY
    return among_many.where(judged["place"] != LONDON, _apart(judged)) & _apart(judged)


def _apart(judged: pd.DataFrame) -> pd.Series:
    """Whether the interval leaves no change out."""
    return (judged["low"] > 0) | (judged["high"] < 0)


def _clear(rise: bool, better: str) -> str:
    if better == "neither":
        return "clear rise" if rise else "clear fall"
    return "clear improvement" if rise == (better == "higher") else "clear worsening"
