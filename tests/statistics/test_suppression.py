from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.domain import Refused
from metrics.statistics.suppression import given_away, hidden_cells, small_numbers, with_suppression

WORKED = np.array([[3, 20, 9], [12, 15, 7]])
small_tables = st.tuples(st.integers(2, 3), st.integers(2, 3)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 9))
)


def possible_values(counts, hidden, threshold=5):
    """Every whole table that fits the totals, the cells shown and the cells known to be small, tried one by one."""
    cells = [tuple(cell) for cell in np.argwhere(hidden)]
    limits = [range(1, threshold) if 0 < counts[cell] < threshold else range(30) for cell in cells]
    found = {cell: set() for cell in cells}
    room = {**{("row", r): 0 for r in range(counts.shape[0])}, **{("column", c): 0 for c in range(counts.shape[1])}}
    for row, column in cells:
        room["row", row] += int(counts[row, column])
        room["column", column] += int(counts[row, column])

    def fill(at, left, chosen):
        if at == len(cells):
            if not any(left.values()):
                for cell, value in zip(cells, chosen, strict=True):
                    found[cell].add(value)
            return
        row, column = cells[at]
        most = min(left["row", row], left["column", column])
        last_in_row = not any(r == row for r, _ in cells[at + 1 :])
        for value in limits[at]:
            if value > most:
                break
            if last_in_row and value != left["row", row]:
                continue
            rest = left | {("row", row): left["row", row] - value, ("column", column): left["column", column] - value}
            fill(at + 1, rest, [*chosen, value])

    fill(0, room, [])
    return found


def test_the_worked_two_by_three_table():
    """Only the 3 is small. Hiding it alone, or with one neighbour, leaves it to be subtracted from a total."""
    alone, neighbour = WORKED < 5, WORKED < 5
    neighbour[0, 2] = True
    assert given_away(WORKED, alone)[0, 0] and given_away(WORKED, neighbour)[0, 0]
    hidden = hidden_cells(WORKED)
    assert hidden.tolist() == [[True, False, True], [True, False, True]]
    assert not given_away(WORKED, hidden).any()
    assert all(len(values) > 1 for values in possible_values(WORKED, hidden).values())


def test_nothing_small_hides_nothing():
    assert not hidden_cells(np.array([[0, 5], [9, 12]])).any()


def test_a_hidden_nought_and_one_would_be_given_away_because_counts_are_not_negative():
    counts = np.array([[1, 0, 9], [0, 7, 8], [6, 9, 9]])
    hidden = np.zeros((3, 3), dtype=bool)
    hidden[:2, :2] = True
    assert given_away(counts, hidden)[0, 0]
    assert possible_values(counts, hidden)[0, 0] == {1}
    assert not given_away(counts, hidden_cells(counts)).any()


@settings(deadline=None, derandomize=True, max_examples=60)
@given(small_tables)
def test_no_hidden_cell_can_be_worked_out_from_row_column_and_london_totals(counts):
    try:
        hidden = hidden_cells(counts)
    except Refused:
        everything = np.ones(counts.shape, dtype=bool)
        assert given_away(counts, everything).any()
        return
    assert hidden[(counts > 0) & (counts < 5)].all()
    assert all(len(values) > 1 for values in possible_values(counts, hidden).values())


@settings(deadline=None, derandomize=True, max_examples=60)
@given(small_tables, st.data())
def test_given_away_agrees_with_trying_every_table(counts, data):
    hidden = data.draw(arrays(np.bool_, counts.shape))
    away = given_away(counts, hidden)
    for cell, values in possible_values(counts, hidden).items():
        assert away[cell] == (len(values) == 1)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(arrays(np.int64, (32, 4), elements=st.integers(0, 60)))
def test_a_table_of_32_boroughs_is_protected(counts):
    try:
        hidden = hidden_cells(counts)
    except Refused:
        return
    assert not given_away(counts, hidden).any()
    system = [np.eye(32 * 4).reshape(32, 4, -1)[r].sum(axis=0) for r in range(32)]
    system += [np.eye(32 * 4).reshape(32, 4, -1)[:, c].sum(axis=0) for c in range(4)]
    system = np.array(system)[:, hidden.ravel()]
    for column in range(system.shape[1]):
        others = np.delete(system, column, axis=1)
        assert np.linalg.matrix_rank(others) == np.linalg.matrix_rank(system)


def test_totals_that_give_a_count_away_by_themselves_are_refused():
    with pytest.raises(Refused, match="without totals"):
        hidden_cells(np.array([[1, 0], [0, 0]]))
    with pytest.raises(Refused, match="without totals"):
        hidden_cells(np.array([[3, 20, 9]]))


def cells(counts, rows="AB", columns="xyz"):
    named = [(r, c, int(counts[i, j])) for (i, r), (j, c) in product(enumerate(rows), enumerate(columns))]
    return pd.DataFrame(named, columns=["place", "group", "value"])


def test_a_frame_says_which_cells_are_small_and_which_protect_them():
    frame = cells(WORKED)
    mixed = frame.sample(frac=1, random_state=3)
    seen = with_suppression(mixed, rows="place", columns="group")
    assert seen.index.to_list() == mixed.index.to_list()
    assert seen.sort_index()["suppressed"].to_list() == ["small", "", "protecting", "protecting", "", "protecting"]
    assert seen.sort_index()["value"].isna().to_list() == [True, False, True, True, False, True]
    pd.testing.assert_frame_equal(frame, cells(WORKED))


def test_a_table_with_a_hole_or_a_part_of_a_person_is_refused():
    with pytest.raises(ValueError, match="every cell"):
        with_suppression(cells(WORKED).head(5), rows="place", columns="group")
    with pytest.raises(ValueError, match="whole count"):
        with_suppression(cells(WORKED).assign(value=2.5), rows="place", columns="group")


def test_a_hidden_count_is_missing_and_not_nought():
    seen = small_numbers(pd.DataFrame({"value": [0, 1, 4, 5, None]}))
    assert seen["value"].isna().to_list() == [False, True, True, False, True]
    assert seen["suppressed"].to_list() == [False, True, True, False, False]


def test_the_threshold_may_be_higher():
    assert small_numbers(pd.DataFrame({"value": [9, 10]}), threshold=10)["suppressed"].to_list() == [True, False]
