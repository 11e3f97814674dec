"""A slide: one claim, what it rests on, and what a presenter may be asked, before any format."""

from dataclasses import dataclass
from datetime import date

from metrics.charts.spec import Chart


@dataclass(frozen=True)
class Slide:
    """
    One slide: `title` is its claim and `source` its footer: period, as-at date, build, source and licence.

    `rows` is a table, its head first; `picture` a PNG, and `picture_alt` the words that stand for it (the title, where
    there are none); `kind` one of `cover`, `chart`, `text`, `table`, `code`.
    """

    title: str
    chart: Chart | None = None
    points: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: bytes | None = None
    kind: str = "text"
    picture_alt: str = ""


@dataclass(frozen=True)
class Facts:
    """
    What a whole deck says of itself: its title and subject, the project's name, its as-at date, and its build.

    `stands` says as-at date and build in words; it ends every footer that does not name the build itself.
    """

    title: str
    subject: str
    project: str
    as_at: date
    build: str
    stands: str
