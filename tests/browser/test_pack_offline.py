"""The pack in a real browser without a network: it opens from a disk, is driven by keys, is open to everyone and prints."""

import io
import re
import unicodedata
from datetime import date
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from metrics import definitions
from metrics.meetings.briefing import brief
from metrics.narrative import Wording
from metrics.outputs import pack_files
from metrics.outputs.pack import sheet_html
from metrics.store import Store

pytestmark = pytest.mark.browser

SCREENS = ((1280, 720), (1024, 768))
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ADDRESS, MEETING, SHOWN = "https://met.example", date(2026, 11, 25), date(2025, 12, 4)
NOW = ".slide.now"
OUTSIDE = """() => { const slide = document.querySelector('.slide.now'), edge = slide.getBoundingClientRect();
    const foot = slide.querySelector('.foot').getBoundingClientRect();
    return [...slide.querySelectorAll('h2, .points p, .key, tr, svg')]
        .map(one => [one.textContent.slice(0, 60), one.getBoundingClientRect()])
        .filter(([, box]) => box.right > edge.right + 1 || box.bottom > foot.top + 1).map(([words]) => words); }"""
SMALLEST = """() => {
    const written = one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const unseen = 'caption, title, desc';
    const high = one => parseFloat(getComputedStyle(one).fontSize) * (one.ownerSVGElement ? one.getScreenCTM().a : 1);
    return Math.min(...[...document.querySelectorAll('.slide.now *, .bar *')]
        .filter(one => one.checkVisibility() && written(one) && !one.closest(unseen)).map(high)); }"""


@pytest.fixture(scope="module")
def told(served):
    config = definitions.load(served)
    known, wording, store = definitions.definitions(config.data, config.plan), Wording(config.data / "wording.yaml"), Store(config.database)
    return cache(lambda place, **days: brief(store, known, wording, known.places[place], day=MEETING, **days))


@pytest.fixture(scope="module")
def file(told, tmp_path_factory):
    """The pack of a borough with restated figures, charts of every kind and a code."""
    return pack_files.pack(told("bromley", since=SHOWN), tmp_path_factory.mktemp("pack"), address=ADDRESS)[0]


