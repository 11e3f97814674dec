"""Every way in which a publisher may fail to give a file: it is refused in one line, and gone on with from where it stopped."""

import gzip
import hashlib
from pathlib import Path

import pytest

from metrics.domain import Refresh, Refused
from metrics.refresh import download
from metrics.refresh.catalogue import Entry
from metrics.refresh.download import Client

BODY = b"Date,Strength\n" + b"May-13,30000\n" * 2000
PATH = "/a1/strength.csv"


@pytest.fixture
def client() -> Client:
    """A client that asks politely."""
    return Client("Zoë, the analyst's desk", Refresh(Path(), megabytes=1, seconds=20))


@pytest.fixture
def had(client, publisher, tmp_path):
    """What comes of asking for the file of a page."""

    def ask(entry: Entry | None = None, **known):
        return client.file(entry or Entry("", publisher.address + PATH), publisher.address, tmp_path / "files", **known)

    return ask


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def refused(had, tmp_path, says: str, *, left: int = 0, entry: Entry | None = None) -> None:
    """The file is refused in one line, and only so many parts are left."""
    with pytest.raises(Refused, match=says) as refusal:
        had(entry)
    assert "\n" not in str(refusal.value)
    assert [name.endswith(".part") for name in kept(tmp_path)] == [True] * left


def test_a_file_is_kept_under_its_name_with_what_was_said_of_it(had, publisher):
    fields = publisher.file(PATH, BODY)
    fetched = had(Entry("", fields["url"], size=str(len(BODY)), digest=fields["check_hash"]))
    assert fetched.path.read_bytes() == BODY
    assert (fetched.path.name, fetched.sha256) == ("strength.csv", hashlib.sha256(BODY).hexdigest())
    assert (fetched.etag, fetched.changed) == (publisher.pages[PATH].tag, "2024-04-18")


def test_a_publisher_is_told_who_asks_and_one_connection_serves(had, publisher):
    publisher.file(PATH, BODY)
    had()
    had()
    assert {headers["User-Agent"] for _, headers in publisher.asked} == {"metrics-refresh/1 (Zo?, the analyst's desk)"}
    assert publisher.most_open == 1


@pytest.mark.parametrize("more", [{}, {"tag": None}])
def test_a_file_that_has_not_changed_is_not_sent(had, publisher, more):
    publisher.file(PATH, BODY, **more)
    first = had()
    assert had(etag=first.etag, modified=first.modified) is None
    publisher.file(PATH, BODY + b"x", **{"modified": "Fri, 19 Apr 2024 09:30:00 GMT"} | more)
    assert had(etag=first.etag, modified=first.modified).sha256 != first.sha256


@pytest.mark.parametrize("chunked", [False, True])
def test_a_file_that_is_cut_goes_on_from_where_it_stopped(had, publisher, chunked):
    publisher.file(PATH, BODY, cut_after=9000, cuts=2, chunked=chunked)
    assert had().path.read_bytes() == BODY
    assert [headers.get("Range") for _, headers in publisher.asked] == [None, "bytes=9000-", "bytes=18000-"]


def test_a_file_that_is_always_cut_is_gone_on_with_the_next_time(had, publisher, tmp_path):
    publisher.file(PATH, BODY, cut_after=100)
    refused(had, tmp_path, "could not be asked", left=1)
    publisher.pages[PATH].cuts = 0
    assert had().path.read_bytes() == BODY
    assert publisher.asked[-1][1]["Range"] == "bytes=300-"
    assert kept(tmp_path) == ["strength.csv"]


def test_a_file_that_changed_since_it_was_cut_begins_anew(had, publisher, tmp_path):
    publisher.file(PATH, BODY, cut_after=100)
    refused(had, tmp_path, "could not be asked", left=1)
    publisher.file(PATH, BODY[::-1])
    assert had().path.read_bytes() == BODY[::-1]


@pytest.mark.parametrize("more", [{"tag": None}, {"tag": 'W/"weak"'}, {"ranges": False}])
def test_what_cannot_be_continued_begins_anew(had, publisher, more):
    publisher.file(PATH, BODY, cut_after=100, cuts=2, **more)
    assert had().path.read_bytes() == BODY


def test_a_whole_part_whose_rest_is_refused_begins_anew(had, publisher, tmp_path):
    publisher.file(PATH, BODY, cut_after=100)
    refused(had, tmp_path, "could not be asked", left=1)
    next(tmp_path.rglob("*.part")).write_bytes(BODY)
    publisher.pages[PATH].cuts = 0
    assert had().path.read_bytes() == BODY


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 502, 503])
def test_an_answer_that_is_no_file_is_refused_with_its_status(had, publisher, tmp_path, status):
    publisher.file(PATH, b"<p>no", status=status, headers={"Retry-After": "120"})
    refused(had, tmp_path, f"answered {status} .*, come back after 120$")
    assert len(publisher.asked) == 1


