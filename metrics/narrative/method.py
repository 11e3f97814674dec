"""The constants that the method note names, as it says them: the very ones that the code uses."""

from metrics.domain import periods
from metrics.narrative import number_format
from metrics.statistics import baseline, parameters


def constants() -> dict[str, str]:
    """
    Every constant that the method note names, as it is said there.

    Examples
    --------
    >>> constants()["shift_points"], constants()["false_discovery"]
    ('7', '10%')
    """
    return {
        "baseline_months": str(parameters.BASELINE_MONTHS),
        "covid_first": periods.say(parameters.COVID_FIRST),
        "covid_last": periods.say(parameters.COVID_LAST),
        "season_months": str(parameters.SEASON_MONTHS),
        "limit_factor": f"{parameters.LIMIT_FACTOR:g}",
        "screening_factor": f"{parameters.SCREENING_FACTOR:g}",
        "trend_points": str(parameters.TREND_POINTS),
        "shift_points": str(parameters.SHIFT_POINTS),
        "autocorrelation": f"{parameters.AUTOCORRELATION_CEILING:g}",
        "monthly_from": number_format.number(baseline.MONTHLY_FROM, "count"),
        "design_effect": f"{parameters.DESIGN_EFFECT:g}",
        "percent_from": str(parameters.PERCENT_FROM),
        "false_discovery": number_format.number(100 * parameters.FALSE_DISCOVERY, "percent"),
        "confidence": number_format.number(100 * parameters.CONFIDENCE, "percent"),
    }
