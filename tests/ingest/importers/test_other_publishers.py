"""The dashboard, the survey, force strength, population and the template: what each file gives, cell by cell."""

import pytest

from metrics.ingest import importers
from tests.ingest.samples import (
    BOROUGHS,
    DASHBOARDS,
    SLUGS,
    crime_dashboard,
    force_strength,
    parsed,
    population,
    survey,
    survey_extract,
    template,
    with_cell,
    written,
)


@pytest.fixture
def read(project, shipped_definitions):
    """What an importer gives for some texts."""

    def run(dataset: str, *texts: str):
        about = shipped_definitions.datasets[dataset]
        files = [project.put(f"{i}.csv", text) for i, text in enumerate(texts)]
        return importers.read(files, about, shipped_definitions)

    return run


def cells(tidy) -> dict[tuple[str, str, str], float]:
    return {(r.measure, r.place, r.period): r.value for r in tidy.rows.itertuples()}


def knives(borough: int, month: int) -> int:
    return 3 + (5 * borough + 7 * month) % 17


@pytest.mark.parametrize("header", DASHBOARDS)
def test_both_headers_of_the_dashboard_give_borough_rows_once(read, header):
    figures = cells(read("crime-dashboard", crime_dashboard(header)))
    wanted = {("knife-crime", slug, f"2024-0{m + 1}"): knives(a, m) for a, slug in enumerate(SLUGS) for m in (0, 1)}
    wanted |= {("knife-crime", "london", f"2024-0{m + 1}"): sum(knives(a, m) for a in range(32)) for m in (0, 1)}
    assert figures == wanted


def test_ward_rows_and_nested_subtypes_of_the_dashboard_are_left_out_name_and_total(read):
    account = read("crime-dashboard", crime_dashboard()).account
    injuries = sum(knives(a, m) - 1 for a in range(32) for m in (0, 1))
    both = sum(2 * knives(a, m) - 1 for a in range(32) for m in (0, 1))
    assert account.left_out == {"ward rows": both, "Knife Crime / Knife Crime with Injury / Offences": injuries}
    assert account.totals == {"knife-crime": sum(knives(a, m) for a in range(32) for m in (0, 1))}


@pytest.mark.parametrize(
    "labels",
    [
        ("01.01.24", "01.02.24"),
        ("1/1/2024", "2/1/2024"),
        ("01/01/2024", "01/02/2024"),
        ("45292", "45323"),
        ("2024-01-01 00:00:00", "2024-02-01 00:00:00"),
        ("Jan-24", "Feb-24"),
    ],
)
def test_a_dashboard_month_is_read_in_every_way_that_it_was_published(read, labels):
    assert cells(read("crime-dashboard", crime_dashboard(months=labels))) == cells(read("crime-dashboard", crime_dashboard()))


def test_a_row_that_the_dashboard_leaves_out_is_zero_in_the_months_of_its_type(read):
    rows = [row for row in parsed(crime_dashboard(months=("2024-01-01",))) if row[2] != "Sutton"]
    figures = cells(read("crime-dashboard", written(rows)))
    assert figures["knife-crime", "sutton", "2024-01"] == 0
    assert figures["knife-crime", "london", "2024-01"] == sum(knives(a, 0) for a, name in enumerate(BOROUGHS) if name != "Sutton")


def test_unknown_areas_with_several_names_are_no_duplicates_and_count_in_london(read):
    rows = parsed(crime_dashboard())
    for name in ("Other", "NK"):
        row = f"2024-01-01,Borough,Other / NK,{name},,Knife Crime,Knife Crime,Offences,fy23-24,23-24_10,4,2024-03-18"
        rows.append(row.split(","))
    tidy = read("crime-dashboard", written(rows))
    assert cells(tidy)["knife-crime", "unknown", "2024-01"] == 8
    assert cells(tidy)["knife-crime", "london", "2024-01"] == sum(knives(a, 0) for a in range(32)) + 8
    assert tidy.account.outside == {"Unknown": 8}


@pytest.mark.parametrize("word", ["Positive Outcomes", "Outcomes", "Sanction Detections", "positive outcomes"])
def test_older_words_for_outcomes_of_the_dashboard_are_understood(read, word):
    text = crime_dashboard().replace("Knife Crime", "Hate crime").replace("Hate crime with Injury", "Racist Crime")
    text = text.replace(",Offences,", f",{word},")
    assert {series for series, _, _ in cells(read("crime-dashboard", text))} == {"hate-crime-outcomes"}


def test_a_month_that_the_dashboard_skips_is_told(read):
    account = read("crime-dashboard", crime_dashboard(months=("2024-01-01", "2024-04-01"))).account
    assert account.gaps[:2] == ["2024-02: in none of the files", "2024-03: in none of the files"]


