"""The page of the plan, pages/plan.py."""

import re
from html import unescape


def test_the_page_opens_with_the_plan_and_its_three_missions(visit, shipped_definitions):
    page = visit("plan")
    assert page.title == f"{shipped_definitions.plan.title} {shipped_definitions.plan.years}"
    assert page.headers[:3] == ["More trust", "Less crime", "High standards"]
    for line in shipped_definitions.plan.missions.values():
        assert line in page.text


def test_it_shows_the_twenty_headline_measures_in_the_plans_order_within_each_mission(visit, shipped_definitions):
    titles = list(visit("plan").cards)
    assert len(titles) == 20
    wanted = [one.title for mission in shipped_definitions.plan.missions for one in shipped_definitions.headlines if one.mission == mission]
    assert titles == wanted


def test_it_says_that_the_list_of_headline_measures_is_not_the_mets_own(visit):
    assert "was not found in any source held here" in visit("plan").text


def test_a_headline_measure_without_figures_says_why(visit, shipped_definitions):
    cards = visit("plan").cards
    missing = [one for one in shipped_definitions.headlines if one.missing]
    assert len(missing) > 2
    assert [one.id for one in missing if one.missing not in cards[one.title]] == []


def test_every_commitment_stands_in_a_table_with_its_status_and_source(visit, shipped_definitions):
    commitments = shipped_definitions.plan.commitments
    (table,) = [piece for piece in visit("plan").html if "<caption>What the plan said would be done</caption>" in piece]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td>', table)
    assert [(unescape(text), status) for text, status in rows] == [(one.text, one.status.capitalize()) for one in commitments]
    assert table.count('<th scope="col">') == 5


def test_nothing_is_called_done_without_what_is_known_of_it(shipped_definitions):
    commitments = [one for plan in shipped_definitions.plans.values() for one in plan.commitments]
    assert [one.id for one in commitments if one.status != "no evidence recorded" and not one.known] == []


def test_the_priorities_say_whose_words_they_are(visit, shipped_definitions):
    text = visit("plan").text
    assert shipped_definitions.plan.priorities_note in text
    for priority in shipped_definitions.plan.priorities:
        assert priority in text


def test_the_plan_is_of_london_whatever_borough_was_chosen(visit):
    page = visit("borough", borough="sutton")
    here = page.cards["All recorded crime"]
    assert page.go("plan").cards["Neighbourhood crime"] == visit("borough").cards["Neighbourhood crime"]
    assert here == page.go("borough").cards["All recorded crime"]


def test_opening_the_site_shows_the_plan_first(visit, shipped_definitions):
    assert visit().title == visit("plan").title
