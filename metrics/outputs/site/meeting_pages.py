"""Meetings on record: what was raised, what was promised, and what is known of it since. Nothing here is invented or filled in."""

from collections.abc import Iterator

from metrics.domain import Commitment, Concern, Meeting, periods
from metrics.meetings.calendar import DUE, NONE, PROMISED, next_meeting
from metrics.outputs.site import addresses, fragments
from metrics.outputs.site.page_frame import Site


def pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list of meetings, and a page for each."""
    meetings = site.reading.known.meetings[::-1]
    names = {area.id: area.name for area in site.reading.known.areas}
    listed = [
        (meeting, names[meeting.area], addresses.of_meeting(meeting.area, meeting.date), _to_come_after(site, meeting, names[meeting.area]))
        for meeting in meetings
    ]
    past = [meeting for meeting in meetings if meeting.status == "held"]
    lede = site.words["public"]["meetings"].format(held=len(past))
    yield site.page("meetings/", "meetings.html", title="Meetings on record", description=lede, lede=lede, listed=listed)
    for meeting in meetings:
        yield _page(site, meeting, names[meeting.area])


def to_come(site: Site, area: str, name: str) -> str:
    """What is known of an area's next meeting: announced, promised, due, or nothing."""
    words, coming = site.words["meeting"]["next"], next_meeting(site.reading.known, area, site.reading.as_at)
    by = periods.say(coming.by) if coming.by else periods.say_day(coming.day) if coming.day else ""
    which = {PROMISED: "announced" if coming.day else "promised", DUE: "due", NONE: "none"}[coming.kind]
    return words[which].format(by=by, day=by, place=name)


def _to_come_after(site: Site, meeting: Meeting, name: str) -> str:
    """The same for the last meeting of its area; of an earlier one the later ones are the answer."""
    later = any(other.area == meeting.area and other.date > meeting.date for other in site.reading.known.meetings)
    return "" if later else to_come(site, meeting.area, name)


def _page(site: Site, meeting: Meeting, area: str) -> tuple[str, bytes]:
    day = periods.say_day(meeting.date)
    title = f"{area}: meeting of {day}"
    return site.page(
        addresses.of_meeting(meeting.area, meeting.date), "meeting.html", title=title,
        description=f"{title}. What was raised, what was promised and what is known of it since.",
        meeting=meeting, area=area, day=day, promised=_to_come_after(site, meeting, area),
        concerns=[(concern, _answers(site, meeting, concern)) for concern in meeting.concerns],
        commitments=[with_status(site, commitment) for commitment in meeting.commitments],
        raised={concern.id: concern.text for concern in meeting.concerns}, **_shown_then(site, meeting, day),
    )


def _shown_then(site: Site, meeting: Meeting, day: str) -> dict:
    """The verdicts that were shown for the day before the way of judging changed, and the line that says so."""
    measures = site.reading.known.measures
    titles = [(measures[name].title, verdict) for name, verdict in meeting.shown.items() if name in measures]
    return {"shown": sorted(titles), "changed": site.words["news"]["method"].format(day=day)}


def _answers(site: Site, meeting: Meeting, concern: Concern) -> list[tuple]:
    """Each measure that answers a concern: its page, where it is published for, its verdict, sentence and source now."""
    known, answers = site.reading.known, []
    for name in concern.measures:
        measure = known.measures[name]
        place = known.places[meeting.area if "area" in measure.levels else known.force.total]
        row = site.reading.finding_of(name, place.id)
        source = fragments.source(site, measure, place)
        answers.append((measure, place, site.of_measure(name, place.id), row["verdict"], row["sentence"], source))
    return answers


def with_status(site: Site, commitment: Commitment) -> dict:
    """A commitment with its status by now, its history in order, and the measure it is linked to."""
    measure = site.reading.known.measures.get(commitment.measure or "")
    history = sorted((step for step in commitment.history if step.date <= site.reading.as_at), key=lambda step: step.date)
    status = commitment.status_on(site.reading.as_at)
    return {"text": commitment.text, "status": status, "history": history, "measure": measure, "is": commitment}
