"""
The explorer's own files: Streamlit's page before its scripts run, with our title, words and looks, and its static files compressed; and
downloads, pictures and the slides to present from as files at addresses of their own, so that any replica can answer for any visitor.

Streamlit would write an entry into the browser's storage for every page that is opened, and has no setting against it: the page forbids it.

Streamlit leaves its static files uncompressed for a proxy to see to, which makes a first visit four times as heavy where
none stands in front. Each is compressed once, when it is first asked for, and kept.

A download is made from what its address names and from the choices in its query (`since`, `as-at`, `show`, `agenda`, as on the pages).
What cannot be made is refused in one line.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from html import escape
from pathlib import Path
from typing import Protocol

import brotli
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Send

from metrics.domain import Refused
from metrics.web.server.responses import ENCODINGS, FOR_GOOD, kind, of_explorer, of_file, wanted

PAGE = "index.html"
COMPRESS = {"br": partial(brotli.compress, quality=5), "gz": partial(gzip.compress, compresslevel=6, mtime=0), "": bytes}
"""At these levels the largest file takes a tenth of a second."""
COMPRESSED = {".css", ".js", ".json", ".svg"}
CHANGED = {
    "title": (r"<title>Streamlit</title>", '<title>{title}</title>\n    <meta name="description" content="{title}">'),
    "agents": (r"<!--(?:(?!-->).)*?agent API.*?-->\s*<link rel=\"service-desc\"[^>]*>", ""),
    "noscript": (r"<noscript>.*?</noscript>", "<noscript><p>{unscripted}</p></noscript>"),
    "script": (r"<!-- initialize window.prerenderReady.*?</script>", "<script>{script}</script>"),
    "licence": (r"\A<!--.*?-->\s*", ""),
    "end": (r"</body>", "<style>{looks}</style>\n  </body>"),
}
"""What of Streamlit's page is replaced, and by what."""
UNSCRIPTED = "These pages draw charts in the browser and need JavaScript."
PLAIN = ' <a href="/">The same figures stand on plain pages</a>, which need none.'
KEEPS_NOTHING = "Storage.prototype.setItem = () => {}"
"""It runs before Streamlit's scripts, which are modules, and which do without storage."""


class Explorer:
    """
    What of the explorer is answered without Streamlit.

    `static`: Streamlit's folder of files for the browser.
    `title`: what the browser shows before any script has run.
    `pages`: the addresses of its pages below its root.
    `looks`: our style sheet. It stands at the end of the page, so that it outweighs what Streamlit's scripts put into its head.
    """

    def __init__(self, static: Path, title: str, pages: Iterable[str], looks: str):
        self._files = {f"/{path.relative_to(static).as_posix()}": path for path in static.rglob("*") if path.is_file()}
        del self._files[f"/{PAGE}"]
        source = (static / PAGE).read_text(encoding="utf-8")
        words = {"title": escape(title), "looks": looks, "script": KEEPS_NOTHING}
        shells = {plain: _shell(source, words | {"unscripted": UNSCRIPTED + PLAIN * plain}).encode() for plain in (True, False)}
        endings = (*ENCODINGS, "")
        self._shells = {(plain, ending): _response(shells[plain], PAGE, ending, "no-cache") for plain in shells for ending in endings}
        self.pages = {"/", *(f"/{page}" for page in pages)}

    def shell(self, endings: tuple[str, ...], plain: bool) -> Response:
        """The page before its scripts; `plain` says whether there are plain pages to point to."""
        return self._shells[plain, endings[0]]

    def file(self, address: str, endings: tuple[str, ...]) -> Response | None:
        """One of Streamlit's files for the browser, or none of that name."""
        path = self._files.get(address)
        if path is None:
            return None
        return _file(path, endings[0] if path.suffix in COMPRESSED else "", FOR_GOOD if address.startswith("/static/") else "no-cache")

    def guarded(self, send: Send, host: str) -> Send:
        """The same sending, with what every answer of the explorer tells the browser, Streamlit's own too."""
        fields = of_explorer(KEEPS_NOTHING, host)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                message = {**message, "headers": [*message["headers"], *(field for field in fields if field[0] not in given)]}
            await send(message)

        return guarded


def _shell(source: str, words: dict[str, str]) -> str:
    for name, (pattern, text) in CHANGED.items():
        new = text.format(**words)
        source, number = re.subn(pattern, lambda _, new=new: new, source, flags=re.DOTALL)
        if number != 1:
            raise Refused(f"Streamlit's page has changed: its {name} is not where it was", file=PAGE)
    return source


@lru_cache(maxsize=1536)
def _file(path: Path, ending: str, keep: str) -> Response:
    return _response(path.read_bytes(), path.name, ending, keep)


def _response(data: bytes, name: str, ending: str, keep: str) -> Response:
    fields = of_file(name, hashlib.sha256(data).hexdigest(), ending) | {"cache-control": keep, "vary": "Accept-Encoding"}
    return Response(COMPRESS[ending](data), 200, fields)


FILE_HEADERS = {"cache-control": "no-cache", "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'"}
DRAWN = {**FILE_HEADERS, "cache-control": FOR_GOOD, "vary": "Accept-Encoding"}
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
    return Response(data, media_type=kind(name), headers={**FILE_HEADERS, "content-disposition": f'attachment; filename="{name}"'})


def _route(address: str, answer: Callable[..., Response], refusing: dict[str, str] = FILE_HEADERS) -> Route:
    """An address that is answered by what stands in it, in its order, and the choices; refused in one line under the headers `refusing`."""

    def answered(request: Request) -> Response:
        try:
            return answer(request, *request.path_params.values(), dict(request.query_params))
        except Refused as refusal:
            return PlainTextResponse(str(refusal), 404, headers=refusing)

    return Route(address, answered)
