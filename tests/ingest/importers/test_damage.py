"""Whatever is wrong with a file is told in one line with file, line and reason, and nothing stored changes."""

import gzip
import io
import zipfile

import pytest

from tests.ingest.samples import (
    BOROUGHS,
    MONTHS,
    SAMPLES,
    parsed,
    recorded_crime,
    survey,
    survey_extract,
    with_cell,
    written,
)

DATASETS = list(SAMPLES)
WITH_AREAS = [name for name, sample in SAMPLES.items() if sample.area is not None]


def last_line(text: str) -> int:
    return text.count("\n")


def zipped(text: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("inside.csv", text)
    return raw.getvalue()


# What is done to a whole file, and what is said of it. None of these depends on what the file is about.
WHOLE_FILE = {
    "an empty file": (lambda text: b"", ": the file is empty"),
    "nothing but line ends": (lambda text: b"\n\n\n", ": the file is empty"),
    "a header alone": (lambda text: text.split("\n")[0] + "\n", ": only a header, no rows"),
    "an unknown header": (lambda text: "Wibble" + text, ", line 1: header not known"),
    "UTF-16 with a mark": (lambda text: text.encode("utf-16"), ": this is UTF-16 text"),
    "UTF-16 without a mark": (lambda text: text.encode("utf-16-le"), ", line 1: holds NUL bytes"),
    "Latin-1 bytes": (lambda text: (text + "Caf\u00e9\n").encode("latin-1"), "not UTF-8 text (Latin-1?)"),
    "lone carriage returns": (lambda text: text.replace("\n", "\r") + "\n", ": lines end in a lone carriage return"),
    "a zip file": (zipped, ": this is a zip or Excel file"),
    "a gzip file": (lambda text: gzip.compress(text.encode(), mtime=0), ": this is a gzip file"),
    "a PDF file": (lambda text: b"%PDF-1.7\n" + text.encode(), ": this is a PDF file"),
    "a web page": (lambda text: "<!DOCTYPE html>\n<title>Not found</title>\n", ": this is a web page"),
    "a column that stands twice": (
        lambda text: written([[*row, row[-1] or "x"] if i else [*row, row[0]] for i, row in enumerate(parsed(text))]),
        ", line 1: the column",
    ),
    "an empty line in the middle": (lambda text: text.replace("\n", "\n\n", 2), ", line 2: an empty line"),
    "a quote that is never closed": (lambda text: text + '"Brent,1,2\n', "the file may be cut short"),
}

# What is written into the first cell of line 3, and what is said of it.
CELLS = {
    "=1+1": "begins like a spreadsheet formula",
    "+1+1": "begins like a spreadsheet formula",
    "-1+1": "begins like a spreadsheet formula",
    "-2+3+cmd|' /C calc'!A0": "begins like a spreadsheet formula",
    "@SUM(A1)": "begins like a spreadsheet formula",
    "  =HYPERLINK(A1)": "begins like a spreadsheet formula",
    "\t=1": "begins like a spreadsheet formula",
    "<b>Brent</b>": "a cell holds a tag",
    "Brent</td>": "a cell holds a tag",
    "<script>alert(1)</script>": "a cell holds a tag",
    "Brent\nSutton": "a line break",
    "Brent\u2028Sutton": "a line break",
    "Brent\x1b[31m": "a control character",
}

NUMBERS = ["n/a", "", "1,234", "1e3", "1 000", "-4", "+4", "0x10", "\u0663", "\u00b2", "NaN", "inf", "12345678901"]


@pytest.fixture(autouse=True)
def definitions_read_once(monkeypatch, shipped_definitions):
    """No damage here is to a definition: the shipped ones are read once for all of these tests."""
    monkeypatch.setattr("metrics.definitions.definitions", lambda data, plan: shipped_definitions)


@pytest.fixture
def damaged(project, refused):
    """A check that a damaged file of a dataset is refused."""

    def check(dataset: str, content: str | bytes, says: str) -> str:
        path = project.put(SAMPLES[dataset].name, content)
        err = refused("import", dataset, path, "--published", "2024-04-18", says=says)
        assert err.startswith(SAMPLES[dataset].name)
        return err

    return check


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_undamaged_file_is_taken(project, dataset):
    sample = SAMPLES[dataset]
    assert "kept:" in project.take(dataset, project.put(sample.name, sample.text))


@pytest.mark.parametrize("damage", WHOLE_FILE)
@pytest.mark.parametrize("dataset", DATASETS)
def test_a_file_that_is_not_whole_plain_csv_is_refused(damaged, dataset, damage):
    spoil, says = WHOLE_FILE[damage]
    sample = SAMPLES[dataset]
    damaged(dataset, spoil(sample.text), sample.name + says if says.startswith((":", ", line 1:")) else says)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("dataset", DATASETS)
def test_a_cell_that_a_spreadsheet_or_a_browser_would_run_is_refused_with_its_line(damaged, dataset, cell):
    sample = SAMPLES[dataset]
    assert CELLS[cell] in damaged(dataset, with_cell(sample.text, 3, 0, cell), f"{sample.name}, line 3: ")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("dataset", DATASETS)
def test_text_or_a_negative_where_a_figure_belongs_is_refused_with_its_line(damaged, dataset, number):
    sample = SAMPLES[dataset]
    err = damaged(dataset, with_cell(sample.text, 3, sample.number, number), f"{sample.name}, line 3: ")
    assert sample.number_words in err


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_month_that_is_not_understood_is_refused_with_its_line(damaged, dataset):
    sample = SAMPLES[dataset]
    line, column = sample.month
    for label in ("202413", "Foo-24", "2024-02-30", "32/1/2024", "20\u0662\u0664-01", "soon"):
        damaged(dataset, with_cell(sample.text, line, column, label), f"{sample.name}, line {line}: {sample.month_words}: {label!r}")


@pytest.mark.parametrize("dataset", WITH_AREAS)
def test_an_unknown_area_is_refused_with_its_line(damaged, dataset):
    sample = SAMPLES[dataset]
    damaged(dataset, with_cell(sample.text, 3, sample.area, "Wessex"), f"{sample.name}, line 3: no place called 'Wessex'")
    damaged(dataset, with_cell(sample.text, 3, sample.area, "Kingstn upon Thames"), "did you mean Kingston upon Thames?")


@pytest.mark.parametrize("dataset", ["recorded-crime", "crime-dashboard", "public-attitudes", "template"])
def test_the_city_of_london_is_refused_by_name(damaged, dataset):
    sample = SAMPLES[dataset]
    says = f"{sample.name}, line 3: 'City of London': City of London is policed by another force"
    damaged(dataset, with_cell(sample.text, 3, sample.area, "City of London"), says)


@pytest.mark.parametrize("area", ["London", "South West"])
@pytest.mark.parametrize("dataset", ["recorded-crime", "crime-dashboard", "population"])
def test_a_place_that_is_no_borough_is_refused_in_a_file_of_boroughs(damaged, dataset, area):
    sample = SAMPLES[dataset]
    damaged(dataset, with_cell(sample.text, 3, sample.area, area), f"{sample.name}, line 3: {area!r} is none of the areas")


@pytest.mark.parametrize("area", ["Unknown", "South West"])
def test_a_place_without_interviews_is_refused_in_the_survey(damaged, area):
    damaged("public-attitudes", with_cell(survey(), 3, 2, area), f"sheet.csv, line 3: {area!r} is none of the areas")


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_file_cut_in_the_middle_of_a_line_is_refused(damaged, dataset):
    sample = SAMPLES[dataset]
    end = last_line(sample.text)
    cut = sample.text.rstrip("\n").rpartition(",")[0]
    says = f"{sample.name}, line {end}: "
    assert "cut short" in damaged(dataset, cut, says)
    assert "cut short" in damaged(dataset, cut + "\n", says)


@pytest.mark.parametrize("dataset", ["recorded-crime", "crime-dashboard", "force-strength"])
def test_a_file_without_its_last_line_end_is_refused_where_the_publisher_writes_it(damaged, dataset):
    sample = SAMPLES[dataset]
    damaged(dataset, sample.text[:-1], f"{sample.name}, line {last_line(sample.text)}: the last line has no end")
    damaged(dataset, sample.text[:-2], f"{sample.name}, line {last_line(sample.text)}: the last line has no end")


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.9])
@pytest.mark.parametrize("dataset", ["recorded-crime", "public-attitudes", "population"])
def test_a_file_cut_between_two_lines_is_refused_where_boroughs_are_missing(damaged, dataset, kept):
    lines = SAMPLES[dataset].text.splitlines(keepends=True)
    says = damaged(dataset, "".join(lines[: int(kept * len(lines))]), "")
    assert "cut short" in says or "sorted by size" in says


