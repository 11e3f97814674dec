"""A meeting's file is read whole or refused in one line with its file, and nothing stored changes."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import definitions
from metrics.definitions import yaml_file
from metrics.domain import Refused
from tests.conftest import ROOT

KINGSTON = "kingston-upon-thames"
FILE = f"{KINGSTON}/2023-08-07.yaml"
LATER = f"{KINGSTON}/2023-11-06.yaml"
WHOLE = f"""\
area: {KINGSTON}
date: 2023-11-06
status: held
source: Minutes
speakers:
  - name: Joshua Laughton
    role: Superintendent for Kingston upon Thames
note: Superintendent Joshua Laughton answered, and Supt Laughton stayed on.
concerns:
  - id: street-lighting
    text: Better lighting on Victoria Road.
    theme: Streets
    ward: Lee Green
    gap: No measure here answers this.
    source: Minutes
commitments:
  - id: walk
    text: A walk with residents.
    owner: Ward sergeant
    due: "2024-02"
    concern: street-lighting
    reform: culture-change
    measure: listen
    source: Minutes
    history:
      - date: 2023-12-01
        status: under way
        said: A day is set.
        source: Notice
      - date: 2024-01-05
        status: dropped
        said: The road was closed.
next:
  by: "2024-02"
  text: Another meeting in three months.
  source: Minutes
