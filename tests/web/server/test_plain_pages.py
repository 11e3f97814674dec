"""The plain pages from the app process: what an address gives, in which encoding, to whom again, and never anything else."""

import gzip
import json
import re
from functools import partial

import brotli
import numpy as np
import pytest

from metrics.domain import Refused
from metrics.publish import publish, rollback
from metrics.web.server import responses
from tests.web.server.conftest import FIGURES, LARGE, SECRET, edition, plainly

WHOLE = edition("e2")
PIECES = ["..", ".", "", "%2e%2e", "%2e", "%00", "\x00", "%", "%ff", "%c0%af", "%252e", "\\", "%5c", "//", "é", "%E2%80%AE", "~", ";", ":"]
PIECES += ["index.html", "kingston-upon-thames", "KINGSTON", "as-at", "e1", "e2", "explore", "explore%2f", "static", "_stcore", "stream"]
PIECES += ["etc", "passwd", "secret.txt", "manifest.json", "current", "editions", "@", "x" * 300, "x" * 5000, "?", "?a=b", "#", "\t", " "]
PIECES += ["%0d%0aSet-Cookie:a", "index.html.gz", "healthz", "component", "media", "upload_file", "C:", "file:", "http:", "*", "\ud7ff"]
PIECES += ["\U0001f600", "a" * 40 + "/" * 40]


@pytest.mark.parametrize("path", sorted(WHOLE))
def test_every_file_is_served_whole_with_its_type(ask, path):
    answer = ask(f"/{path}")
    assert (answer.status, answer.body) == (200, WHOLE[path])
    assert answer.headers["content-type"] == responses.kind(path)
    assert answer.headers["content-length"] == str(len(WHOLE[path]))


@pytest.mark.parametrize(("address", "path"), [("/", "index.html"), ("/kingston-upon-thames/", "kingston-upon-thames/index.html")])
def test_a_folder_gives_its_first_page(ask, address, path):
    assert ask(address).body == WHOLE[path]


@pytest.mark.parametrize("path", sorted(set(WHOLE) - {"404.html"}))
def test_every_encoding_holds_the_same_bytes(ask, path):
    for accept, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = ask(f"/{path}", accept_encoding=accept)
        if "content-encoding" in answer.headers:
            assert answer.headers["content-encoding"] == accept
            assert unpack(answer.body) == WHOLE[path]
            assert answer.headers["vary"] == "Accept-Encoding" and len(answer.body) < len(WHOLE[path])
        else:
            assert answer.body == WHOLE[path]
        assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity", None),
        ("identity, br;q=0.5", None),
        ("", None),
        ("br;q=nonsense", None),
        ("," * 5000, None),
    ],
)
def test_the_encoding_is_the_best_that_the_browser_takes(ask, accept, encoding):
    assert ask("/", accept_encoding=accept).headers.get("content-encoding") == encoding


@pytest.mark.parametrize("path", ["/", "/whole.zip", "/nowhere", "/healthz", "/kingston"])
def test_head_gives_the_headers_of_get_and_no_body(server, path):
    whole, head = plainly(server, path), plainly(server, path, "HEAD")
    assert (head.status, head.headers | {"date": ""}, head.body) == (whole.status, whole.headers | {"date": ""}, b"")
    assert len(whole.body) == int(head.headers["content-length"]) > 0


@pytest.mark.parametrize(("asked", "part"), [("bytes=0-9", LARGE[:10]), ("bytes=-10", LARGE[-10:]), ("bytes=2097150-", LARGE[-2:])])
def test_a_large_file_that_broke_off_goes_on_where_it_did(ask, asked, part):
    answer = ask("/whole.zip", range=asked)
    assert (answer.status, answer.body) == (206, part)
    assert ask("/whole.zip", range=asked, if_range='"another"').body == LARGE


