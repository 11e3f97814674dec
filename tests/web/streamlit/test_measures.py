"""Pages that lead to others: every measure (pages/measures.py), what stands under About (pages/about.py), the method (pages/method.py)."""

import re


def test_every_measure_is_named_with_a_link_to_its_page(visit, shipped_definitions):
    whole = "".join(visit("measures").html)
    named = set(re.findall(r'href="measure\?measure=([a-z0-9-]+)"', whole))
    assert named == {measure.id for measure in shipped_definitions.measures.values() if "force" in measure.levels}


def test_about_says_whose_site_it_is_and_leads_to_sources_method_and_the_record(visit):
    page = visit("about")
    assert "Independent of the Metropolitan Police Service" in page.text
    assert {"sources", "method", "minutes"} <= set(re.findall(r'href="([a-z]+)"', "".join(page.html)))


VERDICTS = ("clear improvement", "clear worsening", "possible change", "no clear change", "not enough data", "cannot be compared")


def test_the_six_verdicts_are_named_and_what_they_cannot_see_is_said(visit):
    page = visit("method")
    assert [verdict for verdict in VERDICTS if verdict not in page.text] == []
    assert "What these methods cannot see" in page.headers


def test_it_never_says_significant(visit):
    assert "significan" not in visit("method").text.lower()
