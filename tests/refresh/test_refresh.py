"""The whole path: a catalogue is asked, a file fetched, tried, reviewed, taken or left; and nothing is done twice."""

import calendar
import json

import pytest

from metrics.cli import hosting_commands
from metrics.ingest import releases
from metrics.publish import Published
from tests.ingest.samples import force_strength, offences, recorded_crime
from tests.refresh.conftest import FORCE, listed

CRIME = "/api/dataset/crime"
FILE = "/a1/Police_Force_Strength.csv"
LATER = {"modified": "Mon, 20 May 2024 09:30:00 GMT"}
FOUR = ("Nov-23", "Dec-23", "Jan-24", "Feb-24")


@pytest.fixture
def crime(asking, publisher):
    """The same project with recorded crime besides: one file in two halves."""
    words = ("{words: [borough, historical]}", "{words: [borough], without: [historical], format: csv}")
    listed(asking, "recorded-crime", publisher.address + CRIME, *words)
    return asking


def put_up(publisher, historical: str, recent: str, key: str = "b1", **more) -> None:
    """Both halves of recorded crime, and a file for wards that is not wanted."""
    halves = [(f"MPS_Borough_Level_Crime_{name}.csv", text) for name, text in (("Historical", historical), ("recent", recent))]
    files = [publisher.file(f"/{key}/{name}", text, **more) for name, text in halves]
    publisher.catalogue(CRIME, [*files, publisher.file(f"/{key}/MPS_Ward_Level_Crime.csv", "x")])


def remembered(project) -> dict:
    return json.loads((project.root / "refresh" / "state.json").read_text())


