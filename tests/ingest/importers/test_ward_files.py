"""Wards come by their code alone: totals of the shipped figures, and every way in which a ward file is refused."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from metrics.definitions import force_file
from metrics.ingest import places, releases
from metrics.ingest.importers import recorded_crime

ROOT = Path(__file__).parents[3]
DATASET = "recorded-crime-ward"
SUTTON, BRENT = "E05013946", "E05013498"
HEAD = "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202307,202308,202309"


def shipped(published: str) -> pd.DataFrame:
    (release,) = [release for release in releases.all_of(ROOT / "data", DATASET) if release.published == date.fromisoformat(published)]
    return releases.rows(ROOT / "data", release)


def total(rows: pd.DataFrame, series: str, first: str, last: str) -> float:
    return rows[rows["measure"].eq(series) & rows["period"].between(first, last)]["value"].sum()


def boroughs(published: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "data/releases/recorded-crime" / f"{published}.csv")


def test_the_wards_of_hillingdon_come_to_98_in_100_of_the_borough(shipped_definitions):
    codes = {ward.code for ward in shipped_definitions.wards.values() if ward.area == "hillingdon"}
    rows, whole = shipped("2026-03-31"), boroughs("2026-04-30")
    there = total(rows[rows["place"].isin(codes)], "all-crime", "2025-01", "2025-12")
    borough = total(whole[whole["place"] == "hillingdon"], "all-crime", "2025-01", "2025-12")
    assert round(100 * there / borough, 1) == 98.2


def test_what_has_no_ward_is_what_has_no_borough():
    whole = boroughs("2026-04-30")
    without = total(whole[whole["place"] == "london"], "all-crime", "2023-01", "2023-12") - total(
        shipped("2026-03-31"), "all-crime", "2023-01", "2023-12"
    )
    assert total(whole[whole["place"] == "unknown"], "all-crime", "2023-01", "2023-12") == 31_238
    assert without == 31_248


@pytest.mark.parametrize("published", ["2025-06-30", "2025-08-31", "2025-11-30", "2026-03-31", "2026-04-30"])
def test_every_ward_has_every_month(published, shipped_definitions):
    rows = shipped(published)
    judged = {ward.code for ward in shipped_definitions.wards.values() if ward.area != "city-of-london"}
    assert len(judged) == 679 and set(rows["place"]) == judged
    assert (rows.groupby(["measure", "period"]).size() == 679).all()


def test_a_stub_of_a_month_is_left_out_and_said():
    (release,) = [release for release in releases.all_of(ROOT / "data", DATASET) if release.published == date(2026, 4, 30)]
    assert shipped("2026-04-30")["period"].min() == "2024-04"
    assert any("2024-03 left out" in note and "47 offences" in note for note in release.report["notes"])


@pytest.fixture
def two_wards(project):
    """A project whose wards are two, and the lines of a file that it takes."""
    (project.data / force_file.WARDS).write_text(
        f"code,name,area,households,residents\n{BRENT},Cricklewood,brent,5000,12000\n{SUTTON},Belmont,sutton,4000,10000\n"
    )
    return project


def lines(**other: str) -> list[str]:
    rows = {
        "shops": f"THEFT,SHOPLIFTING,Belmont,{SUTTON},Sutton,5,6,7",
        "robbery": f"ROBBERY,ROBBERY OF PERSONAL PROPERTY,Belmont,{SUTTON},Sutton,1,0,2",
        "north": f"THEFT,SHOPLIFTING,Cricklewood,{BRENT},Brent,9,8,7",
    }
    return [HEAD, *(rows | other).values()]


def test_a_file_of_a_form_never_seen_before_is_taken(two_wards):
    two_wards.take(DATASET, two_wards.put("w.csv", "\n".join(lines()) + "\n"))
    (release,) = releases.all_of(two_wards.data, DATASET)
    rows = releases.rows(two_wards.data, release).set_index(["measure", "place", "period"])["value"]
    assert rows["shoplifting", SUTTON, "2023-08"] == 6 and rows["all-crime", SUTTON, "2023-09"] == 9
    assert rows["vehicle-offences", BRENT, "2023-07"] == 0


OTHER = f"DRUGS,POSSESSION OF DRUGS,Belmont,{SUTTON}"
WRONG = {
    "another year": ("x", "THEFT,RAPE,Abbey,E05000026,Brent,1,1,1", "line 5: 'E05000026' (Abbey) is no ward of wards.csv: a code of"),
    "two names": ("x", f"DRUGS,POSSESSION OF DRUGS,Belm,{SUTTON},Sutton,1,1,1", "line 5: E05013946 is called 'Belmont' above"),
    "stacked": ("x", f"THEFT,SHOPLIFTING,Belmont,{SUTTON},Sutton,5,6,7", "line 5: SHOPLIFTING in Belmont (E05013946) stands twice"),
    "stacked by area": ("x", f"THEFT,SHOPLIFTING,Belmont,{SUTTON},Aviation Security,5,6,7", "under two areas with the same figures"),
    "another borough": ("x", f"{OTHER},Merton,1,1,1", "line 5: E05013946 (Belmont) lies in Sutton, and Merton stands beside it"),
    "not mapped": ("x", f"DRUGS,JAYWALKING,Belmont,{SUTTON},Sutton,1,1,1", "datasets/recorded-crime.yaml: 'JAYWALKING' (3 offences)"),
    "a ward missing": ("north", f"{OTHER},Sutton,1,1,1", "no row for 1 of 2 wards (E05013498): the file may be cut short"),
    "no count": ("x", f"{OTHER},Sutton,1,-1,1", "line 5: 202308: a count was expected"),
}


@pytest.mark.parametrize(("row", "line", "reason"), WRONG.values(), ids=WRONG)
def test_what_no_ward_file_can_be_is_refused_in_one_line(two_wards, row, line, reason):
    before = two_wards.digest()
    file = two_wards.put("w.csv", "\n".join(lines(**{row: line})) + "\n")
    status, out, err = two_wards.run("import", DATASET, file, "--published", "2024-04-18")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert reason in err and two_wards.digest() == before


def test_a_ward_booked_under_an_airport_too_is_added_up(two_wards):
    other = {"x": f"THEFT,SHOPLIFTING,Belmont,{SUTTON},Aviation Security (SO18),1,0,0"}
    output = two_wards.take(DATASET, two_wards.put("w.csv", "\n".join(lines(**other)) + "\n"))
    (release,) = releases.all_of(two_wards.data, DATASET)
    assert total(releases.rows(two_wards.data, release), "shoplifting", "2023-07", "2023-07") == 15
    assert "stands under two areas in w.csv: added up" in output


def test_the_same_files_again_change_nothing(two_wards):
    file = two_wards.put("w.csv", "\n".join(lines()) + "\n")
    two_wards.take(DATASET, file)
    before = two_wards.digest()
    assert two_wards.run("import", DATASET, file, "--published", "2024-04-18")[0] == 0 and two_wards.digest() == before


def test_without_wards_nothing_can_be_imported(project):
    file = project.put("w.csv", "\n".join(lines()) + "\n")
    status, _, err = project.run("import", DATASET, file, "--published", "2024-04-18")
    assert status == 1 and "no wards are known: bring them with `python -m metrics wards`" in err


def test_the_list_of_wards_is_made_from_the_census_file(project):
    file = project.put(
        "census.csv", "lad,borough,ward,ward_name,households_2021,residents_2021_estimate\nE09000029,Sutton,E1,Belmont,4000,10000\n"
    )
    assert places.as_text(file, project.definitions.places) == "code,name,area,households,residents\nE1,Belmont,sutton,4000,10000\n"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("E2,Belmont,nowhere,1,1", "wards.csv, line 3: 'nowhere' is no area of places.csv"),
        ("E1,Other,sutton,1,1", "wards.csv, line 3: E1 already stands in line 2"),
        ("E2,Belmont,sutton,1,1", "wards.csv, line 3: Belmont in sutton already stands in line 2"),
        ("E2,Cheam,sutton,1,many", "wards.csv, line 3: residents: a count was expected"),
    ],
)
def test_a_list_that_is_spoilt_is_refused_with_its_line(project, line, reason):
    (project.data / force_file.WARDS).write_text(f"code,name,area,households,residents\nE1,Belmont,sutton,4000,10000\n{line}\n")
    status, _, err = project.run("check")
    assert status == 1 and reason in err


def test_a_category_that_one_of_two_ward_files_has_no_row_of_looks_odd(two_wards, monkeypatch):
    monkeypatch.setattr(recorded_crime, "FEW_GONE", 0.5)  # two categories, where a real file has 30 and more
    many = lines(robbery=f"ROBBERY,ROBBERY OF PERSONAL PROPERTY,Belmont,{SUTTON},Sutton,500,490,510")
    older = two_wards.put("older.csv", "\n".join(many) + "\n")
    later = [many[0].replace("202307,202308,202309", "202310,202311,202312"), *many[1:]]
    less = two_wards.put("newer.csv", "\n".join(line for line in later if not line.startswith("ROBBERY")) + "\n")
    status, _, err = two_wards.run("import", DATASET, older, less, "--published", "2024-01-18")
    assert status == 1 and "robbery of personal property: 1,500 in older.csv, and no row in newer.csv" in err
    two_wards.take(DATASET, older, two_wards.put("newer.csv", "\n".join(later) + "\n"), published="2024-01-18")


def test_a_figure_of_a_ward_that_lost_a_digit_looks_odd(two_wards):
    text = "\n".join(lines(shops=f"THEFT,SHOPLIFTING,Belmont,{SUTTON},Sutton,150,16,155")) + "\n"
    status, _, err = two_wards.run("import", DATASET, two_wards.put("w.csv", text), "--published", "2024-01-18")
    assert status == 1 and f"SHOPLIFTING, Belmont ({SUTTON}), 2023-08: 16, far from the months around it" in err
