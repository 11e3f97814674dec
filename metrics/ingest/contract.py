"""
What every importer gives: tidy rows, and an account of everything that was in the file.

Tidy rows have one row per series, place and period: `measure, place, period, value, base`. Here `measure`
is the dataset's series; the measures that people see name the series that they add together.
"""

import re
from dataclasses import dataclass, field

import pandas as pd

from metrics.domain import TIDY, Dataset


@dataclass
class Account:
    """Everything an importer met: what it kept, what it left out, and how much that was."""

    rows_read: int = 0
    first: str = ""
    last: str = ""
    mapped: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, float] = field(default_factory=dict)
    outside: dict[str, float] = field(default_factory=dict)
    totals: dict[str, float] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Tidy:
    """
    An importer's result: the rows, the account, and whether the figures are second-hand.

    `conflicts` holds, by cell, what to tell where second-hand files give two figures for it.
    """

    rows: pd.DataFrame
    account: Account
    second_hand: bool = False
    conflicts: dict[tuple[str, str, str], str] = field(default_factory=dict)


def frame(records: list[tuple]) -> pd.DataFrame:
    """
    Tidy rows in the one order they are kept in: by series, place and period.

    Examples
    --------
    >>> frame([("rape", "sutton", "2023-02", 4, None), ("rape", "brent", "2023-02", 7, None)])["place"].to_list()
    ['brent', 'sutton']
    """
    rows = pd.DataFrame(records, columns=TIDY).astype({"value": float, "base": float})
    return rows.sort_values(TIDY[:3], ignore_index=True)


def plain(name: str) -> str:
    """
    A published name reduced to what tells it from others: case, punctuation and spacing do not.

    Examples
    --------
    >>> plain("PUBLIC FEAR, ALARM OR DISTRESS") == plain("Public Fear Alarm or Distress ")
    True
    """
    return " ".join(re.sub(r"[^a-z0-9&()]+", " ", name.lower()).split())


def series_by_name(dataset: Dataset) -> dict[str, str]:
    """Each published name, reduced by `plain`, to the series that keeps it."""
    return {plain(name): series for series, names in dataset.series.items() for name in names}
