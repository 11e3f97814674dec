"""What is new of a measure: each kind once, a correction told apart; what of its figures is new, restated or counted in another way."""

import csv
import json
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import pytest
import yaml

from metrics import definitions
from metrics.narrative import news
from metrics.report.news import NO_FIGURES, NOTHING_THEN, changes, new_since
from metrics.store import Store

THEN = {
    "measure": "theft", "place": "sutton", "question": "year", "verdict": "no clear change", "direction": "", "now_to": "2025-10",
    "stale": False, "signal": "", "signal_new": False, "signal_seen": "",
}  # fmt: skip
NOW = THEN | {"now_to": "2026-06"}
UP, DOWN = {"verdict": "clear worsening", "direction": "up"}, {"verdict": "clear improvement", "direction": "down"}
ABOVE = {"signal": "above", "signal_new": True, "signal_seen": "2026-05"}


def news_of(now: dict, then: dict | None = None, again: dict | None = None, plan: dict | None = None) -> object:
    both = {"year": NOW | now, "plan": NOW | (plan or {}) | {"question": "plan"}}
    unknown = {"now_to": "", "verdict": "not enough data"}
    before = {"theft": {name: THEN | (unknown if then is None else then if name == "year" else {}) | {"question": name} for name in both}}
    hindsight = {"theft": before["theft"] | {"year": THEN | again}} if again is not None else {}
    return new_since({"theft": both}, before, hindsight, "2025-12")["theft"]


@pytest.mark.parametrize(("now", "then", "kind"), [
    (UP, {}, news.NEW_CLEAR),
    (UP, DOWN, news.NEW_CLEAR),
    (UP, UP, news.STILL_CLEAR),
    ({}, UP, news.NO_LONGER),
    (ABOVE, {}, news.NEW_SIGNAL),
    (ABOVE | {"signal_new": False}, {}, news.NOTHING),
    (ABOVE, ABOVE | {"signal_seen": "2025-06"}, news.NEW_SIGNAL),
    (ABOVE | {"signal_seen": "2025-06"}, ABOVE | {"signal_seen": "2025-06"}, news.NOTHING),
    ({}, {}, news.NOTHING),
    (UP, None, news.NEW_CLEAR),
])  # fmt: skip
def test_each_kind_of_news(now, then, kind):
    assert news_of(now, then).kind == kind


@pytest.mark.parametrize("old", [{"now_to": "2025-10"}, {"stale": True}, {"now_to": "2025-12"}])
def test_figures_that_are_not_newer_are_no_news(old):
    assert news_of(UP | old, {}, plan=UP | old).kind == news.NOT_NEWER


def test_a_measure_without_figures_says_so():
    nothing = {"now_to": "", "verdict": "not enough data"}
    assert news_of(nothing, nothing, plan=nothing).kind == news.NO_FIGURES


def test_a_verdict_that_a_correction_overturned_is_no_news_but_marked():
    overturned = news_of(UP, {}, again=UP)
    assert (overturned.kind, overturned.corrected) == (news.STILL_CLEAR, True)
    assert not news_of(UP, UP, again=UP).corrected


def test_the_most_telling_answer_is_told():
    assert news_of(ABOVE, {}, plan=DOWN).now["question"] == "plan"
    assert news_of(ABOVE, {}, plan={}).now["question"] == "year"


ROOT = Path(__file__).parents[2]
BROMLEY = date(2025, 12, 4)
KINGSTON = date(2023, 8, 7)
SUMMED = ("count", "flow")
DAYS = [date(2023, 8, 31), date(2024, 11, 30), date(2025, 8, 31), BROMLEY, date(2026, 4, 30), date(2026, 8, 31)]


class Releases:
    """The figures of every release, read with the standard library alone."""

    def __init__(self, data: Path):
        self.dated = sorted((self._read(path) for path in sorted((data / "releases").glob("*/*.csv"))), key=lambda read: (read[0], read[2]))
        self.known = cache(self._known)
        self.measures = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (data / "measures").glob("*.yaml")}
        self.breaks = yaml.safe_load((data / "breaks.yaml").read_text(encoding="utf-8"))

    def _known(self, measure: str, day: date) -> dict[str, dict[str, tuple[float, date]]]:
        """By place and period: the figure known on a day and when it was published; official before second-hand, then the newest."""
        source = self.measures[measure].get("source")
        figures: dict[str, dict[str, tuple]] = defaultdict(dict)
        for _, dataset, published, rows in self.dated:
            if source and dataset == source["dataset"] and published <= day:
                for (place, period), parts in self._parts(rows, source["series"]).items():
                    if len(parts) == len(source["series"]):
                        figures[place][period] = sum(parts), published
        return figures

    def redefined(self, measure: str, published: date) -> set[str]:
        """The redefinitions that a release of a day had taken up."""
        dataset = (self.measures[measure].get("source") or {}).get("dataset")
        touched = [change for change in self.breaks if {measure, f"all of {dataset}"} & set(change["measures"]) and change.get("redefined")]
        return {change["id"] for change in touched if change["redefined"] <= f"{published:%Y-%m}"}

    def _parts(self, rows, series):
        by_cell = defaultdict(list)
        for place, period, value in chain.from_iterable(rows[part] for part in series):
            by_cell[place, period].append(value)
        return by_cell

    def _read(self, path: Path):
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        rows = defaultdict(list)
        for row in csv.DictReader(path.open(encoding="utf-8")):
            if row["value"] != "":
                rows[row["measure"]].append((row["place"], row["period"], float(row["value"])))
        return not about["second_hand"], path.parent.name, date.fromisoformat(path.stem), rows


