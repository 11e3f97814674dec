"""
Figures that stand where others stood: areas, series or periods that changed places or labels, told by the figures themselves.

A release changes some of what was known, and never into what was known of another area, series or period. What a survey once gave
it hardly ever changes at all.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

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
MANY, TIMES, PROVISIONAL = 20, 5.0, 2
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
    for name in share.index[(moved >= MANY) & (share > max(MOST, TIMES * share.median()))]:
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
    others = [name for name in AXES if name != axis]
    long = (table.stack([0, 1], future_stack=True).rename_axis(["period", "measure", "place"]) for table in (now, known))
    new, old = (table.unstack(others) for table in long)
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
