"""The page of one borough, pages/borough.py."""

import re

import pytest

from metrics.narrative import number_format

PLACES = {
    "london": "London",
    "kingston-upon-thames": "Kingston upon Thames",
    "barking-and-dagenham": "Barking and Dagenham",
    "westminster": "Westminster",
}
CRIMES = {
    "Neighbourhood crime": ("recorded-crime", ["residential-burglary", "personal-robbery", "theft-from-person", "vehicle-offences"]),
    "All recorded crime": ("recorded-crime", ["all-crime"]),
    "Shoplifting": ("recorded-crime", ["shoplifting"]),
    "Knife crime": ("crime-dashboard", ["knife-crime"]),
}
SOURCE = re.compile(
    r"^Source: (Metropolitan Police Service|Mayor's Office for Policing and Crime), .+, published by \d{1,2} \w+ \d{4}"
    r"(, partly from a second-hand extract)?\. Open Government Licence v3\.0\. As at \d{1,2} \w+ \d{4}\.$",
    re.MULTILINE,
)
VERDICTS = {
    "Clear improvement",
    "Clear worsening",
    "Clear rise",
    "Clear fall",
    "Possible change",
    "No clear change",
    "Not enough data",
    "Cannot be compared",
}
JUDGING = re.compile(r"improv|worsen|signific|[←-⇿▲▼△▽⬆⬇➔-➾]", re.IGNORECASE)
NOT_KNOWN = {
    "Narnia": "no place called 'Narnia'",
    "Kingstn": "did you mean Kingston upon Thames?",
    "City of London": "City of London is policed by another force",
    "E09000001": "City of London is policed by another force",
    "<script>alert(1)</script>": "no place called '<script>alert(1)</script>'",
    "../../etc/passwd": "no place called '../../etc/passwd'",
    "![x](http://example.com/x.png)": "no place called '![x](http://example.com/x.png)'",
    "x" * 20_000: "no place called 'xxx",
    "line\n# two": r"no place called 'line\n# two'",
}


def number(value: float) -> str:
    return number_format.number(value, "count")


@pytest.mark.parametrize("place", PLACES)
def test_every_measure_that_a_place_can_have_figures_for_has_its_card_and_no_other(visit, shipped_definitions, place):
    page = visit("borough", borough=place)
    level = "london" if place == "london" else "borough"
    assert page.title == PLACES[place]
    assert page.warnings == []
    assert set(page.cards) == {measure.title for measure in shipped_definitions.measures.values() if level in measure.levels}


@pytest.mark.parametrize("place", PLACES)
def test_no_arrow_and_no_word_judges_a_change_beyond_the_verdicts(visit, place):
    page = visit("borough", borough=place)
    said = re.findall(r'<p class="verdict [a-z ]+"><span aria-hidden="true">.</span> (.*?)</p>', "".join(page.html))
    assert len(said) == len(page.cards)
    assert set(said) <= VERDICTS
    assert JUDGING.findall(re.sub("|".join(VERDICTS), "", page.text, flags=re.IGNORECASE)) == []


@pytest.mark.parametrize("place", PLACES)
def test_every_card_with_figures_says_publisher_licence_and_both_dates(visit, shipped_definitions, place):
    page = visit("borough", borough=place)
    without = {measure.title for measure in shipped_definitions.measures.values() if measure.missing}
    assert {title for title, said in page.cards.items() if not SOURCE.search(said)} == without & set(page.cards)


def test_a_measure_without_figures_says_why(visit, shipped_definitions):
    page = visit("borough", borough="sutton")
    reasons = {measure.title: measure.missing for measure in shipped_definitions.measures.values() if measure.missing}
    shown = {title: said for title, said in page.cards.items() if title in reasons}
    assert len(shown) > 2
    assert [title for title, said in shown.items() if f"No figures here yet. {reasons[title]}" not in said] == []


@pytest.mark.parametrize("place", ["london", "kingston-upon-thames"])
@pytest.mark.parametrize("title", CRIMES)
def test_both_numbers_are_the_sums_of_the_published_months(visit, published, place, title):
    now, before = published.years(*CRIMES[title], place)
    said = visit("borough", borough=place).cards[title]
    assert f"{number(now)} recorded in the 12 months to" in said
    assert f"; {number(before)} in the 12 months before." in said or f", {number(before)} in the 12 months to" in said


def test_a_survey_figure_and_the_one_a_year_before_are_the_published_ones(visit, published):
    figures = published.figures("public-attitudes", ["trust-met"], "kingston-upon-thames")
    last = max(figures)
    before = figures[f"{int(last[:4]) - 1}{last[4:]}"]
    said = visit("borough", borough="kingston-upon-thames").cards["Trust in the Met"]
    assert f"bout {figures[last]:.0f} in 100 in the 12 months to" in said
    assert f"about {before:.0f} " in said and "a year before" in said
    london = published.figures("public-attitudes", ["trust-met"], "london")
    assert f"London: about {london[max(london)]:.0f} in 100" in said


