"""
The explorer's own files: Streamlit's page before its scripts run, with our title, words and looks, and its static files compressed.

Streamlit would write an entry into the browser's storage for every page that is opened, and has no setting against it: the page forbids it.

Streamlit leaves its static files uncompressed for a proxy to see to, which makes a first visit four times as heavy where
none stands in front. Each is compressed once, when it is first asked for, and kept.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache, partial
from html import escape
from pathlib import Path

import brotli
from starlette.responses import Response
from starlette.types import Message, Send

from metrics.domain import Refused
from metrics.web.server.responses import ENCODINGS, FOR_GOOD, of_explorer, of_file

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
