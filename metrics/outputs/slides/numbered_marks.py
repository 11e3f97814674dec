"""A chart for a screen across the hall: its dates become numbers, and what they and its marks mean stands in words below it."""

from dataclasses import dataclass, replace

from metrics.charts.render import labels
from metrics.charts.render.scale import scales
from metrics.charts.render.svg import canvas, svg
from metrics.charts.render.svg_marks import text
from metrics.charts.spec import Chart, Line, Note, Points, Rule, Span
from metrics.charts.spec.layers import Layer

LONGEST = 10_000
APART = 0.8
"""How near two numbers may stand, in letter heights."""


@dataclass(frozen=True)
class Marked:
    """A chart without words above its dates and below its axis; `numbers` stand at its dates, `key` says what all of it means."""

    chart: Chart
    numbers: tuple[tuple[str, str], ...]
    key: tuple[str, ...]


def marked(chart: Chart) -> Marked:
    """
    Take the words around a chart out of the picture, and number its dates.

    Examples
    --------
    >>> from metrics.charts.spec import Axis, Line
    >>> line = Line(((("2024-01", 3.0), ("2024-02", 4.0)),), columns=("Brent",))
    >>> one = marked(Chart("T", (line, Rule("2024-02", "New system")), Axis("Month", "period"), Axis("Number"), alt="a", source="s"))
    >>> one.numbers, one.key
    ((('2024-02', '1'),), ('1: New system.',))
    """
    rules = sorted({(layer.x, layer.label) for layer in chart.layers if isinstance(layer, Rule)})
    key = [f"{number}: {label}." for number, (_, label) in enumerate(rules, 1)]
    key += [f"Shaded: {layer.label}." for layer in chart.layers if isinstance(layer, Span)]
    bare = replace(chart, layers=tuple(_bare(layer) for layer in chart.layers if not isinstance(layer, Note)))
    said, left = (" ".join(labels.notes(one, scales(one), LONGEST)) for one in (chart, bare))
    key += filter(None, [said.removesuffix(left).strip()])
    return Marked(bare, tuple((x, str(number)) for number, (x, _) in enumerate(rules, 1)), tuple(key))


def _bare(layer: Layer) -> Layer:
    """A layer without the words that the key holds."""
    if isinstance(layer, Rule | Span) or (isinstance(layer, Line) and layer.style in labels.BELOW):
        return replace(layer, label="")
    return replace(layer, mark="") if isinstance(layer, Points) else layer


def picture(one: Marked, *, width: int, height: int, narrowest: int, key: str) -> str:
    """The chart as inline SVG, its dates numbered; the sizes are those of `metrics.charts.render.svg.svg`."""
    size = {"width": width, "height": height, "narrowest": narrowest}
    drawn = svg(one.chart, **size, key=key)
    if not one.numbers:
        return drawn
    board, last, found = canvas(one.chart, **size), 0.0, ""
    for x, number in one.numbers:
        at = max(board.across(board.place(x) - 0.5), last + APART * board.size)
        found += text(at, board.size, number, anchor="middle")
        last = at
    return drawn.removesuffix("</svg>") + found + "</svg>"
