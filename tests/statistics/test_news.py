import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.periods import shift, span
from metrics.statistics.news import split_since


def known(first, values):
    return pd.DataFrame({"period": span(first, shift(first, len(values) - 1)), "value": values})


def test_nothing_new_and_nothing_restated_is_no_change():
    figures = known("2024-01", [10] * 14)
    split = split_since(figures, figures, "a", "a")
    assert (split.total, split.new, split.corrections, split.definitions) == (0, 0, 0, 0)


def test_new_months_come_in_and_old_ones_go_out():
    split = split_since(known("2024-01", [10] * 12), known("2024-01", [10] * 12 + [15, 16]), "a", "a")
    assert (split.then_span, split.now_span) == (("2024-01", "2024-12"), ("2024-03", "2025-02"))
    assert (split.total, split.new, split.corrections, split.definitions) == (11, 11, 0, 0)


def test_a_restated_month_is_a_correction_and_never_a_change():
    split = split_since(known("2024-01", [26] * 12), known("2024-01", [26] * 11 + [41]), "a", "a")
    assert (split.then, split.now, split.new, split.corrections) == (312, 327, 0, 15)


def test_a_month_that_has_left_is_corrected_before_it_leaves():
    split = split_since(known("2024-01", [10] * 12), known("2024-01", [12] + [10] * 12), "a", "a")
    assert (split.total, split.new, split.corrections) == (0, -2, 2)


def test_months_counted_under_another_definition_are_not_corrections():
    now = {period: "b" if period >= "2024-07" else "a" for period in span("2024-01", "2024-12")}
    split = split_since(known("2024-01", [10] * 12), known("2024-01", [11] * 12), "a", now)
    assert (split.corrections, split.definitions, split.new) == (6, 6, 0)


def test_a_month_known_then_and_not_now_is_refused():
    with pytest.raises(ValueError, match="no figure for 2024-01"):
        split_since(known("2024-01", [10] * 12), known("2024-02", [10] * 12), "a", "a")


def test_a_gap_or_a_month_without_a_definition_is_refused():
    figures = known("2024-01", [10] * 12)
    with pytest.raises(ValueError, match="no figure for 2024-03"):
        split_since(figures.drop(index=2), figures, "a", "a")
    with pytest.raises(ValueError, match="no definition named for 2024-12"):
        split_since(figures, figures, "a", dict.fromkeys(span("2024-01", "2024-11"), "a"))
    with pytest.raises(ValueError, match="no figures"):
        split_since(figures.head(0), figures, "a", "a")


counts = st.integers(0, 10**7)
generations = st.sampled_from("abc")


@settings(deadline=None, derandomize=True)
@given(st.data(), st.integers(1, 12), st.integers(0, 6), st.integers(0, 14))
def test_the_three_parts_sum_to_the_total_to_the_unit(data, window, older, later):
    then = data.draw(st.lists(counts, min_size=older + window, max_size=older + window))
    now = data.draw(st.lists(counts, min_size=len(then) + later, max_size=len(then) + later))
    months = span("2022-06", shift("2022-06", len(now) - 1))
    named = [data.draw(st.lists(generations, min_size=len(now), max_size=len(now))) for _ in range(2)]
    definitions = [dict(zip(months, names, strict=True)) for names in named]
    split = split_since(known("2022-06", then), known("2022-06", now), *definitions, window)
    assert split.new + split.corrections + split.definitions == split.total == sum(now[-window:]) - sum(then[-window:])
    assert split.new == sum(now[-window:]) - sum(now[older : older + window])
    if definitions[0] == definitions[1]:
        assert split.definitions == 0
