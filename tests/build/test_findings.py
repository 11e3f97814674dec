"""Findings: complete, computed again by hand, blind to what came later, and the same on the command line."""

import csv
import io
import json
import math
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from statistics import NormalDist, mean

import pandas as pd
import pytest

from metrics import definitions
from metrics.build.database import build, judged_dates
from metrics.build.findings import COLUMNS, findings
from metrics.cli.command_line import main
from metrics.domain import Break, Source, periods
from metrics.ingest.releases import all_of
from metrics.narrative import Wording
from metrics.statistics.verdict import CLEAR, VERDICTS
from metrics.store import Store
from tests.conftest import ROOT
from tests.narrative.test_wording import faults

WORDING = Wording(ROOT / "data" / "wording.yaml")
DAY = date(2026, 8, 31)
RELEASES = ROOT / "data" / "releases"
Z = NormalDist().inv_cdf(0.975)


@pytest.fixture(scope="module")
def store(served) -> Store:
    return Store(served.parent / "db")


@pytest.fixture(scope="module")
def known(served):
    return definitions.definitions(ROOT / "data", "new-met-2023")


@pytest.fixture(scope="module")
def found(store, known) -> pd.DataFrame:
    """Every finding as known on one day: later releases do not change what was known then."""
    return findings(store.ask, known, WORDING, [DAY])


@pytest.fixture(scope="module")
def kept(store, known) -> pd.DataFrame:
    """The findings of every date that the build keeps."""
    dates = judged_dates(all_of(ROOT / "data"), known)
    return pd.concat([store.ask("findings", as_at=day, measure=None, place=None) for day in dates], ignore_index=True)


def one(found: pd.DataFrame, measure: str, place: str) -> pd.Series:
    (row,) = found.index[(found["measure"] == measure) & (found["place"] == place)]
    return found.loc[row]


# Complete


def test_every_measure_has_a_finding_in_london_and_every_borough_at_every_date(kept, known):
    places = {"london", *(borough.id for borough in known.areas)}
    assert len(places) == 33
    for _, at in kept.groupby("as_at"):
        pairs = Counter(zip(at["measure"], at["place"], strict=True))
        assert set(pairs) == {(measure, place) for measure in known.measures for place in places}
        assert set(pairs.values()) == {1}
    meetings = {meeting.date for meeting in known.meetings if meeting.status == "held"}
    assert {day.date() for day in kept["as_at"]} > meetings


def test_every_kept_sentence_reads_well(kept, known):
    assert set(kept["verdict"]) <= set(VERDICTS)
    told = kept[["verdict", "sentence", "measure"]].drop_duplicates()
    missing = {measure.id: measure.missing for measure in known.measures.values() if measure.missing}
    wrong = [
        (row.sentence, faults(row.sentence.removesuffix(missing.get(row.measure, " ")), row.verdict))
        for row in told.itertuples()
        if not (row.measure in missing and row.sentence.startswith("No figures here yet."))
    ]
    assert [both for both in wrong if both[1]] == []


def test_no_verdict_rests_on_nothing(kept):
    judged = kept[kept["verdict"].isin([*CLEAR, "no clear change"])]
    assert (judged["outcome"] == "compared").all()
    assert judged[["now", "before", "base", "low", "high"]].notna().all(axis=None)
    assert (judged["method"] != "none").all()
    apart = (judged["low"] > 0) | (judged["high"] < 0)
    assert apart[judged["verdict"].isin(CLEAR)].all()


def test_the_verdicts_of_london_at_the_release_of_august_2026(found):
    london = found[found["place"] == "london"].groupby("verdict")["measure"].agg(sorted).to_dict()
    assert london["clear improvement"] == [
        "knife-crime", "knife-injury-victims", "neighbourhood-crime", "treat-fairly", "trust-met",
    ]
    assert london["clear worsening"] == ["feel-informed", "know-officers", "officers-pcsos", "pcsos", "police-officers"]
    assert london["clear rise"] == ["weapons"]
    assert {"all-crime", "homicide", "rape", "personal-robbery", "good-job", "police-staff"} < set(london["no clear change"])
    assert {"shoplifting", "drugs", "residential-burglary"} < set(london["possible change"])
    assert {"trust-gap", "asb-calls", "misconduct", "victim-satisfaction"} < set(london["not enough data"])


