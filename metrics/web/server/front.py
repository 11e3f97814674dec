"""The door: what each address is for, who may ask what, and which headers the answer carries."""

import json
import secrets
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from metrics.domain import Refused
from metrics.web.server import sockets, turns
from metrics.web.server.explorer import Explorer
from metrics.web.server.reply import READING, Reply, Scope, Send, answer, header, plain_text, wanted
from metrics.web.server.site_pages import Published, Site

EXPLORE = "/explore"
AS_AT = "/as-at/"
HEALTH = "/healthz"
KEY, KEY_COOKIE = "key", "key-of-this-machine"
"""What writing needs on one's own machine: it arrives in an address, once, and stays with the browser as a cookie until that is closed."""
LONGEST = 4096
"""Bytes of an address with its query; a longer one is answered 414."""
STREAM = "/_stcore/"
THROUGH = ("/_stcore/", "/media/", "/component/", "/present/", "/figures/", "/picture/", "/share/")
"""What Streamlit itself answers, and the slides, files and pictures that stand beside it."""
FILES = ("/_stcore/", "/media/", "/figures/", "/picture/", "/share/")
"""Where no page stands: Streamlit answers what it does not know with its own first page, and not with 404."""
CLOSED = {
    "/_stcore/upload_file": 403,
    "/_stcore/metrics": 403,
    "/_stcore/script-health-check": 403,
    "/_stcore/agent": 404,
    "/_stcore/bidi-components": 404,
    "/auth": 404,
    "/oauth2callback": 404,
    "/present": 404,
}
"""What the public edition does not offer: presenting, sending files, looking at the server, being driven by programs, signing in."""
SIGNING_IN = ("/auth", "/oauth2callback")
"""What is answered besides where people sign in; the rest is closed there too, as a file has no way to ask who reads it."""
Receive = Callable[[], Awaitable[Any]]
Inner = Callable[[Scope, Receive, Send], Awaitable[None]]


