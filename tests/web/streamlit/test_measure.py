"""The page of one measure over time, pages/measure.py."""

import json
from pathlib import Path

import pytest

from metrics.domain import periods
from metrics.web.streamlit import pickers

ROOT = Path(__file__).parents[3]
MEASURES = sorted(path.stem for path in (ROOT / "data" / "measures").glob("*.yaml"))
BURGLARY = ("recorded-crime", ["residential-burglary", "personal-robbery", "theft-from-person", "vehicle-offences"])
(NUMBERS,) = set(pickers.SHOWN) - {"rate"}
SUTTON = {"measure": "neighbourhood-crime", "borough": "sutton"}
NEW_SYSTEM = "2024-03"


def figure(page) -> dict:
    """The page's chart as the browser gets it."""
    (chart,) = page.app.get("plotly_chart")
    return json.loads(chart.proto.spec)


def marks(page, hollow: bool | None = None) -> dict[str, float]:
    """The marks of the chart by period; only the hollow ones, or only the others, if so asked."""
    traces = [trace for trace in figure(page)["data"] if trace.get("mode") == "markers"]
    chosen = [trace for trace in traces if hollow is None or ("line" in trace["marker"]) == hollow]
    return {x: y for trace in chosen for x, y in zip(trace["x"], trace["y"], strict=True)}


def lines(page) -> list[dict[str, float]]:
    """The lines of the chart, each by period."""
    traces = [trace for trace in figure(page)["data"] if trace.get("mode") == "lines"]
    return [{x: y for x, y in zip(trace["x"], trace["y"], strict=True) if x} for trace in traces]


@pytest.mark.parametrize("place", ["london", "kingston-upon-thames"])
@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_its_page_with_a_chart_or_the_reason_for_none(visit, shipped_definitions, measure, place):
    known = shipped_definitions.measures[measure]
    page = visit("measure", measure=measure, borough=place)
    assert page.title == f"{known.title}: {shipped_definitions.places[place].name}"
    assert page.warnings == []
    held = shipped_definitions.places[place].level in known.levels and not known.missing
    assert len(page.app.get("plotly_chart")) == held
    if not held:
        reason = known.missing or "Published for London only."
        assert reason in page.cards[known.title]


def test_the_chart_of_rates_carries_the_published_figures_and_londons(visit, published):
    page = visit("measure", **SUTTON, show="rate")
    for place, drawn in (("sutton", marks(page)), ("london", next(line for line in lines(page) if line.keys() != {}))):
        figures = published.figures(*BURGLARY, place)
        rates = {period: value * 1000 / published.residents(place, period) for period, value in figures.items()}
        assert drawn == pytest.approx(rates)


@pytest.mark.parametrize("place", ["sutton", "london"])
def test_the_chart_of_numbers_carries_the_published_figures(visit, published, place):
    page = visit("measure", measure="neighbourhood-crime", borough=place, show=NUMBERS)
    figures = published.figures(*BURGLARY, place)
    assert figures in [marks(page), *lines(page)]


def test_the_provisional_months_are_hollow_and_no_others(visit, published, shipped_definitions):
    page = visit("measure", **SUTTON, show="rate")
    newest = sorted(published.figures(*BURGLARY, "sutton"))[-shipped_definitions.datasets["recorded-crime"].provisional_months :]
    assert sorted(marks(page, hollow=True)) == newest
    assert set(newest) & set(marks(page, hollow=False)) == set()


def test_a_break_is_a_rule_with_its_name(visit):
    drawn = figure(visit("measure", **SUTTON, show="rate"))
    assert any(shape["type"] == "line" and shape["x0"].startswith(periods.shift(NEW_SYSTEM, -1)) for shape in drawn["layout"]["shapes"])
    assert any("new recording" in note["hovertext"] for note in drawn["layout"]["annotations"])


def test_the_chart_has_words_that_stand_for_it(visit):
    page = visit("measure", **SUTTON)
    (chart,) = page.app.get("plotly_chart")
    alternative = chart.proto.alt
    assert alternative.startswith("Neighbourhood crime, Sutton. ")
    assert alternative.removeprefix("Neighbourhood crime, Sutton. ") in page.cards["Neighbourhood crime"].split("\n")


def test_the_table_holds_every_month_that_the_chart_shows(visit, published):
    page = visit("measure", **SUTTON, show="rate").open_tab("tab", "Table")
    table = next(piece for piece in page.html if "<table" in piece)
    assert table.count('<th scope="row">') == len(published.figures(*BURGLARY, "sutton"))
    assert "provisional" in table and "New recording system" in table


def test_a_card_has_four_tabs_and_shows_what_is_asked_for(visit):
    page = visit("measure", measure="shoplifting", borough="sutton")
    assert [tab.label for tab in page.app.tabs][:4] == ["Chart", "Table", "Download", "About"]
    page.open_tab("tab", "Table")
    table = next(piece for piece in page.html if "<table" in piece)
    assert "<caption>Shoplifting, Sutton</caption>" in table
    assert '<th scope="col"' in table and '<th scope="row">' in table
    page.open_tab("tab", "Download")
    assert 'href="figures/sutton/shoplifting.csv"' in "".join(page.html)
    page.open_tab("tab", "About")
    assert "Open Government Licence v3.0 (https://" in page.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("trust-mte", "no measure called 'trust-mte'"),
        ("Trust in the Mett", "did you mean Trust in the Met?"),
        ("<script>alert(1)</script>", "no measure called '<script>alert(1)</script>'"),
        ("y" * 20_000, "no measure called 'yyy"),
    ],
    ids=lambda text: text[:12],
)
def test_a_measure_that_is_not_known_is_said_and_not_passed_over(visit, text, said):
    page = visit("measure", measure=text, borough="sutton")
    (warning,) = page.warnings
    assert said in warning
    assert len(warning) <= 300


def test_a_measure_is_understood_by_its_title_and_the_address_becomes_its_id(visit):
    page = visit("measure", measure="trust in the met")
    assert (page.title, page.address, page.warnings) == ("Trust in the Met: London", {"measure": "trust-met"}, [])


def test_another_measure_keeps_the_borough_and_another_borough_the_measure(visit):
    page = visit("measure", measure="rape", borough="sutton")
    page.pick("measure", "Shoplifting")
    assert page.address == {"measure": "shoplifting", "borough": "sutton"}
    page.pick("borough", "Merton")
    assert page.address == {"measure": "shoplifting", "borough": "merton"}
    assert page.title == "Shoplifting: Merton"


def test_what_is_shown_is_in_the_address_too(visit):
    page = visit("measure", **SUTTON)
    for name in ("rate", NUMBERS):
        page.app.radio(key="show").set_value(pickers.SHOWN[name])
        assert page.run().address == {**SUTTON, "show": name}
    (said,) = page.go("measure", **SUTTON, show="rates").warnings
    assert "did you mean rate?" in said


def test_only_a_count_of_residents_can_be_shown_in_two_ways(visit):
    assert len(visit("measure", measure="shoplifting").app.radio) == 1
    assert len(visit("measure", measure="trust-met").app.radio) == 0
    assert len(visit("measure", measure="police-officers").app.radio) == 0


def test_a_measure_without_figures_shows_the_readings_published_once(visit):
    page = visit("measure", measure="answer-999")
    assert "86.2% of 999 calls answered within 10 seconds in 2024" in page.text
    assert page.app.get("plotly_chart") == []
