"""Colours can be told apart, and a figure is written one way."""

import pytest

from metrics.charts import style
from metrics.narrative import number_format


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(colour: str, ground: str) -> float:
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [style.INK, style.MUTED, style.COMPARISON])
@pytest.mark.parametrize("paper", [style.PAPER, style.SHADE])
def test_every_word_stands_out_from_what_is_behind_it(colour, paper):
    assert contrast(colour, paper) >= 4.5


@pytest.mark.parametrize("colour", sorted({look.colour for look in (*style.MARKS.values(), *style.LINES.values())}))
def test_every_mark_and_line_stands_out_from_the_paper(colour):
    assert contrast(colour, style.PAPER) >= 3


def test_improvement_and_concern_can_be_told_apart_in_grey():
    assert contrast(style.BLUE, style.ORANGE) >= 3


def test_no_two_signals_share_a_shape_and_a_size():
    looks = [style.MARKS[name] for name in ("improvement", "concern", "high", "low", "none")]
    assert len({(look.shape, look.size > 6) for look in looks}) == len(looks)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.5, "count", "0.5"),
        (1234567, "count", "1,234,567"),
        (-12, "count", "−12"),
        (55.5, "percent", "56%"),
        (56.5, "percent", "57%"),
        (-0.2, "percent", "0%"),
        (0.0, "per_1000", "0.0"),
        (0.456, "per_1000", "0.46"),
        (8.15, "per_1000", "8.2"),
        (1.0, "minutes", "1.0 minute"),
        (float("nan"), "percent", "not published"),
    ],
)
def test_a_figure_is_written_the_way_people_read_it(value, unit, text):
    assert number_format.number(value, unit) == text


def test_a_change_says_its_direction_and_no_change_has_none():
    assert [number_format.number(value, "points", signed=True) for value in (3, -3, 0)] == ["+3 points", "−3 points", "0 points"]


def test_an_unknown_unit_is_refused_even_for_a_missing_figure():
    with pytest.raises(ValueError, match="furlongs"):
        number_format.number(None, "furlongs")
