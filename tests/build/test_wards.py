"""Wards in the build: figures that add up, answers that few events do not make, and none at all where no ward is known."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from metrics.build.wards import ANSWER, LEVEL, ward_tables
from metrics.ingest import releases
from metrics.store import answer

DATA = Path(__file__).parents[2] / "data"
DAY = date(2026, 8, 31)


def wards_alone(question: str, **parameters) -> pd.DataFrame:
    """Answers what is asked of a ward's release; of areas nothing is known."""
    if question == "rows_of_release":
        return answer(duckdb.connect(), question, **parameters)
    return pd.DataFrame({"period": pd.Series(dtype=str), "value": pd.Series(dtype=float)})


@pytest.fixture(scope="module")
def ward_releases():
    every = releases.all_of(DATA, "recorded-crime-ward")
    return [(release, releases.path_of(DATA, release.dataset, release.published)) for release in every]


@pytest.fixture(scope="module")
def robbery(shipped_definitions, ward_releases):
    known = replace(shipped_definitions, measures={name: shipped_definitions.measures[name] for name in ("personal-robbery", "rape")})
    return ward_tables(known, ward_releases, wards_alone, DAY)


def test_the_newest_release_gives_the_newest_12_months(robbery, ward_releases):
    level, newest = robbery["ward_level"], releases.rows(DATA, ward_releases[-1][0])
    rows = newest[newest["measure"].eq("personal-robbery") & newest["period"].between("2025-04", "2026-03")]
    assert set(level["measure"]) == {"personal-robbery"} and len(level) == 679
    assert level["count"].sum() == rows["value"].sum()
    assert set(level["first"] + level["last"]) == {"2025-042026-03"}


def test_a_rate_lies_between_the_wards_own_and_its_boroughs(robbery):
    level = robbery["ward_level"]
    outer = level[["rate", "area_rate"]]
    assert ((level["drawn"] >= outer.min(axis=1) - 1e-9) & (level["drawn"] <= outer.max(axis=1) + 1e-9)).all()
    assert (level["low"] <= level["drawn"]).all() and (level["drawn"] <= level["high"]).all()


def test_fewer_than_ten_events_make_no_answer(robbery):
    answers = robbery["ward_answer"]
    few = answers["now"] + answers["before"] < 10
    assert few.any() and set(answers.loc[few, "verdict"]) == {"not enough data"}
    assert answers.loc[~few, "verdict"].ne("not enough data").all()


def test_the_area_beside_is_its_own_wards_added_up(robbery, shipped_definitions):
    answers = robbery["ward_answer"]
    codes = [ward.code for ward in shipped_definitions.wards.values() if ward.area == "sutton"]
    there = answers[answers["place"].isin(codes) & answers["question"].eq("year")]
    assert set(there["area_now"]) == {there["now"].sum()}


def test_without_releases_the_tables_are_there_and_empty(shipped_definitions):
    tables = ward_tables(shipped_definitions, [], wards_alone, DAY)
    assert {name: list(table) for name, table in tables.items()} == {"ward_level": LEVEL, "ward_answer": ANSWER}
    assert not len(tables["ward_level"])
