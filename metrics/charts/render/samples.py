"""The key line of a chart: a drawn sample of each kind of line and mark, and what it is; nothing that a label in the chart says."""

from html import escape
from typing import assert_never

from metrics.charts import style
from metrics.charts.render.canvas import mark, stroke
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Band, Bars, Interval, Layer, Level, Line, Meeting, Note, Points, Rule, Span
from metrics.domain import periods

WIDTH, HEIGHT = 22, 12
SIGNALS = {
    "improvement": "unusual, for the better",
    "concern": "unusual, for the worse",
    "high": "unusual, upwards",
    "low": "unusual, downwards",
}
OWN = {"Month": "each month", "12 months to": "12 months to each quarter", "Quarter to": "each quarter"}


def samples(chart: Chart, *, bracketed: bool = True) -> str:
    """The key line as a list; `bracketed` is whether the chart itself names its bracket."""
    items = "".join(f"<li>{_picture(inner)}{escape(words)}</li>" for inner, words in rows(chart, bracketed=bracketed))
    return f'<ul class="samples">{items}</ul>' if items else ""


def rows(chart: Chart, *, bracketed: bool = True) -> list[tuple[str, str]]:
    """The same as drawings and words, for what is no page: each drawing stands in a box of 22 by 12 pixels."""
    all_rows = [(_rank(layer), row) for layer in chart.layers for row in _samples(layer, chart, bracketed)]
    ordered = [row for _, row in sorted(all_rows, key=lambda ranked: ranked[0])]
    return list(dict.fromkeys(ordered + [("", words) for words in _notes(chart)]))


def _rank(layer: Layer) -> int:
    """The chart's own line first, then what stands out on it, then the range behind it, then the rest."""
    own = getattr(layer, "style", "") in ("series", "joined", "faint", "compared")
    return 0 if own else 1 if isinstance(layer, Points) else 2 if isinstance(layer, Band) else 3


def _picture(inner: str) -> str:
    return f'<svg width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">{inner}</svg>' if inner else ""


def _samples(layer: Layer, chart: Chart, bracketed: bool) -> list[tuple[str, str]]:
    match layer:
        case Line():
            return _line(layer, chart)
        case Points():
            return _points(layer, chart)
        case Band():
            return [(_box(style.BAND, style.EDGE), _range_words(chart))] if layer.pieces else []
        case Interval():
            return []
        case Bars():
            return _bars(layer)
        case Span():
            return [] if bracketed else [(f'<path d="M2 3v5h18v-5" fill="none" stroke="{style.MUTED}"/>', layer.label)]
        case Level():
            return [(_drawn("path"), layer.label)] if layer.style == "path" else []
        case Rule() | Meeting() | Note():
            return []
        case _:
            assert_never(layer)


def _line(layer: Line, chart: Chart) -> list[tuple[str, str]]:
    match layer.style:
        case "series" | "joined" | "faint":
            return [(_drawn(layer.style), OWN.get(chart.x.label, chart.x.label.lower()))]
        case "ghost" | "beside" | "path":
            return [(_drawn(layer.style), layer.label)]
        case "provisional":
            return [(_drawn("provisional") + _middle(mark("series", 4, hollow=True)), "may still change")]
        case "limit":
            return [(_drawn("limit"), "range to expect for its size")]
        case _:
            return []


def _points(layer: Points, chart: Chart) -> list[tuple[str, str]]:
    if layer.names:
        pointed_out = [(_middle(mark(layer.style, 5)), layer.names[0])] if layer.named == "always" else []
        return pointed_out + ([(_middle(mark(layer.style, 4.5)), layer.mark)] if layer.mark else [])
    if layer.style == "compared":
        bar = f'<path d="M11 0v12" {stroke("compared")}/>'
        return [(bar + _middle(mark("compared", 4)), "the two figures compared, and how far chance could move each")]
    if layer.style in SIGNALS and not any(isinstance(other, Interval) for other in chart.layers):
        return [(_drawn(layer.style) + _middle(mark(layer.style, 3.4 if layer.style == "improvement" else 4.6)), SIGNALS[layer.style])]
    return []


def _bars(layer: Bars) -> list[tuple[str, str]]:
    periods_held = sorted(x for x, _ in layer.points)
    ends = periods.say(periods_held[-1]).split()[0]
    compared = [(_box(style.BARS["compared"], "none"), "the two years compared")] if len(layer.compared) > 1 else []
    return [*compared, ("", f"Years to {ends}")]


def _range_words(chart: Chart) -> str:
    """A usual level that moves within a year is that of the time of year."""
    lines = [layer for layer in chart.layers if isinstance(layer, Line) and layer.style == "centre"]
    seasonal = any(len({y for _, y in piece}) > 1 for line in lines for piece in line.pieces)
    return "usual range for the time of year" if seasonal else "usual range"


def _notes(chart: Chart) -> list[str]:
    notes = [layer.text for layer in chart.layers if isinstance(layer, Note)]
    if chart.x.kind == "number":
        notes.append(f"Across: {chart.x.label.lower()}. Up: {chart.y.label.lower()}.")
    if chart.x.kind == "period" and not chart.y.from_zero:
        notes.append("The scale does not start at zero.")
    return notes


def _drawn(meaning: str, path: str = "M0 6h22") -> str:
    return f'<path d="{path}" {stroke(meaning)}/>'


def _middle(inner: str) -> str:
    return f'<g transform="translate(11 6)">{inner}</g>'


def _box(fill: str, edge: str) -> str:
    return f'<rect x=".5" y=".5" width="21" height="11" fill="{fill}" stroke="{edge}"/>'