# By hand: the release files, `csv` and `math`, and nothing of the project


def figures(dataset: str, series: str, place: str, day: date = DAY) -> dict[str, float]:
    """The newest figure of each period published by a day; an official release outweighs a second-hand one."""
    newest: dict[str, float] = {}
    paths = [path for path in (RELEASES / dataset).glob("*.csv") if date.fromisoformat(path.stem) <= day]
    second_hand = {path: json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["second_hand"] for path in paths}
    for path in sorted(paths, key=lambda path: (not second_hand[path], path.stem)):
        with path.open(encoding="utf-8") as lines:
            rows = [row for row in csv.DictReader(lines) if (row["measure"], row["place"]) == (series, place)]
        newest |= {row["period"]: float(row["value"]) for row in rows}
    return newest


def weights(months: list[str], london: dict[str, float]) -> dict[str, float]:
    """Days times season; the seasons are London's, from the months before July 2023 without those of Covid."""
    used = [month for month in london if month <= "2023-06" and not "2020-03" <= month <= "2021-06"]
    by_month = [mean(london[month] / periods.days(month) for month in used if int(month[5:]) == number) for number in range(1, 13)]
    return {month: periods.days(month) * by_month[int(month[5:]) - 1] / mean(by_month) for month in months}


BASELINE = periods.span("2021-07", "2023-06")


def dispersion(counts: dict[str, float], weight: dict[str, float]) -> float:
    level = sum(counts[month] for month in BASELINE) / sum(weight[month] for month in BASELINE)
    return max(1.0, sum((counts[month] - level * weight[month]) ** 2 / (level * weight[month]) for month in BASELINE) / 23)


def quarter(place: str, series: str, end: str = "2026-06") -> tuple[float, float, float, float, float]:
    """The newest quarter, the same of the year before, the limits in per cent, and p."""
    counts = figures("recorded-crime", series, place)
    now, before = (sum(counts[periods.shift(last, -back)] for back in range(3)) for last in (end, periods.shift(end, -12)))
    spread = dispersion(counts, weights(BASELINE, figures("recorded-crime", series, "london")))
    error = math.sqrt(spread * (1 / now + 1 / before))
    ratio = math.log(now / before)
    p = 2 * (1 - NormalDist().cdf(abs(ratio) / error))
    return now, before, *(100 * math.expm1(ratio + side * Z * error) for side in (-1, 1)), p


def test_a_clear_rise_in_london_by_hand(found):
    row = one(found, "weapons", "london")
    now, before, low, high, _ = quarter("london", "weapons")
    assert (row["now"], row["before"], row["base"]) == (now, before, now + before)
    assert (row["low"], row["high"]) == pytest.approx((low, high), rel=1e-6)
    assert low > 0
    assert (row["verdict"], row["signal"]) == ("clear rise", 1)


def test_a_clear_worsening_in_a_borough_by_hand(found, known):
    """Above the limits of its chart in the newest months, and among those that stand beside 31 others."""
    tests = {borough.id: quarter(borough.id, "shoplifting") for borough in known.areas}
    ordered = sorted(tests, key=lambda place: tests[place][4])
    adjusted = {place: min(tests[later][4] * 32 / (rank + 1) for rank, later in enumerate(ordered) if rank >= first)
                for first, place in enumerate(ordered)}
    row = one(found, "shoplifting", "hackney")
    assert (row["low"], row["high"]) == pytest.approx(tests["hackney"][2:4], rel=1e-6)
    assert adjusted["hackney"] <= 0.10
    clear = set(found[(found["measure"] == "shoplifting") & found["verdict"].isin(CLEAR)]["place"])
    assert clear <= {place for place, p in adjusted.items() if p <= 0.10}

    counts = figures("recorded-crime", "shoplifting", "hackney")
    weight = weights(list(counts), figures("recorded-crime", "shoplifting", "london"))
    flat = {month: 30.4375 * counts[month] / weight[month] for month in counts}
    ranges = [abs(flat[month] - flat[periods.shift(month, -1)]) for month in BASELINE[1:]]
    screened = mean(step for step in ranges if step < 3.267 * mean(ranges))
    upper = mean(flat[month] for month in BASELINE) + 2.66 * screened
    assert any(flat[month] > upper for month in ("2026-02", "2026-03", "2026-04", "2026-05", "2026-06"))
    assert (row["verdict"], row["signal"], row["rule"]) == ("clear worsening", 1, "astronomical")


