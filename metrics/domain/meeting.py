"""A public meeting: who acted in public there, what was raised, what was promised."""

from dataclasses import dataclass, field
from datetime import date

from metrics.domain.plan import Commitment


@dataclass(frozen=True)
class Speaker:
    """An office-holder who acted in public at a meeting: the only kind of person who is named."""

    name: str
    role: str


@dataclass(frozen=True)
class Concern:
    """What residents raised, without a name: which measures answer it, and what no measure answers."""

    id: str
    text: str
    theme: str
    source: str
    ward: str = ""
    measures: tuple[str, ...] = ()
    gap: str = ""


@dataclass(frozen=True)
class Next:
    """The next meeting as it was promised: by which month, in whose words."""

    by: str
    text: str
    source: str


@dataclass(frozen=True)
class Meeting:
    """
    A public meeting on record: held, or promised for a day; what was raised there, and what was promised.

    `shown` is the verdict on each measure that this project showed for that day before it came to judge by two answers.
    """

    area: str
    date: date
    status: str
    source: str
    where: str = ""
    note: str = ""
    speakers: tuple[Speaker, ...] = ()
    concerns: tuple[Concern, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    next: Next | None = None
    shown: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Area and day, as its file stands: `bromley/2025-12-04`."""
        return f"{self.area}/{self.date.isoformat()}"
