"""The cells that a release names add up to its figures, and keeping them changes nothing of it."""

import csv
import hashlib
import re

import pytest

from metrics.domain import Refused, periods
from metrics.ingest import releases, source_cells
from tests.charts.shapes import FLAVOURS, NEWEST, recorded_crime
from tests.conftest import ROOT


def numbers(lines: str) -> list[int]:
    """The rows that are named."""
    spans = [list(map(int, span.split("-"))) for span in lines.split(", ")]
    return [line for span in spans for line in range(span[0], span[-1] + 1)]


def added_up(sheet: list[list[str]], part: source_cells.SourceCells, key: tuple[str, str]) -> dict[str, int]:
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
    (part,) = source_cells.of_release(project.data, release)
    figures = releases.rows(project.data, release).set_index(["measure", "place", "period"])["value"]
    assert part.file == file.name and ("all-crime", "london") in part.lines
    for key in part.lines:
        for month, total in added_up(sheet, part, key).items():
            assert figures[(*key, month)] == total
    assert not figures[[key for key in figures.index if key[:2] not in part.lines]].any()


def test_a_release_kept_before_cells_were_recorded_gets_them_from_the_same_files(taken):
    project, file = taken
    path = source_cells.path_of(project.data, the_release(project))
    written, beside = path.read_bytes(), path.parent / "2024-04-18.csv"
    figures = beside.read_bytes()
    path.unlink()
    assert source_cells.of_release(project.data, the_release(project)) == []
    assert "where its figures stand in the files is kept now" in project.take("recorded-crime", file)
    assert path.read_bytes() == written and beside.read_bytes() == figures
    assert project.take("recorded-crime", file).startswith("nothing to do")


EDITS = [('"column": 4', '"column": 5'), ('"release": "', '"release": "0'), ("{", "["), ("lines", "rows")]


@pytest.mark.parametrize(("was", "becomes"), EDITS)
def test_cells_that_were_edited_or_are_of_other_figures_are_refused(taken, was, becomes):
    project, _ = taken
    path = source_cells.path_of(project.data, the_release(project))
    path.write_text(path.read_text().replace(was, becomes, 1))
    with pytest.raises(Refused, match="not the cells of the release"):
        source_cells.of_release(project.data, the_release(project))


def test_runs_of_rows_are_drawn_together():
    assert source_cells.spans([]) == "" and source_cells.spans([5]) == "5" and source_cells.spans([9, 3, 4, 5]) == "3-5, 9"


def test_the_shipped_cells_are_those_of_the_official_files(official):
    by_digest = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in official.glob("recorded-crime/*/*.csv")}
    for release in releases.all_of(ROOT / "data", "recorded-crime")[-4:]:
        figures = releases.rows(ROOT / "data", release).set_index(["measure", "place", "period"])["value"]
        files = {file["name"]: by_digest[file["sha256"]] for file in release.files}
        for part in source_cells.of_release(ROOT / "data", release):
            sheet = sheet_of(files[part.file])
            assert re.fullmatch(r"20\d{4}", sheet[0][part.column - 1]) and part.first.replace("-", "") == sheet[0][part.column - 1]
            for key in [key for key in part.lines if key[1] in ("london", "brent", "unknown")]:
                for month, total in added_up(sheet, part, key).items():
                    assert figures[(*key, month)] == total


def test_every_shipped_release_of_recorded_crime_names_its_cells():
    held = releases.all_of(ROOT / "data", "recorded-crime")
    assert held and all(source_cells.of_release(ROOT / "data", release) for release in held)
