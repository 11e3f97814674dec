"""The rules of the two answers as a build applies them, on made-up figures of one measure in a whole force and eight areas."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from metrics import definitions
from metrics.build.answers import answers
from metrics.domain import Break, Link, Source, periods
from tests.conftest import ROOT

DAY = date(2026, 8, 31)
MONTHS = periods.span("2018-01", "2026-06")
OUTSIDE = "unknown"
MEASURE = "made-up"
LINK = Break("share", "2024-03", "Share of areas", "", "caution", (MEASURE,), "", until="2024-10", touches="areas", link=Link(OUTSIDE, ()))
REFUSE = Break("new-meaning", "2024-03", "Another meaning", "", "refuse", (MEASURE,), "", touches="areas")


@pytest.fixture(scope="module")
def known():
    """The shipped definitions with one made-up measure of events, and no break."""
    shipped = definitions.definitions(ROOT / "data", "new-met-2023")
    made = replace(
        shipped.measures["residential-burglary"], id=MEASURE, baseline_from=None, better="lower", part_of=None,
        source=Source("recorded-crime", (MEASURE,)),
    )
    return replace(shipped, measures={MEASURE: made}, breaks=())


def grid(known, levels: dict[int, float] | None = None, changed: dict[int, float] | None = None) -> pd.DataFrame:
    """Months of eight areas that wobble in Poisson's manner; some at another level, some changed by a factor from the launch on."""
    random = np.random.default_rng(4)
    later = np.array([month >= "2023-07" for month in MONTHS])
    areas = [area.id for area in known.areas[:8]]
    level = np.array([(levels or {}).get(i, 200.0) for i in range(8)])
    factor = np.array([(changed or {}).get(i, 1.0) for i in range(8)])
    counts = random.poisson(np.where(later[:, None], level * factor, level)).astype(float)
    return pd.DataFrame(counts, MONTHS, areas)


def answered(known, counts: pd.DataFrame, unknown: pd.Series | None = None, *, day: date = DAY, total: pd.Series | None = None):
    """Both answers on the measure, by place and question."""
    whole = counts.sum(axis=1) if total is None else total
    figures = counts.assign(**{known.total.id: whole} | ({} if unknown is None else {OUTSIDE: unknown}))
    figures = figures.rename_axis("period").reset_index().melt("period", var_name="place", value_name="value")
    figures = figures.assign(measure=MEASURE, base=np.nan, published=pd.Timestamp(DAY), residents=np.nan)

    def ask(question: str, **given) -> pd.DataFrame:
        if question == "publications":
            return pd.DataFrame({"published": [pd.Timestamp(DAY)]})
        if question == "typical_revision":
            return pd.DataFrame({"measure": [], "place": [], "age": [], "typical": []})
        return figures[figures["place"].isin(given["places"])]

    verdicts = answers(ask, known, day)
    return verdicts[verdicts["now_to"] != ""].set_index(["place", "question"]).sort_index()


def test_a_change_has_the_direction_and_the_word_of_its_figures(known):
    first, second = known.areas[0].id, known.areas[1].id
    verdicts = answered(known, grid(known, changed={0: 1.6, 1: 0.6})).xs("plan", level="question")
    assert verdicts.loc[first, ["verdict", "direction"]].tolist() == ["clear worsening", "up"]
    assert verdicts.loc[second, ["verdict", "direction"]].tolist() == ["clear improvement", "down"]
    assert verdicts.loc[first, "now"] > verdicts.loc[first, "before"] and verdicts.loc[first, "change"] == pytest.approx(60, abs=12)
    assert verdicts.loc[first, ["areas", "areas_tested"]].tolist() == [1, 8] and verdicts.loc[first, "by_luck"] == pytest.approx(0.2)


