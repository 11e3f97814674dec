"""The figure is valid Plotly, plain, and needs no pointer."""

import json
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from metrics.charts import spec, style
from metrics.charts.render.plotly_figure import CONFIG, figure


@pytest.fixture(params=["over", "limits", "survey", "bars", "funnel"])
def chart(request, samples) -> spec.Chart:
    return samples[request.param]


def test_plotly_accepts_the_figure(chart):
    assert go.Figure(figure(chart)).data


def test_the_figure_is_plain_json_without_a_template(chart):
    drawn = figure(chart)
    assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn
    assert "template" not in drawn["layout"]


def test_words_are_dark_and_as_large_as_in_the_drawn_chart(chart):
    font = figure(chart)["layout"]["font"]
    assert (font["size"], font["color"]) == (13, style.INK)


def test_there_is_no_legend_no_mode_bar_and_no_dragging(chart):
    layout = figure(chart)["layout"]
    assert CONFIG["displayModeBar"] is False
    assert layout["showlegend"] is False
    assert all(axis["fixedrange"] for name, axis in layout.items() if name.startswith(("xaxis", "yaxis")))


def test_a_pointer_shows_period_and_figure(samples):
    bars = figure(samples["bars"])["data"][0]
    assert bars["hovertext"] == ["March 2021: 3", "March 2022: 0", "March 2023: not published", "March 2024: 7"]


def test_a_line_that_is_not_joined_is_not_joined_here_either(samples):
    beside = next(trace for trace in figure(samples["over"])["data"] if trace["mode"] == "lines")
    assert beside["x"][beside["y"].index(None) - 1 :][:3] == ["2022-02", None, "2022-03"]


def test_provisional_points_are_hollow(samples):
    hollow = [trace for trace in figure(samples["over"])["data"] if trace.get("marker", {}).get("color") == style.PAPER]
    assert [len(trace["x"]) for trace in hollow] == [2]


def test_each_signal_has_its_shape_and_colour(samples):
    looks = {(trace["marker"].get("symbol"), trace["marker"]["color"]) for trace in figure(samples["limits"])["data"] if "marker" in trace}
    assert {("circle", style.BLUE), ("diamond", style.ORANGE)} <= looks


def test_the_usual_range_is_filled_between_its_edges(samples):
    filled = [trace for trace in figure(samples["limits"])["data"] if trace.get("fill") == "tonexty"]
    assert filled and all(trace["fillcolor"] == style.BAND for trace in filled)


def test_a_break_is_an_upright_line_before_its_month_with_a_numbered_flag(samples):
    layout = figure(samples["over"])["layout"]
    assert [shape["x0"] for shape in layout["shapes"] if shape["type"] == "line"] == ["2022-02-16"]
    assert [(note["text"], note["hovertext"]) for note in layout["annotations"]] == [("1", "March 2022: New recording system")]


def test_a_strip_and_small_multiples_are_not_explored(samples):
    for kind in ("strip", "tiles"):
        with pytest.raises(ValueError, match="drawn, not explored"):
            figure(samples[kind])


def test_words_with_markup_stay_words(samples):
    nasty = "<b onclick=x>bold</b>"
    chart = replace(samples["over"], title=nasty, layers=(*samples["over"].layers, spec.Level(90, nasty)))
    assert "<b" not in json.dumps(figure(chart)).replace("<br>", "")
