"""
What a release changes of months that were known, held against how far the releases before it have changed them.

A sum or a single month that has moved further than any release moved it, months that changed places, and an older file under a newer date.

So are areas, series or periods that changed places or labels, told by the figures themselves: a release changes some of what was known,
and never into what was known of another. What a survey once gave it hardly ever changes at all.
"""

from collections.abc import Callable, Iterator
from functools import reduce

import numpy as np
import pandas as pd

Columns = dict[tuple[str, str], str]
"""What looks odd of a series and place, in words."""
Move = Callable[[pd.DataFrame, pd.DataFrame, str], pd.DataFrame]
"""What a newer release moved of what was known, in a unit."""
MANY = 50
RESTATED = 8.0
"""How many times the largest restatement so far the next may be: a publisher's habits change, but not tenfold."""
CHANCE = 4.0
FEWEST_REVISIONS, FEW_REVISED = 2, 2.0
"""
How many times the usual factor one of the whole force may be where only one came before it, which may have been a small one. Offences
move between areas more freely.
"""
UNKNOWN = {"count": 0.1, "percent": 5.0}
"""How far a sum may move of which neither a restatement nor the straying is known: figures of a few years."""
PROVISIONAL = 2
MONTHS_RESTATED = 3.0
LEAST_SPREAD = {"count": 0.02, "percent": 1.5}
ROBUST = 1.4826
"""The median distance from the median, times this, is the standard deviation of what varies normally."""
LEAST_MOVE = {"count": 0.04, "percent": 4.0}
"""How far a single settled month may move whatever the releases before did."""
AN_AREA = 5.0
"""How many times further one month of an area may move than one of the whole force."""
ANOTHER, AS_EVER = 0.6, 3.0
"""
How far the middle one of a month's counts may move, in steps that chance takes between two counts of that size: 0.3 was the most among
15 releases, and another month's figures lie 1.1 to 2.0 away. And how many times further than the months before it, which a whole
series that is counted again moves as far.
"""


