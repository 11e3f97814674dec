"""
What a project holds: what was chosen, everything that is defined, and each release; and what only the full edition does.

The public edition does not hide the pages that present and write down, it does not have them; and whatever writes refuses by itself
besides, so that a page added without thought for it cannot write either.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from metrics.domain.force import Force
from metrics.domain.geography import Boundaries, Neighbours, Postcodes
from metrics.domain.measure import Break, Dataset, Measure, Place, Ward
from metrics.domain.plan import Meeting, Plan

EDITIONS = ("full", "public")
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
        self.where = (Path(file).name if file else "") + (f", line {line}" if line else "")
        super().__init__(f"{self.where}: {reason}" if self.where else reason)


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
        return tuple(place for place in self.places.values() if place.level == "area")

    @property
    def total(self) -> Place:
        """The place that is the whole force area."""
        return next(place for place in self.places.values() if place.level == "force")

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


PUBLIC = "public"


def is_public(config: Config) -> bool:
    """Whether this is the public edition."""
    return config.edition == PUBLIC


def only_in_full(config: Config) -> None:
    """
    Refuse to go on in the public edition: the first line of every function that writes.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> only_in_full(SimpleNamespace(edition="full"))
    >>> only_in_full(SimpleNamespace(edition="public"))
    Traceback (most recent call last):
    metrics.domain.Refused: this is the public edition: it shows and never writes; `edition: full` in config.yaml does both
    """
    if is_public(config):
        raise Refused("this is the public edition: it shows and never writes; `edition: full` in config.yaml does both")


def pages_of(config: Config, pages: Mapping[str, str], only_full: Collection[str]) -> dict[str, str]:
    """
    The pages that an edition has, in their order.

    Parameters
    ----------
    config
        What `config.yaml` chooses.
    pages
        Every page, its title by its name.
    only_full
        The names of those that write or present.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> pages_of(SimpleNamespace(edition="public"), {"plan": "The plan", "present": "Present"}, {"present"})
    {'plan': 'The plan'}
    """
    return {name: title for name, title in pages.items() if not (is_public(config) and name in only_full)}
