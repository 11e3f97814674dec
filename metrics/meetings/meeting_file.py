"""
A meeting's file: begun with what the meetings before it leave open, held against what it said before, and put in its place whole, or
not at all.

It is read back and checked beside all the others first. Open commitments are carried over as they stand, with their history so far;
concerns as a list to report back on, in comments: whether one is raised again is for the meeting to say.

Meetings are changed by one person at a time: two people who record the same meeting at once wait for one another, so that nothing
either of them wrote is lost. The file has another name until it is complete.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from metrics import definitions
from metrics.definitions import change_log, yaml_file
from metrics.definitions.change_log import COMMAND_LINE, alone
from metrics.domain import Commitment, Concern, Definitions, Meeting, Place, Refused, periods
from metrics.domain.names import hint
from metrics.durable_file import force
from metrics.meetings import calendar

EARLIER = "earlier"
"""Where a file's words before a change are kept, by their time."""

DRAFT = Path(__file__).with_name("draft.txt")
"""The file of a meeting to come, every field explained."""

__all__ = ["alone", "as_written", "begin", "checked", "keep", "path_of", "take_off"]


def path_of(data: Path, area: str, day: date) -> Path:
    """Where the file of a meeting stands."""
    return data / definitions.MEETINGS / area / f"{day.isoformat()}.yaml"


def checked(data: Path, known: Definitions, area: str, day: date, text: str) -> Meeting:
    """
    The meeting that a text would put on record, checked beside all the others; nothing is changed.

    Raises Refused: the text cannot be taken.
    """
    with _draft(data, known, area, day, text) as (_, meeting):
        return meeting


def keep(data: Path, known: Definitions, area: str, day: date, text: str, role: str = COMMAND_LINE) -> Meeting:
    """
    Put the text of a meeting's file in its place, and into the log of changes with the role of who writes; call it within `alone`.

    Returns: the meeting as it is on record now. What its file said before is kept under `earlier/`.
    Raises Refused: the text cannot be taken, or not written; what was there stays as it was.
    """
    final = path_of(data, area, day)
    with _draft(data, known, area, day, text) as (draft, meeting):
        changed = not final.exists() or final.read_bytes() != draft.read_bytes()
        if changed:
            _keep_earlier(data, final)
            _folder(final.parent)
            os.replace(draft, final)
            change_log.note(data, role, final)
    return meeting


def take_off(data: Path, known: Definitions, area: str, day: date, role: str = COMMAND_LINE) -> Path:
    """
    Take a meeting off the record; call it within `alone`.

    Returns: where its file is kept, under `earlier/`.
    Raises Refused: there is no such meeting, or another one refers to it; nothing was changed.
    """
    final = path_of(data, area, day)
    if not final.exists():
        raise Refused("there is no such meeting on record", file=final)
    kept = _keep_earlier(data, final)
    final.unlink()
    try:
        definitions.with_meetings(data, known)
    except Refused:
        os.replace(kept, final)
        raise
    change_log.note(data, role, final)
    return kept


@contextmanager
def _draft(data: Path, known: Definitions, area: str, day: date, text: str) -> Iterator[tuple[Path, Meeting]]:
    """A text as a file beside its place, and the meeting that it gives."""
    if area not in [place.id for place in known.areas]:
        raise Refused(f"no area called {area!r}{hint(area, [place.id for place in known.areas])}")
    try:
        with TemporaryDirectory(prefix=".meeting-", dir=data) as beside:
            draft = Path(beside) / area / path_of(data, area, day).name
            _write(draft, text)
            meetings = definitions.with_meetings(data, known, draft=draft).meetings
            yield draft, next(meeting for meeting in meetings if (meeting.area, meeting.date) == (area, day))
    except OSError as error:
        raise Refused(f"could not be written ({error.strerror}); nothing was changed", file=path_of(data, area, day)) from error


def _keep_earlier(data: Path, final: Path) -> Path | None:
    """A copy of what a file says, under a name with the time; none where there is no file yet."""
    if not final.exists():
        return None
    kept = data / EARLIER / final.relative_to(data).with_suffix(f".{datetime.now(UTC):%Y%m%dT%H%M%S%f}.yaml")
    _folder(kept.parent)
    shutil.copy2(final, kept)
    return kept


def _folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)


