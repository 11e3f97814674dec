"""Every signal of the shipped build beside its chart: what is said, what is marked and the usual range never disagree."""

from collections.abc import Iterator

import pytest

from metrics.charts.spec import Chart, Line, Points
from metrics.charts.spec.layers import UNUSUAL
from metrics.domain import periods
from metrics.report.snapshot import Snapshot


@pytest.fixture(scope="module")
def signals(now) -> list[tuple[Snapshot, dict, Chart]]:
    """Every signal by the month, in every place on every day kept, with the chart beside it."""
    return [each for reading in (*now.earlier(), now) for each in _signals(reading)]


def _signals(reading: Snapshot) -> Iterator[tuple[Snapshot, dict, Chart]]:
    for place in (reading.known.total, *reading.known.areas):
        for both in reading.answers(place.id).values():
            answer = both["year"]
            if answer["signal"] and answer["signal_step"] == "month":
                yield reading, answer, reading.picture(answer["measure"], place.id, answer)


def marks(chart: Chart) -> dict[str, str]:
    """How each month is marked that is."""
    marked = [layer for layer in chart.layers if isinstance(layer, Points) and layer.style in UNUSUAL]
    return {row[0]: layer.style for layer in marked for row in layer.points}


def level(chart: Chart) -> dict[str, float]:
    """The usual level by month."""
    lines = [layer for layer in chart.layers if isinstance(layer, Line) and layer.style == "centre"]
    return {period: value for line in lines for piece in line.pieces for period, value in piece}


def mark_of(answer: dict, better: str) -> str:
    if better == "neither":
        return "high" if answer["signal"] == "above" else "low"
    return "improvement" if (answer["signal"] == "above") == (better == "higher") else "concern"


def test_every_month_that_a_signal_names_is_marked_that_way(signals):
    assert len(signals) > 300
    wrong = []
    for reading, answer, chart in signals:
        mark, marked = mark_of(answer, reading.known.measures[answer["measure"]].better), marks(chart)
        named = periods.span(answer["signal_since"], answer["signal_at"])
        if "two of three" in answer["title"]:
            named = [month for month in periods.months_to(answer["signal_at"], 3) if marked.get(month) == mark]
            assert len(named) >= 2
        if "seven months running" in answer["title"]:
            named = periods.months_to(answer["signal_at"], 7)
        wrong += [(reading.as_at, answer["measure"], answer["place"], month) for month in named if marked.get(month) != mark]
    assert wrong == []


def test_the_newest_figure_lies_on_the_side_of_the_usual_level_that_a_signal_says(signals):
    checked = 0
    for reading, answer, chart in signals:
        figures = reading.series(answer["measure"], answer["place"])
        usual, (period, value) = level(chart), figures[["period", "value"]].iloc[-1]
        if period in usual:
            checked += 1
            side = "above" if value > usual[period] else "below"
            assert side == answer["signal"], (reading.as_at, answer["measure"], answer["place"])
    assert checked > 300


def test_since_is_never_said_of_one_month(signals):
    for _, answer, _ in signals:
        since = [text for text in (answer["title"], answer["finding"], answer["details"]["signal"]) if " usual since " in text]
        assert not since or answer["signal_since"] < answer["signal_at"]


def test_a_far_out_month_is_drawn_beyond_its_limits(now):
    """Each count stands to the drawn limits as the one that was judged stood to those it was judged by."""
    checked = 0
    for place in (now.known.total, *now.known.areas):
        for measure, points in now.points(place.id).items():
            values = now.series(measure, place.id).set_index("period")["value"].reindex(points["period"]).to_numpy()
            far = (points["rule"] == "astronomical").to_numpy()
            outside = (values > points["upper"]) | ((values < points["lower"]) & (points["lower"] > 0))
            assert (outside.to_numpy() == far)[points["judged"].to_numpy(dtype=bool) & ((values > 0) | far)].all(), (measure, place.id)
            checked += far.sum()
    assert checked > 1000


def test_no_usual_range_is_drawn_in_an_area_across_a_break_that_forbids_it(now):
    points = now.points(now.known.areas[0].id)["rape"].set_index("period")
    assert points.loc[:"2024-02", "centre"].notna().any() and points.loc["2024-03":, ["centre", "lower", "upper"]].isna().all(axis=None)
    assert now.points(now.known.total.id)["rape"].set_index("period").loc["2024-03":, "centre"].notna().all()