def test_no_clear_change_in_a_borough_by_hand(found):
    row = one(found, "weapons", "camden")
    now, before, low, high, _ = quarter("camden", "weapons")
    assert (row["now"], row["before"]) == (now, before)
    assert (row["low"], row["high"]) == pytest.approx((low, high), rel=1e-6)
    assert low < 0 < high
    assert row["verdict"] == "no clear change"


def test_a_small_count_by_hand(found):
    """Homicides in Hackney, 12 months against 12: exact limits of a share, found by halving."""
    counts = figures("recorded-crime", "homicide", "hackney")
    now, before = (round(sum(counts[periods.shift(end, -back)] for back in range(12))) for end in ("2026-06", "2025-06"))
    row = one(found, "homicide", "hackney")
    assert (row["now"], row["before"], row["method"]) == (now, before, "exact")

    def at_least(share: float, events: int) -> float:
        return sum(math.comb(now + before, k) * share**k * (1 - share) ** (now + before - k) for k in range(events, now + before + 1))

    def solved(events: int, chance: float) -> float:
        low, high = 0.0, 1.0
        for _ in range(100):
            low, high = (low, (low + high) / 2) if at_least((low + high) / 2, events) > chance else ((low + high) / 2, high)
        return low

    shares = solved(now, 0.025), solved(now + 1, 0.975)
    limits = [100 * (share / (1 - share) - 1) for share in shares]
    assert (row["low"], row["high"]) == pytest.approx(limits, rel=1e-6)
    assert row["verdict"] == "no clear change"


def test_a_survey_figure_by_hand(found):
    """Newcombe's interval of two independent shares, with every interview worth two thirds of one."""
    rows = figures("public-attitudes", "trust-met", "london")
    end = max(rows)
    now, before, base = rows[end] / 100, rows[periods.shift(end, -12)] / 100, 12800 / 1.5

    def wilson(share: float) -> tuple[float, float]:
        middle, reach = share + Z**2 / (2 * base), Z * math.sqrt(share * (1 - share) / base + Z**2 / (4 * base**2))
        return (middle - reach) / (1 + Z**2 / base), (middle + reach) / (1 + Z**2 / base)

    (low_now, high_now), (low_before, high_before) = wilson(now), wilson(before)
    low = now - before - math.hypot(now - low_now, high_before - before)
    high = now - before + math.hypot(high_now - now, before - low_before)
    row = one(found, "trust-met", "london")
    assert (row["low"], row["high"]) == pytest.approx((100 * low, 100 * high), rel=1e-6)
    assert (row["base"], row["last"], row["verdict"]) == (12800, end, "clear improvement")


def test_a_count_of_everyone_by_hand(found):
    officers = figures("force-strength", "officers", "london")
    end = max(officers)
    change = officers[end] - officers[periods.shift(end, -12)]
    row = one(found, "police-officers", "london")
    assert (row["change"], row["verdict"]) == (change, "clear worsening")
    assert -change > 0.01 * officers[end]


# As at a date


