"""
The same change from every sensible baseline: a year before, two years before, back to the last time before the plan.

A change that has one sign from one baseline and another sign from the next says more about the choice of baseline
than about the thing measured; so all of them are shown together.
"""

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import YEAR, months_to
from metrics.statistics.ratios import rate_ratio
from metrics.statistics.survey import with_difference

COLUMNS = ["place", "against", "months", "change", "low", "high"]


def ends_to_compare(last: str, before: str) -> list[str]:
    """
    The same time of each earlier year, back to the newest that ends no later than `before`.

    Examples
    --------
    >>> ends_to_compare("2026-06", "2023-06")
    ['2025-06', '2024-06', '2023-06']
    >>> ends_to_compare("2025-09", "2023-06")
    ['2024-09', '2023-09', '2022-09']
    """
    ends = [periods.shift(last, -YEAR)]
    while ends[-1] > before:
        ends.append(periods.shift(ends[-1], -YEAR))
    return ends


def of_counts(counts: pd.DataFrame, tests: pd.DataFrame, *, before: str, refused: str | None) -> pd.DataFrame:
    """
    Each place's newest window against the same window of every earlier year.

    Parameters
    ----------
    counts
        The grid: a row a month, a column a place.
    tests
        One row a place: `place, first, last, dispersion, method`; only places with a `rate ratio` are compared.
    before
        The last month before the plan.
    refused
        The first month of the newest meaning, across which nothing is compared.

    Returns
    -------
    DataFrame
        `place, against` (the last month of the earlier window), `months` of the window, `change, low, high` in per cent.

    Examples
    --------
    >>> months = periods.span("2022-01", "2023-12")
    >>> counts = pd.DataFrame({"sutton": [100.0] * 12 + [50.0] * 12}, index=months)
    >>> tests = pd.DataFrame([{"place": "sutton", "first": "2023-10", "last": "2023-12", "dispersion": 1.0, "method": "rate ratio"}])
    >>> of_counts(counts, tests, before="2023-06", refused=None)[["against", "change"]].values.tolist()
    [['2022-12', -50.0]]
    """
    able = tests[tests["method"] == "rate ratio"]
    parts = [_of_window(counts, part, before, refused) for _, part in able.groupby(["first", "last"])]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def of_survey(series: pd.DataFrame, *, before: str, deff: float) -> pd.DataFrame:
    """
    Each place's newest rolling year against the same of every earlier year: `place, against, months, change, low, high` in points.

    Parameters
    ----------
    series
        One survey measure: `place, period, value, base`, percentages.
    """
    now = series.sort_values("period").groupby("place").tail(1)
    parts = [_of_year(series, now, end) for end in ends_to_compare(now["period"].max(), before)]
    pairs = with_difference(pd.concat(parts, ignore_index=True), deff=deff)
    return pairs.rename(columns={"difference": "change", "lower": "low", "upper": "high"}).assign(months=YEAR)[COLUMNS]


def _of_window(counts: pd.DataFrame, tests: pd.DataFrame, before: str, refused: str | None) -> pd.DataFrame:
    first, last = tests["first"].iloc[0], tests["last"].iloc[0]
    length = periods.between(first, last) + 1
    places, spread = tests["place"].tolist(), tests["dispersion"].to_numpy(float)
    now, days_now = _total(counts[places], last, length)
    rows = []
    for end in ends_to_compare(last, before):
        then, days_then = _total(counts[places], end, length)
        if refused and months_to(end, length)[0] < refused:
            continue
        known = np.isfinite(now + then) & (now > 0) & (then > 0)
        ratio = rate_ratio(now[known], days_now, then[known], days_then, spread[known])
        shown = {name: 100 * (np.asarray(part, float) - 1) for name, part in zip(("change", "low", "high"), ratio[:3], strict=True)}
        rows.append(pd.DataFrame({"place": np.array(places, dtype=object)[known], "against": end, "months": length, **shown}))
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=COLUMNS)


def _total(counts: pd.DataFrame, end: str, length: int) -> tuple[np.ndarray, int]:
    months = months_to(end, length)
    return counts.reindex(months).to_numpy(float).sum(axis=0), sum(map(periods.days, months))


def _of_year(series: pd.DataFrame, now: pd.DataFrame, end: str) -> pd.DataFrame:
    """The newest figures beside those of one earlier year, so far back for every place as for the newest of all."""
    back = periods.between(end, now["period"].max())
    wanted = now.assign(against=[periods.shift(period, -back) for period in now["period"]])
    then = series.rename(columns={"period": "against", "value": "value_before", "base": "base_before"})
    return wanted.merge(then[["place", "against", "value_before", "base_before"]], on=["place", "against"])
