"""
What other visitors notice while somebody means harm from one address: a socket that sends as fast as it can, sockets that never read,
connections that never finish their first line, long choices, one kind after the other; then all of them at once with a second flood and
figures asked for again and again. The visitors have another address, and the pages that they open have been opened before.

Nothing here fails: it measures, and prints what is required.
"""

import asyncio
import http.client
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from multiprocessing import Process
from pathlib import Path

from metrics import definitions
from metrics.build import database
from metrics.publish import publish
from tests.faults.hosting import MISSING, WHY, Site, explorer, hosted
from tests.faults.visitors import GONE, Door, Visitor
from tests.web.server.conftest import HOST, ROOT, edition

AREAS = 20
SECONDS, SILENT, SLOW, LONG, ASKING = 20, 60, 1200, 400_000, 8
IN_TURNS = ("one flooding socket", "sockets that never read", "slow connections", "long parameters")
TOGETHER = "all of it at once"
ATTACKER = "127.0.0.2"
PAGE_ALLOWED, HEALTH_ALLOWED, GROWTH_ALLOWED = 1.0, 0.2, 50


def main() -> None:
    """Measure, and print one line for each question."""
    if MISSING:
        sys.exit(WHY)
    with tempfile.TemporaryDirectory() as name:
        folder, config = Path(name), definitions.load(ROOT / "config.yaml")
        known = definitions.definitions(config.data, config.plan)
        database.build_project(config)
        publish(folder / "public", edition("e1"), name="e1")
        two = [explorer(folder, config.database, folder / "public", f"e{number}") for number in range(2)]
        with hosted(folder / "site", folder / "public", two, tls=False) as site:
            asyncio.run(_measure(site, [area.id for area in known.areas]))


async def _measure(site: Site, areas: list[str]) -> None:
    for replica in site.replicas:
        for area in areas[:AREAS]:
            await _opened(Door(replica.port, HOST, tls=False, direct=True), area)
    quiet = [await _opened(site.door, area) for area in areas[:AREAS]]
    before = sum(replica.memory for replica in site.replicas)
    print(f"a page without harm: {_said(quiet)}", flush=True)
    pages: list[float] = []
    health: list[float] = []
    for what in (*IN_TURNS, TOGETHER):
        opened, well = await _under(site, areas, what)
        print(f"a page under {what}: {_said(opened)}; health: {_said(well)}", flush=True)
        if what != TOGETHER:
            pages, health = pages + opened, health + well
    await asyncio.sleep(5)
    grown = (sum(replica.memory for replica in site.replicas) - before) / 1024
    print(f"a page under each in turns: {_said(pages)} (required: 95 of 100 within {PAGE_ALLOWED} s)")
    print(f"health under each in turns: {_said(health)} (required: {HEALTH_ALLOWED} s)")
    print(f"memory afterwards, both together: {grown:+.0f} MB (required: {GROWTH_ALLOWED} each)")


async def _under(site: Site, areas: list[str], what: str) -> tuple[list[float], list[float]]:
    """How long pages and health take while somebody does one kind of harm, or every kind."""
    over = time.perf_counter() + SECONDS
    harm = Process(target=_harm, args=(replace(site.door, source=ATTACKER), what, over))
    harm.start()
    pages: list[float] = []
    health: list[float] = []
    while time.perf_counter() < over:
        pages.append(await _opened(site.door, areas[len(pages) % AREAS]))
        health.append(await asyncio.to_thread(_health, site))
        await asyncio.sleep(0.1)
    await asyncio.to_thread(harm.join, SECONDS)
    harm.kill()
    return pages, health


def _harm(door: Door, what: str, over: float) -> None:
    """All of it from a process of its own, so that what visitors notice is the server's doing."""
    asyncio.run(_done(door, what, over))


async def _done(door: Door, what: str, over: float) -> None:
    kinds = {
        "one flooding socket": lambda: [_flood(door, over)],
        "sockets that never read": lambda: [_silent(door, over) for _ in range(SILENT)],
        "slow connections": lambda: [_slow(door, over) for _ in range(SLOW)],
        "long parameters": lambda: [_long(door, over)],
    }
    everything = [_flood(door, over)] + [asyncio.to_thread(_figures, door, over) for _ in range(ASKING)] if what == TOGETHER else []
    chosen = kinds.values() if what == TOGETHER else [kinds[what]]
    await asyncio.gather(*everything, *(each for kind in chosen for each in kind()), return_exceptions=True)


def _said(seconds: list[float]) -> str:
    late = sorted(seconds)[int(0.95 * len(seconds))]
    return f"{len(seconds)}, half within {statistics.median(seconds):.3f} s, 95 of 100 within {late:.3f} s"


async def _opened(door: Door, area: str) -> float:
    visitor = Visitor(door, query=f"area={area}")
    start = time.perf_counter()
    try:
        await asyncio.wait_for(visitor.open(), 30)
        taken = time.perf_counter() - start
        await visitor.leave()
    except GONE:
        return 30.0
    return taken


async def _flood(door: Door, over: float) -> None:
    """The same small message as fast as it goes; a new socket as soon as one is closed."""
    while time.perf_counter() < over:
        with suppress(*GONE):
            visitor = Visitor(door)
            await visitor.connect()
            while time.perf_counter() < over:
                await visitor.connection.send(visitor._asked())
                await asyncio.sleep(0)


async def _silent(door: Door, over: float) -> None:
    with suppress(*GONE):
        visitor = Visitor(door)
        await visitor.connect()
        await visitor.connection.send(visitor._asked())
        await asyncio.sleep(max(0, over - time.perf_counter()))


async def _long(door: Door, over: float) -> None:
    while time.perf_counter() < over:
        with suppress(*GONE):
            visitor = Visitor(door, query="area=" + "x" * LONG)
            await visitor.connect()
            await visitor.connection.send(visitor._asked())
            await visitor.connection.recv()


async def _slow(door: Door, over: float) -> None:
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", door.port, local_addr=(door.source, 0))
        writer.write(b"GET /explore/ HTTP/1.1\r\nHost: ")
        await asyncio.sleep(max(0, over - time.perf_counter()))
        writer.close()


def _figures(door: Door, over: float) -> None:
    """Figures with another question each time, so that no cache answers."""
    number = 0
    while time.perf_counter() < over:
        number += 1
        _asked(door, f"/explore/figures/brent/all-crime.csv?x={number}")


def _health(site: Site) -> float:
    start = time.perf_counter()
    _asked(site.door, "/healthz")
    return time.perf_counter() - start


def _asked(door: Door, address: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", door.port, timeout=30, source_address=(door.source, 0))
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", address, headers={"Host": HOST})
        connection.getresponse().read()
    connection.close()


if __name__ == "__main__":
    main()
