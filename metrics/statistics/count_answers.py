"""
The two answers for measures that count events, in every place of the force at once.

Where a place has at least 10 events a month, the newest whole quarter stands beside the same quarter a year before, and the newest 12
months beside the 12 before the plan; with fewer events it is 12 months both times, and below 5 a month the exact conditional test.
Beside every area stands the same change in the rest of the force. The variance is the baseline's; the verdicts are given later,
to all areas together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import QUARTER, YEAR
from metrics.statistics.baseline import MONTHLY_FROM, QUARTERLY_FROM, Usual, Variance, variance, weights
from metrics.statistics.comparisons import count_ratios, log_ratio
from metrics.statistics.parameters import SMALL_COUNT, two_sided
from metrics.statistics.questions import QUESTIONS, YEAR_BEFORE, PlanStart, Windows, plan_windows, quarter_end, year_windows, years_to_plan

TESTED = ["change", "low", "high", "p", "control", "control_low", "control_high", "control_p"]
COMPARED = "compared"
ENDS = ["now_from", "now_to", "before_from", "before_to"]
FIGURES = ["now", "before", "linked_now", "linked_before"]


@dataclass(frozen=True)
class Counts:
    """
    One measure's counts, ready to be asked.

    `published` and `linked` are grids: a row a month, a column a place, the whole force under `force`. `link` holds the first month
    of the transition that the linked figures bridge, and the first month after it; none where nothing is linked.
    """

    published: pd.DataFrame
    usual: Usual
    force: str
    linked: pd.DataFrame | None = None
    link: tuple[str, str] | None = None

    @property
    def like_for_like(self) -> pd.DataFrame:
        """The linked counts where there are any, else those published."""
        return self.published if self.linked is None else self.linked


def variance_factors(counts: Counts) -> pd.Series:
    """How much more than independent events the counts of each place vary, by place, from the months of the baseline."""
    months = counts.usual.baseline
    used = counts.like_for_like.reindex(months)
    weight = weights(months, counts.usual) if months else np.zeros(0)
    areas = used.drop(columns=counts.force, errors="ignore")
    whole = _factors(used[[counts.force]], weight) if counts.force in used else None
    each = _factors(areas, weight)
    force = float(whole.factor[0]) if whole is not None else float("nan")
    places = pd.Series(each.factor, areas.columns, dtype=float)
    return places.reindex(counts.published.columns).fillna({counts.force: force})


def _factors(counts: pd.DataFrame, weight: np.ndarray) -> Variance:
    return variance(counts.to_numpy(dtype=float), weight)


def count_answers(counts: Counts, question: str, start: PlanStart, *, factors: pd.Series) -> pd.DataFrame:
    """
    Every place's figures and test for one question.

    `question`: `year` or `plan`.
    Returns: one row a place: `place, outcome, method, now, before, linked_now, linked_before, linked, now_from, now_to, before_from,
        before_to, base`, and as log ratios `change, low, high, control, control_low, control_high`, with `p` and `control_p`. `outcome` is
        `compared` or why not: `too few`, `no baseline`, `no earlier figure`, `gap`, `not begun`, `too soon`, `spread unknown`, `no
        figures`.
    """
    return _by_level(counts, factors, question, lambda length: _windows(counts, question, length, start))


def count_changes(counts: Counts, start: PlanStart, *, factors: pd.Series) -> pd.DataFrame:
    """
    Every place's two answers, and the newest window of the first beside the same months of each year between the two.

    Returns: the columns of `count_answers` and `question`: `year` and `plan` for the rows that are those answers, else empty.
    """
    years = range(2, years_to_plan(counts.published.index[-1], start))
    between = [_by_level(counts, factors, YEAR_BEFORE, partial(_years_before, counts, start, back)).assign(question="") for back in years]
    answers = [count_answers(counts, question, start, factors=factors).assign(question=question) for question in QUESTIONS]
    return pd.concat([answers[0], *between, answers[1]], ignore_index=True)


def _by_level(counts: Counts, factors: pd.Series, question: str, windows: Callable[[int], Windows]) -> pd.DataFrame:
    """Every place's row, with the windows and the test that its number of events a month asks for."""
    level = _level(counts)
    exact, monthly = level < QUARTERLY_FROM, level >= MONTHLY_FROM
    groups = [(~exact & monthly, QUARTER, False), (~exact & ~monthly, YEAR, False), (exact, YEAR, True)]
    parts = []
    for chosen, length, by_exact in groups:
        if chosen.any():
            parts.append(_group(counts, np.flatnonzero(chosen), windows(length), factors, by_exact, question))
    return pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def _total(grid: pd.DataFrame, months: tuple[str, ...]) -> np.ndarray:
    """The total of each place over months in a row; missing where one of them is."""
    if months[0] not in grid.index or months[-1] not in grid.index:
        return np.full(grid.shape[1], np.nan)
    return grid.loc[months[0] : months[-1]].to_numpy(dtype=float).sum(axis=0)


