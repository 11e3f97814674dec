"""Where figures stand: the extent of each axis and its few ticks, the same in every drawing."""

import functools
import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import DATA, Band, Bars, Level, Line
from metrics.domain import periods
from metrics.narrative import number_format

ORIGIN = "2000-01"
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
MOST_TICKS = 5
MOST_WIDE_TICKS = 3
WORDS_ROOM = 0.1


@dataclass(frozen=True)
class Scale:
    """An axis from low to high with its ticks, each a place and its words."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def fraction(self, at: float) -> float:
        """How far along the axis: 0 at low, 1 at high."""
        return (at - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Scales:
    """Both axes of a chart, and what turns one of its positions into a number along the first."""

    place: Callable[[str | float], float]
    across: Scale
    up: Scale


def scales(chart: Chart) -> Scales:
    """
    Where everything in the chart stands.

    Raises
    ------
    ValueError
        Nothing in the chart is published.
    """
    place = locate(chart)
    return Scales(place, along(chart, place), up(chart))


@functools.cache
def month(period: str) -> int:
    """
    Months since January 2000, so that periods stand evenly.

    Examples
    --------
    >>> month("2001-02")
    13
    """
    return periods.between(ORIGIN, period)


def locate(chart: Chart) -> Callable[[str | float], float]:
    """What turns a position of the chart into a number along its axis: months, the number itself, or the row."""
    if chart.x.kind == "period":
        return month
    if chart.x.kind == "number":
        return float
    order = {name: index for index, name in enumerate(categories(chart))}
    return lambda name: float(order[name])


def categories(chart: Chart) -> list[str]:
    """The categories in the order to be read."""
    return list(dict.fromkeys(row[chart.x.label] for row in chart.rows()))


def along(chart: Chart, place: Callable[[str | float], float]) -> Scale:
    """
    The axis of positions.

    Raises
    ------
    ValueError
        The chart has no figure to draw.
    """
    if chart.x.kind == "category":
        rows = categories(chart)
        return Scale(-0.5, len(rows) - 0.5, tuple((float(index), name) for index, name in enumerate(rows)))
    stands = sorted({place(x) for layer in chart.drawn if isinstance(layer, DATA) for x, _ in layer.data()})
    if not stands:
        raise ValueError(f"{chart.title}: no figure to draw")
    if chart.x.kind == "number":
        return Scale(stands[0], stands[-1], _number_ticks(stands[0], stands[-1], chart.x.unit, MOST_WIDE_TICKS))
    if any(isinstance(layer, Bars) for layer in chart.layers):
        return _bar_scale(stands)
    pad = max(0.5, (stands[-1] - stands[0]) / 100)
    return Scale(stands[0] - pad, stands[-1] + pad, _month_ticks(int(stands[0]), int(stands[-1])))


def up(chart: Chart) -> Scale:
    """
    The axis of values, with room above the highest for words.

    Raises
    ------
    ValueError
        Nothing in the chart is published.
    """
    low, high = _value_range(chart)
    room = (high - low) * 0.12 or abs(high) * 0.12 or 1.0
    worded = any(getattr(layer, "label", "") and isinstance(layer, Line | Band | Level) for layer in chart.layers)
    words = WORDS_ROOM * (high - low) if worded and not chart.flipped else 0.0
    bottom = low - room - words
    if low >= 0:
        bottom = 0.0 if chart.y.from_zero else max(bottom, 0.0)
    top = high + room + (WORDS_ROOM * (high - bottom) if words else 0.0)
    ticks = _number_ticks(bottom, top, chart.y.unit)
    if chart.y.unit == "percent" and high <= 100:
        ticks = tuple(tick for tick in ticks if tick[0] <= 100)
    return Scale(bottom, top, ticks)


def smallest_step(stands: Iterable[float]) -> float:
    """
    How far apart bars stand: the smallest step between two of them, a year where there is one.

    Examples
    --------
    >>> smallest_step([36.0, 12.0, 24.0]), smallest_step([5.0])
    (12.0, 12.0)
    """
    return min((after - before for before, after in itertools.pairwise(sorted(stands))), default=12.0)


def _value_range(chart: Chart) -> tuple[float, float]:
    found = [y for layer in chart.drawn if isinstance(layer, DATA) for _, values in layer.data() for y in values if y is not None]
    found += [layer.y for layer in chart.drawn if isinstance(layer, Level)]
    if not found:
        raise ValueError(f"{chart.title}: nothing is published, so there is nothing to draw")
    return min(found), max(found)


def _number_ticks(low: float, high: float, unit: str, most: int = MOST_TICKS) -> tuple[tuple[float, str], ...]:
    if high <= low:
        return ((low, number_format.tick(low, unit, 1)),)
    rough = (high - low) / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * (1 - 1e-9))
    step = max(step, 1.0) if unit == "count" and high - low >= 1 else step
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple((index * step, number_format.tick(index * step, unit, step)) for index in range(first, last + 1))


def _month_ticks(first: int, last: int) -> tuple[tuple[float, str], ...]:
    for step in MONTH_STEPS:
        most = MOST_TICKS if step >= 12 else MOST_WIDE_TICKS
        anchor = last - last % min(step, 12)
        marks = list(range(anchor, first - 1, -step))[::-1]
        if len(marks) <= most:
            break
    yearly = step >= 12
    return tuple((float(at), _say_month(at, yearly)) for at in marks)


def _bar_scale(stands: list[float]) -> Scale:
    half = smallest_step(stands) / 2
    every = -(-len(stands) // MOST_WIDE_TICKS)
    marks = stands[::-1][::every][::-1]
    return Scale(stands[0] - half, stands[-1] + half, tuple((at, _say_month(int(at), False)) for at in marks))


def _say_month(at: int, year_only: bool) -> str:
    words = periods.say(periods.shift(ORIGIN, at))
    return words[-4:] if year_only else f"{words[:3]} {words[-4:]}"
