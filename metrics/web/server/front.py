"""The door: what each address is for, who may ask what, and which headers the answer carries."""

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from metrics.domain import Refused
from metrics.web.server import visitor_limits
from metrics.web.server.explorer import Explorer
from metrics.web.server.responses import in_a_line, unless_held, wanted
from metrics.web.server.site_pages import Published, Site

EXPLORE = "/explore"
AS_AT = "/as-at/"
HEALTH = "/healthz"
KEY, KEY_COOKIE = "key", "key-of-this-machine"
"""What writing needs on one's own machine: it arrives in an address, once, and stays with the browser as a cookie until that is closed."""
FIND = "find"
"""What was typed into the form of a plain page."""
LONGEST = 4096
"""Bytes of an address with its query; a longer one is answered 414."""
STREAM = "/_stcore/"
FILES = ("/_stcore/", "/media/", "/figures/", "/picture/", "/share/")
"""Where no page stands: Streamlit answers what it does not know with its own first page, and not with 404."""
THROUGH = (*FILES, "/component/", "/present/")
"""What Streamlit itself answers, and the slides, files and pictures that stand beside it."""
READING = ("GET", "HEAD")
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


def nowhere(text: str) -> str:
    """Leads to no page, whatever is typed."""
    raise Refused(f"{text!r} leads to no page")


