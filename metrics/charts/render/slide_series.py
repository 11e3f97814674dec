"""
A chart as the columns of a spreadsheet: one row per position in words, one column per line or kind of mark.

A line may not be joined across a break. Neither may it leave a row empty there, so what follows a break stands in a
second column of the same name and look.
"""

import math
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace

from metrics.charts import style
from metrics.charts.render.scale import locate, month, smallest_step
from metrics.charts.render.slide_sheet import Series, Sheet, Value
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Band, Bars, Interval, Line, Points
from metrics.domain import periods

WITH_POINTS = ("series", "joined")
MOST_DOTS, WRAPPED = 60, 22
LIMITS, RANGE = "Limits", "Could be as low or as high as"
CHOSEN, CROWD = replace(style.LINES["series"], width=3.5), replace(style.LINES["faint"], width=0.6)
FIGURES = replace(style.LINES["beside"], dash=())
"""The figures themselves among limits: darker than on a page, where every one of them has its mark."""


def sheet(chart: Chart) -> Sheet:
    """
    The columns of a chart whose positions are periods or categories.

    Examples
    --------
    >>> from metrics.charts.spec import Axis
    >>> line = Line(((("2023-06", 56.0),), (("2023-07", 57.0),)), "London", columns=("London",))
    >>> said = sheet(Chart("Trust", (line,), Axis("Month", "period"), Axis("", unit="percent"), alt="56%.", source="A survey"))
    >>> said.words, [one.values for one in said.series]
    (('June 2023', 'July 2023'), [(56.0, None), (None, 57.0)])
    """
    positions = tuple(_positions(chart))
    words = tuple(periods.say(at) if chart.x.kind == "period" else textwrap.fill(at, WRAPPED) for at in positions)
    order = {at: row for row, at in enumerate(positions)}
    if chart.panels:
        columns = tuple(_panels(chart, order))
    elif chart.flipped:
        columns = _strip(chart, order)
    else:
        columns = tuple(one for layer in chart.layers for one in _columns(layer, chart, order))
    dated = chart.x.kind == "period" and not any(isinstance(layer, Bars) for layer in chart.layers)
    return Sheet(chart.x.label, words, positions, _with_ends(columns), dated)


def _positions(chart: Chart) -> Iterable[str]:
    """Every position; of periods also those between that were not published, so that time stands evenly."""
    rows = list(dict.fromkeys(row[chart.x.label] for row in chart.rows()))
    if chart.x.kind != "period":
        return rows
    place = locate(chart)
    rows.sort()
    step = int(smallest_step(place(at) for at in rows))
    step = math.gcd(step, *(month(at) - month(rows[0]) for at in rows))
    return periods.span(rows[0], rows[-1])[::step]


def _columns(layer, chart: Chart, order: dict[str, int]) -> Iterator[Series]:
    if isinstance(layer, Line):
        name = layer.columns[0] if layer.columns else layer.label
        dots = _dots(chart, len(order)) if layer.style in WITH_POINTS else None
        look = FIGURES if layer.style == "joined" else style.LINES[layer.style]
        yield from _tracks(name, layer.pieces, 1, order, Series(name, (), look, dots))
    elif isinstance(layer, Band):
        for side, name in enumerate(layer.columns, start=1):
            look = Series(name, (), style.LINES[layer.style], said=LIMITS, again=side == 1)
            yield from _tracks(name, layer.pieces, side, order, look)
    elif isinstance(layer, Interval):
        for side, name in enumerate(layer.columns, start=1):
            cap = style.Mark("dash", style.LINES[layer.style].colour, 9)
            yield Series(name, _placed(((point[0], point[side]) for point in layer.points), order), mark=cap, said=RANGE, again=side == 1)
    elif isinstance(layer, Points) and layer.mark:
        yield Series(layer.mark, _placed(layer.points, order), mark=style.MARKS[layer.style], hollow=layer.hollow)
    elif isinstance(layer, Bars):
        yield Series(layer.columns[0], _placed(layer.points, order))


def _dots(chart: Chart, rows: int) -> style.Mark | None:
    """The marks on a line whose ordinary points have some and leave room for them."""
    plain = (layer for layer in chart.layers if isinstance(layer, Points) and not layer.mark)
    return next((style.MARKS[layer.style] for layer in plain if rows <= MOST_DOTS), None)


def _tracks(name: str, pieces, side: int, order: dict[str, int], look: Series) -> list[Series]:
    """Pieces in as few columns as keep them apart: a piece that follows the one before at once goes into the other column."""
    columns: list[list[Value]] = []
    ends: list[int] = []
    for piece in pieces:
        first = order[piece[0][0]]
        free = next((at for at, end in enumerate(ends) if end < first - 1), None)
        if free is None:
            free = len(columns)
            columns.append([None] * len(order))
            ends.append(-2)
        for point in piece:
            columns[free][order[point[0]]] = point[side]
        ends[free] = order[piece[-1][0]]
    return [replace(look, name=name, values=tuple(column), again=look.again or at > 0) for at, column in enumerate(columns)]


def _placed(points: Iterable[tuple[str, Value]], order: dict[str, int]) -> tuple[Value, ...]:
    column: list[Value] = [None] * len(order)
    for at, value in points:
        column[order[at]] = value
    return tuple(column)


def _strip(chart: Chart, order: dict[str, int]) -> tuple[Series, ...]:
    """The change as bars, and the ends of its range, which are not drawn themselves."""
    (interval,) = (layer for layer in chart.layers if isinstance(layer, Interval))
    (change,) = (layer for layer in chart.layers if isinstance(layer, Line))
    bars = Series(change.columns[0], _placed((point for piece in change.pieces for point in piece), order))
    ends = (
        Series(name, _placed(((point[0], point[side]) for point in interval.points), order), hidden=True)
        for side, name in enumerate(interval.columns, start=1)
    )
    return bars, *ends


def _panels(chart: Chart, order: dict[str, int]) -> Iterator[Series]:
    """A line for each place on the same axes, the chosen one last and thus above all others."""
    chosen = [any(isinstance(layer, Points) and layer.style == "chosen" for layer in panel.layers) for panel in chart.panels]
    for panel, own in sorted(zip(chart.panels, chosen, strict=True), key=lambda pair: pair[1]):
        for line in (layer for layer in panel.layers if isinstance(layer, Line)):
            look = Series(panel.title, (), CHOSEN if own else CROWD, last=own)
            yield from _tracks(panel.title, line.pieces, 1, order, look)


def _with_ends(columns: tuple[Series, ...]) -> tuple[Series, ...]:
    """Tell the estimate, or the bars, where the two ends of its range stand."""
    capped = [at for at, one in enumerate(columns) if one.hidden or (one.mark and one.mark.shape == "dash")]
    if not capped:
        return columns
    own = next(at for at in reversed(range(len(columns))) if at not in capped)
    return tuple(replace(one, ends=(capped[0], capped[1])) if at == own else one for at, one in enumerate(columns))
