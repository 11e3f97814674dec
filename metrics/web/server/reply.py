"""An answer that is whole before anyone asks: its status, its headers and its bytes, and how it is sent."""

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from metrics.web.server.headers import Headers, of_page

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

ENCODINGS = {"br": b"br", "gz": b"gzip"}
"""What a sibling's ending is called in headers, the smallest first."""
READING = ("GET", "HEAD")
PART = 1 << 18
TAG = re.compile(rb'"[^"]*"')


@dataclass(frozen=True)
class Reply:
    """An answer; a body too large to keep is the path it is read from, with its length among the headers."""

    status: int
    headers: Headers
    body: bytes | Path = b""
    etag: bytes = b""
    modified: float = 0


def plain_text(status: int, words: str, *more: tuple[bytes, bytes]) -> Reply:
    """An answer of one line, with what every page tells the browser, never kept by anyone."""
    body = f"{words}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
    return Reply(status, [*headers, *more, *of_page("")], body)


def header(scope: Scope, name: bytes) -> bytes:
    """What a request says in one header; nothing where it says nothing."""
    return next((value for key, value in scope["headers"] if key == name), b"")


@lru_cache(maxsize=256)
def wanted(accept: bytes) -> tuple[str, ...]:
    """
    The endings of the encodings that a browser takes, the best first; last the plain file, which is always there.

    Examples
    --------
    >>> wanted(b"gzip, deflate, br")
    ('br', 'gz', '')
    >>> wanted(b"gzip;q=0.5, br;q=0, *;q=0.1")
    ('gz', '')
    """
    given: dict[bytes, float] = {}
    for part in accept[:200].lower().split(b","):
        name, _, weight = part.partition(b";")
        given[name.strip()] = _weight(weight)
    weights = {ending: given.get(name, given.get(b"*", 0)) for ending, name in ENCODINGS.items()}
    plain = given.get(b"identity", 0)
    taken = [ending for ending in ENCODINGS if weights[ending] > 0 and weights[ending] >= plain]
    return (*sorted(taken, key=lambda ending: -weights[ending]), "")


def _weight(parameter: bytes) -> float:
    name, _, value = parameter.partition(b"=")
    number = re.fullmatch(rb"[01](?:\.\d{0,3})?", value.strip()) if name.strip() == b"q" else None
    return float(number[0]) if number else float(not parameter.strip())


def unchanged(scope: Scope, reply: Reply) -> bool:
    """Whether a browser already holds an answer: by its tag, or by its time where no tag is sent."""
    tags = header(scope, b"if-none-match")
    if tags:
        return tags.strip() == b"*" or reply.etag in TAG.findall(tags[:2000])
    since = header(scope, b"if-modified-since")
    return bool(since and reply.modified) and reply.modified <= _time(since)


def _time(text: bytes) -> float:
    try:
        return parsedate_to_datetime(text[:40].decode("latin-1")).timestamp()
    except (ValueError, OverflowError):
        return 0


async def answer(scope: Scope, send: Send, reply: Reply) -> None:
    """Send an answer, without its body to HEAD, or as 304 to a browser that holds it."""
    if reply.status == 200 and reply.etag and unchanged(scope, reply):
        headers = [pair for pair in reply.headers if pair[0] not in (b"content-length", b"content-type", b"content-encoding")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    if isinstance(reply.body, Path) and scope["method"] != "HEAD":
        await _in_parts(send, reply)
        return
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else reply.body})


async def _in_parts(send: Send, reply: Reply) -> None:
    with reply.body.open("rb") as file:
        await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
        parts: Iterable[bytes] = iter(lambda: file.read(PART), b"")
        for part in parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
