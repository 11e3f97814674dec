"""Files that are on the disk before anything relies on them, whole or not at all, whenever the process or the machine stops."""

import os
from pathlib import Path
from typing import BinaryIO

RIGHTS = 0o644
"""Everybody reads what is written, whatever the umask of the process that writes."""


def force(file: BinaryIO, raw: bytes, rights: int = RIGHTS) -> None:
    """Add bytes to an open file and force it to the disk."""
    file.write(raw)
    os.fchmod(file.fileno(), rights)
    file.flush()
    os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Force a file's bytes, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(path: Path, raw: bytes, *, beside: Path, rights: int = RIGHTS) -> None:
    """Replace a file in one step: the bytes are first written whole to `beside`, a path in the same folder that clearing up knows."""
    beside.unlink(missing_ok=True)
    with beside.open("xb") as file:
        force(file, raw, rights)
    os.replace(beside, path)
    sync(path.parent)
