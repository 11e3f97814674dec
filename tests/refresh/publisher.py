"""A publisher on this machine: a catalogue in either shape, files with tags and times, and every fault that a publisher has shown."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODIFIED = "Thu, 18 Apr 2024 09:30:00 GMT"
PIECE = 64


@dataclass
class Page:
    """What stands at an address, and what goes wrong with it: each fault happens so many times, or always."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    tag: str | None = None
    modified: str | None = None
    cut_after: int | None = None
    cuts: int = 10**6
    pause: float = 0.0
    chunked: bool = False
    ranges: bool = True


class Publisher:
    """Addresses with what stands there, and every request that came."""

    def __init__(self):
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[bytes] = []
        self.open, self.most_open = 0, 0
        self.address = ""

    def file(self, path: str, text: str | bytes, **more) -> dict[str, str]:
        """Put up a file, and give its fields as a catalogue of the newer shape has them."""
        body = text.encode() if isinstance(text, str) else text
        digest = hashlib.md5(body, usedforsecurity=False).hexdigest()
        self.pages[path] = Page(**{"body": body, "tag": f'"{digest}"', "modified": MODIFIED} | more)
        fields = {"title": path.rpartition("/")[2], "url": self.address + path, "format": "csv", "check_hash": digest}
        return fields | {"check_size": len(body), "check_timestamp": "2024-04-18T10:00:00.000Z"}

    def catalogue(self, path: str, files: list[dict], *, older: bool = False, **more) -> None:
        """Put up a catalogue: files under keys, or one after the other with fewer fields."""
        if older:
            listed = [{"name": file["title"], "url": file["url"], "format": file["format"]} for file in files]
            whole = {"success": True, "result": {"resources": listed}}
        else:
            keys = [hashlib.sha256(file["url"].encode()).hexdigest()[:5] for file in files]
            whole = {"id": "x", "resources": dict(zip(keys, files, strict=True))}
        self.pages[path] = Page(json.dumps(whole).encode(), headers={"Content-Type": "application/json"}, **more)

    def paths(self) -> list[str]:
        """The addresses that were asked for, in their order."""
        return [path for path, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def setup(self):
        super().setup()
        self.publisher.open += 1
        self.publisher.most_open = max(self.publisher.most_open, self.publisher.open)

    def finish(self):
        self.publisher.open -= 1
        super().finish()

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.publisher.asked.append((self.path, dict(self.headers)))
        page = self.publisher.pages.get(self.path, Page(b"no such page", 404))
        unchanged = page.tag and self.headers.get("If-None-Match") == page.tag
        if unchanged or (page.modified and not page.tag and self.headers.get("If-Modified-Since") == page.modified):
            return self._send(304, page, b"", {})
        begins = self._begins(page)
        if begins is None:
            return self._send(page.status, page, page.body, {})
        if begins >= len(page.body):
            return self._send(416, page, b"", {})
        return self._send(206, page, page.body[begins:], {"Content-Range": f"bytes {begins}-{len(page.body) - 1}/{len(page.body)}"})

    def do_POST(self):
        self.publisher.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
        return self.do_GET()

    def _begins(self, page: Page) -> int | None:
        asked = self.headers.get("Range")
        same = page.ranges and page.tag and self.headers.get("If-Range") == page.tag
        return int(asked.removeprefix("bytes=").rstrip("-")) if asked and same else None

    def _send(self, status: int, page: Page, body: bytes, more: dict[str, str]):
        self.send_response(status)
        fields = {"ETag": page.tag, "Last-Modified": page.modified} | page.headers | more
        length = {"Transfer-Encoding": "chunked"} if page.chunked else {"Content-Length": str(len(body))}
        for name, text in (fields | (length if status != 304 else {})).items():
            if text:
                self.send_header(name, text)
        self.end_headers()
        cut = page.cut_after is not None and page.cuts > 0 and status in (200, 206)
        page.cuts -= cut
        self._body(page, body[: page.cut_after] if cut else body, whole=not cut)

    def _body(self, page: Page, body: bytes, *, whole: bool):
        try:
            for start in range(0, len(body), PIECE if page.pause else len(body) or 1):
                piece = body[start : start + PIECE] if page.pause else body
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if page.chunked else piece)
                time.sleep(page.pause)
            if page.chunked and whole:
                self.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            whole = False
        self.close_connection = self.close_connection or not whole


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """The client has gone away, as in some tests."""


@contextmanager
def serving() -> Iterator[Publisher]:
    """A publisher that answers on a port of its own."""
    publisher = Publisher()
    handler = type("Handler", (_Handler,), {"publisher": publisher})
    with _Server(("127.0.0.1", 0), handler) as server:
        publisher.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield publisher
        finally:
            server.shutdown()
            thread.join()
