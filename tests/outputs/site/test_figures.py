"""What is downloaded, cited and drawn is the same as the chart, a download to three decimals; and what is hidden is hidden everywhere."""

import csv
import io
import json
import re
from datetime import date
from urllib.parse import urljoin

import pandas as pd
import pytest

from metrics.charts.render import whole_chart
from metrics.charts.render.table import DECIMALS, table
from metrics.narrative import number_format
from metrics.outputs.page import measure_page
from metrics.outputs.site import addresses
from tests.outputs.site.conftest import Page

LONDON = "london"

FORMULA = ("=", "+", "-", "@", "\t", "\r")
PREAMBLE = {"Source": "MPS", "Area": "Boroughs", "Period": "2026", "As at": "2026-08-31", "Licence": "OGL"}


def cells(text: bytes) -> list[dict[str, str]]:
    """The rows of a download under the lines that say what it is."""
    return list(csv.DictReader(io.StringIO("".join(line for line in io.StringIO(text.decode(), newline="") if not line.startswith('"#')))))


def cards_by_address(reading):
    """Every card that has a chart, by the address of its page."""
    places = (reading.known.places[LONDON], *reading.known.areas[:4])
    cards = [reading.card(measure.id, place.id) for place in places for measure in reading.every_measure(place)]
    return {addresses.of_measure(card.measure.id, card.place.id, LONDON): card for card in cards if card.chart}


def same(written: str, cell: object) -> bool:
    """Whether a cell of a download says what a cell of the chart holds."""
    if number_format.is_missing(cell):
        return written == ""
    return written.removeprefix("'") == cell if isinstance(cell, str) else float(written) == round(cell, DECIMALS)


def test_json_holds_the_numbers_of_the_chart_and_says_what_they_are(files, reading):
    for at, card in cards_by_address(reading).items():
        read_back = json.loads(files[f"{at}data.json"])
        assert read_back["columns"] == card.chart.columns()
        wanted = [{name: None if number_format.is_missing(cell) else cell for name, cell in row.items()} for row in card.chart.rows()]
        assert read_back["rows"] == wanted
        assert {"Source", "Area", "Period", "As at", "Licence"} <= set(read_back["about"])
        assert read_back["about"]["verdict"] == card.verdict


def test_a_csv_file_holds_the_numbers_of_the_chart_under_what_they_are(files, reading):
    for at, card in cards_by_address(reading).items():
        text = files[f"{at}data.csv"]
        for name in ("Source", "Area", "Period", "As at", "Licence"):
            assert f'"# {name}: '.encode() in text
        assert list(pd.read_csv(io.BytesIO(text), skiprows=7)) == list(card.chart.columns())
        for row, wanted in zip(cells(text), card.chart.rows(), strict=True):
            assert all(same(row[name], cell) for name, cell in wanted.items())


def test_no_published_figure_has_more_decimals_than_a_csv_file(reading):
    for place in (LONDON, *(area.id for area in reading.known.areas)):
        for figures in reading.figures(place).values():
            values = figures["value"].dropna()
            assert values.to_list() == values.round(DECIMALS).to_list()


def test_the_figures_of_an_area_say_up_to_when_they_look_and_each_its_source(files, reading):
    text = files["bromley/figures.csv"]
    assert f'"# As at: {reading.as_at}"'.encode() in text and b'"# Licence: Open Government Licence v3.0 (https://' in text
    rows = {row["measure"]: row for row in cells(text)}
    assert rows["trust-met"]["source"] == "Mayor's Office for Policing and Crime, Public Attitude Survey"
    assert all(row["source"] for row in rows.values() if row["newest"])


def test_no_cell_of_any_csv_file_runs_as_a_formula(files):
    downloads = [data for path, data in files.items() if path.endswith(".csv")]
    assert downloads
    for text in downloads:
        for row in cells(text):
            for cell in row.values():
                assert not cell.startswith(FORMULA) or re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)


def test_the_picture_in_a_page_is_the_chart_itself(files, reading):
    for at, card in cards_by_address(reading).items():
        chart = measure_page.marked(reading, card.chart, card.place.id)
        drawn = whole_chart.figure(chart)
        assert drawn.encode() in files[f"{at}index.html"]
        assert drawn.encode() in files[f"{addresses.of_embed(card.measure.id, card.place.id)}index.html"]


def test_the_table_in_a_page_has_a_row_for_every_row_of_the_chart(files, reading):
    for at, card in cards_by_address(reading).items():
        drawn = table(card.chart, caption=f"{card.measure.title}, {card.place.name}")
        assert drawn.encode() in files[f"{at}index.html"]
        assert drawn.count('scope="row"') == len(card.chart.rows())


