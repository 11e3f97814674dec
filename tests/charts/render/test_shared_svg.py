"""A chart that is sent around says by itself what was found, where, from which source; its letters need no font of the machine."""

import io

import pytest
from PIL import Image

from metrics.charts.render.whole_chart import FONTS, MARGIN, SCALE, WIDTH, png, shared_svg
from tests.charts.render.test_image_svg import parsed

DRAWN = ["over", "limits", "survey", "bars", "strip", "funnel", "tiles"]
FOOT = "A plan, followed. https://example.org/brent/"
SVG = "{http://www.w3.org/2000/svg}"


def shared(chart):
    """A chart as it is sent around, under what was found."""
    return shared_svg(chart.titled("Down 5 to 19 points", kicker="Trust, Brent", subtitle="16 in 100 now; 28 a year before."), FOOT)


@pytest.mark.parametrize("kind", DRAWN)
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
