"""The public edition's pages in a real browser: readable without a script, at every width, by keyboard, on paper, for everyone."""

import functools
import http.server
import re
import subprocess
import threading
from itertools import pairwise

import pytest

from metrics.outputs.page import templating
from metrics.outputs.site.page_frame import TEMPLATES
from tests.browser.axe import BEST, violations

pytestmark = pytest.mark.browser

KINDS = (
    "", "kingston-upon-thames/", "kingston-upon-thames/neighbourhood-crime/", "london/", "measures/trust-met/", "meetings/",
    "kingston-upon-thames/meetings/2023-08-07/", "plan/", "compare/", "sources/", "method/", "accessibility/", "using/", "privacy/",
    "embed/kingston-upon-thames/trust-met/", "404.html", "503.html",
)
SHEET = templating.sheet() + templating.strict(TEMPLATES).get_template("public.css").render()
LEAST = 24
FRAME = 720
"""How high the frame is that the code to embed asks for, in pixels."""
# What is small may be pressed elsewhere where another link leads to the same address and is not (WCAG 2.5.8, equivalent).
SMALL = """least => {
    const small = one => (box => box.width > 0 && (box.width < least || box.height < least))(one.getBoundingClientRect());
    const shown = [...document.querySelectorAll("a")].filter(one => one.checkVisibility());
    const large = new Set(shown.filter(one => !small(one)).map(one => one.getAttribute("href")));
    return [...document.querySelectorAll('a, button, summary')]
        .filter(one => one.checkVisibility() && !one.closest('p, dd, li, td, th, figcaption') && !one.classList.contains('skip'))
        .filter(one => small(one) && !large.has(one.getAttribute('href')))
        .map(one => `${one.textContent}: ${one.getBoundingClientRect().width} x ${one.getBoundingClientRect().height}`); }"""
FOCUS = """() => { const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
    return {tag: one.tagName, words: one.textContent.trim().slice(0, 40), outline: parseFloat(look.outlineWidth),
            style: look.outlineStyle, shown: box.width > 0 && box.right > 0}; }"""
LOOKS = """() => { const seen = new Set();
    const look = all => [...all].map(name => `${name}: ${all.getPropertyValue(name)}`), parts = ['', '::before', '::after'];
    return [...document.body.querySelectorAll('*')].flatMap(each => {
        const kind = `${each.tagName} ${each.getAttribute('class')}`;
        return seen.has(kind) ? [] : seen.add(kind) && parts.map(part => `${kind} ${part} ${look(getComputedStyle(each, part))}`);
    }); }"""