def _level(counts: Counts) -> np.ndarray:
    """The mean a month of each place, in the baseline; of all its months where the baseline has none."""
    usual = counts.published.reindex(counts.usual.baseline).mean()
    return usual.fillna(counts.published.mean()).fillna(0.0).to_numpy(dtype=float)


def _windows(counts: Counts, question: str, length: int, start: PlanStart) -> Windows:
    if question != YEAR_BEFORE:
        return plan_windows(counts.published.index[-1], start)
    return _years_before(counts, start, 1, length)


def _years_before(counts: Counts, start: PlanStart, years: int, length: int) -> Windows:
    """The newest window and the same months some years before; beyond a year none from the first on that ended before the plan."""
    months = list(counts.published.index)
    end = months[-1] if length == YEAR else quarter_end(months, counts.published.notna().any(axis=1).tolist())
    if not end or 1 < years >= years_to_plan(end, start):
        return Windows(reason="no earlier figure" if end else "no figures")
    return year_windows(end, length, years)


def _group(
    counts: Counts, chosen: np.ndarray, windows: Windows, factors: pd.Series, by_exact: bool, question: str
) -> dict[str, np.ndarray]:
    """The rows of places with the same windows and the same kind of test."""
    size, places = len(chosen), counts.published.columns.to_numpy(dtype=object)[chosen]
    ends = windows.ends if windows.now else ("", counts.published.index[-1], "", "")
    rows = {"place": places, "method": np.full(size, "none", dtype=object), "linked": np.zeros(size, dtype=bool)}
    rows |= {name: np.full(size, end, dtype=object) for name, end in zip(ENDS, ends, strict=True)}
    if windows.reason:
        rows["outcome"] = np.full(size, windows.reason, dtype=object)
        return rows | {name: np.full(size, np.nan) for name in [*FIGURES, "base", *TESTED]}
    rows |= _figures(counts, chosen, windows)
    factor = factors.reindex(rows["place"]).to_numpy(dtype=float)
    rows["outcome"] = _outcomes(rows, factor, by_exact, question)
    rows |= _tested(rows, windows, factor, by_exact)
    return rows | _control(counts, rows, windows, factors, factor)


def _figures(counts: Counts, chosen: np.ndarray, windows: Windows) -> dict[str, np.ndarray]:
    """The published totals of both windows, and the linked ones where these decide."""
    now, before = (_total(counts.published, months)[chosen] for months in (windows.now, windows.before))
    figures = {"now": now, "before": before, "base": now + before}
    if counts.linked is None or counts.link is None or not windows.straddle(*counts.link):
        return figures | {"linked_now": now, "linked_before": before}
    linked_now, linked_before = (_total(counts.linked, months)[chosen] for months in (windows.now, windows.before))
    decides = (linked_now != now) | (linked_before != before)
    return figures | {"linked_now": linked_now, "linked_before": linked_before, "linked": decides & np.isfinite(now + before)}


