"""What a reader sees first, measured in a browser: enough in one screen, few words, nothing cut, on the plain pages and in the app."""

import functools
import gzip
import http.server
import threading

import pytest

from metrics import definitions
from metrics.narrative import Wording
from metrics.outputs.site import page_frame, place_pages
from metrics.outputs.site.page_frame import site_of
from metrics.report.snapshot import Snapshot
from metrics.store import Store
from tests.browser.axe import violations

pytestmark = pytest.mark.browser

AREAS = ("kingston-upon-thames", "westminster")
LAPTOP, PHONE = (1280, 800), (390, 844)
MOST_WORDS, HERO, ROWS, HIGHEST, HEAVIEST = 120, 25, 7, 6000, 50_000
NAMES = ".scorecard, .out, .tally-key"
"""What is looked up and not read through: rows, names and their keys."""
SEEN = """names => names.filter(name => { const one = document.querySelector(name); if (!one) return true;
    const box = one.getBoundingClientRect(); return !(box.width > 0 && box.top >= 0 && box.top < innerHeight - 20); })"""
WHOLE_ROWS = """() => [...document.querySelectorAll('.scorecard tr.row')]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().bottom <= innerHeight).length"""
WORDS = """without => {
    const walk = document.createTreeWalker(document.querySelector('.page'), NodeFilter.SHOW_TEXT);
    let many = 0;
    while (walk.nextNode()) {
        const one = walk.currentNode.parentElement, text = walk.currentNode.textContent.trim();
        if (!text || !one.checkVisibility() || one.closest('.unseen, ' + without)) continue;
        const range = document.createRange();
        range.selectNodeContents(walk.currentNode);
        const box = range.getBoundingClientRect();
        if (box.width > 2 && box.top < innerHeight) many += text.split(/\\s+/).length;
    }
    return many; }"""
CUT = """() => [...document.querySelectorAll('.page *')]
    .filter(one => one.children.length === 0 && one.textContent.trim() && one.checkVisibility())
    .filter(one => !one.closest('.unseen, .table, svg, .offer, pre') && one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.textContent.slice(0, 40))"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A web server that serves a folder and keeps no log."""

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture(scope="module")
def folder(served, tmp_path_factory):
    """The pages of two areas and of the whole force area, with every measure."""
    config = definitions.load(served)
    known = definitions.definitions(config.data, config.plan)
    made = site_of(Snapshot(Store(config.database), known, Wording(config.data / "wording.yaml")), "https://example.org", "The tests")
    folder = tmp_path_factory.mktemp("first")
    for name in (known.force.total, *AREAS):
        place = known.places[name]
        every = {measure.id: page_frame.shown(made, made.reading.card(measure.id, name)) for measure in made.reading.every_measure(place)}
        for path, data in place_pages.pages(made, place, every):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def plain(folder):
    """Their address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def page(browser):
    """A page of a browser."""
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def sized(page, size: tuple[int, int]):
    """The page in a window of a size, at its top."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("scrollTo(0, 0)")
    return page


@pytest.mark.parametrize("area", AREAS)
def test_a_laptop_shows_title_hero_tally_map_and_seven_rows(page, plain, area):
    page.goto(f"{plain}{area}/")
    sized(page, LAPTOP)
    assert page.evaluate(SEEN, ["h1", ".hero", ".tally-bar", ".map", ".stands"]) == []
    assert page.evaluate(WHOLE_ROWS) >= ROWS
    assert page.evaluate(WORDS, NAMES) <= MOST_WORDS


@pytest.mark.parametrize("area", AREAS)
def test_a_phone_shows_title_hero_tally_and_what_stands_out(page, plain, area):
    page.goto(f"{plain}{area}/")
    sized(page, PHONE)
    assert page.evaluate(SEEN, ["h1", ".hero", ".tally-bar", ".stands h2", ".stands li"]) == []
    assert page.evaluate(WORDS, NAMES) <= MOST_WORDS


@pytest.mark.parametrize("area", AREAS)
def test_the_hero_is_short_and_the_page_neither_long_nor_heavy(page, plain, folder, area):
    page.goto(f"{plain}{area}/")
    sized(page, LAPTOP)
    assert len(page.locator(".hero").first.inner_text().split()) <= HERO
    assert page.evaluate("document.documentElement.scrollHeight") <= HIGHEST
    assert len(gzip.compress((folder / area / "index.html").read_bytes())) <= HEAVIEST


@pytest.mark.parametrize("where", ["", f"{AREAS[0]}/"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1600])
def test_nothing_is_cut_and_nothing_scrolls_sideways(page, plain, where, width):
    page.goto(plain + where)
    sized(page, (width, 900))
    page.evaluate("document.querySelectorAll('.page details:not(.picker details)').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("where", ["", f"{AREAS[0]}/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_with_everything_unfolded(page, plain, where, width):
    page.goto(plain + where)
    sized(page, (width, 900))
    page.evaluate("document.querySelectorAll('.page details').forEach(one => one.open = true)")
    assert violations(page) == []


def test_the_first_page_shows_the_question_the_search_the_names_and_the_map(page, plain):
    page.goto(plain)
    sized(page, LAPTOP)
    assert page.evaluate(SEEN, ["h1", ".find input", ".names", ".map", ".whole"]) == []


@pytest.mark.parametrize("area", AREAS)
def test_the_app_shows_the_same_in_one_screen(enter, area):
    with enter() as visitor:
        page = visitor.open(f"?area={area}")
        sized(page, LAPTOP)
        assert page.evaluate(SEEN, ["h1", ".hero", ".tally-bar", ".map", ".stands"]) == []
        assert page.evaluate(WHOLE_ROWS) >= ROWS
        sized(page, PHONE)
        assert page.evaluate(SEEN, ["h1", ".hero", ".tally-bar", ".stands h2"]) == []
        assert visitor.errors == []
