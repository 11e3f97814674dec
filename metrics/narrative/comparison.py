"""
One answer with everything that its words need: the measure, the place, the two figures and their windows.

A row of the answers table holds `low`, `high` and `change` in per cent for counts, in points for surveys and shares, and in
persons for staff in post. What is asked of a row in more than one sentence is asked here, once.
"""

import math
from dataclasses import dataclass
from datetime import date

from metrics.domain import SURVEYS, Break, Measure, Place, periods
from metrics.narrative import number_format
from metrics.narrative.phrases import spoken
from metrics.statistics.parameters import PERCENT_FROM
from metrics.statistics.questions import SINCE_PLAN, YEAR_BEFORE
from metrics.statistics.verdict import CLEAR, NOT_COMPARED, POSSIBLE

COUNT, SURVEY, SHARE, STOCK = "count", "survey", "share", "stock"
NEAR_LAUNCH_MONTHS = 3


@dataclass(frozen=True)
class Comparison:
    """
    One row of the answers table, beside what it is an answer about.

    `whole`: whether the place is the whole force area, which has no areas beside it and no rest.
    `refused`: the break that forbids the comparison, where one does.
    `visited`: whether many more people are in the place than live there.
    `levels`: what the measure is published for, as a sentence says it.
    """

    text: dict
    measure: Measure
    place: Place
    row: dict
    launched: date
    whole: bool = False
    refused: Break | None = None
    visited: bool = False
    levels: str = ""

    @property
    def family(self) -> str:
        """Which sentences it takes: of counts, surveys, shares or staff in post."""
        if self.measure.kind in SURVEYS:
            return SURVEY
        return self.measure.kind if self.measure.kind in (SHARE, STOCK) else COUNT

    @property
    def verdict(self) -> str:
        """The verdict of the row."""
        return self.row["verdict"]

    @property
    def is_clear(self) -> bool:
        """Whether the change is clear."""
        return self.verdict in CLEAR

    @property
    def is_linked(self) -> bool:
        """Whether linked figures decide, and not those that were published."""
        return bool(self.row.get("linked"))

    @property
    def now_value(self) -> float:
        """The newest figure that decides."""
        return self._value("now")

    @property
    def before_value(self) -> float:
        """The figure that it is compared with."""
        return self._value("before")

    def _value(self, name: str) -> float:
        linked = self.row.get(f"linked_{name}")
        return linked if self.is_linked and not number_format.is_missing(linked) else self.row[name]

    @property
    def has_now(self) -> bool:
        """Whether the newest figure is held."""
        return not number_format.is_missing(self.now_value)

    @property
    def has_both(self) -> bool:
        """Whether both figures are held."""
        return self.has_now and not number_format.is_missing(self.before_value)

    @property
    def is_itself(self) -> bool:
        """Whether the newest figure is the one that it would be compared with: nothing newer is held."""
        return bool(self.row["now_to"]) and self.row["now_to"] == self.row["before_to"]

    @property
    def has_range(self) -> bool:
        """Whether the change has a range that chance allows, with both ends."""
        ends = (self.row["low"], self.row["high"])
        return not any(number_format.is_missing(end) or math.isinf(end) for end in ends)

    @property
    def excludes_none(self) -> bool:
        """Whether the range leaves no change out: where that is not clear, many areas were looked at together."""
        return self.has_range and (self.row["low"] > 0 or self.row["high"] < 0)

    @property
    def rest_is_like(self) -> bool:
        """Whether the rest of the force changed the same way by more than chance, by what the place's own range allows."""
        row = self.row
        same_way = row["control_low"] > 0 if self.rises else row["control_high"] < 0
        return bool(same_way and row["low"] <= row["control"] <= row["high"])

    @property
    def rest_lies_outside(self) -> bool:
        """Whether the range of the change in the rest of the force has nothing in common with that of the place."""
        return bool(self.row["control_high"] < self.row["low"] or self.row["high"] < self.row["control_low"])

    @property
    def few(self) -> bool:
        """Whether either window holds too few events for a percentage."""
        return self.family == COUNT and self.has_both and min(self.now_value, self.before_value) < PERCENT_FROM

    @property
    def rises(self) -> bool:
        """Whether the newest figure is the higher one; by the range where that is clear, for it allows for the days of the months."""
        if self.is_clear and self.excludes_none:
            return self.row["low"] > 0
        return self.has_both and self.now_value > self.before_value

    @property
    def step(self) -> str:
        """What a point of its control chart is: a month, or a quarter where too few are recorded."""
        return self.row.get("signal_step") or "month"

    @property
    def signal(self) -> str:
        """`above` or `below` where the control chart stands apart from what was usual before the plan; else nothing."""
        return self.row.get("signal") or ""

    @property
    def lacking(self) -> str:
        """Why there is no figure: `held` where none is, `level` where none is published, `known` where none was by the day."""
        if self.measure.missing:
            return "held"
        return "known" if self.place.level in self.measure.levels else "level"

    @property
    def reason(self) -> str:
        """Why there is no test: one of the outcomes of the answers table."""
        return self.row.get("outcome") or self.row.get("reason") or ""

    @property
    def is_news(self) -> bool:
        """Whether the control chart's signal is new: only then is a change possible that is not clear."""
        return bool(self.signal and self.row.get("signal_new")) and not self.is_stale

    @property
    def shown(self) -> str:
        """
        The verdict as it is shown: on a year before, a new signal beside figures without a clear change is a possible change.

        It never stands without its direction, `above usual` or `below usual`.
        """
        possible = self.is_news and not self.is_clear and self.row["question"] == YEAR_BEFORE and self.verdict != NOT_COMPARED
        return POSSIBLE if possible else self.verdict

    @property
    def is_stale(self) -> bool:
        """Whether the newest figure is more than a year older than the day."""
        return bool(self.row.get("stale"))

    @property
    def signal_opposes(self) -> bool:
        """Whether the control chart points the other way than the two numbers printed."""
        apart = self.has_both and self.verdict != NOT_COMPARED and self.now_value != self.before_value
        return bool(self.signal) and apart and (self.signal == "above") != self.rises

    @property
    def now(self) -> str:
        """The newest figure as it is said."""
        return self._figure(self.now_value)

    @property
    def before(self) -> str:
        """The figure that it is compared with, as it is said."""
        return self._figure(self.before_value)

    def _figure(self, value: float) -> str:
        if self.family == COUNT:
            return self.text["none"] if value == 0 else number_format.number(value, "count", decimals=0)
        return number_format.number(value, "count", decimals=1) if self._needs_a_decimal else spoken(value, self.measure)

    @property
    def _needs_a_decimal(self) -> bool:
        """Whether whole people in 100 would make a clear change sound like none; shares always have a decimal."""
        if self.family == SHARE:
            return True
        alike = self.has_both and spoken(self.now_value, self.measure) == spoken(self.before_value, self.measure)
        return self.family == SURVEY and self.is_clear and alike

    @property
    def than(self) -> str:
        """What it is compared with: `a year before`, `the year before the plan`, or another year by its last month."""
        return self._named("than")

    @property
    def in_than(self) -> str:
        """The same after a number or `than`: `in the year before the plan`."""
        return self._named("in_than")

    def _named(self, words: str) -> str:
        question, named = self.row["question"], self._by_its_end
        if named:
            return self.text[words][named].format(last=periods.say(self.row["before_to"]))
        return self.text[words][f"{question}_{STOCK}" if self.family == STOCK else question]

    @property
    def _by_its_end(self) -> str:
        """Which words name the figure before the plan by its last month: a quarter's, or those of one far from the launch; else none."""
        last = self.row.get("before_to")
        if self.row["question"] != SINCE_PLAN or not last:
            return ""
        if self.measure.kind == "survey_quarter":
            return "quarter"
        return "" if abs(periods.between(last, f"{self.launched:%Y-%m}")) <= NEAR_LAUNCH_MONTHS else "other"
