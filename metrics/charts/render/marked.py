"""
The numbered flags of a chart: which there are, in which of two rows each stands, and what the key under the chart says.

At most four, the meeting's M first in the key. Changes of one kind within a year share a flag, and so do the two that stand nearest
where there are too many, or where more than two rows would be needed on the narrowest screen.
"""

import itertools
from dataclasses import dataclass, replace

from metrics.charts.render.frame import Frame, month
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Meeting, Rule
from metrics.domain import periods

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
class Change:
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
    changes = _alike([Change(layer.x, layer.x, layer.words) for layer in _rules(chart, where)])
    while True:
        placed = _in_rows([*signs, *_numbered(changes, where)])
        if len(changes) < 2 or (len(placed) <= MOST and all(flag.row < ROWS for flag in placed)):
            return tuple(placed)
        changes = _nearest_joined(changes)


def key(placed: tuple[Flag, ...]) -> list[tuple[str, str]]:
    """Sign and words of every flag, the meeting first."""
    return [(flag.sign, flag.words) for flag in sorted(placed, key=lambda flag: (not flag.meeting, flag.x))]


def _rules(chart: Chart, where: Frame) -> list[Rule]:
    rules = {(layer.x, layer.words): layer for layer in chart.layers if isinstance(layer, Rule) and 0 < where.start(layer.x) < 1}
    return [rules[name] for name in sorted(rules)]


def _numbered(changes: list[Change], where: Frame) -> list[Flag]:
    numbered = enumerate(changes, start=1)
    return [Flag(str(number), where.start(change.first), change.dated_words, what=change.words) for number, change in numbered]


def _alike(changes: list[Change]) -> list[Change]:
    joined: list[Change] = []
    for change in changes:
        before = joined[-1] if joined else None
        if before and before.first == change.first and before.words != change.words:
            joined[-1] = replace(before, words=_both(before, change), count=before.count + 1)
        elif before and before.words == change.words and month(change.first) - month(before.first) <= YEAR:
            joined[-1] = replace(before, last=change.last, count=before.count + 1)
        else:
            joined.append(change)
    return joined


def _both(before: Change, change: Change) -> str:
    """Two changes of one month in the words of both, where those have room in the key."""
    both = f"{before.words}; {change.words}"
    return both if len(both) <= LETTERS else MANY.format(before.count + 1)


def _nearest_joined(changes: list[Change]) -> list[Change]:
    gaps = [month(after.first) - month(before.first) for before, after in itertools.pairwise(changes)]
    at = gaps.index(min(gaps))
    before, after = changes[at], changes[at + 1]
    count = before.count + after.count
    both = Change(before.first, after.last, MANY.format(count), count)
    return [*changes[:at], both, *changes[at + 2 :]]


def _in_rows(unplaced: list[Flag]) -> list[Flag]:
    placed: list[Flag] = []
    for flag in sorted(unplaced, key=lambda flag: flag.x):
        row = next(row for row in range(len(unplaced) + 1) if all(flag.x - other.x >= NEAR for other in placed if other.row == row))
        placed.append(replace(flag, row=row))
    return placed
