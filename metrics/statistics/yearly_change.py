"""
What is tested for surveys, administrative percentages and counts of everyone: the newest figure and one a year before.

Each function gives one row a place in the columns that `verdict.with_verdict` judges and the sentences name.
"""

import numpy as np
import pandas as pd

from metrics.domain import Measure, Plan, periods
from metrics.statistics import proportions
from metrics.statistics.baseline import grid
from metrics.statistics.count_change import YEAR
from metrics.statistics.parameters import CONFIDENCE, DESIGN_EFFECT, STOCK_MATTERS, two_sided, z_of
from metrics.statistics.rolling_years import twelve_months_apart, with_difference

NOT_CHARTED = {"charted": False, "step": None, "signal": 0, "rule": "none", "at": ""}


def of_survey(measure: Measure, figures: pd.DataFrame) -> pd.DataFrame:
    """Survey figures, compared only with those exactly a year before, on the interviews that count."""
    pairs = with_difference(twelve_months_apart(figures, as_at=figures["period"].max()), deff=DESIGN_EFFECT)
    compared = pairs["value_before"].notna() & (pairs["base"] > 0) & (pairs["base_before"] > 0)
    return pd.DataFrame(
        {
            "measure": measure.id, "place": pairs["place"], "outcome": np.where(compared, "compared", "not enough data"),
            "method": np.where(compared, "score interval", "none"), "now": pairs["value"], "before": pairs["value_before"],
            "first": pairs["period"], "last": pairs["period"], "change": pairs["difference"], "low": pairs["lower"],
            "high": pairs["upper"], "p": pairs["p"], "base": pairs["base"], "needed": _points_needed(pairs),
        }
    ).assign(**NOT_CHARTED)


def of_share(measure: Measure, figures: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Administrative percentages, with a range as wide as they varied before the plan."""
    tests = proportions.year_ago(figures, first=plan.baseline_first, last=plan.baseline_last)
    sure = np.maximum(1.0, tests["spread"]) * np.sqrt(2 * tests["before"] / 100 * (1 - tests["before"] / 100) / tests["base"])
    needed = (100 * z_of(CONFIDENCE) * sure).where(tests["outcome"] == "compared")
    return tests.assign(measure=measure.id, first=tests["last"], needed=needed, **NOT_CHARTED)


def of_stock(measure: Measure, figures: pd.DataFrame) -> pd.DataFrame:
    """Counts of everyone in post: no chance in them, so a change of one in a hundred or more is called one."""
    by_month = grid(figures)
    return pd.DataFrame([_of_stock(measure, place, by_month[place].dropna()) for place in by_month.columns])


def _of_stock(measure: Measure, place: str, held: pd.Series) -> dict:
    last = held.index[-1]
    before = held.get(periods.shift(last, -YEAR), np.nan)
    change = held[last] - before
    matters = abs(change) >= STOCK_MATTERS * before
    tested = {"low": change, "high": change, "p": float(two_sided(np.inf))} if matters else {"low": -1.0, "high": 1.0, "p": 1.0}
    return NOT_CHARTED | tested | {
        "measure": measure.id, "place": place, "outcome": "compared" if before == before else "not enough data",
        "method": "plain difference", "now": held[last], "before": before, "first": last, "last": last, "change": change,
        "base": held[last], "needed": STOCK_MATTERS * before,
    }


def _points_needed(pairs: pd.DataFrame) -> pd.Series:
    """Percentage points that would have been clear, from the figure a year before."""
    share, base = pairs["value_before"] / 100, pairs["base"] / DESIGN_EFFECT
    return 100 * z_of(CONFIDENCE) * np.sqrt(2 * share * (1 - share) / base)
