"""The page of sources, pages/sources.py."""

import json
import re
from pathlib import Path

from metrics.narrative import number_format
from metrics.web.streamlit import page_parts

FOLDER = Path(__file__).parents[3] / "data" / "releases"
RELEASES = [path for path in sorted(FOLDER.glob("*/*.json")) if not path.name.endswith(".cells.json")]
CELL = re.compile(r"<t[hd][^>]*>([^<]*)")


def table_of(page, title: str) -> list[list[str]]:
    """The rows of the releases of a dataset, the header first."""
    (table,) = re.findall(rf"<caption>Releases of {re.escape(title)}</caption>(.*?)</table>", "".join(page.html), re.DOTALL)
    return [CELL.findall(row) for row in table.split("<tr>")[1:]]


def test_every_dataset_says_its_publisher_licence_and_what_to_bear_in_mind(visit, shipped_definitions):
    page = visit("sources")
    assert page.title == "Sources and corrections"
    for dataset in shipped_definitions.datasets.values():
        assert f'<details id="{dataset.id}"><summary><span>{dataset.title}<' in "".join(page.html)
        assert {dataset.publisher, dataset.licence, dataset.url, *dataset.caveats} <= set(page.text.split("\n"))


def test_every_release_is_listed_with_what_it_restated(visit, shipped_definitions):
    page = visit("sources")
    for sidecar in RELEASES:
        release = json.loads(sidecar.read_text(encoding="utf-8"))
        header, *rows = table_of(page, shipped_definitions.datasets[release["dataset"]].title)
        listed = [dict(zip(header, row, strict=True)) for row in rows]
        numbers = (release["rows"], *(release["report"][name] for name in ("new", "changed", "unchanged")))
        counts = [number_format.number(count, "count") for count in numbers]
        assert counts in [[row["Figures kept"], row["New"], row["Restated"], row["Unchanged"]] for row in listed], sidecar
        assert len(listed) == sum(1 for path in RELEASES if path.parent.name == release["dataset"]), sidecar


def test_a_release_whose_day_is_not_known_says_about(visit, shipped_definitions):
    approximate = [path for path in RELEASES if json.loads(path.read_text(encoding="utf-8"))["approximate"]]
    page, datasets = visit("sources"), {path.parent.name for path in RELEASES}
    names = [row[0] for dataset in datasets for row in table_of(page, shipped_definitions.datasets[dataset].title)]
    assert sum(day.startswith("About ") for day in names) == len(approximate) > 0


def test_a_dataset_without_a_release_says_so(visit):
    assert "No release is held yet." in visit("sources").text


def test_every_measure_without_figures_is_listed_with_the_reason(visit, shipped_definitions):
    lines = visit("sources").text.split("\n")
    missing = [measure for measure in shipped_definitions.measures.values() if measure.missing]
    assert [measure.id for measure in missing if measure.title not in lines or f"No figures here yet. {measure.missing}" not in lines] == []


def test_it_says_how_to_add_a_release_with_commands_that_exist(visit):
    text = visit("sources").text
    assert "python -m metrics import" in text
    assert "python -m metrics build" in text


def test_every_dataset_says_how_newer_releases_are_brought(visit, shipped_definitions):
    lines = visit("sources").text.split("\n")
    looked_for = [dataset for dataset in shipped_definitions.datasets.values() if dataset.catalogue]
    assert lines.count("Looked for in the publisher's catalogue.") == len(looked_for) > 0
    assert lines.count("Brought by hand.") == len(shipped_definitions.datasets) - len(looked_for)


def test_what_waits_for_a_person_and_what_could_not_be_had_is_said(visit, monkeypatch):
    monkeypatch.setattr(page_parts, "open_matters", lambda: {"vawg": "waits", "population": "trouble"})
    text = visit("sources").text
    assert text.count("A newer release is here and waits for a person to look at it.") == 1
    assert text.count("The publisher could not be asked the last time.") == 1
