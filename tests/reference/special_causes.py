"""
Which points of an individuals chart are unusual, by which rule, and whether that is good news.

The four rules of NHS Making Data Count, as NHSRplotthedots applies them. A rule marks every
point that takes part in it; each point carries one rule, the strongest.
"""

import numpy as np
import pandas as pd

from metrics.domain import BETTER
from metrics.statistics.parameters import NEAR_NEEDED, NEAR_SHARE, SHIFT_POINTS, TOLERANCE, TREND_POINTS
from tests.reference.runs import in_run, joined

RULES = ("none", "astronomical", "trend", "two_of_three", "shift")
SIGNALS = ("improvement", "concern", "high", "low", "none")


def with_signals(frame: pd.DataFrame, *, better: str, run_rules: bool = True) -> pd.DataFrame:
    """
    Add the rule each point meets, and what it means for residents.

    Parameters
    ----------
    frame
        What `with_limits` gives: one place, one measure, rows in order, with `value`, `centre`,
        `lower`, `upper`; optional `judged` (False: the point is drawn, meets no rule and breaks runs).
    better
        Which way is better: `higher`, `lower` or `neither`.
    run_rules
        False keeps only `astronomical`: neighbouring points are too alike for runs to mean anything.

    Returns
    -------
    DataFrame
        The same rows with `rule` (`none`, `astronomical`, `trend`, `two_of_three` or `shift`; the
        first that holds, in that order) and `signal` (`improvement` or `concern`; where neither way
        is better `high` or `low`; else `none`). Without limits there is no rule.

    Raises
    ------
    ValueError
        `better` is none of the three, or the rows are not one series in order.

    Source
    ------
    NHSRplotthedots 0.2.2, `ptd_calculate_point_type`: 7 points for a trend or a shift, 2 of 3 near
    a limit. A point within rounding of the centre is on neither side and breaks a shift.

    Examples
    --------
    >>> frame = pd.DataFrame({"value": [9.0, 15.0], "centre": 10.0, "lower": 6.0, "upper": 14.0})
    >>> with_signals(frame, better="lower")[["rule", "signal"]].values.tolist()
    [['none', 'none'], ['astronomical', 'concern']]
    """
    if better not in BETTER:
        raise ValueError(f"which way is better is one of {', '.join(BETTER)}, not {better!r}")
    met, ways = _rules(frame, run_rules)
    rule = np.select(met, RULES[1 : len(met) + 1], default="none")
    way = np.select(met, ways, default=0)
    return frame.assign(rule=rule, signal=_named(way, better))


def level_step(frame: pd.DataFrame) -> str | None:
    """
    From which period the level looks changed, for the maintainer to decide on a rebase.

    Parameters
    ----------
    frame
        What `with_signals` gives, with `period`.

    Returns
    -------
    str or None
        The first period of the newest run of seven or more points on one side of the centre, if
        more than half of the points that can be judged meet a rule; None otherwise.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": [f"2024-{month:02d}" for month in range(1, 10)], "rule": "shift",
    ...     "value": [9.0] + [12.0] * 8, "centre": 10.0, "lower": 7.0, "upper": 13.0})
    >>> level_step(frame)
    '2024-02'
    """
    values, centre, _, _, judged = _arrays(frame)
    if 2 * (frame["rule"].to_numpy()[judged] != "none").sum() <= judged.sum():
        return None
    same = _same_side(_joins(frame, judged), _side(values, centre, judged))
    starts = np.flatnonzero(in_run(same, SHIFT_POINTS) & ~same)
    return frame["period"].iloc[starts[-1]] if starts.size else None


def _rules(frame: pd.DataFrame, run_rules: bool) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Where each rule holds, strongest first, and which way each point then lies."""
    values, centre, lower, upper, judged = _arrays(frame)
    joins, side, rounding = _joins(frame, judged), _side(values, centre, judged), _rounding(centre)
    out = judged & ((values > upper + rounding) | (values < lower - rounding))
    if not run_rules:
        return [out], [side]
    near_upper = values > centre + (upper - centre) * NEAR_SHARE + rounding
    near_lower = values < centre - (centre - lower) * NEAR_SHARE - rounding
    near = judged & ~out & (near_upper | near_lower)
    trend, direction = _trend(values, joins)
    same = _same_side(joins, side)
    met = [out, trend, _two_of_three(same, near), in_run(same, SHIFT_POINTS)]
    return met, [side, direction, side, side]


def _arrays(frame: pd.DataFrame) -> list[np.ndarray]:
    """Value, centre, lower and upper as floats, and which points take part in the rules."""
    columns = [frame[name].to_numpy(dtype=float, na_value=np.nan)
               for name in ("value", "centre", "lower", "upper")]
    judged = ~np.isnan(columns).any(axis=0)
    if "judged" in frame:
        judged &= frame["judged"].to_numpy(dtype=bool)
    return [*columns, judged]


def _joins(frame: pd.DataFrame, judged: np.ndarray) -> np.ndarray:
    joins = joined(frame)
    joins[1:] &= judged[1:] & judged[:-1]
    return joins


def _rounding(centre: np.ndarray) -> np.ndarray:
    return TOLERANCE * np.maximum(1.0, np.abs(centre))


def _side(values: np.ndarray, centre: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """1 above the centre, -1 below, 0 on it within rounding or not judged."""
    apart = judged & (np.abs(values - centre) > _rounding(centre))
    return np.where(apart, np.where(values > centre, 1, -1), 0)


def _same_side(joins: np.ndarray, side: np.ndarray) -> np.ndarray:
    same = np.zeros_like(joins)
    same[1:] = joins[1:] & (side[1:] == side[:-1]) & (side[1:] != 0)
    return same


def _two_of_three(same: np.ndarray, near: np.ndarray) -> np.ndarray:
    """The near points of every three on one side of which two are near."""
    threes = same[1:-1] & same[2:]
    enough = threes & (near[:-2].astype(int) + near[1:-1] + near[2:] >= NEAR_NEEDED)
    member = np.zeros_like(near)
    for place in range(3):
        member[place : len(near) - 2 + place] |= enough
    return member & near


def _trend(values: np.ndarray, joins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Who stands in a trend, and which way: towards the next member, else from the one before."""
    way = np.zeros(len(values), dtype=int)
    way[1:] = np.where(joins[1:], np.sign(np.nan_to_num(np.diff(values))), 0)
    member = in_run(way > 0, TREND_POINTS) | in_run(way < 0, TREND_POINTS)
    onward = np.zeros(len(values), dtype=int)
    onward[:-1] = np.where(member[1:], way[1:], 0)
    # A tie between two trends has no direction of its own: the point keeps the one it came with.
    return member, np.where(onward != 0, onward, way)


def _named(way: np.ndarray, better: str) -> np.ndarray:
    if better == "neither":
        return np.select([way > 0, way < 0], ["high", "low"], default="none")
    good = way if better == "higher" else -way
    return np.select([good > 0, good < 0], ["improvement", "concern"], default="none")
