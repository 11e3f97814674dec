"""
Writing one edition into a folder that nobody reads yet: only what differs from the edition before is written.

What is the same becomes a second name of the same bytes on the disk, and keeps its time of writing, so that a browser
that holds a page is told that it has not changed. A text's compressed siblings are made once, so that no server compresses it twice.
"""

import gzip
import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path, PurePosixPath

import brotli

from metrics.domain import Refused
from metrics.durable_file import sync
from metrics.publish import editions, links
from metrics.publish.editions import Edition, Entry
from metrics.publish.links import Page

TEXT = {".atom", ".css", ".csv", ".html", ".ics", ".js", ".json", ".map", ".md", ".svg", ".txt", ".webmanifest", ".xml"}
WORTH = 0.95
"""A sibling is kept if it has at most this part of the plain file's length."""
SMALLEST = 200
QUALITY = 6
"""Of brotli's eleven: a seventh smaller than gzip in half the time; two steps more take three times as long for a sixtieth."""
LEVEL = 6
"""Of gzip's nine: half again as fast as the highest, for an eightieth more bytes."""


def packed(path: str, data: bytes) -> dict[str, bytes]:
    """
    The siblings of a file by ending, none where they would save nothing.

    >>> sorted(packed("a.csv", b"place,value;" * 100))
    ['br', 'gz']
    >>> packed("a.png", b"place,value;" * 100)
    {}
    """
    if PurePosixPath(path).suffix not in TEXT or len(data) < SMALLEST:
        return {}
    made = {"br": brotli.compress(data, mode=brotli.MODE_TEXT, quality=QUALITY), "gz": gzip.compress(data, LEVEL, mtime=0)}
    return {ending: small for ending, small in made.items() if len(small) <= WORTH * len(data)}


AHEAD = 32
"""Files taken from the giver before the first of them is on the disk."""


