"""
One measure's counts in every place, laid out for the control charts, and what the newest points of these signal.
"""


import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import QUARTER, months_to
from metrics.statistics.baseline import MONTHLY_FROM, QUARTERLY_FROM, Usual, comparable, run_rules_hold
from metrics.statistics.parameters import CLAIM_MINIMUM, REVISION_SHARE, SCREENING_FACTOR, TOLERANCE

NEWEST = {"month": 3, "quarter": 1}
"""How many of the newest settled points speak at a meeting: those that came since the last one."""

ALONE = "astronomical"
"""The rule that one point meets by itself; every other is about a run of points."""


def chart_input(counts: pd.DataFrame, usual: Usual, *, better: str, settled: pd.DataFrame) -> pd.DataFrame:
    """
    Every place's series laid out for the control charts: by the month, by the quarter, or not at all.

    `settled`: true where a figure is not provisional; same shape as `counts`.
    Returns: `series` (the place), `ordinal`, `period`, `segment`, `value`, `in_baseline`, `judged`, `better`, `run_rules`, `step` (`month`
        or `quarter`); nothing for places with fewer than 8 baseline points. Without seasons no point is judged: a season would pass for a
        signal.
    """
    level = counts.reindex(usual.baseline).mean()
    flat = comparable(counts, usual)
    monthly = _laid_out(flat, usual, usual.baseline, settled, level[level >= MONTHLY_FROM].index, "month")
    rare = level[(level >= QUARTERLY_FROM) & (level < MONTHLY_FROM)].index
    by_quarter = _by_quarter(flat[rare], usual, settled[rare]) if len(rare) else pd.DataFrame()
    parts = [part for part in (monthly, by_quarter) if len(part)]
    return pd.concat(parts, ignore_index=True).assign(better=better) if parts else pd.DataFrame()


def settled(counts: pd.DataFrame, usual: Usual, typical: pd.DataFrame, *, newest: int, as_at: str) -> pd.DataFrame:
    """
    Which figures will hardly move any more.

    A month is provisional among the newest ones, unless its typical revision is known to be small beside the
    series' own ups and downs.

    `typical`: `place`, `age` in months at publication, `typical` revision in per cent (missing where unknown).
    `newest`: how many of the newest months are provisional by default.
    `as_at`: the month of the newest publication.
    """
    flat, firm = comparable(counts, usual), np.ones(counts.shape, dtype=bool)
    swing = REVISION_SHARE * _moving_range(_only(flat, usual.baseline)).to_numpy()
    for back in range(1, min(newest, len(counts)) + 1):
        age = periods.between(counts.index[-back], as_at)
        known = typical[typical["age"] == age].set_index("place")["typical"].reindex(counts.columns).to_numpy(dtype=float)
        firm[-back] = known / 100 * flat.iloc[-back].to_numpy() < swing
    return pd.DataFrame(firm, counts.index, counts.columns)


def as_counted(points: pd.DataFrame, counts: pd.DataFrame, usual: Usual) -> pd.DataFrame:
    """
    The limits of monthly charts back on the scale of the months as counted, so that they stand beside published figures.

    `points`: of one measure, by the month: `place, period, centre, lower, upper, rule, signal`.
    Returns: the same rows; limits follow the length and season of each month, and a limit below zero is zero.
    """
    even = comparable(pd.DataFrame({"one": 1.0}, index=counts.index), usual)["one"]
    scale = (1 / even).reindex(points["period"]).to_numpy()
    limits = {name: points[name] * scale for name in ("centre", "lower", "upper")}
    return points.assign(**limits | {"lower": limits["lower"].clip(lower=0)})


def _laid_out(flat: pd.DataFrame, usual: Usual, baseline: list[str], settled: pd.DataFrame, places, step: str) -> pd.DataFrame:
    if len(baseline) < CLAIM_MINIMUM or not len(places):
        return pd.DataFrame()
    months, count = flat.index.to_numpy(), len(places)
    value = flat[places].to_numpy().T.ravel()
    seasonal = usual.factors is not None
    runs = [seasonal and run_rules_hold(column) for column in _only(flat[places], baseline).to_numpy().T]
    speaks = settled[places].to_numpy(dtype=bool).T.ravel() & np.isfinite(value) & seasonal
    return pd.DataFrame(
        {
            "series": np.repeat(np.asarray(places, dtype=object), len(months)),
            "period": np.tile(months, count),
            "value": value,
            "ordinal": np.tile(np.arange(len(months), dtype="int32"), count),
            "segment": np.tile((months >= usual.segment_from).astype("int32"), count),
            "in_baseline": np.tile(np.isin(months, baseline), count),
            "judged": np.tile(months >= usual.judged_from, count) & speaks,
            "run_rules": np.repeat(np.array(runs, dtype=bool), len(months)),
            "step": step,
        }
    )


def _by_quarter(flat: pd.DataFrame, usual: Usual, settled: pd.DataFrame) -> pd.DataFrame:
    """A quarter is settled when all its months are, and sets what is usual when all of them do."""
    quarters, whole = _quarters(flat, usual), _quarters(settled.astype(float), usual) == QUARTER
    baseline = [end for end in quarters.index if set(months_to(end, QUARTER)) <= set(usual.baseline)]
    return _laid_out(quarters, usual, baseline, whole, flat.columns, "quarter")


def _quarters(flat: pd.DataFrame, usual: Usual) -> pd.DataFrame:
    """Sums of whole calendar quarters, named by their last month; missing where a break falls inside one."""
    sums = flat.rolling(QUARTER, min_periods=QUARTER).sum()
    sums.loc[usual.segment_from : periods.shift(usual.segment_from, QUARTER - 2)] = np.nan
    return sums[[int(month[5:]) % QUARTER == 0 for month in sums.index]]


def _only(flat: pd.DataFrame, baseline: list[str]) -> pd.DataFrame:
    """The same grid with a gap at every month outside the baseline."""
    return flat.where(np.broadcast_to(np.isin(flat.index, baseline)[:, None], flat.shape))


def _moving_range(baseline: pd.DataFrame) -> pd.Series:
    """The mean moving range that sets the limits, place by place: screened once, as `metrics/store/sql/signals.sql` does."""
    steps, rounding = baseline.diff().abs(), TOLERANCE * np.maximum(1.0, baseline.mean().abs())
    kept = steps[steps < SCREENING_FACTOR * steps.mean()].mean()
    return kept.where(kept > rounding, steps.mean())
