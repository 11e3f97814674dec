"""The shipped definitions load and say what the plan says; whatever is misspelt is refused by file, line and field."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from metrics.definitions import definitions, force_file, load
from metrics.domain import LEVELS, Refused
from metrics.domain.names import place_named

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
PLAN = "new-met-2023"
HEADLINES = [
    *("good-job", "trust-met", "treat-fairly", "listen", "know-officers", "trust-gap", "victim-satisfaction"),
    *("neighbourhood-crime", "asb-calls-london", "homicide", "knife-crime", "violence-injury", "rape-outcomes"),
    *("da-outcomes", "hate-outcomes", "stop-search", "misconduct", "answer-999", "officers-pcsos"),
    "workforce-reflects",
]
NO_FIGURES = {
    *("trust-gap", "asb-calls", "rape-outcomes", "misconduct", "answer-999"),
    "workforce-reflects",
}


@pytest.fixture(scope="module")
def shipped():
    return definitions(DATA, PLAN)


@pytest.fixture
def data(tmp_path):
    """A copy of the definitions, to be spoilt."""
    folder = tmp_path / "data"
    for name in ("datasets", "measures", "plans"):
        shutil.copytree(DATA / name, folder / name)
    for name in ("force.yaml", "places.csv", "breaks.yaml"):
        shutil.copy(DATA / name, folder / name)
    return folder


def spoil(data: Path, file: str, old: str, new: str) -> None:
    """Replace the one place where `old` stands in a file."""
    text = (data / file).read_text()
    assert old in text, f"{old!r} is not in {file}: the test spoils nothing"
    (data / file).write_text(text.replace(old, new, 1))


def refused(data: Path, reason: str) -> None:
    """The definitions are refused, and the refusal holds what the pattern says."""
    with pytest.raises(Refused, match=reason):
        definitions(data, PLAN)


# What is shipped


def test_the_twenty_headline_measures_stand_in_the_order_of_the_plan(shipped):
    assert [measure.id for measure in shipped.headlines] == HEADLINES
    assert [measure.headline for measure in shipped.headlines] == list(range(1, 21))


def test_no_headline_wording_is_passed_off_as_the_publishers(shipped):
    assert {measure.standing for measure in shipped.measures.values()} == {"proposed"}


def test_headlines_are_grouped_by_mission_as_the_plan_groups_them(shipped):
    assert [measure.mission for measure in shipped.headlines] == ["trust"] * 7 + ["crime"] * 8 + ["standards"] * 5


def test_only_the_measures_without_figures_say_why_there_are_none(shipped):
    assert {measure.id for measure in shipped.measures.values() if measure.missing} == NO_FIGURES


def test_single_published_readings_carry_their_source(shipped):
    readings = {measure.id: measure.readings for measure in shipped.measures.values() if measure.readings}
    counts = {name: len(of_measure) for name, of_measure in readings.items()}
    assert counts == {"misconduct": 3, "answer-999": 4, "asb-calls": 1, "asb-calls-london": 1, "stop-search": 1, "trust-gap": 1}
    assert all(reading.source for several in readings.values() for reading in several)


@pytest.mark.parametrize("measure", ["rape", "domestic-abuse", "hate-crime", "stalking", "stop-search"])
def test_counts_that_grow_with_trust_have_no_better_direction(shipped, measure):
    assert shipped.measures[measure].better == "neither"


@pytest.mark.parametrize("measure", ["domestic-abuse", "da-outcomes", "hate-crime", "hate-outcomes"])
def test_abuse_and_hate_crime_are_judged_from_march_2024_and_never_across_it(shipped, measure):
    assert shipped.measures[measure].baseline_from == "2024-03"
    assert [brk.rule for brk in shipped.breaks_of(measure) if brk.period == "2024-03"] == ["refuse"]


def test_outcomes_are_rated_against_their_own_offences(shipped):
    assert shipped.measures["da-outcomes"].rate == "domestic-abuse"
    assert shipped.measures["hate-outcomes"].rate == "hate-crime"


def test_neighbourhood_crime_is_its_four_parts(shipped):
    source = shipped.measures["neighbourhood-crime"].source
    assert source.dataset == "recorded-crime"
    assert set(source.series) == {"residential-burglary", "personal-robbery", "theft-from-person", "vehicle-offences"}


def test_every_recorded_crime_measure_says_it_is_not_a_national_statistic(shipped):
    of_crime = [m for m in shipped.measures.values() if m.source and m.source.dataset == "recorded-crime"]
    assert len(of_crime) == 18
    assert all(any("National Statistic" in caveat for caveat in measure.caveats) for measure in of_crime)


def test_every_measure_has_a_caveat_and_a_way_to_see_it(shipped):
    for measure in shipped.measures.values():
        assert measure.caveats, measure.id
        assert set(measure.levels) <= set(LEVELS), measure.id


def test_every_series_of_a_dataset_is_shown_by_some_measure(shipped):
    shown = {(m.source.dataset, series) for m in shipped.measures.values() if m.source for series in m.source.series}
    kept = {(d.names_from or d.id, series) for d in shipped.datasets.values() for series in d.series if d.id != "population"}
    assert kept <= shown


def test_there_are_32_boroughs_each_with_its_own_code_and_tile(shipped):
    boroughs = shipped.areas
    assert len(boroughs) == 32
    assert sorted(place.code for place in boroughs) == [f"E090000{number:02d}" for number in range(2, 34)]
    assert len({(place.row, place.column) for place in boroughs}) == 32
    assert [place.name for place in boroughs] == sorted(place.name for place in boroughs)


def test_twelve_command_units_hold_the_32_boroughs(shipped):
    units = {place.code for place in shipped.places.values() if place.level == "unit"}
    assert units == {"AS", "AW", "CE", "CN", "EA", "NA", "NE", "NW", "SE", "SN", "SW", "WA"}
    sizes = Counter(place.unit for place in shipped.areas)
    assert set(sizes) == units
    assert sum(sizes.values()) == 32
    assert {place.id for place in shipped.areas if place.unit == "SW"} == {
        *("kingston-upon-thames", "merton", "richmond-upon-thames", "wandsworth"),
    }


def test_north_area_is_a_place_and_not_a_missing_value(shipped):
    assert shipped.places["north-area"].code == "NA"
    assert {place.id for place in shipped.areas if place.unit == "NA"} == {"enfield", "haringey"}


def test_the_city_of_london_is_not_a_place_of_ours(shipped):
    assert shipped.places["city-of-london"].level == "elsewhere"
    assert all("city" not in place.id for place in shipped.areas)


def test_both_plans_load_and_the_first_ends_its_baseline_before_its_launch(shipped):
    assert list(shipped.plans) == ["new-met-2023", "new-met-2025"]
    plan = shipped.plan
    assert (plan.launched, plan.baseline_first, plan.baseline_last) == (date(2023, 7, 17), "2021-07", "2023-06")
    assert [mission.title for mission in plan.missions.values()] == ["More trust", "Less crime", "High standards"]
    assert [reform.title for reform in plan.reforms] == [
        *("Community crime-fighting", "Culture change", "Fixing our foundations"),
    ]
    assert len(plan.priorities) == 9
    assert len(plan.commitments) == 10
    assert "not verified" in plan.priorities_note
    assert "working date" in shipped.plans["new-met-2025"].launch_note


NOW = date.max


def test_no_commitment_has_a_status_without_what_is_known_of_it(shipped):
    for commitment in [commitment for plan in shipped.plans.values() for commitment in plan.commitments]:
        assert all(step.said and step.source for step in commitment.history)
    statuses = {commitment.id: commitment.status_on(NOW) for commitment in shipped.plan.commitments if commitment.history}
    assert statuses == {"more-pcsos": "not done", "stop-search-charter": "done", "faster-999": "under way"}


def test_a_commitment_carried_out_late_says_so(shipped):
    (charter,) = [commitment for commitment in shipped.plan.commitments if commitment.id == "stop-search-charter"]
    assert (charter.due, charter.step_on(NOW).date) == ("2023-10", date(2025, 2, 27))
    assert "16 months after the promised month" in charter.step_on(NOW).said


def test_no_baseline_holds_a_month_of_the_pandemic(shipped):
    covid = next(brk for brk in shipped.breaks if brk.id == "covid")
    assert set(covid.measures) == set(shipped.measures)
    assert all(plan.baseline_first > covid.until for plan in shipped.plans.values())


def test_breaks_come_oldest_first_and_shorthand_is_spelt_out(shipped):
    assert [brk.period for brk in shipped.breaks] == sorted(brk.period for brk in shipped.breaks)
    assert all(name in shipped.measures for brk in shipped.breaks for name in brk.measures)
    assert {"all-crime", "homicide", "knife-crime"} <= set(
        next(b for b in shipped.breaks if b.id == "connect").measures
    )


def test_the_shipped_config_chooses_a_plan_that_exists(shipped):
    config = load(ROOT / "config.yaml")
    assert config.plan in shipped.plans
    assert config.data == ROOT / "data"
    assert config.database == ROOT / "build" / "db"


# What is refused

MEASURE, NEW_MET, CRIME = "measures/homicide.yaml", "plans/new-met-2023.yaml", "datasets/recorded-crime.yaml"
PLACES, BREAKS, FORCE = "places.csv", "breaks.yaml", "force.yaml"
SPOILT = [
    # a field or a word misspelt
    (MEASURE, "better:", "beter:", "beter: unknown field: did you mean better?"),
    (MEASURE, "title: Homicide\n", "", "homicide.yaml, line 1: the field 'title' is missing"),
    (MEASURE, "owner: Metropolitan Police Service\n", "", "the field 'owner' is missing"),
    (MEASURE, "unit: count", "unit: cuont", "unit: 'cuont' is not one of percent, count, minutes, per_1000: did you mean count?"),
    (MEASURE, "kind: count", "kind: stok", "kind: 'stok' is not one of count, survey_rolling_year"),
    (MEASURE, "mission: crime", "mission: crimes", "mission: the plan new-met-2023 has no mission called 'crimes': did you mean crime?"),
    (MEASURE, "standing: proposed", "standing: propsed", "did you mean proposed?"),
    (MEASURE, "better: lower", "better: Lower", "better: 'Lower' is not one of higher, lower, neither: did you mean lower?"),
    (MEASURE, "[force, area]", "[force, boro]", "levels: 'boro' is not one of force, unit, area"),
    # a value of the wrong type
    (MEASURE, "title: Homicide", "title: 7", "title: text was expected, found 7: put it in quotes"),
    (MEASURE, "title: Homicide", "title: [Homicide]", "title: text was expected, found a list"),
    (MEASURE, "title: Homicide", "title:", "title: is empty"),
    (MEASURE, "title: Homicide", "title: '  '", "title: is empty"),
    (MEASURE, "[force, area]", "force", "levels: a list was expected, found 'force'"),
    (MEASURE, "[force, area]", "[]", "levels: the list is empty"),
    (MEASURE, "[force, area]", "[area]", "levels: 'force' is missing: every measure has a page of the whole force area"),
    (MEASURE, "[force, area]", "[force, force]", "levels: 'force' stands twice in the list"),
    (MEASURE, "headline: 10", "headline: ten", "headline: a whole number of 1 or more was expected, found 'ten'"),
    (MEASURE, "headline: 10", "headline: 0", "headline: a whole number of 1 or more was expected, found 0"),
    (MEASURE, "headline: 10", "headline: true", "headline: a whole number of 1 or more was expected, found True"),
    (MEASURE, "source: {dataset: recorded-crime, series: [homicide]}", "source: homicide", "source: a mapping (name: value) was expected"),
    (MEASURE, "id: homicide", "- homicide", "not readable as YAML"),
    # text that is not plain
    (MEASURE, "title: Homicide", "title: <b>Homicide</b>", "title: holds < or >: plain text only, no HTML"),
    (MEASURE, "title: Homicide", 'title: "Homi\\u0007cide"', "title: holds a line break or an invisible character"),
    (MEASURE, "title: Homicide", 'title: "Homi\\u202ecide"', "title: holds a line break or an invisible character"),
    (MEASURE, "title: Homicide", 'title: "two\\nlines"', "title: holds a line break"),
    # a name that leads nowhere
    (MEASURE, "id: homicide", "id: homicides", "homicide.yaml, line 1: id: 'homicides' is not the file's name, 'homicide'"),
    (MEASURE, "id: homicide", "id: Homicide", "id: 'Homicide' is not an id"),
    (MEASURE, "headline: 10", "headline: 9", "homicide.yaml, line 2: headline: 9 is already the number of asb-calls"),
    (MEASURE, "dataset: recorded-crime", "dataset: recorded-crimes", "no dataset called 'recorded-crimes': did you mean recorded-crime?"),
    (MEASURE, "series: [homicide]", "series: [homicde]", "no series of recorded-crime called 'homicde': did you mean homicide?"),
    (MEASURE, "series: [homicide]", "series: []", "source.series: the list is empty"),
    (MEASURE, "rate: residents", "rate: resident", "no measure called 'resident': did you mean residents?"),
    (MEASURE, "rate: residents", "rate: homicide", "no measure called 'homicide'"),
    (MEASURE, "rate: residents", "related: [murder]", "no other measure called 'murder'"),
    (MEASURE, "rate: residents", "related: [homicide]", "no other measure called 'homicide'"),
    (MEASURE, "source: {dataset: recorded-crime, series: [homicide]}\n", "", "neither 'source' nor 'missing'"),
    ("measures/trust-gap.yaml", "series: [trust-gap]", "series: [trust]", "no series of template called 'trust'"),
    # a date that cannot be
    (MEASURE, "rate: residents", "baseline_from: 2024-13", "baseline_from: '2024-13' is not a period, written YYYY-MM"),
    (MEASURE, "rate: residents", "baseline_from: 2024-03-01", "baseline_from: text was expected"),
    (MEASURE, "rate: residents", "baseline_from: Mar-24", "baseline_from: 'Mar-24' is not a period"),
    ("measures/answer-999.yaml", '"2023-12"', "2023", "readings.period: text was expected, found 2023"),
    # a dataset without its credentials
    (CRIME, "publisher: Metropolitan Police Service\n", "", "the field 'publisher' is missing"),
    (CRIME, "licence: Open Government Licence v3.0\n", "", "the field 'licence' is missing"),
    (CRIME, "publisher: Metropolitan Police Service", "publisher:", "publisher: is empty"),
    (CRIME, "url: https://data", "url: javascript:alert(1)//data", "is not a web address"),
    (CRIME, "frequency: month", "frequency: monthly", "frequency: 'monthly' is not one of month, quarter, year"),
    (CRIME, "  rape: [Rape]", "  rape: [Rape, Homicide]", "'Homicide' already stands in rape"),
    (CRIME, "total: all-crime", "total: rape", "total: 'rape' is also a series"),
    ("datasets/public-attitudes.yaml", "{force: 12800", "{forse: 12800", "base: 'forse' is not one of force, unit, area"),
    ("datasets/public-attitudes.yaml", "{force: 12800", "{force: many", "base.force: a number was expected, found 'many'"),
    (
        CRIME,
        "outside: [unknown, airports]",
        "outside: [unknown, airport]",
        "outside: no area of the level outside called 'airport': did you mean airports?",
    ),
    # a plan
    (NEW_MET, "launched: 2023-07-17", "launched: July 2023", "launched: a date was expected, such as 2023-07-17"),
    (NEW_MET, 'baseline_last: "2023-06"', 'baseline_last: "2021-06"', "ends before it begins, 2021-07"),
    (NEW_MET, 'baseline_last: "2023-06"', 'baseline_last: "2023-08"', "ends after the launch, 2023-07-17"),
    (NEW_MET, "    title: More trust\n", "", "missions.trust: the field 'title' is missing"),
    (NEW_MET, "status: not done", "status: undone", "no evidence recorded: did you mean done?"),
    (
        NEW_MET,
        "after the promised month.\n        source: Published source, not held here\n",
        "after the promised month.\n",
        "commitments.history.status: 'done' needs the evidence: add `source`",
    ),
    (
        NEW_MET,
        "        status: done\n        said: Published on 27 February 2025, 16 months after the promised month.\n",
        "        status: dropped\n",
        "commitments.history.status: 'dropped' needs the reason: add `said`",
    ),
    (NEW_MET, "date: 2025-02-27", "date: 2025-02-30", "commitments.history.date: a date was expected"),
    (NEW_MET, "date: 2025-02-27", "date: 1925-02-27", "1925-02-27: a year from 2000 to 2099 was expected"),
    (NEW_MET, "500 more", "Mr Smith's 500 more", "commitments.text: \"Mr Smith's\" looks like a person's name"),
    (NEW_MET, "measure: pcsos", "concern: pcsos", "no concern called 'pcsos'"),
    (NEW_MET, "reform: culture-change", "reform: culture", "commitments.reform: no reform called 'culture': did you mean culture-change?"),
    (NEW_MET, "measure: pcsos", "measure: pcso", "commitments.measure: no measure called 'pcso': did you mean pcsos?"),
    (NEW_MET, "- id: proactive-teams", "- id: more-pcsos", "'more-pcsos' is already the id of another"),
    (NEW_MET, "- id: culture-change", "- id: community-crime-fighting", "is already the id of another"),
    # the breaks
    (BREAKS, "rule: caution", "rule: warn", "rule: 'warn' is not one of note, caution, refuse"),
    (BREAKS, "- knife-crime\n", "- knive-crime\n", "measures: no measure called 'knive-crime': did you mean knife-crime?"),
    (BREAKS, "all of recorded-crime", "all of recorded-crim", "no dataset called 'recorded-crim': did you mean recorded-crime?"),
    (BREAKS, "- id: connect\n", "- id: covid\n", "'covid' is already the id of another break"),
    (BREAKS, 'until: "2021-06"', 'until: "2020-02"', "until: ends before it begins, 2020-03"),
    (BREAKS, "- id: covid", "covid:\n  id: covid", "not readable as YAML"),
    # the places
    (PLACES, "id,name,level", "id,nmae,level", "places.csv, line 1: the header must be id,name,level"),
    (PLACES, "Camden,area", "Camden,aera", "level: 'aera' is not one of force, unit, area, outside, elsewhere: did you mean area?"),
    (PLACES, "E09000007,CN", "E09000007,CX", "unit: 'CX' is not the code of a unit: "),
    (PLACES, "E09000007,CN,3,4", "E09000007,CN,3,3", "the tile at row 3, column 3 already belongs to line 18"),
    (PLACES, "E09000007,CN,3,4", "E09000007,CN,three,4", "row: a whole number of 1 or more was expected, found 'three'"),
    (PLACES, "E09000007,CN,3,4", "E09000007,CN,,4", "row, column: missing, and other areas have a tile on the map"),
    (PLACES, "E09000007,CN", "E09000006,CN", "'e09000006' already belongs to line 19"),
    (PLACES, "camden,Camden", "bromley,Camden", "'bromley' already belongs to line 19"),
    (PLACES, "Metropolitan Police Service", "Camden", "'camden' already belongs to line 2"),
    (PLACES, "london,London,force", "london,Londinium,force", "london is called Londinium, and force.yaml calls it London"),
    (PLACES, "central-east,Central East,unit", "central-east,Central East,force", "one place, and only one, has the level force"),
    # the force
    (FORCE, "name: Metropolitan Police Service\n", "", "the field 'name' is missing"),
    (FORCE, "  area: {singular: borough, plural: boroughs}\n", "", "levels: 'area' is missing: say what such a place is called"),
    (FORCE, "  area: {", "  borough: {", "levels: 'borough' is not one of force, unit, area, ward"),
    (FORCE, "total: london", "synthetic: perhaps\ntotal: london", "synthetic: true or false was expected, found 'perhaps'"),
    (FORCE, "url: https://www.met.police.uk/ro", "url: www.met.police.uk/ro", "is not a web address"),
    (PLACES, "camden,Camden", "camden,=Camden", "formula"),
    (PLACES, "camden,Camden", "camden,@Camden", "formula"),
    (PLACES, "camden,Camden", "camden,+44 Camden", "formula"),
    (PLACES, "camden,Camden", "camden,-1 Camden", "formula"),
    (PLACES, "camden,Camden", "camden,<i>Camden</i>", "tag"),
    (PLACES, "camden,Camden", "camden,", "the field 'name' is missing"),
    (PLACES, "E09000007,CN,3,4,", "E09000007,CN,3,4", "columns, the header has 8"),
]


@pytest.mark.parametrize(("file", "old", "new", "reason"), SPOILT)
def test_a_mistake_is_refused_in_one_line_that_names_the_file(data, file, old, new, reason):
    spoil(data, file, old, new)
    with pytest.raises(Refused) as refusal:
        definitions(data, PLAN)
    message = str(refusal.value)
    assert reason in message
    assert message.startswith(Path(file).name)
    assert "\n" not in message


def test_the_refusal_names_the_line_of_the_field(data):
    line = (DATA / MEASURE).read_text().split("\n").index("unit: count") + 1
    spoil(data, MEASURE, "unit: count", "unit: number")
    refused(data, rf"^homicide\.yaml, line {line}: unit: ")


TARGET = "target: {value: 90, by: '%s', baseline_period: '2023-06', baseline_value: 100, source: A published source}"


def test_a_target_due_before_its_baseline_is_refused(data):
    spoil(data, MEASURE, "rate: residents", TARGET % "2023-05")
    refused(data, r"target\.by: the target is due before its baseline, 2023-06")


def test_a_target_after_its_baseline_is_taken(data):
    spoil(data, MEASURE, "rate: residents", TARGET % "2025-03")
    assert definitions(data, PLAN).measures["homicide"].target.value == 90.0


def test_a_plan_that_does_not_exist_is_refused_with_the_one_meant():
    with pytest.raises(Refused, match=r"no plan called 'new-met-2032'.*did you mean new-met-2023"):
        definitions(DATA, "new-met-2032")


def test_a_measure_is_added_by_adding_a_file(data):
    text = (DATA / "measures" / "gun-crime.yaml").read_text()
    text = text.replace("id: gun-crime", "id: gun-crime-again").replace("title: Gun crime", "title: Guns")
    (data / "measures" / "gun-crime-again.yaml").write_text(text)
    assert "gun-crime-again" in definitions(data, PLAN).measures


def test_a_file_of_another_kind_among_the_measures_is_refused(data):
    (data / "measures" / "extra.yml").write_text("id: extra\n")
    refused(data, r"^extra\.yml: a file of measures must end in \.yaml")


@pytest.mark.parametrize("missing", ["measures", "datasets", "plans"])
def test_a_missing_folder_is_refused(data, missing):
    shutil.rmtree(data / missing)
    refused(data, f"no such folder: .*{missing}")


@pytest.mark.parametrize("missing", ["places.csv", "breaks.yaml", "force.yaml"])
def test_a_missing_file_is_refused(data, missing):
    (data / missing).unlink()
    refused(data, f"^{missing}: no such file")


def test_breaks_that_are_not_a_list_are_refused(data):
    (data / "breaks.yaml").write_text("id: covid\n")
    refused(data, r"^breaks\.yaml, line 1: a list of breaks was expected")


CONFIG = "plan: new-met-2023\nedition: full\ndata: data\ndatabase: build/db\ncontact: The analyst\n"


def test_paths_in_the_config_start_from_its_folder(tmp_path):
    (tmp_path / "config.yaml").write_text(CONFIG.replace("build/db", "/elsewhere/db"))
    config = load(tmp_path / "config.yaml")
    assert config.data == tmp_path / "data"
    assert config.database == Path("/elsewhere/db")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "edition: full",
            "edition: publik",
            "config.yaml, line 2: edition: 'publik' is not one of full, public: did you mean public?",
        ),
        ("contact: The analyst\n", "", "config.yaml, line 1: the field 'contact' is missing"),
        ("database:", "databse:", "config.yaml, line 4: databse: unknown field: did you mean database"),
        ("data: data", "data: 3", "config.yaml, line 3: data: text was expected, found 3"),
        ("edition: full", "plan: other", "config.yaml, line 2: 'plan' is given twice"),
    ],
)
def test_a_misspelt_config_is_refused(tmp_path, old, new, reason):
    (tmp_path / "config.yaml").write_text(CONFIG.replace(old, new))
    with pytest.raises(Refused) as refusal:
        load(tmp_path / "config.yaml")
    assert str(refusal.value).startswith(reason)


def test_units_and_tiles_can_be_left_out_and_areas_then_fill_a_square(data):
    rows = ["id,name,level,code,unit,row,column,aliases", "london,London,force,,,,,"]
    rows += [f"{name.lower()},{name},area,,,,," for name in ("Ash", "Beech", "Elm", "Fir", "Oak")]
    (data / "places.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    lines = (data / "force.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    (data / "force.yaml").write_text("".join(line for line in lines if not line.startswith("visited:")), encoding="utf-8")
    places = force_file.read(data)[1]
    assert [(place.row, place.column) for place in places.values()][1:] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]
    assert places["london"].row is None


def test_what_an_area_is_called_may_stand_behind_its_name(data):
    (data / "force.yaml").write_text((data / "force.yaml").read_text().replace("singular: borough", "singular: Parish"))
    places = force_file.read(data)[1]
    assert place_named(places, "Camden parish") is places["camden"]
    with pytest.raises(Refused, match="no place called 'Camden borough'"):
        place_named(places, "Camden borough")


def test_areas_are_counted_and_the_total_is_the_place_that_the_force_names(shipped):
    assert len(shipped.areas) == 32
    assert shipped.total.name == shipped.force.total_name
