"""
The two answers for what is not an event: survey questions, counts of everyone in post, and administrative percentages.

A survey's newest rolling year stands beside the one twelve months earlier, and beside the one that ends nearest before the plan was
launched, on the interviews that count after the question's own design effect. A stock of everyone in post has no chance in it: its
plain difference is told, and one of 1 in 100 or more is called a change. Changes of percentages are in points.
"""

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.domain.periods import YEAR
from metrics.statistics.comparisons import difference_p, effective_base, laney_sigma_z, newcombe, share_difference
from metrics.statistics.parameters import CONFIDENCE, STOCK_MATTERS, two_sided, z_of
from metrics.statistics.questions import QUESTIONS, YEAR_BEFORE, PlanStart, years_to_plan

OLDEST_BASELINE = 12
"""A figure that ends more than this many months before the launch is no baseline of the plan."""


def survey_answers(figures: pd.DataFrame, question: str, start: PlanStart, *, force: str) -> pd.DataFrame:
    """
    Survey questions in every place, for one of the two questions.

    `figures`: `measure, place, period, value` in per cent, `base` interviews, `deff` the design effect, and `months`, how many months of
        interviews one figure holds.
    Returns: the columns of `count_answers` and `measure`, changes in points; `base` is the smaller of both.

    >>> rows = [("m", "a", "2023-06", 50.0, 400.0), ("m", "a", "2025-06", 40.0, 400.0), ("m", "a", "2026-06", 39.0, 400.0)]
    >>> figures = pd.DataFrame(rows, columns=["measure", "place", "period", "value", "base"]).assign(deff=1.5, months=12)
    >>> answers = survey_answers(figures, "plan", PlanStart("2023-07"), force="all")
    >>> answers[["before_to", "change", "low", "high"]].round(1).values.tolist()
    [['2023-06', -11.0, -19.2, -2.6]]
    """
    known, now = _newest(figures)
    return _tested(_pairs(known, now, _earlier(known, now, question, start), question, start), force)


def survey_changes(figures: pd.DataFrame, start: PlanStart, *, force: str) -> pd.DataFrame:
    """
    Each measure's two answers in every place, and its newest figure beside that of each year between the two.

    Returns: the columns of `survey_answers` and `question`: `year` and `plan` for the rows that are those answers, else empty.
    """
    known, now = _newest(figures)
    furthest = [years_to_plan(end, start) for end in now["now_to"]]
    between = []
    for years in range(2, max(furthest)):
        able = now[[years < most for most in furthest]]
        pairs = _pairs(known, able, [periods.shift(end, -YEAR * years) for end in able["now_to"]], YEAR_BEFORE, start)
        between.append(_tested(pairs, force).assign(question=""))
    answers = [survey_answers(figures, question, start, force=force).assign(question=question) for question in QUESTIONS]
    return pd.concat([answers[0], *between, answers[1]], ignore_index=True)


def _tested(pairs: pd.DataFrame, force: str) -> pd.DataFrame:
    """Pairs of figures with their tests, beside the same change in the rest of the force."""
    compared = (pairs["outcome"] == "compared").to_numpy()
    deff = pairs["deff"].to_numpy(float)
    p1, p0, n1, n0 = (np.where(compared, pairs[name], 0.0) for name in ("now", "before", "base_now", "base_before"))
    p1, p0, n1, n0 = p1 / 100, p0 / 100, effective_base(n1, deff), effective_base(n0, deff)
    low, high = newcombe(p1, n1, p0, n0)
    p = difference_p(p1, n1, p0, n0)
    tested = {"change": 100 * (p1 - p0), "low": 100 * low, "high": 100 * high, "p": p}
    tested = {name: np.where(compared, part, np.nan) for name, part in tested.items()}
    base = pairs[["base_now", "base_before"]].min(axis=1)
    rows = pairs.assign(**tested, method=np.where(compared, "score interval", "none"), base=base, linked=False)
    return rows.assign(linked_now=rows["now"], linked_before=rows["before"], **_rest(rows, force, deff))


