"""What is defined of figures: places, datasets, measures, and the breaks between them."""

from dataclasses import dataclass, field

from metrics.domain.periods import QUARTER, YEAR

UNITS = ("percent", "count", "minutes", "per_1000")
BETTER = ("higher", "lower", "neither")
COUNTED = ("count", "flow")
"""Kinds of what can be added over time: events in a period."""
SURVEYS = ("survey_rolling_year", "survey_quarter")
KINDS = ("count", "survey_rolling_year", "survey_quarter", "share", "stock", "flow")
LEVELS = ("force", "unit", "area")
PLACE_LEVELS = (*LEVELS, "outside", "elsewhere")
FIGURE_LEVELS = ("area", "ward")
NAMED_LEVELS = (*LEVELS, "ward")
RULES = ("note", "caution", "refuse")
TOUCHES = ("everywhere", "areas")
FREQUENCIES = ("month", "quarter", "year")


@dataclass(frozen=True)
class Place:
    """
    The whole force area, a unit, an area that is judged by itself, an area of a file that is none of these (`outside`), or
    one that another force polices (`elsewhere`). `called` is what a place of its level is called, such as `area`.
    """

    id: str
    name: str
    level: str
    code: str = ""
    unit: str = ""
    row: int | None = None
    column: int | None = None
    aliases: tuple[str, ...] = ()
    called: str = ""


def total_of(places: dict[str, Place]) -> Place:
    """The place that is the whole force area."""
    return next(place for place in places.values() if place.level == "force")


def areas_of(places: dict[str, Place]) -> list[str]:
    """The ids of the places that are judged one by one, in the order of `places`."""
    return [place.id for place in places.values() if place.level == "area"]


@dataclass(frozen=True)
class CatalogueFile:
    """
    One file of a release, known by what its title in the catalogue says: all of `words`, in any case and order, and none of `without`.

    >>> CatalogueFile(words=("borough",), without=("historical",)).label
    'borough, not historical'
    """

    words: tuple[str, ...]
    without: tuple[str, ...] = ()
    format: str | None = None

    @property
    def label(self) -> str:
        """The name of the file in what is remembered and said of it."""
        return ", not ".join([" ".join(self.words), *self.without])


@dataclass(frozen=True)
class Catalogue:
    """Where a publisher lists the files of a dataset, and which of them make up a release."""

    listing: str
    files: tuple[CatalogueFile, ...]


@dataclass(frozen=True)
class Dataset:
    """
    One publisher's series of releases: who publishes it, under which licence, and how its names map to ours.

    `level` is what its places are: areas, or wards. Where `names_from` names another dataset, `series` names that one's series, and
    the published names are that one's.
    """

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
    limits: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """By series, the least and the most that a figure of the whole force can be: what a shifted decimal point would leave."""
    caveats: tuple[str, ...] = ()
    level: str = "area"
    names_from: str | None = None
    catalogue: Catalogue | None = field(default=None, repr=False)
    """None where its files are brought by hand. No figure depends on it, and so no build does."""


@dataclass(frozen=True)
class Source:
    """Where a measure's figures come from: a dataset, and the series of it that are added together."""

    dataset: str
    series: tuple[str, ...]


@dataclass(frozen=True)
class SingleFigure:
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
    """
    What a measure means, where it comes from and which way is better.

    `part_of` is the measure that counts this one too, so that no tally counts both; `design_effect` is how much wider than a
    simple random sample's the variance of a survey question is.
    """

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
    readings: tuple[SingleFigure, ...] = ()
    target: Target | None = None
    related: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    part_of: str | None = None
    design_effect: float | None = None

    @property
    def level_months(self) -> int:
        """How many months, up to its period, a level of events or interviews covers: those of a quarter or of a year."""
        return QUARTER if self.kind == "survey_quarter" else YEAR


@dataclass(frozen=True)
class Link:
    """
    How areas are compared across a break: events of the area `shared` are shared out among all before `until`.

    Measures in `refused` are not compared in an area even so.
    """

    shared: str
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Break:
    """
    A date at which a series changed its meaning, and what may be said across it.

    `redefined` is the month of publication from which releases count earlier months in the new way too; `flag` says the title
    in at most eight words for the key of a chart. A break that lasts (`until`) is marked in charts only where it has a flag.
    `touches` says whether it moves figures everywhere or only how they are shared among areas; `link` how to compare across it.
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
    flag: str | None = None
    touches: str = "everywhere"
    link: Link | None = None

    def reaches(self, *, whole: bool) -> bool:
        """Whether the break touches the whole force's figures (`whole`) or an area's."""
        return self.touches == "everywhere" or not whole


@dataclass(frozen=True)
class Ward(Place):
    """
    A place of the level `ward`, by its code, in the place `area`; `residents` is an estimate, none where nobody lives there.
    """

    area: str = ""
    households: int = 0
    residents: int = 0
