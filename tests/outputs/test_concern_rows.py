"""What answers a concern: the place's own figures, the whole force area's where only that has any, and never a figure of neither."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from metrics import definitions
from metrics.meetings.agenda import agenda
from metrics.meetings.brief import brief
from metrics.narrative import Wording
from metrics.outputs.meeting_facts import MeetingFacts, concern_rows, row_title, scorecard_of
from metrics.outputs.page import area_page
from metrics.outputs.page.pen import Pen
from metrics.outputs.site import place_pages
from metrics.outputs.site.addresses import SiteRoutes
from metrics.outputs.site.page_frame import site_of
from metrics.outputs.slides import item_slides
from metrics.report.scorecard import Answer, Row
from metrics.report.snapshot import Snapshot
from metrics.store import Store


@pytest.fixture(scope="module")
def kingston(served):
    config = definitions.load(served)
    known = definitions.definitions(config.data, config.plan)
    now = Snapshot(Store(config.database), known, Wording(config.data / "wording.yaml"))
    return brief(now, known.places["kingston-upon-thames"])


@pytest.fixture(scope="module")
def cards(kingston):
    return scorecard_of(kingston)


@pytest.fixture
def rows_of(kingston, cards):
    """The rows that answer a concern, by its id."""
    raised = {answered.concern.id: answered.concern for answered in kingston.concerns}
    return lambda concern: concern_rows(kingston, raised[concern], cards)


def test_rows_come_in_the_order_of_the_concern_and_say_whose_they_are(kingston, rows_of):
    calls = rows_of("anti-social-behaviour")
    assert [(row.measure.id, row.place.id) for row in calls] == [("asb-calls-london", "london")]
    assert [row_title(row, kingston.place) for row in rows_of("visible-officers")] == ["Officers and PCSOs in post, London"]
    women = rows_of("women-and-girls")
    assert women[0].measure.id == "vawg" and {row.place.id for row in women} == {"kingston-upon-thames"}
    assert {"stop-search", "stop-search-fair"} <= {row.measure.id for row in rows_of("diversity")}


def test_what_has_no_figure_has_no_row(kingston, rows_of):
    assert rows_of("abstraction-and-response") == ()
    assert all(row.has_figures for concern in kingston.concerns for row in rows_of(concern.concern.id))


def test_the_page_leads_to_the_measure_where_its_figures_are(kingston, cards):
    pen = Pen(words=kingston.now.wording.text["verdicts"])
    page = area_page.area(kingston, cards, pen, SiteRoutes("../", "london"))
    part = page[page.index('id="you-said"') : page.index('id="corrections"')]
    assert '<a href="../measures/asb-calls-london/">Calls about anti-social behaviour, London</a>' in part
    assert '<a href="../kingston-upon-thames/vawg/">' in part and part.count("No measure answers this.") == 1


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_concern_has_one_answer_on_its_places_page_and_its_meetings(kingston, cards):
    now = kingston.now
    page = words(area_page.area(kingston, cards, Pen(words=now.wording.text["verdicts"]), SiteRoutes("../", "london")))
    (meeting,) = [each for each in now.known.meetings if each.area == "kingston-upon-thames"]
    pages = dict(place_pages.meeting_pages(site_of(now, "https://example.org", "us")))
    of_meeting = words(pages["kingston-upon-thames/meetings/2023-08-07/index.html"].decode())
    rows = [row for concern in meeting.concerns for row in concern_rows(kingston, concern, cards)]
    assert len(rows) > 8
    for row in rows:
        question = {"year": "on a year before", "plan": "since the plan began"}[row.leading.question]
        verdict = row.leading.verdict.capitalize()
        way = f" {row.leading.direction}" if row.leading.direction else ""
        assert f"{row_title(row, kingston.place)} {verdict}{way} {question}" in page
        assert f"{verdict} {question} {row.measure.title}: {row.place.name}" in of_meeting


def concern_slides(kingston):
    facts, items = MeetingFacts(kingston), agenda(kingston)
    return item_slides.concerns(facts, tuple(item for item in items if item.kind == "concern"))


def test_a_slide_names_what_was_raised_and_the_day(kingston):
    slides = concern_slides(kingston)
    assert [slide.title for slide in slides] == [
        "You said: Communication; Fairness and inclusion", "You said: Visible policing; Anti-social behaviour",
        "You said: Safety of women and girls; Visible policing",
    ]
    assert {slide.source for slide in slides} == {"Raised on 7 August 2023; measures chosen for this dashboard"}


def test_a_concern_shows_its_most_telling_measure_and_which_question_that_answers(kingston):
    rows = {row.text: row for slide in concern_slides(kingston) for row in slide.body.rows}
    contact = rows["Better communication between the police and residents"]
    assert (contact.detail, contact.chip.verdict) == ("Know how to contact local officers, year to Dec 2023", "clear worsening")
    assert contact.question == "on a year before"
    calls, away = rows["Decisive action on anti-social behaviour"], rows[next(text for text in rows if text.startswith("Ward officers"))]
    assert calls.detail.endswith("behaviour, London, Jan to Mar 2024") and calls.chip is not None
    assert (away.figure, away.chip, away.question) == ("No measure answers this", None, "")


@pytest.mark.parametrize(("given", "shown"), [
    ([("not enough data", "no clear change"), ("clear improvement", "no clear change")], (1, "plan")),
    ([("clear improvement", "no clear change"), ("not enough data", "clear worsening")], (1, "year")),
    ([("clear improvement", "clear worsening")], (0, "year")),
    ([("clear fall", "no clear change"), ("no clear change", "clear rise")], (1, "year")),
    ([("not enough data", "cannot be compared"), ("not enough data", "possible change")], (1, "year")),
    ([("not enough data", "not enough data"), ("cannot be compared", "not enough data")], (0, "plan")),
])  # fmt: skip
def test_worse_is_told_before_better_and_any_answer_before_none(given, shown):
    rows = tuple(Row(None, None, None, "1", "", False, Answer("year", year), Answer("plan", plan)) for plan, year in given)
    row, answer = item_slides.most_telling(rows)
    assert (rows.index(row), answer.question) == shown


def test_newer_figures_are_told_before_old_ones_that_say_as_much():
    new = Row(None, None, None, "1", "", False, Answer("year", "clear rise"), Answer("plan", "clear rise"))
    old = replace(new, is_old=True)
    assert item_slides.most_telling((old, new))[0] is new and item_slides.most_telling(()) is None


def test_an_answer_as_clear_that_says_otherwise_stands_beside_the_one_shown(kingston):
    """In Kingston more of other sexual offences were recorded than before the plan: made up, fewer on a year before."""
    row = next(row for row in scorecard_of(kingston).rows if row.plan.is_clear)
    before = kingston.now.answers(row.place.id)[row.measure.id]
    turned = before | {"year": before["year"] | {"verdict": "clear fall"}}
    snapshot = SimpleNamespace(answers=lambda _: {row.measure.id: turned})
    facts = SimpleNamespace(words=kingston.now.wording.text, brief=SimpleNamespace(now=snapshot))
    assert item_slides._asked(facts, row, row.plan) == "since the plan began. On a year before: clear fall."


def test_what_answers_a_concern_says_how_old_its_figures_are(kingston):
    points = [point for item in agenda(kingston) if item.kind == "concern" for point in item.points]
    contact = next(point for point in points if point.startswith("Know how to contact local officers: "))
    assert contact.endswith("; not enough data since the plan began; old figures, the last for December 2023.")
    assert not any("old figures" in point for point in points if point.startswith("Officers and PCSOs in post"))
