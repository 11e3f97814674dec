"""Where the parts of a slide's chart stand: words above, plot, words of both axes, legend; in points of 1/72 inch."""

import math
from dataclasses import dataclass

from metrics.charts import style
from metrics.charts.render import slide_signs
from metrics.charts.render.scale import Scale
from metrics.charts.render.slide_sheet import Sheet
from metrics.charts.render.slide_signs import Sign, signs
from metrics.charts.spec.chart import Chart, Panel
from metrics.charts.spec.layers import Bars, Level, Points

SIZE = 18
"""The letters of a chart on a slide, in points."""
LINE = SIZE * 1.3
LETTER = SIZE * style.LETTER
NARROW = SIZE * 0.53
"""A letter of a name among others, and one of words that have a line for themselves."""
KEY = 46
"""The stroke or mark beside a name in the legend, with the room around both."""
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 48, 60, 72, 96, 120)
LONGEST = len("September 2023")
CATEGORIES = 0.42
"""How much of a strip's width the words of its rows take."""


@dataclass(frozen=True)
class Room:
    """The plot's box in a chart of a width and a height, and how much is left for words above it and names below it."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    legend: float
    signs: tuple[Sign, ...] = ()

    @property
    def plot(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the plot as shares of the chart."""
        across, down = self.width - self.left - self.right, self.height - self.top - self.bottom
        return self.left / self.width, self.top / self.height, across / self.width, down / self.height

    @property
    def across(self) -> float:
        """How wide the plot is."""
        return self.width - self.left - self.right


def room(chart: Chart, drawn: Sheet | None, up: Scale, names: list[str], box: tuple[float, float]) -> Room:
    """
    Leave room for every word.

    Parameters
    ----------
    drawn
        The columns of a chart of periods or categories.
    names
        What the legend names; none where there is none.
    box
        Width and height of the chart.
    """
    width, height = box
    legend = LINE * lines_of(names, width) if names else 0.0
    if chart.flipped:
        return Room(width, height, CATEGORIES * width, 6, 2 * LETTER, 2.4 * LINE + legend, legend)
    left, right = max(len(words) for _, words in up.ticks) * LETTER + 12, 20 + named_at_end(chart)
    said = signs(chart, drawn, left, width - left - right, SIZE)
    unit = unit_lines(chart, up, width)
    beside = bool(said) and said[0].to_the_right and said[0].x > len(unit[-1]) * LETTER
    top = LINE * (len(unit) + slide_signs.lines_of(said) - beside) + 10
    titled = chart.x.kind != "period" or chart.x.label != "Month"
    below = LINE * (2.3 if titled else 1.3) + (LINE if few(chart) else 0)
    return Room(width, height, left, top, right, below + legend, legend, said)


def named_at_end(chart: Chart) -> float:
    """Room beside the plot for the name of the one place that is pointed out among many, and for half a level's own."""
    levels = [len(layer.label) / 2 for layer in chart.layers if isinstance(layer, Level)]
    return LETTER * max([len(panel.title) for panel in chart.panels if chosen(panel)] + levels, default=0)


def chosen(panel: Panel) -> bool:
    """Whether a panel's place is the one pointed out."""
    return any(isinstance(layer, Points) and layer.style == "chosen" for layer in panel.layers)


def few(chart: Chart) -> bool:
    """Whether the words under bars may stand in two lines: month above year."""
    return any(isinstance(layer, Bars) for layer in chart.layers) and len(chart.rows()) <= style.FEW_BARS


def lines_of(names: list[str], width: float) -> int:
    """How many rows a legend of these names takes: as many columns as the longest name allows."""
    widest = max(len(name) for name in names) * NARROW + KEY
    return math.ceil(len(names) / max(1, int(width // widest)))


def unit_lines(chart: Chart, up: Scale, width: float) -> list[str]:
    """What the values are, above their axis, in lines that fit: the unit, a warning if the scale does not start at zero."""
    words = [chart.y.label]
    if up.ticks[0][0] > 0 and not chart.flipped:
        words.append("The scale does not start at zero.")
    if any(chosen(panel) for panel in chart.panels):
        words.append("Grey: every other place.")
    together = ". ".join(words)
    return [together] if len(together) * LETTER <= width else words


def every(months: int, across: float) -> int:
    """
    Between how many months one is named on an axis so wide, so that names neither meet nor stick out at its end.

    Examples
    --------
    >>> every(90, 480), every(24, 480)
    (36, 12)
    """
    wide = LETTER * LONGEST
    return next(
        (step for step in MONTH_STEPS if step / months * across > wide and (months - 1) // step * step / months < 1 - wide / 3 / across),
        months,
    )
