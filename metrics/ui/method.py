"""The method note, from the words in `data/wording.yaml` and the very constants that the code uses."""

import streamlit as st

from metrics import periods, style
from metrics.analysis import constants, thresholds, usual
from metrics.drawing import html
from metrics.ui import reads
from metrics.ui.plain import header, title
from metrics.ui.reads import Seen


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


def show(seen: Seen) -> None:
    """The whole note."""
    title("How change is judged")
    said = constants_said()
    for section in reads.wording(seen.build).text["method"]:
        header(section["title"])
        text = html.paragraphs(*(text.format(**said) for text in section.get("text", ())))
        st.html(text + html.links((link["name"], link["url"]) for link in section.get("links", ())))