class Writing:
    """An edition in the making, in `folder`; `before` is the one whose files are used again where they are the same."""

    def __init__(self, folder: Path, before: Edition | None):
        self.folder, self.before = folder, before
        self.files: dict[str, Entry] = {}
        self.written = 0
        self._pages: dict[str, Page] = {}
        self._new: list[Path] = []
        self._folders: list[Path] = []

    def take(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Put every file in its place; compressing those that are new and waiting for the disk leave room for each other."""
        self.folder.mkdir()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            waiting: deque[tuple[str, Future]] = deque()
            for path, data in self._checked(files):
                same = self._linked(path, hashlib.sha256(data).hexdigest())
                if same:
                    self.files[path] = same
                    continue
                waiting.append((path, pool.submit(self._written, path, data)))
                if len(waiting) > AHEAD:
                    self._settle(*waiting.popleft())
            while waiting:
                self._settle(*waiting.popleft())

    def check(self) -> None:
        """
        Refuse an edition without a first page, a link that leads nowhere, and a redirect to no page.

        A page that is the same as in the edition before was checked there, and arrives wherever nothing has been taken away.
        """
        if "index.html" not in self.files:
            raise Refused("an edition needs a first page, index.html")
        pages = (path for path in self.files if path.endswith(links.PAGE)) if self._has_less() else list(self._pages)
        links.check(pages, self.files.keys(), self._page)
        if editions.REDIRECTS in self.files:
            links.check_redirects((self.folder / editions.REDIRECTS).read_bytes(), self.files.keys())

    def close(self, name: str, number: int) -> None:
        """
        Write the list of files, let the web server in whatever the umask, and force all of it to the disk.

        Only now: a file at a time takes sixteen times as long, and the names in thousands of folders, one by one, half a second.
        """
        self._write(self.folder / editions.MANIFEST, editions.manifest(name, number, self.files))
        for folder in (self.folder, *self._folders):
            folder.chmod(0o755)
        for file in self._new:
            sync(file)
        os.sync()

    def mend(self, edition: Path) -> None:
        """Put what is missing or damaged in an edition of the same files in its place again, a file at a time, the list of files last."""
        wrong = [name for path, entry in self.files.items() for name in damage(edition, path, entry)]
        for name in [*wrong, editions.MANIFEST]:
            (edition / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.folder / name, edition / name)
            sync((edition / name).parent)

    def _checked(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        seen: set[str] = set()
        folders: set[str] = set()
        for path, data in files:
            editions.check_path(path)
            above = editions.above(path)
            if path in seen or path in folders or not seen.isdisjoint(above):
                raise Refused(f"{path!r} stands twice in the edition, or as a file and a folder")
            for folder in (path for path in above if path not in folders):
                (self.folder / folder).mkdir()
                self._folders.append(self.folder / folder)
            seen.add(path)
            folders.update(above)
            yield path, data

    def _settle(self, path: str, written: Future) -> None:
        self.files[path], page = written.result()
        self.written += 1
        if page is not None:
            self._pages[path] = page

    def _written(self, path: str, data: bytes) -> tuple[Entry, Page | None]:
        """A new file and its siblings, and what it says of others if it is a page."""
        self._write(self.folder / path, data)
        siblings = packed(path, data)
        for ending, small in siblings.items():
            self._write(self.folder / f"{path}.{ending}", small)
        page = links.read(data) if path.endswith(links.PAGE) else None
        return entry_of(data, {ending: entry_of(small) for ending, small in siblings.items()}), page

    def _linked(self, path: str, sha256: str) -> Entry | None:
        """The file of the edition before under its second name, if it holds the same bytes and is undamaged."""
        entry = self.before.files.get(path) if self.before else None
        if entry is None or entry.sha256 != sha256 or any(damage(self.before.folder, path, entry)):
            return None
        for name in names(path, entry):
            os.link(f"{self.before.folder}/{name}", f"{self.folder}/{name}")
        return entry

    def _has_less(self) -> bool:
        """Whether something that another page may lead to, a file or a place within a page, may no longer be there."""
        before = self.before.files.keys() if self.before else set()
        return not before <= self.files.keys() or any(self._lost(path) for path in before & self._pages.keys())

    def _lost(self, path: str) -> bool:
        """Whether a page that was written again lacks a place that it had, or can no longer be compared with what it was."""
        was = self.before.folder / path
        if any(damage(self.before.folder, path, replace(self.before.files[path], packed={}))):
            return True
        return not links.marked(was.read_bytes()) <= self._pages[path].ids

    def _page(self, path: str) -> Page:
        """What a page says of others; read only when that is asked for."""
        if path not in self._pages:
            self._pages[path] = links.read((self.folder / path).read_bytes())
        return self._pages[path]

    def _write(self, path: Path, data: bytes) -> None:
        with path.open("xb") as file:
            file.write(data)
            os.fchmod(file.fileno(), 0o444)
        self._new.append(path)


def names(path: str, entry: Entry) -> list[str]:
    """A file and its siblings."""
    return [path, *(f"{path}.{ending}" for ending in entry.packed)]


def damage(folder: Path, path: str, entry: Entry) -> Iterator[str]:
    """The names of a file and its siblings that are not there or are not what the list says."""
    for name, copy in zip(names(path, entry), (entry, *entry.packed.values()), strict=True):
        if _sha256(f"{folder}/{name}", copy.bytes) != copy.sha256:
            yield name


def _sha256(path: str, length: int) -> str:
    """
    Of a file that should have so many bytes; empty where there is none.

    An edition has twenty thousand of them, so that each step counts: a path of its own and a buffered file take half as long again.
    """
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return ""
    try:
        return hashlib.sha256(os.read(handle, length + 1)).hexdigest()
    finally:
        os.close(handle)


def entry_of(data: bytes, siblings: dict[str, Entry] | None = None) -> Entry:
    """What the list of files says of a file."""
    return Entry(hashlib.sha256(data).hexdigest(), len(data), siblings or {})
