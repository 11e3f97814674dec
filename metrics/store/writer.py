"""
Writing a build: every release read strictly, checked, and put into a new file; then what is derived of them, part by part.

The file gets its name only when it is whole; until then the build before answers.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

from metrics.definitions.change_log import alone
from metrics.domain import TIDY, Refused
from metrics.durable_file import put, sync
from metrics.store import BUILD, POINTER, Ask, answer, connect, statement, sum_of, sum_path, texts_once

HEADER = ",".join(TIDY)
TEXT, PARQUET = "text", "parquet"
"""The forms that releases are kept in; each has a question of its own that reads them."""
KEPT = 3
READING, DERIVING = "300MB", "160MB"
"""How much DuckDB may hold in memory while releases are read, and while the rest of the process works on what they say."""
Derive = Callable[[Ask], Iterable[dict[str, pd.DataFrame]]]


def write(
    database: Path, digest: str, files: list[Path], tables: dict[str, pd.DataFrame], derive: Derive | None = None,
    *, apart: Sequence[Path] = (),
) -> str:
    """
    Build the database and make it current.

    `digest`: twelve hexadecimal digits of everything that went in; part of the file's name.
    `tables`: small tables by name: `part`, `place`, `known_series`, `redefined`, and `release` in the order of `files` and then of `apart`,
        its `number` from 0.
    `apart`: releases of other places than the force's: of them it is only counted what each changed.
    `derive`: given a function that answers questions of the figures just written, gives more tables by name, part by part: the rows of a
        name that comes again go below those before.
    Raises Refused: a release that cannot be read strictly, a repeated cell, an unknown name, or no room on the disk. The build before stays
        current.
    """
    for file in _kinds(files)[TEXT]:
        _check_header(file)
    with alone(folder(database)):
        name = _written(database, digest, partial(_fill, files=files, apart=apart, tables=tables, derive=derive))
        _tidy_up(database, name)
    return name


def _written(database: Path, digest: str, fill: Callable[[Path], None]) -> str:
    """A new build under the next number, pointed to; the process that builds holds the folder, so that no older one can come after it."""
    unfinished = database / f"unfinished-{os.getpid()}.duckdb"
    try:
        _discard(unfinished)
        fill(unfinished)
        name = f"{_number(database) + 1:06d}-{digest}.duckdb"
        _settle(unfinished, database / name)
        _put(database / POINTER, f"{name}\n")
    except duckdb.Error as error:
        raise Refused(_reason(error)) from error
    except OSError as error:
        raise Refused(f"the database could not be written ({error.strerror}); the one before stays in use", file=database) from error
    finally:
        _discard(unfinished)
    return name


def folder(database: Path) -> Path:
    """The folder of builds, made where it is not there, readable by the server."""
    try:
        if not database.is_dir():
            database.mkdir(parents=True, exist_ok=True)
            database.chmod(0o755)
    except OSError as error:
        raise Refused(f"no folder for the database can be made ({error.strerror})", file=database) from error
    return database


def _check_header(file: Path) -> None:
    with file.open(encoding="utf-8") as lines:
        if lines.readline().rstrip("\r\n") != HEADER:
            raise Refused(f"the header is not {HEADER}", file=file, line=1)


def _fill(path: Path, files: list[Path], apart: Sequence[Path], tables: dict[str, pd.DataFrame], derive: Derive | None) -> None:
    with duckdb.connect(path, config={"autoinstall_known_extensions": "false", "memory_limit": READING}) as connection:
        _add(connection, tables | {"origin": _origins([*files, *apart])})
        connection.execute(statement("vocabulary"))
        kinds = {kind: [str(file) for file in those] for kind, those in _kinds(files).items() if those}
        for kind, names in kinds.items():
            _name_files(connection, kind, names)
            connection.execute(statement("cell"))
        _check(connection, kinds)
        connection.execute(statement("build"))
        connection.execute(statement("release_change"))
        connection.execute("DROP TABLE cell; DROP TABLE wanted")
        _count_apart(connection, apart)
        connection.execute(statement("release_counted"))
        connection.execute("DROP TABLE origin")
        connection.execute("SET memory_limit = $limit", {"limit": DERIVING})
        _append(connection, derive(partial(_asked, connection)) if derive else [])
        connection.execute("CHECKPOINT")


def _count_apart(connection: duckdb.DuckDBPyConnection, apart: Sequence[Path]) -> None:
    """What each release of other places changed of those before it."""
    connection.execute("CREATE TEMP TABLE cell (number SMALLINT, series VARCHAR, place VARCHAR, period VARCHAR, value DOUBLE)")
    for kind, names in _kinds(apart).items():
        if names:
            _name_files(connection, kind, [str(name) for name in names])
            connection.execute(statement("cell_apart"))
    connection.execute(statement("release_change"))
    connection.execute("DROP TABLE cell")


def _asked(connection: duckdb.DuckDBPyConnection, question: str, **parameters) -> pd.DataFrame:
    return texts_once(answer(connection, question, **parameters))


def _add(connection: duckdb.DuckDBPyConnection, tables: dict[str, pd.DataFrame]) -> None:
    for name, table in tables.items():
        connection.from_df(table).create(name)


def _append(connection: duckdb.DuckDBPyConnection, parts: Iterable[dict[str, pd.DataFrame]]) -> None:
    """Each part is written before the next is made; an empty table has no say in what a column holds, unless none has a row."""
    columns: dict[str, list[str]] = {}
    empty = {}
    for name, table in ((name, table) for part in parts for name, table in part.items()):
        if not len(table):
            empty[name] = table
        elif name in columns:
            connection.from_df(table[columns[name]]).insert_into(name)
        else:
            _add(connection, {name: table})
            columns[name] = list(table)
    _add(connection, {name: table for name, table in empty.items() if name not in columns})


def _origins(files: list[Path]) -> pd.DataFrame:
    """The release files by number, in the order of the table of releases."""
    return pd.DataFrame({"number": range(len(files)), "file": [str(file) for file in files]}).astype({"number": "int16"})


def _kinds(files: Sequence[Path]) -> dict[str, list[Path]]:
    """The release files of text, and those of Parquet."""
    packed = [file for file in files if file.suffix == ".parquet"]
    return {TEXT: [file for file in files if file not in packed], PARQUET: packed}


def _name_files(connection: duckdb.DuckDBPyConnection, kind: str, names: list[str]) -> None:
    """From now on `written` is what these files of one form say."""
    connection.execute("SET VARIABLE files = $files", {"files": names})
    connection.execute(statement(f"written_{kind}"))


def _check(connection: duckdb.DuckDBPyConnection, kinds: dict[str, list[str]]) -> None:
    if connection.execute(statement("unusable")).fetchall() != [(0,)]:
        file, *cell, value = next(row for kind, names in kinds.items() for row in _unusable(connection, kind, names))
        raise Refused(f"{', '.join(map(str, cell))}: a name is not known or {value} is no figure", file=file, line=_line(file, cell, 1))
    repeated = connection.execute(statement("repeated")).fetchall()
    if repeated:
        file, *cell = repeated[0]
        raise Refused(f"{', '.join(cell)} stands twice", file=file, line=_line(file, cell, 2))


def _unusable(connection: duckdb.DuckDBPyConnection, kind: str, names: list[str]) -> list[tuple]:
    """The first row of files of one form that cannot be used; none where every row can."""
    _name_files(connection, kind, names)
    return connection.execute(statement("unusable_row")).fetchall()


def _line(file: str, cell: list[str], occurrence: int) -> int | None:
    """The line of a release of text on which a cell stands for the given time."""
    if Path(file).suffix == ".parquet":
        return None
    wanted, seen = ",".join(cell) + ",", 0
    with Path(file).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            seen += line.startswith(wanted)
            if seen == occurrence:
                return number
    return None


def _settle(unfinished: Path, final: Path) -> None:
    if Path(f"{unfinished}.wal").exists():
        raise Refused("the build left a write-ahead log behind: it is not whole", file=unfinished)
    sync(unfinished)
    _read_back(unfinished)
    unfinished.chmod(0o444)
    os.replace(unfinished, final)
    sync(final.parent)
    _put(sum_path(final), sum_of(final))


def _read_back(unfinished: Path) -> None:
    """Ask for every value of every table: what cannot be read is never pointed to."""
    with connect(unfinished) as connection:
        for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            connection.table(table).aggregate("max(COLUMNS(*))").fetchall()


def _put(path: Path, text: str) -> None:
    put(path, text.encode(), beside=path.with_name(f"unfinished-{os.getpid()}.{path.name}.part"))


def _number(database: Path) -> int:
    """The highest number any build here has had: a path is never used twice."""
    return max((int(build[1]) for path in database.iterdir() if (build := BUILD.fullmatch(path.name))), default=0)


def _tidy_up(database: Path, name: str) -> None:
    """Keep the last builds for going back; clear what a killed build left."""
    builds = sorted(path for path in database.iterdir() if BUILD.fullmatch(path.name) and path.name <= name)
    old = [path for build in builds[:-KEPT] for path in (build, sum_path(build))]
    for path in [*old, *(path for path in database.glob("unfinished-*") if not _is_running(path))]:
        _remove(path)


def _is_running(unfinished: Path) -> bool:
    """Whether the process that writes an unfinished build is still there."""
    try:
        os.kill(int(unfinished.name.split("-")[1].split(".")[0]), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _discard(path: Path) -> None:
    for leftover in (path, Path(f"{path}.wal"), Path(f"{path}.tmp"), *path.parent.glob(f"{path.stem}.*.part")):
        _remove(leftover)


def _remove(leftover: Path) -> None:
    """A file, or the folder that DuckDB keeps what it has no memory for in while a build is made."""
    if leftover.is_dir():
        shutil.rmtree(leftover)
    else:
        leftover.unlink(missing_ok=True)


def _reason(error: duckdb.Error) -> str:
    """DuckDB's own words for a bad row, brought to one line: file, line, reason."""
    text = str(error)
    line, file = re.search(r"Line: (\d+)", text), re.search(r"file = (\S+)", text) or re.search(r'file "([^"]+)"', text)
    first = text.splitlines()[0]
    where = f"{Path(file[1]).name}, line {line[1]}: " if line and file else ""
    return f"{where}{first}; the database before stays in use"
