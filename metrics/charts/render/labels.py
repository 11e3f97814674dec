"""Where words stand in a chart: at the end of their line, clear of the figures, or above the date they name."""

import textwrap
from dataclasses import dataclass, replace

from metrics.charts import style
from metrics.charts.render.scale import Scales
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import DATA, Band, Level, Line, Note, Points, Rule, Span

HEADING_WIDTH = 24
NOTE_WIDTH = 38
BELOW = ("centre", "ghost")
REACH = 0.45
NARROW_LETTER = 0.025
NARROW_LINE = 0.13
FURTHEST = 6


@dataclass(frozen=True)
class Spot:
    """Words beside a line: where they end (or begin), how many lines above or below that value, and their colour."""

    x: float
    y: float
    text: str
    above: bool
    colour: str = style.TEXT
    at_end: bool = True
    step: int = 0
    leader: bool = False
    may_be_left_out: bool = False


@dataclass(frozen=True)
class Heading:
    """Words above the plot at a date, in lines that fit a narrow screen."""

    x: float
    lines: tuple[str, ...]
    at_start: bool


def spots(chart: Chart, scales: Scales) -> list[Spot]:
    """The label of each labelled line, level and limit, clear of the figures near it."""
    found = []
    for layer in chart.layers:
        if isinstance(layer, Level):
            found.append(Spot(scales.across.high, layer.y, layer.label, True, style.MUTED))
        elif isinstance(layer, Band):
            found += _band_spots(layer, scales)
    return _apart(_name_spots(chart, scales) + found + _line_spots(chart, scales), scales)


def headings(chart: Chart, scales: Scales) -> list[Heading]:
    """The label of each break and each shaded stretch, from left to right."""
    found = []
    for layer in chart.layers:
        if isinstance(layer, Rule | Span):
            at = scales.place(layer.x if isinstance(layer, Rule) else layer.first) - 0.5
            lines = tuple(textwrap.wrap(layer.label, HEADING_WIDTH))
            found.append(Heading(at, lines, scales.across.fraction(at) < 0.5))
    return sorted(found, key=lambda heading: heading.x)


def notes(chart: Chart, scales: Scales, letters: int = NOTE_WIDTH) -> list[str]:
    """The words under the chart, in lines of so many letters: what has no room beside its line, and what to beware of."""
    found = [layer.text for layer in chart.layers if isinstance(layer, Note)]
    found += [f"{style.LINES[line.style].word.capitalize()}: {line.label}." for line in _lines(chart) if line.style in BELOW]
    marks = [layer for layer in chart.layers if isinstance(layer, Points) and layer.mark]
    words = ["hollow" if layer.hollow else style.MARKS[layer.style].word for layer in marks]
    found += dict.fromkeys(f"{word.capitalize()}: {layer.mark}." for word, layer in zip(words, marks, strict=True))
    if scales.up.low > 0 and not chart.flipped:
        found.append("The scale does not start at zero.")
    return textwrap.wrap(" ".join(found), letters)


def _band_spots(band: Band, scales: Scales) -> list[Spot]:
    x, lower, upper = band.pieces[-1][-1]
    colour = style.LINES[band.style].label
    found = []
    if upper is not None:
        found.append(Spot(scales.place(x), upper, band.label[0], True, colour))
    if lower is not None and lower > scales.up.low:
        found.append(Spot(scales.place(x), lower, band.label[1], False, colour))
    return [spot for spot in found if spot.text]


def _line_spots(chart: Chart, scales: Scales) -> list[Spot]:
    ends = [(line, _last(line)) for line in _lines(chart) if line.style not in BELOW]
    order = [line for line, end in sorted((pair for pair in ends if pair[1]), key=lambda pair: -pair[1][1])]
    found, values = [], _near_the_end(chart, scales) or [end[1] for _, end in ends if end]
    for rank, line in enumerate(order):
        stroke = style.LINES[line.style]
        words = f"{line.label} ({stroke.word})" if stroke.word else line.label
        found.append(Spot(scales.across.high, max(values) if rank == 0 else min(values), words, rank == 0, stroke.label))
    return found


def _lines(chart: Chart) -> list[Line]:
    return [layer for layer in chart.layers if isinstance(layer, Line) and layer.label]


def _name_spots(chart: Chart, scales: Scales) -> list[Spot]:
    across = scales.across
    found = []
    for layer in sorted(chart.layers, key=lambda layer: getattr(layer, "named", "") != "always"):
        if isinstance(layer, Points) and layer.named:
            for name, (x, y) in zip(layer.names, layer.points, strict=True):
                if y is not None:
                    at_end = across.fraction(x) > 0.5
                    above = layer.style != "low" or scales.up.fraction(y) < 2 * NARROW_LINE
                    found.append(Spot(float(x), y, name, above, style.TEXT, at_end, leader=True, may_be_left_out=layer.named != "always"))
    return found


def _apart(found: list[Spot], scales: Scales) -> list[Spot]:
    """
    Move words a line out, to their own side first, until on a narrow screen they are in the plot and cover no others.

    The name of a point that fits nowhere is left to the table.
    """
    placed: list[Spot] = []
    for spot in found:
        tries = (replace(spot, step=step, above=spot.above == own) for step in range(FURTHEST) for own in (True, False))
        fits = (tried for tried in tries if _inside(tried, scales) and not any(_overlap(tried, other, scales) for other in placed))
        fitted = next(fits, None if spot.may_be_left_out else spot)
        placed += [fitted] if fitted else []
    return placed


def _inside(spot: Spot, scales: Scales) -> bool:
    left, right, height = _box(spot, scales)
    return left > -0.1 and right < 1.1 and NARROW_LINE * 0.4 <= height <= 1 - NARROW_LINE * 0.4


def _overlap(one: Spot, other: Spot, scales: Scales) -> bool:
    (left, right, height), (other_left, other_right, other_height) = _box(one, scales), _box(other, scales)
    return left < other_right and other_left < right and abs(height - other_height) < NARROW_LINE


def _box(spot: Spot, scales: Scales) -> tuple[float, float, float]:
    at, width = scales.across.fraction(spot.x), len(spot.text) * NARROW_LETTER
    out = (spot.step + 0.5) * NARROW_LINE
    height = scales.up.fraction(spot.y) + (out if spot.above else -out)
    return (at - width, at, height) if spot.at_end else (at, at + width, height)


def _last(line: Line) -> tuple | None:
    known = [(x, y) for x, (y,) in line.data() if y is not None]
    return known[-1] if known else None


def _near_the_end(chart: Chart, scales: Scales) -> list[float]:
    found = []
    for layer in chart.layers:
        if isinstance(layer, DATA):
            for x, values in layer.data():
                if scales.across.fraction(scales.place(x)) > 1 - REACH:
                    found += [y for y in values if y is not None]
    return found
