"""The page of sources, pages/sources.py."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from metrics.ingest import releases
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


def in_order_of_publication(dataset: str) -> Iterator[tuple[int, dict]]:
    """How many figures each release of a dataset holds and what it changes of all that were published before it."""
    known = releases.known([])
    for release in releases.all_of(FOLDER.parent, dataset):
        rows = releases.rows(FOLDER.parent, release).assign(second_hand=release.second_hand)
        yield len(rows), releases.compare(rows, known)
        known = releases.known([known, rows])


def test_every_release_is_listed_with_what_it_restated(visit, shipped_definitions):
    """By what was published before it, and not by what happened to be imported before it."""
    page = visit("sources")
    for dataset in sorted({path.parent.name for path in RELEASES}):
        header, *rows = table_of(page, shipped_definitions.datasets[dataset].title)
        listed = [dict(zip(header, row, strict=True)) for row in rows]
        counted = [[row["Figures kept"], row["New"], row["Restated"], row["Unchanged"]] for row in listed]
        numbers = [(many, *(made[name] for name in ("new", "changed", "unchanged"))) for many, made in in_order_of_publication(dataset)]
        assert counted == [[number_format.number(count, "count") for count in counts] for counts in numbers], dataset
        largest = re.findall(r"Largest restatement: ([^;]+)", "; ".join(row["Note"] for row in listed))
        assert len(set(largest)) == len(largest) == sum(row["Restated"] != "0" for row in listed), dataset


def test_what_came_with_a_changed_definition_is_told_apart(visit, shipped_definitions):
    _, *rows = table_of(visit("sources"), shipped_definitions.datasets["recorded-crime"].title)
    notes = {row[0]: row[-1] for row in rows}
    words = "Restated under a changed definition, neither a correction nor news: "
    assert f"{words}8,519 figures" in notes["About 31 July 2024"]
    assert words not in notes["About 29 February 2024"] and words not in notes["About 31 December 2024"]


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
