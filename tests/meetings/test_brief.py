"""What a meeting needs to know: nothing older than the meeting passes for news, and everything that cannot be said is named."""

import re
from datetime import date

import pytest

from metrics.domain import periods
from metrics.narrative import news
from metrics.outputs.meeting_facts import scorecard_of
from metrics.statistics.verdict import CLEAR

MEETING, KINGSTON, LAUNCH = date(2025, 12, 4), date(2023, 8, 7), date(2023, 7, 17)
NEWEST = date(2026, 8, 31)
PLACES = ["london", "kingston-upon-thames", "bromley", "havering"]


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
    assert (brief.then, brief.meeting.area) == (MEETING, "bromley")
    assert not brief.before.knows_nothing


def test_what_was_not_known_at_the_meeting_is_not_said_to_have_become_clear(briefed):
    brief = briefed("kingston-upon-thames")
    unknown = [row for row in brief.of_kind(news.NEW_CLEAR) if not row.news.then["now_to"]]
    assert unknown
    assert all(brief.sentences.news(row) == "What was known of it on 7 August 2023 is not held here." for row in unknown)


def test_what_was_not_known_is_not_said_to_be_new_or_to_have_stayed(briefed):
    brief = briefed("kingston-upon-thames")
    clear = len(brief.of_kind(news.NEW_CLEAR))
    assert clear == 5 and brief.new == "Clear now, of 21 measures: five. What was known of them on 7 August 2023 is not held."
    unknown = [row for row in brief.with_figures if not row.news.then["now_to"] and row.news.kind == news.NOTHING]
    assert {brief.sentences.news(row) for row in unknown} == {"What was known of it on 7 August 2023 is not held here."}


def test_that_nothing_was_known_then_is_said_once(briefed):
    for place in ("kingston-upon-thames", "london"):
        lead = briefed(place).lead
        assert any("is not held." in sentence for sentence in lead) and not any("known of it on" in sentence for sentence in lead), place


def test_what_was_first_published_after_the_meeting_was_not_held_then(briefed):
    """The newest months of one end in the month of the meeting, those of the other later: nothing was held of either."""
    for measure in ("stop-search-fair", "vawg"):
        entry = briefed("bromley").measures[measure]
        assert (entry.news.then["now_to"], entry.news.now["now_to"] >= "2025-12") == ("", True)
        assert briefed("bromley").sentences.news(entry) == "What was known of it on 4 December 2025 is not held here."


@pytest.mark.parametrize("place", PLACES)
def test_a_measure_is_charted_where_the_place_has_a_chart_of_its_own(briefed, place):
    """London's homicides are, by the quarter, though no borough's are; rape in a borough is not, as nothing judges its newest months."""
    brief = briefed(place)
    charted = {row.measure.id for row in brief.counted if row.lead["signal_luck"] > 0}
    points = {row.measure.id: brief.now.points(place).get(row.measure.id) for row in brief.counted}
    by_month = {name for name, chart in points.items() if chart is not None and chart["judged"].iloc[-3:].any()}
    assert by_month <= charted and not charted & {name for name, chart in points.items() if chart is not None} - by_month
    assert ("homicide" in charted, "rape" in charted) == (place == "london", place == "london")
    assert brief.signals.charted == len(charted) and f"among the {len(charted)} that are charted" in brief.luck


def test_clear_measures_of_which_nothing_was_known_are_counted_apart(briefed):
    assert briefed("london").new == "Clear now, of 26 measures: 17. What was known of them on 17 July 2023 is not held."
    since = briefed("london", since=MEETING)
    assert since.new.endswith("of 26 measures: three newly clear, four no longer clear, two clear now and not held then.")
    known = [row for row in since.of_kind(news.NEW_CLEAR) if since.before.answers("london")[row.measure.id]["year"]["now_to"]]
    assert len(known) == 3


def test_comparisons_with_the_time_before_are_counted_where_they_are_told(briefed):
    for place, event in (("havering", "the launch of the plan"), ("kingston-upon-thames", "the meeting")):
        brief = briefed(place)
        sentences = [text for row in brief.counted for text in brief.sentences.since(row) if f"before {event}: " in text]
        luck = brief.sentences.luck(brief.counted)
        assert sentences and luck.startswith(f"Of {len(sentences)} comparisons with the time before {event}, ")
    assert briefed("bromley").sentences.luck(briefed("bromley").counted) == ""


def test_where_no_figure_was_known_none_is_said_to_have_stayed_as_it_was(briefed):
    kingston, london = briefed("kingston-upon-thames"), briefed("london")
    assert kingston.lead[0].startswith("No figure of Kingston upon Thames that is held here had been published by 7 August 2023, so")
    assert (kingston.corrections, kingston.method) == ((), "")
    assert not kingston.before.knows_nothing and not london.knew_nothing and london.method and london.corrections


@pytest.mark.parametrize("place", PLACES)
def test_every_count_is_of_one_set_which_is_said(briefed, place):
    brief = briefed(place)
    assert all(row.has_figures and not row.is_stale and not row.answers["year"]["part_of"] for row in brief.counted)
    assert f"Counted: {len(brief.counted)} measures" in brief.tally
    for question in ("plan", "year"):
        counted = sum(int(many) for many in re.findall(r"(\d+) (?:clear|no clear|not enough|cannot)", side_of(brief.tally, question)))
        assert counted == len(brief.counted)
    assert all(row in brief.counted for kind in news.KINDS for row in brief.of_kind(kind))


