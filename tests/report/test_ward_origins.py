"""A ward's figures lead to the release, the file and the cells that they were read from, and the cells add up to them."""

import csv
import hashlib
import re

import pytest

from metrics import definitions
from metrics.domain import periods
from metrics.narrative import Wording
from metrics.outputs.page import area_page
from metrics.outputs.page.pen import Pen
from metrics.outputs.site.addresses import SiteRoutes
from metrics.report.origins import ward_origins
from metrics.report.snapshot import Snapshot, SourceFile
from metrics.report.wards import ward_cards
from metrics.store import Store
from tests.ingest.test_source_cells import numbers

AREA, WARD = "kingston-upon-thames", "E05013941"


@pytest.fixture(scope="module")
def snapshot(served, shipped_definitions):
    config = definitions.load(served)
    return Snapshot(Store(config.database), shipped_definitions, Wording(config.data / "wording.yaml"))


@pytest.fixture(scope="module")
def card(snapshot):
    return ward_cards(snapshot, snapshot.known.places[AREA])[WARD]


def page(snapshot, card) -> str:
    return area_page.ward(snapshot, card, Pen(words=snapshot.wording.text["verdicts"]), SiteRoutes("../../../", "london"))


def test_every_month_that_a_ward_is_judged_by_has_one_origin(snapshot, card):
    ((dataset, parts),) = ward_origins(snapshot, card)
    named = [month for part in parts for month in periods.span(part.first, part.last) if month in card.months]
    assert dataset.id == "recorded-crime-ward" and sorted(named) == sorted(card.months) and len(named) == 36
    assert all(row.measure.title in part.cells for part in parts for row in card.rows)


def test_the_newest_release_that_gives_a_month_is_named(snapshot, card):
    ((_, parts),) = ward_origins(snapshot, card)
    assert [(f"{part.published}", part.first, part.last, part.columns) for part in parts] == [
        ("2026-04-30", "2024-04", "2026-03", ("G", "AD")), ("2026-03-31", "2022-07", "2023-06", ("EW", "FH")),
    ]


def test_a_ward_page_names_files_digests_and_cells_in_a_fold(snapshot, card):
    html = page(snapshot, card)
    fold = html[html.index('<details id="read">') :]
    assert 'href="#read"' in html and "Where these figures were read" in fold
    assert len(re.findall("<code>[0-9a-f]{64}</code>", fold)) == 2 and "Shoplifting 11547" in fold


def test_the_cells_named_for_a_ward_add_up_to_its_twelve_months(official, snapshot, card):
    by_digest = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in official.rglob("*.csv")}
    newest = ward_origins(snapshot, card)[0][1][0]
    sheet = list(csv.reader(by_digest[newest.files[0].sha256].open(encoding="utf-8-sig", newline="")))
    end = sheet[0].index("202603") + 1
    rows = dict(re.findall(r"(?:: |; )([A-Z][^:;]*?) ([\d, -]+)(?=;|$)", newest.cells))
    for row in card.rows:
        counted = sum(int(sheet[line - 1][column]) for line in numbers(rows[row.measure.title]) for column in range(end - 12, end))
        assert f"{counted:,}" == row.count.replace("none", "0")


def test_a_file_that_was_fetched_leads_to_its_own_address(snapshot, card, monkeypatch):
    assert "files.example" not in page(snapshot, card)
    names = [f"MPS Ward Level Crime ({which}).csv" for which in ("Historical", "most recent 24 months")]
    fetched = {name: SourceFile(name, "0" * 64, "https://files.example/w.csv?a=1&b=2") for name in names}
    monkeypatch.setattr(Snapshot, "files_of", lambda snapshot, dataset, published: fetched)
    assert '<a href="https://files.example/w.csv?a=1&amp;b=2">MPS Ward Level Crime' in page(snapshot, card)


def test_where_no_cells_were_recorded_the_file_is_named_all_the_same(snapshot, card, monkeypatch):
    monkeypatch.setattr("metrics.report.origins._of_area", lambda snapshot, dataset, area: {WARD: []})
    ((_, parts),) = ward_origins(snapshot, card)
    assert all(part.cells.startswith("look for ") and part.files for part in parts)
