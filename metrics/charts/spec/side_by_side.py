"""Charts that set places, or ways of comparing, side by side; never in order of their value."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from metrics.charts.spec.chart import Axis, Chart, Panel
from metrics.charts.spec.layers import Interval, Layer, Level, Line, Points, checked, pieces, points
from metrics.domain import Measure
from metrics.narrative import number_format

OUTSIDE_WORDS = {"high": "above the range to expect for its size", "low": "below the range to expect for its size"}


def funnel(
    frame: pd.DataFrame, measure: Measure, *, title: str, alt: str, source: str, limits: pd.DataFrame, centre: float, base_label: str,
    unit: str | None = None, place: str | None = None, centre_label: str = "all places",
) -> Chart:
    """
    Every place at its size, within the limits that chance and ordinary differences allow; places in alphabetical order.

    `frame`: one row per place: `place` (its name), `base`, `value`, and `outside` (`high`, `low` or `none`).
    `limits`: the limits along the base: `base`, `lower`, `upper`, in order of base.
    Raises ValueError: `outside` is none of these.
    """
    frame = checked(frame, "base", "value", "outside", key="place")
    limits = checked(limits, "lower", "upper", key="base")
    unknown = set(frame["outside"]) - {"none", *OUTSIDE_WORDS}
    if unknown:
        raise ValueError(f"a place is outside the limits high, low or none, not {', '.join(sorted(map(str, unknown)))}")
    shown = unit or measure.unit
    edges = (Line((points(limits, side, key="base"),), style="limit") for side in ("lower", "upper"))
    layers = (*edges, Level(centre, centre_label), *_places(frame, place, number_format.UNIT_WORDS[shown]))
    y = Axis(number_format.UNIT_WORDS[shown], unit=shown, from_zero=False)
    return Chart(title, layers, Axis(base_label, "number"), y, alt, source)


def baseline_strip(frame: pd.DataFrame, *, title: str, alt: str, source: str, unit: str) -> Chart:
    """
    The same change from every sensible baseline, each with its range.

    `frame`: one row per baseline in the order to be read: `label`, `change`, `low`, `high`.
    `unit`: `points` for a difference of percentages, `percent` for a relative change, or the measure's own.
    """
    checked(frame, "change", "low", "high", key="label")
    layers = (
        Level(0.0, "no change"),
        Interval(points(frame, "low", "high", key="label"), style="faint", columns=("Could be as low as", "Could be as high as")),
        Line(tuple((point,) for point in points(frame, "change", key="label")), style="joined", columns=("Change",)),
        Points(points(frame, "change", key="label"), style="unclear"),
    )
    x, y = Axis("Compared with", "category"), Axis(number_format.UNIT_WORDS[unit], unit=unit, from_zero=False)
    return Chart(title, layers, x, y, alt, source, flipped=True, signed=True)


def small_multiples(
    frame: pd.DataFrame, measure: Measure, *, title: str, alt: str, source: str, unit: str | None = None, place: str | None = None,
    verdicts: Mapping[str, str] = MappingProxyType({}),
) -> Chart:
    """
    One small line per place on one scale, in alphabetical order, each with its own average.

    `frame`: one row per place and period: `place` (its name), `period`, `value`.
    """
    panels = tuple(
        Panel(name, _small_line(frame[frame["place"] == name], name == place), verdicts.get(name, ""))
        for name in sorted(set(frame["place"]))
    )
    shown = unit or measure.unit
    y = Axis(number_format.UNIT_WORDS[shown], unit=shown)
    return Chart(title, (), Axis("Month", "period"), y, alt, source, panels=panels)


def _small_line(rows: pd.DataFrame, chosen: bool) -> tuple[Layer, ...]:
    own = points(checked(rows, "value"), "value")
    line = Line(pieces(own), style="series" if chosen else "joined", columns=("Value",))
    average = Level(float(rows["value"].mean()), "")
    return average, line, Points(own[-1:], style="chosen" if chosen else "none")


def _places(frame: pd.DataFrame, chosen: str | None, column: str) -> list[Layer]:
    layers: list[Layer] = []
    for outside in ("none", *OUTSIDE_WORDS):
        for named in (False, True):
            rows = frame[(frame["outside"] == outside) & ((frame["place"] == chosen) == named)]
            meaning = "chosen" if named and outside == "none" else outside
            names, mark = tuple(rows["place"]), OUTSIDE_WORDS.get(outside, "")
            label_it = "always" if named else "where it fits" if mark else ""
            own = points(rows, "base", "value", key="place")
            marks = tuple((base, value) for _, base, value in own)
            layers.append(Points(marks, style=meaning, names=names, named=label_it, mark=mark, columns=(column,)))
    return [layer for layer in layers if layer.points]
