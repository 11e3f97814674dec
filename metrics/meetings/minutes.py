"""
Minutes in, the meeting on record out: what was asked and promised, from a form or a CSV file, becomes that meeting's file.

A meeting that was only promised becomes held and keeps what its draft carried over; one that is on record grows by what is new.
The whole file is written again, so comments in it are lost. Everything is checked before anything changes, and nothing is filled in but
ids, the source, and `No measure here answers this.` where a concern names no measure.

The columns of the CSV file are kind, text, theme, ward, measure, owner, due; gap, concern, reform, id and source may follow. What is wrong
is told by the line of the file, before anything is recorded.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from metrics import definitions
from metrics.definitions import csv_reader, public_text, yaml_file
from metrics.definitions.change_log import COMMAND_LINE
from metrics.definitions.references import must_be_known
from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import Commitment, Concern, Definitions, Meeting, Next, Refused, Speaker
from metrics.domain.names import hint
from metrics.meetings import calendar, meeting_file

HEAD = "# Recorded from minutes with `python -m metrics meeting record`. It may be edited by hand.\n"
NO_MEASURE = "No measure here answers this."
WORDS_IN_AN_ID = 5
REVISED = ("concerns", "commitments", "next")
NOUNS = {"concerns": Concern, "commitments": Commitment, "speakers": Speaker, "next": Next}
Entry = Mapping[str, object]
NONE: Mapping[tuple[str, str], str] = MappingProxyType({})


def record(
    data: Path, known: Definitions, area: str, day: date, *, concerns: Iterable[Entry] = (), commitments: Iterable[Entry] = (),
    speakers: Iterable[Entry] = (), promised_next: Entry | None = None, took_place: bool = True, source: str = "",
    today: date | None = None, role: str = COMMAND_LINE,
) -> Meeting:
    """
    Put what was asked and promised at a meeting on record.

    `concerns`, `commitments`, `speakers`, `promised_next`: mappings with the fields of `Concern`, `Commitment`, `Speaker` and `Next`; an
        empty field counts as none. `id` may be left out and comes from the text; `source` too, and is the meeting's. An entry that is on
        record already is not added again. A concern in the words of one that still waits for an answer is that one, raised again.
    `source`: where this can be read. Needed for a meeting that was not on record as held; else the source on record stays.
    `today`: the day after which no meeting can have been held, if it is to be checked.
    Raises Refused: anything that the file may not hold; nothing was changed.
    """
    if took_place and today and day > today:
        raise Refused(f"{area} {day}: a meeting on a day to come has not been held")
    with meeting_file.alone(data):
        now = definitions.with_meetings(data, known)
        whole = _begun(now, area, day, took_place, source)
        taken = _ids_taken(now, area, day)
        _add(whole, "speakers", speakers, taken)
        text = _filled(whole, taken, _waiting(now, area, day), map(_concern, concerns), commitments, promised_next)
        return meeting_file.keep(data, now, area, day, text, role)


def revise(
    data: Path, known: Definitions, area: str, day: date, *, concerns: Iterable[Entry], commitments: Iterable[Entry],
    promised_next: Entry | None, source: str, read: Meeting | None, today: date, role: str, keep: bool,
) -> Meeting:
    """
    Put a meeting on record as it is given: what the record has and is not given any more is taken off, and kept under `earlier/`.

    `concerns`, `commitments`, `promised_next`: as `record` takes them, and all there are; those on record already with their `id`. A
        commitment names its concern by `id` or, where that is new, by its text.
    `read`: what was on record when the changes were begun.
    `keep`: whether it is put on record; else it is only checked.
    Raises Refused: anything that the file may not hold, or the record has changed since it was read; nothing was changed.
    """
    if day > today:
        raise Refused(f"{area} {day}: a meeting on a day to come has not been held")
    with meeting_file.alone(data):
        now = definitions.with_meetings(data, known)
        if on_record(now, area, day) != read:
            raise Refused(f"{area}/{day} was changed by somebody else meanwhile: open the form again")
        whole = {name: value for name, value in _begun(now, area, day, True, source).items() if name not in REVISED}
        taken = _ids_taken(now, area, day)
        text = _filled(whole, taken, _waiting(now, area, day), concerns, commitments, promised_next)
        return meeting_file.keep(data, now, area, day, text, role) if keep else meeting_file.checked(data, now, area, day, text)


def _filled(
    whole: dict, taken: set[str], waiting: Mapping[tuple[str, str], str], concerns: Iterable[Entry], commitments: Iterable[Entry],
    promised_next: Entry | None,
) -> str:
    """The text of the file with what was raised and promised, and the next meeting."""
    _add(whole, "concerns", concerns, taken, waiting)
    ids = {concern["text"]: concern["id"] for concern in whole.get("concerns", []) if "text" in concern}
    _add(whole, "commitments", [_naming(entry, ids) for entry in commitments], taken)
    if promised_next:
        whole["next"] = _completed(_tidy(promised_next), "next", whole["source"], taken)
    return HEAD + yaml_file.text(whole)


def on_record(known: Definitions, area: str, day: date) -> Meeting | None:
    """An area's meeting of a day, if one is on record."""
    return next((meeting for meeting in known.meetings if (meeting.area, meeting.date) == (area, day)), None)


