"""Attacks: addresses and parameters that mean nothing, frames that are no messages, and what is not offered."""

import asyncio
import os
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from metrics.web.streamlit import shell
from tests.faults.hosting import Site
from tests.faults.visitors import Door, Visitor
from tests.tries import tries
from tests.web.server.conftest import HOST, ROOT, over_tls, plainly
from tests.web.server.test_plain_pages import PIECES
from tests.web.stories import run

SEED, TARGETS, VIEWS = 2023, tries(4000), tries(50)
TEXTS = ["", " ", "..", "../../etc/passwd", "/etc/passwd", "\x00", "<script>alert(1)</script>", "' OR 1=1 --", '"', "%s%n"]
TEXTS += ["{0.__class__}", "${jndi:x}", "brent\r\nSet-Cookie: a=b", "B\u202eent", "\U0001f600", "\ud7ff", "İ", "ß" * 400, "a" * 20_000]
TEXTS += ["Kingston", "kingstn", "London", "brent,camden", "0", "-1", "NaN", "1e999", "2024-02-30", "2024-13-01", "9999-12-31", "null"]
TEXTS += ["true", "[]", "{}", "\\", "$x$", "**brent**", "![a](https://example.org/a.png)", ":material/home:", "file:///etc/passwd"]
TEXTS += ["brent;camden", "..%2f", "%00", "\t\n"]
NAMES = ["area", "measure", "show", "as-at", "since", "agenda", "claim", "embed", "page", "__proto__", "a" * 300]
LEAKS = re.compile(
    r"/(?:root|home|usr|opt|work|tmp|etc|srv|var)/|site-packages|Traceback|\.py\b|line \d+, in|duckdb|root:x:", re.IGNORECASE
)
SHOWN = ("title", "header", "html", "info", "warning", "error", "markdown")
HUGE, SOME = 30 << 20, 12
GROWTH = 20 << 10
"""Kilobytes that a server may hold more after the frames than before."""


def view(chance: np.random.Generator, given: int) -> dict[str, str | list[str]]:
    """A few parameters that mean nothing, some of them twice."""
    names = [NAMES[n] for n in chance.integers(0, len(NAMES), given)]
    return {name: [TEXTS[n] for n in chance.integers(0, len(TEXTS), chance.integers(1, 3))] for name in names}


@pytest.mark.parametrize("page", [name for name in shell.PAGES if name not in shell.ONLY_IN_FULL])
def test_parameters_without_meaning_give_a_whole_page_and_tell_nothing_of_the_server(served, monkeypatch, page):
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    chance = np.random.default_rng(SEED)
    app = AppTest.from_file(str(ROOT / "metrics/web/streamlit/script.py"), default_timeout=60)
    app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    for _ in range(VIEWS):
        given = view(chance, int(chance.integers(1, 5)))
        app.query_params.clear()
        for name, values in given.items():
            app.query_params[name] = values
        app.run()
        assert [error.message for error in app.exception] == [], given
        assert app.title or any("<h1>" in element.proto.body for element in app.get("html")), given
        # What was typed is shown again, cut short; what it was is none of ours.
        texts = [element.proto.body for kind in SHOWN for element in app.get(kind)]
        shown = "\n".join(texts).replace("\\", "")
        for text in TEXTS:
            shown = shown.replace(text, "") if len(text) > 3 else shown
        assert not LEAKS.search(shown), (given, LEAKS.search(shown))


def test_a_misspelt_borough_is_said_and_never_taken_for_another(served, monkeypatch):
    monkeypatch.setenv("METRICS_CONFIG", str(served))
    app = AppTest.from_file(str(ROOT / "metrics/web/streamlit/script.py"), default_timeout=60)
    for text in ("Kingstn", "londn", "../brent", "brent,camden"):
        app.query_params["area"] = text
        app.run()
        assert any("No place called" in warning.value.replace("\\", "") for warning in app.warning), text
        assert app.selectbox[0].value is None


