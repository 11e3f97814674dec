"""Claims compare what the pages compare: the same months, the same figures, for every measure in every place."""

from datetime import date

import pytest

from metrics.claims.claim import Period
from metrics.claims.windows import comparisons

DAYS = (date(2023, 8, 7), date(2025, 12, 4), date(2026, 8, 31))


def has_two_figures(row: dict) -> bool:
    """Whether an answer compares two figures that are held."""
    return row["now"] == row["now"] and row["before"] == row["before"] and row["before_to"] < row["now_to"]


@pytest.mark.parametrize("day", DAYS)
def test_since_the_plan_is_the_pair_of_the_stored_answer_or_nothing(check, day):
    kept = check.store.whole("answers", as_at=day)
    rows = kept[kept["question"] == "plan"].to_dict("records")
    assert {row["measure"] for row in rows} == set(check.known.measures)
    figures = {measure: check.figures(measure, day) for measure in check.known.measures}
    for row in rows:
        tried = comparisons(Period("plan"), figures[row["measure"]], row["place"])[:1]
        pairs = [(pair.window[1], pair.then[1], pair.now, pair.before) for pair in tried]
        assert pairs == ([(row["now_to"], row["before_to"], row["now"], row["before"])] if has_two_figures(row) else []), row


def test_everyone_in_post_since_the_plan_is_since_the_month_of_the_launch(check):
    """34,363 officers in July 2023 and 34,411 in June; of officers and PCSOs 35,590, of staff 10,420."""
    for size, outcome in (("3,352", "supported"), ("3,399", "not supported")):
        assert check.outcome(f"Police officers are down by {size} since the plan") == outcome
    assert check.outcome("Officers and PCSOs are down by 3,213 since the plan") == "supported"
    assert check.outcome("Police staff are up by 1,102 since the plan") == "supported"
    assert "34,363 at the end of July 2023: 3,352 fewer" in check.only("Police officers are down by 3,400 since the plan").summary


def test_where_a_page_has_no_answer_since_the_plan_claims_have_none(check):
    answer = check.only("Calls about anti-social behaviour in London are up since the plan")
    assert answer.outcome == "cannot be checked"
    assert answer.summary.startswith("The figures held, January 2018 to March 2024, do not give a time before the plan began")
