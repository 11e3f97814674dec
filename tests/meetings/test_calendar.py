"""Last, next, promised, due, overdue and carried over: worked out from what is on record, on a day that is always given."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain import COMMITMENT_STATUSES, Commitment, Concern, Meeting, Next, Step
from metrics.meetings import calendar
from metrics.meetings.calendar import Promise

KINGSTON = "kingston-upon-thames"
FIRST = date(2023, 8, 7)
DAYS = st.dates(date(2023, 7, 1), date(2027, 12, 31))


def meeting(day: date, status: str = "held", borough: str = KINGSTON, **more) -> Meeting:
    return Meeting(borough, day, status, "Minutes", **more)


def concern(name: str, text: str = "Lights.") -> Concern:
    return Concern(name, text, "Streets", "Minutes", gap="No measure answers this.")


def promise(name: str, **more) -> Commitment:
    return Commitment(name, "A walk.", "Minutes", **more)


@pytest.fixture
def known(shipped_definitions):
    """The shipped definitions with meetings of the test's own, as the reader gives them: oldest first."""
    return lambda *listed: replace(shipped_definitions, meetings=tuple(sorted(listed, key=lambda recorded: (recorded.date, recorded.area))))


# The meetings on record as shipped


def test_kingstons_last_meeting_is_that_of_august_2023(shipped_definitions):
    assert calendar.last_held(shipped_definitions, KINGSTON, date(2026, 1, 1)).date == FIRST
    assert calendar.last_held(shipped_definitions, KINGSTON, FIRST).date == FIRST
    assert calendar.last_held(shipped_definitions, KINGSTON, FIRST - timedelta(days=1)) is None


def test_a_meeting_held_on_the_day_of_the_launch_is_looked_back_on_as_a_meeting(shipped_definitions):
    launched = shipped_definitions.plan.launched
    known = replace(shipped_definitions, meetings=(Meeting(KINGSTON, launched, "held", "Minutes"),))
    assert calendar.looked_back_on(known, KINGSTON, FIRST) == (launched, True)
    assert calendar.looked_back_on(known, "bromley", FIRST) == (launched, False)


def test_kingstons_next_meeting_was_promised_until_november_2023_and_is_due_since(shipped_definitions):
    days = (FIRST, date(2023, 11, 30), date(2023, 12, 1), date(2026, 11, 1))
    coming = [calendar.next_meeting(shipped_definitions, KINGSTON, day) for day in days]
    assert [item.kind for item in coming] == ["promised", "promised", "due", "due"]
    assert {(item.by, item.day) for item in coming} == {("2023-11", None)}
    assert all("three months" in item.text and item.source for item in coming)


@pytest.mark.parametrize("borough", ["southwark", "enfield", "ealing", "bromley", "sutton"])
def test_no_next_meeting_is_invented_for_another_borough(shipped_definitions, borough):
    assert calendar.next_meeting(shipped_definitions, borough, date(2026, 11, 1)) == calendar.Upcoming("none recorded")


def test_kingstons_own_meeting_is_offered_first_and_the_others_newest_first(shipped_definitions):
    offered = [meeting.id for meeting in calendar.offered(shipped_definitions, KINGSTON, date(2026, 1, 1))]
    assert offered == [
        *(f"{KINGSTON}/2023-08-07", "bromley/2025-12-04", "ealing/2023-08-08", "enfield/2023-08-04", "southwark/2023-07-17"),
    ]
    assert [meeting.area for meeting in calendar.offered(shipped_definitions, KINGSTON, date(2023, 8, 5))] == ["enfield", "southwark"]


def test_kingstons_six_concerns_are_carried_over(shipped_definitions):
    carried = calendar.carried(shipped_definitions, KINGSTON, date(2026, 1, 1))
    assert len(carried) == 6
    assert {item.first for item in carried} == {FIRST}
    assert calendar.carried(shipped_definitions, "bromley", date(2026, 1, 1)) == ()


def test_a_promise_of_kingston_is_kept_for_kingston_alone_and_the_plan_everywhere(shipped_definitions):
    here, there = (calendar.promises(shipped_definitions, borough, date(2026, 1, 1)) for borough in (KINGSTON, "bromley"))
    assert [item.commitment.id for item in here if item.meeting] == ["abstraction-cap", "twenty-minute-walk"]
    assert [item for item in here if not item.meeting] == list(there)
    assert len(there) == len(shipped_definitions.plan.commitments)


# The next meeting


def test_a_meeting_with_a_day_is_promised_until_that_day_has_passed(known):
    recorded = known(meeting(FIRST), meeting(date(2023, 11, 6), "promised"))
    kinds = [calendar.next_meeting(recorded, KINGSTON, day).kind for day in (date(2023, 11, 5), date(2023, 11, 6), date(2023, 11, 7))]
    assert kinds == ["promised", "promised", "due"]


def test_a_promise_is_kept_by_the_next_meeting_held_and_not_by_another_boroughs(known):
    first = meeting(FIRST, next=Next("2023-11", "In three months.", "Minutes"))
    day = date(2024, 1, 1)
    assert calendar.next_meeting(known(first, meeting(date(2023, 11, 6), borough="merton")), KINGSTON, day).kind == "due"
    assert calendar.next_meeting(known(first, meeting(date(2023, 11, 6))), KINGSTON, day).kind == "none recorded"


def test_a_dated_meeting_on_record_stands_before_the_promise_of_a_month(known):
    first = meeting(FIRST, next=Next("2023-11", "In three months.", "Minutes"))
    coming = calendar.next_meeting(known(first, meeting(date(2024, 2, 5), "promised")), KINGSTON, date(2024, 1, 1))
    assert (coming.kind, coming.day) == ("promised", date(2024, 2, 5))


