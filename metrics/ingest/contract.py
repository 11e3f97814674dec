"""
The one contract of all importers: tidy rows, an account of everything that was in the files, and what rows can never be.

Tidy rows have one row per series, place and period: `measure, place, period, value, base`. Here `measure`
is the dataset's series; the measures that people see name the series that they add together.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from metrics.domain import CELL, SURVEYS, TIDY, Dataset, Definitions, Place, Refused, areas_of, periods, total_of
from metrics.ingest.reading import AREAS, SourceCells, standing

MONTHS_APART = {"month": 1, "quarter": 3, "year": 12}
PROPORTION = 1.0
FEW = 4
NEAR = 2.0
"""A figure that is a hundredth of its neighbours is within a factor of two of them once it is multiplied by 100."""
LEAST_STOCK = 50
"""Below this many a stock may halve within a month."""


Refuse = Callable[[pd.DataFrame, Callable[[Any], str]], None]


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

    `conflicts` holds, by cell, what to tell where second-hand files give two figures for it. `partial` is set where a file
    may hold any choice of areas. `twins` names areas that a file gives twice under two names: the one kept, and the other.
    `odd` is what looks odd in the files themselves, before anything is added up. `source_cells` says where in the files each figure stands,
    where the importer knows.
    """

    rows: pd.DataFrame
    account: Account
    second_hand: bool = False
    conflicts: dict[tuple[str, str, str], str] = field(default_factory=dict)
    partial: bool = False
    twins: dict[str, str] = field(default_factory=dict)
    odd: tuple[str, ...] = ()
    source_cells: tuple[SourceCells, ...] = ()


@dataclass(frozen=True)
class Series:
    """What a series counts: its unit, its kind, and the months from one figure to the next."""

    unit: str = "count"
    kind: str = "count"
    step: int = 1


def frame(records: list[tuple]) -> pd.DataFrame:
    """
    Tidy rows in the one order they are kept in: by series, place and period.

    >>> frame([("rape", "sutton", "2023-02", 4, None), ("rape", "brent", "2023-02", 7, None)])["place"].to_list()
    ['brent', 'sutton']
    """
    rows = pd.DataFrame(records, columns=TIDY).astype({"value": float, "base": float})
    return rows.sort_values(CELL, ignore_index=True)


def plain(name: str) -> str:
    """
    A published name reduced to what tells it from others: case, punctuation and spacing do not.

    >>> plain("PUBLIC FEAR, ALARM OR DISTRESS") == plain("Public Fear Alarm or Distress ")
    True
    """
    return " ".join(re.sub(r"[^a-z0-9&()]+", " ", name.lower()).split())


def series_by_name(dataset: Dataset) -> dict[str, str]:
    """Each published name, reduced by `plain`, to the series that keeps it."""
    return {plain(name): series for series, names in dataset.series.items() for name in names}


def series_of(dataset: Dataset, definitions: Definitions) -> dict[str, Series]:
    """What each series of a dataset counts, from the measures that use it; events a period where none does."""
    step = MONTHS_APART[dataset.frequency]
    known = {name: Series(step=step) for name in (*dataset.series, dataset.total) if name}
    for measure in definitions.measures.values():
        if measure.source and measure.source.dataset == dataset.id:
            about = Series(measure.unit, measure.kind, MONTHS_APART["quarter"] if measure.kind in SURVEYS else step)
            known |= dict.fromkeys(measure.source.series, about)
    return known


def gaps_of(rows: pd.DataFrame, series: dict[str, Series]) -> list[str]:
    """
    The periods between the first and the last of each series that have no figure anywhere, or none in a place that has others.

    >>> rows = frame([("rape", "brent", "2023-01", 4, None), ("rape", "brent", "2023-03", 7, None), ("rape", "ealing", "2023-03", 7, None)])
    >>> gaps_of(rows, {})
    ['2023-02: in none of the files', 'rape: no figure of ealing in 1 of 2 periods, such as 2023-01']
    """
    return [*_missing_periods(rows, series), *_missing_places(rows), *_ending_early(rows)]


