"""The newest figure of a survey, or window of a count, beside the same of each earlier year."""

import numpy as np
import pandas as pd
import pytest

from metrics.domain import periods
from metrics.statistics.baseline import usual_of
from metrics.statistics.count_answers import Counts, count_answers, count_changes, variance_factors
from metrics.statistics.level_answers import survey_answers, survey_changes
from metrics.statistics.questions import SINCE_PLAN, YEAR_BEFORE, PlanStart

START = PlanStart("2023-07")


def rolling(*rows) -> pd.DataFrame:
    figures = pd.DataFrame(rows, columns=["measure", "place", "period", "value", "base"])
    return figures.assign(deff=1.5, months=12)


YEARS = rolling(
    *[("trust", "all", f"{2022 + n}-12", value, 12800.0) for n, value in enumerate([52.0, 50.0, 49.0, 47.0])],
    *[("trust", "a", f"202{at}", value, 400.0) for at, value in [("2-09", 60.0), ("3-03", 55.0), ("4-09", 52.0), ("5-09", 58.0)]],
)


@pytest.mark.parametrize(
    ("value", "before", "base", "deff", "low", "high"),
    [(53, 49, 3200, 1.6, 1, 7), (49, 61, 400, 1.3, -20, -4), (52, 58, 100, 1.3, -21, 10)],
)
def test_the_ranges_a_resident_is_told(value, before, base, deff, low, high):
    pair = rolling(("trust", "a", "2022-12", before, base), ("trust", "a", "2023-12", value, base)).assign(deff=deff)
    change = survey_changes(pair, START, force="all").iloc[0]
    assert (round(change["low"]), round(change["high"])) == (low, high)
    assert (change["p"] < 0.05) == (low > 0 or high < 0)


def test_a_survey_goes_back_to_the_last_figure_before_the_plan_and_no_further():
    changes = survey_changes(YEARS, START, force="all")
    assert changes.loc[changes["place"] == "all", ["before_to", "change"]].round(9).values.tolist() == [
        ["2024-12", -2.0], ["2023-12", -3.0], ["2022-12", -5.0],
    ]
    own = changes[changes["place"] == "a"].set_index("before_to")["outcome"]
    assert own.to_dict() == {"2024-09": "compared", "2023-09": "no earlier figure", "2023-03": "compared"}
    last, answer = changes[changes["before_to"] == "2023-03"], survey_answers(YEARS, SINCE_PLAN, START, force="all")
    assert last[["low", "high"]].values.tolist() == answer.loc[answer["place"] == "a", ["low", "high"]].values.tolist()


def test_the_first_year_of_a_survey_is_the_answer_on_a_year_before():
    first = survey_changes(YEARS, START, force="all").head(2).drop(columns="question")
    pd.testing.assert_frame_equal(first, survey_answers(YEARS, YEAR_BEFORE, START, force="all"))


def counted() -> Counts:
    """Five years of one frequent, one rare and one very rare series, and their total."""
    months, chance = periods.span("2020-07", "2025-08"), np.random.default_rng(2023)
    drawn = {name: chance.poisson(mean, len(months)).astype(float) for name, mean in [("a", 80), ("b", 7), ("c", 2)]}
    grid = pd.DataFrame(drawn, index=months)
    grid = grid.assign(all=grid.sum(axis=1))
    return Counts(grid, usual_of(grid, total="all", first="2021-07", last="2023-06"), "all")


def test_the_first_year_of_counts_is_the_answer_on_a_year_before():
    counts = counted()
    factors = variance_factors(counts)
    first = count_changes(counts, START, factors=factors).head(4).drop(columns="question")
    pd.testing.assert_frame_equal(first, count_answers(counts, YEAR_BEFORE, START, factors=factors))


def test_the_last_of_the_changes_is_the_answer_since_the_plan():
    counts = counted()
    factors = variance_factors(counts)
    last = count_changes(counts, START, factors=factors).tail(4).drop(columns="question").reset_index(drop=True)
    pd.testing.assert_frame_equal(last, count_answers(counts, SINCE_PLAN, START, factors=factors))
    assert (last["now_from"] + last["before_from"]).tolist() == ["2024-092022-07"] * 4


def test_counts_go_back_to_the_first_year_before_the_plan_and_no_further():
    counts = counted()
    changes = count_changes(counts, START, factors=variance_factors(counts))
    compared = changes[changes["outcome"] == "compared"].groupby("place")["before_to"].agg(list)
    assert compared["a"] == ["2024-06", "2023-06"]
    assert compared["b"] == compared["c"] == ["2024-08", "2023-08", "2023-06"]
    plan = count_answers(counts, SINCE_PLAN, START, factors=variance_factors(counts)).set_index("place")
    last = changes[changes["before_to"] == "2023-06"].set_index("place")
    assert all(last.loc[rare, "low"] == plan.loc[rare, "low"] for rare in ("b", "c"))
    assert changes["before"].tolist()[0] == counts.published.loc["2024-04":"2024-06", "a"].sum()
