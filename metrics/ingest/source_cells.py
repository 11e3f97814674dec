"""
Where each figure of a release was read: the columns and lines of the publisher's files, kept beside the release.

A file either has a column for each month, so that a series and place keep their lines, or one column of figures, so that each period has
lines of its own. Lines are counted as a spreadsheet does, with the header as the first; those of a table of a database are its row numbers.

`<published>.cells.json` stands beside a release and changes nothing of it. It names the release by the SHA-256 of its figures and carries
a seal of its own. A release that was kept before cells were recorded has none until the same files are imported again.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from metrics.definitions.change_log import alone
from metrics.domain import Refused, Release
from metrics.ingest import releases

ENDING = ".cells.json"


@dataclass(frozen=True)
class SourceCells:
    """
    The cells of one file: its name, its first and last month that were kept, the column, and, by series and place, the lines added up.

    `column` is the number of the column, counted from 1 (of the first month where months stand side by side), or its name in a file whose
    columns have no order. `periods` is empty where months stand side by side; else the lines are those of each of these periods in turn,
    divided by semicolons.
    """

    file: str
    first: str
    last: str
    column: int | str
    lines: dict[tuple[str, str], str]
    periods: tuple[str, ...] = ()

    def renamed(self, places: dict[str, str]) -> "SourceCells":
        """The same with other names for some places."""
        return replace(self, lines={(series, places.get(place, place)): lines for (series, place), lines in self.lines.items()})


def spans(lines: Iterable[int]) -> str:
    """
    Numbers of lines with runs drawn together.

    >>> spans([7, 2, 3, 4])
    '2-4, 7'
    """
    runs = [[line for _, line in run] for _, run in groupby(enumerate(sorted(lines)), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def downwards(file: Path, column: int | str, lines: Mapping[tuple[str, str, str], Iterable[int] | str]) -> SourceCells:
    """
    The cells of a file that has one column of figures.

    `lines`: by series, place and period, the numbers of the lines that were added up, or what they are called where they have none.

    >>> downwards(Path("a.csv"), 4, {("rape", "brent", "2024-02"): [7], ("rape", "brent", "2024-04"): [9, 8]}).lines
    {('rape', 'brent'): '7;8-9'}
    """
    periods = tuple(sorted({period for _, _, period in lines}))
    named = {cell: each if isinstance(each, str) else spans(each) for cell, each in lines.items()}
    rows = dict.fromkeys((series, place) for series, place, _ in lines)
    joined = {key: ";".join(named.get((*key, period), "") for period in periods) for key in rows}
    return SourceCells(file.name, periods[0], periods[-1], column, joined, periods)


def standing(cells: Iterable[SourceCells], cell: tuple[str, str, str]) -> tuple[str | None, int | None]:
    """
    The file in which the figure of a series, place and period stands, and its line where it was not added up from several.

    >>> standing([downwards(Path("a.csv"), 4, {("rape", "brent", "2024-02"): [7]})], ("rape", "brent", "2024-02"))
    ('a.csv', 7)
    """
    series, place, period = cell
    for part in cells:
        lines = part.lines.get((series, place), "") if part.first <= period <= part.last else ""
        if part.periods:
            lines = dict(zip(part.periods, lines.split(";"), strict=False)).get(period, "")
        if lines:
            return part.file, int(lines) if lines.isdecimal() else None
    return None, None


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
    facts = {"name": part.file, "first": part.first, "last": part.last, "column": part.column, "lines": nested}
    return facts | ({"periods": list(part.periods)} if part.periods else {})


def of_release(data: Path, release: Release) -> list[SourceCells]:
    """
    The cells of a release; none where it was kept before cells were recorded.

    Raises Refused: they are of other figures, or not as they were written.
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
                  {(series, place): lines for series, places in file["lines"].items() for place, lines in places.items()},
                  tuple(file.get("periods", ())))
            for file in facts["files"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"not the cells of the release beside it ({error}): delete it and import the same files again", file=path) from error


def path_of(data: Path, release: Release) -> Path:
    """Where the cells of a release are kept."""
    return releases.path_of(data, release.dataset, release.published).with_suffix(ENDING)
