"""
Whether words have room in a plot at every width it can have: clear of lines, marks and other words, and inside its edges.

What is drawn in the plot is kept as segments in fractions; each try is worked out in
pixels for the plots of a phone, half a page and a page.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from metrics.charts.render.frame import HALF, NARROWEST

PLOTS = ((NARROWEST, 240.0), (290.0, 240.0), (HALF, 270.0), (560.0, 270.0), (740.0, 300.0), (1040.0, 300.0))
"""Width and height of the plots that are tried, in pixels."""
CLEAR = 3.0


@dataclass(frozen=True)
class Box:
    """Words in pixels around a place of the plot: from left to right and from top to bottom of it."""

    x: float
    y: float
    left: float
    top: float
    right: float
    bottom: float

    def at(self, plot: tuple[float, float]) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in the pixels of a plot."""
        x, y = self.x * plot[0], self.y * plot[1]
        return x + self.left, y + self.top, x + self.right, y + self.bottom


@dataclass
class Room:
    """What is in a plot already: segments of lines as (x, y, x, y) in fractions, marks as (x, y, pixels), and words."""

    segments: list[tuple[float, float, float, float]] = field(default_factory=list)
    marks: list[tuple[float, float, float]] = field(default_factory=list)
    words: list[Box] = field(default_factory=list)

    def add_runs(self, runs: Iterable[Iterable[tuple[float, float]]]) -> None:
        """Take up room with lines."""
        for run in runs:
            spots = list(run)
            self.segments += [(*before, *after) for before, after in itertools.pairwise(spots)]

    def fits(self, box: Box, plots: tuple[tuple[float, float], ...] = PLOTS) -> bool:
        """Whether the words are clear of everything in every plot."""
        return all(self._clear(box, plot) for plot in plots)

    def _clear(self, box: Box, plot: tuple[float, float]) -> bool:
        own = box.at(plot)
        if own[0] < 0 or own[2] > plot[0] or own[1] < 0 or own[3] > plot[1]:
            return False
        grown = (own[0] - CLEAR, own[1] - CLEAR, own[2] + CLEAR, own[3] + CLEAR)
        lines = ((x1 * plot[0], y1 * plot[1], x2 * plot[0], y2 * plot[1]) for x1, y1, x2, y2 in self._near(grown, plot))
        marks = ((x * plot[0], y * plot[1], radius) for x, y, radius in self.marks)
        return not (
            any(crosses(line, grown) for line in lines)
            or any(_covers(mark, grown) for mark in marks)
            or any(_meet(other.at(plot), grown) for other in self.words)
        )

    def _near(self, box: tuple[float, float, float, float], plot: tuple[float, float]) -> list[tuple[float, float, float, float]]:
        """The segments that are not wholly on one side of a box: a glance that spares most of them the cutting."""
        left, right, top, bottom = box[0] / plot[0], box[2] / plot[0], box[1] / plot[1], box[3] / plot[1]
        return [
            line for line in self.segments
            if max(line[0], line[2]) >= left and min(line[0], line[2]) <= right and max(line[1], line[3]) >= top
            and min(line[1], line[3]) <= bottom
        ]


def crosses(line: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """
    Whether a segment passes through a box, by cutting it at each of its sides.

    Examples
    --------
    >>> crosses((0, 0, 10, 10), (4, 4, 6, 6)), crosses((0, 0, 10, 0), (4, 4, 6, 6))
    (True, False)
    """
    x, y, dx, dy = line[0], line[1], line[2] - line[0], line[3] - line[1]
    enters, leaves = 0.0, 1.0
    for step, low, high, start in ((dx, box[0], box[2], x), (dy, box[1], box[3], y)):
        if step == 0:
            if not low <= start <= high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        enters, leaves = max(enters, near), min(leaves, far)
    return enters <= leaves


def _covers(mark: tuple[float, float, float], box: tuple[float, float, float, float]) -> bool:
    x, y, radius = mark
    return box[0] - radius < x < box[2] + radius and box[1] - radius < y < box[3] + radius


def _meet(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
