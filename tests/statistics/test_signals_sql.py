"""The one statement for every series gives what the pure functions give for each."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.periods import shift
from metrics.statistics import parameters
from tests.reference.individuals_chart import with_limits
from tests.reference.special_causes import with_signals

SQL = (Path(__file__).parents[2] / "metrics/store/sql/signals.sql").read_text()
GOLDEN = Path(__file__).parents[1] / "golden"
FACE = """CREATE TABLE chart_input(series VARCHAR, ordinal INTEGER, segment INTEGER, value DOUBLE,
    in_baseline BOOLEAN, judged BOOLEAN, better VARCHAR, run_rules BOOLEAN)"""

levels = st.integers(-3, 3)
spikes = st.sampled_from([-60, 60, 7, 1000])
numbers = st.one_of(levels, levels, levels, spikes, st.none(), st.floats(-100, 100))
steady = st.builds(lambda level, many: [level] * many, st.integers(0, 3), st.integers(1, 12))
ramp = st.builds(lambda start, step, many: [start + step * n for n in range(many)],
                 st.integers(-5, 5), st.sampled_from([-2, -1, 1, 0.1]), st.integers(6, 9))
stretches = st.lists(st.one_of(steady, ramp, st.lists(numbers, max_size=12)), min_size=1, max_size=5)


@st.composite
def one_series(draw) -> pd.DataFrame:
    value = [number for stretch in draw(stretches) for number in stretch] or [1.0]
    many = len(value)
    gaps = draw(st.lists(st.sampled_from([1, 1, 1, 1, 1, 1, 1, 1, 3]), min_size=many, max_size=many))
    gaps[:2] = [0, 1][:many]  # two neighbours, so that the usual step is one period
    cuts = draw(st.lists(st.sampled_from([0] * 12 + [1]), min_size=many, max_size=many))
    marks = st.lists(st.sampled_from([True, True, True, False]), min_size=many, max_size=many)
    return pd.DataFrame({
        "ordinal": np.cumsum(gaps), "segment": np.cumsum(cuts), "value": pd.Series(value, dtype=float),
        "in_baseline": draw(marks) if draw(st.booleans()) else [True] * many,
        "judged": draw(marks) if draw(st.booleans()) else [True] * many,
        "better": draw(st.sampled_from(["higher", "lower", "neither"])), "run_rules": draw(st.booleans())})


def asked(charts: pd.DataFrame) -> pd.DataFrame:
    """The statement's answer, from a table that holds the rows in another order."""
    with duckdb.connect() as connection:
        connection.execute(FACE)
        connection.execute("INSERT INTO chart_input BY NAME SELECT * FROM charts ORDER BY value, ordinal")
        return connection.execute(SQL).df()


def computed(frame: pd.DataFrame) -> pd.DataFrame:
    dated = frame.assign(period=[shift("2001-01", int(ordinal)) for ordinal in frame["ordinal"]])
    limited = with_limits(dated, baseline=frame["in_baseline"].to_numpy())
    return with_signals(limited, better=frame["better"].iloc[0], run_rules=bool(frame["run_rules"].iloc[0]))


def assert_same(charts: pd.DataFrame) -> None:
    columns = ["series", "ordinal", "segment", "value", "centre", "lower", "upper", "rule", "signal"]
    pure = pd.concat([computed(frame) for _, frame in charts.groupby("series")])[columns]
    pd.testing.assert_frame_equal(
        asked(charts), pure.reset_index(drop=True), check_dtype=False, rtol=1e-9, atol=1e-9)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(drawn=st.lists(one_series(), min_size=1, max_size=10))
def test_the_statement_agrees_with_the_pure_functions(drawn):
    assert_same(pd.concat([frame.assign(series=f"s{place}") for place, frame in enumerate(drawn)]))


@pytest.mark.parametrize("numbers", [
    (0, 3267, 4000, 4000, 4000), (0, 3266, 4000, 4000, 4000), [0] * 9 + [9],
    [0, 2] * 6 + [0.5, 1.2, 2, 3, 4.6, 5, 6], [0, 2] * 6 + [2, 2, 4.6, 2, 4.6, 2, 2],
    [0, 2] * 6 + [1] * 8])
def test_the_statement_agrees_at_the_edges(numbers):
    assert_same(pd.DataFrame({
        "series": "edge", "ordinal": range(len(numbers)), "segment": 0, "value": np.array(numbers, dtype=float),
        "in_baseline": np.arange(len(numbers)) < 12, "judged": True, "better": "higher", "run_rules": True}))


@pytest.mark.parametrize("better", ["higher", "lower", "neither"])
def test_the_statement_agrees_on_steady_noise(better):
    noise = np.random.default_rng(7)
    charts = pd.concat([pd.DataFrame({
        "series": f"s{place:02d}", "ordinal": np.arange(72), "segment": 0,
        "value": noise.poisson(20 + 10 * (np.arange(72) > 60), 72).astype(float),
        "in_baseline": np.arange(72) < 24, "judged": np.arange(72) > 5, "better": better, "run_rules": True})
        for place in range(40)])
    assert_same(charts)
    assert set(asked(charts)["rule"]) >= {"none", "astronomical", "two_of_three", "shift"}


def test_the_statement_gives_what_plot_the_dots_gives():
    trusts = pd.read_csv(GOLDEN / "nhs-three-trusts.csv")
    charts = pd.DataFrame({
        "series": trusts["org_code"], "ordinal": trusts.groupby("org_code").cumcount(), "segment": 0,
        "value": trusts["value"].astype(float), "in_baseline": True, "judged": True, "better": "lower",
        "run_rules": True})
    given_back = asked(charts)
    np.testing.assert_allclose(given_back[["centre", "lower", "upper"]], trusts[["mean", "lpl", "upl"]], rtol=1e-9)
    published = trusts["point_type"].str.removeprefix("special_cause_").replace("common_cause", "none")
    assert given_back["signal"].to_list() == published.to_list()


def test_the_statement_uses_the_numbers_of_the_method():
    chosen = SQL[SQL.index("WITH chosen AS (") + 16 : SQL.index("\n),")]
    with duckdb.connect() as connection:
        used = connection.execute(chosen).df().iloc[0].to_dict()
    assert used == {name: getattr(parameters, name.upper()) for name in used}
    assert len(used) == 7


def test_the_statement_opens_with_its_question():
    assert SQL.startswith("-- ")
    assert SQL.splitlines()[0].endswith("?")
