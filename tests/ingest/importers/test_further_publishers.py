"""Calls and satisfaction from SQLite, searches from JSON, violence against women and girls from Parquet: totals, and what is refused."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from metrics.ingest.importers import stop_search_counts

RELEASES = Path(__file__).parents[3] / "data" / "releases"


def shipped(dataset: str, published: str, series: str) -> pd.DataFrame:
    rows = pd.read_csv(RELEASES / dataset / f"{published}.csv")
    return rows[rows["measure"] == series]


def total(rows: pd.DataFrame, place: str, first: str, last: str) -> float:
    return rows[(rows["place"] == place) & rows["period"].between(first, last)]["value"].sum()


def test_calls_add_up_to_the_totals_known_from_the_publisher():
    calls = shipped("asb-calls", "2024-05-31", "asb-calls")
    assert total(calls, "london", "2022-07", "2023-06") == 234_579
    assert total(calls, "london", "2023-04", "2024-03") == 251_433


@pytest.mark.parametrize(("quarter", "expected"), [("2023-06", (64, 34, 38)), ("2024-12", (61, 31, 39))])
def test_three_channels_of_satisfaction_stay_apart(quarter, expected):
    channels = ("face-to-face", "online", "telephone")
    rows = [shipped("victim-satisfaction", "2025-06-30", f"satisfaction-{name}") for name in channels]
    assert tuple(total(channel, "london", quarter, quarter) for channel in rows) == expected


def test_searches_of_whole_months_only():
    searches = shipped("stop-search", "2025-08-03", "stop-search")
    assert total(searches, "london", "2023-06", "2023-06") == 11_599
    assert not set(searches["period"]) & {"2022-05", "2022-12", "2024-09", "2025-04"}


def test_one_of_two_stacked_sheets_is_read():
    offences = shipped("vawg", "2026-03-31", "vawg")
    assert total(offences, "kingston-upon-thames", "2025-03", "2026-02") == 1_936
    assert total(offences, "london", "2026-02", "2026-02") == 10_315


def database(folder: Path, *statements: str) -> Path:
    path = folder / "sol.db"
    with closing(sqlite3.connect(path)) as made:
        for statement in statements:
            made.execute(statement)
        made.commit()
    return path


CHARTS = "CREATE TABLE charts_data (dataset, timeperiod_label, area_name, value, area_code)"
FACE = "Face-to-Face Reporting (USS)"


def row(label: str, value, channel: str = FACE) -> str:
    return f"INSERT INTO charts_data VALUES ('victim_satisfaction', '{label}', 'London', {value}, '{channel}')"


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ((CHARTS, row("Q4 24-26", 0.6)), "month label not understood"),
        ((CHARTS, row("Q1 24-25", 61)), "is no proportion"),
        ((CHARTS, row("Q1 24-25", "9e999")), "not a number: inf"),
        ((CHARTS, row("Q1 24-25", 0.6).replace("'Q1 24-25'", "NULL")), "no period: None"),
        ((CHARTS, row("Q1 24-25", 0.6), row("Q1 24-25", 0.7)), "stands twice"),
        ((CHARTS, row("Q1 24-25", 0.6, "Letter")), "series not known"),
        (("CREATE TABLE other (a)",), "tables not known"),
        ((CHARTS, row("Q1 24-25", 0.6), "CREATE VIEW seen AS SELECT * FROM charts_data"), "more than plain tables: seen"),
        ((CHARTS, "CREATE TRIGGER t AFTER INSERT ON charts_data BEGIN SELECT 1; END"), "more than plain tables: t"),
        (("CREATE TABLE charts_data (dataset)",), "no such column"),
    ],
)
def test_a_database_that_is_not_understood_is_refused(project, refused, tmp_path, statements, says):
    refused("import", "victim-satisfaction", database(tmp_path, *statements), "--published", "2025-06", says=says)


def test_a_fourth_financial_quarter_is_of_its_second_year(project, tmp_path):
    project.take("victim-satisfaction", database(tmp_path, CHARTS, row("Q4 23-24", 0.65)), published="2024-06")
    rows = pd.read_csv(project.data / "releases/victim-satisfaction/2024-06-30.csv")
    assert rows["period"].to_list() == ["2024-03"]


def days(month: str, many: int, value) -> dict:
    return {f"{month}-{day:02d}": value for day in range(1, many + 1)}


def searches(project, totals: object, boroughs: object) -> tuple[Path, Path]:
    return project.put("totals.json", json.dumps(totals)), project.put("boroughs.json", json.dumps(boroughs))


@pytest.mark.parametrize(
    ("totals", "boroughs", "says"),
    [
        (days("2024-01", 31, 5), days("2024-01", 31, {"Sutton": 6}), "boroughs add up to 186"),
        (days("2024-01", 31, 5), days("2024-01", 31, {"Atlantis": 1}), "no place called"),
        (days("2024-01", 31, -5), days("2024-01", 31, {"Sutton": 1}), "is no count"),
        (
            days("2024-01", 31, 5) | days("2024-02", 20, 5) | days("2024-03", 31, 5),
            days("2024-01", 31, {"Sutton": 5}) | days("2024-02", 20, {"Sutton": 5}) | days("2024-03", 31, {"Sutton": 5}),
            "has 20 days only",
        ),
        (days("2024-01", 31, 5), days("2024-01", 31, 4), "one file of totals and one of boroughs"),
        ([], {}, "an object of days"),
        (days("2024-01", 31, 5) | {"2024-01-07": 0}, days("2024-01", 31, {"Sutton": 5}), "2024-01-07: no search on a whole day"),
        (days("2024-01", 31, 5), days("2024-01", 31, {"Sutton": 5}) | {"2024-01-07": None}, "2024-01-07: no boroughs on that day"),
        (days("2024-01", 31, 5), days("2024-01", 31, {"Sutton": 5}) | {"2024-01-07": {}}, "2024-01-07: no boroughs on that day"),
        (days("2024-01", 31, 5), days("2024-01", 31, {"Unknown": 5}), "'Unknown'"),
        (days("2024-01", 31, 10**9), days("2024-01", 31, {"Sutton": 5}), "is no count"),
    ],
)
def test_searches_that_are_not_understood_are_refused(project, refused, totals, boroughs, says):
    files = searches(project, totals, boroughs)
    refused("import", "stop-search", *files, "--published", "2024-05", says=says)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"2024-01-01": 5, "2024-01-01": 6}', "JSON is expected: '2024-01-01' stands twice"),
        ('{"2024-01-01": ' + "9" * 5000 + "}", "JSON is expected"),
        ("[" * 100_000, "JSON is expected"),
    ],
)
def test_a_file_of_days_that_no_reader_should_guess_at_is_refused(project, refused, text, says):
    _, boroughs = searches(project, {}, days("2024-01", 1, {"Sutton": 5}))
    refused("import", "stop-search", project.put("totals.json", text), boroughs, "--published", "2024-05", says=says)


def test_a_month_of_whose_searches_few_are_in_the_boroughs_looks_odd():
    """Half of the boroughs' figures are gone."""
    london, placed = {"2024-01": 100, "2024-02": 100}, {("sutton", "2024-01"): 90, ("sutton", "2024-02"): 45}
    assert [line[:7] for line in stop_search_counts._unplaced(london, placed)] == ["2024-02"]


