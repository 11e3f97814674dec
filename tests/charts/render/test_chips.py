"""A verdict is told by shape and word, in either way of drawing it; the tally counts and never scores."""

import re
from urllib.parse import unquote

import pytest

from metrics.charts.render import chips


@pytest.mark.parametrize("verdict", list(chips.KINDS))
def test_every_verdict_has_a_shape_that_no_other_has(verdict):
    others = {re.sub(r"#\w+", "", chips.shape(other)) for other in chips.KINDS if other != verdict}
    assert re.sub(r"#\w+", "", chips.shape(verdict)) not in others


@pytest.mark.parametrize("verdict", list(chips.KINDS))
def test_the_style_sheet_draws_a_shape_as_the_page_does(verdict):
    assert "<svg" not in chips.shape(verdict, image=True)
    kind = re.fullmatch(r'<span class="shape (\w+)"></span>', chips.shape(verdict, image=True))[1]
    rule = re.search(rf'span\.shape\.{kind}{{background-image:url\("data:image/svg\+xml,([^"]+)"\)}}', chips.shapes_style())
    inner = re.search(r"<svg[^>]*>(.*)</svg>", chips.shape(verdict))[1]
    assert inner.replace('"', "'") in unquote(rule[1])


def test_a_chip_says_its_word_and_its_direction_escaped():
    assert "Possible change<small> &lt;up&gt;</small>" in chips.chip("possible change", "<up>")


def test_a_verdict_outside_the_closed_set_is_an_error():
    with pytest.raises(KeyError):
        chips.chip("much better")


def test_the_tally_counts_in_the_fixed_order_and_leaves_out_none():
    drawn = chips.tally({"no clear change": 26, "clear worsening": 1, "clear rise": 0}, "27 measures")
    assert re.findall(r"<b>(\d+)</b> ([a-z ]+)", drawn) == [("1", "clear worsening"), ("26", "no clear change")]
    assert re.findall(r'class="(\w+)" style="flex:(\d+)"', drawn) == [("worsening", "1"), ("none", "26")]
