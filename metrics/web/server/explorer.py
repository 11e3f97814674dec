"""
The explorer's own files: Streamlit's page before its scripts run, with our title, words and looks, and its static files compressed.

Streamlit would write an entry into the browser's storage for every page that is opened, and has no setting against it: the page forbids it.

Streamlit leaves its static files uncompressed for a proxy to see to, which makes a first visit four times as heavy where
none stands in front. Each is compressed once, when it is first asked for, and kept.
"""

import gzip
import hashlib
import re
from functools import lru_cache
from html import escape
from pathlib import Path

import brotli

from metrics.domain import Refused
from metrics.web.server import headers
from metrics.web.server.headers import Headers
from metrics.web.server.reply import ENCODINGS, Reply
from metrics.web.server.site_pages import FOR_GOOD

PAGE = "index.html"
COMPRESSED = {".css", ".js", ".json", ".svg"}
Packed = tuple[bytes, str]
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
CHANGED = {
    "title": re.compile(r"<title>Streamlit</title>"),
    "agents": re.compile(r"<!--(?:(?!-->).)*?agent API.*?-->\s*<link rel=\"service-desc\"[^>]*>", re.DOTALL),
    "noscript": re.compile(r"<noscript>.*?</noscript>", re.DOTALL),
    "script": re.compile(r"<!-- initialize window.prerenderReady.*?</script>", re.DOTALL),
    "licence": re.compile(r"\A<!--.*?-->\s*", re.DOTALL),
    "end": re.compile(r"</body>"),
}
WITHOUT = (
    "<noscript><p>These pages draw charts in the browser and need JavaScript. "
    '<a href="/">The same figures stand on plain pages</a>, which need none.</p></noscript>'
)
KEEPS_NOTHING = "<script>Storage.prototype.setItem = () => {}</script>"
"""It runs before Streamlit's scripts, which are modules, and which do without storage."""
WITHOUT_PLAIN = "<noscript><p>These pages draw charts in the browser and need JavaScript.</p></noscript>"


class Explorer:
    """
    What of the explorer is answered without Streamlit.

    Parameters
    ----------
    static
        Streamlit's folder of files for the browser.
    title
        What the browser shows before any script has run.
    pages
        The addresses of its pages below its root.
    looks
        Our style sheet. It stands at the end of the page, so that it outweighs what Streamlit's scripts put into its head.

    Raises
    ------
    Refused
        Streamlit's page is not as this version of it had it.
    """

    def __init__(self, static: Path, title: str, pages: tuple[str, ...], looks: str):
        self._files = {f"/{path.relative_to(static).as_posix()}": path for path in static.rglob("*") if path.is_file()}
        source = (static / PAGE).read_text(encoding="utf-8")
        shells = {plain: _shell(source, title, looks, plain) for plain in (True, False)}
        self.scripts = " ".join(headers.hash_of(script) for script in INLINE.findall(shells[True].decode()))
        self._shells = {(plain, ending): _packed(shell, ending) for plain, shell in shells.items() for ending in (*ENCODINGS, "")}
        self.pages = {"/", *(f"/{page}" for page in pages)}
        self._files.pop(f"/{PAGE}")

    def headers(self, host: bytes) -> Headers:
        """What every answer of the explorer tells the browser."""
        return list(headers.of_explorer(self.scripts, host))

    def shell(self, endings: tuple[str, ...], host: bytes, plain: bool) -> Reply:
        """The page before its scripts; `plain` says whether there are plain pages to point to."""
        return _reply(self._shells[plain, endings[0]], ".html", endings[0], "no-cache", self.headers(host))

    def file(self, address: str, endings: tuple[str, ...], host: bytes) -> Reply | None:
        """One of Streamlit's files for the browser, or none of that name."""
        path = self._files.get(address)
        if path is None:
            return None
        keep = FOR_GOOD if address.startswith("/static/") else "no-cache"
        ending = endings[0] if path.suffix in COMPRESSED else ""
        return _reply(_file(path, ending), path.suffix, ending, keep, self.headers(host))


def _shell(source: str, title: str, looks: str, plain: bool) -> bytes:
    words = {
        "title": f'<title>{escape(title)}</title>\n    <meta name="description" content="{escape(title)}">',
        "agents": "",
        "noscript": WITHOUT if plain else WITHOUT_PLAIN,
        "script": KEEPS_NOTHING,
        "licence": "",
        "end": f"<style>{looks}</style>\n  </body>",
    }
    for name, pattern in CHANGED.items():
        if len(pattern.findall(source)) != 1:
            raise Refused(f"Streamlit's page has changed: its {name} is not where it was", file=PAGE)
        source = pattern.sub(lambda _, name=name: words[name], source)
    return source.encode()


def _reply(packed: Packed, suffix: str, ending: str, keep: str, more: Headers) -> Reply:
    body, tag = packed
    fields = {
        "content-type": headers.kind(f"a{suffix}"),
        "content-length": str(len(body)),
        "cache-control": keep,
        "etag": tag,
        "vary": "Accept-Encoding",
    }
    fields |= {"content-encoding": ENCODINGS[ending].decode()} if ending else {}
    return Reply(200, headers.encoded(fields) + more, body, tag.encode())


@lru_cache(maxsize=1536)
def _file(path: Path, ending: str) -> Packed:
    return _packed(path.read_bytes(), ending)


def _packed(data: bytes, ending: str) -> Packed:
    """The bytes in an encoding, and their tag. At this level the largest file takes a tenth of a second."""
    body = data
    if ending == "br":
        body = brotli.compress(data, quality=5)
    elif ending == "gz":
        body = gzip.compress(data, 6, mtime=0)
    return body, f'"{hashlib.sha256(data).hexdigest()[:24]}{"-" if ending else ""}{ending}"'
