"""Catalogues in either shape, with keys that change, titles that drift and fields that are missing."""

import json

import pytest

from metrics.domain import CatalogueFile, Refused
from metrics.refresh.catalogue import Entry, may_lead, newest, read

LISTING = "https://data.example/api/crime"
RECENT, HISTORICAL = CatalogueFile(("borough",), ("historical",), "csv"), CatalogueFile(("borough", "historical"), (), "csv")
TITLES = [
    "MPS Borough Level Crime (most recent 24 months)", "MPS Borough Level Crime.csv", "Crime by BOROUGH - latest",
    "borough_level_crime_recent", "",
]  # fmt: skip


def catalogue(*resources: object, shape: str = "keys", **more) -> bytes:
    """A catalogue of these files in one of its shapes."""
    listed = {f"k{n}": resource for n, resource in enumerate(resources)} if shape == "keys" else list(resources)
    whole = {"resources": listed} | more
    return json.dumps({"success": True, "result": whole} if shape == "list" else whole).encode()


def file(title: str, key: str = "a", **more) -> dict:
    return {"title": title, "url": f"https://data.example/{key}/borough.csv"} | more


@pytest.mark.parametrize("shape", ["keys", "list", "plain list"])
def test_files_are_read_in_every_shape(shape):
    entries = read(catalogue(file("A", "a"), file("B", "b", check_size=7), shape=shape), LISTING)
    assert [(entry.title, entry.address, entry.size) for entry in entries] == [
        ("A", "https://data.example/a/borough.csv", ""), ("B", "https://data.example/b/borough.csv", "7"),
    ]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_drifts_still_finds_its_file(title):
    entries = read(catalogue(file("MPS Borough Level Crime (Historical)", "h"), file(title, "r"), file("Ward", "w", format="pdf")), LISTING)
    assert newest(entries, RECENT).address == "https://data.example/r/borough.csv"
    assert newest(entries, HISTORICAL).address == "https://data.example/h/borough.csv"


def test_the_latest_coverage_comes_first_and_then_the_latest_check():
    files = [
        file("Borough 1", "a", temporal_coverage_to="2026-06-30", check_timestamp="2026-09-01T00:00:00Z"),
        file("Borough 2", "b", temporal_coverage_to="2026-07-31", check_timestamp="2026-08-01T00:00:00Z"),
        file("Borough 3", "c", temporal_coverage_to="2026-07-31", check_timestamp="2026-08-02T00:00:00Z"),
        file("Borough 4", "d"),
    ]
    for listed in (files, files[::-1]):
        assert newest(read(catalogue(*listed), LISTING), RECENT).title == "Borough 3"


def test_two_files_of_which_nothing_says_which_is_newer_are_refused():
    with pytest.raises(Refused, match="nothing says which is the newest of 'Borough 1', 'Borough 2'"):
        newest(read(catalogue(file("Borough 1", "a"), file("Borough 2", "b")), LISTING), RECENT)
    assert newest(read(catalogue(file("Borough 1", "a"), file("Borough 2", "a")), LISTING), RECENT)


def test_where_no_title_fits_those_that_are_there_are_named():
    with pytest.raises(Refused, match=r"no csv file whose title has 'borough historical'; there are: 'Wards', 'b\.csv'"):
        newest(read(catalogue({"title": "Wards", "url": "w.csv"}, {"url": "b.csv"}), LISTING), HISTORICAL)


def test_missing_fields_are_empty_and_what_is_no_file_is_passed_over():
    nothing = [{"title": "no address"}, "text", None, 7, {"url": ""}, {"url": ["a"]}]
    odd = [file("A"), *nothing, file("B") | {"title": None, "check_size": None}]
    entries = read(catalogue(*odd), LISTING)
    assert [entry.title for entry in entries] == ["A", ""]
    assert entries[0] == Entry("A", "https://data.example/a/borough.csv")


def test_an_address_may_be_relative_to_the_catalogue():
    assert read(catalogue({"name": "A", "url": "/download/a.csv"}, shape="list"), LISTING)[0].address == "https://data.example/download/a.csv"


@pytest.mark.parametrize(
    "raw", [b"", b"<!DOCTYPE html><p>403", b"[]", b"7", b"null", b'{"success": false}', b'{"result": []}', b'{"resources": "a"}', b"\xff"]
)
def test_what_is_no_catalogue_is_refused(raw):
    with pytest.raises(Refused, match=f"^{LISTING}: not a catalogue"):
        read(raw, LISTING)


def test_a_file_is_another_where_its_address_sum_size_or_time_is():
    first = read(catalogue(file("A"), updatedAt="2026-08-01"), LISTING)[0]
    assert read(catalogue(file("Renamed"), updatedAt="2026-08-01"), LISTING)[0].fingerprint == first.fingerprint
    for other in (file("A", "b"), file("A", check_hash="1"), file("A", check_size=1), file("A", check_timestamp="2026")):
        assert read(catalogue(other, updatedAt="2026-08-01"), LISTING)[0].fingerprint != first.fingerprint
    assert read(catalogue(file("A"), updatedAt="2026-08-02"), LISTING)[0].fingerprint != first.fingerprint


@pytest.mark.parametrize(
    ("here", "there", "may"),
    [
        ("https://a.example/", "https://b.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("https://a.example/", "http://localhost:8501/", False),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", True),
        ("http://127.0.0.1:1/", "http://127.0.0.1.example/", False),
        ("http://127.0.0.1:1/", "http://127.0.0.1@b.example/", False),
        ("https://a.example/", "file:///etc/hostname", False),
        ("https://a.example/", "ftp://a.example/", False),
    ],
)
def test_addresses_lead_where_they_may(here, there, may):
    assert may_lead(here, there) is may
