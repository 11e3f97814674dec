"""A whole edition or none: what is refused, what is written, and what is left when a publish ends in the middle."""

import errno
import gzip
import itertools
import os
import resource
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import brotli
import pytest

from metrics.domain import Refused
from metrics.publish import Published, editions, publish, rollback, verify
from tests.tries import tries

ROOT = Path(__file__).parents[2]
UNPACKED = {"gz": gzip.decompress, "br": brotli.decompress}
KILLED = Path(__file__).parent / "killed.py"
TURNED_AWAY = ((b"/a/", b"/nowhere/"), (b"/a/", b"https://x/"), (b"/a/", b"//x"), (b"/brent/", b"/"), (b"/../a", b"/"))
NOT_PATHS = ("", "x" * 201, *"./~", "/etc/passwd", "../x", "a/../x", "a//b", "a/", "a/./b", "a b")
NOT_PATHS += ("a\x00b", "a\nb", "é", "a\\b", "~a", "a?b")
TEXT = b"place,value\n" + b"brent,1\n" * 100


def page(body: str = "") -> bytes:
    return f"<!doctype html><title>t</title><main>{body}</main>".encode()


def small(mark: str = "one", **more: bytes) -> dict[str, bytes]:
    return {"index.html": page(mark), "brent/index.html": page('<a href="../">up</a>'), "brent/figures.csv": TEXT, **more}


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "public"


def everything(folder: Path) -> dict[str, bytes | str]:
    """What stands in a folder, by name: bytes, or where a link leads."""
    contents = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            contents[name] = str(path.readlink())
        elif path.is_file():
            contents[name] = path.read_bytes()
    return contents


def test_an_edition_is_published_whole_and_becomes_current(folder):
    assert publish(folder, small(), name="e1") == Published("e1", 3, 0, 0)
    assert editions.current(folder) == "e1"
    assert (folder / "current" / "brent" / "figures.csv").read_bytes() == TEXT
    assert verify(folder) == 3


def test_files_may_be_made_while_they_are_written(folder):
    assert publish(folder, ((path, data) for path, data in small().items()), name="e1").written == 3


def test_only_what_changed_is_written_and_the_rest_keeps_its_time(folder):
    publish(folder, small("one"), name="e1")
    assert publish(folder, small("two"), name="e2") == Published("e2", 1, 2, 0)
    old, new = folder / "editions/e1/brent/figures.csv", folder / "editions/e2/brent/figures.csv"
    assert old.samefile(new) and Path(f"{old}.br").samefile(f"{new}.br")
    assert not (folder / "editions/e1/index.html").samefile(folder / "editions/e2/index.html")


def test_what_is_no_longer_there_is_counted_and_stays_in_the_edition_before(folder):
    publish(folder, small(extra=b"x"), name="e1")
    assert publish(folder, small(), name="e2") == Published("e2", 0, 3, 1)
    assert (folder / "editions/e1/extra").read_bytes() == b"x"


def test_compressed_siblings_hold_the_same_bytes_and_are_made_the_same_again(folder, tmp_path):
    publish(folder, small(), name="e1")
    publish(tmp_path / "other", small(), name="e1")
    for ending in editions.PACKINGS:
        packed = (folder / f"current/brent/figures.csv.{ending}").read_bytes()
        assert UNPACKED[ending](packed) == TEXT
    assert everything(folder) == everything(tmp_path / "other")


def test_no_file_of_an_edition_can_be_written_and_all_can_be_read_whatever_the_umask(folder):
    before = os.umask(0o077)
    try:
        publish(folder, small(), name="e1")
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (folder / "editions").rglob("*") if path.is_file()}
    assert modes == {0o444}
    assert {path.stat().st_mode & 0o777 for path in (folder / "editions/e1").rglob("*") if path.is_dir()} == {0o755}


@pytest.mark.parametrize(
    "path",
    NOT_PATHS,
)
def test_a_path_that_could_lead_elsewhere_is_refused_and_nothing_is_written(folder, path):
    publish(folder, small(), name="e1")
    before = everything(folder)
    with pytest.raises(Refused, match="cannot be a file"):
        publish(folder, {**small("two"), path: b"x"}, name="e2")
    assert everything(folder) == before


@pytest.mark.parametrize("path", ["manifest.json", "explore/index.html", "as-at/x", "healthz", "a.csv.gz", "a.br"])
def test_an_address_of_the_servers_own_is_refused(folder, path):
    with pytest.raises(Refused, match="server's own"):
        publish(folder, {**small(), path: b"x"}, name="e1")


