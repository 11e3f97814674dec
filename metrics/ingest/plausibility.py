"""
What looks odd in a release beside those before it, or in itself: a person must look at it, and may accept it with a reason.

Here is what must be there and is not, and how far figures stray. Nothing is a fixed per cent: a newest figure is held against the 12 months
before it and against how far that very series has strayed from them before, in the same month of the year, widened by what chance alone
does to counts of that size. So is what is unlikely beside the other figures of the release: columns copied, counts rounded, areas cut off,
digits lost or gained. What a release changes of what was known is in `restatements`.
"""

from collections.abc import Iterator
from functools import partial, reduce

import numpy as np
import pandas as pd

from metrics.domain import CELL, Dataset, Place, areas_of, periods, total_of
from metrics.ingest import restatements
from metrics.ingest.contract import Series
from metrics.ingest.restatements import LEAST_SPREAD, ROBUST, Columns, level_before, scaled, updated

REST = "what no series holds"
LONGEST = 20


def oddities(
    rows: pd.DataFrame, earlier: list[pd.DataFrame], about: Dataset, series: dict[str, Series], places: dict[str, Place]
) -> list[str]:
    """
    What looks odd, each in one line, the largest groups first.

    `earlier`: the tidy rows of each release before it, oldest first.
    Returns: at most 20 lines, the last of which counts what was left out; empty where nothing is odd.
    """
    if rows.empty:
        return []
    *before, now = _with_rest([_wide(table, places) for table in (*earlier, rows)], about)
    known = reduce(updated, before, now.iloc[:0])
    whole, areas = total_of(places).id, areas_of(places)
    odd, lines = [], [*_gone(now, before, known, about, areas), *(_ended(now, areas) if before else ()), *repeated(now)]
    lines += restatements.an_older_file(now, before, known) + restatements.of_another(now, known)
    lines += restatements.periods_swapped(now, known)
    for unit in filter(partial(_of_unit, now, series), LEAST_SPREAD):
        part = now[_of_unit(now, series, unit)]
        if unit == "count":
            lines += [*restatements.another_month(part, known), *rounded(part), *zeros(part, areas)]
            lines += restatements.areas_changed(part, known[_of_unit(known, series, unit)], areas)
        else:
            lines += restatements.percentages_changed(part, known[_of_unit(known, series, unit)])
        odd += [
            restatements.restated(part, before, unit, whole),
            restatements.moved_months(part, before, unit, whole, about.total),
            newest(part, known, unit, whole),
            digits(part, known),
            *(lone(part, known, kind, columns) for kind, columns in _steady(part, series, unit, (about.total, whole))),
        ]
    lines += [line for columns in odd for line in _without_parts(columns, [whole, *areas], about)]
    return lines if len(lines) <= LONGEST else [*lines[: LONGEST - 1], f"and {len(lines) - LONGEST + 1} more of this kind"]


def _steady(now: pd.DataFrame, series: dict[str, Series], unit: str, everything: tuple[str | None, str]) -> list[tuple[str, pd.Index]]:
    """The columns of which no period lies far from those beside it, by the limit that holds for them."""
    if unit == "percent":
        of_all = now.columns.get_level_values("place") == everything[1]
        return [("percent", now.columns[~of_all]), ("percent of all", now.columns[of_all])]
    stock = [series.get(name, Series()).kind == "stock" for name, _ in now.columns]
    return [(unit, now.columns[[column == everything for column in now.columns]]), ("stock", now.columns[stock])]


def _wide(rows: pd.DataFrame, places: dict[str, Place]) -> pd.DataFrame:
    """Periods by series and place, of the total and its areas."""
    judged = {total_of(places).id, *areas_of(places)}
    return rows[rows["place"].isin(judged)].set_index(CELL)["value"].unstack(["measure", "place"]).sort_index()


def _with_rest(releases: list[pd.DataFrame], about: Dataset) -> list[pd.DataFrame]:
    """Where a dataset has a total, also what of it no series holds that every release has: categories go missing there too."""
    names = [set(wide.columns.get_level_values(0)) for wide in releases]
    parts = sorted(set.intersection(*names) - {about.total})
    if not parts or not all(about.total in name for name in names):
        return releases
    return [wide.join(pd.concat({REST: wide[about.total] - wide[parts].T.groupby(level=1).sum().T}, axis=1)) for wide in releases]


def _of_unit(wide: pd.DataFrame, series: dict[str, Series], unit: str) -> list[tuple[str, str]]:
    return [column for column in wide.columns if (series.get(column[0], Series()).unit == "percent") == (unit == "percent")]


def skipped(rows: pd.DataFrame, known: pd.DataFrame, step: int, left_out: tuple[str, ...]) -> list[str]:
    """The periods missing right before a newest one that was not known: its label may have moved."""
    given = sorted(set(rows["period"]))
    if not given[1:] or known.empty or given[-1] <= known["period"].max():
        return []
    missing = [period for period in periods.span(given[-2], given[-1])[step:-1:step] if period not in left_out]
    return [f"{period}: in none of the files, although {given[-1]} is: may a label have moved?" for period in missing]


