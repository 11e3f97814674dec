"""A map of the areas: every outline once, fills by verdict that can be told apart in grey, a picker whose links a keyboard reaches."""

import re
from urllib.parse import unquote

import pytest

from metrics.charts.render.area_map import Shown, area_map, map_image
from metrics.domain.geography import Boundaries

SQUARES = Boundaries(
    "Made up", "OGL", 20, 10,
    (((10, 0), (10, 10)), ((10, 10), (0, 10), (0, 0), (10, 0)), ((10, 0), (20, 0), (20, 10), (10, 10))),
    {"west": ((0, 1),), "east": ((~0, 2),)},
)
NAMES = {"west": "West & North", "east": "East"}


def test_neighbours_share_their_border_to_the_unit():
    west, east = SQUARES.rings("west")[0], SQUARES.rings("east")[0]
    assert {(10, 0), (10, 10)} <= set(west) & set(east) and west[0] == west[-1] and east[0] == east[-1]


def test_a_picker_is_a_group_of_named_links_and_a_filled_map_one_image():
    picker = area_map(SQUARES, Shown(NAMES, links={"west": "w.html", "east": "e.html"}), "Choose")
    assert 'role="group"' in picker and re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', picker) == [
        ("w.html", "West &amp; North"), ("e.html", "East")]
    filled = area_map(SQUARES, Shown(NAMES, {"west": "possible change", "east": "clear worsening"}), "Two")
    assert 'role="img"' in filled and 'aria-hidden="true"' in filled and "<a " not in filled


def test_what_is_possible_is_hatched_and_what_is_worse_has_its_shape():
    filled = area_map(SQUARES, Shown(NAMES, {"west": "possible change", "east": "clear worsening"}), "Two")
    assert filled.count("url(#hatch)") == 1 and filled.count('id="hatch"') == 1
    assert filled.count("M0-5L5 0 0 5-5 0z") == 1
    assert "hatch" not in area_map(SQUARES, Shown(NAMES, {"west": "no clear change"}), "One")


@pytest.mark.parametrize("area", list(NAMES))
def test_the_area_pointed_out_has_a_ring_and_its_name_outside_the_map(area):
    drawn = area_map(SQUARES, Shown(NAMES, chosen=area), "One")
    assert drawn.count("<circle") == 2 and drawn.count("<text") == 1
    assert float(re.search(r'<text x="0" y="(-?[\d.]+)"', drawn)[1]) != 0


def test_an_image_of_the_map_holds_no_letter_and_no_link():
    image = map_image(SQUARES, Shown(NAMES, chosen="west"), "One")
    assert image.startswith("<img") and "%3Ctext" not in image and "%3Ca" not in image and "<a " not in image


def test_links_over_an_image_lie_on_their_area_and_are_left_to_a_pointer():
    image = map_image(SQUARES, Shown(NAMES, links={"west": "w&w"}), "One")
    (spot,) = re.findall(r"<a [^>]*>", image)
    assert 'href="w&amp;w" title="West &amp; North" tabindex="-1"' in spot and 'aria-hidden="true"><a ' in image
    left, top, across, down = map(float, re.findall(r"([\d.]+)%", spot))
    xs, ys = zip(*SQUARES.rings("west")[0], strict=True)
    assert min(xs) < (left - across / 2) / 100 * SQUARES.width < (left + across / 2) / 100 * SQUARES.width < max(xs)
    assert min(ys) < (top - down / 2) / 100 * SQUARES.height < (top + down / 2) / 100 * SQUARES.height < max(ys)


@pytest.mark.parametrize("drawn", [area_map, map_image])
def test_a_rise_and_a_fall_have_one_colour_and_a_triangle_each(drawn):
    shown = unquote(drawn(SQUARES, Shown(NAMES, {"west": "clear rise", "east": "clear fall"}), "Two"))
    assert shown.count("M0-5L5 4H-5z") == shown.count("M0 5L5-4H-5z") == 1