class Front:
    """
    Stands before Streamlit as its outermost middleware.

    Parameters
    ----------
    app
        Streamlit.
    static
        Streamlit's folder of files for the browser.
    title
        The site's name.
    pages
        The addresses of the explorer's pages.
    looks
        The style sheet of the explorer's pages.
    builds
        Gives the name of the build that answers, and that of the damaged one it answers for, if it does.
    behind
        Gives a line for each thing on the disk that is newer than that build.
    names
        The names that the full edition answers for: this machine's own, or that of the site where people sign in.
    key
        What an address must hold to write on one's own machine; empty where nothing is written or people sign in.
    public
        Whether this is the public edition.
    published
        The folder of editions. Where one is current it stands at `/` and the explorer at `/explore/`; else the explorer at both.
    """

    def __init__(
        self,
        app: Inner,
        *,
        static: Path,
        title: str,
        pages: Iterable[str],
        looks: str,
        builds: Callable[[], tuple[str, str | None]],
        public: bool,
        published: Path | None,
        behind: Callable[[], list[str]] = list,
        names: tuple[str, ...] = sockets.OWN_NAMES,
        key: str = "",
    ):
        self._app, self._builds, self._behind, self._public, self._key = app, builds, behind, public, key
        self._names = None if public else names
        self._closed = CLOSED if public else {} if names == sockets.OWN_NAMES else _but(CLOSED, SIGNING_IN)
        self._explorer = Explorer(static, title, tuple(pages), looks)
        self._published = Published(published) if published else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let Streamlit answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        site = self._published.now() if self._published else None
        path = scope["path"]
        base = EXPLORE if path == EXPLORE or path.startswith(f"{EXPLORE}/") else ""
        if scope["type"] == "http":
            reply = self._reply(scope, path, base, site)
            if reply is not None:
                await answer(scope, send, reply)
                return
            turns.asking.set(turns.address_of(scope))
            send = self._guarded(scope, _without_pages(scope, send) if path.removeprefix(base).startswith(FILES) else send)
        elif not sockets.may_open(scope, names=self._names):
            await sockets.refuse(receive, send)
            return
        else:
            receive = sockets.limited(receive)
        await self._app({**scope, "root_path": base} if base else scope, receive, send)

    def _reply(self, scope: Scope, path: str, base: str, site: Site | None) -> Reply | None:
        """The answer to a request; none where it is Streamlit's to give."""
        if self._names and not sockets.is_one_of(self._names, header(scope, b"host").decode("latin-1")):
            return plain_text(421, f"The full edition answers as {' or '.join(self._names)} alone.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST:
            return plain_text(414, "This address is too long.")
        if self._key and f"{KEY}=".encode() in scope["query_string"]:
            return self._with_key(scope, base)
        if path == HEALTH:
            return self._reading(scope) or self._health(site)
        if site is None or base:
            return self._of_explorer(scope, path.removeprefix(base), base, site)
        return self._reading(scope) or self._of_site(scope, path, site)

    def _of_site(self, scope: Scope, path: str, site: Site) -> Reply:
        endings = wanted(header(scope, b"accept-encoding"))
        if path.startswith(AS_AT):
            name, slash, rest = path.removeprefix(AS_AT).partition("/")
            dated = self._published.dated(name)
            if dated and (not slash or f"/{rest}".startswith(f"{EXPLORE}/")):
                return _moved(f"{EXPLORE}/" if slash else f"{AS_AT}{name}/")
            if dated:
                return dated.reply(f"/{rest}", endings)
        return site.reply(path, endings)

    def _of_explorer(self, scope: Scope, inner: str, base: str, site: Site | None) -> Reply | None:
        host, endings = header(scope, b"host"), wanted(header(scope, b"accept-encoding"))
        closed = next((status for start, status in self._closed.items() if inner == start or inner.startswith(f"{start}/")), None)
        if closed:
            return plain_text(closed, "This is not offered here.")
        if inner.startswith((*THROUGH, *SIGNING_IN)):
            return self._reading(scope) if self._public else None
        if STREAM in inner:
            # The browser looks for the server's root below the address of a page first; it goes on where there is none.
            return plain_text(404, "There is no such page.")
        if not inner:
            return _moved(f"{base}/", scope["query_string"])
        refused = self._reading(scope)
        if refused:
            return refused
        if inner not in self._explorer.pages and inner.removesuffix("/") in self._explorer.pages:
            return _moved(base + inner.removesuffix("/"), scope["query_string"])
        known = inner in self._explorer.pages or not (self._public or site or inner.startswith("/static/"))
        file = self._explorer.file(inner, endings, host) or (self._explorer.shell(endings, host, site is not None) if known else None)
        return file or (site.reply(scope["path"], endings) if site else plain_text(404, "There is no such page."))

    def _health(self, site: Site | None) -> Reply:
        """Whether the figures and the pages can be read, which they are, and what is newer than what is shown."""
        build, instead_of, behind = None, None, []
        faults = [fault for fault in (self._published and self._published.fault, site and site.damage) if fault]
        try:
            build, instead_of = self._builds()
            behind = [*self._behind(), *_older(site, build)]
        except Refused as refusal:
            faults = [*faults, str(refusal)]
        state = {"ok": not faults, "build": build, "instead_of": instead_of, "edition": site.edition.name if site else None}
        reply = plain_text(503 if faults else 200, json.dumps(state | {"behind": behind}))
        return replace(reply, headers=[(b"content-type", b"application/json"), *reply.headers[1:]])

    def _with_key(self, scope: Scope, base: str) -> Reply:
        """Take the key out of an address into a cookie of this browser's visit, so that it is in no link that is shown or passed on."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get(KEY, [""])[0]
        if not secrets.compare_digest(given.encode(), self._key.encode()):
            return plain_text(403, "This key is none, or of an earlier start: open the address that was printed last.")
        cookie = f"{KEY_COOKIE}={self._key}; Path=/; HttpOnly; SameSite=Strict"
        return plain_text(303, "This browser may write.", (b"location", f"{base}/".encode()), (b"set-cookie", cookie.encode()))

    def _reading(self, scope: Scope) -> Reply | None:
        """The refusal of whatever does more than read."""
        return None if scope["method"] in READING else plain_text(405, "Only GET and HEAD are answered here.", (b"allow", b"GET, HEAD"))

    def _guarded(self, scope: Scope, send: Send) -> Send:
        """Add the explorer's headers to what Streamlit answers."""
        more = self._explorer.headers(header(scope, b"host"))

        async def guarded(message: dict) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                message = message | {"headers": [*message["headers"], *(pair for pair in more if pair[0] not in there)]}
            await send(message)

        return guarded


def _without_pages(scope: Scope, send: Send) -> Send:
    """The same, with 404 where a page would be sent in place of a file."""
    missing = False

    async def files_alone(message: dict) -> None:
        nonlocal missing
        if message["type"] == "http.response.start" and dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html"):
            missing = True
            await answer(scope, send, plain_text(404, "There is no such file."))
        elif not missing:
            await send(message)

    return files_alone


def _but(closed: dict[str, int], opened: tuple[str, ...]) -> dict[str, int]:
    return {start: status for start, status in closed.items() if start not in opened}


def _older(site: Site | None, build: str) -> list[str]:
    """That the plain pages are of another build than the explorer, while one is published or where a publish was refused."""
    other = site is not None and site.build not in ("", build)
    return [f"the pages are of another build, {site.build}: run `python -m metrics publish`"] if other else []


def _moved(there: str, query: bytes = b"") -> Reply:
    return plain_text(301, "This page has moved.", (b"location", there.encode("ascii") + (b"?" + query if query else b"")))