def test_a_browser_that_holds_a_page_is_told_so(ask):
    for accept in ("", "gzip", "br"):
        first = ask("/", accept_encoding=accept)
        for tags in (first.headers["etag"], f'"x", W/{first.headers["etag"]}', "*"):
            again = ask("/", accept_encoding=accept, if_none_match=tags)
            assert (again.status, again.body) == (304, b"")
            assert {"etag", "cache-control", "vary", "content-security-policy"} <= set(again.headers)
            assert "content-length" not in again.headers
    assert len({ask("/", accept_encoding=accept).headers["etag"] for accept in ("", "gzip", "br")}) == 3


def test_a_browser_that_holds_another_page_gets_this_one(ask):
    assert ask("/", if_none_match='"other"').status == 200
    assert ask("/", if_none_match='"other"', if_modified_since="Fri, 31 Dec 2100 00:00:00 GMT").status == 200


def test_the_time_is_looked_at_where_no_tag_is_sent(ask):
    modified = ask("/").headers["last-modified"]
    assert ask("/", if_modified_since=modified).status == 304
    assert ask("/", if_modified_since="Thu, 01 Jan 1970 00:00:01 GMT").status == 200
    for nonsense in ("", "yesterday", "x" * 9000, "Thu, 99 Jan", "Thu, 99 Jan 99999 00:00:00 GMT"):
        assert ask("/", if_modified_since=nonsense).status == 200


def test_a_page_may_be_kept_a_minute_and_a_file_named_by_its_bytes_for_good(ask):
    assert ask("/").headers["cache-control"] == "public, max-age=60, stale-if-error=86400"
    assert ask("/style.0123abcd.css").headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/kingston-upon-thames", "/kingston-upon-thames/"),
        ("/kingston/", "/kingston-upon-thames/"),
        ("/kingston", "/kingston-upon-thames/"),
        ("/Kingston-upon-Thames", "/kingston-upon-thames/"),
        ("/KINGSTON/", "/kingston-upon-thames/"),
        ("/as-at/e1", "/as-at/e1/"),
        ("/as-at/e1/kingston", "/as-at/e1/kingston-upon-thames/"),
        ("/as-at/e1/explore/plan", "/explore/"),
    ],
)
def test_a_page_is_found_under_its_old_name_and_without_its_slash(ask, asked, there):
    answer = ask(asked)
    assert (answer.status, answer.headers["location"]) == (301, there)


@pytest.mark.parametrize("address", ["//other.example", "//other.example/", "/\\other.example", "//kingston", "/%2f/other.example"])
def test_no_address_leads_to_another_site(ask, address):
    answer = ask(address)
    assert answer.status == 404 and "location" not in answer.headers


def test_what_is_not_there_gives_the_editions_own_page(ask):
    answer = ask("/nowhere", accept_encoding="br")
    assert (answer.status, brotli.decompress(answer.body)) == (404, WHOLE["404.html"])
    assert "etag" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW"])
