"""
Whether the days between rare events say more than "too few to tell": a simulation, nothing of it from real places.

Events fall at random on the days of seven years: five that set what is usual, then two that are as before, twice or half as frequent. A
t chart (Nelson 1994: days between events to the power 1 / 3.6, limits three sigma from the moving ranges of the first five years, and
eight in a row on one side) and the exact comparison of the last 12 months with the 12 before the change are asked once, two years on.
Printed is how many of a thousand places each would point at. Figures as published name the month of an event and not its day, so a
chart drawn from them would be weaker than the one tried here.
"""

import sys

import numpy as np
from scipy.stats import binomtest

SEED, PLACES = 20230807, 1000
YEARS_BEFORE, YEARS_AFTER, DAYS = 5, 2, 365
EVENTS_A_YEAR = (2, 4, 8, 16)
CHANGES = {"as before": 1.0, "twice": 2.0, "half": 0.5}
POWER, SIGMAS, RUN = 1 / 3.6, 3.0, 8
MOVING_RANGE = 1.128
LEVEL = 0.05
WORTH = 0.5
FALSE_ALLOWED = 0.05


def main() -> int:
    """Print a row for each frequency and change, and whether the chart is worth showing."""
    chance = np.random.default_rng(SEED)
    print("events a year  change     t chart   12 months")
    shares = {(rate, name): _shares(chance, rate, times) for rate in EVENTS_A_YEAR for name, times in CHANGES.items()}
    for (rate, name), (chart, compared) in shares.items():
        print(f"{rate:13d}  {name:9s} {chart:8.1%} {compared:10.1%}")
    worth = [rate for rate in EVENTS_A_YEAR if shares[rate, "as before"][0] <= FALSE_ALLOWED and shares[rate, "twice"][0] >= WORTH]
    print(f"worth showing ({FALSE_ALLOWED:.0%} of places as before at most, {WORTH:.0%} of those doubled at least): {worth or 'none'}")
    return 0


def _shares(chance: np.random.Generator, rate: float, times: float) -> tuple[float, float]:
    """Of places with `rate` events a year before and `times` as many after: the share that the chart, and the comparison, points at."""
    pointed = [(_on_chart(before, after), _compared(before, after)) for before, after in _places(chance, rate, times)]
    return tuple(np.mean(pointed, axis=0))


def _places(chance: np.random.Generator, rate: float, times: float):
    """The days of the events of each place, before the change and after it, counted from the first."""
    for _ in range(PLACES):
        before = np.sort(chance.uniform(0, YEARS_BEFORE * DAYS, chance.poisson(rate * YEARS_BEFORE)))
        after = np.sort(chance.uniform(0, YEARS_AFTER * DAYS, chance.poisson(rate * times * YEARS_AFTER)))
        yield before, after + YEARS_BEFORE * DAYS


def _on_chart(before: np.ndarray, after: np.ndarray) -> bool:
    """Whether a gap after the change lies beyond the limits, or eight in a row lie on one side of the usual."""
    usual = np.diff(before) ** POWER
    if len(usual) < 2 or not len(after):
        return False
    gaps = np.diff(np.concatenate([before[-1:], after])) ** POWER
    centre, sigma = usual.mean(), np.abs(np.diff(usual)).mean() / MOVING_RANGE
    sides = np.sign(gaps - centre)
    run = any(abs(sides[at : at + RUN].sum()) == RUN for at in range(len(sides) - RUN + 1))
    return bool(run or (np.abs(gaps - centre) > SIGMAS * sigma).any())


def _compared(before: np.ndarray, after: np.ndarray) -> bool:
    """Whether the last 12 months differ from the last 12 before the change by more than chance."""
    then = int((before >= (YEARS_BEFORE - 1) * DAYS).sum())
    now = int((after >= (YEARS_BEFORE + YEARS_AFTER - 1) * DAYS).sum())
    return then + now > 0 and binomtest(now, then + now, 0.5).pvalue < LEVEL


if __name__ == "__main__":
    sys.exit(main())
