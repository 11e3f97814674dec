"""Taking a page down: out of every edition there is and will be; and telling what is not as it was published."""

from datetime import date

import pytest

from metrics.cli import main
from metrics.domain import Refused
from metrics.publish import editions, publish, verify, withdraw
from tests.web.server.conftest import EXPLORER, Front, asked, edition, stub

DAY = date(2026, 11, 26)
MEETING = "kingston-upon-thames/2026-05-05/index.html"
NAMED = b"<!doctype html><title>Minutes</title><main id='promised'>Mr Smith of Elm Road " + b"spoke. " * 60 + b"</main>"


def files(mark: str) -> dict[str, bytes]:
    first = edition(mark)["index.html"] + b'<a href="kingston-upon-thames/2026-05-05/#promised">m</a>'
    return edition(mark) | {MEETING: NAMED, "index.html": first}


@pytest.fixture
def folder(tmp_path):
    """Two editions with the same page."""
    for mark in ("e1", "e2"):
        publish(tmp_path / "public", files(mark), name=mark)
    return tmp_path / "public"


def served(folder) -> Front:
    """A server of the editions."""
    chosen = {"builds": lambda: ("b1", None), "public": True, "published": folder}
    return Front(stub, explorer=EXPLORER, **chosen)


def holds_it(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file() and b"Elm Road" in path.read_bytes()]


def test_a_page_is_withdrawn_from_every_edition_there_is_and_will_be(folder):
    assert len(holds_it(folder)) >= 2
    assert withdraw(folder, "/kingston-upon-thames/2026-05-05/", "it named a resident", DAY) == ["e1", "e2"]
    assert holds_it(folder) == []
    for name in ("e1", "e2"):
        assert b"withdrawn on 26 November 2026: it named a resident" in (folder / "editions" / name / MEETING).read_bytes()
        verify(folder, name)
    publish(folder, files("e3"), name="e3")
    assert holds_it(folder) == [] and verify(folder, "e3")
    publish(folder, files("e2"), name="e2")
    assert editions.current(folder) == "e2" and holds_it(folder) == []


def test_a_running_server_shows_the_note_at_once(folder):
    front = served(folder)
    addresses = ("/kingston-upon-thames/2026-05-05/", "/as-at/e1/kingston-upon-thames/2026-05-05/")
    for address in addresses:
        answer = asked(front, address, accept_encoding="br")
        assert answer.status == 200 and "immutable" not in answer.headers["cache-control"]
    withdraw(folder, addresses[0], "it named a resident", DAY)
    for address in addresses:
        assert b"Withdrawn" in asked(front, address).body


def test_an_edition_is_withdrawn_whole_unless_it_is_in_use(folder):
    with pytest.raises(Refused, match="in use"):
        withdraw(folder, "e2", "wrong figures", DAY)
    assert withdraw(folder, "e1", "wrong figures", DAY) == ["e1"]
    assert sorted(path.name for path in (folder / "editions/e1").iterdir()) == ["404.html", "index.html", "manifest.json"]
    assert verify(folder, "e1") == 2 and verify(folder, "e2")


def test_what_is_not_there_or_has_no_reason_is_refused_and_changes_nothing(folder):
    wrong = (("/nowhere/", "x", "no edition in public"), ("/kingston-upon-thames/", "  ", "say why"), ("../e1", "x", "no edition"))
    for what, reason, says in wrong:
        with pytest.raises(Refused, match=says):
            withdraw(folder, what, reason, DAY)
    assert not (folder / "withdrawn.json").exists() and verify(folder)


def test_the_commands_withdraw_and_verify(folder, capsys):
    assert main(["withdraw", str(folder), "/kingston-upon-thames/2026-05-05/", "--reason", "it named a resident"]) == 0
    assert capsys.readouterr().out == "withdrawn from 2 editions: e1, e2\n"
    assert main(["verify", str(folder)]) == 0
    page = folder / "current/index.html"
    page.chmod(0o644)
    page.write_bytes(b"another")
    assert main(["verify", str(folder)]) == 1
    assert "index.html is not as it was published" in capsys.readouterr().err


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"changed"), lambda path: path.write_bytes(path.read_bytes()[:99]),
                                   lambda path: path.unlink()], ids=["changed", "cut", "removed"])
def test_a_file_that_is_not_as_published_is_not_served_and_that_is_said(folder, spoil):
    front = served(folder)
    for name in ("kingston-upon-thames/figures.csv", "whole.zip"):
        path = folder / "editions/e2" / name
        path.chmod(0o644)
        spoil(path)
        answer = asked(front, f"/{name}")
        assert (answer.status, answer.body) == (503, b"This page is damaged and not shown. Please tell the people who run this site.\n")
    assert asked(front, "/healthz").status == 503
    assert asked(front, "/").status == 200
