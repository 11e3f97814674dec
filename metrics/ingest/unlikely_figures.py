"""
Figures that are unlikely beside the others of their own release: columns copied, counts rounded, areas cut off, digits lost or gained.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from metrics.ingest.straying import Columns

APART, MANY = 8.0, 50
LARGE, DIGITS, REPEATED = 10, 50, 0.9
"""How many digits must be alike before chance is out of question: those of 25 counts of two digits, or of the residents of 9 areas."""
DIFFERENT = 10
LONE = {"count": 1.8, "stock": 1.15, "percent": 18.0, "percent of all": 10.0}
"""
How many times both months beside it a month of everything may be, or they of it (one of a stock, which does not leap), and how many
points a percentage may move from one period to the next, in an area or in all: 14 and 7 were the most.
"""
NOUGHTS, FEW_PERIODS = 3, 3
"""How many times as many areas as usual may have nothing in a period, in at most so many periods of a series."""


def repeated(now: pd.DataFrame) -> list[str]:
    """Periods whose figures are those of an earlier one: a column copied, unless figures hardly ever move."""
    figures, lines = now.to_numpy(), []
    for steps in range(1, len(figures)):
        earlier, later = figures[:-steps], figures[steps:]
        large = (earlier >= LARGE) & ~np.isnan(later)
        among, same = large.sum(axis=1), (large & (later == earlier)).sum(axis=1)
        digits_given = np.where(large, np.floor(np.log10(np.maximum(earlier, 1))) + 1, 0).sum(axis=1)
        lines += [
            f"{now.index[i + steps]}: the same figures as {now.index[i]} in {same[i]:,} of {among[i]:,} cells"
            for i in np.flatnonzero((digits_given >= DIGITS) & (same > REPEATED * among))
        ]
    return lines if len(lines) < len(now) / 4 else []


def digits(now: pd.DataFrame, known: pd.DataFrame) -> Columns:
    """Single figures far from what was known of them, or from both their neighbours: a digit lost or gained."""
    was = known.reindex(index=now.index, columns=now.columns)
    moved = (_apart(now, was) | _apart(was, now)) & was.notna()
    low, high = np.minimum(now.shift(1), now.shift(-1)), np.maximum(now.shift(1), now.shift(-1))
    alone = (_apart(now, low) | _apart(high, now)) & ~(was.notna() & ~moved)
    odd = {}
    for i, j in zip(*np.nonzero((moved | alone).to_numpy()), strict=True):
        beside = f"{was.iat[i, j]:,g} before" if moved.iat[i, j] else "far from the months around it"
        odd[now.columns[j]] = f"{now.index[i]}: {now.iat[i, j]:,g}, {beside}"
    return odd


def lone(now: pd.DataFrame, known: pd.DataFrame, kind: str, columns: pd.Index) -> Columns:
    """Single new periods far from those beside them, among the columns of a percentage, of stocks, or of the sum of everything."""
    figures, limit = now[columns], LONE[kind]
    low, high = (end(figures.shift(1), figures.shift(-1)) for end in (np.minimum, np.maximum))
    beyond = (high >= MANY) & ((limit * figures < low) | (figures > limit * high))
    far = figures.diff().abs() > limit if kind.startswith("percent") else beyond
    far &= known.reindex(index=now.index, columns=columns).isna()
    return {
        columns[j]: f"{now.index[i]}: {figures.iat[i, j]:,g}, far from the periods beside it"
        for i, j in zip(*np.nonzero(far.to_numpy()), strict=True)
    }


def _apart(small: pd.DataFrame, large: pd.DataFrame) -> pd.DataFrame:
    return (large >= MANY) & (APART * small < large)


def rounded(now: pd.DataFrame) -> Iterator[str]:
    """Series whose every count is a multiple of the same number: rounded, or multiplied."""
    for name in now.columns.get_level_values(0).unique():
        counts = now[name].to_numpy()
        counts = counts[counts > 0]
        common = np.gcd.reduce(counts.astype(int)) if len(set(counts)) >= DIFFERENT and len(counts) >= MANY else 1
        if common > 1:
            yield f"{name}: each of {len(counts):,} counts is a multiple of {common}: rounded figures, or multiplied?"


def noughts(now: pd.DataFrame, areas: list[str]) -> Iterator[str]:
    """Periods in which far more areas than usual have nothing, or one that has many: what is not there was taken for nought."""
    for name in now.columns.get_level_values(0).unique():
        given = now[name].reindex(columns=areas)
        nought = given == 0
        none = nought.sum(axis=1)
        many = none[(none > NOUGHTS * (none.median() + 2)) | (nought & (given.median() >= MANY)).any(axis=1)]
        if len(many) <= FEW_PERIODS:
            for period, number in many.items():
                yield f"{name}, {period}: 0 in {number} of {len(areas)} areas, and in {none.median():.0f} usually: a file may be cut short"
