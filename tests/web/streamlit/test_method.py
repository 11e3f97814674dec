"""The page of the method, pages/method.py."""

VERDICTS = ("clear improvement", "clear worsening", "possible change", "no clear change", "not enough data", "cannot be compared")


def test_the_six_verdicts_are_named_and_what_they_cannot_see_is_said(visit):
    page = visit("method")
    assert [verdict for verdict in VERDICTS if verdict not in page.text] == []
    assert "What these methods cannot see" in page.headers


def test_it_never_says_significant(visit):
    assert "significan" not in visit("method").text.lower()
