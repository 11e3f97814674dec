"""
The nouns of the dashboard, and the one error a person can cause.

Nothing here reads a file or knows a library; everything else is built from these.
"""

from metrics.domain.force import ContactLine, Force, LevelName
from metrics.domain.measure import (
    BETTER,
    FIGURE_LEVELS,
    FREQUENCIES,
    KINDS,
    LEVELS,
    NAMED_LEVELS,
    PLACE_LEVELS,
    RULES,
    TOUCHES,
    UNITS,
    Break,
    Catalogue,
    CatalogueFile,
    Dataset,
    Link,
    Measure,
    Place,
    Reading,
    Source,
    Target,
    Ward,
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
from metrics.domain.project import EDITIONS, TIDY, Config, Definitions, Mail, Refresh, Refused, Release

__all__ = [
    "BETTER", "COMMITMENT_STATUSES", "EDITIONS", "FIGURE_LEVELS", "FREQUENCIES", "KINDS", "LEVELS", "MEETING_STATUSES", "NAMED_LEVELS",
    "NO_EVIDENCE", "PLACE_LEVELS", "RULES", "STANDINGS", "TIDY", "TOUCHES", "UNITS", "Break", "Catalogue", "CatalogueFile", "Commitment",
    "Concern", "Config", "ContactLine", "Dataset", "Definitions", "Force", "LevelName", "Link", "Mail", "Measure", "Meeting", "Mission",
    "Next", "Place", "Plan", "PlanFact", "PlanPart", "Reading", "Refresh", "Refused", "Release", "Source", "Speaker", "Step", "Target",
    "Ward",
]
