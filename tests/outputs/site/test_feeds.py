"""Feeds and the calendar can be read by other programs, and announce nothing twice."""

import re
from dataclasses import replace
from datetime import date

import pytest

from metrics.domain import Meeting, Next
from metrics.outputs.site import feeds
from metrics.outputs.site.page_frame import site_of
from tests.outputs.site.conftest import Element, tree
from tests.outputs.site.cutting import ADDRESS, CONTACT


def feed(files: dict[str, bytes], path: str) -> Element:
    return tree(files[path])


def atoms(files: dict[str, bytes]) -> list[str]:
    return [path for path in files if path.endswith(".atom")]


def test_there_is_a_feed_of_changes_of_corrections_and_of_every_place(files, reading):
    places = {"london", *(area.id for area in reading.known.areas)}
    assert set(atoms(files)) == {"feeds/changes.atom", "feeds/corrections.atom", *(f"{place}/changes.atom" for place in places)}


def test_every_feed_says_what_it_is_and_every_entry_what_changed(files):
    for path in atoms(files):
        whole = feed(files, path)
        assert whole.tag == "feed"
        for name in ("id", "title", "updated", "author"):
            assert len(whole.findall(name)) == 1, path
        links = {tag.get("rel"): tag.get("href") for tag in whole.findall("link")}
        assert links["self"] == f"{ADDRESS}/{path}"
        for entry in whole.findall("entry"):
            assert all(entry.findtext(name) for name in ("id", "title", "updated", "summary")), path


def test_an_entry_is_named_for_good_and_named_once(files):
    for path in atoms(files):
        ids = [element.text for element in feed(files, path).iter("id")]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"tag:example\.org,2023:[a-z0-9/.-]+", name) for name in ids)


def test_every_entry_is_dated_by_a_publication_and_the_newest_comes_first(files, reading):
    published = {f"{day:%Y-%m-%d}T00:00:00Z" for day in reading.releases()["published"]}
    seen = 0
    for path in atoms(files):
        whole = feed(files, path)
        days = [entry.findtext("updated") for entry in whole.findall("entry")]
        assert set(days) <= published and days == sorted(days, reverse=True), path
        assert not days or whole.findtext("updated") == days[0]
        seen += len(days)
    assert seen


def test_corrections_are_counted_against_what_had_been_published(files):
    entries = feed(files, "feeds/corrections.atom").findall("entry")
    summaries = {entry.findtext("id").split("/")[-1]: entry.findtext("summary") for entry in entries}
    assert summaries["recorded-crime.2025-08-31"] == "2,747 figures restated, 1,120 new."
    assert summaries["recorded-crime.2024-11-30"] == "24,837 figures restated, 22,285 of them under a changed definition, 2,240 new."


def test_an_entry_leads_to_a_page_of_the_edition(files):
    for path in atoms(files):
        for entry in feed(files, path).findall("entry"):
            at = entry.find("link").get("href").removeprefix(f"{ADDRESS}/")
            assert f"{at}index.html" in files


def test_the_feed_of_changes_holds_every_clear_change_and_no_other(files, reading):
    known = reading.known
    clear = 0
    for place in (known.places[known.force.total], *known.areas):
        answers = reading.answers(place.id)
        for measure in reading.every_measure(place):
            both = answers[measure.id]
            counted = both["year"]["now_to"] and not both["year"]["stale"] and not both["year"]["part_of"]
            clear += bool(counted and any(answer["verdict"].startswith("clear") for answer in both.values()))
    titles = [entry.findtext("title") for entry in feed(files, "feeds/changes.atom").findall("entry")]
    assert len(titles) == clear > 0
    assert all(title.startswith("Clear ") for title in titles)


def lines(calendar: bytes) -> list[str]:
    """A calendar's lines, put together again."""
    assert calendar.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    return calendar.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events(calendar: bytes) -> list[dict[str, str]]:
    """The events of a calendar, each property once."""
    events: list[dict[str, str]] = []
    for line in lines(calendar):
        name, value = line.split(":", 1)
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and "END" not in events[-1]:
            assert name not in events[-1]
            events[-1][name] = value
    return events


def test_the_calendar_has_every_dated_meeting_and_no_month_that_was_only_promised(files, reading):
    made = events(files["meetings.ics"])
    assert len(made) == len(reading.known.meetings)
    wanted = sorted(f"{meeting.date:%Y%m%d}" for meeting in reading.known.meetings)
    assert sorted(event["DTSTART;VALUE=DATE"] for event in made) == wanted
    assert all(event["STATUS"] == "CONFIRMED" and event["UID"] and event["DTSTAMP"].endswith("Z") for event in made)


def test_a_calendar_escapes_folds_and_marks_what_is_only_announced(reading):
    note = "Doors; talks, “questions” \\ answers: " * 6 + "\nEND:VCALENDAR"
    meeting = Meeting("brent", date(2026, 12, 31), "promised", "Press", "Hall, 6pm", note, next=Next("2027-03", "Later.", "Press"))
    known = replace(reading.known, meetings=(meeting,))
    made = site_of(reading, ADDRESS, CONTACT)
    calendar = feeds.calendar(replace(made, reading=type("Reading", (), {"known": known})()))
    (event,) = events(calendar)
    assert event["STATUS"] == "TENTATIVE"
    assert event["DTEND;VALUE=DATE"] == "20270101"
    assert event["LOCATION"] == r"Hall\, 6pm"
    assert event["DESCRIPTION"].startswith(r"Doors\; talks\, “questions” \\ answers: ")
    assert lines(calendar).count("END:VCALENDAR") == 1


@pytest.mark.parametrize("path", ["sitemap.xml", "icon.svg"])
def test_what_is_xml_parses(files, path):
    assert tree(files[path]).tag