def _missing_periods(rows: pd.DataFrame, series: dict[str, Series]) -> list[str]:
    by_series = {name: set(group) for name, group in rows.groupby("measure")["period"]}
    missing = {
        name: set(periods.span(min(given), max(given))[:: series.get(name, Series()).step]) - given for name, given in by_series.items()
    }
    anywhere = set().union(*by_series.values(), set())
    nowhere = set().union(*missing.values(), set()) - anywhere
    lines = [(period, f"{period}: in none of the files") for period in nowhere]
    lines += [(period, f"{period}: no figure for {name}") for name, absent in missing.items() for period in absent - nowhere]
    return [line for _, line in sorted(lines)]


def _missing_places(rows: pd.DataFrame) -> list[str]:
    """Places without a figure in periods in which the series has others; once a series begins in half of all places."""
    lines = []
    for name, group in rows.groupby("measure"):
        given = group.pivot_table(index="period", columns="place", values="value", aggfunc="size").notna()
        wide = given[given.mean(axis=1) >= 0.5]
        lacking = (~wide).sum()
        for place, number in lacking[(lacking > 0) & given.any()].items():
            first = wide.index[~wide[place]][0]
            lines.append(f"{name}: no figure of {place} in {number} of {len(wide)} periods, such as {first}")
    return lines


def _ending_early(rows: pd.DataFrame) -> list[str]:
    """Series that end before the others of the files."""
    last = rows.groupby("measure")["period"].max()
    return [f"{name}: ends with {period}, others with {last.max()}" for name, period in last.items() if period < last.max()]


def absent_from(tidy: Tidy, about: Dataset, places: dict[str, Place]) -> list[str]:
    """What a dataset is made of and the files do not hold at all: whole series, and areas of a release that gives others."""
    absent = sorted(set(about.series) - set(tidy.rows["measure"]))
    lines = [f"not in these files: {', '.join(absent)}"] if absent else []
    areas = set(areas_of(places))
    for name, group in tidy.rows.groupby("measure"):
        given = areas & set(group["place"])
        if len(areas) > len(given) > len(areas) / 2:
            lines.append(f"{name}: no figure of {', '.join(sorted(areas - given))}")
    return [] if tidy.partial else lines


