"""A chart arranges the figures it is given: it joins only what may be joined, and says everything in its table too."""

from dataclasses import replace

import pandas as pd
import pytest

from metrics.charts import spec
from metrics.charts.render.canvas import Fluid
from metrics.charts.render.chart_key import samples
from metrics.charts.render.plot import plot
from metrics.domain import Break, Measure, periods

MEASURE = Measure("example", "An example", "How many?", "crime", "proposed", "count", "lower", "count", ("area",), "A count.", "Nobody")
WORDS = {"title": "What is seen", "alt": "It rose.", "source": "Made up for the tests"}
SYSTEM = Break("system", "2023-03", "New system", "", "refuse", ("example",), "The publisher")
PAUSE = Break("pause", "2023-02", "A pause", "", "refuse", ("example",), "The publisher", until="2023-03")


def series(*values, **columns) -> pd.DataFrame:
    return pd.DataFrame({"period": periods.span("2023-01", periods.shift("2023-01", len(values) - 1)), "value": values, **columns})


def line_of(frame, **options) -> spec.Line:
    chart = spec.series_over_time(frame, MEASURE, label="Brent", **WORDS, **options)
    return next(layer for layer in chart.layers if isinstance(layer, spec.Line) and layer.style == "series")


def lengths(line: spec.Line) -> list[int]:
    return [len(piece) for piece in line.pieces]


def judged(*signals) -> pd.DataFrame:
    values = [10.0 + step for step in range(len(signals))]
    return series(*values, centre=11.0, lower=8.0, upper=14.0, rule="none", signal=list(signals))


def test_a_line_does_not_join_across_a_break():
    assert lengths(line_of(series(1, 2, 3, 4), breaks=[SYSTEM])) == [2, 2]


def test_a_line_joins_neither_into_nor_out_of_a_break_that_lasts():
    assert lengths(line_of(series(1, 2, 3, 4, 5), breaks=[PAUSE])) == [1, 2, 2]


def test_a_line_goes_on_across_a_break_that_asks_for_caution_only():
    careful = replace(SYSTEM, rule="caution")
    assert lengths(line_of(series(1, 2, 3, 4), breaks=[careful])) == [4]


def test_a_line_does_not_join_across_a_gap():
    assert lengths(line_of(series(1, 2, 3, 4, 5).drop(index=2))) == [2, 2]


def test_a_line_does_not_join_across_a_figure_that_is_not_published():
    line = line_of(series(1, 2, None, 4, 5))
    assert lengths(line) == [2, 1, 2]
    assert line.pieces[1] == (("2023-03", None),)


def test_a_line_does_not_join_two_segments():
    assert lengths(line_of(series(1, 2, 3, 4, segment=[1, 1, 1, 2]))) == [3, 1]


def test_quarterly_figures_are_neighbours_three_months_apart():
    frame = pd.DataFrame({"period": ["2023-03", "2023-06", "2023-09", "2024-03"], "value": [1, 2, 3, 4]})
    assert lengths(line_of(frame)) == [3, 1]


def test_figures_out_of_order_are_drawn_in_order():
    assert [x for x, _ in line_of(series(1, 2, 3)[::-1]).data()] == ["2023-01", "2023-02", "2023-03"]


def test_a_break_outside_the_figures_is_not_drawn():
    chart = spec.series_over_time(series(1, 2), MEASURE, label="Brent", breaks=[SYSTEM], **WORDS)
    assert not [layer for layer in chart.layers if isinstance(layer, spec.Rule)]


def test_a_break_is_drawn_and_noted_in_the_table():
    chart = spec.series_over_time(series(1, 2, 3), MEASURE, label="Brent", breaks=[SYSTEM], **WORDS)
    assert spec.Rule("2023-03", "New system") in chart.layers
    assert chart.rows()[2]["Note"] == "New system"


def test_a_break_in_a_month_without_a_figure_is_noted_at_the_next_one():
    chart = spec.series_over_time(series(1, 2, 3, 4).drop(index=2), MEASURE, label="Brent", breaks=[SYSTEM], **WORDS)
    assert [row["Note"] for row in chart.rows()[2:4]] == ["no figure held", "New system (from March 2023)"]


def test_provisional_figures_are_hollow_and_the_table_says_so():
    chart = spec.series_over_time(series(1, 2, provisional=[False, True]), MEASURE, label="Brent", **WORDS)
    hollow = [layer.points for layer in chart.layers if isinstance(layer, spec.Points) and layer.hollow]
    assert hollow == [(("2023-02", 2.0),)]
    assert [row["Note"] for row in chart.rows()] == ["", "provisional"]


