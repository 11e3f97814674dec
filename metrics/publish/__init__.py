"""
Publishing: a whole edition, written beside the one in use, checked, and put in its place in one step.

A publish that is refused, killed or finds the disk full leaves the edition before in use and nothing half to see. The last
editions are kept: to go back, and to be read at `/as-at/<edition>/`.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from metrics.domain import Refused
from metrics.durable_file import sync
from metrics.publish import editions, links, withdrawing
from metrics.publish.edition_writer import Writing, damage, names
from metrics.publish.editions import EDITIONS, MANIFEST, POINTER, Edition
from metrics.publish.withdrawing import Note

KEPT = 12
STAGED = "unfinished"
GONE = "gone"
LOCK = ".publishing"


@dataclass(frozen=True)
class Published:
    """What a publish did: files new or changed, files the same as before, files that are no longer there."""

    name: str
    written: int
    unchanged: int
    removed: int


def publish(
    folder: Path, files: Mapping[str, bytes] | Iterable[tuple[str, bytes]], *, name: str, keep: int = KEPT
) -> Published:
    """
    Write a whole edition and make it current.

    `folder`: where editions are published; nothing outside it is written. A web server's root is its `current`.
    `files`: every file of the edition by its path; taken one at a time, so that it may be made while it is written.
    `name`: of the edition; it stands in dated addresses. The same name stands for the same bytes for good.
    Raises Refused: a name that could lead elsewhere, a link that leads nowhere, a script, another edition of the same name, another publish
        going on, or no room on the disk. The edition before stays current.
    """
    folder = Path(folder)
    editions.check_name(name)
    with _alone(folder), _cleared(folder):
        try:
            given = files.items() if isinstance(files, Mapping) else files
            done = _written(folder, withdrawing.without(given, withdrawing.notes(folder)), name)
        except OSError as error:
            raise Refused(f"the edition could not be written ({error.strerror}); the one before stays in use", file=folder) from error
        _tidy_up(folder, max(keep, 1))
    return done


def rollback(folder: Path, to: str | None = None) -> str:
    """
    Point to an earlier edition that is still kept: the one before the current, or the one named. Gives its name.

    Raises Refused: there is none, or it is damaged; nothing changes.
    """
    folder = Path(folder)
    with _alone(folder):
        name = to or _before(folder)
        verify(folder, name)
        _point(folder, name)
    return name


def verify(folder: Path, name: str | None = None) -> int:
    """
    Compute every hash of an edition again, the current one's unless one is named. Gives how many files are as published.

    Raises Refused: a file is missing, is not what was published, or does not belong to the edition.
    """
    folder = Path(folder)
    chosen = name or editions.current(folder)
    if chosen is None:
        raise Refused(f"nothing is published in {folder.name}")
    edition = editions.read(folder, chosen)
    listed = {MANIFEST} | {file for path, entry in edition.files.items() for file in names(path, entry)}
    there = {str(path.relative_to(edition.folder)) for path in edition.folder.rglob("*") if not path.is_dir()}
    wrong = sorted(listed ^ there) or [file for path, entry in edition.files.items() for file in damage(edition.folder, path, entry)]
    if wrong:
        raise Refused(f"edition {chosen}: {wrong[0]} is not as it was published")
    return len(edition.files)


def withdraw(folder: Path, what: str, reason: str, day: date) -> list[str]:
    """
    Take a page, by its address, out of every edition there is and will be; or an edition, by its name. Gives the editions changed.

    Raises Refused: there is no such page or edition, it is the edition in use, or no reason is given.
    """
    folder, note = Path(folder), Note(day.isoformat(), " ".join(reason.split()))
    if not note.reason:
        raise Refused("say why it is withdrawn: the reason stands in its place")
    with _alone(folder):
        if what in editions.numbers(folder):
            withdrawing.whole(folder, what, note, folder / f"{STAGED}-{what}")
            return [what]
        return withdrawing.page(folder, _path_at(folder, what), note)


def _path_at(folder: Path, address: str) -> str:
    """The path of the page at an address in whichever edition has it."""
    for name in reversed(editions.numbers(folder)):
        path = links.file_at(f"/{address.lstrip('/')}", editions.read(folder, name).files)
        if path is not None:
            return path
    raise Refused(f"no edition in {folder.name} has a page at {address!r}, and none is called so")


def _written(folder: Path, files: Iterable[tuple[str, bytes]], name: str) -> Published:
    using = editions.current(folder)
    before = editions.whole(folder, using) if using else None
    staged = folder / f"{STAGED}-{name}"
    try:
        writing = Writing(staged, before)
        writing.take(files)
        writing.check()
        _place(folder, writing, name)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    _point(folder, name)
    return _account(name, writing, before)


def _place(folder: Path, writing: Writing, name: str) -> None:
    """Give what is written its name; where an edition has that name already, mend what is damaged there."""
    there, numbers, same = folder / EDITIONS / name, editions.numbers(folder), editions.whole(folder, name)
    if same is not None and same.files != writing.files:
        raise Refused(f"another edition is called {name} already, and an edition is never changed")
    writing.close(name, same.number if same else max(numbers.values(), default=0) + 1)
    if there.exists():
        writing.mend(there)
    else:
        writing.folder.rename(there)
        sync(there.parent)


def _account(name: str, writing: Writing, before: Edition | None) -> Published:
    gone = set(before.files) - set(writing.files) if before else set()
    return Published(name, writing.written, len(writing.files) - writing.written, len(gone))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder, so that what an ended publish left can be cleared; the system lets go when a process is killed."""
    _make(folder)
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("another publish is going on", file=folder) from error
        for leftover in folder.glob(f"{STAGED}-*"):
            shutil.rmtree(leftover)
        (folder / f"{POINTER}.part").unlink(missing_ok=True)
        yield


