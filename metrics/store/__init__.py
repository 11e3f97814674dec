"""
The only door to DuckDB: one read-only connection for each build, a cursor for each question.

A build is a file that is never changed once it has its name; `CURRENT` names the one in use. Questions are
the files in `metrics/store/sql/`, each with its question in the first line. All values travel as parameters.

Where the build that is named is damaged, the newest kept before it is opened, and then that is said. Beside each build stands the SHA-256
of its file, `<name>.sha256`, as `sha256sum -c` reads it, so that a changed bit anywhere is found before the first question. A build of an
earlier version has none; then it is refused only where DuckDB itself finds the damage.
"""

import hashlib
import logging
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd

from metrics.domain import Refused

# Frames hold a hundred rows and are cut up often: texts as Python's own strings take a fifth less of a page's time than Arrow's.
pd.set_option("mode.string_storage", "python")

Ask = Callable[..., pd.DataFrame]
"""Answers a question of `metrics/store/sql/` by its name and parameters: `Store.ask`, or the same of a build in the making."""
SQL = Path(__file__).parent / "sql"
DAMAGED = "Corrupt database file"
LATEST = date(9999, 12, 31)

POINTER = "CURRENT"
BUILD = re.compile(r"(\d{6})-[0-9a-f]{12}\.duckdb")
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "256MB",
    "threads": "2",
    "max_temp_directory_size": "0MB",
    "lock_configuration": "true",
}


def in_use(database: Path) -> tuple[str, bool]:
    """
    The file name of the build that is to be used, and whether the pointer names it.

    Where the pointer is gone, empty, cut or names a file that is not there, it is the newest build.

    Raises Refused: nothing has been built yet, or no build is left.
    """
    try:
        named = pointed(database)
        return named or _newest(database), named is not None
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror})", file=database / POINTER) from error


def pointed(database: Path) -> str | None:
    """The build that the pointer names; none where it names nothing that is there."""
    pointer = database / POINTER
    try:
        name = _read(pointer, _stamp(pointer))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return name if BUILD.fullmatch(name) and (database / name).is_file() else None


@lru_cache(maxsize=8)
def _read(pointer: Path, stamp: tuple[int, ...]) -> str:
    """What the pointer says: read once, and again when the file is another; a page asks several times."""
    return pointer.read_text(encoding="utf-8", errors="replace").strip()


def _newest(database: Path) -> str:
    kept = sorted(path.name for path in database.iterdir() if BUILD.fullmatch(path.name)) if database.is_dir() else []
    if not kept and not (database / POINTER).exists():
        raise Refused(f"there is no database in {database} yet: run `python -m metrics build`")
    if not kept:
        raise Refused("it names no build that is there: run `python -m metrics build`", file=database / POINTER)
    _warn(f"{POINTER} names no build that is there; the figures are those of the newest, {kept[-1]}: run `python -m metrics build`")
    return kept[-1]


def opened(database: Path, name: str) -> tuple[str, duckdb.DuckDBPyConnection]:
    """
    A build open for reading: the one named, or the newest kept before it that is whole; a warning is logged once.

    Raises Refused: the build is damaged, and none that was kept before it is whole.
    """
    first = _opened(database / name, _stamp(database / name))
    if not isinstance(first, str):
        return name, first
    for path in _kept_before(database, name):
        connection = _opened(path, _stamp(path))
        if not isinstance(connection, str):
            _warn(f"{first}; until then the figures are those of {path.name}")
            return path.name, connection
    raise Refused(first)


def sum_of(path: Path) -> str:
    """The line that stands beside a build: its SHA-256 and its name."""
    with path.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n"


def sum_path(path: Path) -> Path:
    """Where the sum of a build stands."""
    return path.with_name(f"{path.name}.sha256")


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that reads this file and nothing else."""
    try:
        return duckdb.connect(path, read_only=True, config=LOCKED)
    except duckdb.Error as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: duckdb.Error) -> Refused:
    """DuckDB's complaint of a file, as a refusal in one line."""
    return _damaged(path, str(error).splitlines()[0])


def _damaged(path: Path, reason: str) -> Refused:
    return Refused(f"not a database that can be read ({reason}): run `python -m metrics build --again`", file=path)


