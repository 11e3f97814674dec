"""
What is seen, before it is drawn: one function per chart gives a plain `Chart`.

A chart computes no statistics. It arranges the figures of the frame it is given under the title, the
alternative text and the source its caller passes; `metrics.charts.render` draws it.
"""

from metrics.charts.spec.chart import Axis, Chart, Panel
from metrics.charts.spec.kinds import (
    baseline_strip,
    funnel,
    series_over_time,
    series_with_limits,
    small_multiples,
    survey_with_intervals,
    twelve_month_bars,
)
from metrics.charts.spec.layers import Band, Bars, Interval, Level, Line, Meeting, Note, Points, Rule, Span

__all__ = [
    "Axis", "Band", "Bars", "Chart", "Interval", "Level", "Line", "Meeting", "Note", "Panel", "Points", "Rule", "Span",
    "baseline_strip", "funnel", "series_over_time", "series_with_limits", "small_multiples", "survey_with_intervals",
    "twelve_month_bars",
]
