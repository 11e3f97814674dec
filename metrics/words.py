"""
Every sentence about a figure, from results and `data/wording.yaml`. Nothing else makes one.

A function takes results and gives a sentence; the numbers in it are formatted here, once.
"""

from pathlib import Path

from metrics import periods, strict_yaml, style
from metrics.model import Measure

SURVEYS = ("survey_rolling_year", "survey_quarter")
FEWEST_FOR_A_RATE = 10


class Wording:
    """The sentences of `data/wording.yaml`, by outcome and kind of measure."""

    def __init__(self, path: Path):
        self.text = strict_yaml.load(path)

    def level(self, measure: Measure, level: float, before: float, period: str) -> str:
        """How much there is, and how much a year before: both numbers, no verdict."""
        which = "level_without_before" if style.is_missing(before) else "level"
        return self.text[which][measure.kind].format(
            level=spoken(level, measure), before=spoken(before, measure), period=periods.say(period)
        )

    def level_after_break(self, measure: Measure, level: float, period: str, changed: str) -> str:
        """How much there is, where nothing before a break may be set beside it."""
        return self.text["across_a_break"].format(
            level=spoken(level, measure), period=periods.say(period), changed=periods.say(changed)
        )

    def rate(self, rate: float, measure: Measure, other: str = "") -> str:
        """The rate per 1,000 residents, or per 100 of another measure."""
        kind = "residents" if measure.rate == "residents" else "measure"
        return self.text["rate"][kind].format(rate=style.number(rate, "per_1000"), other=other)

    def beside(self, measure: Measure, figure: float, period: str) -> str:
        """London's figure, for comparison: a survey's level, or the rate."""
        survey = measure.kind in SURVEYS
        kind = "survey" if survey else "residents" if measure.rate == "residents" else "measure"
        number = {"level": spoken(figure, measure)} if survey else {"rate": style.number(figure, "per_1000")}
        return self.text["beside"][kind].format(**number, period=periods.say(period))

    def base(self, base: float) -> str:
        """The number of interviews behind a survey figure."""
        return self.text["base"].format(base=style.number(base, "count"))

    def missing(self, measure: Measure, level: str, as_at: str | None = None) -> str:
        """Why there is no figure: a finding of its own."""
        if measure.missing:
            return self.text["no_figures"].format(why=measure.missing)
        if level not in measure.levels:
            return self.text["not_at_level"].format(levels=" and ".join(name_of_level(name) for name in measure.levels))
        return self.text["nothing_as_at"].format(day=as_at) if as_at else self.text["no_figures"].format(why="")


def spoken(value: float, measure: Measure) -> str:
    """
    A number as a sentence says it: a survey's percentage as whole people in 100.

    Examples
    --------
    >>> from dataclasses import replace
    >>> trust = Measure("t", "T", "?", "trust", "proposed", "percent", "higher", "survey_rolling_year", ("london",), "d", "o")
    >>> spoken(52.4, trust), spoken(1234.0, replace(trust, unit="count", kind="count"))
    ('52', '1,234')
    """
    return style.number(value, "count", decimals=0) if measure.kind in SURVEYS else style.number(value, measure.unit)


def name_of_level(level: str) -> str:
    """
    A level as people call it.

    Examples
    --------
    >>> [name_of_level(level) for level in ("london", "unit", "borough")]
    ['London', 'command units', 'boroughs']
    """
    return {"london": "London", "unit": "command units", "borough": "boroughs"}[level]
