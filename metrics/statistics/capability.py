"""Would today's process meet its target: always, never, or sometimes."""

from math import isnan
from typing import TypeGuard

from metrics.domain import BETTER
from metrics.statistics.parameters import BASELINE_MINIMUM

OUTCOMES = ("none", "keeps_meeting", "keeps_missing", "hit_or_miss")
PREDATES = "_limits_predate_change"
ASSURANCES = (*OUTCOMES, *(outcome + PREDATES for outcome in OUTCOMES[1:]))


def assurance(lower: float, upper: float, target: float | None, *, better: str, baseline_points: int,
              shifted: bool) -> str:
    """
    Whether a steady process with these limits would meet a target.

    Parameters
    ----------
    lower, upper
        Limits of the newest segment, unclipped, in the measure's unit; missing if there are none.
    target
        The target in the same unit; None or missing if there is none.
    better
        Which way is better: `higher`, `lower` or `neither`.
    baseline_points
        How many published points set the limits.
    shifted
        Whether the newest points are part of a shift.

    Returns
    -------
    str
        `keeps_meeting`, `keeps_missing` or `hit_or_miss` (also when the target equals a limit), each
        with `_limits_predate_change` added if shifted; `none` without a target, a direction, limits
        or twelve baseline points. `ASSURANCES` lists them all.

    Raises
    ------
    ValueError
        `better` is none of the three.

    Source
    ------
    NHSRplotthedots 0.2.2, `ptd_calculate_assurance_type`.

    Examples
    --------
    >>> assurance(80, 88, 90, better="higher", baseline_points=24, shifted=False)
    'keeps_missing'
    >>> assurance(80, 92, 90, better="higher", baseline_points=24, shifted=True)
    'hit_or_miss_limits_predate_change'
    """
    if better not in BETTER:
        raise ValueError(f"which way is better is one of {', '.join(BETTER)}, not {better!r}")
    if better == "neither" or baseline_points < BASELINE_MINIMUM or not (_known(lower) and _known(upper) and _known(target)):
        return "none"
    outcome = "hit_or_miss"
    if target > upper:
        outcome = "keeps_missing" if better == "higher" else "keeps_meeting"
    elif target < lower:
        outcome = "keeps_meeting" if better == "higher" else "keeps_missing"
    return outcome + PREDATES if shifted else outcome


def _known(figure: float | None) -> TypeGuard[float]:
    return figure is not None and not isnan(figure)
