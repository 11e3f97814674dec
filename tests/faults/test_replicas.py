"""A replica that is killed takes nobody's choice with it; with all of them gone the plain pages are still served."""

import asyncio
import json
from collections.abc import Awaitable, Iterable

import pytest
from websockets.exceptions import ConnectionClosed

from metrics import definitions
from tests.faults.hosting import Site
from tests.faults.visitors import Door, Visitor
from tests.tries import tries
from tests.web.server.conftest import HOST, ROOT, edition, over_tls, plainly
from tests.web.stories import run

PAGES = edition("e2")
SESSIONS, AT_ONCE = tries(200), 20
WARM: set[int] = set()
"""The processes that have shown a few pages already."""


@pytest.fixture(scope="module")
def boroughs() -> dict[str, str]:
    """The 32 boroughs, the name of each by its id."""
    known = definitions.definitions(ROOT / "data", "new-met-2023")
    return {borough.id: borough.name for borough in known.areas}


@pytest.fixture
def site(hosting, boroughs) -> Site:
    """The site with both replicas up and warm; started again afterwards if they were killed."""
    for replica in hosting.replicas:
        if replica.process.pid not in WARM:
            run(opened(links_to(Door(replica.port, HOST, tls=False, direct=True), boroughs, AT_ONCE // 4)))
            WARM.add(replica.process.pid)
    yield hosting
    for replica in hosting.replicas:
        if replica.process.poll() is not None:
            replica.start()


def links_to(door: Door, boroughs: dict[str, str], number: int) -> list[Visitor]:
    """People who each come by a link to a borough."""
    names = list(boroughs)
    return [Visitor(door, page="measure", query=f"area={names[index % len(names)]}") for index in range(number)]


async def opened(people: list[Visitor]) -> None:
    for some in range(0, len(people), AT_ONCE):
        await all_of(person.open() for person in people[some : some + AT_ONCE])


async def all_of(waiting: Iterable[Awaitable]) -> list:
    return list(await asyncio.gather(*waiting))


async def cut_off(people: list[Visitor]) -> list[Visitor]:
    """Those whom a ping does not reach any more."""

    async def reached(visitor: Visitor) -> bool:
        try:
            await (await visitor.connection.ping())
        except ConnectionClosed:
            return False
        return True

    there = await all_of(reached(person) for person in people)
    return [visitor for visitor, here in zip(people, there, strict=True) if not here]


def keeps_its_choice(visitor: Visitor, boroughs: dict[str, str]) -> bool:
    name = boroughs[visitor.query.removeprefix("area=")]
    return visitor.shows("Borough or postcode") == name and f", {name}" in visitor.words and not visitor.errors


def test_a_replica_killed_under_open_sessions_costs_nobody_page_or_choice(site, boroughs):
    async def story() -> int:
        people = links_to(site.door, boroughs, SESSIONS)
        await opened(people)
        assert all(keeps_its_choice(person, boroughs) for person in people)
        site.replicas[0].kill()
        lost = await cut_off(people)
        await all_of(person.go_on() for person in lost)
        assert all(keeps_its_choice(person, boroughs) for person in people)
        for visitor in people:
            await visitor.choose("Borough or postcode", boroughs["brent"] if visitor.query != "area=brent" else boroughs["sutton"])
        assert all(keeps_its_choice(person, boroughs) for person in people)
        assert {person.query for person in people} == {"area=brent", "area=sutton"}
        await all_of(person.leave() for person in people)
        return len(lost)

    lost = run(story())
    assert 0 < lost < SESSIONS, "the sessions were not shared out"


def test_with_every_replica_gone_plain_pages_are_served_and_the_choice_comes_back(site, boroughs):
    port = site.door.port

    async def story() -> None:
        people = links_to(site.door, boroughs, 8)
        await opened(people)
        for replica in site.replicas:
            replica.kill()
        for path in ("index.html", "kingston-upon-thames/index.html", "kingston-upon-thames/figures.csv", "style.0123abcd.css"):
            answer = over_tls(port, f"/{path.removesuffix('index.html')}")
            assert (answer.status, answer.body) == (200, PAGES[path])
        assert over_tls(port, "/nowhere").status == 404
        gone = over_tls(port, "/explore/")
        assert (gone.status // 100, gone.body) == (5, PAGES["503.html"])
        for replica in site.replicas:
            replica.start()
        await all_of(person.go_on() for person in people)
        WARM.update(replica.process.pid for replica in site.replicas)
        assert all(keeps_its_choice(person, boroughs) for person in people)
        await all_of(person.leave() for person in people)

    run(story())
    # Asked past nginx, whose other workers may hold a replica for gone a few seconds longer.
    for replica in site.replicas:
        health = plainly(replica.port, "/healthz")
        assert health.status == 200 and json.loads(health.body)["ok"]


def test_no_log_holds_an_address_of_a_visitor_or_what_was_picked(site):
    logs = [replica.log for replica in site.replicas] + [site.folder / "logs/access.log"]
    text = "".join(log.read_text(encoding="utf-8") for log in logs)
    assert "area=" not in text and "127.0.0.1 " not in text
