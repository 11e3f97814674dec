"""
The nouns of the dashboard, and the one error a person can cause.

Nothing here reads a file or knows a library; everything else is built from these.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

MISSIONS = ("trust", "crime", "standards")
STANDINGS = ("quoted", "paraphrased", "proposed")
UNITS = ("percent", "count", "minutes", "per_1000")
BETTER = ("higher", "lower", "neither")
KINDS = ("count", "survey_rolling_year", "survey_quarter", "share", "stock", "flow")
LEVELS = ("london", "unit", "borough")
PLACE_LEVELS = (*LEVELS, "outside")
RULES = ("note", "caution", "refuse")
FREQUENCIES = ("month", "quarter", "year")
EDITIONS = ("full", "public")
MEETING_STATUSES = ("held", "promised")
NO_EVIDENCE = "no evidence recorded"
COMMITMENT_STATUSES = ("done", "under way", "not done", "dropped", NO_EVIDENCE)
TIDY = ["measure", "place", "period", "value", "base"]


class Refused(Exception):
    """
    Something given to the project cannot be taken; nothing was changed.

    The message is one line a person can act on: which file, which line, what is wrong.

    Examples
    --------
    >>> str(Refused("12 columns, the header has 13", file="crime.csv", line=7))
    'crime.csv, line 7: 12 columns, the header has 13'
    """

    def __init__(self, reason: str, *, file: str | Path | None = None, line: int | None = None):
        where = Path(file).name if file else ""
        where += f", line {line}" if line else ""
        super().__init__(f"{where}: {reason}" if where else reason)


@dataclass(frozen=True)
class Place:
    """London, a command unit, a borough, or an area of a file that is not a borough."""

    id: str
    name: str
    level: str
    code: str = ""
    unit: str = ""
    row: int | None = None
    column: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """One publisher's series of releases: who publishes it, under which licence, and how its names map to ours."""

    id: str
    title: str
    publisher: str
    licence: str
    licence_url: str
    url: str
    importer: str
    frequency: str
    series: dict[str, tuple[str, ...]] = field(default_factory=dict)
    total: str | None = None
    counted_in_total_only: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    keep_from: str | None = None
    provisional_months: int = 0
    base: dict[str, float] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where a measure's figures come from: a dataset, and the series of it that are added together."""

    dataset: str
    series: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A single published figure that is not part of a series we hold."""

    period: str
    text: str
    source: str


@dataclass(frozen=True)
class Target:
    """A published target: the value, when it is due, and the baseline it was set against."""

    value: float
    by: str
    baseline_period: str
    baseline_value: float
    source: str


@dataclass(frozen=True)
class Measure:
    """What a measure means, where it comes from and which way is better."""

    id: str
    title: str
    question: str
    mission: str
    standing: str
    unit: str
    better: str
    kind: str
    levels: tuple[str, ...]
    definition: str
    owner: str
    headline: int | None = None
    source: Source | None = None
    rate: str | None = None
    baseline_from: str | None = None
    missing: str | None = None
    readings: tuple[Reading, ...] = ()
    target: Target | None = None
    related: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Break:
    """
    A date at which a series changed its meaning, and what may be said across it.

    `redefined` is the month of publication from which releases count earlier months in the new way too.
    """

    id: str
    period: str
    title: str
    note: str
    rule: str
    measures: tuple[str, ...]
    source: str
    until: str | None = None
    redefined: str | None = None


@dataclass(frozen=True)
class Reform:
    """One of the plan's three reforms."""

    id: str
    title: str
    text: str


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

        Examples
        --------
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
    missions: dict[str, str]
    reforms: tuple[Reform, ...]
    priorities: tuple[str, ...]
    priorities_note: str
    commitments: tuple[Commitment, ...]


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
    """A public meeting on record: held, or promised for a day; what was raised there, and what was promised."""

    borough: str
    date: date
    status: str
    source: str
    where: str = ""
    note: str = ""
    speakers: tuple[Speaker, ...] = ()
    concerns: tuple[Concern, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    next: Next | None = None

    @property
    def id(self) -> str:
        """Borough and day, as its file stands: `bromley/2025-12-04`."""
        return f"{self.borough}/{self.date.isoformat()}"


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
