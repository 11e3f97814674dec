"""
Writing one edition into a folder that nobody reads yet: only what differs from the edition before is written.

What is the same becomes a second name of the same bytes on the disk, and keeps its time of writing, so that a browser
that holds a page is told that it has not changed.
"""

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from metrics.model import Refused
from metrics.publishing import held, links
from metrics.publishing.held import Edition, Entry
from metrics.publishing.links import Page
from metrics.publishing.packing import packed

AHEAD = 32
"""Files taken from the giver before the first of them is on the disk."""


class Writing:
    """An edition in the making, in `folder`; `before` is the one whose files are used again where they are the same."""

    def __init__(self, folder: Path, before: Edition | None):
        self.folder, self.before = folder, before
        self.files: dict[str, Entry] = {}
        self.pages: dict[str, Page] = {}
        self.written = 0
        self._new: list[Path] = []

    def take(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write every file, some at a time; compressing and waiting for the disk leave room for each other."""
        self.folder.mkdir()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            waiting: deque[tuple[str, Future]] = deque()
            for path, data in self._checked(files):
                waiting.append((path, pool.submit(self._place, path, data)))
                if len(waiting) > AHEAD:
                    self._settle(*waiting.popleft())
            while waiting:
                self._settle(*waiting.popleft())

    def check(self) -> None:
        """Refuse an edition without a first page, a link that leads nowhere, and a redirect to no page."""
        if "index.html" not in self.files:
            raise Refused("an edition needs a first page, index.html")
        links.check(self.pages, set(self.files))
        if held.REDIRECTS in self.files:
            links.check_redirects((self.folder / held.REDIRECTS).read_bytes(), set(self.files))

    def close(self, name: str, number: int) -> None:
        """
        Write the list of files, let the web server in whatever the umask, and force all of it to the disk.

        Only now: a file at a time takes sixteen times as long.
        """
        self._write(self.folder / held.MANIFEST, held.manifest(name, number, self.files))
        for file in self._new:
            sync(file)
        for folder, _, _ in os.walk(self.folder, topdown=False):
            Path(folder).chmod(0o755)
            sync(Path(folder))

    def _checked(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        seen: set[str] = set()
        folders: set[str] = set()
        for path, data in files:
            held.check_path(path)
            above = {str(parent) for parent in Path(path).parents} - {"."}
            if path in seen or path in folders or above & seen:
                raise Refused(f"{path!r} stands twice in the edition, or as a file and a folder")
            seen.add(path)
            folders |= above
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            yield path, data

    def _settle(self, path: str, placed: Future) -> None:
        entry, page, new = placed.result()
        self.files[path] = entry
        self.written += new
        if page is not None:
            self.pages[path] = page

    def _place(self, path: str, data: bytes) -> tuple[Entry, Page | None, bool]:
        page = links.read(data) if path.endswith(".html") else None
        same = self._linked(path, hashlib.sha256(data).hexdigest())
        if same:
            return same, page, False
        self._write(self.folder / path, data)
        siblings = packed(path, data)
        for ending, small in siblings.items():
            self._write(self.folder / f"{path}.{ending}", small)
        return _entry(data, {ending: _entry(small, {}) for ending, small in siblings.items()}), page, True

    def _linked(self, path: str, sha256: str) -> Entry | None:
        """The file of the edition before under its second name, if it holds the same bytes and is undamaged."""
        entry = self.before.files.get(path) if self.before else None
        if entry is None or entry.sha256 != sha256 or any(damage(self.before.folder, path, entry)):
            return None
        for name in names(path, entry):
            os.link(self.before.folder / name, self.folder / name)
        return entry

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
    for name, told in zip(names(path, entry), (entry, *entry.packed.values()), strict=True):
        there = folder / name
        if not there.is_file() or hashlib.sha256(there.read_bytes()).hexdigest() != told.sha256:
            yield name


def sync(path: Path) -> None:
    """Force a file's bytes, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _entry(data: bytes, siblings: dict[str, Entry]) -> Entry:
    return Entry(hashlib.sha256(data).hexdigest(), len(data), siblings)
