"""The pages that lead to others: every measure, pages/measures.py, and what stands under About, pages/about.py."""

import re


def test_every_measure_is_named_with_a_link_to_its_page(visit, shipped_definitions):
    whole = "".join(visit("measures").html)
    named = set(re.findall(r'href="measure\?measure=([a-z0-9-]+)"', whole))
    assert named == {measure.id for measure in shipped_definitions.measures.values() if "force" in measure.levels}


def test_about_says_whose_site_it_is_and_leads_to_sources_method_and_the_record(visit):
    page = visit("about")
    assert "Independent of the Metropolitan Police Service" in page.text
    assert {"sources", "method", "minutes"} <= set(re.findall(r'href="([a-z]+)"', "".join(page.html)))
