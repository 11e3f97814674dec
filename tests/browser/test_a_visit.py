"""What a visitor does: choose, type, press, go back, download; with the keyboard alone where it matters."""

import io

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MEASURE = "measure?measure=neighbourhood-crime&area=sutton"
STOPS = 40
WITHIN = """() => { const box = document.activeElement.getBoundingClientRect();
    return document.activeElement.checkVisibility({visibilityProperty: true}) && box.right > 0 && box.left < innerWidth }"""
WHO = "() => [document.activeElement.getAttribute('role') || document.activeElement.tagName, document.activeElement.dataset.testid || '']"


def heading(page: Page, place: str):
    return page.get_by_role("heading", level=1, name=f"What changed in {place} since 17 July 2023", exact=True)


def seen(page: Page) -> np.ndarray:
    """What stands in the window, as brightness."""
    return np.asarray(Image.open(io.BytesIO(page.screenshot(caret="hide"))).convert("L"), dtype=int)


def choose(page: Page, picker: str, letters: str) -> None:
    page.get_by_role("combobox", name=picker).fill(letters)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_keyboard_skips_or_reaches_all_and_its_place_can_always_be_seen(enter, width):
    with enter(width) as visitor:
        page = visitor.open(MEASURE)
        reached, faint = [], []
        for _ in range(STOPS):
            page.keyboard.press("Tab")
            role, name = page.evaluate(WHO)
            if role == "BODY":
                break
            assert page.evaluate(WITHIN), (role, name)
            reached.append(role if name != "stSkipToContent" else name)
            marked = seen(page)
            page.evaluate("document.activeElement.blur()")
            if (abs(marked - seen(page)) > 100).sum() < 200:
                faint.append((role, name))
        assert reached[0] == "stSkipToContent"
        assert {"combobox", "A", "BUTTON", "SUMMARY"} <= set(reached)
        assert faint == []


def test_typing_a_few_letters_and_enter_changes_heading_and_address(enter):
    with enter() as visitor:
        page = visitor.open("")
        choose(page, "Borough or postcode", "sutt")
        expect(heading(page, "Sutton")).to_be_visible()
        expect(page).to_have_url(f"{visitor.site}/?area=sutton")
        assert visitor.errors == []


def test_the_way_back_leads_to_the_borough_before_and_on_to_the_page_before(enter):
    with enter() as visitor:
        page = visitor.open("?area=merton")
        choose(page, "Borough or postcode", "sutt")
        expect(heading(page, "Sutton")).to_be_visible()
        page.go_back()
        expect(heading(page, "Merton")).to_be_visible()
        page.go_forward()
        expect(heading(page, "Sutton")).to_be_visible()


def test_the_way_back_from_the_first_choice_leads_to_no_choice(enter):
    with enter() as visitor:
        page = visitor.open("")
        choose(page, "Borough or postcode", "sutt")
        expect(heading(page, "Sutton")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("heading", level=1, name="What has changed where you live?")).to_be_visible()
        expect(page).to_have_url(f"{visitor.site}/")


def test_the_choice_goes_along_to_another_page_and_stands_in_its_address(enter):
    with enter() as visitor:
        page = visitor.open("?area=sutton")
        page.get_by_role("link", name="Compare").click()
        expect(page.get_by_role("combobox", name="Borough or postcode")).to_have_value("Sutton")
        assert "area=sutton" in page.url


def test_a_name_that_is_not_known_is_said_in_an_alert(enter):
    with enter() as visitor:
        page = visitor.open("?area=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E**a**")
        expect(page.get_by_role("alert")).to_contain_text("no place called '<img src=x onerror=alert(1)>**a**'")
        assert page.locator('img[src="x"]').count() == 0


def test_on_a_narrow_window_the_menu_is_reached_by_keyboard_and_closes(enter):
    with enter(320) as visitor:
        page = visitor.open("sources?area=sutton")
        menu = page.locator("details.phone-menu")
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        menu.get_by_role("link", name="The plan").press("Enter")
        expect(page.locator("h1", has_text="The plan: ")).to_have_count(1)
        assert menu.get_attribute("open") is None and "area=sutton" in page.url
        assert page.locator("[data-testid=stExpandSidebarButton]:visible").count() == 0


def test_the_table_is_a_real_one_in_a_box_of_its_own_and_open_to_everyone(enter):
    with enter(320) as visitor:
        page = visitor.open(MEASURE)
        page.get_by_text("All the figures as a table").click()
        table = page.get_by_role("table", name="Neighbourhood crime, Sutton").last
        expect(table.get_by_role("columnheader").first).to_be_visible()
        assert table.get_by_role("rowheader").count() > 90
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == 320
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response
        assert [(one["id"], node["html"][:200]) for one in found["violations"] for node in one["nodes"]] == []