def _gone(now: pd.DataFrame, before: list[pd.DataFrame], known: pd.DataFrame, about: Dataset, areas: list[str]) -> Iterator[str]:
    """Series, areas and months that were there and are not, inside what this release covers."""
    if not before:
        return
    here, there = set(now.columns), set(before[-1].columns)
    if about.total in now.columns.get_level_values(0):
        for name in sorted({name for name, _ in there} - {name for name, _ in here}):
            yield f"{name}: in the release before, and not in this one"
    for name in sorted({name for name, _ in here & there}):
        had, has = ({place for series, place in columns if series == name} & set(areas) for columns in (there, here))
        if has and had - has and len(has) >= len(had) / 2:
            yield f"{name}: no figure for {', '.join(sorted(had - has))}, which the release before has"
    inside = known[(known.index >= now.index[0]) & (known.index <= now.index[-1])]
    for period in sorted(set(inside.dropna(how="all").index) - set(now.index)):
        yield f"{period}: known before, and missing between the first and the last month of this release"


def _ended(now: pd.DataFrame, areas: list[str]) -> Iterator[str]:
    """Areas without a figure in the newest period, in which most others have one."""
    for name in now.columns.get_level_values(0).unique():
        given = now[name].reindex(columns=areas).dropna(axis=1, how="all").iloc[-1].notna()
        if given.mean() > 0.5 and not given.all():
            yield f"{name}: no figure for {', '.join(given.index[~given])} in {now.index[-1]}, which the other areas have"


def _without_parts(odd: Columns, shown: list[str], about: Dataset) -> list[str]:
    """One line each, without the areas of a total that is odd, or the series of an area whose sum is odd."""
    whole = shown[0]
    lines = []
    for (name, place), line in sorted(odd.items(), key=lambda item: (item[0][0], shown.index(item[0][1]))):
        of_total = place != whole and (name, whole) in odd
        of_sum = name != about.total and (about.total, place) in odd
        if not of_total and not of_sum:
            lines.append(f"{name}, {place}, {line}" if line[4:5] == "-" else f"{name}, {place}: {line}")
    return lines


STRAYS = 7.0
"""How many times its usual straying a newest figure may lie off: among 15 releases of one publisher 6.1 was the most."""
LEAPS = 3.0
"""How many of its usual steps from one period to the next it must have moved besides."""
LARGEST, CHANCES = 1.5, 3.0
"""How many times its largest step ever, beyond what chance does, a series of the whole force may take: 0.8 was the most but for 2020."""
FEWEST_MONTHS, A_SEASON = 8, 24


def newest(now: pd.DataFrame, known: pd.DataFrame, unit: str, whole_force: str) -> Columns:
    """Figures of months that were not known, or of the newest month, that lie off further than the series ever strayed."""
    both = updated(known, now)
    fresh = now.index[now.index > known.index[-1]] if len(known) else now.index[-1:]
    odd: Columns = {}
    for period in fresh:
        usual, spread = _expected(both.loc[:period], unit)
        off = (scaled(both.loc[period], unit) - usual) / spread
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
    level = level_before(figures, unit)
    strayed = scaled(figures, unit) - scaled(level, unit)
    past = strayed.iloc[:-1].dropna(how="all")
    month = past.index.str[5:] if len(past) >= A_SEASON else ["any"] * len(past)
    seasons = past.groupby(list(month)).median()
    seasonal = seasons.reindex(list(month)).set_axis(past.index)
    season = seasons.loc[figures.index[-1][5:]] if len(past) >= A_SEASON else past.median()
    robust = ROBUST * (past - seasonal).abs().median()
    chance = 1 / (level.iloc[-1] + 0.5) if unit == "count" else 0
    spread = np.sqrt(robust**2 + chance + LEAST_SPREAD[unit] ** 2)
    return scaled(level.iloc[-1], unit) + season.fillna(0), spread.where(past.notna().sum() >= FEWEST_MONTHS)


def _leap(figures: pd.DataFrame, unit: str) -> pd.Series:
    """The last step of each column in its usual steps: where a series has drifted to is no surprise."""
    steps = scaled(figures, unit).diff()
    robust = ROBUST * (steps.iloc[:-1] - steps.iloc[:-1].median()).abs().median()
    chance = 2 / (figures.iloc[-2:].max() + 0.5) if unit == "count" else 0
    return steps.iloc[-1] / np.sqrt(robust**2 + chance + LEAST_SPREAD[unit] ** 2)


def _as_never(figures: pd.DataFrame, unit: str) -> pd.Series:
    """Which columns end beyond all they ever were, by a step that chance and the largest before it do not come near."""
    past, last = figures.iloc[:-1], figures.iloc[-1]
    steps = scaled(figures, unit).diff().abs()
    chance = np.sqrt((1 / (figures.iloc[-2:] + 0.5)).sum()) if unit == "count" else LEAST_SPREAD[unit]
    further = steps.iloc[-1] - CHANCES * chance > LARGEST * steps.iloc[:-1].max()
    return further & ((last > past.max()) | (last < past.min())) & (past.notna().sum() >= A_SEASON)


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
