"""
Files fetched politely: one connection at a time, who asks in every request, only what has changed, and an end to bytes and patience.

What arrives stands under a name that holds its `ETag` until it is whole, so that a download that was cut off or killed goes on from there.
Only a file that is what its catalogue says gets its name.
"""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin

import requests
from urllib3.exceptions import HTTPError

from metrics.domain import Refresh, Refused
from metrics.refresh.catalogue import Entry, may_lead

ATTEMPTS, REDIRECTS = 3, 5
CONNECT, SILENT, PAUSE = 10, 30, 0.5
"""Seconds until a connection stands, between two bytes, and before asking again."""
PIECE, LISTING = 1 << 16, 10_000_000
LONGEST_TAG, LONGEST_NAME = 80, 120
DIGESTS = {32: "md5", 40: "sha1", 64: "sha256"}
"""What a digest is of by how many hexadecimal digits it has."""
PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
STRONG = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Fetched:
    """A whole file, where it stands, and what the answer said of it. `changed` is its day there as YYYY-MM-DD, empty where not told."""

    path: Path
    sha256: str
    retrieved: str
    etag: str
    modified: str
    changed: str


class Client:
    """
    Asks publishers, one address after the other.

    `contact`: whom a publisher may ask about these requests.
    """

    def __init__(self, contact: str, chosen: Refresh):
        self._most, self._seconds = chosen.megabytes * 1_000_000, chosen.seconds
        self._session = requests.Session()
        known = contact.encode("ascii", "replace").decode()
        self._session.headers.update({"User-Agent": f"metrics-refresh/1 ({known})", "Accept": "*/*", "Accept-Encoding": "identity"})

    def listing(self, address: str) -> bytes:
        """The bytes of a catalogue."""
        try:
            with self._answer(address, {}) as answer:
                return b"".join(_pieces(answer, LISTING, time.monotonic() + self._seconds))
        except (requests.RequestException, HTTPError) as error:
            raise Refused(f"{address}: {_reason(error)}") from error

    def file(self, entry: Entry, listing: str, folder: Path, *, etag: str = "", modified: str = "") -> Fetched | None:
        """
        A file, whole and checked, in `folder`; None where it is the one with this tag or of this time.

        Raises Refused: it cannot be had, is too large or too slow, a page stands in its place, or it is not what its catalogue says.
        """
        if not may_lead(listing, entry.address):
            raise Refused(f"{entry.address}: not asked for: the catalogue leads to an address without TLS")
        until, error = time.monotonic() + self._seconds, None
        for attempt in range(ATTEMPTS):
            time.sleep(attempt * PAUSE)
            try:
                return self._fetched(entry, folder, {"If-None-Match": etag, "If-Modified-Since": modified}, until)
            except (requests.ConnectionError, requests.Timeout, HTTPError) as cut:
                error = cut
            except requests.RequestException as wrong:
                raise Refused(f"{entry.address}: {_reason(wrong)}") from wrong
        raise Refused(f"{entry.address}: {_reason(error)}") from error

    def _fetched(self, entry: Entry, folder: Path, unless: dict[str, str], until: float) -> Fetched | None:
        part = _part(folder, entry.address)
        with self._answer(entry.address, _resuming(part) if part else {name: text for name, text in unless.items() if text}) as answer:
            if answer.status_code == requests.codes.not_modified:
                return None
            if part and not _continues(answer, part):
                part.unlink()
                part = None
            if answer.status_code == requests.codes.requested_range_not_satisfiable:
                raise requests.ConnectionError("the rest of the file cannot be had")
            part = part or _begun(folder, entry.address, answer)
            self._append(part, answer, until)
            return _kept(part, entry, folder, answer)

    def _append(self, part: Path, answer: requests.Response, until: float) -> None:
        left = self._most - part.stat().st_size
        promised = answer.headers.get("Content-Length", "")
        if promised.isdigit() and int(promised) > left:
            raise Refused(f"{answer.url}: larger than {self._most / 1e6:,.0f} MB")
        with part.open("ab") as file:
            for piece in _pieces(answer, left, until):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())

    def _answer(self, address: str, headers: dict[str, str]) -> requests.Response:
        """The answer of wherever an address leads, its body unread."""
        for _ in range(REDIRECTS + 1):
            answer = self._session.get(address, headers=headers, stream=True, allow_redirects=False, timeout=(CONNECT, SILENT))
            target = self._session.get_redirect_target(answer)
            if target is None:
                return _good(answer, address)
            answer.close()
            here, address = address, urljoin(address, target)
            if not may_lead(here, address):
                raise Refused(f"{here}: leads to {address}, an address without TLS")
        raise Refused(f"{address}: leads on more than {REDIRECTS} times")


