"""The rows of the measures that answer a concern: of the place itself, else of the whole force area, and said to be so."""

from metrics.domain import Concern, Place
from metrics.meetings.briefing import Brief
from metrics.report.scorecard import Row, Scorecard, row_of


def concern_rows(brief: Brief, concern: Concern, card: Scorecard) -> tuple[Row, ...]:
    """A row for each measure that has figures, in the order in which the concern names them; `card` is the place's own."""
    own = {row.measure.id: row for row in card.rows}
    return tuple(own.get(name) or _elsewhere(brief, name, card) for name in concern.measures if brief.has_figures_of(name))


def _elsewhere(brief: Brief, name: str, card: Scorecard) -> Row:
    return row_of(brief.now, brief.answered_in(name), brief.now.known.measures[name], card.mark)


def row_title(row: Row, place: Place) -> str:
    """
    A measure's title on the page of a place, with the place of its figures where that is another.

    Examples
    --------
    >>> from types import SimpleNamespace as Some
    >>> total, brent = Some(id="x", name="Exshire"), Some(id="b", name="Brent")
    >>> row_title(Some(measure=Some(title="Officers"), place=total), brent)
    'Officers, Exshire'
    >>> row_title(Some(measure=Some(title="Calls, Exshire"), place=total), brent)
    'Calls, Exshire'
    """
    elsewhere = row.place.id != place.id and not row.measure.title.endswith(row.place.name)
    return f"{row.measure.title}, {row.place.name}" if elsewhere else row.measure.title
