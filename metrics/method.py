"""The constants that the method note names, as it says them: the very ones that the code uses."""

from metrics import periods, style
from metrics.analysis import constants, thresholds, usual


def constants_said() -> dict[str, str]:
    """
    Every constant that the method note names, as it is said there.

    Examples
    --------
    >>> constants_said()["shift_points"], constants_said()["false_discovery"]
    ('7', '10%')
    """
    return {
        "baseline_months": str(constants.BASELINE_MONTHS),
        "covid_first": periods.say(constants.COVID_FIRST),
        "covid_last": periods.say(constants.COVID_LAST),
        "season_months": str(constants.SEASON_MONTHS),
        "limit_factor": f"{constants.LIMIT_FACTOR:g}",
        "screening_factor": f"{constants.SCREENING_FACTOR:g}",
        "trend_points": str(constants.TREND_POINTS),
        "shift_points": str(constants.SHIFT_POINTS),
        "autocorrelation": f"{constants.AUTOCORRELATION_CEILING:g}",
        "monthly_from": style.number(usual.MONTHLY_FROM, "count"),
        "design_effect": f"{thresholds.DESIGN_EFFECT:g}",
        "small_count": str(thresholds.SMALL_COUNT),
        "false_discovery": style.number(100 * thresholds.FALSE_DISCOVERY, "percent"),
        "confidence": style.number(100 * thresholds.CONFIDENCE, "percent"),
    }