@pytest.mark.parametrize("name", ["", "..", "../e", "a/b", "E1", ".a", "a..b", "x" * 81, "a b", "a\n"])
def test_a_name_that_could_lead_elsewhere_is_refused(folder, name):
    with pytest.raises(Refused, match="edition's name"):
        publish(folder, small(), name=name)
    assert not folder.exists()


@pytest.mark.parametrize("path", ["brent/figures.csv/more", "brent"])
def test_a_path_that_is_a_file_and_a_folder_is_refused(folder, path):
    with pytest.raises(Refused, match="twice"):
        publish(folder, {**small(), path: b"x"}, name="e1")


def test_a_path_that_comes_twice_is_refused(folder):
    with pytest.raises(Refused, match="twice"):
        publish(folder, [*small().items(), ("index.html", b"x")], name="e1")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('<a href="nowhere/">x</a>', "'nowhere/' leads to no file"),
        ('<a href="brent">x</a>', "lacks the slash"),
        ('<img src="/a.png">', "'/a.png' leads to no file"),
        ('<img srcset="brent/figures.csv 1x, b.png 2x">', "'b.png'"),
        ('<a href="brent/#nowhere">x</a>', "points to #nowhere"),
        ('<a href="manifest.json">x</a>', "leads to no file"),
        ('<a href="#gone">x</a>', "points to #gone"),
        ('<a href="//other.example/">x</a>', "without https"),
        ('<a href="javascript:alert(1)">x</a>', "no kind that a page may hold"),
        ("\n\n<script>1</script>", "index.html, line 3: a script would be blocked"),
        ('<p onclick="x()">', "onclick would be blocked"),
        ('<base href="/x/">', "a base address would be blocked"),
    ],
)
def test_a_page_whose_link_leads_nowhere_or_whose_script_would_not_run_is_refused(folder, body, says):
    publish(folder, small(), name="e1")
    before = everything(folder)
    with pytest.raises(Refused) as refusal:
        publish(folder, small(body), name="e2")
    assert says in str(refusal.value) and str(refusal.value).startswith("index.html, line ")
    assert everything(folder) == before


@pytest.mark.parametrize(
    "body",
    [
        '<a href="brent/">x</a>',
        '<a href="/brent/figures.csv">x</a>',
        '<a href="/explore/?area=brent">x</a>',
        '<a href="as-at/e1/brent/">x</a>',
        '<a href="https://other.example/">x</a>',
        '<a href="mailto:someone@other.example">x</a>',
        '<a href="?x=1#top">x</a>',
        '<h2 id="here">x</h2><a href="#here">x</a>',
        '<img src="data:image/svg+xml;base64,AAAA">',
        '<script type="application/ld+json">{}</script>',
    ],
)
def test_a_link_that_arrives_is_taken(folder, body):
    assert publish(folder, small(body), name="e1").written == 3


@pytest.mark.parametrize(
    "redirects",
    [b"{", b"[]", b'{"a": "/"}', *(b'{"%s": "%s"}' % two for two in TURNED_AWAY)],
)
def test_a_redirect_that_leads_out_or_nowhere_is_refused(folder, redirects):
    with pytest.raises(Refused, match=r"redirects\.json"):
        publish(folder, {**small(), "redirects.json": redirects}, name="e1")


def test_an_edition_without_a_first_page_is_refused(folder):
    with pytest.raises(Refused, match="first page"):
        publish(folder, {"a.txt": b"x"}, name="e1")


def test_the_same_edition_again_changes_nothing(folder):
    publish(folder, small(), name="e1")
    before = everything(folder)
    assert publish(folder, small(), name="e1") == Published("e1", 0, 3, 0)
    assert everything(folder) == before


def test_another_edition_of_the_same_name_is_refused(folder):
    publish(folder, small(), name="e1")
    before = everything(folder)
    with pytest.raises(Refused, match="called e1 already"):
        publish(folder, small("two"), name="e1")
    assert everything(folder) == before


def test_a_maker_of_files_that_fails_leaves_the_edition_before(folder):
    publish(folder, small(), name="e1")
    before = everything(folder)

    def failing():
        yield from small("two").items()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish(folder, failing(), name="e2")
    assert everything(folder) == before


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="folder of their own"):
        publish(tmp_path, small(), name="e1")
    assert everything(tmp_path) == {"mine.txt": b"mine"}


def test_nothing_is_written_through_a_link_out_of_the_folder(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    folder.mkdir()
    (folder / "editions").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="leads out"):
        publish(folder, small(), name="e1")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_pointer_to_elsewhere_is_refused(folder):
    publish(folder, small(), name="e1")
    (folder / "current").unlink()
    (folder / "current").symlink_to("/etc")
    with pytest.raises(Refused, match="no edition"):
        editions.current(folder)


