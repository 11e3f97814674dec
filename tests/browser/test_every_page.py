"""Every page as a visitor's browser has it: whole, quiet, by itself, and open to everyone."""

from itertools import pairwise

import pytest

from tests.browser.axe import violations

pytestmark = pytest.mark.browser

TITLES = {
    "?area=bromley": "What changed, Bromley",
    "?area=bromley&as-at=2025-12-04": "What changed, Bromley",
    "plan": "The plan",
    "claim?claim=burglary+is+down+6%25+in+Bromley": "Claims",
    "minutes?area=kingston-upon-thames": "Record a meeting",
    "": "What changed, London",
    "?area=Narnia": "What changed, London",
    "measure?measure=neighbourhood-crime&area=sutton": "Neighbourhood crime, Sutton",
    "measure?measure=answer-999": "999 calls answered within 10 seconds, London",
    "compare?measure=neighbourhood-crime&area=sutton": "Compare: Neighbourhood crime",
    "sources": "Sources",
    "method": "Method",
}
"""Each page's address, and the title of its window before the site's."""
WIDTHS = (1280, 320)
LEAST = 24
TABLES = """all => all.map(table => {
    const region = table.closest('[role=region]'), wide = table.getBoundingClientRect().width;
    return [table.caption?.textContent, table.querySelectorAll('th:not([scope])').length, wide > table.parentElement.clientWidth + 1,
            region && {name: region.ariaLabel, tabindex: region.getAttribute('tabindex')}]; })"""
SIDEWAYS = "[document.documentElement, document.querySelector('[data-testid=stMain]')].map(box => box.scrollWidth - box.clientWidth)"
SMALL = """least => [...document.querySelectorAll('a, button, summary, label:has(input), [role=tab], [role=combobox]')]
    .filter(one => one.checkVisibility() && !one.closest('p, dd, li, td') && one.dataset.testid !== 'stSkipToContent')
    .map(one => [one.textContent || one.ariaLabel, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.width < least || box.height < least))
    .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""


@pytest.fixture(scope="module", params=TITLES)
def view(request, enter):
    """A visitor on a page, opened once for all that is asked of it."""
    with enter() as visitor:
        visitor.open(request.param)
        visitor.expected = TITLES[request.param]
        yield visitor


@pytest.fixture(params=WIDTHS)
def page(request, view):
    """The page in a window of a width; 320 pixels is also what 400% zoom leaves of a screen."""
    view.page.set_viewport_size({"width": request.param, "height": 900})
    return view.settled()


def test_the_browser_complains_of_nothing(view):
    assert view.errors == []


def test_nothing_is_asked_of_another_server(view):
    own = view.site.removeprefix("http")
    elsewhere = [url for url in view.requests if not url.startswith(("http" + own, "ws" + own, "data:", "blob:"))]
    assert len(view.requests) > 10
    assert elsewhere == []


def test_no_cookie_is_set(view):
    assert view.page.context.cookies() == []


def test_nothing_is_kept_in_the_browser(view):
    assert view.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []


def test_the_title_names_the_page_and_the_site(view):
    assert view.page.title() == f"{view.expected} – A New Met for London, followed"


def test_there_is_one_heading_of_the_first_level_and_no_level_is_skipped(view):
    levels = view.page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(heading => Number(heading.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [deeper for above, deeper in pairwise(levels) if deeper > above + 1] == []


def test_a_picture_has_words_that_stand_for_it_and_no_heading_an_extra_link(view):
    # The small picture of a row or an area repeats the words beside it and says nothing; any other has words.
    assert view.page.locator("img:not([alt])").count() == 0
    assert view.page.locator('figure :not(.multiples *) > img[alt=""], figure > img[alt=""], .picture:not(td) img[alt=""]').count() == 0
    assert view.page.locator("h1 a, h2 a, h3 a").count() == 0


def test_a_table_has_a_caption_headers_and_a_name_that_the_keyboard_reaches(view):
    for caption, bare, scrolls, region in view.page.locator("table").evaluate_all(TABLES):
        assert caption
        assert bare == 0
        assert region == {"name": caption, "tabindex": "0"} if region else not scrolls


def test_no_page_scrolls_sideways(page):
    assert page.evaluate(SIDEWAYS) == [0, 0]


def test_what_can_be_pressed_is_large_enough_to_press(page):
    assert page.evaluate(SMALL, LEAST) == []


def test_axe_finds_no_violation_of_wcag(page):
    assert violations(page) == []
