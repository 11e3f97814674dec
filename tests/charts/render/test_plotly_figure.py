"""The figure is valid Plotly, plain, and needs no pointer."""

import json
from dataclasses import replace

import plotly.graph_objects as go

from metrics.charts import spec, style
from metrics.charts.render.plotly_figure import CONFIG, figure


def test_plotly_accepts_the_figure(chart):
    assert go.Figure(figure(chart)).data


def test_the_figure_is_plain_json_without_a_template(chart):
    drawn = figure(chart)
    assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn
    assert "template" not in drawn["layout"]


def test_words_are_dark_and_of_reading_size(chart):
    font = figure(chart)["layout"]["font"]
    assert (font["size"], font["color"]) == (16, style.TEXT)


def test_there_is_no_legend_no_mode_bar_and_no_dragging(chart):
    layout = figure(chart)["layout"]
    assert CONFIG["displayModeBar"] is False
    assert layout["showlegend"] is False
    assert all(axis["fixedrange"] for name, axis in layout.items() if name.startswith(("xaxis", "yaxis")))


def test_the_title_is_in_the_figure_only_when_asked(chart):
    assert "title" not in figure(chart)["layout"]
    assert figure(chart, titled=True)["layout"]["title"]["text"] == "What is seen"


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
    looks = {(trace["marker"]["symbol"], trace["marker"]["color"]) for trace in figure(samples["limits"])["data"] if "marker" in trace}
    assert looks == {("circle", style.NO_CLEAR_CHANGE), ("circle", style.IMPROVEMENT), ("diamond", style.CONCERN)}


def test_a_break_is_an_upright_line_before_its_month_with_its_name(samples):
    layout = figure(samples["over"])["layout"]
    assert [shape["x0"] for shape in layout["shapes"] if shape["type"] == "line"] == ["2022-02-16"]
    assert "New recording system" in [note["text"] for note in layout["annotations"]]


def test_words_with_markup_stay_words(samples):
    nasty = "<b onclick=x>bold</b>"
    chart = replace(samples["over"], title=nasty, layers=(*samples["over"].layers, spec.Level(90, nasty)))
    assert "<b" not in json.dumps(figure(chart, titled=True)).replace("<br>", "")


def test_every_tile_has_axes_of_its_own_on_one_scale(samples):
    layout = figure(samples["tiles"])["layout"]
    ranges = [tuple(axis["range"]) for name, axis in layout.items() if name.startswith("yaxis")]
    assert len(ranges) == 3
    assert len(set(ranges)) == 1
