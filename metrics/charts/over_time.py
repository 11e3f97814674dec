"""Charts of one place through time."""

from collections.abc import Iterable

import pandas as pd

from metrics import style
from metrics.charts.chart import Axis, Band, Bars, Chart, Interval, Layer, Line, Points, Span
from metrics.charts.frames import break_layers, checked, flagged, pieces, points, starts_of
from metrics.model import Break, Measure

PERIOD_WORDS = {"survey_rolling_year": "12 months to", "survey_quarter": "Quarter to"}
SIGNAL_WORDS = {
    "improvement": "better than the usual range",
    "concern": "worse than the usual range",
    "high": "above the usual range",
    "low": "below the usual range",
}


def series_over_time(
    frame: pd.DataFrame,
    measure: Measure,
    *,
    title: str,
    alt: str,
    source: str,
    label: str,
    breaks: Iterable[Break] = (),
    unit: str | None = None,
    beside: pd.DataFrame | None = None,
    beside_label: str = "London",
    from_zero: bool = True,
    subtitle: str = "",
) -> Chart:
    """
    One measure as published, through time.

    Parameters
    ----------
    frame
        One row per period: `period`, `value`, and if known `provisional` (drawn hollow) and `segment` (never joined).
    label
        Whose line it is, written at its end.
    breaks
        Those of this measure; the line does not join across one.
    unit
        The unit of the values where it is not the measure's own, as `per_1000` for a count's rate.
    beside
        A second series to compare with, drawn dashed: `period`, `value` in the same unit.

    Raises
    ------
    ValueError
        A column or a row is lacking, or a period is there twice.
    """
    frame, breaks = checked(frame, "value"), tuple(breaks)
    layers = [*break_layers(breaks, frame["period"].iloc[0], frame["period"].iloc[-1])]
    if beside is not None:
        layers.append(_line(checked(beside, "value"), beside_label, "beside", breaks))
    layers.append(_line(frame, label, "series", breaks))
    layers += _solid_and_hollow(frame)
    x, y = _axes(measure, unit, from_zero)
    return Chart(title, tuple(layers), x, y, alt, source, subtitle)


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
    baseline_label: str = "sets the usual level",
    ghost: pd.DataFrame | None = None,
    ghost_label: str = "shown before",
    from_zero: bool = False,
    subtitle: str = "",
) -> Chart:
    """
    One measure with the limits of its usual range, each point shaped and coloured by what was found of it.

    Parameters
    ----------
    frame
        One row per period: `period`, `value`, `centre`, `lower`, `upper`, `rule`, `signal` (`improvement`,
        `concern`, `high`, `low` or `none`; missing for points that are not judged), and if known `provisional`, `segment`.
    label
        Whose figures they are: the name of their column in the table.
    baseline
        First and last period of those that set the limits, shaded.
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
    if ghost is not None:
        layers.append(_line(checked(ghost, "value"), ghost_label, "ghost", breaks))
    layers.append(Line(_cut(frame, breaks, "value"), style="joined", columns=(label,)))
    layers += _by_signal(frame)
    x, y = _axes(measure, unit, from_zero)
    return Chart(title, tuple(layers), x, y, alt, source, subtitle)


def survey_with_intervals(
    frame: pd.DataFrame,
    measure: Measure,
    *,
    title: str,
    alt: str,
    source: str,
    label: str,
    breaks: Iterable[Break] = (),
    subtitle: str = "",
) -> Chart:
    """
    Survey estimates with the range that chance allows, twelve months apart; the rolling figures between as a faint line.

    Parameters
    ----------
    frame
        One row per period: `period`, `value`, `low`, `high` in per cent, and `judged`, true for the figures compared.

    Raises
    ------
    ValueError
        A column or a row is lacking, or a period is there twice.
    """
    frame, breaks = checked(frame, "value", "low", "high", "judged"), tuple(breaks)
    judged = frame[flagged(frame, "judged")]
    layers = (
        *break_layers(breaks, frame["period"].iloc[0], frame["period"].iloc[-1]),
        Line(_cut(frame, breaks, "value"), style="faint", columns=(label,)),
        Interval(points(judged, "low", "high"), columns=("Could be as low as", "Could be as high as")),
        Points(points(judged, "value"), style="estimate", mark="compared, twelve months apart"),
    )
    x, y = _axes(measure, None, True)
    return Chart(title, layers, x, y, alt, source, subtitle)


def twelve_month_bars(
    frame: pd.DataFrame, measure: Measure, *, title: str, alt: str, source: str, label: str, unit: str | None = None, subtitle: str = ""
) -> Chart:
    """
    Totals of twelve months each, for counts too small to judge by the month.

    Parameters
    ----------
    frame
        One row per total: `period` (the last month it covers) and `value`, periods twelve months apart.

    Raises
    ------
    ValueError
        A column or a row is lacking, or a period is there twice.
    """
    bars = Bars(points(checked(frame, "value"), "value"), columns=(label,))
    x, y = _axes(measure, unit, True)
    return Chart(title, (bars,), Axis("12 months to", "period"), y, alt, source, subtitle)


def _axes(measure: Measure, unit: str | None, from_zero: bool) -> tuple[Axis, Axis]:
    shown = unit or measure.unit
    x = Axis(PERIOD_WORDS.get(measure.kind, "Month"), "period")
    return x, Axis(style.UNIT_WORDS[shown], unit=shown, from_zero=from_zero)


def _cut(frame: pd.DataFrame, breaks: tuple[Break, ...], *columns: str) -> tuple[tuple, ...]:
    segments = frame["segment"].tolist() if "segment" in frame.columns else None
    return pieces(points(frame, *columns), starts_of(breaks), segments)


def _line(frame: pd.DataFrame, label: str, meaning: str, breaks: tuple[Break, ...]) -> Line:
    return Line(_cut(frame, breaks, "value"), label, meaning, (label,))


def _solid_and_hollow(frame: pd.DataFrame) -> list[Layer]:
    provisional = flagged(frame, "provisional")
    layers = [Points(points(frame[~provisional], "value"))]
    if provisional.any():
        layers.append(Points(points(frame[provisional], "value"), hollow=True, mark="provisional"))
    return layers


def _limits(frame: pd.DataFrame, starts: list[str]) -> list[Layer]:
    known = frame[frame["centre"].notna()]
    if known.empty:
        return []
    steps = known["centre"].ne(known["centre"].shift()).cumsum().tolist()
    return [
        Band(pieces(points(known, "lower", "upper"), starts, steps), ("upper limit", "lower limit"), columns=("Lower limit", "Upper limit")),
        Line(pieces(points(known, "centre"), starts, steps), "usual level", "centre", ("Usual level",)),
    ]


def _by_signal(frame: pd.DataFrame) -> list[Layer]:
    signals = frame["signal"].where(frame["signal"].notna(), "none")
    unknown = set(signals) - {"none", *SIGNAL_WORDS}
    if unknown:
        raise ValueError(f"no such signal: {', '.join(sorted(map(str, unknown)))}")
    provisional = flagged(frame, "provisional")
    layers = [
        Points(points(frame[(signals == signal) & ~provisional], "value"), style=signal, mark=SIGNAL_WORDS.get(signal, ""))
        for signal in ("none", *SIGNAL_WORDS)
    ]
    layers.append(Points(points(frame[provisional], "value"), style="none", hollow=True, mark="provisional"))
    return [layer for layer in layers if layer.points]
