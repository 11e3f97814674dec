"""
What refresh remembers, in one file that is replaced whole: what each file was like when last asked, and what waits for a person.

A file that says what was remembered is never asked for again. What waits is a dataset with the files of its next release; whatever is
interrupted, the file on the disk is the one before or the one after.
"""

from pathlib import Path

import msgspec

from metrics.domain import Refused
from metrics.durable_file import put

NAME, REVIEW = "state.json", "review.md"
CLEAR, ODD, REFUSED, UNTRIED = "clear", "odd", "refused", "untried"


class Seen(msgspec.Struct):
    """A file as its catalogue described it when it was last had, with what a server needs to say that it is the same still."""

    fingerprint: list[str]
    etag: str = ""
    modified: str = ""


class File(msgspec.Struct):
    """A fetched file below the folder: where it came from, when, its sum and, where something tells, its day of publication."""

    path: str
    address: str
    retrieved: str
    sha256: str
    published: str = ""


class Waiting(msgspec.Struct):
    """The next release of a dataset: its files by label, and what came of trying to import them."""

    files: dict[str, File]
    verdict: str = UNTRIED
    lines: list[str] = []


class State(msgspec.Struct):
    """
    Everything remembered, by dataset.

    `troubles` says what could not be had the last time, `told` which review the people concerned have been sent.
    """

    seen: dict[str, dict[str, Seen]] = {}
    waiting: dict[str, Waiting] = {}
    troubles: dict[str, str] = {}
    told: str = ""

    @property
    def untried(self) -> bool:
        """Whether something waits that nobody has tried to import."""
        return any(release.verdict == UNTRIED for release in self.waiting.values())

    @property
    def all_clear(self) -> bool:
        """Whether something waits, and nothing in it is odd or refused."""
        return bool(self.waiting) and all(release.verdict == CLEAR for release in self.waiting.values())


def read(folder: Path) -> State:
    """What is remembered in a folder; nothing where nothing was."""
    path = folder / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=State) if path.exists() else State()
    except msgspec.MsgspecError as error:
        raise Refused(f"damaged ({error}): delete it, and every file is asked for again", file=path) from error


def write(folder: Path, state: State) -> None:
    """Put what is remembered in the place of what was; where it is the same, nothing is written."""
    if state != read(folder):
        replace(folder / NAME, msgspec.json.format(msgspec.json.encode(state), indent=1))


def replace(path: Path, raw: bytes) -> None:
    """A file written whole beside its place, and put there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, raw, beside=path.with_name(f".{path.name}.part"))


def open_matters(folder: Path) -> dict[str, str]:
    """By dataset, that a newer release `waits` for a person, or that there was `trouble` in having it."""
    remembered = read(folder)
    return dict.fromkeys(remembered.troubles, "trouble") | dict.fromkeys(remembered.waiting, "waits")
