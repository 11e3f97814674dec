"""The plain description of a chart: axes, layers, the words that stand for it, and the table that says the same."""

import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property

from metrics.charts.spec.layers import Bars, Figures, Layer, Line, Meeting, Points, Rule
from metrics.domain import periods

OWN = ("series", "joined", "provisional", "faint")
"""The meanings of lines that carry a chart's own figures."""
NOT_HELD = "no figure held"


@dataclass(frozen=True)
class Axis:
    """What an axis measures: `period` (YYYY-MM), `number` or `category` for positions, and the unit of its figures."""

    label: str
    kind: str = "number"
    unit: str = "count"
    from_zero: bool = True


@dataclass(frozen=True)
class Panel:
    """One small chart among many on the same axes, with the verdict on its place."""

    title: str
    layers: tuple[Layer, ...]
    verdict: str = ""


@dataclass(frozen=True)
class Chart:
    """
    What is seen: title, axes and layers, with the words that stand for it.

    The title says what was found, `kicker` above it of what and where, `subtitle` the figures of it with their periods.
    `x` is the axis of positions and `y` that of values; `flipped` draws positions from top
    to bottom and values from left to right. `lead` names the column that comes first in the table.
    """

    title: str
    layers: tuple[Layer, ...]
    x: Axis
    y: Axis
    alt: str
    source: str
    subtitle: str = ""
    panels: tuple[Panel, ...] = ()
    flipped: bool = False
    signed: bool = False
    lead: str = ""
    kicker: str = ""

    def __post_init__(self):
        """Refuse a chart without the words that stand for it."""
        lacking = [word for word in ("title", "alt", "source") if not getattr(self, word).strip()]
        if lacking:
            raise ValueError(f"a chart needs its {', '.join(lacking)}")

    def __getstate__(self) -> dict:
        """The fields alone: what was worked out from them need not go from process to process."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def key(self) -> str:
        """A short identity for element ids, made from the words of the chart."""
        words = "|".join((self.title, self.subtitle, self.alt))
        return f"chart-{zlib.crc32(words.encode()):08x}"

    @property
    def drawn(self) -> Iterator[Layer]:
        """Every layer, those of the panels included."""
        yield from self.layers
        for panel in self.panels:
            yield from panel.layers

    def titled(self, title: str, *, kicker: str = "", subtitle: str = "") -> "Chart":
        """
        The same chart under what was found: the finding as its title, above it what it is of, below it the figures of the finding.

        >>> plain = Chart("Trust", (), Axis("Month", "period"), Axis("Per cent"), alt="56%.", source="A survey")
        >>> plain.titled("Down 5 to 19 points", kicker="Trust, Brent").kicker
        'Trust, Brent'
        """
        return replace(self, title=title, kicker=kicker or self.kicker, subtitle=subtitle or self.subtitle)

    def since(self, day: date | None, label: str = "") -> "Chart":
        """
        The same chart with the day marked from which everything is followed, instead of any marked before; None marks none.

        >>> plain = Chart("Trust", (), Axis("Month", "period"), Axis("Per cent"), alt="56%.", source="A survey")
        >>> plain.since(date(2023, 8, 7), "7 August 2023: the last meeting here").layers
        (Meeting(day=datetime.date(2023, 8, 7), label='7 August 2023: the last meeting here'),)
        """
        others = tuple(layer for layer in self.layers if not isinstance(layer, Meeting))
        return replace(self, layers=(*((Meeting(day, label),) if day else ()), *others))

    def columns(self) -> dict[str, str]:
        """
        The table's columns in order, each with what it holds: `period`, `text`, or the unit of its figures.

        >>> example = Chart("Trust", (Points((("2023-06", 56.0),), columns=("London",)),),
        ...     Axis("12 months to", "period"), Axis("Per cent", unit="percent"), alt="56%.", source="A survey")
        >>> example.columns()
        {'12 months to': 'period', 'London': 'percent'}
        """
        named = any(isinstance(layer, Points) and layer.names for layer in self.drawn)
        kinds = {"Place": "text"} if named or self.panels else {}
        kinds[self.x.label] = {"period": "period", "category": "text"}.get(self.x.kind, self.x.unit)
        kinds |= {self.lead: self.y.unit} if self.lead else {}
        for layer in self.drawn:
            kinds |= dict.fromkeys(getattr(layer, "columns", ()), self.y.unit)
        return kinds | ({"Note": "text"} if any(row.get("Note") for row in self._noted) else {})

    def rows(self) -> list[dict]:
        """
        The same figures as a table: one row per position (or per place), keyed by column; missing stays None.

        >>> Chart("Trust", (Points((("2023-06", 56.0),), columns=("London",)),), Axis("Month", "period"),
        ...     Axis("Per cent", unit="percent"), alt="56%.", source="A survey").rows()
        [{'Month': '2023-06', 'London': 56.0}]
        """
        columns = self.columns()
        empty = {name: "" if kind == "text" else None for name, kind in columns.items()}
        return [{name: row.get(name, empty[name]) for name in columns} for row in self._noted]

    @cached_property
    def _noted(self) -> list[dict]:
        """Every row with its notes, worked out once: columns, rows, table and downloads all ask."""
        if not self.panels:
            return self._rows_of(self.layers)
        return [{"Place": panel.title} | row for panel in self.panels for row in self._rows_of(panel.layers)]

    def _rows_of(self, layers: tuple[Layer, ...]) -> list[dict]:
        rows: dict[object, dict] = {}
        for layer in layers:
            if isinstance(layer, Figures) and (layer.columns or getattr(layer, "mark", "")):
                self._add(rows, layer)
        named = any(isinstance(layer, Points) and layer.names for layer in layers)
        keys = sorted(rows) if named or self.x.kind == "period" else list(rows)
        for rule in (layer for layer in layers if isinstance(layer, Rule)):
            first = next((key for key in keys if key >= rule.x), None)
            if first is not None:
                _note(rows[first], rule.label if first == rule.x else f"{rule.label} (from {periods.say(rule.x)})")
        missing = {} if named or self.x.kind != "period" else {x: {self.x.label: x, "Note": NOT_HELD} for x in _gaps(layers)}
        return [(rows | missing)[key] for key in (sorted([*keys, *missing]) if missing else keys)]

    def _add(self, rows: dict, layer: Layer) -> None:
        names = getattr(layer, "names", ())
        for index, (x, values) in enumerate(layer.data()):
            row = rows.setdefault(names[index] if names else x, {self.x.label: x})
            if names:
                row["Place"] = names[index]
            row |= zip(layer.columns, values, strict=False)
            if getattr(layer, "mark", ""):
                _note(row, layer.mark)


def _gaps(layers: tuple[Layer, ...]) -> list[str]:
    """The periods inside the chart's own series that no figure is held for: those are named, never left out."""
    own = [layer for layer in layers if isinstance(layer, Bars) or (isinstance(layer, Line) and layer.style in OWN)]
    every = {x for layer in layers if isinstance(layer, Figures) for x, _ in layer.data()}
    stands = sorted({x for layer in own for x, _ in layer.data()})
    step = min((periods.between(*pair) for pair in itertools.pairwise(stands)), default=1)
    between = [(period, periods.between(period, following)) for period, following in itertools.pairwise(stands)]
    # Totals that end in another month stand a little more than a step apart, and nothing is missing between them.
    whole = [periods.shift(period, at) for period, months in between for at in range(step, months - step + 1, step)]
    return [period for period in whole if period not in every]


def _note(row: dict, text: str) -> None:
    row["Note"] = f"{row['Note']}; {text}" if row.get("Note") else text
