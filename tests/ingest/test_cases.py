"""Files that were once taken in silence, or refused without need, each with the right answer."""

import json

import pytest

from metrics.build import database
from metrics.store import Store
from tests.ingest.samples import BOROUGHS, crime_dashboard, force_strength, parsed, recorded_crime, with_cell, written

HEADER = "measure,place,period,value,base,note\n"
TWO_YEARS = [f"{year}{month:02d}" for year in (2022, 2023) for month in range(1, 13)]


def cells(project, dataset: str, day: str) -> dict[tuple[str, str, str], float]:
    """The figures of a release by series, place and period."""
    text = (project.data / "releases" / dataset / f"{day}.csv").read_text(encoding="utf-8")
    return {tuple(row[:3]): float(row[3]) for row in parsed(text)[1:]}


def report(project, dataset: str, day: str) -> dict:
    return json.loads((project.data / "releases" / dataset / f"{day}.json").read_text(encoding="utf-8"))


def steady(category: int, area: int, month: int) -> int:
    """A count near 200 that hardly moves."""
    return 200 + (7 * category + 11 * area + 13 * month) % 9


def years(months=tuple(TWO_YEARS), count=steady) -> str:
    return recorded_crime(months=months, count=count)


@pytest.fixture
def a_year_later(project):
    """A project with two years on record, and what the next month's file is given as."""
    project.take("recorded-crime", project.put("first.csv", years()), published="2024-01-18")
    return "import", "recorded-crime", project.root / "received" / "second.csv", "--published", "2024-02-18"


def answers(*values: float) -> str:
    return HEADER + "".join(f"answer-999,london,2025-{month:02d},{value},,\n" for month, value in enumerate(values, 1))


def test_proportions_where_percentages_belong_are_refused(project, refused):
    path = project.put("answers.csv", answers(0.885, 0.872, 0.901))
    refused("import", "template", path, "--published", "2025-04-10", says="a percentage is expected (such as 90.1)")


def test_one_proportion_among_percentages_is_refused(project, refused):
    path = project.put("mixed.csv", answers(88.5, 87.2, 0.901))
    says = "answer-999, london, 2025-03: 0.901 is a hundredth of its neighbours"
    refused("import", "template", path, "--published", "2025-04-10", says=says)


def test_percentages_are_taken(project):
    project.take("template", project.put("answers.csv", answers(88.5, 87.2, 90.1)), published="2025-04-10")
    assert cells(project, "template", "2025-04-10")["answer-999", "london", "2025-03"] == 90.1


def asb(*periods: str, places=BOROUGHS) -> str:
    return HEADER + "".join(f"asb-calls,{place},{period},{200 + i},,\n" for period in periods for i, place in enumerate(places))


def test_a_date_in_us_order_is_read_as_its_whole_file_is(project):
    project.take("template", project.put("march.csv", asb("3/1/2025")), published="2025-04-10")
    assert {period for _, _, period in cells(project, "template", "2025-04-10")} == {"2025-03"}


@pytest.mark.parametrize(("label", "period"), [("1/3/2025", "2025-03"), ("31/3/2025", "2025-03"), ("3/31/2025", "2025-03")])
def test_the_first_and_the_last_day_of_a_month_settle_the_order(project, label, period):
    project.take("template", project.put("march.csv", asb(label)), published="2025-04-10")
    assert {when for _, _, when in cells(project, "template", "2025-04-10")} == {period}


def test_dates_that_no_order_reads_alike_are_refused(project, refused):
    path = project.put("both.csv", asb("3/1/2025", "1/2/2025"))
    refused("import", "template", path, "--published", "2025-12-10", says="neither the first nor the last day of a month: '3/1/2025'")


def test_a_count_with_decimals_is_refused(project, refused):
    path = project.put("half.csv", asb("2025-03").replace(",200,", ",200.5,"))
    refused("import", "template", path, "--published", "2025-04-10", says="200.5 has decimals: a count is expected")


def test_areas_that_add_up_to_more_than_their_total_are_told(project):
    path = project.put("more.csv", asb("2025-02", "2025-03") + "asb-calls,london,2025-02,100,,\nasb-calls,london,2025-03,100,,\n")
    out = project.take("template", path, published="2025-04-10")
    assert "note: asb-calls 2025-02: the areas add up to 6,896, more than their total of 100" in out
    assert "note: and so in 1 more months" in out