def test_what_was_known_on_a_day_is_not_changed_by_what_came_later(store, known, tmp_path):
    day = date(2024, 2, 29)
    data = tmp_path / "data"
    for path in sorted((ROOT / "data").rglob("*")):
        if path.is_file() and not (path.parent.parent.name == "releases" and path.stem > str(day)):
            copy = data / path.relative_to(ROOT / "data")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    build(data, tmp_path / "db", known, judge=False)
    then = findings(Store(tmp_path / "db").ask, known, WORDING, [day])
    pd.testing.assert_frame_equal(findings(store.ask, known, WORDING, [day]), then)


def test_dates_without_a_publication_between_them_know_the_same(store, known):
    found = findings(store.ask, known, WORDING, [date(2024, 3, 1), date(2024, 11, 29)])
    first, second = (part.drop(columns="as_at").reset_index(drop=True) for _, part in found.groupby("as_at"))
    pd.testing.assert_frame_equal(first, second)
    assert list(found.columns) == COLUMNS


def test_before_anything_was_published_nothing_is_said(store, known):
    found = findings(store.ask, known, WORDING, [date(2020, 1, 1)])
    assert set(found["verdict"]) == {"not enough data"}
    assert set(found["outcome"]) == {"no figures"}
    assert len(found) == len(known.measures) * 33


# A small made-up world, to see each kind of finding come about


class World:
    """Answers what a build would be asked, of figures given as measure, place and values by month."""

    def __init__(self, known, first: str = "2018-01"):
        self.known, self.first, self.rows = known, first, []

    def put(self, measure: str, place: str, values: list[float], first: str = "", base: float = math.nan, step: int = 1) -> "World":
        months = [periods.shift(first or self.first, step * number) for number in range(len(values))]
        self.rows += [(measure, place, month, float(value), base) for month, value in zip(months, values, strict=True)]
        return self

    def ask(self, question: str, **_) -> pd.DataFrame:
        if question == "publications":
            return pd.DataFrame({"published": pd.to_datetime(["2026-04-30"])})
        if question == "typical_revision":
            return pd.DataFrame({"measure": [], "place": [], "age": [], "typical": []})
        rows = pd.DataFrame(self.rows, columns=["measure", "place", "period", "value", "base"])
        return rows.sort_values(["measure", "place", "period"]).assign(published=pd.Timestamp("2026-04-30"))

    def found(self, day: date = date(2026, 4, 30)) -> pd.DataFrame:
        return findings(self.ask, self.known, WORDING, [day])


def only(known, *names: str, **changed):
    """The shipped definitions with a few measures of a dataset whose months are never provisional, and no breaks."""
    dataset = replace(known.datasets["recorded-crime"], id="made-up", provisional_months=0)
    measures = {name: replace(known.measures[name], source=Source("made-up", (name,))) for name in names}
    return replace(known, measures=measures, datasets={"made-up": dataset}, **{"breaks": (), **changed})


def even(level: float, months: int = 99, swing: float = 0.05) -> list[float]:
    """Months that swing evenly about a level, in fives, so that no season takes it up."""
    return [round(level * (1 + swing * (7 * month % 5 - 2))) for month in range(months)]


def test_a_step_in_one_borough_is_a_clear_worsening_there_and_nowhere_else(known):
    world = World(only(known, "shoplifting")).put("shoplifting", "london", even(5000.0))
    world.put("shoplifting", "sutton", [*even(200.0)[:96], 290.0, 300.0, 310.0])
    found = world.put("shoplifting", "brent", even(200.0)).put("shoplifting", "ealing", even(100.0)).found()
    row = one(found, "shoplifting", "sutton")
    assert (row["verdict"], row["signal"], row["rule"], row["now"]) == ("clear worsening", 1, "astronomical", 900)
    assert (row["first"], row["last"], row["base"]) == ("2026-01", "2026-03", 900 + row["before"])
    error = math.sqrt(1 / 900 + 1 / row["before"])
    spread = (math.log(900 / row["before"]) - math.log1p(row["low"] / 100)) / Z / error
    assert spread == pytest.approx(1)
    assert (one(found, "shoplifting", "brent")["verdict"], one(found, "shoplifting", "london")["verdict"]) == ("no clear change",) * 2
    assert (row["among"], row["flagged"]) == (3, 0)
    assert row["luck"] == pytest.approx(3 * 0.065)


