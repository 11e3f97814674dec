"""Totals of twelve months as bars: the two compared in ink, the others quiet, each with its figure above it and no axis."""

from metrics.charts import style
from metrics.charts.render.canvas import Canvas, words
from metrics.charts.render.frame import NARROWEST, Frame, month
from metrics.charts.render.lettering import width
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Bars
from metrics.narrative import number_format

MONTHS, SHARE = 12, 0.74
RISE = 7
LEAST = 0.006
"""How high the bar of a zero is drawn, as a share of the plot, so that it is not taken for a gap."""


def bars_drawn(layer: Bars, chart: Chart, where: Frame, canvas: Canvas) -> str:
    """The bars of a layer, each ending with its newest month."""
    slot = NARROWEST * (where.fraction(MONTHS) - where.fraction(0))
    figures = {x: _figure(y, chart) for x, y in layer.points}
    large = all(width(figures[x], style.VALUE_LETTERING, bold=True) + 4 < slot for x in layer.compared if x in figures)
    drawn = ""
    for x, y in layer.points:
        compared = x in layer.compared
        size = style.VALUE_LETTERING if compared and large else style.LETTERING
        fits = width(figures[x], size, bold=compared) + 2 < slot or x == max(figures)
        drawn += _bar(x, y, compared, where, canvas) + _words(x, y or 0.0, figures[x], compared, size, fits, where, canvas)
    return drawn


def _figure(value: float | None, chart: Chart) -> str:
    return "none" if value is None else number_format.number(value, chart.y.unit)


def _bar(x: str, value: float | None, compared: bool, where: Frame, canvas: Canvas) -> str:
    if value is None:
        return ""
    wide = SHARE * (where.fraction(MONTHS) - where.fraction(0))
    left, top = _middle(x, where) - wide / 2, min(where.y(value), 1 - LEAST)
    fill = style.BARS["compared" if compared else "series"]
    corners = [(left, 1), (left, top), (left + wide, top), (left + wide, 1)]
    return canvas.curves(canvas.path([corners], f'fill="{fill}"', closed=True))


def _middle(x: str, where: Frame) -> float:
    return where.fraction(month(x) + 1 - MONTHS / 2)


def _words(x: str, value: float, figure: str, compared: bool, size: int, fits: bool, where: Frame, canvas: Canvas) -> str:
    kind = "" if fits else "wide"
    if not canvas.shows(kind):
        return ""
    weight = ' font-weight="700"' if compared else ""
    shown = words(figure, 0, -RISE, f'text-anchor="middle" font-size="{size}" fill="{style.INK}"{weight}')
    return canvas.at(_middle(x, where), min(where.y(value), 1 - LEAST), shown, kind)
