"""
The parameters of every statement of change, each named once, and the Normal quantiles that go with them.

They are choices made before the figures were seen, agreed with the owners of the data and printed in the method note, which
reads them from here, or factors from the literature named beside them. The statement `metrics/store/sql/signals.sql` repeats
some; a test compares the two.
"""

import math
from statistics import NormalDist

import numpy as np

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

BASELINE_MINIMUM = 12
"""Fewer baseline points than this give trial limits."""

CLAIM_MINIMUM = 8
"""Fewer baseline points than this support no public claim."""

SEASON_MONTHS = 36
"""Fewer usable months than this give no seasonal factors."""

AUTOCORRELATION_CEILING = 0.3
"""Above this lag-1 autocorrelation the run rules fire too easily and are dropped."""

AUTOCORRELATION_ASSUMED = 0.3
"""How alike neighbouring months are taken to be in the variance of an answer, unless the figures show less (or more)."""

AUTOCORRELATION_MOST = 0.9
"""No more than this is believed of so few months."""

PERCENT_FROM = 30
"""Where either window holds fewer events, no percentage is given."""

STALE_MONTHS = 12
"""A figure is old where its newest period lies more than this many months before the day it is asked for."""

SIGNAL_GAP = {"month": 6, "quarter": 2}
"""Signals no farther apart than this many points belong together; one first seen within them is new. Two quarters either way."""

MONTH_DAYS = 30.4375
"""Days in a month of average length."""

COVID_FIRST, COVID_LAST = "2020-03", "2021-06"
"""Months of Covid restrictions: never in a baseline, never in a seasonal factor."""

CONFIDENCE = 0.95
"""Of every interval shown with a figure or a change."""

FALSE_DISCOVERY = 0.10
"""At most this share of the clear statements about one measure's areas should be luck."""

OUTER_CONFIDENCE = 0.998
"""A place is pointed out on a funnel only beyond limits this wide."""

DESIGN_EFFECT = 1.5
"""Assumed, and said to be assumed, where a survey does not publish its own."""


SMALL_COUNT = 10
"""Below this a count has exact limits, and neither a rate nor a percentage is printed."""

TRIM = 0.10
"""Share at each end that does not count towards how much places ordinarily differ."""

TOO_DIFFERENT = 10.0
"""Above this dispersion the places differ for so many reasons that a funnel can single none out."""

QUARTERS_FOR_A_PATH = 4
"""Quarters needed after a baseline before a path to a target is judged."""

STOCK_MATTERS = 0.01
"""A count of everyone in post has no chance in it; a change is called one from this share of the figure a year before."""

REVISION_SHARE = 1 / 3
"""A month stays provisional while its typical revision is at least this share of the mean moving range."""


def z_of(confidence: float) -> float:
    """
    How many standard errors each side make an interval of this confidence.

    >>> round(z_of(0.95), 6), round(z_of(0.998), 4)
    (1.959964, 3.0902)
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence}: a share between 0 and 1 is needed")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def two_sided(z):
    """
    The chance of a standard Normal value at least this far from zero, on either side.

    `z`: a number or an array; missing stays missing.

    >>> round(float(two_sided(-1.959964)), 6)
    0.05
    """
    return _erfc(np.abs(z) / math.sqrt(2))[()]


_erfc = np.vectorize(math.erfc, otypes=[float])
