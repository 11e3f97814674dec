"""Downloads as files at addresses of their own, so that any replica can answer for any visitor."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from metrics.model import Refused

FIGURES = "/figures"
HEADERS = {"cache-control": "no-cache", "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'"}
Make = Callable[[str, str, dict[str, str]], tuple[str, str]]


def figures(make: Make) -> Route:
    """
    The address `/figures/<place>/<measure>.csv` of a card's figures, with `as-at` and `show` as on the pages.

    Parameters
    ----------
    make
        From a place, a measure and those choices to the file's name and its text; what it refuses is answered in one line.
    """

    def answer(request: Request) -> Response:
        try:
            name, text = make(request.path_params["place"], request.path_params["measure"], dict(request.query_params))
        except Refused as refusal:
            return PlainTextResponse(str(refusal), 404, headers=HEADERS)
        return Response(text, media_type="text/csv", headers={**HEADERS, "content-disposition": f'attachment; filename="{name}"'})

    return Route(f"{FIGURES}/{{place}}/{{measure}}.csv", answer, methods=["GET", "HEAD"])
