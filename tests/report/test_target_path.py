"""The path to a published target: nothing is said of it across a break that forbids the comparison."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from metrics.definitions import definitions
from metrics.domain import Break, Target, periods
from metrics.narrative import Wording
from metrics.report.target_path import target_path

DATA = Path(__file__).parents[2] / "data"
KNOWN = definitions(DATA, "new-met-2023")
TARGET = Target(value=1000, by="2027-06", baseline_period="2023-06", baseline_value=1500, source="made up for this test")
BURGLARY = replace(KNOWN.measures["residential-burglary"], target=TARGET)
MONTHS = periods.span("2022-07", "2026-06")


def on_path(**broken):
    """Where a count of 100 a month stands on its way, with one break of these fields."""
    brk = Break("b", "2024-03", "b", "b", "refuse", (BURGLARY.id,), "made up for this test")
    answers = {BURGLARY.id: {"plan": {"low": -25.0, "high": -15.0}, "year": {"low": -5.0, "high": 5.0}}}
    snapshot = SimpleNamespace(
        known=replace(KNOWN, breaks=(replace(brk, **broken),)), wording=Wording(DATA / "wording.yaml"), answers=lambda place: answers,
        series=lambda measure, place: pd.DataFrame({"place": place, "period": MONTHS, "value": 100.0}),
    )
    return target_path(snapshot, BURGLARY, KNOWN.total).label


def test_nothing_is_said_of_a_path_across_a_break_that_forbids_the_comparison():
    assert on_path() == on_path(period="2026-06") == "not enough data"


@pytest.mark.parametrize("broken", [{"rule": "caution"}, {"touches": "areas"}, {"period": "2023-06"}, {"period": "2026-07"}])
def test_a_break_that_does_not_lie_between_or_forbids_nothing_leaves_the_path(broken):
    assert on_path(**broken) == "improving, on track"
