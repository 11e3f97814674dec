"""
The two answers in places too small for a quarter to tell anything: 12 months beside 12 months, everywhere at once; and their rates.

The newest 12 months stand beside the 12 before them, and beside the 12 before the plan began. With fewer than 5 events a month the test
is exact; with more, the variance is that of independent events times what the counts show besides (`baseline`). Where the share
of the force's events that have a place changed from one window to the other, both windows are taken as if it had not.

Rates are drawn towards the rate of the area that a place lies in as far as chance explains the difference (empirical Bayes): the count
of a place is Poisson around its own rate, and the rates of an area's places vary as a gamma distribution does, whose mean and variance
are taken from the counts. A place with many residents keeps its own rate. scipy is imported only when it is called.
"""

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import YEAR
from metrics.statistics.baseline import QUARTERLY_FROM, variance
from metrics.statistics.comparisons import count_ratios
from metrics.statistics.count_answers import COMPARED, ENDS
from metrics.statistics.parameters import BASELINE_MONTHS, CONFIDENCE, SMALL_COUNT
from metrics.statistics.questions import QUESTIONS, YEAR_BEFORE, PlanStart, Windows, plan_windows, year_windows

TESTED = ["change", "low", "high", "p"]
FEW, MISSING = "too few", "no earlier figure"


def small_answers(counts: pd.DataFrame, force: pd.Series, start: PlanStart) -> pd.DataFrame:
    """
    Every place's figures and test for both questions.

    `counts`: one measure's, a row a month and a column a place, none missing.
    `force`: the whole force's by month, as far as they are known.
    Returns: one row a place and question: `place, question, outcome` (`compared`, `too few`, `no earlier figure`, or why there are no
        windows), `now, before, now_from, now_to, before_from, before_to`, and as log ratios `change, low, high`, with `p`.
    """
    factor, end = _factor(counts), counts.index[-1]
    windows = {question: year_windows(end, YEAR) if question == YEAR_BEFORE else plan_windows(end, start) for question in QUESTIONS}
    return pd.concat([_answered(counts, force, question, each, factor) for question, each in windows.items()], ignore_index=True)


def _factor(counts: pd.DataFrame) -> np.ndarray:
    """What multiplies the variance of independent events in each place, from the first months; a month brings what all places bring."""
    first = counts.iloc[:BASELINE_MONTHS]
    return np.nan_to_num(variance(first.to_numpy(dtype=float), first.sum(axis=1).to_numpy(dtype=float)).factor, nan=1.0)


def _answered(counts: pd.DataFrame, force: pd.Series, question: str, windows: Windows, factor: np.ndarray) -> pd.DataFrame:
    reason = windows.reason
    if not reason and windows.before[0] not in counts.index:
        reason = MISSING
    rows = pd.DataFrame({"place": counts.columns}).assign(question=question, outcome=reason or COMPARED)
    if reason:
        return rows.assign(**dict.fromkeys(ENDS, ""), **dict.fromkeys(["now", "before", *TESTED], np.nan))
    now, before = (counts.loc[list(months)].sum().to_numpy(dtype=float) for months in (windows.now, windows.before))
    ends = dict(zip(ENDS, windows.ends, strict=True))
    tests = _tested(now, before, [_exposure(counts, force, months) for months in (windows.now, windows.before)], factor)
    rows = rows.assign(now=now, before=before, **ends, **dict(zip(TESTED, tests, strict=True)))
    rows.loc[now + before < SMALL_COUNT, "outcome"] = FEW
    return rows


def _exposure(counts: pd.DataFrame, force: pd.Series, months: tuple[str, ...]) -> float:
    """The days of a window, times the share of the force's events in them that have a place, where the force's are known."""
    days, chosen = sum(map(periods.days, months)), list(months)
    whole = force.reindex(chosen).sum(skipna=False)
    return days * float(counts.loc[chosen].to_numpy().sum()) / whole if whole > 0 else float(days)


def _tested(now: np.ndarray, before: np.ndarray, exposures: list[float], factor: np.ndarray) -> np.ndarray:
    exact = (before / YEAR < QUARTERLY_FROM) | (np.minimum(now, before) < SMALL_COUNT)
    return count_ratios(now, before, exposures, factor, many=~exact, few=exact & (now + before > 0))


def drawn_rates(counts, residents) -> np.ndarray:
    """
    The rates of the places of one area, each drawn to the area's, with the range that the figures leave open.

    `counts`: events of each place over the same months, not below zero.
    Returns: three rows: the rate a resident, and its lower and upper limit (equal tails of the gamma distribution that is left).
    Source: Marshall (1991), Applied Statistics 40:283-294, the global estimator; the same as the posterior mean of the gamma-Poisson model
        of Clayton and Kaldor (1987) with its moments. Where counts differ by no more than chance, the variance is that of the area's own
        rate.

    >>> drawn_rates([2, 30, 10], [1000, 3000, 2000])[0].round(4).tolist()
    [0.0046, 0.0092, 0.0057]
    """
    from scipy.special import gammaincinv

    counts, residents = np.asarray(counts, dtype=float), np.asarray(residents, dtype=float)
    mean = counts.sum() / residents.sum()
    if mean == 0:
        return np.zeros((3, len(counts)))
    variance = max(_between(counts, residents, mean), mean / residents.sum())
    events, people = counts + mean**2 / variance, residents + mean / variance
    tail = (1 - CONFIDENCE) / 2
    return np.array([events / people, *(gammaincinv(events, share) / people for share in (tail, 1 - tail))])


def _between(counts: np.ndarray, residents: np.ndarray, mean: float) -> float:
    """How far the rates vary beyond chance: their variance weighted by residents, without what Poisson counts alone would show."""
    return float((residents * (counts / residents - mean) ** 2).sum() / residents.sum() - mean / residents.mean())
