"""
Downloads, pictures and the slides to present from as files at addresses of their own, so that any replica can answer for any visitor.

Each is made from what its address names and from the choices in its query (`since`, `as-at`, `show`, `agenda`, as on the pages).
What cannot be made is refused in one line.
"""

import gzip
from collections.abc import Callable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from metrics.domain import Refused
from metrics.web.server.responses import FOR_GOOD, kind, wanted

HEADERS = {"cache-control": "no-cache", "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'"}
DRAWN = {**HEADERS, "cache-control": FOR_GOOD, "vary": "Accept-Encoding"}
KEEP_TO_ITSELF = {
    "content-security-policy": "frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""Of the slides: their own policy lets nothing load and their one script run; a second one here would only forbid that script."""
Choices = dict[str, str]


class Packed(Protocol):
    """Anything whose bytes are there as gzip."""

    packed: bytes


def routes(
    *,
    present: Callable[[str, Choices], str],
    figures: Callable[[str, str, Choices], tuple[str, str]],
    picture: Callable[[str, str, str, Choices], Packed],
    shared: Callable[[str, str, Choices], tuple[str, bytes]],
) -> list[Route]:
    """
    The addresses of a meeting's slides, whole in one answer, so that nothing depends on the hall's network after; of a card's figures; of
    its chart, kept for good; and of a chart that names its source, `.png` or `.svg`.

    Each is made by what is given for it, from the parts of the address and the choices; files that are saved have a name.
    """
    return [
        _route("/present/{area}", lambda _, *asked: HTMLResponse(present(*asked), headers=KEEP_TO_ITSELF), KEEP_TO_ITSELF),
        _route("/figures/{place}/{measure}.csv", lambda _, *asked: _saved(*figures(*asked))),
        _route("/picture/{place}/{measure}.{digest}.svg", lambda request, *asked: _drawn(request, picture(*asked))),
        _route("/share/{place}/{file}", lambda _, *asked: _saved(*shared(*asked))),
    ]


def _drawn(request: Request, drawing: Packed) -> Response:
    """A picture, compressed where the browser takes that."""
    if "gz" in wanted(request.headers.get("accept-encoding", "")):
        return Response(drawing.packed, media_type="image/svg+xml", headers={**DRAWN, "content-encoding": "gzip"})
    return Response(gzip.decompress(drawing.packed), media_type="image/svg+xml", headers=DRAWN)


def _saved(name: str, data: str | bytes) -> Response:
    return Response(data, media_type=kind(name), headers={**HEADERS, "content-disposition": f'attachment; filename="{name}"'})


def _route(address: str, answer: Callable[..., Response], refusing: dict[str, str] = HEADERS) -> Route:
    """An address that is answered by what stands in it, in its order, and the choices; refused in one line under the headers `refusing`."""

    def answered(request: Request) -> Response:
        try:
            return answer(request, *request.path_params.values(), dict(request.query_params))
        except Refused as refusal:
            return PlainTextResponse(str(refusal), 404, headers=refusing)

    return Route(address, answered)
