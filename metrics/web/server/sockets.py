"""
Sockets: who may open one, and how much may be sent through it, before Streamlit sees any of it.

A page of another site may not open a socket here, and no name server is asked to find that out. A socket that sends more or longer
messages than a person can is closed, so that it harms nobody else.
"""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from metrics.web.server.reply import Scope, Send, header

Receive = Callable[[], Awaitable[Any]]

LONGEST_MESSAGE = 64_000
"""Bytes of one message; what pages send is below 3,000, as every choice stands in an address of at most 4,096."""
BURST, A_SECOND = 120, 20
"""Messages that may come at once, and how many more each second allows; a person who types and chooses sends some five a second."""
TOO_MUCH = 1008
OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")


def may_open(scope: Scope, *, names: tuple[str, ...] | None) -> bool:
    """
    Whether a socket comes from this very site.

    Parameters
    ----------
    names
        Of the full edition: it answers for these alone, so that no other name can be made to lead here. None of the public one.

    Examples
    --------
    >>> asked = {"headers": [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")]}
    >>> may_open(asked, names=OWN_NAMES)
    True
    >>> may_open({"headers": [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:3000")]}, names=OWN_NAMES)
    False
    >>> may_open({"headers": [(b"host", b"evil.example"), (b"origin", b"http://evil.example")]}, names=OWN_NAMES)
    False
    """
    host, origin = (header(scope, name).decode("latin-1") for name in (b"host", b"origin"))
    if names is not None and not is_one_of(names, host):
        return False
    return origin.partition("://")[2] == host if origin else names is None


def is_one_of(names: tuple[str, ...], host: str) -> bool:
    """
    Whether a host, with or without its port, is one of some names.

    Examples
    --------
    >>> [is_one_of(OWN_NAMES, host) for host in ("127.0.0.1:8501", "[::1]:80", "localhost.evil.example")]
    [True, True, False]
    """
    return any(host == name or host.startswith(f"{name}:") for name in names)


@dataclass
class Allowance:
    """
    How many messages may still come: a bucket that fills with time.

    Examples
    --------
    >>> allowance = Allowance(clock=lambda: 0.0)
    >>> sum(allowance.spend() for _ in range(1000)) == BURST
    True
    """

    clock: Callable[[], float] = time.monotonic
    left: float = BURST
    since: float = field(default=0.0)

    def __post_init__(self) -> None:
        self.since = self.clock()

    def spend(self) -> bool:
        """Take one message from the bucket; False where it is empty."""
        now = self.clock()
        self.left, self.since = min(BURST, self.left + A_SECOND * (now - self.since)), now
        if self.left < 1:
            return False
        self.left -= 1
        return True


def limited(receive: Receive) -> Receive:
    """What a socket receives, until it sends too much: then it is told to Streamlit as a closed one."""
    allowance, closed = Allowance(), False

    async def bounded() -> MutableMapping[str, Any]:
        """The next message; a closed socket once too much came."""
        nonlocal closed
        if closed:
            return {"type": "websocket.disconnect", "code": TOO_MUCH}
        message = await receive()
        if message["type"] == "websocket.receive" and (_size(message) > LONGEST_MESSAGE or not allowance.spend()):
            closed = True
            return {"type": "websocket.disconnect", "code": TOO_MUCH}
        return message

    return bounded


async def refuse(receive: Receive, send: Send) -> None:
    """Answer the opening of a socket with 403."""
    await receive()
    await send({"type": "websocket.close", "code": TOO_MUCH, "reason": "only pages of this site may open a socket"})


def _size(message: MutableMapping[str, Any]) -> int:
    return len(message.get("bytes") or b"") + len(message.get("text") or "")