def test_a_population_that_lost_its_last_digit_is_refused(damaged):
    text = "\n".join(line for line in SAMPLES["population"].text.splitlines() if "City" not in line)
    damaged("population", text[:-1], "residents.csv: westminster: 23,100 in 2023 but 231,000 in 2022: the file may be cut short")


@pytest.mark.parametrize("dataset", ["recorded-crime", "crime-dashboard", "population", "template"])
def test_a_row_that_stands_twice_is_refused_with_its_line(damaged, dataset):
    sample = SAMPLES[dataset]
    second = sample.text.splitlines()[1]
    err = damaged(dataset, sample.text + second + "\n", f"{sample.name}, line {last_line(sample.text) + 1}: ")
    assert "stands twice" in err


def test_a_borough_under_two_spellings_stands_twice(damaged):
    text = SAMPLES["recorded-crime"].text
    line = next(line for line in text.splitlines() if ",Westminster," in line).replace("Westminster", "City of Westminster")
    damaged("recorded-crime", text + line + "\n", "in City of Westminster stands twice")


def test_a_month_of_force_strength_that_is_skipped_or_repeated_is_refused(damaged):
    text = SAMPLES["force-strength"].text
    for label in ("Nov-23", "Jan-24"):
        damaged("force-strength", with_cell(text, 3, 0, label), f"strength.csv, line 3: {label!r} does not follow 2023-11")


