"""A build is made whole from what is held, or refused with the file and the line, and the build before stays."""

import json
from datetime import date

import pytest

from metrics.build import database
from metrics.domain import Refused
from metrics.ingest import releases
from metrics.store import Store
from tests.ingest.samples import keep

DAY = date(2024, 4, 18)
PARTS = ("residential-burglary", "personal-robbery", "theft-from-person", "vehicle-offences")
GOOD = [(part, "brent", "2024-01", 10 * (i + 1), None) for i, part in enumerate(PARTS)]


@pytest.fixture
def built(project, shipped_definitions):
    """A project with one release and a build of it."""
    keep(project.data, "recorded-crime", DAY, GOOD)
    database.build(project.data, project.database, shipped_definitions, judge=False)
    return project


def forged(project, text: str):
    """A release whose description fits its bytes, whatever they are: what no import would write."""
    path = keep(project.data, "recorded-crime", date(2024, 5, 18), GOOD)
    path.write_text(text, encoding="utf-8")
    sidecar = path.with_suffix(".json")
    facts = json.loads(sidecar.read_text(encoding="utf-8")) | {"sha256": releases.digest(text.encode())}
    sidecar.write_text(json.dumps(facts | {"seal": releases.seal_of(facts)}), encoding="utf-8")


def test_a_build_without_releases_is_refused(refused):
    refused("build", says="releases: there are no releases: import one")


def test_parts_are_added_up_only_where_a_release_has_all_of_them(project):
    keep(project.data, "recorded-crime", DAY, [*GOOD, *((part, "brent", "2024-02", 7, None) for part in PARTS[:3])])
    project.run("build")
    store = Store(project.database)
    whole = store.ask("series", measure="neighbourhood-crime", place="brent")
    assert whole[["period", "value"]].values.tolist() == [["2024-01", 100]]
    assert store.ask("series", measure="personal-robbery", place="brent")["value"].tolist() == [20, 7]


def test_parts_are_never_added_across_releases(project):
    keep(project.data, "recorded-crime", DAY, GOOD)
    keep(project.data, "recorded-crime", date(2024, 5, 18), [(PARTS[0], "brent", "2024-01", 99, None)])
    project.run("build")
    store = Store(project.database)
    assert store.ask("series", measure="neighbourhood-crime", place="brent")["value"].tolist() == [100]
    assert store.ask("series", measure=PARTS[0], place="brent")["value"].tolist() == [99]


def test_a_build_of_what_has_not_changed_is_not_made_again(built):
    assert built.run("build")[1].startswith("built 000002-"), "the findings were not worked out before"
    before = built.digest()
    status, out, _ = built.run("build")
    assert status == 0
    assert out.startswith("nothing to do: 000002-")
    assert built.digest() == before


def test_a_build_is_made_again_where_that_is_asked_for(built):
    assert built.run("build", "--again")[1].startswith("built 000002-")


@pytest.mark.parametrize("change", ["a release", "a measure", "a place"])
def test_any_change_of_what_goes_in_makes_a_new_build(built, change):
    name = Store(built.database).build
    if change == "a release":
        keep(built.data, "recorded-crime", date(2024, 5, 18), [(PARTS[0], "brent", "2024-02", 1, None)])
    else:
        path, was, becomes = {
            "a measure": (built.data / "measures/rape.yaml", "title: Recorded rape", "title: Rapes"),
            "a place": (built.data / "places.csv", "|Metropolitan", "|The Met|Metropolitan"),
        }[change]
        path.write_text(path.read_text(encoding="utf-8").replace(was, becomes), encoding="utf-8")
    assert built.run("build")[0] == 0
    assert Store(built.database).build.split("-")[1] != name.split("-")[1]


