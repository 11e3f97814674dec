"""
What it costs to serve: plain pages a second from the app alone and through nginx, and the explorer's pages opened at once.

An edition of pages of the real ones' weight is published into a folder of its own. The generator of load runs on the same
cores, so what is left for the servers is less than they would have alone; CPU is that of the servers alone. Where `wrk` or
nginx is missing, that part is left out and said so. Nothing here fails: it measures.
"""

import asyncio
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Origin, Subprotocol

from metrics import definitions
from metrics.build import database
from metrics.publish import publish

ROOT = Path(__file__).parent.parent
SECONDS, CONNECTIONS = 5, 200
APP_REQUIRED, NGINX_REQUIRED, SLOWEST = 1000, 20_000, 50
PAUSE = "function delay() return math.random(0, {longest}) end"
"""Told to `wrk`: how many milliseconds a connection waits before it asks again."""
AT_ONCE = 50
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What one run of the generator found: answers a second, the 99th of a hundred in milliseconds, bytes of an answer."""

    rate: float
    slow: float
    size: float


def main() -> None:
    """Publish, serve, measure, and print one line for each question."""
    with tempfile.TemporaryDirectory(prefix="serving") as name:
        folder = Path(name)
        folder.chmod(0o755)
        published = folder / "public"
        started = time.perf_counter()
        done = publish(published, _edition(), name="e1")
        print(f"     {done.written} files published in {time.perf_counter() - started:.1f} s")
        with _app(folder, published) as (port, process):
            if shutil.which("wrk"):
                _pages(folder, published, port, process.pid)
            else:
                print("     wrk is missing: that part is left out")
            _explorer(port, process.pid)


def _edition() -> Iterator[tuple[str, bytes]]:
    """Two hundred pages of 18 kB, which is what a measure's page weighs."""
    text = " ".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/architecture.md"))
    text = text.replace("<", "&lt;")[:18_000]
    yield "index.html", b"<!doctype html><title>t</title>"
    for number in range(200):
        page = f"<!doctype html><title>{number}</title><main>{text[number:]}{text[:number]}</main>"
        yield f"brent/trust-{number}/index.html", page.encode()


@contextlib.contextmanager
def _app(folder: Path, published: Path) -> Iterator[tuple[int, subprocess.Popen]]:
    config = definitions.load(ROOT / "config.yaml")
    database.build(config.data, folder / "db", definitions.definitions(config.data, config.plan))
    text = f'plan: {config.plan}\nedition: public\ndata: "{config.data.resolve()}"\ndatabase: db\ncontact: nobody\n'
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    port = _free()
    chosen = os.environ | {"METRICS_CONFIG": str(folder / "config.yaml"), "METRICS_PUBLISHED": str(published)}
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=chosen, stdout=subprocess.DEVNULL) as process, _ended(process):
        _wait(port)
        yield port, process


@contextlib.contextmanager
def _nginx(folder: Path, published: Path, app: int) -> Iterator[tuple[int, list[int]]]:
    """The shipped configuration without TLS, which would be measured besides, and the pids of its workers."""
    port, text = _free(), (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"listen 443 ssl http2", f"listen {port}", re.sub(r"(?m)^ +(?:ssl_|listen 80).*", "", text))
    text = re.sub(r"127\.0\.0\.1:850\d", f"127.0.0.1:{app}", text).replace("progress.example.gov.uk", "127.0.0.1")
    for old in ("/var/log/nginx", "/var/cache/nginx", "/run"):
        text = text.replace(f"{old}/", f"{folder}/")
    text = re.sub(r"(?m)^user .*", "user root;" if os.geteuid() == 0 else "", text.replace("/srv/progress/public", str(published)))
    if not Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so").is_file():
        text = re.sub(r"(?m)^load_module.*|^ *brotli_static on;", "", text)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command = ["nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with subprocess.Popen(command) as process, _ended(process):
        _wait(port)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="utf-8")
        yield port, [int(pid) for pid in children.split()]


def _pages(folder: Path, published: Path, port: int, pid: int) -> None:
    """Plain pages from the app alone, at a pace and without one, and through nginx."""
    address = f"http://127.0.0.1:{port}/brent/trust-1/"
    _load(address, "br")  # unmeasured: a process that has just begun still fills what it keeps
    _paced("the app alone", address, folder / "pause.lua", APP_REQUIRED)
    _measure("the app alone", address, [pid], APP_REQUIRED)
    if not shutil.which("nginx"):
        print("     nginx is missing: that part is left out")
        return
    with _nginx(folder, published, port) as (proxy, workers):
        address = f"http://127.0.0.1:{proxy}/brent/trust-1/"
        _load(address, "br")
        _measure("nginx", address, workers, NGINX_REQUIRED)


