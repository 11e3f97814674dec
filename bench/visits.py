"""
What visitors of the explorer cost, beside an empty Streamlit app in the same run.

Visitors are sockets without a browser that speak Streamlit's own protocol; they run on the same two cores as the
server, so that every figure is pessimistic. Ours and the empty app take turns, so that a busy machine slows both.
Nothing here fails: it measures, and prints what is required.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterable
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from bench.requirements import say
from metrics import definitions
from metrics.build import database
from metrics.publish import publish
from tests.faults.hosting import MISSING, WHY, Replica, Site, empty, explorer, hosted
from tests.faults.visitors import GONE, Door, Visitor
from tests.web.server.conftest import HOST, ROOT, edition

PAGES = {"the first page": ("", ""), "the borough page": ("", "area=brent"), "the page of one measure": ("measure", "area=brent")}
"""What is opened: the page and the choices that its address names."""
COST_ALLOWED, OPENED, ROUNDS = 2.5, 50, 7
TOGETHER, BURSTS = 200, 7
LAST_ALLOWED, LAST_TIMES = 1.5, 2.0
PEOPLE, ARRIVING, CHANGES, PAUSE, CHANGE_ALLOWED = 1000, 30, 3, 10, 0.3
SESSION_ALLOWED, PROCESS_ALLOWED, AGAIN, GROWTH_ALLOWED = 300, 400, 20, 1.10


def main() -> None:
    """Measure, and print one line for each question."""
    if MISSING:
        sys.exit(WHY)
    with tempfile.TemporaryDirectory() as name, ExitStack() as ended:
        folder = Path(name)
        config = definitions.load(ROOT / "config.yaml")
        known = definitions.definitions(config.data, config.plan)
        database.build(config.data, folder / "db", known)
        publish(folder / "public", edition("e1"), name="e1")
        pair = [[explorer(folder, folder / "db", folder / "public", f"e{n}") for n in range(2)], [empty(folder, f"n{n}") for n in range(2)]]
        sites = [ended.enter_context(hosted(folder / f"site{n}", folder / "public", two, tls=False)) for n, two in enumerate(pair)]
        asyncio.run(_measure(sites[0], sites[1], [borough.name for borough in known.areas]))


async def _measure(ours: Site, none: Site, boroughs: list[str]) -> None:
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
    await _warm(ours, none, boroughs)
    await _cost(ours, none)
    await _bursts(ours, none)
    await _changes(ours, none, boroughs)
    await _sessions(ours, none)
    await _again(ours)


async def _warm(ours: Site, none: Site, boroughs: list[str]) -> None:
    """Fill what is cached: every page of every borough, on every replica."""
    taken = []
    for replica in ours.replicas:
        for page in ("", "measure"):
            visitor = Visitor(_door(replica), page=page)
            await visitor.open()
            taken += [await visitor.choose("Borough or postcode", name) for name in boroughs]
            await visitor.leave()
    await _together(none, ("", ""), 20)
    print(f"     the first to ask for a borough waits {statistics.median(taken):.2f} s, at most {max(taken):.2f} s")


async def _cost(ours: Site, none: Site) -> None:
    """CPU of an opened page, one after another on one replica."""
    costs: dict[str, list[float]] = {what: [] for what in (*PAGES, "empty")}
    for _ in range(ROUNDS):
        for what, asked in PAGES.items():
            costs[what].append(await _opened(ours.replicas[0], asked))
        costs["empty"].append(await _opened(none.replicas[0], ("", "")))
    floor = statistics.median(costs.pop("empty"))
    print(f"     an empty app takes {floor:.1f} ms of CPU for an opened page")
    for what, taken in costs.items():
        figure = statistics.median(taken)
        say(f"{what} takes {figure:.1f} ms of CPU,", figure / floor, "times an empty app's", COST_ALLOWED)


async def _opened(replica: Replica, asked: tuple[str, str]) -> float:
    before, (page, query) = replica.cpu, asked
    for _ in range(OPENED):
        visitor = Visitor(_door(replica), page=page, query=query)
        await visitor.open()
        await visitor.leave()
    return (replica.cpu - before) / OPENED


async def _bursts(ours: Site, none: Site) -> None:
    """Many first visits at once through nginx: when the last page is whole."""
    for what in ("the first page", "the borough page"):
        ours_took, empty_took = [], []
        faults, own = 0, time.process_time()
        for _ in range(BURSTS):
            last, wrong = await _together(ours, PAGES[what], TOGETHER)
            ours_took.append(last)
            faults += wrong
            empty_took.append((await _together(none, ("", ""), TOGETHER))[0])
        last, floor = statistics.median(ours_took), statistics.median(empty_took)
        share = (time.process_time() - own) / (sum(ours_took) + sum(empty_took))
        print(f"     {TOGETHER} first visits at once to an empty app: {floor:.2f} s; the visitors themselves take {share:.1f} of a core")
        say(f"{TOGETHER} first visits at once to {what}: the last page after", last, "s", LAST_ALLOWED)
        times = statistics.median(ours / theirs for ours, theirs in zip(ours_took, empty_took, strict=True))
        say("which is", times, "times an empty app's a moment later", LAST_TIMES)
        say("with", faults, "errors", 0)


async def _together(site: Site, asked: tuple[str, str], number: int) -> tuple[float, int]:
    """The seconds until the last of many first visits at once is whole, and how many went wrong."""
    visitors = [Visitor(site.door, page=asked[0], query=asked[1]) for _ in range(number)]
    start = time.perf_counter()
    faults = await _faults(visitor.open() for visitor in visitors)
    seconds = time.perf_counter() - start
    await _faults(visitor.leave() for visitor in visitors if visitor.connection)
    return seconds, faults + sum(bool(visitor.errors) for visitor in visitors)


async def _changes(ours: Site, none: Site, boroughs: list[str]) -> None:
    """A thousand people who come within half a minute, look around and change the borough."""
    taken: list[float] = []
    first: list[float] = []
    chance = np.random.default_rng(2023)

    async def stay(comes: float, pauses: np.ndarray, picks: np.ndarray) -> None:
        await asyncio.sleep(comes)
        visitor = Visitor(ours.door)
        first.append(await visitor.open())
        for pause, pick in zip(pauses, picks, strict=True):
            await asyncio.sleep(pause)
            taken.append(await visitor.choose("Borough or postcode", boroughs[pick]))
        await visitor.leave()

    stays = [
        stay(ARRIVING * person / PEOPLE, chance.uniform(0, 2 * PAUSE, CHANGES), chance.integers(0, len(boroughs), CHANGES))
        for person in range(PEOPLE)
    ]
    faults = await _faults(stays)
    print(f"     {PEOPLE} people in {ARRIVING} s: 95% had their first page within {np.percentile(first, 95):.2f} s")
    say(f"{len(taken)} changes: 95% were shown within", float(np.percentile(taken, 95)), "s", CHANGE_ALLOWED)
    say("with", faults + PEOPLE * CHANGES - len(taken), "errors", 0)


async def _sessions(ours: Site, none: Site) -> None:
    """What an open session holds, a thousand at a time, and a process with all of them."""
    memory, whole = {}, 0.0
    for name, site in (("empty", none), ("ours", ours)):
        before = _memory(site)
        visitors = [Visitor(site.door) for _ in range(PEOPLE)]
        for some in range(0, PEOPLE, 50):
            await _faults(visitor.open() for visitor in visitors[some : some + 50])
        memory[name] = (_memory(site) - before) / PEOPLE
        whole = _memory(site) / 2048
        print(f"     {PEOPLE} open sessions, {name}: {before / 2048:.0f} MB a process before, {whole:.0f} MB with them")
        await _faults(visitor.leave() for visitor in visitors)
    say(f"an open session holds (an empty app's {memory['empty']:.0f} kB)", memory["ours"], "kB", SESSION_ALLOWED)
    say("a process holds, with every page of every borough kept and its half of the sessions,", whole, "MB", PROCESS_ALLOWED)


async def _again(ours: Site) -> None:
    """Twenty bursts: what is held after the last, beside what was held after the first."""
    sizes, faults = [], 0
    for _ in range(AGAIN):
        faults += (await _together(ours, ("", ""), TOGETHER))[1]
        sizes.append(_memory(ours))
    print(f"     {AGAIN} bursts of {TOGETHER}: {sizes[0] / 2048:.0f} MB a process after the first, {sizes[-1] / 2048:.0f} after the last")
    say("the memory held is", sizes[-1] / sizes[0], "times as much", GROWTH_ALLOWED)
    say("with", faults, "errors", 0)


async def _faults(visits: Iterable[Awaitable]) -> int:
    """Await them all at once; how many ended in an error of the network or the server."""
    ended = await asyncio.gather(*visits, return_exceptions=True)
    other = [error for error in ended if isinstance(error, BaseException) and not isinstance(error, GONE)]
    if other:
        raise other[0]
    return sum(isinstance(error, GONE) for error in ended)


def _door(replica: Replica) -> Door:
    return Door(replica.port, HOST, tls=False, direct=True)


def _memory(site: Site) -> int:
    return sum(replica.memory for replica in site.replicas)


if __name__ == "__main__":
    main()