def test_two_figures_for_one_cell_of_the_official_survey_are_refused(damaged):
    rows = parsed(survey())
    rows.append([*rows[1][:4], "0,11", *rows[1][5:]])
    damaged("public-attitudes", written(rows), f"line {len(rows)}: good-job, barking-and-dagenham, 2023-09: 11 here, 50 before")


def test_the_london_figure_of_a_quarter_may_not_change_from_row_to_row(damaged):
    damaged("public-attitudes", with_cell(survey(), 5, 5, "0,99"), "sheet.csv, line 5: MPS column: 99 here, 61 on an earlier line")


def test_a_proportion_above_one_is_refused(damaged):
    damaged("public-attitudes", with_cell(survey(), 4, 4, "56"), "sheet.csv, line 4: proportion: '56' is not between 0 and 1")


@pytest.mark.parametrize("date", ["3/6/2023", "12/1/2023", "31/10/2023", "30/12/2023"])
def test_a_survey_date_that_ends_no_quarter_is_refused_as_its_order_is_not_certain(damaged, date):
    damaged("public-attitudes", with_cell(survey(), 3, 0, date), f"sheet.csv, line 3: not the last day of a quarter: {date!r}")


def test_a_dashboard_month_that_is_not_the_first_of_one_is_refused(damaged):
    text = SAMPLES["crime-dashboard"].text
    says = "knife.csv, line 3: neither the first nor the last day of a month: '2/3/2024'"
    damaged("crime-dashboard", with_cell(text, 3, 0, "2/3/2024"), says)


def test_a_percentage_above_a_hundred_is_refused_in_the_template(damaged):
    says = "plain.csv, line 2: answer-999, london, 2024-01: 100.5 is above 100 per cent"
    damaged("template", with_cell(SAMPLES["template"].text, 2, 3, "100.5"), says)


def test_a_measure_that_has_an_open_file_takes_nothing_from_the_template(damaged):
    err = damaged("template", with_cell(SAMPLES["template"].text, 2, 0, "rape"), "plain.csv, line 2: 'rape' takes no figures")
    assert "answer-999" in err


