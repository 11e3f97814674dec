"""
The drawn chart has every figure at its place, in the fluid and in the fixed drawing; its flags and its words follow the rules; an image
shows the widest that fits, and what is sent around stands alone.
"""

import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from metrics.charts import spec
from metrics.charts.render import chart_key, side_by_side, whole_chart
from metrics.charts.render.canvas import Fixed, Fluid
from metrics.charts.render.frame import frame, month
from metrics.charts.render.plot import plot
from metrics.charts.render.whole_chart import FONTS, MARGIN, SCALE, WIDTH, image_svg, png, shared_svg
from metrics.charts.spec import Band, Bars, Interval, Level, Line, Points
from metrics.charts.spec.layers import Figures
from metrics.domain import Break, periods
from tests.charts.render.conftest import BREAK, COUNT, WORDS, judged_frame

KINDS = ["over", "limits", "survey", "bars", "funnel"]
NEAR = 0.0011


def walked(path: str) -> list[tuple[float, float]]:
    """Every corner of a path, from the steps it is written in."""
    points, x, y = [], 0.0, 0.0
    for command, rest in re.findall(r"([MlLzh])([^MlLzh]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", rest)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=False) if command in "Ml" else ():
            x, y = (dx, dy) if command == "M" else (x + dx, y + dy)
            points.append((x, y))
    return points


def places(inner: str) -> list[tuple[float, float]]:
    """Where curves, marks and tops of bars stand, as fractions of the plot."""
    curves = [(x / 1000, y / 1000) for path in re.findall(r'<path d="(M[^"]+)"[^>]*non-scaling', inner) for x, y in walked(path)]
    marks = [(float(x) / 100, float(y) / 100) for x, y in re.findall(r'<svg x="([-\d.]+)%" y="([-\d.]+)%"', inner)]
    return curves + marks


