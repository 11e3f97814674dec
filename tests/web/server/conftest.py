"""What the tests of serving share: two small editions, the door with a stub behind it, a real server, and nginx before it."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
import streamlit

from metrics.publish import publish
from metrics.web.server import Explorer, Front
from tests.web.stories import run

ROOT = Path(__file__).parents[3]
STATIC = Path(streamlit.__file__).parent / "static"
PATIENCE = 60
PAGES = ("plan", "compare", "measure")
LOOKS = ".card > p { margin: 0 }"
EXPLORER = Explorer(STATIC, "The site", PAGES, LOOKS)
FIGURES = b"place,value\n" + b"brent,1\n" * 200
LARGE = bytes(range(256)) * 8192
Builds = Callable[[], tuple[str, str | None]]
SECRET = b"never to be served"
MODULES = ("/usr/lib/nginx/modules", "/etc/nginx/modules", "/usr/lib64/nginx/modules")
HOST = "progress.example.gov.uk"


def edition(mark: str) -> dict[str, bytes]:
    """A small edition; its mark stands on its pages."""
    words = f"<!doctype html><title>{mark}</title><main>{mark} ".encode() + b"The figures of a borough. " * 40
    return {
        "index.html": words + b'<a href="kingston-upon-thames/">Kingston</a>',
        "kingston-upon-thames/index.html": words + b'<a href="../">up</a>',
        "kingston-upon-thames/figures.csv": FIGURES,
        "embed/kingston-upon-thames/index.html": words,
        "404.html": words + b"not here",
        "503.html": words + b"not now",
        "style.0123abcd.css": b"main{color:black}" * 40,
        "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g></g>" * 60 + b"</svg>",
        "whole.zip": LARGE,
        "figures.json": b"[" + b"1," * 300 + b"1]",
        "robots.txt": b"User-agent: *\nDisallow:\n",
        ".well-known/security.txt": b"Contact: mailto:a@example.org\n",
        "redirects.json": b'{"/kingston/": "/kingston-upon-thames/"}',
    }


@dataclass(frozen=True)
class Answer:
    """What came back: the status, every header by its small name, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """Two editions, the second in use, and beside them a file that belongs to nobody."""
    beside = tmp_path_factory.mktemp("published")
    (beside / "secret.txt").write_bytes(SECRET)
    for mark in ("e1", "e2"):
        publish(beside / "public", edition(mark), name=mark)
    return beside / "public"


@pytest.fixture
def door(published) -> Callable[..., Callable[..., Answer]]:
    """A door with a stub behind it, which answers 299 to what reaches it: `door(public=True)("/", method="HEAD")`."""

    def made(*, public: bool = True, folder: Path | None = published, **chosen) -> Callable[..., Answer]:
        front = Front(stub, explorer=EXPLORER, **{"builds": lambda: ("b1", None)} | chosen, public=public, published=folder)

        def ask(target: str | bytes, method: str = "GET", **headers: str) -> Answer:
            return asked(front, target, method, **headers)

        return ask

    return made


@pytest.fixture
def ask(door) -> Callable[..., Answer]:
    """The door of the public edition."""
    return door()


