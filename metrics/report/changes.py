"""
What changed between two days in the figures themselves: new figures, corrections, changed definitions.

Every measure of a place gets its split, or the reason why it has none. The three parts are never merged and sum
exactly to the difference.
"""

from dataclasses import dataclass

import pandas as pd

from metrics.domain import COUNTED, Break, Definitions, Measure, periods
from metrics.domain.periods import YEAR
from metrics.statistics.revision_split import Split, split_since

NOTHING_THEN, NOTHING_NOW, TOO_SHORT, NO_FIGURES = "nothing then", "nothing now", "too short", "no figures"


@dataclass(frozen=True)
class Change:
    """One measure's figures on two days: the split of the difference, or why there is none."""

    measure: str
    split: Split | None
    why: str = ""

    @property
    def corrected(self) -> bool:
        """Whether a figure that was shown has been restated."""
        return self.split is not None and self.split.corrections != 0

    @property
    def redefined(self) -> bool:
        """Whether a figure that was shown is counted under another definition now."""
        return self.split is not None and self.split.definitions != 0


def changes(known: Definitions, then: dict[str, pd.DataFrame], now: dict[str, pd.DataFrame]) -> dict[str, Change]:
    """
    The change of every measure in a place between two as-at dates.

    `then`, `now`: what was known of each measure there on both days: `period, value, published` in the order of the periods.
    Returns: a `Change` for each measure: of 12 months for what is counted by the month, of the newest figure for surveys, shares and
        stocks.
    """
    return {name: _change(measure, then.get(name), now.get(name), known) for name, measure in known.measures.items()}


def _change(measure: Measure, then: pd.DataFrame | None, now: pd.DataFrame | None, known: Definitions) -> Change:
    if measure.missing and now is None:
        return Change(measure.id, None, NO_FIGURES)
    if then is None or now is None:
        return Change(measure.id, None, NOTHING_NOW if now is None else NOTHING_THEN)
    window = YEAR if measure.kind in COUNTED else 1
    if not (_whole(then, window) and _whole(now, window)):
        return Change(measure.id, None, TOO_SHORT)
    redefining = [brk for brk in known.breaks_of(measure.id) if brk.redefined]
    return Change(measure.id, split_since(then, now, _definitions(then, redefining), _definitions(now, redefining), window))


def _whole(figures: pd.DataFrame, window: int) -> bool:
    """Whether the newest periods of a window are all there."""
    last = figures["period"].max()
    return {periods.shift(last, -back) for back in range(window)} <= set(figures["period"])


def _definitions(figures: pd.DataFrame, redefining: list[Break]) -> dict[str, str]:
    """The definition that each figure was counted under, by its period: the redefinitions published by its release."""
    if not redefining:
        return dict.fromkeys(figures["period"], "")
    months = figures["published"].dt.strftime("%Y-%m")
    named = ["+".join(brk.id for brk in redefining if brk.redefined <= month) for month in months]
    return dict(zip(figures["period"], named, strict=True))
