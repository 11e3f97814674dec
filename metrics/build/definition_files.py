"""
The files that say what figures mean, kept in the build that they were read for.

A build is read with the definitions kept in it: figures, meanings and sentences belong together, and a file that was changed or spoilt
since then touches nothing until the next build. What stands on the disk and not in the build is said by what serves it.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from metrics import definitions
from metrics.definitions import yaml_file
from metrics.domain import Definitions, Refused
from metrics.narrative import Wording
from metrics.narrative.sentences import check_sentences
from metrics.store import Ask

FOLDERS = ("datasets", "measures", "plans", "meetings")
FILES = ("force.yaml", "places.csv", "wards.csv", "breaks.yaml", "wording.yaml", "claims.yaml", "boundaries.yaml")
FILES += ("ward-boundaries.yaml", "postcodes.txt", "neighbours.yaml")
SENTENCES = ("wording.yaml", "claims.yaml")
WORDING = "wording.yaml"
Stamp = tuple[str, int, int]


def table(data: Path, known: Definitions) -> dict[str, pd.DataFrame]:
    """The tables that keep the definitions: `definition_file` (`path, text`) and `plan_followed` (`plan`)."""
    rows = [(path.relative_to(data).as_posix(), _text(path)) for path in paths(data)]
    return {
        "definition_file": pd.DataFrame(rows, columns=["path", "text"]),
        "plan_followed": pd.DataFrame({"plan": [known.plan.id]}),
    }


def meanings(data: Path) -> Iterator[tuple[str, object]]:
    """What the files of sentences say, beside the definitions, which are read by themselves."""
    return ((name, yaml_file.load(data / name)) for name in SENTENCES if (data / name).exists())


@contextmanager
def as_folder(ask: Ask) -> Iterator[Path]:
    """The definitions of a build as the folder that they were read from, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        for row in ask("definition_files").itertuples():
            path = Path(folder) / row.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(row.text, encoding="utf-8")
        yield Path(folder)


def of_build(ask: Ask) -> tuple[Definitions, Wording]:
    """
    The definitions and sentences that a build was made with, whatever `data` and the configuration say by now.

    Raises Refused: the build is of an earlier version: its sentences lack one that pages read, or have braces that cannot be filled.
    """
    with as_folder(ask) as data:
        return definitions.definitions(data, ask("plan_followed")["plan"].iloc[0]), _fillable(wording(data))


def wording(data: Path) -> Wording:
    """The sentences of a folder of definitions, as they stand there now."""
    return Wording(data / WORDING)


def check_wording(data: Path) -> None:
    """Refuse sentences that pages would stumble over."""
    check_sentences(wording(data).text, data / WORDING)


def paths(data: Path) -> Iterator[Path]:
    """Every file of definitions, folder by folder in the order of their names; hidden files are half-written and left out."""
    for folder in FOLDERS:
        yield from _below(data / folder)
    yield from (data / name for name in FILES if (data / name).exists())


def stamps(data: Path) -> tuple[Stamp, ...]:
    """
    Every file that a build reads by its path below `data`, a release without its ending, with what changes where it is written to: its
    time and its length.

    Raises OSError: a folder or file cannot be looked at.
    """
    kept = {path.with_suffix(""): path for ending in ("csv", "parquet") for path in sorted(data.glob(f"releases/*/*.{ending}"))}
    files = ({path: path for path in paths(data)} | kept).items()
    looked = ((name.relative_to(data).as_posix(), path.stat()) for name, path in files)
    return tuple((name, status.st_mtime_ns, status.st_size) for name, status in looked)


def unbuilt(data: Path, there: tuple[Stamp, ...], ask: Ask) -> tuple[str, ...]:
    """
    The files of `data` that say something else than the build that is asked, were added since or are gone, in alphabetical order; a comment
    makes no difference, as it makes none to a build.

    `there`: the files as `stamps` finds them. Of releases, which never change, only whether they are there counts.
    """
    built = dict(ask("definition_files")[["path", "text"]].itertuples(index=False))
    kept = {f"releases/{row.dataset}/{row.published:%Y-%m-%d}" for row in ask("releases").itertuples()}
    names = {name for name, *_ in there}
    changed = {name for name in names & built.keys() if not _same(data / name, built[name])}
    return tuple(sorted(changed | (names ^ (built.keys() | kept))))


def _fillable(wording: Wording) -> Wording:
    try:
        check_sentences(wording.text, wording.path)
    except Refused as refusal:
        raise Refused(f"this build was made with other sentences; run `python -m metrics build` ({refusal})") from refusal
    return wording


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"cannot be read ({error})", file=path) from error


def _same(path: Path, text: str) -> bool:
    """Whether a file says what it said."""
    try:
        now = path.read_text(encoding="utf-8")
        return now == text or (path.suffix == ".yaml" and yaml_file.load(path) == yaml_file.parse(text, path))
    except (OSError, UnicodeDecodeError, Refused):
        return False
