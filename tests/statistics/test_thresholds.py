import pytest

from metrics.statistics.parameters import two_sided, z_of


def test_the_normal_quantiles_of_the_tables():
    assert z_of(0.95) == pytest.approx(1.959963985, rel=1e-9)
    assert z_of(0.998) == pytest.approx(3.090232306, rel=1e-9)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_is_a_share(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        z_of(confidence)


def test_both_sides_count():
    assert two_sided([-1.959963985, 0.0, 1.959963985]) == pytest.approx([0.05, 1, 0.05], rel=1e-8)
    assert two_sided(10.0) == pytest.approx(1.5239706e-23, rel=1e-6)
