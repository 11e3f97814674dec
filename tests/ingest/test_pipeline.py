"""An import adds one release, says what it changes, and takes nothing away from what was known."""

import json
import os
import resource
import subprocess
import sys

import pytest

from metrics.ingest import releases
from tests.conftest import ROOT
from tests.ingest.samples import (
    GENERATIONS,
    NEWEST,
    SAMPLES,
    offences,
    parsed,
    recorded_crime,
    survey,
    survey_extract,
    with_cell,
    written,
)


def files_of(project, dataset: str) -> list[str]:
    return sorted(path.name for path in (project.data / "releases" / dataset).iterdir())


def report(project, dataset: str, day: str) -> dict:
    return json.loads((project.data / "releases" / dataset / f"{day}.json").read_text(encoding="utf-8"))


def test_a_release_keeps_where_it_came_from(project):
    path = project.put("borough.csv", recorded_crime())
    project.take("recorded-crime", path, published="2024-04-18")
    facts = report(project, "recorded-crime", "2024-04-18")
    assert facts["files"] == [{"name": "borough.csv", "bytes": path.stat().st_size, "sha256": releases.digest(path.read_bytes())}]
    assert (facts["published"], facts["approximate"], facts["second_hand"]) == ("2024-04-18", False, False)
    assert facts["rows"] == len((project.data / "releases/recorded-crime/2024-04-18.csv").read_text(encoding="utf-8").splitlines()) - 1


def test_where_only_the_month_of_publication_is_known_its_last_day_is_used_marked(project):
    out = project.take("recorded-crime", project.put("borough.csv", recorded_crime()), published="2024-04")
    assert files_of(project, "recorded-crime") == ["2024-04-30.cells.json", "2024-04-30.csv", "2024-04-30.json"]
    assert report(project, "recorded-crime", "2024-04-30")["approximate"] is True
    assert "published about April 2024" in out


def test_the_account_tells_rows_months_areas_left_out_and_categories(project):
    out = project.take("recorded-crime", project.put("borough.csv", recorded_crime()))
    unknown = sum(offences(c, 32, m) for c, pair in enumerate(GENERATIONS[NEWEST]) if pair[2] != "left out" for m in range(3))
    fraud = sum(offences(2, a, m) for a in range(33) for m in range(3))
    assert "read: 297 rows, 2024-01 to 2024-03" in out
    assert f"areas that are not judged, counted in the total: Unknown {unknown:,}" in out
    assert f"left out: NFIB FRAUD {fraud:,}" in out
    assert "categories mapped: 9" in out


def test_a_second_release_tells_what_it_restates(project):
    project.take("recorded-crime", project.put("first.csv", recorded_crime()), published="2024-04-18")
    line = next(i for i, row in enumerate(parsed(recorded_crime()), 1) if row[1:3] == ["ROBBERY OF PERSONAL PROPERTY", "Sutton"])
    was = int(parsed(recorded_crime())[line - 1][5])
    text = with_cell(recorded_crime(), line, 5, str(was + 7))
    out = project.take("recorded-crime", project.put("second.csv", text), published="2024-05-18")
    facts = report(project, "recorded-crime", "2024-05-18")
    # The series and the total, each in the borough and in London.
    assert (facts["report"]["new"], facts["report"]["changed"]) == (0, 4)
    assert facts["report"]["unchanged"] == facts["rows"] - 4
    assert f"changed: personal-robbery, sutton, 2024-03: {was:,} to {was + 7:,}" in out
    assert "0 new, 4 changed" in out


def test_a_release_dated_before_a_kept_one_is_compared_with_what_was_known_then(project):
    project.take("recorded-crime", project.put("later.csv", recorded_crime()), published="2024-06-18")
    earlier = recorded_crime(count=lambda c, a, m: offences(c, a, m) + 1)
    project.take("recorded-crime", project.put("earlier.csv", earlier), published="2024-05-18")
    facts = report(project, "recorded-crime", "2024-05-18")["report"]
    assert (facts["changed"], facts["unchanged"]) == (0, 0)


def test_a_month_missing_from_a_new_release_deletes_nothing(project):
    months = ("202401", "202402", "202403")
    project.take("recorded-crime", project.put("first.csv", recorded_crime(months=months)), published="2024-04-18")
    later = recorded_crime(months=("202403", "202404"), count=lambda category, area, month: offences(category, area, month + 2))
    project.take("recorded-crime", project.put("second.csv", later), published="2024-05-18")
    assert project.run("build")[0] == 0
    status, out, _ = project.run("show", "all-crime", "sutton", "--csv")
    rows = [line.split(",") for line in out.splitlines()[1:]]
    assert status == 0
    assert [(row[2], row[5]) for row in rows] == [
        ("2024-01", "2024-04-18"),
        ("2024-02", "2024-04-18"),
        ("2024-03", "2024-05-18"),
        ("2024-04", "2024-05-18"),
    ]


def test_a_gap_left_between_the_files_of_a_release_is_told(project):
    files = [project.put("old.csv", recorded_crime()), project.put("new.csv", recorded_crime(months=("202405",)))]
    assert "note: 2024-04: in none of the files" in project.take("recorded-crime", *files, published="2024-06-18")


