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
    AUTOCORRELATION_CEILING,
    BASELINE_MONTHS,
    CLAIM_MINIMUM,
    MONTH_DAYS,
    SCREENING_FACTOR,
    SEASON_MONTHS,
)
from metrics.analysis.ratios import exact_conditional, rate_ratio
from metrics.analysis.seasons import seasonal_factors, usable_months
from metrics.analysis.thresholds import REVISION_SHARE, SMALL_COUNT

MONTHLY_FROM, QUARTERLY_FROM = 10.0, 5.0
"""A control chart by the month needs this mean a month in the baseline; by the quarter, this."""

NEWEST = {"month": 3, "quarter": 1}
"""How many of the newest settled points speak at a meeting: those that came since the last one."""


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
    flat = counts.mul(MONTH_DAYS / _days(counts.index), axis=0)
    return flat if how.factors is None else flat.div(how.factors.loc[_calendar(counts.index)].to_numpy(), axis=0)


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
    """
    level = counts.reindex(how.baseline).mean()
    flat = comparable(counts, how)
    monthly = _laid_out(flat, how, how.baseline, settled, level[level >= MONTHLY_FROM].index, "month")
    quarters = _quarters(flat)
    seasons = [end for end in quarters.index if set(months_to(end, QUARTER)) <= set(how.baseline)]
    rare = level[(level >= QUARTERLY_FROM) & (level < MONTHLY_FROM)].index
    by_quarter = _laid_out(quarters, how, seasons, settled.reindex(quarters.index), rare, "quarter")
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
    calm = pd.DataFrame(True, index=counts.index, columns=counts.columns)
    swing = _moving_range(comparable(counts, how).reindex(how.baseline))
    known = typical.pivot(index="age", columns="place", values="typical").reindex(columns=counts.columns)
    for month in counts.index[-newest:] if newest else []:
        age = periods.between(month, as_at)
        revised = known.loc[age] / 100 * counts.loc[month] if age in known.index else pd.Series(np.nan, counts.columns)
        calm.loc[month] = (revised < REVISION_SHARE * swing).to_numpy()
    return calm


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
    quarter = [month for month in counts.index if int(month[5:]) % QUARTER == 0]
    tests = [_windows(counts[often], quarter, QUARTER, extra, refused), _windows(counts[rarely], list(counts.index), YEAR, extra, refused)]
    return pd.concat([test for test in tests if len(test)], ignore_index=True)


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
    scale = (counts["london"] / comparable(counts, how)["london"]).reindex(points["period"]).to_numpy()
    limits = {name: points[name] * scale for name in ("centre", "lower", "upper")}
    return points.assign(**limits | {"lower": limits["lower"].clip(lower=0)})


def newest_signals(points: pd.DataFrame, laid_out: pd.DataFrame) -> pd.DataFrame:
    """
    What the newest settled points of each series signal.

    Parameters
    ----------
    points
        The charts' points: `series, ordinal, value, rule, signal`.
    laid_out
        What `chart_input` gave, in the same keys.

    Returns
    -------
    DataFrame
        One row a series: `series`, `signal` (+1, -1, 0), `rule`, `at` (the newest point that signals), `step`.
    """
    columns = ["series", "ordinal", "period", "judged", "better", "step"]
    both = points.merge(laid_out[columns], on=["series", "ordinal"])
    judged = both[both["judged"] & both["value"].notna()].sort_values(["series", "ordinal"])
    back = judged.groupby("series").cumcount(ascending=False)
    fresh = judged[(back < judged["step"].map(NEWEST)) & (judged["rule"] != "none")]
    last = fresh.groupby("series").tail(1).set_index("series")
    first = judged.groupby("series").tail(1).set_index("series")[["step"]]
    way = np.where((last["signal"] == "high") | ((last["signal"] == "improvement") == (last["better"] == "higher")) & (last["signal"] != "low"), 1, -1)
    found = first.assign(signal=pd.Series(way, last.index), rule=last["rule"], at=last["period"])
    return found.fillna({"signal": 0, "rule": "none", "at": ""}).reset_index()


def _factors(counts: pd.DataFrame, known: list[str]) -> pd.Series | None:
    london = counts["london"] * MONTH_DAYS / _days(counts.index)
    held = london.reindex(known).dropna()
    if len(held) < SEASON_MONTHS or not (held.groupby(held.index.str[5:]).mean() > 0).all():
        return None
    return seasonal_factors(held.rename("value").rename_axis("period").reset_index(), baseline=known)


def _laid_out(flat: pd.DataFrame, how: Usual, baseline: list[str], calm: pd.DataFrame, places, step: str) -> pd.DataFrame:
    if len(baseline) < CLAIM_MINIMUM or not len(places):
        return pd.DataFrame()
    months, count = flat.index.to_numpy(), len(places)
    value = flat[places].to_numpy().T.ravel()
    runs = _runs_mean_something(flat.reindex(baseline)[places]) if how.factors is not None else pd.Series(False, places)
    quiet = calm[places].to_numpy(dtype=float).T.ravel() == 1
    return pd.DataFrame(
        {
            "series": np.repeat(np.asarray(places, dtype=object), len(months)),
            "period": np.tile(months, count),
            "value": value,
            "ordinal": np.tile(np.arange(len(months), dtype="int32"), count),
            "segment": np.tile((months >= how.segment_from).astype("int32"), count),
            "in_baseline": np.tile(np.isin(months, baseline), count),
            "judged": np.tile(months >= how.judged_from, count) & quiet & np.isfinite(value),
            "run_rules": np.repeat(runs.reindex(places).to_numpy(dtype=bool), len(months)),
            "step": step,
        }
    )


def _quarters(flat: pd.DataFrame) -> pd.DataFrame:
    """Sums of whole calendar quarters, named by their last month."""
    sums = flat.rolling(QUARTER, min_periods=QUARTER).sum()
    return sums[[int(month[5:]) % QUARTER == 0 for month in sums.index]]


def _runs_mean_something(baseline: pd.DataFrame) -> pd.Series:
    """Lag-1 autocorrelation of at most 0.3, place by place."""
    apart = baseline - baseline.mean()
    spread = (apart**2).sum()
    alike = (apart * apart.shift()).sum() / spread.where(spread > 0)
    return ~(alike > AUTOCORRELATION_CEILING)


def _moving_range(baseline: pd.DataFrame) -> pd.Series:
    steps = baseline.diff().abs()
    kept = steps[steps < SCREENING_FACTOR * steps.mean()].mean()
    return kept.where(kept > 0, steps.mean())


def _dispersion(counts: pd.DataFrame, how: Usual) -> pd.Series:
    """How much more counts vary than independent events, after length of month and season; at least 1."""
    seen = counts.reindex(how.baseline)
    weight = pd.Series(_days(seen.index), seen.index)
    if how.factors is not None:
        weight *= how.factors.loc[_calendar(seen.index)].to_numpy()
    expected = pd.DataFrame(np.outer(weight / weight.sum(), seen.sum()), seen.index, seen.columns)
    extra = ((seen - expected) ** 2 / expected.where(expected > 0)).sum() / max(len(seen) - 1, 1)
    return extra.clip(lower=1.0)


def _windows(counts: pd.DataFrame, ends: list[str], length: int, extra: pd.Series, refused: str | None) -> pd.DataFrame:
    """Compare the newest whole window with the same a year before, for all the places at once."""
    sums = counts.rolling(length, min_periods=length).sum()
    whole = [end for end in ends if sums.loc[end].notna().any()] if len(counts.columns) else []
    if not whole:
        return _untested(counts, "not enough data")
    end, start = whole[-1], months_to(whole[-1], length)[0]
    before_end = periods.shift(end, -YEAR)
    before = sums.loc[before_end] if before_end in sums.index else pd.Series(np.nan, counts.columns)
    test = _untested(counts, "compared").assign(now=sums.loc[end].to_numpy(), before=before.to_numpy(), first=start, last=end)
    test["dispersion"] = extra.reindex(counts.columns).to_numpy()
    if refused and months_to(before_end, length)[0] < refused <= end:
        return test.assign(outcome="cannot be compared")
    return _tested(test, sum(map(periods.days, months_to(end, length))), sum(map(periods.days, months_to(before_end, length))))


def _tested(test: pd.DataFrame, t1: int, t0: int) -> pd.DataFrame:
    known = test["now"].notna() & test["before"].notna() & test["dispersion"].notna()
    few = known & (test["now"] + test["before"] < SMALL_COUNT)
    small = known & ~few & (test[["now", "before"]].min(axis=1) < SMALL_COUNT)
    many = known & ~few & ~small
    test["outcome"] = np.select([few, known], ["too few", "compared"], "not enough data")
    ratio = rate_ratio(test.loc[many, "now"], t1, test.loc[many, "before"], t0, test.loc[many, "dispersion"])
    found = np.log(np.array(ratio[:3], dtype=float))
    test.loc[many, ["change", "low", "high", "p"]] = np.column_stack([*found, np.asarray(ratio.p, dtype=float)])
    test.loc[many, "method"] = "rate ratio"
    for i in test.index[small]:
        exact = exact_conditional(int(test.at[i, "now"]), t1, int(test.at[i, "before"]), t0)
        with np.errstate(divide="ignore"):
            test.loc[i, ["change", "low", "high", "p"]] = [*np.log(np.array(exact[:3])), exact.p]
        test.loc[i, "method"] = "exact"
    return test


def _untested(counts: pd.DataFrame, outcome: str) -> pd.DataFrame:
    missing = dict.fromkeys(["now", "before", "change", "low", "high", "p", "dispersion"], np.nan)
    return pd.DataFrame({"place": list(counts.columns), "outcome": outcome, "method": "none", **missing, "first": "", "last": ""})


def _days(index: pd.Index) -> np.ndarray:
    return np.array([periods.days(month) for month in index], dtype=float)


def _calendar(index: pd.Index) -> list[int]:
    return [int(month[5:]) for month in index]
