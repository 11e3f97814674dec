"""The page of one measure over time, pages/measure.py."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from metrics.domain import periods

ROOT = Path(__file__).parents[3]
MEASURES = sorted(path.stem for path in (ROOT / "data" / "measures").glob("*.yaml"))
BURGLARY = ("recorded-crime", ["residential-burglary", "personal-robbery", "theft-from-person", "vehicle-offences"])
SUTTON = {"measure": "neighbourhood-crime", "area": "sutton"}
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
    page = visit("measure", measure=measure, area=place)
    assert f"{known.title}, {shipped_definitions.places[place].name}" in page.text
    assert len(page.title.split()) <= 12 and page.warnings == []
    given = shipped_definitions.places[place].level in known.levels and not known.missing
    assert ('<img class="picture"' in "".join(page.html)) == given
    assert page.app.get("plotly_chart") == []
    if not given and known.missing:
        assert known.missing in page.text


def test_the_chart_to_explore_is_loaded_only_where_it_is_asked_for(visit):
    page = visit("measure", **SUTTON)
    assert page.app.get("plotly_chart") == []
    assert len(page.explore().app.get("plotly_chart")) == 1


def test_the_chart_to_explore_has_the_flags_of_the_one_drawn(visit):
    page = visit("measure", area="kingston-upon-thames", measure="neighbourhood-crime").explore()
    flags = {flag["text"]: flag["hovertext"] for flag in figure(page)["layout"]["annotations"]}
    assert list(flags) == ["M", "1", "2", "3"] and flags["M"] == "The meeting of 7 August 2023"


def test_four_facts_stand_under_the_chart(visit):
    whole = "".join(visit("measure", **SUTTON).html)
    facts = re.search(r'<dl class="facts">.*?</dl>', whole)[0]
    assert re.findall(r"<dt>(.*?)</dt>", facts) == ["Newest", "On a year before", "Since the plan began", "For every 1,000 residents"]


def test_the_chart_of_rates_carries_the_published_figures_and_londons(visit, published):
    page = visit("measure", **SUTTON, show="rate").explore()
    for place, drawn in (("sutton", marks(page)), ("london", next(line for line in lines(page) if line.keys() != {}))):
        figures = published.figures(*BURGLARY, place)
        rates = {period: value * 1000 / published.residents(place, period) for period, value in figures.items()}
        assert drawn == pytest.approx(rates)


@pytest.mark.parametrize("place", ["sutton", "london"])
def test_the_chart_of_numbers_carries_the_published_figures(visit, published, place):
    page = visit("measure", measure="neighbourhood-crime", area=place, show="numbers").explore()
    figures = published.figures(*BURGLARY, place)
    assert figures in [marks(page), *lines(page)]


def test_the_provisional_months_are_hollow_and_no_others(visit, published, shipped_definitions):
    page = visit("measure", **SUTTON, show="rate").explore()
    newest = sorted(published.figures(*BURGLARY, "sutton"))[-shipped_definitions.datasets["recorded-crime"].provisional_months :]
    assert sorted(marks(page, hollow=True)) == newest
    assert set(newest) & set(marks(page, hollow=False)) == set()


def test_a_break_is_a_rule_with_its_name(visit):
    drawn = figure(visit("measure", **SUTTON, show="rate").explore())
    assert any(shape["type"] == "line" and shape["x0"].startswith(periods.shift(NEW_SYSTEM, -1)) for shape in drawn["layout"]["shapes"])
    assert any("new recording" in note["hovertext"] for note in drawn["layout"]["annotations"])


def test_the_table_holds_every_month_that_the_chart_shows(visit, published):
    whole = "".join(visit("measure", **SUTTON).html)
    table = whole[whole.index("<caption>Neighbourhood crime, Sutton</caption>") :]
    assert table[: table.index("</table>")].count('<th scope="row">') == len(published.figures(*BURGLARY, "sutton"))
    assert 'href="figures/sutton/neighbourhood-crime.csv"' in whole and "Open Government Licence v3.0 (https://" in whole


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trust-mte", "No measure called 'trust-mte'"),
        ("Trust in the Mett", "did you mean Trust in the Met?"),
        ("<script>alert(1)</script>", "No measure called '<script>alert(1)</script>'"),
        ("y" * 20_000, "nothing to choose has a name of 20,000 letters"),
    ],
    ids=lambda text: text[:12],
)
def test_a_measure_that_is_not_known_is_said_and_not_passed_over(visit, text, words):
    page = visit("measure", measure=text, area="sutton")
    (warning,) = page.warnings
    assert words in warning
    assert len(warning) <= 300


def test_a_measure_is_understood_by_its_title_and_the_address_becomes_its_id(visit):
    page = visit("measure", measure="trust in the met")
    assert "Trust in the Met, London" in page.text and (page.address, page.warnings) == ({"measure": "trust-met"}, [])


def test_another_measure_keeps_the_borough_and_another_borough_the_measure(visit):
    page = visit("measure", measure="rape", area="sutton")
    page.pick("measure", "Shoplifting")
    assert page.address == {"measure": "shoplifting", "area": "sutton"}
    page.pick("area", "Merton")
    assert page.address == {"measure": "shoplifting", "area": "merton"}
    assert "Shoplifting, Merton" in page.text


def test_what_is_shown_is_in_the_address_too(visit):
    page = visit("measure", **SUTTON)
    for name in ("rate", "numbers"):
        page.app.toggle(key="show").set_value(name == "rate")
        assert page.run().address == {**SUTTON, "show": name}
    (warning,) = page.go("measure", **SUTTON, show="rates").warnings
    assert "did you mean rate?" in warning


def test_only_a_count_of_residents_can_be_shown_in_two_ways(visit):
    pages = [visit("measure", measure=name) for name in ("shoplifting", "trust-met", "police-officers")]
    assert ["show" in {switch.key for switch in page.app.toggle} for page in pages] == [True, False, False]


def test_a_measure_without_figures_shows_the_readings_published_once(visit):
    page = visit("measure", measure="answer-999")
    assert "86.2% of 999 calls answered within 10 seconds in 2024" in page.text
    assert page.app.get("plotly_chart") == []


def test_a_newest_figure_leads_to_its_cells_until_something_else_is_chosen(visit):
    rows = re.findall(r'<td class="newest"><a href="([^"]+)">', "".join(visit("meeting", area="sutton").html))
    assert rows and all(unescape(row).endswith("&cells=shown") for row in rows)
    page = visit("measure", **SUTTON, cells="shown")
    (first,) = (piece for piece in page.html if "<h1>" in piece)
    assert first.index("<h1>") < first.index("Where these figures were read") < first.index("SHA-256") < first.index('<img class="picture"')
    page.app.selectbox(key="area").set_value("Brent")
    assert page.run().address == {**SUTTON, "area": "brent"} and "".join(page.html).count("Where these figures were read") == 1
