"""
Putting a meeting's file in its place: read back and checked beside all the others first, then whole, or not at all.

Whoever changes a meeting does it alone: two people who record the same meeting at once wait for one another, so that nothing
either of them wrote is lost. The file has another name until it is complete.
"""

import os
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from metrics import definitions
from metrics.definitions import change_log
from metrics.definitions.change_log import COMMAND_LINE
from metrics.definitions.project_lock import alone
from metrics.domain import Definitions, Meeting, Refused
from metrics.domain.spelling import hint

RIGHTS = 0o644
"""Of what readers open, whatever the umask of whoever writes."""

__all__ = ["alone", "as_written", "keep", "path_of"]


def path_of(data: Path, area: str, day: date) -> Path:
    """Where the file of a meeting stands."""
    return data / definitions.MEETINGS / area / f"{day.isoformat()}.yaml"


def keep(data: Path, known: Definitions, area: str, day: date, text: str, role: str = COMMAND_LINE) -> Meeting:
    """
    Put the text of a meeting's file in its place, and into the log of changes with the role of who writes; call it within `alone`.

    Returns
    -------
    Meeting
        The meeting as it is on record now.

    Raises
    ------
    Refused
        The text cannot be taken, or not written; what was there stays as it was.
    """
    if area not in [place.id for place in known.areas]:
        raise Refused(f"no area called {area!r}{hint(area, [place.id for place in known.areas])}")
    final = path_of(data, area, day)
    try:
        with TemporaryDirectory(prefix=".meeting-", dir=data) as beside:
            draft = Path(beside) / area / final.name
            _write(draft, text)
            meetings = definitions.with_meetings(data, known, draft=draft).meetings
            final.parent.mkdir(parents=True, exist_ok=True)
            final.parent.chmod(0o755)
            changed = not final.exists() or final.read_bytes() != draft.read_bytes()
            os.replace(draft, final)
        if changed:
            change_log.note(data, role, final)
    except OSError as error:
        raise Refused(f"could not be written ({error.strerror}); nothing was changed", file=final) from error
    return next(one for one in meetings if (one.area, one.date) == (area, day))


def as_written(noun) -> dict:
    """
    A noun as a file holds it: its fields in order, those that say nothing left out.

    Examples
    --------
    >>> from metrics.domain import Concern
    >>> as_written(Concern("lighting", "Better lighting.", "Streets", "Minutes", gap="No measure answers this."))
    {'id': 'lighting', 'text': 'Better lighting.', 'theme': 'Streets', 'source': 'Minutes', 'gap': 'No measure answers this.'}
    """
    values = {field.name: (getattr(noun, field.name), _default(field)) for field in fields(noun)}
    return {name: _plain(value) for name, (value, default) in values.items() if default is MISSING or value != default}


def _default(field: Field) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return as_written(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _write(path: Path, text: str) -> None:
    """Write a text to the disk, not only to memory."""
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        os.fchmod(file.fileno(), RIGHTS)
        file.flush()
        os.fsync(file.fileno())
