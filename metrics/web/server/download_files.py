"""Downloads and pictures as files at addresses of their own, so that any replica can answer for any visitor."""

import gzip
from collections.abc import Callable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from metrics.domain import Refused
from metrics.web.server.headers import kind
from metrics.web.server.reply import wanted
from metrics.web.server.site_pages import FOR_GOOD

FIGURES, PICTURE, SHARE = "/figures", "/picture", "/share"
HEADERS = {"cache-control": "no-cache", "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'"}
DRAWN = {**HEADERS, "cache-control": FOR_GOOD, "vary": "Accept-Encoding"}


class Packed(Protocol):
    """Anything whose bytes are there as gzip."""

    packed: bytes


Make = Callable[[str, str, dict[str, str]], tuple[str, str]]
Share = Callable[[str, str, dict[str, str]], tuple[str, bytes]]
Draw = Callable[[str, str, str, dict[str, str]], Packed]


def figures(make: Make) -> Route:
    """
    The address `/figures/<place>/<measure>.csv` of a card's figures, with `as-at` and `show` as on the pages.

    Parameters
    ----------
    make
        From a place, a measure and those choices to the file's name and its text; what it refuses is answered in one line.
    """

    def answer(request: Request) -> Response:
        """The figures as a download."""
        try:
            name, text = make(request.path_params["place"], request.path_params["measure"], dict(request.query_params))
        except Refused as refusal:
            return PlainTextResponse(str(refusal), 404, headers=HEADERS)
        return Response(text, media_type="text/csv", headers={**HEADERS, "content-disposition": f'attachment; filename="{name}"'})

    return Route(f"{FIGURES}/{{place}}/{{measure}}.csv", answer, methods=["GET", "HEAD"])


def shared(make: Share) -> Route:
    """
    The address `/share/<place>/<measure>.png`, or `.svg`, of a chart that says itself what it is, with `as-at` and `show` as on the pages.

    Parameters
    ----------
    make
        From a place, the file's name and those choices to the name it is saved by and its bytes; what it refuses is answered in one line.
    """

    def answer(request: Request) -> Response:
        """The picture as a download."""
        named = request.path_params
        try:
            name, data = make(named["place"], named["file"], dict(request.query_params))
        except Refused as refusal:
            return PlainTextResponse(str(refusal), 404, headers=HEADERS)
        return Response(data, media_type=kind(name), headers={**HEADERS, "content-disposition": f'attachment; filename="{name}"'})

    return Route(f"{SHARE}/{{place}}/{{file}}", answer, methods=["GET", "HEAD"])


def pictures(draw: Draw) -> Route:
    """
    The address `/picture/<place>/<measure>.<digest>.svg` of a card's chart, with `as-at` and `shown`: kept for good wherever it passes.

    Parameters
    ----------
    draw
        From a place, a measure, a digest and those choices to the picture; what it refuses is answered in one line.
    """

    def answer(request: Request) -> Response:
        """The picture, compressed where the browser takes that."""
        named = request.path_params
        try:
            drawing = draw(named["place"], named["measure"], named["digest"], dict(request.query_params))
        except Refused as refusal:
            return PlainTextResponse(str(refusal), 404, headers=HEADERS)
        if "gz" in wanted(request.headers.get("accept-encoding", "").encode("latin-1")):
            return Response(drawing.packed, media_type="image/svg+xml", headers={**DRAWN, "content-encoding": "gzip"})
        return Response(gzip.decompress(drawing.packed), media_type="image/svg+xml", headers=DRAWN)

    return Route(f"{PICTURE}/{{place}}/{{measure}}.{{digest}}.svg", answer, methods=["GET", "HEAD"])
