"""
What changed since something was last shown: new figures, corrections and changed definitions.

The three are different things, are never merged, and sum exactly to the change of the total.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from metrics.domain.periods import YEAR, months_to


@dataclass(frozen=True)
class Split:
    """
    Why a total shown earlier and today's total differ: three parts that sum exactly.

    `new` is months entered less months left, both as known now. `corrections` is the same months
    restated. `definitions` is the same months counted under another definition.
    """

    then: float
    now: float
    then_span: tuple[str, str]
    now_span: tuple[str, str]
    new: float
    corrections: float
    definitions: float

    @property
    def total(self) -> float:
        """Today's total less the one shown then."""
        return self.now - self.then


def split_since(
    known_then: pd.DataFrame,
    known_now: pd.DataFrame,
    definition_then: str | Mapping[str, str],
    definition_now: str | Mapping[str, str],
    window: int = YEAR,
) -> Split:
    """
    Split the change of a running total into new figures, corrections and changed definitions.

    `known_then`, `known_now`: one measure and place as known on two dates: period, value.
    `definition_then`, `definition_now`: under which definition the figures were counted: one name for all, or one for each period.
    Returns: new + corrections + definitions is exactly the difference of the two totals.
    Source: The total then, the same months as known now, and the total now: the first step is revision, the second is change within one
        vintage.

    >>> then = pd.DataFrame({"period": ["2025-01", "2025-02"], "value": [10, 20]})
    >>> now = pd.DataFrame({"period": ["2025-01", "2025-02", "2025-03"], "value": [11, 24, 30]})
    >>> split = split_since(then, now, "old", {"2025-01": "old", "2025-02": "new", "2025-03": "new"}, window=2)
    >>> split.then, split.now, split.new, split.corrections, split.definitions
    (30, 54, 19, 1, 4)
    """
    then, now = by_period(known_then), by_period(known_now)
    shown, today = _window(then, then, window), _window(now, now, window)
    _window(now, then, window)
    moved = {period: now[period] - then[period] for period in shown}
    named_then, named_now = _named(definition_then, shown), _named(definition_now, {*shown, *today})
    redefined = {period for period in shown if named_then[period] != named_now[period]}
    return Split(
        then=sum(then[period] for period in shown),
        now=sum(now[period] for period in today),
        then_span=(shown[0], shown[-1]),
        now_span=(today[0], today[-1]),
        new=sum(now[period] for period in today) - sum(now[period] for period in shown),
        corrections=sum(moved[period] for period in shown if period not in redefined),
        definitions=sum(moved[period] for period in shown if period in redefined),
    )


def _window(values, ending, window):
    if not ending:
        raise ValueError("no figures")
    months = months_to(max(ending), window)
    missing = [period for period in months if period not in values]
    if missing:
        raise ValueError(f"no figure for {', '.join(missing)}")
    return months


def _named(definition, months):
    if isinstance(definition, str):
        return dict.fromkeys(months, definition)
    missing = sorted(set(months) - set(definition))
    if missing:
        raise ValueError(f"no definition named for {', '.join(missing)}")
    return {period: definition[period] for period in months}


def by_period(series: pd.DataFrame) -> dict[str, float]:
    """
    The known values of one measure and place by period, oldest first; missing ones are left out.

    >>> by_period(pd.DataFrame({"period": ["2025-02", "2025-01"], "value": [7, 5]}))
    {'2025-01': 5, '2025-02': 7}
    """
    periods = series["period"].to_list()
    values = dict(zip(periods, series["value"].to_list(), strict=True))
    if len(values) < len(periods):
        raise ValueError("a period comes twice: one measure and place at a time")
    return {period: values[period] for period in sorted(values) if not pd.isna(values[period])}
