"""The form for minutes, pages/minutes.py: what goes in comes back on the next agenda, and a mistake changes nothing."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics import definitions
from metrics.build import database
from metrics.definitions import configuration
from metrics.domain import Refused
from metrics.meetings import minutes
from metrics.web.streamlit import minutes_form, shell, sign_in
from tests.conftest import Project
from tests.ingest.samples import keep

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "metrics" / "web" / "streamlit" / "script.py"
PAGE = ROOT / "pages" / "minutes.py"
AREA = "kingston-upon-thames"
KINDS = ("text_area", "text_input", "selectbox", "multiselect", "checkbox", "date_input")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with one release, one area's meetings and a database; nobody changes it."""
    project = Project(tmp_path_factory.mktemp("built"))
    shutil.copytree(ROOT / "data" / "meetings" / AREA, project.data / "meetings" / AREA)
    keep(project.data, "template", date(2025, 4, 30), [("answer-999", "london", "2025-03", 88.5, None)])
    database.build_project(configuration.load(project.config))
    return project


@pytest.fixture
def desk(built, project, monkeypatch):
    """The page on a project of its own, with one release, so that a meeting can really be put on record."""
    shutil.copytree(built.root, project.root, dirs_exist_ok=True)
    monkeypatch.setenv("METRICS_CONFIG", str(project.config))
    monkeypatch.setattr(sign_in, "role_here", lambda: sign_in.WITH_THE_KEY)
    app = AppTest.from_file(str(SCRIPT), default_timeout=120)
    app.switch_page(str(PAGE))
    app.query_params["area"] = "kingston-upon-thames"
    return project, app.run()


def chosen(app, **values):
    """The form with boxes filled, by the words of their labels, and run once more."""
    for words, value in values.items():
        label = words.replace("_", " ")
        (box,) = [box for kind in KINDS for box in getattr(app, kind) if label in box.label.replace("-", " ")]
        box.set_value(value)
    return app.run()


def pressed(app, label):
    """The form after a button was pressed."""
    (button,) = [button for button in app.button if button.label == label]
    button.click()
    return app.run()


def opened(app, *, day=date(2026, 5, 5), source="Minutes of the ward panel"):
    return chosen(chosen(app, Day_of_the_meeting=day), Where_this_can_be_read=source)


def meetings(project):
    return {meeting.id: meeting for meeting in definitions.definitions(project.data, "new-met-2023").meetings}


def words(app):
    return " ".join(block.body for block in app.get("html"))


LIGHTS = {
    "Concern_1:_what_was_raised": "Lighting in the park at night", "Concern_1:_theme": "Visible policing",
    "Concern_1:_no_measure_answers": True,
}
WALK = {
    "Promise_1:_what_was_promised": "Walk the park each week", "Promise_1:_whose_role": "ward sergeant", "Promise_1:_due": "2026-08",
    "Promise_1:_which_concern": "Lighting in the park at night",
}


def test_two_concerns_and_a_promise_are_looked_at_then_on_record_and_built(desk):
    project, app = desk
    before = project.database.joinpath("CURRENT").read_text(encoding="utf-8")
    app = pressed(chosen(opened(app), **LIGHTS), "Add a concern")
    app = chosen(app, **WALK, **{
        "Concern_2:_what_was_raised": "More officers at the station", "Concern_2:_theme": "Visible policing",
        "Concern_2:_measures": ["officers-pcsos"],
    })
    app = pressed(app, "Look at what would change")
    assert [error.value for error in app.error] == []
    assert words(app).count("New concern") == 2 and "New promise" in words(app)
    assert "Officers and PCSOs in post" in words(app) and "answers: Lighting in the park at night" in words(app)
    assert "kingston-upon-thames/2026-05-05" not in meetings(project)
    app = pressed(app, "Put on record")
    assert app.success[0].value.replace("\\", "") == "On record: Kingston upon Thames, 5 May 2026, 2 concerns and 1 promise."
    kept = meetings(project)["kingston-upon-thames/2026-05-05"]
    assert [concern.measures for concern in kept.concerns] == [(), ("officers-pcsos",)]
    (promise,) = kept.commitments
    assert (promise.owner, promise.due, promise.concern) == ("ward sergeant", "2026-08", kept.concerns[0].id)
    assert project.database.joinpath("CURRENT").read_text(encoding="utf-8") != before
    log = (project.data / "changes.csv").read_text(encoding="utf-8").splitlines()
    assert log[-1].endswith(",with the key of this machine,meetings/kingston-upon-thames/2026-05-05.yaml")


def test_a_source_that_is_missing_is_asked_for_at_its_field_and_nothing_is_looked_at(desk):
    _, app = desk
    app = pressed(chosen(opened(app), Where_this_can_be_read=" ", **LIGHTS), "Look at what would change")
    assert [error.value for error in app.error] == ["Say where this can be read: nothing goes on record without its source."]
    assert "What would change" not in [header.value for header in app.header]
    kinds = [element.type for element in app.main if element.type in ("error", "text_input", "text_area")]
    assert kinds.index("error") == kinds.index("text_input") + 1


