"""The rules of a claim check, on made figures that lie just on one side of each rule."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.claims.claim import Amount, Claim, Period
from metrics.claims.figures import Figures
from metrics.claims.judging import UNSETTLED, judge
from metrics.domain import Break, Measure, SingleFigure, periods

COUNT = Measure("m", "M", "?", "crime", "proposed", "count", "lower", "count", ("force", "area"), "d", "o", rate="residents")
SURVEY = replace(COUNT, unit="percent", kind="survey_rolling_year", better="higher", rate=None)
STOCK = replace(COUNT, kind="stock", better="higher", rate=None)
YES, PARTLY, NO, CANNOT = "supported", "partly supported", "not supported", "cannot be checked"
MONTHS = periods.span("2022-07", "2026-06")
PLAN = ("2025-07", "2026-06"), ("2022-07", "2023-06")
FALL = [400.0] * 36 + [200.0] * 12
STEADY = [400.0] * 48


def series(values, base=400.0, residents=200_000.0) -> dict:
    return {month: (value, base, residents) for month, value in zip(MONTHS[-len(values):], values, strict=True)}


def row(window, then, now, before, verdict="clear improvement", direction="down", low=-60.0, high=-40.0) -> dict:
    return {"now_from": window[0], "now_to": window[1], "before_from": then[0], "before_to": then[1], "now": now, "before": before,
            "verdict": verdict, "direction": direction, "low": low, "high": high, "linked_now": now, "linked_before": before}


def quarter(*args, **more) -> dict:
    return row(("2026-04", "2026-06"), ("2025-04", "2025-06"), *args, **more)


def since_plan(months: dict) -> dict:
    """The newest 12 months against the 12 before the launch: give or take 10 in 100, and clear beyond that."""
    now, before = (sum(months[month][0] for month in periods.span(*window)) for window in PLAN)
    if now + before < 10:
        return row(*PLAN, now, before, "not enough data", "", float("nan"), float("nan"))
    percent = 100 * (now / before - 1)
    direction = "up" if percent > 10 else "down" if percent < -10 else ""
    return row(*PLAN, now, before, f"clear {direction}" if direction else "no clear change", direction, percent - 10, percent + 10)


def figures(values=None, measure=COUNT, breaks=(), meetings=(), year=None, **places) -> Figures:
    """A fall by half in the newest of four years, clear in the quarter as well; a place named otherwise has its own months."""
    year = quarter(600.0, 1200.0) if year is None else year
    figures = {"all": series(FALL if values is None else values)} | {name: series(months) for name, months in places.items()}
    answers = {name: {"year": year if name == "all" else quarter(1200.0, 1200.0, "no clear change", "", -5.0, 5.0)} for name in figures}
    for name, months in figures.items():
        answers[name] |= {"plan": since_plan(months)} if len(months) == len(MONTHS) else {}
    return Figures(measure, date(2026, 8, 31), figures, answers, tuple(breaks), "2023-06", {"all": tuple(meetings)}, total="all")


def surveyed(now=50.0, base=400.0) -> Figures:
    year = row(("2026-06",) * 2, ("2025-06",) * 2, now, 60.0, "clear worsening", "down", now - 67, now - 53)
    figures = {"all": series([60.0] * 36 + [now] * 12, base), "other": series([60.0] * 48, base)}
    return Figures(SURVEY, date(2026, 8, 31), figures, {"all": {"year": year}}, plan_before="2023-06", total="all")


def staffed(now: float) -> Figures:
    answers = {"plan": row(("2026-06",) * 2, ("2023-07",) * 2, now, 1000.0, direction="")}
    staff = {"all": series([1000.0] * 36 + [now] * 12)}
    return Figures(STOCK, date(2026, 8, 31), staff, {"all": answers}, plan_before="2023-06", total="all")


def claim(way="down", size=None, unit="percent", near=0.5, bound="exact", text="50%", **more) -> Claim:
    amount = None if size is None else Amount(size, unit, near, bound, text)
    return Claim("a claim", "m", "all", way, amount, **more)


def outcome(*args, **more) -> str:
    return judge(*args, **more).outcome


def rules(judged) -> list[str]:
    return [grade.reason for grade in judged.grades]


CHANCE = quarter(1000.0, 1200.0, "no clear change", "", -45.0, 10.0)


def test_a_clear_change_supports_its_own_way_only():
    assert [outcome(claim(way), figures()) for way in ("down", "up", "none", "better", "worse")] == [YES, NO, NO, YES, NO]


def test_better_and_worse_are_what_the_measure_declares():
    neither = figures(measure=replace(COUNT, better="neither"))
    assert [outcome(claim(way), neither) for way in ("better", "down")] == [CANNOT, YES]
    assert [outcome(claim(way), figures(measure=replace(COUNT, better="higher"))) for way in ("better", "worse")] == [NO, YES]


def test_a_number_that_a_page_gives_like_for_like_is_a_figure_too():
    shared = dict.fromkeys(MONTHS[:12], 4911.3 / 12) | dict.fromkeys(MONTHS[12:], 200.0)
    some = replace(figures(), linked={"all": shared}, link=("2024-03", "2024-10"))
    starts = [Amount(number, "number", 0.5, "exact", str(number)) for number in (4800, 4911, 4912)]
    level = Amount(2400, "number", 0.5, "exact", "2,400")
    stood = [judge(claim("down", period=Period("plan"), start=start, level=level), some) for start in starts]
    assert [judged.outcome for judged in stood] == [YES, YES, PARTLY]
    assert [[reason for reason in rules(judged) if reason in ("both published", "like for like", "other numbers")] for judged in stood] == [
        ["both published"], ["like for like"], ["other numbers"],
    ]


def test_numbers_that_chance_could_draw_support_nothing():
    wide = figures([400.0] * 45 + [390.0] * 3, year=quarter(1170.0, 1200.0, "no clear change", "", -20.0, 20.0))
    assert rules(judge(claim("down"), wide)) == ["chance"]
    assert rules(judge(claim("up"), wide)) == ["other way"]
    assert outcome(claim("none"), wide) == PARTLY
    assert outcome(claim("none", clearly=True), wide) == YES


def test_twelve_months_are_tried_as_well_as_the_quarter():
    values = [400.0] * 36 + [100.0] * 9 + [390.0] * 3
    some = figures(values, year=quarter(1170.0, 1200.0, "no clear change", "", -20.0, 20.0))
    assert rules(judge(claim("down"), some)) == ["other months"]
    assert outcome(claim("down"), some) == PARTLY
    assert outcome(claim("down", period=Period("newest year")), some) == YES
    assert outcome(claim("down", period=Period("newest quarter")), some) == NO


def test_of_an_area_twelve_months_alone_support_a_part_for_it_is_one_of_many():
    area = figures(STEADY, area=[400.0] * 36 + [100.0] * 12)
    assert outcome(replace(claim("down", period=Period("newest year")), place="area"), area) == PARTLY


def test_what_is_clear_by_itself_but_not_among_many_areas_stands_in_part():
    among_many = figures(STEADY, year=quarter(600.0, 1200.0, "no clear change", "", -60.0, -5.0))
    assert rules(judge(claim("down", period=Period("newest quarter")), replace(among_many, series={"all": series(FALL)}))) == ["among many"]


def test_since_the_plan_is_against_the_year_before_it():
    assert outcome(claim("down", 50.0, period=Period("plan")), figures()) == YES
    assert outcome(claim("up", period=Period("plan")), figures()) == NO
    slow = figures([400.0] * 12 + [200.0] * 36, year=quarter(600.0, 600.0, "no clear change", "", -10.0, 10.0))
    assert outcome(claim("down"), slow) == PARTLY
    assert outcome(claim("down", period=Period("plan")), slow) == YES
    assert outcome(claim("down", period=Period("year ago")), slow) == NO


def test_a_change_that_another_comparison_contradicts_stands_in_part():
    values = [200.0] * 12 + [800.0] * 24 + [400.0] * 12
    assert rules(judge(claim("down"), figures(values, year=quarter(1200.0, 2400.0)))) == ["contradicted"]


@pytest.mark.parametrize(("size", "expected"), [
    (50.0, YES), (50.4, YES), (49.6, YES), (49.4, PARTLY), (50.6, PARTLY), (41.0, PARTLY), (60.0, PARTLY), (61.0, NO), (39.0, NO),
])
def test_a_size_must_round_to_the_figures_or_lie_in_the_range(size, expected):
    assert outcome(claim("down", size, period=Period("newest quarter")), figures()) == expected


def test_where_several_ranges_hold_a_size_and_no_time_is_named_the_nearest_leads():
    """The quarter fell by 50%, the 12 months by 25% and since the plan by 25%."""
    some = figures([400.0] * 36 + [333.4] * 9 + [200.0] * 3, year=quarter(600.0, 1200.0, low=-80.0, high=-15.0))
    named = judge(claim("down", 30.0, period=Period("newest quarter")), some)
    assert (named.comparison.window, rules(named)) == (("2026-04", "2026-06"), ["size near"])
    unnamed = judge(claim("down", 30.0), some)
    assert (unnamed.outcome, unnamed.comparison.window, rules(unnamed)) == (PARTLY, ("2025-07", "2026-06"), ["size near"])
    assert rules(judge(claim("down", 5.0), some)) == ["size ruled out"]


def test_a_size_that_only_the_less_likely_time_holds_stands_in_part():
    some = figures([400.0] * 36 + [333.4] * 9 + [200.0] * 3, year=quarter(600.0, 1200.0))
    assert rules(judge(claim("down", 30.0), some)) == ["size near"]
    assert rules(judge(claim("down", 30.0, period=Period("newest quarter")), some)) == ["size ruled out"]


def test_no_percentage_is_said_of_small_numbers():
    since = Period("since", "2024-06", "2024-06")
    few = figures([2.4] * 36 + [1.0] * 12, year=quarter(3.0, 7.2, low=-80.0, high=-30.0))
    judged = judge(claim("down", period=since), few)
    assert (judged.comparison.clear, judged.comparison.ranged) == ("down", False)
    assert rules(judge(claim("down", 50.0, period=since), few)) == ["other size"]


def test_a_size_in_words_is_as_wide_as_it_is_meant_and_no_wider():
    assert rules(judge(claim("down", 33.3, near=3.3, text="a third"), figures())) == ["other size"]
    grown = figures([100.0] * 36 + [229.0] * 12, year=quarter(687.0, 300.0, "clear worsening", "up", 100.0, 160.0))
    doubled = Amount(100.0, "percent", 10.0, text="doubled", way="up", above=70.0)
    assert outcome(replace(claim("up"), size=doubled), grown) == YES
    assert rules(judge(replace(claim("up"), size=replace(doubled, number=200.0, near=15.0)), grown)) == ["other size"]
    assert rules(judge(replace(claim("up"), size=replace(doubled, number=50.0, above=20.0)), grown)) == ["size passed"]


def test_bounds_are_one_sided():
    every = [(bound, size) for bound in ("at least", "at most") for size in (20.0, 45.0, 55.0, 65.0)]
    outcomes = [outcome(claim("down", size, bound=bound, period=Period("newest quarter")), figures()) for bound, size in every]
    assert outcomes == [YES, YES, PARTLY, NO, NO, PARTLY, YES, YES]


def test_a_number_of_offences_is_held_against_the_difference():
    assert outcome(claim("down", 600.0, "number"), figures()) == YES
    assert rules(judge(claim("down", 601.0, "number", period=Period("year ago")), figures())) == ["other size"]


def test_months_with_a_year_are_compared_with_the_year_before():
    within = {"2026": Period("within", "2026-01", "2026-12"), "month": Period("within", "2025-06", "2025-06")}
    assert outcome(claim("down", period=within["2026"]), figures()) == YES
    assert outcome(claim("down", period=within["month"]), figures()) == NO


def test_two_months_stand_for_the_years_that_end_with_them_too():
    between = Period("between", "2026-06", "2026-06", "2023-06", "2023-06")
    uneven = figures([400.0] * 36 + [200.0] * 11 + [420.0])
    assert outcome(claim("down", 45.4, near=0.2, period=between), uneven) == YES


def test_what_is_not_held_cannot_be_checked():
    for period in (Period("within", "2021-01", "2021-12"), Period("within", "2026-07", "2026-07"), Period("within", "2022-08", "2022-08"),
                   Period("meeting"), Period("since", "2010-01", "2010-12")):
        assert outcome(claim("down", period=period), figures()) == CANNOT


def test_the_oldest_figures_can_rule_out_an_older_claim_and_never_bear_it_out():
    trebled = Amount(200.0, "percent", 15.0, text="trebled", way="up", above=100.0)
    period = Period("back", months=60)
    assert rules(judge(claim("up", period=period), figures())) == ["short"]
    assert outcome(claim("down", period=period), figures()) == CANNOT
    assert outcome(replace(claim("up", period=period), size=trebled), figures()) == NO
    assert outcome(claim("up", period=Period("back", months=180)), figures()) == CANNOT


def test_a_break_that_forbids_comparing_counts_from_its_own_month():
    refuse = Break("b", "2025-04", "B", "n", "refuse", ("m",), "s")
    change = claim("down", period=Period("within", "2026-04", "2026-06"))
    assert outcome(change, figures(breaks=[refuse])) == YES
    assert rules(judge(change, figures(breaks=[replace(refuse, period="2025-05")]))) == ["break"]
    assert outcome(change, figures(breaks=[replace(refuse, period="2025-05", rule="caution")])) == YES


def test_small_numbers_are_not_judged():
    few = figures([0.5] * 36 + [0.0] * 12, year=quarter(0.0, 1.5, "not enough data", "", float("nan"), float("nan")))
    assert outcome(claim("down", period=Period("plan")), few) == CANNOT
    assert outcome(claim("up", period=Period("plan")), few) == NO


def test_points_are_of_surveys():
    assert [outcome(claim("down", size, "points"), surveyed()) for size in (10.0, 11.0, 20.0)] == [YES, PARTLY, NO]
    assert outcome(claim("down", period=Period("since", "2024-06", "2024-06")), surveyed()) == YES
    assert outcome(claim("down", period=Period("since", "2024-06", "2024-06")), surveyed(base=20.0)) == NO


def test_everyone_in_post_is_counted_and_one_in_a_hundred_is_a_change():
    for now, expected in ((990.0, YES), (991.0, PARTLY), (1000.0, NO)):
        for period in (Period(), Period("since", "2025-06", "2025-06"), Period("plan")):
            assert outcome(claim("down", period=period), staffed(now)) == expected


@pytest.mark.parametrize(("level", "period", "expected"), [
    (3600.0, Period("within", "2025-01", "2025-12"), YES), (3601.0, Period("within", "2025-01", "2025-12"), NO),
    (200.0, Period("within", "2026-06", "2026-06"), YES), (200.0, Period("within", "2026-07", "2026-07"), CANNOT),
    (1200.0, Period("within", "2026-01", "2026-12"), YES), (1200.0, Period("within", "2025-01", "2025-03"), YES),
    (2400.0, Period("newest year"), YES), (600.0, Period("newest quarter"), YES), (1200.0, Period("newest months", months=6), YES),
])
def test_a_number_is_the_figure_of_just_its_months(level, period, expected):
    assert outcome(claim("", level=Amount(level, "number", 0.5), period=period), figures()) == expected


def test_a_rate_is_per_thousand_residents_over_twelve_months():
    rate = Amount(12.0, "per_1000", 0.05)
    assert outcome(claim("", level=rate, period=Period("newest year")), figures()) == YES
    assert outcome(claim("", level=rate, period=Period("newest quarter")), figures()) == CANNOT
    assert outcome(claim("", level=rate), surveyed()) == CANNOT


def test_numbers_and_change_are_judged_apart():
    numbers = {"start": Amount(1200.0, "number", 0.5), "level": Amount(600.0, "number", 0.5)}
    chance = figures(year=CHANCE | {"now": 600.0})
    assert [outcome(claim("down", **numbers), some) for some in (figures(), chance)] == [YES, PARTLY]
    wrong = numbers | {"start": Amount(1300.0, "number", 0.5)}
    assert outcome(claim("down", **wrong), figures()) == PARTLY


def test_a_number_of_another_measure_is_said_to_be():
    others = replace(surveyed(), others={"other": series([44.0] * 48)})
    level = claim("", level=Amount(44.0, "percent", 0.5))
    assert rules(judge(level, others)) == ["mistaken"]
    assert rules(judge(replace(level, level=Amount(45.0, "percent", 0.5)), others)) == ["other number"]
    assert outcome(replace(level, level=Amount(50.0, "percent", 0.5)), others) == YES


def test_a_cause_takes_full_support_away_and_never_gives_any():
    chance = figures(STEADY, year=CHANCE)
    assert [outcome(claim("down", cause="thanks to"), some) for some in (figures(), chance)] == [PARTLY, NO]


def test_a_denial_is_refuted_by_what_it_denies_and_borne_out_by_the_opposite():
    assert rules(judge(claim("down", denied=True), figures())) == ["denied"]
    assert outcome(claim("down", denied=True), figures()) == NO
    assert outcome(claim("up", denied=True), figures()) == YES
    assert outcome(claim("down", 20.0, denied=True), figures()) == YES
    assert rules(judge(claim("down", denied=True), figures(STEADY, year=CHANCE))) == [UNSETTLED]


@pytest.mark.parametrize(("record", "period", "expected"), [
    ("down", Period(), PARTLY), ("down", Period("since", "2023-01", "2023-12"), YES), ("up", Period(), NO),
    ("down", Period("since", "2015-01", "2015-12"), PARTLY), ("down", Period("back", months=24), YES), ("down", Period("plan"), YES),
])
def test_a_record_stands_for_the_time_that_is_held_and_ever_in_part(record, period, expected):
    assert outcome(claim("", record=record, period=period), figures()) == expected


def test_a_record_of_the_newest_quarter_alone_stands_in_part():
    peak = figures([400.0] * 36 + [100.0] * 9 + [500.0] * 3)
    assert outcome(claim("", record="up", period=Period("since", "2023-01", "2023-12")), peak) == PARTLY


def test_two_places_are_compared_by_their_range_and_for_each_resident():
    two = figures([400.0] * 48, other=[200.0] * 48, like=[395.0] * 48)
    against = replace(claim("up"), other="other", each=True)
    assert [outcome(replace(against, way=way), two) for way in ("up", "down", "none")] == [YES, NO, NO]
    assert rules(judge(replace(against, other="like"), two)) == ["chance places"]
    two.series["other"].update(dict.fromkeys(MONTHS, (200.0, 400.0, 50000.0)))
    split = replace(two, total="")
    assert rules(judge(replace(against, each=False), split)) == ["for each the other way"]
    assert outcome(replace(against, period=Period("plan")), two) == CANNOT


def test_two_places_of_a_survey_are_compared_by_their_samples():
    assert outcome(replace(claim("down"), other="other"), surveyed()) == YES
    assert outcome(replace(claim("down"), other="other"), surveyed(now=58.0)) == NO


def areas(*falls: float) -> Figures:
    """Areas of which each fell to so much of what it was, by the quarter's own answer where that is half."""
    made = figures(STEADY, **{f"area{index}": [400.0] * 36 + [400.0 * share] * 12 for index, share in enumerate(falls)})
    for index, share in enumerate(falls):
        clear = ("clear improvement", "down", -60.0, -40.0) if share <= 0.5 else ("no clear change", "", -20.0, 20.0)
        made.answers[f"area{index}"]["year"] = quarter(1200.0 * share, 1200.0, *clear)
    return made


