"""
How often luck alone is called a change by the two answers, how soon a true step is found, and whether the printed luck is honest.

Made-up months go through the same code as the real figures: `count_answers`, `verdict`, the one statement of all control charts,
`signal_dates` and `signal_luck`. 20 measures in 32 areas, 12 to 450 events a month, a season of 20% either way, provisional months as
shipped, 12 meetings a quarter apart, several replicates. The random numbers are seeded: every run prints the same figures.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.domain import periods
from metrics.statistics import baseline, control_charts
from metrics.statistics.control_charts import dated_signals
from metrics.statistics.count_answers import Counts, count_answers, variance_factors
from metrics.statistics.questions import QUESTIONS, PlanStart
from metrics.statistics.verdict import with_verdicts
from metrics.store import signals

FORCE = "london"
FIRST, START = "2018-01", PlanStart("2023-07")
BASELINE_FIRST = "2021-07"
MEASURES, AREAS, MEETINGS = 20, 32, 12
PROVISIONAL = (0,) * 14 + (1,) * 2 + (2,) * 4
"""How many months of each measure are not judged yet: of the shipped charts 7 in 10 are judged to the newest month."""
SMALLEST, LARGEST, SEASON = 12.0, 450.0, 0.2
SEED, REPLICATES = 20230718, 2
BUNCHED = 2.3
"""About the median dispersion of real monthly counts in the baseline."""
CLEAR_ALLOWED, NEW_ALLOWED, LUCK_OFF, NOT_LAPSED = 2.0, 45.0, 0.15, 0.75


@dataclass(frozen=True)
class World:
    """How months come about: dispersion, autocorrelation, and how far a level wanders in a year."""

    name: str
    dispersion: float = 1.0
    alike: float = 0.0
    wanders: float = 0.0
    level: float | None = None
    step: float = 1.0
    stepped: int = 0
    limited: tuple[str, ...] = ("clear", "luck")


WORLDS = (
    World("independent", limited=("new", "luck")),
    World("over-dispersed", BUNCHED, limited=("luck",)),
    World("AR(0.3)", BUNCHED, 0.3),
    World("AR(0.3), levels wander 6% a year", BUNCHED, 0.3, 0.06, limited=("luck",)),
    World("AR(0.3), levels wander 12% a year", BUNCHED, 0.3, 0.12, limited=("luck",)),
)
STEPS = (
    (World("20% step at mean 100", BUNCHED, 0.3, level=100.0, step=1.2, stepped=4), 0.40),
    (World("20% step at mean 400", BUNCHED, 0.3, level=400.0, step=1.2, stepped=4), 0.85),
)


def main() -> int:
    """Print every figure beside its limit; the exit status is 1 if one is not kept."""
    print(f"{MEASURES} measures x {AREAS} areas, {MEETINGS} meetings, {REPLICATES} replicates: each figure is a mean per meeting")
    kept = [_nothing_happens(world) for world in WORLDS]
    kept += [_step(world, wanted) for world, wanted in STEPS]
    return 0 if all(kept) else 1


def _nothing_happens(world: World) -> bool:
    verdicts, notes = judged(world, REPLICATES)
    meetings = MEETINGS * REPLICATES
    clear = verdicts[verdicts["place"] != FORCE].groupby("question")["clear"].sum() / meetings
    areas = notes[notes["place"] != FORCE]
    new, luck, every = (areas[name].sum() / meetings for name in ("signal_new", "luck", "shown"))
    print(f"{world.name}: {every:.1f} signals, {new:.1f} of them new; luck as printed {luck:.1f}")
    kept = [_say(f"clear, {question}", clear[question], CLEAR_ALLOWED if "clear" in world.limited else None) for question in QUESTIONS]
    kept.append(_say("new signals", new, NEW_ALLOWED if "new" in world.limited else None))
    kept.append(_say("new signals beside the printed luck, off by", abs(new / luck - 1), LUCK_OFF if "luck" in world.limited else None))
    return all(kept)


def _step(world: World, wanted: float) -> bool:
    verdicts, _ = judged(world, REPLICATES)
    true = verdicts[verdicts["stepped"] & (verdicts["question"] == "plan")]
    by_meeting = true.groupby("meeting")["clear"].mean()
    print(f"{world.name}: found by the second answer at meetings 1 to {MEETINGS}: {', '.join(f'{share:.2f}' for share in by_meeting)}")
    quarters = by_meeting.index[:4]
    share = true[true["meeting"].isin(quarters)].groupby(["replicate", "measure", "place"])["clear"].any().mean()
    kept = _say("share found within four meetings", share, -wanted)
    return _say("share at the last meeting over the first four", by_meeting.iloc[-1] / by_meeting[:4].mean(), -NOT_LAPSED) and kept


def judged(world: World, replicates: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every verdict and every chart's note of a world, at every meeting."""
    random = np.random.default_rng(SEED)
    every_verdict, notes = [], []
    for replicate in range(replicates):
        grids = list(_grids(world, random))
        for meeting, last in enumerate(_meetings()):
            verdicts, charts = zip(*(_at(grid, name, last) for name, grid in enumerate(grids)), strict=True)
            every_verdict.append(_clear(pd.concat(verdicts, ignore_index=True)).assign(meeting=meeting, replicate=replicate))
            notes.append(_noted(pd.concat(charts, ignore_index=True), grids, last).assign(meeting=meeting))
    every = pd.concat(every_verdict, ignore_index=True)
    number = every["place"].str.removeprefix("a").where(every["place"] != FORCE, "99").astype(int)
    return every.assign(stepped=number < world.stepped), pd.concat(notes, ignore_index=True)


