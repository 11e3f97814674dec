"""
Counts against a year ago: the newest quarter with the same quarter, or 12 months with the 12 before, in every place.

How much counts vary beyond chance is estimated place by place from the months before the plan, and widens the range.
"""

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import QUARTER, YEAR, months_to
from metrics.statistics.baseline import MONTHLY_FROM, Usual, weights
from metrics.statistics.exact_counts import dispersion, exact_ratios
from metrics.statistics.parameters import CLAIM_MINIMUM, SMALL_COUNT
from metrics.statistics.ratios import rate_ratio


def year_ago(counts: pd.DataFrame, how: Usual, *, refused: str | None) -> pd.DataFrame:
    """
    Every place's newest quarter against the same quarter a year before, or 12 months against 12 where events are few.

    Returns: `place`, `outcome`, `method`, `now`, `before`, `first`, `last`, `change`, `low`, `high` (log ratios), `p`, `dispersion`; log
        ratios are missing where no test was made.
    """
    level = counts.reindex(how.baseline).mean()
    often = counts.columns[(level >= MONTHLY_FROM).reindex(counts.columns, fill_value=False)]
    rarely = counts.columns.difference(often, sort=False)
    extra = _dispersion(counts, how)
    tests = [_windows(counts[names], length, extra, refused) for names, length in ((often, QUARTER), (rarely, YEAR)) if len(names)]
    return pd.concat(tests, ignore_index=True)


def _dispersion(counts: pd.DataFrame, how: Usual) -> pd.Series:
    """How much more counts vary than independent events, after length of month and season; missing where that is not known."""
    seen = counts.reindex(how.baseline)
    expected = weights(how.baseline, how)
    return pd.Series([_extra(column, expected) for column in seen.to_numpy(dtype=float).T], counts.columns, dtype=float)


def _extra(seen: np.ndarray, expected: np.ndarray) -> float:
    known = np.isfinite(seen)
    if known.sum() < CLAIM_MINIMUM or not seen[known].sum() > 0:
        return np.nan
    return dispersion(seen, expected * seen[known].sum() / expected[known].sum())


def _windows(counts: pd.DataFrame, length: int, extra: pd.Series, refused: str | None) -> pd.DataFrame:
    """Compare the newest whole window with the same a year before, for all the places at once."""
    end = _newest_end(counts, length)
    if end is None:
        return _untested(counts, "not enough data")
    months, months_before = months_to(end, length), months_to(periods.shift(end, -YEAR), length)
    now, before = (counts.reindex(window).to_numpy().sum(axis=0) for window in (months, months_before))
    test = _untested(counts, "compared").assign(now=now, before=before, first=months[0], last=end)
    test["dispersion"] = extra.reindex(counts.columns).to_numpy()
    if refused and months_before[0] < refused <= end:
        return test.assign(outcome=np.where(np.isfinite(now + before), "cannot be compared", "not enough data"))
    return _tested(test, sum(map(periods.days, months)), sum(map(periods.days, months_before)))


def _newest_end(counts: pd.DataFrame, length: int) -> str | None:
    """The last month; of quarters the newest that any place has whole, so that all places are compared over the same one."""
    if length == YEAR:
        return counts.index[-1]
    whole = counts.notna().to_numpy()
    ends = [i for i, month in enumerate(counts.index) if i >= QUARTER - 1 and int(month[5:]) % QUARTER == 0]
    return next((counts.index[i] for i in reversed(ends) if whole[i - QUARTER + 1 : i + 1].all(axis=0).any()), None)


def _tested(test: pd.DataFrame, t1: int, t0: int) -> pd.DataFrame:
    now, before, extra = (test[name].to_numpy(dtype=float) for name in ("now", "before", "dispersion"))
    known = np.isfinite(now + before)
    few = known & (now + before < SMALL_COUNT)
    small = known & ~few & (np.minimum(now, before) < SMALL_COUNT)
    many = known & ~few & ~small & np.isfinite(extra)
    estimates = np.full((4, len(test)), np.nan)
    estimates[:, many] = rate_ratio(now[many], t1, before[many], t0, extra[many])
    estimates[:3, many] = np.log(estimates[:3, many])
    estimates[:, small] = exact_ratios(now[small], t1, before[small], t0)
    return test.assign(
        outcome=np.select([few, small | many], ["too few", "compared"], "not enough data"),
        method=np.select([many, small], ["rate ratio", "exact"], "none"),
        **dict(zip(["change", "low", "high", "p"], estimates, strict=True)),
    )


def _untested(counts: pd.DataFrame, outcome: str) -> pd.DataFrame:
    missing = dict.fromkeys(["now", "before", "change", "low", "high", "p", "dispersion"], np.nan)
    return pd.DataFrame({"place": list(counts.columns), "outcome": outcome, "method": "none", **missing, "first": "", "last": ""})
