"""
The layers a chart is made of: figures as they are, in the unit of the chart's value axis.

`style` names a meaning of `metrics.charts.style`. `columns` name what a layer adds to the table; a
layer without columns repeats figures that another layer already carries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

Position = str | float
Value = float | None


@dataclass(frozen=True)
class Line:
    """A line in pieces, each a tuple of (position, value): nothing is drawn between two pieces."""

    pieces: tuple[tuple[tuple[Position, Value], ...], ...]
    label: str = ""
    style: str = "series"
    columns: tuple[str, ...] = ()

    def data(self) -> Iterator[tuple[Position, tuple[Value, ...]]]:
        """Each position with its figures."""
        return ((x, (y,)) for piece in self.pieces for x, y in piece)


@dataclass(frozen=True)
class Points:
    """
    Marks at (position, value) with one meaning: `names` says who they are, `mark` what the table notes of them.

    `named` writes the names in the chart: `always`, `where it fits`, or nowhere if empty.
    """


    points: tuple[tuple[Position, Value], ...]
    label: str = ""
    style: str = "series"
    hollow: bool = False
    names: tuple[str, ...] = ()
    named: str = ""
    mark: str = ""
    columns: tuple[str, ...] = ()

    def data(self) -> Iterator[tuple[Position, tuple[Value, ...]]]:
        """Each position with its figures."""
        return ((x, (y,)) for x, y in self.points)


@dataclass(frozen=True)
class Interval:
    """A bar from low to high at each (position, low, high): how sure an estimate is."""

    points: tuple[tuple[Position, Value, Value], ...]
    label: str = ""
    style: str = "interval"
    columns: tuple[str, ...] = ()

    def data(self) -> Iterator[tuple[Position, tuple[Value, ...]]]:
        """Each position with its figures."""
        return ((x, (low, high)) for x, low, high in self.points)


@dataclass(frozen=True)
class Band:
    """A filled range through (position, lower, upper), in pieces, with its two edges; `label` names the upper and the lower one."""

    pieces: tuple[tuple[tuple[Position, Value, Value], ...], ...]
    label: tuple[str, str] = ("", "")
    style: str = "limit"
    columns: tuple[str, ...] = ()

    def data(self) -> Iterator[tuple[Position, tuple[Value, ...]]]:
        """Each position with its figures."""
        return ((x, (lower, upper)) for piece in self.pieces for x, lower, upper in piece)


@dataclass(frozen=True)
class Bars:
    """A bar from zero to each (position, value), its figure written at its end; `compared` names the positions set against each other."""

    points: tuple[tuple[Position, Value], ...]
    label: str = ""
    style: str = "series"
    columns: tuple[str, ...] = ()
    compared: tuple[Position, ...] = ()

    def data(self) -> Iterator[tuple[Position, tuple[Value, ...]]]:
        """Each position with its figures."""
        return ((x, (y,)) for x, y in self.points)


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


DATA = (Line, Points, Interval, Band, Bars)
Layer = Line | Points | Interval | Band | Bars | Rule | Meeting | Span | Level | Note