@pytest.fixture(scope="module")
def releases():
    return Releases(ROOT / "data")


@pytest.fixture(scope="module")
def between(served):
    config = definitions.load(served)
    known = definitions.definitions(config.data, config.plan)
    store = Store(config.database)
    places = ["london", *(borough.id for borough in known.areas)]

    def by_measure(day: date) -> dict[str, dict]:
        """What was known on a day, by place and measure."""
        every = store.ask("series_of_places", measures=list(known.measures), places=places, as_at=day)
        return {place: dict(tuple(rows.groupby("measure"))) for place, rows in every.groupby("place")}

    @cache
    def between_days(then: date, now: date) -> dict:
        """The change of every measure in every place."""
        before, after = by_measure(then), by_measure(now)
        split = {place: changes(known, before.get(place, {}), after.get(place, {})) for place in places}
        return {(place, name): change for place, of_place in split.items() for name, change in of_place.items()}

    return between_days, known


def months(last: str, many: int) -> list[str]:
    year, month = int(last[:4]), int(last[5:])
    return [f"{(year * 12 + month - 1 - back) // 12}-{(year * 12 + month - 1 - back) % 12 + 1:02d}" for back in range(many)]


@pytest.mark.parametrize(("then", "now"), [*pairwise(DAYS), (BROMLEY, DAYS[-1]), (DAYS[0], DAYS[-1])], ids=str)
def test_every_borough_and_measure_splits_to_the_unit(between, releases, then, now):
    split_between, known = between
    splits = split_between(then, now)
    checked = 0
    for measure in known.measures.values():
        before, after = releases.known(measure.id, then), releases.known(measure.id, now)
        for place in ("london", *(borough.id for borough in known.areas)):
            split = splits[place, measure.id].split
            if split is None:
                continue
            checked += 1
            window = 12 if measure.kind in SUMMED else 1
            shown, today = (months(max(figures[place]), window) for figures in (before, after))
            total_then = sum(before[place][month][0] for month in shown)
            total_now = sum(after[place][month][0] for month in today)
            assert (split.then, split.now) == pytest.approx((total_then, total_now), abs=1e-9)
            assert split.new + split.corrections + split.definitions == pytest.approx(total_now - total_then, abs=1e-9)
            moved = {month: after[place][month][0] - before[place][month][0] for month in shown}
            restated = {
                month for month in shown
                if releases.redefined(measure.id, before[place][month][1]) != releases.redefined(measure.id, after[place][month][1])
            }
            assert split.definitions == pytest.approx(sum(moved[month] for month in restated), abs=1e-9)
            assert split.corrections == pytest.approx(sum(moved[month] for month in shown if month not in restated), abs=1e-9)
    assert checked > 500


def test_counts_split_in_whole_numbers(between):
    split_between, known = between
    splits = split_between(BROMLEY, DAYS[-1])
    counted = [change.split for (_, name), change in splits.items() if change.split and known.measures[name].kind in SUMMED]
    assert len(counted) > 600
    for split in counted:
        parts = split.new, split.corrections, split.definitions
        assert all(float(part).is_integer() for part in parts)
        assert sum(parts) == split.now - split.then


def test_a_measure_without_a_split_says_why(between):
    split_between, _ = between
    nothing = split_between(KINGSTON, DAYS[-1])
    assert {split.why for split in nothing.values()} >= {NOTHING_THEN, NO_FIGURES}
    assert all((split.split is None) == bool(split.why) for split in split_between(BROMLEY, DAYS[-1]).values())
    assert nothing["kingston-upon-thames", "neighbourhood-crime"].why == NOTHING_THEN
    assert nothing["kingston-upon-thames", "trust-gap"].why == NO_FIGURES


def test_a_renamed_category_changes_a_definition_and_a_later_restatement_corrects(between):
    split_between, _ = between
    renamed = split_between(date(2025, 8, 31), BROMLEY)["bromley", "residential-burglary"]
    restated = split_between(BROMLEY, DAYS[-1])["bromley", "residential-burglary"]
    assert renamed.redefined and not renamed.corrected
    assert restated.corrected and not restated.redefined
