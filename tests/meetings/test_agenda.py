"""The agenda: proposed by the evidence, arranged by the presenter, and warned of where it points one way."""

import re
from dataclasses import replace

import pytest

from metrics.meetings.agenda import NEWS, Item, agenda, arranged, balance
from metrics.narrative import news
from metrics.statistics.verdict import IMPROVEMENT, WORSENING

ORDER = ("promise", "concern", *NEWS.values(), "correction", "still", "steady", "stale", "unsaid")
PLACES = ["london", "kingston-upon-thames", "bromley", "havering"]


@pytest.mark.parametrize("place", PLACES)
def test_items_come_in_the_proposed_order_each_once(briefed, place):
    items = agenda(briefed(place))
    assert [ORDER.index(item.kind) for item in items] == sorted(ORDER.index(item.kind) for item in items)
    assert len({item.id for item in items}) == len(items)
    assert all(item.title and item.points for item in items)


def test_every_clear_change_is_on_the_agenda_for_better_and_for_worse(briefed):
    brief = briefed("london")
    chosen = {item.id for item in agenda(brief) if item.chosen}
    assert {row.measure.id for kind in (news.NEW_CLEAR, news.STILL_CLEAR) for row in brief.of_kind(kind)} <= chosen
    assert {IMPROVEMENT, WORSENING} <= {item.verdict for item in agenda(brief) if item.chosen}


def test_a_promise_made_at_the_meeting_and_a_concern_open_the_agenda(briefed):
    items = agenda(briefed("kingston-upon-thames"))
    assert items[0].id == "next-meeting"
    assert {"promise-abstraction-cap", "promise-twenty-minute-walk", "concern-communication"} <= {item.id for item in items}
    cap = next(item for item in items if item.id == "promise-abstraction-cap")
    assert cap.points[0] == "Status: no evidence recorded."


def test_a_concern_is_answered_by_the_whole_force_where_only_that_has_figures(briefed):
    items = {item.id: item for item in agenda(briefed("kingston-upon-thames"))}
    calls, officers = items["concern-anti-social-behaviour"], items["concern-visible-officers"]
    assert calls.points[0].startswith("Calls about anti-social behaviour, London: ") and "recorded in" in calls.notes[1]
    assert calls.card.place.id == officers.card.place.id == "london"
    assert officers.points[0].startswith("Officers and PCSOs in post, London: ") and "no figures" not in officers.points[0]
    assert items["concern-women-and-girls"].card.place.id == "kingston-upon-thames"


def test_each_concern_of_the_first_meeting_names_the_measures_that_answer_it(briefed):
    measures = {answered.concern.id: answered.concern.measures for answered in briefed("kingston-upon-thames").concerns}
    assert "asb-calls-london" in measures["anti-social-behaviour"] and measures["women-and-girls"][0] == "vawg"
    assert {"stop-search", "stop-search-fair"} <= set(measures["diversity"]) and measures["abstraction-and-response"] == ()


@pytest.mark.parametrize("place", PLACES)
def test_the_presenter_may_choose_from_every_measure_with_figures(briefed, place):
    brief = briefed(place)
    items = {item.id: item for item in agenda(brief)}
    assert {row.measure.id for row in brief.with_figures} <= set(items)
    assert all(items[row.measure.id].chosen for kind in NEWS for row in brief.of_kind(kind))


def test_a_measure_item_says_its_period_and_carries_its_source(briefed):
    for item in agenda(briefed("bromley")):
        if item.kind in ("clear", "possible", "still", "steady"):
            assert re.search(r"\b20\d\d\b", item.points[0])
            assert item.card.chart.source.startswith("Source: ")
            assert "As at 31 August 2026" in item.card.chart.source


def test_new_signals_say_which_way_and_what_luck_alone_would_give(briefed):
    items = [item for item in agenda(briefed("kingston-upon-thames")) if item.kind == "possible"]
    assert items
    for item in items:
        assert "above usual" in item.title or "below usual" in item.title
        assert item.title.endswith("worth asking about")
        assert "luck alone gives" in item.points[0] or "yet" in item.points[0]


def test_choosing_only_improvements_is_warned_of_and_names_what_was_left_out(briefed):
    brief = briefed("london")
    better = [item for item in agenda(brief) if item.verdict == IMPROVEMENT]
    warning = balance(brief, better)
    assert warning.startswith("Every change chosen here is for the better.")
    assert "Officers and PCSOs in post" in warning
    worse = [item for item in agenda(brief) if item.verdict == WORSENING]
    assert "Neighbourhood crime" in balance(brief, worse)
    assert balance(brief, [*better, *worse]) == balance(brief, []) == ""


def test_only_improvements_where_nothing_is_worse_says_how_much_cannot_be_told(briefed):
    brief = briefed("havering")
    some = replace(agenda(brief)[0], verdict=IMPROVEMENT)
    known_worse = [row for row in brief.counted if any(answer["verdict"] == WORSENING for answer in row.answers.values())]
    assert balance(brief, [some]) and bool(known_worse) == ("for the worse" in balance(brief, [some]))


def test_a_part_that_is_worse_is_named_too(briefed):
    """In Barking and Dagenham theft from the person alone is clearly worse, a part of neighbourhood crime."""
    brief = briefed("barking-and-dagenham")
    some = replace(agenda(brief)[0], verdict=IMPROVEMENT)
    assert balance(brief, [some]).endswith("these are for the worse: Theft from the person.")


def test_an_arrangement_keeps_its_order_and_drops_what_is_gone():
    items = [Item(name, "clear", name, ("p",)) for name in "abc"]
    assert [item.id for item in arranged(items, ["c", "a", "c", "x"])] == ["c", "a"]
