"""What is answered as at a day rests on what had been published by then, and on nothing else."""

from datetime import date

import pandas as pd
import pytest

from metrics.build.answers import answers
from metrics.build.database import build
from metrics.definitions import definitions
from metrics.store import Store
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def store(served) -> Store:
    """The shipped build."""
    return Store(served.parent / "db")


@pytest.fixture(scope="module")
def known():
    """The shipped definitions."""
    return definitions(ROOT / "data", "new-met-2023")


def test_what_was_known_on_a_day_is_not_changed_by_what_came_later(store, known, tmp_path):
    day = date(2024, 2, 29)
    data = tmp_path / "data"
    for path in sorted((ROOT / "data").rglob("*")):
        if path.is_file() and not (path.parent.parent.name == "releases" and path.stem > str(day)):
            copy = data / path.relative_to(ROOT / "data")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    build(data, tmp_path / "db", known, judge=False)
    then = answers(Store(tmp_path / "db").ask, known, day)
    pd.testing.assert_frame_equal(answers(store.ask, known, day), then)


def test_dates_without_a_publication_between_them_know_the_same(store, known):
    days = [date(2024, 3, 1), date(2024, 5, 30)]
    assert not [day for day in store.ask("publications")["published"] if days[0] < day.date() <= days[1]]
    first, second = (answers(store.ask, known, day).drop(columns="as_at") for day in days)
    pd.testing.assert_frame_equal(first.drop(columns="stale"), second.drop(columns="stale"))
    assert (first["stale"] <= second["stale"]).all()


def test_before_anything_was_published_nothing_is_said(store, known):
    rows = answers(store.ask, known, date(2020, 1, 1))
    assert set(rows["verdict"]) == {"not enough data"}
    assert set(rows["outcome"]) == {"no figures"}
    assert len(rows) == len(known.measures) * 33 * 2
