"""The picture is well-formed, small, readable on a phone, and says what it shows to those who do not see it."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from metrics.charts import spec, style
from metrics.charts.render.svg import svg
from metrics.charts.render.svg_marks import path_of
from metrics.domain import periods

NASTY = "<script>alert('x')</script> & \"more\""
SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture: str) -> ElementTree.Element:
    reader = ElementTree.XMLPullParser(["end"])
    reader.feed(picture)
    reader.close()
    return [element for _, element in reader.read_events()][-1]


def test_the_picture_is_named_and_described(chart):
    root = parsed(svg(chart))
    ids = root.get("aria-labelledby").split()
    assert root.get("role") == "img"
    assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == ids
    assert (root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text) == (chart.title, chart.alt)


def test_every_word_is_escaped(samples):
    chart = replace(samples["over"], title=NASTY, alt=NASTY, layers=(*samples["over"].layers, spec.Note(NASTY), spec.Level(90, NASTY)))
    picture = svg(chart, key='"><script>')
    assert "<script" not in picture
    assert parsed(picture).find(f"{SVG}desc").text == NASTY


def test_no_script_no_style_and_nothing_fetched(chart):
    picture = svg(chart)
    assert not re.search(r"<script|<style|style=|href|url\(|\bon[a-z]+=", picture)


def test_text_is_at_least_12_pixels_at_the_narrowest_width(chart):
    root = parsed(svg(chart, width=640, narrowest=320))
    assert float(root.get("font-size")) * 320 / 640 >= style.SMALLEST_TEXT
    assert not [text for text in root.iter(f"{SVG}text") if text.get("font-size")]


def test_a_chart_of_ninety_points_is_under_six_kilobytes(ninety_points):
    assert len(svg(ninety_points).encode()) < 6000


def test_no_coordinate_has_more_than_two_decimals(chart):
    body = svg(chart).split("</desc>")[1]
    assert not re.search(r'(?:[xy]|[xy][12]|c[xy]|r|d|width|height)="[^"]*\.\d{3}', body)


def test_every_mark_is_inside_the_picture(chart):
    root = parsed(svg(chart))
    _, _, width, height = (float(part) for part in root.get("viewBox").split())
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= width
        assert 0 < float(text.get("y")) <= height


def test_no_two_words_of_a_chart_stand_on_each_other(chart):
    boxes = []
    for text in parsed(svg(chart)).iter(f"{SVG}text"):
        x, y, wide = float(text.get("x")), float(text.get("y")), len(text.text) * 24 * 0.5
        left = x - {"end": wide, "middle": wide / 2}.get(text.get("text-anchor"), 0)
        boxes.append((left, left + wide, y, text.text))
    for index, (left, right, y, words) in enumerate(boxes):
        for other_left, other_right, other_y, other in boxes[:index]:
            assert not (left < other_right and other_left < right and abs(y - other_y) < 18), (words, other)


def test_at_most_five_colours_carry_meaning(chart):
    quiet = {style.TEXT, style.MUTED, style.GRID, style.SHADE, style.PAPER, "none"}
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg(chart))) - quiet
    assert len(colours) <= 5


def test_a_provisional_point_is_a_ring_and_a_final_one_is_not(samples):
    assert svg(samples["over"]).count("<circle") == 2
    assert svg(samples["limits"]).count("<circle") == 0


def test_a_scale_that_leaves_zero_out_says_so(samples):
    words = " ".join(text.text for text in parsed(svg(samples["limits"])).iter(f"{SVG}text"))
    assert "The scale does not start at zero." in words
    assert "does not start" not in svg(samples["over"])


def test_two_charts_on_a_page_share_no_id(samples):
    ids = [found for name in ("over", "limits") for found in re.findall(r'id="([^"]+)"', svg(samples[name], key=name))]
    assert len(ids) == len(set(ids)) == 4


def test_a_chart_with_nothing_published_is_refused(samples):
    nothing = replace(samples["bars"], layers=(spec.Bars((("2023-01", None),)),))
    with pytest.raises(ValueError, match="nothing is published"):
        svg(nothing)


def test_one_single_figure_can_be_drawn(samples):
    alone = replace(samples["over"], layers=(spec.Line(((("2023-01", 0.0),),)), spec.Points((("2023-01", 0.0),))))
    assert "NaN" not in svg(alone)
    assert parsed(svg(alone)) is not None


@settings(deadline=None, derandomize=True, max_examples=60)
@given(some.lists(some.one_of(some.none(), some.floats(-1e7, 1e7)), min_size=1, max_size=40).filter(any))
def test_any_series_gives_a_well_formed_picture(values):
    frame = pd.DataFrame({"period": periods.span("2020-01", periods.shift("2020-01", len(values) - 1)), "value": values})
    line = spec.Line((tuple(zip(frame["period"], values, strict=True)),), "Brent", columns=("Brent",))
    drawn = svg(spec.Chart("t", (line,), spec.Axis("Month", "period"), spec.Axis("Number"), "a", "s"))
    assert parsed(drawn) is not None
    assert "nan" not in drawn
    assert "inf" not in drawn


@settings(deadline=None, derandomize=True)
@given(some.lists(some.tuples(some.floats(0, 700), some.floats(0, 400)), min_size=1, max_size=30))
def test_steps_of_a_path_gather_no_rounding(spots):
    numbers = [float(number) for number in re.findall(r"-?\d*\.\d|-?\d+", path_of([spots, [(500.0, 300.0)]]).replace("h0", ""))]
    assert sum(numbers[::2]) == pytest.approx(500.0, abs=1e-6)
    assert sum(numbers[1::2]) == pytest.approx(300.0, abs=1e-6)
