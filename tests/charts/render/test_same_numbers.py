"""Every drawing of a chart carries the same numbers, read back from what it wrote."""

import csv
from html.parser import HTMLParser

import pytest

from metrics.charts.render.plotly_figure import figure
from metrics.charts.render.table import csv_text, table
from metrics.charts.spec import Band, Bars, Interval, Line, Points
from metrics.charts.spec.layers import Figures
from metrics.domain import periods
from metrics.narrative import number_format

PREAMBLE = {"Source": "Made up", "Area": "Brent", "Period": "2019 to 2024", "As at": "1 July 2024", "Licence": "OGL"}


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
    return [(x, y) for layer in chart.drawn if isinstance(layer, Figures) for x, values in layer.data() for y in values if y is not None]


def test_the_table_says_every_figure_in_words(chart):
    kinds, rows = chart.columns(), chart.rows()
    head, *body = Cells(table(chart, "A caption")).rows
    assert head == list(kinds)
    for cells, row in zip(body, rows, strict=True):
        for cell, (name, kind) in zip(cells, kinds.items(), strict=True):
            expected = row[name] if kind == "text" else periods.say(row[name]) if kind == "period" else None
            assert cell == (expected if expected is not None else number_format.number(row[name], kind, signed=chart.signed))


def test_the_csv_has_every_figure_to_three_decimals(chart):
    lines = [line for line in csv_text(chart, PREAMBLE).splitlines() if not line.startswith('"#')]
    for read, row in zip(csv.DictReader(lines), chart.rows(), strict=True):
        for name, kind in chart.columns().items():
            figure_in = kind not in ("text", "period")
            wanted = round(row[name], 3) if figure_in and row[name] is not None else row[name]
            assert (float(read[name]) if figure_in and read[name] else read[name]) == ("" if wanted is None else wanted)


def test_every_figure_drawn_is_in_the_table(chart):
    figures = {value for row in chart.rows() for value in row.values() if isinstance(value, float)}
    columned = [layer for layer in chart.drawn if isinstance(layer, Line | Points | Interval | Bars | Band)]
    limits = {y for layer in columned if isinstance(layer, Line) and layer.style == "limit" for _, (y,) in layer.data()}
    assert {y for _, y in figures_of(chart)} - limits <= figures


@pytest.mark.parametrize("kind", ["over", "limits", "survey", "bars", "funnel"])
def test_the_plotly_figure_has_every_figure_at_its_place(samples, kind):
    drawn = set()
    for trace in figure(samples[kind])["data"]:
        drawn |= set(zip(trace["x"], trace["y"], strict=True))
    assert set(figures_of(samples[kind])) <= drawn
