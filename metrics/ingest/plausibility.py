"""
What looks odd in a release beside those before it: a person must look at it, and may accept it with a reason.

Nothing here is a fixed per cent. A newest figure is held against the 12 months before it and against how far that very series
has strayed from them before, in the same month of the year; a restated sum against how far its releases have restated it before.
Both are widened by what chance alone does to counts of that size.
"""

from collections.abc import Iterator
from functools import reduce
from itertools import pairwise

import numpy as np
import pandas as pd

from metrics.domain import Dataset, Place
from metrics.ingest.contract import CELL, Series, areas_of, total_of

STRAYS = 7.0
"""How many times its usual straying a newest figure may lie off: among 15 releases of one publisher 6.1 was the most."""
LEAPS = 3.0
"""How many of its usual steps from one period to the next it must have moved besides."""
RESTATED = 8.0
"""How many times the largest restatement so far the next may be: a publisher's habits change, but not tenfold."""
CHANCE = 4.0
FEWEST_MONTHS, FEWEST_REVISIONS, A_SEASON = 8, 2, 24
FEW_REVISED = 2.0
"""
How many times the usual factor one of the whole force may be where only one came before it, which may have been a small one. Offences
move between areas more freely.
"""
LONE = {"count": 1.8, "percent": 25.0}
"""
How many times both months beside it a month of everything may be, or they of it, and how many points a percentage may move from one
period to the next: nothing held has come near.
"""
LEAST_SPREAD = {"count": 0.02, "percent": 1.5}
PROVISIONAL = 2
REST = "what no series holds"
APART, MANY = 8.0, 50
LARGE, REPEATED = 10, 0.9
MONTHS_RESTATED = 3.0
LEAST_MOVE = {"count": 0.04, "percent": 4.0}
"""How far a single settled month may move whatever the releases before did."""
AN_AREA = 5.0
"""How many times further one month of an area may move than one of the whole force."""
ANOTHER, AS_EVER = 0.6, 3.0
"""
How far the middle one of a month's counts may move, in steps that chance takes between two counts of that size: 0.3 was the most among
15 releases, and another month's figures lie 1.1 to 2.0 away. And how many times further than the months before it, which a whole
series that is counted anew moves as far.
"""
LONGEST = 20
ROBUST = 1.4826
"""The median distance from the median, times this, is the standard deviation of what varies normally."""


def oddities(
    rows: pd.DataFrame, earlier: list[pd.DataFrame], about: Dataset, series: dict[str, Series], places: dict[str, Place]
) -> list[str]:
    """
    What looks odd, each in one line, the largest groups first.

    Parameters
    ----------
    rows
        The tidy rows of the release.
    earlier
        The tidy rows of each release before it, oldest first.
    series
        What each series counts.

    Returns
    -------
    list of str
        At most 20 lines, the last of which counts what was left out; empty where nothing is odd.
    """
    if rows.empty:
        return []
    *before, now = _with_rest([_wide(table, places) for table in (*earlier, rows)], about)
    known = reduce(_updated, before, now.iloc[:0])
    lines = [*_gone(now, before, known, about, places), *_repeated(now)]
    places_shown = [total_of(places).id, *areas_of(places)]
    for unit in LEAST_SPREAD:
        columns = _of_unit(now, series, unit)
        lines += _without_parts(_restated(now[columns], before, unit, places_shown[0]), places_shown, about)
        lines += _without_parts(_moved_months(now[columns], before, unit, places_shown[0], about.total), places_shown, about)
        lines += _another_month(now[columns], known) if unit == "count" else []
        lines += _without_parts(_newest(now[columns], known, unit), places_shown, about)
        lines += _without_parts(_digits(now[columns], known), places_shown, about)
        lines += _without_parts(_lone(now[columns], known, unit, (about.total, places_shown[0])), places_shown, about)
    return lines if len(lines) <= LONGEST else [*lines[: LONGEST - 1], f"and {len(lines) - LONGEST + 1} more of this kind"]


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


