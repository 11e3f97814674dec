"""How long until a real change would be told: checked against counts drawn at random."""

import numpy as np
import pytest

from metrics.statistics.comparisons import difference_p, log_ratio
from metrics.statistics.questions import LONGEST_QUARTERS, POWER, windows_for, years_for


@pytest.mark.parametrize(("level", "fall", "extra"), [(300, 0.2, 1.0), (300, 0.1, 1.0), (900, 0.1, 2.3)])
def test_after_so_many_quarters_four_real_changes_in_five_are_told(level, fall, extra):
    random = np.random.default_rng(1)
    needed = float(np.exp(1.959964 * np.sqrt(extra * 2 / level)))
    quarters = windows_for(needed, -fall)

    def share_clear(many):
        draws = [extra * random.poisson(many * mean / extra, 4000) for mean in (level * (1 - fall), level)]
        return float(np.mean(log_ratio(draws[0], draws[1], (1.0, 1.0), extra)[2] < 0))

    assert share_clear(quarters) >= POWER - 0.03
    assert quarters == 1 or share_clear(quarters - 1) < POWER + 0.03


def test_after_so_many_years_four_real_changes_in_five_of_a_survey_are_told():
    random = np.random.default_rng(2)
    base, before, points = 267, 0.5, 10.0
    needed = 100 * 1.959964 * np.sqrt(2 * before * (1 - before) / base)
    years = years_for(needed, points)
    people = years * base
    draws = [random.binomial(people, share, 4000) / people for share in (before - points / 100, before)]
    p = difference_p(draws[0], people, draws[1], people)
    assert np.mean(np.asarray(p) < 0.05) >= POWER - 0.03


def test_a_change_too_small_to_wait_for_has_no_number():
    assert windows_for(2.0, -0.1) is None
    assert windows_for(1.05, -0.1) <= LONGEST_QUARTERS
    assert years_for(30.0, 5.0) is None


def test_a_fall_shows_sooner_than_a_rise_of_the_same_share_and_more_variation_later():
    assert windows_for(1.2, -0.3) <= windows_for(1.2, 0.3)
    assert windows_for(1.1, -0.1) < windows_for(1.2, -0.1)


@pytest.mark.parametrize(("needed", "change"), [(1.0, -0.1), (0.9, -0.1), (1.2, 0.0), (1.2, -1.0), (float("nan"), -0.1)])
def test_what_cannot_be_asked_is_refused(needed, change):
    with pytest.raises(ValueError, match="are needed"):
        windows_for(needed, change)


def test_points_of_nothing_are_refused():
    with pytest.raises(ValueError, match="points above zero"):
        years_for(5.0, 0.0)
