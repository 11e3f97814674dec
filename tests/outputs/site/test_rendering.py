"""Making the edition with several processes: the same files, or one line that says why not."""

import os
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest

from metrics import definitions
from metrics.domain import Refused
from metrics.outputs.site.measure_pages import subject
from metrics.outputs.site.page_frame import site_of
from metrics.outputs.site.publish_site import assembled, files, name_of, publish_site
from metrics.publish import editions
from metrics.report.snapshot import Snapshot
from metrics.store import Store
from tests.outputs.site.cutting import ADDRESS, CONTACT, cut, site

FEW = ("trust-met", "homicide")


class Ends:
    """Ends the process that it is handed to."""

    def __reduce__(self):
        return os._exit, (1,)


@pytest.fixture(scope="module")
def few(read, shipped_definitions) -> Snapshot:
    return read(cut(shipped_definitions, FEW))


@pytest.fixture(scope="module")
def plain(few) -> list[tuple[str, bytes]]:
    return list(site(few, address=ADDRESS, contact=CONTACT))


@pytest.fixture(scope="module")
def config(small):
    return replace(definitions.load(small), address=ADDRESS)


class Begun(Exception):
    """Pages were about to be made."""


def not_to_begin():
    raise Begun


@pytest.fixture
def defined(few, monkeypatch):
    """The few measures are all that is defined."""
    monkeypatch.setattr(definitions, "definitions", lambda data, plan: few.known)


def test_several_processes_give_the_same_files(few, config, plain):
    made = list(files(few, config.database, address=ADDRESS, contact=CONTACT, processes=2))
    assert len(made) == len(plain) and dict(made) == dict(plain)


def test_a_subject_is_the_same_whatever_was_made_before_it(few, read, plain):
    made = site_of(read(few.known), ADDRESS, CONTACT)
    backwards = [subject(made, name) for name in reversed(few.known.measures)]
    assert list(assembled(made, reversed(backwards))) == plain


def test_a_build_that_comes_into_use_meanwhile_is_not_mixed_with_the_first(few, config, tmp_path):
    database = tmp_path / "db"
    shutil.copytree(config.database, database)
    reading = Snapshot(Store(database), few.known, few.wording)
    build, another = reading.store.build, "000099-0123456789ab.duckdb"
    shutil.copy(database / build, database / another)
    checksum = (database / f"{build}.sha256").read_text(encoding="utf-8").replace(build, another)
    (database / f"{another}.sha256").write_text(checksum, encoding="utf-8")
    (database / "CURRENT").write_text(f"{another}\n", encoding="utf-8")
    with pytest.raises(Refused, match=f"another build came into use while the edition was made: {another}"):
        list(files(reading, database, address=ADDRESS, contact=CONTACT, processes=2))


def test_a_process_that_is_ended_is_told_in_one_line(few, config):
    with pytest.raises(Refused, match="a process that makes pages was ended before it was done"):
        list(files(few, config.database, address=ADDRESS, contact=Ends(), processes=2))


def test_the_build_in_use_is_published_once_and_again_where_it_was_damaged(few, defined, config, plain, tmp_path):
    folder, watched = tmp_path / "public", []
    first = publish_site(config, folder, lambda: watched.append(1), processes=1)
    assert (first.name, first.written, len(watched)) == (name_of(few, config), len(plain), len(plain))
    again = publish_site(config, folder, not_to_begin)
    assert (again.name, again.written, again.unchanged, again.removed) == (first.name, 0, len(plain), 0)
    page = folder / editions.POINTER / "index.html"
    page.chmod(0o644)
    page.write_bytes(b"another page")
    with pytest.raises(Begun):
        publish_site(config, folder, not_to_begin)


def test_an_edition_is_another_one_where_anything_that_its_pages_say_is(few, read, config):
    measure = few.known.measures["homicide"]
    renamed = replace(few.known, measures=few.known.measures | {"homicide": replace(measure, title="Another title")})
    worded = read(few.known)
    worded.wording = SimpleNamespace(text=few.wording.text | {"no_figures": "None."})
    names = [
        name_of(few, config), name_of(few, replace(config, address="https://example.com")),
        name_of(few, replace(config, contact="Someone else")), name_of(read(renamed), config), name_of(worded, config),
    ]
    assert len(set(names)) == len(names)
    assert name_of(read(few.known), config) == names[0]
    for name in names:
        editions.check_name(name)


def test_without_an_address_nothing_is_published(config, tmp_path):
    with pytest.raises(Refused, match="no address of a site"):
        publish_site(replace(config, address=None), tmp_path / "public")
    assert not (tmp_path / "public/current").exists()
