"""
Every kind of chart, a function each: one place through time, and places or ways of comparing side by side, never in order of their value.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from metrics.charts.spec.chart import Axis, Chart, Panel
from metrics.charts.spec.layers import (
    UNUSUAL,
    Band,
    Bars,
    Interval,
    Layer,
    Level,
    Line,
    Points,
    Span,
    break_layers,
    checked,
    flagged,
    pieces,
    points,
    runs,
    starts_of,
)
from metrics.domain import Break, Measure
from metrics.narrative import number_format

COMPARED = "compared"
Shown = tuple[pd.DataFrame, str]
"""What was known on an earlier day, `period` and `value`, and what its line is called."""
Pair = tuple[str, ...]
"""The periods of two figures that are set against each other, the earlier one first; empty where nothing is compared."""
PERIOD_WORDS = {"survey_rolling_year": "12 months to", "survey_quarter": "Quarter to"}


def series_over_time(
    frame: pd.DataFrame, measure: Measure, *, title: str, alt: str, source: str, label: str, breaks: Iterable[Break] = (),
    unit: str | None = None, beside: pd.DataFrame | None = None, beside_label: str = "the whole area", from_zero: bool = True,
    shown: Shown | None = None, subtitle: str = "",
) -> Chart:
    """
    One measure as published, through time.

    `frame`: one row per period: `period`, `value`, and if known `provisional` (drawn hollow) and `segment` (never joined).
    `label`: whose line it is, written at its end.
    `unit`: the unit of the values where it is not the measure's own, as `per_1000` for a count's rate.
    `beside`: a second series to compare with, drawn dashed: `period`, `value` in the same unit.
    """
    frame, breaks = checked(frame, "value"), tuple(breaks)
    layers = [*break_layers(breaks, frame["period"].iloc[0], frame["period"].iloc[-1])]
    if beside is not None:
        layers.append(single_line(checked(beside, "value"), beside_label, "beside", breaks))
    layers += shown_before(shown, breaks)
    layers += firm_and_provisional(frame, label, "series", breaks)
    layers += _solid_and_hollow(frame)
    x, y = axes(measure, unit, from_zero)
    return Chart(title, tuple(layers), x, y, alt, source, subtitle)


def survey_with_intervals(
    frame: pd.DataFrame, measure: Measure, *, title: str, alt: str, source: str, label: str, breaks: Iterable[Break] = (),
    shown: Shown | None = None, pair: Pair = (), signal: str = "none", subtitle: str = "",
) -> Chart:
    """
    Survey estimates with the range that chance allows, a year or more apart; the rolling figures between as a faint line.

    `frame`: one row per period: `period`, `value`, `low`, `high` in per cent, and `judged`, true for figures that share no interview.
    `pair`: the two of these that the answer told sets against each other; nothing is marked where either is not among them.
    `signal`: how the newer of the pair stands to the other: `improvement`, `concern`, `high`, `low` or `none`.
    """
    frame, breaks = checked(frame, "value", "low", "high", "judged"), tuple(breaks)
    judged = frame[flagged(frame, "judged")]
    pair = whole_pair(pair, judged["period"])
    compared = judged["period"].isin(pair)
    layers = (
        *break_layers(breaks, frame["period"].iloc[0], frame["period"].iloc[-1]),
        *shown_before(shown, breaks),
        Line(cut(frame, breaks, "value"), style="faint", columns=(label,)),
        *_with_chance(judged[~compared], "interval", "estimate", ""),
        *_with_chance(judged[compared], "compared", "compared", COMPARED),
        *([Points(points(judged[judged["period"] == pair[-1]], "value"), style=signal)] if pair and signal != "none" else []),
    )
    x, y = axes(measure, None, True)
    return Chart(title, layers, x, y, alt, source, subtitle)


def whole_pair(pair: Pair, drawn: Iterable[str]) -> Pair:
    """
    The periods compared, where every one is drawn; none else, as half a comparison says nothing.

    >>> whole_pair(("2023-06", "2025-06"), ["2023-06", "2024-06", "2025-06"]), whole_pair(("2023-06", "2025-06"), ["2025-06"])
    (('2023-06', '2025-06'), ())
    """
    return pair if set(pair) <= set(drawn) else ()


def _with_chance(rows: pd.DataFrame, bar: str, dot: str, mark: str) -> list[Layer]:
    """Figures with the range that chance allows; nothing where there is no row."""
    if rows.empty:
        return []
    columns = ("Could be as low as", "Could be as high as")
    return [Interval(points(rows, "low", "high"), style=bar, columns=columns), Points(points(rows, "value"), style=dot, mark=mark)]


def twelve_month_bars(
    frame: pd.DataFrame, measure: Measure, *, title: str, alt: str, source: str, label: str, breaks: Iterable[Break] = (),
    pair: Pair = (), subtitle: str = "",
) -> Chart:
    """
    Totals of twelve months each, for counts too small to judge by the month.

    `frame`: one row per total: `period` (the last month it covers) and `value`, periods twelve months or more apart.
    `pair`: the two that the answer told sets against each other; nothing is marked where either is not among them.
    """
    frame = checked(frame, "value")
    bars = Bars(points(frame, "value"), columns=(label,), compared=whole_pair(pair, frame["period"]))
    layers = (*break_layers(breaks, frame["period"].iloc[0], frame["period"].iloc[-1]), bars)
    _, y = axes(measure, None, True)
    return Chart(title, layers, Axis("12 months to", "period"), y, alt, source, subtitle)


def axes(measure: Measure, unit: str | None, from_zero: bool) -> tuple[Axis, Axis]:
    """The axis of periods in the measure's own words, and the axis of values in the unit shown."""
    shown = unit or measure.unit
    x = Axis(PERIOD_WORDS.get(measure.kind, "Month"), "period")
    return x, Axis(number_format.UNIT_WORDS[shown], unit=shown, from_zero=from_zero)