def parquet(project, rows: list[tuple]) -> Path:
    path = project.put("vawg.parquet", b"")
    table = pd.DataFrame(rows, columns=["borough_name", "recorded_date_months", "count", "sheet"])
    table.assign(recorded_date_months=pd.to_datetime(table["recorded_date_months"])).to_parquet(path)
    return path


PLACES, KINDS = "Offence count location", "Offence count classification"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("Sutton", "2024-01-01", 5, PLACES), (None, "2024-01-01", 6, KINDS)], "2024-01: the two sheets give 5 and 6"),
        ([("Sutton", "2024-01-01", 5, "Another sheet")], "sheet not known"),
        ([("Sutton", "2024-01-01", -5, PLACES)], "a count below zero"),
        ([("Atlantis", "2024-01-01", 5, PLACES)], "no place called"),
        ([("London", "2024-01-01", 5, PLACES)], "'London' is none of the areas"),
        ([("Sutton", "2024-01-01", "5", PLACES)], "counts that are numbers and months that are dates are expected"),
    ],
)
def test_a_parquet_file_that_is_not_understood_is_refused(project, refused, rows, says):
    refused("import", "vawg", parquet(project, rows), "--published", "2024-05", says=says)


def test_a_file_that_is_no_parquet_is_refused(project, refused):
    refused("import", "vawg", project.put("vawg.parquet", b"PAR1 but not really"), "--published", "2024-05", says="a Parquet file with")
