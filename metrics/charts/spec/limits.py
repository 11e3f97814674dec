"""A series with the limits of its usual range."""

from collections.abc import Iterable

import pandas as pd

from metrics.charts.spec.chart import Chart
from metrics.charts.spec.frames import break_layers, checked, flagged, pieces, points, runs, starts_of
from metrics.charts.spec.layers import Band, Layer, Line, Points, Span
from metrics.charts.spec.over_time import axes, firm_and_provisional, shown_before
from metrics.domain import Break, Measure

SIGNAL_WORDS = {
    "improvement": "unusual, for the better",
    "concern": "unusual, for the worse",
    "high": "unusual, upwards",
    "low": "unusual, downwards",
}


def series_with_limits(
    frame: pd.DataFrame,
    measure: Measure,
    *,
    title: str,
    alt: str,
    source: str,
    label: str,
    breaks: Iterable[Break] = (),
    unit: str | None = None,
    baseline: tuple[str, str] | None = None,
    baseline_label: str = "sets the usual range",
    ghost: pd.DataFrame | None = None,
    ghost_label: str = "shown before",
    from_zero: bool = False,
    subtitle: str = "",
    kicker: str = "",
) -> Chart:
    """
    One measure with the limits of its usual range, each point shaped and coloured by what was found of it.

    Parameters
    ----------
    frame
        One row per period: `period`, `value`, `centre`, `lower`, `upper`, `rule`, `signal` (`improvement`,
        `concern`, `high`, `low` or `none`; missing for points that are not judged), and if known `provisional` and
        `segment` (lines join within it; without it, limits join where the usual level stays the same).
    label
        Whose figures they are: the name of their column in the table.
    baseline
        First and last period of those that set the limits, under a bracket.
    ghost
        What was known before, drawn dotted: `period`, `value`.

    Raises
    ------
    ValueError
        A column or a row is lacking, a period is there twice, or a signal is none of these.
    """
    frame, breaks = checked(frame, "value", "centre", "lower", "upper", "rule", "signal"), tuple(breaks)
    layers = [Span(*baseline, baseline_label)] if baseline else []
    layers += break_layers(breaks, frame["period"].iloc[0], frame["period"].iloc[-1])
    layers += _limits(frame, starts_of(breaks))
    layers += shown_before(ghost, ghost_label, breaks)
    layers += firm_and_provisional(frame, label, "joined", breaks)
    layers += _unusual_runs(frame, starts_of(breaks))
    layers += _by_signal(frame)
    x, y = axes(measure, unit, from_zero)
    return Chart(title, tuple(layers), x, y, alt, source, subtitle, lead=label, kicker=kicker)


def _unusual_runs(frame: pd.DataFrame, starts: list[str]) -> list[Line]:
    """Neighbouring months that are unusual in the same way, drawn heavy; their figures stand in the series' own column."""
    lines = [Line(runs(frame, signal, starts), style=signal) for signal in SIGNAL_WORDS]
    return [line for line in lines if line.pieces]


def _limits(frame: pd.DataFrame, starts: list[str]) -> list[Layer]:
    known = frame[frame["centre"].notna()]
    if known.empty:
        return []
    steps = (known["segment"] if "segment" in known else known["centre"].ne(known["centre"].shift()).cumsum()).tolist()
    edges = pieces(points(known, "lower", "upper"), starts, steps)
    return [
        Band(edges, ("upper limit", "lower limit"), columns=("Lower limit", "Upper limit")),
        Line(pieces(points(known, "centre"), starts, steps), "usual level", "centre", ("Usual level",)),
    ]


def _by_signal(frame: pd.DataFrame) -> list[Layer]:
    signals = frame["signal"].where(frame["signal"].notna(), "none")
    unknown = set(signals) - {"none", *SIGNAL_WORDS}
    if unknown:
        raise ValueError(f"no such signal: {', '.join(sorted(map(str, unknown)))}")
    rows = points(frame, "value")
    kinds = ["provisional" if hollow else signal for signal, hollow in zip(signals, flagged(frame, "provisional"), strict=True)]
    of_kind = {kind: tuple(row for row, each in zip(rows, kinds, strict=True) if each == kind) for kind in set(kinds)}
    layers = [
        Points(of_kind.get(signal, ()), style=signal, mark=SIGNAL_WORDS.get(signal, "")) for signal in ("none", *SIGNAL_WORDS)
    ]
    layers.append(Points(of_kind.get("provisional", ()), style="none", hollow=True, mark="provisional"))
    return [layer for layer in layers if layer.points]
