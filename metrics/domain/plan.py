"""What was promised and raised: a plan, its reforms, commitments with what is known of each since, and the public meetings."""

from dataclasses import dataclass, field
from datetime import date

STANDINGS = ("quoted", "paraphrased", "proposed")
MEETING_STATUSES = ("held", "promised")
NO_EVIDENCE = "no evidence recorded"
COMMITMENT_STATUSES = ("done", "under way", "not done", "dropped", NO_EVIDENCE)


@dataclass(frozen=True)
class Mission:
    """One of the ends that measures serve: its title, and what it would be like to have reached it."""

    title: str
    text: str


@dataclass(frozen=True)
class PlanPart:
    """A reform or a priority of the plan: what is known of its text and from where, and the measures that stand under it."""

    id: str
    title: str
    text: str = ""
    source: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanFact:
    """Something that is known of a plan beside what it promised, and where that is from."""

    text: str
    source: str
    url: str | None = None


@dataclass(frozen=True)
class Step:
    """One entry in the history of a commitment: its status from a day on, and what that rests on."""

    date: date
    status: str
    said: str = ""
    source: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Commitment:
    """Something that was said would be done, by whom and by when, and what is known of it since."""

    id: str
    text: str
    source: str
    reform: str | None = None
    priority: str | None = None
    owner: str = ""
    due: str | None = None
    concern: str | None = None
    measure: str | None = None
    note: str = ""
    history: tuple[Step, ...] = ()

    def step_on(self, day: date) -> Step | None:
        """The newest entry of the history by a day; none where nothing had been recorded."""
        return max((step for step in self.history if step.date <= day), key=lambda step: step.date, default=None)

    def status_on(self, day: date) -> str:
        """
        The status by a day: `no evidence recorded` until something is.

        >>> Commitment("charter", "A charter.", "Press").status_on(date(2023, 8, 7))
        'no evidence recorded'
        """
        step = self.step_on(day)
        return step.status if step else NO_EVIDENCE


@dataclass(frozen=True)
class Plan:
    """One plan period: what was promised, and the months that were usual before it."""

    id: str
    title: str
    years: str
    mission: str
    launched: date
    launch_note: str
    baseline_first: str
    baseline_last: str
    source: str
    missions: dict[str, Mission]
    reforms: tuple[PlanPart, ...]
    priorities: tuple[PlanPart, ...]
    priorities_note: str
    commitments: tuple[Commitment, ...]
    values: tuple[str, ...] = ()
    values_source: str = ""
    facts: tuple[PlanFact, ...] = ()


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
