"""Where words stand in a chart: at the end of their line, clear of the figures, or above the date they name."""

import textwrap
from dataclasses import dataclass

from metrics import style
from metrics.charts.chart import DATA, Band, Chart, Level, Line, Note, Points, Rule, Span
from metrics.drawing.scale import along, locate, starts_above_zero, up

HEADING_WIDTH = 24
REACH = 0.45


@dataclass(frozen=True)
class Spot:
    """Words beside a line: where they end (or begin), whether above or below that value, and their colour."""

    x: float
    y: float
    text: str
    above: bool
    colour: str = style.TEXT
    at_end: bool = True


@dataclass(frozen=True)
class Heading:
    """Words above the plot at a date, in lines that fit a narrow screen."""

    x: float
    lines: tuple[str, ...]
    at_start: bool


def spots(chart: Chart) -> list[Spot]:
    """The label of each labelled line, level and limit, clear of the figures near it."""
    place, across = locate(chart), along(chart)
    found = []
    for layer in chart.layers:
        if isinstance(layer, Level):
            found.append(Spot(across.high, layer.y, layer.label, True, style.MUTED))
        elif isinstance(layer, Band):
            found += _band_spots(layer, place, up(chart).low)
        elif isinstance(layer, Line) and layer.label and layer.style == "centre":
            x, y = layer.pieces[-1][-1]
            found.append(Spot(place(x), y, layer.label, True, style.LINES["centre"].label))
    return found + _line_spots(chart) + _name_spots(chart)


def headings(chart: Chart) -> list[Heading]:
    """The label of each break and each shaded stretch, from left to right."""
    place, across = locate(chart), along(chart)
    found = []
    for layer in chart.layers:
        if isinstance(layer, Rule | Span):
            at = place(layer.x if isinstance(layer, Rule) else layer.first) - 0.5
            lines = tuple(textwrap.wrap(layer.label, HEADING_WIDTH))
            found.append(Heading(at, lines, across.fraction(at) < 0.5))
    return sorted(found, key=lambda heading: heading.x)


def notes(chart: Chart) -> list[str]:
    """The lines of words under the chart."""
    found = [layer.text for layer in chart.layers if isinstance(layer, Note)]
    hollow = any(isinstance(layer, Points) and layer.hollow for layer in chart.layers)
    if hollow:
        found.append("Hollow: provisional.")
    if starts_above_zero(chart) and not chart.panels:
        found.append("The scale does not start at zero.")
    return found


def _band_spots(band: Band, place, bottom: float) -> list[Spot]:
    x, lower, upper = band.pieces[-1][-1]
    colour = style.LINES[band.style].label
    found = []
    if upper is not None:
        found.append(Spot(place(x), upper, band.label[0], True, colour))
    if lower is not None and lower > bottom:
        found.append(Spot(place(x), lower, band.label[1], False, colour))
    return [spot for spot in found if spot.text]


def _line_spots(chart: Chart) -> list[Spot]:
    lines = [layer for layer in chart.layers if isinstance(layer, Line) and layer.label and layer.style != "centre"]
    ends = {line: _last(line) for line in lines if _last(line)}
    order = sorted(ends, key=lambda line: -ends[line][1])
    found = []
    for rank, line in enumerate(order):
        at_end = line.style != "ghost"
        values = _near(chart, at_end)
        above = rank == 0 or not at_end
        stroke = style.LINES[line.style]
        words = f"{line.label} ({stroke.word})" if stroke.word else line.label
        across = along(chart)
        y = max(values) if above else min(values)
        found.append(Spot(across.high if at_end else across.low, y, words, above, stroke.label, at_end))
    return found


def _name_spots(chart: Chart) -> list[Spot]:
    across = along(chart)
    found = []
    for layer in chart.layers:
        if isinstance(layer, Points) and layer.named:
            for name, (x, y) in zip(layer.names, layer.points, strict=True):
                if y is not None:
                    at_end = across.fraction(x) > 0.5
                    found.append(Spot(float(x), y, name, layer.style != "low", style.TEXT, at_end))
    return found


def _last(line: Line) -> tuple | None:
    known = [(x, y) for x, (y,) in line.data() if y is not None]
    return known[-1] if known else None


def _near(chart: Chart, at_end: bool) -> list[float]:
    place, across = locate(chart), along(chart)
    found = []
    for layer in chart.layers:
        if isinstance(layer, DATA):
            for x, values in layer.data():
                share = across.fraction(place(x))
                if (share > 1 - REACH) if at_end else (share < REACH):
                    found += [y for y in values if y is not None]
    return found
