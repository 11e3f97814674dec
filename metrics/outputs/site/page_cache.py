"""
What was made before, by the digest of what it was made of, so that it need not be made again.

A file that is not what was written is as good as none: the digest of the rest stands before it.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import msgpack

from metrics.outputs.site.measure_files import Subject

ENDING = ".subject"
DIGEST = hashlib.sha256().digest_size


class Memory:
    """Subjects by digest, in a folder of their own that can be thrown away at any time."""

    def __init__(self, folder: Path):
        self.folder = folder

    def has(self, digest: str) -> bool:
        """Whether something was kept; whether it is whole, only `recall` tells."""
        return self._file(digest).is_file()

    def recall(self, digest: str) -> Subject | None:
        """What was kept, byte for byte; none where nothing was, or where it is damaged."""
        held = self._file(digest).read_bytes() if self.has(digest) else b""
        whole = hashlib.sha256(held[DIGEST:]).digest() == held[:DIGEST]
        return msgpack.decode(held[DIGEST:], type=Subject) if whole else None

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

    def _file(self, digest: str) -> Path:
        return self.folder / f"{digest}{ENDING}"
