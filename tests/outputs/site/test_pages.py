"""Every page of the edition holds together: what a browser, a reader with a screen reader and a search engine need of it."""

import gzip
import re
from itertools import pairwise

import pytest

from metrics.charts import style
from metrics.domain import Refused
from metrics.outputs.site import feeds, general_pages, page_frame, place_pages
from metrics.outputs.site.page_frame import LONGEST_TITLE, site_of, titled, whole_title
from metrics.publish import links
from tests.conftest import ROOT
from tests.outputs.site.conftest import Page
from tests.outputs.site.cutting import ADDRESS, CONTACT, edition

LONDON = "london"

BUDGET = 50_000
ANYWHERE = ("404.html", "503.html")
SOURCE = re.compile(r"Source: .*, published by \d+ \w+ 20\d\d.*Licence.*As at \d+ \w+ 20\d\d\.", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


def headings(page: Page) -> list[int]:
    return [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]


def test_every_page_parses(pages):
    assert {path: page.faults for path, page in pages.items() if page.faults} == {}


def test_every_page_has_a_title_of_its_own_that_a_list_of_results_can_show(pages):
    titles = [page.title for page in pages.values()]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= LONGEST_TITLE


def test_no_two_measures_of_the_whole_edition_share_a_title(shipped_definitions):
    names = [
        whole_title(titled(measure.title, place.name, more), shipped_definitions.force.site_name)
        for measure in shipped_definitions.measures.values()
        for place in shipped_definitions.areas
        if place.level in measure.levels
        for more in ("", " (chart)")
    ]
    assert len(set(names)) == len(names)


def test_every_page_says_its_language_and_has_one_main_part_and_one_first_heading(pages):
    for path, page in pages.items():
        assert [tag.get("lang") for tag in page.all("html")] == ["en"], path
        assert len(page.all("main")) == len(page.all("h1")) == 1, path


def test_headings_are_in_order(pages):
    for path, page in pages.items():
        levels = headings(page)
        assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels)), path


def test_every_page_but_an_embedded_one_can_skip_its_menu_and_says_whose_it_is(pages):
    for path, page in pages.items():
        assert "Independent of the Metropolitan Police Service: this is not its official view." in page.body, path
        if not path.startswith("embed/"):
            first = next(attributes for tag, attributes in page.elements if tag == "a")
            assert first["href"] == "#main" and page.all("main")[0]["id"] == "main", path


def test_no_id_stands_twice_and_every_label_is_there(pages):
    for path, page in pages.items():
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(set(ids)) == len(ids), path
        named = [name for _, attributes in page.elements for name in attributes.get("aria-labelledby", "").split()]
        assert set(named) <= set(ids), path


def test_every_picture_says_what_it_shows_and_hides_its_letters(pages):
    for path, page in pages.items():
        charts = [tag for tag in page.all("svg") if tag.get("role") == "img"]
        described = page.texts.get("desc", []) + [chart["aria-label"] for chart in charts if "aria-label" in chart]
        assert len(charts) == len(described) and all(len(words) > 20 for words in described), path


def test_every_table_has_a_caption_and_headers_with_a_scope(pages):
    for path, page in pages.items():
        assert len(page.all("caption")) == len(page.all("table")), path
        assert all(tag.get("scope") in ("col", "row", "rowgroup") for tag in page.all("th")), path
        regions = [tag for tag in page.all("div") if tag.get("role") == "region"]
        assert all(region["tabindex"] == "0" and region["aria-label"] for region in regions), path


def test_every_internal_link_leads_somewhere(files):
    read = {path: links.read(data) for path, data in files.items() if path.endswith(".html") and path not in ANYWHERE}
    links.check(read, set(files), read.__getitem__)
    links.check_redirects(files["redirects.json"], set(files))


@pytest.mark.parametrize("path", ANYWHERE)
def test_a_page_that_is_shown_anywhere_links_from_the_root_wherever_the_site_stands(reading, path):
    page = Page(dict(general_pages.note_pages(site_of(reading, "https://example.org/met", CONTACT)))[path])
    inner = [tag["href"] for tag in page.all("a", "link") if not tag["href"].startswith(("https://", "#"))]
    assert inner and all(href.startswith("/met/") for href in inner)


def test_a_page_asks_for_itself_and_its_icon_and_for_nothing_else(pages):
    for path, page in pages.items():
        asked = [tag["href"] for tag in page.all("link") if tag["rel"] in ("stylesheet", "icon")]
        assert len(asked) == len(page.all("style")) == 1, path
        assert not page.all("script", "img", "iframe", "object", "embed", "video", "audio", "base"), path
        attribute_names = {name for _, attributes in page.elements for name in attributes}
        assert not {name for name in attribute_names if name.startswith("on") or name == "src"}, path
        assert all(tag["action"].endswith(("explore/", "explore/claim")) for tag in page.all("form")), path
    sheets = {page.texts["style"][0] for page in pages.values()}
    assert all("url(" not in sheet and "@import" not in sheet for sheet in sheets)


