"""What pages say of one measure in one place, and what they count of many."""

from dataclasses import dataclass
from datetime import date

from metrics.domain import Measure, Place
from metrics.meetings import calendar
from metrics.outputs.site.page_frame import Site
from metrics.report.cards import Card, source_line
from metrics.report.scorecard import Row, row_of


@dataclass(frozen=True)
class Shown:
    """
    One measure in one place, for every page that shows it: its row, its sentences, and where its figures come from.

    `source`, `span` and `published` are empty where nothing is held.
    """

    row: Row
    at: str
    sentences: tuple[str, ...]
    source: str = ""
    span: str = ""
    published: date | None = None

    @property
    def measure(self) -> str:
        """The measure's id."""
        return self.row.measure.id

    @property
    def caption(self) -> str:
        """The measure and the place."""
        return f"{self.row.measure.title}, {self.row.place.name}"

    @property
    def verdict(self) -> str:
        """The verdict that leads: the clear one, that of the year first; else that of the year."""
        return (self.row.clear or self.row.year).verdict


def shown(site: Site, card: Card) -> Shown:
    """A card with its row, looked back on the place's last meeting."""
    measure, place = card.measure, card.place
    at = site.of_measure(measure.id, place.id)
    day, _ = calendar.looked_back_on(site.reading.known, place.id, site.reading.as_at)
    row = row_of(site.reading, place, measure, day, card)
    if card.chart is None:
        return Shown(row, at, card.sentences)
    published = site.reading.series(measure.id, place.id)["published"].max().date()
    return Shown(row, at, card.sentences, card.chart.source, card.preamble["Period"], published)


def source(site: Site, measure: Measure, place: Place) -> str:
    """Where the figures of a measure in a place come from; nothing where none is held."""
    here = site.reading.series(measure.id, place.id)
    return source_line(site.reading.known.datasets[measure.source.dataset], here, site.reading.as_at) if len(here) else ""