def _grids(world: World, random: np.random.Generator) -> Iterator[pd.DataFrame]:
    """The months of each measure: every area, and the whole force as their sum."""
    months = periods.span(FIRST, _meetings()[-1])
    season = 1 + SEASON * np.sin(2 * np.pi * np.array([int(month[5:]) for month in months]) / 12)
    days = np.array([periods.days(month) for month in months]) / 30.4375
    after = np.array([month >= START.launched for month in months])
    for _ in range(MEASURES):
        levels = np.full(AREAS, world.level) if world.level else random.permutation(np.geomspace(SMALLEST, LARGEST, AREAS))
        expected = (season * days)[:, None] * levels * np.exp(_wandering(world, random, len(months)))
        expected = expected * np.where(after[:, None] & (np.arange(AREAS) < world.stepped), world.step, 1.0)
        counts = _drawn(world, expected, random)
        yield pd.DataFrame(np.column_stack([counts.sum(axis=1), counts]), months, [FORCE, *(f"a{i}" for i in range(AREAS))])


def _wandering(world: World, random: np.random.Generator, months: int) -> np.ndarray:
    return np.cumsum(random.normal(0, world.wanders / np.sqrt(12), (months, AREAS)), axis=0)


def _drawn(world: World, expected: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Poisson months, or ones whose Normal deviations have the world's dispersion and autocorrelation."""
    if world.dispersion == 1:
        return random.poisson(expected).astype(float)
    noise = random.normal(size=expected.shape)
    for month in range(1, len(noise)):
        noise[month] = world.alike * noise[month - 1] + np.sqrt(1 - world.alike**2) * noise[month]
    return np.maximum(0.0, np.rint(expected + np.sqrt(world.dispersion * expected) * noise))


def _at(grid: pd.DataFrame, name: int, last: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both answers on one measure and its charts, as known when `last` was the newest month."""
    counts = grid.loc[:last]
    usual = baseline.usual_of(counts, total=FORCE, first=BASELINE_FIRST, last=START.last_before)
    known = Counts(counts, usual, FORCE)
    spreads, parts = variance_factors(known), []
    for question in QUESTIONS:
        tests = count_answers(known, question, START, factors=spreads)
        parts.append(tests.assign(family=f"{name}|{question}", question=question, measure=name))
    settled = pd.DataFrame(True, counts.index, counts.columns)
    settled.iloc[len(settled) - PROVISIONAL[name] :] = False
    chart = control_charts.chart_input(counts, usual, better="lower", settled=settled)
    return pd.concat(parts), chart.assign(series=f"{name}|" + chart["series"])


def _clear(tests: pd.DataFrame) -> pd.DataFrame:
    """Which tests of all measures are called clear, each measure and question judged by itself."""
    with_word = with_verdicts(tests.assign(better="lower", stale=False), force=FORCE)
    return with_word[["measure", "question", "place"]].assign(clear=with_word["direction"] != "")


def _noted(chart: pd.DataFrame, grids: list[pd.DataFrame], last: str) -> pd.DataFrame:
    """What every chart shows, with the luck that is printed for it."""
    notes = dated_signals(signals(chart), chart)
    notes[["measure", "place"]] = notes["series"].str.split("|", expand=True)
    areas = notes[notes["place"] != FORCE]
    able = chart[chart["judged"] | chart["in_baseline"]]
    luck = control_charts.luck_by_series(able, areas.set_index("series")["measure"])
    return notes.assign(luck=notes["series"].map(luck), shown=notes["signal"] != "")


def _meetings() -> list[str]:
    """The newest month at each meeting, a quarter apart, the first a year after the launch."""
    return [periods.shift(START.last_before, 12 + 3 * number) for number in range(MEETINGS)]


def _say(what: str, figure: float, limit: float | None) -> bool:
    """Print a figure, and whether it keeps its limit: at most, or where negative at least."""
    if limit is None:
        print(f"  ----  {what}: {figure:.2f}")
        return True
    kept = figure <= limit if limit >= 0 else figure >= -limit
    print(f"  {'PASS' if kept else 'FAIL'}  {what}: {figure:.2f} ({'at most' if limit >= 0 else 'at least'} {abs(limit):g})")
    return bool(kept)


if __name__ == "__main__":
    sys.exit(main())