def by_area(rows: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """Rows of wards added up to the areas that they lie in, and to the whole force area."""
    areas = rows.assign(place=rows["place"].map({code: ward.area for code, ward in definitions.wards.items()}))
    summed = [table.groupby(CELL, as_index=False)["value"].sum() for table in (areas, rows.assign(place=definitions.total.id))]
    return pd.concat(summed, ignore_index=True).assign(base=float("nan"))


def check(
    tidy: Tidy, series: dict[str, Series], places: dict[str, Place], before: pd.DataFrame, limits: dict[str, tuple[float, ...]]
) -> None:
    """
    Refuse what no published figures can be.

    `before`: what was known of the dataset before: a stock is held against its month before.
    `limits`: by series, the least and the most that a figure of the whole force can be.
    Raises Refused: a cell twice; a negative or broken number; a count with decimals; a percentage above 100, or a proportion in place of
        one; a figure of the whole force outside its limits; a stock of less than half of the month before; areas of more than their total;
        areas missing from a period.
    """
    rows, refuse = tidy.rows, partial(_refuse_first, tidy)
    refuse(rows[rows.duplicated(CELL)], lambda row: "stands twice")
    refuse(rows[~(rows["value"].between(0, float("inf"), inclusive="left"))], lambda row: f"{row.value} is no figure")
    units = rows["measure"].map(lambda name: series.get(name, Series()).unit)
    counts, percents = rows[units.eq("count")], rows[units.eq("percent")]
    refuse(counts[counts["value"] % 1 != 0], lambda row: f"{row.value:g} has decimals: a count is expected")
    refuse(percents[percents["value"] > 100], lambda row: f"{row.value:g} is above 100 per cent")
    _check_proportions(percents, refuse)
    _check_limits(rows[rows["place"] == total_of(places).id], limits, refuse)
    stocks = {name for name, about in series.items() if about.kind == "stock"}
    _check_stocks(pd.concat([table.loc[table["measure"].isin(stocks), [*CELL, "value"]] for table in (before, rows)]), refuse)
    _check_areas(tidy, places, counts)


def _refuse_first(tidy: Tidy, wrong: pd.DataFrame, reason: Callable[[Any], str]) -> None:
    """Refuse the first of some wrong figures, with the line that it stands on."""
    for row in wrong.head(1).itertuples():
        cell = row.measure, row.place, row.period
        file, line = standing(tidy.source_cells, cell)
        raise Refused(f"{', '.join(cell)}: {reason(row)}", file=file, line=line)


def _check_proportions(percents: pd.DataFrame, refuse: Refuse) -> None:
    """Proportions from 0 to 1 where percentages belong: all figures of a series, or one among percentages."""
    for name, rows in percents.groupby("measure"):
        largest = rows["value"].max()
        if 0 < largest <= PROPORTION:
            raise Refused(f"{name}: {largest:g} at most: a percentage is expected (such as {100 * largest:g}), these look like proportions")
        for place, figures in rows.groupby("place"):
            most = figures["value"].max()
            if len(figures) >= FEW and 0 < most <= PROPORTION:
                raise Refused(f"{name}, {place}: {most:g} at most: a percentage is expected, these look like proportions")
            refuse(figures[_is_hundredth(figures["value"])], _hundredth)


def _check_limits(whole: pd.DataFrame, limits: dict[str, tuple[float, ...]], refuse: Refuse) -> None:
    """Figures of the whole force that are a tenth or ten times of what they can be: the decimal point has moved."""
    for name, (least, most) in limits.items():
        given = whole[whole["measure"] == name]
        given = given.assign(window=f"{least:,.0f} and {most:,.0f}")
        refuse(given[~given["value"].between(least, most)], lambda row: f"{row.value:,.0f} is not between {row.window}")


def _is_hundredth(values: pd.Series) -> pd.Series:
    usual = values.median()
    return values.between(0, PROPORTION, inclusive="right") & (100 * values).between(usual / NEAR, usual * NEAR) & (usual > PROPORTION)


def _hundredth(row) -> str:
    return f"{row.value:g} is a hundredth of its neighbours: a percentage is expected (such as {100 * row.value:g})"


def _check_stocks(rows: pd.DataFrame, refuse: Refuse) -> None:
    """A stock does not halve or double within a month: a figure that does has lost or gained a digit."""
    latest = rows.drop_duplicates(CELL, keep="last").sort_values(CELL, ignore_index=True)
    earlier = latest.groupby(CELL[:2]).shift(1)
    follows = latest["period"] == earlier["period"].map(lambda period: periods.shift(period, 1), na_action="ignore")
    latest = latest.assign(before=earlier["value"].where(follows))
    low, high = latest[["value", "before"]].min(axis=1), latest[["value", "before"]].max(axis=1)
    refuse(latest[latest["before"].notna() & (high >= LEAST_STOCK) & (high > 2 * low)], _leapt)


def _leapt(row) -> str:
    change = "less than half of" if row.value < row.before else "more than twice"
    return f"{row.value:,.0f} after {row.before:,.0f}: {change} the month before"


def _check_areas(tidy: Tidy, places: dict[str, Place], counts: pd.DataFrame) -> None:
    """A period has every area or, in a file that may choose, some; counts of areas above their total are refused, or told there."""
    level = tidy.rows["place"].map(lambda place: places[place].level)
    areas = sum(place.level in AREAS for place in places.values())
    for (name, period), given in tidy.rows[level.isin(AREAS)].groupby(["measure", "period"])["place"]:
        if not tidy.partial and len(given) < areas - 1:
            raise Refused(f"{name} {period} has {len(given)} of {areas} areas: the file may be cut short")
    total = total_of(places).id
    sums = counts[counts["place"] != total].groupby(["measure", "period"])["value"].sum()
    given = counts[counts["place"] == total].set_index(["measure", "period"])["value"]
    more = [
        f"{name} {period}: the areas add up to {sums[name, period]:,.0f}, more than their total of {value:,.0f}"
        for (name, period), value in given[sums.reindex(given.index) > given].items()
    ]
    if more and not tidy.partial:
        raise Refused(more[0])
    tidy.account.notes += [*more[:1], *([f"and so in {len(more) - 1} more months"] if more[1:] else [])]