def test_the_official_survey_gives_percentages_for_boroughs_and_london_with_base(read):
    tidy = read("public-attitudes", survey())
    figures = cells(tidy)
    for question in ("good-job", "trust-met"):
        for d, period in enumerate(("2023-09", "2023-12")):
            assert figures[question, "london", period] == 61 + d
            assert [figures[question, slug, period] for slug in SLUGS] == [50 + (3 * a + d) % 30 for a in range(32)]
    assert len(figures) == 2 * 2 * 33
    assert not tidy.second_hand
    bases = tidy.rows.groupby(tidy.rows["place"].eq("london"))["base"].unique()
    assert bases[True].tolist() == [12800]
    assert bases[False].tolist() == [400]


def test_stray_cells_of_the_survey_are_told_with_their_line_and_not_read(read):
    tidy = read("public-attitudes", with_cell(survey(), 4, 8, "check this"))
    assert cells(tidy) == cells(read("public-attitudes", survey()))
    assert tidy.account.notes == ["line 4: stray cells after the last named column, not read: check this"]


def test_a_row_of_the_survey_that_repeats_a_figure_is_kept_once_and_told(read):
    text = survey()
    tidy = read("public-attitudes", text + text.splitlines()[1] + "\n")
    assert cells(tidy) == cells(read("public-attitudes", text))
    assert tidy.account.notes == ["good-job, barking-and-dagenham, 2023-09 stands twice with the same figure: kept once"]


def test_a_quarter_that_the_survey_skips_is_told(read):
    assert read("public-attitudes", survey(("31/3/2023", "30/9/2023"))).account.gaps[0] == "2023-06: in none of the files"


def test_a_survey_extract_is_second_hand_and_its_quarters_end_as_the_official_ones(read):
    tidy = read("public-attitudes", survey_extract())
    assert tidy.second_hand
    figures = cells(tidy)
    assert [figures["trust-met", slug, "2023-12"] for slug in SLUGS] == [41 + 7 * a % 39 for a in range(32)]
    assert {period for _, _, period in figures} == {"2023-09", "2023-12"}


def test_two_figures_for_one_cell_of_an_extract_are_handed_on_and_not_chosen_between(read):
    rows = parsed(survey_extract())
    rows.append([*rows[1][:4], "0.99", ""])
    tidy = read("public-attitudes", written(rows))
    cell = ("trust-met", "barking-and-dagenham", "2023-09")
    assert tidy.conflicts == {cell: f"0.csv, line {len(rows)}: {', '.join(cell)}: 99 here, 40 before: two figures for one cell"}


def test_the_london_extract_is_read_in_whole_percents(read):
    text = "date,measure,proportion\nDec-14,Agree the police can be relied upon to be there when needed,77\n"
    assert cells(read("public-attitudes", text)) == {("relied-on", "london", "2014-12"): 77}


def test_force_strength_is_a_stock_of_the_whole_force_by_month(read):
    figures = cells(read("force-strength", force_strength()))
    assert figures == {
        (series, "london", period): start + m
        for series, start in (("officers", 33000), ("staff", 11000), ("pcsos", 1300))
        for m, period in enumerate(("2023-11", "2023-12", "2024-01"))
    }


def test_columns_of_force_strength_are_known_by_name_and_not_by_place(read):
    rows = [[row[0], *reversed(row[1:])] for row in parsed(force_strength())]
    assert cells(read("force-strength", written(rows))) == cells(read("force-strength", force_strength()))


def test_residents_of_london_are_the_thirty_two_boroughs_without_the_city(read):
    tidy = read("population", population())
    figures = cells(tidy)
    assert figures["residents", "london", "2023-06"] == sum(200000 + 1000 * a + 1 for a in range(32))
    assert figures["residents", "sutton", "2022-06"] == 200000 + 1000 * BOROUGHS.index("Sutton")
    assert tidy.account.left_out == {"City of London": 11000}
    assert len(figures) == 2 * 33


def test_an_area_that_grew_by_more_than_a_tenth_in_a_year_looks_odd(read):
    assert read("population", population()).odd == ()
    grown = read("population", population().replace("Barnet,2023,201", "Barnet,2023,241"))
    assert grown.odd == ("barnet: 201,000 residents, and 241,001 a year later, in 2023",)


def test_template_rows_keep_their_base_and_their_note(project):
    out = project.take("template", project.put("plain.csv", template()))
    kept = (project.data / "releases" / "template" / "2024-04-18.csv").read_text(encoding="utf-8")
    assert kept == (
        "measure,place,period,value,base\n"
        "answer-999,london,2024-01,86.2,120345\n"
        "answer-999,london,2024-02,85.9,110001\n"
        "asb-calls,kingston-upon-thames,2024-02,345,\n"
    )
    assert "note: answer-999, london, 2024-02: recounted in March" in out
