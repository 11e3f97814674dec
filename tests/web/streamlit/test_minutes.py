"""The form for minutes, pages/minutes.py: what goes in comes back on the next agenda, and a mistake changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics import definitions
from metrics.domain import Refused
from metrics.web.streamlit import minutes_form, shell, writing

SCRIPT = Path(__file__).parents[3] / "metrics" / "web" / "streamlit" / "script.py"
PAGE = Path(__file__).parents[3] / "pages" / "minutes.py"


@pytest.fixture
def desk(project, monkeypatch):
    """The page on a project of its own, with one release, so that a meeting can really be put on record."""
    file = project.put("t.csv", "measure,place,period,value,base,note\nanswer-999,london,2025-03,88.5,,x\n")
    project.take("template", file, published="2025-04-30")
    assert project.run("build")[0] == 0
    monkeypatch.setenv("METRICS_CONFIG", str(project.config))
    monkeypatch.setattr(writing, "role", lambda: writing.WITH_THE_KEY)
    app = AppTest.from_file(str(SCRIPT), default_timeout=120)
    app.switch_page(str(PAGE))
    app.query_params["area"] = "kingston-upon-thames"
    return project, app.run()


def fill(app, *, day=date(2026, 5, 5), concerns="", commitments="", source="Minutes of the ward panel"):
    app.date_input[0].set_value(day)
    app.text_input[0].set_value(source)
    app.text_area[0].set_value(concerns)
    app.text_area[1].set_value(commitments)
    app.button[0].click()
    return app.run()


def meetings(project):
    return {one.id: one for one in definitions.definitions(project.data, "new-met-2023").meetings}


def test_what_was_asked_and_promised_is_on_record_and_built(desk):
    project, app = desk
    before = project.database.joinpath("CURRENT").read_text(encoding="utf-8")
    app = fill(app, concerns="Parks | Lighting in the park at night", commitments="Walk the park each week | ward sergeant | 2026-08")
    assert [one.value for one in app.error] == []
    assert "On record" in app.success[0].value
    kept = meetings(project)["kingston-upon-thames/2026-05-05"]
    assert (kept.status, kept.concerns[0].theme, kept.commitments[0].owner, kept.commitments[0].due) == (
        "held", "Parks", "ward sergeant", "2026-08",
    )
    assert project.database.joinpath("CURRENT").read_text(encoding="utf-8") != before
    log = (project.data / "changes.csv").read_text(encoding="utf-8").splitlines()
    assert log[-1].endswith(",with the key of this machine,meetings/kingston-upon-thames/2026-05-05.yaml")


@pytest.mark.parametrize(("given", "says"), [
    ({"concerns": "no theme"}, "what was raised, line 1"),
    ({"concerns": "Parks | Lighting | good-jb"}, "did you mean good-job?"),
    ({"commitments": "walk"}, "what was promised, line 1"),
    ({"commitments": "Walk | ward sergeant | soon"}, "due"),
    ({"concerns": "Parks | Mr Smith wants light"}, "role"),
    ({"concerns": "Parks | <b>light</b>"}, "no HTML"),
    ({"day": None}, "on which day"),
    ({"source": "", "concerns": "Parks | Light"}, "where this can be read"),
], ids=lambda value: str(value)[:40])
def test_a_mistake_is_told_and_changes_nothing(desk, given, says):
    project, app = desk
    before = project.digest()
    app = fill(app, **given)
    (error,) = app.error
    assert says.replace("-", r"\-") in error.value or says in error.value
    assert project.digest() == before


def test_the_public_edition_has_no_such_page_and_refuses_to_write(desk, monkeypatch):
    project, _ = desk
    public = project.root / "public.yaml"
    public.write_text(project.config.read_text(encoding="utf-8").replace("edition: full", "edition: public"), encoding="utf-8")
    monkeypatch.setenv("METRICS_CONFIG", str(public))
    before = project.digest()
    assert "minutes" not in shell.served()
    place = definitions.definitions(project.data, "new-met-2023").places["kingston-upon-thames"]
    with pytest.raises(Refused, match="public edition"):
        minutes_form._recorded(None, place, date(2026, 5, 5), "Minutes", "Parks | Light", "", "")
    assert project.digest() == before