def _measure(what: str, address: str, pids: list[int], required: int) -> None:
    for name, accept in (("brotli", "br"), ("plain", "identity")):
        before = sum(map(_cpu, pids))
        load = _load(address, accept)
        cpu = (sum(map(_cpu, pids)) - before) / max(1, load.rate * SECONDS)
        met = load.rate >= required and load.slow <= SLOWEST
        print(
            f"{'met:' if met else 'NOT MET:'} {what}, {name}: {load.rate:,.0f} pages/s, {load.rate / required:.1f} times what is "
            f"required ({required:,}), the 99th of a hundred after {load.slow:.1f} ms (required: at most {SLOWEST}), "
            f"{cpu * 1e6:.0f} µs of CPU and {load.size:,.0f} bytes each"
        )


def _paced(what: str, address: str, script: Path, required: int) -> None:
    """As many pages a second as are required, from connections that pause as readers do."""
    script.write_text(PAUSE.format(longest=2 * 1000 * CONNECTIONS // (required * 6 // 5)), encoding="utf-8")
    load = _load(address, "br", "-s", str(script))
    met = load.rate >= required and load.slow <= SLOWEST
    print(
        f"{'met:' if met else 'NOT MET:'} {what}, {CONNECTIONS} connections that pause between pages: {load.rate:,.0f} pages/s "
        f"(required: {required:,}), the 99th of a hundred after {load.slow:.1f} ms (required: at most {SLOWEST})"
    )


def _load(address: str, accept: str, *more: str) -> Load:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", f"Accept-Encoding: {accept}", *more, address]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    amount, unit = _read(r"99%\s+([\d.]+)(us|ms|s)", printed)
    count, read, kind = _read(r"(\d+) requests in [\d.]+s, ([\d.]+)([KMG]?B) read", printed)
    size = float(read) * {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}[kind] / max(1, int(count))
    return Load(float(_read(r"Requests/sec:\s+([\d.]+)", printed)[0]), float(amount) * {"us": 0.001, "ms": 1, "s": 1000}[unit], size)


def _read(pattern: str, text: str) -> tuple[str, ...]:
    """The parts of a text that a pattern names; what is not there ends the benchmark."""
    there = re.search(pattern, text)
    if there is None:
        sys.exit(f"{pattern} is not in {text!r}")
    return there.groups()


def _explorer(port: int, pid: int) -> None:
    """Open the same page of the explorer many times at once, when it has been opened before."""
    asyncio.run(_opened(port, 5))
    before, started = _cpu(pid), time.perf_counter()
    sizes = asyncio.run(_opened(port, AT_ONCE))
    taken, cpu = time.perf_counter() - started, (_cpu(pid) - before) / AT_ONCE
    print(
        f"     the explorer: {AT_ONCE} opened at once, the last whole after {taken:.2f} s, {cpu * 1000:.0f} ms of CPU "
        f"and {sum(sizes) / AT_ONCE:,.0f} bytes of socket each; the process then takes {_memory(pid):.0f} MB"
    )


async def _opened(port: int, times: int) -> list[int]:
    return await asyncio.gather(*(_open(port) for _ in range(times)))


async def _open(port: int) -> int:
    """Ask for the page of a borough as a browser does, and read until it is whole; gives the bytes."""
    asked, size = BackMsg(), 0
    asked.rerun_script.query_string, asked.rerun_script.page_name = "area=brent", "meeting"
    address = f"ws://127.0.0.1:{port}/explore/_stcore/stream"
    origin = Origin(f"http://127.0.0.1:{port}")
    async with websockets.connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, origin=origin) as line:
        await line.send(asked.SerializeToString())
        async for part in line:
            size += len(part)
            if ForwardMsg.FromString(part).WhichOneof("type") == "script_finished":
                return size
    return size


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid: int) -> float:
    """Megabytes that a process holds."""
    return int(_read(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))[0]) / 1024


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.1)
    sys.exit("the server did not answer")


@contextlib.contextmanager
def _ended(process: subprocess.Popen) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
