import pandas as pd
import pytest

from metrics.statistics.survey import with_difference


def rolling(rows):
    return pd.DataFrame(rows, columns=["measure", "place", "period", "value", "base"])


YEARS = rolling(
    [
        ("trust", "london", period, value, 12800)
        for period, value in [("2024-12", 50.0), ("2025-09", 48.0), ("2025-12", 47.0)]
    ]
    + [("trust", "ealing", period, value, 400) for period, value in [("2024-09", 52.0), ("2025-09", 58.0)]]
)


@pytest.mark.parametrize(
    ("value", "before", "base", "deff", "low", "high"),
    [(53, 49, 3200, 1.6, 1, 7), (49, 61, 400, 1.3, -20, -4), (52, 58, 100, 1.3, -21, 10)],
)
def test_the_ranges_a_resident_is_told(value, before, base, deff, low, high):
    pair = pd.DataFrame({"value": [value], "base": [base], "value_before": [before], "base_before": [base]})
    seen = with_difference(pair, deff=deff).iloc[0]
    assert (round(seen["lower"]), round(seen["upper"])) == (low, high)
    assert (seen["p"] < 0.05) == (low > 0 or high < 0)
