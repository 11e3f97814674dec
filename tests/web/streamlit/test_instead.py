"""Where the newest build is damaged, the one before answers, and every page says so."""

import shutil

import pytest

from metrics.store import in_use


@pytest.fixture
def damaged(served, tmp_path, monkeypatch):
    """The shipped figures, whole under one name and cut in half under the next, which is the one in use."""
    database = shutil.copytree(served.parent / "db", tmp_path / "db")
    whole = in_use(database)[0]
    newest = "000099-0123456789ab.duckdb"
    (database / newest).write_bytes((database / whole).read_bytes()[:1_000_000])
    checksum = (database / f"{whole}.sha256").read_text(encoding="utf-8")
    (database / f"{newest}.sha256").write_text(checksum.replace(whole, newest), encoding="utf-8")
    (database / "CURRENT").write_text(f"{newest}\n", encoding="utf-8")
    chosen = served.read_text(encoding="utf-8").replace("database: db", f"database: {database}")
    (tmp_path / "config.yaml").write_text(chosen, encoding="utf-8")
    return whole, newest


@pytest.mark.parametrize("page", ["", "plan", "method"])
def test_every_page_says_that_an_older_build_answers(visit, damaged, page, monkeypatch, tmp_path):
    monkeypatch.setenv("METRICS_CONFIG", str(tmp_path / "config.yaml"))
    whole, newest = damaged
    (warning,) = visit(page).warnings[:1]
    assert warning == f"The newest build, {newest}, cannot be read. These are the figures of {whole}, as at 31 August 2026."


def test_nothing_is_said_where_the_newest_build_answers(visit):
    assert visit("method").warnings == []
