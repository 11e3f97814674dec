"""
The plain pages: every answer is looked up by address among the files of one edition, never on the disk.

What has been asked for once is kept in memory with its headers. An address that no list holds is not there, however it
is spelt, so that none can lead out of the edition.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

from metrics.domain import Refused
from metrics.publish import editions
from metrics.publish.edition_writer import damage
from metrics.publish.editions import Edition, Entry
from metrics.publish.links import file_at
from metrics.web.server import headers
from metrics.web.server.reply import ENCODINGS, Reply, plain_text

KEPT_FILE = 1 << 20
KEPT_IN_ALL = 64 << 20
SHORT = "public, max-age=60, stale-if-error=86400"
"""Of every page, an old edition's too: any can be withdrawn."""
FOR_GOOD = "public, max-age=31536000, immutable"
HASHED = re.compile(r"\.[0-9a-f]{8,64}\.\w+$")
NOT_THERE = "404.html"


class Site:
    """One edition as it is served, below a prefix such as `/as-at/<edition>` or at the root."""

    def __init__(self, edition: Edition, prefix: str = ""):
        self.edition, self.prefix = edition, prefix
        self._redirects = self._told(editions.REDIRECTS)
        self.build = self._told(editions.MADE_OF).get("build", "")
        self._kept: dict[tuple[str, tuple[str, ...], int], Reply] = {}
        self._bytes = 0
        self.damage: str | None = None

    def reply(self, address: str, endings: tuple[str, ...]) -> Reply:
        """
        The answer to an address within the edition.

        Parameters
        ----------
        address
            From the edition's root, beginning with a slash, decoded.
        endings
            The encodings that the browser takes, as `wanted` gives them.
        """
        path = file_at(address, self.edition.files)
        if path is not None:
            return self._file(path, endings, 200)
        there = self._elsewhere(address)
        if there is not None:
            return plain_text(301, f"This page is at {there}", (b"location", there.encode("ascii")))
        if NOT_THERE in self.edition.files:
            return self._file(NOT_THERE, endings, 404)
        return plain_text(404, "There is no such page.")

    def _elsewhere(self, address: str) -> str | None:
        """Where a page is that was asked for under an old name, without its slash, or in capitals."""
        for asked in (address, f"{address}/", address.lower(), f"{address.lower()}/"):
            if asked in self._redirects:
                return self.prefix + self._redirects[asked]
            if asked != address and file_at(asked, self.edition.files):
                return self.prefix + asked
        return None

    def _file(self, path: str, endings: tuple[str, ...], status: int) -> Reply:
        key = path, endings, status
        reply = self._kept.get(key)
        if reply is None:
            try:
                reply = _made(self.edition, path, endings, status)
            except (Refused, OSError):
                self.damage = f"edition {self.edition.name}: {path} is not as it was published"
                return plain_text(503, "This page is damaged and not shown. Please tell whoever runs this site.")
            self._keep(key, reply)
        return reply

    def _keep(self, key: tuple[str, tuple[str, ...], int], reply: Reply) -> None:
        if self._bytes > KEPT_IN_ALL:
            self._kept.clear()
            self._bytes = 0
        self._kept[key] = reply
        self._bytes += 0 if isinstance(reply.body, Path) else len(reply.body)

    def _told(self, name: str) -> dict[str, str]:
        return json.loads((self.edition.folder / name).read_bytes()) if name in self.edition.files else {}


class Published:
    """The editions of a folder: the current one, looked at anew for every answer, and those before it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._now: Site | None = None
        self._stamp: object = None
        self._dated: dict[str, tuple[object, Site]] = {}
        self.fault: str | None = None

    def now(self) -> Site | None:
        """The edition in use; the last one that could be read where the newest cannot, and none where there is none."""
        try:
            name = editions.current(self.folder)
            stamp = (name, _changed(self.folder, name)) if name is not None else None
            if name is not None and stamp != self._stamp:
                self._now, self._stamp, self._dated = Site(editions.read(self.folder, name)), stamp, {}
            self.fault = None
        except (Refused, OSError) as error:
            self.fault = str(error)
        return self._now

    def dated(self, name: str) -> Site | None:
        """An edition that is still kept, by its name; none where there is none."""
        try:
            stamp = _changed(self.folder, name)
            if self._dated.get(name, (None,))[0] != stamp:
                self._dated[name] = stamp, Site(editions.read(self.folder, name), f"/as-at/{name}")
        except (Refused, OSError):
            return None
        return self._dated[name][1]


def _changed(folder: Path, name: str) -> int:
    """When the list of files of an edition was written: a page that is withdrawn is forgotten at once."""
    editions.check_name(name)
    return (folder / editions.EDITIONS / name / editions.MANIFEST).stat().st_mtime_ns


def _made(edition: Edition, path: str, endings: tuple[str, ...], status: int) -> Reply:
    """The answer with a file, which is read and held against its digest once."""
    entry = edition.files[path]
    ending = next(ending for ending in endings if not ending or ending in entry.packed)
    file = edition.folder / (f"{path}.{ending}" if ending else path)
    chosen = entry.packed[ending] if ending else entry
    if next(damage(edition.folder, file.relative_to(edition.folder).as_posix(), replace(chosen, packed={})), None):
        raise Refused("not as it was published", file=file)
    body = file.read_bytes() if chosen.bytes <= KEPT_FILE else file
    if status != 200:
        return Reply(status, _headers(path, entry, ending, {"cache-control": "no-cache"}), body)
    modified, etag = int(file.stat().st_mtime), f'"{entry.sha256[:24]}{"-" if ending else ""}{ending}"'
    fields = {
        "cache-control": FOR_GOOD if HASHED.search(path) else SHORT,
        "etag": etag,
        "last-modified": formatdate(modified, usegmt=True),
    }
    return Reply(status, _headers(path, entry, ending, fields), body, etag.encode(), modified)


def _headers(path: str, entry: Entry, ending: str, more: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    length = (entry.packed[ending] if ending else entry).bytes
    about = {"content-type": headers.kind(path), "content-length": str(length), **more}
    about |= {"content-encoding": ENCODINGS[ending].decode()} if ending else {}
    about |= {"vary": "Accept-Encoding"} if entry.packed else {}
    return headers.encoded(about) + headers.of_page(path)
