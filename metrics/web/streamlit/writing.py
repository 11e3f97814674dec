"""
Who may write, and where the full edition may stand.

On one's own machine it is whoever opened the address with the key that is printed when the dashboard starts: another page, another
program and another user of the machine do not know it. Where people sign in it is whoever has the role.
"""

import secrets

import streamlit as st

from metrics.domain import Config, Refused, project
from metrics.web.server import KEY_COOKIE
from metrics.web.streamlit import sign_in

KEY = secrets.token_urlsafe(24)
"""Of this start of the dashboard alone."""
WITH_THE_KEY = "with the key of this machine"
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")
HOW = "To record a meeting, open the address that was printed when the dashboard was started: it holds the key that writing needs."


def may_stand(config: Config, address: str | None, *, beside_pages: bool) -> None:
    """
    Refuse to start where the full edition would answer others than this machine, or beside published pages, without signing in.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> full = SimpleNamespace(edition="full")
    >>> may_stand(full, "127.0.0.1", beside_pages=False)
    >>> may_stand(full, "0.0.0.0", beside_pages=False)
    Traceback (most recent call last):
    metrics.domain.Refused: edition: full can write, so it is served at 127.0.0.1 alone: set edition: public, or set up signing in
    """
    if project.is_public(config):
        return
    if sign_in.is_set_up():
        sign_in.check(sign_in.settings())
        return
    if address not in OWN_MACHINE:
        raise Refused("edition: full can write, so it is served at 127.0.0.1 alone: set edition: public, or set up signing in")
    if beside_pages:
        raise Refused("edition: full can write, so it does not stand beside published pages: set edition: public, or set up signing in")


def role() -> str | None:
    """As whom the person who looks may write; none where they may not."""
    if sign_in.is_set_up():
        return sign_in.RECORD if sign_in.role() == sign_in.RECORD else None
    given = str(st.context.cookies.get(KEY_COOKIE, ""))
    return WITH_THE_KEY if secrets.compare_digest(given.encode(), KEY.encode()) else None


def as_whom() -> str:
    """
    The role in which something is written.

    Raises
    ------
    Refused
        The person who looks may not write.
    """
    granted = role()
    if granted is None:
        raise Refused(HOW)
    return granted
