"""An area beside its neighbours: figures that can be compared, the range of the group, and never a place in it."""

from dataclasses import fields, replace
from datetime import date

import pytest

from metrics import definitions
from metrics.narrative import Wording
from metrics.report.neighbours import NeighbourRow, neighbour_card
from metrics.report.snapshot import Snapshot
from metrics.store import Store


@pytest.fixture(scope="module")
def read(served):
    config = definitions.load(served)
    known = definitions.definitions(config.data, config.plan)
    store, wording = Store(config.database), Wording(config.data / "wording.yaml")
    return lambda day=None, **changed: Snapshot(store, replace(known, **changed), wording, day)


def card_of(snapshot, place):
    return neighbour_card(snapshot, snapshot.known.places[place])


def row_of(card, measure):
    return next(row for row in card.rows if row.measure.id == measure)


def test_the_range_is_that_of_the_neighbours_alone_worked_out_anew(read):
    now = read()
    row = row_of(card_of(now, "bexley"), "neighbourhood-crime")
    rates = {}
    for place in ("bexley", "havering", "bromley"):
        figures = now.series("neighbourhood-crime", place).tail(12)
        rates[place] = 1000 * figures["value"].sum() / figures["residents"].iloc[-1]
    assert row.value == pytest.approx(rates.pop("bexley"))
    assert [row.low, row.high] == pytest.approx(sorted(rates.values()))


def test_an_outcome_is_set_against_the_offences_of_the_same_months(read):
    now = read()
    row = row_of(card_of(now, "kingston-upon-thames"), "da-outcomes")
    outcomes, offences = (now.series(name, "kingston-upon-thames").tail(12)["value"].sum() for name in ("da-outcomes", "domestic-abuse"))
    assert row.value == pytest.approx(100 * outcomes / offences) and row.of == "measure"


def test_nothing_says_where_in_the_range_an_area_stands(read):
    assert not {field.name for field in fields(NeighbourRow)} & {"rank", "place", "position"}
    assert all("th of" not in row.range and "rank" not in row.answers for row in card_of(read(), "kingston-upon-thames").rows)


def test_the_answers_of_the_group_are_counted_and_add_up(read):
    card = card_of(read(), "kingston-upon-thames")
    for row in card.rows:
        assert sum(int(part.split()[0]) for part in row.answers.split(", ")) == len(card.areas) == 9


def test_a_measure_with_too_few_events_somewhere_has_no_row(read):
    assert "homicide" not in {row.measure.id for row in card_of(read(), "kingston-upon-thames").rows}


def test_few_neighbours_are_said_and_one_has_no_range(read):
    bexley = card_of(read(), "bexley")
    assert bexley.are_few and bexley.rows and not card_of(read(), "barnet").are_few
    known = read().known.neighbours
    economic = replace(known, models={"economic": known.models["economic"]})
    assert card_of(read(neighbours=economic), "bexley").rows == ()
    assert card_of(read(neighbours=economic), "barking-and-dagenham").areas == ()


def test_a_day_before_the_first_release_has_neighbours_and_no_figures(read):
    assert card_of(read(date(2023, 8, 7)), "kingston-upon-thames").rows == ()


def test_without_a_list_and_for_the_whole_force_there_is_none(read):
    assert card_of(read(neighbours=None), "bexley") is None
    assert card_of(read(), "london") is None
