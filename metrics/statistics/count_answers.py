"""
The two answers for measures that count events, in every place of the force at once.

Where a place has at least 10 events a month, the newest whole quarter stands beside the same quarter a year before, and the newest 12
months beside the 12 before the plan; with fewer events it is 12 months both times, and below 5 a month the exact conditional test.
Beside every area stands the same change in the rest of the force. The variance is `count_variance`'s; the verdicts are given later,
to all areas together.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.statistics.baseline import MONTHLY_FROM, QUARTERLY_FROM, Usual, weights
from metrics.statistics.count_change import QUARTER, YEAR
from metrics.statistics.count_variance import Variance, variance
from metrics.statistics.exact_ratio import exact_ratios
from metrics.statistics.parameters import CONFIDENCE, SMALL_COUNT, two_sided, z_of
from metrics.statistics.questions import YEAR_BEFORE, PlanStart, Windows, plan_windows, quarter_end, year_windows

TESTED = ["change", "low", "high", "p", "control", "control_low", "control_high", "control_p"]
FIGURES = ["now", "before", "linked_now", "linked_before"]


@dataclass(frozen=True)
class Counts:
    """
    One measure's counts, ready to be asked.

    `published` and `linked` are grids: a row a month, a column a place, the whole force under `force`. `link` holds the first month
    of the transition that the linked figures bridge, and the first month after it; none where nothing is linked.
    """

    published: pd.DataFrame
    how: Usual
    force: str
    linked: pd.DataFrame | None = None
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class Spread:
    """What multiplies the variance of independent events: one number for each place, and one for the whole force."""

    places: pd.Series
    force: float
    autocorrelation: float


def spread(counts: Counts) -> Spread:
    """How much more than independent events the counts of each place vary, from the months of the baseline."""
    months = counts.how.baseline
    used = (counts.published if counts.linked is None else counts.linked).reindex(months)
    brings = weights(months, counts.how) if months else np.zeros(0)
    areas = used.drop(columns=counts.force, errors="ignore")
    whole = _factors(used[[counts.force]], brings) if counts.force in used else None
    each = _factors(areas, brings)
    force = float(whole.factor[0]) if whole is not None else float("nan")
    places = pd.Series(each.factor, areas.columns, dtype=float)
    return Spread(places.reindex(counts.published.columns).fillna({counts.force: force}), force, each.autocorrelation)


def _factors(counts: pd.DataFrame, brings: np.ndarray) -> Variance:
    return variance(counts.to_numpy(dtype=float), brings)


def count_answers(counts: Counts, question: str, start: PlanStart, *, known: Spread) -> pd.DataFrame:
    """
    Every place's figures and test for one question.

    Parameters
    ----------
    counts
        One measure.
    question
        `year` or `plan`.
    start
        When the plan began.
    known
        From `spread`.

    Returns
    -------
    DataFrame
        One row a place: `place, outcome, method, now, before, linked_now, linked_before, linked, now_from, now_to, before_from,
        before_to, base`, and as log ratios `change, low, high, control, control_low, control_high`, with `p` and `control_p`.
        `outcome` is `compared` or why not: `too few`, `no baseline`, `no earlier figure`, `gap`, `not begun`, `too soon`,
        `spread unknown`, `no figures`.
    """
    level = _level(counts)
    exact = (level < QUARTERLY_FROM).to_numpy()
    monthly = (level >= MONTHLY_FROM).to_numpy()
    groups = [(~exact & monthly, QUARTER, False), (~exact & ~monthly, YEAR, False), (exact, YEAR, True)]
    parts = []
    for chosen, length, by_exact in groups:
        if chosen.any():
            names = list(counts.published.columns[chosen])
            parts.append(_group(counts, names, _windows(counts, question, length, start), known, by_exact, question))
    return pd.concat(parts, ignore_index=True)


def _level(counts: Counts) -> pd.Series:
    """The mean a month of each place, in the baseline; of all its months where the baseline has none."""
    usual = counts.published.reindex(counts.how.baseline).mean()
    return usual.fillna(counts.published.mean()).fillna(0.0)


def _windows(counts: Counts, question: str, length: int, start: PlanStart) -> Windows:
    months = list(counts.published.index)
    if question != YEAR_BEFORE:
        return plan_windows(months[-1], start)
    if length == YEAR:
        return year_windows(months[-1], YEAR)
    end = quarter_end(months, counts.published.notna().any(axis=1).tolist())
    return year_windows(end, QUARTER) if end else Windows(reason="no figures")


def _group(counts: Counts, names: list[str], windows: Windows, known: Spread, by_exact: bool, question: str) -> pd.DataFrame:
    rows = pd.DataFrame({"place": names, "outcome": windows.reason, "method": "none", "linked": False, "base": np.nan})
    rows = rows.assign(**dict.fromkeys(FIGURES + TESTED, np.nan))
    if windows.reason:
        newest = counts.published.index[-1]
        return rows.assign(now_from="", now_to=newest, before_from="", before_to="")
    rows = rows.assign(now_from=windows.now[0], now_to=windows.now[-1], before_from=windows.before[0], before_to=windows.before[-1])
    rows = _with_figures(rows, counts, windows)
    spread_of = known.places.reindex(names).to_numpy()
    rows = rows.assign(outcome=_outcomes(rows, spread_of, by_exact, question))
    return _tested(rows, counts, windows, known, by_exact)


def _with_figures(rows: pd.DataFrame, counts: Counts, windows: Windows) -> pd.DataFrame:
    """The published totals of both windows, and the linked ones where these decide."""
    names = rows["place"].tolist()
    now, before = (_total(counts.published, names, months) for months in (windows.now, windows.before))
    rows = rows.assign(now=now, before=before, base=now + before, linked_now=now, linked_before=before)
    if counts.linked is None or counts.link is None or not windows.straddle(*counts.link):
        return rows
    now, before = (_total(counts.linked, names, months) for months in (windows.now, windows.before))
    decides = (rows["place"] != counts.force) & ((now != rows["now"]) | (before != rows["before"])) & np.isfinite(now + before)
    return rows.assign(linked_now=now, linked_before=before, linked=decides)


def _total(grid: pd.DataFrame, names: list[str], months: tuple[str, ...]) -> np.ndarray:
    return grid[names].reindex(list(months)).to_numpy(dtype=float).sum(axis=0)


def _outcomes(rows: pd.DataFrame, factor: np.ndarray, by_exact: bool, question: str) -> np.ndarray:
    now, before = rows["now"].to_numpy(), rows["before"].to_numpy()
    missing = "no earlier figure" if question == YEAR_BEFORE else "no baseline"
    few = np.minimum(now, before) < SMALL_COUNT
    wrong = [~np.isfinite(now), ~np.isfinite(before), now + before < SMALL_COUNT, ~np.isfinite(factor) & ~few & (not by_exact)]
    return np.select(wrong, ["gap", missing, "too few", "spread unknown"], "compared")


def _tested(rows: pd.DataFrame, counts: Counts, windows: Windows, known: Spread, by_exact: bool) -> pd.DataFrame:
    days = [sum(map(periods.days, months)) for months in (windows.now, windows.before)]
    now, before = rows["linked_now"].to_numpy(), rows["linked_before"].to_numpy()
    compared = (rows["outcome"] == "compared").to_numpy()
    exact = compared & (by_exact | (np.minimum(rows["now"], rows["before"]) < SMALL_COUNT).to_numpy())
    many = compared & ~exact
    factor = known.places.reindex(rows["place"]).to_numpy()
    values = np.full((4, len(rows)), np.nan)
    values[:, many] = log_ratio(now[many], before[many], days, factor[many])
    values[:, exact] = exact_ratios(np.rint(now[exact]), days[0], np.rint(before[exact]), days[1])
    method = np.select([many, exact], ["rate ratio", "exact"], "none")
    rows = rows.assign(method=method, **dict(zip(TESTED[:4], values, strict=True)))
    return _with_control(rows, counts, windows, known, factor) if counts.force in counts.published else rows


def log_ratio(now: np.ndarray, before: np.ndarray, days: list[int], factor: np.ndarray) -> tuple[np.ndarray, ...]:
    """
    The logarithm of a rate over an earlier one, its limits, and the two-sided p.

    Source
    ------
    Log-normal limits; the variance is `factor` times that of independent events, 1 / now + 1 / before.

    Examples
    --------
    >>> change, low, high, p = log_ratio(np.array([236.0]), np.array([312.0]), [1, 1], np.array([1.7]))
    >>> np.exp([change[0], low[0], high[0]]).round(2).tolist()
    [0.76, 0.61, 0.94]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.log(now / days[0]) - np.log(before / days[1])
        error = np.sqrt(factor * (1 / now + 1 / before))
    reach = z_of(CONFIDENCE) * error
    return change, change - reach, change + reach, two_sided(change / error)


