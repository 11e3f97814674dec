"""The cells that a release names add up to its figures, and keeping them changes nothing of it."""

import csv
import hashlib
import json
import re
import sqlite3
from contextlib import closing

import pandas as pd
import pytest

from metrics.domain import Refused, periods
from metrics.ingest import reading, releases
from tests.conftest import ROOT
from tests.ingest.samples import FLAVOURS, NEWEST, recorded_crime


def numbers(lines: str) -> list[int]:
    """The rows that are named."""
    spans = [list(map(int, span.split("-"))) for span in lines.split(", ")]
    return [line for span in spans for line in range(span[0], span[-1] + 1)]


def added_up(sheet: list[list[str]], part: reading.SourceCells, key: tuple[str, str]) -> dict[str, int]:
    """The cells of a series and place added up by hand, by month."""
    months = periods.span(part.first, part.last)
    at = {month: part.column - 1 + step for step, month in enumerate(months)}
    return {month: sum(int(sheet[line - 1][at[month]]) for line in numbers(part.lines[key])) for month in months}


def sheet_of(path) -> list[list[str]]:
    """A file as a spreadsheet counts it."""
    return list(csv.reader(path.open(encoding="utf-8-sig", newline="")))


@pytest.fixture
def taken(project):
    """A project with one release of recorded crime, and the file that it came from."""
    file = project.put("Borough level.csv", recorded_crime(next(iter(FLAVOURS)), NEWEST))
    project.take("recorded-crime", file)
    return project, file


def the_release(project):
    (release,) = releases.all_of(project.data)
    return release


def test_the_cells_named_add_up_to_every_figure_of_the_release(taken):
    project, file = taken
    release, sheet = the_release(project), sheet_of(file)
    (part,) = releases.cells_of(project.data, release)
    figures = releases.rows(project.data, release).set_index(["measure", "place", "period"])["value"]
    assert part.file == file.name and ("all-crime", "london") in part.lines
    for key in part.lines:
        for month, total in added_up(sheet, part, key).items():
            assert figures[(*key, month)] == total
    assert not figures[[key for key in figures.index if key[:2] not in part.lines]].any()


def test_a_release_kept_before_cells_were_recorded_gets_them_from_the_same_files(taken):
    project, file = taken
    path = releases.cells_path(project.data, the_release(project))
    written, beside = path.read_bytes(), path.parent / "2024-04-18.csv"
    figures = beside.read_bytes()
    path.unlink()
    assert releases.cells_of(project.data, the_release(project)) == []
    assert "where its figures stand in the files is kept now" in project.take("recorded-crime", file)
    assert path.read_bytes() == written and beside.read_bytes() == figures
    assert project.take("recorded-crime", file).startswith("nothing to do")


EDITS = [('"column": 4', '"column": 5'), ('"release": "', '"release": "0'), ("{", "["), ("lines", "rows")]


@pytest.mark.parametrize(("was", "becomes"), EDITS)
def test_cells_that_were_edited_or_are_of_other_figures_are_refused(taken, was, becomes):
    project, _ = taken
    path = releases.cells_path(project.data, the_release(project))
    path.write_text(path.read_text().replace(was, becomes, 1))
    with pytest.raises(Refused, match="not the cells of the release"):
        releases.cells_of(project.data, the_release(project))


def test_runs_of_rows_are_drawn_together():
    assert reading.spans([]) == "" and reading.spans([5]) == "5" and reading.spans([9, 3, 4, 5]) == "3-5, 9"