def test_a_category_that_nobody_mapped_is_refused_with_its_total(damaged):
    text = recorded_crime().replace("STALKING AND HARASSMENT", "CYBER STALKING")
    total = sum(sum(map(int, row[3:])) for row in parsed(text) if row[1] == "CYBER STALKING")
    damaged("recorded-crime", text, f"category not mapped in datasets/recorded-crime.yaml: 'CYBER STALKING' ({total:,} offences)")


def test_every_category_that_nobody_mapped_is_named_at_once(damaged):
    text = recorded_crime().replace("STALKING AND HARASSMENT", "CYBER STALKING").replace("THEFT FROM A VEHICLE", "VAN THEFT")
    assert "'VAN THEFT'" in damaged("recorded-crime", text, "'CYBER STALKING'")


def test_a_dashboard_type_that_nobody_mapped_is_refused_with_its_total(damaged):
    text = SAMPLES["crime-dashboard"].text.replace("Knife Crime with Injury", "Sword Crime")
    total = sum(int(row[10]) for row in parsed(text) if row[6] == "Sword Crime" and row[1] == "Borough")
    damaged("crime-dashboard", text, f"'Knife Crime / Sword Crime / Offences' ({total:,} counted)")


def test_an_area_without_a_row_of_what_every_other_has_is_refused(damaged):
    rows = parsed(SAMPLES["crime-dashboard"].text)
    many = [[*row[:10], "50", *row[11:]] if row[10].isdigit() else row for row in rows]
    text = "\n".join(",".join(row) for row in many if row[2] != "Barnet") + "\n"
    damaged("crime-dashboard", text, "knife-crime: no row for barnet: the file may be cut short")


def test_a_survey_question_that_nobody_mapped_is_refused(damaged):
    err = damaged("public-attitudes", with_cell(survey(), 2, 3, "Likes the uniform"), "sheet.csv, line 2: ")
    assert "question not mapped in datasets/public-attitudes.yaml: 'Likes the uniform'" in err


@pytest.mark.parametrize(
    ("column", "cell", "says"), [(1, "Galaxy", "area type not known: 'Galaxy'"), (7, "Guesses", "measure not known: 'Guesses'")]
)
def test_an_unknown_kind_of_dashboard_row_is_refused(damaged, column, cell, says):
    damaged("crime-dashboard", with_cell(SAMPLES["crime-dashboard"].text, 2, column, cell), f"knife.csv, line 2: {says}")


@pytest.mark.parametrize("label", ["Jan-24", "2024-01", "2024011", "Total", ""])
def test_a_month_column_of_recorded_crime_has_six_digits_or_is_refused(damaged, label):
    damaged("recorded-crime", with_cell(recorded_crime(), 1, 4, label), f"borough.csv, line 1: month label not understood: {label!r}")


@pytest.mark.parametrize("months", [("202401", "202403"), ("202402", "202401"), ("202401", "202501")])
def test_month_columns_that_skip_or_turn_back_are_refused(damaged, months):
    damaged("recorded-crime", recorded_crime(months=months), "borough.csv, line 1: the month columns skip or repeat a month")


def test_a_borough_without_a_row_of_a_common_category_is_refused(damaged):
    rows = [row for row in parsed(recorded_crime()) if row[1:3] != ["STALKING AND HARASSMENT", "Sutton"]]
    damaged("recorded-crime", written(rows), "no row for 'STALKING AND HARASSMENT' in sutton: the file may be cut short")


def test_the_ward_file_is_refused_as_what_it_is(damaged):
    text = "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202401\nTHEFT,SHOPLIFTING,Abbey,E05009317,Merton,4\n"
    damaged("recorded-crime", text, "borough.csv, line 1: this is the ward file")


