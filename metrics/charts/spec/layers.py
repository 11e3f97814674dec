"""
The layers a chart is made of: figures as they are, in the unit of the chart's value axis; and how frames of figures become them.

`style` names a meaning of `metrics.charts.style`. `columns` name what a layer adds to the table; a
layer without columns repeats figures that another layer already carries.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.domain import Break, periods
from metrics.narrative import number_format

Position = str | float
Value = float | None
UNUSUAL = {
    "improvement": "unusual, for the better", "concern": "unusual, for the worse", "high": "unusual, upwards", "low": "unusual, downwards",
}
"""The meanings of what stands apart from the usual range, each in words."""
OF_VERDICT = {"clear improvement": "improvement", "clear worsening": "concern", "clear rise": "high", "clear fall": "low"}
"""The meaning that a clear verdict is drawn as; every other has none."""


class Figures:
    """A layer of figures: a position and its values in each row, in pieces where some may not be joined."""

    def data(self) -> Iterator[tuple[Position, tuple[Value, ...]]]:
        """Each position with its figures."""
        rows = itertools.chain.from_iterable(self.pieces) if isinstance(self, Line | Band) else self.points
        return ((row[0], row[1:]) for row in rows)


@dataclass(frozen=True)
class Line(Figures):
    """A line in pieces, each a tuple of (position, value): nothing is drawn between two pieces."""

    pieces: tuple[tuple[tuple[Position, Value], ...], ...]
    label: str = ""
    style: str = "series"
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Points(Figures):
    """
    Marks at (position, value) with one meaning: `names` says who they are, `mark` what the table notes of them.

    `named` writes the names in the chart: `always`, `where it fits`, or nowhere if empty.
    """

    points: tuple[tuple[Position, Value], ...]
    style: str = "series"
    hollow: bool = False
    names: tuple[str, ...] = ()
    named: str = ""
    mark: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Interval(Figures):
    """A bar from low to high at each (position, low, high): how sure an estimate is."""

    points: tuple[tuple[Position, Value, Value], ...]
    style: str = "interval"
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Band(Figures):
    """A filled range through (position, lower, upper), in pieces, with its two edges."""

    pieces: tuple[tuple[tuple[Position, Value, Value], ...], ...]
    style: str = "limit"
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bars(Figures):
    """A bar from zero to each (position, value), its figure written at its end; `compared` names the positions set against each other."""

    points: tuple[tuple[Position, Value], ...]
    columns: tuple[str, ...] = ()
    compared: tuple[Position, ...] = ()


@dataclass(frozen=True)
class Rule:
    """
    A line across the chart just before the period from which a series means something else.

    `flag` says it in a few words, for the key under the chart; without it the label is said.
    """

    x: str
    label: str
    flag: str = ""

    @property
    def words(self) -> str:
        """What the key under the chart says."""
        return self.flag or self.label


@dataclass(frozen=True)
class Meeting:
    """A line across the chart on the day from which everything is followed; `label` says which day that was."""

    day: date
    label: str


@dataclass(frozen=True)
class Span:
    """A stretch of periods pointed out by a bracket, both ends included: those that set the usual range."""

    first: str
    last: str
    label: str


@dataclass(frozen=True)
class Level:
    """A line at one value all along the chart."""

    y: float
    label: str
    style: str = "centre"


@dataclass(frozen=True)
class Note:
    """A line of words under the chart."""

    text: str


Layer = Line | Points | Interval | Band | Bars | Rule | Meeting | Span | Level | Note


def checked(frame: pd.DataFrame, *columns: str, key: str = "period") -> pd.DataFrame:
    """
    The frame in order of its key, once it is known to have these columns and each key once.

    Raises ValueError: a column is not there, a key is there twice, or there is no row.

    >>> checked(pd.DataFrame({"period": ["2023-02", "2023-01"], "value": [2, 1]}), "value")["value"].to_list()
    [1, 2]
    """
    lacking = [name for name in (key, *columns) if name not in frame.columns]
    if lacking:
        raise ValueError(f"the frame has no column {', '.join(lacking)}")
    if frame.empty:
        raise ValueError("the frame has no rows, so there is nothing to draw")
    if frame[key].duplicated().any():
        raise ValueError(f"{frame[key][frame[key].duplicated()].iloc[0]} is in the frame twice")
    return frame.sort_values(key)


def points(frame: pd.DataFrame, *columns: str, key: str = "period") -> tuple[tuple, ...]:
    """
    One tuple per row: the key, then a float per column, None where nothing is published.

    >>> points(pd.DataFrame({"period": ["2023-01"], "value": [None]}), "value")
    (('2023-01', None),)
    """
    values = [[None if number_format.is_missing(cell) else float(cell) for cell in frame[name].tolist()] for name in columns]
    return tuple(zip(frame[key].tolist(), *values, strict=True))


def pieces(rows: tuple[tuple, ...], starts: Iterable[str] = (), segments: Iterable | None = None) -> tuple[tuple, ...]:
    """
    Cut rows of (period, value, ...) wherever they may not be joined.

    A new piece begins at each period of `starts`, after a period that is left out or not published, and where
    the segment changes.

    >>> pieces((("2023-01", 1.0), ("2023-02", 2.0), ("2023-03", 3.0)), starts=["2023-03"])
    ((('2023-01', 1.0), ('2023-02', 2.0)), (('2023-03', 3.0),))
    """
    starts = sorted(starts)
    belongs = list(segments) if segments is not None else [0] * len(rows)
    steps = [periods.between(before[0], after[0]) for before, after in itertools.pairwise(rows)]
    usual = min(steps, default=1)
    cut: list[list] = []
    for index, row in enumerate(rows):
        joined = (
            index > 0
            and steps[index - 1] == usual
            and belongs[index] == belongs[index - 1]
            and None not in (row[1], rows[index - 1][1])
            and not any(rows[index - 1][0] < start <= row[0] for start in starts)
        )
        if joined:
            cut[-1].append(row)
        else:
            cut.append([row])
    return tuple(tuple(piece) for piece in cut)


def starts_of(breaks: Iterable[Break]) -> list[str]:
    """
    The periods at which a line must begin again: those from which no comparison is made with before, and the one after such a break.

    Where a comparison is only made with caution the line goes on, and the flag on it says why.
    """
    starts = []
    for brk in (brk for brk in breaks if brk.rule == "refuse"):
        starts += [brk.period] if brk.until is None else [brk.period, periods.shift(brk.until, 1)]
    return starts


def break_layers(breaks: Iterable[Break], first: str, last: str) -> tuple[Rule, ...]:
    """The breaks that fall within the periods drawn, each as a rule at its first month."""
    inside = [brk for brk in breaks if first < brk.period <= last]
    return tuple(Rule(brk.period, brk.title, brk.flag or "") for brk in inside)


def runs(frame: pd.DataFrame, meaning: str, starts: Iterable[str] = ()) -> tuple[tuple, ...]:
    """
    The stretches of two or more neighbouring periods whose `signal` says one thing, as pieces of (period, value).

    >>> signals = pd.DataFrame({"period": ["2023-01", "2023-02", "2023-03"], "value": [1, 2, 3], "signal": ["low", "low", "none"]})
    >>> runs(signals, "low")
    ((('2023-01', 1.0), ('2023-02', 2.0)),)
    """
    stretch = (frame["signal"] != frame["signal"].shift()).cumsum().tolist()
    rows = points(frame, "value")
    kept = [row for row, word in zip(rows, frame["signal"], strict=True) if word == meaning]
    segments = [number for number, word in zip(stretch, frame["signal"], strict=True) if word == meaning]
    return tuple(piece for piece in pieces(tuple(kept), starts, segments) if len(piece) > 1)


def flagged(frame: pd.DataFrame, column: str) -> pd.Series:
    """Which rows a yes-or-no column marks; none where the frame has no such column or it is missing."""
    if column not in frame.columns:
        return pd.Series(False, index=frame.index)
    return frame[column].eq(True).fillna(False)
