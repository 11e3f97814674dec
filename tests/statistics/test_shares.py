"""Administrative percentages a year apart; the arithmetic by hand, and no claim without a base or a baseline."""

import math

import pandas as pd
import pytest

from metrics.domain import periods
from metrics.statistics.proportions import spread, year_ago

MONTHS = periods.span("2021-07", "2024-06")


def series(*, base=4000.0, last=86.0, months=MONTHS) -> pd.DataFrame:
    values = [80.0 + index % 3 for index in range(len(months))]
    values[-1] = last
    return pd.DataFrame({"place": "london", "period": months, "value": values, "base": base})


def judged(frame) -> dict:
    return year_ago(frame, first="2021-07", last="2023-06").iloc[0].to_dict()


def test_a_change_far_beyond_the_usual_spread_is_compared_and_apart():
    row = judged(series())
    assert row["outcome"] == "compared"
    assert row["change"] == pytest.approx(86.0 - row["before"])
    assert 0 < row["low"] < row["change"] < row["high"]


def test_the_range_is_as_wide_as_the_formula_says():
    row = judged(series())
    p1, p0 = row["now"] / 100, row["before"] / 100
    pooled = (p1 + p0) / 2
    error = max(1.0, row["spread"]) * math.sqrt(pooled * (1 - pooled) * 2 / 4000)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.959964 * 100 * error, rel=1e-6)


def test_the_spread_is_the_mean_moving_range_of_z():
    p, n = [0.5, 0.6] * 6, [100] * 12
    z = 0.1 / math.sqrt(0.55 * 0.45 / 100)
    assert spread(p, n) == pytest.approx(z / 1.128)


def test_a_spread_below_chance_never_narrows_the_range():
    flat = series(base=10.0)
    assert judged(flat)["spread"] < 1
    row = judged(flat)
    pooled = (row["now"] + row["before"]) / 200
    assert row["high"] - row["low"] == pytest.approx(200 * 1.959964 * math.sqrt(pooled * (1 - pooled) * 2 / 10), rel=1e-6)


@pytest.mark.parametrize("frame", [series(base=float("nan")), series(months=MONTHS[-12:]), series(months=MONTHS[-14:])])
def test_without_a_base_a_year_before_or_a_baseline_nothing_is_claimed(frame):
    row = judged(frame)
    assert row["outcome"] == "not enough data"
    assert row["method"] == "none"
    assert math.isnan(row["low"])
