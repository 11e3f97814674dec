"""A build seen as at a day: now, at a meeting, before anything was published."""

import re
from datetime import date
from itertools import product

import numpy as np
import pytest

from metrics import definitions
from metrics.charts.spec import Chart
from metrics.charts.spec.layers import Bars, Interval, Line, Points, Rule
from metrics.domain import SURVEYS, Refused, periods
from metrics.narrative import Wording
from metrics.report.news import told_first
from metrics.report.scorecard import row_of
from metrics.report.snapshot import Snapshot
from metrics.statistics.comparisons import wilson
from metrics.store import Store

MEETING, BEFORE = date(2025, 12, 4), date(2023, 8, 7)
PLACE = "bromley"


@pytest.fixture(scope="module")
def read(served):
    config = definitions.load(served)
    known = definitions.definitions(config.data, config.plan)
    store, wording = Store(config.database), Wording(config.data / "wording.yaml")
    return lambda day=None: Snapshot(store, known, wording, day)


def test_a_meeting_shows_nothing_that_was_published_after_it(read):
    then = read(MEETING)
    for figures in then.figures(PLACE).values():
        assert figures["published"].max().date() <= MEETING
    card = then.card("shoplifting", PLACE)
    assert "As at 4 December 2025." in card.chart.source
    assert max(row["Month"] for row in card.chart.rows()) == "2025-10"


@pytest.mark.parametrize("day", [None, MEETING, BEFORE])
def test_the_picture_of_a_row_is_the_chart_of_its_card(read, day):
    snapshot = read(day)
    for place in (snapshot.known.total, snapshot.known.places[PLACE]):
        for measure in snapshot.every_measure(place):
            assert snapshot.picture(measure.id, place.id) == snapshot.card(measure.id, place.id).chart


def test_a_meeting_is_answered_with_its_day(read):
    then, now = read(MEETING), read()
    answers = then.answers(PLACE)["shoplifting"].values()
    assert {answer["now_to"] for answer in answers} <= {"2025-09", "2025-10"}
    assert then.card("shoplifting", PLACE).sentences[0] != now.card("shoplifting", PLACE).sentences[0]


def test_every_area_stands_beside_the_whole_force_in_the_same_period(read):
    """London's figure below an area's, and the area's own, are those held of the period that is named."""
    snapshot, older = read(), 0
    surveys = [measure for measure in snapshot.known.measures.values() if measure.kind in SURVEYS and "area" in measure.levels]
    for measure, area in product(surveys, snapshot.known.areas):
        rate = snapshot.card(measure.id, area.id).rate
        named = re.fullmatch(r"(\d+)% in London, (both )?year to (\w+ \d{4})", rate.beside) if rate else None
        if named:
            here, whole = (snapshot.series(measure.id, place).set_index("period")["value"] for place in (area.id, "london"))
            period = next(each for each in here.index if periods.say(each) == named[3])
            assert rate.value == here[period] and named[1] == f"{whole[period]:.0f}", (measure.id, area.id)
            older += here.index.max() != period
            assert bool(named[2]) == (here.index.max() != period)
    assert older > 50


def test_charts_and_changes_are_those_of_the_day(read):
    then, now = read(MEETING), read()
    assert then.points(PLACE)["shoplifting"]["period"].max() == "2025-10"
    assert now.points(PLACE)["shoplifting"]["period"].max() == "2026-06"
    assert then.against(PLACE)["shoplifting"]["against"].max() == "2024-09"
    assert then.funnel("shoplifting")["period"].iloc[0] == "2025-10"
    assert then.releases()["published"].max().date() <= MEETING


def test_before_its_first_release_nothing_is_known_of_a_measure_and_that_is_said(read):
    then = read(BEFORE)
    assert not then.is_now
    card = then.card("shoplifting", PLACE)
    assert card.chart is None
    assert card.sentences == ("Nothing had been published by 7 August 2023.",)
    assert "shoplifting" not in then.points(PLACE) and "shoplifting" not in then.against(PLACE)


def test_a_day_after_the_newest_publication_is_now(read):
    assert read(date(2030, 1, 1)).as_at == read().as_at == read().newest
    assert read(date(2030, 1, 1)).is_now


def test_a_day_on_which_something_else_was_known_than_is_kept_is_refused(read):
    with pytest.raises(Refused, match="no findings are kept for 2025-04-01"):
        read(date(2025, 4, 1))


def test_a_day_with_no_publication_since_a_meeting_knows_the_same(read):
    same, then = read(date(2025, 12, 5)), read(MEETING)
    assert same.answers(PLACE)["shoplifting"] == then.answers(PLACE)["shoplifting"]


def test_what_was_shown_is_drawn_dotted_with_the_figures_of_then(read):
    now = read()
    layers = now.card("shoplifting", PLACE, shown=MEETING).chart.layers
    ghosts = [layer for layer in layers if isinstance(layer, Line) and layer.style == "ghost"]
    (ghost,) = ghosts
    drawn = {period: value for period, (value,) in ghost.data()}
    known = now.store.ask("series", measure="shoplifting", place=PLACE, as_at=MEETING)
    assert drawn == dict(zip(known["period"], known["value"], strict=True))
    assert ghost.label == "as known on 4 December 2025"
    assert not any(getattr(layer, "style", "") == "ghost" for layer in now.card("shoplifting", PLACE).chart.layers)


@pytest.mark.parametrize("measure", ["trust-met", "homicide", "gun-crime"])
def test_every_kind_of_chart_can_be_asked_what_was_shown(read, measure):
    assert read().card(measure, "london", shown=MEETING).chart is not None


