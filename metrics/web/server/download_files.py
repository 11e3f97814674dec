"""
Downloads, pictures and the slides to present from as files at addresses of their own, so that any replica can answer for any visitor.

What cannot be made is refused in one line.
"""

import gzip
from collections.abc import Callable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from metrics.domain import Refused
from metrics.web.server.headers import kind
from metrics.web.server.reply import wanted
from metrics.web.server.site_pages import FOR_GOOD

FIGURES, PICTURE, SHARE, PRESENT = "/figures", "/picture", "/share", "/present"
HEADERS = {"cache-control": "no-cache", "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'"}
DRAWN = {**HEADERS, "cache-control": FOR_GOOD, "vary": "Accept-Encoding"}
KEEP_TO_ITSELF = {
    "content-security-policy": "frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""Of the slides: their own policy lets nothing load and their one script run; a second one here would only forbid that script."""


class Packed(Protocol):
    """Anything whose bytes are there as gzip."""

    packed: bytes


Make = Callable[[str, str, dict[str, str]], tuple[str, str]]
Share = Callable[[str, str, dict[str, str]], tuple[str, bytes]]
Draw = Callable[[str, str, str, dict[str, str]], Packed]
Slides = Callable[[str, dict[str, str]], str]


def figures(make: Make) -> Route:
    """
    The address `/figures/<place>/<measure>.csv` of a card's figures, with `as-at` and `show` as on the pages.

    Parameters
    ----------
    make
        From a place, a measure and those choices to the file's name and its text.
    """

    def answer(request: Request) -> Response:
        """The figures as a download."""
        name, text = make(request.path_params["place"], request.path_params["measure"], dict(request.query_params))
        return Response(text, media_type="text/csv", headers=_saved_as(name))

    return _route(f"{FIGURES}/{{place}}/{{measure}}.csv", answer)


def shared(make: Share) -> Route:
    """
    The address `/share/<place>/<measure>.png`, or `.svg`, of a chart that says itself what it is, with `as-at` and `show` as on the pages.

    Parameters
    ----------
    make
        From a place, the file's name and those choices to the name it is saved by and its bytes.
    """

    def answer(request: Request) -> Response:
        """The picture as a download."""
        name, data = make(request.path_params["place"], request.path_params["file"], dict(request.query_params))
        return Response(data, media_type=kind(name), headers=_saved_as(name))

    return _route(f"{SHARE}/{{place}}/{{file}}", answer)


def pictures(draw: Draw) -> Route:
    """
    The address `/picture/<place>/<measure>.<digest>.svg` of a card's chart, with `as-at` and `shown`: kept for good wherever it passes.

    Parameters
    ----------
    draw
        From a place, a measure, a digest and those choices to the picture.
    """

    def answer(request: Request) -> Response:
        """The picture, compressed where the browser takes that."""
        named = request.path_params
        drawing = draw(named["place"], named["measure"], named["digest"], dict(request.query_params))
        if "gz" in wanted(request.headers.get("accept-encoding", "").encode("latin-1")):
            return Response(drawing.packed, media_type="image/svg+xml", headers={**DRAWN, "content-encoding": "gzip"})
        return Response(gzip.decompress(drawing.packed), media_type="image/svg+xml", headers=DRAWN)

    return _route(f"{PICTURE}/{{place}}/{{measure}}.{{digest}}.svg", answer)


def present(make: Slides) -> Route:
    """
    The address `/present/<area>` of a meeting's slides, with the choices of the first screen: `since`, `as-at`, `agenda`.

    They are whole in one answer, so that nothing depends on the hall's network after.

    Parameters
    ----------
    make
        From an area's name and those choices to the whole file.
    """

    def answer(request: Request) -> Response:
        """The slides as a page."""
        return HTMLResponse(make(request.path_params["area"], dict(request.query_params)), headers=KEEP_TO_ITSELF)

    return _route(f"{PRESENT}/{{area}}", answer, KEEP_TO_ITSELF)


def _saved_as(name: str) -> dict[str, str]:
    return {**HEADERS, "content-disposition": f'attachment; filename="{name}"'}


def _route(address: str, answer: Callable[[Request], Response], refusing: dict[str, str] = HEADERS) -> Route:
    """An address that is answered, and refused in one line under the headers `refusing`."""

    def answered(request: Request) -> Response:
        try:
            return answer(request)
        except Refused as refusal:
            return PlainTextResponse(str(refusal), 404, headers=refusing)

    return Route(address, answered, methods=["GET", "HEAD"])