def test_the_newest_editions_are_kept_and_the_one_in_use(folder):
    for turn in range(1, 6):
        publish(folder, small(str(turn)), name=f"e{turn}", keep=3)
    assert list(editions.numbers(folder)) == ["e3", "e4", "e5"]
    assert rollback(folder, "e3") == "e3"
    publish(folder, small("6"), name="e6", keep=1)
    assert list(editions.numbers(folder)) == ["e6"]


def test_what_is_not_kept_loses_its_name_at_once_and_its_files_with_the_next_publish(folder):
    for turn in range(1, 5):
        publish(folder, small(str(turn)), name=f"e{turn}", keep=3)
    assert [path.name for path in folder.glob("gone-*")] == ["gone-e1"]
    publish(folder, small("5"), name="e5", keep=100)
    assert sorted(path.name for path in folder.iterdir()) == [".publishing", "current", "editions"]


def test_an_edition_that_cannot_be_removed_is_said_once_the_new_one_is_in_use(folder, monkeypatch):
    for turn in range(1, 4):
        publish(folder, small(str(turn)), name=f"e{turn}", keep=2)

    def unreadable(path: Path, **_) -> None:
        if path.name == "gone-e1":
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(shutil, "rmtree", unreadable)
    with pytest.raises(Refused, match=r"in use, but an old one could not be removed \(Input/output error\)"):
        publish(folder, small("4"), name="e4")
    assert editions.current(folder) == "e4"


def test_going_back_goes_one_edition_back_or_to_the_one_named(folder):
    for turn in range(1, 5):
        publish(folder, small(str(turn)), name=f"e{turn}")
    assert (rollback(folder), rollback(folder), rollback(folder, "e4")) == ("e3", "e2", "e4")
    assert (folder / "current/index.html").read_bytes() == page("4")


def test_there_is_no_way_back_before_the_first_or_to_what_is_not_kept(folder):
    publish(folder, small(), name="e1")
    for to, says in ((None, "no edition before"), ("e9", "no edition e9"), ("../x", "edition's name")):
        with pytest.raises(Refused, match=says):
            rollback(folder, to)
    assert editions.current(folder) == "e1"


def test_a_damaged_edition_is_found_is_not_gone_back_to_and_is_not_used_again(folder):
    publish(folder, small("one"), name="e1")
    publish(folder, small("two"), name="e2")
    damaged = folder / "editions/e2/brent/figures.csv"
    damaged.chmod(0o644)
    damaged.write_bytes(TEXT.replace(b"1", b"2", 1))
    for name in ("e1", "e2"):
        with pytest.raises(Refused, match=r"brent/figures\.csv is not as it was published"):
            verify(folder, name)
    with pytest.raises(Refused, match="not as it was"):
        rollback(folder)
    assert publish(folder, small("three"), name="e3") == Published("e3", 2, 1, 0)
    assert verify(folder) == 3


@pytest.mark.parametrize("name", ["brent/figures.csv", "brent/figures.csv.gz", "brent/index.html", "manifest.json"])
def test_publishing_the_same_edition_again_mends_what_is_damaged_or_missing(folder, name):
    publish(folder, small(), name="e1")
    whole = everything(folder)
    damaged = folder / "editions/e1" / name
    damaged.chmod(0o644)
    damaged.write_bytes(b"{")
    publish(folder, small(), name="e1")
    assert everything(folder) == whole and verify(folder) == 3
    damaged.unlink()
    publish(folder, small(), name="e1")
    assert everything(folder) == whole and verify(folder) == 3


def test_a_page_that_stays_the_same_may_not_be_left_with_a_link_that_leads_nowhere(folder):
    way = {"leeds/index.html": page('<a href="../brent/#figures">Brent</a>')}
    there = {"brent/index.html": page('<p id="figures">here</p>')}
    publish(folder, small() | way | there, name="e1")
    gone = {path: data for path, data in (small("two") | way).items() if not path.startswith("brent/index")}
    with pytest.raises(Refused, match=r"leeds/index\.html, line 1: the link '\.\./brent/#figures' leads to no file"):
        publish(folder, gone, name="e2")
    with pytest.raises(Refused, match=r"leeds/index\.html, line 1: the link '\.\./brent/#figures' points to #figures, which is not there"):
        publish(folder, small() | way | {"brent/index.html": page('<p id="other">here</p>')}, name="e2")
    assert publish(folder, small() | way | {"brent/index.html": page('<p id="figures">there</p>')}, name="e2").written == 1