def test_a_chart_alone_is_a_possible_change_and_says_how_many_luck_would_give(known):
    lifted = [*even(40.0)[:60], *(month + 14 for month in even(40.0)[60:])]
    world = World(only(known, "shoplifting")).put("shoplifting", "london", even(5000.0))
    row = one(world.put("shoplifting", "sutton", lifted).put("shoplifting", "brent", even(40.0)).found(), "shoplifting", "sutton")
    assert (row["verdict"], row["signal"]) == ("possible change", 1)
    assert "fewer than 1 of 2 boroughs" in row["sentence"]
    assert row["flagged"] == 1


@pytest.mark.parametrize(
    ("newest", "verdict"),
    [(1009, "no clear change"), (1010, "clear improvement"), (990, "clear worsening"), (991, "no clear change")],
)
def test_a_count_of_everyone_has_changed_from_one_in_a_hundred(known, newest, verdict):
    world = World(only(known, "police-officers")).put("police-officers", "london", [1000.0] * 12 + [newest], first="2025-03")
    assert one(world.found(), "police-officers", "london")["verdict"] == verdict


def test_a_rolling_year_is_compared_only_with_the_one_twelve_months_earlier(known):
    world = World(only(known, "trust-met"))
    world.put("trust-met", "london", [50.0, 60.0, 61.0, 62.0, 70.0], first="2024-12", base=12800, step=3)
    world.put("trust-met", "sutton", [50.0, 70.0], first="2025-09", base=400, step=3)
    found = world.found()
    london, sutton = one(found, "trust-met", "london"), one(found, "trust-met", "sutton")
    assert (london["now"], london["before"], london["change"], london["verdict"]) == (70, 50, 20, "clear improvement")
    assert (sutton["verdict"], sutton["outcome"]) == ("not enough data", "not enough data")
    assert london["needed"] == pytest.approx(100 * Z * math.sqrt(2 * 0.25 / (12800 / 1.5)), rel=1e-6)


def test_no_comparison_crosses_a_refused_break(known):
    brk = Break("b", "2025-08", "New rules", "n", "refuse", ("rape",), "s")
    world = World(only(known, "rape", breaks=(brk,))).put("rape", "london", even(5000.0)).put("rape", "sutton", even(200.0))
    found = world.found()
    assert one(found, "rape", "sutton")["verdict"] == one(found, "rape", "london")["verdict"] == "cannot be compared"
    assert "August 2025" in one(found, "rape", "sutton")["sentence"]
    earlier = World(only(known, "rape", breaks=(replace(brk, period="2025-01"),))).put("rape", "london", even(5000.0))
    assert one(earlier.found(), "rape", "london")["method"] == "rate ratio"


@pytest.mark.parametrize(("period", "verdict"), [("2026-03", "cannot be compared"), ("2026-04", "no clear change")])
def test_a_refused_break_counts_from_its_own_month_and_not_before(known, period, verdict):
    brk = Break("b", period, "New rules", "n", "refuse", ("rape",), "s")
    world = World(only(known, "rape", breaks=(brk,))).put("rape", "london", even(5000.0))
    assert one(world.found(), "rape", "london")["verdict"] == verdict


def test_a_break_that_calls_for_caution_is_named_only_where_the_comparison_crosses_it(known):
    for period, named in (("2025-01", False), ("2025-02", True), ("2026-03", True), ("2026-04", False)):
        brk = Break("b", period, "New rules", "n", "caution", ("rape",), "s")
        world = World(only(known, "rape", breaks=(brk,))).put("rape", "london", even(5000.0))
        row = one(world.found(), "rape", "london")
        assert (row["caution"] == "New rules") == named, period
        assert ("New rules" in row["sentence"]) == named, period


