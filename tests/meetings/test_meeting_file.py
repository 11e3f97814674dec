"""`meeting new` begins a file that explains itself, carries over what is open, and passes the check as it stands."""

import shutil
from datetime import date

import pytest

from metrics.definitions import yaml_file
from tests.conftest import ROOT

KINGSTON = "kingston-upon-thames"


@pytest.fixture
def recorded(project):
    """A project with the shipped meetings."""
    shutil.copytree(ROOT / "data/meetings", project.data / "meetings")
    return project


def test_the_draft_carries_over_what_kingston_was_promised_and_passes_the_check(recorded):
    status, out, err = recorded.run("meeting", "new", "Kingston upon Thames", "2023-11-06")
    assert (status, err) == (0, "")
    path = recorded.data / "meetings" / KINGSTON / "2023-11-06.yaml"
    assert str(path) in out
    assert "`python -m metrics check`" in out
    assert "6 meetings, 6 concerns, 13 commitments" in recorded.run("check")[1]
    before, begun = [meeting for meeting in recorded.definitions.meetings if meeting.area == KINGSTON]
    assert (begun.date, begun.status, begun.concerns) == (date(2023, 11, 6), "promised", ())
    assert begun.commitments == before.commitments


def test_the_history_so_far_is_carried_over_and_what_is_settled_is_not(recorded):
    path = recorded.data / "meetings" / KINGSTON / "2023-08-07.yaml"
    whole = path.read_text(encoding="utf-8")
    walk = "    text: Every ward officer within a 20-minute walk of their patch.\n"
    begun = "    history:\n      - {date: 2023-09-01, status: under way, source: Notice}\n"
    settled = "    history:\n      - {date: 2023-10-01, status: dropped, said: No longer meant.}\n"
    cap = "    text: A cap on the days that ward officers are taken away from their wards.\n"
    path.write_text(whole.replace(walk, walk + begun).replace(cap, cap + settled), encoding="utf-8")
    assert recorded.run("meeting", "new", KINGSTON, "2023-11-06")[0] == 0
    (carried,) = recorded.definitions.meetings[-2].commitments
    assert (carried.id, [step.status for step in carried.history]) == ("twenty-minute-walk", ["under way"])


def test_every_concern_to_report_back_on_stands_in_the_comments_with_its_id(recorded):
    recorded.run("meeting", "new", KINGSTON, "2023-11-06")
    text = (recorded.data / "meetings" / KINGSTON / "2023-11-06.yaml").read_text(encoding="utf-8")
    first = next(meeting for meeting in recorded.definitions.meetings if meeting.concerns)
    assert [concern.id for concern in first.concerns if f"#   - id: {concern.id}\n" not in text] == []


def test_every_field_of_a_meeting_is_explained(recorded):
    recorded.run("meeting", "new", "bromley", "2026-03-04")
    lines = (recorded.data / "meetings/bromley/2026-03-04.yaml").read_text(encoding="utf-8").splitlines()
    shown = {line.removeprefix("# ").split(":")[0] for line in lines if ":" in line}
    assert {"area", "date", "status", "source", "where", "note", "speakers", "concerns", "commitments", "next"} <= shown


def test_the_examples_in_the_comments_are_of_the_form_that_is_read(recorded, tmp_path):
    recorded.run("meeting", "new", "bromley", "2026-03-04")
    text = (recorded.data / "meetings/bromley/2026-03-04.yaml").read_text(encoding="utf-8")
    shown = [line[2:] for line in text.splitlines() if line.startswith(("#   ", "# concerns:", "# next:", "# speakers:", "# commitments:"))]
    shown = [line for line in shown if line != "commitments:"]
    walk = next(index for index, line in enumerate(shown) if "walk-with-residents" in line)
    shown.insert(walk, "commitments:")
    (tmp_path / "shown.yaml").write_text("\n".join(shown), encoding="utf-8")
    examples = yaml_file.load(tmp_path / "shown.yaml")
    assert set(examples) == {"speakers", "concerns", "commitments", "next"}
    assert examples["commitments"][0]["concern"] == examples["concerns"][0]["id"]


def test_a_borough_without_a_meeting_gets_a_draft_too(project):
    assert project.run("meeting", "new", "E09000029", "2026-03-04")[0] == 0
    assert [meeting.id for meeting in project.definitions.meetings] == ["sutton/2026-03-04"]


MISTAKES = {
    "meeting": "the following arguments are required: ACTION",
    "meeting open kingston-upon-thames 2026-03-04": "invalid choice: 'open'",
    "meeting new kingston-upon-thames": "the following arguments are required: DATE",
    "meeting new kingstn 2026-03-04": "no place called 'kingstn': did you mean Kingston upon Thames?",
    "meeting new london 2026-03-04": "London is not a borough: meetings are held in boroughs",
    "meeting new south-west 2026-03-04": "is not a borough: meetings are held in boroughs",
    "meeting new ../../etc 2026-03-04": "no place called '../../etc'",
    "meeting new bromley 2026-02-30": "argument DATE: '2026-02-30' is not a day",
    "meeting new bromley soon": "argument DATE: 'soon' is not a day",
    "meeting new bromley 2022-03-04": "2022-03-04 is not between the launch of the plan, 2023-07-17, and 2099",
    "meeting new bromley 2025-12-04": "2025-12-04.yaml: there is a file for that meeting already: edit it",
}


@pytest.mark.parametrize("words", MISTAKES)
def test_a_mistake_is_refused_and_nothing_is_written(recorded, refused, words):
    refused(*words.split(), says=MISTAKES[words])


def test_a_folder_that_cannot_be_written_is_told_in_one_line(recorded, refused):
    (recorded.data / "meetings/sutton").write_text("in the way", encoding="utf-8")
    refused("meeting", "new", "sutton", "2026-03-04", says="sutton: stands beside the areas")