def drawn_layers(chart: spec.Chart) -> list:
    """The layers whose every figure is drawn; normal months stand on their line and have no mark of their own."""
    return [layer for layer in chart.layers if isinstance(layer, Figures) and getattr(layer, "style", "") != "none"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_fluid_drawing_has_every_figure_at_its_place(samples, kind):
    chart = samples[kind]
    where, drawn = frame(chart), places(plot(chart, Fluid()).inner)
    for layer in drawn_layers(chart):
        for x, values in layer.data():
            at = where.fraction(month(x) + 1 - 6) if isinstance(layer, Bars) else where.x(x)
            for value in (value for value in values if value is not None):
                tolerance = 0.0065 if isinstance(layer, Bars) else NEAR
                assert any(abs(px - at) <= NEAR and abs(py - where.y(value)) <= tolerance for px, py in drawn), (layer, x, value)


@pytest.mark.parametrize("kind", KINDS)
def test_the_fixed_drawing_is_the_fluid_one_in_pixels(samples, kind):
    fluid, fixed = plot(samples[kind], Fluid()), plot(samples[kind], Fixed(1000, 1000))
    numbers = [len(re.findall(mark, drawn.inner)) for drawn in (fluid, fixed) for mark in ("<text", "<circle", "<rect", "<line")]
    assert numbers[:4] == numbers[4:]
    assert "%" not in re.sub(r">[^<]*<", "><", fixed.inner) and "vector-effect" not in fixed.inner


def test_the_layers_of_every_chart_are_known_to_the_drawing(samples):
    kinds = {type(layer) for chart in samples.values() for layer in chart.drawn}
    assert {Line, Points, Interval, Band, Bars, Level} <= kinds


def test_the_key_of_its_flags_stands_below_a_chart(samples):
    drawn = whole_chart.figure(samples["limits"].since(date(2021, 8, 7), "the last <meeting>"))
    key = re.findall(r'<b class="flag[^"]*">(\w)</b><span>([^<]+)', drawn)
    assert key == [("M", "the last &lt;meeting&gt;"), ("1", "March 2022: New recording system")]


def changes(*months: str, words: str = "") -> spec.Chart:
    breaks = [Break(m, m, words or f"Change {m}", "", "caution", ("example",), "Us") for m in months]
    return spec.series_with_limits(judged_frame(), COUNT, label="Brent", breaks=breaks, **WORDS)


def signs(chart: spec.Chart) -> list[tuple[str, str, int]]:
    return [(flag.sign, flag.words, flag.row) for flag in chart_key.flags(chart, frame(chart))]


def test_changes_of_one_kind_within_a_year_share_a_flag():
    assert [words for _, words, _ in signs(changes("2021-03", "2021-07", "2023-01", words="New system"))] == [
        "March to July 2021: New system", "January 2023: New system"]


def test_two_flags_that_stand_near_each_other_stand_on_two_rows():
    assert [(sign, row) for sign, _, row in signs(changes("2021-03", "2021-07", "2025-01"))] == [("1", 0), ("2", 1), ("3", 0)]


def test_there_are_at_most_four_flags_and_the_meeting_is_one_of_them():
    many = changes("2020-03", "2021-07", "2022-08", "2024-01", "2025-06", "2025-07").since(date(2023, 8, 7), "the last meeting")
    signs_drawn = signs(many)
    assert len(signs_drawn) <= 4 and all(row < 2 for _, _, row in signs_drawn)
    assert "July 2025" in " ".join(words for _, words, _ in signs_drawn) and "M" in [sign for sign, _, _ in signs_drawn]
    assert chart_key.flag_words(chart_key.flags(many, frame(many)))[0] == ("M", "the last meeting")


def test_a_meeting_outside_the_months_drawn_has_no_flag():
    assert signs(changes().since(date(2035, 1, 1), "far off")) == []


@pytest.mark.parametrize("phone", [True, False])
def test_a_phone_leaves_out_the_words_beside_the_newest_figure(samples, phone):
    drawn, _ = whole_chart.keyed(samples["limits"], Fixed(328 if phone else 688, 240, phone=phone))
    assert ("usual: " in drawn) is not phone
    assert "%" not in re.sub(r">[^<]*<", "><", drawn)


def test_a_usual_level_that_ends_before_the_newest_figure_is_not_named_beside_it():
    for last, named in ((90, True), (89, False), (60, False)):
        month = judged_frame(90)
        month.loc[last:, ["centre", "lower", "upper"]] = None
        chart = spec.series_with_limits(month, COUNT, label="Brent", **WORDS)
        assert ("usual: " in whole_chart.keyed(chart, Fixed(688, 240))[0]) is named


def test_two_changes_of_one_month_share_a_flag_that_says_the_short_words():
    short = Break("x", "2022-03", "A long title", "", "caution", ("example",), "Us", flag="a short one")
    chart = spec.series_with_limits(judged_frame(), COUNT, label="Brent", breaks=[BREAK, short], **WORDS)
    assert signs(chart) == [("1", "March 2022: New recording system; a short one", 0)]


def test_the_mark_of_a_small_chart_has_room_in_its_picture(samples):
    marks = [float(x) for x in re.findall(r'<svg x="([-\d.]+)%" y="', whole_chart.figure(samples["tiles"]))]
    assert marks and max(marks) < 97


DRAWN = ["over", "limits", "survey", "bars", "funnel", "strip"]
NASTY = "<script>alert('x')</script> & \"more\""


def parsed(picture: str) -> ElementTree.Element:
    reader = ElementTree.XMLPullParser(["end"])
    reader.feed(picture)
    reader.close()
    return [element for _, element in reader.read_events()][-1]


@pytest.mark.parametrize("kind", DRAWN)
def test_the_picture_is_named_and_nothing_in_it_runs_or_is_fetched(samples, kind):
    picture = image_svg(samples[kind])
    root = parsed(picture)
    assert (root.get("role"), root.get("aria-label")) == ("img", samples[kind].alt)
    assert not re.search(r"<script|href|url\((?!#)|\bon[a-z]+=", picture)


def test_every_word_is_escaped(samples):
    chart = replace(samples["over"], title=NASTY, alt=NASTY, layers=(*samples["over"].layers, spec.Note(NASTY), spec.Level(90, NASTY)))
    picture = image_svg(chart)
    assert "<script" not in picture
    assert parsed(picture).get("aria-label") == NASTY


def test_one_single_figure_can_be_drawn(samples):
    alone = replace(samples["over"], layers=(spec.Line(((("2023-01", 0.0),),)), spec.Points((("2023-01", 0.0),))))
    assert "nan" not in image_svg(alone).lower()


@settings(deadline=None, derandomize=True, max_examples=40)
@given(some.lists(some.one_of(some.none(), some.floats(-1e7, 1e7)), min_size=1, max_size=40).filter(any))
def test_any_series_gives_a_well_formed_picture(values):
    frame = pd.DataFrame({"period": periods.span("2020-01", periods.shift("2020-01", len(values) - 1)), "value": values})
    line = spec.Line((tuple(zip(frame["period"], values, strict=True)),), "Brent", columns=("Brent",))
    drawn = image_svg(spec.Chart("t", (line,), spec.Axis("Month", "period"), spec.Axis("Number"), "a", "s"))
    assert parsed(drawn) is not None
    assert not re.search(r"\bnan\b|\binf\b", drawn)


@pytest.mark.parametrize(("wide", "named"), [(320, {"no change", "-10"}), (560, {"no change", "-5", "-10"})])
def test_the_axis_of_a_strip_names_what_has_room_beside_no_change(samples, wide, named):
    inner, _ = side_by_side.fixed_strip(samples["strip"], wide)
    words = {text.replace("\u2212", "-") for text in re.findall(r">([^<>]+)</text>", inner)}
    assert {word for word in words if word == "no change" or word.lstrip("-").isdigit()} == named


SHARED = ["over", "limits", "survey", "bars", "strip", "funnel", "tiles"]
FOOT = "A plan, followed. https://example.org/brent/"
SVG = "{http://www.w3.org/2000/svg}"


def shared(chart):
    """A chart as it is sent around, under what was found."""
    return shared_svg(chart.titled("Down 5 to 19 points", kicker="Trust, Brent", subtitle="16 in 100 now; 28 a year before."), FOOT)


@pytest.mark.parametrize("kind", SHARED)
def test_the_picture_says_what_was_found_where_and_from_which_source(samples, kind):
    root = parsed(shared(samples[kind]))
    written = " ".join(text.text for text in root.iter(f"{SVG}text"))
    for words in ("Trust, Brent", "Down 5 to 19 points", "16 in 100 now; 28 a year before.", samples[kind].source, FOOT):
        assert words in written
    assert root.get("aria-label") == samples[kind].alt and root.get("width") == str(WIDTH)


def test_small_charts_stand_in_columns_with_the_name_of_each_place(samples):
    root = parsed(shared(samples["tiles"]))
    names = [text.text for text in root.iter(f"{SVG}text") if text.get("font-weight") == "700" and text.get("font-size") is None]
    assert names == sorted(panel.title for panel in samples["tiles"].panels)


def test_a_long_title_is_broken_and_stands_within_the_picture(samples):
    root = parsed(shared_svg(samples["over"].titled("A very long title " * 6), FOOT))
    lines = [text for text in root.iter(f"{SVG}text") if text.get("font-weight") == "700" and text.get("font-size") == "22"]
    assert len(lines) > 1 and {line.get("x") for line in lines} == {str(MARGIN)}


def test_its_letters_are_drawn_without_a_font_of_the_machine(samples):
    with_title, without = (Image.open(io.BytesIO(png(text, SCALE))) for text in (shared(samples["over"]), shared_svg(samples["over"], "")))
    assert with_title.size[0] == without.size[0] == WIDTH * SCALE and len(FONTS) == 2
    head = with_title.convert("L").crop((0, 0, int(WIDTH * SCALE), 120))
    assert sum(shade < 128 for shade in head.tobytes()) > 500


def test_the_same_drawing_gives_the_same_bytes(samples):
    assert png(shared(samples["over"]), SCALE) == png(shared(samples["over"]), SCALE)