def _make(folder: Path) -> None:
    """The folder of editions; one that holds other things is left alone."""
    try:
        if folder.is_dir() and not (folder / EDITIONS).is_dir() and any(path.name != LOCK for path in folder.iterdir()):
            raise Refused("it holds other things; editions need a folder of their own", file=folder)
        if (folder / EDITIONS).is_symlink():
            raise Refused("it leads out of the folder of editions", file=folder / EDITIONS)
        (folder / EDITIONS).mkdir(parents=True, exist_ok=True)
        (folder / EDITIONS).chmod(0o755)
    except OSError as error:
        raise Refused(f"no folder for editions can be made ({error.strerror})", file=folder) from error


def _point(folder: Path, name: str) -> None:
    beside = folder / f"{POINTER}.part"
    beside.symlink_to(Path(EDITIONS) / name, target_is_directory=True)
    os.replace(beside, folder / POINTER)
    sync(folder)


def _before(folder: Path) -> str:
    using, numbers = editions.current(folder), editions.numbers(folder)
    earlier = [name for name, number in numbers.items() if number < numbers.get(using, 0)]
    if not earlier:
        raise Refused(f"no edition before the current one is kept in {folder.name}")
    return earlier[-1]


def _tidy_up(folder: Path, keep: int) -> None:
    """Keep the newest editions and the one in use. Others lose their names now and their files beside the next publish."""
    using = editions.current(folder)
    for name in list(editions.numbers(folder))[:-keep]:
        if name != using:
            (folder / EDITIONS / name).rename(folder / f"{GONE}-{name}")


@contextmanager
def _cleared(folder: Path) -> Iterator[None]:
    """Remove what lost its name before, which takes more than a second, while other things are done."""
    with ThreadPoolExecutor(1) as beside:
        removed = [beside.submit(shutil.rmtree, gone) for gone in folder.glob(f"{GONE}-*")]
        yield
    try:
        for removal in removed:
            removal.result()
    except OSError as error:
        raise Refused(f"the new edition is in use, but an old one could not be removed ({error.strerror})", file=folder) from error
