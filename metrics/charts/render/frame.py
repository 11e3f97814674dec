"""
Where figures stand in a plot: from the first month to the end of the last one, and from the foot to just above the highest mark.

Everything is a fraction, from the left and from the top. A month takes up its own width, and its figure stands in the middle of it,
so that a change of recording stands before its first month and a meeting on its day.

Every small picture on a page shares one clock: the same months at the same place in every row, so that a meeting is one line down.
"""

import functools
import math
from dataclasses import dataclass
from datetime import date

from metrics.charts.render.canvas import width
from metrics.charts.spec.chart import OWN, Chart
from metrics.charts.spec.layers import Bars, Figures, Interval, Level, Line
from metrics.domain import periods
from metrics.narrative import number_format

ORIGIN = "2000-01"
HEADROOM = 0.06
"""What stays free above the highest mark, as a share of the axis."""
MOST_TICKS = 4
SHARE_STEP = 20
NARROWEST, HALF = 204.0, 380.0
"""The narrowest plot of a phone and of half a page, in pixels."""
YEAR_WIDTH = 38.0
"""What the label of a year needs, in pixels, with the room around it."""
YEAR_STEPS = (1, 2, 4, 5, 10, 20, 50)


@dataclass(frozen=True)
class Tick:
    """A place on an axis and its words; `narrow` where they have room on a phone too."""

    at: float
    words: str
    narrow: bool = True


@dataclass(frozen=True)
class Frame:
    """The extent of a plot in months (or numbers) and values, and the few places named along its edges."""

    left: float
    right: float
    low: float
    high: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    dated: bool = True

    def x(self, position: str | float) -> float:
        """How far from the left a period's middle, or a number, stands."""
        return self.fraction(month(position) + 0.5 if self.dated else float(position))

    def start(self, period: str) -> float:
        """How far from the left a period begins."""
        return self.fraction(month(period))

    def day(self, day: date) -> float:
        """How far from the left a day stands."""
        when = f"{day:%Y-%m}"
        return self.fraction(month(when) + (day.day - 1) / periods.days(when))

    def y(self, value: float) -> float:
        """How far from the top a value stands."""
        return (self.high - value) / (self.high - self.low)

    def fraction(self, at: float) -> float:
        """How far from the left a place in months or numbers stands."""
        return (at - self.left) / (self.right - self.left)

    def at(self, fraction: float) -> float:
        """The place in months or numbers that stands so far from the left."""
        return self.left + fraction * (self.right - self.left)


def frame(chart: Chart) -> Frame:
    """The frame of a chart whose positions run from left to right."""
    low, high, up = _values(chart)
    if chart.x.kind == "period":
        left, right = _months(chart)
        across = _bar_years(chart) if any(isinstance(layer, Bars) for layer in chart.layers) else years(left, right)
        return Frame(left, right, low, high, tuple(across), tuple(up))
    left, right, across = _numbers(chart)
    return Frame(left, right, low, high, tuple(across), tuple(up), dated=False)


@functools.cache
def month(period: str) -> int:
    """Months since January 2000."""
    return periods.between(ORIGIN, period)


def years(left: float, right: float) -> list[Tick]:
    """
    January of each year where every label has room, on a phone and on half a page; the first and last month of less than two years.

    >>> [(tick.words, tick.narrow) for tick in years(month("2018-01"), month("2026-07"))[:4]]
    [('2018', True), ('2019', False), ('2020', True), ('2021', False)]
    """
    januaries = [at for at in range(math.ceil(left), math.floor(right) + 1) if at % 12 == 0]
    if len(januaries) < 2:
        ends = (math.ceil(left), math.floor(right) - 1)
        return [Tick(at + 0.5, periods.say_short(periods.shift(ORIGIN, at))) for at in dict.fromkeys(ends)]
    wide, narrow = (_year_step(right - left, plot) for plot in (HALF, NARROWEST))
    named = [2000 + at // 12 for at in januaries]
    narrow = narrow if narrow % wide == 0 else narrow * wide
    return [Tick((year - 2000) * 12, str(year), year % narrow == 0) for year in named if year % wide == 0]


def number_ticks(low: float, high: float, unit: str, most: int = MOST_TICKS) -> list[Tick]:
    """
    At most so many round numbers above the foot, and the foot itself where it is one.

    >>> [tick.words for tick in number_ticks(0, 339, "count")]
    ['0', '100', '200', '300']
    """
    rough = (high - low) / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * (1 - 1e-9) and (factor != 2.5 or size >= 10))
    step = max(step, 1.0) if unit == "count" and high - low >= 1 else step
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [Tick(index * step, number_format.tick(index * step, unit, step)) for index in range(first, last + 1)]


