"""
What looks odd in a release beside those before it: a person must look at it, and may accept it with a reason.

Here is what must be there and is not. What a release changes of what was known is in `restatements`, how far figures
stray and what is unlikely within one release in `unlikely_figures`.
"""

from collections.abc import Iterator
from functools import partial, reduce

import pandas as pd

from metrics.domain import CELL, Dataset, Place, areas_of, periods, total_of
from metrics.ingest import restatements, unlikely_figures
from metrics.ingest.contract import Series
from metrics.ingest.unlikely_figures import LEAST_SPREAD, Columns, newest, updated

REST = "what no series holds"
LONGEST = 20


def oddities(
    rows: pd.DataFrame, earlier: list[pd.DataFrame], about: Dataset, series: dict[str, Series], places: dict[str, Place]
) -> list[str]:
    """
    What looks odd, each in one line, the largest groups first.

    `earlier`: the tidy rows of each release before it, oldest first.
    Returns: at most 20 lines, the last of which counts what was left out; empty where nothing is odd.
    """
    if rows.empty:
        return []
    *before, now = _with_rest([_wide(table, places) for table in (*earlier, rows)], about)
    known = reduce(updated, before, now.iloc[:0])
    whole, areas = total_of(places).id, areas_of(places)
    odd, lines = [], [*_gone(now, before, known, about, areas), *(_ended(now, areas) if before else ()), *unlikely_figures.repeated(now)]
    lines += restatements.an_older_file(now, before, known) + restatements.of_another(now, known)
    lines += restatements.periods_swapped(now, known)
    for unit in filter(partial(_of_unit, now, series), LEAST_SPREAD):
        part = now[_of_unit(now, series, unit)]
        if unit == "count":
            lines += [*restatements.another_month(part, known), *unlikely_figures.rounded(part), *unlikely_figures.zeros(part, areas)]
            lines += restatements.areas_changed(part, known[_of_unit(known, series, unit)], areas)
        else:
            lines += restatements.percentages_changed(part, known[_of_unit(known, series, unit)])
        odd += [
            restatements.restated(part, before, unit, whole),
            restatements.moved_months(part, before, unit, whole, about.total),
            newest(part, known, unit, whole),
            unlikely_figures.digits(part, known),
            *(unlikely_figures.lone(part, known, kind, columns) for kind, columns in _steady(part, series, unit, (about.total, whole))),
        ]
    lines += [line for columns in odd for line in _without_parts(columns, [whole, *areas], about)]
    return lines if len(lines) <= LONGEST else [*lines[: LONGEST - 1], f"and {len(lines) - LONGEST + 1} more of this kind"]


def _steady(now: pd.DataFrame, series: dict[str, Series], unit: str, everything: tuple[str | None, str]) -> list[tuple[str, pd.Index]]:
    """The columns of which no period lies far from those beside it, by the limit that holds for them."""
    if unit == "percent":
        of_all = now.columns.get_level_values("place") == everything[1]
        return [("percent", now.columns[~of_all]), ("percent of all", now.columns[of_all])]
    stock = [series.get(name, Series()).kind == "stock" for name, _ in now.columns]
    return [(unit, now.columns[[column == everything for column in now.columns]]), ("stock", now.columns[stock])]


def _wide(rows: pd.DataFrame, places: dict[str, Place]) -> pd.DataFrame:
    """Periods by series and place, of the total and its areas."""
    judged = {total_of(places).id, *areas_of(places)}
    return rows[rows["place"].isin(judged)].set_index(CELL)["value"].unstack(["measure", "place"]).sort_index()


def _with_rest(releases: list[pd.DataFrame], about: Dataset) -> list[pd.DataFrame]:
    """Where a dataset has a total, also what of it no series holds that every release has: categories go missing there too."""
    names = [set(wide.columns.get_level_values(0)) for wide in releases]
    parts = sorted(set.intersection(*names) - {about.total})
    if not parts or not all(about.total in name for name in names):
        return releases
    return [wide.join(pd.concat({REST: wide[about.total] - wide[parts].T.groupby(level=1).sum().T}, axis=1)) for wide in releases]


def _of_unit(wide: pd.DataFrame, series: dict[str, Series], unit: str) -> list[tuple[str, str]]:
    return [column for column in wide.columns if (series.get(column[0], Series()).unit == "percent") == (unit == "percent")]


def skipped(rows: pd.DataFrame, known: pd.DataFrame, step: int, left_out: tuple[str, ...]) -> list[str]:
    """The periods missing right before a newest one that was not known: its label may have moved."""
    given = sorted(set(rows["period"]))
    if not given[1:] or known.empty or given[-1] <= known["period"].max():
        return []
    missing = [period for period in periods.span(given[-2], given[-1])[step:-1:step] if period not in left_out]
    return [f"{period}: in none of the files, although {given[-1]} is: may a label have moved?" for period in missing]


def _gone(now: pd.DataFrame, before: list[pd.DataFrame], known: pd.DataFrame, about: Dataset, areas: list[str]) -> Iterator[str]:
    """Series, areas and months that were there and are not, inside what this release covers."""
    if not before:
        return
    here, there = set(now.columns), set(before[-1].columns)
    if about.total in now.columns.get_level_values(0):
        for name in sorted({name for name, _ in there} - {name for name, _ in here}):
            yield f"{name}: in the release before, and not in this one"
    for name in sorted({name for name, _ in here & there}):
        had, has = ({place for series, place in columns if series == name} & set(areas) for columns in (there, here))
        if has and had - has and len(has) >= len(had) / 2:
            yield f"{name}: no figure for {', '.join(sorted(had - has))}, which the release before has"
    inside = known[(known.index >= now.index[0]) & (known.index <= now.index[-1])]
    for period in sorted(set(inside.dropna(how="all").index) - set(now.index)):
        yield f"{period}: known before, and missing between the first and the last month of this release"


def _ended(now: pd.DataFrame, areas: list[str]) -> Iterator[str]:
    """Areas without a figure in the newest period, in which most others have one."""
    for name in now.columns.get_level_values(0).unique():
        given = now[name].reindex(columns=areas).dropna(axis=1, how="all").iloc[-1].notna()
        if given.mean() > 0.5 and not given.all():
            yield f"{name}: no figure for {', '.join(given.index[~given])} in {now.index[-1]}, which the other areas have"


def _without_parts(odd: Columns, shown: list[str], about: Dataset) -> list[str]:
    """One line each, without the areas of a total that is odd, or the series of an area whose sum is odd."""
    whole = shown[0]
    lines = []
    for (name, place), line in sorted(odd.items(), key=lambda item: (item[0][0], shown.index(item[0][1]))):
        of_total = place != whole and (name, whole) in odd
        of_sum = name != about.total and (about.total, place) in odd
        if not of_total and not of_sum:
            lines.append(f"{name}, {place}, {line}" if line[4:5] == "-" else f"{name}, {place}: {line}")
    return lines
