"""
New since a meeting: what became clear, stayed clear, lapsed, newly signals, or has no newer figure. Corrections are told apart.

The answers known at the meeting stand beside those of now. Between them stand the answers of the same months with today's figures:
where these differ from what was known then, a correction or a changed definition did it, and it is neither a change nor news. News is
therefore told from the corrected answers to those of now.

A total is told apart in the same way: new figures, corrections and changed definitions are never merged, and sum exactly to its change.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.domain.periods import YEAR, months_to
from metrics.statistics.verdict import CLEAR

NEW_CLEAR, STILL, LAPSED = "new clear change", "still clear", "no longer clear"
NEW_SIGNAL, NOTHING, NO_NEWER, NO_FIGURES = "new signal", "nothing new", "no newer figure", "no figures"
NEWS = (NEW_CLEAR, STILL, LAPSED, NEW_SIGNAL, NOTHING, NO_NEWER, NO_FIGURES)
KEYS = ["measure", "place", "question"]
ASKED = ["verdict", "direction", "now_to", "signal"]


def news(then: pd.DataFrame, now: pd.DataFrame, corrected: pd.DataFrame | None = None) -> pd.DataFrame:
    """
    What is new in each answer since a meeting.

    `then`, `now`: the answers as known at the meeting and as known now: `measure, place, question, verdict, direction, now_to, signal`, and
        `signal_seen` and `signal_new` of now.
    `corrected`: the answers of then, with the same months as they are known now; none where that is not known.
    Returns: one row for each answer of now, in its order: `measure, place, question`, `news` (one of `NEWS`), `corrected` (a correction
        changed the verdict given then), `verdict_then` (as it was given) and `verdict_corrected`.

    >>> row = dict(measure="m", place="a", question="plan", verdict="no clear change", direction="", now_to="2025-06", signal="")
    >>> clear = row | dict(verdict="clear improvement", direction="down", now_to="2026-06", signal_seen="", signal_new=False)
    >>> frames = [pd.DataFrame([cell]) for cell in (row, clear)]
    >>> news(*frames)["news"].to_list()
    ['new clear change']
    >>> news(frames[1].assign(now_to="2026-03"), frames[1])["news"].to_list()
    ['still clear']
    """
    whole = now[[*KEYS, *ASKED, "signal_seen", "signal_new"]].merge(_of(then, "then"), on=KEYS, how="left")
    whole = whole.merge(_of(then if corrected is None else corrected, "again"), on=KEYS, how="left")
    texts = [f"{name}_{when}" for name in ASKED for when in ("then", "again")]
    whole = whole.assign(**{name: whole[name].fillna("") for name in texts})
    overturned = (whole["verdict_then"] != "") & (whole["verdict_again"] != "")
    overturned &= (whole["verdict_then"] != whole["verdict_again"]) | (whole["direction_then"] != whole["direction_again"])
    return pd.DataFrame(
        {
            **{name: whole[name] for name in KEYS}, "news": _told(whole), "corrected": overturned,
            "verdict_then": whole["verdict_then"], "verdict_corrected": whole["verdict_again"],
        }
    )


def _of(answers: pd.DataFrame, when: str) -> pd.DataFrame:
    return answers[[*KEYS, *ASKED]].rename(columns={name: f"{name}_{when}" for name in ASKED})


def _told(whole: pd.DataFrame) -> np.ndarray:
    """The news of each answer; the first that applies. A signal is news while it is new, unless it stood then in the same months."""
    clear, before = whole["verdict"].isin(CLEAR), whole["verdict_again"].isin(CLEAR)
    same_way = whole["direction"] == whole["direction_again"]
    stood = (whole["signal"] == whole["signal_again"]) & (whole["signal_seen"] <= whole["now_to_again"])
    fresh = (whole["signal"] != "") & whole["signal_new"].astype(bool) & ~stood
    tried = {
        NO_FIGURES: whole["now_to"] == "",
        NO_NEWER: whole["now_to"] <= whole["now_to_then"],
        STILL: clear & before & same_way,
        NEW_CLEAR: clear,
        LAPSED: before,
        NEW_SIGNAL: fresh,
    }
    return np.select(list(tried.values()), list(tried), NOTHING)


@dataclass(frozen=True)
class Split:
    """
    Why a total shown earlier and today's total differ: three parts that sum exactly.

    `new` is months entered less months left, both as known now. `corrections` is the same months
    restated. `definitions` is the same months counted under another definition.
    """

    then: float
    now: float
    then_span: tuple[str, str]
    now_span: tuple[str, str]
    new: float
    corrections: float
    definitions: float

    @property
    def total(self) -> float:
        """Today's total less the one shown then."""
        return self.now - self.then


def split_since(
    known_then: pd.DataFrame,
    known_now: pd.DataFrame,
    definition_then: str | Mapping[str, str],
    definition_now: str | Mapping[str, str],
    window: int = YEAR,
) -> Split:
    """
    Split the change of a running total into new figures, corrections and changed definitions.

    `known_then`, `known_now`: one measure and place as known on two dates: period, value.
    `definition_then`, `definition_now`: under which definition the figures were counted: one name for all, or one for each period.
    Returns: new + corrections + definitions is exactly the difference of the two totals.
    Source: The total then, the same months as known now, and the total now: the first step is revision, the second is change within one
        vintage.

    >>> then = pd.DataFrame({"period": ["2025-01", "2025-02"], "value": [10, 20]})
    >>> now = pd.DataFrame({"period": ["2025-01", "2025-02", "2025-03"], "value": [11, 24, 30]})
    >>> split = split_since(then, now, "old", {"2025-01": "old", "2025-02": "new", "2025-03": "new"}, window=2)
    >>> split.then, split.now, split.new, split.corrections, split.definitions
    (30, 54, 19, 1, 4)
    """
    then, now = by_period(known_then), by_period(known_now)
    shown, today = _window(then, then, window), _window(now, now, window)
    _window(now, then, window)
    moved = {period: now[period] - then[period] for period in shown}
    named_then, named_now = _named(definition_then, shown), _named(definition_now, {*shown, *today})
    redefined = {period for period in shown if named_then[period] != named_now[period]}
    return Split(
        then=sum(then[period] for period in shown),
        now=sum(now[period] for period in today),
        then_span=(shown[0], shown[-1]),
        now_span=(today[0], today[-1]),
        new=sum(now[period] for period in today) - sum(now[period] for period in shown),
        corrections=sum(moved[period] for period in shown if period not in redefined),
        definitions=sum(moved[period] for period in shown if period in redefined),
    )


def _window(values, ending, window):
    if not ending:
        raise ValueError("no figures")
    months = months_to(max(ending), window)
    missing = [period for period in months if period not in values]
    if missing:
        raise ValueError(f"no figure for {', '.join(missing)}")
    return months


def _named(definition, months):
    if isinstance(definition, str):
        return dict.fromkeys(months, definition)
    missing = sorted(set(months) - set(definition))
    if missing:
        raise ValueError(f"no definition named for {', '.join(missing)}")
    return {period: definition[period] for period in months}


def by_period(series: pd.DataFrame) -> dict[str, float]:
    """
    The known values of one measure and place by period, oldest first; missing ones are left out.

    >>> by_period(pd.DataFrame({"period": ["2025-02", "2025-01"], "value": [7, 5]}))
    {'2025-01': 5, '2025-02': 7}
    """
    periods = series["period"].to_list()
    values = dict(zip(periods, series["value"].to_list(), strict=True))
    if len(values) < len(periods):
        raise ValueError("a period comes twice: one measure and place at a time")
    return {period: values[period] for period in sorted(values) if not pd.isna(values[period])}