@pytest.mark.parametrize(
    "body", [b"<!DOCTYPE html><p>Sign in", b"\n  <html lang=en>", b"\xef\xbb\xbf<!doctype HTML>", b"<head><title>"], ids=repr
)
def test_a_page_in_place_of_a_file_is_refused(had, publisher, tmp_path, body):
    publisher.file(PATH, body, headers={"Content-Type": "text/csv"})
    refused(had, tmp_path, "a page of HTML stands in place of the file")


def test_a_file_that_says_it_is_a_page_is_refused(had, publisher, tmp_path):
    publisher.file(PATH, b"Not found", headers={"Content-Type": "text/html; charset=utf-8"})
    refused(had, tmp_path, "a page of HTML")


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ({"size": "7"}, r"26,014 bytes, where the catalogue says 7"),
        ({"digest": "0" * 32}, "its md5 is not what the catalogue says"),
        ({"digest": "0" * 40}, "its sha1 is not"),
        ({"digest": "F" * 64}, "its sha256 is not"),
    ],
)
def test_a_file_that_is_not_what_the_catalogue_says_is_refused(had, publisher, tmp_path, field, says):
    publisher.file(PATH, BODY)
    refused(had, tmp_path, says, entry=Entry("", publisher.address + PATH, **field))


def test_a_sum_of_an_unknown_kind_is_passed_over(had, publisher):
    publisher.file(PATH, BODY)
    assert had(Entry("", publisher.address + PATH, digest="abc", size="about 1 MB"))


def test_an_empty_file_is_refused(had, publisher, tmp_path):
    publisher.file(PATH, b"")
    refused(had, tmp_path, "an empty file")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_file_that_is_too_large_is_refused(had, publisher, tmp_path, chunked):
    publisher.file(PATH, b"x" * 1_100_000, chunked=chunked, tag=None)
    with pytest.raises(Refused, match="larger than"):
        had()
    assert all(name.endswith(".part") for name in kept(tmp_path))


def test_a_file_that_comes_too_slowly_stops_and_is_gone_on_with(had, publisher, tmp_path, client):
    publisher.file(PATH, BODY[:20_000], pause=0.01)
    client._seconds = 0.2
    refused(had, tmp_path, "too slow; the next time goes on from where it stopped", left=1)
    publisher.pages[PATH].pause, client._seconds = 0, 20
    assert had().path.read_bytes() == BODY[:20_000]
    assert publisher.asked[-1][1]["Range"] > "bytes=0-"


def test_a_publisher_that_says_nothing_is_not_waited_for(had, publisher, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "SILENT", 0.1)
    publisher.file(PATH, BODY, pause=0.5)
    refused(had, tmp_path, "could not be asked .*[Tt]imed? ?out", left=1)


def test_a_publisher_that_is_not_there_is_refused(client, tmp_path):
    with pytest.raises(Refused, match=r"^http://127.0.0.1:9/a: could not be asked \(ConnectionRefusedError"):
        client.file(Entry("", "http://127.0.0.1:9/a"), "http://127.0.0.1:9/", tmp_path)
    with pytest.raises(Refused, match="could not be asked"):
        client.listing("http://127.0.0.1:9/a")


def test_redirects_are_followed_to_their_end(had, publisher):
    publisher.file("/store/x", BODY)
    publisher.file(PATH, b"", status=307, headers={"Location": "/b"})
    publisher.file("/b", b"", status=302, headers={"Location": publisher.address + "/store/x"})
    assert had().path.read_bytes() == BODY


def test_redirects_in_a_ring_are_refused(had, publisher, tmp_path):
    publisher.file(PATH, b"", status=302, headers={"Location": PATH})
    refused(had, tmp_path, "leads on more than 5 times")
    assert len(publisher.asked) == 6


@pytest.mark.parametrize("there", ["http://data.example/a", "file:///etc/hostname", "ftp://data.example/a"])
def test_neither_a_redirect_nor_a_catalogue_leads_off_tls(had, publisher, tmp_path, there):
    publisher.file(PATH, b"", status=302, headers={"Location": there})
    refused(had, tmp_path, "an address without TLS")
    refused(had, tmp_path, "an address without TLS", entry=Entry("", there))


def test_bytes_that_are_packed_on_the_way_are_unpacked(had, publisher):
    publisher.file(PATH, gzip.compress(BODY), headers={"Content-Encoding": "gzip"})
    assert had().path.read_bytes() == BODY


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd", "%00a.csv", "a" * 400 + ".csv", ".hidden.csv", "a%0Ab.csv", ""])
def test_no_name_leads_out_of_the_folder(had, publisher, tmp_path, name):
    publisher.file(f"/a1/{name}", BODY)
    path = had(Entry("", f"{publisher.address}/a1/{name}")).path
    assert path.resolve().is_relative_to(tmp_path / "files") and len(path.name) <= 120 and path.name.isprintable()
    assert len(path.relative_to(tmp_path / "files").parts) == 2
