"""
What every answer says besides its bytes: its headers, the encoding that a browser takes, and whether it holds the answer already.

The same headers stand in `deploy/nginx.conf`, and a test compares them.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import PurePosixPath

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

ENCODINGS = {"br": "br", "gz": "gzip"}
"""What a sibling's ending is called in headers, the smallest first."""
FOR_GOOD = "public, max-age=31536000, immutable"
CONDITIONS = StaticFiles()
EMBED = "embed/"
"""The only pages of an edition that another site may show in a frame."""
PLAIN = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors {framed}"
)
"""Plain pages: no script at all. Styles may stand in a page: a tile's place on the map is one."""
EXPLORER = (
    "default-src 'none'; script-src 'self' {script}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'{sockets}; worker-src 'self' blob:; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)
COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
KINDS = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
OPEN_DATA = (".csv", ".json")
HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
ENCODING = re.compile(r"([\w*-]+)(?:;q=([01](?:\.\d{0,3})?))?")


def kind(path: str) -> str:
    """
    The type of a file by its ending; one of no known ending is only ever saved.

    >>> kind("data/trust-met.csv")
    'text/csv; charset=utf-8'
    """
    return KINDS.get(PurePosixPath(path).suffix, "application/octet-stream")


def of_page(path: str) -> dict[str, str]:
    """The headers of a file of an edition; figures may be read by pages of other sites."""
    framed = path.startswith(EMBED)
    shared = framed or path.endswith(OPEN_DATA)
    fields = COMMON | {"content-security-policy": PLAIN.format(framed="*" if framed else "'none'")}
    fields |= {} if framed else {"x-frame-options": "DENY"}
    fields |= {"cross-origin-resource-policy": "cross-origin" if shared else "same-origin"}
    return fields | ({"access-control-allow-origin": "*"} if path.endswith(OPEN_DATA) else {})


def hash_of(script: str) -> str:
    """
    How a policy names a script that stands in a page.

    >>> hash_of("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@lru_cache(maxsize=64)
def of_explorer(script: str, host: str) -> list[tuple[bytes, bytes]]:
    """
    The headers of every answer of the explorer; its script by its hash, its socket by the host that was asked.

    A host that is none is left out: browsers that count a socket as the page's own go on working.
    """
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    policy = EXPLORER.format(script=hash_of(script), sockets=sockets)
    fields = COMMON | {"content-security-policy": policy, "x-frame-options": "DENY", "cross-origin-resource-policy": "same-origin"}
    return Headers(fields).raw


def of_file(path: str, digest: str, ending: str) -> dict[str, str]:
    """The headers that say what a file is: its type, its encoding by the ending of the sibling that is sent, and a tag by its SHA-256."""
    fields = {"content-type": kind(path), "etag": f'"{digest[:24]}{"-" if ending else ""}{ending}"'}
    return fields | ({"content-encoding": ENCODINGS[ending]} if ending else {})


def in_a_line(status: int, words: str, more: Mapping[str, str] | None = None) -> Response:
    """An answer of one line, with what every page tells the browser, never kept by anyone."""
    return PlainTextResponse(f"{words}\n", status, {"cache-control": "no-store", **of_page(""), **(more or {})})


@lru_cache(maxsize=256)
def wanted(accept: str) -> tuple[str, ...]:
    """
    The endings of the encodings that a browser takes, the best first; last the plain file, which is always there.

    >>> wanted("gzip, deflate, br")
    ('br', 'gz', '')
    >>> wanted("gzip;q=0.5, br;q=0, *;q=0.1")
    ('gz', '')
    """
    parts = map(ENCODING.fullmatch, "".join(accept[:200].lower().split()).split(","))
    weights = {part[1]: float(part[2] or 1) for part in parts if part}
    taken = {ending: weights.get(name, weights.get("*", 0)) for ending, name in ENCODINGS.items()}
    least = weights.get("identity", 0)
    return (*sorted((ending for ending in taken if taken[ending] and taken[ending] >= least), key=lambda ending: -taken[ending]), "")


def unless_held(response: Response, asked: Headers) -> Response:
    """The response, or 304 to a browser that holds it: by its tag, or by its time where the browser sends no tag."""
    if "etag" not in response.headers or not CONDITIONS.is_not_modified(response.headers, asked):
        return response
    if not asked.get("if-none-match") and not _is_a_time(asked["if-modified-since"]):
        return response
    about = ("content-length", "content-type", "content-encoding")
    return Response(None, 304, {name: value for name, value in response.headers.items() if name not in about})


def _is_a_time(text: str) -> bool:
    """Whether a time can be one: Starlette compares the parts of a date that no calendar has."""
    try:
        return bool(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return False
