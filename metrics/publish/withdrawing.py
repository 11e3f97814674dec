"""
Taking down what should never have been published: a page out of every edition that is kept and every one to come, or a whole edition.

In its place stands a note with its day and the reason. `withdrawn.json` beside the editions lists the pages, so that the next publish
does not bring them back. Nothing served is immutable but what carries its digest in its name, so that a page is gone within a minute.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path

from msgspec import MsgspecError, json

from metrics.domain import Refused, periods
from metrics.durable_file import put
from metrics.publish import editions, links
from metrics.publish.edition_writer import entry_of, names, packed
from metrics.publish.editions import EDITIONS, MANIFEST, Edition, Entry

LIST = "withdrawn.json"
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Withdrawn</title>'
    "</head><body><main><h1>Withdrawn</h1><p>{words}</p>{places}</main></body></html>\n"
)
ANYWHERE = ("index.html", "404.html")
"""What is left of a withdrawn edition: the note, at every address in it."""


@dataclass(frozen=True)
class Note:
    """When something was withdrawn, as an ISO date, and why."""

    day: str
    reason: str

    @property
    def words(self) -> str:
        """The note in a sentence."""
        return f"This was withdrawn on {periods.say_day(date.fromisoformat(self.day))}: {self.reason}"


def notes(folder: Path) -> dict[str, Note]:
    """The pages that are withdrawn for good, by their paths."""
    path = folder / LIST
    try:
        return json.decode(path.read_bytes(), type=dict[str, Note]) if path.exists() else {}
    except MsgspecError as error:
        raise Refused("the list of what was withdrawn cannot be read: restore it", file=path) from error


def without(files: Iterable[tuple[str, bytes]], withdrawn: Mapping[str, Note]) -> Iterator[tuple[str, bytes]]:
    """The files of an edition, with a note in place of each page that is withdrawn."""
    for path, data in files:
        yield path, in_place_of(path, data, withdrawn[path]) if path in withdrawn else data


def in_place_of(path: str, data: bytes, note: Note) -> bytes:
    """The note as a file; of a page with the places that others link to."""
    if not path.endswith(links.PAGE):
        return f"{note.words}\n".encode()
    places = "".join(f'<span id="{escape(name)}"></span>' for name in sorted(links.marked(data)))
    return PAGE.format(words=escape(note.words), places=places).encode()


def page(folder: Path, path: str, note: Note) -> list[str]:
    """Put a note in the place of a page in every edition that has it, and on the list. Gives the editions' names."""
    every = [edition for name in editions.numbers(folder) if path in (edition := editions.read(folder, name)).files]
    if not every:
        raise Refused(f"no edition in {folder.name} has a page {path!r}")
    _put(folder / LIST, json.format(json.encode(notes(folder) | {path: note}, order="sorted"), indent=1) + b"\n")
    for edition in every:
        _exchange(edition, path, in_place_of(path, (edition.folder / path).read_bytes(), note))
    return [edition.name for edition in every]


def whole(folder: Path, name: str, note: Note, staged: Path) -> None:
    """Leave nothing of an edition but the note."""
    edition, text = editions.read(folder, name), PAGE.format(words=escape(note.words), places="").encode()
    if editions.current(folder) == name:
        raise Refused(f"edition {name} is in use: publish another or roll back first")
    staged.mkdir()
    for path in ANYWHERE:
        _put(staged / path, text)
    _put(staged / MANIFEST, editions.manifest(name, edition.number, {path: entry_of(text) for path in ANYWHERE}))
    staged.chmod(0o755)
    gone = staged.with_name(f"{staged.name}.before")
    edition.folder.rename(gone)
    staged.rename(folder / EDITIONS / name)
    shutil.rmtree(gone)


def _exchange(edition: Edition, path: str, data: bytes) -> None:
    """Put other bytes in the place of a file, which has other names in other editions, and its siblings; the list of files last."""
    siblings = packed(path, data)
    for ending, small in siblings.items():
        _put(edition.folder / f"{path}.{ending}", small)
    _put(edition.folder / path, data)
    for name in set(names(path, edition.files[path])) - {path, *(f"{path}.{ending}" for ending in siblings)}:
        (edition.folder / name).unlink(missing_ok=True)
    there: dict[str, Entry] = {ending: entry_of(small) for ending, small in siblings.items()}
    files = dict(edition.files) | {path: replace(entry_of(data), packed=there)}
    _put(edition.folder / MANIFEST, editions.manifest(edition.name, edition.number, files))


def _put(path: Path, data: bytes) -> None:
    put(path, data, beside=path.with_name(f"{path.name}.part"), rights=0o444)
