"""
The only door to DuckDB: one read-only connection for each build, a cursor for each question.

A build is a file that is never changed once it has its name; `CURRENT` names the one in use. Questions are
the files in `metrics/store/sql/`, each with its question in the first line. All values travel as parameters.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd
from duckdb import DuckDBPyConnection

from metrics.domain import Refused
from metrics.store.opening import POINTER, in_use, opened, unreadable

# Frames hold a hundred rows and are cut up often: texts as Python's own strings take a fifth less of a page's time than Arrow's.
pd.set_option("mode.string_storage", "python")

Ask = Callable[..., pd.DataFrame]
"""Answers a question of `metrics/store/sql/` by its name and parameters: `Store.ask`, or the same of a build in the making."""
SQL = Path(__file__).parent / "sql"
DAMAGED = "Corrupt database file"
LATEST = date(9999, 12, 31)


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


def answer(connection: DuckDBPyConnection, question: str, **parameters) -> pd.DataFrame:
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
