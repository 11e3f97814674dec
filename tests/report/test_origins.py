"""A figure leads to the release, the file with its SHA-256 and the cells that it was read from; where those are not known, that is said."""

import json

import pytest

from metrics import definitions
from metrics.domain import periods
from metrics.narrative import Wording
from metrics.report.origins import origins
from metrics.report.snapshot import Snapshot, SourceFile
from metrics.store import Store


@pytest.fixture(scope="module")
def snapshot(served, shipped_definitions):
    """The shipped figures as now known."""
    config = definitions.load(served)
    return Snapshot(Store(config.database), shipped_definitions, Wording(config.data / "wording.yaml"))


def read(snapshot, measure: str, place: str):
    known = snapshot.known
    return origins(snapshot, known.measures[measure], known.places[place])


def test_every_month_of_a_series_has_one_origin_and_its_release(snapshot):
    for measure in ("residential-burglary", "all-crime", "trust-met", "homicide"):
        kept = snapshot.series(measure, "brent")
        published = dict(zip(kept["period"], kept["published"].dt.date, strict=True))
        parts = read(snapshot, measure, "brent")
        named = {month: part for part in parts for month in periods.span(part.first, part.last)}
        assert set(published) <= set(named)
        assert all(named[month].published == day and named[month].files for month, day in published.items())


def test_recorded_crime_names_columns_and_rows_of_a_file_with_its_digest(snapshot):
    newest = read(snapshot, "residential-burglary", "kingston-upon-thames")[0]
    (file,) = newest.files
    assert file.name == "MPS Borough Level Crime (most recent 24 months).csv" and file.sha256.startswith("1f24a7bcfab35019")
    assert newest.columns == ("D", "AA") and newest.rows == "593-594"
    assert newest.cells == "columns D to AA, a month in each, rows 593-594 added up"


def test_figures_in_one_column_name_the_row_of_each_period(snapshot):
    newest = read(snapshot, "trust-met", "brent")[0]
    assert newest.columns == ("E", "E") and newest.rows == "" and newest.machine()["rows"]["2025-12"] == newest.by_period["2025-12"]
    assert newest.cells.startswith(f"column E, rows of each period: December 2025 {newest.by_period['2025-12']};")


def test_many_rows_are_left_to_machines(snapshot):
    newest = read(snapshot, "knife-crime", "london")[0]
    assert len(newest.cells) < 800 and newest.cells.endswith("stand in the measure’s data.json")
    assert len(newest.machine()["rows"]) == len(periods.span(newest.first, newest.last))


def test_the_columns_of_a_file_without_order_are_named(snapshot):
    columns = {name: read(snapshot, name, "london")[0].columns[0] for name in ("vawg", "stop-search", "victim-satisfaction")}
    assert columns == {"vawg": "count", "stop-search": "Value", "victim-satisfaction": "value of the table charts_data"}
    assert read(snapshot, "stop-search", "brent")[0].columns[0] == "Brent"


def test_a_measure_of_several_series_has_each_file_once(snapshot):
    parts = read(snapshot, "neighbourhood-crime", "london")
    assert len({(part.first, part.files) for part in parts}) == len(parts)


def test_without_recorded_cells_it_says_what_to_look_for(snapshot, monkeypatch):
    monkeypatch.setattr(Snapshot, "source_cells", lambda snapshot, measure: {})
    newest = read(snapshot, "trust-met", "bexley")[0]
    assert newest.columns == ("", "") and newest.rows == "" and newest.files[0].sha256
    assert newest.cells.startswith("look for ") and "the cells were not recorded" in newest.cells and "Bexley" in newest.cells


def test_a_file_keeps_the_address_that_it_was_fetched_from(snapshot, monkeypatch):
    """What a release keeps of its files is a row of the question `releases`."""
    releases = snapshot.releases()
    address = "https://files.example/a.csv"
    fetched = [json.dumps([file | {"address": address} for file in json.loads(listed)]) for listed in releases["origins"]]
    monkeypatch.setattr(Snapshot, "releases", lambda snapshot: releases.assign(origins=fetched))
    asked = snapshot.on(snapshot.as_at)
    (file,) = asked.files_of("force-strength", releases.loc[releases["dataset"] == "force-strength", "published"].iloc[0].date()).values()
    assert file.machine()["address"] == address and "address" not in SourceFile("a.csv", "0").machine()


def test_where_nothing_is_held_there_is_no_origin(snapshot):
    assert read(snapshot, "rape-outcomes", "brent") == ()
