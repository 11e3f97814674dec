"""The page that sets the boroughs side by side, pages/compare.py."""

import re
from html import unescape

import pytest


@pytest.mark.parametrize("measure", ["neighbourhood-crime", "trust-met", "homicide", "knife-crime"])
def test_every_borough_stands_there_once_with_its_verdict(visit, shipped_definitions, measure):
    page = visit("compare", measure=measure)
    (tiles,) = [piece for piece in page.html if '<ul class="tiles"' in piece]
    names = [unescape(name) for name in re.findall(r'<span class="name">(.*?)</span>', tiles)]
    assert sorted(names) == sorted(borough.name for borough in shipped_definitions.boroughs)
    assert page.title.startswith(shipped_definitions.measures[measure].title)


def test_the_table_is_in_alphabetical_order_and_ranks_nobody(visit, shipped_definitions):
    page = visit("compare", measure="neighbourhood-crime")
    boroughs = {borough.name for borough in shipped_definitions.boroughs}
    tables = [[unescape(name) for name in re.findall(r'<th scope="row">([^<]*)', piece)] for piece in page.html if "<table" in piece]
    of_boroughs = [rows for rows in tables if set(rows) == boroughs]
    assert of_boroughs
    assert [rows for rows in of_boroughs if list(dict.fromkeys(rows)) != sorted(boroughs)] == []
    assert re.findall(r"\b(best|worst|rank\w*|top|bottom|\d+(st|nd|rd|th))\b", page.text, re.IGNORECASE) == []


def test_a_measure_that_boroughs_cannot_have_is_not_offered(visit, shipped_definitions):
    titles = {one.title for one in shipped_definitions.measures.values() if "area" not in one.levels}
    assert titles
    assert titles & set(visit("compare").app.selectbox(key="measure").options) == set()


def test_the_measure_and_the_borough_stand_in_the_address(visit):
    page = visit("compare", borough="sutton").pick("measure", "Shoplifting")
    assert page.address == {"measure": "shoplifting", "borough": "sutton"}
