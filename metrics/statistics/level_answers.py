"""
The two answers for what is not an event: survey questions, counts of everyone in post, and administrative percentages.

A survey's newest rolling year stands beside the one twelve months earlier, and beside the one that ends nearest before the plan was
launched, on the interviews that count after the question's own design effect. A stock of everyone in post has no chance in it: its
plain difference is told, and one of 1 in 100 or more is called a change. Changes of percentages are in points.
"""

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.statistics.count_change import YEAR
from metrics.statistics.parameters import CONFIDENCE, STOCK_MATTERS, two_sided, z_of
from metrics.statistics.proportions import spread
from metrics.statistics.questions import YEAR_BEFORE, PlanStart
from metrics.statistics.ratios import share_difference
from metrics.statistics.survey import difference_z_p, effective_base, newcombe

OLDEST_BASELINE = 12
"""A figure that ends more than this many months before the launch is no baseline of the plan."""


def survey_answers(figures: pd.DataFrame, question: str, start: PlanStart, *, force: str, deff: float, months: int) -> pd.DataFrame:
    """
    One survey question in every place, for one of the two questions.

    Parameters
    ----------
    figures
        `place, period, value` in per cent, `base` interviews.
    deff
        Design effect of the question.
    months
        How many months of interviews one figure holds.

    Returns
    -------
    DataFrame
        The columns of `count_answers`, changes in points; `base` is the smaller of both.

    Examples
    --------
    >>> rows = [("a", "2023-06", 50.0, 400.0), ("a", "2025-06", 40.0, 400.0), ("a", "2026-06", 39.0, 400.0)]
    >>> figures, start = pd.DataFrame(rows, columns=["place", "period", "value", "base"]), PlanStart("2023-07", "2023-06")
    >>> answers = survey_answers(figures, "plan", start, force="all", deff=1.5, months=12)
    >>> answers[["before_to", "change", "low", "high"]].round(1).values.tolist()
    [['2023-06', -11.0, -19.2, -2.6]]
    """
    pairs = _pairs(figures, question, start, months)
    n_now, n_before = effective_base(pairs["base_now"], deff), effective_base(pairs["base_before"], deff)
    compared = (pairs["outcome"] == "compared").to_numpy()
    p_now, p_before = (pairs[name].where(compared, 0.0).to_numpy(float) / 100 for name in ("now", "before"))
    n_now, n_before = (part.where(compared, 0.0).to_numpy(float) for part in (n_now, n_before))
    low, high = newcombe(p_now, n_now, p_before, n_before)
    _, p = difference_z_p(p_now, n_now, p_before, n_before)
    tested = {"change": 100 * (p_now - p_before), "low": 100 * low, "high": 100 * high, "p": p}
    rows = pairs.assign(**{name: np.where(compared, part, np.nan) for name, part in tested.items()})
    rows = rows.assign(method=np.where(compared, "score interval", "none"), base=pairs[["base_now", "base_before"]].min(axis=1))
    return _with_rest(rows, force, deff)


def _pairs(figures: pd.DataFrame, question: str, start: PlanStart, months: int) -> pd.DataFrame:
    """Each place's newest figure beside the earlier one that the question asks for."""
    held = figures[figures["value"].notna()].sort_values("period")
    now = held.groupby("place", sort=False).tail(1).rename(columns={"value": "now", "base": "base_now", "period": "now_to"})
    now = now[["place", "now_to", "now", "base_now"]].assign(before_to=_earlier(held, now, question, start))
    earlier = held.rename(columns={"period": "before_to", "value": "before", "base": "base_before"})
    pairs = now.merge(earlier[["place", "before_to", "before", "base_before"]], on=["place", "before_to"], how="left")
    reasons = [_reason(row, question, start, months) for row in pairs.itertuples()]
    back = {side: [periods.shift(end, 1 - months) if end else "" for end in pairs[f"{side}_to"]] for side in ("now", "before")}
    pairs = pairs.assign(outcome=reasons, now_from=back["now"], before_from=back["before"])
    return pairs.assign(linked=False, linked_now=pairs["now"], linked_before=pairs["before"])


def _earlier(held: pd.DataFrame, now: pd.DataFrame, question: str, start: PlanStart) -> list[str]:
    if question == YEAR_BEFORE:
        return [periods.shift(end, -YEAR) for end in now["now_to"]]
    usable = held[(held["period"] <= start.last_before) & (held["period"] > periods.shift(start.last_before, -OLDEST_BASELINE))]
    newest = usable.groupby("place")["period"].max().to_dict()
    return [newest.get(place, "") for place in now["place"]]


def _reason(row, question: str, start: PlanStart, months: int) -> str:
    if question != YEAR_BEFORE and row.now_to <= start.last_before:
        return "not begun"
    if row.before != row.before:
        return "no earlier figure" if question == YEAR_BEFORE else "no baseline"
    if question != YEAR_BEFORE and periods.between(row.before_to, row.now_to) < months:
        return "too soon"
    return "compared" if row.base_now > 0 and row.base_before > 0 else "no base"


