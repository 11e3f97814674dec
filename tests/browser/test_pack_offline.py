"""The pack in a real browser without a network: it opens from a disk, is driven by keys, is open to everyone and prints."""

import io
import re
import unicodedata
from datetime import date
from functools import cache

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from metrics import definitions
from metrics.meetings.brief import brief
from metrics.narrative import Wording
from metrics.outputs import pack
from metrics.outputs.pack import pack_html, sheet_html
from metrics.report.snapshot import Snapshot
from metrics.store import Store
from tests.browser.axe import BEST, one_of_each, violations
from tests.browser.test_chart_lettering import CHECKS

pytestmark = pytest.mark.browser

SCREENS = ((1280, 720), (1024, 768), (1920, 1080))
FULL_SCREEN = (1280, 772)
"""With the bar, which is 52 pixels high, a slide has as much room here as on a full screen of 1280 by 720."""
ADDRESS, CONTACT = "https://met.example", "A name that is as long as any name will be"
MEETING, SHOWN = date(2026, 11, 25), date(2025, 12, 4)
NOW = ".slide.now"
MOST_PAGES = 12
MOST_PAGES_OF_A_WALL = 4
BROKEN = """() => [...document.querySelectorAll('.slide th, .slide td, .slide li, .slide .chip, .slide h2, .slide p')]
    .filter(e => e.checkVisibility())
    .flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3)).flatMap(node => [...node.data.matchAll(/[\\w'-]+/g)].filter(word => {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        return !word[0].includes('-') && range.getClientRects().length > 1;
    }).map(word => word[0]))"""
BEGIN = "history.replaceState(null, '', '#slide-1'); window.dispatchEvent(new HashChangeEvent('hashchange'))"
OUTSIDE = """() => { const slide = document.querySelector('.slide.now'), edge = slide.getBoundingClientRect();
    const foot = slide.querySelector('.foot').getBoundingClientRect();
    const seen = one => one.checkVisibility() && !one.closest('.notes');
    return [...slide.querySelectorAll('h2, p:not(.foot), li, tr, .chip, .big')].filter(seen)
        .map(one => [one.textContent.trim().slice(0, 60), one.getBoundingClientRect()])
        .filter(([, box]) => box.right > edge.right + 1 || box.bottom > foot.top + 2).map(([words]) => words); }"""
CUT = """() => [...document.querySelectorAll('.slide.now .chip')].map(chip => {
        const words = document.createRange(), column = chip.closest('td, .facts').getBoundingClientRect();
        words.selectNodeContents(chip);
        const right = chip.getBoundingClientRect().right;
        return [chip.textContent.trim(), words.getBoundingClientRect().right, right - parseFloat(getComputedStyle(chip).paddingRight) / 2,
            right, column.right]; })
    .filter(([, words, room, right, column]) => words > room || right > column + 1).map(([words]) => words)"""
