"""The words of breaks and shaded stretches above a slide's plot, each on lines of its own."""

import textwrap
from dataclasses import dataclass

from metrics.charts import style
from metrics.charts.render.slide_sheet import Sheet, along
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Rule, Span

FEWEST = 12
"""Letters that a line of words has at least."""


@dataclass(frozen=True)
class Sign:
    """Words of a layer in lines, beside a place across the chart in points: to the right of it, or to the left."""

    layer: Rule | Span
    x: float
    lines: tuple[str, ...]
    to_the_right: bool


def signs(chart: Chart, drawn: Sheet | None, left: float, across: float, size: float) -> tuple[Sign, ...]:
    """
    The words of every break and stretch, from top to bottom.

    Those in the left half stand right of their rule, the leftmost on top; those in the right half left of theirs, the
    rightmost on top.

    Parameters
    ----------
    left, across
        Where the plot begins in the chart, and how wide it is, in points.
    size
        Of the letters, in points.
    """
    layers = [layer for layer in chart.layers if isinstance(layer, Rule | Span)]
    at = [(left + across * along(drawn, layer.x if isinstance(layer, Rule) else layer.first), layer) for layer in layers]
    early = sorted((pair for pair in at if pair[0] < left + across / 2), key=lambda pair: pair[0])
    late = sorted((pair for pair in at if pair[0] >= left + across / 2), key=lambda pair: -pair[0])
    found = [Sign(layer, x, _lines(layer.label, left + across - x, size), True) for x, layer in early]
    return (*found, *(Sign(layer, x, _lines(layer.label, x, size), False) for x, layer in late))


def lines_of(found: tuple[Sign, ...]) -> int:
    """How many lines all of them take."""
    return sum(len(sign.lines) for sign in found)


def _lines(words: str, width: float, size: float) -> tuple[str, ...]:
    return tuple(textwrap.wrap(words, max(FEWEST, int(width / (size * style.LETTER)))))