def test_a_table_has_no_row_of_a_name_that_it_does_not_know(read):
    assert len(read().rows_of("figures", "place", PLACE)) > 1000
    none = read().rows_of("figures", "place", "atlantis")
    assert none.empty
    assert list(none) == list(read().rows_of("figures", "place", PLACE))


@pytest.mark.parametrize("day", [None, MEETING])
def test_figures_side_by_side_stand_beside_the_residents_of_their_year(read, day):
    snapshot = read(day)
    places, measures = [PLACE, "sutton"], ["neighbourhood-crime", "trust-met", "hate-crime"]
    known = snapshot.store.ask("series_of_places", measures=measures, places=places, as_at=snapshot.as_at)
    known = known.set_index(["measure", "place", "period"])
    rows = snapshot.side_by_side(measures, places)
    assert {(row.measure, row.place) for row in rows.itertuples()} == {(measure, place) for measure in measures for place in places}
    for row in rows[rows["now_to"] != ""].itertuples():
        assert row.residents == known["residents"][row.measure, row.place, row.now_to]


@pytest.mark.parametrize(("measure", "design_effect"), [("feel-informed", 3.1), ("trust-met", 1.4)])
def test_the_range_drawn_of_a_survey_is_that_of_its_own_design_effect(read, measure, design_effect):
    newest = read().series(measure, PLACE).iloc[-1]
    intervals = [layer for layer in read().picture(measure, PLACE).layers if isinstance(layer, Interval)]
    drawn = max(point for layer in intervals for point in layer.points)
    assert drawn[0] == newest["period"]
    assert [end / 100 for end in drawn[1:]] == pytest.approx(wilson(newest["value"] / 100, newest["base"] / design_effect))


def test_what_is_said_over_all_baselines_is_never_read_out_of_chance(read):
    kinds = set()
    for place in (PLACE, "london", "kingston-upon-thames"):
        for rows in read().against(place).values():
            heading, apart = read().wording.baselines(rows).heading, (rows["low"] > 0) | (rows["high"] < 0)
            ways = set(np.sign(rows["change"][apart]))
            assert ("points the same way" in heading) == (apart.all() and len(ways) == 1)
            assert ("depends on" in heading) == (len(ways) == 2)
            stated = re.fullmatch(r"Beyond chance from (\d|none) of (\d) baselines", heading)
            assert stated is None or (stated[1].replace("none", "0"), int(stated[2])) == (str(apart.sum()), len(rows))
            kinds.add(heading.split(" from")[0].split(" baseline")[0])
    assert kinds >= {"From every", "Beyond chance"}


def compared(chart: Chart) -> set[str]:
    """The periods that a chart marks as compared."""
    dots = [layer for layer in chart.layers if isinstance(layer, Points) and layer.style == "compared"]
    bars = [layer for layer in chart.layers if isinstance(layer, Bars)]
    return {*(period for layer in bars for period in layer.compared), *(period for layer in dots for period, _ in layer.points)}


def wanted(chart: Chart, answer: dict) -> set[str]:
    """The periods that it should mark under an answer; months, and what is compared like for like or by the quarter, have none."""
    if not answer or answer["outcome"] != "compared" or answer["linked"]:
        return set()
    years = any(isinstance(layer, Bars) for layer in chart.layers) and periods.between(answer["now_from"], answer["now_to"]) == 11
    surveyed = any(isinstance(layer, Interval) for layer in chart.layers)
    return {answer["before_to"], answer["now_to"]} if years or surveyed else set()


@pytest.mark.parametrize("day", [None, MEETING])
@pytest.mark.parametrize("place", ["london", PLACE, "kingston-upon-thames", "barnet"])
def test_a_chart_marks_what_the_answer_above_it_compares_and_nothing_else(read, day, place):
    snapshot, marked = read(day), set()
    for measure in snapshot.every_measure(snapshot.known.places[place]):
        both = snapshot.answers(place)[measure.id]
        for answer in (None, *both.values(), {}):
            chart, above = snapshot.picture(measure.id, place, answer), told_first(both) if answer is None else answer
            if chart is not None:
                assert compared(chart) == wanted(chart, above), (measure.id, above)
                marked.add((bool(compared(chart)), above.get("question")))
    assert marked >= {(True, "year"), (False, "year"), (False, "plan"), (False, None)} | ({(True, "plan")} if day is None else set())


def test_a_row_is_drawn_for_the_answer_that_its_title_tells(read):
    snapshot = read()
    place, measure = snapshot.known.total, snapshot.known.measures["good-job"]
    row = row_of(snapshot, place, measure, snapshot.known.plan.launched)
    assert row.title.endswith("on the year before the plan") and compared(row.picture) == {"2023-06", "2025-09"}
    other = snapshot.card(measure.id, place.id, answer=snapshot.answers(place.id)[measure.id]["year"])
    assert compared(other.chart) == {"2024-09", "2025-09"} and other.question == "year" and "a year before" in other.chart.alt
    assert row_of(snapshot, place, measure, snapshot.known.plan.launched, other).picture == row.picture


def test_nothing_is_marked_where_nothing_can_be_compared_and_the_break_is_flagged(read):
    for measure, place in (("rape", "kingston-upon-thames"), ("hate-outcomes", "barnet"), ("da-outcomes", "kingston-upon-thames")):
        answer = told_first(read().answers(place)[measure])
        chart = read().picture(measure, place)
        assert answer["verdict"] == "cannot be compared" and compared(chart) == set()
        named = next(brk for brk in read().known.breaks if brk.id == answer["refused_by"])
        assert named.title in [layer.label for layer in chart.layers if isinstance(layer, Rule)], measure
