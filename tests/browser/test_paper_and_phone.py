"""What is read on paper and on a phone, laid out by a browser: the agenda as a list, names beside a map, answers across the page."""

import pytest

pytestmark = pytest.mark.browser

AREA, PHONE = "?area=kingston-upon-thames", 390
ROWS = '[class*="st-key-row-"]'
PICKED = '[data-testid="stMultiSelectTagsContainer"]'
SIDEWAYS = "document.querySelector('[data-testid=stMain]').scrollWidth - document.querySelector('[data-testid=stMain]').clientWidth"
CUT = "boxes => boxes.filter(box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1).length"
BESIDE = """rows => rows.every(row => { const [item, up] = [...row.children].map(part => part.getBoundingClientRect());
    return up.left >= item.right && up.top < item.bottom && up.right <= innerWidth; })"""
MEET = """heads => heads.some(head => {
    const parts = [...head.children].filter(part => part.checkVisibility()).map(part => part.getBoundingClientRect());
    return parts.sort((a, b) => a.left - b.left).some((part, n) => n && part.left < parts[n - 1].right); })"""
WIDE = "cells => cells.map(cell => cell.getBoundingClientRect().width / cell.closest('table').getBoundingClientRect().width)"


@pytest.fixture
def phone(enter):
    """The first screen of an area on a phone."""
    with enter(PHONE) as visitor:
        yield visitor.open(AREA)


@pytest.fixture
def paper(enter):
    """The same as it is printed on a sheet of A4."""
    with enter(794) as visitor:
        page = visitor.open(AREA)
        page.emulate_media(media="print")
        yield page
        page.emulate_media(media="screen")


def test_the_agenda_on_a_phone_is_cut_nowhere_and_each_item_has_its_button_beside_it(phone):
    assert phone.locator(ROWS).count() > 5
    assert phone.evaluate(SIDEWAYS) <= 0
    assert phone.locator(PICKED).evaluate_all(CUT) == 0
    assert phone.locator(ROWS).evaluate_all(BESIDE)


def test_the_agenda_on_paper_is_its_items_in_order_and_nothing_to_press(paper):
    items = paper.locator(f"{ROWS} summary")
    assert [text.split("\n")[-1].split(".")[0] for text in items.all_inner_texts()] == [str(n + 1) for n in range(items.count())]
    assert all(item.is_visible() for item in items.all())
    for name in ("Up", "Top"):
        assert not any(button.is_visible() for button in paper.get_by_role("button", name=name, exact=True).all())
    assert not paper.locator(PICKED).is_visible()


def test_the_names_of_the_wards_stand_beside_their_map_on_paper(paper):
    names, drawn = paper.locator(".wards .names"), paper.locator(".wards .map")
    assert names.is_visible() and names.locator("li").count() > 10
    assert names.bounding_box()["x"] >= drawn.bounding_box()["x"] + drawn.bounding_box()["width"]


def test_what_answers_a_concern_is_as_wide_as_a_phone_allows(phone):
    assert min(phone.locator(".concerns td:last-child").evaluate_all(WIDE)) > 0.99


def test_in_the_head_of_a_narrow_table_the_year_and_m_do_not_meet(paper):
    assert not paper.locator(".scorecard .clock").evaluate_all(MEET)


def test_parts_of_a_measure_stand_further_in_on_a_phone_as_the_note_says(enter):
    with enter(PHONE) as visitor:
        page = visitor.open("ward?ward=E05013941")
        whole, part = page.locator(".ward-table tbody th:not(.part) a").first, page.locator(".ward-table th.part a").first
        assert part.bounding_box()["x"] >= whole.bounding_box()["x"] + 12
        assert "further in is counted in the one above" in page.locator(".page").inner_text()


def test_little_stands_empty_between_a_chart_and_the_figures_below_it_on_a_phone(enter):
    with enter(PHONE) as visitor:
        page = visitor.open(f"measure{AREA}&measure=shoplifting")
        words, source = page.get_by_text("Explore: point").bounding_box(), page.locator("p.source").first.bounding_box()
        facts = page.locator("dl.facts").bounding_box()
        above, below = words["y"] - source["y"] - source["height"], facts["y"] - words["y"] - words["height"]
        assert 0 < above <= 32 and 0 < below <= 32
