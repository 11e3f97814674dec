"""What a visitor does: choose, type, press, go back, download; with the keyboard alone where it matters."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.axe import violations

pytestmark = pytest.mark.browser

MEASURE = "measure?measure=neighbourhood-crime&area=sutton"
STOPS = 40
WITHIN = """() => { const box = document.activeElement.getBoundingClientRect();
    return document.activeElement.checkVisibility({visibilityProperty: true}) && box.right > 0 && box.left < innerWidth }"""
BAND = """() => { const box = document.activeElement.getBoundingClientRect(), top = Math.max(0, box.top - 60);
    return {x: 0, y: top, width: innerWidth, height: Math.max(1, Math.min(innerHeight, box.bottom + 60) - top)}; }"""
WHO = "() => [document.activeElement.getAttribute('role') || document.activeElement.tagName, document.activeElement.dataset.testid || '']"


def heading(page: Page, place: str):
    return page.get_by_role("heading", level=1, name=f"What changed in {place} since 17 July 2023", exact=True)


def seen(page: Page, clip: dict[str, float]) -> np.ndarray:
    """What stands in a part of the window, as brightness."""
    return np.asarray(Image.open(io.BytesIO(page.screenshot(caret="hide", clip=clip))).convert("L"), dtype=int)


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
            around = page.evaluate(BAND)
            marked = seen(page, around)
            page.evaluate("document.activeElement.blur()")
            if (abs(marked - seen(page, around)) > 100).sum() < 200:
                faint.append((role, name))
        assert reached[0] == "stSkipToContent"
        assert {"combobox", "A", "BUTTON", "SUMMARY"} <= set(reached)
        assert faint == []


def test_a_choice_changes_heading_and_address_and_goes_back_forward_and_along(enter):
    with enter() as visitor:
        page = visitor.open("")
        choose(page, "Borough or postcode", "sutt")
        expect(heading(page, "Sutton")).to_be_visible()
        expect(page).to_have_url(f"{visitor.site}/?area=sutton")
        choose(visitor.settled(), "Borough or postcode", "mert")
        expect(heading(page, "Merton")).to_be_visible()
        page.go_back()
        expect(heading(page, "Sutton")).to_be_visible()
        page.go_forward()
        expect(heading(page, "Merton")).to_be_visible()
        page.go_back()
        expect(heading(page, "Sutton")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("heading", level=1, name="What has changed where you live?")).to_be_visible()
        expect(page).to_have_url(f"{visitor.site}/")
        page.go_forward()
        expect(heading(page, "Sutton")).to_be_visible()
        page.get_by_role("link", name="Compare").click()
        expect(page.get_by_role("combobox", name="Borough or postcode")).to_have_value("Sutton")
        assert "area=sutton" in page.url
        assert visitor.errors == []


def test_a_borough_is_chosen_on_the_map(enter):
    with enter() as visitor:
        page = visitor.open("")
        around = page.locator(".spotted").bounding_box()
        page.mouse.click(around["x"] + around["width"] * 0.57, around["y"] + around["height"] * 0.1)
        expect(heading(page, "Enfield").or_(page.get_by_role("heading", level=1, name="What changed in Enfield"))).to_be_visible()
        assert "area=enfield" in page.url


def test_a_name_that_is_not_known_is_said_in_an_alert(enter):
    with enter() as visitor:
        page = visitor.open("?area=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E**a**")
        expect(page.get_by_role("alert")).to_contain_text("No place called '<img src=x onerror=alert(1)>**a**'")
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
        assert violations(page) == []
