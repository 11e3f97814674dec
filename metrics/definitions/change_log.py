"""
Every change of a project's data, with its time and the role of whoever made it: one line each in `data/changes.csv`, never changed after.

Roles and not people: who has which role is for the force to know.
"""

import csv
import io
import os
from datetime import UTC, datetime
from pathlib import Path

from metrics.definitions.project_lock import alone

NAME = "changes.csv"
HEADER = ("time", "role", "file")
COMMAND_LINE = "command line"
RIGHTS = 0o644


def note(data: Path, role: str, path: Path) -> None:
    """
    Add that a file below `data` was written.

    Examples
    --------
    >>> import tempfile
    >>> data = Path(tempfile.mkdtemp())
    >>> note(data, COMMAND_LINE, data / "meetings" / "brent" / "2027-01-18.yaml")
    >>> header, line = (data / NAME).read_text().splitlines()
    >>> header, line.partition(",")[2]
    ('time,role,file', 'command line,meetings/brent/2027-01-18.yaml')
    """
    log, now = data / NAME, datetime.now(UTC).isoformat(timespec="seconds")
    with alone(data):
        rows = [*([] if log.exists() else [HEADER]), (now, role, path.relative_to(data).as_posix())]
        with log.open("a", encoding="utf-8", newline="") as file:
            file.write(_lines(rows))
            os.fchmod(file.fileno(), RIGHTS)
            file.flush()
            os.fsync(file.fileno())


def _lines(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
