"""A period is one text however it was written, and stays the same month on the way there and back."""

import calendar
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain import periods

PERIODS = st.builds("{:04d}-{:02d}".format, st.integers(2000, 2060), st.integers(1, 12))
QUICK = settings(deadline=None, derandomize=True, max_examples=100)


@QUICK
@given(PERIODS)
def test_every_way_of_writing_a_month_gives_that_month(period):
    year, month = int(period[:4]), int(period[5:])
    last = periods.last_day(period)
    name = calendar.month_abbr[month]
    serial = (last - date(1899, 12, 30)).days
    ways = [
        period, f"{year}{month:02d}", f"{period}-01", last.isoformat(), f"{period}-01 00:00:00", f"{period}-01T00:00", f"{name}-{year}",
        f"{name.upper()}-{year % 100:02d}", f"{name.lower()} {year}", f"{last.day}/{month}/{year}", f"01.{month:02d}.{year % 100:02d}",
        str(serial), f"  {period} ",
    ]  # fmt: skip
    assert {periods.parse(way) for way in ways} == {period}
    assert periods.parse(f"{month}/{last.day}/{year}", order="mdy") == period


@QUICK
@given(PERIODS)
def test_the_last_month_of_a_financial_quarter_is_its_period(period):
    year, month = int(period[:4]), int(period[5:])
    if month % 3:
        return
    began = year if month > 3 else year - 1
    quarter = (month - 4) // 3 % 4 + 1
    if 2000 <= began <= 2059:
        assert periods.parse(f"Q{quarter}_{began % 100:02d}{(began + 1) % 100:02d}") == period


@QUICK
@given(PERIODS, st.integers(-300, 300))
def test_a_period_shifted_there_and_back_is_itself(period, months):
    there = periods.shift(period, months)
    assert periods.between(period, there) == months
    assert periods.shift(there, -months) == period


@QUICK
@given(PERIODS, st.integers(0, 60))
def test_a_span_has_every_month_once_in_order(first, months):
    span = periods.span(first, periods.shift(first, months))
    assert len(span) == months + 1
    assert span == sorted(set(span))
    assert all(periods.between(a, b) == 1 for a, b in pairwise(span))


def test_a_span_that_ends_before_it_begins_is_empty():
    assert periods.span("2024-02", "2024-01") == []


def test_february_is_29_days_long_in_leap_years_only():
    assert [periods.days(f"{year}-02") for year in (2000, 2023, 2024, 2100)] == [29, 28, 29, 28]
    assert periods.last_day("2024-02") == date(2024, 2, 29)


def test_the_order_of_day_and_month_is_the_one_that_was_asked_for():
    assert periods.parse("1/12/2026") == "2026-12"
    assert periods.parse("1/12/2026", order="mdy") == "2026-01"


@pytest.mark.parametrize(
    "label",
    [
        "", " ", "2024", "202400", "202413", "2024-13", "2024-00", "2024-1", "2024-02-30", "2024-02-00", "199912", "1999-12",
        "Foo-24", "June", "24-Jun", "31/2/2024", "0/1/2024", "13/13/2024", "1/1/1999", "Q5_2324", "Q0_2324", "Q1_2325", "Q1_2323",
        "36525", "99999", "45292.5", "2024-01-01T12:00", "20240101", "\u0662\u0660\u0662\u0664\u0660\u0661",
        "\uff12\uff10\uff12\uff14-01", "2024-01\n2024-02", "None", "NaT",
    ],
)  # fmt: skip
def test_a_label_that_is_no_month_is_refused_and_quoted(label):
    with pytest.raises(ValueError, match="month label not understood") as caught:
        periods.parse(label)
    assert repr(label) in str(caught.value)


def test_an_american_label_is_not_taken_for_a_british_one_when_it_cannot_be():
    with pytest.raises(ValueError, match="not understood"):
        periods.parse("6/30/2015")
    with pytest.raises(ValueError, match="not understood"):
        periods.parse("30/6/2015", order="mdy")


def test_periods_and_days_are_said_as_people_say_them():
    assert periods.say("2026-03") == "March 2026"
    assert periods.say_day(date(2026, 3, 1)) == "1 March 2026"
