"""What a page asks of the database that no page before it has asked: little, for tables are read whole and once for a build."""

import pytest

from metrics.store import Store

MOST = 4
"""A question takes one to six milliseconds; all that a page asks together is to take at most 20."""


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The questions asked from now on, in a list that grows."""
    questions: list[str] = []
    ask = Store.ask

    def noted(store: Store, question: str, **parameters):
        questions.append(question)
        return ask(store, question, **parameters)

    monkeypatch.setattr(Store, "ask", noted)
    return questions


@pytest.mark.parametrize("page", ["meeting", "measures", "measure", "compare", "plan", "sources", "ward"])
def test_a_page_that_nobody_has_opened_asks_little_of_its_own(visit, asked, page):
    visit(page, area="bromley", measure="shoplifting")
    asked.clear()
    opened = visit(page, area="hackney", measure="homicide")
    assert opened.html
    assert len(asked) <= MOST, asked
