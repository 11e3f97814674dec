"""The shipped nginx configuration in a real nginx, over TLS, before a real server of the public edition."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import brotli
import numpy as np
import pytest

from metrics.web.server import responses
from tests.tries import tries
from tests.web.server.conftest import FIGURES, HOST, LARGE, MODULES, ROOT, SECRET, edition, plainly
from tests.web.server.test_explorer import CLOSED, SCRIPT
from tests.web.server.test_plain_pages import PIECES

WHOLE = edition("e2")
CONFIGURATION = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
SOCKET = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
BOTH = ["/", "/kingston-upon-thames/figures.csv", "/embed/kingston-upon-thames/", "/style.0123abcd.css", "/picture.svg", "/as-at/e1/"]


@pytest.mark.parametrize("path", sorted(WHOLE))
def test_every_file_is_served_whole_with_its_type(nginx, path):
    answer = nginx(f"/{path}")
    if path in ("404.html", "503.html"):
        assert answer.status == 404
    else:
        assert (answer.status, answer.body, answer.headers["content-type"]) == (200, WHOLE[path], responses.kind(path))


@pytest.mark.parametrize("accept", ["gzip", "br"])
def test_a_page_is_served_as_it_was_compressed_when_it_was_published(nginx, published, accept):
    if accept == "br" and not any((Path(module) / "ngx_http_brotli_static_module.so").is_file() for module in MODULES):
        pytest.skip("this nginx has no brotli: install libnginx-mod-http-brotli-static to test it")
    answer = nginx("/kingston-upon-thames/", Accept_Encoding=accept)
    ending = {"gzip": "gz", "br": "br"}[accept]
    assert answer.headers["content-encoding"] == accept and answer.headers["vary"] == "Accept-Encoding"
    assert answer.body == (published / f"current/kingston-upon-thames/index.html.{ending}").read_bytes()
    unpacked = gzip.decompress(answer.body) if accept == "gzip" else brotli.decompress(answer.body)
    assert unpacked == WHOLE["kingston-upon-thames/index.html"]


@pytest.mark.parametrize("address", BOTH)
def test_nginx_and_the_app_say_the_same_of_a_page(nginx, server, address):
    through, alone = nginx(address), plainly(server, address)
    own = {"date", "server", "connection", "strict-transport-security", "accept-ranges", "etag", "last-modified", "vary"}
    assert {name: value for name, value in through.headers.items() if name not in own} == {
        name: value for name, value in alone.headers.items() if name not in own
    }
    assert through.body == alone.body


def test_every_answer_keeps_to_tls_and_no_answer_names_a_version(nginx):
    for address in ("/", "/nowhere", "/kingston", "/explore/", "/healthz", "/explore/_stcore/metrics"):
        answer = nginx(address)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert answer.headers["server"] == "nginx" and "set-cookie" not in answer.headers
        assert "default-src 'none'" in answer.headers["content-security-policy"], address


def test_a_browser_that_holds_a_page_is_told_so(nginx):
    for accept in ("identity", "gzip", "br"):
        tag = nginx("/", Accept_Encoding=accept).headers["etag"]
        assert nginx("/", Accept_Encoding=accept, If_None_Match=tag).status == 304


def test_a_large_file_arrives_whole_and_head_has_no_body(nginx):
    assert nginx("/whole.zip").body == LARGE
    head = nginx("/whole.zip", method="HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(LARGE)))


@pytest.mark.parametrize(("asked", "there"), [("/kingston", "/kingston-upon-thames/"), ("/Kingston-upon-Thames", "/kingston-upon-thames/")])
def test_old_names_and_lost_slashes_are_led_on_by_the_app(nginx, asked, there):
    answer = nginx(asked)
    assert (answer.status, answer.headers["location"]) == (301, there)


def test_what_is_not_there_gives_the_editions_own_page(nginx):
    for address in ("/nowhere", "/index.html.br", "/manifest.json", "/as-at/e1/manifest.json", "/as-at/e9/", "/as-at/../secret.txt"):
        assert (nginx(address).status, nginx(address).body) == (404, WHOLE["404.html"]), address


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("address", ["/", "/explore/", "/explore/_stcore/upload_file/a/b", "/healthz"])
def test_nothing_but_reading_is_answered(nginx, method, address):
    assert nginx(address, method=method).status == 405


@pytest.mark.parametrize(("address", "status"), CLOSED)
def test_the_explorer_is_not_sent_to_not_looked_into_and_not_driven(nginx, address, status):
    assert nginx(f"/explore{address}").status == status


def test_an_address_that_is_too_long_is_told_so(nginx):
    assert nginx("/" + "a" * 20_000).status == 414


def test_the_explorer_is_served_below_its_own_address(nginx):
    assert nginx("/explore").headers["location"] == "/explore/"
    page = nginx("/explore/", Accept_Encoding="br")
    assert "script-src 'self' 'sha256-" in page.headers["content-security-policy"] and page.headers["cache-control"] == "no-cache"
    assert b"No figures yet" in brotli.decompress(page.body)
    assert nginx("/explore/wp-login.php").status == 404


def test_streamlits_files_arrive_compressed(nginx):
    answers = [nginx(f"/explore/static/js/{SCRIPT.name}", Accept_Encoding="br") for _ in range(2)]
    assert {brotli.decompress(answer.body) for answer in answers} == {SCRIPT.read_bytes()}
    assert answers[1].headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_socket_opens_from_our_own_pages_alone(nginx):
    assert nginx("/explore/_stcore/stream", Origin=f"https://{HOST}", **SOCKET).status == 101
    assert nginx("/explore/_stcore/stream", Origin="https://other.example", **SOCKET).status == 403


def test_the_app_alone_opens_no_socket_under_another_name(server):
    fields = SOCKET | {"Origin": f"https://{HOST}"}
    assert plainly(server, "/explore/_stcore/stream", headers=fields).status == 101
    assert plainly(server, "/explore/_stcore/stream", headers=fields | {"Host": "other.example"}).status == 403


def test_another_name_is_not_answered(nginx):
    assert nginx("/", Host="other.example").status == 0


def test_malformed_addresses_give_no_fault_and_no_file_from_outside(nginx, server):
    chance, statuses = np.random.default_rng(2023), set()
    for turn in range(tries(2000)):
        parts = [PIECES[n] for n in chance.integers(0, len(PIECES), chance.integers(1, 7))]
        target = ("/" + "/".join(parts)).encode("utf-8", "surrogatepass")
        answer = plainly(server, target) if turn % 2 else nginx(target.decode("latin-1"))
        # Without a database the server says that it is not well, at that one address.
        statuses.add(answer.status if b'"build": null' not in answer.body else 200)
        assert SECRET not in answer.body and b"root:x:" not in answer.body
        assert re.match(r"/(?![/\\])", answer.headers.get("location", "/x")) and "set-cookie" not in answer.headers
    assert {200, 301, 400, 404, 414} <= statuses <= {0, 200, 301, 400, 403, 404, 414}


def test_the_types_in_the_configuration_are_those_of_the_app():
    listed = re.search(r"types \{(.*?)\}", CONFIGURATION, re.DOTALL)[1]
    kinds = {f".{ending}": kind for kind, ending in re.findall(r"(\S+) +(\w+);", listed)}
    assert kinds == {ending: kind.split(";")[0] for ending, kind in responses.KINDS.items()}


UNITS = ("dashboard@.service", "publish.service", "publish.timer", "refresh.service", "refresh.timer")


def test_the_units_are_understood_by_systemd(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is missing: install systemd to test the units")
    for unit in UNITS:
        shutil.copy(ROOT / "deploy" / unit, tmp_path)
        text = (tmp_path / unit).read_text(encoding="utf-8").replace("/opt/progress/.venv/bin/python", "/bin/true")
        (tmp_path / unit).write_text(text, encoding="utf-8")
    for unit in UNITS:
        output = subprocess.run(["systemd-analyze", "verify", tmp_path / unit], capture_output=True, text=True, check=False)
        assert str(tmp_path) not in output.stderr and "Unknown" not in output.stderr, output.stderr


def test_figures_arrive_as_they_were_published(nginx):
    assert nginx("/kingston-upon-thames/figures.csv").body == FIGURES


@pytest.mark.parametrize("address", ["/kingston-upon-thames/?v=.deadbeef.css", "/as-at/e1/kingston-upon-thames/", "/?x=.01234567.js"])
def test_no_question_makes_a_page_immutable(nginx, address):
    assert nginx(address).headers["cache-control"] == "public, max-age=60, stale-if-error=86400"
    assert "immutable" in nginx("/style.0123abcd.css").headers["cache-control"]


def test_no_log_holds_the_end_of_an_address_or_what_was_typed():
    """A limit that is met and an explorer that is down are told to the log of errors with the whole request, unless it is for worse."""
    levels = re.findall(r"error_log \S+ (\w+);", (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8"))
    assert levels == ["crit"]
    assert "$request_uri" not in re.search(r"log_format .*", (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8"))[0]