def test_malformed_explorer_addresses_are_answered_without_a_fault(hosting):
    """Of a real server; ten thousand more go to the door by itself in `tests/serving`."""
    chance, statuses = np.random.default_rng(SEED), {}
    pieces = [*PIECES, *TEXTS, "explore", "explore/", "_stcore/", "_stcore/health", "static/js", "media/", "component/x/", "?area=", "&"]
    port = hosting.replicas[0].port
    for turn in range(TARGETS):
        parts = [pieces[n] for n in chance.integers(0, len(pieces), chance.integers(1, 6))]
        raw = ("/explore/" + "/".join(parts)).encode("utf-8", "surrogatepass")
        target = re.sub(rb"[\x00-\x20]", b"%20", raw) if turn % 4 else raw
        answer = plainly(port, target)
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        assert not LEAKS.search(answer.body.decode("utf-8", "replace")) or answer.status == 200, target
        assert re.match(r"/(?![/\\])", answer.headers.get("location", "/x")) and "set-cookie" not in answer.headers
    assert {200, 404} <= set(statuses) <= {0, 200, 301, 304, 307, 400, 403, 404, 405, 414}, statuses


async def closed_with(door: Door, *frames: bytes | str) -> int:
    """The code with which the server hangs up after some frames."""
    visitor = Visitor(door)
    await visitor.connect()
    try:
        for frame in frames:
            await visitor.connection.send(frame)
        while True:
            await asyncio.wait_for(visitor.connection.recv(), 30)
    except ConnectionClosed as end:
        return end.rcvd.code if end.rcvd else 1006


@pytest.mark.parametrize(
    ("frames", "codes"),
    [
        ((b"\xff\xff\xff\xff",), {1002}),
        ((os.urandom(1000),), {1002}),
        ((b"\x00" * (2 << 20),), {1009, 1006}),
        ((b"\x00" * HUGE,), {1009, 1006}),
        (("words where bytes belong",), {1000, 1011, 1003, 1006}),
    ],
    ids=["no message", "noise", "2 MB", "30 MB", "text"],
)
def test_a_frame_that_is_no_message_ends_its_own_socket_and_nothing_else(hosting, frames, codes):
    async def story() -> int:
        other = Visitor(hosting.door, page="measure", query="area=brent")
        await other.open()
        code = await closed_with(hosting.door, *frames)
        await other.choose("Borough or postcode", "Sutton")
        assert other.query == "area=sutton" and not other.errors
        await other.leave()
        return code

    assert run(story()) in codes


def test_frames_of_thirty_megabytes_leave_no_memory_taken(hosting):
    async def story() -> None:
        for _ in range(SOME):
            await closed_with(hosting.door, b"\x00" * HUGE)

    run(closed_with(hosting.door, b"\x00" * HUGE))
    before = [replica.memory for replica in hosting.replicas]
    run(story())
    after = [replica.memory for replica in hosting.replicas]
    assert all(now - then < GROWTH for now, then in zip(after, before, strict=True)), (before, after)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"https://{HOST}.evil.example", f"http://evil.example/{HOST}"])
def test_a_page_of_another_site_opens_no_socket(hosting, origin):
    class Foreign(Door):
        @property
        def origin(self) -> str:
            return origin

    with pytest.raises(InvalidStatus) as refusal:
        run(Visitor(Foreign(hosting.door.port, HOST)).connect())
    assert refusal.value.response.status_code == 403


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        ("/explore/_stcore/upload_file/a/b", "PUT", 405),
        ("/explore/_stcore/upload_file/a/b", "POST", 405),
        ("/explore/_stcore/upload_file/a/b", "GET", 403),
        ("/explore/_stcore/metrics", "GET", 403),
        ("/explore/_stcore/script-health-check", "GET", 403),
        ("/explore/_stcore/agent", "GET", 404),
        ("/explore/_stcore/agent/mcp", "POST", 405),
        ("/explore/present/brent", "GET", 404),
        ("/explore/auth/login", "GET", 404),
        ("/explore/minutes", "GET", 404),
    ],
)
def test_nothing_can_be_sent_driven_or_looked_into_through_nginx_or_past_it(hosting, address, method, status):
    assert over_tls(hosting.door.port, address, method).status == status
    assert plainly(hosting.replicas[0].port, address, method).status in {status, 403, 404}


def test_both_replicas_are_well_after_all_of_it(hosting: Site):
    for replica in hosting.replicas:
        assert replica.process.poll() is None and plainly(replica.port, "/healthz").status == 200