HEADER = "measure,place,period,value,base\n"
ROW = "rape,brent,2024-01,3,\n"
FORGERIES = {
    "another header": ("measure,place,period,base,value\n" + ROW, "2024-05-18.csv, line 1: the header is not measure,"),
    "no header": (ROW, "2024-05-18.csv, line 1: the header is not"),
    "text for a value": (HEADER + ROW + "rape,sutton,2024-01,many,\n", "2024-05-18.csv, line 3: "),
    "a column too many": (HEADER + ROW + "rape,sutton,2024-01,3,,x\n", "2024-05-18.csv, line 3: "),
    "a column too few": (HEADER + ROW + "rape,sutton,2024-01\n", "2024-05-18.csv, line 3: "),
    "a cell twice": (HEADER + ROW + "rape,sutton,2024-01,3,\n" + ROW, "2024-05-18.csv, line 4: rape, brent, 2024-01 stands twice"),
    "no value": (HEADER + ROW + "rape,sutton,2024-01,,\n", "2024-05-18.csv, line 3: rape, sutton, 2024-01: "),
    "a negative": (HEADER + ROW + "rape,sutton,2024-01,-1,\n", "2024-05-18.csv, line 3: rape, sutton, 2024-01: "),
    "a negative base": (HEADER + ROW + "rape,sutton,2024-01,1,-1\n", "2024-05-18.csv, line 3: rape, sutton, 2024-01: "),
    "nothing that is a number": (HEADER + ROW + "rape,sutton,2024-01,nan,\n", "2024-05-18.csv, line 3: rape, sutton, 2024-01: "),
    "a number without end": (HEADER + ROW + "rape,sutton,2024-01,inf,\n", "2024-05-18.csv, line 3: rape, sutton, 2024-01: "),
    "an unknown place": (HEADER + ROW + "rape,wessex,2024-01,1,\n", "2024-05-18.csv, line 3: rape, wessex, 2024-01: "),
    "an unknown series": (HEADER + ROW + "jaywalking,sutton,2024-01,1,\n", "2024-05-18.csv, line 3: jaywalking, sutton, 2024-01: "),
    "a period that is none": (HEADER + ROW + "rape,sutton,2024-13,1,\n", "2024-05-18.csv, line 3: rape, sutton, 2024-13: "),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_release_that_no_import_would_write_is_refused_and_the_build_before_stays(built, refused, forgery):
    text, says = FORGERIES[forgery]
    forged(built, text)
    refused("build", says=says)
    assert Store(built.database).ask("series", measure="personal-robbery", place="brent")["value"].tolist() == [20]


def test_one_figure_of_one_borough_is_enough_for_a_whole_build(project):
    row = "measure,place,period,value,base,note\nasb-calls,Kingston upon Thames,2024-02,345,,\n"
    project.take("template", project.put("plain.csv", row))
    assert project.run("build")[0] == 0
    shown = project.run("show", "asb-calls", "E09000021", "--csv")[1]
    assert shown.splitlines()[1:] == ["asb-calls,kingston-upon-thames,2024-02,345,,2024-04-18"]


def test_a_base_is_kept_and_a_missing_one_stays_missing(project):
    records = [("trust-met", "london", "2023-12", 61.5, 12800), ("trust-met", "brent", "2023-12", 50, None)]
    keep(project.data, "public-attitudes", DAY, records)
    project.run("build")
    store = Store(project.database)
    assert store.ask("series", measure="trust-met", place="london")[["value", "base"]].values.tolist() == [[61.5, 12800]]
    assert store.ask("series", measure="trust-met", place="brent")["base"].isna().tolist() == [True]


def test_a_release_without_rows_is_held_and_gives_nothing(project):
    keep(project.data, "public-attitudes", DAY, [])
    keep(project.data, "recorded-crime", DAY, GOOD)
    assert project.run("build")[0] == 0
    assert len(Store(project.database).ask("releases")) == 2


def test_a_folder_that_cannot_hold_a_database_is_refused_in_one_line(project, refused):
    keep(project.data, "recorded-crime", DAY, GOOD)
    project.database.write_text("in the way", encoding="utf-8")
    refused("build", says="db: no folder for the database can be made (File exists)")


def test_two_builds_in_a_row_of_the_same_inputs_hold_the_same_answers(built):
    first = Store(built.database).ask("series", measure=PARTS[0], place="brent")
    built.run("build", "--again")
    assert len(first) and Store(built.database).ask("series", measure=PARTS[0], place="brent").equals(first)


def test_the_build_says_what_it_made(project, shipped_definitions):
    keep(project.data, "recorded-crime", DAY, GOOD)
    made = database.build(project.data, project.database, shipped_definitions)
    assert (made.already_current, made.name) == (False, Store(project.database).build)
    assert database.build(project.data, project.database, shipped_definitions) == database.Built(made.name, already_current=True)
    with pytest.raises(Refused, match="there are no releases"):
        database.build(project.root, project.database, shipped_definitions)


def test_what_can_be_cited_is_judged_for_every_publication_since(project):
    days = [date(2024, month, 18) for month in (4, 5, 6)]
    for day in days:
        keep(project.data, "recorded-crime", day, GOOD)
    imported = releases.all_of(project.data)
    launch = project.definitions.plan.launched
    assert database.judged_dates(imported, project.definitions) == [launch, days[-1]]
    assert database.judged_dates(imported, project.definitions, date(2024, 5, 1)) == [launch, *days[1:]]
