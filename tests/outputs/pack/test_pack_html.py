"""The pack is one file that loads nothing, says what it rests on, and lets no text run."""

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote

import pytest

from metrics.charts.render.table import csv_text
from metrics.narrative import number_format
from metrics.outputs import pack
from metrics.outputs.pack import pack_html, sheet_html
from metrics.report.snapshot import Snapshot
from tests.outputs.pack.conftest import ADDRESS, CONTACT, SHOWN
from tests.outputs.pack.reading import Read

PLACE = "kingston-upon-thames"
LARGEST = 1 << 20
HEAVY = ("westminster", "ealing")
PAYLOAD = '<img src=x onerror="alert(1)"><script>alert(2)</script> **bold** [link](javascript:alert(3)) {{ 7 * 7 }}'


@pytest.fixture(scope="module")
def html(written):
    return written(PLACE)


@pytest.fixture(scope="module")
def read(html):
    return Read(html)


def test_nothing_is_loaded_from_anywhere(read):
    assert not [tag for tag, _ in read.elements if tag in ("link", "iframe", "object", "embed", "img", "audio", "video")]
    assert not [attributes for _, attributes in read.elements if "src" in attributes or "style" in attributes]
    links = [attributes["href"] for attributes in read.of("a")]
    assert {link.split(":")[0].split("#")[0] for link in links} == {"", "data", "https"}
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on")]


def test_only_its_own_styles_and_script_may_run(html, read):
    policy = next(meta["content"] for meta in read.of("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        texts = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL)
        digests = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts}
        assert digests == set(re.findall(r"'sha256-([^']+)'", re.search(rf"{rule} ([^;]+);", policy)[1]))


def test_headings_stand_in_order_under_one_first(read):
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_id_stands_twice(read):
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_every_measure_of_the_place_is_in_the_handout(html, brief_of):
    for row in brief_of(PLACE).measures.values():
        assert not row.has_figures or f'id="measure-{row.measure.id}"' in html
        assert row.measure.title in html


def test_title_says_place_meeting_as_at_date_and_build(html, brief_of):
    title = re.search(r"<title>(.*?)</title>", html)[1]
    for part in ("Kingston upon Thames", "7 August 2023", "25 November 2026", "31 August 2026", brief_of(PLACE).now.build):
        assert part in title


def test_the_tables_hold_the_figures_of_the_charts(read, brief_of):
    brief = brief_of(PLACE)
    for name in ("neighbourhood-crime", "trust-met", "rape"):
        card = brief.now.card(name, PLACE)
        head, *rows = read.tables[f"{card.measure.title}, {card.place.name}"]
        kinds = card.chart.columns()
        assert head == list(kinds)
        column = card.place.name
        wanted = [number_format.number(row[column], kinds[column]) for row in card.chart.rows()]
        assert [row[head.index(column)] for row in rows] == wanted


def test_the_download_is_the_csv_of_the_card(read, brief_of):
    card = brief_of(PLACE).now.card("neighbourhood-crime", PLACE)
    link = next(tag for tag in read.of("a") if tag.get("download") == card.file)
    assert unquote(link["href"].partition(",")[2]) == csv_text(card.chart, card.preamble)


def test_the_split_of_what_changed_is_there_with_its_three_parts(written, brief_of):
    table = Read(written("bromley", since=SHOWN)).tables["Bromley: figures known then and now, and the three parts of the difference"]
    assert table[0][5:8] == ["New figures", "Corrections", "Changed definitions"]
    assert len(table) - 1 == len(brief_of("bromley", since=SHOWN).splits)


@pytest.mark.parametrize("borough", HEAVY)
def test_a_pack_is_smaller_than_a_megabyte(written, borough):
    assert len(written(borough, since=SHOWN).encode()) < LARGEST


def test_no_file_says_when_or_where_it_was_made(html, served, brief_of):
    for text in (html, sheet_html(brief_of(PLACE), address=ADDRESS, contact=CONTACT)):
        assert not re.search(r"\d\d:\d\d:\d\d", text)
        assert str(served.parent) not in text
        assert not re.search(r"(?<![\w.])/(?:home|tmp|root|work)/", text)


def test_text_of_the_contact_stays_text(html):
    assert "The &lt;b&gt;tests&lt;/b&gt; &amp; co" in html
    assert "<b>tests" not in html


@pytest.fixture(scope="module")
def spoilt(brief_of):
    """The pack of a place whose concerns are written in HTML and Markdown, without an address of the site."""
    brief = brief_of(PLACE)
    known = brief.now.known
    meetings = tuple(
        replace(meeting, concerns=tuple(replace(concern, text=PAYLOAD, gap=PAYLOAD, source=PAYLOAD) for concern in meeting.concerns))
        for meeting in known.meetings
    )
    made = replace(brief, now=Snapshot(brief.now.store, replace(known, meetings=meetings), brief.now.wording))
    return pack_html(made, pack.chosen(made), address="")


def test_text_of_a_concern_stays_text(spoilt):
    assert PAYLOAD.replace("&", "&amp;").split("<script>")[0] not in spoilt
    assert "&lt;script&gt;alert(2)&lt;/script&gt; **bold** [link](javascript:alert(3)) {{ 7 * 7 }}" in spoilt
    assert Read(spoilt).of("script") == [{}]
    assert Read(spoilt).of("img") == []


def test_without_an_address_no_code_is_drawn_and_no_word_speaks_of_one(html, spoilt):
    assert 'class="code"' in html and 'class="code"' not in spoilt
    assert "Scan the code" in html and "Scan the code" not in spoilt and "configured" not in spoilt


def test_the_sheet_holds_every_headline_measure_once(brief_of):
    brief = brief_of(PLACE)
    sheet = sheet_html(brief, address=ADDRESS)
    for row in brief.measures.values():
        assert not row.measure.headline or row.measure.title in sheet
    for part in (brief.now.build, "31 August 2026", f"{ADDRESS}/{PLACE}/", "Open Government Licence", "Due November 2023. Overdue."):
        assert part in sheet
    assert brief.next_sentence not in sheet


def test_the_sheet_names_the_baselines_as_pages_do_and_says_what_it_leaves_out(brief_of):
    sheet = sheet_html(brief_of(PLACE), address=ADDRESS)
    assert "Since before the plan" not in sheet
    assert re.findall(r'<section aria-label="([^"]+)">', sheet) == ["Since the plan began", "On a year before"]
    assert "<h2>What stands out <small>4 of 6; new signals left out: two</small></h2>" in sheet


def test_figures_on_slides_and_in_the_handout_lead_to_the_cells_they_were_read_from(html, read):
    ids = {attributes["id"] for _, attributes in read.elements if "id" in attributes}
    led = {attributes["href"].removeprefix("#") for attributes in read.of("a") if attributes["href"].startswith("#")}
    assert led <= ids
    folds = re.findall(r'<details id="(read-[^"]+)">(.*?)</details>', html, re.DOTALL)
    measures = {attributes["id"].removeprefix("measure-") for attributes in read.of("article") if "measure-" in attributes.get("id", "")}
    assert measures and {f"read-{name}" for name in measures} == {name for name, _ in folds} and led & {name for name, _ in folds}
    assert all('<a href="#file-' in text and re.search("rows? |no row|look for", text) for _, text in folds)
    files = re.findall(r'<li id="file-\d+">(.*?)</li>', html)
    assert files and all(re.search(r", SHA-256 [0-9a-f]{64}\. Published by \d", text) for text in files)
    rows = re.findall(r'<td class="newest" role="cell">(.*?)</td>', html)
    assert rows and all(row.startswith('<a href="#read-') for row in rows)