@pytest.mark.parametrize("other", DATASETS)
@pytest.mark.parametrize("dataset", DATASETS)
def test_the_file_of_another_dataset_is_refused(damaged, dataset, other):
    if other != dataset:
        damaged(dataset, SAMPLES[other].text, f"{SAMPLES[dataset].name}, line 1: header not known")


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_file_of_five_gigabytes_is_refused_unread(project, refused, dataset):
    path = project.put(SAMPLES[dataset].name, "")
    with path.open("r+b") as file:
        file.truncate(5 * 2**30)
    refused("import", dataset, path, "--published", "2024-04-18", says=f"{path.name}: 5,369 MB: larger than any file of this kind")


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_file_that_cannot_be_read_is_named(project, refused, dataset):
    folder = project.root / "received"
    folder.mkdir()
    cases = {"gone.csv": "gone.csv: no such file", ".": "received: not a file", "x" * 300: "cannot be read (File name too long)"}
    for path, says in ((folder / name, says) for name, says in cases.items()):
        refused("import", dataset, path, "--published", "2024-04-18", says=says)


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_release_from_the_future_is_refused(project, refused, dataset):
    path = project.put(SAMPLES[dataset].name, SAMPLES[dataset].text)
    refused("import", dataset, path, "--published", "2999-01-01", says="a release cannot come from the future")
    refused("import", dataset, path, "--published", "2099-12", says="a release cannot come from the future")
    refused("import", dataset, path, "--published", "2024-04-18", "--retrieved", "2999-01-01", says="is in the future")
    refused("import", dataset, path, "--published", "2024-04-18", "--retrieved", "2024-04-17", says="a release cannot come from the future")


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_release_dated_before_its_own_months_is_refused(project, refused, dataset):
    path = project.put(SAMPLES[dataset].name, SAMPLES[dataset].text)
    refused("import", dataset, path, "--published", "2021-06-30", says="a release cannot come before its months")


@pytest.mark.parametrize("change", ["CRLF", "a byte order mark", "both", "empty lines at the end"])
@pytest.mark.parametrize("dataset", DATASETS)
def test_harmless_differences_give_the_very_same_figures(project, dataset, change):
    text = SAMPLES[dataset].text
    changed = {
        "CRLF": text.replace("\n", "\r\n"),
        "a byte order mark": "\ufeff" + text,
        "both": "\ufeff" + text.replace("\n", "\r\n"),
        "empty lines at the end": text + "\n\n",
    }[change]
    project.take(dataset, project.put("plain.csv", text), published="2024-04-18")
    project.take(dataset, project.put("changed.csv", changed), published="2024-04-19")
    kept = sorted((project.data / "releases" / dataset).glob("*.csv"))
    assert len(kept) == 2
    assert kept[0].read_bytes() == kept[1].read_bytes()


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_same_import_again_is_a_no_op_that_says_so(project, dataset):
    path = project.put(SAMPLES[dataset].name, SAMPLES[dataset].text)
    project.take(dataset, path)
    before = project.digest()
    assert project.take(dataset, path) == f"nothing to do: already held as {dataset} 2024-04-18\n"
    assert project.digest() == before


def test_a_month_in_two_files_of_one_release_is_refused(project, refused):
    first = project.put("history.csv", recorded_crime(months=MONTHS))
    second = project.put("recent.csv", recorded_crime(months=("202403", "202404")))
    says = "recent.csv, line 1: 2024-03 is also in history.csv"
    refused("import", "recorded-crime", first, second, "--published", "2024-05-01", says=says)


def test_a_series_in_two_files_of_one_release_of_the_dashboard_is_refused(project, refused):
    files = [project.put(name, SAMPLES["crime-dashboard"].text) for name in ("a.csv", "b.csv")]
    refused("import", "crime-dashboard", *files, "--published", "2024-04-18", says="b.csv: knife-crime is also in a.csv")


def test_an_official_sheet_and_an_extract_are_not_one_release(project, refused):
    files = [project.put("sheet.csv", survey()), project.put("extract.csv", survey_extract())]
    refused("import", "public-attitudes", *files, "--published", "2024-04-18", says="different releases: import them one after the other")


def test_force_strength_is_one_file(project, refused):
    files = [project.put(name, SAMPLES["force-strength"].text) for name in ("a.csv", "b.csv")]
    refused("import", "force-strength", *files, "--published", "2024-04-18", says="b.csv: a release of this is one file")


def test_thirty_two_boroughs_are_known():
    assert len(BOROUGHS) == 32
