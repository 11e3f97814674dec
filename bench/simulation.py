"""
How often luck alone is called a change, and how soon a true change is called clear.

Made-up months, independent and with a season, go through the same code as the real figures: `metrics.build.findings`,
and with it `judging`, `verdict` and the one statement for all control charts. Nothing changes in the first two
worlds, so every statement of change there is luck. In the other two, 4 of 32 boroughs step up for good by 30%.
In the even worlds events are independent; in the others they come in bunches, which widens their variance as much as in the real figures.
The random numbers are seeded: every run prints the same figures.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from metrics import definitions
from metrics.build.database import WORDING
from metrics.build.findings import findings
from metrics.domain import Definitions, Source, periods
from metrics.narrative import Wording

ROOT = Path(__file__).parent.parent
SEED = 20230718
FIRST, LAST_USUAL = "2018-01", "2023-06"
MEASURES = 20
SMALLEST, LARGEST, STEPPED_LEVEL = 5.0, 400.0, 100.0
SEASON = 0.2
STEP, STEPPED = 1.3, 4
BUNCHED = 2.3
"""About the median of the boroughs' real monthly counts in the baseline, after month and season."""

MEETINGS, WORLDS = 12, 6
CLEAR_ALLOWED, POSSIBLE_ALLOWED, SEEN_REQUIRED = 2.0, 45.0, 0.5
SOON = 2


@dataclass(frozen=True)
class World:
    """One set of made-up figures: events by month, measure and borough."""

    months: list[str]
    counts: np.ndarray


def main() -> int:
    """Print every figure beside its limit; the exit status is 1 if one is not kept."""
    known, wording = _definitions(), Wording(ROOT / "data" / WORDING)
    random = np.random.default_rng(SEED)
    print(f"{MEASURES} measures x 32 boroughs, {SMALLEST:.0f} to {LARGEST:.0f} events a month, season of {SEASON:.0%} either way")
    kept = [_nothing_changes(known, wording, random, extra) for extra in (1.0, BUNCHED)]
    kept += [_some_step_up(known, wording, random, extra) for extra in (1.0, BUNCHED)]
    return 0 if all(kept) else 1


def _nothing_changes(known: Definitions, wording: Wording, random: np.random.Generator, extra: float) -> bool:
    """Whether luck alone is called a change as seldom as it must be."""
    meetings = _meetings(MEETINGS)
    worlds = (_world(random, _levels(random, known), meetings[-1], extra) for _ in range(WORLDS))
    found = pd.concat([_found(world, known, wording, meetings) for world in worlds])
    each = found.groupby("place").size().groupby(lambda place: place == "london").sum() / (WORLDS * MEETINGS)
    told = found["verdict"].str.startswith("clear").groupby(found["place"] == "london").sum() / (WORLDS * MEETINGS)
    possible = (found["verdict"] == "possible change").groupby(found["place"] == "london").sum() / (WORLDS * MEETINGS)
    print(f"nothing changes, {_kind(extra)}: {WORLDS} worlds of {MEETINGS} meetings, {each[False]:.0f} borough series each")
    print(f"  London's {each[True]:.0f} series: {told[True]:.2f} clear and {possible[True]:.2f} possible a meeting")
    clear = _say("clear statements a meeting", told[False], at_most=CLEAR_ALLOWED)
    return _say("possible changes a meeting", possible[False], at_most=POSSIBLE_ALLOWED) and clear


def _some_step_up(known: Definitions, wording: Wording, random: np.random.Generator, extra: float) -> bool:
    """Whether a true step is called clear soon enough, often enough."""
    meetings, boroughs = _meetings(SOON), len(known.areas)
    stepped = np.arange(boroughs) < STEPPED
    world = _world(random, np.full((MEASURES, boroughs), STEPPED_LEVEL), meetings[-1], extra, stepped)
    found = _found(world, known, wording, meetings)
    names = [borough.id for borough in known.areas[:STEPPED]]
    clear = found["verdict"].eq("clear worsening")
    seen = clear.groupby([found["measure"], found["place"]]).any()
    true = seen.index.get_level_values("place").isin(names)
    elsewhere = clear[~found["place"].isin([*names, "london"])].sum()
    print(f"{STEPPED} of {boroughs} boroughs step up by {STEP - 1:.0%} at {STEPPED_LEVEL:.0f} a month, {_kind(extra)}: {true.sum()} steps")
    print(f"  {elsewhere} clear worsenings in {SOON} meetings among the {MEASURES * (boroughs - STEPPED)} series that did not change")
    return _say(f"share called clear within {SOON} meetings", seen[true].mean(), at_least=SEEN_REQUIRED if extra == 1 else None)


