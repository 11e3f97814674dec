"""
From a mapping in a file to a noun of the model, checked field by field.

The nouns say which fields there are and of which type; the rules here say which words and forms are allowed in them, and any plain
text in the others. Nothing here knows what any file is for.
"""

import re
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path

from metrics import domain
from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import Refused
from metrics.domain.names import hint

CLOSED = {
    domain.Measure: {
        "standing": domain.STANDINGS,
        "unit": domain.UNITS,
        "better": domain.BETTER,
        "kind": domain.KINDS,
        "levels": domain.LEVELS,
    },
    domain.Place: {"level": domain.PLACE_LEVELS},
    domain.Break: {"rule": domain.RULES, "touches": domain.TOUCHES},
    domain.Meeting: {"status": domain.MEETING_STATUSES},
    domain.Step: {"status": domain.COMMITMENT_STATUSES},
    domain.Force: {"levels": domain.NAMED_LEVELS},
    domain.Dataset: {"frequency": domain.FREQUENCIES, "base": domain.LEVELS, "level": domain.FIGURE_LEVELS},
    domain.Config: {"edition": domain.EDITIONS},
}
PERIOD = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])"), "a period, written YYYY-MM such as 2023-06"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "an id: small letters, digits and hyphens, such as knife-crime"
CONTACT = re.compile(r"mailto:[^\s@\"'`\\]+@[^\s@\"'`\\]+|https://[^\s\"'`\\]+"), "an address that begins mailto: or https://"
ADDRESS = re.compile(r"https://[^\s\"'`\\]+"), "a web address that begins https://"
ASKED = re.compile(rf"{ADDRESS[0].pattern}|http://(?:127\.0\.0\.1|localhost)[:/][^\s\"'`\\]*"), "an address that begins https://"
"""What the project asks by itself: over TLS, or a mirror on this very machine."""
MODULE = re.compile(r"[a-z]+(?:_[a-z]+)*"), "the name of an importer, such as recorded_crime"
FORMS = {
    **dict.fromkeys(("period", "until", "redefined", "baseline_from", "baseline_first", "baseline_last"), PERIOD),
    **dict.fromkeys(("baseline_period", "by", "due", "keep_from"), PERIOD),
    **dict.fromkeys(("id", "series", "dataset", "measure", "reform", "priority", "concern", "plan"), SLUG),
    **dict.fromkeys(("rate", "related", "total", "missions"), SLUG),
    **dict.fromkeys(("outside", "part_of", "shared", "refused", "names_from"), SLUG),
    "security": CONTACT,
    **dict.fromkeys(("address", "url", "licence_url"), ADDRESS),
    **dict.fromkeys(("listing", "webhook"), ASKED),
    "importer": MODULE,
}
NEVER_EMPTY = ("levels", "series", "measures", "reforms", "missions", "words", "files", "recipients")


@dataclass(frozen=True)
class Spot:
    """A value of a file and where it stands, so that a refusal can name file, line and field."""

    value: object
    file: Path
    line: int | None = None
    name: str = ""

    def at(self, key: str | int) -> "Spot":
        """The spot of a mapping's field or a list's item."""
        name = self.name if isinstance(key, int) else f"{self.name}.{key}".lstrip(".")
        file = getattr(self.value, "files", {}).get(key, self.file)
        return Spot(self.value[key], file, self.value.lines[key], name)

    def refuse(self, reason: str) -> typing.NoReturn:
        """Refuse this value."""
        raise Refused(f"{self.name}: {reason}" if self.name else reason, file=self.file, line=self.line)


def noun(cls: type, spot: Spot):
    """
    Build one noun of the model from a mapping.

    `cls`: a dataclass of the model; fields without a default must be present.
    Raises Refused: a field unknown, missing, empty, of the wrong type, or not among the words or of the form allowed.

    >>> written = Fields(id="culture", title="Culture change", text="Fair to all.")
    >>> written.lines = {"id": 1, "title": 2, "text": 3}
    >>> from metrics.domain import PlanPart
    >>> noun(PlanPart, Spot(written, Path("plan.yaml"))).title
    'Culture change'
    """
    if not isinstance(spot.value, Fields):
        spot.refuse("a mapping (name: value) was expected")
    readers, required = _readers(cls)
    for name in spot.value:
        if name not in readers:
            spot.at(name).refuse(f"unknown field{hint(name, readers)}")
    for name in required:
        if name not in spot.value:
            spot.refuse(f"the field {name!r} is missing")
    return cls(**{name: readers[name](spot.at(name)) for name in spot.value})


