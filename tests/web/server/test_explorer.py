"""The explorer behind the door: what reaches Streamlit, what the public edition closes, and what every answer carries."""

import gzip
import os
import re
import subprocess
import sys
import tomllib

import brotli
import pytest
from streamlit import config as streamlit_config

from metrics.domain import Refused
from metrics.web.server import Front, responses
from metrics.web.server.explorer import Explorer
from tests.web.server.conftest import EXPLORER, HOST, LOOKS, PAGES, ROOT, STATIC, asked

SCRIPT = max((STATIC / "static/js").glob("*.js"), key=lambda path: path.stat().st_size)
CLOSED = [
    ("/_stcore/upload_file", 403),
    ("/_stcore/upload_file/a/b", 403),
    ("/_stcore/metrics", 403),
    ("/_stcore/script-health-check", 403),
    ("/_stcore/agent/openapi.json", 404),
    ("/_stcore/agent/interact", 404),
    ("/_stcore/agent/mcp", 404),
    ("/auth/login", 404),
    ("/present/brent", 404),
]


def policy(answer) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))


@pytest.mark.parametrize("address", ["/explore/", "/explore/plan", "/explore/?area=brent"])
def test_every_page_of_the_explorer_begins_with_our_own_words(ask, address):
    body = ask(address).body.decode()
    assert "<title>The site</title>" in body and '<meta name="description" content="The site">' in body
    assert "Streamlit</title>" not in body and "agent" not in body
    assert '<noscript><p>These pages draw charts in the browser and need JavaScript. <a href="/">' in body
    assert body.startswith("<!DOCTYPE html>") and './static/js/index.' in body
    assert re.search(rf'<div id="root"></div>\s*<style>{re.escape(LOOKS)}</style>\s*</body>', body)


def test_a_page_that_streamlit_changes_is_refused(tmp_path):
    (tmp_path / "index.html").write_text((STATIC / "index.html").read_text().replace("<title>Streamlit</title>", "<title>Other</title>"))
    with pytest.raises(Refused, match="its title is not where it was"):
        Explorer(tmp_path, "The site", PAGES, LOOKS)


def test_only_scripts_of_this_version_run(ask):
    directives = policy(ask("/explore/"))
    assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/]{43}='", directives["script-src"])
    forbidden = ("default-src", "frame-ancestors", "base-uri", "form-action", "object-src")
    assert {directives[name] for name in forbidden} == {"'none'"}
    assert directives["connect-src"] == f"'self' ws://{HOST} wss://{HOST}"
    assert "unsafe-eval" not in str(directives) and "unsafe-inline" not in directives["script-src"]


def test_the_one_script_in_the_page_keeps_others_from_storing_anything(ask):
    answer = ask("/explore/")
    scripts = re.findall(r"<script>(.*?)</script>", answer.body.decode(), re.DOTALL)
    assert scripts == ["Storage.prototype.setItem = () => {}"]
    assert responses.hash_of(scripts[0]) in policy(answer)["script-src"]


@pytest.mark.parametrize("host", ["a b", "a;b", "a'b", "x" * 300, "", "a,b", "a/b", "*"])
def test_a_host_that_is_none_stays_out_of_the_policy(ask, host):
    assert policy(ask("/explore/", host=host))["connect-src"] == "'self'"


def test_what_streamlit_answers_carries_the_headers_too(ask):
    answer = ask("/explore/_stcore/health")
    assert (answer.status, answer.body) == (299, b"/explore /explore/_stcore/health")
    assert "script-src" in policy(answer) and answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("base", ["", "/explore"])
@pytest.mark.parametrize(("address", "status"), CLOSED)
def test_the_public_edition_is_not_sent_to_not_looked_into_and_not_driven(door, address, status, base):
    assert door(public=True, folder=None)(base + address).status == status
    assert door(public=True, folder=None)(base + address, method="POST").status == status


def test_the_full_edition_leaves_that_to_streamlit(door):
    assert door(public=False)("/explore/_stcore/upload_file/a/b", method="PUT", host="localhost:8501").status == 299


def test_an_address_of_no_page_is_not_there(ask, door):
    for address in ("/explore/.env", "/explore/wp-login.php", "/explore/static/x.js", "/explore/index.html", "/explore/plan/x"):
        assert ask(address).status == 404
    assert door(public=True, folder=None)("/.env").status == 404
    assert door(public=False, folder=None)("/whatever", host="127.0.0.1:8501").status == 200