def cut(frame: pd.DataFrame, breaks: tuple[Break, ...], *columns: str) -> tuple[tuple, ...]:
    """The frame's points in the pieces that may be joined."""
    segments = frame["segment"].tolist() if "segment" in frame.columns else None
    return pieces(points(frame, *columns), starts_of(breaks), segments)


def single_line(frame: pd.DataFrame, label: str, meaning: str, breaks: tuple[Break, ...]) -> Line:
    """A labelled line of a frame's values, its label also the name of its column."""
    return Line(cut(frame, breaks, "value"), label, meaning, (label,))


def firm_and_provisional(frame: pd.DataFrame, label: str, meaning: str, breaks: tuple[Break, ...]) -> list[Line]:
    """
    The line of a frame's values, and from the last firm figure on another line for those that may still change.

    The column of both is the label, so that the table has every figure once.
    """
    provisional = flagged(frame, "provisional")
    firm = frame[~provisional]
    lines = [Line(cut(firm, breaks, "value"), label, meaning, (label,))] if len(firm) else []
    if provisional.any():
        newest = pd.concat([firm.tail(1), frame[provisional]])
        lines.append(Line(cut(newest, breaks, "value"), style="provisional", columns=(label,)))
    return lines


def shown_before(shown: Shown | None, breaks: tuple[Break, ...]) -> list[Layer]:
    """What was known on an earlier day as a dotted line; nothing where nothing is to be shown."""
    return [single_line(checked(shown[0], "value"), shown[1], "ghost", breaks)] if shown else []


def _solid_and_hollow(frame: pd.DataFrame) -> list[Layer]:
    provisional = flagged(frame, "provisional")
    layers = [Points(points(frame[~provisional], "value"))]
    if provisional.any():
        layers.append(Points(points(frame[provisional], "value"), hollow=True, mark="provisional"))
    return layers



def series_with_limits(
    frame: pd.DataFrame, measure: Measure, *, title: str, alt: str, source: str, label: str, breaks: Iterable[Break] = (),
    baseline: tuple[str, str] | None = None, shown: Shown | None = None, subtitle: str = "",
) -> Chart:
    """
    One measure with the limits of its usual range, each point shaped and coloured by what was found of it.

    `frame`: one row per period: `period`, `value`, `centre`, `lower`, `upper`, `rule`, `signal` (`improvement`, `concern`, `high`, `low` or
        `none`; missing for points that are not judged), and if known `provisional` and `segment` (lines join within it; without it, limits
        join where the usual level stays the same).
    `label`: whose figures they are: the name of their column in the table.
    `baseline`: first and last period of those that set the limits, under a bracket.
    Raises ValueError: a signal is none of these.
    """
    frame, breaks = checked(frame, "value", "centre", "lower", "upper", "rule", "signal"), tuple(breaks)
    layers = [Span(*baseline, "sets the usual range")] if baseline else []
    layers += break_layers(breaks, frame["period"].iloc[0], frame["period"].iloc[-1])
    layers += _limits(frame, starts_of(breaks))
    layers += shown_before(shown, breaks)
    layers += firm_and_provisional(frame, label, "joined", breaks)
    layers += _unusual_runs(frame, starts_of(breaks))
    layers += _by_signal(frame)
    x, y = axes(measure, None, True)
    return Chart(title, tuple(layers), x, y, alt, source, subtitle, lead=label)


def _unusual_runs(frame: pd.DataFrame, starts: list[str]) -> list[Line]:
    """Neighbouring months that are unusual in the same way, drawn heavy; their figures stand in the series' own column."""
    lines = [Line(runs(frame, signal, starts), style=signal) for signal in UNUSUAL]
    return [line for line in lines if line.pieces]


def _limits(frame: pd.DataFrame, starts: list[str]) -> list[Layer]:
    known = frame[frame["centre"].notna()]
    if known.empty:
        return []
    steps = (known["segment"] if "segment" in known else known["centre"].ne(known["centre"].shift()).cumsum()).tolist()
    edges = pieces(points(known, "lower", "upper"), starts, steps)
    return [
        Band(edges, columns=("Lower limit", "Upper limit")),
        Line(pieces(points(known, "centre"), starts, steps), "usual level", "centre", ("Usual level",)),
    ]


def _by_signal(frame: pd.DataFrame) -> list[Layer]:
    signals = frame["signal"].where(frame["signal"].notna(), "none")
    unknown = set(signals) - {"none", *UNUSUAL}
    if unknown:
        raise ValueError(f"no such signal: {', '.join(sorted(map(str, unknown)))}")
    rows = points(frame, "value")
    kinds = ["provisional" if hollow else signal for signal, hollow in zip(signals, flagged(frame, "provisional"), strict=True)]
    of_kind = {kind: tuple(row for row, each in zip(rows, kinds, strict=True) if each == kind) for kind in set(kinds)}
    layers = [
        Points(of_kind.get(signal, ()), style=signal, mark=UNUSUAL.get(signal, "")) for signal in ("none", *UNUSUAL)
    ]
    layers.append(Points(of_kind.get("provisional", ()), style="none", hollow=True, mark="provisional"))
    return [layer for layer in layers if layer.points]


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