def side_of(tally: str, question: str) -> str:
    """The part of a tally that is about one question."""
    plan, year = tally.split(" On a year before: ")
    return plan if question == "plan" else year.split(" Counted:")[0]


def test_what_is_led_with_is_newer_than_the_meeting_and_not_stale(briefed):
    for place in PLACES:
        brief = briefed(place)
        for row in (row for kind in news.KINDS[:4] for row in brief.of_kind(kind)):
            assert row.lead["now_to"] > f"{brief.then:%Y-%m}"
            assert periods.between(row.lead["now_to"], "2026-08") <= 12


def test_clear_changes_for_the_worse_and_for_the_better_take_turns(briefed):
    kinds = (news.NEW_CLEAR, news.STILL_CLEAR)
    verdicts = [finding.verdict for kind in kinds for finding in briefed("london").of_kind(kind)]
    assert verdicts[:2] == ["clear worsening", "clear improvement"]
    assert set(verdicts) <= set(CLEAR)


def test_what_was_clear_then_and_still_is_is_not_told_as_new(briefed):
    brief = briefed("bromley")
    violence = brief.measures["violence-injury"]
    assert violence.news.kind == news.STILL_CLEAR
    assert brief.sentences.since(violence) == ("This was clear on 4 December 2025 too.",)
    assert not [text for text in brief.lead if text.startswith("Violence with injury")]


def test_what_is_no_longer_clear_says_what_it_was(briefed):
    brief = briefed("bromley")
    gone = [row for row in brief.measures.values() if row.news.kind == news.NO_LONGER]
    assert gone
    for row in gone:
        assert f"{row.measure.title}: no longer clear" in brief.sentences.full_news(row)
        assert "On 4 December 2025 it was " in brief.sentences.full_news(row)


def test_a_day_judged_by_another_method_is_marked_with_its_date(briefed):
    marked = "In November 2026 the way of judging changed. One verdict was shown on 4 December 2025"
    assert any(marked in text for text in briefed("bromley").lead)


def test_verdicts_shown_at_a_past_meeting_stay_on_record(briefed):
    brief = briefed("bromley")
    assert brief.meeting.shown["violence-injury"] == "clear improvement"
    assert "In November 2026 the way of judging changed." in brief.method


def test_a_correction_names_both_totals_of_the_same_months(briefed):
    brief = briefed("bromley")
    split = brief.measures["shoplifting"].change.split
    correction = next(sentence for sentence in brief.corrections if sentence.startswith("Shoplifting"))
    assert f"{split.then:,.0f} as known on 4 December 2025, {split.then + split.corrections:,.0f} as known now" in correction


def test_the_split_table_sums_in_every_row(briefed):
    table = briefed("bromley").splits
    assert len(table) > 20
    assert ((table["New figures"] + table["Corrections"] + table["Changed definitions"]) - table["Difference"]).abs().max() < 1e-9
    assert ((table["Known now"] - table["Known then"]) - table["Difference"]).abs().max() < 1e-9


def test_every_measure_is_somewhere(briefed):
    brief = briefed("kingston-upon-thames")
    listed = {row.measure.id for kind in news.KINDS for row in brief.measures.values() if row.news.kind == kind}
    assert listed == set(brief.measures)


def test_the_newest_months_stand_beside_the_last_that_ended_before_the_meeting(briefed):
    brief = briefed("london")
    row = brief.measures["neighbourhood-crime"]
    windows = "The 12 months to June 2026 set against the 12 months to June 2023, the last such months before the launch of the plan: "
    assert row.against == "2023-06" and brief.sentences.since(row)[-1].startswith(windows)
    assert briefed("bromley").measures["trust-met"].against == "2025-03"


def test_no_range_of_published_figures_stands_where_linked_ones_decide(briefed):
    linked = [row for row in briefed("kingston-upon-thames").measures.values() if any(answer["linked"] for answer in row.answers.values())]
    assert linked
    assert not [row for row in linked if row.against]


def test_the_next_meeting_is_promised_then_due_and_never_invented(briefed):
    due = "A meeting was promised by November 2023. None is on record here since: it is due."
    assert briefed("kingston-upon-thames").next_sentence == due
    assert briefed("havering").next_sentence == "No next meeting in Havering is on record here."


@pytest.mark.parametrize("place", PLACES)
def test_no_sentence_names_a_cause_or_a_word_of_statistics(briefed, place):
    brief = briefed(place)
    text = " ".join((*brief.lead, *brief.corrections, brief.tally, brief.next_sentence, *(why for _, why in brief.unsaid))).lower()
    assert "significant" not in text and "because" not in text


def test_a_column_of_what_is_new_stands_only_where_something_was_known_then(briefed):
    known, unknown = scorecard_of(briefed("bromley")), scorecard_of(briefed("kingston-upon-thames"))
    assert known.since == "Dec 2025" and any(row.was_known for row in known.rows)
    assert unknown.since == "" and {row.new_since for row in unknown.rows if row.counts} == {"then not held"}
