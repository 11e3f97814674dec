"""
Signing in, for a full edition that others reach: by OpenID Connect, as `.streamlit/secrets.toml` sets it up.

`[auth]` there is Streamlit's own; `[roles]` holds two lists of e-mail addresses, `record` and `read`. Someone in neither sees nothing.
Without the file nobody signs in, and the full edition answers its own machine alone.

On one's own machine a person who opened the address with the key that is printed when the dashboard starts may write: another page, another
program and another user of the machine do not know it. Where people sign in, those with the role may.
"""

import secrets
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from urllib.parse import urlsplit

import streamlit as st

from metrics.definitions import configuration
from metrics.domain import Config, Refused
from metrics.web.server import KEY_COOKIE

RECORD, READ = "may record", "may read"
ROLES = {"record": RECORD, "read": READ}
SECRETS = ".streamlit/secrets.toml"


@lru_cache(maxsize=1)
def settings() -> Mapping:
    """What the file of secrets says; nothing where there is none."""
    return st.secrets.to_dict() if st.secrets.load_if_toml_exists() else {}


def is_set_up() -> bool:
    """Whether people sign in here."""
    return "auth" in settings()


def check(given: Mapping) -> None:
    """
    Refuse a sign-in that is set up in part.

    >>> check({"auth": {"redirect_uri": "https://progress.example.org/oauth2callback"}})
    Traceback (most recent call last):
    metrics.domain.Refused: .streamlit/secrets.toml: [roles] needs the lists record and read, of e-mail addresses
    """
    if not all(isinstance(given.get("roles", {}).get(name), list) for name in ROLES):
        raise Refused(f"{SECRETS}: [roles] needs the lists record and read, of e-mail addresses")
    if find_spec("authlib") is None:
        raise Refused(f"{SECRETS} sets up signing in, which needs Authlib: pip install -r requirements-sign-in.txt")


def host(given: Mapping) -> str:
    """
    The name and port that people sign in at.

    >>> host({"auth": {"redirect_uri": "https://progress.example.org/oauth2callback"}})
    'progress.example.org'
    """
    return urlsplit(given["auth"].get("redirect_uri", "")).netloc


def role_of(given: Mapping, email: object) -> str | None:
    """
    What somebody may do; nothing where no list names them.

    >>> roles = {"roles": {"record": ["a@example.org"], "read": ["b@example.org"]}}
    >>> role_of(roles, "A@example.org"), role_of(roles, "b@example.org"), role_of(roles, "c@example.org"), role_of(roles, None)
    ('may record', 'may read', None, None)
    """
    named = str(email or "").casefold()
    return next((role for name, role in ROLES.items() if named in {address.casefold() for address in given["roles"][name]}), None)


def role() -> str | None:
    """What the person who looks may do."""
    return role_of(settings(), st.user.get("email")) if st.user.is_logged_in else None


def required() -> None:
    """Where people sign in, show nothing but that to anybody without a role."""
    if not is_set_up() or role():
        return
    st.title("Sign in", anchor=False)
    if st.user.is_logged_in:
        st.error("This account has no role here: ask the people who run this dashboard.")
        st.button("Sign out", on_click=st.logout)
    else:
        st.button("Sign in", on_click=st.login, type="primary")
    st.stop()


KEY = secrets.token_urlsafe(24)
"""Of this start of the dashboard alone."""
WITH_THE_KEY = "with the key of this machine"
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")
HOW = "To record a meeting, open the address that was printed when the dashboard was started: it holds the key that writing needs."


def may_stand(config: Config, address: str | None, *, beside_pages: bool) -> None:
    """
    Refuse to start where the full edition would answer others than this machine, or beside published pages, without signing in.

    >>> from types import SimpleNamespace
    >>> full = SimpleNamespace(edition="full")
    >>> may_stand(full, "127.0.0.1", beside_pages=False)
    >>> may_stand(full, "0.0.0.0", beside_pages=False)
    Traceback (most recent call last):
    metrics.domain.Refused: edition: full can write, so it is served at 127.0.0.1 alone: set edition: public, or set up signing in
    """
    if configuration.is_public(config):
        return
    if is_set_up():
        check(settings())
        return
    if address not in OWN_MACHINE:
        raise Refused("edition: full can write, so it is served at 127.0.0.1 alone: set edition: public, or set up signing in")
    if beside_pages:
        raise Refused("edition: full can write, so it does not stand beside published pages: set edition: public, or set up signing in")


def role_here() -> str | None:
    """As whom the person who looks may write; none where they may not."""
    if is_set_up():
        return RECORD if role() == RECORD else None
    given = str(st.context.cookies.get(KEY_COOKIE, ""))
    return WITH_THE_KEY if secrets.compare_digest(given.encode(), KEY.encode()) else None


def as_whom() -> str:
    """The role in which something is written."""
    granted = role_here()
    if granted is None:
        raise Refused(HOW)
    return granted
