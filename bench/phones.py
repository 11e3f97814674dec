"""
What a phone in a hall pays for a page: bytes, requests, and the time until it can be read.

Chromium with its network and its processor slowed down, against nginx with the shipped configuration over TLS. Our page of a
borough takes turns with the same words written by hand, so that a busy machine slows both. Beside them stand the published
figures of Observable Framework; `bench/framework.py` measures a page made with it. The explorer's first visit is weighed the
same way, unslowed. Nothing here fails: it measures.
"""

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench.requirements import say
from metrics import definitions
from metrics.build import database
from metrics.build.definition_files import of_build
from metrics.publish.edition_writer import packed
from metrics.report.snapshot import Snapshot
from metrics.store import Store
from tests.faults.hosting import MISSING, WHY, Site, explorer, hosted
from tests.outputs.site.cutting import site
from tests.web.server.conftest import HOST, ROOT

BOROUGH, MEASURE = "barking-and-dagenham", "neighbourhood-crime"
PATHS = (f"{BOROUGH}/", f"{BOROUGH}/{MEASURE}/")
BY_HAND, EXPLORE = "by-hand/", "explore/"
REPEATS = 21
HALL_NAME = "1.6 Mbit/s and 150 ms"
HALL = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8, "offline": False}
EDGE = {"latency": 400, "downloadThroughput": 4e5 / 8, "uploadThroughput": 4e5 / 8, "offline": False}
SLOWER = 4
BYTES_ALLOWED, REQUESTS_ALLOWED, HALL_ALLOWED, EDGE_ALLOWED, TIMES_ALLOWED = 50, 5, 1.0, 2.0, 1.2
LIVE_ALLOWED = 2.5
FRAMEWORK_SECONDS, FRAMEWORK_BYTES = 0.51, 196
"""A page of a sample of figures made with Observable Framework, unslowed, as measured before on this kind of machine; kB."""
PAINTED = """async () => {
    await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const first = await new Promise(done => new PerformanceObserver(list => {
        list.getEntriesByName("first-contentful-paint").forEach(done);
    }).observe({type: "paint", buffered: true}));
    return [first.startTime, performance.now()];
}"""


@dataclass(frozen=True)
class Visit:
    """One first visit: bytes over the network, requests, seconds to the first words and to the last chart."""

    bytes: int
    requests: int
    first: float
    last: float


def main() -> None:
    """Measure, and print one line for each question."""
    if MISSING:
        sys.exit(WHY)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        publish_one(folder)
        started = explorer(folder, folder / "db", folder / "public")
        with hosted(folder / "site", folder / "public", [started]) as hall, chromium() as browser:
            for path in PATHS:
                _by_hand(folder, hall, browser, path)
            _plain(hall, browser)
            _without_scripts(hall, browser)
            _live(hall, browser)


def publish_one(folder: Path) -> None:
    """The pages of one borough and what all pages share, compressed as they are when they are published."""
    config = definitions.load(ROOT / "config.yaml")
    database.build(config.data, folder / "db", definitions.definitions(config.data, config.plan))
    store = Store(folder / "db")
    reading = Snapshot(store, *of_build(store.ask))
    for path, data in site(reading, address=f"https://{HOST}", contact="The person who runs this dashboard"):
        if path.startswith(f"{BOROUGH}/") or "/" not in path:
            write_packed(folder, path, data)
    (folder / "public/current").symlink_to("editions/e1")


def write_packed(folder: Path, path: str, data: bytes) -> None:
    """A file of the edition and its compressed siblings."""
    file = folder / "public/editions/e1" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    for ending, small in packed(path, data).items():
        file.with_name(f"{file.name}.{ending}").write_bytes(small)


def _by_hand(folder: Path, hall: Site, browser: Browser, path: str) -> None:
    """The words of a page, line by line, with a title and nothing else."""
    with _context(browser) as context:
        page = context.new_page()
        page.goto(_address(hall, path))
        lines = [f"<p>{escape(line)}</p>" for line in page.locator("body").inner_text().splitlines() if line.strip()]
    text = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>By hand</title>{"".join(lines)}'
    write_packed(folder, f"{BY_HAND}{path}index.html", text.encode())


