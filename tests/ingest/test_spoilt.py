"""A bounded selection of spoilt files: none is taken in silence with other figures. `bench/spoilt.py` tries every official file."""

import pandas as pd
import pytest

from metrics.cli import main
from metrics.domain import CELL
from metrics.ingest import pipeline, plausibility, releases, restatements
from metrics.ingest.importers import recorded_crime as importer
from tests.conftest import Project
from tests.ingest import spoiling
from tests.ingest.samples import BOROUGHS, crime_dashboard, force_strength, recorded_crime
from tests.ingest.spoilt_imports import FIRST, MISSING, NEW, REFUSED, SAME, SHORTER, WRONG, Trial

MONTHS = tuple(f"{year}{month:02d}" for year in (2022, 2023) for month in range(1, 13))


def count(category: int, area: int, month: int) -> int:
    """A count near 200, of its own in each area and category, that moves a little."""
    return (150 + 9 * (area % 11) + 14 * category) * (20, 23, 26, 24)[month % 4] // 20 + (7 * category + 11 * area + 13 * month) % 9


@pytest.fixture(scope="module")
def trial(tmp_path_factory, shipped_definitions):
    """The second of two releases of recorded crime, and its file."""
    root = tmp_path_factory.mktemp("spoilt")
    project = Project(root)
    for months, day in ((MONTHS[:-1], "2023-12-18"), (MONTHS, "2024-01-18")):
        path = project.put(f"{day}.csv", recorded_crime(months=months, areas=[*BOROUGHS, "Unknown"], count=count))
        assert main(["--config", str(project.config), "import", "recorded-crime", str(path), "--published", day]) == 0
    second = next(release for release in releases.all_of(project.data) if str(release.published) == "2024-01-18")
    return Trial.of(project.data, second, shipped_definitions, tmp_path_factory.mktemp("trial")), path


@pytest.mark.parametrize("spoil", spoiling.CSV, ids=lambda spoil: spoil.__name__)
def test_no_spoilt_file_is_taken_in_silence(trial, tmp_path, spoil):
    tried, path = trial
    changed = spoil(path.read_bytes())
    if changed is None or changed == path.read_bytes():
        pytest.skip("there is nothing to spoil in that way")
    spoilt = tmp_path / path.name
    spoilt.write_bytes(changed)
    outcome, reason = tried.outcome([spoilt])
    assert outcome not in (WRONG, FIRST, NEW, MISSING, SHORTER), reason
    assert outcome == SAME or spoil not in spoiling.HARMLESS, reason


def test_a_figure_outside_its_limits_is_refused(project, refused):
    text = recorded_crime(months=MONTHS, count=lambda category, area, month: 10 * count(category, area, month))
    refused("import", "recorded-crime", project.put("a.csv", text), "--published", "2024-01-18", says="is not between 0 and 250,000")


def test_an_outcome_of_other_figures_is_told_from_the_same(trial):
    tried, path = trial
    assert tried.outcome([path])[0] in (SAME, REFUSED)
    assert spoiling.crlf(path.read_bytes()) != path.read_bytes()


def test_a_provisional_month_that_changed_places_with_a_new_one_looks_odd(project):
    """The month before was the newest when the release before came out, so that nothing settled has moved."""
    for months, day in ((MONTHS[:-3], "2023-10-18"), (MONTHS, "2024-01-18")):
        text = recorded_crime(months=months, areas=[*BOROUGHS, "Unknown"], count=count)
        raw = spoiling.two_months_swapped(text.encode()) if months == MONTHS else text.encode()
        status, _, err = project.run("import", "recorded-crime", project.put(f"{day}.csv", raw), "--published", day)
    assert status == 1
    assert "2023-09: its counts are as far from those known before as another month's would be" in err


def test_a_category_that_one_of_two_files_has_no_row_of_looks_odd(project, monkeypatch):
    monkeypatch.setattr(importer, "FEW_GONE", 0.2)  # a made-up file has 9 categories, a real one 30 and more
    older = project.put("older.csv", recorded_crime(months=MONTHS[:12], areas=[*BOROUGHS, "Unknown"], count=count))
    newer = recorded_crime(months=MONTHS[12:], areas=[*BOROUGHS, "Unknown"], count=count)
    name = spoiling.cells_of(newer.encode())[1][spoiling.kind_column(spoiling.cells_of(newer.encode()))]
    less = project.put("newer.csv", spoiling.a_category_gone(newer.encode()))
    status, _, err = project.run("import", "recorded-crime", older, less, "--published", "2024-01-18")
    assert status == 1
    assert f"{name.lower()}: " in err
    assert "in older.csv, and no row in newer.csv" in err
    project.take("recorded-crime", older, project.put("newer.csv", newer), published="2024-01-18")


def test_a_series_of_an_extract_that_is_anothers_looks_odd():
    cells = [(series, "london", f"2024-{month:02d}") for series in ("good-job", "listen") for month in range(1, 9)]
    covered = pd.DataFrame(cells, columns=CELL).assign(value=[50.0] * 8 + [60.0] * 8, value_official=[50.0] * 16)
    assert pipeline._contradictions(covered) == ["listen: 8 of 8 cells differ from what the official sheet gives"]
    assert pipeline._contradictions(covered.assign(value=50.0)) == []