"""


@pytest.fixture
def folder(project) -> Path:
    """The shipped meetings, to be spoilt."""
    return Path(shutil.copytree(ROOT / "data/meetings", project.data / "meetings"))


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


# What is shipped


def test_the_five_meetings_on_record_are_held_and_have_their_source(shipped_definitions):
    assert [meeting.id for meeting in shipped_definitions.meetings] == [
        *("southwark/2023-07-17", "enfield/2023-08-04", f"{KINGSTON}/2023-08-07", "ealing/2023-08-08", "bromley/2025-12-04"),
    ]
    assert {meeting.status for meeting in shipped_definitions.meetings} == {"held"}
    assert all(meeting.source for meeting in shipped_definitions.meetings)


def test_only_kingston_has_concerns_commitments_speakers_and_a_next_meeting(shipped_definitions):
    kingston = next(meeting for meeting in shipped_definitions.meetings if meeting.area == KINGSTON)
    assert (len(kingston.concerns), len(kingston.commitments), kingston.next.by) == (6, 2, "2023-11")
    assert {speaker.name for speaker in kingston.speakers} == {"Clair Kelland", "Joshua Laughton"}
    others = [meeting for meeting in shipped_definitions.meetings if meeting != kingston]
    assert not any(other.concerns or other.commitments or other.speakers or other.next for other in others)


def test_the_promises_made_in_kingston_have_no_evidence_yet(shipped_definitions):
    kingston = next(meeting for meeting in shipped_definitions.meetings if meeting.area == KINGSTON)
    assert {commitment.status_on(date.max) for commitment in kingston.commitments} == {"no evidence recorded"}


def test_every_concern_has_a_measure_or_says_what_none_answers(shipped_definitions):
    for concern in [concern for meeting in shipped_definitions.meetings for concern in meeting.concerns]:
        assert set(concern.measures) <= set(shipped_definitions.measures)
        assert concern.measures or concern.gap


def test_a_whole_file_is_taken(project, folder):
    put(folder, LATER, WHOLE)
    status, out, err = project.run("check")
    assert (status, err) == (0, "")
    assert "6 meetings, 7 concerns, 14 commitments" in out
    recorded = next(meeting for meeting in project.definitions.meetings if meeting.id == f"{KINGSTON}/2023-11-06")
    assert recorded.commitments[0].status_on(date(2024, 1, 4)) == "under way"
    assert recorded.commitments[0].status_on(date(2024, 1, 5)) == "dropped"


def test_without_the_folder_there_are_no_meetings(project):
    assert project.definitions.meetings == ()


def test_an_office_holder_listed_at_an_earlier_meeting_of_the_borough_may_be_named(project, folder):
    put(folder, LATER, WHOLE.replace("A day is set.", "Chief Superintendent Clair Kelland set a day."))
    assert project.run("check")[0] == 0


# What is refused

SPOILT = {
    "another borough": ("area: kingston-upon-thames", "area: merton", "merton 2023-11-06 is not where the file stands"),
    "no borough": ("area: kingston-upon-thames", "area: kingston", "no area called 'kingston': did you mean"),
    "another date": ("date: 2023-11-06", "date: 2023-11-07", "kingston-upon-thames 2023-11-07 is not where the file stands"),
    "no such day": ("date: 2023-11-06", "date: 2023-11-31", "date: a date was expected"),
    "a status of its own": ("status: held", "status: due", "status: 'due' is not one of held, promised"),
    "no status": ("status: held\n", "", "the field 'status' is missing"),
    "held without a source": ("source: Minutes\nspeakers", "speakers", "the field 'source' is missing"),
    "an empty source": ("source: Minutes\nspeakers", "source: ''\nspeakers", "source: is empty"),
    "a concern before the meeting": ("status: held", "status: promised", "has not been held has no concerns yet"),
    "an unknown field": ("ward: Lee Green", "wards: Lee Green", "concerns.wards: unknown field"),
    "an unknown status": ("status: under way", "status: begun", "'begun' is not one of done, under way, not done, dropped"),
    "under way without evidence": ("        source: Notice\n", "", "'under way' needs the evidence: add `source`"),
    "done without evidence": ("status: dropped", "status: done", "'done' needs the evidence: add `source`"),
    "dropped without a reason": ("        said: The road was closed.\n", "", "'dropped' needs the reason: add `said`"),
    "not done without a reason": ("dropped\n        said: The road was closed.", "not done", "'not done' needs the reason: add `said`"),
    "a step before the meeting": ("date: 2023-12-01", "date: 2023-11-05", "2023-11-05 is before it was promised, 2023-11-06"),
    "steps out of order": ("date: 2024-01-05", "date: 2023-11-30", "2023-11-30 is not after the step before it, 2023-12-01"),
    "two steps on a day": ("date: 2024-01-05", "date: 2023-12-01", "2023-12-01 is not after the step before it, 2023-12-01"),
    "a step in another age": ("date: 2024-01-05", "date: 2204-01-05", "2204-01-05: a year from 2000 to 2099 was expected"),
    "due before it was promised": ('due: "2024-02"\n    concern', 'due: "2023-10"\n    concern', "2023-10 is before it was promised"),
    "due on no month": ('due: "2024-02"\n    concern', 'due: "2024-13"\n    concern', "'2024-13' is not a period"),
    "a next meeting before this one": ('by: "2024-02"', 'by: "2023-10"', "next.by: 2023-10 is before the meeting that promised it"),
    "a measure that is none": ("measure: listen", "measure: listening", "no measure called 'listening': did you mean listen?"),
    "a concern's measure that is none": ("    gap: No", "    measures: [listn]\n    gap: No", "no measure called 'listn': did you"),
    "a reform that is none": ("reform: culture-change", "reform: culture", "no reform called 'culture': did you mean culture-change?"),
    "a concern that nobody raised": ("concern: street-lighting", "concern: lighting", "no concern called 'lighting'"),
    "neither measure nor gap": ("    gap: No measure here answers this.\n", "", "street-lighting: neither measures nor `gap`"),
    "an id twice": ("  - id: walk\n", "  - id: walk\n    text: A.\n    source: B\n  - id: walk\n", "'walk' is already the id of another"),
    "an id of the plan": ("- id: walk\n", "- id: more-pcsos\n", "'more-pcsos' is already the id of a commitment of the plan"),
    "an overlong text": ("Better lighting on Victoria Road.", "Light. " * 58, "concerns.text: 405 characters: at most 400"),
    "an overlong note": ("Superintendent Joshua Laughton answered", "answered " * 50, "note: "),
    "HTML": ("Better lighting on Victoria Road.", "<script>alert(1)</script>", "holds < or >: plain text only, no HTML"),
    "an invisible character": ("Better lighting on Victoria Road.", '"Light\\u202e"', "an invisible character"),
    "a tag": ("text: Better lighting", "text: !!python/name:os.system Better lighting", "a tag (!)"),
    "a YAML bomb": ("source: Minutes\nspeakers", "source: &a [&b [*b, *b], *b]\nspeakers", "an anchor (&) or alias (*)"),
    "a resident in a concern": ("Better lighting", "Mrs Jones wants lighting", "concerns.text: 'Mrs Jones' looks like a person's name"),
    "a resident elsewhere": ("A day is set.", "Fatima Begum set a day.", "history.said: 'Fatima Begum' looks like a person's name"),
    "an office-holder in a concern": ("Better lighting", "Superintendent Laughton promised", "'Superintendent Laughton'"),
    "an office-holder's surname in a concern": ("Better lighting", "What Laughton said", "concerns.text: 'Laughton' looks like"),
    "an owner with a name": ("owner: Ward sergeant", "owner: Joshua Laughton", "commitments.owner: 'Joshua Laughton' looks"),
    "an owner with half a name": ("owner: Ward sergeant", "owner: Joshua", "commitments.owner: 'Joshua' looks like a person's name"),
    "an officer nobody listed": ("A day is set.", "PC Patel set a day.", "'PC Patel' looks like a person's name or address: write"),
    "a name in the theme": ("theme: Streets", "theme: Sarah Jones", "concerns.theme: 'Sarah Jones'"),
    "a title in the ward": ("ward: Lee Green", "ward: Mr Green", "concerns.ward: 'Mr Green'"),
    "an e-mail address": ("A day is set.", "Write to walk@example.org.", "'walk@example.org.' looks like a person's name or address"),
    "a telephone number": ("A day is set.", "Ring 020 7946 0958.", "'020 7946 0958' looks like a person's name or address"),
}


@pytest.mark.parametrize("damage", SPOILT)
def test_a_mistake_is_refused_in_one_line_that_names_the_file(folder, refused, damage):
    old, new, says = SPOILT[damage]
    assert old in WHOLE, "the test spoils nothing"
    put(folder, LATER, WHOLE.replace(old, new, 1))
    assert refused("check", says=says).startswith("2023-11-06.yaml, line ")


def test_the_line_is_that_of_the_field(folder, refused):
    put(folder, LATER, WHOLE.replace("A day is set.", "PC Patel set a day."))
    line = WHOLE[: WHOLE.index("said: A day")].count("\n") + 1
    refused("check", says=f"2023-11-06.yaml, line {line}: commitments.history.said: 'PC Patel'")


@pytest.mark.parametrize(("listed", "more"), [("concerns", {"theme": "Streets", "gap": "None."}), ("commitments", {})])
def test_a_thousand_entries_are_refused_in_one_clear_line(folder, refused, listed, more):
    entries = [{"id": f"one-{number}", "text": "Lights.", "source": "Minutes", **more} for number in range(1000)]
    whole = {"area": KINGSTON, "date": date(2023, 11, 6), "status": "held", "source": "Minutes", listed: entries}
    put(folder, LATER, yaml_file.text(whole))
    refused("check", says=f"{listed}: 1,000 {listed}: at most 100 are taken")


def test_a_hundred_concerns_of_400_characters_are_taken(project, folder):
    entries = [{"id": f"one-{number}", "text": "x" * 400, "theme": "Streets", "gap": "None.", "source": "M"} for number in range(100)]
    whole = {"area": KINGSTON, "date": date(2023, 11, 6), "status": "held", "source": "Minutes", "concerns": entries}
    put(folder, LATER, yaml_file.text(whole))
    assert project.run("check")[0] == 0


NAMES = {
    "a folder that is no borough": ("kingston/2023-11-06.yaml", "is not where the file stands, kingston/2023-11-06"),
    "a name that is no date": (f"{KINGSTON}/november.yaml", "is not where the file stands"),
    "another kind of file": (f"{KINGSTON}/2023-11-06.yml", f"2023-11-06.yml: a file of meetings/{KINGSTON} must end in .yaml"),
    "a file beside the boroughs": ("2023-11-06.yaml", "stands beside the areas"),
}


@pytest.mark.parametrize("where", NAMES)
def test_a_file_in_the_wrong_place_is_refused(folder, refused, where):
    name, says = NAMES[where]
    put(folder, name, WHOLE)
    refused("check", says=says)


def test_a_meeting_before_the_plan_is_refused(folder, refused):
    put(folder, f"{KINGSTON}/2022-11-06.yaml", f"area: {KINGSTON}\ndate: 2022-11-06\nstatus: held\nsource: Minutes\n")
    refused("check", says="2022-11-06 is not between the launch of the plan, 2023-07-17, and 2099")


def test_a_meeting_held_on_a_day_to_come_is_refused(folder, refused):
    put(folder, f"{KINGSTON}/2099-11-06.yaml", f"area: {KINGSTON}\ndate: 2099-11-06\nstatus: held\nsource: Minutes\n")
    refused("check", says="2099-11-06.yaml: status: a meeting on a day to come has not been held")


# Carried over from one meeting to the next

THIRD = f"{KINGSTON}/2024-02-05.yaml"
PROMISES = WHOLE[WHOLE.index("commitments:") : WHOLE.index("next:")]
CARRIED = f"area: {KINGSTON}\ndate: 2024-02-05\nstatus: promised\nsource: Notice\n{PROMISES}"
STEP = "      - date: 2024-02-01\n        status: done\n        said: Walked after all.\n        source: Notice\n"
NOT_CARRIED = {
    "other words": ("A walk with residents.", "A talk.", "walk: text was 'A walk with residents.' when it was promised, 2023-11-06"),
    "a later due date": ('due: "2024-02"', 'due: "2024-06"', "walk: due was '2024-02' when it was promised, 2023-11-06, and stays so"),
    "a step left out": (CARRIED[CARRIED.index("      - date: 2023-12-01") : CARRIED.index("      - date: 2024-01-05")], "", "leaves out"),
    "a step changed": ("The road was closed.", "It rained.", "the history leaves out or changes a step"),
    "a new promise": ("- id: walk", "- id: talk", "'talk' was promised at no meeting held before"),
}


def test_a_commitment_is_carried_over_with_its_history_and_more(project, folder):
    put(folder, LATER, WHOLE)
    put(folder, THIRD, CARRIED + STEP)
    assert project.run("check")[:1] == (0,)
    assert project.definitions.meetings[-2].id == f"{KINGSTON}/2024-02-05"


@pytest.mark.parametrize("change", NOT_CARRIED)
def test_a_commitment_carried_over_keeps_its_words_and_its_history(folder, refused, change):
    old, new, says = NOT_CARRIED[change]
    assert old in CARRIED, "the test spoils nothing"
    put(folder, LATER, WHOLE)
    put(folder, THIRD, CARRIED.replace(old, new, 1))
    assert refused("check", says=says).startswith("2024-02-05.yaml, line ")


def test_a_commitment_of_another_borough_is_not_carried_over(folder, refused):
    put(folder, LATER, WHOLE)
    put(folder, "merton/2024-02-05.yaml", CARRIED.replace(KINGSTON, "merton"))
    refused("check", says="no concern called 'street-lighting'")


@settings(deadline=None, derandomize=True, max_examples=60)
@given(text=st.text(st.characters(codec="utf-8"), max_size=500), field=st.sampled_from(["text", "theme", "gap", "source", "ward"]))
def test_any_text_in_a_concern_is_taken_as_it_is_or_refused_in_one_line(shipped_definitions, tmp_path_factory, text, field):
    entry = {"id": "one", "text": "Lights.", "theme": "Streets", "gap": "None.", "source": "Minutes"} | {field: text}
    whole = {"area": KINGSTON, "date": date(2023, 11, 6), "status": "held", "source": "Minutes", "concerns": [entry]}
    path = tmp_path_factory.mktemp("meetings") / LATER
    path.parent.mkdir()
    path.write_text(yaml_file.text(whole), encoding="utf-8")
    refusal = refusal_of(path, shipped_definitions)
    if refusal:
        assert len(refusal.splitlines()) == 1
        return
    (meeting,) = definitions.with_meetings(path.parent.parent / "none", shipped_definitions, draft=path).meetings
    assert getattr(meeting.concerns[0], field) == text.strip()
    assert text.strip().isprintable() and len(text) <= 400


def refusal_of(path: Path, known) -> str:
    """What is said of a file that is refused; nothing of one that is taken."""
    try:
        definitions.with_meetings(path.parent.parent / "none", known, draft=path)
    except Refused as refusal:
        return str(refusal)
    return ""
