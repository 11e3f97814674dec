"""Sockets: none from another site, none under another name, and none that sends more than a person can."""

import pytest

from metrics.web.server import visitor_limits
from metrics.web.server.front import Front
from tests.web.server.conftest import EXPLORER
from tests.web.stories import run


async def _open(front: Front, headers: dict[str, str], messages: list[dict]) -> list[dict]:
    """What comes back of a socket that is opened and sends some messages."""
    waiting, sent = iter([{"type": "websocket.connect"}, *messages]), []

    async def receive() -> dict:
        return next(waiting, {"type": "websocket.disconnect", "code": 1000})

    async def send(message: dict) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await front({"type": "websocket", "path": "/_stcore/stream", "headers": raw, "query_string": b""}, receive, send)
    return sent


@pytest.fixture
def socket(tmp_path):
    """Open a socket at a door: what came back, and what reached Streamlit."""

    def opened(messages: list[dict] | None = None, *, public: bool = True, **headers: str) -> tuple[list[dict], list[dict]]:
        reached = []

        async def streamlit(scope, receive, send) -> None:
            while not reached or reached[-1]["type"] != "websocket.disconnect":
                reached.append(await receive())

        front = Front(streamlit, explorer=EXPLORER, builds=lambda: ("b1", None), public=public, published=None)
        return run(_open(front, headers, messages or [])), reached

    return opened


def message(size: int) -> dict:
    return {"type": "websocket.receive", "bytes": b"x" * size}


@pytest.mark.parametrize(
    ("public", "host", "origin"),
    [
        (True, "progress.example", "https://other.example"),
        (True, "progress.example", "http://localhost:3000"),
        (False, "localhost:8501", "http://localhost:3000"),
        (False, "rebound.example:8501", "http://rebound.example:8501"),
        (False, "localhost:8501", None),
    ],
)
def test_a_socket_from_elsewhere_never_reaches_streamlit(socket, public, host, origin):
    sent, reached = socket(public=public, host=host, **({"origin": origin} if origin else {}))
    assert [part["type"] for part in sent] == ["websocket.close"]
    assert reached == []


@pytest.mark.parametrize(("public", "host"), [(True, "progress.example"), (False, "localhost:8501"), (False, "127.0.0.1:8501")])
def test_a_socket_of_our_own_pages_is_opened(socket, public, host):
    sent, reached = socket(public=public, host=host, origin=f"http://{host}")
    assert sent == []
    assert [part["type"] for part in reached] == ["websocket.connect", "websocket.disconnect"]


def test_a_socket_that_floods_is_closed(socket):
    _, reached = socket([message(10)] * 5000, host="a", origin="http://a")
    assert sum(part["type"] == "websocket.receive" for part in reached) <= visitor_limits.BURST + visitor_limits.A_SECOND
    assert reached[-1] == {"type": "websocket.disconnect", "code": visitor_limits.TOO_MUCH}


def test_a_message_that_no_page_sends_is_not_read(socket):
    _, reached = socket([message(visitor_limits.LONGEST_MESSAGE + 1)], host="a", origin="http://a")
    assert reached[-1]["code"] == visitor_limits.TOO_MUCH


def test_the_full_edition_answers_for_this_machine_alone(door):
    assert door(public=False, folder=None)("/", host="rebound.example:8501").status == 421
    assert door(public=False, folder=None)("/", host="localhost:8501").status == 200
