"""The publishers' own files come out to the unit, and the figures that are shipped are what they give."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from metrics.build import database
from metrics.domain import CELL
from metrics.ingest import importers, pipeline, releases
from metrics.store import Store
from tests.conftest import ROOT, Project
from tests.ingest.samples import FLAVOURS

FIRST_KEPT = "201801"
CRIME = ("2023-08", "2024-02", "2024-11", "2025-03", "2025-08", "2025-11", "2026-03", "2026-04", "2026-07")
MEASURES = (
    "residential-burglary", "personal-robbery", "theft-from-person", "vehicle-offences", "neighbourhood-crime", "violence-injury",
    "homicide", "shoplifting", "rape", "all-crime",
)  # fmt: skip
# Recorded offences in 12 months, from the release of April 2026; worked out from the files by another program.
FIXTURE = {
    ("2023-06", "london"): (37442, 27973, 63985, 108047, 237447, 78677, 117, 46692, 9078, 897436),
    ("2026-03", "london"): (32446, 23201, 79269, 83819, 218735, 63907, 98, 88046, 9628, 903890),
    ("2023-06", "kingston-upon-thames"): (572, 177, 515, 1176, 2440, 1013, 1, 832, 117, 11824),
    ("2026-03", "kingston-upon-thames"): (449, 142, 406, 1106, 2103, 959, 0, 1599, 148, 11945),
}
A_MONTH_EARLIER = {
    "london": dict(zip(MEASURES[:5], (32511, 23358, 81674, 84438, 221981), strict=True)),
    "kingston-upon-thames": {"neighbourhood-crime": 2125},
}


class Shipped(Project):
    """The project with the releases that it ships, built once."""

    def __init__(self, root: Path):
        super().__init__(root)
        (self.data / "releases").symlink_to(ROOT / "data" / "releases")
        database.build(self.data, self.database, self.definitions, judge=False)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return Shipped(tmp_path_factory.mktemp("shipped"))


@pytest.fixture
def twelve_months(shipped, capsys):
    """The sum of 12 months that `show` prints."""
    shipped.capsys = capsys

    def total(measure: str, place: str, last: str, as_at: str) -> int:
        status, out, err = shipped.run("show", measure, place, "--as-at", as_at, "--csv")
        assert (status, err) == (0, "")
        rows = [row for row in csv.DictReader(out.splitlines()) if row["period"] <= last][-12:]
        assert len(rows) == 12
        assert rows[-1]["period"] == last
        return sum(int(row["value"]) for row in rows)

    return total


@pytest.mark.parametrize(("last", "place"), FIXTURE)
@pytest.mark.parametrize("measure", MEASURES)
def test_twelve_months_come_out_to_the_unit_as_known_in_april_2026(twelve_months, measure, last, place):
    wanted = FIXTURE[last, place][MEASURES.index(measure)]
    assert twelve_months(measure, place, last, "2026-04-30") == wanted


@pytest.mark.parametrize(("place", "measure"), [(place, measure) for place, row in A_MONTH_EARLIER.items() for measure in row])
def test_twelve_months_come_out_to_the_unit_as_known_a_month_earlier(twelve_months, place, measure):
    assert twelve_months(measure, place, "2026-02", "2026-03-31") == A_MONTH_EARLIER[place][measure]


def test_later_figures_do_not_show_as_at_an_earlier_day(twelve_months):
    now = twelve_months("all-crime", "westminster", "2026-02", "2026-07-31")
    assert now != twelve_months("all-crime", "westminster", "2026-02", "2026-04-30")


def test_london_is_the_sum_of_its_areas_in_every_shipped_release_of_recorded_crime():
    kept = releases.all_of(ROOT / "data", "recorded-crime")
    assert len(kept) >= len(CRIME)
    for release in kept:
        rows = releases.rows(ROOT / "data", release)
        sums = rows.groupby(["measure", "period", rows["place"].eq("london")])["value"].sum().unstack()
        assert sums[True].equals(sums[False])


def test_shipped_second_hand_figures_are_marked_and_no_official_cell_is_among_them():
    kept = releases.all_of(ROOT / "data", "public-attitudes")
    official = [release for release in kept if not release.second_hand]
    assert [release.published for release in official] == [date(2024, 2, 29)]
    assert len(kept) > len(official)
    cells = set(map(tuple, releases.rows(ROOT / "data", official[0])[CELL].values))
    for release in kept:
        if release.second_hand:
            assert not cells & set(map(tuple, releases.rows(ROOT / "data", release)[CELL].values))


def test_the_second_hand_mark_reaches_the_answers(shipped):
    answer = Store(shipped.database).ask("series", measure="trust-met", place="kingston-upon-thames")
    by_period = answer.set_index("period")["second_hand"]
    assert not by_period["2023-12"]
    assert by_period["2025-12"]


# From here on with the official files themselves.


def files_of(official: Path, dataset: str, month: str) -> list[Path]:
    return sorted((official / dataset / month).glob("*.csv"))


def by_hand(files: list[Path]) -> Counter:
    """Every offence of the files by area, category and month from January 2018 on, NFIB left out; nothing of ours is used."""
    counts: Counter = Counter()
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            header = [name.lower() for name in next(rows)]
            area, minor = (next(i for i, name in enumerate(header[:3]) if any(word in name for word in words))
                           for words in (("borough", "bocu"), ("minor", "subgroup")))  # fmt: skip
            for row in rows:
                if not row[minor].upper().startswith("NFIB"):
                    for month, cell in zip(header[3:], row[3:], strict=True):
                        if month >= FIRST_KEPT:
                            counts[row[area], row[minor].upper(), f"{month[:4]}-{month[4:]}"] += int(cell)
    return counts


@pytest.mark.parametrize("month", CRIME)
def test_london_reconciles_with_the_file_to_the_unit(official, month):
    (release,) = [r for r in releases.all_of(ROOT / "data", "recorded-crime") if f"{r.published:%Y-%m}" == month]
    rows = releases.rows(ROOT / "data", release)
    counts = by_hand(files_of(official, "recorded-crime", month))
    for series, names in {"all-crime": None, "rape": {"RAPE"}, "homicide": {"HOMICIDE"}, "shoplifting": {"SHOPLIFTING"}}.items():
        for place, areas in {"london": None, "westminster": {"Westminster", "City of Westminster"}, "sutton": {"Sutton"}}.items():
            wanted: Counter = Counter()
            for (area, minor, period), count in counts.items():
                if (not names or minor in names) and (not areas or area in areas):
                    wanted[period] += count
            mine = rows[rows["measure"].eq(series) & rows["place"].eq(place)].set_index("period")["value"].to_dict()
            assert {period: count for period, count in mine.items() if count} == dict(+wanted)


@pytest.mark.parametrize("month", CRIME)
def test_the_shipped_recorded_crime_is_what_the_official_files_give(official, month, shipped_definitions):
    about = shipped_definitions.datasets["recorded-crime"]
    tidy = importers.read(files_of(official, "recorded-crime", month), about, shipped_definitions)
    (kept,) = (ROOT / "data/releases/recorded-crime").glob(f"{month}-*.csv")
    assert releases.as_csv(tidy.rows) == kept.read_text(encoding="utf-8")


def test_the_other_shipped_figures_are_what_the_official_files_give(official, project):
    months = {"public-attitudes": ("2024-02", "2025-12", "2026-07"), "force-strength": ("2026-08",), "population": ("2025-07",)}
    for dataset, published in months.items():
        for month in published:
            project.take(dataset, *files_of(official, dataset, month), published=month)
    for month, day in (("2025-08", "2025-08-21"), ("2026-03", "2026-03-18")):
        project.take("crime-dashboard", *files_of(official, "monthly-crime-dashboard", month), published=day)
    for kept in (project.data / "releases").glob("*/*.csv"):
        shipped_as = ROOT / "data" / kept.relative_to(project.data)
        assert kept.read_text(encoding="utf-8") == shipped_as.read_text(encoding="utf-8"), shipped_as


def test_a_second_import_of_official_files_is_a_no_op(official, shipped_definitions):
    for dataset, folder, published in (
        ("recorded-crime", "recorded-crime/2026-07", date(2026, 7, 31)),
        ("population", "population/2025-07", date(2025, 7, 31)),
    ):
        done = pipeline.bring_in(
            sorted((official / folder).glob("*.csv")),
            dataset=dataset,
            published=published,
            approximate=True,
            retrieved=date(2026, 8, 31),
            definitions=shipped_definitions,
            data=ROOT / "data",
        )
        assert done.already_held


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_newest_official_release_under_any_header_gives_the_same_figures(official, project, flavour, shipped_definitions):
    (path,) = files_of(official, "recorded-crime", "2026-07")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    order = [("major", "minor", "area").index(part) for part in FLAVOURS[flavour]]
    changed = [[row[i] for i in order] + row[3:] for row in rows]
    changed[0][:3] = flavour.split(",")
    file = project.root / "changed.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\r\n").writerows(changed)
    about = shipped_definitions.datasets["recorded-crime"]
    tidy = importers.read([file], about, shipped_definitions)
    assert releases.as_csv(tidy.rows) == (ROOT / "data/releases/recorded-crime/2026-07-31.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("kept", [0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999])
def test_an_official_file_cut_anywhere_is_refused(official, project, refused, kept):
    (path,) = files_of(official, "recorded-crime", "2026-07")
    raw = path.read_bytes()
    at_byte = project.put("cut.csv", raw[: int(kept * len(raw))])
    at_line = project.put("cut-line.csv", raw[: raw.rindex(b"\n", 0, int(kept * len(raw))) + 1])
    for file in (at_byte, at_line):
        refused("import", "recorded-crime", file, "--published", "2026-07", says="cut short")


def test_the_official_ward_file_is_refused_as_recorded_crime(official, refused):
    path = files_of(official, "recorded-crime-ward", "2026-03")[0]
    refused("import", "recorded-crime", path, "--published", "2026-03", says="line 1: this is the ward file")


def test_official_areas_outside_the_boroughs_are_named_with_their_totals(official):
    (release,) = [r for r in releases.all_of(ROOT / "data", "recorded-crime") if r.published == date(2026, 4, 30)]
    counts = by_hand(files_of(official, "recorded-crime", "2026-04"))
    for name in ("Unknown", "London Heathrow and London City Airports"):
        assert release.report["outside"][name] == sum(count for (area, _, _), count in counts.items() if area == name)
