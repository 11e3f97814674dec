"""The pages in a real browser: one server with a database of its own, one headless Chromium, one context for each visitor."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60
expect.set_options(timeout=PATIENCE * 1000)
DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# Streamlit looks for its own base path below the address of a page, and finds it one step up.
PROBES = ("/_stcore/health", "/_stcore/host-config")


class Visitor:
    """One visitor with a window of a width; what the browser complains of and what it asks for are kept."""

    def __init__(self, page: Page, site: str):
        self.page, self.site = page, site
        self.errors: list[str] = []
        self.requests: list[str] = []
        self._heard = {
            "console": self._complaint,
            "pageerror": lambda error: self.errors.append(str(error)),
            "request": lambda request: self.requests.append(request.url),
            "websocket": lambda socket: self.requests.append(socket.url),
        }
        for event, note in self._heard.items():
            page.on(event, note)

    def leave(self) -> None:
        """Go away: the session ends, and nothing of the next visitor's is noted."""
        for event, note in self._heard.items():
            self.page.remove_listener(event, note)
        self.page.goto("about:blank")

    def open(self, path: str) -> Page:
        """Open an address of the site and wait until the page is whole."""
        self.page.goto(f"{self.site}/{path}")
        return self.settled()

    def settled(self) -> Page:
        """The page, once its script has run to the end and its last words stand there."""
        self.page.locator(DONE).wait_for()
        self.page.locator(".footing").wait_for()
        return self.page

    def _complaint(self, message) -> None:
        url = message.location["url"]
        known = url.startswith(self.site) and url.endswith(PROBES) and "404" in message.text
        if message.type == "error" and not known:
            self.errors.append(f"{message.text} ({url})")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program: what CHROMIUM names, else the first one found."""
    named = os.environ.get("CHROMIUM", "")
    if named == "none":
        pytest.skip("the tests in a browser were left out with CHROMIUM=none")
    program = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("Chromium is missing: install it (Debian: apt-get install chromium) or name it with CHROMIUM=path")
    return program


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    """One headless browser."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(chromium, served, tmp_path_factory) -> Iterator[str]:
    """The address of a server of the shipped data, ended when the tests are."""
    port = _free_port()
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"METRICS_CONFIG": str(served)}, stdout=out, stderr=out)
        try:
            assert _answers(server, ("127.0.0.1", port)), log.read_text(encoding="utf-8")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.fixture(scope="session")
def enter(browser, site):
    """
    Let a new visitor in, with a window of a width in pixels: `with enter(320) as visitor`.

    Visitors come one after the other through one tab and share what a browser keeps of the server's files, or every one would
    load ten megabytes again; each has a session of its own.
    """
    shared = browser.new_context(color_scheme="light", reduced_motion="reduce")
    shared.set_default_timeout(PATIENCE * 1000)
    page = shared.new_page()

    @contextmanager
    def let_in(width: int = 1280) -> Iterator[Visitor]:
        page.set_viewport_size({"width": width, "height": 900})
        visitor = Visitor(page, site)
        try:
            yield visitor
        finally:
            visitor.leave()

    yield let_in
    shared.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(server: subprocess.Popen, address: tuple[str, int]) -> bool:
    """Whether the server answers before patience ends; not if it has ended itself."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with socket.create_connection(address, timeout=PATIENCE) as call:
                call.sendall(b"GET /_stcore/health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                return b" 200 " in call.recv(64)
        except ConnectionRefusedError:
            pass
        try:
            server.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        return False
    return False
