"""The two answers: complete, computed again by hand from the releases, and blind to what came later."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from metrics import definitions
from metrics.build.answers import COLUMNS, EMPTY, answers
from metrics.build.database import build, judged_dates
from metrics.domain import periods
from metrics.ingest.releases import all_of
from metrics.statistics.questions import QUESTIONS
from metrics.statistics.verdict import ANSWERS, CLEAR
from metrics.store import Store
from tests.conftest import ROOT

REASONS = {
    "compared", "too few", "no figures", "gap", "no earlier figure", "no baseline", "not begun", "too soon", "no base",
    "spread unknown", "cannot be compared",
}


@pytest.fixture(scope="module")
def store(served) -> Store:
    return Store(served.parent / "db")


@pytest.fixture(scope="module")
def known():
    return definitions.definitions(ROOT / "data", "new-met-2023")


@pytest.fixture(scope="module")
def kept(store, known) -> pd.DataFrame:
    """The answers of every date that the build keeps."""
    dates = judged_dates(all_of(ROOT / "data"), known)
    return pd.concat([store.ask("answers", as_at=day) for day in dates], ignore_index=True)


@pytest.fixture(scope="module")
def newest(kept) -> pd.DataFrame:
    return kept[kept["as_at"] == kept["as_at"].max()].set_index(["measure", "place", "question"]).sort_index()


def test_every_measure_place_and_day_has_both_answers(kept, known):
    places = ["london", *(area.id for area in known.areas)]
    every = pd.MultiIndex.from_product([list(known.measures), places, QUESTIONS])
    for _, day in kept.groupby("as_at"):
        assert sorted(zip(day["measure"], day["place"], day["question"], strict=True)) == sorted(every)
    assert list(kept.columns) == COLUMNS
    assert kept[[name for name in EMPTY if name != "as_at"]].notna().all(axis=None)


def test_both_answers_stand_among_the_changes_from_every_baseline(store, newest, known):
    strips = store.ask("against", as_at=newest["as_at"].iloc[0])
    tested = newest["outcome"].eq("compared") & newest["method"].isin(["rate ratio", "exact", "score interval"])
    tested = newest[tested & newest[["change", "low", "high"]].notna().all(axis=1)].reset_index()
    both = strips.merge(tested, on=["measure", "place", "question"], suffixes=("", "_answer"))
    assert len(both) == len(tested) == strips["question"].isin(QUESTIONS).sum() > 1600
    assert (both["months"] == [periods.between(*ends) + 1 for ends in zip(both["now_from"], both["now_to_answer"], strict=True)]).all()
    assert (both["against"] == both["before_to"]).all()
    for name in ("now_to", "change", "low", "high", "linked"):
        assert (both[name] == both[f"{name}_answer"]).all(), name


def test_a_baseline_between_the_answers_keeps_its_window(store, newest):
    strips = store.ask("against", as_at=newest["as_at"].iloc[0]).set_index(["measure", "place"])
    year = strips[strips["question"] == "year"]
    between = strips[strips["question"] == ""].join(year[["now_to", "months"]].add_suffix("_year"), how="inner")
    assert len(between) > 500 and all((between[name] == between[f"{name}_year"]).all() for name in ("now_to", "months"))
    assert not strips.set_index(["against", "months"], append=True).index.duplicated().any()


def test_words_come_from_closed_sets_and_every_change_has_its_direction(kept):
    assert set(kept["verdict"]) <= set(ANSWERS)
    assert set(kept["outcome"]) <= REASONS
    clear = kept["verdict"].isin(CLEAR)
    assert (clear == kept["direction"].isin(["up", "down"])).all()
    assert (kept.loc[clear, "outcome"] == "compared").all()
    shown = kept[clear & kept["change"].notna()]
    assert ((shown["change"] > 0) == (shown["direction"] == "up")).all()
    assert ((shown["low"] > 0) | (shown["high"] < 0) | (shown["low"] == shown["high"])).all()


def test_windows_are_of_one_length_and_of_the_same_months(kept):
    compared = kept[(kept["outcome"] == "compared") & (kept["method"].isin(["rate ratio", "exact"]))]
    for row in compared[["question", "now_from", "now_to", "before_from", "before_to"]].drop_duplicates().itertuples():
        assert periods.between(row.now_from, row.now_to) == periods.between(row.before_from, row.before_to)
        assert row.before_to < row.now_from
        if row.question == "year":
            assert periods.between(row.before_to, row.now_to) == 12
        else:
            assert (row.before_from, row.before_to) == ("2022-07", "2023-06")


def test_a_percentage_never_stands_on_fewer_than_thirty(kept):
    counted = kept["method"].isin(["rate ratio", "exact"])
    few = kept[["now", "before"]].min(axis=1) < 30
    assert kept.loc[counted & few, "small"].all()
    assert kept.loc[kept["small"], ["change", "low", "high", "control"]].isna().all(axis=None)


def test_the_whole_force_is_never_linked_and_no_area_break_is_named_for_it(kept):
    force = kept[kept["place"] == "london"]
    assert not force["linked"].any()
    assert not force["breaks"].str.contains("unknown").any()
    assert kept.loc[kept["place"] != "london", "linked"].any()


def test_a_signal_reaches_into_the_newest_months(kept):
    signals = kept[kept["signal"] != ""]
    assert len(signals) > 500
    apart = [periods.between(at, end) for at, end in zip(signals["signal_at"], signals["now_to"], strict=True)]
    assert (pd.Series(apart, signals.index) < signals["signal_step"].map({"month": 3, "quarter": 12})).all()


def test_an_area_refused_across_a_break_shows_no_signal(newest):
    rape = newest.xs("rape").reset_index().set_index("place")
    areas = rape.drop(index="london")
    assert not areas["signal"].any() and not areas["signal_charted"].any() and areas["signal_luck"].isna().all()
    assert (rape.loc["london", "signal_luck"] > 0).all()


def test_luck_is_of_places_with_a_chart_of_their_own(newest):
    """The whole force's homicides are charted by the quarter, though no area's are."""
    london = newest.xs("london", level="place").xs("year", level="question")
    assert london.loc["homicide", "signal_charted"] == 0 and london.loc["homicide", "signal_luck"] > 0
    areas = newest.drop(index="london", level="place").xs("year", level="question")
    by_measure = areas.groupby("measure")
    assert (by_measure["signal_luck"].count() == by_measure["signal_charted"].first()).all()
    assert by_measure["signal_luck"].sum().to_numpy() == pytest.approx(by_measure["signal_by_luck"].first().fillna(0).to_numpy())


def test_recorded_rape_is_refused_across_the_break_in_an_area_and_not_in_the_force(newest):
    rape = newest.loc["rape"].xs("plan", level="question")
    assert rape.loc["london", "outcome"] == "compared"
    assert set(rape.drop(index="london")["outcome"]) == {"cannot be compared"}
    assert set(rape.drop(index="london")["refused_by"]) == {"unknown-borough-share"}


def test_shoplifting_since_the_plan_is_no_longer_only_possible(newest):
    row = newest.loc[("shoplifting", "london", "plan")]
    assert (row["verdict"], row["direction"], row["before_to"]) == ("clear worsening", "up", "2023-06")
    assert row["now"] > 1.8 * row["before"]


def test_another_plan_is_answered_for_the_newest_day_with_its_own_launch(store, known):
    plan, day = known.plans["new-met-2025"], store.newest()
    rows = store.ask("answers_of_plan", plan=plan.id, place="london", as_at=day)
    assert rows["measure"].to_list() == sorted(known.measures) and set(rows["question"]) == {"plan"}
    assert list(rows.drop(columns="plan")) == COLUMNS
    counts = rows[rows["outcome"].eq("compared") & rows["method"].eq("rate ratio")]
    assert len(counts) > 5 and set(counts["before_from"] + counts["before_to"]) == {"2024-042025-03"}
    robbery = rows.set_index("measure").loc["personal-robbery"]
    months = store.ask("series", measure="personal-robbery", place="london").set_index("period")["value"]
    assert robbery["now"] == months.loc["2025-07":"2026-06"].sum() and robbery["before"] == months.loc["2024-04":"2025-03"].sum()
    assert rows.set_index("measure").loc["knife-crime", "outcome"] == "too soon"


def test_the_answers_of_another_plan_are_those_of_a_build_that_follows_it(store, known):
    day = store.newest()
    following = answers(store.ask, replace(known.following("new-met-2025"), measures={"stalking": known.measures["stalking"]}), day)
    same = ["now", "before", "low", "high", "p", "verdict", "signal_since"]
    there = following[following["question"].eq("plan")].set_index("place")
    for place in ("london", "sutton", "westminster"):
        rows = store.ask("answers_of_plan", plan="new-met-2025", place=place, as_at=day).set_index("measure")
        row, wanted = rows.loc["stalking"], there.loc[place]
        assert row["outcome"] == "compared" and row["low"] < row["change"] < row["high"]
        assert [row[name] for name in same] == [wanted[name] for name in same]


def test_no_other_day_and_not_the_plan_followed_is_kept_among_the_other_plans(store):
    assert store.ask("answers_of_plan", plan="new-met-2025", place="london", as_at=date(2023, 8, 7)).empty
    assert store.ask("answers_of_plan", plan="new-met-2023", place="london", as_at=date(2026, 8, 31)).empty


def test_parts_of_a_measure_say_so(newest):
    assert set(newest.loc["police-officers"]["part_of"]) == {"officers-pcsos"}
    assert set(newest.loc["all-crime"]["part_of"]) == {""}


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
