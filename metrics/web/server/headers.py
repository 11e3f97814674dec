"""What every answer tells the browser not to do. The same headers stand in `deploy/nginx.conf`, and a test compares them."""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import PurePosixPath

Headers = list[tuple[bytes, bytes]]
EMBED = "embed/"
"""The only pages of an edition that another site may show in a frame."""
PLAIN = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors {framed}"
)
"""Plain pages: no script at all. Styles may stand in a page: a tile's place on the map is one."""
EXPLORER = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
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


def kind(path: str) -> str:
    """
    The type of a file by its ending; one of no known ending is only ever saved.

    Examples
    --------
    >>> kind("data/trust-met.csv")
    'text/csv; charset=utf-8'
    """
    return KINDS.get(PurePosixPath(path).suffix, "application/octet-stream")


def of_page(path: str) -> Headers:
    """The headers of a file of an edition; figures may be read by pages of other sites."""
    framed = path.startswith(EMBED)
    fields = COMMON | {"content-security-policy": PLAIN.format(framed="*" if framed else "'none'")}
    fields |= {} if framed else {"x-frame-options": "DENY"}
    shared = framed or path.endswith(OPEN_DATA)
    fields |= {"cross-origin-resource-policy": "cross-origin" if shared else "same-origin"}
    fields |= {"access-control-allow-origin": "*"} if path.endswith(OPEN_DATA) else {}
    return encoded(fields)


@lru_cache(maxsize=64)
def of_explorer(scripts: str, host: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """
    The headers of every answer of the explorer; its scripts by their hashes, its socket by the host that was asked.

    A host that is none is left out: browsers that count a socket as the page's own go on working.
    """
    name = host.decode("latin-1")
    sockets = f" ws://{name} wss://{name}" if HOST.fullmatch(name) else ""
    policy = EXPLORER.format(scripts=scripts, sockets=sockets)
    fields = COMMON | {"content-security-policy": policy, "x-frame-options": "DENY", "cross-origin-resource-policy": "same-origin"}
    return tuple(encoded(fields))


def hash_of(script: str) -> str:
    """
    How a policy names a script that stands in a page.

    Examples
    --------
    >>> hash_of("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def encoded(fields: dict[str, str]) -> Headers:
    """Headers as they travel."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]
