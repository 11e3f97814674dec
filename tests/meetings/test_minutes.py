"""Minutes go in and the meeting on record comes out: checked before anything changes, and never by halves."""

import shutil
import threading
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import durable_file
from metrics.domain import Refused
from metrics.meetings import calendar, minutes
from tests.conftest import ROOT

KINGSTON = "kingston-upon-thames"
DAY = date(2023, 11, 6)
HEADER = "kind,text,theme,ward,measure,owner,due"
ROWS = """\
concern,Better lighting on Victoria Road,Streets,Canbury,,,
concern,"Shop thefts, and staff who are afraid",Town centre,,shoplifting|personal-robbery,,
commitment,Visit ten shops a week,,,shoplifting,Ward sergeant,2024-02
speaker,Joshua Laughton,,,,Superintendent for Kingston upon Thames,
next,Another meeting in three months,,,,,2024-02
"""
LIGHTS = {"text": "Better lighting on Victoria Road", "theme": "Streets"}


@pytest.fixture
def recorded(project):
    """A project with the shipped meetings."""
    shutil.copytree(ROOT / "data/meetings", project.data / "meetings")
    return project


def put_on_record(project, rows: str = ROWS, header: str = HEADER, source: str = "Minutes of 6 November 2023") -> tuple[int, str, str]:
    path = project.put("minutes.csv", f"{header}\n{rows}")
    return project.run("meeting", "record", KINGSTON, DAY, path, "--source", source)


def on_record(project):
    return next(meeting for meeting in project.definitions.meetings if (meeting.area, meeting.date) == (KINGSTON, DAY))


def test_minutes_become_the_meeting_on_record(recorded):
    status, out, err = put_on_record(recorded)
    assert (status, err) == (0, "")
    assert f"{KINGSTON}/2023-11-06; concerns: 2, commitments: 1" in out
    meeting = on_record(recorded)
    assert (meeting.status, meeting.source) == ("held", "Minutes of 6 November 2023")
    lights, shops = meeting.concerns
    assert (lights.id, lights.ward, lights.measures, lights.gap) == (
        *("better-lighting-on-victoria-road", "Canbury", (), "No measure here answers this."),
    )
    assert (shops.measures, shops.gap) == (("shoplifting", "personal-robbery"), "")
    (visit,) = meeting.commitments
    assert (visit.owner, visit.due, visit.measure, visit.history) == ("Ward sergeant", "2024-02", "shoplifting", ())
    assert visit.status_on(date.max) == "no evidence recorded"
    (speaker,) = meeting.speakers
    assert (speaker.name, speaker.role) == ("Joshua Laughton", "Superintendent for Kingston upon Thames")
    assert (meeting.next.by, meeting.next.text) == ("2024-02", "Another meeting in three months")
    assert {entry.source for entry in (lights, shops, visit, meeting.next)} == {"Minutes of 6 November 2023"}


def test_a_promised_meeting_becomes_held_and_keeps_what_its_draft_carried_over(recorded):
    recorded.run("meeting", "new", KINGSTON, DAY)
    assert put_on_record(recorded)[0] == 0
    meeting = on_record(recorded)
    assert meeting.status == "held"
    assert [commitment.id for commitment in meeting.commitments] == ["abstraction-cap", "twenty-minute-walk", "visit-ten-shops-a-week"]


def test_the_draft_after_the_minutes_carries_over_what_they_promised(recorded):
    put_on_record(recorded)
    assert recorded.run("meeting", "new", KINGSTON, "2024-02-05")[0] == 0
    carried = recorded.definitions.meetings[-2].commitments
    assert [item.id for item in carried] == ["abstraction-cap", "twenty-minute-walk", "visit-ten-shops-a-week"]
    text = (recorded.data / "meetings" / KINGSTON / "2024-02-05.yaml").read_text(encoding="utf-8")
    assert "#   - id: better-lighting-on-victoria-road\n" in text
    assert "#   - id: abstraction-and-response\n" in text


def test_the_same_minutes_again_change_nothing(recorded):
    put_on_record(recorded)
    before = recorded.digest()
    assert put_on_record(recorded)[0] == 0
    assert put_on_record(recorded, source="")[0] == 0
    assert recorded.digest() == before


def test_a_concern_that_comes_later_is_added(recorded):
    put_on_record(recorded)
    assert put_on_record(recorded, "concern,More patrols,Visible policing,,officers-pcsos,,\n", source="")[0] == 0
    assert [concern.id for concern in on_record(recorded).concerns][2:] == ["more-patrols"]


