"""Recorded crime: any header and any generation of names gives the same series, and London is every area added up."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.definitions import csv_reader
from metrics.ingest import importers
from metrics.ingest.contract import series_by_name
from metrics.ingest.importers import recorded_crime as importer
from tests.ingest.samples import (
    BOROUGHS,
    FLAVOURS,
    GENERATIONS,
    LATEST,
    MONTHS,
    NEWEST,
    SLUGS,
    offences,
    parsed,
    recorded_crime,
    written,
)

PERIODS = ["2024-01", "2024-02", "2024-03"]


@pytest.fixture
def read(project, shipped_definitions):
    """What the importer gives for some texts."""

    def run(*texts: str, **dataset):
        about = shipped_definitions.datasets["recorded-crime"]
        about = about.__class__(**vars(about) | dataset)
        files = [project.put(f"{i}.csv", text) for i, text in enumerate(texts)]
        return importers.read(files, about, shipped_definitions)

    return run


def cells(tidy) -> dict[tuple[str, str, str], float]:
    return {(r.measure, r.place, r.period): r.value for r in tidy.rows.itertuples()}


def expected(generation: str, areas: list[str]) -> Counter:
    """The counts worked out from the rule of the made-up figures, without the importer; two areas are never left out."""
    series = {to for _, _, to in GENERATIONS[generation]} - {None, "left out"} | {"all-crime"}
    sums = Counter({(name, area, period): 0 for name in series for area in ("unknown", "airports") for period in PERIODS})
    for a, area in enumerate(areas):
        for c, (_, _, series) in enumerate(GENERATIONS[generation]):
            for m, period in enumerate(PERIODS):
                for kept in {series, "all-crime"} - {None} if series != "left out" else ():
                    for place in (area, "london"):
                        sums[kept, place, period] += offences(c, a, m)
    return sums


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_header_with_every_generation_of_names_is_read_to_the_unit(read, flavour, generation):
    tidy = read(recorded_crime(flavour, generation))
    assert cells(tidy) == expected(generation, [*SLUGS, "unknown"])
    assert tidy.account.rows_read == 33 * len(GENERATIONS[generation])
    assert (tidy.account.first, tidy.account.last) == ("2024-01", "2024-03")


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_the_case_of_the_header_does_not_matter(read, change):
    text = recorded_crime()
    header, rest = text.split("\n", 1)
    assert cells(read(change(header) + "\n" + rest)) == cells(read(text))


def test_a_comma_case_or_spacing_gained_by_a_category_changes_nothing(read):
    text = recorded_crime()
    other = text.replace('"PUBLIC FEAR, ALARM OR DISTRESS"', "Public Fear  Alarm or Distress ")
    assert other != text
    assert cells(read(other)) == cells(read(text))


def test_names_of_boroughs_are_read_in_every_spelling(read):
    text = recorded_crime()
    other = text.replace(",Westminster,", ",City of Westminster,").replace("Hammersmith and", "Hammersmith &").replace("upon", "Upon")
    assert other != text
    assert cells(read(other)) == cells(read(text))


def test_an_absent_row_is_zero_within_the_file_and_nothing_beyond_it(read):
    rows = [row for row in parsed(recorded_crime(count=lambda c, a, m: 1)) if row[1:3] != ["ROBBERY OF PERSONAL PROPERTY", "Sutton"]]
    figures = cells(read(written(rows)))
    assert [figures["personal-robbery", "sutton", period] for period in PERIODS] == [0, 0, 0]
    assert {period for _, _, period in figures} == set(PERIODS)
    assert figures["personal-robbery", "london", "2024-01"] == 32


def test_an_outside_area_that_a_release_no_longer_has_is_zero_there_not_as_before(read):
    figures = cells(read(recorded_crime(areas=BOROUGHS)))
    assert [figures["all-crime", "unknown", period] for period in PERIODS] == [0, 0, 0]


def test_a_series_that_no_category_of_the_file_has_is_missing_and_not_zero(read):
    series_read = {series for series, _, _ in cells(read(recorded_crime(generation="31 in upper case")))}
    assert "stalking" not in series_read
    assert "stalking" in {series for series, _, _ in cells(read(recorded_crime()))}


def test_fraud_reported_elsewhere_is_left_out_of_every_figure_and_named(read):
    tidy = read(recorded_crime())
    fraud = sum(offences(2, a, m) for a in range(33) for m in range(3))
    whole = sum(sum(map(int, row[3:])) for row in parsed(recorded_crime())[1:])
    assert tidy.account.left_out == {"NFIB FRAUD": fraud}
    assert sum(v for (s, p, _), v in cells(tidy).items() if (s, p) == ("all-crime", "london")) == whole - fraud


def test_areas_that_are_not_boroughs_count_in_london_and_are_named_with_their_totals(read):
    outside = ["N/K", "London Heathrow and London City Airports", "Aviation Security (SO18)", "Non MET police force"]
    tidy = read(recorded_crime(generation="31 in upper case", areas=[*BOROUGHS, *outside]))
    total = {name: sum(offences(c, a, m) for c in range(8) for m in range(3)) for a, name in enumerate(outside, 32)}
    assert tidy.account.outside == {
        "Unknown": total["N/K"],
        **{name: total[name] for name in outside[1:]},
    }
    figures = cells(tidy)
    for period in PERIODS:
        wanted = {key: value for key, value in figures.items() if key[0] == "all-crime" and key[2] == period}
        areas = [value for (_, place, _), value in wanted.items() if place != "london"]
        assert len(areas) == 36
        assert figures["all-crime", "london", period] == sum(areas)


def test_the_airports_under_two_names_with_the_same_figures_are_counted_once(read):
    def same(category, area, month):
        return offences(category, min(area, 32), month)

    airports = ["London Heathrow and London City Airports", "Aviation Security (SO18)"]
    once = read(recorded_crime(areas=[*BOROUGHS, airports[0]], count=same))
    twice = read(recorded_crime(areas=[*BOROUGHS, *airports], count=same))
    assert cells(twice) == cells(once)
    assert twice.account.notes == [f"{airports[1]} repeats {airports[0]} in 0.csv: counted once"]


def test_other_areas_that_happen_to_have_the_same_figures_both_count(read):
    areas = [*BOROUGHS, "Unknown", "Non MET police force"]
    figures = cells(read(recorded_crime(areas=areas, count=lambda c, a, m: 5)))
    assert figures["stalking", "london", "2024-01"] == 5 * 34


def test_files_whose_months_follow_each_other_make_one_release(read):
    history, recent = recorded_crime(generation="title case, to February 2024"), recorded_crime(months=("202404", "202405"))
    tidy = read(history, recent)
    assert (tidy.account.first, tidy.account.last) == ("2024-01", "2024-05")
    assert not [gap for gap in tidy.account.gaps if "in none of the files" in gap]
    assert cells(tidy) == cells(read(history)) | cells(read(recent))


def test_months_between_two_files_that_neither_has_are_told(read):
    tidy = read(recorded_crime(), recorded_crime(months=("202406",)))
    assert tidy.account.gaps[:2] == ["2024-04: in none of the files", "2024-05: in none of the files"]


def test_months_before_the_first_that_is_kept_are_read_and_told_but_not_kept(read):
    tidy = read(recorded_crime(months=("201711", "201712", "201801")), keep_from="2018-01")
    assert set(tidy.rows["period"]) == {"2018-01"}
    assert tidy.account.notes == ["months 2017-11 to 2017-12 read and not kept"]


def test_every_category_of_the_three_generations_is_mapped_once(shipped_definitions):
    about = shipped_definitions.datasets["recorded-crime"]
    names = [name for group in (*about.series.values(), about.counted_in_total_only, about.left_out) for name in group]
    assert len({name.lower() for name in names}) == len(names)
    kept = series_by_name(about)
    assert {kept[importer.plain(minor)] for pairs in GENERATIONS.values() for _, minor, to in pairs if to not in (None, "left out")} == {
        to for pairs in GENERATIONS.values() for _, _, to in pairs
    } - {None, "left out"}


@settings(deadline=None, derandomize=True, max_examples=15)
@given(
    st.lists(st.integers(0, 10**6), min_size=40, max_size=40),
    st.sampled_from(sorted(FLAVOURS)),
    st.sampled_from(sorted(GENERATIONS)),
)
def test_london_is_the_sum_of_all_areas_whatever_the_counts(tmp_path_factory, shipped_definitions, numbers, flavour, generation):
    path = tmp_path_factory.mktemp("crime") / "borough.csv"
    text = recorded_crime(flavour, generation, count=lambda c, a, m: numbers[(7 * c + 3 * a + m) % 40])
    path.write_text(text, encoding="utf-8")
    tidy = importer.read([path], shipped_definitions.datasets["recorded-crime"], shipped_definitions.places)
    london, areas = (tidy.rows[tidy.rows["place"].eq("london") == wanted] for wanted in (True, False))
    sums = areas.groupby(["measure", "period"])["value"].sum()
    assert london.set_index(["measure", "period"])["value"].to_dict() == sums.to_dict()
    at = FLAVOURS[flavour].index("minor")
    fraud = {"NFIB FRAUD", "NFIB"}
    whole = sum(sum(map(int, row[3:])) for row in parsed(text)[1:] if row[at] not in fraud)
    assert sums["all-crime"].sum() == whole


def test_the_made_up_files_have_the_headers_that_the_importer_is_for(project):
    for flavour in FLAVOURS:
        sheet = csv_reader.read(project.put("a.csv", recorded_crime(flavour, NEWEST)))
        assert sheet.header == [*flavour.split(","), *MONTHS]
    assert LATEST in FLAVOURS
