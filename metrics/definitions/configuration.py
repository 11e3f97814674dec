"""
The one configuration of the app, the commands and `make`: which file it is, what it chooses, and what only the full edition does.

The public edition does not hide the pages that present and write down, it does not have them; and whatever writes refuses by itself
besides, so that a page added without thought for it cannot write either.

`config.local.yaml` beside the file, where there is one, is laid over it field by field: settings of this machine, which git leaves out.
"""

import os
import re
from pathlib import Path

from metrics.definitions import yaml_file
from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_file import Fields
from metrics.domain import Config, Refused

VARIABLE = "METRICS_CONFIG"
PROJECT = Path(__file__).parents[2]
NAME = "config.yaml"
PLACEHOLDERS = {
    "contact": (re.compile(r"The person who runs this dashboard"), "whom a reader should ask"),
    "address": (re.compile(r"https?://([^/]*\.)?example\.gov\.uk(/.*)?"), "where the public pages will stand"),
}


def path_of(named: Path | None = None) -> Path:
    """
    The file of the configuration: the one named, or that of METRICS_CONFIG, or `config.yaml` where one stands, or the project's own.

    >>> path_of(Path("here.yaml"))
    PosixPath('here.yaml')
    """
    chosen = named or os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    return Path(NAME) if Path(NAME).is_file() else PROJECT / NAME


def load(path: Path) -> Config:
    """Read a configuration and the local one beside it; paths in it are relative to the folder it stands in."""
    written = _fields(Path(path))
    local = local_path(Path(path))
    if local.is_file():
        _lay_over(written, _fields(local), local)
    return noun(Config, Spot(written, Path(path), written.line))


def local_path(path: Path) -> Path:
    """
    Where the settings of this machine stand beside a configuration.

    >>> local_path(Path("conf/config.yaml")).as_posix()
    'conf/config.local.yaml'
    """
    return path.with_name(f"{path.stem}.local{path.suffix}")


def check_filled(config: Config, path: Path, *names: str) -> None:
    """
    Refuse what nobody has filled in, of `contact` and `address`: pages name both, and a request to another machine says whom to ask.

    Raises Refused: one of them is missing, or as it was shipped.
    """
    for name in names:
        (placeholder, what), value = PLACEHOLDERS[name], getattr(config, name)
        if value is None:
            raise Refused(f"it lacks {what}: write it in, such as `{name}: https://progress.yourforce.police.uk`", file=path)
        if placeholder.fullmatch(value):
            raise Refused(f"{name}: {value!r} is as it was shipped: write in {what}", file=path)


def filled(config: Config) -> dict[str, str]:
    """Whom to ask and where the public pages stand, by the names `contact` and `address`; empty where nobody has filled it in."""
    values = {name: getattr(config, name) or "" for name in PLACEHOLDERS}
    return {name: "" if PLACEHOLDERS[name][0].fullmatch(value) else value for name, value in values.items()}


def _fields(path: Path) -> Fields:
    value = yaml_file.load(path)
    if not isinstance(value, Fields):
        Spot(value, path, value.line).refuse("a mapping (name: value) was expected")
    return value


def _lay_over(fields: Fields, local: Fields, path: Path) -> None:
    """Put the fields of another file into a mapping; each keeps the file and the line where it stands."""
    fields.update(local)
    fields.lines = fields.lines | local.lines
    fields.files = dict.fromkeys(local, path)


PUBLIC = "public"


def is_public(config: Config) -> bool:
    """Whether this is the public edition."""
    return config.edition == PUBLIC


def only_in_full(config: Config) -> None:
    """
    Refuse to go on in the public edition: the first line of every function that writes.

    >>> from types import SimpleNamespace
    >>> only_in_full(SimpleNamespace(edition="full"))
    >>> only_in_full(SimpleNamespace(edition="public"))
    Traceback (most recent call last):
    metrics.domain.Refused: this is the public edition: it shows and never writes; `edition: full` in config.yaml does both
    """
    if is_public(config):
        raise Refused("this is the public edition: it shows and never writes; `edition: full` in config.yaml does both")
