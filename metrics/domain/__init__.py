"""
The nouns of the dashboard, and the one error a person can cause.

Nothing here reads a file or knows a library; everything else is built from these.
"""

from pathlib import Path

from metrics.domain.measure import (
    BETTER,
    COUNTED,
    FIGURE_LEVELS,
    FREQUENCIES,
    KINDS,
    LEVELS,
    NAMED_LEVELS,
    PLACE_LEVELS,
    RULES,
    SURVEYS,
    TOUCHES,
    UNITS,
    Break,
    Catalogue,
    CatalogueFile,
    Dataset,
    Link,
    Measure,
    Place,
    SingleFigure,
    Source,
    Target,
    Ward,
    areas_of,
    total_of,
)
from metrics.domain.plan import (
    COMMITMENT_STATUSES,
    MEETING_STATUSES,
    NO_EVIDENCE,
    STANDINGS,
    Commitment,
    Concern,
    Meeting,
    Mission,
    Next,
    Plan,
    PlanFact,
    PlanPart,
    Speaker,
    Step,
)
from metrics.domain.project import CELL, EDITIONS, TIDY, Config, ContactLine, Definitions, Force, LevelName, Mail, Refresh, Release

__all__ = [
    "BETTER", "CELL", "COMMITMENT_STATUSES", "COUNTED", "EDITIONS", "FIGURE_LEVELS", "FREQUENCIES", "KINDS", "LEVELS",
    "MEETING_STATUSES", "NAMED_LEVELS", "NO_EVIDENCE", "PLACE_LEVELS", "RULES", "STANDINGS", "SURVEYS", "TIDY", "TOUCHES", "UNITS",
    "Break", "Catalogue", "CatalogueFile", "Commitment", "Concern", "Config", "ContactLine", "Dataset", "Definitions", "Force",
    "LevelName", "Link", "Mail", "Measure", "Meeting", "Mission", "Next", "Place", "Plan", "PlanFact", "PlanPart", "Refresh", "Refused",
    "Release", "SingleFigure", "Source", "Speaker", "Step", "Target", "Ward", "areas_of", "total_of",
]


class Refused(Exception):
    """
    Something given to the project cannot be taken; nothing was changed.

    The message is one line a person can act on: which file, which line, what is wrong; `reason` is the last of these alone.

    >>> str(Refused("12 columns, the header has 13", file="crime.csv", line=7))
    'crime.csv, line 7: 12 columns, the header has 13'
    >>> str(Refused("a script is blocked", line=7))
    'line 7: a script is blocked'
    """

    def __init__(self, reason: str, *, file: str | Path | None = None, line: int | None = None):
        self.reason = reason
        self.where = ", ".join([*([Path(file).name] if file else []), *([f"line {line}"] if line else [])])
        super().__init__(f"{self.where}: {reason}" if self.where else reason)
