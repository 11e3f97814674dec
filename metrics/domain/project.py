"""What a project holds: what was chosen, everything that is defined, and each release."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from metrics.domain.measure import Break, Dataset, Measure, Place
from metrics.domain.meeting import Meeting
from metrics.domain.plan import Plan


@dataclass(frozen=True)
class Config:
    """What `config.yaml` chooses."""

    plan: str
    edition: str
    data: Path
    database: Path
    contact: str
    address: str | None = None
    cited_from: date | None = None


@dataclass(frozen=True)
class Definitions:
    """Everything `data/` says about meaning: the plan, measures, datasets, places and breaks, each by id."""

    plan: Plan
    plans: dict[str, Plan]
    measures: dict[str, Measure]
    datasets: dict[str, Dataset]
    places: dict[str, Place]
    breaks: tuple[Break, ...]
    meetings: tuple[Meeting, ...] = ()

    def breaks_of(self, measure: str) -> tuple[Break, ...]:
        """The breaks that touch one measure, oldest first."""
        return tuple(brk for brk in self.breaks if measure in brk.measures)

    @property
    def boroughs(self) -> tuple[Place, ...]:
        """The 32 boroughs in alphabetical order."""
        return tuple(place for place in self.places.values() if place.level == "borough")

    @property
    def headlines(self) -> tuple[Measure, ...]:
        """The headline measures in the plan's order."""
        chosen = [measure for measure in self.measures.values() if measure.headline]
        return tuple(sorted(chosen, key=lambda measure: measure.headline))


@dataclass(frozen=True)
class Release:
    """One publication of one dataset, as the project keeps it."""

    dataset: str
    published: date
    approximate: bool
    retrieved: date
    second_hand: bool
    files: tuple[dict, ...]
    rows: int
    sha256: str
    note: str = ""
    report: dict = field(default_factory=dict)