def test_a_new_page_may_lead_to_a_place_within_one_that_stays_the_same(folder):
    there = {"brent/index.html": page('<p id="figures">here</p>')}
    publish(folder, small() | there, name="e1")
    publish(folder, small() | there | {"leeds/index.html": page('<a href="../brent/#figures">Brent</a>')}, name="e2")
    with pytest.raises(Refused, match="points to #nothing"):
        publish(folder, small() | there | {"leeds/index.html": page('<a href="../brent/#nothing">Brent</a>')}, name="e3")


def test_a_file_that_does_not_belong_and_one_that_is_missing_are_found(folder):
    publish(folder, small(), name="e1")
    stranger = folder / "editions/e1/brent/stranger.html"
    stranger.write_bytes(b"x")
    with pytest.raises(Refused, match="stranger"):
        verify(folder)
    stranger.unlink()
    (folder / "editions/e1/brent/figures.csv.gz").unlink()
    with pytest.raises(Refused, match=r"figures\.csv\.gz"):
        verify(folder)


def test_a_damaged_list_of_files_does_not_stand_in_the_way_of_the_next_edition(folder):
    publish(folder, small("one"), name="e1")
    listed = folder / "editions/e1/manifest.json"
    listed.chmod(0o644)
    listed.write_bytes(b"{")
    assert publish(folder, small("two"), name="e2").written == 3
    assert editions.current(folder) == "e2"


def test_two_publishes_at_once_are_refused(folder):
    refusals = []

    def meanwhile():
        yield from small().items()
        with pytest.raises(Refused, match="another publish") as refusal:
            publish(folder, small("two"), name="e2")
        refusals.append(refusal)

    publish(folder, meanwhile(), name="e1")
    assert len(refusals) == 1 and editions.current(folder) == "e1"


def test_a_reader_sees_one_whole_edition_whatever_is_published_meanwhile(folder):
    def edition(turn: int) -> dict[str, bytes]:
        return {"index.html": page(f"{turn} "), **{f"f{n}.txt": f"{turn} {n}".encode() for n in range(20)}}

    def read() -> None:
        while not done.is_set():
            whole = editions.read(folder, editions.current(folder))
            marks = {(whole.folder / path).read_bytes().split(b"<main>")[-1].split(b" ")[0] for path in whole.files}
            seen.append(len(marks))

    publish(folder, edition(0), name="e0")
    done, seen = threading.Event(), []
    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for turn in range(1, 41):
        publish(folder, edition(turn), name=f"e{turn}", keep=100)
    done.set()
    for reader in readers:
        reader.join()
    assert seen and set(seen) == {1}


def test_a_publish_killed_at_any_moment_leaves_one_whole_edition_every_time(folder):
    path = os.environ | {"PYTHONPATH": str(ROOT)}
    output = subprocess.run([sys.executable, KILLED, folder], cwd=ROOT, env=path, capture_output=True, text=True, check=False)
    assert output.returncode == 0, output.stderr
    lines = [line.split() for line in output.stdout.splitlines()]
    assert len(lines) == 2 * tries(30) + tries(40)
    assert [line for line in lines if line[2] not in line[:2] or line[4] != "whole"] == []
    assert sum(line[3] == "killed" for line in lines) > 0.9 * len(lines)
    assert {line[2] == line[1] for line in lines} == {True, False}, "every kill fell on the same side of the pointer"
    assert editions.current(folder) == "e1000"
    publish(folder, small(), name="e1001", keep=100)
    assert sorted(path.name for path in folder.iterdir()) == [".publishing", "current", "editions"]


def test_a_file_that_cannot_be_written_whole_leaves_the_edition_before(folder):
    publish(folder, small(), name="e1")
    before = everything(folder)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(Refused, match="could not be written"):
            publish(folder, {**small("two"), "large.bin": bytes(50_000)}, name="e2")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert everything(folder) == before


def test_a_full_disk_leaves_the_edition_before(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk of its own cannot be mounted here: it takes the rights of root")
    try:
        publish(disk / "public", small(), name="e1")
        before = everything(disk)
        for size in itertools.chain(range(1_000_000, 1_200_000, 40_000), [5_000_000]):
            with pytest.raises(Refused, match="No space left"):
                publish(disk / "public", {**small(str(size)), **{f"f{n}.bin": os.urandom(size // 10) for n in range(11)}}, name="e2")
            assert everything(disk) == before
        assert publish(disk / "public", small("two"), name="e2").written == 1
    finally:
        subprocess.run(["umount", disk], check=True)
