"""Would today's process meet its target: the table of the method, line by line."""

import pytest

from metrics.statistics.capability import ASSURANCES, assurance


def judge(target, better="higher", points=24, shifted=False, lower=80.0, upper=90.0):
    return assurance(lower, upper, target, better=better, baseline_points=points, shifted=shifted)


@pytest.mark.parametrize(("target", "better", "expected"), [
    (91, "higher", "keeps_missing"), (91, "lower", "keeps_meeting"),
    (79, "higher", "keeps_meeting"), (79, "lower", "keeps_missing"),
    (85, "higher", "hit_or_miss"), (85, "lower", "hit_or_miss")])
def test_a_target_is_met_always_never_or_sometimes(target, better, expected):
    assert judge(target, better) == expected


@pytest.mark.parametrize("target", [80, 90])
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_target_on_a_limit_is_hit_or_miss(target, better):
    assert judge(target, better) == "hit_or_miss"


def test_without_a_direction_a_target_limits_or_twelve_points_there_is_no_answer():
    assert judge(91, "neither") == judge(None) == judge(float("nan")) == judge(91, points=11) == "none"
    assert judge(91, lower=float("nan"), upper=float("nan")) == "none"
    assert judge(91, points=12) == "keeps_missing"


def test_limits_from_before_a_shift_say_so():
    assert judge(91, shifted=True) == "keeps_missing_limits_predate_change"
    assert judge(None, shifted=True) == "none"


def test_the_answers_are_a_closed_set():
    found = {judge(target, better, shifted=shifted) for target in (None, 79, 85, 91)
             for better in ("higher", "lower", "neither") for shifted in (False, True)}
    assert found == set(ASSURANCES)


def test_an_undeclared_direction_is_refused():
    with pytest.raises(ValueError, match="'up'"):
        judge(91, "up")
