"""Presenting: the meeting's own slides from an address, whole in one answer, so that nothing depends on the hall's network after."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from metrics.domain import Refused

PRESENT = "/present"
KEEP_TO_ITSELF = {
    "content-security-policy": "frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""The file's own policy lets nothing load and its one script run; a second one here would only forbid that script."""
Make = Callable[[str, dict[str, str]], str]


def present(make: Make) -> Route:
    """
    The address `/present/<area>` with the choices of the first screen: `since`, `as-at`, `agenda`.

    Parameters
    ----------
    make
        From an area's name and those choices to the whole file; what it refuses is answered in one line.
    """

    def answer(request: Request) -> Response:
        try:
            return HTMLResponse(make(request.path_params["area"], dict(request.query_params)), headers=KEEP_TO_ITSELF)
        except Refused as refusal:
            return PlainTextResponse(str(refusal), 404, headers=KEEP_TO_ITSELF)

    return Route(f"{PRESENT}/{{area}}", answer, methods=["GET", "HEAD"])
