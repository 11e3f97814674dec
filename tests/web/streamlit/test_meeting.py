"""The first screen, pages/meeting.py: what changed since the last meeting, as an address, as it was known then."""

import re

import pytest

from metrics.meetings.agenda import agenda
from metrics.outputs import pack
from metrics.outputs.slides.meeting_slides import room
from metrics.web.streamlit import cached_reads, meeting_view
from metrics.web.streamlit.cached_reads import Seen
from tests.web.streamlit.conftest import words


def test_opening_the_site_shows_a_result_and_no_empty_picker(visit, shipped_definitions):
    page = visit()
    whole = "".join(page.html)
    assert page.title == "What has changed where you live?"
    assert "Independent of the Metropolitan Police Service" in page.text
    assert "London as a whole" in page.headers and "Clear improvement" in page.text and "Clear worsening" in page.text
    names = re.search(r'<ul class="names".*?</ul>', whole)[0]
    assert [words(name) for name in re.findall(r"<a .*?</a>", names)] == [area.name for area in shipped_definitions.areas]


def test_a_borough_opens_with_its_last_meeting_its_promises_and_its_concerns(visit):
    page = visit("meeting", area="kingston-upon-thames")
    assert page.title == "What changed in Kingston upon Thames since 7 August 2023"
    assert page.headers == [
        "What stands out", "Promised here", "Is it getting safer?", "You said, we did", "Corrections since then", "Every other measure",
        "Places like Kingston upon Thames", "How to reach your local team", "Wards of Kingston upon Thames", "Agenda",
    ]
    assert "A cap on the days that ward officers are taken away from their wards." in page.text
    assert "Decisive action on anti-social behaviour." in page.text
    assert "Due since November 2023" in page.text


def test_the_first_sentences_are_short_and_the_scorecard_is_one_table(visit):
    whole = "".join(visit("meeting", area="bromley").html)
    (hero,) = re.findall(r'<p class="hero">(.*?)</p>', whole)
    assert 5 < len(hero.split()) <= 25
    first = whole[whole.index('<table class="scorecard">') :]
    assert first[: first.index("</table>")].count('scope="rowgroup"') == 3
    assert "<svg" not in whole


def test_every_measure_with_figures_has_one_row_and_a_link(visit, shipped_definitions):
    whole = "".join(visit("meeting", area="bromley").html)
    rows = re.findall(r'<tr class="row" id="([a-z-]+)">', whole)
    here = {measure.id for measure in shipped_definitions.measures.values() if "area" in measure.levels and not measure.missing}
    assert sorted(rows) == sorted(here)
    assert all(f'href="measure?measure={name}&amp;area=bromley"' in whole for name in rows)


def test_corrections_since_the_meeting_are_told_and_the_split_is_a_table(visit):
    page = visit("meeting", area="bromley")
    whole = "".join(page.html)
    assert "Corrections since then" in page.headers
    assert whole.count("Changed definitions") == 1


def test_another_meeting_can_be_looked_back_on_and_is_in_the_address(visit):
    page = visit("meeting", area="kingston-upon-thames")
    page.pick("since", "4 December 2025, Bromley")
    assert page.address["since"] == "2025-12-04"
    assert page.title == "What changed in Kingston upon Thames since 4 December 2025"


def test_a_measure_draws_what_was_known_at_a_meeting_as_a_dotted_line(visit):
    page = visit("measure", area="bromley", measure="shoplifting", since="2025-12-04").explore()
    (chart,) = page.app.get("plotly_chart")
    assert "as known on 4 December 2025" in chart.proto.spec
    without = visit("measure", area="bromley", measure="shoplifting").explore()
    assert "as known on" not in without.app.get("plotly_chart")[0].proto.spec
    assert any('"measure?measure=shoplifting&amp;area=bromley&amp;since=2025-12-04"' in piece for piece in without.html)


@pytest.mark.parametrize("name", ["meeting", "plan", "measure", "measures", "compare", "sources", "method"])
def test_any_page_can_be_shown_as_it_was_known_at_a_meeting(visit, name):
    page = visit(name, area="bromley", measure="shoplifting", **{"as-at": "2025-12-04"})
    assert "Figures as at 4 December 2025" in page.text
    assert not re.search(r"(published by|As at) [^.]*2026", page.text)
    assert page.app.button[0].label == "Back to what is now known"
    page.app.button[0].click()
    page.run()
    assert "as-at" not in page.address
    assert "Figures as at 31 August 2026" in page.text


def test_a_replay_goes_along_to_the_next_page(visit):
    page = visit("meeting", area="bromley", **{"as-at": "2025-12-04"})
    page.app.switch_page(page.app._script_path.replace("metrics/web/streamlit/script.py", "pages/plan.py"))
    page.app.query_params.clear()
    page.run()
    assert "Figures as at 4 December 2025" in page.text


def test_before_anything_was_published_the_page_says_so(visit):
    page = visit("meeting", area="bromley", **{"as-at": "2023-08-07"})
    assert "nothing can be said of what changed" in page.text