class Front:
    """
    Stands before Streamlit as its outermost middleware.

    `app`: Streamlit.
    `explorer`: what is answered of the explorer without Streamlit.
    `builds`: gives the name of the build that answers, and that of the damaged one it answers for, if it does.
    `behind`: gives a line for each thing on the disk that is newer than that build.
    `find`: gives the address of the plain page that a typed name or postcode leads to, from the root; refuses what leads nowhere.
    `names`: the names that the full edition answers for: this machine's own, or that of the site where people sign in.
    `key`: what an address must hold to write on one's own machine; empty where nothing is written or people sign in.
    `published`: the folder of editions. Where one is current it stands at `/` and the explorer at `/explore/`; else the explorer at both.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        explorer: Explorer,
        builds: Callable[[], tuple[str, str | None]],
        public: bool,
        published: Path | None,
        behind: Callable[[], list[str]] = list,
        find: Callable[[str], str] = nowhere,
        names: tuple[str, ...] = visitor_limits.OWN_NAMES,
        key: str = "",
    ):
        self._app, self._builds, self._behind, self._public, self._key = app, builds, behind, public, key
        self._find = find
        self._names = None if public else names
        self._closed = CLOSED if public else {}
        if not public and names != visitor_limits.OWN_NAMES:
            self._closed = {start: status for start, status in CLOSED.items() if start not in SIGNING_IN}
        self._explorer = explorer
        self._published = Published(published) if published else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let Streamlit answer it."""
        base = EXPLORE if f"{scope.get('path')}/".startswith(f"{EXPLORE}/") else ""
        inner = {**scope, "root_path": base} if base else scope
        if scope["type"] == "http":
            await self._http(inner, receive, send, base)
        elif scope["type"] == "lifespan" or visitor_limits.may_open(Headers(scope=scope), names=self._names):
            await self._app(inner, receive if scope["type"] == "lifespan" else visitor_limits.limited(receive), send)
        else:
            await WebSocketClose(visitor_limits.TOO_MUCH, "only pages of this site may open a socket")(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send, base: str) -> None:
        site, request = self._published.now() if self._published else None, Request(scope)
        if base or site is None:
            send = self._explorer.guarded(send, request.headers.get("host", ""))
        response = self._response(request, base, site)
        if response is None:
            visitor_limits.asking.set(visitor_limits.address_of(request))
            files = scope["path"].removeprefix(base).startswith(FILES)
            await self._app(scope, receive, _without_pages(scope, receive, send) if files else send)
        else:
            await response(scope, receive, send)

    def _response(self, request: Request, base: str, site: Site | None) -> Response | None:
        """The answer to a request; none where it is Streamlit's to give."""
        try:
            self._check(request)
            response = self._chosen(request, base, site)
        except HTTPException as refusal:
            return in_a_line(refusal.status_code, refusal.detail, refusal.headers)
        return response and unless_held(response, request.headers)

    def _check(self, request: Request) -> None:
        """Refuse a name that is not ours and an address that is too long."""
        if self._names and not visitor_limits.is_one_of(self._names, request.headers.get("host", "")):
            raise HTTPException(421, f"The full edition answers as {' or '.join(self._names)} alone.")
        if len(request.scope.get("raw_path") or b"") + len(request.scope["query_string"]) > LONGEST:
            raise HTTPException(414, "This address is too long.")

    def _chosen(self, request: Request, base: str, site: Site | None) -> Response | None:
        path = request.scope["path"]
        if self._key and KEY in request.query_params:
            return self._with_key(request.query_params[KEY], base)
        if path != HEALTH and (site is None or base):
            return self._of_explorer(request, base, site)
        _only_reading(request)
        return self._health(site) if path == HEALTH or site is None else self._of_site(path, _endings(request), site)

    def _of_site(self, path: str, endings: tuple[str, ...], site: Site) -> Response:
        name, slash, rest = path.removeprefix(AS_AT).partition("/")
        dated = self._published.dated(name) if self._published and path.startswith(AS_AT) else None
        if dated is None:
            return site.response(path, endings)
        if f"/{rest}".startswith(f"{EXPLORE}/"):
            return _moved(f"{EXPLORE}/")
        return dated.response(f"/{rest}", endings) if slash else _moved(f"{AS_AT}{name}/")

    def _of_explorer(self, request: Request, base: str, site: Site | None) -> Response | None:
        inner = request.scope["path"].removeprefix(base)
        closed = next((status for start, status in self._closed.items() if f"{inner}/".startswith(f"{start}/")), None)
        if closed:
            raise HTTPException(closed, "This is not offered here.")
        streamlits = inner.startswith((*THROUGH, *SIGNING_IN))
        if self._public or not streamlits:
            _only_reading(request)
        if site and inner == "/" and FIND in request.query_params:
            return self._looked_for(request.query_params[FIND], base, site)
        page = inner.removesuffix("/") or "/"
        if page != inner and page in self._explorer.pages:
            return _moved(base + page, request.scope["query_string"])
        return None if streamlits else self._page(inner, request, site)

    def _looked_for(self, text: str, base: str, site: Site) -> Response:
        """The way to the plain page of what somebody typed; where there is none, to the explorer, which says what is wrong with it."""
        try:
            there = f"/{self._find(text)}"
        except Refused:
            there = ""
        if not there or not site.holds(there):
            there = f"{base}/?{urlencode({'area': text})}"
        return in_a_line(303, f"This page is at {there}", {"location": there, "cache-control": "no-store"})

    def _page(self, inner: str, request: Request, site: Site | None) -> Response:
        """A page of the explorer or one of its files."""
        endings, known = _endings(request), inner in self._explorer.pages
        response = self._explorer.file(inner, endings)
        if response is None and (known or not (self._public or site or inner.startswith("/static/") or STREAM in inner)):
            response = self._explorer.shell(endings, plain=site is not None)
        # The browser looks for the server's root below the address of a page first; it goes on where there is none.
        if response is None and site and STREAM not in inner:
            response = site.response(request.scope["path"], endings)
        return response or in_a_line(404, "There is no such page.")

    def _health(self, site: Site | None) -> Response:
        """Whether the figures and the pages can be read, which they are, and what is newer than what is shown."""
        build, instead_of, behind = None, None, []
        faults = [fault for fault in (self._published and self._published.fault, site and site.damage) if fault]
        try:
            build, instead_of = self._builds()
            behind = [*self._behind(), *_older(site, build)]
        except Refused as refusal:
            faults = [*faults, str(refusal)]
        state = {"ok": not faults, "build": build, "instead_of": instead_of, "edition": site.edition.name if site else None}
        return in_a_line(503 if faults else 200, json.dumps(state | {"behind": behind}), {"content-type": "application/json"})

    def _with_key(self, given: str, base: str) -> Response:
        """Take the key out of an address into a cookie of this browser's visit, so that it is in no link that is shown or passed on."""
        if not secrets.compare_digest(given.encode(), self._key.encode()):
            raise HTTPException(403, "This key is none, or of an earlier start: open the address that was printed last.")
        response = in_a_line(303, "This browser may write.", {"location": f"{base}/"})
        response.set_cookie(KEY_COOKIE, self._key, httponly=True, samesite="strict")
        return response


def _only_reading(request: Request) -> None:
    """Refuse whatever does more than read."""
    if request.method not in READING:
        raise HTTPException(405, "Only GET and HEAD are answered here.", {"allow": "GET, HEAD"})


def _endings(request: Request) -> tuple[str, ...]:
    return wanted(request.headers.get("accept-encoding", ""))


def _without_pages(scope: Scope, receive: Receive, send: Send) -> Send:
    """The same sending, with 404 where a page would be sent in place of a file."""
    missing = False

    async def files_alone(message: Message) -> None:
        nonlocal missing
        if message["type"] == "http.response.start" and Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
            missing = True
            await in_a_line(404, "There is no such file.")(scope, receive, send)
        elif not missing:
            await send(message)

    return files_alone


def _older(site: Site | None, build: str) -> list[str]:
    """That the plain pages are of another build than the explorer, while one is published or where a publish was refused."""
    if site is None or site.build in ("", build):
        return []
    return [f"the pages are of another build, {site.build}: run `python -m metrics publish`"]


def _moved(there: str, query: bytes = b"") -> Response:
    return in_a_line(301, "This page has moved.", {"location": f"{there}?{query.decode('latin-1')}" if query else there})