"""How the first element of each kind looks."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A web server that serves a folder and keeps no log."""

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def plain(small_edition):
    """The address of the edition of a few measures, as any web server would serve it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=small_edition))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def visitor(browser):
    """A page in a browser whose visitor turned scripts off."""
    context = browser.new_context(java_script_enabled=False, color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture(scope="module")
def looked_at(browser):
    """A page in a browser in which the tests, and nothing of the page, may run scripts."""
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: kind or "home")
def there(request, looked_at, plain):
    """One kind of page, open, with every request it made."""
    asked = []

    def note(request) -> None:
        asked.append(request.url)

    looked_at.on("request", note)
    looked_at.goto(plain + request.param)
    looked_at.remove_listener("request", note)
    return looked_at, asked


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(there, width):
    page, _ = there
    page.set_viewport_size({"width": width, "height": 900})
    assert violations(page, BEST) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_scrolls_sideways_and_what_can_be_pressed_is_large_enough(there, width):
    page, _ = there
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate(SMALL, LEAST) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_words_grow_with_the_size_that_a_reader_has_set_and_no_page_scrolls_sideways(there, width):
    page, _ = there
    page.set_viewport_size({"width": width, "height": 900})
    size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    before = page.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    try:
        assert page.evaluate(size) == 2 * before
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    finally:
        page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize(("width", "media"), [(390, "screen"), (800, "print")])
def test_a_page_looks_as_it_would_with_every_rule_of_the_sheet(there, width, media):
    page, _ = there
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media=media)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    chosen, looks = page.evaluate("document.querySelector('style').textContent"), page.evaluate(LOOKS)
    page.evaluate("sheet => document.querySelector('style').textContent = sheet", SHEET)
    assert page.evaluate(LOOKS) == looks
    page.evaluate("sheet => document.querySelector('style').textContent = sheet", chosen)
    page.emulate_media(media="screen")


def test_a_page_has_its_title_language_one_first_heading_and_no_level_skipped(there):
    page, _ = there
    assert page.locator("html").get_attribute("lang") == "en"
    assert 0 < len(page.title()) < 66
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(heading => Number(heading.tagName[1]))")
    assert levels.count(1) == 1
    assert [deeper for above, deeper in pairwise(levels) if deeper > above + 1] == []


def test_a_page_asks_for_little_and_of_nobody_else_and_keeps_nothing(there, plain):
    page, asked = there
    assert [url for url in asked if not url.startswith((plain, "data:"))] == []
    assert len([url for url in asked if not url.startswith("data:")]) <= 5
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.scripts.length]") == [0, 0, 0]


def test_the_keyboard_reaches_everything_and_where_it_is_can_be_seen(there):
    page, _ = there
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        where = page.evaluate(FOCUS)
        if where["tag"] == "BODY":
            break
        seen.append(where)
    assert seen
    assert [where for where in seen if where["outline"] < 2 or where["style"] == "none" or not where["shown"]] == []
    assert seen[0]["words"].startswith("Skip to") or "embed" in page.url


def test_a_page_is_whole_without_a_script(visitor, plain):
    visitor.goto(plain + "kingston-upon-thames/neighbourhood-crime/")
    assert visitor.locator("svg[role=img]").count() >= 1
    assert visitor.locator("table").first.locator("caption").count() == 1
    assert visitor.get_by_role("link", name=re.compile("CSV")).count() >= 1
    visitor.locator("details:has(table) > summary").first.click()
    assert visitor.locator("details[open] table").first.is_visible()


def test_a_table_opens_by_keyboard_alone(looked_at, plain):
    looked_at.goto(plain + "kingston-upon-thames/neighbourhood-crime/")
    looked_at.locator("details:has(table) > summary").first.focus()
    looked_at.keyboard.press("Enter")
    assert looked_at.locator("details[open] table").first.is_visible()


def test_a_page_prints_on_paper_with_everything_it_says(looked_at, plain, tmp_path):
    looked_at.goto(plain + "kingston-upon-thames/neighbourhood-crime/")
    opening = looked_at.locator("main p").first.inner_text()
    paper = tmp_path / "page.pdf"
    looked_at.pdf(path=str(paper), format="A4")
    try:
        text = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("pdftotext is missing: install it (Debian: apt-get install poppler-utils)")
    assert " ".join(opening.split()[:6]) in " ".join(text.split())
    assert "Independent of the Metropolitan Police Service" in " ".join(text.split())


def test_nothing_moves(there):
    page, _ = there
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("width", [320, 480, 768, 1200])
def test_an_embedded_chart_fits_the_frame_that_its_code_gives_it(plain, looked_at, width):
    looked_at.set_viewport_size({"width": width, "height": FRAME})
    for measure in ("trust-met", "neighbourhood-crime", "domestic-abuse"):
        looked_at.goto(f"{plain}embed/kingston-upon-thames/{measure}/")
        size = looked_at.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
        assert size == [FRAME, width], measure
        plot = looked_at.evaluate("document.querySelector('.plot > svg').getBoundingClientRect().height")
        assert plot > 100, measure


def test_words_in_a_plot_that_have_no_room_in_a_low_frame_are_left_out(plain, looked_at):
    for height, shown in ((FRAME, True), (420, False)):
        looked_at.set_viewport_size({"width": 1200, "height": height})
        looked_at.goto(f"{plain}embed/kingston-upon-thames/neighbourhood-crime/")
        for kind in (".inside", ".wide"):
            assert {word.is_visible() for word in looked_at.locator(f".plot {kind}").all()} == {shown}, (height, kind)


@pytest.mark.parametrize(("name", "drawing"), [("kingston-upon-thames/", ".spark"), ("kingston-upon-thames/trust-met/", ".plot")])
def test_a_drawing_stands_on_paper_where_a_reader_s_own_colours_are_forced(browser, plain, name, drawing):
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto(plain + name)
    white = "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == white
    assert set(page.locator(drawing).evaluate_all("all => all.map(each => getComputedStyle(each).backgroundColor)")) == {white}
    context.close()