@pytest.mark.parametrize(("key", "text"), [("as-at", "2025-04-01"), ("as-at", "yesterday"), ("since", "<script>"), ("since", "2026-02-31")])
def test_a_day_without_a_meeting_is_said_and_never_silently_replaced(visit, key, text):
    page = visit("meeting", area="bromley", **{key: text})
    assert any("No meeting on record was held on" in warning for warning in page.warnings)
    assert page.title == "What changed in Bromley since 4 December 2025"


def test_the_agenda_is_an_address_and_can_be_reordered(visit):
    page = visit("meeting", area="kingston-upon-thames")
    before = [label(element) for element in page.app.expander if re.match(r"\d+\. ", label(element))]
    second = next(button for button in page.app.button if button.key == "up-promise-abstraction-cap")
    second.click()
    page.run()
    after = [label(element) for element in page.app.expander if re.match(r"\d+\. ", label(element))]
    assert after[0][2:] == before[1][2:] and after[1][2:] == before[0][2:]
    assert page.address["agenda"].split(".")[:2] == ["promise-abstraction-cap", "next-meeting"]


def test_one_click_moves_an_item_to_the_top_after_the_step_up(visit):
    page = visit("meeting", area="kingston-upon-thames")
    before = [label(element).partition(". ")[2] for element in rows(page)]
    last = page.address["agenda"].split(".")[-1] if page.address.get("agenda") else page.app.multiselect[0].value[-1]
    assert [button.key for button in page.app.button if button.key.endswith(f"-{last}")] == [f"up-{last}", f"top-{last}"]
    page.app.button(key=f"top-{last}").click()
    page.run()
    assert [label(element).partition(". ")[2] for element in rows(page)] == [before[-1], *before[:-1]]


def test_the_agenda_is_that_of_the_slides_and_says_what_they_have_no_room_for(visit, served, monkeypatch):
    page = visit("meeting", area="kingston-upon-thames")
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    brief = cached_reads.brief(Seen(cached_reads.store().build), "kingston-upon-thames", None)
    assert page.app.multiselect[0].value == [item.id for item in pack.chosen(brief)]
    assert not any("Not shown" in caption.value for caption in page.app.caption)
    page.app.multiselect[0].set_value([item.id for item in agenda(brief)])
    page.run()
    (left,) = [caption.value.replace("\\", "") for caption in page.app.caption if "Not shown" in caption.value]
    assert all(item.title.rstrip(".") in left for item in room(brief, agenda(brief)).left_out)


@pytest.mark.parametrize("area", [None, "lambeth", "kingston-upon-thames"])
def test_a_place_sends_less_than_100_kb_before_a_fold_or_an_item_is_opened(visit, area):
    page = visit("meeting", **({"area": area} if area else {}))
    assert sum(len(part.encode()) for part in page.html) <= 100_000


def test_an_item_says_what_it_means_and_shows_its_chart_once_it_is_opened(visit, served, monkeypatch):
    assert not any("<picture>" in part for part in visit("meeting", area="bromley").html)
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    seen = Seen(cached_reads.store().build)
    brief, items = cached_reads.brief(seen, "bromley", None), cached_reads.items(seen, "bromley", None)
    opened = meeting_view.opened(seen, brief, next(item for item in items if item.id == "shoplifting"))
    assert "Clear worsening" in opened and 'src="picture/bromley/shoplifting.' in opened and "Source: " in opened
    assert "<picture>" not in meeting_view.opened(seen, brief, next(item for item in items if item.card is None))


def test_items_are_chosen_in_the_order_of_the_slides_and_presented_so(visit):
    page = visit("meeting", area="kingston-upon-thames")
    (items,) = page.app.multiselect
    assert 0 < len(items.value) < len(items.options)
    ids = "shoplifting.homicide.promise-abstraction-cap.neighbourhood-crime.concern-women-and-girls"
    wanted = ["Shoplifting", "Homicide", "Promised: A cap", "Neighbourhood crime", "You said: "]
    items.set_value(ids.split("."))
    page.run()
    assert page.address["agenda"] == ids
    assert [label(element).partition(". ")[2].startswith(start) for element, start in zip(rows(page), wanted, strict=True)] == [True] * 5
    assert [link.url for link in page.app.get("link_button")] == [f"present/kingston-upon-thames?agenda={ids}"]
    page.app.multiselect[0].set_value([])
    page.run()
    assert rows(page) == [] and page.address["agenda"] == ""


def rows(page) -> list:
    """The rows of the agenda."""
    return [element for element in page.app.expander if re.match(r"\d+\. ", label(element))]


def test_an_agenda_of_improvements_alone_is_warned_of(visit):
    page = visit("meeting", agenda="neighbourhood-crime.knife-crime")
    assert any("Every change chosen here is for the better." in warning for warning in page.warnings)
    assert visit("meeting", agenda="neighbourhood-crime.officers-pcsos").warnings == []


def test_an_item_that_is_gone_is_said(visit):
    page = visit("meeting", area="bromley", agenda="shoplifting.nothing-like-it")
    assert any("nothing-like-it" in warning for warning in page.warnings)


def label(element) -> str:
    return element.label.replace("\\", "")


def test_the_record_of_a_meeting_is_a_click_from_the_agenda_of_its_borough(visit):
    assert 'href="minutes?area=kingston-upon-thames"' in "".join(visit("meeting", area="kingston-upon-thames").html)
    assert "minutes?area" not in "".join(visit("meeting").html)