def test_a_stock_that_lost_a_digit_is_refused(project, refused):
    text = with_cell(force_strength(("Dec-25", "Jan-26", "Feb-26")), 4, 1, "3187")
    says = "officers, london, 2026-02: 3,187 after 33,001: less than half of the month before"
    refused("import", "force-strength", project.put("strength.csv", text), "--published", "2026-03-10", says=says)


def test_a_stock_is_held_against_the_month_before_in_an_earlier_release(project, refused):
    project.take("force-strength", project.put("a.csv", force_strength(("Dec-25", "Jan-26"))), published="2026-02-10")
    text = force_strength(("Feb-26",)).replace("33000", "3300")
    says = "3,300 after 33,001: less than half of the month before"
    refused("import", "force-strength", project.put("b.csv", text), "--published", "2026-03-10", says=says)


def test_months_that_are_missing_are_named_in_the_report(project):
    months = ("2024-08", "2024-11", "2024-12", "2025-01")
    out = project.take("template", project.put("gap.csv", asb(*months)), published="2026-08-20")
    assert "note: 2024-09: in none of the files" in out
    assert "note: 2024-10: in none of the files" in out


def of_2018(*categories: tuple[str, str], months) -> str:
    """A file in the generation of names before 2019: every area has 10 of each category a month."""
    rows = [["Borough", "Major Category", "Minor Category", *months]]
    return written(rows + [[area, *pair, *(["10"] * len(months))] for area in BOROUGHS for pair in categories])


def test_a_file_of_which_nothing_is_kept_needs_no_mapping(project):
    old = project.put("old.csv", of_2018(("Crimes", "Of The Regency"), months=("200801", "200802")))
    recent = project.put("recent.csv", of_2018(("Robbery", "Personal Property"), months=("201801", "201802")))
    project.take("recorded-crime", old, recent, published="2019-01-20")
    assert cells(project, "recorded-crime", "2019-01-20")["personal-robbery", "london", "2018-01"] == 320


def test_one_refusal_names_the_unknown_categories_of_all_files(project, refused):
    first = project.put("first.csv", of_2018(("Crimes", "Highway Robbery"), months=("201801",)))
    second = project.put("second.csv", of_2018(("Crimes", "Body Snatching"), months=("201802",)))
    says = "'Body Snatching' (320 offences); 'Highway Robbery' (320 offences)"
    refused("import", "recorded-crime", first, second, "--published", "2019-01-20", says=says)


AIRPORTS = "London Heathrow and London City Airports", "Aviation Security (SO18)"


@pytest.mark.parametrize("names", [AIRPORTS, AIRPORTS[::-1]])
def test_the_airports_twice_keep_the_name_that_was_known(project, names):
    def same(category, area, month):
        return steady(category, min(area, 32), month)

    first = recorded_crime(areas=[*BOROUGHS, names[0]], count=same)
    second = recorded_crime(areas=[*BOROUGHS, *sorted(names)], count=same, months=("202401", "202402", "202403", "202404"))
    project.take("recorded-crime", project.put("first.csv", first), published="2024-04-18")
    project.take("recorded-crime", project.put("second.csv", second), published="2024-05-18")
    assert report(project, "recorded-crime", "2024-05-18")["report"]["changed"] == 0


def test_an_area_twice_under_other_case_and_name_is_refused(project, refused):
    rows = parsed(crime_dashboard())
    twice = next(row for row in rows if row[2] == "Camden" and row[1] == "Borough")
    rows.append([*twice[:2], "CAMDEN", "London Borough of Camden", *twice[4:]])
    path = project.put("knife.csv", written(rows))
    says = f"knife.csv, line {len(rows)}: the row stands twice: Camden"
    refused("import", "crime-dashboard", path, "--published", "2026-02-05", says=says)


def odd(project, words) -> list[str]:
    """The numbered list that an import stops with."""
    before = project.digest()
    status, out, err = project.run(*words)
    assert (status, out) == (1, "")
    assert project.digest() == before
    first, *listed, last = err.splitlines()
    assert first == "recorded-crime 2024-02-18 looks odd; nothing was kept:"
    assert last == 'If that is right, take it with --accept "the reason"'
    assert [line.split(".")[0] for line in listed] == [f"  {n}" for n in range(1, len(listed) + 1)]
    return listed


