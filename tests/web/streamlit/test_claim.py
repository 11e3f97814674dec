"""The page on which a claim is checked, pages/claim.py."""

import re

import pytest

UP = "Shoplifting in Hackney is up 80% compared with a year ago"


def verdicts(page) -> list[tuple[str, str]]:
    """The look and the words of each answer."""
    pieces = re.findall(r'<p class="verdict (\w+)"><span aria-hidden="true">.</span> (.*?)</p>', "".join(page.html))
    return [(look, words) for look, words in pieces]


def labels(page) -> list[str]:
    return [button.label.replace("\\", "") for button in page.app.button]


def test_it_opens_with_a_box_and_examples(visit):
    page = visit("claim")
    assert page.app.text_input(key="claim").value == ""
    assert "Shoplifting doubled" in labels(page) and "Claims to try:" in page.text
    assert page.title == "Check a claim"


def test_a_claim_in_the_address_is_answered_with_its_date_and_its_source(visit):
    page = visit("claim", claim=UP)
    assert verdicts(page) == [("steady", "Supported")]
    assert page.app.text_input(key="claim").value == UP
    for words in ("a clear rise", "Figures as at", "Open Government Licence", "Shoplifting in Hackney: up by 80% compared with a year ago"):
        assert words in page.text


def test_an_answer_has_the_chart_of_its_measure_and_the_way_to_its_page(visit):
    (answer,) = (piece for piece in visit("claim", claim=UP).html if 'class="verdict' in piece)
    drawn = r'<img class="picture" src="picture/hackney/shoplifting\.\w+\.svg\?answer=year" alt="Shoplifting, Hackney[^"]+"'
    assert re.search(drawn, answer)
    assert 'href="measure?measure=shoplifting&amp;area=hackney"' in answer


def test_a_claim_that_is_typed_stands_in_the_address(visit):
    page = visit("claim")
    page.app.text_input(key="claim").set_value("Shoplifting is falling in Hackney")
    page.run()
    assert page.address == {"claim": "Shoplifting is falling in Hackney"}
    assert verdicts(page) == [("steady", "Not supported")]


def test_an_example_is_a_click_away(visit):
    page = visit("claim")
    page.app.button(key="example-0").click()
    page.run()
    assert page.address["claim"].startswith("Knife crime in London")
    assert verdicts(page) == [("steady", "Supported")]


def test_a_question_is_answered_by_a_button(visit):
    page = visit("claim", claim="Burglary is down 6% in Bromley")
    assert verdicts(page) == []
    (button,) = [choice for choice in page.app.button if choice.label == "Business burglary"]
    button.click()
    page.run()
    assert page.address["claim"] == "Business burglary is down 6% in Bromley"
    assert len(verdicts(page)) == 1


def test_a_place_is_picked_where_the_one_named_is_not_known(visit):
    page = visit("claim", claim="Shoplifting doubled in Narnia")
    (picker,) = page.app.selectbox
    assert picker.options[0] == "London" and len(picker.options) == 33
    picker.set_value("Lewisham")
    page.run()
    assert page.address["claim"] == "Shoplifting doubled in Lewisham"


def test_no_two_outcomes_look_alike_and_each_has_its_word(visit):
    claims = [UP, "Violence with injury in London is going down", "Knife crime is up in London", "Bromley is the safest borough"]
    assert [verdicts(visit("claim", claim=text))[0][1] for text in claims] == [
        "Supported", "Partly supported", "Not supported", "Cannot be checked"]
    looks = ["".join(visit("claim", claim=text).html) for text in claims]
    shapes = [re.search(r'class="verdict \w+"><span aria-hidden="true">(.)', look)[1] for look in looks]
    assert len(set(shapes)) == 4


@pytest.mark.parametrize("text", [
    "<img src=x onerror=alert(1)> shoplifting is up in Hackney", "[x](javascript:alert(1)) crime is down in Brent",
    "Bromley is the <script>safest</script> borough", "**crime** $x$ :red[is] up in Brent",
])
def test_a_hostile_claim_is_only_words(visit, text):
    page = visit("claim", claim=text)
    assert [piece for piece in page.html if re.search(r"<img|<script|<a (?!href)", piece)] == []
    assert page.app.markdown.values == []


def test_a_long_claim_is_refused_in_one_line(visit):
    page = visit("claim", claim="crime " * 4000)
    (warning,) = page.warnings
    assert "at most 500" in warning and len(warning) < 100


def test_a_chart_marks_as_compared_what_the_claim_compares_or_nothing(visit):
    for claim, question in (("Trust in the Met in London fell on a year ago", "year"), ("Trust in the Met in London is 74%", "none")):
        assert f".svg?answer={question}" in "".join(visit("claim", claim=claim).html)
