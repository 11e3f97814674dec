"""
A reading of one measure in every place: what all that is made of one measure is made from.

Each question is asked once for all places. Other measures are not there, so that nothing made of one can depend on them.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import pandas as pd

from metrics.domain import Definitions, Measure, Place
from metrics.report.snapshot import COLUMNS, RESTATED, Reading, kept

RESIDENTS = "residents"


class Across(Reading):
    """
    A reading narrowed to one measure, with the figures of the one that its rate is per 100 of.

    Raises
    ------
    KeyError
        Whoever asks it for another measure.
    """

    def __init__(self, whole: Reading, measure: str):
        vars(self).update(vars(whole))
        self.measure = whole.known.measures[measure]
        self.known = narrowed(whole.known, self.measure)
        self._whole = whole

    def places(self) -> Iterator[Place]:
        """The whole force area and the areas, as far as the measure is published for them."""
        every = (self.known.total, *self.known.areas)
        return (place for place in every if place.level in self.measure.levels)

    @kept(2)
    def earlier(self) -> list[Reading]:
        """The same measure on each earlier day."""
        return [Across(one, self.measure.id) for one in self._whole.earlier()]

    def found(self, place: str) -> dict[str, dict]:
        """What is found in one place."""
        return {self.measure.id: self._found[place]}

    def answers(self, place: str) -> dict[str, dict[str, dict]]:
        """The two answers in one place."""
        return {self.measure.id: self.answers_of(self.measure.id)[place]}

    def figures(self, place: str, measures: tuple[str, ...] | None = None) -> dict[str, pd.DataFrame]:
        """The figures in one place and in the whole force area, its rate's too."""
        here = {name: [rows[one] for one in sorted({place, self.known.total.id}) if one in rows] for name, rows in self._figures.items()}
        return {name: pd.concat(rows) for name, rows in here.items() if rows}

    def series(self, measure: str, place: str) -> pd.DataFrame:
        """The figures in one place."""
        return self._figures.get(measure, {}).get(place, pd.DataFrame(columns=COLUMNS))

    def points(self, place: str, measure: str | None = None) -> dict[str, pd.DataFrame]:
        """The control chart of one place."""
        return self._of(self._points, place)

    def against(self, place: str) -> dict[str, pd.DataFrame]:
        """The newest change from every sensible baseline, in one place."""
        return self._of(self._against, place)

    def restated(self, measure: str, place: str) -> pd.DataFrame:
        """The newest figures that are not what they were when first published: `period, first, now`."""
        return self._corrected[place][RESTATED] if place in self._corrected else pd.DataFrame(columns=RESTATED)

    def _of(self, rows: dict[str, pd.DataFrame], place: str) -> dict[str, pd.DataFrame]:
        return {self.measure.id: rows[place]} if place in rows else {}

    @cached_property
    def _found(self) -> dict[str, dict]:
        return {row["place"]: row for row in self.found_of(self.measure.id).to_dict("records")}

    @cached_property
    def _figures(self) -> dict[str, dict[str, pd.DataFrame]]:
        """By measure and place."""
        places = [place.id for place in (self.known.total, *self.known.areas)]
        rows = self.store.ask("series_of_places", measures=sources(self.measure), places=places, as_at=self.as_at)
        return {name: _by_place(held) for name, held in rows.groupby("measure")}

    @cached_property
    def _points(self) -> dict[str, pd.DataFrame]:
        return _by_place(self._kept("points", measure=self.measure.id, place=None))

    @cached_property
    def _against(self) -> dict[str, pd.DataFrame]:
        return _by_place(self._kept("against", measure=self.measure.id, place=None))

    @cached_property
    def _corrected(self) -> dict[str, pd.DataFrame]:
        return _by_place(self.store.ask("restated", measure=self.measure.id, place=None, as_at=self.as_at))


def sources(measure: Measure) -> list[str]:
    """The measures whose figures one is made of: its own, and those that its rate is per 100 of."""
    return [measure.id, *([measure.rate] if measure.rate and measure.rate != RESIDENTS else [])]


def narrowed(known: Definitions, measure: Measure) -> Definitions:
    """The definitions with one measure, what its rate is of and what is named beside it; meetings are of no measure."""
    wanted = {*sources(measure), *measure.related}
    return replace(known, measures={name: one for name, one in known.measures.items() if name in wanted}, meetings=())


def _by_place(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return dict(tuple(rows.groupby("place")))
