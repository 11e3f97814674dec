"""The page of the plan, pages/plan.py."""

import re
from datetime import date
from html import unescape


def test_the_page_opens_with_the_plan_and_its_three_missions(visit, shipped_definitions):
    page = visit("plan")
    assert page.title == f"{shipped_definitions.plan.title} {shipped_definitions.plan.years}"
    assert page.headers[:3] == ["More trust", "Less crime", "High standards"]
    for line in (mission.text for mission in shipped_definitions.plan.missions.values()):
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


def rows_of_commitments(page) -> list[list[str]]:
    """The cells of each row of the table of commitments, as read."""
    (table,) = [piece for piece in page.html if "<caption>What the plan said would be done</caption>" in piece]
    return [[unescape(cell) for cell in re.findall(r"<t[hd][^>]*>([^<]*)", row)] for row in table.split("<tr>")[1:]]


def test_every_commitment_stands_in_a_table_with_its_status_and_source(visit, shipped_definitions):
    commitments = shipped_definitions.plan.commitments
    head, *rows = rows_of_commitments(visit("plan"))
    assert head == ["Commitment", "Status", "Since", "What is known", "Due", "Reform", "Source"]
    wanted = [(one.text, one.status_on(date.max).capitalize(), one.source) for one in commitments]
    assert [(row[0], row[1], row[-1]) for row in rows] == wanted


def test_a_commitment_done_late_shows_when_and_when_it_was_due(visit):
    (charter,) = [row for row in rows_of_commitments(visit("plan")) if row[0].startswith("A stop and search charter")]
    assert (charter[1], charter[2], charter[4]) == ("Done", "27 February 2025", "October 2023")
    assert charter[3] == "Published on 27 February 2025, 16 months after the promised month. (Published source, not held here)"


def test_without_a_step_no_evidence_is_recorded_and_what_is_known_stays_to_be_read(visit):
    (counters,) = [row for row in rows_of_commitments(visit("plan")) if row[0].startswith("At least one front counter")]
    assert counters[1:5] == [
        *("No evidence recorded", ""),
        *("Later plans for only two 24-hour front counters in London were reported (published source, not held here).", ""),
    ]


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
