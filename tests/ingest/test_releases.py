"""Releases are kept for good: none is edited, none is replaced, and what was known on a day can be said again."""

import json
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain import CELL, TIDY, Refused
from metrics.ingest import releases
from metrics.ingest.contract import frame
from tests.ingest.samples import keep

DAY = date(2024, 4, 18)
ROWS = [("officers", "london", "2024-01", 33000, None), ("officers", "london", "2024-02", 33010, None)]


@pytest.fixture
def kept(project):
    """A release of force strength, and where it is."""
    return keep(project.data, "force-strength", DAY, ROWS)


def test_a_release_comes_back_as_it_was_kept(project, kept):
    (release,) = releases.all_of(project.data)
    assert (release.dataset, release.published, release.rows) == ("force-strength", DAY, 2)
    pd.testing.assert_frame_equal(releases.rows(project.data, release), frame(ROWS), check_dtype=False)


def test_nothing_half_written_is_left_beside_a_release(kept):
    assert sorted(path.name for path in kept.parent.iterdir()) == ["2024-04-18.csv", "2024-04-18.json"]


def test_a_release_of_the_same_day_is_never_replaced(project, kept):
    before = project.digest()
    with pytest.raises(Refused, match="already held with other figures; releases are never edited"):
        keep(project.data, "force-strength", DAY, [("officers", "london", "2024-01", 1, None)])
    assert project.digest() == before


def test_of_two_imports_of_one_day_at_once_the_second_is_refused(project, monkeypatch):
    real = releases.alone

    def late(folder):
        """Before the first may write, another has written."""
        monkeypatch.setattr(releases, "alone", real)
        keep(project.data, "force-strength", DAY, ROWS)
        return real(folder)

    monkeypatch.setattr(releases, "alone", late)
    with pytest.raises(Refused, match="already held"):
        keep(project.data, "force-strength", DAY, [("officers", "london", "2024-01", 1, None)])
    assert releases.rows(project.data, releases.all_of(project.data)[0])["value"].tolist() == [33000, 33010]


EDITS = {
    "a figure changed": lambda raw: raw.replace(b"33010", b"33011"),
    "a row added": lambda raw: raw + b"officers,london,2024-03,33020,\n",
    "a row taken away": lambda raw: raw[: raw.rindex(b"officers")],
    "other line ends": lambda raw: raw.replace(b"\n", b"\r\n"),
    "nothing left": lambda raw: b"",
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_release_that_was_edited_is_refused_wherever_it_is_read(project, refused, kept, edit):
    edited = EDITS[edit](kept.read_bytes())
    assert edited != kept.read_bytes()
    kept.write_bytes(edited)
    for command in ("check", "build", "list releases"):
        refused(*command.split(), says="2024-04-18.csv: not as it was when imported; releases are never edited")


def test_a_release_without_its_description_is_refused(refused, kept):
    kept.with_suffix(".json").unlink()
    refused("check", says="2024-04-18.csv: no 2024-04-18.json beside it")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not the description of a release"),
        ("[]", "not the description of a release"),
        ("{}", "are missing or too many"),
        ("{", "not the description of a release"),
        ("null", "not the description of a release"),
    ],
)
def test_a_description_that_is_no_description_is_refused(refused, kept, text, says):
    kept.with_suffix(".json").write_text(text, encoding="utf-8")
    refused("check", says=f"2024-04-18.json: {says}" if says.startswith("not") else says)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("published", "2024-04-19", "its fields are not as they were when imported"),
        ("dataset", "recorded-crime", "its fields are not as they were when imported"),
        ("second_hand", True, "its fields are not as they were when imported"),
        ("accepted", "because", "its fields are not as they were when imported"),
        ("published", "yesterday", "not the description of a release"),
        ("retrieved", None, "not the description of a release"),
        ("colour", "red", "colour are missing or too many"),
    ],
)
def test_a_description_that_was_edited_is_refused(refused, kept, field, value, says):
    sidecar = kept.with_suffix(".json")
    facts = json.loads(sidecar.read_text(encoding="utf-8")) | {field: value}
    sidecar.write_text(json.dumps(facts), encoding="utf-8")
    refused("check", says=says)


def test_a_description_of_another_release_is_refused(refused, kept):
    sidecar = kept.with_suffix(".json")
    facts = json.loads(sidecar.read_text(encoding="utf-8")) | {"published": "2024-04-19"}
    sidecar.write_text(json.dumps(facts | {"seal": releases.seal_of(facts)}), encoding="utf-8")
    refused("check", says="says it is force-strength 2024-04-19, its name says otherwise")


def test_a_release_of_a_dataset_that_nothing_describes_is_refused(project, refused):
    keep(project.data, "crystal-ball", DAY, ROWS)
    refused("check", says="crystal-ball")
    refused("build", says="")


def test_what_was_known_before_a_day_is_the_newest_figure_of_each_cell(project, kept):
    keep(project.data, "force-strength", date(2024, 5, 18), [("officers", "london", "2024-02", 33099, None)])
    days = (DAY, date(2024, 4, 19), date(2024, 6, 1))
    before, between, after = (releases.known(releases.history(project.data, "force-strength", day)) for day in days)
    assert before.empty
    assert between["value"].tolist() == [33000, 33010]
    assert dict(zip(after["period"], after["value"], strict=True)) == {"2024-01": 33000, "2024-02": 33099}


def test_an_official_figure_is_known_even_where_a_second_hand_one_is_newer(project):
    keep(project.data, "public-attitudes", DAY, [("trust-met", "london", "2024-03", 60, 12800)])
    keep(project.data, "public-attitudes", date(2024, 5, 18), [("trust-met", "london", "2024-03", 66, 12800)], second_hand=True)
    assert releases.known(releases.history(project.data, "public-attitudes", date(2024, 6, 1)))["value"].tolist() == [60]


def test_the_largest_changes_come_first_whichever_way_they_go():
    def figures(*values):
        records = [("rape", "brent", f"2024-0{i + 1}", float(value)) for i, value in enumerate(values)]
        return pd.DataFrame(records, columns=[*CELL, "value"])

    report = releases.compare(figures(10, 5, 9, 4), figures(10, 20, 8, 1))
    assert (report["new"], report["changed"], report["unchanged"]) == (0, 3, 1)
    assert [(change["was"], change["now"]) for change in report["largest_changes"]] == [(20, 5), (1, 4), (8, 9)]


SERIES, PLACES, MONTHS = (st.sampled_from(names) for names in (["officers", "staff"], ["london", "brent"], ["2024-01", "2024-02"]))
CELLS = st.tuples(SERIES, PLACES, MONTHS)
COUNTS = st.integers(0, 999_999_999)
SHARES = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)
TABLES = st.dictionaries(CELLS, st.tuples(COUNTS | SHARES, st.none() | COUNTS), min_size=1)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(TABLES, st.randoms(use_true_random=False))
def test_tidy_rows_written_and_read_again_are_equal_and_equal_rows_give_equal_text(tmp_path_factory, table, order):
    records = [(*cell, *figures) for cell, figures in table.items()]
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text(releases.as_csv(frame(records)), encoding="utf-8")
    kinds = {"measure": str, "place": str, "period": str, "value": float, "base": float}
    again = pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(again, frame(records), check_dtype=False)
    order.shuffle(records)
    assert releases.as_csv(frame(records)) == path.read_text(encoding="utf-8")
    assert list(again.columns) == TIDY
