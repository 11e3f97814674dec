"""Reading an SQLite file that someone else made: opened so that nothing can be written, and only where it holds plain tables."""

import sqlite3
from contextlib import closing
from pathlib import Path

from metrics.domain import Refused

MAGIC = b"SQLite format 3\x00"


class Tables:
    """
    The plain tables of one SQLite file.

    Raises
    ------
    Refused
        The file is not SQLite, is damaged, or holds a view, a trigger or a virtual table.
    """

    def __init__(self, file: Path):
        self.file = file
        if file.read_bytes()[: len(MAGIC)] != MAGIC:
            raise Refused("not an SQLite file", file=file)
        kinds = self._ask("SELECT name, type, coalesce(sql, '') FROM sqlite_master WHERE type <> 'index'")
        odd = [name for name, kind, text in kinds if kind != "table" or text.upper().startswith("CREATE VIRTUAL")]
        if odd:
            raise Refused(f"holds more than plain tables: {', '.join(sorted(odd))}", file=file)
        self.names = {name for name, _, _ in kinds}

    def rows(self, statement: str, *values: str) -> list[tuple]:
        """
        The answer to one statement; whatever is sent along travels as a parameter.

        Raises
        ------
        Refused
            A table or column that the statement names is not there.
        """
        return self._ask(statement, *values)

    def _ask(self, statement: str, *values: str) -> list[tuple]:
        address = f"{self.file.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                database.execute("PRAGMA trusted_schema = OFF")
                return database.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise Refused(f"not an SQLite file that can be read ({error})", file=self.file) from error
