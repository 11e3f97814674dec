"""
One measure's counts in every place: made comparable, laid out for the control chart, tested against a year ago.

Everything here works on a grid: one row a month, one column a place. What is usual is set by the months before
the plan and frozen; a month's season is London's; how much counts vary beyond chance is estimated place by place.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics import periods
from metrics.analysis.change import QUARTER, YEAR, months_to
from metrics.analysis.constants import (
    BASELINE_MONTHS,
    CLAIM_MINIMUM,
    MONTH_DAYS,
    SCREENING_FACTOR,
    SEASON_MONTHS,
    TOLERANCE,
)
from metrics.analysis.rates import dispersion
from metrics.analysis.ratios import exact_conditional, rate_ratio
from metrics.analysis.seasons import run_rules_hold, seasonal_factors, usable_months
from metrics.analysis.thresholds import REVISION_SHARE, SMALL_COUNT

MONTHLY_FROM, QUARTERLY_FROM = 10.0, 5.0
"""A control chart by the month needs this mean a month in the baseline; by the quarter, this."""

NEWEST = {"month": 3, "quarter": 1}
"""How many of the newest settled points speak at a meeting: those that came since the last one."""

ALONE = "astronomical"
"""The rule that one point meets by itself; every other is about a run of points."""


@dataclass(frozen=True)
class Usual:
    """What is usual for a measure: the baseline's months, London's seasons if known, the months judged."""

    baseline: list[str]
    factors: pd.Series | None
    judged_from: str
    segment_from: str


def grid(figures: pd.DataFrame) -> pd.DataFrame:
    """
    Figures by month and place, every month from the first to the last, missing where nothing is published.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": ["a", "a"], "period": ["2023-01", "2023-03"], "value": [1.0, 2.0]})
    >>> grid(rows)["a"].to_list()
    [1.0, nan, 2.0]
    """
    wide = figures.pivot(index="period", columns="place", values="value")
    return wide.reindex(periods.span(wide.index[0], wide.index[-1]))


def usual(counts: pd.DataFrame, *, first: str, last: str, start: str | None = None, refused: str | None = None) -> Usual:
    """
    Set what is usual, once, from months that will not change any more.

    Parameters
    ----------
    counts
        The grid; the column `london` gives the seasons.
    first, last
        The plan's baseline, usually the 24 months before its launch.
    start
        For a measure that starts later: its baseline is the first 24 months from there.
    refused
        The first month of the newest meaning of the measure, if comparison across it is refused.

    Returns
    -------
    Usual
        `factors` is None where London has fewer than 36 usable months before the baseline's end.
    """
    begin = max(filter(None, [start, refused]), default=None)
    if begin and begin > first:
        first, last = begin, periods.shift(begin, BASELINE_MONTHS - 1)
    held = [month for month in counts.index if not begin or month >= begin]
    baseline = usable_months(held, first, last)
    known = usable_months(held, counts.index[0], last)
    return Usual(baseline, _factors(counts, known), first, refused or counts.index[0])


def comparable(counts: pd.DataFrame, how: Usual) -> pd.DataFrame:
    """Counts as if every month had the same length and no season."""
    return counts.div(_weights(list(counts.index), how) / MONTH_DAYS, axis=0)


def chart_input(counts: pd.DataFrame, how: Usual, *, better: str, settled: pd.DataFrame) -> pd.DataFrame:
    """
    Every place's series laid out for the control charts: by the month, by the quarter, or not at all.

    Parameters
    ----------
    settled
        True where a figure is not provisional; same shape as `counts`.

    Returns
    -------
    DataFrame
        `series` (the place), `ordinal`, `period`, `segment`, `value`, `in_baseline`, `judged`, `better`,
        `run_rules`, `step` (`month` or `quarter`); nothing for places with fewer than 8 baseline points.
        Without seasons no point is judged: a season would pass for a signal.
    """
    level = counts.reindex(how.baseline).mean()
    flat = comparable(counts, how)
    monthly = _laid_out(flat, how, how.baseline, settled, level[level >= MONTHLY_FROM].index, "month")
    rare = level[(level >= QUARTERLY_FROM) & (level < MONTHLY_FROM)].index
    by_quarter = _by_quarter(flat[rare], how, settled[rare]) if len(rare) else pd.DataFrame()
    laid = [part for part in (monthly, by_quarter) if len(part)]
    return pd.concat(laid, ignore_index=True).assign(better=better) if laid else pd.DataFrame()


def settled(counts: pd.DataFrame, how: Usual, typical: pd.DataFrame, *, newest: int, as_at: str) -> pd.DataFrame:
    """
    Which figures will hardly move any more.

    A month is provisional among the newest ones, unless its typical revision is known to be small beside the
    series' own ups and downs.

    Parameters
    ----------
    typical
        `place`, `age` in months at publication, `typical` revision in per cent (missing where unknown).
    newest
        How many of the newest months are provisional by default.
    as_at
        The month of the newest publication.
    """
    flat, calm = comparable(counts, how), np.ones(counts.shape, dtype=bool)
    swing = REVISION_SHARE * _moving_range(_only(flat, how.baseline)).to_numpy()
    for back in range(1, min(newest, len(counts)) + 1):
        age = periods.between(counts.index[-back], as_at)
        known = typical[typical["age"] == age].set_index("place")["typical"].reindex(counts.columns).to_numpy(dtype=float)
        calm[-back] = known / 100 * flat.iloc[-back].to_numpy() < swing
    return pd.DataFrame(calm, counts.index, counts.columns)


def year_ago(counts: pd.DataFrame, how: Usual, *, refused: str | None) -> pd.DataFrame:
    """
    Every place's newest quarter against the same quarter a year before, or 12 months against 12 where events are few.

    Returns
    -------
    DataFrame
        `place`, `outcome`, `method`, `now`, `before`, `first`, `last`, `change`, `low`, `high` (log ratios),
        `p`, `dispersion`; log ratios are missing where no test was made.
    """
    level = counts.reindex(how.baseline).mean()
    often = counts.columns[(level >= MONTHLY_FROM).reindex(counts.columns, fill_value=False)]
    rarely = counts.columns.difference(often, sort=False)
    extra = _dispersion(counts, how)
    tests = [_windows(counts[names], length, extra, refused) for names, length in ((often, QUARTER), (rarely, YEAR)) if len(names)]
    return pd.concat(tests, ignore_index=True)


def as_counted(points: pd.DataFrame, counts: pd.DataFrame, how: Usual) -> pd.DataFrame:
    """
    The limits of monthly charts back on the scale of the months as counted, so that they stand beside published figures.

    Parameters
    ----------
    points
        Of one measure, by the month: `place, period, centre, lower, upper, rule, signal`.

    Returns
    -------
    DataFrame
        The same rows; limits follow the length and season of each month, and a limit below nought is nought.
    """
    even = comparable(pd.DataFrame({"one": 1.0}, index=counts.index), how)["one"]
    scale = (1 / even).reindex(points["period"]).to_numpy()
    limits = {name: points[name] * scale for name in ("centre", "lower", "upper")}
    return points.assign(**limits | {"lower": limits["lower"].clip(lower=0)})


def newest_signals(points: pd.DataFrame, laid_out: pd.DataFrame) -> pd.DataFrame:
    """
    What the newest settled points of each series signal.

    One month far out is news wherever it stands among them. A run counts only while it goes on: it takes in the
    newest point.

    Parameters
    ----------
    points
        The charts' points: `series, ordinal, value, rule, signal`.
    laid_out
        What `chart_input` gave, in the same keys.

    Returns
    -------
    DataFrame
        One row a series: `series`, `signal` (+1, -1, 0), `rule`, `at` (the newest point that signals), `step`,
        and `far`, how many of the newest points lie outside the limits on that side.
    """
    judged = laid_out.loc[laid_out["judged"], ["series", "ordinal", "period", "better", "step"]].sort_values(["series", "ordinal"])
    judged = judged.assign(back=judged.groupby("series").cumcount(ascending=False))
    newest = judged[judged["back"] < judged["step"].map(NEWEST).astype(int)]
    both = newest.merge(points[["series", "ordinal", "rule", "signal"]], on=["series", "ordinal"])
    speaks = (both["rule"] == ALONE) | (both["rule"] != "none") & (both["back"] == 0)
    last = both[speaks].groupby("series").tail(1).set_index("series")
    found = newest.groupby("series").tail(1).set_index("series")[["step"]]
    far = both[(both["rule"] == ALONE) & (both["signal"] == both["series"].map(last["signal"]))].groupby("series").size()
    found = found.assign(signal=_way(last["signal"], last["better"]), rule=last["rule"], at=last["period"], far=far)
    return found.fillna({"signal": 0, "rule": "none", "at": "", "far": 0}).reset_index()


def _way(signal: pd.Series, better: pd.Series) -> pd.Series:
    """Up or down, from what that means: good news is up where higher is better."""
    up = (signal == "high") | (signal == "improvement") & (better == "higher") | (signal == "concern") & (better == "lower")
    return up.map({True: 1, False: -1})


def _factors(counts: pd.DataFrame, known: list[str]) -> pd.Series | None:
    if "london" not in counts:
        return None
    london = counts["london"] * MONTH_DAYS / _days(list(counts.index))
    held = london.reindex(known).dropna()
    means = held.groupby(held.index.str[5:]).mean()
    if len(held) < SEASON_MONTHS or len(means) < YEAR or not (means > 0).all():
        return None
    return seasonal_factors(held.rename("value").rename_axis("period").reset_index(), baseline=known)


def _laid_out(flat: pd.DataFrame, how: Usual, baseline: list[str], calm: pd.DataFrame, places, step: str) -> pd.DataFrame:
    if len(baseline) < CLAIM_MINIMUM or not len(places):
        return pd.DataFrame()
    months, count = flat.index.to_numpy(), len(places)
    value = flat[places].to_numpy().T.ravel()
    seasonal = how.factors is not None
    runs = [seasonal and run_rules_hold(column) for column in _only(flat[places], baseline).to_numpy().T]
    speaks = calm[places].to_numpy(dtype=bool).T.ravel() & np.isfinite(value) & seasonal
    return pd.DataFrame(
        {
            "series": np.repeat(np.asarray(places, dtype=object), len(months)),
            "period": np.tile(months, count),
            "value": value,
            "ordinal": np.tile(np.arange(len(months), dtype="int32"), count),
            "segment": np.tile((months >= how.segment_from).astype("int32"), count),
            "in_baseline": np.tile(np.isin(months, baseline), count),
            "judged": np.tile(months >= how.judged_from, count) & speaks,
            "run_rules": np.repeat(np.array(runs, dtype=bool), len(months)),
            "step": step,
        }
    )


def _by_quarter(flat: pd.DataFrame, how: Usual, settled: pd.DataFrame) -> pd.DataFrame:
    """A quarter is settled when all its months are, and sets what is usual when all of them do."""
    quarters, calm = _quarters(flat, how), _quarters(settled.astype(float), how) == QUARTER
    baseline = [end for end in quarters.index if set(months_to(end, QUARTER)) <= set(how.baseline)]
    return _laid_out(quarters, how, baseline, calm, flat.columns, "quarter")


def _quarters(flat: pd.DataFrame, how: Usual) -> pd.DataFrame:
    """Sums of whole calendar quarters, named by their last month; missing where a break falls inside one."""
    sums = flat.rolling(QUARTER, min_periods=QUARTER).sum()
    sums.loc[how.segment_from : periods.shift(how.segment_from, QUARTER - 2)] = np.nan
    return sums[[int(month[5:]) % QUARTER == 0 for month in sums.index]]


def _only(flat: pd.DataFrame, baseline: list[str]) -> pd.DataFrame:
    """The same grid with a gap at every month outside the baseline."""
    return flat.where(np.broadcast_to(np.isin(flat.index, baseline)[:, None], flat.shape))


def _moving_range(baseline: pd.DataFrame) -> pd.Series:
    """The mean moving range that sets the limits, place by place: screened once, as `with_limits` does."""
    steps, rounding = baseline.diff().abs(), TOLERANCE * np.maximum(1.0, baseline.mean().abs())
    kept = steps[steps < SCREENING_FACTOR * steps.mean()].mean()
    return kept.where(kept > rounding, steps.mean())


def _dispersion(counts: pd.DataFrame, how: Usual) -> pd.Series:
    """How much more counts vary than independent events, after length of month and season; missing where that is not known."""
    seen = counts.reindex(how.baseline)
    weights = _weights(how.baseline, how)
    return pd.Series([_extra(column, weights) for column in seen.to_numpy(dtype=float).T], counts.columns, dtype=float)


def _extra(seen: np.ndarray, weights: np.ndarray) -> float:
    known = np.isfinite(seen)
    if known.sum() < CLAIM_MINIMUM or not seen[known].sum() > 0:
        return np.nan
    return dispersion(seen, weights * seen[known].sum() / weights[known].sum())


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
    found = np.full((4, len(test)), np.nan)
    found[:, many] = rate_ratio(now[many], t1, before[many], t0, extra[many])
    for i in np.flatnonzero(small):
        found[:, i] = exact_conditional(int(now[i]), t1, int(before[i]), t0)
    with np.errstate(divide="ignore"):
        found[:3] = np.log(found[:3])
    return test.assign(
        outcome=np.select([few, small | many], ["too few", "compared"], "not enough data"),
        method=np.select([many, small], ["rate ratio", "exact"], "none"),
        **dict(zip(["change", "low", "high", "p"], found, strict=True)),
    )


def _untested(counts: pd.DataFrame, outcome: str) -> pd.DataFrame:
    missing = dict.fromkeys(["now", "before", "change", "low", "high", "p", "dispersion"], np.nan)
    return pd.DataFrame({"place": list(counts.columns), "outcome": outcome, "method": "none", **missing, "first": "", "last": ""})


def _weights(months: list[str], how: Usual) -> np.ndarray:
    """How many events each month brings beside others, nothing changing: its days, times its season."""
    if how.factors is None:
        return _days(months)
    return _days(months) * how.factors.loc[[int(month[5:]) for month in months]].to_numpy()


def _days(months: list[str]) -> np.ndarray:
    return np.array([periods.days(month) for month in months], dtype=float)
