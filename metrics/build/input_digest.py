"""
What a build is made of, as twelve hexadecimal digits: while they are the same, the same build would come of it.

What counts is the meaning: definitions and sentences as they are read, every field of every release and where its figures stand, the
code and the questions of the rooms that work out findings, and the versions of the libraries that compute. A comment, where the project
stands on the disk and the code of a page make no difference.
"""

import ast
import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from metrics.build.definition_files import meanings
from metrics.domain import Definitions, Release
from metrics.ingest import releases

METRICS = Path(__file__).parents[1]
ROOMS = ("build", "definitions", "domain", "ingest", "narrative", "statistics", "store")
NOT_READ = "ingest/importers/"
"""Importers make releases, which are kept as they were made: a build does not depend on them."""
LIBRARIES = ("duckdb", "numpy", "pandas", "scipy")


def digest(data: Path, all_releases: list[Release], known: Definitions, **chosen: object) -> str:
    """
    Twelve digits that stand for everything that goes into a build.

    `chosen`: what the build is asked to work out, by name.
    """
    whole = hashlib.sha256()
    for part in (chosen, known, list(meanings(data)), all_releases, code(METRICS), versions()):
        whole.update(repr(part).encode() + b"\0")
    for path in (releases.cells_path(data, release) for release in all_releases):
        whole.update(path.read_bytes() + b"\0" if path.exists() else b"\0")
    return whole.hexdigest()[:12]


def versions() -> tuple:
    """Python and the libraries that compute, each with its version."""
    return (*sys.version_info[:3], *((name, version(name)) for name in LIBRARIES))


@cache
def code(source: Path) -> str:
    """The digest of what the rooms that work out findings do: their code without comments, and their questions."""
    whole = hashlib.sha256()
    for name, text in _files(source):
        whole.update(f"{name}\0{_meaning(name, text)}\0".encode())
    return whole.hexdigest()


def _files(source: Path) -> Iterator[tuple[str, str]]:
    """The code and questions of the rooms, by name from the folder of all rooms, in the order of their names."""
    paths = [path for room in ROOMS for pattern in ("*.py", "*.sql") for path in (source / room).rglob(pattern)]
    for name, path in sorted((path.relative_to(source).as_posix(), path) for path in paths):
        if not name.startswith(NOT_READ):
            yield name, path.read_text(encoding="utf-8")


def _meaning(name: str, text: str) -> str:
    """A module without its comments, layout and docstrings; a question without its lines of comment and empty ones."""
    if name.endswith(".sql"):
        return "\n".join(line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("--"))
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            node.body[0] = ast.Pass()
    return ast.dump(tree)