def take_off(data: Path, known: Definitions, area: str, day: date, role: str) -> Path:
    """Take a meeting off the record; see `metrics.meetings.meeting_file.take_off`."""
    with meeting_file.alone(data):
        return meeting_file.take_off(data, definitions.with_meetings(data, known), area, day, role)


def _naming(entry: Entry, ids: Mapping[str, str]) -> Entry:
    """A commitment that names its concern by id, where it named it by its text."""
    concern = " ".join(str(entry.get("concern") or "").split())
    return {**entry, "concern": ids.get(concern, concern)}


def _begun(known: Definitions, area: str, day: date, took_place: bool, source: str) -> dict:
    """The file so far, and what is now known of the meeting itself."""
    status = "held" if took_place else "promised"
    before = on_record(known, area, day)
    if before and before.status == "held" and not took_place:
        raise Refused(f"{before.id} is on record as held")
    words = " ".join(source.split()) or (before.source if before and before.status == status else "")
    if not words:
        raise Refused(f"{area}/{day}: say where this can be read: the source")
    return meeting_file.as_written(replace(before, status=status, source=words) if before else Meeting(area, day, status, words))


def _ids_taken(known: Definitions, area: str, day: date) -> set[str]:
    """Ids that a new entry may not have by chance: the plans', and those of the area's other meetings."""
    others = [meeting for meeting in known.meetings if meeting.area == area and meeting.date != day]
    listed: list[Commitment | Concern] = [commitment for plan in known.plans.values() for commitment in plan.commitments]
    listed += [entry for meeting in others for entry in (*meeting.concerns, *meeting.commitments)]
    return {entry.id for entry in listed}


def _concern(entry: Entry) -> Entry:
    return entry if entry.get("measures") or entry.get("gap") else {**entry, "gap": NO_MEASURE}


def _waiting(known: Definitions, area: str, day: date) -> dict[tuple[str, str], str]:
    """The ids of the concerns of an area's other meetings that are not answered by a day, by text and ward."""
    settled = calendar.answered(known, area, day)
    others = [meeting for meeting in known.meetings if meeting.area == area and meeting.date != day]
    listed = [concern for meeting in others for concern in meeting.concerns if concern.id not in settled]
    return {_words_of(meeting_file.as_written(concern)): concern.id for concern in listed}


def _words_of(concern: Entry) -> tuple[str, str]:
    """
    What makes two concerns the same: their text without the full stop, and their ward.

    >>> _words_of({"text": "Lights in the Park."}) == _words_of({"text": "lights in the park"})
    True
    """
    return str(concern.get("text", "")).rstrip(" .").casefold(), str(concern.get("ward", "")).casefold()


def _add(whole: dict, name: str, entries: Iterable[Entry], taken: Container[str], waiting: Mapping[tuple[str, str], str] = NONE) -> None:
    """Add what is new to a list of the file, each with its id and source where entries have them."""
    listed = whole.setdefault(name, [])
    for entry in map(_tidy, entries):
        if not any(entry.items() <= other.items() for other in listed):
            here = {other.get("id") for other in listed}
            raised = waiting.get(_words_of(entry))
            again = {"id": raised} if raised and raised not in here else {}
            listed.append(_completed(again | entry, name, whole["source"], {*taken, *here}))
    if not listed:
        del whole[name]


