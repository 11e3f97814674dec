"""
Administrative percentages, such as calls answered in time: a year apart, with a range as wide as the figures vary.

Their bases are in the thousands, so chance alone would allow hardly any movement; ordinary months move more than
that. How much more is taken from the baseline (Laney) and widens the range; without it nothing is claimed.
"""

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.statistics.count_change import YEAR
from metrics.statistics.parameters import BASELINE_MINIMUM
from metrics.statistics.ratios import share_difference

MEAN_RANGE_OF_NORMAL = 1.128
"""The mean moving range of a standard Normal process (Laney 2002; Wheeler 1993)."""


def spread(p, n) -> float:
    """
    How much more the shares of a baseline vary than chance alone allows.

    Parameters
    ----------
    p, n
        Shares between 0 and 1 and what they are shares of, one a month in order.

    Returns
    -------
    float
        Laney's sigma z; missing with fewer than 12 months or where shares do not vary by chance at all (0 or 1).

    Source
    ------
    Laney (2002), Quality Engineering 14:531-537.

    Examples
    --------
    >>> to_and_fro = [0.80, 0.82] * 6
    >>> round(spread(to_and_fro, [1000] * 12), 2)
    1.43
    """
    p, n = np.asarray(p, dtype=float), np.asarray(n, dtype=float)
    centre = (p * n).sum() / n.sum() if n.sum() > 0 else np.nan
    if len(p) < BASELINE_MINIMUM or not 0 < centre < 1:
        return float("nan")
    z = (p - centre) / np.sqrt(centre * (1 - centre) / n)
    return float(np.abs(np.diff(z)).mean() / MEAN_RANGE_OF_NORMAL)


def year_ago(series: pd.DataFrame, *, first: str, last: str) -> pd.DataFrame:
    """
    Each place's newest percentage against the one a year before.

    Parameters
    ----------
    series
        One measure: `place, period, value` in per cent, `base`.
    first, last
        The baseline from which the spread is learnt.

    Returns
    -------
    DataFrame
        `place, outcome, method, now, before, last, change, low, high, p, base, spread`, changes in points; `outcome` is
        `not enough data` without the figure a year before, a base, or 12 months of baseline.
    """
    return pd.DataFrame([_of_place(place, part, first, last) for place, part in series.groupby("place")])


def _of_place(place: str, part: pd.DataFrame, first: str, last: str) -> dict:
    known = part[part["value"].notna()].sort_values("period").set_index("period")
    now = known.iloc[-1]
    before = known.reindex([periods.shift(known.index[-1], -YEAR)]).iloc[0]
    usual = known[(known.index >= first) & (known.index <= last) & (known["base"] > 0)]
    extra = spread(usual["value"] / 100, usual["base"])
    row = {"place": place, "outcome": "not enough data", "method": "none", "now": now["value"], "before": before["value"]}
    row |= {"last": known.index[-1], "base": now["base"], "spread": extra} | dict.fromkeys(("change", "low", "high", "p"), np.nan)
    if not (now["base"] > 0 and before["base"] > 0 and extra == extra):
        return row
    seen = share_difference(now["value"] / 100, now["base"], before["value"] / 100, before["base"], extra)
    points = {name: 100 * float(part) for name, part in zip(("change", "low", "high"), seen[:3], strict=True)}
    return row | points | {"p": float(seen.p), "outcome": "compared", "method": "share difference"}