def _newest(figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All figures that are known, and each measure's and place's newest."""
    known = figures[figures["value"].notna()].sort_values("period")
    now = known.groupby(["measure", "place"], sort=False).tail(1)
    now = now.rename(columns={"value": "now", "base": "base_now", "period": "now_to"})
    return known, now[["measure", "place", "now_to", "now", "base_now", "deff", "months"]]


def _pairs(known: pd.DataFrame, now: pd.DataFrame, before: list[str], question: str, start: PlanStart) -> pd.DataFrame:
    """The newest figures beside those of earlier times, one time for each, and whether the two are compared."""
    now = now.assign(before_to=before)
    earlier = known.rename(columns={"period": "before_to", "value": "before", "base": "base_before"})
    earlier = earlier[["measure", "place", "before_to", "before", "base_before"]]
    pairs = now.merge(earlier, on=["measure", "place", "before_to"], how="left")
    back = {f"{side}_from": _begins(pairs[f"{side}_to"], pairs["months"]) for side in ("now", "before")}
    return pairs.assign(outcome=[_reason(row, question, start) for row in pairs.itertuples()], **back)


def _begins(ends: pd.Series, months: pd.Series) -> list[str]:
    return [periods.shift(end, 1 - int(many)) if end else "" for end, many in zip(ends, months, strict=True)]


def _earlier(known: pd.DataFrame, now: pd.DataFrame, question: str, start: PlanStart) -> list[str]:
    if question == YEAR_BEFORE:
        return [periods.shift(end, -YEAR) for end in now["now_to"]]
    usable = known[(known["period"] <= start.last_before) & (known["period"] > periods.shift(start.last_before, -OLDEST_BASELINE))]
    newest = usable.groupby(["measure", "place"])["period"].max().to_dict()
    return [newest.get(key, "") for key in zip(now["measure"], now["place"], strict=True)]


def _reason(row, question: str, start: PlanStart) -> str:
    if question != YEAR_BEFORE and row.now_to <= start.last_before:
        return "not begun"
    if row.before != row.before:
        return "no earlier figure" if question == YEAR_BEFORE else "no baseline"
    if question != YEAR_BEFORE and periods.between(row.before_to, row.now_to) < row.months:
        return "too soon"
    return "compared" if row.base_now > 0 and row.base_before > 0 else "no base"


def _rest(rows: pd.DataFrame, force: str, deff: np.ndarray) -> dict[str, np.ndarray]:
    """The same change among everyone else asked: the whole force's figures less this area's, each weighted by its interviews."""
    whole = rows[(rows["place"] == force) & (rows["outcome"] == "compared")].set_index("measure")
    whole = whole[["now_to", "before_to", "now", "before", "base_now", "base_before"]].reindex(rows["measure"]).reset_index(drop=True)
    rows = rows.reset_index(drop=True)
    same = (rows["now_to"] == whole["now_to"]) & (rows["before_to"] == whole["before_to"])
    able = (same & (rows["outcome"] == "compared") & (rows["place"] != force)).to_numpy()
    (p1, n1), (p0, n0) = (_less(whole, rows, side) for side in ("now", "before"))
    able = able & (p1 >= 0) & (p1 <= 1) & (p0 >= 0) & (p0 <= 1) & (n1 > 0) & (n0 > 0)
    p1, p0, n1, n0 = (np.where(able, part, 0.0) for part in (p1, p0, n1 / deff, n0 / deff))
    low, high = newcombe(p1, n1, p0, n0)
    # Half a score interval stands for that many standard errors, of the area's change and of the rest's.
    error = np.hypot(rows["high"] - rows["low"], 100 * (high - low)).to_numpy() / (2 * z_of(CONFIDENCE))
    control = 100 * (p1 - p0)
    rest = {"control": control, "control_low": 100 * low, "control_high": 100 * high}
    rest = {name: np.where(able, part, np.nan) for name, part in rest.items()}
    return rest | {"control_p": two_sided((rows["change"].to_numpy() - rest["control"]) / error)}


def _less(whole: pd.DataFrame, rows: pd.DataFrame, side: str) -> tuple[np.ndarray, np.ndarray]:
    """The share and the interviews of everyone but an area."""
    total, base = whole[side].to_numpy(float), whole[f"base_{side}"].to_numpy(float)
    own, own_base = rows[side].to_numpy(float), rows[f"base_{side}"].to_numpy(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (total * base - own * own_base) / (base - own_base) / 100, base - own_base


def stock_answers(figures: pd.DataFrame, question: str, start: PlanStart) -> pd.DataFrame:
    """
    Everyone in post, now and a year before or in the month of the launch: a plain difference without chance.

    >>> rows = [("all", "2023-07", 100.0), ("all", "2026-06", 97.0)]
    >>> figures = pd.DataFrame(rows, columns=["place", "period", "value"])
    >>> stock_answers(figures, "plan", PlanStart("2023-07"))[["change", "low", "high", "p"]].values.tolist()
    [[-3.0, -3.0, -3.0, 0.0]]
    """
    return pd.DataFrame([_stock(place, part, question, start) for place, part in figures.groupby("place", sort=False)])


def _stock(place: str, part: pd.DataFrame, question: str, start: PlanStart) -> dict:
    values = part[part["value"].notna()].set_index("period")["value"].sort_index()
    last = values.index[-1]
    earlier = periods.shift(last, -YEAR) if question == YEAR_BEFORE else start.launched
    now, before = float(values.iloc[-1]), float(values.get(earlier, np.nan))
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

    `figures`: `place, period, value` in per cent, `base` what it is a share of.
    `first`, `last`: the months from which its ordinary ups and downs are learnt (Laney 2002).
    """
    parts = figures.groupby("place", sort=False)
    return pd.DataFrame([_share(place, part, question, start, first, last) for place, part in parts])


def _share(place: str, part: pd.DataFrame, question: str, start: PlanStart, first: str, last: str) -> dict:
    known = part[part["value"].notna()].set_index("period").sort_index()
    newest, earlier = known.index[-1], periods.shift(known.index[-1], -YEAR)
    while question != YEAR_BEFORE and earlier > start.last_before:
        earlier = periods.shift(earlier, -YEAR)
    now, before = known.iloc[-1], known.reindex([earlier]).iloc[0]
    reason = _level_reason(newest, earlier, before["value"], question, start)
    row = _row(place, float(now["value"]), float(before["value"]), newest, earlier, reason)
    usual = known[(known.index >= first) & (known.index <= last) & (known["base"] > 0)]
    extra = laney_sigma_z(usual["value"] / 100, usual["base"])
    if reason != "compared" or not (extra == extra and now["base"] > 0 and before["base"] > 0):
        return row | {"outcome": reason if reason != "compared" else "spread unknown"}
    seen = share_difference(now["value"] / 100, now["base"], before["value"] / 100, before["base"], extra)
    points = {name: 100 * float(part) for name, part in zip(("change", "low", "high"), seen[:3], strict=True)}
    return row | points | {"p": float(seen[3]), "method": "share difference", "base": float(min(now["base"], before["base"]))}


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