def test_an_address_of_the_explorer_is_brought_to_its_one_form(ask):
    assert ask("/explore").headers["location"] == "/explore/"
    assert ask("/explore/plan/?area=brent").headers["location"] == "/explore/plan?area=brent"


def test_streamlits_files_are_served_compressed_with_equal_bytes_and_kept_for_good(ask):
    address = f"/explore/static/js/{SCRIPT.name}"
    plain, small = ask(address), ask(address, accept_encoding="gzip, br")
    assert plain.body == SCRIPT.read_bytes() == brotli.decompress(small.body) == gzip.decompress(ask(address, accept_encoding="gzip").body)
    assert len(small.body) < 0.35 * len(plain.body)
    assert small.headers["cache-control"] == "public, max-age=31536000, immutable" and small.headers["vary"] == "Accept-Encoding"
    assert ask(address, accept_encoding="br", if_none_match=small.headers["etag"]).status == 304


def test_every_one_of_streamlits_files_is_served_with_its_type(ask):
    for path in STATIC.rglob("*.*"):
        if path.name != "index.html":
            answer = ask(f"/explore/{path.relative_to(STATIC).as_posix()}", accept_encoding="br")
            assert answer.status == 200 and answer.headers["content-type"] != "application/octet-stream", path


def test_the_hidden_option_that_decides_the_speed_is_there_and_off():
    assert streamlit_config.get_config_options()["runner.postScriptGC"].visibility == "hidden"
    served = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert served["runner"]["postScriptGC"] is False


def test_every_option_that_is_set_is_one_that_streamlit_knows():
    options = streamlit_config.get_config_options()
    served = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert [f"{part}.{name}" for part, chosen in served.items() for name in chosen if f"{part}.{name}" not in options] == []
    hosted = re.findall(r"^(STREAMLIT_\w+)=", (ROOT / "deploy/dashboard.env").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(hosted) <= {option.env_var for option in options.values()}


def test_garbage_collection_skips_what_is_loaded_and_is_seldom_for_the_rest(public_config):
    code = "import gc; often = gc.get_threshold()[0]; import dashboard\n"
    code += "print(gc.get_freeze_count() > 10 * len(gc.get_objects()) and gc.get_threshold()[0] > 5 * often)"
    chosen = os.environ | {"METRICS_CONFIG": str(public_config)}
    output = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=chosen, capture_output=True, text=True, check=False)
    assert output.stdout == "True\n", output.stderr


async def streamlits_first_page(_scope, _receive, send):
    """What Streamlit answers to every address that it does not know."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html; charset=utf-8")]})
    await send({"type": "http.response.body", "body": b"<!doctype html><title>Streamlit</title>"})


@pytest.mark.parametrize("address", ["/figures/x", "/picture/x", "/share/x", "/_stcore/x", "/_stcore/stream", "/media/x"])
@pytest.mark.parametrize("base", ["", "/explore"])
def test_streamlits_own_page_is_never_sent_in_place_of_a_file(address, base):
    front = Front(streamlits_first_page, explorer=EXPLORER, builds=lambda: ("b1", None), public=True, published=None)
    answer = asked(front, base + address)
    assert (answer.status, answer.body) == (404, b"There is no such file.\n")


KINGSTON = "kingston-upon-thames/"
TYPED = {"Kingston upon Thames": KINGSTON, "KT1 1EU": KINGSTON, "Berrylands": f"{KINGSTON}wards/berrylands/"}


def find(text: str) -> str:
    if text not in TYPED:
        raise Refused(f"no place called {text!r}")
    return TYPED[text]


@pytest.mark.parametrize(("typed", "there"), [
    ("Kingston+upon+Thames", f"/{KINGSTON}"), ("KT1+1EU", f"/{KINGSTON}"), ("Berrylands", "/explore/?area=Berrylands"),
    ("Kingstn", "/explore/?area=Kingstn"), ("%0d%0aset-cookie:a", "/explore/?area=%0D%0Aset-cookie%3Aa"),
    ("//evil.example/", "/explore/?area=%2F%2Fevil.example%2F"),
])  # fmt: skip
def test_what_is_typed_on_a_plain_page_leads_to_a_plain_page_where_one_stands(door, typed, there):
    answer = door(find=find)(f"/explore/?find={typed}")
    assert answer.status == 303 and answer.headers["location"] == there and answer.headers["cache-control"] == "no-store"


def test_without_plain_pages_what_is_typed_is_a_question_to_the_explorer(door):
    assert door(find=find, folder=None)("/?find=KT1+1EU").status == 200
