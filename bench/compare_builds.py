"""
Whether two builds say the same, to the last digit: every table of one database against the same table of another.

    python bench/compare_builds.py OLD.duckdb NEW.duckdb

Prints a line a table, and ends with status 1 where any row differs. Tables that one of them lacks are named and not compared.
"""

import sys

import duckdb


def main(old: str, new: str) -> int:
    """Compare every table that both hold."""
    with duckdb.connect() as database:
        for name, path in (("old", old), ("new", new)):
            database.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        tables = {name: _tables(database, name) for name in ("old", "new")}
        different = [_compare(database, table) for table in sorted(tables["old"] & tables["new"])]
    for name in sorted(tables["old"] ^ tables["new"]):
        print(f"{name}: in one of them only")
    return int(any(different))


def _tables(database: duckdb.DuckDBPyConnection, name: str) -> set[str]:
    rows = database.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [name]).fetchall()
    return {row[0] for row in rows}


def _compare(database: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Rows of each that the other lacks, over the columns that both have."""
    shared = [row[0] for row in database.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ? GROUP BY ALL HAVING count(*) = 2 ORDER BY 1", [table]
    ).fetchall()]
    columns = ", ".join(f'"{name}"' for name in shared)
    counts = []
    for this, other in (("old", "new"), ("new", "old")):
        query = f"SELECT count(*) FROM (SELECT {columns} FROM {this}.{table} EXCEPT ALL SELECT {columns} FROM {other}.{table})"
        counts.append(database.execute(query).fetchone()[0])
    print(f"{table}: {counts[0]} rows of the old one only, {counts[1]} of the new one only")
    return any(counts)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
