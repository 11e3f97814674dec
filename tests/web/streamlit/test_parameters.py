"""What an address says is bounded before it is looked at, answered in words, and never becomes a link."""

import re

import pytest

from metrics.domain import Refused
from metrics.web.streamlit import pack_download, page_parts, pickers

NO_PAGE = ("airports", "unknown", "central-east", "CE", "Aviation Security", "other-force")
LONG = ("x" * 60_000, " " * 60_000 + "brent", "city of london" * 4000)
CHOICES = ("area", "measure", "as-at", "since", "show", "agenda")
LINK = re.compile(r"https?://[-.\w]+|www\.[-.\w]+|[-.\w+]+@[-\w]+\.[-\w]+", re.IGNORECASE)
"""What Streamlit makes a link of, escaped or not, after Markdown has been read."""
ADDRESSES = ("This page has moved. Log in at https://evil.example/login", "HTTP://evil.example", "www.evil.example", "a@evil.example")


@pytest.mark.parametrize("page", ["meeting", "measures", "compare", "measure", "minutes"])
def test_a_place_that_is_no_area_is_answered_in_words_on_every_page(visit, page):
    for name in NO_PAGE:
        opened = visit(page, area=name)
        assert "has no page: figures are shown for London and for its boroughs" in opened.warnings[0]
        assert opened.app.selectbox(key="area").value is None


def test_a_place_that_is_no_area_has_no_figures_and_no_slides(visit):
    visit("meeting")
    for name in NO_PAGE:
        with pytest.raises(Refused, match="has no page"):
            pack_download.figures(name, "all-crime", {})
        with pytest.raises(Refused, match="has no page"):
            pack_download.presentation(name, {})


@pytest.mark.parametrize("key", CHOICES)
def test_a_parameter_is_bounded_before_it_is_looked_at(visit, monkeypatch, key):
    looked_at = []
    for name in ("_area_typed", "_measure_id", "_meeting_day", "_shown"):
        understand = getattr(pickers, name)
        monkeypatch.setattr(pickers, name, lambda *given, keep=understand, **more: looked_at.append(given[-1]) or keep(*given, **more))
    for text in LONG:
        opened = visit("measure", **{"measure": "all-crime", key: text})
        assert all(len(warning) < 200 for warning in opened.warnings)
    assert [text for text in looked_at if len(text) > pickers.LONGEST_CHOICE] == []


def test_a_claim_that_is_too_long_is_cut_before_it_is_read(visit):
    assert "at most 500" in visit("claim", claim="a" * 60_000).warnings[0]


@pytest.mark.parametrize("text", ADDRESSES)
@pytest.mark.parametrize("key", ["area", "measure", "as-at", "since", "claim"])
def test_an_address_in_an_address_is_no_link(visit, key, text):
    opened = visit("claim" if key == "claim" else "measure", **{key: text})
    shown = [*opened.warnings, *(element.value for element in opened.app.error), *(element.label for element in opened.app.button)]
    assert [LINK.findall(text) for text in shown if LINK.search(text)] == []
    assert key == "claim" or page_parts.JOINER in opened.warnings[0]
