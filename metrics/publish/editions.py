"""
What is published: editions that are never changed once they have their name, and a pointer to the one in use.

A folder holds `editions/<name>/`, each whole with a `manifest.json`, and the link `current`. Readers follow `current`
once and then read from one edition, so that they never see two.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

from msgspec import MsgspecError, json

from metrics.domain import Refused

EDITIONS = "editions"
POINTER = "current"
MANIFEST = "manifest.json"
REDIRECTS = "redirects.json"
MADE_OF = "build.json"
"""The name of the build that the pages were made of."""
PACKINGS = ("br", "gz")
"""The endings of a text file's compressed siblings, the smallest first."""
NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")
APPS = ("explore", "as-at", "healthz")
"""The first parts of addresses that the server answers itself; no edition has a file there."""
SEGMENT = re.compile(r"(?:\.well-known|[A-Za-z0-9_][A-Za-z0-9._-]*)")
LONGEST = 200


@dataclass(frozen=True)
class Entry:
    """One file of an edition: the SHA-256 and length of its bytes, and of each compressed sibling by its ending."""

    sha256: str
    bytes: int
    packed: dict[str, "Entry"] = field(default_factory=dict)


@dataclass(frozen=True)
class Numbered:
    """What the list of files of an edition says of the edition, as it is written."""

    name: str
    number: int


@dataclass(frozen=True)
class Listed(Numbered):
    """All that it says."""

    files: dict[str, Entry]


@dataclass(frozen=True)
class Edition:
    """One whole edition: its name, its place in the order of publication from 1, where it lies and what it holds."""

    name: str
    number: int
    folder: Path
    files: Mapping[str, Entry]


def check_name(name: str) -> None:
    """
    Refuse what cannot be an edition's name: it stands in addresses and is a folder.

    >>> check_name("000012-a1b2c3")
    >>> check_name("../etc")
    Traceback (most recent call last):
    metrics.domain.Refused: '../etc' cannot be an edition's name: small letters, digits, dots and hyphens are allowed
    """
    if not NAME.fullmatch(name) or ".." in name:
        raise Refused(f"{name!r} cannot be an edition's name: small letters, digits, dots and hyphens are allowed")


def check_path(path: str) -> None:
    """
    Refuse a path that could lead out of an edition, that an address cannot spell plainly, or that is taken.

    >>> check_path("kingston-upon-thames/index.html")
    >>> check_path("a/../../b")
    Traceback (most recent call last):
    metrics.domain.Refused: 'a/../../b' cannot be a file of an edition
    """
    parts = path.split("/")
    if len(path) > LONGEST or not all(SEGMENT.fullmatch(part) for part in parts):
        raise Refused(f"{path[:LONGEST]!r} cannot be a file of an edition")
    if path == MANIFEST or parts[0] in APPS or path.endswith(tuple(f".{ending}" for ending in PACKINGS)):
        raise Refused(f"{path!r} is an address of the server's own")


def above(path: str) -> list[str]:
    """
    The folders that a path of an edition lies in, the outermost first.

    >>> above("brent/trust-met/index.html"), above("index.html")
    (['brent', 'brent/trust-met'], [])
    """
    return [path[:at] for at, letter in enumerate(path) if letter == "/"]


def current(folder: Path) -> str | None:
    """The name of the edition in use; none where nothing has been published."""
    pointer = folder / POINTER
    if not pointer.is_symlink():
        return None
    target = pointer.readlink()
    if target.parent != Path(EDITIONS):
        raise Refused(f"it points to {str(target)!r}, which is no edition", file=pointer)
    check_name(target.name)
    return target.name


def read(folder: Path, name: str) -> Edition:
    """One edition by its name."""
    check_name(name)
    manifest = folder / EDITIONS / name / MANIFEST
    try:
        listed = json.decode(manifest.read_bytes(), type=Listed)
        return Edition(name, listed.number, manifest.parent, listed.files)
    except FileNotFoundError as error:
        raise Refused(f"there is no edition {name} in {folder.name}") from error
    except (MsgspecError, UnicodeDecodeError) as error:
        raise Refused(f"the list of files of edition {name} cannot be read", file=manifest) from error


def whole(folder: Path, name: str) -> Edition | None:
    """The same, or none where its list of files cannot be read: that must not stand in the way of the publish that mends it."""
    try:
        return read(folder, name)
    except Refused:
        return None


def numbers(folder: Path) -> dict[str, int]:
    """The place of every edition kept in the order of publication, by name and in that order; a damaged one is left out."""
    every = {path.parent.name: _number(path) for path in folder.glob(f"{EDITIONS}/*/{MANIFEST}")}
    return dict(sorted(((name, number) for name, number in every.items() if number), key=itemgetter(1)))


def manifest(name: str, number: int, files: dict[str, Entry]) -> bytes:
    """The list of files of an edition: the same files give the same bytes."""
    return json.format(json.encode(Listed(name, number, files), order="sorted"), indent=1) + b"\n"


def _number(manifest: Path) -> int | None:
    """Read without the files, which takes a tenth of the time."""
    try:
        return json.decode(manifest.read_bytes(), type=Numbered).number
    except (MsgspecError, UnicodeDecodeError):
        return None
