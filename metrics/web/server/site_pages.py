"""
The plain pages: every answer is looked up by address among the files of one edition, never on the disk.

What has been asked for once is kept in memory with its headers. An address that no list holds is not there, however it
is spelt, so that none can lead out of the edition.
"""

import hashlib
import json
import re
from email.utils import formatdate
from pathlib import Path

from starlette.responses import FileResponse, Response

from metrics.domain import Refused
from metrics.publish import editions
from metrics.publish.editions import Edition
from metrics.publish.links import file_at
from metrics.web.server.responses import FOR_GOOD, in_a_line, of_file, of_page

KEPT_FILE = 1 << 20
KEPT_IN_ALL = 64 << 20
SHORT = "public, max-age=60, stale-if-error=86400"
"""Of every page, an old edition's too: any can be withdrawn."""
HASHED = re.compile(r"\.[0-9a-f]{8,64}\.\w+$")
NOT_THERE = "404.html"


class _LargeFile(FileResponse):
    chunk_size = 1 << 20
    """Bytes at a time; with Starlette's 64 kB a file of two megabytes takes seven times the CPU."""


class Site:
    """One edition as it is served, below a prefix such as `/as-at/<edition>` or at the root."""

    def __init__(self, edition: Edition, prefix: str = ""):
        self.edition, self.prefix = edition, prefix
        self._redirects = self._listed(editions.REDIRECTS)
        self.build = self._listed(editions.MADE_OF).get("build", "")
        self._kept: dict[tuple[str, tuple[str, ...], int], Response] = {}
        self._bytes = 0
        self.damage: str | None = None

    def holds(self, address: str) -> bool:
        """Whether a page of the edition stands at an address that begins with a slash."""
        return file_at(address, self.edition.files) is not None

    def response(self, address: str, endings: tuple[str, ...]) -> Response:
        """
        The answer to an address within the edition.

        `address`: from the edition's root, beginning with a slash, decoded.
        `endings`: the encodings that the browser takes, as `wanted` gives them.
        """
        path = file_at(address, self.edition.files)
        if path is not None:
            return self._file(path, endings, 200)
        there = self._elsewhere(address)
        if there is not None:
            return in_a_line(301, f"This page is at {there}", {"location": there})
        if NOT_THERE in self.edition.files:
            return self._file(NOT_THERE, endings, 404)
        return in_a_line(404, "There is no such page.")

    def _elsewhere(self, address: str) -> str | None:
        """Where a page is that was asked for under an old name, without its slash, or in capitals."""
        for asked in (address, f"{address}/", address.lower(), f"{address.lower()}/"):
            if asked in self._redirects:
                return self.prefix + self._redirects[asked]
            if asked != address and file_at(asked, self.edition.files):
                return self.prefix + asked
        return None

    def _file(self, path: str, endings: tuple[str, ...], status: int) -> Response:
        key = path, endings, status
        try:
            if key not in self._kept:
                self._keep(key, _made(self.edition, path, endings, status))
        except (Refused, OSError):
            self.damage = f"edition {self.edition.name}: {path} is not as it was published"
            return in_a_line(503, "This page is damaged and not shown. Please tell the people who run this site.")
        return self._kept[key]

    def _keep(self, key: tuple[str, tuple[str, ...], int], response: Response) -> None:
        if self._bytes > KEPT_IN_ALL:
            self._kept.clear()
            self._bytes = 0
        self._kept[key] = response
        self._bytes += len(getattr(response, "body", b""))

    def _listed(self, name: str) -> dict[str, str]:
        return json.loads((self.edition.folder / name).read_bytes()) if name in self.edition.files else {}


class Published:
    """The editions of a folder: the current one, looked up again for every answer, and those before it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._now: Site | None = None
        self._stamp: object = None
        self._dated: dict[str, tuple[int, Site]] = {}
        self.fault: str | None = None

    def now(self) -> Site | None:
        """The edition in use; the last one that could be read where the newest cannot, and none where there is none."""
        try:
            name = editions.current(self.folder)
            stamp = name and (name, _changed(self.folder, name))
            if name and stamp != self._stamp:
                self._now, self._stamp, self._dated = Site(editions.read(self.folder, name)), stamp, {}
            self.fault = None
        except (Refused, OSError) as error:
            self.fault = str(error)
        return self._now

    def dated(self, name: str) -> Site | None:
        """An edition that is still kept, by its name; none where there is none."""
        try:
            stamp = _changed(self.folder, name)
            if name not in self._dated or self._dated[name][0] != stamp:
                self._dated[name] = stamp, Site(editions.read(self.folder, name), f"/as-at/{name}")
        except (Refused, OSError):
            return None
        return self._dated[name][1]


def _changed(folder: Path, name: str) -> int:
    """When the list of files of an edition was written: a page that is withdrawn is forgotten at once."""
    editions.check_name(name)
    return (folder / editions.EDITIONS / name / editions.MANIFEST).stat().st_mtime_ns


def _made(edition: Edition, path: str, endings: tuple[str, ...], status: int) -> Response:
    """The answer with a file, which is read and held against its digest once; a large one is read again whenever it is sent."""
    entry = edition.files[path]
    ending = next(ending for ending in endings if not ending or ending in entry.packed)
    file = edition.folder / (f"{path}.{ending}" if ending else path)
    body, details = file.read_bytes(), file.stat()
    if hashlib.sha256(body).hexdigest() != (entry.packed[ending] if ending else entry).sha256:
        raise Refused("not as it was published", file=file)
    fields = of_page(path) | of_file(path, entry.sha256, ending) | ({"vary": "Accept-Encoding"} if entry.packed else {})
    if status == 200:
        fields |= {"cache-control": FOR_GOOD if HASHED.search(path) else SHORT, "last-modified": formatdate(details.st_mtime, usegmt=True)}
    else:
        fields = {name: value for name, value in fields.items() if name != "etag"} | {"cache-control": "no-cache"}
    return _LargeFile(file, status, fields, stat_result=details) if len(body) > KEPT_FILE else Response(body, status, fields)