def test_a_funnel_names_the_twelve_months_of_its_rates(files, reading):
    """The months named are those that each area's rate is of."""
    funnels = [measure for measure in reading.known.measures.values() if f"measures/{measure.id}/areas.csv" in files]
    for measure in funnels:
        text = files[f"measures/{measure.id}/areas.csv"]
        first, last = re.search(r'"# Period: (\S+) to (\S+)"', text.decode()).groups()
        figures = reading.areas(measure.id)
        year = figures[figures["period"].between(first, last)].groupby("place")
        rates = {reading.known.places[place].name: rate for place, rate in (1000 * year["value"].sum() / year["residents"].last()).items()}
        assert {row["Place"]: row["Per 1,000 residents"] for row in cells(text)}.keys() == rates.keys()
        assert all(same(row["Per 1,000 residents"], rates[row["Place"]]) for row in cells(text)), measure.id
    assert len(funnels) > 1


def test_every_picture_of_all_boroughs_has_its_figures_beside_it(files, reading):
    for measure in reading.known.measures:
        page = Page(files[f"measures/{measure}/index.html"])
        named = {f"measures/{measure}/{tag['href']}" for tag in page.all("a") if tag.get("href", "").startswith("boroughs")}
        assert named == {path for path in files if path.startswith(f"measures/{measure}/boroughs")}


def test_a_citation_shows_figures_as_known_then_and_says_when_there_are_newer_ones(files, read, reading):
    day, place = date(2025, 12, 4), "bromley"
    then = read(reading.known, day).figures(place)["neighbourhood-crime"]
    page = Page(files[f"cite/neighbourhood-crime.{place}.{day}/index.html"])
    shown = [float(cell.replace(",", "")) for cell in page.texts["td"]]
    assert shown == then[then["place"] == place].sort_values("period")["value"].to_list()
    assert "A newer figure exists." in page.body and "as at 4 December 2025" in page.body
    assert "../../bromley/neighbourhood-crime/" in [tag.get("href") for tag in page.all("a")]


def test_a_citation_of_the_present_says_that_nothing_is_newer(files, reading):
    page = Page(files[f"cite/trust-met.{LONDON}.{reading.as_at}/index.html"])
    assert "Nothing newer is held" in page.body and "A newer figure exists" not in page.body


def test_every_measure_with_figures_can_be_cited_as_at_every_day_that_is_kept(files, reading, shipped_definitions):
    readings = [reading, *reading.earlier()]
    kept = {meeting.date for meeting in shipped_definitions.meetings} | {reading.known.plan.launched, reading.as_at}
    assert {dated.as_at for dated in readings} <= kept and readings[0].as_at == reading.as_at and len(readings) > 1
    for dated in readings:
        for place in reading.known.areas[:3]:
            known = dated.figures(place.id)
            ids = [measure.id for measure in dated.every_measure(place) if place.id in set(known.get(measure.id, {"place": ()})["place"])]
            assert {f"cite/{name}.{place.id}.{dated.as_at}/index.html" for name in ids} <= set(files)


@pytest.mark.parametrize("what", ["measures/trust-met/", "brent/trust-met/"])
def test_what_a_page_says_of_earlier_years_is_a_table_with_its_source(files, what):
    body = Page(files[f"{what}index.html"]).body
    assert "from every baseline" in body


@pytest.mark.parametrize("path", ["brent/neighbourhood-crime/index.html", "cite/neighbourhood-crime.brent.2025-12-04/index.html"])
def test_a_page_of_figures_leads_to_the_files_and_the_cells_they_were_read_from(pages, path):
    page = pages[path]
    (read,) = [text for text in page.texts["ul"] if "SHA-256" in text]
    assert re.search(r"columns [A-Z]+ to [A-Z]+, a month in each, rows [\d, -]+ added up", read)
    assert "MPS Borough Level Crime (most recent 24 months).csv" in read and re.search(r"\b[0-9a-f]{64}\b", read)
    assert "read" in {attributes.get("id") for _, attributes in page.elements}


def test_json_says_where_its_figures_were_read(files):
    newest = json.loads(files["brent/neighbourhood-crime/data.json"])["about"]["read_from"][0]
    assert newest["columns"] == ["D", "AA"] and newest["rows"] and len(newest["files"][0]["sha256"]) == 64


@pytest.mark.parametrize("path", ["index.html", "brent/index.html", "plan/index.html", "measures/index.html"])
def test_every_newest_figure_of_a_scorecard_leads_to_the_cells_that_it_was_read_from(files, path):
    page = files[path].decode()
    cells = re.findall(r'<td class="newest">(.*?)<b>', page)
    led = [re.fullmatch(r'<a href="([^"]+/)#read">', cell) for cell in cells]
    assert cells and all(led)
    targets = {urljoin(f"https://edition.invalid/{path}", each[1]).removeprefix("https://edition.invalid/") for each in led}
    assert all('<details id="read">' in files[f"{target}index.html"].decode() for target in targets)
