"""
Where each figure of a release was read: the columns and lines of the publisher's files, kept beside the release.

`<published>.cells.json` stands beside a release and changes nothing of it. It names the release by the SHA-256 of its figures and carries
a seal of its own. A release that was kept before cells were recorded has none until the same files are imported again.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from metrics.definitions.project_lock import alone
from metrics.domain import Refused, Release
from metrics.ingest import releases

ENDING = ".cells.json"


@dataclass(frozen=True)
class SourceCells:
    """
    The cells of one file whose months stand side by side: its name, its first and last month that were kept, the number of the column
    of the first, counted from 1, and, by series and place, the lines that were added up.
    """

    file: str
    first: str
    last: str
    column: int
    lines: dict[tuple[str, str], str]

    def renamed(self, places: dict[str, str]) -> "SourceCells":
        """The same with other names for some places."""
        return replace(self, lines={(series, places.get(place, place)): lines for (series, place), lines in self.lines.items()})


def spans(lines: Iterable[int]) -> str:
    """
    Numbers of lines with runs drawn together.

    Examples
    --------
    >>> spans([7, 2, 3, 4])
    '2-4, 7'
    """
    runs = [[line for _, line in run] for _, run in groupby(enumerate(sorted(lines)), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def keep(data: Path, release: Release, cells: Sequence[SourceCells]) -> bool:
    """Keep the cells of a release that has none yet; whether they were kept."""
    path = path_of(data, release)
    if not cells or path.exists():
        return False
    facts = {"release": release.sha256, "files": [_file(part) for part in cells]}
    raw = json.dumps(facts | {releases.SEAL: releases.seal_of(facts)}, indent=0, ensure_ascii=False).encode() + b"\n"
    with alone(data):
        os.replace(releases.written(path, raw), path)
    return True


def _file(part: SourceCells) -> dict:
    nested: dict[str, dict[str, str]] = {}
    for (series, place), lines in sorted(part.lines.items()):
        nested.setdefault(series, {})[place] = lines
    return {"name": part.file, "first": part.first, "last": part.last, "column": part.column, "lines": nested}


def of_release(data: Path, release: Release) -> list[SourceCells]:
    """
    The cells of a release; none where it was kept before cells were recorded.

    Raises
    ------
    Refused
        They are of other figures, or not as they were written.
    """
    path = path_of(data, release)
    if not path.exists():
        return []
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        if facts["release"] != release.sha256 or facts[releases.SEAL] != releases.seal_of(facts):
            raise ValueError("of other figures, or edited")
        return [
            SourceCells(file["name"], file["first"], file["last"], file["column"],
                  {(series, place): lines for series, places in file["lines"].items() for place, lines in places.items()})
            for file in facts["files"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"not the cells of the release beside it ({error}): delete it and import the same files again", file=path) from error


def path_of(data: Path, release: Release) -> Path:
    """Where the cells of a release are kept."""
    return releases.path_of(data, release.dataset, release.published).with_suffix(ENDING)
