"""What is tested for surveys and counts of everyone: the columns, the design effect, the one in a hundred."""

from pathlib import Path

import pandas as pd
import pytest

from metrics.definitions import definitions
from metrics.statistics import yearly_change
from metrics.statistics.survey import newcombe

KNOWN = definitions(Path(__file__).parents[2] / "data", "new-met-2023").measures


def figures(now: float, before: float, base: float = 400.0) -> pd.DataFrame:
    return pd.DataFrame({"measure": "m", "place": "london", "period": ["2024-06", "2025-06"], "value": [before, now], "base": base})


def test_interviews_count_for_less_by_the_design_effect():
    row = yearly_change.of_survey(KNOWN["trust-met"], figures(49.0, 61.0)).iloc[0]
    low, high = newcombe(0.49, 400 / 1.5, 0.61, 400 / 1.5)
    assert (row["low"], row["high"]) == pytest.approx((100 * low, 100 * high))


def test_a_survey_without_its_number_of_interviews_is_not_compared():
    assert yearly_change.of_survey(KNOWN["trust-met"], figures(49.0, 61.0, base=float("nan"))).iloc[0]["outcome"] == "not enough data"


@pytest.mark.parametrize(("now", "apart"), [(1010.0, True), (1009.0, False), (990.0, True), (991.0, False)])
def test_a_count_of_everyone_has_changed_from_one_in_a_hundred(now, apart):
    row = yearly_change.of_stock(KNOWN["police-officers"], figures(now, 1000.0)).iloc[0]
    assert (row["low"] > 0 or row["high"] < 0) == apart
    assert row["change"] == now - 1000.0
