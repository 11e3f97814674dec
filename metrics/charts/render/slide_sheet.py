"""What a native chart is drawn from: rows and columns, as they stand in its workbook."""

from dataclasses import dataclass
from datetime import date

from metrics.charts import style
from metrics.domain import periods

Value = float | None
IN_WORDS = "[$-809]mmmm yyyy"
"""A month as `metrics.domain.periods` says it: in English wherever the slide is opened."""


@dataclass(frozen=True)
class Series:
    """
    One column: its heading, its figures by row, how its line and its marks look, and the two columns its range ends in.

    `again` tells a second column of the same name, `last` a line that is named at its end, `hidden` what is not drawn,
    `said` what the legend calls it, where that is not its heading.
    """

    name: str
    values: tuple[Value, ...]
    line: style.Stroke | None = None
    mark: style.Mark | None = None
    hollow: bool = False
    again: bool = False
    ends: tuple[int, int] | None = None
    last: bool = False
    hidden: bool = False
    said: str = ""


@dataclass(frozen=True)
class Sheet:
    """The rows in words, the position that each stands for, and the columns; `dated` rows stand along an axis of months."""

    heading: str
    words: tuple[str, ...]
    positions: tuple[str, ...]
    series: tuple[Series, ...]
    dated: bool = False

    @property
    def unnamed(self) -> list[int]:
        """Which columns the legend leaves out."""
        return [at for at, one in enumerate(self.series) if one.again or one.hidden]

    @property
    def names(self) -> list[str]:
        """What the legend names."""
        return [one.said or one.name for at, one in enumerate(self.series) if at not in self.unnamed]


def day(period: str) -> date:
    """
    The first day of a month, which stands for it on an axis of months.

    Examples
    --------
    >>> day("2023-06").isoformat()
    '2023-06-01'
    """
    return date(int(period[:4]), int(period[5:]), 1)


def along(drawn: Sheet, period: str) -> float:
    """
    Where a month begins along an axis of months, as a share of its length.

    Examples
    --------
    >>> along(Sheet("Month", ("June 2023", "July 2023"), ("2023-06", "2023-07"), (), dated=True), "2023-07")
    0.5
    """
    first, last = drawn.positions[0], drawn.positions[-1]
    return min(1.0, max(0, periods.between(first, period)) / (periods.between(first, last) + 1))
