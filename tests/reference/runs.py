"""
Which points are neighbours in time, and which stand in a long enough run.

Nothing crosses a missing value, a skipped period or a segment: a moving range is taken,
and a run continues, only between joined points.
"""

import re
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?")


def published(series: pd.DataFrame) -> np.ndarray:
    """The column `value` as floats, NaN where nothing is published."""
    return series["value"].to_numpy(dtype=float, na_value=np.nan)


def joined(series: pd.DataFrame) -> np.ndarray:
    """
    Whether each row directly follows the row before it.

    Parameters
    ----------
    series
        One place, one measure, rows in order: `value`; optional `place`, `measure`, `period`
        (`YYYY-MM`) and `segment` (whole numbers that never fall).

    Returns
    -------
    ndarray of bool
        True where this row and the one before are both published, in the same segment, and
        no period is skipped between them. The smallest step between the periods given is the
        usual one, so a quarterly series is not all gaps.

    Raises
    ------
    ValueError
        More than one place or measure; periods repeated, out of order or not `YYYY-MM`;
        segments that fall.

    Examples
    --------
    >>> series = pd.DataFrame({"period": ["2024-01", "2024-02", "2024-04"], "value": [5.0, 6.0, 7.0]})
    >>> joined(series).tolist()
    [False, True, False]
    """
    for name in ("place", "measure"):
        if name in series and len(set(series[name].to_numpy())) > 1:
            raise ValueError(f"one {name} at a time, this series holds {series[name].nunique()}")
    known = ~np.isnan(published(series))
    joins = np.zeros(len(series), dtype=bool)
    joins[1:] = known[1:] & known[:-1]
    if "segment" in series:
        joins[1:] &= _steps(series["segment"].to_numpy(dtype=int), "segments", least=0) == 0
    if "period" in series and len(series) > 1:
        steps = _steps(_months(series["period"]), "periods", least=1)
        joins[1:] &= steps == steps.min()
    return joins


def in_run(steps: np.ndarray, points: int) -> np.ndarray:
    """
    The points that stand in a run of at least so many points.

    Parameters
    ----------
    steps
        True where a point continues the point before it; the first point is a run of one.
    points
        How many points make a run.

    Returns
    -------
    ndarray of bool
        True for every point of every run that is long enough.

    Examples
    --------
    >>> in_run(np.array([False, False, True, True, False]), 3).tolist()
    [False, True, True, True, False]
    """
    edges = np.diff(np.concatenate(([False], steps, [False])).astype(np.int8))
    first, last = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    member = np.zeros(len(steps), dtype=bool)
    for start, end in zip(first, last, strict=True):
        if end - start >= points - 1:
            member[start - 1 : end] = True
    return member


def with_segments(series: pd.DataFrame, *, starts: list[str]) -> pd.DataFrame:
    """
    Add `segment`: 0 before the first recorded rebase or break, then 1, 2 and so on.

    Parameters
    ----------
    series
        Rows in order with `period` (`YYYY-MM`).
    starts
        Periods from which a rebase or a break applies, earliest first. It takes effect at the
        first row with that period or a later one; one after the last row has no effect yet.

    Raises
    ------
    ValueError
        A start is not written `YYYY-MM`, or the starts are out of order.

    Examples
    --------
    >>> series = pd.DataFrame({"period": ["2024-01", "2024-03", "2024-04"], "value": [5.0, 6.0, 7.0]})
    >>> with_segments(series, starts=["2024-02"])["segment"].to_list()
    [0, 1, 1]
    """
    if not all(len(start) == 7 and MONTH.fullmatch(start) for start in starts):
        raise ValueError(f"a segment starts at a period written YYYY-MM: {starts}")
    if starts != sorted(set(starts)):
        raise ValueError(f"segments start in order, each once: {starts}")
    return series.assign(segment=[sum(start <= period for start in starts) for period in series["period"]])


def segments(series: pd.DataFrame) -> list[slice]:
    """The rows of each segment, oldest first; one for all rows without the column `segment`."""
    if "segment" not in series:
        return [slice(0, len(series))]
    starts = np.flatnonzero(np.diff(series["segment"].to_numpy(dtype=int))) + 1
    edges = [0, *starts.tolist(), len(series)]
    return [slice(start, end) for start, end in pairwise(edges)]


def _steps(numbers: np.ndarray, what: str, *, least: int) -> np.ndarray:
    steps = np.diff(numbers)
    if (steps < least).any():
        raise ValueError(f"{what} are out of order or repeated")
    return steps


def _months(periods: pd.Series) -> np.ndarray:
    return np.array([_month(period) for period in periods.to_numpy()])


@cache
def _month(period: object) -> int:
    if not isinstance(period, str) or not MONTH.fullmatch(period):
        raise ValueError(f"a period is written YYYY-MM, not {period!r}")
    return int(period[:4]) * 12 + int(period[5:7])