def _plain(hall: Site, browser: Browser) -> None:
    for name, net, allowed in ((HALL_NAME, HALL, HALL_ALLOWED), ("400 kbit/s and 400 ms", EDGE, EDGE_ALLOWED)):
        print(f"     on {name}, a processor {SLOWER} times slower:")
        for path in PATHS:
            pairs = [(visit(hall, browser, path, net), visit(hall, browser, f"{BY_HAND}{path}", net)) for _ in range(REPEATS)]
            ours, hand = (_middle(list(of)) for of in zip(*pairs, strict=True))
            times = statistics.median(ours.first / theirs.first for ours, theirs in pairs)
            if net is HALL:
                say(f"/{path} weighs", ours.bytes / 1000, "kB", BYTES_ALLOWED)
                say(f"/{path} asks for", ours.requests, "files", REQUESTS_ALLOWED)
            print(f"     /{path}: the first words after {ours.first:.2f} s, by hand {hand.first:.2f} s ({hand.bytes / 1000:.1f} kB)")
            say(f"/{path} is whole, its last chart painted, after", ours.last, "s", allowed)
            say(f"/{path} can be read after", times, "times as long as the same words by hand", TIMES_ALLOWED)
    print("     unslowed, beside a page of Observable Framework as it was measured before:")
    ours = _middle([visit(hall, browser, PATHS[0], None) for _ in range(REPEATS)])
    say(f"/{PATHS[0]} is whole after", ours.last, "s", FRAMEWORK_SECONDS)
    say(f"/{PATHS[0]} weighs", ours.bytes / 1000, "kB", FRAMEWORK_BYTES)


def _without_scripts(hall: Site, browser: Browser) -> None:
    """Whether all words and charts stand there where no script may run."""
    path, seen = f"{BOROUGH}/", []
    for scripts in (True, False):
        with _context(browser, scripts) as context:
            page = context.new_page()
            page.goto(_address(hall, path))
            seen.append((page.locator("body").inner_text(), page.locator("svg, img").count()))
    print(f"     /{path}: {len(seen[0][0]):,} letters and {seen[0][1]} pictures; without JavaScript {len(seen[1][0]):,} and {seen[1][1]}")
    say("without JavaScript there are", abs(seen[0][1] - seen[1][1]) + (seen[0][0] != seen[1][0]), "differences", 0)


def _live(hall: Site, browser: Browser) -> None:
    """What the explorer's first visit weighs, its socket included."""
    for path in ("", "?area=brent", "measure?area=brent"):
        first = visit(hall, browser, f"{EXPLORE}{path}", None)
        print(f"     /{EXPLORE}{path}: {first.requests} requests, whole after {first.last:.1f} s unslowed")
        say(f"/{EXPLORE}{path}, a first visit, weighs", first.bytes / 1e6, "MB", LIVE_ALLOWED)


def visit(hall: Site, browser: Browser, path: str, net: dict | None, charts: int = 0) -> Visit:
    """A first visit, with nothing kept from another; it is whole when it has so many charts."""
    with _context(browser) as context:
        page = context.new_page()
        session, sizes, asked = context.new_cdp_session(page), [], []
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        session.on("Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"]) * 3 / 4))
        if net:
            session.send("Network.emulateNetworkConditions", net)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        answer = page.goto(_address(hall, path), wait_until="load")
        if answer is None or not answer.ok:
            sys.exit(f"/{path} is not there: an error page would be measured in its place")
        page.wait_for_function(f"document.querySelectorAll('svg').length >= {charts}")
        if path.startswith(EXPLORE):
            page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
            page.locator(".footing").wait_for()
            page.wait_for_load_state("networkidle")
        first, last = page.evaluate(PAINTED)
        files = [url for url in asked if not url.startswith("data:")]
        return Visit(int(sum(sizes)), len(files), first / 1000, last / 1000)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that `CHROMIUM` names, or that there is."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program in (None, "none"):
        sys.exit("Chromium is missing: install it, or name it with CHROMIUM=path")
    arguments = ["--no-sandbox", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()


@contextmanager
def _context(browser: Browser, scripts: bool = True) -> Iterator[BrowserContext]:
    made = browser.new_context(ignore_https_errors=True, java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    made.set_default_timeout(60_000)
    yield made
    made.close()


def _address(hall: Site, path: str) -> str:
    return f"https://{HOST}:{hall.door.port}/{path}"


def _middle(visits: list[Visit]) -> Visit:
    return Visit(*(statistics.median(getattr(visit, name) for visit in visits) for name in ("bytes", "requests", "first", "last")))


if __name__ == "__main__":
    main()
