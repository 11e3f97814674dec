import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.periods import shift, span
from metrics.statistics.revisions import provisional, revisions, typical_revision


def published(rows, measure="crime", place="ealing"):
    frame = pd.DataFrame(rows, columns=["period", "published", "value"])
    return frame.assign(measure=measure, place=place)


THREE = published(
    [("2025-10", "2026-03-11", 327.0), ("2025-10", "2025-11-12", 312.0), ("2025-10", "2025-12-10", 320.0)]
)


def test_what_was_said_first_stands_beside_what_is_said_now():
    row = revisions(THREE).iloc[0]
    assert (row["first"], row["latest"], row["difference"], row["releases"]) == (312, 327, 15, 3)
    assert row["percent"] == pytest.approx(100 * 15 / 312)
    assert (str(row["first_published"].date()), str(row["latest_published"].date())) == ("2025-11-12", "2026-03-11")


def test_a_figure_published_once_is_not_revised():
    row = revisions(THREE.tail(1)).iloc[0]
    assert (row["difference"], row["percent"], row["releases"]) == (0, 0, 1)


def test_a_release_that_leaves_the_figure_out_does_not_unsay_it():
    missing = published([("2025-10", "2026-04-10", float("nan"))])
    assert revisions(pd.concat([THREE, missing])).iloc[0]["latest"] == 327


def test_nothing_is_a_percentage_of_nought():
    row = revisions(published([("2025-10", "2025-11-12", 0.0), ("2025-10", "2025-12-10", 2.0)])).iloc[0]
    assert row["difference"] == 2 and pd.isna(row["percent"])


def test_places_are_kept_apart():
    both = pd.concat([THREE, THREE.assign(place="brent", value=10.0)])
    assert revisions(both).set_index("place")["difference"].to_dict() == {"brent": 0, "ealing": 15}


def test_two_figures_for_one_cell_on_one_day_are_refused():
    with pytest.raises(ValueError, match="on one day"):
        revisions(pd.concat([THREE, THREE]))


def history(first, ages_and_values, months):
    rows = []
    for period in span(first, shift(first, months - 1)):
        rows += [(period, f"{shift(period, age)}-15", value) for age, value in ages_and_values]
    return published(rows)


def test_the_typical_revision_is_the_median_by_age_up_to_the_latest_figure():
    frame = history("2025-01", [(1, 100.0), (2, 104.0), (5, 106.0)], 7)
    typical = typical_revision(frame).set_index("age")
    assert typical.index.to_list() == [1, 2]
    assert typical["typical"].to_list() == pytest.approx([6.0, 100 * 2 / 104])
    assert typical["pairs"].to_list() == [7, 7]


def test_a_fall_counts_as_much_as_a_rise():
    rises = history("2024-01", [(1, 100.0), (3, 110.0)], 3)
    falls = history("2025-01", [(1, 100.0), (3, 90.0)], 3)
    assert typical_revision(pd.concat([rises, falls]))["typical"].to_list() == [10.0]


def test_one_great_revision_does_not_make_it_typical():
    usual = history("2024-01", [(1, 100.0), (3, 102.0)], 6)
    great = history("2025-01", [(1, 100.0), (3, 200.0)], 1)
    assert typical_revision(pd.concat([usual, great]))["typical"].to_list() == [2.0]


def test_five_pairs_are_too_few_to_call_a_revision_typical():
    frame = history("2025-01", [(1, 100.0), (2, 104.0)], 5)
    assert typical_revision(frame)["pairs"].to_list() == [5]
    assert typical_revision(frame)["typical"].isna().all()
    assert typical_revision(history("2025-01", [(1, 100.0), (2, 104.0)], 6))["typical"].to_list() == [4.0]


def test_the_latest_figure_has_not_been_revised_yet():
    assert typical_revision(THREE.tail(1)).empty


SERIES = pd.DataFrame({"period": ["2025-08", "2025-09", "2025-10", "2025-11"], "value": [300.0, 300.0, 300.0, 300.0]})
TYPICAL = pd.DataFrame({"age": [1, 2, 3], "typical": [4.0, 2.0, 1.9]})


def test_a_month_is_provisional_while_its_usual_revision_could_pass_for_a_movement():
    """A third of a mean moving range of 18 is 6, which is 2% of 300."""
    marks = provisional(SERIES, TYPICAL, as_at="2025-12", moving_range=18.0)["provisional"]
    assert marks.to_list()[1:] == [False, True, True]


def test_without_six_past_revisions_it_is_not_known():
    marks = provisional(SERIES, TYPICAL, as_at="2025-12", moving_range=18.0)["provisional"]
    assert marks.isna().to_list() == [True, False, False, False]
    nothing = provisional(SERIES, TYPICAL.head(0), as_at="2025-12", moving_range=18.0)
    assert nothing["provisional"].isna().all()


def test_a_later_period_or_two_series_at_once_are_refused():
    with pytest.raises(ValueError, match="after 2025-10"):
        provisional(SERIES, TYPICAL, as_at="2025-10", moving_range=18.0)
    with pytest.raises(ValueError, match="one series"):
        provisional(SERIES, pd.concat([TYPICAL, TYPICAL]), as_at="2025-12", moving_range=18.0)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(st.floats(1, 1000), min_size=1, max_size=8), st.randoms())
def test_the_order_of_the_rows_does_not_matter(values, random):
    rows = [("2025-01", f"2025-{month + 2:02d}-10", value) for month, value in enumerate(values)]
    frame = published(rows)
    before, mixed = frame.copy(), frame.sample(frac=1, random_state=random.randint(0, 99))
    pd.testing.assert_frame_equal(revisions(frame), revisions(mixed))
    pd.testing.assert_frame_equal(frame, before)
    assert revisions(frame)["difference"].iloc[0] == values[-1] - values[0]
