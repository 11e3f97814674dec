"""
What changed, as feeds that a reader follows, the meetings, as a calendar, and what no person reads: icon, map of the site, other addresses.

Times are those of publications, never of the making of a page, and identities last: nothing is announced twice.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from metrics.domain import Meeting, Place, periods
from metrics.outputs.page import general_pages
from metrics.outputs.site import addresses
from metrics.outputs.site.addresses import POSTCODES
from metrics.outputs.site.page_frame import MENU, SMALL, Shown, Site
from metrics.publish import editions
from metrics.report.wards import wards_with_figures

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
    entries = []
    for row in site.reading.releases().itertuples():
        if row.restated:
            dataset, day = site.reading.known.datasets[row.dataset], row.published.date()
            title = f"{dataset.title}, published by {periods.say_day(day)}"
            summary = general_pages.release_summary(row, site.words["page"])
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
        "BEGIN:VEVENT", f"UID:{meeting.area}.{meeting.date.isoformat()}@{site.host.split(':')[0]}",
        f"DTSTAMP:{meeting.date:%Y%m%d}T000000Z", f"DTSTART;VALUE=DATE:{meeting.date:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_escaped(f'Public meeting, {area}')}", f"STATUS:{'CONFIRMED' if meeting.status == 'held' else 'TENTATIVE'}",
        *([f"LOCATION:{_escaped(meeting.where)}"] if meeting.where else []), f"DESCRIPTION:{_escaped(description)}", f"URL:{at}",
        "END:VEVENT",
    ]


def _escaped(words: str) -> str:
    r"""
    Text as a calendar holds it.

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


NOT_SEARCHED = "".join(f"Disallow: /{part}/\n" for part in ("as-at", "explore"))
"""Old editions, which would be found beside the newest, and the explorer, which no search engine can read."""


def machine_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """For search engines and servers, and the icon in the colours of `metrics/charts/style.py`."""
    yield site.data("icon.svg", "icon.svg")
    yield site.data("sitemap.xml", "sitemap.xml", pages=list(_addresses(site)), day=site.reading.as_at.isoformat())
    yield "robots.txt", f"User-agent: *\nAllow: /\n{NOT_SEARCHED}\nSitemap: {site.address}/sitemap.xml\n".encode()
    yield editions.MADE_OF, (json.dumps({"build": site.reading.build}) + "\n").encode()
    yield editions.REDIRECTS, (json.dumps(redirects(site), indent=1, sort_keys=True) + "\n").encode()


def _addresses(site: Site) -> Iterator[str]:
    """The address of every page that a search should find; a citation is found from its measure's page."""
    known, total = site.reading.known, site.reading.known.force.total
    yield from MENU
    yield from SMALL
    yield from (addresses.of_plan_part(name) for name in general_pages.part_names(site.reading))
    yield f"{total}/"
    yield from (site.of_measure(measure.id, total) for measure in known.measures.values())
    for area in known.areas:
        yield f"{area.id}/"
        yield from (site.of_measure(measure.id, area.id) for measure in site.reading.every_measure(area))
    shown = wards_with_figures(site.reading)
    yield from (addresses.of_ward(ward) for area in known.areas for ward in known.wards_of(area.id) if ward.code in shown)
    if known.postcodes is not None:
        yield from (POSTCODES, *(f"{POSTCODES}{code.lower()}/" for code in known.postcodes.outward))
    yield from (addresses.of_meeting(meeting.area, meeting.date) for meeting in known.meetings)


def redirects(site: Site) -> dict[str, str]:
    """Other addresses of places and of London's measures, where they mean one thing only."""
    known, total = site.reading.known, site.reading.known.force.total
    taken = {area.id for area in known.areas} | {at.split("/")[0] for at in (*MENU, *SMALL)}
    by_name: dict[str, list[str]] = {}
    for place in (known.places[total], *known.areas):
        for name in addresses.short_names(place):
            by_name.setdefault(name, []).append(place.id)
    short = {f"/{name}/": f"/{ids[0]}/" for name, ids in by_name.items() if len(ids) == 1 and name not in taken}
    return short | {f"/{total}/{measure}/": f"/{site.of_measure(measure, total)}" for measure in known.measures}
