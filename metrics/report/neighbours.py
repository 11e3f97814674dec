"""
An area beside its statistical neighbours: for each headline measure its figure and their range, and the answers since the plan began.

The range says how far the group reaches. Where in it the area stands is not worked out: nothing here can be read as a rank.
"""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from metrics.domain import SURVEYS, Measure, Place
from metrics.domain.geography import Neighbours
from metrics.narrative import FEWEST_FOR_A_RATE, counted, number_format, phrases
from metrics.report.snapshot import Snapshot
from metrics.statistics.levels import per

FEWEST_FOR_A_RANGE = 2
"""One place has no range."""
FEW = 3
"""Of so many neighbours at most it is said that few areas are like it."""
ALL_ASKED = 100.0
"""The end of the scale of a survey."""


@dataclass(frozen=True)
class NeighbourRow:
    """
    One measure: the area's figure and its neighbours' range as numbers and as texts, and the answers since the plan began.

    `top` is the end of the scale, which begins at 0; `of` what the figure is of (`survey`, `residents`, `measure`); `answers` how many
    neighbours have which verdict.
    """

    measure: Measure
    value: float
    low: float
    high: float
    top: float
    figure: str
    range: str
    of: str
    period: str
    is_old: bool
    verdict: str
    answers: str


@dataclass(frozen=True)
class NeighbourCard:
    """An area and its neighbours: those of each model by the model's title, in the list's order, and a row for each measure."""

    place: Place
    source: Neighbours
    models: dict[str, tuple[Place, ...]]
    rows: tuple[NeighbourRow, ...]

    @property
    def areas(self) -> tuple[Place, ...]:
        """The neighbours that it is compared with."""
        return next(iter(self.models.values()))

    @property
    def are_few(self) -> bool:
        """Whether few areas are like it."""
        return len(self.areas) <= FEW


def neighbour_card(snapshot: Snapshot, place: Place) -> NeighbourCard | None:
    """An area beside its neighbours; none where the force has brought no list of them, or the place is no area."""
    neighbours, places = snapshot.known.neighbours, snapshot.known.places
    if neighbours is None or place.level != "area":
        return None
    models = {model.title: tuple(places[name] for name in model.areas[place.id]) for model in neighbours.models.values()}
    areas = next(iter(models.values()))
    rows = _rows(snapshot, place, areas) if len(areas) >= FEWEST_FOR_A_RANGE else ()
    return NeighbourCard(place, neighbours, models, rows)


def _rows(snapshot: Snapshot, place: Place, areas: tuple[Place, ...]) -> tuple[NeighbourRow, ...]:
    measures = [measure for measure in snapshot.known.headlines if place.level in measure.levels]
    rates = [measure.rate for measure in measures if measure.rate in snapshot.known.measures]
    table = snapshot.side_by_side([*(measure.id for measure in measures), *rates], [place.id, *(area.id for area in areas)])
    rows = (_row(snapshot, measure, table, place, len(areas)) for measure in measures)
    return tuple(row for row in rows if row)


def _row(snapshot: Snapshot, measure: Measure, table: pd.DataFrame, place: Place, many: int) -> NeighbourRow | None:
    """One measure; none where the area or a neighbour has no figure of the same months, or too few events for a rate."""
    here = table[(table["measure"] == measure.id) & table["now"].notna()].set_index("place")
    if len(here) <= many or here["now_to"].nunique() > 1:
        return None
    values = _comparable(measure, here, table)
    if values is None or values.isna().any():
        return None
    own, group = here.loc[place.id], values.drop(place.id)
    answers = counted(Counter(here["verdict"].drop(place.id)), snapshot.wording.text["verdicts"])
    top = ALL_ASKED if measure.kind in SURVEYS else values.max()
    return NeighbourRow(
        measure, values[place.id], group.min(), group.max(), top, _text(measure, values[place.id]), _range(measure, group), _of(measure),
        phrases.short_months(own["now_from"], own["now_to"], measure), bool(own["stale"]), own["verdict"], answers,
    )


def _comparable(measure: Measure, here: pd.DataFrame, table: pd.DataFrame) -> pd.Series | None:
    """Figures that places of any size can be compared by; none where the measure has none."""
    if measure.kind in SURVEYS:
        return here["now"]
    if not measure.rate or (here["now"] < FEWEST_FOR_A_RATE).any():
        return None
    if measure.rate == "residents":
        return pd.Series([per(row.now, row.residents) for row in here.itertuples()], here.index)
    other = table[table["measure"] == measure.rate].set_index("place").reindex(here.index)
    same = (other["now_from"] == here["now_from"]) & (other["now_to"] == here["now_to"])
    return (100 * here["now"] / other["now"]).where(same)


def _of(measure: Measure) -> str:
    return "survey" if measure.kind in SURVEYS else "residents" if measure.rate == "residents" else "measure"


def _text(measure: Measure, value: float) -> str:
    return number_format.number(value, "count", decimals=0) if measure.kind in SURVEYS else number_format.number(value, "per_1000")


def _range(measure: Measure, group: pd.Series) -> str:
    low, high = _text(measure, group.min()), _text(measure, group.max())
    return low if low == high else f"{low} to {high}"