"""The verdicts of a slide that leave their column, or whose words leave their box."""
FITTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Waits until the page has answered to a window of another size."""
SMALLEST = """() => {
    const written = one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const seen = one => one.checkVisibility() && written(one) && !one.closest('caption, title, desc, .notes');
    const high = one => parseFloat(getComputedStyle(one).fontSize) * (one.closest('.zoom') ? 1.6 : 1);
    return Math.min(...[...document.querySelectorAll('.slide.now *')].filter(seen).map(high)); }"""
FILLED = """() => {
    const box = document.querySelector('.slide.now').getBoundingClientRect(), bar = document.querySelector('.bar').offsetHeight;
    return [Math.abs(box.width - innerWidth), Math.abs(box.height - (innerHeight - bar))]; }"""


@pytest.fixture(scope="module")
def brief_of(served):
    config = definitions.load(served)
    known, wording, store = definitions.definitions(config.data, config.plan), Wording(config.data / "wording.yaml"), Store(config.database)
    return cache(lambda place, **days: brief(Snapshot(store, known, wording, MEETING), known.places[place], day=MEETING, **days))


@pytest.fixture(scope="module")
def file(brief_of, tmp_path_factory):
    """The pack of a borough with restated figures, charts of every kind and a code."""
    made = brief_of("bromley", since=SHOWN)
    path = tmp_path_factory.mktemp("pack") / "pack.html"
    path.write_text(pack_html(made, pack.chosen(made), address=ADDRESS, contact=CONTACT), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def loaded(browser, file):
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


@pytest.fixture
def opened(loaded, file):
    """The pack at its first slide; whatever a test does, it asks for nothing but itself and complains of nothing."""
    loaded.set_viewport_size({"width": 1280, "height": 720})
    loaded.evaluate(BEGIN)
    yield loaded
    assert set(loaded.asked) == {file.as_uri()}
    assert loaded.complaints == []


def shown(page) -> str:
    return page.locator(NOW).get_attribute("id")


def test_it_asks_for_nothing_but_itself_and_complains_of_nothing(opened, file):
    for key in ("ArrowRight", "b", "b", "h", "h", "End"):
        opened.keyboard.press(key)
    assert shown(opened) == f"slide-{opened.locator('.slide').count()}"
    assert set(opened.asked) == {file.as_uri()}
    assert opened.complaints == []


@pytest.mark.parametrize("key", ["ArrowRight", "ArrowDown", "PageDown", " "])
def test_every_key_of_a_clicker_goes_on(opened, key):
    opened.keyboard.press(key)
    assert shown(opened) == "slide-2"
    assert opened.locator("#announcement").text_content().startswith("Slide 2 of ")
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
    expect(opened.locator(":fullscreen")).to_have_count(1)
    assert not opened.locator(".bar").is_visible()
    opened.keyboard.press("f")
    expect(opened.locator(":fullscreen")).to_have_count(0)


@pytest.mark.parametrize("way", ["key", "button"])
def test_notes_stand_in_a_second_window_and_never_on_the_wall(opened, way):
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
    assert violations(notes) == []
    notes.close()


def test_the_skip_link_leads_to_the_handout(opened):
    opened.reload()
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the handout"
    opened.keyboard.press("Enter")
    assert opened.locator("#handout").is_visible()
    assert opened.evaluate("document.activeElement.id") == "handout"


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen[0]}x{screen[1]}")
def test_everything_on_every_slide_is_in_its_place_and_large_enough(opened, screen):
    opened.set_viewport_size({"width": screen[0], "height": screen[1]})
    opened.evaluate(FITTED)
    for number in range(opened.locator(".slide").count()):
        assert (number, opened.evaluate(OUTSIDE)) == (number, [])
        assert opened.evaluate(SMALLEST) >= 17.9
        assert max(opened.evaluate(FILLED)) <= 2
        opened.keyboard.press("ArrowRight")


def test_no_verdict_leaves_its_column(browser, brief_of, tmp_path):
    """In the pack of a borough with concerns, promises and findings of every verdict."""
    made = brief_of("kingston-upon-thames")
    (tmp_path / "pack.html").write_text(pack_html(made, pack.chosen(made), address=ADDRESS, contact=CONTACT), encoding="utf-8")
    page = browser.new_page(reduced_motion="reduce")
    page.goto((tmp_path / "pack.html").as_uri())
    cut, chips = [], 0
    for width, height in (*SCREENS, FULL_SCREEN):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(BEGIN)
        page.evaluate(FITTED)
        for number in range(1, page.locator(".slide").count() + 1):
            chips += page.locator(f"{NOW} .chip").count()
            cut += [(width, number, words) for words in page.evaluate(CUT)]
            assert (width, number, page.evaluate(OUTSIDE)) == (width, number, [])
            page.keyboard.press("ArrowRight")
    page.close()
    assert cut == [] and chips > 60


def test_slides_and_handout_are_open_to_everyone(opened):
    assert 4 < one_of_each(opened, "#handout article") < 15
    opened.keyboard.type("3")
    opened.keyboard.press("Enter")
    assert violations(opened, BEST) == []
    opened.keyboard.press("h")
    assert violations(opened, BEST) == []
    opened.reload()


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


def test_on_a_phone_no_word_of_a_slide_is_broken(opened):
    opened.set_viewport_size({"width": 390, "height": 844})
    broken = opened.evaluate(BROKEN)
    opened.set_viewport_size({"width": 1280, "height": 720})
    assert broken == []


def test_the_handout_prints_on_few_pages_each_chart_beside_its_sentence(opened, brief_of):
    pages = printed(opened, "a4", wide=595)
    assert len(pages) <= MOST_PAGES
    for title, finding in findings(brief_of("bromley", since=SHOWN)):
        assert any(finding in page and title in page for page in pages), title


def test_the_print_for_a_wall_holds_headline_measures_and_clear_changes_alone(opened, brief_of):
    pages, made = printed(opened, "a3", wide=842), brief_of("bromley", since=SHOWN)
    assert len(pages) <= MOST_PAGES_OF_A_WALL
    for row in made.with_figures:
        lead, clear = made.measures[row.measure.id].lead, any(answer["verdict"].startswith("clear") for answer in row.answers.values())
        wanted = row.measure.headline is not None or clear
        assert any(unspaced(lead["finding"]) in page and unspaced(row.measure.title) in page for page in pages) == wanted, row.measure.id
    assert not any("SHA-256" in page for page in pages)


def test_the_cards_of_a_print_for_a_wall_stand_two_beside_each_other_none_cut(opened):
    opened.keyboard.press("h")
    opened.evaluate("() => { window.print = () => {}; document.querySelector('[data-do=a3]').click(); }")
    opened.set_viewport_size({"width": 1017, "height": 1400})
    opened.emulate_media(media="print")
    cards = opened.locator(".measure.on-wall")
    boxes = [cards.nth(at).bounding_box() for at in range(cards.count())]
    problems = [problem for at in range(cards.count()) for problem in cards.nth(at).locator(".kept").evaluate(CHECKS)]
    opened.emulate_media(media="screen")
    assert len({round(box["x"]) for box in boxes}) == 2 and len(boxes) > 8
    assert [problem for problem in problems if " meets " in problem or " runs through" in problem] == []


def printed(opened, paper: str, wide: int) -> list[str]:
    """The words of each page of the handout as it is printed on a paper of so many points, unspaced."""
    opened.keyboard.press("h")
    opened.evaluate("paper => { window.print = () => {}; document.querySelector(`[data-do=${paper}]`).click(); }", paper)
    reader = PdfReader(io.BytesIO(opened.pdf(prefer_css_page_size=True)))
    assert round(reader.pages[0].mediabox.width) == wide
    return [unspaced(page.extract_text()) for page in reader.pages]


def test_no_word_meets_another_or_a_line_in_the_charts_of_the_printed_handout(opened):
    opened.keyboard.press("h")
    opened.set_viewport_size({"width": 703, "height": 1000})
    opened.emulate_media(media="print")
    charts = opened.locator("#handout .kept")
    problems = [problem for at in range(charts.count()) for problem in charts.nth(at).evaluate(CHECKS)]
    opened.emulate_media(media="screen")
    assert charts.count() > 20 and [problem for problem in problems if " meets " in problem or " runs through" in problem] == []


def findings(made) -> list[tuple[str, str]]:
    """The title and the finding of each measure that has figures, unspaced."""
    answers = made.now.answers("bromley")
    measures = [row.measure for row in made.with_figures]
    return [(unspaced(measure.title), unspaced(answers[measure.id]["year"]["finding"])) for measure in measures]


def unspaced(text: str) -> str:
    """Text without its spaces and joined letters, as a printed page gives them back in other places."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_the_sheet_is_one_page(browser, brief_of, shipped_definitions):
    page = browser.new_page()
    many = {}
    for borough in (*shipped_definitions.areas[::8], shipped_definitions.places["kingston-upon-thames"]):
        page.set_content(sheet_html(brief_of(borough.id, since=SHOWN), address=ADDRESS, contact=CONTACT))
        many[borough.id] = len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)
    page.close()
    assert len(many) == 5
    assert set(many.values()) == {1}
