"""A force of the benchmark's country is a project like any other: made the same each time, built, and asked as at a day."""

from datetime import date

from bench.country_data import Country, make_force
from metrics import definitions
from metrics.build import database
from metrics.ingest import releases
from metrics.store import Store

SMALL = Country(forces=2, districts=4, wards=9, months=48, releases=3)


def test_a_force_of_the_country_is_built_from_parquet_and_asked(tmp_path):
    config = definitions.load(make_force(tmp_path, SMALL, 1))
    known = definitions.definitions(config.data, config.plan)
    database.build(config.data, config.database, known, judge=False)
    store, all_releases = Store(config.database), releases.all_of(config.data, "figures")
    assert [release.published for release in all_releases] == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    for release in all_releases:
        rows = releases.rows(config.data, release)
        ward = rows[(rows["measure"] == "burglary") & (rows["place"] == "ward-0008")]
        asked = store.ask("series", measure="burglary", place="ward-0008", as_at=release.published)
        assert asked["value"].tolist() == ward["value"].tolist()


def test_districts_are_their_wards_and_the_same_come_of_every_run(tmp_path):
    first, second = (definitions.load(make_force(tmp_path / name, SMALL, 0)) for name in ("first", "second"))
    imported = releases.all_of(first.data)
    assert [release.sha256 for release in imported] == [release.sha256 for release in releases.all_of(second.data)]
    rows = releases.rows(first.data, next(release for release in imported if release.dataset == "figures"))
    old = rows[(rows["period"] == "2025-06") & (rows["measure"] == "burglary")].set_index("place")["value"]
    assert old.filter(like="ward").sum() == old.filter(like="district").sum() == old["force-00"]
