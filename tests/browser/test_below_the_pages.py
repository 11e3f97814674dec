"""The explorer below `/explore/` with the plain pages before it: it works, under its policy, and keeps nothing of a visitor."""

import pytest

from metrics.publish import publish
from tests.browser.conftest import DONE, PATIENCE, PROBES
from tests.web.server.conftest import serving

WORDS = "<!doctype html><html lang=en><title>Plain</title><main><h1>Plain pages</h1>"
PLAIN = f"{WORDS}<a href='explore/?area=brent'>Explore</a><p style='color:#0b0c0c'>x</p></main>".encode()
SCRIPT = "const made = document.createElement('script'); made.textContent = 'window.ran = 1'; document.body.append(made); window.ran"


@pytest.fixture(scope="module")
def site(chromium, served, tmp_path_factory):
    """The address of a server with one page published."""
    folder = tmp_path_factory.mktemp("published")
    publish(folder, {"index.html": PLAIN, "favicon.ico": b""}, name="e1")
    public = served.with_name("public.yaml")
    public.write_text(served.read_text(encoding="utf-8").replace("edition: full", "edition: public"), encoding="utf-8")
    with serving(folder, public, folder.parent / "log.txt") as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visit(browser, site):
    """A new visitor's page, with what the browser complained of and whom else it asked."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.extend(_complaint(message)))
    page.on("request", lambda asked: page.complaints.append(asked.url) if not asked.url.startswith((site, "data:", "blob:")) else None)
    yield page
    context.close()


def _complaint(message) -> list[str]:
    url = message.location["url"]
    known = message.type != "error" or (url.endswith(PROBES) and "404" in message.text)
    return [] if known else [f"{message.text} ({url})"]


def test_a_plain_page_links_to_the_explorer_whose_charts_are_drawn_under_the_policy(visit, site):
    visit.goto(f"{site}/")
    visit.get_by_role("link", name="Explore").click()
    visit.locator(DONE).wait_for()
    visit.goto(f"{site}/explore/measure?area=brent&measure=neighbourhood-crime")
    visit.locator(DONE).wait_for()
    visit.get_by_text("Explore: point at any month").click()
    visit.locator(".js-plotly-plot .main-svg").first.wait_for()
    visit.locator(".footing").wait_for()
    assert visit.title().startswith("Neighbourhood crime, Brent")
    assert visit.complaints == []


def test_neither_the_pages_nor_the_explorer_set_a_cookie(visit, site):
    for address in ("/", "/explore/"):
        visit.goto(site + address)
    visit.locator(DONE).wait_for()
    assert visit.context.cookies() == []


def test_a_script_that_gets_into_a_page_does_not_run(visit, site):
    for address in ("/", "/explore/"):
        visit.goto(site + address)
        assert visit.evaluate(SCRIPT) is None
    assert any("Content Security Policy" in complaint for complaint in visit.complaints)