@pytest.fixture
def opened(browser, file):
    """The pack, opened from the disk by a browser without a network; what it asks for and complains of is kept."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page = context.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(file.as_uri())
    yield page
    context.close()


def shown(page) -> str:
    return page.locator(NOW).get_attribute("id")


def test_it_asks_for_nothing_but_itself_and_complains_of_nothing(opened, file):
    for key in ("ArrowRight", "s", "b", "b", "h", "h", "End"):
        opened.keyboard.press(key)
    assert opened.asked == [file.as_uri()]
    assert opened.complaints == []


@pytest.mark.parametrize("key", ["ArrowRight", "ArrowDown", "PageDown", " "])
def test_every_key_of_a_clicker_goes_on(opened, key):
    opened.keyboard.press(key)
    assert shown(opened) == "slide-2"
    assert opened.locator("#said").text_content().startswith("Slide 2 of ")
    assert opened.locator(".slide:visible").count() == 1


@pytest.mark.parametrize("key", ["ArrowLeft", "ArrowUp", "PageUp"])
def test_every_key_back_goes_back_and_stops_at_the_first(opened, key):
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press(key)
    opened.keyboard.press(key)
    assert shown(opened) == "slide-1"


def test_home_end_and_a_number_go_where_they_say(opened):
    last = opened.locator(".slide").count()
    opened.keyboard.press("End")
    assert shown(opened) == f"slide-{last}"
    opened.keyboard.type("12")
    opened.keyboard.press("Enter")
    assert shown(opened) == "slide-12"
    opened.keyboard.press("Home")
    assert shown(opened) == "slide-1"


def test_notes_black_and_full_screen_come_and_go(opened):
    opened.keyboard.press("2")
    opened.keyboard.press("Enter")
    for key, sign in (("s", f"{NOW} .notes"), ("b", "#blank.black"), ("w", "#blank.white")):
        opened.keyboard.press(key)
        assert opened.locator(sign).is_visible()
        opened.keyboard.press(key)
        assert not opened.locator(sign).is_visible()
    opened.keyboard.press("f")
    opened.wait_for_function("document.fullscreenElement !== null")
    assert not opened.locator(".bar").is_visible()
    opened.keyboard.press("f")
    opened.wait_for_function("document.fullscreenElement === null")


def test_the_skip_link_leads_to_the_handout(opened):
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the handout"
    opened.keyboard.press("Enter")
    assert opened.locator("#handout").is_visible()
    assert opened.evaluate("document.activeElement.id") == "handout"


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen[0]}x{screen[1]}")
def test_everything_on_every_slide_is_in_its_place_and_large_enough(opened, screen):
    opened.set_viewport_size({"width": screen[0], "height": screen[1]})
    for number in range(opened.locator(".slide").count()):
        assert (number, opened.evaluate(OUTSIDE)) == (number, [])
        assert opened.evaluate(SMALLEST) >= 24 * 0.995
        opened.keyboard.press("ArrowRight")


@pytest.mark.parametrize("view", ["slides", "notes", "handout"])
def test_it_is_open_to_everyone(opened, view):
    opened.keyboard.type("3")
    opened.keyboard.press("Enter")
    for key in {"slides": "", "notes": "s", "handout": "h"}[view]:
        opened.keyboard.press(key)
    found = Axe().run(opened, options={"runOnly": WCAG}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []


def test_without_the_script_everything_stands_one_below_the_other(browser, file):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator(".slide:visible").count() == page.locator(".slide").count()
    assert page.locator("#handout").is_visible()
    assert not page.locator(".bar").is_visible()
    context.close()


def test_a_narrow_window_is_not_scrolled_sideways(opened):
    opened.set_viewport_size({"width": 320, "height": 640})
    for _ in range(2):
        assert opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        opened.keyboard.press("h")


@pytest.mark.parametrize(("paper", "wide"), [("a4", 595), ("a3", 842)])
def test_the_handout_prints_with_each_chart_beside_its_sentence_at_12_points(opened, told, paper, wide):
    opened.keyboard.press("h")
    opened.evaluate("paper => { window.print = () => {}; document.querySelector(`[data-do=${paper}]`).click(); }", paper)
    reader = PdfReader(io.BytesIO(opened.pdf(prefer_css_page_size=True)))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    made = told("bromley", since=SHOWN)
    assert round(reader.pages[0].mediabox.width) == wide
    # The digits of the build's name and not its letters: `ff` may be printed as one.
    assert all(made.now.build[:6] in page and "31 August 2026" in page for page in pages)
    assert min(size for page in reader.pages for size in sizes(page)) >= 11.9
    flat = [unspaced(page) for page in pages]
    for one in made.with_figures:
        card = made.now.card(one.measure.id, "bromley", shown=SHOWN)
        sentence, source = unspaced(card.sentences[0]), unspaced(f"{card.chart.subtitle}. {card.chart.source}")
        assert [number for number, page in enumerate(flat) if sentence in page and source in page], one.measure.title


def unspaced(text: str) -> str:
    """Text without its spaces and joined letters, as a printed page gives them back in other places."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def sizes(page) -> list[float]:
    """How high the letters of a printed page are, in points."""
    found = []

    def see(text, matrix, letters, _, size):
        if text.strip():
            found.append(abs(size * letters[3] * matrix[3]))

    page.extract_text(visitor_text=see)
    return found


def test_the_sheet_is_one_page_for_every_borough(browser, told, shipped_definitions):
    page = browser.new_page()
    many = {}
    for borough in shipped_definitions.boroughs:
        page.set_content(sheet_html(told(borough.id, since=SHOWN), address=ADDRESS, contact="A name that is as long as any name will be"))
        many[borough.id] = len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)
    page.close()
    assert len(many) == 32
    assert set(many.values()) == {1}