@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz", "/explore/", "/explore/_stcore/host-config", "/explore/static/x.js"])
def test_nothing_but_reading_is_answered(ask, method, path):
    answer = ask(path, method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_an_address_that_is_too_long_is_told_so(ask):
    assert ask("/" + "a" * 4096).status == ask("/?" + "a" * 4096).status == ask("/explore/?" + "a" * 4096).status == 414
    assert ask("/?" + "a" * 4000).status == 200


def test_an_earlier_edition_is_served_under_its_name_and_never_changes(ask):
    answer = ask("/as-at/e1/kingston-upon-thames/")
    assert (answer.status, answer.body) == (200, edition("e1")["kingston-upon-thames/index.html"])
    assert answer.headers["cache-control"] == "public, max-age=60, stale-if-error=86400"
    assert ask("/as-at/e3/").status == ask("/as-at/..%2f..%2f/secret.txt").status == ask("/as-at/").status == 404


def test_a_large_file_is_sent_in_parts_and_whole(ask):
    assert ask("/whole.zip").body == LARGE


def test_plain_pages_run_no_script_and_stand_in_no_frame(ask):
    for address in ("/", "/nowhere", "/whole.zip", "/kingston", "/healthz"):
        fields = ask(address).headers
        policy = dict(part.split(" ", 1) for part in fields["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert "script-src" not in policy and policy["form-action"] == "'self'"
        assert fields["x-content-type-options"] == "nosniff" and fields["x-frame-options"] == "DENY"
        assert {"referrer-policy", "permissions-policy", "cross-origin-opener-policy"} <= set(fields)


def test_only_pages_made_for_it_may_stand_in_a_frame(ask):
    fields = ask("/embed/kingston-upon-thames/").headers
    assert "frame-ancestors *" in fields["content-security-policy"] and "x-frame-options" not in fields
    assert fields["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/kingston-upon-thames/figures.csv", "/figures.json"])
def test_figures_may_be_read_by_other_sites(ask, path):
    assert ask(path).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in ask("/").headers


def test_nothing_sets_a_cookie(ask):
    assert [address for address in ("/", "/nowhere", "/kingston", "/explore/", "/healthz") if "set-cookie" in ask(address).headers] == []


def test_ten_thousand_malformed_addresses_give_no_fault_and_no_file_from_outside(ask):
    chance = np.random.default_rng(2023)
    shell, health = ask("/explore/").body, ask("/healthz").body
    statuses, known = set(), {*WHOLE.values(), *edition("e1").values(), shell, health}
    for _ in range(10_000):
        parts = [PIECES[n] for n in chance.integers(0, len(PIECES), chance.integers(1, 7))]
        answer = ask("/" + "/".join(parts))
        statuses.add(answer.status)
        assert SECRET not in answer.body and b"root:x:" not in answer.body
        assert re.match(r"/(?![/\\])", answer.headers.get("location", "/x"))
        assert not any(character in value for value in answer.headers.values() for character in "\r\n")
        assert answer.status != 200 or answer.body in known
    assert {200, 301, 404, 414} <= statuses <= {200, 299, 301, 403, 404, 414}


def test_the_newest_edition_is_served_from_the_moment_it_is_current(tmp_path, door):
    folder = tmp_path / "public"
    publish(folder, edition("a1"), name="a1")
    ask = door(folder=folder)
    assert b"a1" in ask("/").body
    publish(folder, edition("a2"), name="a2")
    assert b"a2" in ask("/").body
    rollback(folder)
    assert b"a1" in ask("/").body


def test_an_edition_that_cannot_be_read_leaves_the_one_before_and_is_told(tmp_path, door):
    folder = tmp_path / "public"
    publish(folder, edition("a1"), name="a1")
    ask = door(folder=folder)
    assert json.loads(ask("/healthz").body) == {"ok": True, "build": "b1", "instead_of": None, "edition": "a1", "behind": []}
    (folder / "current").unlink()
    (folder / "current").symlink_to("editions/a9")
    assert b"a1" in ask("/").body
    assert ask("/healthz").status == 503
    assert json.loads(ask("/healthz").body) == {"ok": False, "build": "b1", "instead_of": None, "edition": "a1", "behind": []}


def test_health_tells_of_a_database_that_cannot_be_read(door):
    def none() -> tuple[str, None]:
        raise Refused("there is no database")

    answer = door(builds=none)("/healthz")
    state = {"ok": False, "build": None, "instead_of": None, "edition": "e2", "behind": []}
    assert (answer.status, json.loads(answer.body)) == (503, state)
    assert answer.headers["cache-control"] == "no-store"


def test_health_tells_which_damaged_build_another_answers_for(door):
    answer = door(builds=lambda: ("b1", "b2"))("/healthz")
    assert (answer.status, json.loads(answer.body)) == (200, {"ok": True, "build": "b1", "instead_of": "b2", "edition": "e2", "behind": []})


def test_where_nothing_is_published_the_explorer_stands_at_the_root(tmp_path, door):
    for folder in (None, tmp_path / "public"):
        ask = partial(door(public=False, folder=folder), host="localhost:8501")
        assert b"<title>The site</title>" in ask("/").body == ask("/explore/").body
        assert ask("/_stcore/health").body == b" /_stcore/health"
        assert json.loads(ask("/healthz").body) == {"ok": True, "build": "b1", "instead_of": None, "edition": None, "behind": []}


def test_the_figures_of_a_page_are_those_of_its_file(ask):
    assert ask("/kingston-upon-thames/figures.csv").body == FIGURES