def test_a_passed_day_does_not_hide_a_later_one_that_is_promised(known):
    recorded = known(meeting(date(2023, 11, 6), "promised"), meeting(date(2024, 2, 5), "promised"))
    assert calendar.next_meeting(recorded, KINGSTON, date(2023, 12, 1)).day == date(2024, 2, 5)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(DAYS, st.sampled_from(["held", "promised"])), max_size=5, unique_by=lambda pair: pair[0]), DAYS)
def test_what_is_next_is_never_a_meeting_held_and_due_is_always_in_the_past(shipped_definitions, listed, day):
    known = replace(shipped_definitions, meetings=tuple(sorted((meeting(*parts) for parts in listed), key=lambda recorded: recorded.date)))
    coming = calendar.next_meeting(known, KINGSTON, day)
    last = calendar.last_held(known, KINGSTON, day)
    assert coming.day is None or (coming.day, "promised") in listed
    assert not (last and coming.day) or coming.day > last.date
    assert (coming.kind == "due") == (coming.day is not None and coming.day < day)


# Promises


def test_a_promise_is_open_due_and_overdue_by_the_month(known):
    walk = Promise(promise("walk", due="2023-11"), FIRST)
    days = [date(2023, 10, 31), date(2023, 11, 1), date(2023, 11, 30), date(2023, 12, 1)]
    assert [walk.due_on(day) for day in days] == [False, True, True, False]
    assert [walk.overdue_on(day) for day in days] == [False, False, False, True]
    assert all(walk.open_on(day) for day in days)


@pytest.mark.parametrize("status", COMMITMENT_STATUSES)
def test_only_what_is_done_or_told_not_to_be_done_is_no_longer_open(status):
    walk = Promise(promise("walk", due="2023-11", history=(Step(date(2024, 1, 5), status),)), FIRST)
    assert walk.open_on(date(2024, 1, 4))
    assert walk.open_on(date(2024, 1, 5)) == (status in ("under way", "no evidence recorded"))
    assert walk.overdue_on(date(2024, 1, 5)) == walk.open_on(date(2024, 1, 5))


def test_a_promise_without_a_due_date_is_never_overdue():
    assert not Promise(promise("walk"), FIRST).overdue_on(date(2099, 1, 1))


def test_a_promise_carried_over_counts_once_with_newest_history_and_first_day(known):
    kept = promise("walk", history=(Step(date(2023, 10, 1), "under way"),))
    recorded = known(meeting(FIRST, commitments=(promise("walk"),)), meeting(date(2023, 11, 6), commitments=(kept, promise("cap"))))
    own = [promised for promised in calendar.promises(recorded, KINGSTON, date(2023, 12, 1)) if promised.meeting]
    assert [(promised.commitment.id, promised.made) for promised in own] == [("walk", FIRST), ("cap", date(2023, 11, 6))]
    assert own[0].commitment.status_on(date(2023, 12, 1)) == "under way"
    assert own[0].commitment.status_on(date(2023, 9, 30)) == "no evidence recorded"


def test_a_promise_is_not_known_before_it_was_made(known):
    recorded = known(meeting(FIRST, commitments=(promise("walk"),)))
    earlier = calendar.promises(recorded, KINGSTON, FIRST - timedelta(days=1))
    assert [promised.commitment.id for promised in earlier if promised.meeting] == []
    assert calendar.promises(recorded, KINGSTON, date(2023, 7, 16)) == ()


def test_a_meeting_that_was_not_held_promised_nothing(known):
    recorded = known(meeting(FIRST, "promised", commitments=(promise("walk"),)))
    assert [promised for promised in calendar.promises(recorded, KINGSTON, date(2024, 1, 1)) if promised.meeting] == []


# Concerns


def test_concerns_of_the_last_meeting_with_any_are_carried_over_even_when_answered(known):
    done = promise("walk", concern="lights", history=(Step(date(2023, 10, 1), "done"),))
    recorded = known(meeting(FIRST, concerns=(concern("lights"),), commitments=(done,)), meeting(date(2023, 11, 6)))
    assert [carried_over.concern.id for carried_over in calendar.carried(recorded, KINGSTON, date(2023, 12, 1))] == ["lights"]


@pytest.mark.parametrize("status", COMMITMENT_STATUSES)
def test_an_earlier_concern_stays_until_a_commitment_to_it_is_settled(known, status):
    to_it = promise("walk", concern="lights", history=(Step(date(2023, 10, 1), status),))
    earlier = meeting(FIRST, concerns=(concern("lights"), concern("noise")), commitments=(to_it,))
    recorded = known(earlier, meeting(date(2023, 11, 6), concerns=(concern("shops"),)))
    stays = [] if status in ("done", "not done", "dropped") else ["lights"]
    assert [carried.concern.id for carried in calendar.carried(recorded, KINGSTON, date(2023, 12, 1))] == ["shops", *stays, "noise"]


def test_a_concern_raised_again_counts_once_from_the_day_it_was_first_raised(known):
    again = meeting(date(2023, 11, 6), concerns=(concern("lights", "Lights, still."),))
    (carried,) = calendar.carried(known(meeting(FIRST, concerns=(concern("lights"),)), again), KINGSTON, date(2023, 12, 1))
    assert (carried.concern.text, carried.first, carried.meeting) == ("Lights, still.", FIRST, again.id)


def test_a_meeting_said_to_be_held_on_a_day_to_come_is_found(known):
    recorded = known(meeting(FIRST), meeting(date(2023, 11, 6)), meeting(date(2023, 12, 6), "promised"))
    assert calendar.held_after(recorded, date(2023, 11, 5)).date == date(2023, 11, 6)
    assert calendar.held_after(recorded, date(2023, 11, 6)) is None