def _outcomes(rows: dict[str, np.ndarray], factor: np.ndarray, by_exact: bool, question: str) -> np.ndarray:
    now, before = rows["now"], rows["before"]
    missing = "no earlier figure" if question == YEAR_BEFORE else "no baseline"
    few = np.minimum(now, before) < SMALL_COUNT
    wrong = [~np.isfinite(now), ~np.isfinite(before), now + before < SMALL_COUNT, ~np.isfinite(factor) & ~few & (not by_exact)]
    return np.select(wrong, ["gap", missing, "too few", "spread unknown"], COMPARED).astype(object)


def _days(windows: Windows) -> list[int]:
    return [sum(map(periods.days, months)) for months in (windows.now, windows.before)]


def _tested(rows: dict[str, np.ndarray], windows: Windows, factor: np.ndarray, by_exact: bool) -> dict[str, np.ndarray]:
    days, now, before = _days(windows), rows["linked_now"], rows["linked_before"]
    compared = rows["outcome"] == COMPARED
    exact = compared & (by_exact | (np.minimum(rows["now"], rows["before"]) < SMALL_COUNT))
    many = compared & ~exact
    values = count_ratios(now, before, days, factor, many=many, few=exact)
    method = np.select([many, exact], ["rate ratio", "exact"], "none").astype(object)
    return {"method": method} | dict(zip(TESTED[:4], values, strict=True))


def _control(
    counts: Counts, rows: dict[str, np.ndarray], windows: Windows, factors: pd.Series, factor: np.ndarray
) -> dict[str, np.ndarray]:
    """The same change in the rest of the force, and whether the two differ beyond chance."""
    values = np.full((4, len(factor)), np.nan)
    if counts.force in counts.published:
        whole = [_total(counts.published[[counts.force]], months)[0] for months in (windows.now, windows.before)]
        now, before = rows["linked_now"], rows["linked_before"]
        rest = [whole[0] - now, whole[1] - before]
        able = (rows["method"] != "none") & (rows["place"] != counts.force) & (np.minimum(*rest) >= SMALL_COUNT)
        of_force = factors[counts.force]
        values[:, able] = log_ratio(rest[0][able], rest[1][able], _days(windows), np.full(able.sum(), of_force))
        with np.errstate(divide="ignore", invalid="ignore"):
            own = np.nan_to_num(factor, nan=1.0) * (1 / now + 1 / before)
            z = (rows["change"] - values[0]) / np.sqrt(own + of_force * (1 / rest[0] + 1 / rest[1]))
        values[3] = two_sided(np.where(np.isfinite(z), z, np.nan))
    return dict(zip(TESTED[4:], values, strict=True))


def linked(counts: pd.DataFrame, shared: pd.Series, *, force: str, until: str) -> pd.DataFrame:
    """
    Counts with the events of unknown area shared out among the areas.

    `counts`: the grid: a row a month, a column a place; the column `force` is the total of everything.
    `shared`: events of unknown area by month.
    `until`: the first month that stays as it is.
    Returns: the same grid; the force's column is not touched. A month whose share is not known stays as it is.

    >>> counts = pd.DataFrame({"all": [100.0, 100.0], "a": [60.0, 70.0], "b": [20.0, 30.0]}, index=["2024-09", "2024-10"])
    >>> linked(counts, pd.Series([20.0, 0.0], counts.index), force="all", until="2024-10")["a"].to_list()
    [75.0, 70.0]
    """
    total, unknown = counts[force], shared.reindex(counts.index)
    known = total - unknown
    factor = (total / known.where(known > 0)).where(counts.index < until).fillna(1.0).to_numpy()
    factors = np.repeat(factor[:, None], counts.shape[1], axis=1)
    factors[:, counts.columns == force] = 1.0
    return counts * factors
