"""The facts of a measure's page: each answer stands over the figures that it compares."""

from metrics.outputs.page.measure_page import _compared
from metrics.report.scorecard import Answer


def test_the_later_figure_stands_there_where_its_months_are_not_those_of_the_newest():
    answer = Answer(
        "plan", "clear improvement", "fewer", "3 to 33% fewer", before="2,536 like for like", window="year to Jun 2023", now="2,033",
        period="year to Jun 2026",
    )
    words = "from 2,536 like for like (year to Jun 2023) to 2,033 (year to Jun 2026)"
    assert _compared("Since the plan began", answer, "Apr to Jun 2026") == ("Since the plan began", "3 to 33% fewer", words)
    assert _compared("Since the plan began", answer, "year to Jun 2026")[2] == "from 2,536 like for like (year to Jun 2023)"


def test_an_answer_without_an_earlier_figure_stands_alone():
    assert _compared("On a year before", Answer("year", "not enough data"), "") == ("On a year before", "Not enough data", "")