def everything(project) -> dict[str, tuple[int, bytes]]:
    """Every file of a project with its time and bytes."""
    files = [path for path in project.root.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_a_new_release_waits_with_a_review_until_it_is_taken(asking, publisher):
    status, out, err = asking.run("refresh")
    assert (status, err) == (2, "")
    assert "## force-strength: Police force strength" in out
    assert "9 new, 0 changed, 0 unchanged, 0 no longer given" in out
    assert "Nothing in it is odd. Take it with `python -m metrics refresh --take force-strength`." in out
    assert asking.run("list", "releases")[1] == ""
    assert asking.run("refresh", "--take")[1].startswith("took force-strength 2024-04-18: 9 figures\nnow run `python -m metrics build`")
    assert asking.run("refresh")[:2] == (0, "brought by hand: " + ", ".join(by_hand()) + "\nnothing waits\n")


def by_hand() -> list[str]:
    names = ("asb-calls", "crime-dashboard", "population", "public-attitudes", "recorded-crime", "recorded-crime-ward", "stop-search")
    return sorted([*names, "template", "vawg", "victim-satisfaction"])


def test_a_release_keeps_where_its_files_came_from(asking, publisher):
    asking.run("refresh")
    asking.run("refresh", "--take", "force-strength")
    (release,) = releases.all_of(asking.data)
    (file,) = release.files
    assert file["address"] == publisher.address + FILE
    assert (file["sha256"], file["bytes"]) == (releases.digest(force_strength().encode()), len(force_strength()))
    assert file["retrieved"] == remembered_time(asking, file) and not release.approximate


def remembered_time(project, file: dict) -> str:
    review = (project.root / "refresh" / "review.md").read_text()
    return review.partition(f"{file['address']}, retrieved ")[2].partition(",")[0]


@pytest.mark.parametrize("older", [False, True])
def test_an_unchanged_catalogue_costs_one_request_and_nothing_is_written(asking, publisher, older):
    publisher.catalogue(FORCE, [publisher.file(FILE, force_strength())], older=older)
    asking.run("refresh")
    for status in (2, 0):
        publisher.asked.clear()
        before = everything(asking)
        assert asking.run("refresh")[0] == status
        assert publisher.paths() == [FORCE]
        assert everything(asking) == before
        asking.run("refresh", "--take")


def test_datasets_of_one_catalogue_share_its_request(crime, publisher):
    listed(crime, "recorded-crime-ward", publisher.address + CRIME, "{words: [ward]}")
    put_up(publisher, recorded_crime(months=("202312",)), recorded_crime())
    assert crime.run("refresh", "--dry-run")[0] == 0
    assert sorted(publisher.paths()) == [CRIME, FORCE]


def test_a_dry_run_says_what_it_would_fetch_and_writes_nothing(asking, publisher):
    before = everything(asking)
    status, out, err = asking.run("refresh", "--dry-run")
    assert (status, err) == (0, "")
    assert f"would fetch force-strength, strength: {publisher.address}{FILE}\n" in out
    assert everything(asking) == before and publisher.paths() == [FORCE]
    asking.run("refresh")
    assert "nothing has changed" in asking.run("refresh", "--dry-run")[1]


def test_only_what_changed_is_fetched_and_a_new_key_is_followed(crime, publisher):
    put_up(publisher, recorded_crime(months=("202312",)), recorded_crime())
    assert crime.run("refresh")[0] == 2
    assert crime.run("refresh", "--take")[0] == 0
    publisher.asked.clear()
    restated = recorded_crime(months=("202401", "202402", "202403", "202404"), count=lambda c, a, m: offences(c, a, m) + (a == m == 1))
    put_up(publisher, recorded_crime(months=("202312",)), restated, key="c7", **LATER)
    status, out, err = crime.run("refresh")
    assert (status, err) == (2, "")
    assert sorted(publisher.paths()) == [CRIME, FORCE, *(f"/c7/MPS_Borough_Level_Crime_{name}.csv" for name in ("Historical", "recent"))]
    assert "recorded-crime, published 2024-05-20" in out and "force-strength" not in out.partition("#")[2]
    assert remembered(crime)["waiting"]["recorded-crime"]["files"].keys() == {"borough, not historical"}


def test_a_catalogue_that_says_nothing_of_a_file_has_it_asked_for_by_its_tag(asking, publisher):
    publisher.catalogue(FORCE, [publisher.file(FILE, force_strength())], older=True)
    asking.run("refresh")
    body = json.loads(publisher.pages[FORCE].body)
    body["result"]["metadata_modified"] = "2024-05-21"
    publisher.pages[FORCE].body = json.dumps(body).encode()
    publisher.asked.clear()
    assert asking.run("refresh")[0] == 2
    assert [(path, headers.get("If-None-Match")) for path, headers in publisher.asked] == [(FORCE, None), (FILE, publisher.pages[FILE].tag)]
    publisher.asked.clear()
    asking.run("refresh")
    assert publisher.paths() == [FORCE]


def test_files_that_a_release_already_holds_are_no_news(asking, publisher):
    asking.take("force-strength", asking.put("strength.csv", force_strength()), published="2024-03")
    status, out, _ = asking.run("refresh")
    assert (status, remembered(asking)["waiting"]) == (0, {})
    assert "nothing waits" in out


def test_what_looks_odd_waits_for_a_reason(asking, publisher):
    asking.take("recorded-crime", asking.put("a.csv", recorded_crime()), published="2024-04-18")
    publisher.catalogue(FORCE, [publisher.file(FILE, force_strength(), status=403)])
    listed(asking, "recorded-crime", publisher.address + CRIME, "{words: [borough]}")
    tenfold = recorded_crime(months=("202402", "202403", "202404"), count=lambda c, a, m: offences(c, a, m + 1) * (12 if m == 2 else 1))
    publisher.catalogue(CRIME, [publisher.file("/b2/borough.csv", tenfold, **LATER)])
    status, out, _ = asking.run("refresh")
    assert (status, remembered(asking)["waiting"]["recorded-crime"]["verdict"]) == (2, "odd")
    assert '--take recorded-crime --accept "the reason"' in out and "odd, and accepted" not in out and "looks odd: " in out
    status, _, err = asking.run("refresh", "--take")
    assert status == 1 and "looks odd; nothing was kept" in err
    assert asking.run("refresh", "--take", "--accept", "the publisher says so")[0] == 0
    assert releases.all_of(asking.data, "recorded-crime")[-1].accepted == "the publisher says so"


def test_what_cannot_be_imported_waits_for_the_definitions(asking, publisher):
    publisher.catalogue(FORCE, [publisher.file(FILE, "Date,Strength\nNov-23,1\n")])
    status, out, _ = asking.run("refresh")
    assert (status, remembered(asking)["waiting"]["force-strength"]["verdict"]) == (2, "refused")
    assert "It cannot be imported as it is." in out and "header not known" in out
    assert asking.run("refresh", "--take")[0] == 1
    assert asking.run("refresh")[0] == 2


def test_what_is_left_waits_no_more_until_it_changes(asking, publisher):
    asking.run("refresh")
    assert asking.run("refresh", "--leave")[:2] == (0, "left: force-strength\n")
    publisher.asked.clear()
    assert asking.run("refresh")[0] == 0 and publisher.paths() == [FORCE]
    publisher.catalogue(FORCE, [publisher.file("/a2/Police_Force_Strength.csv", force_strength(FOUR), **LATER)])
    assert asking.run("refresh")[0] == 2


def test_a_newer_file_takes_the_place_of_the_one_that_waits(asking, publisher):
    asking.run("refresh")
    publisher.catalogue(FORCE, [publisher.file("/a2/Police_Force_Strength.csv", force_strength(FOUR), **LATER)])
    assert "force-strength, published 2024-05-20" in asking.run("refresh")[1]
    assert asking.run("refresh", "--take")[0] == 0
    assert [str(release.published) for release in releases.all_of(asking.data)] == ["2024-05-20"]


def test_without_any_time_a_release_is_of_this_month_and_approximate(asking, publisher):
    publisher.catalogue(FORCE, [publisher.file(FILE, force_strength(), modified=None)], older=True)
    asking.run("refresh")
    asking.run("refresh", "--take")
    (release,) = releases.all_of(asking.data)
    assert release.approximate and f"{release.published:%Y-%m}" == f"{release.retrieved:%Y-%m}"


@pytest.mark.parametrize("fault", ["403", "page", "no such file", "cut"])
def test_a_publisher_in_trouble_is_told_and_does_not_hold_up_the_others(crime, publisher, fault):
    put_up(publisher, recorded_crime(months=("202312",)), recorded_crime())
    page = publisher.pages[CRIME]
    page.status = 403 if fault == "403" else 200
    page.body = {"page": b"<!doctype html>", "no such file": b'{"resources": {}}'}.get(fault, page.body)
    page.cut_after = 10 if fault == "cut" else None
    status, out, err = crime.run("refresh")
    assert status == 2 and err.startswith("recorded-crime: ") and err.count("\n") == 1
    assert "force-strength, published" in out and remembered(crime)["troubles"].keys() == {"recorded-crime"}
    before = everything(crime)
    crime.run("refresh", "--take")
    assert crime.run("refresh")[0] == 1
    assert everything(crime)[str(crime.root / "refresh" / "review.md")] == before[str(crime.root / "refresh" / "review.md")]
    put_up(publisher, recorded_crime(months=("202312",)), recorded_crime())
    assert crime.run("refresh")[::2] == (2, "") and remembered(crime)["troubles"] == {}


def test_nobody_is_asked_in_nobodys_name(asking, publisher):
    asking.config.write_text(asking.config.read_text().replace("The tests", "The person who runs this dashboard"))
    status, _, err = asking.run("refresh")
    assert status == 1 and "is as it was shipped: write in whom a reader should ask" in err and publisher.asked == []


def test_without_a_folder_nothing_is_looked_for(asking, publisher):
    asking.config.write_text(asking.config.read_text().replace("refresh: {folder: refresh}\n", ""))
    status, _, err = asking.run("refresh")
    assert status == 1 and "the configuration has no `refresh`" in err and publisher.asked == []


@pytest.mark.parametrize("words", [("--take", "vawg"), ("--leave", "vawg"), ("--take",), ("--leave",)])
def test_only_what_waits_can_be_taken_or_left(asking, words):
    status, _, err = asking.run("refresh", *words)
    assert status == 1 and "nothing waits: `python -m metrics refresh` looks for newer files" in err
    asking.run("refresh")
    if "vawg" in words:
        assert asking.run("refresh", *words)[2] == "nothing of 'vawg' waits; what does: force-strength\n"


def test_a_damaged_memory_is_refused_in_one_line(asking):
    asking.run("refresh")
    (asking.root / "refresh" / "state.json").write_text('{"seen": 7}')
    status, _, err = asking.run("refresh")
    assert status == 1 and err.startswith("state.json: damaged (") and err.count("\n") == 1


def test_two_files_known_by_the_same_words_are_refused(asking, publisher):
    listed(asking, "vawg", publisher.address + CRIME, "{words: [vawg]}", "{words: [vawg], format: csv}")
    status, _, err = asking.run("check")
    assert status == 1 and "vawg.yaml, line" in err and "two files are known by the same words, 'vawg'" in err


@pytest.mark.parametrize("listing", ["http://data.example/a", "file:///a", "data.example", "http://127.0.0.1.example/"])
def test_a_catalogue_stands_at_an_address_with_tls(asking, listing):
    listed(asking, "vawg", listing, "{words: [vawg]}")
    status, _, err = asking.run("check")
    assert status == 1 and f"catalogue.listing: {listing!r} is not an address that begins https://" in err


def test_the_review_says_which_answers_would_change_and_where(asking, publisher):
    months = [f"{month}-{year}" for year in (22, 23) for month in calendar.month_abbr[1:]]
    asking.take("force-strength", asking.put("a.csv", force_strength(months)), published="2024-01-18")
    asking.run("build")
    fewer = force_strength(months) + "Jan-24,29000,11000,1300\n"
    publisher.catalogue(FORCE, [publisher.file(FILE, fewer)])
    out = asking.run("refresh")[1]
    assert "- Police officers in post, On a year before: no clear change -> clear worsening down: London" in out


def test_where_nothing_is_odd_it_goes_on_to_publish_if_that_is_chosen(asking, publisher, tmp_path, monkeypatch):
    published = []
    monkeypatch.setattr(hosting_commands, "publish_site", lambda config, folder, tell: published.append(folder) or Published("e1", 1, 0, 0))
    address = "refresh: {folder: refresh, publish: public}\naddress: https://tracker.example\n"
    asking.config.write_text(asking.config.read_text().replace("refresh: {folder: refresh}\n", address).replace("full", "public"))
    status, out, err = asking.run("refresh")
    assert (status, err) == (0, "")
    assert "took force-strength 2024-04-18" in out and "published e1: 1 files written" in out
    assert published == [tmp_path / "public"] and (asking.database / "CURRENT").is_file()
    publisher.catalogue(FORCE, [publisher.file("/a2/strength.csv", "Date,Strength\nNov-23,1\n", **LATER)])
    assert asking.run("refresh")[0] == 2
