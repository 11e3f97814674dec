"""
Reading a CSV file that someone else made: whole and unambiguous, or refused with the line and the reason.

Harmless differences are taken (CRLF, a UTF-8 byte order mark, blank lines and empty rows at the end). Whatever could
be read in two ways is refused, because a figure that was guessed is worse than a figure that is missing.
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from metrics.domain import Refused

LARGEST = 64 * 1024 * 1024
NOT_CSV = {
    b"PK": "a zip or Excel file: unpack it, or save the sheet as CSV",
    b"\x1f\x8b": "a gzip file: unpack it first",
    b"%PDF": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save the sheet as CSV",
    b"\xff\xfe": "UTF-16 text: save it as CSV UTF-8",
    b"\xfe\xff": "UTF-16 text: save it as CSV UTF-8",
}
FORMULA = re.compile(r"\t|\s*(?:[=@]|[+-](?![0-9]+(?:[.,][0-9]+)?\s*$))")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
WHOLE = re.compile(r"[0-9]{1,9}")
DECIMAL = re.compile(r"[0-9]{1,9}(?:[.][0-9]{1,9})?")


@dataclass(frozen=True)
class Sheet:
    """A header and its rows, each row with the number of the line it stands on."""

    file: Path
    header: list[str]
    rows: list[tuple[int, list[str]]]

    def refuse(self, reason: str, line: int | None = None) -> Refused:
        """The refusal to raise for this file."""
        return Refused(reason, file=self.file, line=line)


def read(path: Path, *, final_newline: bool = True) -> Sheet:
    """
    Read a CSV file whole.

    `final_newline`: whether a file of this kind always ends its last line, so that a missing end means it was cut short.
    Raises Refused: missing, too large, not CSV text in UTF-8, cut short, or holding a formula or a tag.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("place,value\\nBrent,3\\n")
    >>> read(path).rows
    [(2, ['Brent', '3'])]
    """
    text = _text(path, final_newline)
    numbered = _parse(path, text)
    if not numbered:
        raise Refused("the file is empty", file=path)
    numbered = _without_empty_columns(numbered)
    (_, header), rows = numbered[0], numbered[1:]
    if not rows:
        raise Refused("only a header, no rows", file=path)
    for line, cells in rows:
        _check_row(path, line, cells, len(header))
    _check_cells(path, 1, header)
    names = [name.strip() for name in header]
    _check_names(path, names)
    return Sheet(path, names, rows)


def whole(sheet: Sheet, line: int, text: str, column: str) -> int:
    """A count: digits only; anything else, a negative included, is refused."""
    cell = text.strip()
    if WHOLE.fullmatch(cell):
        return int(cell)
    raise sheet.refuse(f"{column}: a count was expected, found {text!r}", line)


def decimal(sheet: Sheet, line: int, text: str, column: str) -> float:
    """A number of zero or more with a decimal point; anything else is refused."""
    cell = text.strip()
    if DECIMAL.fullmatch(cell):
        return float(cell)
    raise sheet.refuse(f"{column}: a number was expected, found {text!r}", line)


def _text(path: Path, final_newline: bool) -> str:
    raw = _bytes(path)
    for magic, what in NOT_CSV.items():
        if raw.startswith(magic):
            raise Refused(f"this is {what}", file=path)
    if b"\x00" in raw:
        raise Refused("holds NUL bytes: not CSV text in UTF-8", file=path, line=_line(raw, raw.index(b"\x00")))
    text = _decoded(path, raw)
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise Refused("this is a web page, not a CSV file", file=path)
    if re.search(r"\r(?!\n)", text):
        raise Refused("lines end in a lone carriage return: save it as CSV again", file=path)
    if final_newline and text.strip() and not text.endswith("\n"):
        last = text.count("\n") + 1
        raise Refused("the last line has no end: the file may be cut short", file=path, line=last)
    return text


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Refused("no such file" if not path.exists() else "not a file", file=path)
        size = path.stat().st_size
        if size > LARGEST:
            raise Refused(f"{size / 1e6:,.0f} MB: larger than any file of this kind ({LARGEST // 2**20} MB)", file=path)
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror})", file=path) from error


def _decoded(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("not UTF-8 text (Latin-1?): save it as CSV UTF-8", file=path, line=_line(raw, error.start)) from error


def _parse(path: Path, text: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), strict=True)
    rows, before = [], 0
    try:
        for cells in reader:
            rows.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as error:
        raise Refused(f"not readable as CSV ({error}): the file may be cut short", file=path, line=before + 1) from error
    while rows and rows[-1][1] and not any(cell.strip() for cell in rows[-1][1]):
        rows.pop()
    return rows


def _without_empty_columns(numbered: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Without the columns at the end that have neither a name nor a cell, which spreadsheets leave; rows of another width stay."""
    width = len(numbered[0][1])
    named = max((i for i, name in enumerate(numbered[0][1], 1) if name.strip()), default=0)
    filled = max((i for _, cells in numbered if len(cells) == width for i in range(named, width) if cells[i].strip()), default=-1) + 1
    wanted = max(named, filled)
    if not named or wanted == width:
        return numbered
    return [(line, cells[:wanted] if len(cells) == width else cells) for line, cells in numbered]


def _check_row(path: Path, line: int, cells: list[str], width: int) -> None:
    if not cells:
        raise Refused("an empty line in the middle of the file", file=path, line=line)
    if len(cells) != width:
        raise Refused(f"{len(cells)} columns, the header has {width}: the file may be cut short", file=path, line=line)
    _check_cells(path, line, cells)


def _check_names(path: Path, names: list[str]) -> None:
    named = [name.lower() for name in names if name]
    repeated = sorted({name for name in named if named.count(name) > 1}) if len(set(named)) < len(named) else []
    if repeated:
        raise Refused(f"the column {repeated[0]!r} stands twice", file=path, line=1)


def _check_cells(path: Path, line: int, cells: list[str]) -> None:
    for cell in cells:
        if cell.isdigit():  # most cells are: spare them the rest
            continue
        if FORMULA.match(cell):
            raise Refused(f"a cell begins like a spreadsheet formula: {cell[:40]!r}", file=path, line=line)
        if "<" in cell or ">" in cell or CONTROL.search(cell):
            raise Refused(f"a cell holds a tag, a line break or a control character: {cell[:40]!r}", file=path, line=line)


def _line(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1