def _months(chart: Chart) -> tuple[float, float]:
    stands = [month(x) for layer in chart.drawn if isinstance(layer, Figures) for x, _ in layer.data()]
    if not stands:
        raise ValueError(f"{chart.title}: no figure to draw")
    back = 11 if any(isinstance(layer, Bars) for layer in chart.layers) else 0
    return min(stands) - back, max(stands) + 1


def _values(chart: Chart) -> tuple[float, float, list[Tick]]:
    values = [y for layer in chart.drawn if isinstance(layer, Figures) for _, cells in layer.data() for y in cells if y is not None]
    values += [layer.y for layer in chart.drawn if isinstance(layer, Level)]
    if not values:
        raise ValueError(f"{chart.title}: nothing is published, so there is nothing to draw")
    low, high = min(values), max(values)
    if chart.y.unit == "percent" and chart.x.kind == "period" and low >= 0 and high <= 100:
        return _shares(high)
    if chart.y.from_zero and low >= 0:
        high = high / (1 - HEADROOM) if high > 0 else 1.0
        return 0.0, high, number_ticks(0.0, high, chart.y.unit)
    room = (high - low) or abs(high) or 1.0
    low, high = low - HEADROOM * 1.5 * room, high + HEADROOM * room
    return low, high, number_ticks(low, high, chart.y.unit)


def _shares(highest: float) -> tuple[float, float, list[Tick]]:
    """Shares stand from zero to the next fifth above the highest bar."""
    top = min(100, SHARE_STEP * max(1, math.ceil(highest / SHARE_STEP)))
    step = {20: 5, 40: 10, 60: 20, 80: 20, 100: 25}[top]
    return 0.0, float(top), [Tick(at, f"{at}%") for at in range(0, top + 1, step)]


def _numbers(chart: Chart) -> tuple[float, float, list[Tick]]:
    stands = [float(x) for layer in chart.layers if isinstance(layer, Figures) for x, _ in layer.data()]
    if not stands:
        raise ValueError(f"{chart.title}: no figure to draw")
    room = (max(stands) - min(stands)) * 0.04 or 1.0
    left, right = min(stands) - room, max(stands) + room
    return left, right, number_ticks(left, right, chart.x.unit, 3)


def _bar_years(chart: Chart) -> list[Tick]:
    bars = [layer for layer in chart.layers if isinstance(layer, Bars)]
    stands = sorted({x for layer in bars for x, _ in layer.points}, reverse=True)
    slot = NARROWEST / max(1, (month(stands[0]) - month(stands[-1])) / 12 + 1)
    every = math.ceil((width("2026") + 6) / slot)
    return [Tick(month(x) - 5, x[:4], index % every == 0) for index, x in enumerate(stands)][::-1]


def _year_step(months: float, plot: float) -> int:
    return next(step for step in YEAR_STEPS if months / 12 / step * YEAR_WIDTH <= plot or step == YEAR_STEPS[-1])


def newest(chart: Chart) -> tuple[Line | Bars | None, str, float | None]:
    """The line or bars that the chart is about, and their newest period and figure; none where the chart has none of its own."""
    own = [layer for layer in chart.layers if isinstance(layer, Line | Bars) and layer.columns and getattr(layer, "style", "") in OWN]
    known = [(x, y, layer) for layer in own for x, (y,) in layer.data() if y is not None]
    if not known:
        return None, "", None
    x, y, layer = max(known, key=lambda each: each[0])
    return layer, x, y


def compared(chart: Chart) -> list[tuple[str, float, float]]:
    """The figures set against each other with the range that chance allows: period, low, high."""
    bars = [layer for layer in chart.layers if isinstance(layer, Interval) and layer.style == "compared"]
    return [(x, low, high) for layer in bars for x, low, high in layer.points if None not in (low, high)]


INSET = 0.025
"""What stays free at either end, as a share of the width, so that the newest dot is whole."""


@dataclass(frozen=True)
class Clock:
    """
    From the first month to the last, both whole; `meeting` is the day that everything is followed from.

    >>> clock = Clock("2018-01", "2026-06", date(2023, 8, 7))
    >>> round(clock.across("2018-01"), 3), round(clock.across("2026-06"), 3), round(clock.across(clock.meeting), 3)
    (0.03, 0.97, 0.651)
    """

    first: str
    last: str
    meeting: date | None = None

    def across(self, when: str | date) -> float:
        """How far across the picture the middle of a month, or a day, stands: 0 at the left edge, 1 at the right."""
        if isinstance(when, date):
            month = f"{when:%Y-%m}"
            part = (when.day - 1) / periods.days(month)
        else:
            month, part = when, 0.5
        whole = periods.between(self.first, self.last) + 1
        return INSET + (1 - 2 * INSET) * (periods.between(self.first, month) + part) / whole

    def has(self, period: str) -> bool:
        """Whether a month is on the clock."""
        return self.first <= period <= self.last

    @property
    def month(self) -> float:
        """How wide a month is."""
        return (1 - 2 * INSET) / (periods.between(self.first, self.last) + 1)
