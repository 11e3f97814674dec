"""
The only door to DuckDB: one read-only connection for each build, a cursor for each question.

A build is a file that is never changed once it has its name; `CURRENT` names the one in use. Questions are
the files in `metrics/sql/`, each with its question in the first line. All values travel as parameters.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd

from metrics.model import Refused

Ask = Callable[..., pd.DataFrame]
"""Answers a question of `metrics/sql/` by its name and parameters: `Store.ask`, or the same of a build in the making."""
SQL = Path(__file__).parent.parent / "sql"
POINTER = "CURRENT"
DAMAGED = "Corrupt database file"
LATEST = date(9999, 12, 31)
LOCKED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "256MB",
    "threads": "2",
    "max_temp_directory_size": "0MB",
    "lock_configuration": "true",
}


class Store:
    """
    One build of the database, open for reading.

    Examples
    --------
    >>> Store(Path("nowhere"))
    Traceback (most recent call last):
    metrics.model.Refused: there is no database in nowhere yet: run `python -m metrics build`
    """

    def __init__(self, database: Path):
        self.build = current(database)
        self._path = database / self.build
        self._connection = _connect(self._path)

    def ask(self, question: str, **parameters) -> pd.DataFrame:
        """
        The answer to one question of `metrics/sql/`, as a frame.

        Parameters
        ----------
        question
            The name of the file without its ending.
        parameters
            Its named parameters; `as_at` is the latest known where it is not given.

        Raises
        ------
        Refused
            The file has been damaged since it was built.
        """
        # A cursor for each call: threads that share a connection get each other's answers.
        try:
            with self._connection.cursor() as cursor:
                return answer(cursor, question, **parameters)
        except duckdb.Error as error:
            if not isinstance(error, duckdb.IOException) and DAMAGED not in str(error):
                raise
            raise _unreadable(self._path, error) from error


def answer(connection: duckdb.DuckDBPyConnection, question: str, **parameters) -> pd.DataFrame:
    """The answer to a question on a connection of one's own; `as_at` is the latest known where it is not given."""
    text = _sql(question)
    if "$as_at" in text:
        parameters["as_at"] = parameters.get("as_at") or LATEST
    return connection.execute(text, parameters).df()


def signals(chart_input: pd.DataFrame) -> pd.DataFrame:
    """
    Limits, rules and signals of every series at once, in one statement.

    Parameters
    ----------
    chart_input
        `series, ordinal, segment, value, in_baseline, judged, better, run_rules`.

    Returns
    -------
    DataFrame
        `series, ordinal, segment, value, centre, lower, upper, rule, signal`.
    """
    with duckdb.connect(config={"threads": "2"}) as connection:
        connection.register("chart_input", chart_input)
        return connection.execute(_sql("signals")).df()


def current(database: Path) -> str:
    """
    The file name of the build in use.

    Raises
    ------
    Refused
        Nothing has been built yet, or the pointer names a file that is not there.
    """
    try:
        name = (database / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused(f"there is no database in {database} yet: run `python -m metrics build`") from error
    if not (database / name).is_file():
        raise Refused(f"{POINTER} names {name}, which is not there: run `python -m metrics build`", file=database / POINTER)
    return name


@lru_cache(maxsize=4)
def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(path, read_only=True, config=LOCKED)
    except duckdb.Error as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: duckdb.Error) -> Refused:
    said = str(error).splitlines()[0]
    return Refused(f"not a database that can be read ({said}): run `python -m metrics build --again`", file=path)


@lru_cache(maxsize=32)
def _sql(question: str) -> str:
    return (SQL / f"{question}.sql").read_text(encoding="utf-8")
