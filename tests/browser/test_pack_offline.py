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
    const seen = one => one.checkVisibility() && !one.closest('.notes');
    return [...slide.querySelectorAll('h2, p:not(.foot), li, tr, .chip, .big')].filter(seen)
        .map(one => [one.textContent.trim().slice(0, 60), one.getBoundingClientRect()])
        .filter(([, box]) => box.right > edge.right + 1 || box.bottom > foot.top + 2).map(([words]) => words); }"""
SMALLEST = """() => {
    const written = one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const seen = one => one.checkVisibility() && written(one) && !one.closest('caption, title, desc, .notes');
    const high = one => parseFloat(getComputedStyle(one).fontSize) * (one.closest('.zoom') ? 1.6 : 1);
    return Math.min(...[...document.querySelectorAll('.slide.now *')].filter(seen).map(high)); }"""
FILLED = """() => {
    const box = document.querySelector('.slide.now').getBoundingClientRect(), bar = document.querySelector('.bar').offsetHeight;
    return [Math.abs(box.width - innerWidth), Math.abs(box.height - (innerHeight - bar))]; }"""


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
    for key in ("ArrowRight", "b", "b", "h", "h", "End"):
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
    opened.keyboard.type("10")
    opened.keyboard.press("Enter")
    assert shown(opened) == "slide-10"
    opened.keyboard.press("Home")
    assert shown(opened) == "slide-1"


def test_black_white_and_full_screen_come_and_go(opened):
    for key, sign in (("b", "#blank.black"), ("w", "#blank.white")):
        opened.keyboard.press(key)
        assert opened.locator(sign).is_visible()
        opened.keyboard.press(key)
        assert not opened.locator(sign).is_visible()
    opened.keyboard.press("f")
    opened.wait_for_function("document.fullscreenElement !== null")
    assert not opened.locator(".bar").is_visible()
    opened.keyboard.press("f")
    opened.wait_for_function("document.fullscreenElement === null")


@pytest.mark.parametrize("way", ["key", "button"])
def test_notes_stand_in_a_second_window_and_never_on_the_wall(opened, file, way):
    with opened.context.expect_page() as coming:
        opened.keyboard.press("s") if way == "key" else opened.locator('[data-do="notes"]').click()
    notes = coming.value
    assert notes.locator(".speech p").first.is_visible()
    assert notes.locator(".screen.next h2").is_visible()
    assert re.search(r"\d\d:\d\d", notes.locator(".time").text_content())
    assert opened.locator(".notes:visible").count() == 0
    notes.keyboard.press("ArrowRight")
    assert shown(opened) == "slide-2"
    assert notes.locator(".screen.now h2").text_content() == opened.locator(f"{NOW} h2").text_content()
    own = opened.locator(f"{NOW} .notes p").first.text_content()
    assert notes.locator(".speech p").first.text_content() == own
    found = Axe().run(notes, options={"runOnly": WCAG[:5]}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert opened.asked == [file.as_uri()] and opened.complaints == []


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
        assert opened.evaluate(SMALLEST) >= 17.9
        assert max(opened.evaluate(FILLED)) <= 2
        opened.keyboard.press("ArrowRight")


@pytest.mark.parametrize("view", ["slides", "handout"])
def test_it_is_open_to_everyone(opened, view):
    opened.keyboard.type("3")
    opened.keyboard.press("Enter")
    for key in {"slides": "", "handout": "h"}[view]:
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


@pytest.mark.parametrize(("paper", "wide", "most"), [("a4", 595, 12), ("a3", 1191, 12)])
def test_the_handout_prints_on_few_pages_each_chart_beside_its_sentence(opened, told, paper, wide, most):
    opened.keyboard.press("h")
    opened.evaluate("paper => { window.print = () => {}; document.querySelector(`[data-do=${paper}]`).click(); }", paper)
    reader = PdfReader(io.BytesIO(opened.pdf(prefer_css_page_size=True)))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    brief = told("bromley", since=SHOWN)
    assert round(reader.pages[0].mediabox.width) == wide
    assert len(pages) <= most
    flat = [unspaced(page) for page in pages]
    for one in brief.with_figures:
        answers = brief.now.answers("bromley")[one.measure.id]
        finding, title = unspaced(answers["year"]["finding"]), unspaced(one.measure.title)
        assert [number for number, page in enumerate(flat) if finding in page and title in page], one.measure.title


def unspaced(text: str) -> str:
    """Text without its spaces and joined letters, as a printed page gives them back in other places."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_the_sheet_is_one_page(browser, told, shipped_definitions):
    page = browser.new_page()
    many = {}
    for borough in shipped_definitions.areas[::8]:
        page.set_content(sheet_html(told(borough.id, since=SHOWN), address=ADDRESS, contact="A name that is as long as any name will be"))
        many[borough.id] = len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)
    page.close()
    assert len(many) == 4
    assert set(many.values()) == {1}
