"""
Sockets: who may open one, and how much may be sent through it, before Streamlit sees any of it.

A page of another site may not open a socket here, and no name server is asked to find that out. A socket that sends more or longer
messages than a person can is closed, so that it harms nobody else.
"""

import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import Message, Receive

LONGEST_MESSAGE = 64_000
"""Bytes of one message; what pages send is below 3,000, as every choice stands in an address of at most 4,096."""
BURST, A_SECOND = 120, 20
"""Messages that may come at once, and how many more each second allows; a person who types and chooses sends some five a second."""
TOO_MUCH = 1008
OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")


def may_open(headers: Headers, *, names: tuple[str, ...] | None) -> bool:
    """
    Whether a socket comes from this very site.

    Parameters
    ----------
    names
        Of the full edition: it answers for these alone, so that no other name can be made to lead here. None of the public one.

    Examples
    --------
    >>> def opens(host, origin):
    ...     return may_open(Headers({"host": host, "origin": origin}), names=OWN_NAMES)
    >>> opens("localhost:8501", "http://localhost:8501")
    True
    >>> opens("localhost:8501", "http://localhost:3000"), opens("evil.example", "http://evil.example")
    (False, False)
    """
    host, origin = headers.get("host", ""), headers.get("origin", "")
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
    return any(f"{host}:".startswith(f"{name}:") for name in names)


class Allowance:
    """
    How many messages may still come: a bucket that fills with time.

    Examples
    --------
    >>> allowance = Allowance(clock=lambda: 0.0)
    >>> sum(allowance.spend() for _ in range(1000)) == BURST
    True
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock, self._left, self._since = clock, float(BURST), clock()

    def spend(self) -> bool:
        """Take one message from the bucket; False where it is empty."""
        now = self._clock()
        self._left, self._since = min(BURST, self._left + A_SECOND * (now - self._since)), now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def limited(receive: Receive) -> Receive:
    """What a socket receives, until it sends too much: then it is told to Streamlit as a closed one."""
    allowance, closed = Allowance(), False

    async def bounded() -> Message:
        """The next message; a closed socket once too much came."""
        nonlocal closed
        message = await receive() if not closed else {}
        size = len(message.get("bytes") or b"") + len(message.get("text") or "")
        closed = closed or (message["type"] == "websocket.receive" and (size > LONGEST_MESSAGE or not allowance.spend()))
        return {"type": "websocket.disconnect", "code": TOO_MUCH} if closed else message

    return bounded
