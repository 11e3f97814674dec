"""
The key of a chart: its line of samples, one for each kind of line and mark that no label in the chart names, and its numbered flags.

There are at most four flags, the meeting's M first in the key. Changes of one kind within a year share a flag, and so do the two that
stand nearest where there are too many, or where more than two rows would be needed on the narrowest screen.
"""

import itertools
from dataclasses import dataclass, replace
from html import escape
from typing import assert_never

from metrics.charts import style
from metrics.charts.render.canvas import mark, stroke
from metrics.charts.render.frame import Frame, month
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import UNUSUAL, Band, Bars, Interval, Layer, Level, Line, Meeting, Note, Points, Rule, Span
from metrics.domain import periods

SAMPLE_WIDTH, SAMPLE_HEIGHT = 22, 12
STEPS = {"Month": "each month", "12 months to": "12 months to each quarter", "Quarter to": "each quarter"}


def sample_list(chart: Chart, *, bracketed: bool) -> str:
    """The samples as a list of a page; `bracketed` is whether the chart itself names its bracket."""
    items = "".join(f"<li>{_picture(inner)}{escape(words)}</li>" for inner, words in samples(chart, bracketed=bracketed))
    return f'<ul class="samples">{items}</ul>' if items else ""


def samples(chart: Chart, *, bracketed: bool) -> list[tuple[str, str]]:
    """The samples as drawings, each in a box of 22 by 12 pixels, and words."""
    all_rows = [(_rank(layer), row) for layer in chart.layers for row in _samples(layer, chart, bracketed)]
    ordered = [row for _, row in sorted(all_rows, key=lambda ranked: ranked[0])]
    return list(dict.fromkeys(ordered + [("", words) for words in _notes(chart)]))


def _rank(layer: Layer) -> int:
    """The chart's own line first, then what stands out on it, then the range behind it, then the rest."""
    own = getattr(layer, "style", "") in ("series", "joined", "faint", "compared")
    return 0 if own else 1 if isinstance(layer, Points) else 2 if isinstance(layer, Band) else 3


def _picture(inner: str) -> str:
    return f'<svg width="{SAMPLE_WIDTH}" height="{SAMPLE_HEIGHT}" aria-hidden="true">{inner}</svg>' if inner else ""


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
            return [(_drawn(layer.style), STEPS.get(chart.x.label, chart.x.label.lower()))]
        case "ghost" | "beside":
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
    if layer.style in UNUSUAL and not any(isinstance(other, Interval) for other in chart.layers):
        return [(_drawn(layer.style) + _middle(mark(layer.style, 3.4 if layer.style == "improvement" else 4.6)), UNUSUAL[layer.style])]
    return []


def _bars(layer: Bars) -> list[tuple[str, str]]:
    compared = [(_box(style.BARS["compared"], "none"), "the two years compared")] if len(layer.compared) > 1 else []
    return [*compared, ("", f"Years to {_year_ends([x for x, _ in layer.points])}")]


def _year_ends(ends: list[str]) -> str:
    """
    In which month the years end; earlier ones may end in another, that of the year before the plan.

    >>> _year_ends(["2024-06", "2025-06"]), _year_ends(["2022-06", "2023-06", "2024-07", "2025-07"])
    ('June', 'July (June until 2023)')
    """
    last = max(ends)
    others = [period for period in ends if period[5:] != last[5:]]
    before = f" ({periods.say(max(others)).split()[0]} until {max(others)[:4]})" if others else ""
    return periods.say(last).split()[0] + before


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


MOST = 4
NEAR = 21 / 250
"""How near two flags may stand in one row, as a share of the narrowest plot."""
YEAR = 12
ROWS = 2
LETTERS = 50
"""How long the words of a flag may be in the key."""
MANY = "{} changes in how it is recorded"


@dataclass(frozen=True)
class Flag:
    """A sign above the plot, the line down from it, and its words in the key; `what` are those of a change without its months."""

    sign: str
    x: float
    words: str
    row: int = 0
    meeting: bool = False
    what: str = ""


@dataclass(frozen=True)
class Recording:
    """One or more changes of recording that share a flag: from the first month to the last, in so many words."""

    first: str
    last: str
    words: str
    count: int = 1

    @property
    def dated_words(self) -> str:
        """The key's words: when, then what."""
        if self.first == self.last:
            return f"{periods.say(self.first)}: {self.words}"
        start = periods.say(self.first)
        start = start.removesuffix(f" {self.first[:4]}") if self.first[:4] == self.last[:4] else start
        return f"{start} to {periods.say(self.last)}: {self.words}"


def flags(chart: Chart, where: Frame) -> tuple[Flag, ...]:
    """The flags of a chart from left to right, numbered by date."""
    meetings = [layer for layer in chart.layers if isinstance(layer, Meeting) and 0 <= where.day(layer.day) <= 1]
    signs = [Flag("M", where.day(layer.day), layer.label, meeting=True) for layer in meetings[:1]]
    changes = _alike([Recording(layer.x, layer.x, layer.words) for layer in _rules(chart, where)])
    while True:
        placed = _in_rows([*signs, *_numbered(changes, where)])
        if len(changes) < 2 or (len(placed) <= MOST and all(flag.row < ROWS for flag in placed)):
            return tuple(placed)
        changes = _nearest_joined(changes)


def flag_words(placed: tuple[Flag, ...]) -> list[tuple[str, str]]:
    """Sign and words of every flag, the meeting first."""
    return [(flag.sign, flag.words) for flag in sorted(placed, key=lambda flag: (not flag.meeting, flag.x))]


def _rules(chart: Chart, where: Frame) -> list[Rule]:
    rules = {(layer.x, layer.words): layer for layer in chart.layers if isinstance(layer, Rule) and 0 < where.start(layer.x) < 1}
    return [rules[name] for name in sorted(rules)]


def _numbered(changes: list[Recording], where: Frame) -> list[Flag]:
    numbered = enumerate(changes, start=1)
    return [Flag(str(number), where.start(change.first), change.dated_words, what=change.words) for number, change in numbered]


def _alike(changes: list[Recording]) -> list[Recording]:
    joined: list[Recording] = []
    for change in changes:
        before = joined[-1] if joined else None
        if before and before.first == change.first and before.words != change.words:
            joined[-1] = replace(before, words=_both(before, change), count=before.count + 1)
        elif before and before.words == change.words and month(change.first) - month(before.first) <= YEAR:
            joined[-1] = replace(before, last=change.last, count=before.count + 1)
        else:
            joined.append(change)
    return joined


def _both(before: Recording, change: Recording) -> str:
    """Two changes of one month in the words of both, where those have room in the key."""
    both = f"{before.words}; {change.words}"
    return both if len(both) <= LETTERS else MANY.format(before.count + 1)


def _nearest_joined(changes: list[Recording]) -> list[Recording]:
    gaps = [month(after.first) - month(before.first) for before, after in itertools.pairwise(changes)]
    at = gaps.index(min(gaps))
    before, after = changes[at], changes[at + 1]
    count = before.count + after.count
    both = Recording(before.first, after.last, MANY.format(count), count)
    return [*changes[:at], both, *changes[at + 2 :]]


def _in_rows(unplaced: list[Flag]) -> list[Flag]:
    placed: list[Flag] = []
    for flag in sorted(unplaced, key=lambda flag: flag.x):
        row = next(row for row in range(len(unplaced) + 1) if all(flag.x - other.x >= NEAR for other in placed if other.row == row))
        placed.append(replace(flag, row=row))
    return placed