def test_a_series_beside_has_its_own_column():
    chart = spec.series_over_time(series(1, 2), MEASURE, label="Brent", beside=series(5, 6), **WORDS)
    assert chart.rows() == [
        {"Month": "2023-01", "the whole area": 5.0, "Brent": 1.0}, {"Month": "2023-02", "the whole area": 6.0, "Brent": 2.0}
    ]


def test_each_signal_has_marks_of_its_own_meaning():
    chart = spec.series_with_limits(judged("none", "improvement", "concern", None), MEASURE, label="Brent", **WORDS)
    marks = {layer.style: [x for x, _ in layer.points] for layer in chart.layers if isinstance(layer, spec.Points)}
    assert marks == {"none": ["2023-01", "2023-04"], "improvement": ["2023-02"], "concern": ["2023-03"]}


def test_a_provisional_figure_is_not_given_a_signal():
    frame = judged("none", "concern").assign(provisional=[False, True])
    chart = spec.series_with_limits(frame, MEASURE, label="Brent", **WORDS)
    assert {layer.style for layer in chart.layers if isinstance(layer, spec.Points)} == {"none"}


def test_limits_that_are_not_known_are_not_drawn():
    frame = judged("none", "none").assign(centre=None, lower=None, upper=None)
    chart = spec.series_with_limits(frame, MEASURE, label="Brent", **WORDS)
    assert not [layer for layer in chart.layers if isinstance(layer, spec.Band)]


def test_limits_that_were_set_again_are_not_joined_to_the_old_ones():
    frame = judged("none", "none", "none", "none")
    frame.loc[2:, ["centre", "lower", "upper"]] = [12.0, 9.0, 15.0]
    chart = spec.series_with_limits(frame, MEASURE, label="Brent", **WORDS)
    assert [len(band.pieces) for band in chart.layers if isinstance(band, spec.Band)] == [2]


def test_an_unknown_signal_is_refused():
    with pytest.raises(ValueError, match="splendid"):
        spec.series_with_limits(judged("none", "splendid"), MEASURE, label="Brent", **WORDS)


def test_what_was_known_before_is_a_dotted_line_with_a_column():
    chart = spec.series_with_limits(judged("none", "none"), MEASURE, label="Brent", shown=(series(7, 8), "shown then"), **WORDS)
    assert [row["shown then"] for row in chart.rows()] == [7.0, 8.0]


def test_places_are_in_alphabetical_order_whatever_their_figures():
    frame = pd.DataFrame({"place": ["C", "A", "B"], "base": [1, 2, 3], "value": [1.0, 9.0, 5.0], "outside": ["none", "high", "none"]})
    limits = pd.DataFrame({"base": [1, 3], "lower": [0.5, 0.5], "upper": [8.0, 8.0]})
    chart = spec.funnel(frame, MEASURE, limits=limits, centre=4.0, base_label="Residents", place="C", **WORDS)
    assert [row["Place"] for row in chart.rows()] == ["A", "B", "C"]
    assert chart.rows()[0]["Note"] == "above the range to expect for its size"


def test_a_period_twice_is_refused():
    frame = pd.concat([series(1, 2), series(3)])
    with pytest.raises(ValueError, match="2023-01 is in the frame twice"):
        spec.series_over_time(frame, MEASURE, label="Brent", **WORDS)


def test_a_lacking_column_is_named():
    with pytest.raises(ValueError, match="no column low, high, judged"):
        spec.survey_with_intervals(series(1, 2), MEASURE, label="Brent", **WORDS)


def test_no_rows_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        spec.twelve_month_bars(series(1)[:0], MEASURE, label="Brent", **WORDS)


@pytest.mark.parametrize("word", ["title", "alt", "source"])
def test_a_chart_without_the_words_that_stand_for_it_is_refused(word):
    with pytest.raises(ValueError, match=word):
        spec.twelve_month_bars(series(1), MEASURE, label="Brent", **(WORDS | {word: " "}))


def test_charts_leave_the_frame_as_it_was():
    frame = judged("none", "concern")[::-1]
    before = frame.copy(deep=True)
    spec.series_with_limits(frame, MEASURE, label="Brent", **WORDS)
    pd.testing.assert_frame_equal(frame, before)


