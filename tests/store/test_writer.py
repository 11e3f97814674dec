"""What is derived while a build is written: part by part, each below the one before."""

import duckdb
import pandas as pd

from metrics.store.writer import _append, _tidy_up


def table(*rows: tuple[str, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["place", "value"]).astype({"place": "str", "value": float})


def test_parts_of_a_name_stand_in_order_whatever_the_order_of_their_columns():
    parts = [{"answer": table(("a", 1.0), ("b", 2.5))}, {"other": table(("x", 0.0))}, {"answer": table(("c", 3.0))[["value", "place"]]}]
    with duckdb.connect() as connection:
        _append(connection, parts)
        assert connection.table("answer").fetchall() == [("a", 1.0), ("b", 2.5), ("c", 3.0)]


def test_an_empty_part_has_no_say_in_what_a_column_holds():
    nothing = pd.DataFrame({"place": pd.Series(dtype=object), "value": pd.Series(dtype=object)})
    with duckdb.connect() as connection:
        _append(connection, [{"answer": nothing}, {"answer": table(("a", 1.5))}, {"answer": nothing}, {"figure": nothing}])
        assert connection.table("answer").fetchall() == [("a", 1.5)]
        assert connection.table("figure").columns == ["place", "value"] and not connection.table("figure").fetchall()


def test_a_part_is_written_before_the_next_is_made():
    seen = []
    with duckdb.connect() as connection:

        def parts():
            yield {"answer": table(("a", 1.0))}
            seen.extend(connection.table("answer").fetchall())

        _append(connection, parts())
    assert seen == [("a", 1.0)]


def test_what_a_killed_build_left_is_cleared_whatever_it_had_no_memory_for(tmp_path):
    spilled = tmp_path / "unfinished-999999999.duckdb.tmp"
    spilled.mkdir()
    for left in (spilled / "duckdb_temp_storage-0.tmp", tmp_path / "unfinished-999999999.duckdb"):
        left.touch()
    _tidy_up(tmp_path, "000001-0123456789ab.duckdb")
    assert list(tmp_path.iterdir()) == []