@pytest.mark.parametrize(("falls", "number", "above", "expected"), [
    ((0.5, 0.5), 2, 0.5, YES), ((0.5, 0.9), 2, 0.5, PARTLY), ((0.5, 1.1), 2, 0.5, NO), ((1.1, 1.1), 0, 0.5, YES),
    ((0.9, 1.1), 0, 0.5, PARTLY), ((0.5, 0.5, 1.1), 2, 2, YES),
])
def test_what_is_claimed_of_every_area_must_be_clear_in_each(falls, number, above, expected):
    every = Amount(number, "number", 0.0, text="every area", above=above)
    assert outcome(claim("down", areas=every), areas(*falls)) == expected


def test_a_single_published_figure_bears_out_or_refutes_a_number():
    figures = (("2024-12", "86.2% of calls"), ("2023-12", "77.6% of calls"))
    share = replace(SURVEY, kind="share", readings=tuple(SingleFigure(*figure, "s") for figure in figures))
    nothing = Figures(share, date(2026, 8, 31), {}, total="all")
    level = claim("", level=Amount(86.0, "percent", 0.5))
    assert [outcome(replace(level, level=Amount(number, "percent", 0.5)), nothing) for number in (86.0, 90.0)] == [YES, NO]
    assert outcome(replace(level, period=Period("within", "2023-01", "2023-12")), nothing) == NO
    assert outcome(claim("up"), nothing) == CANNOT


def test_a_measure_published_for_the_whole_force_only_says_so_of_an_area():
    whole = Figures(replace(COUNT, levels=("force",)), date(2026, 8, 31), {}, total="all")
    assert rules(judge(replace(claim(), place="area"), whole)) == ["whole only"]
    assert rules(judge(claim(), whole)) == ["no figures"]
