"""
Which meeting was the last, which is next, what was promised and what is carried over, in an area on a day.

Held, promised and due are three things: a meeting is held when its file says so, promised when a file or a promise says so,
and due when the promised day or month has gone by and nothing is on record. The day is always given: nothing here knows today.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from metrics.domain import Commitment, Concern, Definitions, Meeting, Place, Refused, periods

PROMISED, DUE, NONE = "promised", "due", "none recorded"
SETTLED = ("done", "not done", "dropped")
YEARS_AHEAD = 10
"""How far a meeting that is prepared may lie ahead of the newest figures."""


@dataclass(frozen=True)
class Upcoming:
    """The next meeting: `promised`, `due` or `none recorded`; for which day or by which month, in whose words."""

    kind: str
    day: date | None = None
    by: str = ""
    text: str = ""
    source: str = ""

    @property
    def when(self) -> str:
        """Its day in words, or its month; nothing where neither is known."""
        return periods.say_day(self.day) if self.day else periods.say(self.by) if self.by else ""


@dataclass(frozen=True)
class Promise:
    """A commitment with where it was made: the area's meeting, or the plan (then `meeting` is nothing)."""

    commitment: Commitment
    made: date
    meeting: str = ""

    def open_on(self, day: date) -> bool:
        """Whether it is neither done, nor reported as not done, nor dropped by a day."""
        return self.commitment.status_on(day) not in SETTLED

    def due_on(self, day: date) -> bool:
        """Whether it is open in the very month in which it falls due."""
        return self.open_on(day) and self.commitment.due == day.isoformat()[:7]

    def overdue_on(self, day: date) -> bool:
        """Whether it is open and the month in which it fell due has ended."""
        return self.open_on(day) and bool(self.commitment.due) and self.commitment.due < day.isoformat()[:7]


@dataclass(frozen=True)
class Raised:
    """A concern with the day it was first raised and the newest meeting at which it was."""

    concern: Concern
    first: date
    meeting: str


def meetings_held(known: Definitions, area: str, day: date) -> tuple[Meeting, ...]:
    """The area's meetings held by a day, newest first."""
    own = [meeting for meeting in known.meetings if meeting.area == area and meeting.status == "held" and meeting.date <= day]
    return tuple(sorted(own, key=lambda meeting: meeting.date, reverse=True))


def last_held(known: Definitions, area: str, day: date) -> Meeting | None:
    """The area's newest meeting held by a day, if there was any."""
    return next(iter(meetings_held(known, area, day)), None)


def looked_back_on(known: Definitions, area: str, day: date) -> tuple[date, bool]:
    """The day that is looked back on, and whether a meeting was held on it: the area's last one by a day, else the launch of the plan."""
    last = last_held(known, area, day)
    return (last.date, True) if last else (known.plan.launched, False)


def offered(known: Definitions, area: str, day: date) -> tuple[Meeting, ...]:
    """Every meeting held by a day: the area's own newest first, then the other areas', newest first."""
    others = [meeting for meeting in known.meetings if meeting.area != area and meeting.status == "held" and meeting.date <= day]
    return (*meetings_held(known, area, day), *sorted(others, key=lambda meeting: (-meeting.date.toordinal(), meeting.area)))


def next_meeting(known: Definitions, area: str, day: date) -> Upcoming:
    """
    The meeting that comes after the last one held by a day.

    A meeting with a day of its own is promised until that day has passed, and due after it. Otherwise the last meeting's own
    promise counts: promised until its month has ended, and due after it.

    >>> from metrics.domain import Next
    >>> first = Meeting("kingston-upon-thames", date(2023, 8, 7), "held", "Press", next=Next("2023-11", "In three months.", "Press"))
    >>> known = Definitions(None, {}, {}, {}, {}, (), (first,), force=None)
    >>> [next_meeting(known, first.area, day).kind for day in (date(2023, 11, 30), date(2023, 12, 1))]
    ['promised', 'due']
    >>> next_meeting(known, "bromley", date(2023, 12, 1)).kind
    'none recorded'
    """
    last = last_held(known, area, day)
    announced = [meeting for meeting in known.meetings if meeting.area == area and meeting.status == "promised"]
    dated = [meeting for meeting in announced if not last or meeting.date > last.date]
    coming = [meeting for meeting in dated if meeting.date >= day]
    if dated:
        nearest = min(coming or dated, key=lambda meeting: meeting.date)
        return Upcoming(PROMISED if coming else DUE, nearest.date, nearest.date.isoformat()[:7], nearest.note, nearest.source)
    if last and last.next:
        kind = PROMISED if day.isoformat()[:7] <= last.next.by else DUE
        return Upcoming(kind, None, last.next.by, last.next.text, last.next.source)
    return Upcoming(NONE)


