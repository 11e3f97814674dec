"""A picture for an image is well-formed, brings its own words, and carries nothing that runs or is fetched."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from metrics.charts import spec
from metrics.charts.render import side_by_side
from metrics.charts.render.whole_chart import image_svg
from metrics.domain import periods

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
