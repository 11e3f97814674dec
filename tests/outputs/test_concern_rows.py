"""What answers a concern: the place's own figures, the whole force area's where only that has any, and never a figure of neither."""

import re

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
    part = page[page.index('id="said"') : page.index('id="corrections"')]
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


def test_the_slide_shows_the_first_figure_and_counts_what_has_one(kingston):
    facts, items = MeetingFacts(kingston), agenda(kingston)
    slides = item_slides.concerns(facts, tuple(item for item in items if item.kind == "concern"))
    rows = {row.text: row for slide in slides for row in slide.body.rows}
    calls, away = rows["Decisive action on anti-social behaviour"], rows[next(text for text in rows if text.startswith("Ward officers"))]
    assert calls.detail.endswith("behaviour, London, Jan to Mar 2024") and calls.chip is not None
    assert away.figure == "No measure answers this" and away.chip is None
    assert [slide.title for slide in slides] == ["Both have figures", "Both have figures", "One has figures"]


def test_what_answers_a_concern_says_how_old_its_figures_are(kingston):
    points = [point for item in agenda(kingston) if item.kind == "concern" for point in item.points]
    contact = next(point for point in points if point.startswith("Know how to contact local officers: "))
    assert contact.endswith("; not enough data since the plan began; old figures, the last for December 2023.")
    assert not any("old figures" in point for point in points if point.startswith("Officers and PCSOs in post"))