def promises(known: Definitions, area: str, day: date) -> tuple[Promise, ...]:
    """
    What had been promised by a day: at the area's meetings, oldest first, and then by the plan.

    A commitment that is carried over counts once, made at the first meeting, with what the newest file knows of it.
    """
    own: dict[str, Promise] = {}
    for meeting in known.meetings:
        if meeting.area != area:
            continue
        for commitment in meeting.commitments:
            if commitment.id in own:
                own[commitment.id] = Promise(commitment, own[commitment.id].made, own[commitment.id].meeting)
            elif meeting.status == "held" and meeting.date <= day:
                own[commitment.id] = Promise(commitment, meeting.date, meeting.id)
    planned = [Promise(commitment, known.plan.launched) for commitment in known.plan.commitments if known.plan.launched <= day]
    return (*own.values(), *planned)


def carried(known: Definitions, area: str, day: date) -> tuple[Raised, ...]:
    """
    The concerns to report back on: all of the last meeting that has any, and earlier ones without an answer since.

    A concern is answered once a commitment to it is done, or is said not to be done or to be dropped, for a reason. One that
    was raised again counts once, in its newest words, from the day it was first raised. Newest meeting first.
    """
    own = [meeting for meeting in meetings_held(known, area, day) if meeting.concerns]
    settled = answered(known, area, day)
    first = {concern.id: meeting.date for meeting in own for concern in meeting.concerns}
    raised: dict[str, Raised] = {}
    for meeting in own:
        for concern in meeting.concerns:
            if concern.id not in raised and (meeting is own[0] or concern.id not in settled):
                raised[concern.id] = Raised(concern, first[concern.id], meeting.id)
    return tuple(raised.values())


def answered(known: Definitions, area: str, day: date) -> set[str | None]:
    """The ids of the concerns of an area that were answered by a day; see `carried`."""
    return {promise.commitment.concern for promise in promises(known, area, day) if not promise.open_on(day)}


def held_after(known: Definitions, today: date) -> Meeting | None:
    """A meeting that is said to have been held on a day that is still to come, if there is one."""
    return next((meeting for meeting in known.meetings if meeting.status == "held" and meeting.date > today), None)


def first_day(known: Definitions, place: Place, newest: date, since: date | None) -> date:
    """The first day that a meeting can be prepared for: after the last one and what is looked back on, up to when figures are held."""
    last = last_held(known, place.id, date.max)
    before = max(day for day in (last.date if last else None, since, newest - timedelta(1)) if day)
    return before + timedelta(1)


def coming_day(text: str, first: date) -> date:
    """
    The day that a text names.

    >>> coming_day("2026-12-03", date(2026, 9, 1))
    datetime.date(2026, 12, 3)

    Raises Refused: it is no day, or before the first or after the last one that a meeting can be prepared for.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("the day of a meeting is written such as 2026-12-03") from None
    if day < first:
        early = f"{periods.say_day(day)} is not after the last meeting and the newest figures"
        raise Refused(f"{early}: choose {periods.say_day(first)} or a later day")
    if day > last_day(first):
        raise Refused(f"no meeting is prepared so early: choose {periods.say_day(last_day(first))} or a day before it")
    return day


def last_day(first: date) -> date:
    """The last day that a meeting can be prepared for, whatever day it is today."""
    return date(first.year + YEARS_AHEAD, 12, 31)
