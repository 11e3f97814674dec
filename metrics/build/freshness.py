"""
What stands on the disk and not in the build: said by whoever serves the build, which goes on as it was.

Files are compared by what they say, so that a comment makes no difference, as it makes none to a build.
"""

from pathlib import Path

from metrics.build.definition_files import paths
from metrics.definitions import yaml_reader
from metrics.domain import Refused
from metrics.store import Ask

Stamp = tuple[str, int, int]


def stamps(data: Path) -> tuple[Stamp, ...]:
    """
    Every file that a build reads by its path below `data`, with what changes where it is written to: its time and its length.

    Raises
    ------
    OSError
        A folder or file cannot be looked at.
    """
    files = ((path, path.stat()) for path in (*paths(data), *sorted(data.glob("releases/*/*.csv"))))
    return tuple((path.relative_to(data).as_posix(), status.st_mtime_ns, status.st_size) for path, status in files)


def unbuilt(data: Path, there: tuple[Stamp, ...], ask: Ask) -> tuple[str, ...]:
    """
    The files of `data` that say something else than the build that is asked, were added since or are gone, in alphabetical order.

    Parameters
    ----------
    there
        The files as `stamps` finds them. Of releases, which never change, only whether they are there counts.
    """
    built = dict(ask("definition_files")[["path", "text"]].itertuples(index=False))
    releases = {f"releases/{row.dataset}/{row.published:%Y-%m-%d}.csv" for row in ask("releases").itertuples()}
    names = {name for name, *_ in there}
    changed = {name for name in names & built.keys() if not _same(data / name, built[name])}
    return tuple(sorted(changed | (names ^ (built.keys() | releases))))


def _same(path: Path, text: str) -> bool:
    """Whether a file says what it said."""
    try:
        now = path.read_text(encoding="utf-8")
        return now == text or (path.suffix == ".yaml" and yaml_reader.load(path) == yaml_reader.parse(text, path))
    except (OSError, UnicodeDecodeError, Refused):
        return False