def _kept_before(database: Path, name: str) -> list[Path]:
    """The builds older than one, the newest first; a newer one may be what somebody went back from."""
    older = [path for path in database.iterdir() if BUILD.fullmatch(path.name) and path.name < name]
    return sorted(older, reverse=True)


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes where a file is replaced or written to."""
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


@lru_cache(maxsize=4)
def _opened(path: Path, stamp: tuple[int, ...]) -> duckdb.DuckDBPyConnection | str:
    """A connection, or why there can be none: found out once, and again when the file is another."""
    try:
        _check_sum(path)
        return connect(path)
    except Refused as refusal:
        return str(refusal)


def _check_sum(path: Path) -> None:
    written = sum_path(path)
    if written.exists() and written.read_text(encoding="utf-8", errors="replace") != sum_of(path):
        raise _damaged(path, f"its SHA-256 is not the one in {written.name}")


@lru_cache(maxsize=8)
def _warn(text: str) -> None:
    """Say something once, and not for every page."""
    logging.getLogger(__name__).warning(text)


class Store:
    """
    One build of the database, open for reading.

    `instead_of`: the build that `CURRENT` names, where it is damaged and the newest one kept before it is asked instead; `CURRENT` itself
        where it names none that is there and the newest is asked; else none. Whatever shows figures then has to say so.

    >>> Store(Path("nowhere"))
    Traceback (most recent call last):
    metrics.domain.Refused: there is no database in nowhere yet: run `python -m metrics build`
    """

    def __init__(self, database: Path):
        named, by_pointer = in_use(database)
        self.build, self._connection = opened(database, named)
        self.instead_of = POINTER if not by_pointer else named if self.build != named else None
        self._path = database / self.build

    def __eq__(self, other: object) -> bool:
        """Two doors to the same open build are one."""
        return isinstance(other, Store) and self._connection is other._connection

    def __hash__(self) -> int:
        return hash(id(self._connection))

    def ask(self, question: str, **parameters) -> pd.DataFrame:
        """
        The answer to one question of `metrics/store/sql/`, as a frame.

        `parameters`: its named parameters; `as_at` is the latest known where it is not given, and `known_on` is the same day as `as_at`.
        Raises Refused: the file has been damaged since it was built.
        """
        # A cursor for each call: threads that share a connection get each other's answers.
        try:
            with self._connection.cursor() as cursor:
                return answer(cursor, question, **parameters)
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise Refused(f"{self.build} was built by another version: run `python -m metrics build`", file=self._path) from error
        except duckdb.Error as error:
            if not isinstance(error, duckdb.IOException) and DAMAGED not in str(error):
                raise
            raise unreadable(self._path, error) from error

    def newest(self) -> date:
        """The day of the newest publication."""
        return self.ask("newest")["published"].iloc[0].date()

    def whole(self, question: str, **parameters) -> pd.DataFrame:
        """
        The same answer, asked once for as long as a build is open: a table that every page takes a part of.

        To ask for the rows of a page alone takes a frame of its own each time, and that longer than the question.
        """
        return _whole(self, question, **parameters)


@lru_cache(maxsize=24)
def _whole(store: Store, question: str, **parameters) -> pd.DataFrame:
    return texts_once(store.ask(question, **parameters))


def texts_once(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame to keep: a text that stands in a column ten thousand times is held once."""
    names = list(frame.select_dtypes("str"))
    return frame.astype(dict.fromkeys(names, "category")).astype(dict.fromkeys(names, "str"))


def answer(connection: duckdb.DuckDBPyConnection, question: str, **parameters) -> pd.DataFrame:
    """
    The answer to a question on a connection of one's own, with the days of `Store.ask` where they are not given.

    `judged` asks for figures to be judged: without the months that their publisher had not finished.
    """
    text = statement(question)
    if "$as_at" in text:
        parameters["as_at"] = parameters.get("as_at") or LATEST
    if "$known_on" in text:
        parameters.setdefault("known_on", parameters["as_at"])
    judged = parameters.pop("judged", False)
    if "$judged" in text:
        parameters["judged"] = judged
    return connection.execute(text, parameters).df()


def signals(chart_input: pd.DataFrame) -> pd.DataFrame:
    """
    Limits, rules and signals of every series at once, in one statement.

    `chart_input`: `series, ordinal, segment, value, in_baseline, judged, better, run_rules`.
    Returns: `series, ordinal, segment, value, centre, lower, upper, rule, signal`.
    """
    # A second thread would save a tenth of the time and take 20 MB more.
    with duckdb.connect(config={"threads": "1"}) as connection:
        connection.register("chart_input", chart_input)
        return connection.execute(statement("signals")).df()


@lru_cache(maxsize=32)
def statement(question: str) -> str:
    return (SQL / f"{question}.sql").read_text(encoding="utf-8")