def test_a_borough_with_no_event_the_year_before_is_told_from_none(known):
    world = World(only(known, "homicide")).put("homicide", "london", even(400.0, swing=0.1)).put("homicide", "sutton", [0] * 87 + [1] * 12)
    row = one(world.found(), "homicide", "sutton")
    assert (row["now"], row["before"], row["method"]) == (12, 0, "exact")
    assert "(from none to 12)" in row["sentence"]
    assert math.isinf(row["high"])


def test_a_measure_that_is_not_held_says_why(known):
    world = World(only(known, "rape", "trust-gap", "police-officers")).put("rape", "london", even(5000.0))
    found = world.found()
    assert one(found, "trust-gap", "sutton")["sentence"].startswith("No figures here yet. The survey's figures by group")
    assert one(found, "police-officers", "sutton")["sentence"] == "Published for London only."
    assert one(found, "rape", "sutton")["sentence"] == "Nothing had been published by 30 April 2026."


# The command


@pytest.fixture
def told(served, capsys):
    """The output of the command for some words, which must succeed."""

    def run(*words: str) -> str:
        assert main(["--config", str(served), "findings", *words]) == 0
        return capsys.readouterr().out

    return run


def test_the_command_prints_a_line_for_each_finding(told):
    line = told("--place", "London", "--measure", "weapons", "--as-at", "2026-08-31")
    assert re.fullmatch(r"weapons, london: clear rise\. 2,089 recorded in April to June 2026, 1,803 in April to June 2025: .*\.\n", line)


def test_the_command_gives_csv_with_the_columns_that_are_promised(told):
    rows = list(csv.DictReader(io.StringIO(told("--place", "hackney", "--as-at", "2026-08-31", "--csv"))))
    assert list(rows[0]) == ["measure", "place", "as_at", "verdict", "sentence", "method", "base", "low", "high"]
    assert {row["place"] for row in rows} == {"hackney"}
    assert {row["as_at"] for row in rows} == {"2026-08-31"}
    assert len(rows) == len({row["measure"] for row in rows}) == 47
    assert not {"nan", "NaN", "None", "<NA>"} & {cell for row in rows for cell in row.values()}
    officers = next(row for row in rows if row["measure"] == "police-officers")
    assert (officers["sentence"], officers["base"], officers["low"]) == ("Published for London only.", "", "")


def test_the_command_prints_every_finding_without_a_filter(told, found):
    rows = list(csv.DictReader(io.StringIO(told("--as-at", "2026-08-31", "--csv"))))
    assert len(rows) == len(found) == 47 * 33
    expected = found.set_index(["measure", "place"])[["verdict", "sentence"]].to_dict("index")
    assert {(row["measure"], row["place"]): {"verdict": row["verdict"], "sentence": row["sentence"]} for row in rows} == expected


def test_the_command_can_look_back(told):
    then = told("--place", "london", "--measure", "trust-met", "--as-at", "2024-06-30")
    assert "the 12 months to December 2023" in then
    nothing = told("--place", "london", "--measure", "trust-met", "--as-at", "2020-01-01")
    assert nothing == "trust-met, london: not enough data. Nothing had been published by 1 January 2020.\n"


def test_a_day_after_the_newest_release_knows_what_is_known_now(told):
    assert told("--measure", "rape", "--as-at", "2999-01-01") == told("--measure", "rape")


@pytest.mark.parametrize(("words", "says"), [
    (("--measure", "weapon"), "weapons"), (("--place", "Hackny"), "hackney"), (("--as-at", "yesterday"), "not a day"),
    (("weapons",), "unrecognized arguments"), (("--place",), "expected one argument"),
])
def test_a_wrong_word_is_one_line_and_the_exit_status_1(served, capsys, words, says):
    capsys.readouterr()
    assert main(["--config", str(served), "findings", *words]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says.lower() in err.lower()


def test_without_a_build_the_command_says_what_to_do(project):
    status, out, err = project.run("findings")
    assert (status, out) == (1, "")
    assert "python -m metrics build" in err
