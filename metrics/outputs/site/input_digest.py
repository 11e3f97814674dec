"""
What everything of a measure is made of, as a digest: while it is the same, so is every file that is made.

A subject is made from an `Across`, which holds one measure, so that its own rows, its own definition and what all measures
share are all that it can depend on.
"""

import hashlib
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from metrics.outputs.site.page_frame import Site
from metrics.report.measure_snapshot import RESIDENTS, narrowed, sources

SOURCE = Path(__file__).parents[2]
WRITTEN = {".py", ".sql", ".html", ".css", ".svg", ".xml", ".atom"}
LIBRARIES = ("duckdb", "jinja2", "numpy", "pandas")


def program() -> str:
    """What makes the pages: our own code and templates, Python and the libraries that write, as one digest."""
    whole = hashlib.sha256()
    for path in sorted(path for path in SOURCE.rglob("*") if path.suffix in WRITTEN):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    whole.update(repr((*sys.version_info[:3], *map(version, LIBRARIES))).encode())
    return whole.hexdigest()


def digests(site: Site) -> dict[str, str]:
    """
    For each measure, what all that is made of it is made of, as 64 hexadecimal digits.

    Another figure, finding, release, definition, sentence, address or line of our code gives another digest.
    """
    reading = site.reading
    held = list(reading.store.ask("held_of_measures").itertuples(index=False, name=None))
    shared = _digest((program(), site.address, site.contact, reading.as_at, reading.wording.text, _rows(held, {None, RESIDENTS})))
    return {
        name: _digest((shared, narrowed(reading.known, one), _rows(held, set(sources(one)))))
        for name, one in reading.known.measures.items()
    }


def _rows(held: Iterable[tuple], measures: set[str | None]) -> list[tuple]:
    return [row for row in held if row[1] in measures]


def _digest(what: tuple) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()
