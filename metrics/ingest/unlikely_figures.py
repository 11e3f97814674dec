"""
How far a newest figure strays from the periods before it, on a scale on which counts and percentages can be compared.

Nothing here is a fixed per cent. A newest figure is held against the 12 months before it and against how far that very series
has strayed from them before, in the same month of the year, widened by what chance alone does to counts of that size.

So are figures unlikely beside the others of their own release: columns copied, counts rounded, areas cut off, digits lost or gained.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

Columns = dict[tuple[str, str], str]
"""What looks odd of a series and place, in words."""
STRAYS = 7.0
"""How many times its usual straying a newest figure may lie off: among 15 releases of one publisher 6.1 was the most."""
LEAPS = 3.0
"""How many of its usual steps from one period to the next it must have moved besides."""
LARGEST, CHANCES = 1.5, 3.0
"""How many times its largest step ever, beyond what chance does, a series of the whole force may take: 0.8 was the most but for 2020."""
LEAST_SPREAD = {"count": 0.02, "percent": 1.5}
FEWEST_MONTHS, A_SEASON = 8, 24
ROBUST = 1.4826
"""The median distance from the median, times this, is the standard deviation of what varies normally."""


def updated(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """The newer figure of each cell, and the older where there is no newer."""
    index, columns = newer.index.union(older.index), newer.columns.union(older.columns)
    new, old = (table.reindex(index=index, columns=columns) for table in (newer, older))
    return new.where(new.notna(), old)


def newest(now: pd.DataFrame, known: pd.DataFrame, unit: str, whole_force: str) -> Columns:
    """Figures of months that were not known, or of the newest month, that lie off further than the series ever strayed."""
    both = updated(known, now)
    fresh = now.index[now.index > known.index[-1]] if len(known) else now.index[-1:]
    odd: Columns = {}
    for period in fresh:
        usual, spread = _expected(both.loc[:period], unit)
        off = (_scaled(both.loc[period], unit) - usual) / spread
        leap = _leap(both.loc[:period], unit)
        for column in off.index[(off.abs() > STRAYS) & (off * leap > 0) & (leap.abs() > LEAPS)]:
            low, high = (_unscaled(usual[column] + side * STRAYS * spread[column], unit) for side in (-1, 1))
            odd[column] = f"{period}: {both.loc[period, column]:,.5g} where {max(low, 0):,.0f} to {high:,.0f} could be expected"
        of_all = both.columns[both.columns.get_level_values("place") == whole_force]
        for column in of_all[_as_never(both.loc[:period, of_all], unit)]:
            odd.setdefault(column, f"{period}: {both.loc[period, column]:,.5g}, a step of a size that it has never taken")
    return odd


def _expected(figures: pd.DataFrame, unit: str) -> tuple[pd.Series, pd.Series]:
    """What the last period of each column should be on the scale of comparison, and how far it may usually stray."""
    level = _level(figures, unit)
    strayed = _scaled(figures, unit) - _scaled(level, unit)
    past = strayed.iloc[:-1].dropna(how="all")
    month = past.index.str[5:] if len(past) >= A_SEASON else ["any"] * len(past)
    seasons = past.groupby(list(month)).median()
    seasonal = seasons.reindex(list(month)).set_axis(past.index)
    season = seasons.loc[figures.index[-1][5:]] if len(past) >= A_SEASON else past.median()
    robust = ROBUST * (past - seasonal).abs().median()
    chance = 1 / (level.iloc[-1] + 0.5) if unit == "count" else 0
    spread = np.sqrt(robust**2 + chance + LEAST_SPREAD[unit] ** 2)
    return _scaled(level.iloc[-1], unit) + season.fillna(0), spread.where(past.notna().sum() >= FEWEST_MONTHS)


def _leap(figures: pd.DataFrame, unit: str) -> pd.Series:
    """The last step of each column in its usual steps: where a series has drifted to is no surprise."""
    steps = _scaled(figures, unit).diff()
    robust = ROBUST * (steps.iloc[:-1] - steps.iloc[:-1].median()).abs().median()
    chance = 2 / (figures.iloc[-2:].max() + 0.5) if unit == "count" else 0
    return steps.iloc[-1] / np.sqrt(robust**2 + chance + LEAST_SPREAD[unit] ** 2)


def _as_never(figures: pd.DataFrame, unit: str) -> pd.Series:
    """Which columns end beyond all they ever were, by a step that chance and the largest before it do not come near."""
    past, last = figures.iloc[:-1], figures.iloc[-1]
    steps = _scaled(figures, unit).diff().abs()
    chance = np.sqrt((1 / (figures.iloc[-2:] + 0.5)).sum()) if unit == "count" else LEAST_SPREAD[unit]
    further = steps.iloc[-1] - CHANCES * chance > LARGEST * steps.iloc[:-1].max()
    return further & ((last > past.max()) | (last < past.min())) & (past.notna().sum() >= A_SEASON)


def usual_straying(figures: pd.DataFrame, unit: str) -> pd.Series:
    """How far each column strays from the periods before it, as a robust standard deviation."""
    strayed = _scaled(figures, unit) - _scaled(_level(figures, unit), unit)
    return (ROBUST * (strayed - strayed.median()).abs().median()).clip(lower=LEAST_SPREAD[unit])


def _level(figures: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The mean of the 12 periods before each (4 of a percentage, which is a quarter's)."""
    window = 12 if unit == "count" else 4
    return figures.rolling(window, min_periods=window).mean().shift(1)


def _scaled(values, unit: str):
    return np.log(values + 0.5) if unit == "count" else values


def _unscaled(value: float, unit: str) -> float:
    return float(np.exp(value) - 0.5) if unit == "count" else float(value)


APART, MANY = 8.0, 50
LARGE, DIGITS, REPEATED = 10, 50, 0.9
"""How many digits must be alike before chance is out of question: those of 25 counts of two digits, or of the residents of 9 areas."""
DIFFERENT = 10
LONE = {"count": 1.8, "stock": 1.15, "percent": 18.0, "percent of all": 10.0}
"""
How many times both months beside it a month of everything may be, or they of it (one of a stock, which does not leap), and how many
points a percentage may move from one period to the next, in an area or in all: 14 and 7 were the most.
"""
ZEROS, FEW_PERIODS = 3, 3
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


def zeros(now: pd.DataFrame, areas: list[str]) -> Iterator[str]:
    """Periods in which far more areas than usual have nothing, or one that has many: what is not there was taken for zero."""
    for name in now.columns.get_level_values(0).unique():
        given = now[name].reindex(columns=areas)
        zero = given == 0
        none = zero.sum(axis=1)
        many = none[(none > ZEROS * (none.median() + 2)) | (zero & (given.median() >= MANY)).any(axis=1)]
        if len(many) <= FEW_PERIODS:
            for period, number in many.items():
                yield f"{name}, {period}: 0 in {number} of {len(areas)} areas, and in {none.median():.0f} usually: a file may be cut short"