def next_month(count) -> str:
    return years(months=(*TWO_YEARS[1:], "202401"), count=lambda c, a, m: count(c, a, m + 1))


def test_the_next_month_is_taken_without_a_word(project, a_year_later):
    project.put("second.csv", next_month(steady))
    assert project.run(*a_year_later)[0] == 0


CHANGES = {
    "a newest month cut by a third": lambda c, a, m: steady(c, a, m) * (2 if m == 24 else 3) // 3,
    "a newest month of nothing": lambda c, a, m: 0 if m == 24 else steady(c, a, m),
    "a newest month doubled": lambda c, a, m: steady(c, a, m) * (2 if m == 24 else 1),
    "one area cut in the newest month": lambda c, a, m: 10 if m == 24 and a == 5 else steady(c, a, m),
    "one category of one area without its newest month": lambda c, a, m: 0 if (c, a, m) == (4, 5, 24) else steady(c, a, m),
    "every figure a tenth": lambda c, a, m: steady(c, a, m) // 10,
    "a category halved": lambda c, a, m: steady(c, a, m) // (2 if c == 4 else 1),
    "a digit lost in one month": lambda c, a, m: 20 if (c, a, m) == (4, 5, 9) else steady(c, a, m),
    "a digit gained in one month": lambda c, a, m: 2000 if (c, a, m) == (4, 5, 9) else steady(c, a, m),
    "months shifted by one": lambda c, a, m: 10 * m + steady(c, a, m - 1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_looks_odd_beside_the_release_before_stops_with_a_list(project, a_year_later, change):
    project.put("second.csv", next_month(CHANGES[change]))
    assert odd(project, a_year_later)


def test_a_category_that_is_gone_stops_the_import(project, a_year_later):
    rows = parsed(next_month(steady))
    project.put("second.csv", written([row for row in rows if row[1] != "STALKING AND HARASSMENT"]))
    assert "stalking: in the release before, and not in this one" in odd(project, a_year_later)[0]


def test_a_category_under_another_known_name_passes(project, a_year_later):
    text = next_month(steady).replace("THEFT FROM THE PERSON", "THEFT FROM PERSON")
    project.put("second.csv", text)
    assert project.run(*a_year_later)[0] == 0


def test_what_looks_odd_is_taken_with_a_reason_and_the_reason_is_kept(project, a_year_later):
    project.put("second.csv", next_month(CHANGES["a newest month cut by a third"]))
    status, out, _ = project.run(*a_year_later, "--accept", "a strike", "--unfinished")
    assert status == 0
    assert "accepted: a strike" in out
    facts = report(project, "recorded-crime", "2024-02-18")
    assert (facts["accepted"], facts["unfinished"], bool(facts["odd"])) == ("a strike", "2024-01", True)
    assert project.run("check")[0] == 0


def test_a_reason_that_nothing_asks_for_is_not_kept(project):
    path = project.put("first.csv", years())
    assert project.run("import", "recorded-crime", path, "--published", "2024-01-18", "--accept", "in a hurry")[0] == 0
    assert report(project, "recorded-crime", "2024-01-18")["accepted"] == ""


def test_an_unfinished_month_needs_a_reason(project, refused):
    words = "import", "recorded-crime", project.put("first.csv", years()), "--published", "2024-01-18", "--unfinished"
    refused(*words, says="an unfinished month is taken with a reason: add --accept")


def test_an_unfinished_month_is_shown_and_judged_by_nothing(project, shipped_definitions):
    words = "--published", "2024-01-18", "--accept", "a strike", "--unfinished"
    assert project.run("import", "recorded-crime", project.put("first.csv", years()), *words)[0] == 0
    database.build(project.data, project.database, shipped_definitions, judge=False)
    store, asked = Store(project.database), {"measures": ["shoplifting", "personal-robbery"], "places": ["sutton"]}
    assert store.ask("series_of_places", **asked)["period"].max() == "2023-12"
    assert store.ask("series_of_places", judged=True, **asked)["period"].max() == "2023-11"
    note = store.ask("releases")["note"][0]
    assert note == "Accepted: a strike; December 2023 was not finished by its publisher: shown, and judged by nothing"
