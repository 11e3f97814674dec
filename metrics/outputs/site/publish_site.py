"""Publishing the public edition of the build in use: made by every processor at once, and put in its place as a whole."""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from metrics.build.definition_files import of_build
from metrics.domain import Config, Refused
from metrics.outputs.site.site_files import files, uninterrupted
from metrics.publish import Published, editions, publish, verify
from metrics.report.snapshot import Snapshot
from metrics.store import Store

SOURCE = Path(__file__).parents[2]
WRITTEN = {".py", ".sql", ".html", ".css", ".svg", ".xml", ".atom"}
LIBRARIES = ("brotli", "duckdb", "jinja2", "markupsafe", "numpy", "pandas", "resvg-py", "scipy", "segno", "tinycss2")
SECURITY = ".well-known/security.txt"


def publish_site(
    config: Config, folder: Path, watch: Callable[[], object] = lambda: None, *, processes: int | None = None
) -> Published:
    """
    Publish every public page of the build in use; none is made where just that is published already.

    Parameters
    ----------
    folder
        The folder of editions.
    watch
        Called once for each file that is made.
    processes
        How many make pages at once; as many as the machine has processors unless said.

    Raises
    ------
    Refused
        There is no build, the configuration has no address, or the edition cannot be taken; the one before stays.
    """
    store = Store(config.database)
    reading = Snapshot(store, *of_build(store.ask))
    name = name_of(reading, config)
    there = _as_published(folder, name)
    if there:
        return Published(name, written=0, unchanged=there, removed=0)
    made = files(
        reading, config.database, address=config.address or "", contact=config.contact, outlines=reading.known.outlines,
        processes=processes,
    )
    with uninterrupted():
        return publish(folder, _watched(chain(made, security_file(config, reading.as_at)), watch), name=name)


def name_of(reading: Snapshot, config: Config) -> str:
    """
    An edition's name: its as-at date, and eight digits that stand for everything it is made of.
    """
    whole = repr((program(), reading.build, config.address, config.contact, config.security, reading.known, reading.wording.text))
    return f"{reading.as_at.isoformat()}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def security_file(config: Config, as_at: date) -> Iterator[tuple[str, bytes]]:
    """
    Whom to tell about a hole, in the form of RFC 9116, where the configuration says it; good for a year from the newest figures.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> config = SimpleNamespace(security="mailto:a@example.org", address="https://progress.example.org")
    >>> print(next(security_file(config, date(2026, 8, 31)))[1].decode(), end="")
    Contact: mailto:a@example.org
    Expires: 2027-08-31T00:00:00Z
    Preferred-Languages: en
    Canonical: https://progress.example.org/.well-known/security.txt
    """
    if not config.security:
        return
    expires = as_at + timedelta(days=365)
    lines = (
        f"Contact: {config.security}", f"Expires: {expires.isoformat()}T00:00:00Z", "Preferred-Languages: en",
        f"Canonical: {config.address}/{SECURITY}",
    )
    yield SECURITY, ("\n".join(lines) + "\n").encode()


def program() -> str:
    """What makes the pages: our own code and templates, Python and the libraries that write, as one digest."""
    whole = hashlib.sha256()
    for path in sorted(path for path in SOURCE.rglob("*") if path.suffix in WRITTEN):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    whole.update(repr((*sys.version_info[:3], *map(version, LIBRARIES))).encode())
    return whole.hexdigest()


def _as_published(folder: Path, name: str) -> int:
    """How many files the edition in use has, if it has this name and every byte is as it was published; 0 otherwise."""
    try:
        return verify(folder, name) if editions.current(folder) == name else 0
    except Refused:
        return 0


def _watched(made: Iterable[tuple[str, bytes]], watch: Callable[[], object]) -> Iterator[tuple[str, bytes]]:
    for file in made:
        watch()
        yield file