def test_charts_with_different_words_have_different_keys():
    keys = {spec.twelve_month_bars(series(1), MEASURE, label="Brent", **(WORDS | {"alt": alt})).key for alt in ("a", "b")}
    assert len(keys) == 2


def test_months_missing_inside_a_series_are_named_and_none_before_or_after_it():
    frame = series(1, 2, 3, 4, 5).drop(index=[1, 2])
    rows = spec.series_over_time(frame, MEASURE, label="Brent", **WORDS).rows()
    assert [(row["Month"], row["Brent"], row["Note"]) for row in rows] == [
        ("2023-01", 1.0, ""), ("2023-02", None, "no figure held"), ("2023-03", None, "no figure held"), ("2023-04", 4.0, ""),
        ("2023-05", 5.0, ""),
    ]


# What is marked as compared.

SURVEY = replace(MEASURE, kind="survey_rolling_year", unit="percent", better="higher")


def survey(pair, signal="none") -> spec.Chart:
    ends = ["2023-06", "2023-09", "2024-06", "2024-09", "2025-09"]
    frame = pd.DataFrame({"period": ends, "value": [48.0, 47.0, 46.0, 46.0, 46.0], "judged": [True, False, False, True, True]})
    frame = frame.assign(low=frame["value"] - 1, high=frame["value"] + 1)
    return spec.survey_with_intervals(frame, SURVEY, label="Brent", pair=pair, signal=signal, **WORDS)


def totals(pair, ends=("2022-06", "2023-06", "2024-07", "2025-07"), **options) -> spec.Chart:
    frame = pd.DataFrame({"period": ends, "value": [107.0, 117.0, 96.0, 162.0]})
    return spec.twelve_month_bars(frame, MEASURE, label="Brent", pair=pair, **WORDS, **options)


def marks(chart: spec.Chart, style: str) -> list[str]:
    return [x for layer in chart.layers if isinstance(layer, spec.Points) and layer.style == style for x, _ in layer.points]


def key(chart: spec.Chart) -> str:
    return " ".join(text for _, text in samples(chart, bracketed=True))


def test_the_figures_of_a_survey_that_are_compared_are_those_of_the_answer():
    chart = survey(("2023-06", "2025-09"), "concern")
    assert marks(chart, "compared") == ["2023-06", "2025-09"] and marks(chart, "concern") == ["2025-09"]
    assert marks(chart, "estimate") == ["2024-09"] and "the two figures compared" in key(chart)
    assert [row["12 months to"] for row in chart.rows() if row["Note"] == "compared"] == ["2023-06", "2025-09"]


@pytest.mark.parametrize("pair", [(), ("2022-06", "2025-09"), ("2023-09", "2025-09")])
def test_no_figure_of_a_survey_is_marked_where_no_two_are_compared(pair):
    chart = survey(pair, "concern")
    assert marks(chart, "compared") == marks(chart, "concern") == [] and "compared" not in key(chart)
    assert {layer.style for layer in chart.layers if isinstance(layer, spec.Interval)} == {"interval"}
    assert {row["Note"] for row in chart.rows()} == {"", "no figure held"}


def test_the_years_that_are_compared_are_those_of_the_answer_or_none():
    assert [layer.compared for layer in totals(("2023-06", "2025-07")).layers] == [("2023-06", "2025-07")]
    assert key(totals(("2023-06", "2025-07"))) == "the two years compared Years to July (June until 2023)"
    for pair in ((), ("2023-07", "2025-07")):
        assert [layer.compared for layer in totals(pair).layers] == [()] and "compared" not in key(totals(pair))


def test_years_that_end_in_another_month_leave_no_gap_and_a_missing_year_does():
    assert [row["12 months to"] for row in totals(()).rows()] == ["2022-06", "2023-06", "2024-07", "2025-07"]
    missing = totals((), ends=("2021-06", "2023-06", "2024-06", "2025-06"))
    assert [row["12 months to"] for row in missing.rows() if row["Note"]] == ["2022-06"]


def test_the_break_that_forbids_a_comparison_of_years_is_flagged_and_noted():
    chart = totals((), breaks=[replace(SYSTEM, period="2024-03")])
    assert [(flag.sign, flag.words) for flag in plot(chart, Fluid()).flags] == [("1", "March 2024: New system")]
    assert [row["Note"] for row in chart.rows() if row["Note"]] == ["New system (from March 2024)"]