@pytest.fixture(scope="session")
def public_config(tmp_path_factory) -> Path:
    """A configuration of the public edition; there is no database."""
    path = tmp_path_factory.mktemp("config") / "config.yaml"
    path.write_text(f'plan: new-met-2023\nedition: public\ndata: "{ROOT / "data"}"\ndatabase: db\ncontact: The tests\n', encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def server(published, public_config, tmp_path_factory) -> Iterator[int]:
    """The port of a real server of the public edition, told what a hosted one is told."""
    settings = dict(re.findall(r"^(STREAMLIT_\w+)=(.+)$", (ROOT / "deploy/dashboard.env").read_text(encoding="utf-8"), re.MULTILINE))
    with serving(published, public_config, tmp_path_factory.mktemp("server") / "log.txt", **settings) as port:
        yield port


@contextmanager
def serving(published: Path, config: Path, log: Path, **settings: str) -> Iterator[int]:
    """A server, ended afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    chosen = os.environ | {"METRICS_CONFIG": str(config), "METRICS_PUBLISHED": str(published), **settings}
    with log.open("w", encoding="utf-8") as out, subprocess.Popen(command, cwd=ROOT, env=chosen, stdout=out, stderr=out) as process:
        try:
            assert listens(process, port), log.read_text(encoding="utf-8")
            yield port
        finally:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture(scope="session")
def nginx(published, server, tmp_path_factory) -> Iterator[Callable[..., Answer]]:
    """The shipped configuration in a real nginx before the real server; asks over TLS, of the site's own name."""
    missing = [name for name in ("nginx", "openssl") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} is missing: install it to test deploy/nginx.conf")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    configuration = rendered(folder, published, {"443": port, "80": free_port(), "8501": server, "8502": server})
    with subprocess.Popen(["nginx", "-e", folder / "error.log", "-c", configuration, "-g", "daemon off;"]) as process:
        try:
            assert listens(process, port), (folder / "error.log").read_text(encoding="utf-8")
            yield lambda target, method="GET", **headers: over_tls(port, target, method, headers)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def rendered(folder: Path, published: Path, ports: dict[str, int]) -> Path:
    """`deploy/nginx.conf` with nothing but its ports and folders changed, and without what this machine's nginx lacks."""
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    for old, new in ports.items():
        text = re.sub(rf"(listen |127\.0\.0\.1:){old}\b", rf"\g<1>{new}", text)
    (folder / "logs").mkdir()
    (folder / "cache").mkdir()
    for old, new in (("/var/log/nginx", "logs"), ("/var/cache/nginx", "cache"), ("/etc/ssl/progress", ""), ("/run", "")):
        text = text.replace(f"{old}/", f"{folder}/{new}/".replace("//", "/"))
    text = text.replace("/srv/progress/public", str(published))
    if not any((Path(root) / "ngx_http_brotli_static_module.so").is_file() for root in MODULES):
        text = re.sub(r"(?m)^load_module.*|^ *brotli_static on;", "", text)
    # Only the user who runs the tests may read their folder.
    text = re.sub(r"(?m)^user .*", "user root;" if os.geteuid() == 0 else "", text)
    certify = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    subprocess.run([*certify, "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"], check=True, capture_output=True)
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path


def over_tls(port: int, target: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    """What a server over TLS answers; its certificate is our own and is not looked at."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as call, context.wrap_socket(call, server_hostname=HOST) as wrapped:
        return exchanged(wrapped, target, method, {"Host": HOST} | (headers or {}))


def plainly(port: int, target: str | bytes, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    """What a server answers without TLS."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as call:
        return exchanged(call, target, method, {"Host": HOST} | (headers or {}))


def exchanged(call: socket.socket, target: str | bytes, method: str, headers: dict[str, str]) -> Answer:
    """One request, sent byte for byte, and its answer; status 0 where the server only closes the connection."""
    raw = target if isinstance(target, bytes) else target.encode("latin-1")
    text = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    end = "" if "Upgrade" in headers else "Connection: close\r\n"
    call.sendall(method.encode() + b" " + raw + f" HTTP/1.1\r\n{text}{end}\r\n".encode())
    received = b""
    while part := _received(call):
        received += part
        # After a request for a socket the connection stays open, whatever the answer.
        if "Upgrade" in headers and b"\r\n\r\n" in received:
            break
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if not lines[0]:
        return Answer(0, {}, b"")
    fields = dict(line.split(": ", 1) for line in lines[1:])
    names = [line.split(": ", 1)[0].lower() for line in lines[1:]]
    assert len(names) == len(set(names)), f"a header stands twice: {names}"
    by_name = {name.lower(): value for name, value in fields.items()}
    return Answer(int(lines[0].split()[1]), by_name, _joined(body) if by_name.get("transfer-encoding") == "chunked" else body)


def _received(call: socket.socket) -> bytes:
    try:
        return call.recv(1 << 16)
    except ConnectionResetError:
        return b""


def _joined(chunks: bytes) -> bytes:
    body = b""
    while chunks:
        size, _, chunks = chunks.partition(b"\r\n")
        body += chunks[: int(size, 16)]
        chunks = chunks[int(size, 16) + 2 :]
    return body


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(process: subprocess.Popen, port: int) -> bool:
    """Whether a process listens before patience ends; not if it has ended itself."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), PATIENCE).close()
        except ConnectionRefusedError:
            pass
        else:
            return True
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        return False
    return False


async def stub(scope, receive, send) -> None:
    """Behind the door: tells what it was asked for and below which base."""
    body = f"{scope.get('root_path', '')} {scope['path']}".encode()
    await send({"type": "http.response.start", "status": 299, "headers": [(b"content-type", b"text/plain"), (b"set-cookie", b"a=b")]})
    await send({"type": "http.response.body", "body": body})


def asked(front: Front, target: str | bytes, method: str = "GET", **headers: str) -> Answer:
    """What a door answers to one request."""
    raw = target if isinstance(target, bytes) else target.encode("utf-8")
    path, _, query = raw.partition(b"?")
    fields = [(name.lower().replace("_", "-").encode(), value.encode()) for name, value in ({"host": HOST} | headers).items()]
    scope = {"type": "http", "method": method, "path": unquote(path), "raw_path": path, "query_string": query, "headers": fields}
    return run(_answer(front, scope | {"asgi": {"version": "3.0", "spec_version": "2.4"}}))


async def _answer(front: Front, scope: dict) -> Answer:
    sent = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    await front(scope, receive, send)
    names = [name for name, _ in sent[0]["headers"]]
    assert len(names) == len(set(names)), f"a header stands twice: {names}"
    fields = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], fields, b"".join(message.get("body", b"") for message in sent[1:]))