def test_the_shipped_cells_are_those_of_the_official_files(official):
    by_digest = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in official.glob("recorded-crime/*/*.csv")}
    for release in releases.all_of(ROOT / "data", "recorded-crime")[-4:]:
        figures = releases.rows(ROOT / "data", release).set_index(["measure", "place", "period"])["value"]
        files = {file["name"]: by_digest[file["sha256"]] for file in release.files}
        for part in releases.cells_of(ROOT / "data", release):
            sheet = sheet_of(files[part.file])
            assert re.fullmatch(r"20\d{4}", sheet[0][part.column - 1]) and part.first.replace("-", "") == sheet[0][part.column - 1]
            for key in [key for key in part.lines if key[1] in ("london", "brent", "unknown")]:
                for month, total in added_up(sheet, part, key).items():
                    assert figures[(*key, month)] == total


NAMED = ("force-strength", "population", "public-attitudes", "crime-dashboard", "asb-calls", "victim-satisfaction", "vawg", "stop-search")


@pytest.mark.parametrize("dataset", NAMED)
def test_the_cells_named_in_one_column_add_up_to_every_shipped_figure(official, dataset):
    by_digest = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in official.rglob("*") if path.is_file()}
    for release in releases.all_of(ROOT / "data", dataset):
        figures = releases.rows(ROOT / "data", release).set_index(["measure", "place", "period"])["value"].to_dict()
        paths, added = {file["name"]: by_digest[file["sha256"]] for file in release.files}, {}
        for part in releases.cells_of(ROOT / "data", release):
            cell = READERS[paths[part.file].suffix](paths[part.file], part.column)
            added |= {(*key, month): sum(map(cell, named)) for key, month, named in each_period(part)}
        scale = 100 if dataset == "victim-satisfaction" or (dataset == "public-attitudes" and max(added.values()) <= 1) else 1
        for key, value in figures.items():
            assert round(scale * added.get(key, 0), 6) == value, (release.published, key)


def each_period(part: reading.SourceCells):
    """Each series and place with each of its periods and what names its lines."""
    for key, lines in part.lines.items():
        for month, named in zip(part.periods, lines.split(";"), strict=True):
            yield key, month, named.split(" to ") if " to " in named else numbers(named) if named else []


def cell_of_a_sheet(path, column: int):
    """What gives the number in a line of a CSV file."""
    sheet = sheet_of(path)
    return lambda line: float(sheet[line - 1][column - 1].replace(",", "."))


def cell_of_a_table(path, column: str):
    """What gives the number in a row of a table of a database."""
    figures, table = column.split(" of the table ")
    with closing(sqlite3.connect(path)) as connection:
        rows = dict(connection.execute(f"SELECT rowid, {figures} FROM {table}").fetchall())
    return rows.__getitem__


def cell_of_a_frame(path, column: str):
    """What gives the number in a row of a Parquet file, whose first line is taken by the names of the columns."""
    figures = pd.read_parquet(path)[column].to_list()
    return lambda line: figures[line - 2]


def cell_of_days(path, column: str):
    """What gives the sum of the days from the first that is named to the last; all of it stands at the first."""
    days = json.loads(path.read_bytes())
    counts = {day: count.get(column, 0) if isinstance(count, dict) else count for day, count in days.items()}
    return lambda named: sum(count for day, count in counts.items() if day[:7] == named[:7]) if named.endswith("-01") else 0


READERS = {".csv": cell_of_a_sheet, ".db": cell_of_a_table, ".sqlite": cell_of_a_table, ".parquet": cell_of_a_frame, ".json": cell_of_days}


def test_a_figure_of_the_template_names_its_line(project):
    rows = "measure,place,period,value,base,note\nanswer-999,London,2024-01,80,,\nanswer-999,London,2024-03,81,,\n"
    project.take("template", project.put("a.csv", rows))
    (part,) = releases.cells_of(project.data, the_release(project))
    assert (part.column, part.periods, part.lines) == (4, ("2024-01", "2024-03"), {("answer-999", "london"): "2;3"})


def test_every_shipped_release_of_areas_names_its_cells():
    kept = [release for release in releases.all_of(ROOT / "data") if release.dataset != "recorded-crime-ward"]
    assert kept and all(releases.cells_of(ROOT / "data", release) for release in kept)
