"""
So that no visitor harms another: who may open a socket, how much may be sent through it, and costly answers one at a time, in turn.

A page of another site may not open a socket here, and no name server is asked to find that out. A socket that sends more or longer
messages than a person can is closed. An address that asks for many costly answers at once waits behind every address that asks for one, and
what is ready is answered beside them with at least half of a core. A file that is asked for while an address has many waiting is refused.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Message, Receive

from metrics.domain import Refused

LONGEST_MESSAGE = 64_000
"""Bytes of one message; what pages send is below 3,000, as every choice stands in an address of at most 4,096."""
BURST, A_SECOND = 120, 20
"""Messages that may come at once, and how many more each second allows; a person who types and chooses sends some five a second."""
TOO_MUCH = 1008
OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")


def may_open(headers: Headers, *, names: tuple[str, ...] | None) -> bool:
    """
    Whether a socket comes from this very site.

    `names`: of the full edition: it answers for these alone, so that no other name can be made to lead here. None of the public one.

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

    >>> [is_one_of(OWN_NAMES, host) for host in ("127.0.0.1:8501", "[::1]:80", "localhost.evil.example")]
    [True, True, False]
    """
    return any(f"{host}:".startswith(f"{name}:") for name in names)


class Allowance:
    """
    How many messages may still come: a bucket that fills with time.

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


MOST = 12
"""Files of one address that may wait for their turn, of the forty threads that there are for them."""
BEHIND = ("127.0.0.1", "::1")
asking: ContextVar[str | None] = ContextVar("asking", default=None)
"""The address that asks for a file; none while a page is run."""


class Turns:
    """
    Who works and who waits.

    >>> turns = Turns()
    >>> with turns.taken("a"), turns.taken("a"):
    ...     print("a turn that is held is not waited for")
    a turn that is held is not waited for
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, deque[object]] = OrderedDict()
        self._working: int | None = None

    @contextmanager
    def taken(self, who: str, most: int | None = None) -> Iterator[None]:
        """
        Wait for the turn of an address and hold it.

        Raises Refused: more than `most` of that address wait already.
        """
        if self._working == threading.get_ident():
            yield
            return
        self._wait(who, most)
        try:
            yield
        finally:
            with self._changed:
                self._working = None
                self._changed.notify_all()

    def waiting(self, who: str) -> int:
        """How many of an address wait."""
        return len(self._waiting.get(who, ()))

    def _wait(self, who: str, most: int | None) -> None:
        ticket = object()
        with self._changed:
            if most is not None and self.waiting(who) >= most:
                raise Refused("too much is asked at once from here: try again in a moment")
            self._waiting.setdefault(who, deque()).append(ticket)
            self._changed.wait_for(lambda: self._working is None and next(iter(self._waiting.values()))[0] is ticket)
            self._working = threading.get_ident()
            line = self._waiting.pop(who)
            line.popleft()
            if line:
                self._waiting[who] = line


def address_of(request: Request) -> str:
    """
    Who asks: the address that a server in front tells, where one on this machine stands in front.

    >>> told = {"type": "http", "headers": [(b"x-real-ip", b"192.0.2.7")]}
    >>> address_of(Request(told | {"client": ("127.0.0.1", 1)})), address_of(Request(told | {"client": ("192.0.2.9", 1)}))
    ('192.0.2.7', '192.0.2.9')
    """
    client = request.client.host if request.client else ""
    return (client in BEHIND and request.headers.get("x-real-ip", "")[:45]) or client