def _updated(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """The newer figure of each cell, and the older where there is no newer."""
    index, columns = newer.index.union(older.index), newer.columns.union(older.columns)
    new, old = (table.reindex(index=index, columns=columns) for table in (newer, older))
    return new.where(new.notna(), old)


def _of_unit(wide: pd.DataFrame, series: dict[str, Series], unit: str) -> list[tuple[str, str]]:
    return [column for column in wide.columns if (series.get(column[0], Series()).unit == "percent") == (unit == "percent")]


def _gone(now: pd.DataFrame, before: list[pd.DataFrame], known: pd.DataFrame, about: Dataset, places: dict[str, Place]) -> Iterator[str]:
    """Series, areas and months that were there and are not, inside what this release covers."""
    if not before:
        return
    here, there = set(now.columns), set(before[-1].columns)
    if about.total in now.columns.get_level_values(0):
        for name in sorted({name for name, _ in there} - {name for name, _ in here}):
            yield f"{name}: in the release before, and not in this one"
    areas = set(areas_of(places))
    for name in sorted({name for name, _ in here & there}):
        had, has = ({place for series, place in columns if series == name} & areas for columns in (there, here))
        if has and had - has and len(has) >= len(had) / 2:
            yield f"{name}: no figure for {', '.join(sorted(had - has))}, which the release before has"
    inside = known[(known.index >= now.index[0]) & (known.index <= now.index[-1])]
    for period in sorted(set(inside.dropna(how="all").index) - set(now.index)):
        yield f"{period}: known before, and missing between the first and the last month of this release"


def _restated(now: pd.DataFrame, before: list[pd.DataFrame], unit: str, whole_force: str) -> dict[tuple[str, str], str]:
    """Sums of the months that were known that have moved further than any release moved them."""
    moves, known = [], None
    for newer in [*before, now]:
        if known is not None:
            moves.append(_move(newer, known, unit))
        known = newer if known is None else _updated(known, newer)
    if not moves:
        return {}
    past = pd.concat([move["by"] for move in moves[:-1]], axis=1).abs() if moves[1:] else pd.DataFrame(index=now.columns)
    last = moves[-1].reindex(now.columns).dropna()
    usual = RESTATED * past.max(axis=1).reindex(last.index)
    spread = _spread(known, unit).reindex(last.index)
    revisions = past.notna().sum(axis=1).reindex(last.index).fillna(0)
    once = np.minimum(spread, FEW_REVISED * np.maximum(usual, RESTATED * past.max(axis=1).median()))
    whole = (revisions > 0) & (last.index.get_level_values("place") == whole_force)
    most = usual.where(revisions >= FEWEST_REVISIONS, once.where(whole, spread)).fillna(np.inf) + CHANCE * last["chance"]
    return {row.Index: _restatement(row, unit) for row in last[last["by"].abs() > most].itertuples()}


def _repeated(now: pd.DataFrame) -> list[str]:
    """Periods whose figures are those of the period before: a column copied, unless figures hardly ever move."""
    earlier = now.shift(1)
    large = (earlier >= LARGE) & now.notna()
    among, same = large.sum(axis=1), (large & (now == earlier)).sum(axis=1)
    lines = [
        f"{later}: the same figures as {before} in {same[later]:,} of {among[later]:,} cells"
        for before, later in pairwise(now.index)
        if among[later] >= MANY and same[later] > REPEATED * among[later]
    ]
    return lines if len(lines) < len(now) / 4 else []


def _moved_months(
    now: pd.DataFrame, before: list[pd.DataFrame], unit: str, whole_force: str, total: str | None
) -> dict[tuple[str, str], str]:
    """Single months known before that have moved further than any release moved one: months or areas that changed places."""
    moves, known = [], None
    for newer in [*before, now]:
        if known is not None:
            moves.append(_by_month(newer, known, unit))
        known = newer if known is None else _updated(known, newer)
    if not moves:
        return {}
    last = moves[-1].reindex(columns=now.columns)
    past = pd.concat([move.abs().max() for move in moves[:-1]], axis=1).max(axis=1) if moves[1:] else pd.Series(dtype=float)
    most = np.maximum(MONTHS_RESTATED * past.reindex(last.columns).fillna(0), LEAST_MOVE[unit])
    series, place = (last.columns.get_level_values(level) for level in (0, 1))
    whole = place == whole_force
    far = (last.abs() > np.where(whole, most, AN_AREA * most)) & (whole | (series == total))
    odd = {}
    for column in far.columns[far.any()]:
        period = last[column].abs().idxmax()
        was = reduce(_updated, before).loc[period, column]
        odd[column] = f"{period}: {now.loc[period, column]:,.5g}, {was:,.5g} before: no release has moved one month so far"
    return odd


def _another_month(now: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    """Provisional months whose counts lie as far from those known as another month's would: months that changed places."""
    periods, columns = now.index.intersection(known.index), now.columns.intersection(known.columns)
    new, old = now.loc[periods, columns], known.loc[periods, columns]
    steps = (np.log((new + 0.5) / (old + 0.5)).abs() * np.sqrt(old / 2)).where(old >= MANY)
    middle = steps.median(axis=1)[steps.notna().sum(axis=1) >= MANY]
    settled = middle[:-PROVISIONAL].median()
    return [
        f"{period}: its counts are as far from those known before as another month's would be"
        for period, by in middle[-PROVISIONAL:].items()
        if by > ANOTHER and by > AS_EVER * settled
    ]


def _by_month(newer: pd.DataFrame, known: pd.DataFrame, unit: str) -> pd.DataFrame:
    """How far each settled figure has moved beyond what chance does to counts of that size, by period and column."""
    periods = newer.index.intersection(known.index)[:-PROVISIONAL]
    columns = newer.columns.intersection(known.columns)
    new, old = newer.loc[periods, columns], known.loc[periods, columns]
    if unit != "count":
        return new - old
    by = np.log((new + 0.5) / (old + 0.5))
    return (np.sign(by) * (by.abs() - CHANCE / np.sqrt(old + 1)).clip(lower=0)).where(old >= MANY)


def _move(newer: pd.DataFrame, known: pd.DataFrame, unit: str) -> pd.DataFrame:
    """How far each column's sum (or mean) of settled months has moved, and what chance does to a sum of that size."""
    periods = newer.index.intersection(known.index)[:-PROVISIONAL]
    columns = newer.columns.intersection(known.columns)
    new, old = newer.loc[periods, columns], known.loc[periods, columns]
    both = new.notna() & old.notna()
    was, is_now, months = old[both].sum(), new[both].sum(), both.sum()
    if unit == "count":
        by, chance = np.log((is_now + 0.5) / (was + 0.5)), 1 / np.sqrt(was + 1)
    else:
        by, chance = (is_now - was) / months.clip(lower=1), LEAST_SPREAD[unit] / np.sqrt(months.clip(lower=1))
    return pd.DataFrame({"by": by, "chance": chance, "was": was, "now": is_now, "months": months})[months > 0]


def _restatement(row, unit: str) -> str:
    if unit == "count":
        return f"{row.months:.0f} months known before add up to {row.now:,.0f}, {row.was:,.0f} before: no release has restated it so far"
    return f"{row.months:.0f} figures known before have moved by {row.by:+.1f} points on average: no release has moved them so far"


def _newest(now: pd.DataFrame, known: pd.DataFrame, unit: str) -> dict[tuple[str, str], str]:
    """Figures of months that were not known, or of the newest month, that lie off further than the series ever strayed."""
    both = _updated(known, now)
    fresh = now.index[now.index > known.index[-1]] if len(known) else now.index[-1:]
    odd: dict[tuple[str, str], str] = {}
    for period in fresh:
        usual, spread = _expected(both.loc[:period], unit)
        off = (_scaled(both.loc[period], unit) - usual) / spread
        leap = _leap(both.loc[:period], unit)
        for column in off.index[(off.abs() > STRAYS) & (off * leap > 0) & (leap.abs() > LEAPS)]:
            low, high = (_unscaled(usual[column] + side * STRAYS * spread[column], unit) for side in (-1, 1))
            odd[column] = f"{period}: {both.loc[period, column]:,.5g} where {max(low, 0):,.0f} to {high:,.0f} could be expected"
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


def _spread(figures: pd.DataFrame, unit: str) -> pd.Series:
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


def _digits(now: pd.DataFrame, known: pd.DataFrame) -> dict[tuple[str, str], str]:
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


def _lone(now: pd.DataFrame, known: pd.DataFrame, unit: str, everything: tuple[str | None, str]) -> dict[tuple[str, str], str]:
    """Single new periods far from those beside them: of a percentage, or of the sum of everything."""
    columns = now.columns if unit == "percent" else now.columns[[column == everything for column in now.columns]]
    figures, limit = now[columns], LONE[unit]
    low, high = (end(figures.shift(1), figures.shift(-1)) for end in (np.minimum, np.maximum))
    beyond = (high >= MANY) & ((limit * figures < low) | (figures > limit * high))
    far = figures.diff().abs() > limit if unit == "percent" else beyond
    far &= known.reindex(index=now.index, columns=columns).isna()
    return {
        columns[j]: f"{now.index[i]}: {figures.iat[i, j]:,g}, far from the periods beside it"
        for i, j in zip(*np.nonzero(far.to_numpy()), strict=True)
    }


def _apart(small: pd.DataFrame, large: pd.DataFrame) -> pd.DataFrame:
    return (large >= MANY) & (APART * small < large)


def _without_parts(odd: dict[tuple[str, str], str], shown: list[str], about: Dataset) -> list[str]:
    """One line each, without the areas of a total that is odd, or the series of an area whose sum is odd."""
    whole = shown[0]
    lines = []
    for (name, place), line in sorted(odd.items(), key=lambda item: (item[0][0], shown.index(item[0][1]))):
        of_total = place != whole and (name, whole) in odd
        of_sum = name != about.total and (about.total, place) in odd
        if not of_total and not of_sum:
            lines.append(f"{name}, {place}, {line}" if line[4:5] == "-" else f"{name}, {place}: {line}")
    return lines
