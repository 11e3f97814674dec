"""Administrative percentages a year apart; the arithmetic by hand, and no claim without a base or a baseline."""

import math

import pandas as pd
import pytest

from metrics.domain import periods
from metrics.statistics.ratios import laney_sigma_z

MONTHS = periods.span("2021-07", "2024-06")


def series(*, base=4000.0, last=86.0, months=MONTHS) -> pd.DataFrame:
    values = [80.0 + index % 3 for index in range(len(months))]
    values[-1] = last
    return pd.DataFrame({"place": "london", "period": months, "value": values, "base": base})


def test_the_spread_is_the_mean_moving_range_of_z():
    p, n = [0.5, 0.6] * 6, [100] * 12
    z = 0.1 / math.sqrt(0.55 * 0.45 / 100)
    assert laney_sigma_z(p, n) == pytest.approx(z / 1.128)