def test_the_control_is_the_rest_of_the_force_without_the_area_itself(known):
    """Of two areas one doubles: the rest did nothing, though the whole force rose by a half."""
    first, second = known.areas[0].id, known.areas[1].id
    verdicts = answered(known, grid(known, changed={0: 2.0})[[first, second]]).xs("plan", level="question")
    assert verdicts.loc[first, "control"] == pytest.approx(0, abs=6) and verdicts.loc[second, "control"] == pytest.approx(100, abs=15)
    assert verdicts.loc[first, "control_verdict"] == "apart"
    assert np.isnan(verdicts.loc[known.total.id, "control"])


def test_below_thirty_in_either_window_no_percentage_is_given(known):
    small = known.areas[3].id
    verdicts = answered(known, grid(known, {3: 1.8})).xs("year", level="question")
    assert 10 <= verdicts.loc[small, "now"] < 30 and verdicts.loc[small, "outcome"] == "compared"
    assert verdicts.loc[small, "small"] and verdicts.loc[small, ["change", "low", "high", "control"]].isna().all()
    others = verdicts.drop(index=small)
    assert not others["small"].any() and others[["change", "low", "high"]].notna().all(axis=None)


def test_an_old_figure_is_judged_and_counted_nowhere(known):
    verdicts = answered(known, grid(known, changed={0: 2.0}), day=date(2027, 8, 1))
    assert verdicts["stale"].all() and not verdicts[["areas", "areas_clear", "areas_tested"]].any(axis=None)
    assert verdicts["by_luck"].isna().all()
    assert not answered(known, grid(known), day=date(2027, 6, 1))["stale"].any()


def test_a_break_among_areas_forbids_theirs_and_not_the_whole_force(known):
    verdicts = answered(replace(known, breaks=(REFUSE,)), grid(known)).xs("plan", level="question")
    assert verdicts.loc[known.total.id, ["outcome", "breaks", "refused_by"]].tolist() == ["compared", "", ""]
    areas = verdicts.drop(index=known.total.id)
    assert set(areas["outcome"]) == {"cannot be compared"} and set(areas["refused_by"]) == {"new-meaning"}
    assert areas[["change", "p"]].isna().all(axis=None)


def shared(known) -> tuple[pd.DataFrame, pd.Series]:
    """A fifth of the events of unknown area until the break and none from then on: nothing happens but that areas are told."""
    counts = grid(known)
    before = np.array([month < LINK.until for month in MONTHS])
    unknown = pd.Series(np.where(before, np.rint(counts.sum(axis=1) / 5), 0.0), MONTHS)
    return counts.mul(np.where(before, 0.8, 1.0), axis=0).round(), unknown


def test_events_that_got_an_area_are_no_change_of_that_area(known):
    counts, unknown = shared(known)
    linking, total = replace(known, breaks=(LINK,)), counts.sum(axis=1) + unknown
    verdicts = answered(linking, counts, unknown, total=total).xs("plan", level="question")
    areas = verdicts.loc[list(counts.columns)]
    assert areas["linked"].all() and set(areas["verdict"]) == {"no clear change"} and areas["change"].abs().max() < 10
    assert (areas["now"] > 1.15 * areas["before"]).all() and not verdicts.loc[known.total.id, "linked"]
    plain = answered(known, counts, unknown, total=total).xs("plan", level="question").loc[list(counts.columns)]
    assert (plain["direction"] == "up").all()


def test_a_signal_is_new_only_in_the_two_newest_quarters(known):
    last, early = known.areas[0].id, known.areas[1].id
    counts = grid(known)
    counts.loc["2026-02":, last] *= 2
    counts.loc["2024-07":, early] *= 2
    verdicts = answered(known, counts).xs("year", level="question")
    assert verdicts.loc[last, "signal"] == verdicts.loc[early, "signal"] == "above"
    assert verdicts.loc[last, "signal_new"] and not verdicts.loc[early, "signal_new"]
    assert (verdicts.loc[last, "signal_since"], verdicts.loc[early, "signal_since"]) == ("2026-02", "2024-07")
    assert verdicts.loc[early, "signal_areas"] == 1
