"""The slides of a meeting say what its brief says: nothing more, nothing less, and each where it comes from."""

from datetime import date

import pytest

from metrics.domain import periods
from metrics.meetings.briefing import Item
from metrics.outputs import pack_files
from metrics.outputs.slides.fitting import Room
from metrics.outputs.slides.meeting_slides import ACROSS, slides_of
from tests.outputs.pack.conftest import ADDRESS, SHOWN


@pytest.fixture(scope="module", params=["kingston-upon-thames", "bromley"])
def made(request, told):
    brief = told(request.param, since=None if request.param == "kingston-upon-thames" else SHOWN)
    return brief, slides_of(brief, pack_files.chosen(brief), address=ADDRESS, contact="The tests")


def words(slides) -> str:
    return " ".join(" ".join((slide.title, *slide.points, *(cell for row in slide.rows for cell in row))) for slide in slides)


def test_the_first_slide_says_what_changed_where_since_when_and_whose_site_it_is(made):
    brief, (first, *_) = made
    assert first.title == brief.heading
    said = " ".join(first.points)
    for part in ("25 November 2026", "31 August 2026", brief.now.build, "Independent of the Metropolitan Police Service"):
        assert part in said


def test_every_sentence_of_the_evening_and_of_every_item_is_on_a_slide(made):
    brief, slides = made
    said = words(slides)
    texts = [*brief.lead, *(point for item in pack_files.chosen(brief) for point in item.points)]
    assert [text for text in texts if " ".join(text.split()) not in said and not all(part in said for part in text.split(". "))] == []


def test_every_slide_names_place_as_at_date_and_build(made):
    brief, slides = made
    wanted = (brief.place.name, periods.say_day(brief.now.as_at), brief.now.build)
    assert [slide.title for slide in slides if not all(part in slide.source for part in wanted)] == []


def test_every_slide_with_a_chart_names_period_source_and_licence(made):
    _, slides = made
    charted = [slide for slide in slides if slide.chart]
    assert len(charted) > 2
    for slide in charted:
        assert slide.chart.subtitle in slide.source
        assert "Licence v3.0" in slide.source
        assert slide.chart.source in slide.notes


def test_no_title_takes_more_than_three_lines(told):
    brief = told("kingston-upon-thames")
    long = Item("x", "concern", "You said: " + "a concern that is told at length " * 20, ("Point.",))
    slides = slides_of(brief, [long])
    assert all(len(Room(1, 54).lines_of(slide.title)) <= 3 for slide in slides)
    assert "You said: a concern that is told at length" in words(slides)


def test_every_promise_is_in_the_table_with_its_status_and_day(made):
    brief, slides = made
    rows = [row for slide in slides if slide.kind == "table" for row in slide.rows[1:]]
    assert [row[0] for row in rows] == [promise.commitment.text for promise in brief.promises]
    dated = {row[0]: row[2] for row in rows}
    assert dated["A stop and search charter by October 2023."] == "done, 27 February 2025"


def test_a_restated_figure_is_told_and_the_rest_is_said_to_be_in_the_handout(told):
    brief = told("bromley", since=SHOWN)
    slides = [slide for slide in slides_of(brief, ()) if "restated" in slide.title]
    said = words(slides)
    assert f"{len(brief.corrected)} of the measures" in said
    assert "Neighbourhood crime, the 12 months to" in said
    assert "handout" in said


def test_without_an_address_the_last_slide_has_no_code_and_says_so(told):
    last = slides_of(told("kingston-upon-thames"), (), address="")[-1]
    assert last.picture is None
    assert "No public address is configured" in last.points[0]


def test_with_an_address_the_last_slide_has_the_code_and_the_address(made):
    brief, slides = made
    assert slides[-1].picture.startswith(b"\x89PNG")
    assert f"{ADDRESS}/{brief.place.id}/" in slides[-1].points[0]


def test_slides_that_show_improvements_alone_carry_a_warning(told):
    brief = told("bromley", since=SHOWN)
    good = Item("x", "clear", "Good news", ("Point.",), verdict="clear improvement")
    assert "Every change chosen here is for the better" in " ".join(slides_of(brief, [good])[0].notes)
    assert slides_of(brief, ())[0].notes == ()


def test_before_anything_was_published_the_slides_say_so(told):
    brief = told("kingston-upon-thames", day=date(2023, 8, 7))
    assert "Nothing that is held here had been published" in words(slides_of(brief, pack_files.chosen(brief)))


def test_a_footer_is_never_longer_than_three_lines(made):
    _, slides = made
    assert max(len(Room(1, ACROSS).lines_of(slide.source)) for slide in slides) <= 3
