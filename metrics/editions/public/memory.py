"""
What was made before, by the digest of what it was made of, so that it need not be made again.

A file that is not what was written is as good as none: the digest of the rest stands before it.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import msgpack

from metrics.editions.public.subjects import Subject

ENDING = ".subject"
DIGEST = hashlib.sha256().digest_size


class Memory:
    """Subjects by digest, in a folder of their own that can be thrown away at any time."""

    def __init__(self, folder: Path):
        self.folder = folder

    def has(self, digest: str) -> bool:
        """Whether something was kept and is whole."""
        return self._held(digest) is not None

    def recall(self, digest: str) -> Subject:
        """
        What was kept, byte for byte.

        Raises
        ------
        KeyError
            Nothing was kept, or it is damaged.
        """
        held = self._held(digest)
        if held is None:
            raise KeyError(digest)
        return msgpack.decode(held, type=Subject)

    def keep(self, digest: str, one: Subject) -> None:
        """Keep a subject; it has its name only when it is whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        held = msgpack.encode(one)
        unfinished = self.folder / f"unfinished-{os.getpid()}"
        unfinished.write_bytes(hashlib.sha256(held).digest() + held)
        os.replace(unfinished, self._file(digest))

    def keep_only(self, digests: Iterable[str]) -> None:
        """Forget everything else, and what a publish that was ended had begun to write."""
        wanted = {self._file(digest) for digest in digests}
        for path in self.folder.glob("*"):
            if path not in wanted:
                path.unlink()

    def _held(self, digest: str) -> bytes | None:
        file = self._file(digest)
        held = file.read_bytes() if file.is_file() else b""
        return held[DIGEST:] if hashlib.sha256(held[DIGEST:]).digest() == held[:DIGEST] else None

    def _file(self, digest: str) -> Path:
        return self.folder / f"{digest}{ENDING}"