def test_what_is_on_record_is_corrected_and_taken_off_and_its_words_before_are_kept(desk):
    project, app = desk
    app = chosen(app, Which_meeting="kingston-upon-thames/2023-08-07")
    app = chosen(app, **{
        "Concern_1:_what_was_raised": "Better communication with residents.", "Concern_2:_take_it_off": True,
        "Promise_1:_what_became_of_it": "not done",
    })
    app = chosen(app, **{"Promise_1:_reported_on": date(2026, 5, 5), "Promise_1:_what_was_reported": "No money was found."})
    app = pressed(app, "Look at what would change")
    assert [error.value for error in app.error] == []
    for change in ("Changed concern", "Taken off: concern", "Changed promise"):
        assert words(app).count(change) == 1
    assert "Better communication with residents." in words(app) and "Before: Better communication between the police and" in words(app)
    pressed(app, "Put on record")
    kept = meetings(project)["kingston-upon-thames/2023-08-07"]
    assert kept.concerns[0].text == "Better communication with residents." and "diversity" not in [concern.id for concern in kept.concerns]
    assert (kept.commitments[0].history[-1].status, kept.commitments[0].reform) == ("not done", "community-crime-fighting")
    (earlier,) = (project.data / "earlier" / "meetings" / "kingston-upon-thames").iterdir()
    assert "Greater diversity and inclusion" in earlier.read_text(encoding="utf-8")


def test_the_day_of_the_next_meeting_begins_its_file_with_what_is_open(desk):
    project, app = desk
    app = chosen(chosen(opened(app), **LIGHTS), **WALK)
    app = pressed(chosen(app, Its_day=date(2026, 8, 4)), "Look at what would change")
    pressed(app, "Put on record")
    kept = meetings(project)
    assert kept["kingston-upon-thames/2026-05-05"].next.by == "2026-08"
    coming = kept["kingston-upon-thames/2026-08-04"]
    assert coming.status == "promised" and "Walk the park each week" in [promise.text for promise in coming.commitments]


def test_a_promise_stays_as_it_is_where_two_concerns_have_the_same_words(desk):
    project, app = desk
    for day, ward in ((date(2026, 2, 3), "Canbury"), (date(2026, 5, 5), "Canbury"), (date(2026, 5, 5), "Norbiton")):
        lights = {"text": "Lighting in the park at night", "theme": "Streets", "ward": ward, "id": f"lights-{day:%m}-{ward.lower()}"}
        walk = {"text": f"Walk in {ward}", "owner": "ward sergeant", "concern": lights["id"]}
        minutes.record(project.data, project.definitions, AREA, day, concerns=[lights], commitments=[walk], source="Minutes")
    app = pressed(chosen(app.run(), Which_meeting=f"{AREA}/2026-05-05"), "Look at what would change")
    assert [error.value for error in app.error] == []
    assert "Nothing." in words(app) and "Changed" not in words(app)


def test_a_whole_meeting_is_taken_off_once_that_was_said_twice(desk):
    project, app = desk
    app = chosen(app, Which_meeting="kingston-upon-thames/2023-08-07")
    (button,) = [button for button in app.button if button.label == "Take off"]
    assert button.disabled
    pressed(chosen(app, its_file_is_kept=True), "Take off")
    assert "kingston-upon-thames/2023-08-07" not in meetings(project)
    assert len(list((project.data / "earlier" / "meetings" / "kingston-upon-thames").iterdir())) == 1


@pytest.mark.parametrize(("given", "says"), [
    (LIGHTS | {"Concern_1:_theme": None}, "choose a theme, or write one and press Enter"),
    (LIGHTS | {"Concern_1:_no_measure_answers": False}, "choose the measures that answer it"),
    (LIGHTS | {"Concern_1:_measures": ["good-job"]}, "choose the measures that answer it"),
    (WALK | {"Promise_1:_whose_role": "", "Promise_1:_which_concern": None}, "whose role"),
    (LIGHTS | WALK | {"Concern_1:_theme": None, "Promise_1:_whose_role": ""}, "Enter; promise 1: say whose role it is"),
    (LIGHTS | {"Concern_1:_what_was_raised": "Mr Smith wants light"}, "role"),
    (LIGHTS | {"Concern_1:_what_was_raised": "<b>light</b>"}, "no HTML"),
    (LIGHTS | {"Where_this_can_be_read": ""}, "where this can be read"),
], ids=lambda value: str(value)[-60:])
def test_a_mistake_is_told_and_changes_nothing(desk, given, says):
    project, app = desk
    before = project.digest()
    app = opened(app)
    raised = {name: value for name, value in given.items() if name != "Promise_1:_which_concern"}
    app = pressed(chosen(app, **raised), "Look at what would change")
    (error,) = app.error
    assert says in error.value.replace("\\", "")
    assert project.digest() == before


def test_a_record_that_somebody_else_changed_meanwhile_is_not_written_over(project):
    shutil.copytree(ROOT / "data" / "meetings" / AREA, project.data / "meetings" / AREA)
    known = definitions.definitions(project.data, "new-met-2023")
    day, area = date(2023, 8, 7), AREA
    read = minutes.on_record(known, area, day)
    facts = {"source": "Minutes", "today": date(2026, 5, 5), "role": "may record", "commitments": [], "promised_next": None}
    minutes.revise(project.data, known, area, day, concerns=[], read=read, keep=True, **facts)
    before = project.digest()
    with pytest.raises(Refused, match="changed by somebody else"):
        minutes.revise(project.data, known, area, day, concerns=[], read=read, keep=True, **facts)
    assert project.digest() == before


def test_the_public_edition_has_no_such_page_and_refuses_to_write(desk, monkeypatch):
    project, _ = desk
    public = project.root / "public.yaml"
    public.write_text(project.config.read_text(encoding="utf-8").replace("edition: full", "edition: public"), encoding="utf-8")
    monkeypatch.setenv("METRICS_CONFIG", str(public))
    before = project.digest()
    assert "minutes" not in shell.served()
    known = definitions.definitions(project.data, "new-met-2023")
    filled = minutes_form.Filled(date(2026, 5, 5), "Minutes", (), (), "", None, None)
    with pytest.raises(Refused, match="public edition"):
        minutes_form._revise(configuration.load(public), known, known.places["kingston-upon-thames"], filled, keep=True)
    assert project.digest() == before
