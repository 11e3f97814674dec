"""The place that the address and the picker name, on the first screen and at the address given out earlier, pages/borough.py."""

import re

import pytest

LONDON = "What has changed where you live?"
NOT_KNOWN = {
    "Narnia": "No place called 'Narnia'",
    "Kingstn": "did you mean [Kingston upon Thames](?area=kingston-upon-thames)?",
    "City of London": "City of London is policed by another force",
    "E09000001": "City of London is policed by another force",
    "<script>alert(1)</script>": "No place called '<script>alert(1)</script>'",
    "../../etc/passwd": "No place called '../../etc/passwd'",
    "![x](http://example.com/x.png)": "No place called '![x](http:\u2060//example.com/x.png)'",
    "x" * 20_000: "nothing to choose has a name of 20,000 letters",
    "line\n# two": r"No place called 'line\n# two'",
}


def of(place: str) -> str:
    """How the title of a place begins."""
    return f"What changed in {place} since "


@pytest.mark.parametrize("text", NOT_KNOWN, ids=lambda text: text[:12])
def test_a_borough_that_is_not_known_is_said_and_not_passed_over(visit, text):
    page = visit("meeting", area=text)
    (warning,) = page.warnings
    assert NOT_KNOWN[text] in warning
    assert len(warning) <= 300
    assert page.title == LONDON


def test_a_wrong_borough_in_the_address_has_no_power_over_the_page(visit):
    (warning,) = visit("meeting", area="[a](http://example.com) <b> **c** $d$ :red[e]").app.warning
    assert re.findall(r"(?<!\\)[\[\]<>*$:]", warning.value) == []


@pytest.mark.parametrize("text", ["sutton", "Sutton", "SUTTON ", "E09000029", "e09000029"])
def test_an_id_a_name_and_a_gss_code_are_understood_and_the_address_becomes_the_id(visit, text):
    page = visit("meeting", area=text)
    assert page.title.startswith(of("Sutton")) and (page.address, page.warnings) == ({"area": "sutton"}, [])


def test_the_address_follows_the_picker(visit):
    page = visit("meeting").pick("area", "Sutton")
    assert page.title.startswith(of("Sutton")) and page.address == {"area": "sutton"}
    page.pick("area", "Merton")
    assert page.title.startswith(of("Merton")) and page.address == {"area": "merton"}
    page.pick("area", None)
    assert (page.title, page.address) == (LONDON, {})


def test_the_picker_follows_the_address(visit):
    page = visit("meeting", area="sutton").go("meeting", area="merton")
    assert page.app.selectbox(key="area").value == "Merton" and page.title.startswith(of("Merton"))


def test_the_picker_offers_the_32_boroughs_and_chooses_none_of_them(visit):
    picker = visit("meeting").app.selectbox(key="area")
    assert len(picker.options) == 32
    assert picker.value is None


def test_the_way_back_to_an_address_without_a_borough_leads_to_london(visit):
    page = visit("meeting").pick("area", "Sutton").go("meeting")
    assert (page.title, page.address) == (LONDON, {})


def test_the_borough_is_kept_from_page_to_page(visit):
    page = visit("meeting", area="sutton").go("measure")
    assert ", Sutton" in page.text
    assert page.address["area"] == "sutton"
    assert page.go("plan").go("meeting").title.startswith(of("Sutton"))


def test_one_visitors_choice_is_not_anothers(visit):
    visit("meeting", area="sutton")
    assert visit("meeting").title == LONDON


def test_as_known_at_a_meeting_the_links_lead_to_the_same_day(visit):
    whole = "".join(visit("meeting", area="bromley", **{"as-at": "2025-12-04"}).html)
    assert 'href="measure?measure=shoplifting&amp;area=bromley&amp;as-at=2025-12-04"' in whole


def test_the_page_says_whose_it_is_and_how_fresh(visit):
    text = visit("meeting", area="sutton").text
    assert "Independent of the Metropolitan Police Service: this is not its official view." in text
    assert re.search(r"Figures as at \d{1,2} \w+ \d{4}, build \d{6}-[0-9a-f]{12}\. Questions and mistakes: The tests\.", text)
