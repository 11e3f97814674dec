"""The page that sets the boroughs side by side, pages/compare.py."""

import re

import pytest

from tests.web.streamlit.conftest import words


@pytest.mark.parametrize("measure", ["neighbourhood-crime", "trust-met", "homicide", "knife-crime"])
def test_every_borough_stands_there_once_in_alphabetical_order_and_nobody_is_ranked(visit, shipped_definitions, measure):
    page = visit("compare", measure=measure)
    whole = "".join(page.html)
    table = whole[whole.index('<table class="sentences">') :]
    names = [words(name) for name in re.findall(r'<th scope="row">(.*?)</th>', table[: table.index("</table>")])]
    assert names == [area.name for area in shipped_definitions.areas] == sorted(names)
    assert page.title.startswith(shipped_definitions.measures[measure].title)
    assert re.findall(r"\b(best|worst|top|bottom|\d+(st|nd|rd|th))\b", page.text, re.IGNORECASE) == []


def test_a_measure_that_boroughs_cannot_have_is_not_offered(visit, shipped_definitions):
    titles = {measure.title for measure in shipped_definitions.measures.values() if "area" not in measure.levels}
    assert titles
    assert titles & set(visit("compare").app.selectbox(key="measure").options) == set()


def test_the_measure_and_the_borough_stand_in_the_address(visit):
    page = visit("compare", area="sutton").pick("measure", "Shoplifting")
    assert page.address == {"measure": "shoplifting", "area": "sutton"}
