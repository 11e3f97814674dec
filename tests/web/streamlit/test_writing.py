"""Who may write: the key of this start, or a role; and where the full edition refuses to stand."""

import subprocess
import sys
from datetime import date
from types import SimpleNamespace

import pytest
import streamlit as st

from metrics import definitions
from metrics.definitions import configuration
from metrics.domain import Refused
from metrics.web.server import KEY_COOKIE
from metrics.web.streamlit import minutes_form, sign_in
from tests.web.streamlit.conftest import ROOT

ROLES = {"record": ["a@example.org"], "read": ["b@example.org"]}
SET_UP = {"auth": {"redirect_uri": "https://progress.example.org/oauth2callback"}, "roles": ROLES}


def with_cookies(monkeypatch, **cookies: str) -> None:
    """A visitor with these cookies."""
    monkeypatch.setattr(st, "context", SimpleNamespace(cookies=cookies))


def signed_in(monkeypatch, email: str | None) -> None:
    """A site where people sign in, and somebody there."""
    monkeypatch.setattr(sign_in, "settings", lambda: SET_UP)
    who = SimpleNamespace(is_logged_in=email is not None, get={"email": email}.get)
    monkeypatch.setattr(st, "user", who)


@pytest.mark.parametrize(("cookies", "role"), [
    ({}, None), ({KEY_COOKIE: "guessed"}, None), ({KEY_COOKIE: ""}, None), ({KEY_COOKIE: sign_in.KEY}, sign_in.WITH_THE_KEY),
], ids=["none", "guessed", "empty", "right"])
def test_on_one_s_own_machine_writing_needs_the_key_of_this_start(monkeypatch, cookies, role):
    with_cookies(monkeypatch, **cookies)
    assert sign_in.role_here() == role


def test_without_the_key_there_is_no_form_and_nothing_is_written(visit, served, monkeypatch, project):
    page = visit("minutes", area="brent")
    assert "open the address that was printed" in page.text and len(page.app.button) == 0
    monkeypatch.setenv("METRICS_CONFIG", str(project.config))
    with_cookies(monkeypatch)
    before, known = project.digest(), definitions.definitions(project.data, "new-met-2023")
    filled = minutes_form.Filled(date(2026, 5, 5), "Minutes", (), (), "", None, None)
    with pytest.raises(Refused, match="the key that writing needs"):
        minutes_form._revise(configuration.load(project.config), known, known.places["brent"], filled, keep=True)
    assert project.digest() == before


@pytest.mark.parametrize(("email", "role"), [
    ("A@example.org", "may record"), ("b@example.org", None), ("c@example.org", None), (None, None),
], ids=["records", "reads", "neither", "nobody"])
def test_where_people_sign_in_writing_needs_the_role(monkeypatch, email, role):
    signed_in(monkeypatch, email)
    assert sign_in.role_here() == role


@pytest.mark.parametrize(("email", "sees"), [("a@example.org", True), ("b@example.org", True), ("c@example.org", False), (None, False)])
def test_where_people_sign_in_only_a_role_sees_pages(visit, monkeypatch, email, sees):
    signed_in(monkeypatch, email)
    titles = [title.value for title in visit("plan").app.title]
    assert ("Sign in" in titles) != sees


@pytest.mark.parametrize(("settings", "says"), [
    ({"auth": {}}, "needs the lists record and read"),
    ({"auth": {}, "roles": {"record": "a@example.org", "read": []}}, "needs the lists record and read"),
])
def test_a_sign_in_that_is_set_up_in_part_is_refused(settings, says):
    with pytest.raises(Refused, match=says):
        sign_in.check(settings)


@pytest.mark.parametrize(("more", "published"), [
    (["--server.address", "::"], False), (["--server.address", ""], False), ([], True),
], ids=["every address", "no address", "beside pages"])
def test_the_full_edition_refuses_to_start_where_others_reach_it(served, tmp_path, monkeypatch, more, published):
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    if published:
        monkeypatch.setenv("METRICS_PUBLISHED", str(tmp_path))
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", "0", *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "edition: full can write" in done.stdout + done.stderr
