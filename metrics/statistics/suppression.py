"""
Keeping small counts of people out of what is published, also out of reach of subtraction.

Hiding a small cell is not enough where row and column totals are shown: the others can be
subtracted from the total. Further cells are hidden until each hidden cell could be at least two
different whole numbers, even to a reader who knows which cells were the small ones.
"""

from itertools import product

import numpy as np
import pandas as pd

from metrics.domain import Refused
from metrics.statistics.parameters import PERSON_COUNT


def small_numbers(frame: pd.DataFrame, threshold: int = PERSON_COUNT) -> pd.DataFrame:
    """
    Hide counts of people from 1 up to but not including the threshold.

    Parameters
    ----------
    frame
        Any frame with a column value of whole counts; missing stays missing.
    threshold
        The smallest count that is shown. Zero is shown.

    Returns
    -------
    DataFrame
        The same rows with value missing where hidden, and suppressed True there. A hidden value
        is missing, not zero: it breaks runs and takes no part in a total.

    Examples
    --------
    >>> small_numbers(pd.DataFrame({"value": [0, 3, 5]}))["value"].to_list()
    [0.0, nan, 5.0]
    """
    hidden = _small(frame["value"], threshold)
    return frame.assign(value=frame["value"].astype(float).mask(hidden), suppressed=hidden)


def with_suppression(frame: pd.DataFrame, *, rows: str, columns: str, threshold: int = PERSON_COUNT) -> pd.DataFrame:
    """
    Hide the small cells of a table whose totals are shown, and the cells that would give them away.

    Parameters
    ----------
    frame
        One row per cell of a whole table: the columns named by `rows` and `columns`, and value,
        whole counts of people. Its row totals, column totals and grand total may be shown.
    threshold
        As for `small_numbers`.

    Returns
    -------
    DataFrame
        The same rows with value missing where hidden, and suppressed: `small`, `protecting` or
        an empty text.

    Raises
    ------
    ValueError
        A cell that is missing or comes twice, or a value that is not a whole count.
    Refused
        The totals alone give a small cell away; the table cannot be shown with them.

    Examples
    --------
    >>> cells = [(place, group, value) for place, values in {"Ealing": [3, 20, 9], "Brent": [12, 15, 7]}.items()
    ...          for group, value in zip(["a", "b", "c"], values)]
    >>> table = pd.DataFrame(cells, columns=["place", "group", "value"])
    >>> with_suppression(table, rows="place", columns="group")["suppressed"].to_list()
    ['small', '', 'protecting', 'protecting', '', 'protecting']
    """
    table = frame.pivot(index=rows, columns=columns, values="value")
    counts = table.to_numpy(dtype=float)
    if np.isnan(counts).any() or (counts < 0).any() or (counts != counts.round()).any():
        raise ValueError("every cell of the table is needed, as a whole count")
    hidden = pd.DataFrame(hidden_cells(counts, threshold), index=table.index, columns=table.columns)
    cells = pd.MultiIndex.from_frame(frame[[rows, columns]])
    out = hidden.stack().reindex(cells).to_numpy(bool)
    small = _small(frame["value"], threshold).to_numpy()
    reasons = np.select([small, out], ["small", "protecting"], "")
    return frame.assign(value=frame["value"].astype(float).mask(out), suppressed=reasons)


def hidden_cells(counts: np.ndarray, threshold: int = PERSON_COUNT) -> np.ndarray:
    """
    Which cells of a table to hide so that no hidden one follows from the totals.

    Parameters
    ----------
    counts
        Whole counts, rows by columns.

    Returns
    -------
    ndarray
        True where a cell is hidden: the small ones, and the cheapest others that protect them.

    Raises
    ------
    Refused
        The totals alone give a small cell away.

    Examples
    --------
    >>> hidden_cells(np.array([[3, 20, 9], [12, 15, 7]])).astype(int).tolist()
    [[1, 0, 1], [1, 0, 1]]
    """
    hidden = (counts > 0) & (counts < threshold)
    while (exposed := given_away(counts, hidden, threshold)).any():
        if hidden.all():
            raise Refused("the totals of this table give a small count away: show it without totals")
        hidden = _with_protection(counts, hidden, tuple(np.argwhere(exposed)[0]), threshold)
    return hidden


def given_away(counts: np.ndarray, hidden: np.ndarray, threshold: int = PERSON_COUNT) -> np.ndarray:
    """
    Which hidden cells a careful reader of the totals could work out.

    The reader knows every total, every cell shown, that counts are whole and not negative, and
    which cells were hidden for being small.

    Returns
    -------
    ndarray
        True where only one whole number fits.

    Examples
    --------
    >>> given_away(np.array([[3, 20], [12, 15]]), np.array([[True, False], [False, False]])).astype(int).tolist()
    [[1, 0], [0, 0]]
    """
    small = (counts > 0) & (counts < threshold)
    up = hidden & ~(small & (counts == threshold - 1))
    down = hidden & (counts > np.where(small, 1, 0))
    fixed = np.zeros(counts.shape, dtype=bool)
    for row, column in np.argwhere(hidden):
        rises = up[row, column] and _reaches(up, down, row, column, rising=True)
        falls = down[row, column] and _reaches(up, down, row, column, rising=False)
        fixed[row, column] = not (rises or falls)
    return fixed


def _small(value, threshold):
    return (value > 0) & (value < threshold)


def _reaches(up, down, row, column, *, rising):
    """
    Whether the totals can be kept if this cell moves by one.

    A rise in a row needs a fall in the same row, that fall a rise in its column, and so on round
    a loop that comes back to the first cell's column.
    """
    in_row, in_column = (down, up) if rising else (up, down)
    rows, seen = [row], {row}
    while rows:
        at = rows.pop()
        for across in np.flatnonzero(in_row[at]):
            if (at, across) == (row, column):
                continue
            if across == column:
                return True
            fresh = [int(other) for other in np.flatnonzero(in_column[:, across]) if other not in seen]
            rows += fresh
            seen.update(fresh)
    return False


def _with_protection(counts, hidden, cell, threshold):
    """Hide the cheapest rectangle that protects the cell; failing that, the cheapest cell there is."""
    cost = np.where(hidden, 0, np.where(counts > 0, counts, counts.sum() + 1))
    row, column = cell
    corners = [
        (cost[row, c] + cost[r, column] + cost[r, c], r, c)
        for r, c in product(range(counts.shape[0]), range(counts.shape[1]))
        if r != row and c != column
    ]
    for _, r, c in sorted(corners):
        tried = hidden.copy()
        tried[[row, r, r], [c, column, c]] = True
        if not given_away(counts, tried, threshold)[cell]:
            return tried
    tried, free = hidden.copy(), np.where(hidden, np.inf, cost)
    tried[np.unravel_index(np.argmin(free), free.shape)] = True
    return tried
