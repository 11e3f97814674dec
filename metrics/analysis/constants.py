"""
The numbers that decide what counts as change over time, each named once.

They are choices made before the figures were seen, or factors from the literature named
beside them. The statement `metrics/sql/signals.sql` repeats some; a test compares the two.
"""

LIMIT_FACTOR = 2.66
"""Limits lie this many mean moving ranges from the centre (3 / 1.128; Wheeler 1993)."""

SCREENING_FACTOR = 3.267
"""A moving range this many times the mean range, or more, is left out once (Nelson 1982)."""

NEAR_SHARE = 2 / 3
"""A point is near a limit beyond this share of the way from the centre to it."""

NEAR_NEEDED = 2
"""Of three neighbouring points on one side, this many must be near the limit."""

SHIFT_POINTS = 7
"""Neighbouring points on one side of the centre that make a shift (NHS Making Data Count)."""

TREND_POINTS = 7
"""Neighbouring points each above, or each below, the last that make a trend."""

TOLERANCE = 1e-9
"""Differences this small, against the larger of 1 and the centre, are rounding."""

BASELINE_MONTHS = 24
"""Months that set the limits of a monthly chart."""

BASELINE_QUARTERS = 12
"""Quarters that set the limits of a quarterly chart."""

BASELINE_MINIMUM = 12
"""Fewer baseline points than this give trial limits."""

CLAIM_MINIMUM = 8
"""Fewer baseline points than this support no public claim."""

SEASON_MONTHS = 36
"""Fewer usable months than this give no seasonal factors."""

AUTOCORRELATION_CEILING = 0.3
"""Above this lag-1 autocorrelation the run rules fire too easily and are dropped."""

MONTH_DAYS = 30.4375
"""Days in a month of average length."""

COVID_FIRST, COVID_LAST = "2020-03", "2021-06"
"""Months of Covid restrictions: never in a baseline, never in a seasonal factor."""