def _definitions() -> Definitions:
    """The shipped plan and places, with made-up measures of one dataset whose months are never provisional."""
    known = definitions.definitions(ROOT / "data", "new-met-2023")
    dataset = replace(known.datasets["recorded-crime"], id="made-up", provisional_months=0)
    one = replace(known.measures["residential-burglary"], baseline_from=None, better="lower")
    measures = {f"m{n:02d}": replace(one, id=f"m{n:02d}", source=Source("made-up", (f"m{n:02d}",))) for n in range(MEASURES)}
    return replace(known, measures=measures, datasets={"made-up": dataset}, breaks=(), meetings=())


def _levels(random: np.random.Generator, known: Definitions) -> np.ndarray:
    """Every measure's boroughs from the smallest to the largest level, in an order of its own."""
    spread = np.geomspace(SMALLEST, LARGEST, len(known.areas))
    return np.array([random.permutation(spread) for _ in range(MEASURES)])


def _world(random: np.random.Generator, levels: np.ndarray, last: str, extra: float, stepped: np.ndarray | None = None) -> World:
    """Independent months with a season; from the first month after the usual ones, some boroughs are higher for good."""
    months = periods.span(FIRST, last)
    season = 1 + SEASON * np.sin(2 * np.pi * np.array([int(month[5:]) for month in months]) / 12)
    days = np.array([periods.days(month) for month in months]) / np.mean([periods.days(month) for month in months])
    expected = (season * days)[:, None, None] * levels[None]
    if stepped is not None:
        after = np.array([month > LAST_USUAL for month in months])
        expected = expected * np.where(after[:, None, None] & stepped[None, None], STEP, 1.0)
    if extra == 1:
        return World(months, random.poisson(expected))
    # Poisson around a Gamma: variance of `extra` times the mean.
    return World(months, random.poisson(random.gamma(expected / (extra - 1), extra - 1)))


def _found(world: World, known: Definitions, wording: Wording, meetings: list[str]) -> pd.DataFrame:
    """Every finding of a world at every meeting, as a build works them out."""
    figures = pd.concat(_figures(world, known), ignore_index=True)
    days = {_published(month): month for month in meetings}

    def ask(question: str, **given) -> pd.DataFrame:
        if question == "publications":
            return pd.DataFrame({"published": pd.to_datetime(list(days))})
        if question == "typical_revision":
            return pd.DataFrame({"measure": [], "place": [], "age": [], "typical": []})
        held = figures[figures["period"] <= days[given["as_at"]]]
        return held.assign(published=pd.Timestamp(given["as_at"]))

    return findings(ask, known, wording, list(days))


def _figures(world: World, known: Definitions) -> Iterator[pd.DataFrame]:
    """Tidy figures of every measure: 32 boroughs, and London as their sum."""
    names = ["london", *(borough.id for borough in known.areas)]
    for number, measure in enumerate(known.measures):
        counts = world.counts[:, number]
        values = np.column_stack([counts.sum(axis=1), counts]).astype(float)
        rows = {"place": np.repeat(names, len(world.months)), "period": world.months * len(names), "value": values.T.ravel()}
        yield pd.DataFrame({"measure": measure, **rows, "base": np.nan})


def _meetings(many: int) -> list[str]:
    """The last month known at each meeting: every third after the usual ones."""
    return [periods.shift(LAST_USUAL, 3 * (number + 1)) for number in range(many)]


def _published(month: str) -> date:
    return periods.last_day(periods.shift(month, 1))


def _kind(extra: float) -> str:
    return "independent events" if extra == 1 else f"events in bunches ({extra:g} times the variance)"


def _say(what: str, figure: float, *, at_most: float | None = None, at_least: float | None = None) -> bool:
    """Print a figure, and whether it keeps its limit where it has one."""
    if at_most is None and at_least is None:
        print(f"  ----  {what}: {figure:.2f}")
        return True
    kept = figure <= at_most if at_least is None else figure >= at_least
    limit = f"at most {at_most:g}" if at_least is None else f"at least {at_least:g}"
    print(f"  {'PASS' if kept else 'FAIL'}  {what}: {figure:.2f} ({limit})")
    return bool(kept)


if __name__ == "__main__":
    sys.exit(main())
