"""Charts that set places, or ways of comparing, side by side; never in order of their value."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from metrics.charts.spec.chart import Axis, Chart, Panel
from metrics.charts.spec.frames import checked, pieces, points
from metrics.charts.spec.layers import Interval, Layer, Level, Line, Points
from metrics.domain import Measure
from metrics.narrative import number_format

OUTSIDE_WORDS = {"high": "above the range to expect for its size", "low": "below the range to expect for its size"}


def funnel(
    frame: pd.DataFrame,
    measure: Measure,
    *,
    title: str,
    alt: str,
    source: str,
    limits: pd.DataFrame,
    centre: float,
    base_label: str,
    unit: str | None = None,
    place: str | None = None,
    centre_label: str = "all places",
    subtitle: str = "",
    kicker: str = "",
) -> Chart:
    """
    Every place at its size, within the limits that chance and ordinary differences allow; places in alphabetical order.

    Parameters
    ----------
    frame
        One row per place: `place` (its name), `base`, `value`, and `outside` (`high`, `low` or `none`).
    limits
        The limits along the base: `base`, `lower`, `upper`, in order of base.
    centre
        The value of the whole.
    place
        The one place to point out.

    Raises
    ------
    ValueError
        A column or a row is lacking, a place is there twice, or `outside` is none of these.
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
    return Chart(title, layers, Axis(base_label, "number"), y, alt, source, subtitle, kicker=kicker)


def baseline_strip(
    frame: pd.DataFrame, *, title: str, alt: str, source: str, unit: str, subtitle: str = "", kicker: str = ""
) -> Chart:
    """
    The same change from every sensible baseline, each with its range.

    Parameters
    ----------
    frame
        One row per baseline in the order to be read: `label`, `change`, `low`, `high`, and if known `signal`.
    unit
        `points` for a difference of percentages, `percent` for a relative change, or the measure's own.

    Raises
    ------
    ValueError
        A column or a row is lacking, or a label is there twice.
    """
    checked(frame, "change", "low", "high", key="label")
    signals = frame["signal"] if "signal" in frame.columns else pd.Series("none", index=frame.index)
    layers: list[Layer] = [
        Level(0.0, "no change"),
        Interval(points(frame, "low", "high", key="label"), style="faint", columns=("Could be as low as", "Could be as high as")),
        Line(tuple((point,) for point in points(frame, "change", key="label")), style="joined", columns=("Change",)),
    ]
    layers += [
        Points(points(frame[signals == signal], "change", key="label"), style="unclear" if signal == "none" else signal)
        for signal in dict.fromkeys(signals)
    ]
    x, y = Axis("Compared with", "category"), Axis(number_format.UNIT_WORDS[unit], unit=unit, from_zero=False)
    return Chart(title, tuple(layers), x, y, alt, source, subtitle, flipped=True, signed=True, kicker=kicker)


def small_multiples(
    frame: pd.DataFrame,
    measure: Measure,
    *,
    title: str,
    alt: str,
    source: str,
    unit: str | None = None,
    place: str | None = None,
    verdicts: Mapping[str, str] = MappingProxyType({}),
    subtitle: str = "",
    kicker: str = "",
) -> Chart:
    """
    One small line per place on one scale, in alphabetical order, each with its own average.

    Parameters
    ----------
    frame
        One row per place and period: `place` (its name), `row`, `column` (of the tile grid), `period`, `value`.
    place
        The one place to point out.
    verdicts
        The verdict on each place by its name, where there is one.

    Raises
    ------
    ValueError
        A column or a row is lacking, a place has a period twice, or two places share a tile.
    """
    tiles = checked(frame.drop_duplicates(["place"]), "row", "column", key="place")
    if tiles.duplicated(["row", "column"]).any():
        raise ValueError("two places share a tile")
    short = short_names(tiles["place"].tolist())
    panels = tuple(
        Panel(name, short[name], int(row), int(column), _small_line(frame[frame["place"] == name], name == place),
              verdicts.get(name, ""))
        for name, row, column in zip(tiles["place"], tiles["row"], tiles["column"], strict=True)
    )
    shown = unit or measure.unit
    y = Axis(number_format.UNIT_WORDS[shown], unit=shown)
    return Chart(title, (), Axis("Month", "period"), y, alt, source, subtitle, panels=panels, kicker=kicker)


def short_names(names: list[str]) -> dict[str, str]:
    """
    The shortest beginning of at least three letters that is each name's own; initials where a name joins two.

    Examples
    --------
    >>> short_names(["Barking and Dagenham", "Barnet", "Haringey", "Harrow"])
    {'Barking and Dagenham': 'B&D', 'Barnet': 'Bar', 'Haringey': 'Hari', 'Harrow': 'Harr'}
    """
    whole = [name for name in names if " and " not in name]
    short = {}
    for name in names:
        first, _, second = name.partition(" and ")
        own = (name[:length] for length in range(3, len(name)) if sum(other.startswith(name[:length]) for other in whole) == 1)
        short[name] = f"{first[0]}&{second[0]}" if second else next(own, name)
    return short


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
