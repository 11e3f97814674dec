"""The rules of a claim check, on made figures that lie just on one side of each rule."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from metrics.claims.checking import check
from metrics.claims.claim import Amount, Claim, Period
from metrics.claims.evidence import Held
from metrics.domain import Break, Measure, Place, periods

COUNT = Measure("m", "M", "?", "crime", "proposed", "count", "lower", "count", ("force", "area"), "d", "o", rate="residents")
SURVEY = replace(COUNT, unit="percent", kind="survey_rolling_year", better="higher", rate=None)
STOCK = replace(COUNT, kind="stock", better="higher", rate=None)
SUTTON = Place("sutton", "Sutton", "area")
YES, PARTLY, NO, CANNOT = "supported", "partly supported", "not supported", "cannot be checked"
MONTHS = periods.span("2022-07", "2026-06")
COLUMNS = ["against", "change", "low", "high"]


def series(values, base=400.0) -> pd.DataFrame:
    return pd.DataFrame({"value": values, "base": base, "residents": 200_000.0}, index=MONTHS[-len(values):], dtype=float)


def held(measure=COUNT, values=None, against=(), breaks=(), meetings=(), **found) -> Held:
    """Twenty a month for three years, ten a month in the fourth; a clear fall of a half, between 30% and 60%."""
    values = [20.0] * 36 + [10.0] * 12 if values is None else values
    finding = {"outcome": "compared", "verdict": "clear improvement", "now": 30.0, "before": 60.0, "change": -50.0, "low": -60.0,
               "high": -30.0, "first": "2026-04", "last": "2026-06", "signal": -1, "method": "rate ratio"} | found
    rows = pd.DataFrame(list(against), columns=COLUMNS)
    return Held(measure, SUTTON, date(2026, 8, 31), finding, rows, series(values), breaks=tuple(breaks), plan_before="2023-06",
                meetings=tuple(meetings))


def surveyed(**found) -> Held:
    """Trust at 60 for three years and then at 50: down 10 points, between 3 and 17."""
    return held(SURVEY, [60.0] * 36 + [50.0] * 12, **{"verdict": "clear worsening", "now": 50.0, "before": 60.0, "change": -10.0,
                "low": -17.0, "high": -3.0, "first": "2026-06", "last": "2026-06", "signal": 0} | found)


def said(way="down", size=None, unit="percent", near=0.5, bound="exact", **more) -> Claim:
    amount = None if size is None else Amount(size, unit, near, bound)
    return Claim("a claim", "m", "sutton", way, amount, **more)


def since(first: str, last: str = "") -> Period:
    return Period("since", first, last or first)


def rules(checked) -> list[str]:
    return [grade.reason for grade in checked.reasons]


def test_a_clear_change_supports_its_own_way_only():
    assert [check(said(way), held()).outcome for way in ("down", "up", "none", "better", "worse")] == [YES, NO, NO, YES, NO]


def test_better_and_worse_are_what_the_measure_declares():
    neither = held(replace(COUNT, better="neither"))
    assert [check(said(way), neither).outcome for way in ("better", "down")] == [CANNOT, YES]
    assert [check(said(way), held(replace(COUNT, better="higher"))).outcome for way in ("better", "worse")] == [NO, YES]


def test_a_possible_change_supports_in_part_at_most():
    assert check(said("down"), held(verdict="possible change")).outcome == PARTLY
    assert check(said("down", 50.0), held(verdict="possible change")).outcome == PARTLY
    assert check(said("up"), held(verdict="possible change")).outcome == NO
    assert check(said("none"), held(verdict="possible change")).outcome == NO


def test_what_stands_out_goes_before_the_numbers_and_has_no_size():
    low = {"verdict": "possible change", "signal": 1, "low": -60.0, "high": 5.0}
    assert [check(said(way), held(**low)).outcome for way in ("up", "down")] == [PARTLY, NO]
    assert check(said("up", 50.0), held(**low)).outcome == NO
    assert check(said("up", period=Period("year ago")), held(**low)).outcome == NO


def test_two_ways_at_once_are_each_a_support_in_part():
    both = held(verdict="possible change", signal=1)
    assert [rules(check(said(way), both)) for way in ("up", "down")] == [["mixed"], ["mixed"]]


def test_numbers_that_chance_could_draw_support_nothing():
    chance = held(verdict="no clear change", low=-60.0, high=5.0)
    assert rules(check(said("down"), chance)) == ["chance"]
    assert rules(check(said("up"), chance)) == ["other way"]
    assert check(said("down", 50.0), chance).outcome == NO
    assert check(said("none"), chance).outcome == PARTLY
    assert check(said("none", clearly=True), chance).outcome == YES


@pytest.mark.parametrize(("size", "outcome"), [
    (50.0, YES), (50.5, YES), (49.6, YES), (49.5, PARTLY), (50.6, PARTLY), (31.0, PARTLY), (60.0, PARTLY), (61.0, NO), (29.0, NO),
])
def test_a_size_must_round_to_the_figures_and_lie_in_the_range(size, outcome):
    assert check(said("down", size), held()).outcome == outcome


def test_a_half_rounds_up():
    assert [check(said("down", size), held(now=30.0, before=60.3)).outcome for size in (50.0, 51.0)] == [YES, PARTLY]
    assert [Amount(6, "percent", 0.5).holds(figure) for figure in (5.5, 6.4999, 6.5, 5.4999)] == [True, True, False, False]


def test_bounds_are_one_sided():
    every = [(bound, size) for bound in ("at least", "at most") for size in (20.0, 40.0, 55.0, 65.0)]
    outcomes = [check(said("down", size, bound=bound), held()).outcome for bound, size in every]
    assert outcomes == [YES, YES, PARTLY, NO, NO, PARTLY, YES, YES]


def test_a_number_of_offences_is_held_against_the_difference():
    assert check(said("down", 30.0, "number"), held()).outcome == YES
    assert rules(check(said("down", 31.0, "number"), held())) == ["other size"]


def test_a_size_of_twelve_months_is_a_support_in_part_where_no_time_was_said():
    figures = held(values=[20.0] * 36 + [15.0] * 9 + [10.0] * 3)
    claim = said("down", 31.25, near=0.005)
    assert rules(check(claim, figures)) == ["size of other months"]
    assert rules(check(replace(claim, period=since("2024-06")), figures)) != ["size of other months"]


def test_another_baseline_stands_by_its_own_range():
    row = ("2023-06", -50.0, -60.0, -30.0)
    clear, chance = held(against=[row]), held(against=[(*row[:3], 4.0)])
    claim = said("down", period=since("2023-07"))
    assert (check(claim, clear).outcome, check(claim, chance).outcome) == (YES, NO)
    assert check(replace(claim, way="up"), clear).outcome == NO
    assert check(replace(claim, period=Period("plan")), clear).outcome == YES
    assert check(replace(claim, period=since("2023-01", "2023-12")), clear).outcome == YES
    assert check(replace(claim, period=Period("back", months=36)), clear).outcome == YES


def test_a_range_that_touches_no_change_holds_it():
    claim = said("down", period=since("2023-06"))
    outcomes = [check(claim, held(against=[("2023-06", -50.0, -60.0, high)])).outcome for high in (-0.001, 0.0)]
    assert outcomes == [YES, NO]
    risen = held(values=[10.0] * 36 + [20.0] * 12, against=[], verdict="no clear change", now=60.0, before=30.0)
    rows = [replace(risen, against=pd.DataFrame([("2023-06", 100.0, low, 200.0)], columns=COLUMNS)) for low in (0.001, 0.0)]
    assert [check(replace(claim, way="up"), figures).outcome for figures in rows] == [YES, NO]


def test_a_baseline_that_the_finding_contradicts_is_a_support_in_part():
    risen = {"verdict": "clear worsening", "now": 60.0, "before": 50.0, "change": 20.0, "low": 5.0, "high": 30.0, "signal": 1}
    figures = held(values=[40.0] * 12 + [20.0] * 36, against=[("2023-06", -50.0, -60.0, -30.0)], **risen)
    checked = check(said("down", period=since("2023-06")), figures)
    assert (checked.outcome, rules(checked)) == (PARTLY, ["contradicted"])


def test_the_year_before_is_judged_by_the_finding_and_not_by_its_range_alone():
    figures = held(verdict="no clear change", against=[("2025-06", -50.0, -60.0, -30.0)])
    assert check(said("down", period=since("2025-06")), figures).outcome == NO


def test_a_comparison_that_nothing_tested_supports_in_part_at_most():
    within = Period("within", "2025-07", "2025-12")
    figures = held(values=[20.0] * 30 + [10.0] * 18)
    assert rules(check(said("down", period=within), figures)) == ["least"]
    assert [check(said("down", size, period=within), figures).outcome for size in (50.0, 45.0)] == [PARTLY, NO]
    assert check(said("up", period=within), figures).outcome == NO
    slight = held(values=[20.0] * 36 + [19.0] * 12)
    assert rules(check(said("down", period=Period("within", "2025-07", "2026-06")), slight)) == ["chance"]


def test_few_events_are_never_a_change_of_their_own():
    figures = held(values=[2.0] * 42 + [0.5] * 6)
    assert rules(check(said("down", period=Period("within", "2026-01", "2026-06")), figures)) == ["few"]


def test_a_time_that_is_not_held_cannot_be_checked():
    for period in (Period("within", "2021-01", "2021-12"), Period("within", "2026-07", "2026-07"), Period("within", "2022-08", "2022-08"),
                   Period("meeting"), since("2010-01"), Period("back", months=120)):
        assert check(said("down", period=period), held()).outcome == CANNOT


def test_a_break_that_forbids_comparing_counts_from_its_own_month():
    refuse = Break("b", "2025-04", "B", "n", "refuse", ("m",), "s")
    claim = said("down", period=Period("within", "2026-04", "2026-06"))
    rows = held(against=[], breaks=[refuse], verdict="clear improvement")
    assert check(claim, rows).outcome == YES
    later = replace(rows, breaks=(replace(refuse, period="2025-05"),))
    assert rules(check(claim, later)) == ["break"]
    caution = replace(rows, breaks=(replace(refuse, period="2025-05", rule="caution"),))
    assert check(claim, caution).outcome == YES


def test_a_measure_without_figures_or_with_too_few_cannot_be_checked():
    assert rules(check(said(), held(outcome="no figures"))) == ["no figures"]
    assert rules(check(said(), held(outcome="too few", verdict="not enough data"))) == ["too few"]
    nothing = held(outcome="not enough data", verdict="not enough data", before=float("nan"))
    assert rules(check(said(), nothing)) == ["not enough"]
    assert rules(check(said(), held(outcome="cannot be compared", verdict="cannot be compared"))) == ["break"]


def test_points_are_of_surveys():
    assert [check(said("down", size, "points"), surveyed()).outcome for size in (10.0, 11.0, 18.0)] == [YES, PARTLY, NO]
    assert check(said("down", period=since("2024-06")), surveyed()).outcome == YES
    few = replace(surveyed(), series=series([60.0] * 36 + [50.0] * 12, base=20.0))
    assert check(said("down", period=since("2024-06")), few).outcome == NO


def test_everyone_in_post_is_counted_and_one_in_a_hundred_is_a_change():
    for now, verdict, outcome in ((990.0, "clear worsening", YES), (991.0, "no clear change", PARTLY), (1000.0, "no clear change", NO)):
        figures = held(STOCK, [1000.0] * 36 + [now] * 12, verdict=verdict, now=now, before=1000.0, change=now - 1000, low=-1.0, high=-1.0,
                       first="2026-06", last="2026-06", signal=0)
        assert check(said("down"), figures).outcome == outcome
        assert check(said("down", period=since("2025-06")), figures).outcome == outcome
        assert check(said("down", period=since("2024-01")), figures).outcome == outcome


@pytest.mark.parametrize(("level", "period", "outcome"), [
    (180.0, Period("within", "2025-01", "2025-12"), YES), (181.0, Period("within", "2025-01", "2025-12"), NO),
    (10.0, Period("within", "2026-06", "2026-06"), YES), (10.0, Period("within", "2026-07", "2026-07"), CANNOT),
    (60.0, Period("within", "2026-01", "2026-12"), YES), (60.0, Period("within", "2025-01", "2025-03"), YES),
    (120.0, Period("newest year"), YES), (30.0, Period("newest quarter"), YES),
])
def test_a_number_is_the_figure_of_just_its_months(level, period, outcome):
    claim = said("", level=Amount(level, "number", 0.5), period=period)
    assert check(claim, held()).outcome == outcome


def test_a_rate_is_per_thousand_residents_over_twelve_months():
    rate = Amount(0.6, "per_1000", 0.05)
    assert check(said("", level=rate, period=Period("newest year")), held()).outcome == YES
    assert check(said("", level=rate, period=Period("newest quarter")), held()).outcome == CANNOT
    assert check(said("", level=rate), surveyed()).outcome == CANNOT


def test_numbers_and_change_are_judged_apart():
    numbers = {"start": Amount(60.0, "number", 0.5), "level": Amount(30.0, "number", 0.5)}
    chance = held(verdict="no clear change", low=-60.0, high=5.0)
    assert [check(said("down", **numbers), figures).outcome for figures in (held(), chance)] == [YES, PARTLY]
    wrong = numbers | {"start": Amount(70.0, "number", 0.5)}
    assert [check(said("down", **wrong), figures).outcome for figures in (held(), chance)] == [PARTLY, NO]


def test_a_number_of_another_measure_is_said_to_be():
    other = (replace(SURVEY, id="other", title="Other"), series([44.0] * 48))
    figures = replace(surveyed(), others=(other,))
    claim = said("", level=Amount(44.0, "percent", 0.5))
    assert rules(check(claim, figures)) == ["mistaken"]
    assert rules(check(replace(claim, level=Amount(45.0, "percent", 0.5)), figures)) == ["other number"]
    assert check(replace(claim, level=Amount(50.0, "percent", 0.5)), figures).outcome == YES


def test_a_cause_takes_full_support_away_and_never_gives_any():
    chance = held(verdict="no clear change", low=-60.0, high=5.0)
    assert [check(said("down", cause="thanks to"), figures).outcome for figures in (held(), chance)] == [PARTLY, NO]
    assert check(said("down", cause="thanks to"), held(outcome="no figures")).outcome == CANNOT


def test_what_is_beyond_needs_no_figures():
    assert check(said(beyond=("rank", "safest")), None).outcome == CANNOT