def test_two_texts_that_begin_alike_get_ids_of_their_own(recorded):
    put_on_record(recorded, "concern,Better lighting in the park now,Streets,,,,\nconcern,Better lighting in the park soon,Streets,,,,\n")
    assert [concern.id for concern in on_record(recorded).concerns] == ["better-lighting-in-the-park", "better-lighting-in-the-park-2"]


def test_a_concern_in_the_same_words_is_the_same_until_it_is_answered(recorded):
    """Or an agenda would list it twice."""
    later, much_later = date(2024, 2, 5), date(2024, 5, 6)
    first = record(recorded, concerns=[LIGHTS | {"ward": "Canbury"}]).concerns[0].id
    rows = [{"ward": "Canbury", "text": "Better Lighting on Victoria Road."}, {"ward": "Norbiton"}, {"ward": "Canbury", "theme": "Parks"}]
    again = [concern.id for concern in record(recorded, day=later, concerns=[LIGHTS | row for row in rows]).concerns]
    assert again == [first, f"{first}-2", f"{first}-3"]
    assert [raised.concern.id for raised in calendar.carried(recorded.definitions, KINGSTON, later)].count(first) == 1
    done = {"date": later, "status": "done", "said": "Lit.", "source": "Minutes"}
    record(recorded, day=later, commitments=[{"text": "Light it", "owner": "Council", "concern": first, "history": [done]}])
    assert record(recorded, day=much_later, concerns=[LIGHTS | {"ward": "Canbury"}]).concerns[0].id != first


def test_an_answer_to_an_earlier_concern_names_it(recorded):
    header = HEADER + ",concern,reform"
    status, _, err = put_on_record(recorded, "commitment,A cap on days away,,,,,,abstraction-and-response,culture-change\n", header)
    assert (status, err) == (0, "")
    assert on_record(recorded).commitments[0].concern == "abstraction-and-response"


BAD = {
    "a resident's name": ("on Victoria Road", "says Mrs Jones", "line 2: concerns.text: 'Mrs Jones' looks like a person's name"),
    "an owner with a name": ("Ward sergeant", "Sarah Jones", "line 4: commitments.owner: 'Sarah Jones' looks like a person's name"),
    "a measure that is none": ("shoplifting|", "shopliftng|", "line 3: concerns.measures: no measure called 'shopliftng': did you mean"),
    "another measure that is none": (",shoplifting,Ward", ",theft,Ward", "line 4: commitments.measure: no measure called 'theft'"),
    "a month that is none": ("sergeant,2024-02", "sergeant,February", "line 4: commitments.due: 'February' is not a period"),
    "a kind that is none": ("speaker,", "spaeker,", "line 5: kind: 'spaeker' is not one of concern, commitment, speaker, next"),
    "a concern without a theme": ("Streets", "", "line 2: concerns: the field 'theme' is missing"),
    "a concern with an owner": ("Canbury,,,", "Canbury,,Sergeant,", "line 2: owner: a concern has none, leave it empty"),
    "a tag": ("Better lighting", "<b>Lighting</b>", "line 2: a cell holds a tag"),
    "a formula": ("Better lighting", "=1+1", "line 2: a cell begins like a spreadsheet formula"),
    "an overlong text": ("Better lighting", "Light " * 80, "line 2: concerns.text: "),
    "a next meeting twice": ("next,", "next,Soon,,,,,2024-03\nnext,", "two rows of the kind next"),
    "a next meeting in the past": ("months,,,,,2024-02", "months,,,,,2023-02", "next.by: 2023-02 is before the meeting that promised it"),
}


@pytest.mark.parametrize("damage", BAD)
def test_bad_minutes_are_refused_by_their_line_and_nothing_changes(recorded, refused, damage):
    old, new, says = BAD[damage]
    assert old in ROWS, "the test spoils nothing"
    path = recorded.put("minutes.csv", f"{HEADER}\n{ROWS.replace(old, new, 1)}")
    refused("meeting", "record", KINGSTON, DAY, path, "--source", "Minutes", says=says)


@pytest.mark.parametrize("begun", [False, True])
def test_minutes_without_a_source_are_refused(recorded, refused, begun):
    if begun:
        recorded.run("meeting", "new", KINGSTON, DAY)
    path = recorded.put("minutes.csv", f"{HEADER}\n{ROWS}")
    refused("meeting", "record", KINGSTON, DAY, path, says="kingston-upon-thames/2023-11-06: say where this can be read: the source")


def test_a_meeting_on_a_day_to_come_was_not_held(recorded, refused):
    path = recorded.put("minutes.csv", f"{HEADER}\n{ROWS}")
    refused("meeting", "record", KINGSTON, "2099-01-01", path, "--source", "Minutes", says="a meeting on a day to come has not been held")