def test_every_page_has_its_canonical_address_and_what_a_shared_link_shows(pages):
    for path, page in pages.items():
        if path.startswith("embed/"):
            continue
        (canonical,) = [tag["href"] for tag in page.all("link") if tag["rel"] == "canonical"]
        assert canonical == f"{ADDRESS}/{path.removesuffix('index.html')}", path
        named = {tag.get("property"): tag["content"] for tag in page.all("meta") if "content" in tag}
        assert named["og:url"] == canonical and named["og:title"] and named["og:description"], path


def test_the_page_of_a_measure_has_its_sentence_its_table_its_figures_and_its_source(pages, reading):
    for borough in reading.known.areas[:3]:
        for measure in reading.every_measure(borough):
            card, path = reading.card(measure.id, borough.id), f"{borough.id}/{measure.id}/index.html"
            answers = reading.answers(borough.id)[measure.id].values()
            if measure.missing and not card.chart:
                assert pages[path].body.count(measure.missing) == 1 and "Not enough data" not in pages[path].body, path
            else:
                assert any(answer["finding"] in pages[path].body for answer in answers), path
            if card.chart:
                assert card.chart.source in pages[path].body and pages[path].all("table") and pages[path].all("svg"), path
                assert any(tag.get("href", "").endswith("data.csv") for tag in pages[path].all("a")), path


def test_the_scorecard_is_one_table_with_a_body_for_each_mission(pages, reading):
    known = reading.known
    for borough in known.areas[:3]:
        page = pages[f"{borough.id}/index.html"]
        first = next(at for at, (tag, _) in enumerate(page.elements) if tag == "table")
        end = next((at for at, (tag, _) in enumerate(page.elements) if tag == "table" and at > first), None)
        bodies = [tag for tag, _ in page.elements[first:end] if tag == "tbody"]
        missions = {measure.mission for measure in known.measures.values() if measure.headline}
        assert len(bodies) == len(missions)


@pytest.mark.parametrize("which", [0, 1, -1])
def test_a_borough_page_stays_within_its_weight(which, whole):
    """The boroughs with the most that stands out are the heaviest: most pictures are drawn there."""
    known = whole.known
    clear = whole.store.ask("answers", as_at=whole.as_at)
    clear = clear[clear["verdict"].str.startswith("clear")]
    stands = {area.id: int((clear["place"] == area.id).sum()) for area in known.areas}
    place = known.places[sorted(stands, key=lambda name: (-stands[name], name))[which]]
    made = site_of(whole, ADDRESS, CONTACT)
    every = {measure.id: page_frame.shown(made, whole.card(measure.id, place.id)) for measure in whole.every_measure(place)}
    page, icon = dict(place_pages.pages(made, place, every))[f"{place.id}/index.html"], dict(feeds.machine_files(made))["icon.svg"]
    assert len(gzip.compress(page)) + len(gzip.compress(icon)) <= BUDGET


def test_the_same_reading_gives_the_same_bytes(files, read, reading):
    assert edition(read(reading.known)) == files


def test_the_map_of_the_site_names_every_page_that_a_search_should_find(files):
    listed = re.findall(rb"<loc>(.*?)</loc>", files["sitemap.xml"])
    pages = [path for path in files if path.endswith("index.html") and not path.startswith(("embed/", "cite/"))]
    addresses = {path.removesuffix("index.html") for path in pages}
    assert sorted(listed) == sorted(f"{ADDRESS}/{at}".encode() for at in addresses)


def test_a_short_name_leads_to_its_borough_and_a_shared_one_nowhere(reading):
    short = feeds.redirects(site_of(reading, ADDRESS, CONTACT))
    assert short["/kingston/"] == "/kingston-upon-thames/" and short["/E09000021/"] == "/kingston-upon-thames/"
    assert short[f"/{LONDON}/trust-met/"] == "/measures/trust-met/"


def test_every_colour_is_one_of_ours(pages):
    ours = {"#3d4347", "#d5dade", "#9fb4c7"}
    ours |= {value.lower() for name, value in vars(style).items() if name.isupper() and isinstance(value, str)}
    assert {colour.lower() for colour in COLOUR.findall(pages["index.html"].texts["style"][0])} <= ours


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("ink", ["INK", "MUTED", "BLUE", "PLUM"])
@pytest.mark.parametrize("paper", ["PAPER", "SHADE"])
def test_every_colour_of_text_stands_out_from_its_ground(ink, paper):
    light, dark = sorted((luminance(getattr(style, ink)), luminance(getattr(style, paper))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("address", ["", "example.org", "javascript:alert(1)", "https://example.org/?a=1", "https://"])
def test_an_address_that_is_none_is_refused(address, reading):
    with pytest.raises(Refused):
        site_of(reading, address, CONTACT)


def test_no_module_of_the_edition_asks_what_time_it_is():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "metrics/outputs/site").glob("*.py")]
    assert not [text for text in sources if re.search(r"\b(today|now|utcnow|time)\(|import time", text)]
