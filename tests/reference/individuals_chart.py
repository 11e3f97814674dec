"""
Individuals charts: the limits within which a steady process stays, and the points outside them.

A chart is `with_limits` and then `with_signals`. Limits come from a frozen baseline, so the
past keeps its colours when a month is added; they move only where a person recorded a rebase.
"""

import numpy as np
import pandas as pd

from metrics.statistics.parameters import LIMIT_FACTOR, SCREENING_FACTOR, TOLERANCE
from tests.reference.runs import joined, published, segments


def with_limits(series: pd.DataFrame, *, baseline: int | pd.Series | np.ndarray | None = None,
                screen: bool = True) -> pd.DataFrame:
    """
    Add the limits within which a steady process would stay.

    Parameters
    ----------
    series
        One place, one measure, one row per period in order, any unit: `value`; optional
        `place`, `measure`, `period` (`YYYY-MM`) and `segment` (see `with_segments`).
    baseline
        Which points set the limits: how many first published points of each segment; or one
        True or False per row; None uses all of them.
    screen
        Leave out, once, moving ranges of 3.267 times their mean or more. If that leaves no
        variation (a constant series with one spike), all of them are used.

    Returns
    -------
    DataFrame
        The same rows with float columns `centre`, `lower`, `upper` in the series' unit, the
        same for every row of a segment. All are missing where the segment's baseline has fewer
        than two published points; `lower` and `upper` also where it has not varied.

    Raises
    ------
    ValueError
        More than one place or measure; periods out of order or repeated; a baseline of less
        than one point, or whose marks are not one per row.

    Source
    ------
    Individuals and moving-range chart (Wheeler 1993); screening of ranges (Nelson 1982), as
    NHSRplotthedots does. No range is taken across a gap.

    Examples
    --------
    >>> flat = pd.DataFrame({"place": "london", "value": [10.0, 12.0, 11.0]})
    >>> with_limits(flat)[["centre", "lower", "upper"]].iloc[-1].round(2).to_list()
    [11.0, 7.01, 14.99]
    """
    values, joins = published(series), joined(series)
    used = baseline_points(series, baseline=baseline).to_numpy()
    limits = np.full((3, len(values)), np.nan)
    for rows in segments(series):
        limits[:, rows] = np.array(_limits(values[rows], joins[rows], used[rows], screen))[:, None]
    return series.assign(centre=limits[0], lower=limits[1], upper=limits[2])


def baseline_points(series: pd.DataFrame, *,
                    baseline: int | pd.Series | np.ndarray | None = None) -> pd.Series:
    """
    The published points that set the limits: one True or False per row, named `in_baseline`.

    `baseline` and the errors are those of `with_limits`. A missing value is never a point, and
    does not use up one of the first points.

    Examples
    --------
    >>> series = pd.DataFrame({"value": [10.0, None, 11.0, 12.0]})
    >>> baseline_points(series, baseline=2).to_list()
    [True, False, True, False]
    """
    known = ~np.isnan(published(series))
    if baseline is None:
        used = known
    elif isinstance(baseline, (int, np.integer)) and not isinstance(baseline, bool):
        used = _first_points(series, known, int(baseline))
    else:
        used = known & _marks(baseline, len(series))
    return pd.Series(used, index=series.index, name="in_baseline")


def _first_points(series: pd.DataFrame, known: np.ndarray, number: int) -> np.ndarray:
    if number < 1:
        raise ValueError(f"a baseline has at least one point, not {number}")
    used = np.zeros(len(series), dtype=bool)
    for rows in segments(series):
        used[rows] = known[rows] & (np.cumsum(known[rows]) <= number)
    return used


def _marks(baseline: pd.Series | np.ndarray, rows: int) -> np.ndarray:
    marks = np.asarray(baseline)
    if marks.dtype != bool or marks.shape != (rows,):
        raise ValueError(f"a baseline is a number of points, or one True or False for each of {rows} rows")
    return marks


def _limits(values: np.ndarray, joins: np.ndarray, used: np.ndarray, screen: bool) -> tuple[float, float, float]:
    if used.sum() < 2:
        return np.nan, np.nan, np.nan
    centre = values[used].mean()
    both = joins[1:] & used[1:] & used[:-1]
    ranges = np.abs(np.diff(values))[both]
    width = LIMIT_FACTOR * _mean_range(ranges, TOLERANCE * max(1.0, abs(centre)), screen)
    return centre, centre - width, centre + width


def _mean_range(ranges: np.ndarray, rounding: float, screen: bool) -> float:
    """The mean moving range, screened once; missing where the values have not varied."""
    if not ranges.size or ranges.mean() <= rounding:
        return np.nan
    mean = ranges.mean()
    screened = ranges[ranges < SCREENING_FACTOR * mean].mean() if screen else mean
    return screened if screened > rounding else mean
