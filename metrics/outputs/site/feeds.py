"""
What changed, as feeds that a reader follows, and the meetings, as a calendar.

Times are those of publications, never of the making of a page, and identities last: nothing is announced twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from metrics.domain import Meeting, Place, periods
from metrics.outputs.page import sources_page
from metrics.outputs.site import addresses
from metrics.outputs.site.fragments import Shown
from metrics.outputs.site.page_frame import Site

NAMED_SINCE = "2023"
CALENDAR_LINE = 75


@dataclass(frozen=True)
class Entry:
    """One announcement: what lasts of it, its day, its title, what it says, and the page that says more."""

    id: str
    day: date
    title: str
    summary: str
    at: str


def files(site: Site, every: Mapping[str, Mapping[str, Shown]]) -> Iterator[tuple[str, bytes]]:
    """The feeds of the whole site, and the calendar; `every` is every measure of each place, by their ids."""
    clear = [_entry(site, shown, place) for place in every for shown in every[place].values() if shown.row.counts and shown.row.clear]
    yield _feed(site, "feeds/changes.atom", f"{site.name}: clear changes", "", clear)
    yield _feed(site, "feeds/corrections.atom", f"{site.name}: corrections", "sources/", _corrections(site))
    yield "meetings.ics", calendar(site)


def of_place(site: Site, place: Place, every: Mapping[str, Shown]) -> tuple[str, bytes]:
    """What stands out in a place."""
    chosen = [_entry(site, shown, place.id) for shown in every.values() if shown.row.counts and shown.row.stands_out]
    return _feed(site, f"{place.id}/changes.atom", f"{place.name}: what stands out", f"{place.id}/", chosen)


def _entry(site: Site, shown: Shown, place: str) -> Entry:
    """A finding of today, dated by the newest of its figures."""
    name = f"{shown.verdict.replace(' ', '-')}/{addresses.code(shown.measure, place, shown.published)}"
    title = f"{site.words['verdicts'][shown.verdict]}: {shown.caption}"
    return Entry(_tag(site, name), shown.published, title, shown.sentences[0], shown.at)


def _corrections(site: Site) -> list[Entry]:
    """Every release that restated figures."""
    entries = []
    for row in site.reading.releases().itertuples():
        made = sources_page.release(row)
        if made["restated"]:
            dataset, day = site.reading.known.datasets[row.dataset], made["published"]
            facts = {"restated": f"{made['restated']:,}", "new": f"{made['new']:,}"}
            title = f"{dataset.title}, published by {periods.say_day(day)}"
            summary = site.words["page"]["release"].format(**facts)
            entries.append(Entry(_tag(site, f"release/{row.dataset}.{day.isoformat()}"), day, title, summary, "sources/"))
    return entries


def _feed(site: Site, path: str, title: str, about: str, entries: list[Entry]) -> tuple[str, bytes]:
    ordered = sorted(entries, key=lambda entry: (-entry.day.toordinal(), entry.title, entry.id))
    updated = ordered[0].day if ordered else site.reading.as_at
    return site.data(path, "feed.xml", title=title, about=about, entries=ordered, updated=updated, id=_tag(site, path))


def _tag(site: Site, name: str) -> str:
    return f"tag:{site.host.split(':')[0]},{NAMED_SINCE}:{name}"


def calendar(site: Site) -> bytes:
    """The meetings that have a date, each as a whole day; one that is only promised by a month is no event and is left out."""
    names = {area.id: area.name for area in site.reading.known.areas}
    name = _escaped(site.name)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{name}//Meetings//EN", f"X-WR-CALNAME:{name}: meetings"]
    for meeting in site.reading.known.meetings:
        lines += _event(site, meeting, names[meeting.area])
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode("utf-8")


def _event(site: Site, meeting: Meeting, area: str) -> list[str]:
    after = date.fromordinal(meeting.date.toordinal() + 1)
    at = f"{site.address}/{addresses.of_meeting(meeting.area, meeting.date)}"
    description = " ".join(filter(None, [meeting.note, f"Source: {meeting.source}"]))
    return [
        "BEGIN:VEVENT",
        f"UID:{meeting.area}.{meeting.date.isoformat()}@{site.host.split(':')[0]}",
        f"DTSTAMP:{meeting.date:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{meeting.date:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_escaped(f'Public meeting, {area}')}",
        f"STATUS:{'CONFIRMED' if meeting.status == 'held' else 'TENTATIVE'}",
        *([f"LOCATION:{_escaped(meeting.where)}"] if meeting.where else []),
        f"DESCRIPTION:{_escaped(description)}",
        f"URL:{at}",
        "END:VEVENT",
    ]


def _escaped(words: str) -> str:
    r"""
    Text as a calendar holds it.

    Examples
    --------
    >>> print(_escaped("Guildhall, 6pm; doors 5pm"))
    Guildhall\, 6pm\; doors 5pm
    """
    flat = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(flat.splitlines())


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, the later ones behind a space."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode("utf-8")) > CALENDAR_LINE - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