def updated(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """The newer figure of each cell, and the older where there is no newer."""
    index, columns = newer.index.union(older.index), newer.columns.union(older.columns)
    new, old = (table.reindex(index=index, columns=columns) for table in (newer, older))
    return new.where(new.notna(), old)


def restated(now: pd.DataFrame, before: list[pd.DataFrame], unit: str, whole_force: str) -> Columns:
    """Sums of the months that were known that have moved further than any release moved them."""
    moves, known = _moves([*before, now], unit, _move)
    if not moves:
        return {}
    past = pd.concat([move["by"] for move in moves[:-1]], axis=1).abs() if moves[1:] else pd.DataFrame(index=now.columns)
    last = moves[-1].reindex(now.columns).dropna()
    usual = RESTATED * past.max(axis=1).reindex(last.index)
    spread = usual_straying(known, unit).reindex(last.index)
    revisions = past.notna().sum(axis=1).reindex(last.index).fillna(0)
    once = np.minimum(spread, FEW_REVISED * np.maximum(usual, RESTATED * past.max(axis=1).median()))
    whole = (revisions > 0) & (last.index.get_level_values("place") == whole_force)
    most = usual.where(revisions >= FEWEST_REVISIONS, once.where(whole, spread)).fillna(UNKNOWN[unit]) + CHANCE * last["chance"]
    return {row.Index: _restatement(row, unit) for row in last[last["by"].abs() > most].itertuples()}


def moved_months(
    now: pd.DataFrame, before: list[pd.DataFrame], unit: str, whole_force: str, total: str | None
) -> Columns:
    """Single months known before that have moved further than any release moved one: months or areas that changed places."""
    moves, _ = _moves([*before, now], unit, _by_month)
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
        was = reduce(updated, before).loc[period, column]
        odd[column] = f"{period}: {now.loc[period, column]:,.5g}, {was:,.5g} before: no release has moved one month so far"
    return odd


def another_month(now: pd.DataFrame, known: pd.DataFrame) -> list[str]:
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


def _moves(releases: list[pd.DataFrame], unit: str, move: Move) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    """How each release but the first moved what was known before it, and what is known after the last."""
    moves, known = [], releases[0]
    for newer in releases[1:]:
        moves.append(move(newer, known, unit))
        known = updated(known, newer)
    return moves, known


def _settled(newer: pd.DataFrame, known: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The settled months and columns that both hold."""
    periods = newer.index.intersection(known.index)[:-PROVISIONAL]
    columns = newer.columns.intersection(known.columns)
    return newer.loc[periods, columns], known.loc[periods, columns]


def _by_month(newer: pd.DataFrame, known: pd.DataFrame, unit: str) -> pd.DataFrame:
    """How far each settled figure has moved beyond what chance does to counts of that size, by period and column."""
    new, old = _settled(newer, known)
    if unit != "count":
        return new - old
    by = np.log((new + 0.5) / (old + 0.5))
    return (np.sign(by) * (by.abs() - CHANCE / np.sqrt(old + 1)).clip(lower=0)).where(old >= MANY)


def _move(newer: pd.DataFrame, known: pd.DataFrame, unit: str) -> pd.DataFrame:
    """How far each column's sum (or mean) of settled months has moved, and what chance does to a sum of that size."""
    new, old = _settled(newer, known)
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


def an_older_file(now: pd.DataFrame, before: list[pd.DataFrame], known: pd.DataFrame) -> list[str]:
    """All figures known before as an older release gave them, where later ones have changed some: an older file under a newer date."""
    for older in before[:-1]:
        periods, columns = now.index.intersection(older.index), now.columns.intersection(older.columns)
        new, was, latest = (table.loc[periods, columns] for table in (now, older, known))
        same, changed = (new == was) | was.isna(), int((new.notna() & (new != latest)).to_numpy().sum())
        if was.notna().to_numpy().sum() >= MANY and same.to_numpy().all() and changed:
            return [f"every figure is that of an earlier release, and later ones have changed {changed:,} of them: an older file?"]
    return []


def usual_straying(figures: pd.DataFrame, unit: str) -> pd.Series:
    """How far each column strays from the periods before it, as a robust standard deviation."""
    strayed = scaled(figures, unit) - scaled(level_before(figures, unit), unit)
    return (ROBUST * (strayed - strayed.median()).abs().median()).clip(lower=LEAST_SPREAD[unit])


def level_before(figures: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The mean of the 12 periods before each (4 of a percentage, which is a quarter's)."""
    window = 12 if unit == "count" else 4
    return figures.rolling(window, min_periods=window).mean().shift(1)


def scaled(values, unit: str):
    """Figures on a scale on which counts and percentages can be compared."""
    return np.log(values + 0.5) if unit == "count" else values


AXES = ("period", "place", "measure")
LARGE = 10
"""Smaller counts are alike by chance."""
OF_ANOTHER = 1 / 3
"""The share of figures that may be those of another, among figures in which the two differed: hardly any is, unless it was restated."""
FEWEST, FEWEST_NEW = 10, 40
"""How many digits must be another's: where the right ones are known, and of a new period, of which they are not."""
MOST = 0.5
"""The share of what was known that may be otherwise."""
MOVED, FEW_MOVED = 1.0, 3
"""By how many points a percentage is another one, and how many must be."""
MANY_CHANGED, TIMES = 20, 5.0
"""How many counts of an area must be others, and how many times the share of the middle area; the newest months known always are."""

FEWEST_SWAPPED, MOSTLY = 20, 0.75
"""Among how many figures, and how many of them, another period must be nearer to what was known."""


def of_another(now: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    """Areas, series and periods whose figures are those known before of another."""
    lines: list[str] = []
    for axis in AXES if len(known) else ():
        new, old = _along(axis, now, known)
        given = new.reindex(old.index)
        figures, restated = old.to_numpy(), ((old != given) & given.notna()).to_numpy()
        for name, row in zip(new.index, new.to_numpy(), strict=True):
            other = _other(row, figures, restated, old.index.get_loc(name) if name in old.index else None)
            lines += [] if other is None else [f"{name}: its figures are those known before of {old.index[other]}"]
    return lines


def percentages_changed(now: pd.DataFrame, known: pd.DataFrame) -> Iterator[str]:
    """Periods, areas and series of which most percentages known before are others now."""
    for axis in AXES:
        new, old = _along(axis, now, known)
        old = old.reindex(new.index)
        common = (new.notna() & old.notna()).sum(axis=1)
        moved = ((new - old).abs() >= MOVED).sum(axis=1)
        for name in moved.index[(moved >= FEW_MOVED) & (moved > MOST * common)]:
            yield f"{name}: {moved[name]:,} of {common[name]:,} percentages known before are others"


def areas_changed(now: pd.DataFrame, known: pd.DataFrame, areas: list[str]) -> Iterator[str]:
    """Areas of which most counts known before are others now, where those of the other areas are what they were."""
    new, old = _along("place", now, known[:-PROVISIONAL])
    new, old = new.reindex(areas), old.reindex(areas)
    common, moved = (new.notna() & old.notna()).sum(axis=1), (new.notna() & old.notna() & (new != old)).sum(axis=1)
    share = moved / common
    for name in share.index[(moved >= MANY_CHANGED) & (share > max(MOST, TIMES * share.median()))]:
        yield f"{name}: {moved[name]:,} of {common[name]:,} counts known before are others, and {share.median():.0%} elsewhere"


def periods_swapped(now: pd.DataFrame, known: pd.DataFrame) -> Iterator[str]:
    """Periods known before whose figures a new period gives more nearly than they do: their labels may have changed places."""
    columns = now.columns.intersection(known.columns)
    new, old = now[columns].to_numpy(), known.reindex(now.index)[columns].to_numpy()
    for own in np.flatnonzero(~np.isnan(old).all(axis=1)):
        off, elsewhere = np.abs(new[own] - old[own]), np.abs(new - old[own])
        compared = ~np.isnan(off) & ~np.isnan(elsewhere)
        nearer = (compared & (elsewhere < off)).sum(axis=1)
        swapped = (compared.sum(axis=1) >= FEWEST_SWAPPED) & (nearer > MOSTLY * compared.sum(axis=1))
        for other in np.flatnonzero(swapped & np.isnan(old).all(axis=1)):
            yield f"{now.index[own]}: what was known of it stands at {now.index[other]}: may labels have changed places?"


def _along(axis: str, now: pd.DataFrame, known: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables with a row for each name along an axis, and the columns of both."""
    turned = {"period": lambda table: table, "place": lambda table: table.T.unstack(0), "measure": lambda table: table.T.unstack(1)}
    new, old = (turned[axis](table) for table in (now, known))
    columns = new.columns.intersection(old.columns)
    return new[columns], old[columns]


def _other(row: np.ndarray, known: np.ndarray, restated: np.ndarray, own: int | None) -> int | None:
    """The number of the row that most figures were known of before, where that is not their own, nor what that row still gives."""
    differing = (row >= LARGE) & ~np.isnan(known)
    differing &= restated if own is None else ~np.isnan(known[own]) & (known != known[own])
    same = differing & (known == row)
    digits = np.where(same, np.floor(np.log10(np.maximum(known, 1))) + 1, 0).sum(axis=1)
    digits[same.sum(axis=1) <= OF_ANOTHER * differing.sum(axis=1)] = 0
    return int(digits.argmax()) if digits.max() >= (FEWEST_NEW if own is None else FEWEST) else None
