"""Places like an area on its page: counted in words, folded, each figure with its months, the others' range beside it."""

import re
from dataclasses import replace

import pytest

from metrics import definitions
from metrics.narrative import Wording
from metrics.outputs.page.area_page import neighbour_section
from metrics.outputs.page.pen import Pen
from metrics.outputs.site.addresses import SiteRoutes
from metrics.report.snapshot import Snapshot
from metrics.store import Store

ROUTES = SiteRoutes("../", "london")


@pytest.fixture(scope="module")
def read(served):
    config = definitions.load(served)
    known = definitions.definitions(config.data, config.plan)
    store, wording = Store(config.database), Wording(config.data / "wording.yaml")
    return lambda **changed: Snapshot(store, replace(known, **changed), wording)


def html(snapshot, place: str) -> str:
    return neighbour_section(snapshot, snapshot.known.places[place], Pen(words=snapshot.wording.text["verdicts"]), ROUTES)


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize(
    ("place", "finding"),
    [
        ("kingston-upon-thames", "Of the 20 places in the country most like it, 9 are boroughs of London."),
        ("bexley", "Few boroughs of London are like it: 2 of the 20 places in the country most like it."),
    ],
)
def test_how_many_there_are_is_said_in_few_words(read, place, finding):
    shown, _, folded = html(read(), place).partition("<details")
    assert finding in shown and len(finding.split()) <= 25
    assert "<table" not in shown and "<table" in folded


def test_that_none_is_like_it_is_an_answer(read):
    known = read().known.neighbours
    page = html(read(neighbours=replace(known, models={"economic": known.models["economic"]})), "barking-and-dagenham")
    assert "No borough of London is among the 20 places in the country most like it." in page and "<table" not in page


def test_the_areas_are_links_in_the_order_of_the_list(read):
    page = html(read(), "bexley")
    assert page.index('<a href="../havering/">Havering</a>') < page.index('<a href="../bromley/">Bromley</a>')


def test_what_they_are_alike_in_where_it_is_from_and_the_licence_are_there(read):
    text = words(html(read(), "kingston-upon-thames"))
    assert "alike in society and economy, not in crime" in text and "nobody is ranked" in text
    assert "Office for National Statistics" in text and "March 2026" in text and "Open Government Licence" in text
    assert "in who lives there: 4 of 20" in text and "in their economy: 10 of 20" in text


def test_every_figure_has_its_unit_and_its_months_and_every_bar_lies_in_its_scale(read):
    page = html(read(), "kingston-upon-thames")
    rows = page.count('<tr><th scope="row">')
    assert rows == len(re.findall(r"<small>[^<]+ (?:year to )[A-Z][a-z]{2} 20\d\d</small>", page)) >= 8
    bars = [tuple(map(float, each)) for each in re.findall(r"left:([\d.]+)%;width:([\d.]+)%\"></i><b style=\"left:([\d.]+)%", page)]
    assert len(bars) == rows and all(left + width <= 100.1 and mark <= 100 for left, width, mark in bars)


def test_a_force_without_a_list_has_no_section(read):
    assert html(read(neighbours=None), "bexley") == ""
