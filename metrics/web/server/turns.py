"""
Costly answers are worked out one at a time, address by address in turn.

An address that asks for many of them at once waits behind every address that asks for one, and what is ready is answered beside them
with at least half of a core. A file that is asked for while an address has many waiting is refused, so that it cannot take all threads.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from starlette.requests import Request

from metrics.domain import Refused

MOST = 12
"""Files of one address that may wait for their turn, of the forty threads that there are for them."""
BEHIND = ("127.0.0.1", "::1")
asking: ContextVar[str | None] = ContextVar("asking", default=None)
"""The address that asks for a file; none while a page is run."""


class Turns:
    """
    Who works and who waits.

    Examples
    --------
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

        Raises
        ------
        Refused
            More than `most` of that address wait already.
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

    Examples
    --------
    >>> told = {"type": "http", "headers": [(b"x-real-ip", b"192.0.2.7")]}
    >>> address_of(Request(told | {"client": ("127.0.0.1", 1)})), address_of(Request(told | {"client": ("192.0.2.9", 1)}))
    ('192.0.2.7', '192.0.2.9')
    """
    client = request.client.host if request.client else ""
    return (client in BEHIND and request.headers.get("x-real-ip", "")[:45]) or client
