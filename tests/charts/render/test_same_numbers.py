"""Every drawing of a chart carries the same numbers, read back from what it wrote."""

import csv
import re
from html.parser import HTMLParser

import pytest

from metrics.charts import style
from metrics.charts.render import svg_strip, svg_tiles
from metrics.charts.render.csv_file import csv_text
from metrics.charts.render.plotly_figure import figure
from metrics.charts.render.scale import scales
from metrics.charts.render.svg import canvas, svg
from metrics.charts.render.table import table
from metrics.charts.spec import Band, Bars, Interval, Line, Points
from metrics.charts.spec.layers import DATA
from metrics.domain import periods
from metrics.narrative import number_format

PREAMBLE = {"Source": "Made up", "Area": "Brent", "Period": "2019 to 2024", "As at": "1 July 2024", "Licence": "OGL"}
WIDTH, SIZE, HALF_A_TENTH = 640, 24.0, 0.051


class Cells(HTMLParser):
    """The text of each cell, row by row."""

    def __init__(self, html: str):
        super().__init__()
        self.rows, self._open = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._open = True

    def handle_endtag(self, tag):
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data):
        if self._open:
            self.rows[-1][-1] += data


def figures_of(chart) -> list[tuple]:
    return [(x, y) for layer in chart.drawn if isinstance(layer, DATA) for x, values in layer.data() for y in values if y is not None]


def points_of(picture: str) -> list[tuple[float, float]]:
    """Every corner of every path, and the middle of every circle, as absolute coordinates."""
    found = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', picture)]
    for path in re.findall(r'<path d="([^"]+)"', picture):
        found += walked(path)
    return found


def walked(path: str) -> list[tuple[float, float]]:
    found, x, y = [], 0.0, 0.0
    for command, rest in re.findall(r"([MmLlhHVvZ])([^MmLlhHVvZ]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.\d|-?\d+", rest)]
        if command in "hHV":
            x, y = {"h": (x + numbers[0], y), "H": (numbers[0], y), "V": (x, numbers[0])}[command]
            found.append((x, y))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=False) if command in "MmLl" else ():
            x, y = (x + dx, y + dy) if command in "ml" else (dx, dy)
            found.append((x, y))
    return found


def test_the_table_says_every_figure_in_words(chart):
    kinds, rows = chart.columns(), chart.rows()
    head, *body = Cells(table(chart, "A caption")).rows
    assert head == list(kinds)
    for cells, row in zip(body, rows, strict=True):
        for cell, (name, kind) in zip(cells, kinds.items(), strict=True):
            expected = row[name] if kind == "text" else periods.say(row[name]) if kind == "period" else None
            assert cell == (expected if expected is not None else number_format.number(row[name], kind, signed=chart.signed))


def test_the_csv_has_every_figure_with_all_its_digits(chart):
    lines = [line for line in csv_text(chart, PREAMBLE).splitlines() if not line.startswith("#")]
    for read, row in zip(csv.DictReader(lines), chart.rows(), strict=True):
        for name, kind in chart.columns().items():
            figure_in = kind not in ("text", "period")
            assert (float(read[name]) if figure_in and read[name] else read[name]) == ("" if row[name] is None else row[name])


def test_every_figure_drawn_is_in_the_table(chart):
    told = {value for row in chart.rows() for value in row.values() if isinstance(value, float)}
    columned = [layer for layer in chart.drawn if isinstance(layer, Line | Points | Interval | Bars | Band)]
    limits = {y for layer in columned if isinstance(layer, Line) and layer.style == "limit" for _, (y,) in layer.data()}
    assert {y for _, y in figures_of(chart)} - limits <= told


@pytest.mark.parametrize("kind", ["over", "limits", "survey", "bars", "funnel"])
def test_the_plotly_figure_has_every_figure_at_its_place(samples, kind):
    drawn = set()
    for trace in figure(samples[kind])["data"]:
        drawn |= set(zip(trace["x"], trace["y"], strict=True))
    assert set(figures_of(samples[kind])) <= drawn


@pytest.mark.parametrize("kind", ["over", "limits", "survey", "bars", "funnel"])
def test_the_svg_has_every_figure_at_its_place(samples, kind):
    chart = samples[kind]
    board, drawn = canvas(chart), points_of(svg(chart))
    for layer in (layer for layer in chart.layers if isinstance(layer, DATA)):
        for x, values in layer.data():
            assert_drawn(board, layer, board.across(board.place(x)), values, drawn)


def assert_drawn(board, layer, x, values, drawn):
    level = isinstance(layer, Band) or getattr(layer, "style", "") == "centre"
    shaped = isinstance(layer, Points) and style.MARKS[layer.style].shape != "circle"
    reach = float("inf") if level else board.size if shaped else HALF_A_TENTH
    if isinstance(layer, Bars):
        reach += 0.35 * (board.across(12.0) - board.across(0.0))
    near = [board.value_at(y) for at, y in drawn if abs(at - x) <= reach]
    height = (board.scales.up.high - board.scales.up.low) / (board.bottom - board.top)
    allowed = height * (0.6 * style.MARKS[layer.style].size * SIZE / 16 if shaped else HALF_A_TENTH) + 1e-9
    for value in values:
        assert value is None or min(abs(value - found) for found in near) <= allowed


def test_the_strip_in_svg_has_every_change_and_both_ends_of_its_range(samples):
    chart = samples["strip"]
    board = svg_strip.board_of(chart, WIDTH, SIZE)
    drawn = [x for x, _ in points_of(svg(chart))]
    for layer in (layer for layer in chart.layers if isinstance(layer, Interval | Points)):
        for _, values in layer.data():
            for value in values:
                assert value is None or min(abs(svg_strip.across(board, value) - x) for x in drawn) <= HALF_A_TENTH


def test_the_tiles_in_svg_have_every_figure_in_their_own_tile(samples):
    chart = samples["tiles"]
    where, drawn = scales(chart), points_of(svg(chart))
    for panel in chart.panels:
        board = svg_tiles.board_of(chart, panel, where, WIDTH, SIZE)
        for x, (y,) in panel.layers[1].data():
            at = board.across(board.place(x)), board.y(y)
            assert any(abs(at[0] - px) <= HALF_A_TENTH and abs(at[1] - py) <= HALF_A_TENTH for px, py in drawn)


def test_the_words_of_a_strip_are_the_figures_of_its_table(samples):
    assert svg_strip.figures(samples["strip"].rows()[0], samples["strip"]) == "between −10 and +2 points"
    assert svg_strip.figures(samples["strip"].rows()[1], samples["strip"]) == "+3 points"