def a_release(factor: float = 1.0, **changed: float) -> pd.DataFrame:
    """Periods by series and place: 24 months of three series of the whole force, one of which a factor changes, and some months."""
    months = [f"{month[:4]}-{month[4:]}" for month in MONTHS]
    counts = pd.Series([50.0 * count(1, 1, i) for i in range(len(months))], index=months)
    columns = {("all-crime", "london"): counts * 10, ("criminal-damage", "london"): counts * factor, ("drugs", "london"): counts}
    wide = pd.DataFrame(columns)
    for month, by in changed.items():
        wide.loc[month.strip("m").replace("_", "-")] *= by
    return wide.rename_axis(columns=["measure", "place"])


def test_a_series_restated_far_looks_odd_after_one_revision():
    """A category goes missing where its name changes too: only the sum tells, and only one release has restated it before."""
    before = [a_release(), a_release(1.001)]
    assert restatements.restated(a_release(1.002), before, "count", "london") == {}
    assert list(restatements.restated(a_release(0.962), before, "count", "london")) == [("criminal-damage", "london")]


def test_a_lone_month_of_everything_looks_odd_in_a_first_release():
    everything, nothing = ("all-crime", "london"), a_release().iloc[:0]
    assert plausibility.lone(a_release(), nothing, "count", pd.Index([everything])) == {}
    odd = plausibility.lone(a_release(m2022_07=0.33), nothing, "count", pd.Index([everything]))
    assert odd.keys() == {everything} and odd[everything].startswith("2022-07: ")


def test_a_percentage_that_leaps_looks_odd_in_a_first_release():
    months = ["2022-03", "2022-06", "2022-09"]
    figures = pd.DataFrame({("trust-met", "brent"): [40.0, 94.0, 93.0], ("trust-met", "bexley"): [70.0, 62.0, 71.0]}, index=months)
    assert list(plausibility.lone(figures, figures.iloc[:0], "percent", figures.columns)) == [("trust-met", "brent")]


def test_a_stock_that_leaps_for_a_month_looks_odd():
    months = ["2024-01", "2024-02", "2024-03", "2024-04"]
    stock = pd.DataFrame({("officers", "london"): [30_000.0, 21_000.0, 30_100.0, 30_050.0]}, index=months)
    assert list(plausibility.lone(stock, stock.iloc[:0], "stock", stock.columns)) == [("officers", "london")]


def test_an_older_file_under_a_newer_date_looks_odd(project):
    """Saved again, so that it is not known by its bytes."""
    for day, changed in (("2024-01-18", 0), ("2024-02-18", 1)):
        text = recorded_crime(
            months=MONTHS, areas=[*BOROUGHS, "Unknown"], count=lambda *cell, by=changed: count(*cell) + by * (cell[1:] == (4, 3))
        )
        project.take("recorded-crime", project.put(f"{day}.csv", text), published=day)
    again = recorded_crime(months=MONTHS, areas=[*BOROUGHS, "Unknown"], count=count).replace("\n", "\r\n")
    status, _, err = project.run("import", "recorded-crime", project.put("again.csv", again), "--published", "2024-03-18")
    assert status == 1
    assert "every figure is that of an earlier release, and later ones have changed" in err


def test_a_period_in_which_far_more_areas_have_nothing_looks_odd():
    """A tall file that was cut at a line: what is gone of its last month was taken for zero."""
    areas = [f"area-{i}" for i in range(10)]
    figures = {("knife-crime", area): [20.0, 18.0, 21.0, 0.0 if i < 7 else 19.0] for i, area in enumerate(areas)}
    now = pd.DataFrame(figures, index=MONTHS[:4])
    now.columns.names = ["measure", "place"]
    assert [line[:19] for line in plausibility.zeros(now, areas)] == ["knife-crime, 202204"]
    assert list(plausibility.zeros(now.replace(0.0, 17.0), areas)) == []
    rounded = now.replace(0.0, 17.0).mul(10.0)
    rounded.iloc[0, 3] = 0.0
    assert len(list(plausibility.zeros(rounded, areas))) == 1


def test_a_refusal_of_the_contract_names_the_line(project, refused):
    path = project.put("strength.csv", force_strength().replace("33002", "3300"))
    says = "strength.csv, line 4: officers, london, 2024-01: 3,300 after 33,001: less than half of the month before"
    refused("import", "force-strength", path, "--published", "2024-02-18", says=says)


def test_a_code_of_another_area_beside_a_name_is_refused(project, refused):
    """Areas that changed places, or a column of names that was sorted alone."""
    rows = [line.replace("E0900", "E09000005") if ",Barnet,Barnet," in line else line for line in crime_dashboard().splitlines()]
    path = project.put("dashboard.csv", "\n".join(rows) + "\n")
    says = "E09000005 is the code of Brent, and Barnet stands beside it"
    refused("import", "crime-dashboard", path, "--published", "2024-03-18", says=says)