def _good(answer: requests.Response, address: str) -> requests.Response:
    if answer.ok or answer.status_code in (requests.codes.not_modified, requests.codes.requested_range_not_satisfiable):
        return answer
    answer.close()
    again = answer.headers.get("Retry-After", "")
    raise Refused(f"{address}: answered {answer.status_code} {answer.reason}{f', come back after {again}' if again else ''}")


def _pieces(answer: requests.Response, most: int, until: float) -> Iterator[bytes]:
    """A body as it comes, within its limits."""
    while piece := answer.raw.read1(PIECE, decode_content=True):
        most -= len(piece)
        if most < 0:
            raise Refused(f"{answer.url}: larger than it may be")
        yield piece
        if time.monotonic() > until:
            raise Refused(f"{answer.url}: too slow; the next time goes on from where it stopped")


def _reason(error: Exception | None) -> str:
    """Why it failed, in the innermost error's own words and on one line."""
    while error is not None and error.__context__ is not None:
        error = error.__context__
    return " ".join(f"could not be asked ({type(error).__name__}: {error})".split())


def _begun(folder: Path, address: str, answer: requests.Response) -> Path:
    """A file for what is to come; its name holds the tag, without which nothing could be continued."""
    tag = answer.headers.get("ETag", "")
    whole = STRONG.fullmatch(tag) and len(tag) <= LONGEST_TAG and "Content-Encoding" not in answer.headers
    kept = tag.encode().hex() if whole else ""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{_key(address)}.{kept}.part"
    part.write_bytes(b"")
    return part


def _part(folder: Path, address: str) -> Path | None:
    """What was fetched of an address before, where it can be continued."""
    parts = [path for path in folder.glob(f"{_key(address)}.*.part") if _tag(path) and path.stat().st_size]
    return parts[0] if parts else None


def _key(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def _tag(part: Path) -> str:
    return bytes.fromhex(part.name.split(".")[1]).decode()


def _resuming(part: Path) -> dict[str, str]:
    return {"Range": f"bytes={part.stat().st_size}-", "If-Range": _tag(part)}


def _continues(answer: requests.Response, part: Path) -> bool:
    begins = answer.headers.get("Content-Range", "").startswith(f"bytes {part.stat().st_size}-")
    return answer.status_code == requests.codes.partial_content and begins


def _kept(part: Path, entry: Entry, folder: Path, answer: requests.Response) -> Fetched:
    """The whole file under its name, once it is what the catalogue says."""
    raw = part.read_bytes()
    wrong = _wrong(raw, entry, answer)
    if wrong:
        part.unlink()
        raise Refused(f"{entry.address}: {wrong}")
    sha256 = hashlib.sha256(raw).hexdigest()
    path = folder / sha256[:16] / (re.sub(r"[^\w .()&-]", "_", entry.name or entry.title).lstrip(".")[-LONGEST_NAME:] or "file")
    path.parent.mkdir(exist_ok=True)
    os.replace(part, path)
    validators = {"etag": answer.headers.get("ETag", ""), "modified": answer.headers.get("Last-Modified", "")}
    return Fetched(path, sha256, datetime.now(UTC).isoformat(timespec="seconds"), **validators, changed=_day(validators["modified"]))


def _wrong(raw: bytes, entry: Entry, answer: requests.Response) -> str:
    """Why these bytes are not the file that was listed; nothing where they are."""
    if PAGE.match(raw[:PIECE]) or answer.headers.get("Content-Type", "").startswith("text/html"):
        return "a page of HTML stands in place of the file"
    if entry.size.isdigit() and int(entry.size) != len(raw):
        return f"{len(raw):,} bytes, where the catalogue says {int(entry.size):,}"
    kind = DIGESTS.get(len(entry.digest))
    if kind and hashlib.new(kind, raw, usedforsecurity=False).hexdigest() != entry.digest.lower():
        return f"its {kind} is not what the catalogue says"
    return "" if raw else "an empty file"


def _day(modified: str) -> str:
    try:
        return parsedate_to_datetime(modified).date().isoformat()
    except ValueError:
        return ""
