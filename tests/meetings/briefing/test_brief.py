"""What a meeting needs to know: nothing older than the meeting passes for news, and everything that cannot be said is named."""

from datetime import date

import pytest

from metrics.domain import periods
from metrics.meetings.briefing.since_meeting import CLEAR

MEETING, KINGSTON, LAUNCH = date(2025, 12, 4), date(2023, 8, 7), date(2023, 7, 17)
NEWEST = date(2026, 8, 31)


def test_a_borough_looks_back_on_its_own_last_meeting_and_others_on_the_launch(briefed):
    assert briefed("kingston-upon-thames").heading == "What changed in Kingston upon Thames since 7 August 2023"
    assert briefed("bromley").heading == "What changed in Bromley since 4 December 2025"
    assert briefed("havering").then == briefed("london").then == LAUNCH
    assert briefed("havering").meeting is None


def test_a_meeting_for_a_day_looks_back_on_one_before_it(briefed):
    assert briefed("bromley", day=MEETING).then == LAUNCH
    assert briefed("bromley", day=date(2026, 11, 25)).then == MEETING


def test_any_meeting_can_be_looked_back_on(briefed):
    brief = briefed("kingston-upon-thames", since=MEETING)
    assert (brief.then, brief.meeting.borough) == (MEETING, "bromley")
    assert not brief.before.knows_nothing


def test_a_meeting_before_the_first_release_is_told_from_a_silent_one(briefed):
    brief = briefed("kingston-upon-thames")
    assert brief.lead[0].startswith("Nothing that is held here had been published by 7 August 2023")
    assert brief.corrections == ()
    assert brief.splits.empty
    assert all(one.before is None for one in brief.measures.values())


def test_what_is_led_with_is_newer_than_the_meeting_and_not_stale(briefed):
    for place in ("london", "kingston-upon-thames", "bromley"):
        brief = briefed(place)
        for one in (*brief.clear, *brief.possible, *brief.steady):
            assert one.found["last"] > f"{brief.then:%Y-%m}"
            assert periods.between(one.found["last"], "2026-08") <= 12


def test_clear_changes_for_the_worse_and_for_the_better_take_turns(briefed):
    verdicts = [one.verdict for one in briefed("london").clear]
    assert verdicts[:2] == ["clear worsening", "clear improvement"]
    assert set(verdicts) <= set(CLEAR)


def test_a_clear_change_that_has_grown_old_is_said_to_be_old(briefed):
    (old,) = [said for said in briefed("kingston-upon-thames").lead if "contact local officers" in said]
    assert old == "Know how to contact local officers shows a clear worsening, but its newest figure is for December 2023."


def test_a_clear_change_of_then_that_is_gone_is_said(briefed):
    brief = briefed("bromley")
    was = brief.measures["violence-injury"]
    assert was.before["verdict"] == "clear improvement" != was.verdict
    gone = "Violence with injury read “clear improvement” on 4 December 2025; now it reads “possible change”."
    assert gone in brief.lead


def test_an_overturned_verdict_is_the_first_correction(briefed):
    brief = briefed("bromley")
    assert brief.corrections[0].startswith("Criminal damage and arson read “possible change” on 4 December 2025.")
    assert brief.corrections[0].endswith("would have read “clear worsening”.")
    assert all("This is a correction, not a " in said for said in brief.corrections[1:])


def test_a_correction_names_both_totals_of_the_same_months(briefed):
    brief = briefed("bromley")
    split = brief.measures["shoplifting"].change.split
    said = next(said for said in brief.corrections if said.startswith("Shoplifting"))
    assert f"{split.then:,.0f} as known on 4 December 2025, {split.then + split.corrections:,.0f} as known now" in said


def test_the_split_table_sums_in_every_row(briefed):
    table = briefed("bromley").splits
    assert len(table) > 20
    assert ((table["New figures"] + table["Corrections"] + table["Changed definitions"]) - table["Difference"]).abs().max() < 1e-9
    assert ((table["Known now"] - table["Known then"]) - table["Difference"]).abs().max() < 1e-9


def test_every_measure_is_somewhere(briefed):
    brief = briefed("kingston-upon-thames")
    named = {one.measure.id for one in (*brief.clear, *brief.possible, *brief.steady)} | {one.measure.id for one, _ in brief.unsaid}
    too_few = {one.measure.id for one in brief.with_figures if one.verdict == "not enough data"}
    assert set(brief.measures) - named <= too_few


def test_the_newest_months_stand_beside_the_last_that_ended_before_the_meeting(briefed):
    one = briefed("kingston-upon-thames").measures["neighbourhood-crime"]
    assert (one.against, one.window_before()) == ("2023-06", "April to June 2023")
    assert briefed("bromley").measures["shoplifting"].against == "2025-06"


def test_the_next_meeting_is_promised_then_due_and_never_invented(briefed):
    assert briefed("kingston-upon-thames").next_said == "A meeting was promised by November 2023. None is on record here since: it is due."
    assert briefed("havering").next_said == "No next meeting in Havering is on record here."


@pytest.mark.parametrize("place", ["london", "kingston-upon-thames", "bromley", "havering"])
def test_no_sentence_names_a_cause_or_a_word_of_statistics(briefed, place):
    brief = briefed(place)
    said = " ".join((*brief.lead, *brief.corrections, brief.tally, brief.next_said, *(why for _, why in brief.unsaid))).lower()
    assert "significant" not in said and "because" not in said
