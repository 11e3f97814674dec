"""
Violence against women and girls: a Parquet file by month, command unit, borough and ward, where an offence was recorded.

Two sheets are stacked in it, by place and by kind of offence, each the full total: only the one by place is read. It takes in offences
that the publisher marks as outside its own definition.
"""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype
from pyarrow import ArrowException

from metrics.domain import Dataset, Place, Refused, total_of
from metrics.ingest.contract import Account, Tidy, frame
from metrics.ingest.reading import SourceCells, downwards, only, place_of

COLUMNS = ["borough_name", "recorded_date_months", "count", "sheet"]
PLACES, KINDS = "Offence count location", "Offence count classification"
NO_BOROUGH = ("Other", "Unknown")
SERIES = "vawg"
FIRST_LINE = 2
"""Rows of a Parquet file are counted as a spreadsheet of it would, in which the names of the columns come first."""


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """Tidy rows: offences by the month in which they were recorded, in London and each borough."""
    file = only(files)
    table = _table(file)
    by_place = table[table["sheet"] == PLACES]
    _agree(file, by_place, table[table["sheet"] == KINDS])
    names = {
        name: "" if name in NO_BOROUGH else place_of(file, None, str(name), places).id for name in by_place["borough_name"].unique()
    }
    by_place = by_place.assign(place=by_place["borough_name"].map(names))
    counted = by_place.groupby(["place", "month"])["count"].sum()
    total = by_place.groupby("month")["count"].sum()
    tidy = _tidy(dataset, counted, total, len(by_place), total_of(places).id)
    return replace(tidy, source_cells=(_located(file, by_place, set(tidy.rows["period"]), total_of(places).id),))


def _located(file: Path, by_place: pd.DataFrame, months: set[str], whole_force: str) -> SourceCells:
    """The rows that were added up, of each place and month."""
    lines: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, place, month in by_place.loc[by_place["month"].isin(months), ["place", "month"]].itertuples(name=None):
        for where in filter(None, (place, whole_force)):
            lines[SERIES, where, month].append(at + FIRST_LINE)
    return downwards(file, "count", lines)


def _table(file: Path) -> pd.DataFrame:
    try:
        whole = pd.read_parquet(file)
        table = whole[COLUMNS]
    except (ArrowException, OSError, ValueError, KeyError) as error:
        raise Refused(f"a Parquet file with {', '.join(COLUMNS)} is expected", file=file) from error
    if not is_numeric_dtype(table["count"]) or not is_datetime64_any_dtype(table["recorded_date_months"]):
        raise Refused("counts that are numbers and months that are dates are expected", file=file)
    if (table["count"] < 0).any() or table["recorded_date_months"].isna().any():
        raise Refused("a count below zero, or a row without a month", file=file)
    if whole.duplicated().any():
        raise Refused(f"{whole.duplicated().sum():,} rows stand twice", file=file)
    if unknown := set(table["sheet"].unique()) - {PLACES, KINDS}:
        raise Refused(f"sheet not known: {', '.join(sorted(map(str, unknown)))}", file=file)
    return table.assign(month=table["recorded_date_months"].dt.strftime("%Y-%m"))


def _agree(file: Path, by_place: pd.DataFrame, by_kind: pd.DataFrame) -> None:
    """Both sheets are the full total: where they differ, one of them is not what it was taken for."""
    one_way, other_way = (sheet.groupby("month")["count"].sum() for sheet in (by_place, by_kind))
    if len(other_way) and not one_way.equals(other_way):
        month = (one_way.sub(other_way, fill_value=0) != 0).idxmax()
        raise Refused(f"{month}: the two sheets give {one_way.get(month, 0):,} and {other_way.get(month, 0):,}", file=file)


def _tidy(dataset: Dataset, counted: pd.Series, total: pd.Series, rows: int, whole_force: str) -> Tidy:
    months = [month for month in total.index if month >= (dataset.keep_from or "")]
    account = Account(rows_read=rows, mapped={PLACES: SERIES})
    areas = [place for place in counted.index.get_level_values(0).unique() if place]
    whole = counted.reindex(pd.MultiIndex.from_product([areas, months]), fill_value=0)
    records = [(SERIES, place, month, count, None) for (place, month), count in whole.items()]
    records += [(SERIES, whole_force, month, total[month], None) for month in months]
    account.totals[SERIES] = int(total[months].sum())
    account.outside["no borough"] = int(account.totals[SERIES] - whole.sum())
    account.left_out[f"{KINDS}, the same offences again"] = int(total.sum())
    return Tidy(frame(records), account)