def _with_rest(rows: pd.DataFrame, force: str, deff: float) -> pd.DataFrame:
    """The same change among everyone else asked: the whole force's figures less this area's, each weighted by its interviews."""
    whole = rows[rows["place"] == force]
    missing = dict.fromkeys(["control", "control_low", "control_high", "control_p"], np.nan)
    if not len(whole) or whole["outcome"].iloc[0] != "compared":
        return rows.assign(**missing)
    total, sides = whole.iloc[0], {}
    same = (rows["now_to"] == total["now_to"]) & (rows["before_to"] == total["before_to"])
    for side in ("now", "before"):
        n = total[f"base_{side}"] - rows[f"base_{side}"].to_numpy(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = (total[side] * total[f"base_{side}"] - (rows[side] * rows[f"base_{side}"]).to_numpy(float)) / n / 100
        sides[side] = share, n / deff
    able = ((rows["outcome"] == "compared") & (rows["place"] != force) & same).to_numpy()
    able = able & np.all([(share >= 0) & (share <= 1) & (n > 0) for share, n in sides.values()], axis=0)
    (p1, n1), (p0, n0) = ((np.where(able, share, 0.0), np.where(able, n, 0.0)) for share, n in sides.values())
    low, high = newcombe(p1, n1, p0, n0)
    control = 100 * (p1 - p0)
    # Both changes by their score intervals: half an interval is about two standard errors.
    error = np.hypot(rows["high"] - rows["low"], 100 * (high - low)) / (2 * z_of(CONFIDENCE))
    p = two_sided(np.where(able, (rows["change"] - control) / error, np.nan))
    found = {"control": control, "control_low": 100 * low, "control_high": 100 * high, "control_p": p}
    return rows.assign(**{name: np.where(able, part, np.nan) for name, part in found.items()})


def stock_answers(figures: pd.DataFrame, question: str, start: PlanStart) -> pd.DataFrame:
    """
    Everyone in post, now and a year before or in the month of the launch: a plain difference without chance.

    Examples
    --------
    >>> rows = [("all", "2023-07", 100.0), ("all", "2026-06", 97.0)]
    >>> figures = pd.DataFrame(rows, columns=["place", "period", "value"])
    >>> stock_answers(figures, "plan", PlanStart("2023-07", "2023-06"))[["change", "low", "high", "p"]].values.tolist()
    [[-3.0, -3.0, -3.0, 0.0]]
    """
    return pd.DataFrame([_stock(place, part, question, start) for place, part in figures.groupby("place", sort=False)])


def _stock(place: str, part: pd.DataFrame, question: str, start: PlanStart) -> dict:
    held = part[part["value"].notna()].set_index("period")["value"].sort_index()
    last = held.index[-1]
    earlier = periods.shift(last, -YEAR) if question == YEAR_BEFORE else start.launched
    now, before = float(held.iloc[-1]), float(held.get(earlier, np.nan))
    reason = _level_reason(last, earlier, before, question, start)
    change = now - before
    matters = abs(change) >= STOCK_MATTERS * before
    limits = (change, change, 0.0) if matters else (min(change, 0.0), max(change, 0.0), 1.0)
    row = _row(place, now, before, last, earlier, reason)
    if reason != "compared":
        return row
    return row | {"method": "plain difference", "base": now, "change": change} | dict(zip(("low", "high", "p"), limits, strict=True))


def share_answers(figures: pd.DataFrame, question: str, start: PlanStart, *, first: str, last: str) -> pd.DataFrame:
    """
    An administrative percentage, now and in the same month a year before or before the plan, with a range as wide as it varied.

    Parameters
    ----------
    figures
        `place, period, value` in per cent, `base` what it is a share of.
    first, last
        The months from which its ordinary ups and downs are learnt (Laney 2002).
    """
    parts = figures.groupby("place", sort=False)
    return pd.DataFrame([_share(place, part, question, start, first, last) for place, part in parts])


def _share(place: str, part: pd.DataFrame, question: str, start: PlanStart, first: str, last: str) -> dict:
    held = part[part["value"].notna()].set_index("period").sort_index()
    newest, earlier = held.index[-1], periods.shift(held.index[-1], -YEAR)
    while question != YEAR_BEFORE and earlier > start.last_before:
        earlier = periods.shift(earlier, -YEAR)
    now, before = held.iloc[-1], held.reindex([earlier]).iloc[0]
    reason = _level_reason(newest, earlier, before["value"], question, start)
    row = _row(place, float(now["value"]), float(before["value"]), newest, earlier, reason)
    usual = held[(held.index >= first) & (held.index <= last) & (held["base"] > 0)]
    extra = spread(usual["value"] / 100, usual["base"])
    if reason != "compared" or not (extra == extra and now["base"] > 0 and before["base"] > 0):
        return row | {"outcome": reason if reason != "compared" else "spread unknown"}
    seen = share_difference(now["value"] / 100, now["base"], before["value"] / 100, before["base"], extra)
    points = {name: 100 * float(part) for name, part in zip(("change", "low", "high"), seen[:3], strict=True)}
    return row | points | {"p": float(seen.p), "method": "share difference", "base": float(min(now["base"], before["base"]))}


def _level_reason(last: str, earlier: str, before: float, question: str, start: PlanStart) -> str:
    if question != YEAR_BEFORE and last <= start.last_before:
        return "not begun"
    if question != YEAR_BEFORE and last <= earlier:
        return "too soon"
    if before != before:
        return "no earlier figure" if question == YEAR_BEFORE else "no baseline"
    return "compared"


def _row(place: str, now: float, before: float, last: str, earlier: str, reason: str) -> dict:
    missing = dict.fromkeys(("change", "low", "high", "p", "control", "control_low", "control_high", "control_p", "base"), np.nan)
    row = {"place": place, "outcome": reason, "method": "none", "now": now, "before": before, "linked": False}
    row |= {"linked_now": now, "linked_before": before, "now_from": last, "now_to": last}
    return row | missing | {"before_from": earlier, "before_to": earlier}