def as_written(noun) -> dict:
    """
    A noun as a file holds it: its fields in order, those that say nothing left out.

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
    with path.open("wb") as file:
        force(file, text.encode())


def begin(data: Path, known: Definitions, area: Place, day: date) -> Path:
    """
    Write the draft of an area's meeting on a day, as promised.

    Returns: the file, `meetings/<area>/<date>.yaml` under `data`.
    Raises Refused: not an area, a day before the plan, or there is a file for that day; nothing was changed.
    """
    if area.level != "area":
        raise Refused(f"{area.name} is not a {known.force.area_singular}: meetings are held in {known.force.area_plural}")
    path = path_of(data, area.id, day)
    with alone(data):
        if path.exists():
            raise Refused("there is a file for that meeting already: edit it", file=path)
        keep(data, known, area.id, day, _drafted(definitions.with_meetings(data, known), area, day))
    return path


def _drafted(known: Definitions, area: Place, day: date) -> str:
    """The text of a new meeting's file, with what is open on that day carried over."""
    promised = [promise for promise in calendar.promises(known, area.id, day) if promise.meeting and promise.open_on(day)]
    return DRAFT.read_text(encoding="utf-8").format(
        place=area.name, area=area.id, date=day.isoformat(), day=periods.say_day(day), later=periods.shift(day.isoformat()[:7], 3),
        concerns=_to_report_on(calendar.carried(known, area.id, day)),
        commitments=_carried_over([promise.commitment for promise in promised]),
    )


def _to_report_on(raised: tuple[calendar.Raised, ...]) -> str:
    if not raised:
        return ""
    head = "#\n# To report back on. Move one up under `concerns` only if it was raised again, with its id as it is:\n"
    entries = yaml_file.text([as_written(item.concern) for item in raised])
    return head + "".join(f"#   {line}\n" for line in entries.splitlines())


def _carried_over(commitments: list) -> str:
    if not commitments:
        return "# commitments:\n"
    return "commitments:\n" + yaml_file.text([as_written(commitment) for commitment in commitments])


@dataclass(frozen=True)
class Change:
    """One entry that is new, changed or taken off; its text, what else is worth a look, and what a changed one says now."""

    kind: str
    text: str
    details: str = ""
    before: str = ""

    @property
    def whole(self) -> str:
        """
        The entry in a line.

        >>> Change("Changed promise", "Walk the park.", "ward sergeant", "Walk.").whole
        'Walk the park. (ward sergeant) Before: Walk.'
        """
        return in_a_line(self.text, self.details) + (f" Before: {self.before}" if self.before else "")


def in_a_line(text: str, details: str) -> str:
    """A text, and in brackets what else is worth a look."""
    return f"{text} ({details})" if details else text


def changes(before: Meeting | None, after: Meeting, names: Mapping[str, str]) -> tuple[Change, ...]:
    """
    What differs between two states of a meeting's record: concerns, then promises, then the next meeting and the source.

    `names`: what the measures and the concerns are called that entries name by their ids.

    >>> from datetime import date
    >>> lights = Concern("lights", "Lights in the park.", "Parks", "Minutes", measures=("good-job",))
    >>> meeting = Meeting("brent", date(2027, 1, 18), "held", "Minutes", concerns=(lights,))
    >>> changes(None, meeting, {"good-job": "Police do a good job"})[0].whole
    'Lights in the park. (Parks; Police do a good job)'
    >>> changes(meeting, meeting, {})
    ()
    """
    return tuple(_all(before, after, names))


def _all(before: Meeting | None, after: Meeting, names: Mapping[str, str]) -> Iterator[Change]:
    yield from _of("concern", before.concerns if before else (), after.concerns, names)
    yield from _of("promise", before.commitments if before else (), after.commitments, names)
    if after.next and after.next != (before.next if before else None):
        yield Change("The next meeting", f"By the end of {periods.say(after.next.by)}.")
    if before and before.next and not after.next:
        yield Change("The next meeting", "Taken off.")
    if not before or before.status != after.status or before.source != after.source:
        yield Change("Where this can be read", after.source)


def _of(noun: str, before: tuple, after: tuple, names: Mapping[str, str]) -> Iterator[Change]:
    was = {entry.id: entry for entry in before}
    for entry in after:
        kept = was.get(entry.id)
        if kept is None:
            yield Change(f"New {noun}", entry.text, _details(entry, names))
        elif entry != kept:
            yield Change(f"Changed {noun}", entry.text, _details(entry, names), in_a_line(kept.text, _details(kept, names)))
    for entry in before:
        if entry.id not in {kept.id for kept in after}:
            yield Change(f"Taken off: {noun}", entry.text)


def _details(entry: Concern | Commitment, names: Mapping[str, str]) -> str:
    if isinstance(entry, Concern):
        measures = ", ".join(names.get(measure, measure) for measure in entry.measures)
        return "; ".join(filter(None, [entry.theme, entry.ward, measures, entry.gap]))
    due = f"due by {periods.say(entry.due)}" if entry.due else ""
    answers = f"answers: {names.get(entry.concern, entry.concern)}" if entry.concern else ""
    return "; ".join(filter(None, [entry.owner, due, answers, entry.history[-1].status if entry.history else ""]))
