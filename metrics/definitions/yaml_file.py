"""
Reading YAML that someone wrote by hand, each value with its line or refused; and writing YAML that reads back to the same values.

Only the part of YAML that people mean is read: mappings, lists and single values. Tags, anchors and
aliases are refused, because they make a file do more than it shows. A plain value is a whole number,
a decimal number, `true`, `false`, `null`, a date `2023-07-17`, or else text: `yes`, `NO`, `007`,
`12:30` and `2023-06` stay the text that they look like.
"""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import yaml

from metrics.domain import Refused

LARGEST = 256_000
DEEPEST = 12
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times faster; both read the same
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
DECIMAL = re.compile(r"-?\d{1,15}\.\d{1,15}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Fields(dict):
    """A mapping as written; `line` is where it begins, `lines` where each key stands, `files` which of them another file holds."""

    __slots__ = ("files", "line", "lines")


class Items(list):
    """A list as written; `line` is where it begins and `lines` where each item stands."""

    __slots__ = ("line", "lines")


def load(path: Path) -> Fields | Items:
    """
    Read one YAML file whole.

    `path`: a UTF-8 text file of at most 256 kB, holding one mapping or one list.
    Returns: a dict or a list of plain values, with the line of every key and item. Keys are text.
    Raises Refused: missing, too large, not UTF-8, not YAML, a key given twice, a tag, an anchor or alias, nested more than 12 deep, several
        documents, or neither a mapping nor a list.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.yaml"
    >>> _ = path.write_text("id: rape\\nlevels: [london, area]\\n")
    >>> load(path), load(path).lines["levels"]
    ({'id': 'rape', 'levels': ['london', 'area']}, 2)
    """
    return parse(_text(path), path)


def parse(text: str, path: Path) -> Fields | Items:
    """
    The same of a text that was read from a file before.

    >>> parse("id: rape", Path("rape.yaml"))
    {'id': 'rape'}
    """
    try:
        return _document(yaml.parse(text, Loader=LOADER), path)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Refused(f"not readable as YAML: {error.problem}", file=path, line=mark.line + 1) from error
    except yaml.reader.ReaderError as error:
        raise Refused("holds a control character: not plain text", file=path) from error


def _text(path: Path) -> str:
    raw = _bytes(path)
    if raw.startswith(MARKS):
        raise Refused("begins with a byte order mark: save it as UTF-8 without one", file=path)
    if b"\x00" in raw:
        raise Refused("holds NUL bytes: not a text file in UTF-8", file=path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Refused("not UTF-8 text: save it as UTF-8", file=path, line=line) from error


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise Refused("not a file" if path.exists() else "no such file", file=path)
    if path.stat().st_size > LARGEST:
        raise Refused(f"larger than {LARGEST // 1000} kB: not a file written by hand", file=path)
    return path.read_bytes()


def _document(events: Iterator[yaml.Event], path: Path) -> Fields | Items:
    document = None
    for event in events:
        if not isinstance(event, yaml.DocumentStartEvent):
            continue
        if document is not None:
            raise Refused("a second document begins: one file holds one", file=path, line=_line(event))
        document = _value(next(events), events, path, 0)
        if not isinstance(document, Fields | Items):
            raise Refused("neither a mapping (name: value) nor a list", file=path)
    if document is None:
        raise Refused("the file is empty", file=path)
    return document


def _value(event: yaml.Event, events: Iterator[yaml.Event], path: Path, depth: int):
    _check(event, path, depth)
    if isinstance(event, yaml.ScalarEvent):
        return _plain(event.value) if event.implicit[0] else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return _items(event, events, path, depth + 1)
    return _fields(event, events, path, depth + 1)


def _check(event: yaml.Event, path: Path, depth: int) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise Refused(
            "an anchor (&) or alias (*): write the value out, or put it in quotes", file=path, line=_line(event)
        )
    if event.tag is not None:
        raise Refused("a tag (!): write the value without it, or put it in quotes", file=path, line=_line(event))
    if depth > DEEPEST:
        raise Refused(f"nested more than {DEEPEST} deep", file=path, line=_line(event))


def _items(start: yaml.Event, events: Iterator[yaml.Event], path: Path, depth: int) -> Items:
    items = Items()
    items.line, items.lines = _line(start), []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        items.lines.append(_line(event))
        items.append(_value(event, events, path, depth))
    return items


def _fields(start: yaml.Event, events: Iterator[yaml.Event], path: Path, depth: int) -> Fields:
    fields = Fields()
    fields.line, fields.lines = _line(start), {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _key(event, path, depth)
        if key in fields:
            raise Refused(f"{key!r} is given twice, first on line {fields.lines[key]}", file=path, line=_line(event))
        fields.lines[key] = _line(event)
        fields[key] = _value(next(events), events, path, depth)
    return fields


def _key(event: yaml.Event, path: Path, depth: int) -> str:
    _check(event, path, depth)
    if not isinstance(event, yaml.ScalarEvent):
        raise Refused("a list or mapping stands where a name belongs", file=path, line=_line(event))
    return event.value


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1


def _plain(text: str):
    if text in WORDS:
        return WORDS[text]
    if text[0] not in "-0123456789":
        return text
    if WHOLE.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    return _day(text) if DAY.fullmatch(text) else text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


WIDTH = 120


class _Plain(yaml.SafeDumper):
    """A value that stands twice is written out twice."""

    def ignore_aliases(self, data: object) -> bool:
        """True of every value."""
        return True


def text(value: Mapping | Sequence) -> str:
    """
    A mapping or list of plain values as YAML, in the order given.

    `value`: dicts and lists of texts, whole and decimal numbers, days, `True`, `False` and `None`.
    Raises yaml.representer.RepresenterError: a value of another kind.

    >>> print(text({"status": "held", "by": "2023-11", "measures": ["listen"], "day": "2023-08-07"}), end="")
    status: held
    by: 2023-11
    measures:
    - listen
    day: '2023-08-07'
    """
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, default_flow_style=False, width=WIDTH)