def _completed(entry: dict, name: str, source: str, taken: set[str]) -> dict:
    """An entry with an id and a source, its fields in the order in which a file holds them."""
    order = [field.name for field in fields(NOUNS[name])]
    completed = {"source": source} | entry if "source" in order else entry
    if "id" in order and "id" not in completed:
        completed = {"id": _id_from(str(completed.get("text", "")), name, taken)} | completed
    return dict(sorted(completed.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


def _tidy(entry: Entry) -> dict:
    """An entry without its empty fields; in a text every stretch of white space is one space."""
    tidied = {}
    for name, value in entry.items():
        plain = " ".join(value.split()) if isinstance(value, str) else list(value) if isinstance(value, tuple | list) else value
        if plain not in ("", None, []):
            tidied[name] = plain
    return tidied


def _id_from(text: str, name: str, taken: set[str]) -> str:
    """
    An id made from the first words of a text.

    >>> _id_from("Better lighting in the park, please.", "concerns", {"better-lighting-in-the-park"})
    'better-lighting-in-the-park-2'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    base = "-".join(re.findall(r"[a-z0-9]+", plain)[:WORDS_IN_AN_ID])[:60].strip("-") or name.removesuffix("s")
    numbered = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in numbered if candidate not in taken)


COLUMNS = ["kind", "text", "theme", "ward", "measure", "owner", "due"]
MORE = ["gap", "concern", "reform", "id", "source"]
KINDS = {"concern": Concern, "commitment": Commitment, "speaker": Speaker, "next": Next}
LISTS = {"concern": "concerns", "commitment": "commitments", "speaker": "speakers", "next": "promised_next"}
# A column that has another name as a field of what the row stands for.
NAMES = {"concern": {"measure": "measures"}, "speaker": {"text": "name", "owner": "role"}, "next": {"due": "by"}}
BY_THE_RECORD = {"id": "not-yet-made", "source": "Minutes"}


def read(path: Path, known: Definitions, area: str, day: date) -> dict[str, object]:
    """
    Read minutes, as `metrics.meetings.minutes.record` takes them.

    `path`: a CSV file. A speaker's row has the name under text and the role under owner; the next meeting's row has the words under text
        and the month, such as 2023-11, under due. Several measures of a concern are parted by `|`.
    `area`, `day`: which meeting: office-holders whom its area's meetings list as speakers may be named.
    Returns: `concerns`, `commitments` and `speakers`: lists of mappings; `promised_next`: a mapping or None.
    Raises Refused: a header, kind, measure, name, date or text that cannot be taken, with its line.
    """
    sheet = csv_reader.read(path, final_newline=False)
    if sheet.header[: len(COLUMNS)] != COLUMNS or not set(sheet.header[len(COLUMNS) :]) <= set(MORE):
        raise sheet.refuse(f"the header must be {','.join(COLUMNS)}, and may go on with {', '.join(MORE)}", 1)
    rows = [_row(sheet, line, cells) for line, cells in sheet.rows]
    speakers = {speaker.name for meeting in known.meetings if meeting.area == area and meeting.date <= day for speaker in meeting.speakers}
    speakers |= {spot.value.get("name", "") for kind, spot in rows if kind == "speaker"} - {""}
    for kind, spot in rows:
        _check(kind, spot, known, speakers)
    lists = {name: [dict(spot.value) for kind, spot in rows if LISTS[kind] == name] for name in LISTS.values()}
    if len(lists["promised_next"]) > 1:
        raise sheet.refuse("two rows of the kind next: one meeting comes next")
    return lists | {"promised_next": next(iter(lists["promised_next"]), None)}


def _row(sheet: csv_reader.Sheet, line: int, cells: list[str]) -> tuple[str, Spot]:
    """The kind of a row, and the mapping that it stands for; an empty cell is a field left out."""
    row = {name: " ".join(cell.split()) for name, cell in zip(sheet.header, cells, strict=True) if cell.strip()}
    kind = row.pop("kind", "").lower()
    if kind not in KINDS:
        raise sheet.refuse(f"kind: {kind!r} is not one of {', '.join(KINDS)}{hint(kind, KINDS)}", line)
    names = NAMES.get(kind, {})
    allowed = {field.name for field in fields(KINDS[kind])}
    for name in row:
        if names.get(name, name) not in allowed:
            raise sheet.refuse(f"{name}: a {kind} has none, leave it empty", line)
    return kind, Spot(_as_fields({names.get(name, name): cell for name, cell in row.items()}, line), sheet.file, line, LISTS[kind])


def _as_fields(row: dict[str, str], line: int) -> Fields:
    cells = Fields(row)
    if "measures" in cells:
        cells["measures"] = Items(name.strip() for name in row["measures"].split("|"))
        cells["measures"].lines = [line] * len(cells["measures"])
    cells.line, cells.lines = line, dict.fromkeys(cells, line)
    return cells


def _check(kind: str, spot: Spot, known: Definitions, speakers: set[str]) -> None:
    """Refuse a row that a meeting's file would not take, by its own line."""
    public_text.check_size(spot)
    cls = KINDS[kind]
    added = {name: value for name, value in BY_THE_RECORD.items() if name in {field.name for field in fields(cls)}}
    noun(cls, Spot(_as_fields_with(spot, added), spot.file, spot.line, spot.name))
    for index in range(len(spot.value.get("measures", ()))):
        must_be_known(spot.at("measures").at(index), "measure", known.measures)
    if "measure" in spot.value:
        must_be_known(spot.at("measure"), "measure", known.measures)
    public_text.check_names(spot, speakers, public_text.place_words(known.places.values()))


def _as_fields_with(spot: Spot, added: dict[str, str]) -> Fields:
    """A row together with what the record fills in."""
    whole = Fields(added | spot.value)
    whole.line, whole.lines = spot.line, dict.fromkeys(whole, spot.line)
    return whole
