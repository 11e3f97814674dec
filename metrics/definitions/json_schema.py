"""
JSON Schema of the YAML files in `data/`, from the nouns that read them, so that an editor completes fields and closed words.

    python -m metrics.definitions.json_schema docs/schema

writes one schema for each kind of file. What a file must meet besides, such as references between files, `check` says.
"""

import json
import sys
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path

from metrics import domain
from metrics.definitions.schema import CLOSED, FORMS, NEVER_EMPTY

FILES = {
    "break": domain.Break,
    "config": domain.Config,
    "dataset": domain.Dataset,
    "force": domain.Force,
    "measure": domain.Measure,
    "meeting": domain.Meeting,
    "plan": domain.Plan,
}
LISTED = ("break",)
"""Kinds of which one file holds a list."""
SIMPLE: dict[object, dict[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Path: {"type": "string"},
}


def schema_of(cls: type) -> dict:
    """
    The schema of a noun: its fields, which of them must be there, and nothing else.

    >>> schema_of(domain.PlanPart)["required"]
    ['id', 'title']
    """
    hints = typing.get_type_hints(cls)
    required = [field.name for field in fields(cls) if field.default is MISSING and field.default_factory is MISSING]
    return {
        "type": "object",
        "properties": {field.name: _field(cls, field.name, hints[field.name]) for field in fields(cls)},
        "required": required,
        "additionalProperties": False,
    }


def _field(cls: type, name: str, kind: object) -> dict:
    """A field's schema with its closed words or its form, which hold for each item where it is a list or a mapping."""
    schema = _kind(kind)
    words = CLOSED.get(cls, {}).get(name)
    rule = {"enum": list(words)} if words else {"pattern": f"^(?:{FORMS[name][0].pattern})$"} if name in FORMS else {}
    if schema.get("type") == "array":
        schema = schema | {"items": schema["items"] | (rule if schema["items"].get("type") == "string" else {})}
        return schema | ({"minItems": 1} if name in NEVER_EMPTY else {})
    if "additionalProperties" in schema and "properties" not in schema:
        return schema | ({"propertyNames": rule} if rule else {})
    return schema | (rule if schema.get("type") == "string" else {})


def _kind(kind: object) -> dict:
    if kind in SIMPLE:
        return dict(SIMPLE[kind])
    if isinstance(kind, type) and is_dataclass(kind):
        return schema_of(kind)
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _kind(next(part for part in inside if part is not type(None)))
    if origin is tuple:
        return {"type": "array", "items": _kind(inside[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _kind(inside[1])}
    return {}


def texts() -> dict[str, str]:
    """Each schema's file name and its text."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schemas = {name: {"type": "array", "items": schema_of(cls)} if name in LISTED else schema_of(cls) for name, cls in FILES.items()}
    return {f"{name}.json": json.dumps(head | {"title": name} | schema, indent=1) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, encoding="utf-8")
