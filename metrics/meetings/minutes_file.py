"""
Reading minutes from a CSV file: one row for each concern, commitment, speaker, and for the next meeting as promised.

The columns are kind, text, theme, ward, measure, owner, due; gap, concern, reform, id and source may follow. What is wrong is
told by the line of the file, before anything is recorded.
"""

from dataclasses import fields
from datetime import date
from pathlib import Path

from metrics.definitions import csv_reader, public_text
from metrics.definitions.references import must_be_known
from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import Commitment, Concern, Definitions, Next, Speaker
from metrics.domain.names import hint

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
