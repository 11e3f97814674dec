"""Health: true as long as pages can be shown, and it says what on the disk is newer than what is shown."""

import json

from metrics.domain import Refused
from metrics.publish import publish
from metrics.publish.editions import MADE_OF
from metrics.web.server import Front
from tests.web.server.conftest import EXPLORER, asked, edition, stub


def health(folder, behind=list, build="000002-b.duckdb") -> tuple[int, dict]:
    """What a server of an edition says of itself."""
    chosen = {"builds": lambda: (build, None), "behind": behind, "public": True, "published": folder}
    front = Front(stub, explorer=EXPLORER, **chosen)
    answer = asked(front, "/healthz")
    return answer.status, json.loads(answer.body)


def made_of(folder, build: str):
    """An edition that says of which build it was made."""
    publish(folder, edition("e1") | {MADE_OF: json.dumps({"build": build}).encode()}, name=f"e-{build[:6]}")
    return folder


def test_what_is_newer_than_the_build_is_said_and_the_pages_are_well(published):
    status, state = health(published, behind=lambda: ["3 files"])
    assert (status, state["ok"], state["behind"]) == (200, True, ["3 files"])


def test_pages_of_another_build_are_said(tmp_path):
    folder = made_of(tmp_path / "public", "000001-a.duckdb")
    status, state = health(folder)
    assert (status, state["ok"]) == (200, True)
    assert state["behind"] == ["the pages are of another build, 000001-a.duckdb: run `python -m metrics publish`"]
    assert health(folder, build="000001-a.duckdb")[1]["behind"] == []


def test_definitions_of_a_build_that_cannot_be_read_are_a_fault(published):
    def unreadable():
        raise Refused("not read")

    status, state = health(published, behind=unreadable)
    assert (status, state["ok"], state["edition"]) == (503, False, "e2")
