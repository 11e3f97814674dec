"""
New since a meeting: what became clear, stayed clear, lapsed, newly signals, or has no newer figure. Corrections are told apart.

The answers known at the meeting stand beside those of now. Between them stand the answers of the same months with today's figures:
where these differ from what was known then, a correction or a changed definition did it, and it is neither a change nor news. News is
therefore told from the corrected answers to those of now.
"""

import numpy as np
import pandas as pd

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
        `signal_since` and `signal_new` of now.
    `corrected`: the answers of then, with the same months as they are known now; none where that is not known.
    Returns: one row for each answer of now, in its order: `measure, place, question`, `news` (one of `NEWS`), `corrected` (a correction
        changed the verdict given then), `verdict_then` (as it was given) and `verdict_corrected`.

    >>> row = dict(measure="m", place="a", question="plan", verdict="no clear change", direction="", now_to="2025-06", signal="")
    >>> clear = row | dict(verdict="clear improvement", direction="down", now_to="2026-06", signal_since="", signal_new=False)
    >>> frames = [pd.DataFrame([cell]) for cell in (row, clear)]
    >>> news(*frames)["news"].to_list()
    ['new clear change']
    >>> news(frames[1].assign(now_to="2026-03"), frames[1])["news"].to_list()
    ['still clear']
    """
    whole = now[[*KEYS, *ASKED, "signal_since", "signal_new"]].merge(_of(then, "then"), on=KEYS, how="left")
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
    stood = (whole["signal"] == whole["signal_again"]) & (whole["signal_since"] <= whole["now_to_again"])
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
