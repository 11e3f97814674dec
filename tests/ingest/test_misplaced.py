"""Figures that stand where others stood, and labels that moved, are told by the figures themselves."""

import pandas as pd
import pytest

from metrics.ingest import plausibility, restatements

MONTHS = [f"2023-{month:02d}" for month in range(1, 13)]
AREAS = ("barnet", "brent", "sutton", "ealing")


def figures(periods=MONTHS) -> pd.DataFrame:
    """Two series in four areas, each with a level and a course of its own."""
    columns = pd.MultiIndex.from_product([("knife-crime", "hate-crime"), AREAS], names=["measure", "place"])
    rows = [[100 + 37 * c + (7 * c + 5) * (m**3 % 101) for c in range(len(columns))] for m in range(len(periods))]
    return pd.DataFrame(rows, index=periods, columns=columns, dtype=float)


def test_a_release_with_ordinary_changes_has_nothing_of_another():
    now = figures()
    now.iloc[-1] += 1
    assert restatements.of_another(now, figures()) == []
    assert list(restatements.areas_changed(now, figures(), list(AREAS))) == []


@pytest.mark.parametrize(
    ("axis", "names"),
    [("place", {"brent": "sutton", "sutton": "brent"}), ("measure", {"knife-crime": "hate-crime", "hate-crime": "knife-crime"})],
)
def test_names_that_changed_places_are_told(axis, names):
    reports = restatements.of_another(figures().rename(columns=names, level=axis), figures())
    assert [line.split(":")[0] for line in reports] == sorted(names)


def test_labels_that_moved_by_a_month_are_told():
    now = figures()
    now.index = [*MONTHS[1:], "2024-01"]
    assert "2023-02: its figures are those known before of 2023-01" in restatements.of_another(now, figures())


def test_a_new_month_with_the_figures_known_of_the_one_before_is_told(monkeypatch):
    """It changed places with the month that was the newest."""
    monkeypatch.setattr(restatements, "FEWEST_NEW", 20)
    whole = figures([*MONTHS, "2024-01"])
    now = whole.copy()
    now.iloc[-2], now.iloc[-1] = whole.iloc[-1], whole.iloc[-2]
    assert restatements.of_another(now, figures()) == ["2024-01: its figures are those known before of 2023-12"]


@pytest.mark.parametrize("swapped", [True, False])
def test_a_new_period_that_changed_places_with_a_restated_one_is_told(monkeypatch, swapped):
    """No figure is the very one that was known, as all were restated a little."""
    monkeypatch.setattr(restatements, "FEWEST_SWAPPED", 4)
    known = figures()
    now = figures([*MONTHS, "2024-01"]) * 1.001
    now.loc["2024-01"] = now.loc["2023-12"] * 1.02
    if swapped:
        now.iloc[-2], now.iloc[-1] = now.iloc[-1].copy(), now.iloc[-2].copy()
    reports = ["2023-12: what was known of it stands at 2024-01: may labels have changed places?"] if swapped else []
    assert list(restatements.periods_swapped(now, known)) == reports


def test_an_area_of_which_all_counts_are_others_is_told(monkeypatch):
    monkeypatch.setattr(restatements, "MANY", 10)
    now = figures()
    now.loc[:, (slice(None), "brent")] *= 1.2
    assert [line.split(":")[0] for line in restatements.areas_changed(now, figures(), list(AREAS))] == ["brent"]
    assert list(restatements.areas_changed(figures() * 1.2, figures(), list(AREAS))) == []


def test_percentages_that_most_are_others_are_told():
    """A survey does not change what it gave: by a point or less it is rounded otherwise."""
    known = figures() / 10
    assert list(restatements.percentages_changed(known + 0.9, known)) == []
    assert "2023-03: 8 of 8 percentages known before are others" in restatements.percentages_changed(known + 2, known)


def test_a_newest_month_that_stands_alone_after_a_gap_is_told():
    def rows(*months):
        return pd.DataFrame({"period": months})

    reports = plausibility.skipped(rows("2024-01", "2024-02", "2024-04"), rows("2024-01", "2024-02"), 1, ())
    assert reports == ["2024-03: in none of the files, although 2024-04 is: may a label have moved?"]
    assert plausibility.skipped(rows("2024-01", "2024-02", "2024-04"), rows("2024-01"), 1, ("2024-03",)) == []
    assert plausibility.skipped(rows("2024-03", "2024-06"), rows("2024-03"), 3, ()) == []


def test_a_step_that_the_whole_force_has_never_taken_looks_odd():
    months = [f"{year}-{month:02d}" for year in (2021, 2022, 2023) for month in range(1, 13)]
    values = [1000.0 * (1 + 0.25 * (i % 2)) for i in range(36)]
    known = pd.DataFrame({("knife-crime", "london"): values[:-1]}, index=months[:-1])
    known.columns.names = ["measure", "place"]
    for newest, odd in ((1300.0, False), (1900.0, True)):
        now = pd.DataFrame({("knife-crime", "london"): [*values[1:-1], newest]}, index=months[1:])
        now.columns.names = ["measure", "place"]
        assert bool(plausibility.newest(now, known, "count", "london")) == odd


def test_counts_that_are_all_multiples_of_a_number_look_odd():
    counts = pd.DataFrame({("rape", f"area-{i}"): [3.0 * ((7 * i + month) % 40) for month in range(12)] for i in range(8)})
    (report,) = plausibility.rounded(counts)
    assert "counts is a multiple of 3" in report
    assert list(plausibility.rounded(counts + 1)) == []


def test_residents_of_a_year_copied_from_another_look_odd():
    years = [(200_000, 997), (201_003, 991), (203_107, 983), (203_107, 983), (204_001, 971)]
    residents = pd.DataFrame({("residents", f"area-{i}"): [float(base + step * i) for base, step in years] for i in range(20)})
    residents.index = ["2020-06", "2021-06", "2022-06", "2023-06", "2024-06"]
    assert [line.split(":")[0] for line in plausibility.repeated(residents)] == ["2023-06"]


def test_an_area_that_lacks_the_newest_month_looks_odd():
    now = figures()
    now.loc["2023-12", ("knife-crime", "brent")] = None
    reports = [line.partition(",")[0] for line in plausibility._ended(now, list(AREAS))]
    assert reports == ["knife-crime: no figure for brent in 2023-12"]