def test_other_figures_under_the_day_of_a_release_are_refused(project, refused):
    project.take("recorded-crime", project.put("borough.csv", recorded_crime()))
    other = project.put("other.csv", recorded_crime(count=lambda c, a, m: 9))
    says = "recorded-crime 2024-04-18 is already held with other figures; releases are never edited"
    refused("import", "recorded-crime", other, "--published", "2024-04-18", says=says)


def test_the_same_files_under_another_day_are_refused(project, refused):
    path = project.put("borough.csv", recorded_crime())
    project.take("recorded-crime", path)
    says = "the same files are already held as recorded-crime 2024-04-18, not 2024-05-18"
    refused("import", "recorded-crime", path, "--published", "2024-05-18", says=says)


def test_the_same_figures_from_another_file_of_the_day_are_a_no_op(project):
    project.take("recorded-crime", project.put("borough.csv", recorded_crime()))
    before = project.digest()
    again = project.put("again.csv", recorded_crime().replace("\n", "\r\n"))
    assert project.take("recorded-crime", again).startswith("nothing to do: already held")
    assert project.digest() == before


def test_the_same_import_in_another_order_of_files_is_a_no_op(project):
    files = [project.put("old.csv", recorded_crime()), project.put("new.csv", recorded_crime(months=("202404",)))]
    project.take("recorded-crime", *files, published="2024-05-18")
    before = project.digest()
    assert project.take("recorded-crime", *reversed(files), published="2024-05-18").startswith("nothing to do")
    assert project.digest() == before


def test_a_second_hand_figure_is_marked_and_never_replaces_an_official_one(project):
    project.take("public-attitudes", project.put("sheet.csv", survey()), published="2024-02-29")
    quarters = (("10/1/2023", "Q3_2324"), ("1/1/2024", "Q4_2324"))
    extract = survey_extract(quarters)
    out = project.take("public-attitudes", project.put("extract.csv", extract), published="2024-05-31")
    kept = (project.data / "releases/public-attitudes/2024-05-31.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split(",")[2] for row in kept} == {"2024-03"}
    assert "second-hand" in out.splitlines()[0]
    assert "32 cells left out: the official sheet gives them; 32 of them differ" in out
    assert project.run("build")[0] == 0
    shown = project.run("show", "trust-met", "barnet", "--csv")[1].splitlines()[1:]
    assert [line.split(",")[2:4] for line in shown] == [["2023-09", "53"], ["2023-12", "54"], ["2024-03", "48"]]


def test_an_official_sheet_that_comes_later_outweighs_the_extract_held_before(project):
    project.take("public-attitudes", project.put("extract.csv", survey_extract()), published="2024-05-31")
    project.take("public-attitudes", project.put("sheet.csv", survey()), published="2024-02-29")
    assert project.run("build")[0] == 0
    for words in ((), ("--as-at", "2024-06-30")):
        shown = project.run("show", "trust-met", "barnet", "--csv", *words)[1].splitlines()[1:]
        assert [line.split(",")[3] for line in shown] == ["53", "54"]
        assert {line.split(",")[5] for line in shown} == {"2024-02-29"}


def test_an_extract_that_contradicts_itself_is_refused_unless_the_sheet_settles_it(project, refused):
    rows = parsed(survey_extract())
    contradicting = project.put("extract.csv", written([*rows, [*rows[1][:4], "0.99", ""]]))
    says = f"extract.csv, line {len(rows) + 1}: trust-met, barking-and-dagenham, 2023-09: 99 here, 40 before"
    refused("import", "public-attitudes", contradicting, "--published", "2024-05-31", says=says)
    project.take("public-attitudes", project.put("sheet.csv", survey()), published="2024-02-29")
    assert "cells left out" in project.take("public-attitudes", contradicting, published="2024-05-31")


def test_one_bad_file_among_good_ones_keeps_nothing(project, refused):
    good, bad = project.put("good.csv", recorded_crime()), project.put("bad.csv", recorded_crime(months=("202404",))[:-9])
    refused("import", "recorded-crime", good, bad, "--published", "2024-05-18", says="bad.csv, line 298: ")


def test_files_of_one_dataset_do_not_touch_another(project):
    for dataset, sample in SAMPLES.items():
        project.take(dataset, project.put(f"{dataset}-{sample.name}", sample.text))
    assert {path.name for path in (project.data / "releases").iterdir()} == set(SAMPLES)
    status, out, _ = project.run("check")
    assert status == 0
    assert "6 releases" in out


def test_a_data_folder_that_cannot_be_written_refuses_the_import(project, refused):
    (project.data / "releases").write_text("in the way", encoding="utf-8")
    path = project.put("borough.csv", recorded_crime())
    says = "2024-04-18.json: could not be written (Not a directory); nothing was changed"
    refused("import", "recorded-crime", path, "--published", "2024-04-18", says=says)


@pytest.mark.parametrize("limit", [0, 1, 2000, 10000])
def test_a_full_disk_refuses_the_import_and_changes_nothing(project, limit):
    path = project.put("borough.csv", recorded_crime())
    words = ["import", "recorded-crime", path, "--published", "2024-04-18"]
    command = [sys.executable, "-m", "metrics", "--config", project.config, *words]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "could not be written (File too large); nothing was changed" in done.stderr
    assert [path for path in (project.data / "releases").rglob("*") if path.is_file()] == []
    assert project.run(*words)[0] == 0
