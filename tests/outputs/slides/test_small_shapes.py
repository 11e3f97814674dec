"""The small drawings of slides say what the charts of pages say."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from pptx import Presentation

from metrics.charts import style
from metrics.charts.render import chart_key
from metrics.charts.render.frame import Clock, frame
from metrics.charts.spec import Bars, Chart, Rule
from metrics.outputs.slides import canvas, item_slides, small_shapes
from tests.charts.render.conftest import every_chart
from tests.charts.render.test_area_map import SQUARES

WORDS = {"meeting": "M: {mark}", "single": "1: {label}", "several": "1 to {many}: changed"}
CLOCK = Clock("2019-01", "2025-12", date(2023, 8, 7))


def in_ink(chart: Chart) -> int:
    """How many bars of a row's picture are drawn in ink."""
    shown = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    small_shapes.add_row(shown.shapes, chart, (0, 0, 220, 40), CLOCK)
    (group,) = shown.shapes
    filled = [shape for shape in group.shapes if shape.shape_type == 1 and shape.fill.type == 1]
    return sum(shape.fill.fore_color.rgb == canvas.rgb(style.INK) for shape in filled)


@pytest.mark.parametrize(("years", "compared"), [((2021, 2022, 2023), ("2022-06", "2023-06")), ((2020, 2021, 2023), ("2023-06",))])
def test_the_bars_in_ink_are_those_compared(years, compared):
    bars = Bars(tuple((f"{year}-06", 10.0) for year in years), columns=("Brent",), compared=compared)
    assert in_ink(replace(every_chart()["bars"], layers=(bars,))) == len(compared)


def test_a_filled_map_marks_rises_and_falls_and_not_the_area_that_is_ringed():
    shown = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    verdicts = {"west": "clear rise", "east": "clear fall"}
    small_shapes.filled(shown.shapes, SQUARES, (0, 0, 200, 100), verdicts, "none", "Two areas")
    small_shapes.filled(shown.shapes, SQUARES, (0, 0, 200, 100), verdicts, "west", "One of them ringed")
    turned = [[shape.rotation for shape in group.shapes if shape.name.startswith("Isosceles")] for group in shown.shapes]
    assert turned == [[0, 180], [180]]


@pytest.mark.parametrize("changed", [(), ("2020-03",), ("2019-06", "2020-03", "2020-11", "2021-08", "2022-05", "2023-02")])
def test_the_line_of_the_flags_counts_those_in_the_chart(changed):
    plain = every_chart()["over"]
    kept = tuple(layer for layer in plain.layers if not isinstance(layer, Rule))
    chart = replace(plain, layers=(*kept, *(Rule(month, f"Change of {month}") for month in changed))).since(date(2021, 1, 1), "M")
    facts = SimpleNamespace(slides={"flags": WORDS}, scorecard=SimpleNamespace(mark_text="the meeting"))
    signs = [flag.sign for flag in chart_key.flags(chart, frame(chart)) if not flag.meeting]
    line = item_slides.flags(facts, chart)
    assert line.startswith("M: the meeting")
    assert f"1 to {len(signs)}:" in line if len(signs) > 1 else line.endswith("1: Change of 2020-03" if signs else "M: the meeting")