def test_a_hundred_and_one_concerns_are_refused(recorded, refused):
    rows = "".join(f"concern,Lights of lamp {number},Streets,,,,\n" for number in range(101))
    path = recorded.put("minutes.csv", f"{HEADER}\n{rows}")
    refused("meeting", "record", KINGSTON, DAY, path, "--source", "Minutes", says="101 concerns: at most 100 are taken")


def test_another_header_is_refused(recorded, refused):
    path = recorded.put("minutes.csv", "kind,text,theme\nconcern,Lights,Streets\n")
    refused("meeting", "record", KINGSTON, DAY, path, "--source", "Minutes", says="minutes.csv, line 1: the header must be kind,text,")


# The function that the form calls


def record(project, **more):
    facts = {"concerns": [LIGHTS], "source": "Minutes"} | more
    return minutes.record(project.data, project.definitions, facts.pop("area", KINGSTON), facts.pop("day", DAY), **facts)


REFUSED = {
    "an unknown field": ({"concerns": [LIGHTS | {"name": "x"}]}, "concerns.name: unknown field"),
    "no theme": ({"concerns": [{"text": "Lights."}]}, "the field 'theme' is missing"),
    "HTML": ({"concerns": [LIGHTS | {"text": "<script>alert(1)</script>"}]}, "plain text only, no HTML"),
    "a name": ({"concerns": [LIGHTS | {"text": "Mr Smith said so"}]}, "'Mr Smith' looks like a person's name"),
    "nothing to read": ({"source": " "}, "say where this can be read"),
    "a borough that is a path": ({"area": "../../outside"}, "no area called '../../outside'"),
    "London": ({"area": "london"}, "no area called 'london'"),
    "concerns before the meeting": ({"took_place": False}, "has not been held has no concerns yet"),
    "a thousand concerns": ({"concerns": [LIGHTS | {"text": f"Lamp {n}"} for n in range(1000)]}, "1,000 concerns: at most 100 are taken"),
    "a meeting to come": ({"today": date(2023, 11, 5)}, "a meeting on a day to come has not been held"),
}


@pytest.mark.parametrize("damage", REFUSED)
def test_what_cannot_be_taken_changes_nothing(recorded, damage):
    more, says = REFUSED[damage]
    before = recorded.digest()
    with pytest.raises(Refused) as refusal:
        record(recorded, **more)
    assert says in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1
    assert recorded.digest() == before
    assert not (recorded.root / "outside").exists()


def test_a_meeting_held_does_not_become_promised_again(recorded):
    record(recorded)
    with pytest.raises(Refused, match=r"kingston-upon-thames/2023-11-06 is on record as held"):
        record(recorded, took_place=False, concerns=[])


def test_a_text_with_line_breaks_becomes_one_line(recorded):
    assert record(recorded, concerns=[LIGHTS | {"text": " Better\r\nlighting\u00a0now "}]).concerns[0].text == "Better lighting now"


def test_a_meeting_of_a_form_left_empty_is_kept_without_lists(recorded):
    meeting = record(recorded, concerns=[], commitments=[])
    assert (meeting.status, meeting.concerns, meeting.commitments) == ("held", (), ())


def test_people_who_record_at_once_lose_nothing(recorded):
    known, errors = recorded.definitions, []

    def record(number: int) -> None:
        try:
            lamp = LIGHTS | {"text": f"Lamp {number}"}
            minutes.record(recorded.data, known, KINGSTON, DAY, concerns=[lamp], source="Minutes")
        except Refused as refusal:
            errors.append(refusal)

    threads = [threading.Thread(target=record, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(concern.text for concern in on_record(recorded).concerns) == [f"Lamp {number}" for number in range(8)]


def test_a_disk_that_gives_out_leaves_what_was_there(recorded, monkeypatch):
    record(recorded)
    before = recorded.digest()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable_file.os, "fsync", full)
    with pytest.raises(Refused, match=r"could not be written \(No space left on device\); nothing was changed"):
        record(recorded, concerns=[LIGHTS | {"text": "Another lamp"}])
    assert recorded.digest() == before


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.text(max_size=120))
def test_whatever_is_typed_is_on_record_as_typed_or_refused_in_one_line(shipped_definitions, tmp_path_factory, text):
    data = tmp_path_factory.mktemp("data")
    try:
        meeting = minutes.record(data, shipped_definitions, KINGSTON, DAY, concerns=[LIGHTS | {"text": text}], source="Minutes")
    except Refused as refusal:
        reason = str(refusal)
    else:
        reason = ""
        assert meeting.concerns[0].text == " ".join(text.split())
    assert len(reason.splitlines()) == (1 if reason else 0)
    assert (data / "meetings").exists() == (reason == "")
