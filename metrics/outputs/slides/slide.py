"""A slide before any format: title, footer, notes, and one of nine bodies that the pack and PowerPoint each draw; texts cut to fit."""

from dataclasses import dataclass, field
from datetime import date

from metrics.charts.render.frame import Clock
from metrics.charts.spec import Chart
from metrics.domain.geography import Boundaries


@dataclass(frozen=True)
class Chip:
    """A verdict with its words and the words of its direction: `Possible change`, `below usual`."""

    verdict: str
    words: str
    way: str = ""


@dataclass(frozen=True)
class Cover:
    """The first slide: whose site this is, which meeting it is for, and which place the map points out."""

    site: str
    meeting: str
    place: str
    outlines: Boundaries | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class OverviewRow:
    """One headline measure: its name, its picture on the common clock, its newest figure, the verdict of each answer."""

    name: str
    newest: str
    chips: tuple[Chip, Chip]
    picture: Chart | None = field(default=None, compare=False)
    measure: str = ""


@dataclass(frozen=True)
class Overview:
    """In one picture: the headline measures that have new figures, all on one clock."""

    columns: tuple[str, str, str, str, str]
    rows: tuple[OverviewRow, ...]
    clock: Clock


@dataclass(frozen=True)
class PromiseRow:
    """One promise: `mark` is `done`, `late`, `not done` or `open`."""

    text: str
    due: str
    status: str
    mark: str


@dataclass(frozen=True)
class Promises:
    """What was promised, and what is on record of it."""

    rows: tuple[PromiseRow, ...]


@dataclass(frozen=True)
class ConcernRow:
    """One concern: what was raised, what was done, what the figures show, and the question that the verdict answers."""

    text: str
    done: str
    figure: str
    detail: str
    chip: Chip | None = None
    measure: str = ""
    question: str = ""


@dataclass(frozen=True)
class Concerns:
    """You said, we did: two concerns at most, under the names of the columns."""

    columns: tuple[str, str, str]
    rows: tuple[ConcernRow, ...]


@dataclass(frozen=True)
class Finding:
    """One measure: its chart, its newest figure and the one before with their periods, its verdict, and one sentence on chance."""

    chart: Chart = field(compare=False)
    newest: str
    period: str
    before: str
    before_period: str
    chip: Chip
    sentence: str = ""
    flags: str = ""


@dataclass(frozen=True)
class Comparison:
    """One measure in every area: verdict by place, how many have which, and what chance would give."""

    verdicts: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int, str], ...]
    sentence: str
    place: str
    alt: str
    outlines: Boundaries | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Chance:
    """How many of the charted measures stand out, and how many would by chance alone."""

    among: int
    stand_out: int
    expected: int
    bracket: str
    sentence: str


@dataclass(frozen=True)
class Gaps:
    """What cannot be said: the measure, and why."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Close:
    """Where to look it up: address (empty where there is none), the words for its square code, and pairs of heading and line."""

    url: str
    alt: str
    lines: tuple[tuple[str, str], ...]


Body = Cover | Overview | Promises | Concerns | Finding | Comparison | Chance | Gaps | Close


@dataclass(frozen=True)
class Slide:
    """
    One slide: `title` says what is found, `kicker` what it is about, `source` the left of its footer, `measure` the id of the one
    that it is of.

    Notes hold whatever is asked and whatever did not fit.
    """

    title: str
    body: Body
    kicker: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    measure: str = ""

    @property
    def kind(self) -> str:
        """
        The name of its layout.

        >>> Slide("What cannot be said", Gaps(())).kind
        'gaps'
        """
        return type(self.body).__name__.lower()

    @property
    def words(self) -> tuple[str, ...]:
        """Every text that stands beside chart or picture, the footer left out."""
        return tuple(filter(None, (self.kicker, self.title, *_texts(self.body))))


@dataclass(frozen=True)
class Facts:
    """What a whole deck says of itself: its title and subject, the project's name, its as-at date, its build, and its footer's right."""

    title: str
    subject: str
    project: str
    as_at: date
    build: str
    stands: str


NOT_READ = {"verdict", "measure", "mark", "url", "alt", "place", "clock", "flags", "outlines"}
"""Fields that name a thing and are not shown as words of their own; flags belong to the chart."""


def _texts(part: object) -> list[str]:
    """The texts of a body and of whatever it holds, in order."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [text for each in part for text in _texts(each)]
    if isinstance(part, Comparison):
        return [*_texts(tuple((str(many), words) for _, many, words in part.counts)), part.sentence]
    fields = getattr(part, "__dataclass_fields__", {}) if not isinstance(part, Chart) else {}
    return [text for name in fields if name not in NOT_READ for text in _texts(getattr(part, name))]


MORE = "\N{HORIZONTAL ELLIPSIS}"
LONGEST_WORD = 30


def short(text: str, words: int, letters: int) -> str:
    """
    As much of a text as fits, without its full stop.

    `words`, `letters`: the most that there is room for.

    >>> short("A cap on the days that ward officers are taken away.", 12, 80)
    'A cap on the days that ward officers are taken away'
    >>> short("A cap on the days that ward officers are taken away.", 5, 80), short("W" * 50, 5, 20)
    ('A cap on the days…', 'WWWWWWWWWWWWWWWWWWW…')
    """
    every = [_bounded(word) for word in text.split()]
    kept = every[:words]
    while len(kept) > 1 and len(" ".join(kept)) > letters:
        kept.pop()
    whole = " ".join(kept)
    if len(whole) > letters:
        return whole[: letters - 1] + MORE
    return whole.rstrip(".") if len(kept) == len(every) else whole.rstrip(".,;:(") + MORE


def _bounded(word: str) -> str:
    """No word is longer than a line of any slide."""
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + MORE