def _with_control(rows: pd.DataFrame, counts: Counts, windows: Windows, known: Spread, factor: np.ndarray) -> pd.DataFrame:
    """The same change in the rest of the force, and whether the two differ beyond chance."""
    whole = [_total(counts.published, [counts.force], months)[0] for months in (windows.now, windows.before)]
    days = [sum(map(periods.days, months)) for months in (windows.now, windows.before)]
    rest = [total - rows[name].to_numpy() for total, name in zip(whole, ("linked_now", "linked_before"), strict=True)]
    able = (rows["method"] != "none").to_numpy() & (rows["place"] != counts.force).to_numpy() & (np.minimum(*rest) >= SMALL_COUNT)
    values = np.full((4, len(rows)), np.nan)
    values[:, able] = log_ratio(rest[0][able], rest[1][able], days, np.full(able.sum(), known.force))
    now, before = rows["linked_now"].to_numpy(), rows["linked_before"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.nan_to_num(factor, nan=1.0) * (1 / now + 1 / before) + known.force * (1 / rest[0] + 1 / rest[1]))
        values[3] = two_sided((rows["change"].to_numpy() - values[0]) / error)
    values[3, ~np.isfinite(error)] = np.nan
    return rows.assign(**dict(zip(TESTED[4:], values, strict=True)))