def test_the_rate_stands_beside_londons(visit, published):
    series = CRIMES["Neighbourhood crime"]
    last = max(published.figures(*series, "london"))
    said = visit("borough", borough="kingston-upon-thames").cards["Neighbourhood crime"]
    here, london = (
        number_format.number(published.years(*series, place)[0] * 1000 / published.residents(place, last), "per_1000")
        for place in ("kingston-upon-thames", "london")
    )
    assert f"{here} for every 1,000 residents." in said
    assert f"London: {london} for every 1,000 residents in the 12 months to" in said


def test_nothing_stands_beside_a_figure_that_changed_its_meaning_within_the_two_years(visit, shipped_definitions):
    refusing = {measure for brk in shipped_definitions.breaks if brk.rule == "refuse" for measure in brk.measures}
    titles = {shipped_definitions.measures[measure].title for measure in refusing}
    assert titles
    cards = visit("borough", borough="sutton").cards
    cut = [said for title, said in cards.items() if title in titles and "cannot be compared" in said]
    assert [said for said in cut if "in the 12 months before" in said] == []


@pytest.mark.parametrize("text", NOT_KNOWN, ids=lambda text: text[:12])
def test_a_borough_that_is_not_known_is_said_and_not_passed_over(visit, text):
    page = visit("borough", borough=text)
    (said,) = page.warnings
    assert NOT_KNOWN[text] in said
    assert len(said) <= 300
    assert "No borough is chosen yet" in page.text


def test_a_wrong_borough_in_the_address_has_no_power_over_the_page(visit):
    (warning,) = visit("borough", borough="[a](http://example.com) <b> **c** $d$ :red[e]").app.warning
    assert re.findall(r"(?<!\\)[\[\]<>*$:]", warning.value) == []


@pytest.mark.parametrize("text", ["sutton", "Sutton", "SUTTON ", "E09000029", "e09000029"])
def test_an_id_a_name_and_a_gss_code_are_understood_and_the_address_becomes_the_id(visit, text):
    page = visit("borough", borough=text)
    assert (page.title, page.address, page.warnings) == ("Sutton", {"borough": "sutton"}, [])


def test_the_address_follows_the_picker(visit):
    page = visit("borough").pick("borough", "Sutton")
    assert (page.title, page.address) == ("Sutton", {"borough": "sutton"})
    page.pick("borough", "Merton")
    assert (page.title, page.address) == ("Merton", {"borough": "merton"})
    page.pick("borough", None)
    assert (page.title, page.address) == ("London", {})


def test_the_picker_follows_the_address(visit):
    page = visit("borough", borough="sutton").go("borough", borough="merton")
    assert page.app.selectbox(key="borough").value == page.title == "Merton"


def test_the_picker_offers_the_32_boroughs_and_chooses_none_of_them(visit):
    picker = visit("borough").app.selectbox(key="borough")
    assert len(picker.options) == 32
    assert picker.value is None


def test_the_way_back_to_an_address_without_a_borough_leads_to_london(visit):
    page = visit("borough").pick("borough", "Sutton").go("borough")
    assert (page.title, page.address) == ("London", {})


def test_the_borough_is_kept_from_page_to_page(visit):
    page = visit("borough", borough="sutton").go("measure")
    assert page.title.endswith(": Sutton")
    assert page.address["borough"] == "sutton"
    assert page.go("plan").go("borough").title == "Sutton"


def test_one_visitors_choice_is_not_anothers(visit):
    visit("borough", borough="sutton")
    assert visit("borough").title == "London"


def test_a_card_leads_to_its_chart_its_table_and_its_figures(visit):
    page = visit("borough", borough="sutton")
    whole = "".join(page.html)
    with_figures = sum(1 for said in page.cards.values() if SOURCE.search(said))
    assert whole.count(">Chart, table and about</a>") == whole.count(">Download the figures (CSV)</a>") == with_figures
    assert whole.count(">About</a>") == len(page.cards) - with_figures > 0
    assert 'href="measure?measure=shoplifting&amp;borough=sutton"' in whole
    assert 'href="figures/sutton/shoplifting.csv"' in whole


def test_as_known_at_a_meeting_the_links_lead_to_the_same_day(visit):
    whole = "".join(visit("borough", borough="bromley", **{"as-at": "2025-12-04"}).html)
    assert 'href="measure?measure=shoplifting&amp;borough=bromley&amp;as-at=2025-12-04"' in whole
    assert 'href="figures/bromley/shoplifting.csv?as-at=2025-12-04"' in whole


def test_a_pictures_alternative_is_its_sentence(visit):
    page = visit("borough", borough="sutton")
    (alternative,) = [line for line in page.text.split("\n") if line.startswith("Shoplifting, Sutton. ")]
    assert alternative.removeprefix("Shoplifting, Sutton. ") in page.cards["Shoplifting"].split("\n")


def test_the_page_says_whose_it_is_and_how_fresh(visit):
    text = visit("borough", borough="sutton").text
    assert "Independent of the Metropolitan Police Service: this is not its official view." in text
    assert re.search(r"Figures as at \d{1,2} \w+ \d{4}, build \d{6}-[0-9a-f]{12}\. Questions and mistakes: The tests\.", text)
