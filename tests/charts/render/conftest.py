"""One chart of every kind, with figures made up for the tests, for every drawing to be held against."""

import pandas as pd
import pytest

from metrics.charts import spec
from metrics.domain import Break, Measure, periods

COUNT = Measure(
    "example", "An example", "How many?", "crime", "proposed", "count", "lower", "count", ("area",), "A count.", "Nobody"
)
SURVEY = Measure(
    "asked", "Asked", "What share?", "trust", "proposed", "percent", "higher", "survey_rolling_year", ("area",), "A share.", "Nobody"
)
BREAK = Break("system", "2022-03", "New recording system", "", "refuse", ("example",), "The publisher")
WORDS = {"title": "What is seen", "alt": "It rose & fell.", "source": "Made up for the tests"}


def months(count: int, start: str = "2019-01") -> list[str]:
    return [periods.shift(start, step) for step in range(count)]


def wave(count: int, level: float = 100.0) -> list[float]:
    return [level + (step * 37 % 23) - (step * 11 % 17) for step in range(count)]


def judged_frame(count: int = 90) -> pd.DataFrame:
    frame = pd.DataFrame({"period": months(count), "value": wave(count)})
    signals = ["none"] * count
    signals[50], signals[60] = "improvement", "concern"
    frame = frame.assign(centre=100.25, lower=80.5, upper=122.75, rule="none", signal=signals)
    frame.loc[:23, ["centre", "lower", "upper", "signal"]] = None
    return frame


def every_chart() -> dict[str, spec.Chart]:
    plain = pd.DataFrame({"period": months(60), "value": wave(60), "provisional": [False] * 58 + [True] * 2})
    london = pd.DataFrame({"period": months(60), "value": wave(60, 140.0)})
    survey = pd.DataFrame({"period": [periods.shift("2019-03", 3 * step) for step in range(16)]})
    survey = survey.assign(value=[60.25 - step * 0.75 for step in range(16)], judged=[step % 4 == 3 for step in range(16)])
    survey = survey.assign(low=survey["value"] - 4.5, high=survey["value"] + 5.25)
    totals = pd.DataFrame({"period": ["2021-03", "2022-03", "2023-03", "2024-03"], "value": [3, 0, None, 7]})
    places = pd.DataFrame(
        {
            "place": ["Southwark", "Brent", "Kingston upon Thames", "Barnet"],
            "base": [310_000, 340_000, 168_000, 390_000],
            "value": [9.5, 6.25, 4.125, 6.5],
            "outside": ["high", "none", "low", "none"],
        }
    )
    limits = pd.DataFrame({"base": [160_000, 250_000, 400_000], "lower": [4.5, 5.0, 5.5], "upper": [8.5, 8.0, 7.5]})
    strip = pd.DataFrame(
        {
            "label": ["Last meeting", "Same quarter last year"],
            "change": [-4.0, 3.25],
            "low": [-9.5, None],
            "high": [1.75, None],
        }
    )
    tiles = pd.DataFrame(
        {"place": name, "period": period, "value": value / size}
        for name, size in (("Barnet", 10), ("Brent", 11), ("Camden", 11))
        for period, value in zip(months(24), wave(24), strict=True)
    )
    return {
        "over": spec.series_over_time(plain, COUNT, label="Brent", breaks=[BREAK], beside=london, **WORDS),
        "limits": spec.series_with_limits(
            judged_frame(), COUNT, label="Brent", breaks=[BREAK], baseline=("2021-01", "2022-02"), shown=(london, "shown before"), **WORDS
        ),
        "survey": spec.survey_with_intervals(survey, SURVEY, label="Brent", pair=("2021-12", "2022-12"), **WORDS),
        "bars": spec.twelve_month_bars(totals, COUNT, label="Brent", pair=("2023-03", "2024-03"), **WORDS),
        "funnel": spec.funnel(
            places, COUNT, limits=limits, centre=6.4, base_label="Residents", unit="per_1000", place="Brent", **WORDS
        ),
        "strip": spec.baseline_strip(strip, unit="points", **WORDS),
        "tiles": spec.small_multiples(tiles, COUNT, place="Brent", unit="per_1000", **WORDS),
    }


@pytest.fixture(params=["over", "limits", "survey", "bars", "funnel", "strip", "tiles"])
def chart(request) -> spec.Chart:
    return every_chart()[request.param]


@pytest.fixture
def samples() -> dict[str, spec.Chart]:
    return every_chart()


@pytest.fixture
def ninety_points() -> spec.Chart:
    return spec.series_with_limits(judged_frame(90), COUNT, label="Brent", baseline=("2021-01", "2022-12"), **WORDS)
