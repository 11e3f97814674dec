"""What a project holds: the force that is followed, what was chosen, everything that is defined, and each release."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from metrics.domain.geography import Boundaries, Neighbours, Postcodes
from metrics.domain.measure import Break, Dataset, Measure, Place, Ward, areas_of, total_of
from metrics.domain.plan import Meeting, Plan


@dataclass(frozen=True)
class LevelName:
    """What a place of one level is called, in small letters: `borough`, `boroughs`."""

    singular: str
    plural: str


@dataclass(frozen=True)
class ContactLine:
    """One line that says how the police or a local team is reached, and where it leads."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Force:
    """
    What `data/force.yaml` says of the force.

    `total` is the id of the place that is the whole force area, `total_name` that place as a sentence calls it.
    `visited` names the places where many more people are than live, so that a rate by residents reads high.
    `claims` are examples of what may be said of it and checked. `synthetic` marks a force
    that was made up: every page, slide and sheet says so.

    >>> names = {"force": LevelName("county", "counties"), "area": LevelName("district", "districts")}
    >>> exshire = Force("Exshire Police", "Exshire Police", "A plan, followed", "Made up.", "exshire", "Exshire", names)
    >>> exshire.area_singular, exshire.area_plural, exshire.level_name("force"), exshire.level_name("area")
    ('district', 'districts', 'Exshire', 'districts')
    """

    name: str
    short_name: str
    site_name: str
    disclaimer: str
    total: str
    total_name: str
    levels: dict[str, LevelName]
    contact: tuple[ContactLine, ...] = ()
    local_teams: ContactLine | None = None
    synthetic: bool = False
    visited: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def area_singular(self) -> str:
        """What one of the places that are judged one by one is called."""
        return self.levels["area"].singular

    @property
    def area_plural(self) -> str:
        """What the places that are judged one by one are called."""
        return self.levels["area"].plural

    def level_name(self, level: str) -> str:
        """The places of a level as a sentence calls them; the whole force area by its name."""
        return self.total_name if level == "force" else self.levels[level].plural

    def words(self, areas: int) -> dict[str, str]:
        """What stands for `[area]`, `[areas]` and the like in a sentence of `wording.yaml`, `[Area]` at its beginning."""
        small = {"area": self.area_singular, "areas": self.area_plural, "force": self.short_name}
        large = {name.capitalize(): words[0].upper() + words[1:] for name, words in small.items()}
        return small | large | {"total": self.total_name, "force name": self.name, "number of areas": str(areas), "site": self.site_name}


EDITIONS = ("full", "public")
TIDY = ["measure", "place", "period", "value", "base"]
CELL = TIDY[:3]


@dataclass(frozen=True)
class Mail:
    """The server that takes e-mail over TLS (port 465, or 587 and STARTTLS), who sends it and to whom; the password stands in a file."""

    server: str
    sender: str
    recipients: tuple[str, ...]
    port: int = 465
    user: str | None = None
    password_file: Path | None = None


@dataclass(frozen=True)
class Refresh:
    """
    How newer official files are looked for.

    `folder` keeps what was fetched, what is remembered and the review. Where `publish` names a folder of editions, releases in which
    nothing is odd are taken, built and published without a person. `megabytes` and `seconds` are the most of one file.
    """

    folder: Path
    publish: Path | None = None
    megabytes: int = 200
    seconds: int = 600
    mail: Mail | None = None
    webhook: str | None = None


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
    security: str | None = None
    refresh: Refresh | None = None


@dataclass(frozen=True)
class Definitions:
    """Everything `data/` says about meaning: the force, the plan, measures, datasets, places and breaks, each by id, and the map."""

    plan: Plan
    plans: dict[str, Plan]
    measures: dict[str, Measure]
    datasets: dict[str, Dataset]
    places: dict[str, Place]
    breaks: tuple[Break, ...]
    meetings: tuple[Meeting, ...] = ()
    force: Force = field(kw_only=True)
    outlines: Boundaries | None = None
    wards: dict[str, Ward] = field(default_factory=dict)
    ward_outlines: Boundaries | None = None
    postcodes: Postcodes | None = None
    neighbours: Neighbours | None = None

    def following(self, plan: str) -> "Definitions":
        """The same with another of its plans as the one followed: its launch and its baseline are judged by."""
        return replace(self, plan=self.plans[plan])

    def breaks_of(self, measure: str) -> tuple[Break, ...]:
        """The breaks that touch one measure, oldest first."""
        return tuple(brk for brk in self.breaks if measure in brk.measures)

    def wards_of(self, area: str) -> tuple[Ward, ...]:
        """The wards of one area, in alphabetical order."""
        return tuple(ward for ward in self.wards.values() if ward.area == area)

    @property
    def areas(self) -> tuple[Place, ...]:
        """The places that are judged one by one, in alphabetical order."""
        return tuple(self.places[area] for area in areas_of(self.places))

    @property
    def total(self) -> Place:
        """The place that is the whole force area."""
        return total_of(self.places)

    @property
    def headlines(self) -> tuple[Measure, ...]:
        """The headline measures in the plan's order."""
        chosen = [measure for measure in self.measures.values() if measure.headline]
        return tuple(sorted(chosen, key=lambda measure: measure.headline or 0))


@dataclass(frozen=True)
class Release:
    """
    One publication of one dataset, as the project keeps it.

    `accepted` is the reason a person gave for taking it although it looked odd, `odd` what did. `unfinished` is its newest month
    where that person said that the publisher had not finished it.
    """

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
    accepted: str = ""
    odd: tuple[str, ...] = ()
    unfinished: str = ""