@cache
def _readers(cls: type) -> tuple[dict[str, Callable], list[str]]:
    """The reader of each field of a noun, and the fields that must be there."""
    hints, closed = typing.get_type_hints(cls), CLOSED.get(cls, {})
    readers = {name: _reader(kind, _rule(closed.get(name), FORMS.get(name))) for name, kind in hints.items()}
    required = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    return readers, required


def _reader(kind, rule: Callable) -> Callable:
    """The reader of a type; the rule governs texts, and in a mapping its keys."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        return _reader(inner[0], rule)
    if origin is tuple:
        return _list_of(_reader(inner[0], rule))
    if origin is dict:
        return _mapping_of(_reader(inner[1], _any_text), rule)
    if is_dataclass(kind):
        return lambda spot: noun(kind, spot)
    return {str: lambda spot: _text(spot, rule), bool: _yes_or_no, int: _whole, float: _number, date: _date, Path: _path}[kind]


def _rule(closed: tuple[str, ...] | None, form: tuple | None) -> Callable:
    if closed:
        return lambda spot: (
            spot.value in closed
            or spot.refuse(f"{spot.value!r} is not one of {', '.join(closed)}{hint(spot.value, closed)}")
        )
    if form:
        return lambda spot: form[0].fullmatch(spot.value) or spot.refuse(f"{spot.value!r} is not {form[1]}")
    return _any_text


def _any_text(spot: Spot) -> None:
    """Any plain text will do."""


def _text(spot: Spot, rule: Callable) -> str:
    if not isinstance(spot.value, str):
        wanted = "is empty" if spot.value is None else f"text was expected, found {_said(spot.value)}: put it in quotes"
        spot.refuse(wanted)
    text = spot.value.strip()
    if not text:
        spot.refuse("is empty")
    if "<" in text or ">" in text:
        spot.refuse("holds < or >: plain text only, no HTML")
    if not text.isprintable():
        spot.refuse("holds a line break or an invisible character: plain text on one line")
    rule(Spot(text, spot.file, spot.line, spot.name))
    return text


def _list_of(reader: Callable) -> Callable:
    def read(spot: Spot) -> tuple:
        """Every item as the reader takes it; none may stand there twice."""
        if not isinstance(spot.value, Items):
            spot.refuse(
                f"a list was expected, found {_said(spot.value)}: write [a, b] or lines that begin with a hyphen"
            )
        if not spot.value and spot.name.split(".")[-1] in NEVER_EMPTY:
            spot.refuse("the list is empty")
        items = []
        for index in range(len(spot.value)):
            item = reader(spot.at(index))
            if item in items:
                spot.at(index).refuse(f"{spot.value[index]!r} stands twice in the list")
            items.append(item)
        return tuple(items)

    return read


def _mapping_of(reader: Callable, rule: Callable) -> Callable:
    def read(spot: Spot) -> dict:
        """Every value as the reader takes it, under a key that keeps the rule."""
        if not isinstance(spot.value, Fields):
            spot.refuse(f"a mapping (name: value) was expected, found {_said(spot.value)}")
        for key, line in spot.value.lines.items():
            _text(Spot(key, spot.file, line, spot.name), rule)
        return {key: reader(spot.at(key)) for key in spot.value}

    return read


def _whole(spot: Spot) -> int:
    if type(spot.value) is not int or spot.value < 1:
        spot.refuse(f"a whole number of 1 or more was expected, found {_said(spot.value)}")
    return spot.value


def _yes_or_no(spot: Spot) -> bool:
    if type(spot.value) is not bool:
        spot.refuse(f"true or false was expected, found {_said(spot.value)}")
    return spot.value


def _number(spot: Spot) -> float:
    if type(spot.value) not in (int, float):
        spot.refuse(f"a number was expected, found {_said(spot.value)}")
    return float(spot.value)


def _date(spot: Spot) -> date:
    if type(spot.value) is not date:
        spot.refuse(f"a date was expected, such as 2023-07-17, found {_said(spot.value)}")
    return spot.value


def _path(spot: Spot) -> Path:
    return spot.file.parent / _text(spot, _any_text)


def _said(value: object) -> str:
    if value is None:
        return "nothing"
    return {Fields: "a mapping", Items: "a list"}.get(type(value), repr(value))
